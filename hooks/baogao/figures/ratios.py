"""A ratio in its sentence -> the things it sets against each other, in order (rules/quantities.yml, ratios)."""

from __future__ import annotations

import re
from functools import cache

from ..model import Kind, Quantity
from ..patterns import HAN
from ..rules import load

_CLAUSE = re.compile("[，,。；;！!？?\n\t]")
_BEFORE = 40  # characters that are read before a ratio
_AND = "[、与和及∶：:]"
# 法官与律师之比, 教师、学生比例; the words that open the clause are none of the first thing's.
_NAMED = re.compile(
    f"(?P<things>[{HAN}]{{1,10}}(?:{_AND}[{HAN}]{{1,10}}?)+)(?:的|之)?(?:数量|人数|数)?(?:之比|比例|比率|配比|比)"
)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(row["match"]), tuple(row["things"])) for row in load("quantities")["ratios"])


def ratio_things(text: str, quantity: Quantity) -> tuple[str, ...]:
    """What the terms of a ratio stand for; empty where the quantity is none, or no words name so many things."""
    if quantity.kind is not Kind.RATIO:
        return ()
    clause = _CLAUSE.split(text[max(0, quantity.start - _BEFORE) : quantity.start])[-1]
    for pattern, things in _rules():
        if len(things) == len(quantity.values) and pattern.search(clause):
            return things
    for found in reversed(list(_NAMED.finditer(clause))):
        things = tuple(re.split(_AND, found["things"]))
        if len(things) == len(quantity.values):
            return things
    return ()
