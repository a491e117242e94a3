"""Figures -> what follows from them by exact arithmetic: the year before, from a level or rate and its change.

A result stands apart from the report's own figures everywhere: another table, another mark. It is given only where the
change follows its level at once, both are exact, the words compare with the year before, and the subject of the
change begins with that of the level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise

from .model import Bound, Direction, Figure, Kind

_YEAR_BEFORE = re.compile("同比|[较比]?上年|[较比]?上一年|[较比]?去年")
# between a level and its change nothing but the comparison may stand: 罚款 between them is another thing
_BRIDGE = re.compile(
    "[，,、\\s]*(?:[较比与]?(?:上年|上一年|去年)(?:度|同期)?(?:相比)?[，,]?|同比|再|又|均|持续|大幅|实际|名义)*"
)
# stated at current prices, compared at constant ones (国家统计局, notes to its communiqués): there is no way back
_CONSTANT_PRICES = re.compile("生产总值|增加值|总产值|业务总量|劳动生产率|万元.{0,8}(?:用水量|能耗)")
_COUNTED = re.compile("[^元吨亩度里]*$")  # units that come in whole numbers: no money, weight, area


_DIGITS = 4  # a change in per cent gives no more


@dataclass(frozen=True, slots=True)
class Computed:
    """A value this site computed."""

    id: str  # c1-2-3-4-17: of the change it follows from
    premises: tuple[str, str]  # ids of the level or rate, and of the change
    value: Decimal
    exact: bool  # False where it was rounded
    unit: str
    subject: str  # what it measures: that of the level, the year before
    formula: str  # 974 ÷ (1 + 40%)


def computed(figures: Sequence[Figure], text: str) -> Iterator[Computed]:
    """All that follows, in reading order; `text` is that of the report's source."""
    for level, change in pairwise(figures):
        if _follows(level, change, text):
            result = _year_before(level, change)
            if result:
                yield result


def _follows(level: Figure, change: Figure, text: str) -> bool:
    return (
        level.sentence == change.sentence
        and level.kind is not Kind.CHANGE
        and change.kind is Kind.CHANGE
        and change.direction is not None
        and level.bound is change.bound is Bound.EXACT
        and change.subject.startswith(level.subject)
        and not _CONSTANT_PRICES.search(level.subject)
        and bool(_YEAR_BEFORE.search(text[level.end : change.end]))
        and bool(_BRIDGE.fullmatch(text[level.end : change.start]))
    )


def _year_before(level: Figure, change: Figure) -> Computed | None:
    now, step = level.value, change.value
    if isinstance(now, tuple) or isinstance(step, tuple):
        return None
    up = change.direction is Direction.UP
    if level.kind is Kind.LEVEL and change.unit == "%":
        factor = 1 + (step if up else -step) / 100
        if factor <= 0:
            return None
        value, formula = now / factor, f"{now:,f} ÷ (1 {'+' if up else '−'} {step:f}%)"
    elif (level.kind is Kind.SHARE and change.unit == "个百分点") or change.unit == level.unit != "%":
        value, formula = (now - step if up else now + step), f"{now:,f} {'−' if up else '+'} {step:,f}"
    else:
        return None  # a rate that grew by per cent: of itself, or in points? The words do not say.
    if value < 0 or (level.unit == "%" and value > 100):
        return None
    rounded = _rounded(value, level.unit)
    return Computed(
        f"c{change.id[1:]}", (level.id, change.id), rounded, rounded == value, level.unit, level.subject, formula
    )


def _rounded(value: Decimal, unit: str) -> Decimal:
    """As it is where it needs no more than four digits, else to four; whole where the unit is counted."""
    digits = max(value.adjusted() + 1, 1)
    if value == value.to_integral_value() or (unit == "%" and value == value.quantize(Decimal("0.01"))):
        return value
    rounded = value.quantize(Decimal(1).scaleb(max(digits - _DIGITS, -2)), ROUND_HALF_EVEN)
    whole = bool(_COUNTED.match(unit)) and unit != "%"
    return (rounded.quantize(Decimal(1), ROUND_HALF_EVEN) if whole else rounded).quantize(
        Decimal("0.01")
    ).normalize() + 0
