"""Publications -> which of them are of one body, and of years that follow each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..ids import report_id
from ..publication.publication import Publication
from ..readers.particulars import split_place


def _place(publication: Publication) -> list[str]:
    return split_place(publication.given("place"))


def place_names(publication: Publication) -> tuple[str, ...]:
    """The place as printed, and without its last character where two are left: 清河区, 清河."""
    parts = _place(publication)
    return (*parts, *(part[:-1] for part in parts if len(part) > 2))


def body_id(publication: Publication) -> str:
    """What the reports of one body and kind in all its years share: their ids without the year."""
    return report_id(publication.report, _place(publication)[-1], "0").removesuffix("-0")


def successions(publications: Sequence[Publication]) -> Iterator[tuple[Publication, Publication]]:
    """The reports of one body for two years that follow each other."""
    dated = [one for one in publications if one.year and one.given("place")]
    by_year: dict[tuple[str, int], list[Publication]] = defaultdict(list)
    for one in dated:
        by_year[body_id(one), int(one.year)].append(one)
    for one in dated:
        for other in by_year.get((body_id(one), int(one.year) + 1), ()):
            if same_place(one, other):
                yield one, other


def same_place(one: Publication, other: Publication) -> bool:
    """Whether neither page names a superior place that the other contradicts."""
    return all(a == b for a, b in zip(reversed(_place(one)), reversed(_place(other)), strict=False))
