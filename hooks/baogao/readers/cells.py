"""Tables of a page or a Word file -> lines of text. What both readers share.

A data table becomes a line a row, its cells parted by tabs, as outline/tree.py reads tables. A table that only lays out
a page (another table in it, a cell that holds running text at length) becomes the lines of its cells, in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..patterns import HEADING

# A cell as long as this holds text, not a value: portals put whole reports into one cell. Characters.
_LONGEST_CELL = 800
# Rows are not padded beyond this: colspan="1000" in every cell of a large page would be gigabytes of tabs.
MOST_COLUMNS = 256


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its lines, and over how many columns and rows it reaches."""

    lines: tuple[str, ...]
    columns: int = 1
    rows: int = 1
    nested: bool = False  # holds a table


def table_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """A table's lines: of a data table its rows, of a layout its cells' own."""
    if is_layout(rows):
        return [line for row in rows for cell in row for line in cell.lines]
    return [line for _, line in row_lines(rows)]


def row_lines(rows: Sequence[Sequence[Cell]]) -> list[tuple[int, str]]:
    """The rows of a data table that say anything: which, and its cells parted by tabs.

    Where a cell reaches over others these stay empty, so that columns stand under each other; nothing is repeated.
    """
    lines = []
    reach: dict[int, int] = {}  # column -> how many more rows a cell above takes
    for index, row in enumerate(rows):
        cells: list[str] = []
        below = {column: left - 1 for column, left in reach.items() if left > 1}
        for cell in row:
            while len(cells) in reach:
                cells.append("")
            width = max(1, min(cell.columns, MOST_COLUMNS - len(cells)))
            if cell.rows > 1:
                below |= dict.fromkeys(range(len(cells), min(len(cells) + width, MOST_COLUMNS)), cell.rows - 1)
            cells += [_value(cell), *[""] * (width - 1)]
        while len(cells) in reach:
            cells.append("")
        reach = below
        if any(cells):
            lines.append((index, "\t".join(cells)))
    return lines


def _value(cell: Cell) -> str:
    """What a cell says, on one line."""
    return re.sub(r"[ \t\n]+", " ", " ".join(cell.lines)).strip()


def is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table only places text on the page: one cell a row, a table or running text in a cell."""
    return all(len(row) < 2 for row in rows) or any(
        cell.nested or sum(map(len, cell.lines)) > _LONGEST_CELL or _holds_headings(cell)
        for row in rows
        for cell in row
    )


def _holds_headings(cell: Cell) -> bool:
    """Whether sections of a report stand in a cell: a heading, and running text in other lines."""
    return len(cell.lines) > 2 and sum(bool(HEADING.match(line.strip())) for line in cell.lines) > 1
