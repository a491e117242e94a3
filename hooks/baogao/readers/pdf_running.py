"""What the sheet repeats: running heads and feet, page numbers. They stand at the edge of a page, outside its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..patterns import ONE_TO_NINE
from .pdf_lines import Run, in_one_line, lines_of
from .pdf_tables import PageTable

_EDGE = 0.16  # of a page's height, above and below
_MOST_LINES = 3  # of a head or a foot
_MOST_RUNS = 100  # of a head or a foot and the line next to it
_SAME_HEIGHT = 5.0  # points
_FEWEST_PAGES = 3  # that a head stands on; of a file of two or three pages, two
_FEWEST_NUMBERS = 2
_DIGITS = re.compile("[0-9０-９]+")
_NUMBER = re.compile(r"[\s\-—–―─_·•.~～|/第页共頁Page()（）]*")  # what stands round a page's number
_LONE = re.compile(r"\s*[-—–―─·~～]\s*[0-9０-９]{1,4}\s*[-—–―─·~～]\s*|第\s*[0-9]{1,4}\s*页.{0,12}")
_OF_A_TABLE = re.compile(rf"表(?:[（(]?续表?[）)]?)?$|单位[:：]|^(?:附?表|附件) ?[0-9{ONE_TO_NINE}十]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text of a page: its runs, its tables with rules."""

    page: int
    width: float
    height: float
    runs: tuple[Run, ...]
    tables: tuple[PageTable, ...]


@dataclass(frozen=True, slots=True)
class _EdgeLine:
    """A line at the upper or lower edge of a page."""

    page: int
    at: float  # y from that edge
    text: str
    gap: float  # to what is next, in sizes of its type
    runs: tuple[Run, ...]


def running_lines(sheets: Sequence[Sheet]) -> dict[int, list[Run]]:
    """Page -> the runs on it that the sheet repeats, as they follow each other."""
    found: dict[int, list[Run]] = defaultdict(list)
    for upper in (True, False):
        edges = {sheet.page: list(_edge_lines(sheet, upper)) for sheet in sheets}
        stands: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for lines in edges.values():
            for line in lines:
                for key in _keys(line):
                    stands[key].append((line.page, line.at))
        for page, lines in edges.items():
            for line in lines:  # from the edge inwards
                if not any(_repeats(key, line, stands[key], len(sheets)) for key in _keys(line)):
                    break
                found[page] += line.runs
    return found


def _edge_lines(sheet: Sheet, upper: bool) -> Iterator[_EdgeLine]:
    """The lines at an edge from outside inwards, as far as no table stands between."""
    by_height = sorted(sheet.runs, key=lambda run: run.base)
    rows = _rows(by_height[:_MOST_RUNS]) if upper else _rows(by_height[-_MOST_RUNS:])[::-1]
    tables = [table.top if upper else sheet.height - table.bottom for table in sheet.tables]
    for i, (line, runs) in enumerate(rows[:_MOST_LINES]):
        at = line.top if upper else sheet.height - line.bottom
        far = sheet.height - line.top if not upper else line.bottom
        if at > _EDGE * sheet.height or any(table < at for table in tables):
            return
        after = [sheet.height - rows[i + 1][0].bottom if not upper else rows[i + 1][0].top] if i + 1 < len(rows) else []
        gap = min([*after, *tables], default=1e9) - far
        yield _EdgeLine(sheet.page, at, line.text.strip(), gap / max(1.0, line.size), runs)


def _rows(runs: Sequence[Run]) -> list[tuple[Run, tuple[Run, ...]]]:
    rows = []
    waiting = list(runs)
    for line in lines_of(runs):
        own = tuple(run for run in waiting if abs(run.base - line.base) < 0.6 * max(run.size, line.size))
        waiting = [run for run in waiting if run not in own]
        if own:
            rows.append((in_one_line(sorted(own, key=lambda one: one.left)), own))
    return rows


def _keys(line: _EdgeLine) -> list[str]:
    """A line as it stands on each page: word for word, or with a number that counts as the pages do."""
    keys = [line.text]
    for number in _DIGITS.finditer(line.text):
        if len(number[0]) <= 4:
            keys.append(f"{line.text[: number.start()]}\0{int(number[0]) - line.page}{line.text[number.end() :]}")
    return keys


def _repeats(key: str, line: _EdgeLine, stands: Sequence[tuple[int, float]], pages: int) -> bool:
    alike = {page for page, at in stands if abs(at - line.at) <= _SAME_HEIGHT}
    if "\0" in key and _NUMBER.fullmatch(_DIGITS.sub("", line.text)):
        return len(alike) >= _FEWEST_NUMBERS or bool(_LONE.fullmatch(line.text))
    if line.gap < 0.7 or _OF_A_TABLE.search(line.text):
        return False
    return len(alike) >= min(_FEWEST_PAGES, max(2, pages - 1))
