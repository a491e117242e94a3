"""Report -> its layout: the headings, paragraphs and tables of each page, made once.

The pages, their data, the search and the proof sheet show the same blocks, each in its own form. Afterwards: every
heading, sentence and row stands in one block of one page and in one block of the whole, in the order of the report. A
numeral that opens plain text makes no heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from ..ids import ANNEX, FULL, OVERVIEW, node_of, page_of
from ..model import Part, Report
from .items import Item, Items


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"  # the sentences of a line, as far as no heading parts them
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Anchored:
    """A heading, a sentence or a row: the smallest part of a page that has an address."""

    id: str  # h1-2-3, s1-2-3-4
    page: str  # the name of the one it stands on
    start: int  # in the file
    end: int
    text: str  # as printed
    part: Part  # heading, sentence or table
    line: int  # of the file


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of running text."""

    kind: BlockKind
    pieces: tuple[Anchored, ...]  # a heading alone, the sentences of a paragraph, the rows of a table; never none
    depth: int = 0  # of a heading on its page: 1 is the page's own
    item: Item | None = None  # of a heading

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.pieces[-1].end


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The blocks of a page."""

    name: str  # as in its address: index, 1-2, annex, full
    item: Item | None  # whose page it is; None of the overview, the annex and the full page
    blocks: tuple[Block, ...]

    @property
    def head(self) -> Block | None:
        """Its own heading, which opens it; None where its item has none."""
        return self.blocks[0] if self.blocks and self.blocks[0].depth == 1 else None

    @property
    def flow(self) -> tuple[Block, ...]:
        """What stands below its own heading."""
        return self.blocks[1:] if self.head else self.blocks

    @property
    def reads(self) -> bool:
        """Whether it has text of its own, not only headings."""
        return any(block.kind is not BlockKind.HEADING for block in self.flow)

    @property
    def pieces(self) -> Iterator[Anchored]:
        """Its headings, sentences and rows."""
        return (piece for block in self.blocks for piece in block.pieces)


@dataclass(frozen=True, slots=True)
class Layout:
    """A report page by page, and whole."""

    pages: Mapping[str, PageBlocks]  # by name: the overview, sections and subsections, the annex where there is one
    full: PageBlocks
    pieces: Mapping[str, Anchored]  # by id, in the order of the report


def layout(report: Report, items: Items) -> Layout:
    """Never fails: the pages are those of the items that there are. `items`: the report's."""
    pieces = {piece.id: piece for piece in _pieces(report)}
    own_pages = {item.id: item for item in items if page_of(item.id) == item.id}
    names = [OVERVIEW, *own_pages, *([ANNEX] if report.annex else [])]
    of_page: dict[str, list[Anchored]] = {name: [] for name in names}
    for piece in pieces.values():
        of_page[piece.page].append(piece)

    def page(name: str, of_it: Iterable[Anchored]) -> PageBlocks:
        item = own_pages.get(name)
        return PageBlocks(name, item, tuple(blocks(of_it, item.depth if item else 0)))

    def blocks(of_it: Iterable[Anchored], above: int) -> Iterator[Block]:
        for (kind, _), run in groupby(of_it, key=_run):
            together = tuple(run)
            item = items.of(together[0].id) if kind is BlockKind.HEADING else None
            yield Block(kind, together, item.depth + 1 - above if item else 0, item)

    return Layout({name: page(name, of_it) for name, of_it in of_page.items()}, page(FULL, pieces.values()), pieces)


def _pieces(report: Report) -> Iterator[Anchored]:
    text, line_at = report.source.text, report.source.line_at
    for one in report.segments:
        if one.id:
            page = page_of(node_of(one.id))
            yield Anchored(one.id, page, one.start, one.end, text[one.start : one.end], one.part, line_at(one.start))


def _run(piece: Anchored) -> tuple[BlockKind, int]:
    """What a piece runs together with: sentences with those of their line, rows with the rows beside them."""
    if piece.part is Part.HEADING:
        return BlockKind.HEADING, piece.start
    return (BlockKind.TABLE, 0) if piece.part is Part.TABLE else (BlockKind.PARAGRAPH, piece.line)
