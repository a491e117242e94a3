"""Lines in reading order -> paragraphs: which line goes on with the one before, by indent, length, size, end marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from ..patterns import ONE_TO_NINE, ORDINAL
from .cells import Cell
from .pdf_lines import Run, joined
from .pdf_order import TextColumn
from .pdf_tables import PageTable

_INDENTED = 0.9  # sizes of type
_FIRST_LINE = 1.5, 3.2  # sizes of type: how far first lines are indented
_OTHER_SIZE = 0.12  # of the larger of two
_OTHER_PITCH = 1.45  # times the usual distance of lines
_SLACK = 0.7  # sizes of type that a full line may leave free, beside what did not fit
_ENDED = re.compile(r"[。！？!?；;：:.．][”’」』）)》\]]*$")
_STOPPED = re.compile(r"[。！？!?][”’」』）)》\]]*$")
# How an item begins that may not be run into the line before.
_ITEM = re.compile(
    rf"(?:第?[{ONE_TO_NINE}十百]{{1,4}}(?:[、.．]|部分|章|节|是)|[（(][{ONE_TO_NINE}十0-9]{{1,3}}[)）]"
    r"|[0-9]{1,3}(?:[、．]|[.](?![0-9])|[)）])|[①-⑳●○■□◆•·▪➢-]\s?|附件|附表|注[:：])"
)
_SECTION = re.compile(rf"{ORDINAL}、|第{ORDINAL}(?:部分|章)")
_PAGED = re.compile(r"[.．·•…‥_]{3,}\s*[-—–]?\s*[0-9ivxlIVXL]{1,4}\s*[-—–]?$|\S\s[.…·\s]*[0-9]{1,3}$")
# What may not be parted at the end of a line: a number, a word; else one character with the marks behind it.
_TOKEN = re.compile(
    r"[A-Za-z0-9,.%‰/+-]+[，。、；：！？）》”’]*|.[，。、；：！？）》”’,.;:!?)]*(?:(?<=[,.;:!?)])[A-Za-z0-9][A-Za-z0-9,.%‰/+-]*)?",
    re.S,
)
_MARK_ENDS = re.compile(r"[“‘（《(\[]$")


@dataclass(slots=True)
class PageParagraph:
    """A paragraph, heading or note: pieces of text, each with the page it stands on."""

    pieces: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.pieces)


@dataclass(slots=True)
class TableOverPages:
    """A table, its rows each with the page it stands on."""

    rows: list[tuple[int, tuple[Cell, ...]]]
    edges: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Margins:
    """Where lines of full length begin and end, how far apart they stand, and the size of most characters."""

    left: float
    right: float
    pitch: float  # in sizes of type
    size: float

    @property
    def width(self) -> float:
        return max(1.0, self.right - self.left)


def paragraphs(columns: Sequence[TextColumn], sizes: Margins) -> Iterator[PageParagraph | TableOverPages]:
    """All of a document in reading order. A paragraph may go on in the next column, a table on the next page."""
    open_: PageParagraph | None = None
    last: tuple[Run, Margins] | None = None
    table: TableOverPages | None = None
    for column in columns:
        margins = Margins(column.left, column.right, sizes.pitch, sizes.size)
        first = True
        for item in column.items:
            if isinstance(item, PageTable):
                if open_:
                    yield open_
                    open_ = last = None
                rows = [(column.page, row) for row in item.rows]
                if table and first and _goes_on(table, item, column.page):
                    table.rows += _without_head(table.rows, rows)
                    table.edges = item.edges or table.edges
                else:
                    if table:
                        yield table
                    table = TableOverPages(rows, item.edges)
                first = False
                continue
            if table:
                yield table
                table = None
            if open_ and last and continues(last[0], item, last[1], margins, same_column=not first):
                end = open_.pieces[-1][1]
                both = joined(end, item.text)
                open_.pieces.append((column.page, both[len(end) :]))
            else:
                if open_:
                    yield open_
                open_ = PageParagraph([(column.page, item.text)])
            last, first = (item, margins), False
    for rest in (table, open_):
        if rest:
            yield rest


def continues(one: Run, two: Run, margins: Margins, next_margins: Margins, same_column: bool = True) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    size = max(one.size, two.size)
    if abs(one.size - two.size) > _OTHER_SIZE * size or _PAGED.search(one.text):
        return False
    if same_column and two.base - one.base > max(_OTHER_PITCH * margins.pitch, 1.3) * size:
        return False
    indent, next_indent = one.left - margins.left, two.left - next_margins.left
    if _centred(two, next_margins):
        return _title_goes_on(one, two, margins, next_margins)
    if next_indent > 0.4 * next_margins.width:  # set at the right: who signs, and when
        return False
    full = _is_full(one, two, margins)
    if not full:
        return False
    item = _ITEM.match(two.text)
    if next_indent < _INDENTED * size:
        return not (_SECTION.match(two.text) or (item and _ENDED.search(one.text)))
    if next_indent - indent > 0.5 * size:  # a first line, unless the paragraph hangs on its numeral
        return bool(_ITEM.match(one.text)) and not item and not _ENDED.search(one.text) and indent < _INDENTED * size
    if item or _STOPPED.search(one.text):
        return False
    # of two lines indented alike by two characters each is the first of its paragraph; else they stand in a block
    return not _FIRST_LINE[0] * size < next_indent < _FIRST_LINE[1] * size or next_indent < indent - 0.5 * size


def _is_full(one: Run, two: Run, margins: Margins) -> bool:
    """Whether what the next line begins with had no room at the end of this one."""
    token = _TOKEN.match(two.text)
    if _MARK_ENDS.search(one.text):
        return True
    width = sum(one.size * (0.55 if ord(c) < 0x2E80 else 1.0) for c in (token[0] if token else ""))
    return margins.right - one.right < width + _SLACK * one.size


def _centred(line: Run, margins: Margins) -> bool:
    left, right = line.left - margins.left, margins.right - line.right
    return min(left, right) > 1.5 * line.size and abs(left - right) < max(1.5 * line.size, 0.06 * margins.width)


def _title_goes_on(one: Run, two: Run, margins: Margins, next_margins: Margins) -> bool:
    """Whether a centred line is the rest of a heading that was too long for one line."""
    if _ENDED.search(one.text) or _ITEM.match(two.text) or abs(one.size - two.size) > 0.05 * one.size:
        return False
    wide = one.right - one.left > 0.85 * margins.width
    return wide or (one.size > 1.25 * margins.size and (_centred(one, margins)))


def _goes_on(table: TableOverPages, item: PageTable, page: int) -> bool:
    """Whether a table at the top of a page is the rest of the one at the foot of the page before: same columns."""
    if not 0 < page - table.rows[-1][0] <= 1 or len(table.edges) != len(item.edges):
        return False
    wide = max(1.0, table.edges[-1] - table.edges[0]), max(1.0, item.edges[-1] - item.edges[0])
    return all(
        abs((a - table.edges[0]) / wide[0] - (b - item.edges[0]) / wide[1]) < 0.02
        for a, b in zip(table.edges, item.edges, strict=True)
    )


_Rows = list[tuple[int, tuple[Cell, ...]]]


def _without_head(before: _Rows, rows: _Rows) -> _Rows:
    """The rest of a table without the head that it repeats, and the first row put into the one it is the rest of."""
    same = 0
    while same < min(len(before), len(rows)) and before[same][1] == rows[same][1]:
        same += 1
    if same and not any(cell.lines for _, row in rows[:same] for cell in row):
        same = 0
    rows = rows[same:]
    if rows and _is_rest(before[-1][1], rows[0][1]):
        merged = tuple(
            Cell((joined("".join(a.lines), "".join(b.lines)),) if a.lines or b.lines else (), a.columns, a.rows)
            for a, b in zip(before[-1][1], rows[0][1], strict=True)
        )
        before[-1] = (before[-1][0], merged)
        rows = rows[1:]
    return rows


def _is_rest(last: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Whether a row only ends cells of the row before the page's end: text that goes on, no number, no first cell."""
    if len(last) != len(row) or [c.columns for c in last] != [c.columns for c in row] or not row or row[0].lines:
        return False
    goes_on = [(a, b) for a, b in zip(last, row, strict=True) if b.lines]
    return bool(goes_on and last[0].lines) and all(
        a.lines and not re.search(r"[0-9。；;%]$", a.lines[-1]) and not re.match(r"[0-9-]", b.lines[0])
        for a, b in goes_on
    )


def usual(columns: Sequence[TextColumn]) -> Margins:
    """What most lines of a document are like."""
    runs = [(column, item) for column in columns for item in column.items if isinstance(item, Run)]
    if not runs:
        return Margins(0, 0, 1.5, 12)
    sizes: dict[float, int] = {}
    for _, run in runs:
        sizes[round(run.size * 2) / 2] = sizes.get(round(run.size * 2) / 2, 0) + len(run.text)
    size = max(sizes, key=lambda one: sizes[one])
    pitches = [
        (two.base - one.base) / max(one.size, two.size)
        for column in columns
        for one, two in zip(column.items, column.items[1:], strict=False)
        if isinstance(one, Run) and isinstance(two, Run) and abs(one.size - size) < 1 and abs(two.size - size) < 1
    ]
    long = [(column, run) for column, run in runs if column.whole and abs(run.size - size) < 1 and len(run.text) > 15]
    left = median([column.left for column, _ in long]) if long else 0.0
    right = median([column.right for column, _ in long]) if long else 0.0
    return Margins(left, right, median([p for p in pitches if p > 0] or [1.5]), size)
