"""Ruled lines and the characters between them -> tables, whose cells are what no line parts.

A cell of several lines is one cell; where rows are parted by no line, columns of numbers tell where they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from .cells import MOST_COLUMNS, Cell
from .pdf_drawn import Ruling
from .pdf_glyphs import Glyph
from .pdf_joining import Margins, in_paragraphs
from .pdf_lines import Run, joined, lines_of, runs_of

MOST_RULINGS = 1_500  # of one direction, joined; a page with more holds a drawing
_NEAR = 3.0  # points: so near, ends of lines meet
_BEYOND = 8.0  # points: so far a line sticks out of a table that has no rule at its side
_PADDING = 6.0  # points at most between a full line of a cell and its rules
_LEAST_CELL = 4.0  # points; double lines part no cells
_COVERED = 0.6  # of a cell's side; a line along so much of it parts the cell from the next
_RUNNING_TEXT = 120  # characters of a cell
_PITCH = 1.6  # sizes of type between lines of such a cell
_BROKEN_NUMBER = re.compile(r"[.,，．]$|^[0-9]{5,}$")  # goes on below; else two numbers
_NUMBER = re.compile(r"[-−–+(（]?[0-9０-９][0-9０-９,，.．]*[%％‰)）]?|[-—–―/]+")


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on a page."""

    rows: tuple[tuple[Cell, ...], ...]
    left: float
    top: float
    right: float
    bottom: float
    edges: tuple[float, ...] = ()  # x of its columns' sides, from the left
    full: tuple[bool, ...] = ()  # of each cell of its last row, whether its last line has no room left


