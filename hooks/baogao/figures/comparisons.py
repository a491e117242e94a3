"""Figures -> what they are compared with, and what of it can be drawn: a number and the one before, parts of a whole.

A single rate or count is never drawn. What this site computed is marked as such wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from ..model import Bound, Figure, Kind
from .computed import Computed, Rule, computed, is_change_of, wholes
from .subjects import WAS

_ALIKE = Decimal("0.95")  # of the longer bar: one that reaches it looks as long
# between a level and its change: what it is set against, and how it goes on
_BESIDE = re.compile(
    "[，,、（(\\s]*(?:(?:相?较于?|[比与]|同比|环比)[^，,、。；;]{0,12})?[，,]?(?:再|又|均|持续|大幅|实际|名义)*"
)


class ComparisonKind(StrEnum):
    """What is compared with what."""

    BEFORE = "before"  # a number with the one before it
    PARTS = "parts"  # the parts of a whole, which add up


@dataclass(frozen=True, slots=True)
class Bar:
    """One number of a comparison."""

    figure: Figure  # the number, or the one it was computed from
    value: Decimal
    computed: Computed | None  # where this site computed the value
    before: bool  # the earlier of two


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two bars from nought in one unit, or the parts of a whole."""

    sort: ComparisonKind
    subject: str
    unit: str
    bars: tuple[Bar, ...]
    full: Decimal  # what the whole width stands for


def comparisons(figures: Sequence[Figure], text: str) -> Iterator[Comparison]:
    """All that are worth a picture, in the order of the report; `text` is that of its source."""
    order = {figure.id: n for n, figure in enumerate(figures)}
    before = (*_computed_before(figures, text), *_printed_before(figures))
    found = [*filter(_differs, before), *_parts(figures, text)]
    return iter(sorted(found, key=lambda one: order[one.bars[0].figure.id]))


@dataclass(frozen=True, slots=True)
class Against:
    """What a number is compared with where it stands. At least one is there."""

    change: Figure | None = None  # printed behind it
    before: Figure | None = None  # printed: 由22分钟降至6分钟
    computed: Computed | None = None  # the year before, from the change


def against(figures: Sequence[Figure], text: str) -> dict[str, Against]:
    """By the ids of the figures compared; `text` is that of their source."""
    years_before = {one.premises[0]: one for one in computed(figures, text) if one.rule is Rule.YEAR_BEFORE}
    found: dict[str, Against] = {}
    for was, now in pairwise(figures):
        if _is_before(was, now):
            found[now.id] = Against(before=was)
        elif _is_its_change(was, now, text):
            found[was.id] = Against(change=now, computed=years_before.get(was.id))
    return found


def alone(figures: Sequence[Figure], text: str) -> list[Figure]:
    """Changes of numbers that are not printed: 调解率较上年翻三番. `text` is that of their source."""
    beside = {one.change.id for one in against(figures, text).values() if one.change}
    known = {id_ for one in computed(figures, text) if one.rule is Rule.YEAR_BEFORE for id_ in one.premises}
    return [one for one in figures if one.kind is Kind.CHANGE and one.id not in beside | known]


def _is_its_change(level: Figure, change: Figure, text: str) -> bool:
    """500人，较上年同比增加25%: what stands right behind a number, of the same."""
    return is_change_of(change, level) and bool(level.said) and bool(_BESIDE.fullmatch(text[level.end : change.start]))


def _is_before(was: Figure, now: Figure) -> bool:
    same = was.sentence == now.sentence and was.unit == now.unit and was.said == WAS + now.said
    return same and _is_plain(was) and _is_plain(now)


def _computed_before(figures: Sequence[Figure], text: str) -> Iterator[Comparison]:
    by_id = {figure.id: figure for figure in figures}
    for one in computed(figures, text):
        if one.rule is Rule.YEAR_BEFORE:
            now = by_id[one.premises[0]]
            assert isinstance(now.value, Decimal)
            yield _two(now.told, Bar(now, one.value, one, True), Bar(now, now.value, None, False))


def _printed_before(figures: Sequence[Figure]) -> Iterator[Comparison]:
    """由22分钟降至6分钟: both are printed."""
    for was, now in pairwise(figures):
        if _is_before(was, now):
            assert isinstance(was.value, Decimal) and isinstance(now.value, Decimal)
            yield _two(now.told, Bar(was, was.value, None, True), Bar(now, now.value, None, False))


def _differs(one: Comparison) -> bool:
    """Whether a reader sees a difference: bars of 98 and 100 % show none."""
    low, high = sorted(abs(bar.value) for bar in one.bars)
    return low < _ALIKE * high


def _two(subject: str, was: Bar, now: Bar) -> Comparison:
    unit = now.figure.unit
    full = Decimal(100) if unit == "%" else max(was.value, now.value)
    return Comparison(ComparisonKind.BEFORE, subject, unit, (was, now), full)


def _parts(figures: Sequence[Figure], text: str) -> Iterator[Comparison]:
    for whole in wholes(figures, text):
        values = [part.value for part in whole.parts if isinstance(part.value, Decimal)]
        if len(values) > 1 and whole.exhaustive and sum(values) == whole.total.value and whole.total.value:
            bars = tuple(Bar(part, value, None, False) for part, value in zip(whole.parts, values, strict=True))
            yield Comparison(ComparisonKind.PARTS, whole.total.told, whole.total.unit, bars, sum(values, Decimal(0)))


def _is_plain(figure: Figure) -> bool:
    return figure.kind is not Kind.CHANGE and figure.bound is Bound.EXACT and isinstance(figure.value, Decimal)
