"""Figures -> the rates a report prints beside their two counts, and whether the counts allow them.

办结133件, 办结率90.4% is allowed by 受理147件. A rate is of the two counts before it where it is named by what was done
with the second of them, or where its words say that it is a share of the first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ..model import Bound, Figure, Kind
from ..patterns import HAN


@dataclass(frozen=True, slots=True)
class StatedRate:
    """A rate and the counts it is of, each as printed."""

    whole: Figure
    part: Figure
    rate: Figure  # in per cent
    expected: Decimal  # what the counts give, in per cent, to as many places as the rate prints
    allowed: bool  # by the counts as they may have been rounded, the rate rounded or cut


# a share of the first count, which it may name: 占全部造林面积的; 占全省的 is of another
_SHARE = re.compile(
    "[^，,。；;0-9]{0,3}[，,、（(]\\s*占(?:比|其|总[数量额]|全部)?"
    f"(?P<named>[{HAN}]{{2,14}}?)?的?(?:比重|比例)?(?:[为达]|达到)?\\s*"
)
_RATE = re.compile(f"[^，,。；;0-9]{{0,3}}[，,、（(]\\s*([{HAN}]{{2,6}})率(?:[均都]?[为达]|达到)?\\s*")
_OF_IT = re.compile("[，,：:（(\\s]*其中[，,：:]?[^。；;]*")
_PRINTED = re.compile(r"\d[\d,]*(?:\.(\d+))?")


def stated_rates(figures: Sequence[Figure], text: str) -> Iterator[StatedRate]:
    """Each rate whose counts stand right before it, in the order of the report; `text` is that of its source."""
    for (whole, part), (_, rate) in pairwise(pairwise(figures)):
        near = whole.sentence == part.sentence == rate.sentence and _are_counts(whole, part) and _is_rate(rate)
        if near and _belongs(whole, text[whole.end : part.start], text[part.end : rate.start]):
            yield from _compared(whole, part, rate)


def _are_counts(whole: Figure, part: Figure) -> bool:
    plain = all(one.kind is Kind.LEVEL and one.bound is Bound.EXACT for one in (whole, part))
    return plain and whole.unit == part.unit and bool(whole.value)


def _is_rate(figure: Figure) -> bool:
    return figure.kind is Kind.SHARE and figure.unit == "%" and figure.bound is Bound.EXACT


def _belongs(whole: Figure, between: str, behind: str) -> bool:
    """Whether the words behind the second count say that the rate is of both."""
    named = _RATE.fullmatch(behind)
    if named:
        return any(between.rstrip("了").endswith(named[1][-n:]) for n in range(2, len(named[1]) + 1))
    share = _SHARE.fullmatch(behind)
    return bool(share and (share["named"] or "") in whole.said and _OF_IT.fullmatch(between))


def _compared(whole: Figure, part: Figure, rate: Figure) -> Iterator[StatedRate]:
    printed = [in_digits(one) for one in (whole, part, rate)]
    if None in printed:
        return
    of, done, said = (one for one in printed if one)
    low = (done.value - done.step / 2) * 100 / (of.value + of.step / 2) - said.step
    high = (done.value + done.step / 2) * 100 / (of.value - of.step / 2) + said.step
    given = (done.value * 100 / of.value).quantize(said.step)
    yield StatedRate(whole, part, rate, given, low <= said.value <= high)


@dataclass(frozen=True, slots=True)
class InDigits:
    """A value and how far it is told."""

    value: Decimal
    step: Decimal  # what one more in its last printed digit would add: of 1.38万 it is 100


def in_digits(figure: Figure) -> InDigits | None:
    """The value of a figure that prints one number in digits; None of others."""
    printed = _PRINTED.search(unicodedata.normalize("NFKC", figure.quote))
    number = Decimal(printed[0].replace(",", "")) if printed else Decimal(0)
    if not printed or not number or not isinstance(figure.value, Decimal):
        return None
    return InDigits(figure.value, Decimal(1).scaleb(-len(printed[1] or "")) * figure.value / number)
