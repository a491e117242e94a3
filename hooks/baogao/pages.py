"""Publications -> Markdown pages and static files, plain before they are MkDocs pages.

Afterwards: every sentence and heading of a report stands on its section's page and on the full page with its id, in
both languages.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from . import addresses, article24, export
from .addresses import ANNEX, FIGURES, FULL, LANGUAGES, OVERVIEW, SEARCH, node_of, page_of, row_of
from .computed import computed
from .data import load
from .indicators import indicators
from .marks import Mark, css_string, displayed, escape, mark
from .model import Figure, Kind, Part, Section, Sentence
from .particulars import split_place
from .publication import Publication
from .templates import rendered
from .views import Block, Card, Duty, Entry, Example, Inference, Panel, Row, Stretch
from .words import Words, value_words


@dataclass(frozen=True, slots=True)
class File:
    """A file of the tree that MkDocs gets; path with the language first: zh/qinghe-2023/1-2.md."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Chapter:
    """A node of the navigation: a page and those under it. title is plain text."""

    title: str
    path: str  # of the Markdown file, language first
    below: tuple[Chapter, ...] = ()


def files(publications: Sequence[Publication]) -> list[File]:
    """Everything generated, in a fixed order."""
    made = []
    for language in LANGUAGES:
        made += [_home(publications, language), _search(publications, language)]
        for publication in publications:
            made.extend(_Writer(publication, language).files())
    for publication in publications:
        made.extend(_data_files(publication))
    return made


def short_titles(publication: Publication) -> dict[str, str]:
    """A report's short title in each language of the interface."""
    return {language: _Writer(publication, language).short_title() for language in LANGUAGES}


def navigation(publications: Sequence[Publication], language: str, hand_written: Sequence[str] = ()) -> list[Chapter]:
    """The navigation of one language; `hand_written` are the names of its pages in docs/, titled by themselves."""
    words = Words(language)
    reports = [_Writer(publication, language).chapter() for publication in publications]
    others = [Chapter("", tree(addresses.hand_written(language, name, "md"))) for name in (SEARCH, *hand_written)]
    return [Chapter(words("home"), tree(addresses.home(language, "md"))), *reports, *others]


def tree(path: str) -> str:
    """A path of the site -> its path in the tree, where every language has a folder."""
    first = path.partition("/")[0]
    return path if first in LANGUAGES[1:] else f"{LANGUAGES[0]}/{path}"


def _data_files(publication: Publication) -> Iterator[File]:
    for name, content in {
        "report.json": export.dumps(export.report_record(publication)),
        "figures.json": export.figures_json(publication),
        "figures.csv": export.figures_csv(publication.figures),
        "figures-excel.csv": export.figures_for_excel(publication.figures),
        "full.txt": export.full_text(publication),
        "datapackage.json": export.data_package(publication),
    }.items():
        yield File(tree(addresses.data_file(publication.id, name)), content.encode())


# ---- pages


def _page(template: str, path: str, page_title: str, about: Mapping[str, str] | None = None, **values: Any) -> File:
    """A page with its front matter. `about`, each where it is known: title_language, where the title is not in the
    page's own language; cited, how a quotation names its source; said_by, whose text it is."""
    # MkDocs and its theme print titles as they are: they get HTML, in a YAML string
    head = {"title": html.escape(displayed(page_title))}
    head |= {key: displayed(value) for key, value in (about or {}).items() if value}
    matter = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())
    return File(tree(path), f"---\n{matter}---\n\n{rendered(template, **values)}".encode())


def _home(publications: Sequence[Publication], language: str) -> File:
    words = Words(language)
    path = addresses.home(language, "md")
    shown = [_Writer(publication, language, path).card() for publication in publications]
    lang = "" if language == LANGUAGES[0] else "zh-Hans"
    search = Markup(addresses.link(path, addresses.hand_written(language, SEARCH)))
    return _page("home", path, words("home"), words=words, lang=lang, reports=shown, search=search)


def _search(publications: Sequence[Publication], language: str) -> File:
    words = Words(language)
    path = addresses.hand_written(language, SEARCH, "md")
    full = [_Writer(publication, language, path).full_text() for publication in publications]
    examples = [Example(query, quote(query)) for query in _examples(publications)]
    return _page("search", path, words("search"), words=words, full=full, examples=examples)


