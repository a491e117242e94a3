"""A folded line -> its postings; positions -> the letters they are written in, and back."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from functools import cache

from ..folding import characters
from ..rules import load

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"  # of numbers: 5 bits and "more follows"

Postings = dict[str, "array[int]"]  # key -> positions, in order


@cache
def _token() -> re.Pattern[str]:
    letters = "".join(f"{first}-{last}" for first, last in _latin_ends())
    return re.compile(f"[{letters}]+ ?|[^ {letters}]")


def _latin_ends() -> list[tuple[str, str]]:
    return [(chr(int(first, 16)), chr(int(last, 16))) for first, last in load("search")["latin"]]


def keys(folded: str) -> Iterator[tuple[str, int]]:
    """The postings of a folded line: (key, offset)."""
    for match in _token().finditer(folded):
        at = match.start()
        if match[0][0] in characters("latin"):
            yield match[0], at
        else:
            yield folded[at : at + 2], at


def written(values: Iterable[int], delta: bool = True) -> str:
    """Numbers of 5 bits a character, the lowest first; each but the first as its distance from the one before."""
    said, before = [], 0
    for value in values:
        rest, before = value - before, value if delta else 0
        while rest > 31:
            said.append(_DIGITS[32 + (rest & 31)])
            rest >>= 5
        said.append(_DIGITS[rest])
    return "".join(said)


def read_back(said: str) -> list[int]:
    """The inverse of written with distances."""
    found, value, shift, sum_ = [], 0, 0, 0
    for character in said:
        digit = _DIGITS.index(character)
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            sum_ += value
            found.append(sum_)
            value = shift = 0
    return found
