"""text -> its lines, and what of a stretch is visible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model import Line
from ..patterns import RADICALS

# White space and characters of no width: never the first or last of a line, kept as Part.SPACE. Not \s: Python counts
# four control characters as white space, and those are told and shown.
WHITE = " \t\n\r\f\v\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
WHITE += "\xad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u3164\ufeff"
WHITE += "\u2066\u2067\u2068\u2069"
LINE_END = re.compile("\r\n|[\n\r\f\v\x85\u2028\u2029]")


RADICAL = re.compile(f"[{''.join(RADICALS)}]")
_CHARACTERS = str.maketrans(RADICALS)


def characters(text: str) -> str:
    """With the characters that radicals stand for, one for one: in text copied from a PDF ⼀ may be U+2F00."""
    return text.translate(_CHARACTERS) if RADICAL.search(text) else text


def split_lines(text: str, rows: bool = False) -> tuple[Line, ...]:
    """The lines that hold something visible, without their outer white space.

    Where `rows`, tabs are no white space: in a text that was extracted they part the cells of a row, empty ones too.
    """
    white = WHITE.replace("\t", "") if rows else WHITE
    lines, start, number = [], 0, 1
    for end, following in [*((m.start(), m.end()) for m in LINE_END.finditer(text)), (len(text), len(text))]:
        if text[start:end].strip(WHITE):
            lines += [Line(*span, number) for span in visible(text, start, end, white)]
        start, number = following, number + 1
    return tuple(lines)


_HEAD_MARK = re.compile(r"#{1,6}[ \t\u3000]+(?=\S)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.*\S)\1")
_FEWEST = 2  # lines with a mark of a heading make a text Markdown


def without_marks(text: str, lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of a Markdown text without the marks round headings and bold lines, and where the marks stand."""
    if sum(bool(_HEAD_MARK.match(text, line.start, line.end)) for line in lines) < _FEWEST:
        return tuple(lines), ()
    plain, marks = list[Line](), list[Line]()
    for line in lines:
        head = _HEAD_MARK.match(text, line.start, line.end)
        start, end = head.end() if head else line.start, line.end
        if bold := _BOLD.fullmatch(text, start, end):
            start, end = bold.span(2)
        marks += [Line(*span, line.number) for span in ((line.start, start), (end, line.end)) if span[0] < span[1]]
        plain.append(Line(start, end, line.number))
    return tuple(plain), tuple(marks)


def visible(text: str, start: int, end: int, white: str = WHITE) -> Iterator[tuple[int, int]]:
    """The span without outer white space, if anything is left."""
    while start < end and text[start] in white:
        start += 1
    while start < end and text[end - 1] in white:
        end -= 1
    if start < end:
        yield start, end