@dataclass(slots=True)
class _Grid:
    """Ruled lines that meet."""

    level: list[Ruling] = field(default_factory=list)
    upright: list[Ruling] = field(default_factory=list)
    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)

    def measure(self) -> bool:
        """Find the sides of rows and columns; whether there is more than one cell."""
        self.xs = _edges([r.left for r in self.upright], [(r.left, r.right) for r in self.level])
        self.ys = _edges([r.top for r in self.level], [(r.top, r.bottom) for r in self.upright])
        return 3 <= len(self.xs) <= MOST_COLUMNS and len(self.ys) >= 2

    def holds(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of a point."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1


def ruled_tables(
    rulings: Sequence[Ruling], glyphs: Sequence[Glyph]
) -> tuple[list[PageTable], list[Glyph], list[Ruling]]:
    """The tables of a page, the characters outside them, and the level lines that belong to none."""
    level = _merged([r for r in rulings if r.level], lambda r: (r.top, r.left, r.right), _level)
    upright = _merged([r for r in rulings if not r.level], lambda r: (r.left, r.top, r.bottom), _upright)
    if len(level) > MOST_RULINGS or len(upright) > MOST_RULINGS:
        return [], list(glyphs), []
    grids = [grid for grid in _grids(level, upright) if grid.measure()]
    tables, rest = list[PageTable](), list(glyphs)
    used: set[Ruling] = set()
    for grid in sorted(grids, key=lambda one: (one.xs[-1] - one.xs[0]) * (one.ys[-1] - one.ys[0])):
        inside: dict[tuple[int, int], list[Glyph]] = {}
        outside = []
        for glyph in rest:
            square = grid.holds((glyph.left + glyph.right) / 2, glyph.base - 0.4 * glyph.size)
            if square:
                inside.setdefault(square, []).append(glyph)
            else:
                outside.append(glyph)
        table = _table(grid, inside)
        if table:
            tables.append(table)
            used.update(grid.level)
            rest = outside
    return tables, rest, [r for r in level if r not in used]


def _level(at: float, start: float, end: float) -> Ruling:
    return Ruling(start, at, end, at)


def _upright(at: float, start: float, end: float) -> Ruling:
    return Ruling(at, start, at, end)


def _merged(
    rulings: Iterable[Ruling],
    measures: Callable[[Ruling], tuple[float, float, float]],
    made: Callable[[float, float, float], Ruling],
) -> list[Ruling]:
    """Lines of one direction, those that go on with each other or lie on each other as one."""
    lines: list[tuple[float, list[tuple[float, float]]]] = []
    for at, start, end in sorted(map(measures, rulings)):
        if not lines or at - lines[-1][0] > _NEAR / 2:
            lines.append((at, []))
        lines[-1][1].append((start, end))
    found = []
    for at, spans in lines:
        spans.sort()
        start, end = spans[0]
        for left, right in spans:
            if left > end + _NEAR:
                found.append(made(at, start, end))
                start = left
            end = max(end, right)
        found.append(made(at, start, end))
    return [r for r in found if max(r.right - r.left, r.bottom - r.top) > _LEAST_CELL]


def _grids(level: Sequence[Ruling], upright: Sequence[Ruling]) -> list[_Grid]:
    """Lines that meet, directly or through others."""
    above = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    for i, one in enumerate(level):
        for k, other in enumerate(upright, len(level)):
            if (
                one.left - _NEAR <= other.left <= one.right + _NEAR
                and other.top - _NEAR <= one.top <= other.bottom + _NEAR
            ):
                above[root(i)] = root(k)
    grids: dict[int, _Grid] = {}
    for i, ruling in enumerate((*level, *upright)):
        grid = grids.setdefault(root(i), _Grid())
        (grid.level if i < len(level) else grid.upright).append(ruling)
    return [grid for grid in grids.values() if grid.level and grid.upright]


def _edges(at: list[float], spans: list[tuple[float, float]]) -> list[float]:
    """Where cells begin and end in one direction: at the lines across it, and where those along it stick out."""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    found: list[float] = []
    for x in sorted(at):
        if not found or x - found[-1] > _LEAST_CELL:
            found.append(x)
    if found[0] - first > _BEYOND:
        found.insert(0, first)
    if last - found[-1] > _BEYOND:
        found.append(last)
    return found


def _table(grid: _Grid, inside: dict[tuple[int, int], list[Glyph]]) -> PageTable | None:
    """The table of a grid; None where it has no text, or is a frame round some."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    beside, beneath = _parted(grid)
    owner = {(i, k): (i, k) for i in range(rows) for k in range(columns)}

    def root(square: tuple[int, int]) -> tuple[int, int]:
        while owner[square] != square:
            owner[square] = owner[owner[square]]
            square = owner[square]
        return square

    for i in range(rows):
        for k in range(columns):
            if k + 1 < columns and (i, k) not in beside:
                owner[max(root((i, k)), root((i, k + 1)))] = min(root((i, k)), root((i, k + 1)))
            if i + 1 < rows and (i, k) not in beneath:
                owner[max(root((i, k)), root((i + 1, k)))] = min(root((i, k)), root((i + 1, k)))
    said: dict[tuple[int, int], list[Glyph]] = {}
    for square, glyphs in inside.items():
        said.setdefault(root(square), []).extend(glyphs)
    if not any(glyph.text.strip() for glyphs in said.values() for glyph in glyphs):
        return None
    if len({root(square) for square in owner}) < 2:
        return None
    laid = [row for i in range(rows) for row in _unruled(_row(i, grid, root, said))]
    made = tuple(tuple(Cell(_text(cell.lines), cell.columns, cell.rows) for cell in row) for row in laid)
    full = tuple(cell.full for cell in laid[-1])
    return PageTable(made, grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1], tuple(grid.xs), full)


def _parted(grid: _Grid) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Squares with a line at their right side, and at their foot."""
    beside: set[tuple[int, int]] = set()
    beneath: set[tuple[int, int]] = set()
    for ruling in grid.upright:
        k = _nearest(grid.xs, ruling.left) - 1
        for i, (top, bottom) in enumerate(pairwise(grid.ys)):
            if min(bottom, ruling.bottom) - max(top, ruling.top) > _COVERED * (bottom - top):
                beside.add((i, k))
    for ruling in grid.level:
        i = _nearest(grid.ys, ruling.top) - 1
        for k, (left, right) in enumerate(pairwise(grid.xs)):
            if min(right, ruling.right) - max(left, ruling.left) > _COVERED * (right - left):
                beneath.add((i, k))
    return beside, beneath


def _nearest(edges: Sequence[float], at: float) -> int:
    after = bisect_right(edges, at)
    return min(range(max(0, after - 1), min(len(edges), after + 1)), key=lambda i: abs(edges[i] - at))


@dataclass(frozen=True, slots=True)
class _Laid:
    """A cell on a page: its lines, over how many columns and rows it reaches, whether its last line fills it."""

    lines: Sequence[Run]
    columns: int
    rows: int
    full: bool = False


def _row(
    i: int,
    grid: _Grid,
    root: Callable[[tuple[int, int]], tuple[int, int]],
    said: dict[tuple[int, int], list[Glyph]],
) -> list[_Laid]:
    """The cells that begin in a row; what reaches down from above is not among them."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    cells: list[_Laid] = []
    k = 0
    while k < columns:
        square = root((i, k))
        wide = next((n for n in range(1, columns - k) if root((i, k + n)) != square), columns - k)
        high = next((n for n in range(1, rows - i) if root((i + n, k)) != square), rows - i)
        if square == (i, k):
            lines = lines_of(runs_of(said.get(square, ())))
            width = grid.xs[k + wide] - grid.xs[k]
            full = bool(lines) and width - (lines[-1].right - lines[-1].left) < lines[-1].size + 2 * _PADDING
            cells.append(_Laid(lines, wide, high, full))
        elif i == 0 or root((i - 1, k)) != square:  # a cell with a corner cut out: nothing stands here
            cells.append(_Laid((), wide, 1))
        k += wide
    return cells


def _unruled(row: list[_Laid]) -> list[list[_Laid]]:
    """A row, in as many as it shows where no lines part them: two columns of numbers side by side, or three in one."""
    if any(cell.rows > 1 for cell in row):
        return [row]
    several = [cell.lines for cell in row if len(cell.lines) > 1]
    numbers = [lines for lines in several if all(_NUMBER.fullmatch(one.text) for one in lines)]
    main = max(numbers, key=len, default=())
    alike = [lines for lines in numbers if _level_with(lines, main)]
    if len(main) < (2 if len(alike) > 1 else 3):
        return [row]
    bases = [one.base for one in main]
    between = [(above + below) / 2 for above, below in pairwise(bases)]
    pitch = median(below - above for above, below in pairwise(bases))
    firsts = (cell.lines[0] for cell in row if cell.lines)
    if any(min(abs(one.base - base) for base in bases) > 0.6 * pitch for one in firsts):
        return [row]
    return [
        [_Laid([one for one in c.lines if bisect_right(between, one.base) == n], c.columns, 1) for c in row]
        for n in range(len(bases))
    ]


def _level_with(lines: Sequence[Run], main: Sequence[Run]) -> bool:
    return len(lines) == len(main) and all(
        abs(one.base - two.base) < 0.3 * one.size for one, two in zip(lines, main, strict=True)
    )


def _text(lines: Sequence[Run]) -> tuple[str, ...]:
    """What a cell says: on one line, but for running text, which keeps its paragraphs."""
    if sum(len(line.text) for line in lines) > _RUNNING_TEXT:
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        return tuple(in_paragraphs(lines, Margins(left, right, _PITCH, lines[0].size)))
    said = ""
    for line in lines:
        text = line.text.strip()
        apart = _NUMBER.fullmatch(said) and _NUMBER.fullmatch(text) and not _BROKEN_NUMBER.search(said)
        said = f"{said} {text}" if apart else joined(said, text)
    return (said,) if said else ()
