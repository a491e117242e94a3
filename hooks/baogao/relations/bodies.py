"""Publications -> which of them are of one body, and of years that follow each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..ids import report_id
from ..publication.publication import Publication
from ..readers.particulars import split_place

_T = TypeVar("_T")


def _place(publication: Publication) -> list[str]:
    return split_place(publication.given("place"))


def place_names(publication: Publication) -> tuple[str, ...]:
    """The place as printed, and without its last character where two are left: 清河区, 清河."""
    parts = _place(publication)
    return (*parts, *(part[:-1] for part in parts if len(part) > 2))


def body_id(publication: Publication) -> str:
    """What the reports of one body and kind in all its years share: their ids without the year."""
    return report_id(publication.report, _place(publication)[-1], "0").removesuffix("-0")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a report stands among those of its body."""

    body: str  # see body_id
    year: int
    place: tuple[str, ...]  # as printed, from the superior place down


def standing(publication: Publication) -> Standing | None:
    """None where its year or its place is not known."""
    if not publication.year or not publication.given("place"):
        return None
    return Standing(body_id(publication), int(publication.year), tuple(_place(publication)))


def successions(publications: Sequence[Publication]) -> Iterator[tuple[Publication, Publication]]:
    """The reports of one body for two years that follow each other."""
    return following([(one, standing(one)) for one in publications])


def following(reports: Sequence[tuple[_T, Standing | None]]) -> Iterator[tuple[_T, _T]]:
    """The same of whatever stands for a report."""
    by_year: dict[tuple[str, int], list[tuple[_T, Standing]]] = defaultdict(list)
    for one, at in reports:
        if at:
            by_year[at.body, at.year].append((one, at))
    for one, at in reports:
        for other, later in by_year.get((at.body, at.year + 1), ()) if at else ():
            if at and _agree(at.place, later.place):
                yield one, other


def same_place(one: Publication, other: Publication) -> bool:
    """Whether neither page names a superior place that the other contradicts."""
    return _agree(_place(one), _place(other))


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    return all(a == b for a, b in zip(reversed(one), reversed(other), strict=False))
