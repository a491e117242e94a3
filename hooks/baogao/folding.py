"""How text is compared and shown: code point by code point, in Python as in the browser (rules/search.yml)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from .rules import load


def _span(ranges: Iterable[Sequence[str]]) -> frozenset[str]:
    return frozenset(chr(i) for first, last in ranges for i in range(int(first, 16), int(last, 16) + 1))


@cache
def characters(name: str) -> frozenset[str]:
    """One of the sets of rules/search.yml: compatible, lower, latin, cjk."""
    return _span(load("search")[name])


@cache
def fold_character(character: str) -> str:
    """A code point as it is compared: rules/search.yml applied in order."""
    rules = load("search")
    if character > "\uffff":
        return "\ufffd"  # one position, as in the browser
    if f"{ord(character):04X}" in rules["dropped"]:
        return ""
    folded = unicodedata.normalize("NFKC", character) if character in characters("compatible") else character
    folded = "".join(c.lower() if c in characters("lower") else c for c in folded)
    same = {other: one for one, others in rules["same"].items() for other in others}
    return "".join(" " if c.isspace() else same.get(c, c) for c in folded)


def fold(text: str) -> str:
    """A line as it is compared: no space beside CJK and brackets, one for several, no comma between digits, a space for
    the hyphen in a word."""
    folded = re.sub(" +", " ", "".join(map(fold_character, text)).strip(" "))
    folded = re.sub("(?<=[0-9]),(?=[0-9])", "", folded)
    folded = _hyphen().sub(" ", folded)
    closed = _unspaced()
    return "".join(
        c for i, c in enumerate(folded) if c != " " or not (folded[i - 1] in closed or folded[i + 1 : i + 2] in closed)
    )


@cache
def _hyphen() -> re.Pattern[str]:
    letters = "".join(map(re.escape, sorted(characters("latin"))))
    return re.compile(f"(?<=[{letters}]){load('search')['hyphen']}(?=[{letters}])")


@cache
def _unspaced() -> frozenset[str]:
    return characters("cjk") | {*load("search")["brackets"]}


CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def displayed(text: str) -> str:
    """The text as pages show it: a control character, which HTML cannot hold, as its picture (U+0007 is ␇).

    The only normalisation between the file and a page.
    """
    return CONTROL.sub(lambda m: "␡" if m[0] == "\x7f" else chr(0x2400 + ord(m[0])), text)


# What moves a terminal or turns its line round: C1, and the marks of direction.
_MOVING = re.compile("[\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def on_terminal(text: str) -> str:
    """The text as a terminal may get it, so that no report moves it: as shown, and of other control characters and
    marks of direction the number (U+009B is \\u009b). Line ends and tabs stay."""
    return _MOVING.sub(lambda m: f"\\u{ord(m[0]):04x}", displayed(text))


def in_xml(text: str) -> str:
    """The text as XML 1.0 can hold it: as shown, and for U+FFFE and U+FFFF, which are no characters of it, U+FFFD."""
    return re.sub("[\ufffe\uffff]", "\ufffd", displayed(text))
