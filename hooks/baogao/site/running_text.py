"""The blocks of a page -> the running text on it: figures and terms marked, one language to a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from ..folding import displayed
from ..ids import FIGURES, row_of, text_hash
from ..model import Attachment, Figure, Part, Source
from ..outline.items import Item
from ..outline.layout import Anchored, Block, BlockKind, PageBlocks
from ..patterns import HEADING, ORDINAL
from ..relations.glossary import in_english, is_title, linked_uses
from ..translation.alignment import aligned
from ..translation.terms import Term, Use
from ..wording.authorities import meaning
from ..wording.here import Here
from ..wording.marks import Mark, attribute, mark, printed
from ..wording.names import Names, Said
from .context import SiteContext
from .figure_tables import is_told
from .linked import Linked


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a printed table."""

    id: str
    lang: str
    cells: tuple[tuple[Markup, str], ...]  # words, and digits where the cell is a number
    span: int = 1  # of a row's only cell: the columns of the table


class ShownSentence(NamedTuple):
    """A sentence as a page shows it."""

    id: str
    said: Said
    hash: str  # of the Chinese
    place: str  # where it stands, in words
    page: str  # of the file received, in words; empty where that has no pages


@dataclass(frozen=True, slots=True)
class FlowBlock:
    """A stretch of running text: a heading, a paragraph, a table or links."""

    kind: str  # heading, paragraph, table, links
    depth: int = 1  # of a heading: 1 is the page's own
    level: int = 0  # of a heading: 1 is 一、
    id: str = ""
    said: Said = Said(Markup(""))  # of a heading
    number: str = ""  # of a heading, where its numeral is not read
    sentences: tuple[ShownSentence, ...] = ()
    rows: tuple[TableRow, ...] = ()
    gap: str = ""  # between sentences: none in Chinese
    links: tuple[Linked, ...] = ()


# 附件 and its number above a title, on a line of its own or before it; a title is no sentence, field or salutation.
_NUMBER_OF_ANNEX = rf"附\s*[件表录]\s*(?:\d+|{ORDINAL})?\s*[:：.、]?"
_TITLE_OF_ANNEX = re.compile(rf"(?:{_NUMBER_OF_ANNEX})?\s*[^。；;！!？?：:，,\t]{{2,60}}")


def _heading_of(source: Source, annex: Attachment, sentences: Mapping[int, int]) -> int:
    """Where the title of an attachment begins, which is a line and a sentence; of one that has none, the line above it
    with the name of its file. `sentences`: from where to where each runs."""
    first = bisect_left(source.body, annex.start, key=lambda line: line.start)
    for line in source.body[first + 1 :]:
        said = source.text[line.start : line.end]
        if line.start >= annex.end:
            break
        if not re.fullmatch(_NUMBER_OF_ANNEX, said):
            whole = sentences.get(line.start) == line.end and not HEADING.match(said)
            return line.start if whole and _TITLE_OF_ANNEX.fullmatch(said) else annex.start
    return annex.start


