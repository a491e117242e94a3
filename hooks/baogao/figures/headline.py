"""Figures -> the few at the head of a report, by the rule in rules/headline.yml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..ids import node_of
from ..model import Figure, Kind, Report
from ..rules import load


def headline(report: Report, figures: Sequence[Figure], chosen: Sequence[str] = ()) -> tuple[Figure, ...]:
    """At most six figures in the order they are shown. `chosen`, the ids of the sidecar, overrides the rule."""
    if chosen:
        by_id = {figure.id: figure for figure in figures}
        return tuple(by_id[id_] for id_ in chosen if id_ in by_id)
    rule = load("headline")
    roles = {section.id: section.role for section in report.walk()}
    candidates = [f for f in figures if roles.get(node_of(f.sentence)) in rule["roles"] and f.kind is not Kind.CHANGE]
    changed = {
        figure.id
        for figure, following in zip(figures, figures[1:], strict=False)
        if following.kind is Kind.CHANGE
        and following.sentence == figure.sentence
        and re.match(rule["change_first"], report.source.text[figure.end : following.end])
    }

    def rank(figure: Figure) -> tuple[bool, int, int]:
        return (figure.id not in changed, _row(figure, rule["order"]), figure.start)

    kept: list[Figure] = []
    hundreds = 0
    for figure in sorted(candidates, key=rank):
        if any(node_of(figure.sentence) == node_of(other.sentence) for other in kept):
            continue
        bare_hundred = figure.value == 100 and figure.unit == "%" and figure.id not in changed
        if bare_hundred and hundreds >= rule["bare_hundreds"]:
            continue
        hundreds += bare_hundred
        kept.append(figure)
    return tuple(kept[: rule["most"]])


def _row(figure: Figure, order: Sequence[dict[str, Any]]) -> int:
    fits = (
        i
        for i, row in enumerate(order)
        if figure.kind == row["kind"] and figure.unit in row.get("units", [figure.unit])
    )
    return next(fits, len(order))
