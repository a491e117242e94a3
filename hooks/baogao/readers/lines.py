"""text -> its lines, and what of a stretch is visible."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Line

# White space and characters of no width: never the first or last of a line, kept as Part.SPACE. Not \s: Python counts
# four control characters as white space, and those are told and shown.
WHITE = " \t\n\r\f\v\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
WHITE += "\xad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u3164\ufeff"
WHITE += "\u2066\u2067\u2068\u2069"
LINE_END = re.compile("\r\n|[\n\r\f\v\x85\u2028\u2029]")


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


def visible(text: str, start: int, end: int, white: str = WHITE) -> Iterator[tuple[int, int]]:
    """The span without outer white space, if anything is left."""
    while start < end and text[start] in white:
        start += 1
    while start < end and text[end - 1] in white:
        end -= 1
    if start < end:
        yield start, end
