"""Figures -> what can be drawn because something is compared in it: a number and the one before, parts of a whole.

A single rate or count is never drawn. What this site computed is marked as such in every bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from ..model import Bound, Figure, Kind
from .computed import Computed, Rule, computed, wholes
from .subjects import WAS


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
    found = [*_computed_before(figures, text), *_printed_before(figures), *_parts(figures, text)]
    return iter(sorted(found, key=lambda one: order[one.bars[0].figure.id]))


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
        same = was.sentence == now.sentence and was.unit == now.unit and was.said == WAS + now.said
        if same and _is_plain(was) and _is_plain(now):
            assert isinstance(was.value, Decimal) and isinstance(now.value, Decimal)
            yield _two(now.told, Bar(was, was.value, None, True), Bar(now, now.value, None, False))


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
