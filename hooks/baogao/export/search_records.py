"""Publications and hand-written pages -> the records of the search index: a page's own text, line by line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from ..ids import ANNEX, FIGURES, LANGUAGES, OVERVIEW, node_of, page_of, row_of
from ..model import Part, Role
from ..publication.publication import Publication
from ..wording.names import Names
from ..wording.words import Words


@dataclass(frozen=True, slots=True)
class Unit:
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
    lines: tuple[tuple[Unit, ...], ...]
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
    """What is translated of each page, a line a sentence, as the English pages show it."""
    report, names = publication.report, Names(publication, "en")
    text, roles = report.source.text, {section.id: section.role for section in report.walk()}
    titles = {section.id: names.heading(section) for section in report.walk()}
    titles |= {OVERVIEW: names.title(), ANNEX: names.words("annex")}
    paragraphs = {sentence.id: sentence.paragraph for sentence in report.sentences()}
    pages: dict[str, list[tuple[Unit, ...]]] = defaultdict(list)
    if english := names.given_in_english("title"):
        pages[OVERVIEW].append((Unit("top", english),))
    last = None  # the paragraph of the sentence before: sentences of one run on, as on the page
    for segment in report.segments:
        said = publication.translation.english(segment.id, text[segment.start : segment.end]) if segment.id else ""
        if not segment.id or not said:
            continue
        lines, paragraph = pages[page_of(node_of(segment.id))], paragraphs.get(segment.id)
        if lines and paragraph is not None and paragraph == last:
            *before, end = lines[-1]
            lines[-1] = (*before, Unit(end.anchor, end.text + " ", end.leads), Unit(segment.id, said))
        else:
            lines.append((Unit(segment.id, said),))
        last = paragraph
    for page, found in pages.items():
        role = roles.get(page, Role.OTHER)
        yield Record(
            "section",
            names.language,
            f"{publication.id}/{page}.html",
            titles[page],
            tuple(found),
            publication.id,
            "" if role is Role.OTHER else str(role),
            found[0][0].anchor in ("top", f"h{page}"),
        )
    rows = tuple(
        (Unit(row_of(f.id), names.note(f), _home_of(f.sentence, f.id)),)
        for f in publication.figures
        if publication.translation.english(f.id, f.subject)
    )
    if rows:
        page = f"{publication.id}/{FIGURES}.html"
        yield Record("figures", names.language, page, names.words("figures"), rows, publication.id)


def _chinese_records(publication: Publication) -> Iterator[Record]:
    report, text = publication.report, publication.report.source.text
    labels = {section.id: section.label for section in report.walk()}
    roles = {section.id: section.role for section in report.walk()}
    title, words = publication.given("title"), Words(LANGUAGES[0])
    pages: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for segment in report.segments:
        place = _place(segment.part, segment.id)
        if place:
            pages[place[0]].append((segment.start, place[1]))
    ends = {segment.start: segment.end for segment in report.segments if segment.part is not Part.SPACE}
    for page, starts in pages.items():
        role = roles.get(page, Role.OTHER)
        yield Record(
            "section",
            LANGUAGES[0],
            f"{publication.id}/{page}.html",
            {OVERVIEW: title, ANNEX: words("annex")}.get(page) or labels.get(page) or publication.id,
            tuple(_lines(text, starts, ends)),
            publication.id,
            "" if role is Role.OTHER else str(role),
            starts[0][1] in ("top", f"h{page}"),
        )
    rows = tuple((Unit(row_of(f.id), words.figure(f), _home_of(f.sentence, f.id)),) for f in publication.figures)
    if rows:
        page = f"{publication.id}/{FIGURES}.html"
        yield Record("figures", LANGUAGES[0], page, words("figures"), rows, publication.id)


def _place(part: Part, id_: str | None) -> tuple[str, str] | None:
    """The page a segment is searched on and the anchor it opens."""
    if part in (Part.CHROME, Part.SPACE):
        return None
    if id_:
        return page_of(node_of(id_)), id_
    return OVERVIEW, "top" if part is Part.TITLE else "particulars"


def _home_of(sentence: str, figure: str) -> str:
    return f"{page_of(node_of(sentence))}.html#{figure}"


def _lines(text: str, starts: Sequence[tuple[int, str]], ends: dict[int, int]) -> Iterator[tuple[Unit, ...]]:
    """Units joined where the file has them on one line, with the white space between them."""
    line: list[Unit] = []
    for (start, anchor), following in zip(starts, [*starts[1:], None], strict=True):
        end = ends[start]
        gap = text[end : following[0]] if following else "\n"
        joined = not gap or (gap.isspace() and "\n" not in gap and "\r" not in gap)
        line.append(Unit(anchor, text[start:end] + (gap if joined else "")))
        if not joined:
            yield tuple(line)
            line = []


class _Reader(HTMLParser):
    """The text of a hand-written page: lines of blocks, each under the heading above it."""

    BLOCKS = frozenset(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "summary", "pre"])

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[Unit, ...]] = []
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
            self.lines.append((Unit(self.anchor, text),))
        if tag == "h1" and not self.title:
            self.title = text


def page_record(language: str, page: str, title: str, html: str) -> Record:
    """A page written by hand, from the HTML of its content; `page` from the root of its language."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader._close("")
    return Record("page", language, page, reader.title or title, tuple(reader.lines), titled=bool(reader.title))
