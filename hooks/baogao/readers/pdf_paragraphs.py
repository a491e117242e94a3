"""Lines and tables in reading order -> paragraphs and whole tables, which may lie on several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from .cells import Cell
from .pdf_joining import FIRST_LINE, Margins, continues
from .pdf_lines import Run, joined
from .pdf_order import TextColumn
from .pdf_tables import PageTable


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
    full: tuple[bool, ...]  # of the cells of its last row, whether their last lines have no room left


def paragraphs(columns: Sequence[TextColumn], sizes: Margins) -> Iterator[PageParagraph | TableOverPages]:
    """All of a document in reading order. A paragraph may go on in the next column, a table on the next page."""
    open_: PageParagraph | None = None
    last: tuple[Run, Margins] | None = None
    table: TableOverPages | None = None
    for column in columns:
        margins = replace(sizes, left=column.left, right=column.right)
        first = True
        for item in column.items:
            if isinstance(item, PageTable):
                if open_:
                    yield open_
                    open_ = last = None
                rows = [(column.page, row) for row in item.rows]
                if table and first and _goes_on(table, item, column.page):
                    table.rows += _without_head(table, rows)
                    table.edges, table.full = item.edges, item.full
                else:
                    if table:
                        yield table
                    table = TableOverPages(rows, item.edges, item.full)
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


def _without_head(table: TableOverPages, rows: _Rows) -> _Rows:
    """The rest of a table without the head that it repeats, and the first row put into the one it is the rest of."""
    before, same = table.rows, 0
    while same < min(len(before), len(rows)) and before[same][1] == rows[same][1]:
        same += 1
    if same and not any(_says(row) for _, row in rows[:same]):
        same = 0
    rows = rows[same:]
    # a cell that reaches down to the last row stands again, empty, at the side of its rest
    beside = max(0, len(rows[0][1]) - len(before[-1][1])) if rows else 0
    if rows and _is_rest(before[-1][1], table.full, rows[0][1][beside:]) and not _says(rows[0][1][:beside]):
        merged = tuple(
            Cell((joined("".join(a.lines), "".join(b.lines)),) if a.lines or b.lines else (), a.columns, a.rows)
            for a, b in zip(before[-1][1], rows[0][1][beside:], strict=True)
        )
        before[-1] = (before[-1][0], merged)
        below = [Cell((), cell.columns, cell.rows - 1) for cell in rows[0][1][:beside] if cell.rows > 1]
        rows = [(page, (*below, *row)) if not i else (page, row) for i, (page, row) in enumerate(rows[1:])]
    return rows


def _says(row: Sequence[Cell]) -> bool:
    return any(cell.lines for cell in row)


def _is_rest(last: Sequence[Cell], full: Sequence[bool], row: Sequence[Cell]) -> bool:
    """Whether a row only ends cells of the row before the page's end: each of its texts goes on with a full line."""
    if len(last) != len(row) or [c.columns for c in last] != [c.columns for c in row]:
        return False
    goes_on = [(a, is_full, b) for a, is_full, b in zip(last, full, row, strict=True) if b.lines]
    others = sum(bool(a.lines) for a in last) > len(goes_on)
    return bool(goes_on) and others and all(a.lines and is_full for a, is_full, _ in goes_on)


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
    long = [(column, run) for column, run in runs if column.width and abs(run.size - size) < 1 and len(run.text) > 15]
    left = median([column.left for column, _ in long]) if long else 0.0
    right = median([column.right for column, _ in long]) if long else 0.0
    starts = [(run.left - column.left) / size for column, run in runs if len(run.text) > 15]
    indented = sum(FIRST_LINE[0] < start < FIRST_LINE[1] for start in starts)
    indents = 0.08 * len(starts) < indented < 0.7 * len(starts)
    return Margins(left, right, median([p for p in pitches if p > 0] or [1.5]), size, indents)
