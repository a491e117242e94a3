"""Publication -> what a report says twice, where a total differs from its parts: told, never changed.

Only what the report states of one period and the same part of its subject is set side by side; targets are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, groupby

from .computed import Rule, computed
from .data import load
from .model import Bound, Figure, Finding, Status
from .publication import Publication


def consistency_findings(publication: Publication) -> list[Finding]:
    """A note for each pair of figures of one indicator, and for each total that is not the sum of its parts.

    In a table only where its form is fixed and says which columns add up (data/tables.yml).
    """
    return [*_repeated(publication), *_totals(publication), *_totals_of_forms(publication)]


def _repeated(publication: Publication) -> Iterator[Finding]:
    stated = [figure for figure in publication.figures if figure.indicator and figure.status is Status.STATED]
    for one, other in combinations(stated, 2):
        if one.sentence != other.sentence and _same(one) == _same(other) and _within(one.subject, other.subject):
            same = (one.value, one.bound) == (other.value, other.bound)
            code = "indicator-repeated" if same else "indicator-differs"
            yield Finding(code, *_where(publication, other), _said(publication, other), _said(publication, one))


def _same(figure: Figure) -> tuple[object, ...]:
    """What makes two figures say the same thing, but for the value."""
    return (
        figure.indicator,
        figure.kind,
        figure.unit,
        figure.period,
        figure.base,
        figure.direction,
        figure.scope,
    )


def _within(one: str, other: str) -> bool:
    """Whether one subject says no more than the other: two places of a province are no conflict."""
    return one in other or other in one


def _totals(publication: Publication) -> Iterator[Finding]:
    figures = {figure.id: figure for figure in publication.figures}
    for one in computed(publication.figures, publication.report.source.text):
        exact = one.exact and one.bound is Bound.EXACT
        if one.rule is Rule.SUM and exact and one.printed is not None and one.printed != one.value:
            total = figures[one.premises[0]]
            yield Finding(
                "total-differs",
                *_where(publication, total),
                _said(publication, total),
                f"{one.formula} = {one.value:f}",
            )


def _totals_of_forms(publication: Publication) -> Iterator[Finding]:
    for _, run in groupby(publication.figures, key=lambda figure: figure.sentence):
        row = tuple(run)
        for form in load("tables")["forms"]:
            columns = form["columns"]
            if len(row) != len(columns) or not all(f.subject.endswith(c) for f, c in zip(row, columns, strict=True)):
                continue
            for *of, last in form["totals"]:
                parts, total = [row[n] for n in of], row[last]
                added = sum(figure.value for figure in parts if isinstance(figure.value, Decimal))
                if added != total.value:
                    expected = f"{' + '.join(figure.quote for figure in parts)} = {added:f}"
                    yield Finding("total-differs", *_where(publication, total), _said(publication, total), expected)


def _where(publication: Publication, figure: Figure) -> tuple[str, int]:
    source = publication.report.source
    return source.path, source.line_at(figure.start)


def _said(publication: Publication, figure: Figure) -> str:
    return f"{figure.subject} {figure.quote} ({publication.id}#{figure.id})"
