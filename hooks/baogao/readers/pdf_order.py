"""What stands on a page -> the same in reading order: columns one after the other, tables without rules made out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ..patterns import HEADING
from .cells import Cell
from .pdf_lines import Run, in_one_line, joined, rows_of
from .pdf_tables import PageTable

_FEWEST_LINES = 4  # of each of two columns
_GUTTER = 1.0  # sizes of type between columns
_FEWEST_ROWS = 3  # of a table that no rules show
_STRIP = 0.5  # sizes of type that rows of a table leave free between columns, at least
_REST = 0.75  # of the distance of rows
_LONGEST_CELL = 16  # characters on average; what is longer in two columns is text
_HANGING = re.compile("[，。、；：,.;:”’）]$")
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
    width: float = 0.0  # of the page, where it is no part of it
    sure: bool = True  # whether it has lines enough to tell where all begin and end


Gutter = tuple[float, float]  # the empty strip between two columns of text: where it begins and ends


def columns_of(
    page: int, width: float, runs: Sequence[Run], tables: Sequence[PageTable], gutter: Gutter | None
) -> list[TextColumn]:
    """The columns of a page in reading order. What reaches over both ends them, and others may begin below it."""
    found: list[TextColumn] = []
    for band_runs, band_tables, whole in _bands(runs, tables, gutter):
        items = _items(band_runs, band_tables)
        if items:
            found.append(_column(page, items, width if whole else 0.0))
    return found


def _column(page: int, items: list[Run | PageTable], width: float) -> TextColumn:
    """Where full lines begin and end: where more than one long line in eight begins, where the longest end."""
    lines = [item for item in items if isinstance(item, Run)]
    long = [line for line in lines if len(line.text) >= _LONG]
    lefts = sorted(item.left for item in long or lines or items)
    share = max(1, len(lefts) // 8)  # a heading may stand out
    left = next((x for i, x in enumerate(lefts) if sum(y - x < 6 for y in lefts[i:]) > share), lefts[0])
    # marks may hang in the margin
    inner = [line for line in long if not _HANGING.search(line.text)]
    rights = sorted(item.right for item in (inner if len(inner) >= _FEW_LONG else long) or lines or items)
    right = rights[min(len(rights) - 1, int(len(rights) * 0.95))]
    return TextColumn(page, tuple(items), left, right, width, not width or len(long) >= _FEW_LONG)


def with_margins(columns: Sequence[TextColumn]) -> list[TextColumn]:
    """Pages of a few lines with the margins of the others of their width; where there are none, two alike."""
    found: list[TextColumn] = []
    for column in columns:
        like = [other for other in columns if other.sure and abs(other.width - column.width) < 1]
        if column.sure or not column.width:
            found.append(column)
        elif like:
            left, right = median(one.left for one in like), median(one.right for one in like)
            found.append(replace(column, left=min(left, column.left), right=max(right, column.right)))
        else:
            found.append(_with_two_margins(column))
    return found


def _with_two_margins(column: TextColumn) -> TextColumn:
    long = sorted(i.right for i in column.items if isinstance(i, Run) and len(i.text) >= 2 * _LONG)
    if len(long) > 1 and long[-1] - long[-2] < 6:  # two lines that end at one place are full
        return column
    tables = [item for item in column.items if isinstance(item, PageTable)]
    left = min([column.left, *(table.left for table in tables)])
    return replace(column, left=left, right=max([column.right, *(t.right for t in tables), column.width - left]))


_Band = tuple[list[Run], list[PageTable], bool]


def _bands(runs: Sequence[Run], tables: Sequence[PageTable], gutter: Gutter | None) -> list[_Band]:
    """Stretches of a page from its top on, those in two columns cut in two."""
    if gutter is None:
        return [(list(runs), list(tables), True)]
    everything: list[Run | PageTable] = [*runs, *tables]
    across = sorted((item for item in everything if _crosses(item, gutter)), key=lambda item: item.top)
    bands: list[_Band] = []
    for i, (start, end) in enumerate(pairwise((-1e9, *(item.top for item in across), 1e9))):
        if i:
            head = across[i - 1]
            bands.append(([head], [], True) if isinstance(head, Run) else ([], [head], True))
        here = [item for item in everything if start <= item.top < end and item not in across]
        sides = [item for item in here if item.right <= gutter[1]], [item for item in here if item.right > gutter[1]]
        parts = [
            ([one for one in side if isinstance(one, Run)], [one for one in side if isinstance(one, PageTable)], False)
            for side in sides
        ]
        if all(sides):
            bands += parts
        elif here:
            bands.append((parts[0][0] + parts[1][0], parts[0][1] + parts[1][1], True))
    return _together(bands)


def _crosses(item: Run | PageTable, gutter: Gutter) -> bool:
    return item.left < gutter[0] - 1 and item.right > gutter[1] + 1


def _together(bands: list[_Band]) -> list[_Band]:
    """Stretches over the whole width that follow each other as one."""
    found: list[_Band] = []
    for runs, tables, whole in bands:
        if found and whole and found[-1][2]:
            found[-1] = (found[-1][0] + runs, found[-1][1] + tables, True)
        else:
            found.append((runs, tables, whole))
    return found


def gutter_of(runs: Sequence[Run], tables: Sequence[PageTable], before: Gutter | None) -> Gutter | None:
    """The gutter of a page: few lines cross it, many long ones end before it and begin after.

    Where the page `before` had one, a page of few lines has it too if nothing stands in it.
    """
    everything: list[Run | PageTable] = [*runs, *tables]
    if before and not any(_crosses(item, before) for item in everything):
        free = all(run.right < before[1] + 1 or run.left > before[0] - 1 for run in runs)
        if free and any(run.left > before[0] for run in runs):
            return before
    if not 2 * _FEWEST_LINES <= len(runs) <= _MOST_RUNS:
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
    best: Gutter | None = None
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
    rows = rows_of(runs)
    items: list[Run | PageTable] = list(tables)
    i = 0
    while i < len(rows):
        found = _unruled_rows(rows, i)
        if found:
            start, table = found
            del items[len(items) - (i - start) :]  # heads taken for lines
            items.append(_unruled_table(table))
            i = start + len(table)
        else:
            items.append(in_one_line(rows[i]))
            i += 1
    return sorted(items, key=lambda item: item.top)


_Row = Sequence[Run]


def _unruled_rows(rows: Sequence[_Row], first: int) -> tuple[int, list[_Row]] | None:
    """The rows of a table without rules that a row shows by its gaps: from which on, and the rows, cut where columns
    part. Rows above whose words stand close together belong to it too."""
    if len(rows[first]) < 2:
        return None
    strips, several = _gaps(rows[first]), 1
    found: list[_Row] = [rows[first]]
    end = 1
    for before, row in pairwise(rows[first:]):
        fitted = _fitted(row, strips)
        far = row[0].base - before[0].base > 4 * row[0].size
        if not fitted or far or (len(fitted[0]) == 1 and len(row[0].text) > 2 * _LONGEST_CELL):
            break
        found.append(fitted[0])
        if len(fitted[0]) > 1:
            strips, several, end = fitted[1], several + 1, len(found)
    found = found[:end]
    runs = [run for row in found for run in row]
    short = sum(len(run.text) for run in runs) <= _LONGEST_CELL * len(runs)
    if several < _FEWEST_ROWS or not short or several * 2 <= len(found) or _is_contents(found):
        return None
    start = first
    while start and (above := _fitted(rows[start - 1], strips)) and len(above[0]) > 1:
        if rows[start][0].base - rows[start - 1][0].base > 3 * rows[start][0].size:
            break
        start, strips = start - 1, above[1]
        found.insert(0, above[0])
    return start, found


def _is_contents(rows: Sequence[_Row]) -> bool:
    """Whether rows are entries of a list of contents: headings, and pages that do not go back."""
    pages = [int(row[-1].text) for row in rows if len(row) == 2 and re.fullmatch("[0-9]{1,3}", row[-1].text)]
    headings = sum(bool(HEADING.match(row[0].text)) for row in rows)
    return len(pages) == len(rows) and pages == sorted(pages) and headings * 2 > len(rows)


def _gaps(row: _Row) -> list[Gutter]:
    return [(one.right, two.left) for one, two in pairwise(row) if two.left - one.right > _GUTTER * one.size]


def _fitted(row: _Row, strips: Sequence[Gutter]) -> tuple[_Row, list[Gutter]] | None:
    """A row cut where columns part, and what it leaves free of the strips between them; None where it fits none."""
    cut = [piece for run in row for piece in _cut(run, strips)]
    kept = []
    for left, right in strips:
        for run in cut:
            if run.left < right and run.right > left:  # it reaches into the strip from one side
                left, right = (max(left, run.right), right) if run.left <= left else (left, min(right, run.left))
        if right - left > _STRIP * row[0].size:
            kept.append((left, right))
    parted = all(any(one.right <= right and two.left >= left for left, right in kept) for one, two in pairwise(cut))
    return (cut, kept) if kept and parted else None


def _cut(run: Run, strips: Sequence[Gutter]) -> list[Run]:
    """A run cut at the spaces that lie in strips. Where its characters stand is told by their usual widths."""
    if not any(run.left < left and right < run.right for left, right in strips) or " " not in run.text:
        return [run]
    widths = [0.5 if ord(c) < 0x2E80 else 1.0 for c in run.text]
    scale = (run.right - run.left) / max(0.1, sum(widths))
    pieces, start, begin, x = list[Run](), 0, run.left, run.left
    for i, c in enumerate(run.text):
        here, x = x, x + widths[i] * scale
        if c == " " and any(left - run.size < (here + x) / 2 < right + run.size for left, right in strips):
            pieces.append(replace(run, text=run.text[start:i], left=begin, right=here))
            start, begin = i + 1, x
    return [*pieces, replace(run, text=run.text[start:], left=begin)] if pieces else [run]


def _unruled_table(rows: Sequence[_Row]) -> PageTable:
    strips = max((_gaps(row) for row in rows), key=len)
    for row in rows:
        fitted = _fitted(row, strips)
        strips = fitted[1] if fitted and len(fitted[1]) == len(strips) else strips
    edges = [(left + right) / 2 for left, right in strips]
    cells: list[list[str]] = []
    for row in rows:
        said = [""] * (len(edges) + 1)
        for run in row:
            k = sum(edge < (run.left + run.right) / 2 for edge in edges)
            said[k] = joined(said[k], run.text)
        cells.append(said)
    runs = [run for row in rows for run in row]
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    top, bottom = min(run.top for run in runs), max(run.bottom for run in runs)
    made = tuple(tuple(Cell((text,) if text else ()) for text in said) for said in _with_rests(rows, cells))
    return PageTable(made, left, top, right, bottom, (left, *edges, right))


def _with_rests(rows: Sequence[_Row], cells: Sequence[list[str]]) -> list[list[str]]:
    """Rows with the second lines of their cells: a line of one cell alone, nearer to a row than rows to each other."""
    main = [i for i, said in enumerate(cells) if sum(map(bool, said)) > 1]
    pitches = sorted(rows[k][0].base - rows[i][0].base for i, k in pairwise(main))
    usual = pitches[len(pitches) // 2] if pitches else 0.0
    found = {i: list(cells[i]) for i in range(len(cells))}
    for i, said in enumerate(cells):
        near = min(main, key=lambda k: abs(rows[k][0].base - rows[i][0].base), default=i)
        if near != i and abs(rows[near][0].base - rows[i][0].base) < _REST * usual:
            column = next(k for k, text in enumerate(said) if text)
            before, after = (said, found[near]) if i < near else (found[near], said)
            found[near][column] = joined(before[column], after[column])
            del found[i]
    return [found[i] for i in sorted(found)]
