"""Publication -> what a report says twice, where a total differs from its parts: told, never changed.

Only what the report states of one period and the same part of its subject is set side by side; targets are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from ..figures.computed import Rule, computed
from ..model import Bound, Figure, Finding, Kind, Part, Status
from ..outline.words import Class, one_of, segmented
from ..readers.whereabouts import Taken
from ..rules import load
from .publication import Publication

_REMEMBERED = 50  # statements of one indicator, period and scope that later ones are set beside


def consistency_findings(publication: Publication) -> list[Finding]:
    """A note for each figure that says one before it again, and for each total that is not the sum of its parts."""
    source = publication.report.source
    taken, found = Taken.of(source), []
    for code, figure, expected in (*_repeated(publication), *_uneven(publication)):
        line, span = source.line_at(figure.start), (figure.start, figure.end)
        said = _said(publication, figure)
        found.append(Finding(code, source.path, line, said, expected, found=taken.found(line, span)))
    return found


_Told = tuple[str, Figure, str]  # the code of what is told of a figure, and what it is set beside


def _repeated(publication: Publication) -> Iterator[_Told]:
    met: dict[tuple[object, ...], dict[tuple[object, ...], Figure]] = {}
    for figure in publication.figures:
        if not figure.indicator or figure.status is not Status.STATED:
            continue
        said = met.setdefault(_same(figure), {})
        before = [one for one in said.values() if figure.sentence != one.sentence and _within(figure.said, one.said)]
        told = ((_told_as(publication, figure, one), one) for one in before)
        if again := next((one for one in told if one[0]), None):
            code, other = again
            yield code, figure, _said(publication, other)
        if len(said) < _REMEMBERED:
            said.setdefault((figure.said, figure.value, figure.bound), figure)


def _uneven(publication: Publication) -> Iterator[_Told]:
    return (("total-differs", one.total, one.sum) for one in uneven(publication))


def _told_as(publication: Publication, figure: Figure, before: Figure) -> str:
    """The code of what is told of two statements; empty where both can be true."""
    whole, part = sorted((figure, before), key=lambda one: len(one.said))
    if _is_part(publication, part, whole):
        more = figure.kind is Kind.LEVEL and _limits(part)[0] > _limits(whole)[1]
        return "indicator-differs" if more else ""
    if (before.value, before.bound) == (figure.value, figure.bound):
        return "indicator-repeated"
    if ("累计" in figure.subject) is not ("累计" in before.subject):
        return ""  # of one year, and of all so far
    (low, high), (other_low, other_high) = _limits(figure), _limits(before)
    return "indicator-differs" if high < other_low or other_high < low else ""


def _limits(figure: Figure) -> tuple[Decimal, Decimal]:
    """Between what the number lies: 突破千亿元 is no other than 1005.5亿元."""
    low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
    return (
        Decimal("-Infinity") if figure.bound is Bound.UNDER else low,
        Decimal("Infinity") if figure.bound is Bound.OVER else high,
    )


def _is_part(publication: Publication, part: Figure, whole: Figure) -> bool:
    """Whether the one is said of a part of what the other is said of: 食品安全罚没款 of 罚没款. What stands before the
    same words in a sentence has to name something for that (依法 and 全区 do not); in a table it is the row, unless
    that is the sum."""
    before = part.said.removesuffix(whole.said) if part.said.endswith(whole.said) else ""
    label = _OF_ALL.sub("", before.rpartition("：")[2])
    piece = publication.layout.pieces.get(part.sentence)
    in_table = piece is not None and piece.part is Part.TABLE
    return bool(label) and (in_table or any(word.sort is Class.NOUN for word in segmented(label)))


_ALL = f"[全我本](?:[国省市区县镇乡州局]|系统)|依法|总计|{one_of('summing')}"
_OF_ALL = re.compile(f"^(?:{_ALL})+|(?:{_ALL})+$")  # words before a thing that name no part of it


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


@dataclass(frozen=True, slots=True)
class Uneven:
    """A total that is not the sum of its parts."""

    total: Figure
    parts: tuple[Figure, ...]
    sum: str  # with its terms: 412 + 538 = 950


def uneven(publication: Publication) -> Iterator[Uneven]:
    """The totals that are not the sum of their parts; in a table only where its form is fixed and says which columns
    add up (rules/tables.yml)."""
    figures = {figure.id: figure for figure in publication.figures}
    for one in computed(publication.figures, publication.report.source.text):
        exact = one.exact and one.bound is Bound.EXACT
        if one.rule is Rule.SUM and exact and one.printed is not None and one.printed != one.value:
            total, *parts = (figures[id_] for id_ in one.premises)
            yield Uneven(total, tuple(parts), f"{one.formula} = {one.value:f}")
    yield from _uneven_of_forms(publication)


def _uneven_of_forms(publication: Publication) -> Iterator[Uneven]:
    for _, run in groupby(publication.figures, key=lambda figure: figure.sentence):
        row = tuple(run)
        for form in load("tables")["forms"]:
            columns = form["columns"]
            if len(row) != len(columns) or not all(f.subject.endswith(c) for f, c in zip(row, columns, strict=True)):
                continue
            for *of, last in form["totals"]:
                parts, total = tuple(row[n] for n in of), row[last]
                added = sum(figure.value for figure in parts if isinstance(figure.value, Decimal))
                if added != total.value:
                    yield Uneven(total, parts, f"{' + '.join(figure.quote for figure in parts)} = {added:f}")


def _said(publication: Publication, figure: Figure) -> str:
    return f"{figure.told} {figure.quote} ({publication.id}#{figure.id})"
