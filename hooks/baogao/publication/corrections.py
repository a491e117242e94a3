"""Figures, Sidecar -> Figures as a person corrected them. The extractor's own result is what find_figures gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from ..figures.indicators import indicators
from ..figures.quantity_rules import dimension_of
from ..model import Figure, Finding, ReportError, Theme
from .sidecar import Correction, Sidecar


def corrected(figures: Sequence[Figure], sidecar: Sidecar) -> tuple[Figure, ...]:
    """Renamed, recoded, given another unit, struck or merged.

    Raises ReportError with every correction that no longer fits: no figure has its id, or prints its quote.
    """
    by_id = {figure.id: figure for figure in figures}
    wrong = [finding for one in sidecar.figures for finding in _misfits(one, by_id, sidecar.path)]
    if wrong:
        raise ReportError(*wrong)
    for one in sidecar.figures:
        by_id[one.id] = _corrected(by_id[one.id], one)
    for one in sidecar.figures:
        if one.merge:
            by_id[one.merge] = _merged(by_id[one.merge], by_id[one.id])
    gone = {one.id for one in sidecar.figures if one.strike or one.merge}
    return tuple(by_id[figure.id] for figure in figures if figure.id not in gone)


def _misfits(one: Correction, by_id: dict[str, Figure], path: str) -> list[Finding]:
    figure = by_id.get(one.id)
    if figure is None:
        nearest = get_close_matches(one.id, list(by_id), 1, 0)
        return [Finding("correction-figure", path, one.line, one.id, nearest[0] if nearest else "—")]
    found = []
    if figure.quote != one.quote:
        found.append(Finding("correction-quote", path, one.line, f"{one.id}: {one.quote}", figure.quote))
    if one.merge is not None and (one.merge not in by_id or one.merge == one.id):
        nearest = get_close_matches(one.merge, [id_ for id_ in by_id if id_ != one.id], 1, 0)
        found.append(Finding("correction-figure", path, one.line, one.merge, nearest[0] if nearest else "—"))
    if one.indicator and one.indicator not in indicators():
        nearest = get_close_matches(one.indicator, list(indicators()), 1, 0)
        found.append(Finding("correction-indicator", path, one.line, one.indicator, nearest[0]))
    return found


def _corrected(figure: Figure, one: Correction) -> Figure:
    subject = one.subject or figure.subject
    return replace(
        figure,
        subject=subject,
        name=one.name or one.subject or figure.name,
        subjects=figure.subjects if subject == figure.subject else (),
        clause=None if one.subject else figure.clause,
        unit=one.unit or figure.unit,
        dimension=dimension_of(one.unit) if one.unit else figure.dimension,
        theme=Theme(one.theme) if one.theme else figure.theme,
        scope=figure.scope if one.scope is None else one.scope,
        indicator=figure.indicator if one.indicator is None else one.indicator,
        doubt=None if one.subject or one.unit else figure.doubt,
        corrected=True,
    )


def _merged(kept: Figure, gone: Figure) -> Figure:
    """One number for both, each subject once."""
    things = dict.fromkeys([*(kept.subjects or (kept.subject,)), *(gone.subjects or (gone.subject,))])
    return replace(kept, subjects=tuple(things), subject="、".join(things), corrected=True)
