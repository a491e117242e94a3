"""Lines -> which of them are rows of a table."""

from __future__ import annotations

import re

from ..model import Line
from ..readers.lines import WHITE
from .numerals import numeral_at

_BAR = re.compile("[|｜]")
_CELLS = re.compile("[\t|｜]")
_NUMBER = re.compile("[-−－+＋]?[0-9０-９][0-9０-９,，.．]*[%％‰]?")
_NO_FRAGMENT = re.compile("[。；;！？：:]|^附?表 ?[0-9]|表$")
_FRAGMENT = 40  # characters; a longer line is a paragraph
_HEAD_PIECE = 12  # characters; so short a line between two rows without numbers is a piece of their head
_BROKEN = 6  # so many lines at most are the pieces of cells between two rows


def row_starts(text: str, lines: tuple[Line, ...]) -> frozenset[int]:
    """The starts of the lines that are rows: with cells parted by tabs or bars, and the pieces of rows between them.

    Two such lines make a table. A cell broken over several lines, or a row without a number, leaves short lines
    between rows; a numeral on one goes on counting where the cells above it stopped, else it opens a section.
    """
    found: set[int] = set()
    group: list[Line] = []  # the lines of the table
    gap: list[Line] = []  # those since its last row
    rows, counted = 0, _Counted()
    for line in lines:
        inner = text[line.start : line.end]
        if not _is_row(text, line):
            gap += [line] if group else []
            continue
        above = text[group[-1].start : group[-1].end] if group else ""
        if not (group and _is_one_table(text, above, gap, inner, counted)):
            found.update(one.start for one in group if rows > 1)
            group, gap, rows, counted = [], [], 0, _Counted()
        group += [*gap, line]
        gap, rows = [], rows + 1
        for cell in _CELLS.split(inner):
            counted.goes_on(cell.strip())
    return frozenset(found.union(one.start for one in group if rows > 1))


def _is_row(text: str, line: Line) -> bool:
    """Whether a line has cells: a tab or two bars, but for the gap behind a numeral."""
    inner = text[line.start : line.end]
    if "\t" not in inner and not _BAR.search(inner):
        return False
    numeral = numeral_at(text, line.start, line.end, 0, "")
    inner = text[numeral.end : line.end].strip(WHITE) if numeral else inner
    return "\t" in inner or len(_BAR.findall(inner)) > 1


class _Counted:
    """The numerals in the cells of a table, of each kind where its lists stand."""

    def __init__(self) -> None:
        self.at: dict[str, set[int]] = {}

    def goes_on(self, text: str) -> bool | None:
        """Whether a numeral at the start begins a list or goes on with one; None where there is none."""
        numeral = numeral_at(text, 0, len(text), 0, "")
        if numeral is None:
            return None
        at = self.at.setdefault(numeral.kind, set())
        goes_on = numeral.number == 1 or numeral.number - 1 in at
        at.discard(numeral.number - 1)
        at.add(numeral.number)
        return goes_on


def _has_numbers(row: str) -> bool:
    return any(_NUMBER.fullmatch(cell.strip()) for cell in _CELLS.split(row))


def _is_one_table(text: str, above: str, gap: list[Line], below: str, counted: _Counted) -> bool:
    """Whether the lines between two rows are pieces of one table: a head does not follow upon numbers and a gap."""
    numbers = _has_numbers(below)
    if gap and not numbers and _has_numbers(above):
        return False
    pieces = 0
    for line in gap:
        inner = text[line.start : line.end]
        if len(inner) > (_FRAGMENT if numbers else _HEAD_PIECE) or _NO_FRAGMENT.search(inner):
            return False
        goes_on = counted.goes_on(inner)
        pieces = 0 if goes_on else pieces + 1
        if goes_on is False or pieces > _BROKEN:
            return False
    return True
