"""Figures of two reports of one body -> the measures that both state, each for its own year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..ids import ANNEX, node_of, page_of
from ..model import Bound, Figure, Role
from ..publication.publication import Publication
from .series import Difference, core, differences, is_plain, unit_of, year_of


@dataclass(frozen=True, slots=True, eq=False)
class FigurePair:
    """A measure that both reports state, each for its own year."""

    then: Figure
    now: Figure
    differs: tuple[Difference, ...]  # why they may not be counted alike
    difference: Decimal | None  # now less then, where both are exact and counted alike


def figure_pairs(then: Publication, now: Publication) -> Iterator[FigurePair]:
    """By the code of the indicator, then by what is measured; a measure that could mean two figures is left out."""
    earlier, later = _own(then), _own(now)
    pairs: dict[str, Figure] = {}
    for by in (_by_indicator, _by_subject):
        before = _grouped(earlier, then, by)
        for key, group in _grouped(later, now, by).items():
            olds = [one for one in before.get(key, []) if one.id not in {p.id for p in pairs.values()}]
            news = [one for one in group if one.id not in pairs]
            pairs |= dict(_unambiguous(olds, news, then, now))
    for figure in later:
        if figure.id in pairs:
            yield _pair(pairs[figure.id], figure, then, now)


def _own(publication: Publication) -> list[Figure]:
    """What a report states for its own year; not what its plan or its annex says."""
    return [
        one
        for one in publication.figures
        if is_plain(one)
        and year_of(one, publication) == publication.year_reviewed
        and one.role is not Role.PLAN
        and page_of(node_of(one.sentence)) != ANNEX
    ]


def _by_indicator(figure: Figure, publication: Publication) -> str:
    return figure.indicator


def _by_subject(figure: Figure, publication: Publication) -> str:
    if figure.indicator:
        return ""
    words = core(figure, publication)
    return f"{words} {unit_of(figure)} {figure.kind} {figure.role}" if len(words) > 1 else ""


def _grouped(
    figures: Iterable[Figure], publication: Publication, by: Callable[[Figure, Publication], str]
) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if key := by(figure, publication):
            found[key].append(figure)
    return found


def _unambiguous(
    olds: Sequence[Figure], news: Sequence[Figure], then: Publication, now: Publication
) -> Iterator[tuple[str, Figure]]:
    """Those counted alike, each with one only; else the only two."""
    alike = [(old, new) for new in news for old in olds if not differences(old, then, new, now)]
    once = [
        (old, new)
        for old, new in alike
        if sum(a is old for a, _ in alike) == 1 and sum(b is new for _, b in alike) == 1
    ]
    if once:
        yield from ((new.id, old) for old, new in once)
    elif len(olds) == len(news) == 1:
        yield news[0].id, olds[0]


def _pair(old: Figure, new: Figure, then: Publication, now: Publication) -> FigurePair:
    differs = differences(old, then, new, now)
    exact = old.bound is new.bound is Bound.EXACT
    values = isinstance(old.value, Decimal) and isinstance(new.value, Decimal)
    if differs or not exact or not values or old.doubt or new.doubt:
        return FigurePair(old, new, differs, None)
    assert isinstance(old.value, Decimal) and isinstance(new.value, Decimal)
    return FigurePair(old, new, differs, new.value - old.value)