def _examples(publications: Sequence[Publication]) -> Iterator[str]:
    """What one can search for: a word, a figure, a phrase, each from a report on the site."""
    for publication in publications[:1]:
        text = publication.report.source.text
        for figure in publication.headline[:1]:
            if figure.subject[-3:] in text:
                yield figure.subject[-3:]
            yield figure.quote
        if phrase := re.search("《([^《》]{4,20})》", text):
            yield phrase[1]


class _Writer:
    """The pages of one report in one language."""

    def __init__(self, publication: Publication, language: str, here: str = "") -> None:
        self.publication, self.language, self.here = publication, language, here
        self.report, self.text = publication.report, publication.report.source.text
        self.words = Words(language)
        self.lang = "" if language == LANGUAGES[0] else "zh-Hans"  # of the report's own words on the page
        self._numerals = dict(self._places(self.report.sections, ""))
        self.spans = {s.id: (s.start, s.end) for s in self.report.sentences()}
        self.spans |= {f"h{s.id}": (s.start, s.head_end) for s in self.report.walk()}
        self.by_sentence: dict[str, list[Figure]] = {
            key: list(group) for key, group in groupby(publication.figures, key=lambda f: f.sentence)
        }

    # -- names

    def title(self) -> str:
        """The report's title on pages: as printed in Chinese, composed in other languages."""
        printed = self.publication.given("title")
        if printed and self.language == LANGUAGES[0]:
            return printed
        return self._composed("report_title")

    def short_title(self) -> str:
        return self._composed("short_title")

    def _composed(self, key: str) -> str:
        kind = addresses.kind_of(self.report)[self.language]
        place, year = self.publication.given("place"), self.publication.year
        if not (place and year):
            return self.publication.given("title") or self.words("report_title_bare", kind=kind)
        if self.language != LANGUAGES[0]:
            place = addresses.place_id(_last_part(place)).capitalize()
        return self.words(key, place=place, year=year, kind=kind)

    def heading(self, section: Section) -> str:
        """Numeral and heading in the navigation; other languages put the number in digits before it."""
        if self.language == LANGUAGES[0]:
            return section.label
        return f"{self._number(section.id)} · {section.heading.text if section.heading else section.numeral}"

    def _number(self, node: str) -> str:
        """The place of a node in digits: 1-2-3 -> 1.2.3, 2-0-1 -> 2.1."""
        return node.replace("-0", "").replace("-", ".").removeprefix("0.")

    def _places(self, sections: Iterable[Section], above: str) -> Iterator[tuple[str, str]]:
        """Each node and its place: as printed in Chinese, 一(三)一是; in digits elsewhere."""
        for section in sections:
            own = f"{above}{section.numeral.strip().rstrip('、.．')}" if not self.lang else self._number(section.id)
            yield section.id, own
            yield from self._places(section.sections, own)

    def _shown_number(self, section: Section) -> str:
        """The number put before a heading where its numeral is not read."""
        return "" if self.language == LANGUAGES[0] else self._number(section.id)

    def path(self, name: str, ending: str = "md") -> str:
        return addresses.page(self.language, self.publication.id, name, ending)

    def _link(self, name: str, anchor: str = "", ending: str = "md") -> Markup:
        """A link in Markdown, which MkDocs checks: between paths of the tree."""
        return Markup(addresses.link(tree(self.here), tree(self.path(name, ending)), anchor))

    def _page_link(self, name: str, anchor: str) -> Markup:
        """A link in HTML: between paths of the site."""
        return Markup(addresses.link(self.here, self.path(name, "html"), anchor))

    def _data(self, name: str) -> Markup:
        return Markup(addresses.link(tree(self.here), tree(addresses.data_file(self.publication.id, name))))

    # -- which pages there are

    def pages(self) -> Iterator[Section]:
        """The nodes that have a page of their own: sections and subsections, whatever lies above them."""
        for section in self.report.walk():
            if page_of(section.id) == section.id:
                yield section

    def chapter(self) -> Chapter:
        own = {section.id for section in self.pages()}

        def below(sections: Iterable[Section]) -> tuple[Chapter, ...]:
            return tuple(
                Chapter(self.heading(s), tree(self.path(s.id)), below(s.sections)) for s in sections if s.id in own
            )

        annex = [Chapter(self.words("annex"), tree(self.path(ANNEX)))] if self.report.annex else []
        return Chapter(
            self.short_title(),
            tree(self.path(OVERVIEW)),
            (
                *below(self.report.sections),
                *annex,
                Chapter(self.words("full"), tree(self.path(FULL))),
                Chapter(self.words("figures"), tree(self.path(FIGURES))),
            ),
        )

    def files(self) -> Iterator[File]:
        yield self._page(OVERVIEW, "overview", self.title(), **self._overview())
        for section in self.pages():
            own = LANGUAGES[0] if section.heading and self.lang else ""
            yield self._page(section.id, "section", self.heading(section), own, **self._section(section))
        if self.report.annex:
            yield self._page(ANNEX, "annex", self.words("annex"), **self._annex())
        yield self._page(FULL, "full", self.words("full"), **self._full())
        yield self._page(FIGURES, "figures", self.words("figures"), **self._figures())

    def _page(self, name: str, template: str, title: str, title_language: str = "", **values: Any) -> File:
        values |= {"words": self.words, "lang": self.lang, "title": title}
        about = {
            "title_language": title_language,
            "cited": self._cited(),
            "said_by": self.publication.given("issuer"),
        }
        return _page(template, self.path(name), title, about, **values)

    # -- the pages

    def _overview(self) -> dict[str, Any]:
        self.here = self.path(OVERVIEW)
        publication, source = self.publication, self.report.source
        whole = not any(True for _ in self.pages())
        sections = [s for s in self.report.sections if page_of(s.id) == OVERVIEW]
        return {
            "issuer": publication.given("issuer"),
            "phrased": _phrased(self.title()),
            "line": self.line(),
            "links": [
                (self.words("full"), self._link(FULL)),
                (self.words.count("count_figures", len(publication.figures)), self._link(FIGURES)),
            ],
            "headline_rows": self._rows(publication.headline),
            "parts": [] if whole else list(self._stretches()),
            "ticks": self._ticks(),
            "panel": self._panel() if addresses.kind_of(self.report)["article24"] else None,
            "entries": [] if whole else list(self._entries(self.report.sections, 0)),
            "opening": self.words("text" if whole else "opening"),
            "blocks": self._flow(self.report.preamble, sections, 1),
            "particulars": list(self._particulars()),
            "proof": [
                self.words("proof_characters", n=len(source.text), own=publication.characters),
                self.words("proof_encoding", encoding=source.encoding.upper(), ends=export.line_ends(source.text)),
            ],
            "sha256": source.sha256,
            "report_json": self._data("report.json"),
            "rows": self._rows([f for f in publication.figures if page_of(node_of(f.sentence)) == OVERVIEW]),
        }

    def _ticks(self) -> tuple[int, ...]:
        return tuple(self._thousandth(figure.start) for figure in self.publication.figures)

    def _thousandth(self, offset: int) -> int:
        """Where an offset stands in the report's own text, in thousandths."""
        own = self.report.source.body
        return max(0, min(1000, 1000 * (offset - own[0].start) // (own[-1].end - own[0].start)))

    def _stretches(self) -> Iterator[Stretch]:
        sections = [s for s in self.report.sections if page_of(s.id) == s.id]
        parts = [(s.start, s.end, self.heading(s), self.path(s.id, "html"), "") for s in sections]
        if parts and self.report.preamble:
            first, last = self.report.preamble[0], self.report.preamble[-1]
            parts.insert(0, (first.start, last.end, self.words("opening"), self.path(OVERVIEW, "html"), "opening"))
        for begin, stop, name, page, anchor in parts:
            inside = self.text[begin:stop]
            share = round(100 * sum(not c.isspace() for c in inside) / self.publication.characters)
            count = sum(begin <= f.start < stop for f in self.publication.figures)
            start, end = self._thousandth(begin), self._thousandth(stop)
            link = Markup(addresses.link(self.here, page, anchor))
            says = self.words("strip_text", share=share, figures=self.words.count("count_figures", count))
            yield Stretch(name, link, start, max(1, end - start - 2), says)

    def _panel(self) -> Panel:
        rows = []
        for content in article24.contents(self.publication):
            links = tuple((self.heading(s), self._link(page_of(s.id))) for s in content.sections)
            there = self.words.count("article24_there", content.sentences)
            rows.append(
                Duty(self.words(f"role_{content.role}"), links, there if links else self.words("article24_none"))
            )
        law = load("roles")["article24"]["law"][self.language]
        due, published = self._due()
        return Panel(self.words("article24_says", law=law), tuple(rows), due, published)

    def _due(self) -> tuple[str, str]:
        when = article24.timeliness(self.publication)
        if when is None:
            return "", ""
        due = self.words("due_on", day=when.due.isoformat())
        if when.days is None:
            return due, self.words("published_unknown")
        key = "published_late" if when.days > 0 else "published_early"
        return due, self.words(key, day=self.publication.published, n=abs(when.days))

    def _section(self, section: Section) -> dict[str, Any]:
        self.here = self.path(section.id)
        own = {child.id for child in section.sections if page_of(child.id) == child.id}
        inside = [child for child in section.sections if child.id not in own]
        figures = [f for f in self.publication.figures if page_of(node_of(f.sentence)) == section.id]
        characters = sum(not c.isspace() for c in self.text[section.start : section.end])
        total = sum(section.start <= f.start < section.end for f in self.publication.figures)
        counts = [self.words("count_characters", n=characters)]
        if total:
            counts.append(self.words.count("count_figures", total))
        return {
            "line": " · ".join(counts),
            "head": self._head(section) if section.head_end > section.start else escape(section.label),
            "number": self._shown_number(section),
            "is_subsection": "-" in section.id,
            "id": f"h{section.id}" if section.head_end > section.start else "",
            "blocks": self._flow(section.sentences, inside, 1),
            "children": list(self._entries([c for c in section.sections if c.id in own], 0)),
            "rows": self._rows(figures),
        }

    def _annex(self) -> dict[str, Any]:
        self.here = self.path(ANNEX)
        figures = [f for f in self.publication.figures if page_of(node_of(f.sentence)) == ANNEX]
        return {"blocks": self._flow(self.report.annex, (), 1), "rows": self._rows(figures)}

    def _full(self) -> dict[str, Any]:
        self.here = self.path(FULL)
        sentences = [*self.report.preamble, *self.report.annex]
        signature = [self.text[s.start : s.end] for s in self.report.segments if s.part is Part.SIGNATURE]
        blocks = self._flow(sentences, self.report.sections, 1)
        return {
            "phrased": _phrased(self.title()),
            "issuer": self.publication.given("issuer"),
            "line": self.line(),
            "blocks": blocks,
            "signature": signature,
            "plain": self._data("full.txt"),
            "source": css_string(self._source_line()),
            "rows": self._rows(self.publication.figures, FULL),
        }

    def _figures(self) -> dict[str, Any]:
        self.here = self.path(FIGURES)
        return {
            "count": self.words.count("count_figures", len(self.publication.figures)),
            "report_title": self.title(),
            "groups": self._groups(),
            "filters": self._filters(),
            "computed": list(self._computed()),
            "downloads": [
                ("CSV", self._data("figures.csv")),
                ("CSV · Excel", self._data("figures-excel.csv")),
                ("JSON", self._data("figures.json")),
                ("Data Package", self._data("datapackage.json")),
            ],
            "columns": [(column["name"], column[self.language]) for column in load("columns")["columns"]],
        }

    def _entries(self, sections: Iterable[Section], depth: int) -> Iterator[Entry]:
        for section in sections:
            if section.heading:
                count = sum(section.start <= f.start < section.end for f in self.publication.figures)
                page = page_of(section.id)
                anchor = "" if page == section.id else f"h{section.id}"
                figures = self.words.count("count_figures", count) if count else ""
                yield Entry(depth, section.numeral, self.heading(section), self._link(page, anchor), figures)
            yield from self._entries(section.sections, depth + bool(section.heading))

    def _groups(self) -> list[tuple[str, str, list[Row]]]:
        """The figures by the page they stand on, in reading order."""
        names = {section.id: self.heading(section) for section in self.report.walk()}
        names |= {OVERVIEW: self.words("opening"), ANNEX: self.words("annex")}
        groups = groupby(self.publication.figures, key=lambda f: page_of(node_of(f.sentence)))
        return [(f"g{page}", names[page], self._rows(figures, with_sentence=True)) for page, figures in groups]

    def _computed(self) -> Iterator[Inference]:
        by_id = {figure.id: figure for figure in self.publication.figures}
        for one in computed(self.publication.figures, self.text):
            change = by_id[one.premises[1]]
            yield Inference(
                one.id,
                "" if one.exact else self.words("bound_about"),
                value_words(one.value),
                one.unit,
                one.subject,
                one.formula,
                self._place(change),
                self._link(page_of(node_of(change.sentence)), change.id),
            )

    def _filters(self) -> list[tuple[str, int]]:
        """All, then each kind there is, with the number of its figures."""
        counts = Counter(figure.kind for figure in self.publication.figures)
        kinds = [(self.words(f"kind_{kind}"), counts[kind]) for kind in Kind if counts[kind]]
        return [(self.words("all"), sum(counts.values())), *kinds]

    def _particulars(self) -> Iterator[tuple[str, str | Markup]]:
        publication, said = self.publication, self.report.source.particulars
        missing = self.words("not_stated")
        for name in ("title", "issuer", "place"):
            yield self.words("original_title" if name == "title" else name), publication.given(name) or missing
        yield self.words("level"), self.words(f"level_{said.level.text}") if said.level else missing
        yield self.words("year"), publication.given("year") or missing
        yield self.words("published"), publication.published or missing
        yield self.words("signed"), said.signed.text if said.signed else missing
        yield self.words("source"), publication.given("source") or missing
        if publication.sidecar.url:
            url = html.escape(publication.sidecar.url)
            yield (
                self.words("original_page"),
                Markup(f'<a href="{url}" rel="external">') + escape(publication.sidecar.url) + Markup("</a>"),
            )

    def line(self) -> str:
        """Date, length and number of figures, as one line."""
        publication = self.publication
        parts = [self.words("published_on", day=publication.published)] if publication.published else []
        return " · ".join([*parts, self.words("count_characters", n=publication.characters)])

    def full_text(self) -> tuple[str, Markup]:
        """The report's name and the link to its full text."""
        return self.short_title(), Markup(addresses.link(self.here, self.path(FULL, "html")))

    def _cited(self) -> str:
        """How a quotation names the report: its title, who issued it, when."""
        publication = self.publication
        parts = [publication.given("title") or self.title(), publication.given("issuer"), publication.published]
        return ", ".join(part for part in parts if part) if self.lang else "，".join(part for part in parts if part)

    def card(self) -> Card:
        return Card(
            _phrased(self.title()),
            self.line(),
            self._link(OVERVIEW),
            self.words.count("count_figures", len(self.publication.figures)),
            self._link(FIGURES),
            tuple(self._rows(self.publication.headline)),
            tuple(self._stretches()),
            self._ticks(),
        )

    # -- running text

    def _flow(self, sentences: Iterable[Sentence], sections: Iterable[Section], depth: int) -> list[Block]:
        """Headings, paragraphs and tables in the order of the report."""
        pieces = sorted(self._pieces(sentences, sections, depth), key=lambda piece: piece[0])
        blocks: list[Block] = []
        for key, group in groupby(pieces, key=_run):
            items = [piece[2] for piece in group]
            if key[0] == "heading":
                blocks += [
                    Block("heading", level, f"h{item.id}", self._head(item), self._shown_number(item))
                    for level, item in items
                    if isinstance(item, Section)
                ]
            elif key[0] == "table":
                blocks.append(
                    Block("table", rows=tuple((s.id, self._cells(s)) for _, s in items if isinstance(s, Sentence)))
                )
            else:
                blocks.append(
                    Block(
                        "paragraph",
                        sentences=tuple(
                            (s.id, self._marked(s.id, s.start, s.end)) for _, s in items if isinstance(s, Sentence)
                        ),
                    )
                )
        return blocks

    def _pieces(
        self, sentences: Iterable[Sentence], sections: Iterable[Section], depth: int
    ) -> Iterator[tuple[int, tuple[str, int], tuple[int, Sentence | Section]]]:
        """(offset, what it runs together with, (depth, piece)): a paragraph keeps the sentences of its line."""
        for sentence in sentences:
            run = ("table", 0) if sentence.part is Part.TABLE else ("paragraph", sentence.paragraph)
            yield sentence.start, run, (depth, sentence)
        for section in sections:
            if section.head_end > section.start:
                yield section.start, ("heading", section.start), (depth + 1, section)
            yield from self._pieces(section.sentences, section.sections, depth + 1)

    def _head(self, section: Section) -> Markup:
        """The heading as printed, its numeral in an element of its own so that it can hang."""
        after = section.start + len(section.numeral)
        rest = self._marked(f"h{section.id}", after, section.head_end)
        return Markup('<span class="numeral">') + escape(section.numeral) + Markup("</span>") + rest

    def _marked(self, id_: str, start: int, end: int) -> Markup:
        """The text of a sentence or heading with its figures marked."""
        marks = [
            Mark(f.start - start, f.end - start, "figure", self._row_link(f), displayed(self.words.figure(f)), f.id)
            for f in self.by_sentence.get(id_, [])
            if start <= f.start and f.end <= end
        ]
        return mark(self.text[start:end], marks)

    def _row_link(self, figure: Figure) -> str:
        """From a figure in its sentence to its row at the foot of the same page."""
        return addresses.link(self.here, self.here, row_of(figure.id))

    def _source_line(self) -> str:
        """Where the text comes from, for the printed page."""
        publication = self.publication
        said = [
            publication.given("issuer"),
            publication.given("source"),
            publication.published,
            publication.sidecar.url,
        ]
        line = " · ".join(part for part in said if part)
        return self.words("printed_source", line=line)

    def _cells(self, row: Sentence) -> tuple[Markup, ...]:
        cells, start = [], row.start
        for at in [*(row.start + i for i, c in enumerate(row.text) if c in "\t|｜"), row.end]:
            cells.append(self._marked(row.id, start, at))
            start = at + 1
        return tuple(cells)

    # -- tables of figures

    def _rows(self, figures: Iterable[Figure], page: str = "", with_sentence: bool = False) -> list[Row]:
        """Rows that lead to the sentence on its own page, or on the page given; with it, if asked, in the row."""
        return [
            Row(
                row_of(figure.id),
                value_words(figure.value),
                self.words(f"bound_{figure.bound}"),
                figure.unit,
                figure.subject,
                self._kind(figure),
                self._place(figure),
                self._link(page or page_of(node_of(figure.sentence)), figure.id),
                self._page_link(page or page_of(node_of(figure.sentence)), figure.id),
                self._said(figure) if with_sentence else Markup(""),
                indicators()[figure.indicator].names[self.language] if figure.indicator else "",
            )
            for figure in figures
        ]

    def _said(self, figure: Figure) -> Markup:
        """The sentence or heading of a figure, with that one figure marked."""
        start, end = self.spans[figure.sentence]
        return mark(self.text[start:end], [Mark(figure.start - start, figure.end - start, "shown")])

    def _kind(self, figure: Figure) -> str:
        kind = self.words(f"kind_{figure.kind}")
        return f"{kind} · {self.words(f'direction_{figure.direction}')}" if figure.direction else kind

    def _place(self, figure: Figure) -> str:
        number = self._numerals.get(node_of(figure.sentence), "")
        if figure.sentence.startswith("h"):
            return f"{number} {self.words('in_heading')}"
        return f"{number} {self.words('sentence_n', n=figure.sentence.rpartition('-')[2])}".strip()


def _run(piece: tuple[int, tuple[str, int], Any]) -> tuple[str, int]:
    return piece[1]


def _phrased(title: str) -> Markup:
    """A title that may break only between its phrases: 关于某区 / 2023年度 / 法治政府建设 / 情况的报告."""
    parts = re.split("(?<=关于)|(?=[0-9二〇]{4}年)|(?<=年度)|(?<=建设)|(?=的?报告$)", title)
    return Markup("<wbr>").join(escape(part) for part in parts if part)


def _last_part(place: str) -> str:
    return split_place(place)[-1]
