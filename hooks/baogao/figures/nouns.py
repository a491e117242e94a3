"""A noun -> of what sort it is by its last words, how long it is, whether it is whole (rules/lexicon.yml)."""

from __future__ import annotations

import re

from ..outline.words import ends
from ..patterns import HAN_CHARACTER

OPEN, SHUT = frozenset("“《（("), frozenset("”》）)")
PEOPLE = frozenset({"people", "visits"})
_TRADE = re.compile("(?:(?<![就创])业|制造|(?<=..)(?<![各种分])类)$")


def is_measured(noun: str) -> bool:
    """Whether a noun is of what is measured: 产值, 面积, 满意率."""
    return noun.endswith(ends("measures"))


def is_people(noun: str) -> bool:
    """Whether a noun is of people: 执法人员."""
    return noun.rstrip("”）)").endswith(ends("people"))


def is_trade(noun: str) -> bool:
    """Whether a noun is of a trade or of its firms, of which many things may be measured: 纺织业."""
    return bool(_TRADE.search(noun))


def han(text: str) -> int:
    """How many Chinese characters a text has."""
    return len(HAN_CHARACTER.findall(text))


def is_whole(text: str) -> bool:
    """Whether no quotation or bracket is cut."""
    return all(text.count(left) == text.count(right) for left, right in ("“”", "（）", "()", "《》"))
