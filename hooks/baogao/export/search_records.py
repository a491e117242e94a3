"""Publications and hand-written pages -> the records of the search index: a page's own text, line by line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from ..ids import ANNEX, FIGURES, LANGUAGES, OVERVIEW, row_of
from ..model import Figure, Part, Role
from ..outline.layout import Block, BlockKind, PageBlocks
from ..publication.publication import Publication
from ..wording.names import Names
from ..wording.words import Words


@dataclass(frozen=True, slots=True)
class SearchUnit:
    """What a hit opens: a sentence, a heading, a table row."""

    anchor: str  # an id on the page
    text: str  # as the page shows it
    leads: str = ""  # of a figure: its sentence, page and anchor


@dataclass(frozen=True, slots=True)
class Record:
    """A page's own text. A phrase may cross the end of a unit, not of a line."""

    kind: str  # section, page or figures
    language: str  # of the text
    page: str  # path from the root of its language: qinghe-2023/1-3.html
    title: str
    lines: tuple[tuple[SearchUnit, ...], ...]
    report: str = ""  # id; empty for a page written by hand
    role: str = ""
    titled: bool = False  # the first unit is the title


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as the search names it."""

    id: str
    title: dict[str, str]  # by language of the interface
    place: str
    year: str


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
            lines.insert(0, (SearchUnit("top", english),))
        if lines:
            title = names.heading(page.section) if page.section else titles[name]
            yield _section_record(publication, names.language, page, title, lines)
    translated = [f for f in publication.figures if publication.translation.english(f.id, f.subject)]
    yield from _figure_records(names, translated)


def _english_lines(publication: Publication, block: Block) -> Iterator[tuple[SearchUnit, ...]]:
    """What a block has in English: the sentences of a paragraph run on, each row stands alone."""
    said = [(one.id, publication.translation.english(one.id, one.text)) for one in block.pieces]
    units = [SearchUnit(id_, english) for id_, english in said if english]
    if block.kind is BlockKind.PARAGRAPH and units:
        yield (*(replace(unit, text=f"{unit.text} ") for unit in units[:-1]), units[-1])
    else:
        yield from ((unit,) for unit in units)


def _section_record(
    publication: Publication, language: str, page: PageBlocks, title: str, lines: Sequence[tuple[SearchUnit, ...]]
) -> Record:
    role = page.section.role if page.section else Role.OTHER
    return Record(
        "section",
        language,
        f"{publication.id}/{page.name}.html",
        title,
        tuple(lines),
        publication.id,
        "" if role is Role.OTHER else str(role),
        lines[0][0].anchor in ("top", f"h{page.name}"),
    )


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
        title = page.section.label if page.section else titles[name]
        yield _section_record(publication, LANGUAGES[0], page, title, list(_lines(text, starts, ends)))
    yield from _figure_records(Names(publication, LANGUAGES[0]), publication.figures)


def _figure_records(names: Names, figures: Sequence[Figure]) -> Iterator[Record]:
    """The table of figures, a line a row, each leading to its sentence, and behind each what this site computed of it;
    none where there is no figure."""
    publication, rows = names.publication, []
    for figure in figures:
        leads = f"{publication.layout.pieces[figure.sentence].page}.html#{figure.id}"
        rows.append((SearchUnit(row_of(figure.id), names.note(figure, exact=True), leads),))
        for one in names.computed_of.get(figure.id, []):
            said = (
                f"{names.words('this_site', value=names.inferred(one))}　{names.inferred_subject(one).text.unescape()}"
            )
            rows.append((SearchUnit(one.id, said, leads),))
    if rows:
        page = f"{publication.id}/{FIGURES}.html"
        yield Record("figures", names.language, page, names.words("figures"), tuple(rows), publication.id)


def _lines(text: str, starts: Sequence[tuple[int, str]], ends: dict[int, int]) -> Iterator[tuple[SearchUnit, ...]]:
    """Units joined where the file has them on one line, with the white space between them."""
    line: list[SearchUnit] = []
    for (start, anchor), following in zip(starts, [*starts[1:], None], strict=True):
        end = ends[start]
        gap = text[end : following[0]] if following else "\n"
        joined = not gap or (gap.isspace() and "\n" not in gap and "\r" not in gap)
        line.append(SearchUnit(anchor, text[start:end] + (gap if joined else "")))
        if not joined:
            yield tuple(line)
            line = []


class _Reader(HTMLParser):
    """The text of a hand-written page: lines of blocks, each under the heading above it."""

    BLOCKS = frozenset(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "summary", "pre"])

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[SearchUnit, ...]] = []
        self.title, self.anchor, self._text, self._skip = "", "top", "", 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self._close("")
        if re.fullmatch("h[1-6]", tag):
            self.anchor = dict(attributes).get("id") or self.anchor
        self._skip += tag in ("script", "style", "svg")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self._close(tag)
        self._skip -= tag in ("script", "style", "svg")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self._text += data

    def _close(self, tag: str) -> None:
        text, self._text = " ".join(self._text.split()), ""
        if text:
            self.lines.append((SearchUnit(self.anchor, text),))
        if tag == "h1" and not self.title:
            self.title = text


def page_record(language: str, page: str, title: str, html: str) -> Record:
    """A page written by hand, from the HTML of its content; `page` from the root of its language."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader._close("")
    return Record("page", language, page, reader.title or title, tuple(reader.lines), titled=bool(reader.title))
