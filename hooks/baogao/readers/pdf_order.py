"""What stands on a page -> the same in reading order: columns one after the other, tables without rules made out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .cells import Cell
from .pdf_lines import Run, in_one_line, joined
from .pdf_tables import PageTable

_FEWEST_LINES = 4  # of each of two columns
_GUTTER = 1.0  # sizes of type between columns
_FEWEST_ROWS = 3  # of a table that no rules show
_LONGEST_CELL = 16  # characters on average; what is longer in two columns is text
_LONG = 12  # characters; such a line begins at the margin, or indented
_FEW_LONG = 8  # lines; fewer do not tell where all end
_MOST_RUNS = 4_000  # of a page; beyond, columns are not looked for


@dataclass(frozen=True, slots=True)
class TextColumn:
    """Lines and tables that follow each other, and where lines of full length begin and end."""

    page: int
    items: tuple[Run | PageTable, ...]
    left: float
    right: float
    whole: bool = True  # whether it is the whole width of the page


def columns_of(page: int, width: float, runs: Sequence[Run], tables: Sequence[PageTable]) -> list[TextColumn]:
    """The columns of a page in reading order. What reaches over both ends them, and others may begin below it."""
    found: list[TextColumn] = []
    for band in _bands(runs, tables) if len(runs) <= _MOST_RUNS else [(list(runs), list(tables), True)]:
        items = _items(band[0], band[1])
        if items:
            found.append(_column(page, items, width if band[2] else 0.0))
    return found


def _column(page: int, items: list[Run | PageTable], width: float) -> TextColumn:
    """Where lines of full length begin and end. A page has two margins alike where its few lines do not tell."""
    lines = [item for item in items if isinstance(item, Run)]
    long = [line for line in lines if len(line.text) >= _LONG]
    tables = [item for item in items if isinstance(item, PageTable)]
    lefts = sorted(line.left for line in long or lines or tables)
    # the leftmost where more than one line in eight begins: a heading may stand out
    share = max(1, len(lefts) // 8)
    left = next((x for i, x in enumerate(lefts) if sum(y - x < 6 for y in lefts[i:]) > share), lefts[0])
    rights = sorted(line.right for line in long or lines or tables)
    right = rights[min(len(rights) - 1, int(len(rights) * 0.95))]
    if width and len(long) < _FEW_LONG:
        left = min([left, *(table.left for table in tables)])
        right = max([right, *(table.right for table in tables), width - left])
    return TextColumn(page, tuple(items), left, right, bool(width))


_Band = tuple[list[Run], list[PageTable], bool]


def _bands(runs: Sequence[Run], tables: Sequence[PageTable]) -> list[_Band]:
    """Stretches of a page from its top on, those in two columns cut in two."""
    gutter = _gutter(runs)
    if gutter is None:
        return [(list(runs), list(tables), True)]
    left, right = gutter
    everything: list[Run | PageTable] = [*runs, *tables]
    across = [item for item in everything if item.left < left - 1 and item.right > right + 1]
    ends = sorted(item.top for item in across)
    bands: list[_Band] = []
    for i, (start, end) in enumerate(pairwise((-1e9, *ends, 1e9))):
        here = [run for run in runs if start <= run.top < end and run not in across]
        there = [table for table in tables if start <= table.top < end and table not in across]
        head: list[Run | PageTable] = [item for item in across if i and item.top == start]
        sides = (
            [run for run in here if run.right <= (left + right) / 2],
            [run for run in here if run.right > (left + right) / 2],
        )
        beside = [t for t in there if t.right <= right], [t for t in there if t.right > right]
        if head:
            bands.append(
                (
                    [one for one in head if isinstance(one, Run)],
                    [one for one in head if isinstance(one, PageTable)],
                    True,
                )
            )
        if min(map(len, sides)) >= _FEWEST_LINES:
            bands += [(sides[0], beside[0], False), (sides[1], beside[1], False)]
        elif here or there:
            bands.append((here, there, True))
    return _together(bands)


def _together(bands: list[_Band]) -> list[_Band]:
    """Stretches over the whole width that follow each other as one."""
    found: list[_Band] = []
    for runs, tables, whole in bands:
        if found and whole and found[-1][2]:
            found[-1] = (found[-1][0] + runs, found[-1][1] + tables, True)
        else:
            found.append((runs, tables, whole))
    return found


def _gutter(runs: Sequence[Run]) -> tuple[float, float] | None:
    """The empty strip between two columns of text: few lines cross it, many long ones end before it and begin after."""
    if len(runs) < 2 * _FEWEST_LINES:
        return None
    size = sorted(run.size for run in runs)[len(runs) // 2]
    first, last = min(run.left for run in runs), max(run.right for run in runs)
    step = max(1.0, size / 4)
    count = min(2_000, int((last - first) / step) + 1)
    crossed = [0] * (count + 1)
    for run in runs:
        begin, end = int((run.left - first) / step), int((run.right - first) / step)
        for k in range(max(0, begin), min(count, end) + 1):
            crossed[k] += 1
    best: tuple[float, float] | None = None
    few = len(runs) * 0.12
    k = int(count * 0.25)
    while k < count * 0.75:
        start = k
        while k < count * 0.75 and crossed[k] <= few:
            k += 1
        strip = first + start * step, first + k * step
        if strip[1] - strip[0] >= _GUTTER * size and (best is None or strip[1] - strip[0] > best[1] - best[0]):
            best = strip
        k += 1
    if best is None:
        return None
    sides = [run for run in runs if run.right <= best[0] + 1], [run for run in runs if run.left >= best[1] - 1]
    if min(map(len, sides)) < _FEWEST_LINES:
        return None
    # text fills its lines, cells do not
    filled = [sum(run.right - run.left > 0.7 * _width(side) for run in side) / len(side) for side in sides]
    long = all(sum(len(run.text) for run in side) / len(side) >= 10 for side in sides)
    return best if long and min(filled) >= 0.5 else None


def _width(side: Sequence[Run]) -> float:
    return max(run.right for run in side) - min(run.left for run in side)


def _items(runs: Sequence[Run], tables: Sequence[PageTable]) -> list[Run | PageTable]:
    """Lines and tables from top to bottom."""
    rows = _rows(runs)
    items: list[Run | PageTable] = list(tables)
    i = 0
    while i < len(rows):
        end = _table_end(rows, i)
        if end > i:
            items.append(_unruled_table(rows[i:end]))
            i = end
        else:
            items.append(in_one_line(rows[i]))
            i += 1
    # a table begins where its first row stands, a line where its letters do
    return sorted(items, key=lambda item: item.top)


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: (one.base, one.left)):
        last = rows[-1][0] if rows else None
        if last and min(run.bottom, last.bottom) - max(run.top, last.top) > 0.5 * min(run.size, last.size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _table_end(rows: Sequence[Sequence[Run]], start: int) -> int:
    """Where a table ends that begins with a row; the row itself where none does."""
    if len(rows[start]) < 2:
        return start
    gutters = _gaps(rows[start])
    end, several = start + 1, 1
    last = end
    while end < len(rows):
        row = rows[end]
        pitch = row[0].base - rows[end - 1][0].base
        kept = _shared(gutters, row)
        if not kept or pitch > 4 * row[0].size or (len(row) == 1 and len(row[0].text) > 2 * _LONGEST_CELL):
            break
        if len(row) > 1:
            gutters, several, last = kept, several + 1, end + 1
        end += 1
    runs = [run for row in rows[start:last] for run in row]
    short = sum(len(run.text) for run in runs) / len(runs) <= _LONGEST_CELL
    return last if several >= _FEWEST_ROWS and short and several * 2 > last - start else start


def _gaps(row: Sequence[Run]) -> list[tuple[float, float]]:
    return [(one.right, two.left) for one, two in pairwise(row) if two.left - one.right > _GUTTER * one.size]


def _shared(gutters: Sequence[tuple[float, float]], row: Sequence[Run]) -> list[tuple[float, float]]:
    """What a row leaves free of the strips between columns; nothing where it parts its runs elsewhere."""
    kept = []
    for left, right in gutters:
        for run in row:
            if run.left < right and run.right > left:  # it reaches into the strip from one side
                left, right = (max(left, run.right), right) if run.left <= left else (left, min(right, run.left))
        if right - left > 0.6 * row[0].size:
            kept.append((left, right))
    parted = all(any(one.right <= right and two.left >= left for left, right in kept) for one, two in pairwise(row))
    return kept if parted else []


def _unruled_table(rows: Sequence[Sequence[Run]]) -> PageTable:
    strips = _gaps(rows[0])
    for row in rows:
        strips = _shared(strips, row) or strips
    edges = [(left + right) / 2 for left, right in strips]
    cells = []
    for row in rows:
        said = [""] * (len(edges) + 1)
        for run in row:
            k = sum(edge < (run.left + run.right) / 2 for edge in edges)
            said[k] = joined(said[k], run.text)
        cells.append(tuple(Cell((text,) if text else ()) for text in said))
    runs = [run for row in rows for run in row]
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    top, bottom = min(run.top for run in runs), max(run.bottom for run in runs)
    return PageTable(tuple(cells), left, top, right, bottom, (left, *edges, right))
