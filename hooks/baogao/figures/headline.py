"""Figures -> the few at the head of a report, by rules/headline.yml and the core of rules/indicators.yml."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ..ids import kind_of, node_of
from ..model import Figure, Kind, Report, Status
from ..rules import load
from .comparisons import Against
from .indicators import Core, core
from .subjects import WAS


def headline(
    report: Report, figures: Sequence[Figure], against: Mapping[str, Against], year: str, chosen: Sequence[str] = ()
) -> tuple[Figure, ...]:
    """At most six figures in the order they are shown. `against`: what figures are compared with, by their ids; `year`:
    the one whose results the report gives; `chosen`, the ids of the sidecar, overrides the rules."""
    if chosen:
        by_id = {figure.id: figure for figure in figures}
        return tuple(by_id[id_] for id_ in chosen if id_ in by_id)
    subjects = core(kind_of(report)["code"])
    found = list(_candidates(report, figures, year, {code for one in subjects for code in one.shown}))
    kept = _first_of(sorted(found, key=lambda figure: _rank(figure, subjects, figure.id in against)), subjects, against)
    return kept[: load("headline")["most"]]


def _candidates(report: Report, figures: Sequence[Figure], year: str, codes: Collection[str]) -> Iterator[Figure]:
    """Those of results, and of the core elsewhere, that say what they measure, of the year reviewed or of several."""
    rule = load("headline")
    roles = {section.id: section.role for section in report.walk()}
    for figure in figures:
        if (
            roles.get(node_of(figure.sentence)) in rule["core_roles" if figure.indicator in codes else "roles"]
            and figure.kind is not Kind.CHANGE
            and figure.status is Status.STATED
            and figure.subject
            and not figure.said.startswith(WAS)
            and (not year or len(figure.period) != len(year) or figure.period == year)
            and not _is_never(figure)
        ):
            yield figure


def _is_never(figure: Figure) -> bool:
    return not figure.indicator and any(
        re.search(row["match"], figure.subject) and figure.unit in row.get("units", [figure.unit])
        for row in load("headline")["never"]
    )


def _rank(figure: Figure, subjects: Sequence[Core], compared: bool) -> tuple[bool, bool, int, int, int]:
    place = _subject(figure, subjects)
    if place < len(subjects):
        return (False, not compared, place, subjects[place].shown.index(figure.indicator), figure.start)
    return (True, not compared, not figure.indicator, _row(figure, load("headline")["order"]), figure.start)


def _subject(figure: Figure, subjects: Sequence[Core]) -> int:
    return next((n for n, one in enumerate(subjects) if figure.indicator in one.shown), len(subjects))


def _row(figure: Figure, order: Sequence[dict[str, Any]]) -> int:
    fits = (
        i
        for i, row in enumerate(order)
        if figure.kind == row["kind"] and figure.unit in row.get("units", [figure.unit])
    )
    return next(fits, len(order))


def _first_of(ranked: Sequence[Figure], subjects: Sequence[Core], against: Mapping[str, Against]) -> tuple[Figure, ...]:
    """One of each subject of the core, and beside them one an item; of bare hundreds only so many."""
    kept: list[Figure] = []
    met: set[int] = set()
    hundreds = 0
    for figure in ranked:
        subject = _subject(figure, subjects)
        is_core = subject < len(subjects)
        if subject in met or (not is_core and any(node_of(figure.sentence) == node_of(one.sentence) for one in kept)):
            continue
        bare_hundred = figure.value == 100 and figure.unit == "%" and figure.id not in against
        if bare_hundred and hundreds >= load("headline")["bare_hundreds"]:
            continue
        hundreds += bare_hundred
        met |= {subject} if is_core else set()
        kept.append(figure)
    return tuple(kept)
