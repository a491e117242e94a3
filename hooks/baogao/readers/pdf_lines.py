"""Characters of a page -> runs of text, each on one line and without a wide gap; runs and lines put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .pdf_glyphs import Glyph

# In sizes of the type. Chinese text that fills its line leaves 0.3 between characters at most; a cell is further away.
WIDE_GAP = 1.5
_GAP_OF_WORDS = 0.18  # between letters or digits
_GAP_OF_CHARACTERS = 0.35  # more than elsewhere in the line, between Han characters that stand apart: 第一部分 概况
_GAP_OF_SCRIPTS = 0.9
_SUPERSCRIPT = 0.8  # of the size of the line; what is smaller and raised is a mark
_RAISED = 0.15
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")
_SPACED = re.compile(r"[A-Za-z0-9\u00c0-\u024f.,;:!?%)\]]")  # before a space in a line of letters


@dataclass(frozen=True, slots=True)
class Run:
    """Characters on one line. Points, as of Glyph; where `marks`, its superscripts: offset in the text and length."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def top(self) -> float:
        return self.base - 0.88 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.12 * self.size


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """The runs of some characters, from top to bottom and left to right."""
    return [run for row in _rows(glyphs) for run in _split(row)]


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters that stand on one line, superscripts with it."""
    rows: list[list[Glyph]] = []
    tops: list[tuple[float, float]] = []  # top and bottom of the largest of each row
    for glyph in sorted(glyphs, key=lambda one: (one.base, one.left)):
        top, bottom = glyph.base - glyph.size, glyph.base
        for back in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            above, below = tops[back]
            overlap = min(bottom, below) - max(top, above)
            if overlap > 0.6 * min(bottom - top, below - above):
                rows[back].append(glyph)
                if bottom - top > below - above:
                    tops[back] = (top, bottom)
                break
        else:
            rows.append([glyph])
            tops.append((top, bottom))
    return rows


def _split(row: list[Glyph]) -> list[Run]:
    row = _once(sorted(row, key=lambda one: one.left))
    visible = [glyph for glyph in row if not glyph.text.isspace()]
    if not visible:
        return []
    size = max(glyph.size for glyph in visible)
    runs, start = [], 0
    for i in range(1, len(visible)):
        if visible[i].left - visible[i - 1].right > WIDE_GAP * size and not _typed(row, visible[i - 1], visible[i]):
            runs.append(visible[start:i])
            start = i
    spaces = [glyph for glyph in row if glyph.text.isspace()]
    return [_run(run, spaces) for run in (*runs, visible[start:])]


def _typed(row: Sequence[Glyph], one: Glyph, two: Glyph) -> bool:
    """Whether the gap between two characters is one or two spaces that somebody typed; more of them set a column."""
    spaces = [g for g in row if g.text.isspace() and one.right - 1 <= g.left < two.left]
    return 0 < len(spaces) <= 2 and sum(g.right - g.left for g in spaces) > 0.7 * (two.left - one.right)


def _once(row: list[Glyph]) -> list[Glyph]:
    """Without the copies by which programs make type bold: the same character a hair aside."""
    kept: list[Glyph] = []
    for glyph in row:
        copied = any(
            other.text == glyph.text
            and abs(other.left - glyph.left) < 0.2 * glyph.size
            and abs(other.base - glyph.base) < 0.2 * glyph.size
            for other in kept[-3:]
        )
        if not copied or glyph.right - glyph.left < 0.2 * glyph.size:
            kept.append(glyph)
    return kept


def _run(glyphs: Sequence[Glyph], spaces: Sequence[Glyph]) -> Run:
    size = max(_most(round(glyph.size, 1) for glyph in glyphs), 0.6 * max(glyph.size for glyph in glyphs))
    base = _most(round(glyph.base, 1) for glyph in glyphs if glyph.size >= size * 0.9)
    gaps = sorted(two.left - one.right for one, two in pairwise(glyphs))
    usual = max(0.0, gaps[len(gaps) // 2]) if len(gaps) > 3 else 0.0  # lines are spread to fill their width
    said, marks, length = list[str](), list[tuple[int, int]](), 0
    for i, glyph in enumerate(glyphs):
        if i and _apart(glyphs[i - 1], glyph, spaces, usual):
            said.append(" ")
            length += 1
        if glyph.size < _SUPERSCRIPT * size and glyph.base < base - _RAISED * size:
            marks.append((length, len(glyph.text)))
        said.append(glyph.text)
        length += len(glyph.text)
    bold = sum(glyph.bold for glyph in glyphs) * 2 > len(glyphs)
    return Run("".join(said), glyphs[0].left, max(g.right for g in glyphs), base, size, bold, tuple(marks))


def _apart(one: Glyph, two: Glyph, spaces: Sequence[Glyph], usual: float) -> bool:
    """Whether a space stands between two characters, typed or only left; `usual` is the gap between most of them."""
    gap, size = two.left - one.right, max(one.size, two.size)
    if any(one.left < space.left < two.left for space in spaces) and gap > 0.1 * size:
        return True
    if _WORD.match(two.text) and _SPACED.match(one.text):
        return gap > _GAP_OF_WORDS * size
    mixed = bool(_WORD.match(two.text)) != bool(_WORD.match(one.text))  # a little air between 年 and 2024 is no space
    return gap - usual > (_GAP_OF_SCRIPTS if mixed else _GAP_OF_CHARACTERS) * size


def _most(values: Iterable[float]) -> float:
    counted: dict[float, int] = {}
    for value in values:
        counted[value] = counted.get(value, 0) + 1
    return max(counted, key=lambda value: (counted[value], value), default=0.0)


def joined(one: str, two: str) -> str:
    """Two lines of one paragraph put together: words of letters keep a space between them, nothing else has one."""
    if not one or not two:
        return one + two
    letters = re.search(r"[A-Za-z\u00c0-\u024f][.,;:!?)\]]?$", one) and re.match(r"[A-Za-z(\[\u00c0-\u024f]", two)
    numbered = re.search(r"[A-Za-z][.,;:]?$", one) and re.match("[0-9]", two)
    return f"{one} {two}" if letters or (numbered and " " in one[-20:]) else one + two


def in_one_line(runs: Sequence[Run]) -> Run:
    """Runs on one line as one, from left to right, with a space where they stand apart."""
    if len(runs) == 1:
        return runs[0]
    said, marks = "", list[tuple[int, int]]()
    for run in runs:
        said += " " if said else ""
        marks += [(len(said) + at, length) for at, length in run.marks]
        said += run.text
    main = max(runs, key=lambda run: len(run.text))
    return Run(said, runs[0].left, runs[-1].right, main.base, main.size, main.bold, tuple(marks))


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs beside each other, those whose heights overlap by half: from the top down, each row from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: (one.base, one.left)):
        last = rows[-1][0] if rows else None
        if last and min(run.bottom, last.bottom) - max(run.top, last.top) > 0.5 * min(run.size, last.size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def lines_of(runs: Iterable[Run]) -> list[Run]:
    """Runs put into lines."""
    return [in_one_line(row) for row in rows_of(runs)]
