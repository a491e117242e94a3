"""Publications -> what is searched of them: a record a page, one of their figures, what they are narrowed down by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..folding import fold
from ..ids import ANNEX, FIGURES, LANGUAGES, OVERVIEW, row_of
from ..model import Figure, Part, Role
from ..outline.layout import Block, BlockKind, PageBlocks
from ..publication.publication import Publication
from ..rules import load
from ..search.records import Line, Record, RecordGroup, RowStatement, Said, SearchFacet, SearchUnit, Voice
from ..wording.names import Names
from ..wording.words import Words

FACETS = ("report", "place", "year", "role")


def report_records(publication: Publication) -> Iterator[Record]:
    """A report's records: one a page, each character of the report in exactly one; its figures as one more; then the
    same of its English, as far as there is any."""
    yield from _chinese_records(publication)
    if publication.translation.begun:
        yield from _english_records(publication)


def _english_records(publication: Publication) -> Iterator[Record]:
    """What is translated of each page, a line a heading, paragraph or row, as the English pages show it."""
    names = Names(publication, LANGUAGES[1])
    titles = {OVERVIEW: names.title(), ANNEX: names.words("annex")}
    for name, page in publication.layout.pages.items():
        lines = [line for block in page.blocks for line in _english_lines(publication, block)]
        if name == OVERVIEW and (english := names.given_in_english("title")):
            lines.insert(0, (SearchUnit("top", english, Voice.HEADING),))
        if lines:
            title = names.heading(page.item) if page.item else titles[name]
            yield _section_record(publication, names.language, page, title, lines)
    translated = [f for f in publication.figures if publication.translation.english(f.id, f.subject)]
    yield from _figure_records(names, translated)


def _english_lines(publication: Publication, block: Block) -> Iterator[Line]:
    """What a block has in English: the sentences of a paragraph run on, each row stands alone."""
    said = [(one.id, publication.translation.english(one.id, one.text)) for one in block.pieces]
    units = [SearchUnit(id_, english, _voice(id_)) for id_, english in said if english]
    if block.kind is BlockKind.PARAGRAPH and units:
        yield (*(replace(unit, text=f"{unit.text} ") for unit in units[:-1]), units[-1])
    else:
        yield from ((unit,) for unit in units)


def _section_record(
    publication: Publication, language: str, page: PageBlocks, title: str, lines: Sequence[Line]
) -> Record:
    role = page.item.section.role if page.item else Role.OTHER
    facets = _facets(publication) | ({} if role is Role.OTHER else {"role": str(role)})
    path = f"{publication.id}/{page.name}.html"
    return Record(path, title, tuple(lines), language, publication.id, facets, everywhere=True)


def _facets(publication: Publication) -> dict[str, str]:
    return {"report": publication.id, "place": publication.given("place"), "year": publication.year}


def _voice(anchor: str) -> Voice:
    """Headings have an h before their number; the title stands at the top."""
    return Voice.HEADING if anchor == "top" or anchor.startswith("h") else Voice.TEXT


def _chinese_records(publication: Publication) -> Iterator[Record]:
    """What is printed of each page, and with the overview what the file says about the report."""
    report, layout, text = publication.report, publication.layout, publication.report.source.text
    words = Words(LANGUAGES[0])
    titles = {OVERVIEW: publication.given("title") or publication.id, ANNEX: words("annex")}
    pages: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for segment in report.segments:
        if segment.id:
            pages[layout.pieces[segment.id].page].append((segment.start, segment.id))
        elif segment.part not in (Part.CHROME, Part.SPACE):
            pages[OVERVIEW].append((segment.start, "top" if segment.part is Part.TITLE else "particulars"))
    ends = {segment.start: segment.end for segment in report.segments if segment.part is not Part.SPACE}
    for name, starts in pages.items():
        page = layout.pages[name]
        title = page.item.label if page.item else titles[name]
        yield _section_record(publication, LANGUAGES[0], page, title, list(_lines(text, starts, ends)))
    yield from _figure_records(Names(publication, LANGUAGES[0]), publication.figures)


def _figure_records(names: Names, figures: Sequence[Figure]) -> Iterator[Record]:
    """The table of figures, a line a row, each leading to its sentence, and behind each what this site computed of it;
    none where there is no figure."""
    publication, rows = names.publication, list[Line]()
    for figure in figures:
        page = publication.layout.pieces[figure.sentence].page
        note = names.note(figure, exact=True)
        stated = RowStatement(
            f"{page}.html#{figure.id}",
            (f"{publication.id}/{page}.html", figure.sentence),
            _values(figure.values or figure.value, figure.unit),
            str(figure.theme or ""),
            _name_at(note),
        )
        rows.append((SearchUnit(row_of(figure.id), note, stated=stated),))
        for one in names.computed_of.get(figure.id, []):
            said = (
                f"{names.words('this_site', value=names.inferred(one))}　{names.inferred_subject(one).text.unescape()}"
            )
            its = replace(stated, values=_values(one.value, one.unit), name=_name_at(said))
            rows.append((SearchUnit(one.id, said, stated=its),))
    if rows:
        page = f"{publication.id}/{FIGURES}.html"
        facets = _facets(publication)
        title = names.words("figures")
        yield Record(page, title, tuple(rows), names.language, publication.id, facets, table=True, everywhere=True)


def _name_at(note: str) -> int:
    """Where in the text of a row, folded, its name begins: after its value."""
    return len(fold(note)) - len(fold(note.partition("　")[2]))


def _values(value: Decimal | tuple[Decimal, ...], unit: str) -> tuple[str, ...]:
    """Plain numbers with their unit, as the search compares them: 3400000人次."""
    return tuple(f"{one:f}{unit}" for one in (value if isinstance(value, tuple) else (value,)))


def report_groups(publications: Sequence[Publication], titles: Sequence[Mapping[str, str]]) -> tuple[RecordGroup, ...]:
    """The reports as a hit names them, by their titles in each language of the interface."""
    return tuple(RecordGroup(one.id, dict(title)) for one, title in zip(publications, titles, strict=True))


def report_facets(groups: Sequence[RecordGroup]) -> tuple[SearchFacet, ...]:
    """What hits in reports are narrowed down by."""
    roles = {str(role): _said(f"role_{role.replace('-', '_')}") for role in Role if role is not Role.OTHER}
    labels: dict[str, Mapping[str, Said]] = {"report": {group.id: group.title for group in groups}, "role": roles}
    # who asks what became of a matter is answered by what was done
    behind = {"role": (str(Role.SHORTCOMINGS), str(Role.PLAN))}
    return tuple(SearchFacet(name, _said(f"by_{name}"), labels.get(name, {}), behind.get(name, ())) for name in FACETS)


def theme_labels() -> dict[str, dict[str, str]]:
    """The themes under which figures are found."""
    return {row["theme"]: {language: row[language] for language in LANGUAGES} for row in load("themes")["themes"]}


def _said(key: str) -> dict[str, str]:
    return {language: Words(language)(key) for language in LANGUAGES}


def _lines(text: str, starts: Sequence[tuple[int, str]], ends: dict[int, int]) -> Iterator[Line]:
    """Units joined where the file has them on one line, with the white space between them."""
    line = list[SearchUnit]()
    for (start, anchor), following in zip(starts, [*starts[1:], None], strict=True):
        end = ends[start]
        gap = text[end : following[0]] if following else "\n"
        joined = not gap or (gap.isspace() and "\n" not in gap and "\r" not in gap)
        line.append(SearchUnit(anchor, text[start:end] + (gap if joined else ""), _voice(anchor)))
        if not joined:
            yield tuple(line)
            line = []