@dataclass(frozen=True)
class RunningText:
    """A report's words as one page shows them."""

    names: Names
    here: Here
    page: PageBlocks
    entries: Mapping[str, tuple[str, str]]  # of the glossary: path and anchor, by the ids of terms

    def flow(self, below: Mapping[int, Sequence[Linked]] | None = None) -> Iterator[FlowBlock]:
        """What stands below a page's own heading; below its blocks the links of the passages that end in them, which
        are given by the offset of that end."""
        for block in self.page.flow:
            yield self._block(block)
            ends = ((end, links) for end, links in (below or {}).items() if block.start < end <= block.end)
            if linked := tuple(link for _, links in ends for link in links):
                yield FlowBlock("links", links=linked)

    def _block(self, block: Block) -> FlowBlock:
        if item := block.item:
            said, number = self.head(item), self.names.shown_number(item)
            return FlowBlock("heading", block.depth, item.section.level, item.anchor, said, number)
        if block.kind is BlockKind.TABLE:
            return FlowBlock("table", rows=self._rows(block.pieces))
        if block.start in self._annexes and len(block.pieces) == 1:
            return FlowBlock("heading", 2, 2, block.pieces[0].id, self._said(block.pieces[0]))
        sentences = tuple(map(self._sentence, block.pieces))
        return FlowBlock("paragraph", sentences=sentences, gap=" " if self.names.lang else "")

    @cached_property
    def _annexes(self) -> frozenset[int]:
        """Where the headings of attachments begin."""
        source, pieces = self.names.report.source, self.names.pieces.values()
        sentences = {piece.start: piece.end for piece in pieces if piece.part is Part.SENTENCE}
        return frozenset(_heading_of(source, one, sentences) for one in source.annexes)

    def head(self, item: Item) -> Said:
        """The heading as printed, its numeral in an element of its own so that it can hang; in English without it."""
        piece, english = self.names.pieces[item.anchor], self.names.heading_in_english(item)
        if english:
            return Said(self._stated(piece, piece.start, piece.end, english))
        rest = self._chinese(piece, item.section.start + len(item.numeral), item.section.head_end)
        head = Markup('<span class="numeral">') + printed(item.numeral) + Markup("</span>") + rest
        return Said(head, self.names.lang, self.names.lacking(piece.id, piece.text))

    def _sentence(self, piece: Anchored) -> ShownSentence:
        place, page = self.names.place(piece.id), self.page_received(piece)
        return ShownSentence(piece.id, self._said(piece), text_hash(piece.text), place, page)

    def page_received(self, piece: Anchored) -> str:
        """The page of the file received, in words; empty where that has no pages."""
        page = self.names.report.source.page_at(piece.start)
        return self.names.words("located_page", n=page) if page else ""

    def _said(self, piece: Anchored) -> Said:
        """A sentence in the page's language with its figures marked; in Chinese where it has none."""
        english = self.names.translation.english(piece.id, piece.text)
        if english:
            return Said(self._stated(piece, piece.start, piece.end, english))
        chinese = self._chinese(piece, piece.start, piece.end)
        return Said(chinese, self.names.lang, self.names.lacking(piece.id, piece.text))

    def _stated(self, piece: Anchored, start: int, end: int, english: str) -> Markup:
        """The English of what is printed from one offset to another, with the figures where it states them; one it
        words otherwise keeps its address at the end."""
        figures = self._figures(piece, start, end)
        places = aligned(figures, english)
        marks = [self._mark(figure, *places[figure.id]) for figure in figures if figure.id in places]
        lost = [Markup("<span{}></span>").format(attribute("id", one.id)) for one in figures if one.id not in places]
        titles = self.names.titles(piece.id, english)
        marked = mark(english, [*marks, *self.terms(piece, start, end, english, marks), *titles])
        return Markup("").join([marked, *lost])

    def _chinese(self, piece: Anchored, start: int, end: int) -> Markup:
        """What is printed from one offset to another, with its figures marked."""
        figures = self._figures(piece, start, end)
        marks = [self._mark(figure, figure.start - start, figure.end - start) for figure in figures]
        return mark(self.names.text[start:end], [*marks, *self.terms(piece, start, end, "", marks)])

    def _figures(self, piece: Anchored, start: int, end: int) -> list[Figure]:
        return [one for one in self.names.by_sentence.get(piece.id, []) if start <= one.start and one.end <= end]

    def _mark(self, figure: Figure, start: int, end: int) -> Mark:
        """A figure in its sentence, which leads to its row at the foot of the same page."""
        said, how = self.note(figure)
        return Mark(start, end, "figure", self.here.to(self.here.path, row_of(figure.id)), said, figure.id, how)

    def note(self, figure: Figure) -> tuple[str, str]:
        """What is told of a figure beside it, and the address of how what follows from it was computed."""
        said, follows = self.names.note(figure), [*filter(is_told, self.names.computed_of.get(figure.id, []))]
        for one in follows:
            said += f"　{self.names.words('this_site', value=self.names.inferred(one))}"
        how = self.here.page_link(self.names, FIGURES, follows[0].id) if follows else ""
        return displayed(said), how

    def terms(self, piece: Anchored, start: int, end: int, english: str, taken: Sequence[Mark]) -> Iterator[Mark]:
        """Links to the glossary from the first use of a term on the page, with its definition; never over a figure,
        which has an address."""
        for use in self._linked.get(piece.id, ()):
            at = use.start + piece.start - start, use.end + piece.start - start
            if at[0] < 0 or at[1] > end - start:
                continue
            span = in_english(use.term, english) if english else at
            if span and use.term.id in self.entries and all(span[1] <= m.start or m.end <= span[0] for m in taken):
                kind = "term-title" if english and is_title(piece.text, use) else "term"
                yield Mark(*span, kind, self.here.to(*self.entries[use.term.id]), self._definition(use.term))

    @cached_property
    def _linked(self) -> Mapping[str, Sequence[Use]]:
        return linked_uses(self.page.pieces, self.names.term_uses) if self.entries else {}

    def _definition(self, term: Term) -> str:
        """What a reader is told of a term without leaving the page; on an English page with its Chinese."""
        said = meaning(term, self.names.language).in_one_line()
        return f"{term.zh}: {said}" if self.names.lang else f"{term.zh}：{said}"

    def _rows(self, pieces: Sequence[Anchored]) -> tuple[TableRow, ...]:
        """The rows of a table; the only cell of a row stands over all columns."""
        found = [(piece, *self._cells(piece)) for piece in pieces]
        width = max(len(cells) for _, _, cells in found)
        return tuple(TableRow(piece.id, lang, cells, width if len(cells) == 1 else 1) for piece, lang, cells in found)

    def _cells(self, row: Anchored) -> tuple[str, tuple[tuple[Markup, str], ...]]:
        """The language of a row, and its cells; English where it has as many cells as the Chinese."""
        chinese = re.split("[\t|｜]", row.text)
        sorts = ["digits" if _DIGITS.fullmatch(cell) else "" for cell in chinese]
        ends = [*(row.start + i for i, c in enumerate(row.text) if c in "\t|｜"), row.end]
        places = [*zip([row.start, *(end + 1 for end in ends)], ends, strict=False)]
        english = self.names.translation.english(row.id, row.text).split("\t")
        if any(english) and len(english) == len(chinese):
            said = [self._stated(row, *place, cell) for place, cell in zip(places, english, strict=True)]
            return "", tuple(zip(said, sorts, strict=True))
        return self.names.lang, tuple(zip((self._chinese(row, *place) for place in places), sorts, strict=True))


_DIGITS = re.compile("\\s*[-−－+＋]?[0-9０-９][0-9０-９,，.．%％ ]*\\s*")


def running_text(names: Names, here: Here, page: PageBlocks, context: SiteContext) -> RunningText:
    """The words of a report on one of its pages."""
    return RunningText(names, here, page, context.entries)
