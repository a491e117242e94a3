"""Places and indicators over the years -> the values of their pages in one language: the list of indicators, each
indicator, each place, and who published when.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from .. import ids
from ..figures.indicators import Indicator
from ..ids import INDICATORS, LANGUAGES, PUBLISHED, SINCE, node_of, page_of
from ..model import Figure
from ..publication import article24
from ..publication.publication import Publication
from ..relations.series import Body, Difference, Measured, Place, Series, Statement, unit_of
from ..wording import addresses
from ..wording.marks import escape
from ..wording.names import Names, Said, tree
from ..wording.words import Words, bound_key, value_words
from .views import (
    IndicatorRow,
    LinePoint,
    PublishedCell,
    PublishedRow,
    ReportRow,
    StatedValue,
    Worded,
    YearLine,
    YearRow,
    YearTable,
)

_NONE = Said(Markup(""))
_THOUSAND = 1000
_HEAD = 160  # of the field of a line, kept free for the labels
_SEEN = 20  # a line is drawn where it moves by at least one part in so many of its scale
_LABELLED = 6  # so many values have each its label; of more the first, the last and the highest
_EDGE = 120  # of the field at either side: a label stands inwards of its point
_YEARS = 12  # so many years are written below a line


# ---- names


def places_with_page(all_places: Sequence[Place]) -> tuple[Place, ...]:
    """Those with more than one report."""
    return tuple(place for place in all_places if len(place.publications) > 1)


def body_name(body: Body, names: Names) -> Said:
    """The place; of a department its own name; of another kind of report this too."""
    report = body.publications[-1].report
    department = ids.department_of(report)
    said = Said(escape(names.place_name()))
    if department:
        said = names.given("issuer") if names.publication.given("issuer") else names.own(department)
    kind = ids.kind_of(report)
    return Said(said.text + escape(f" · {kind[names.language]}"), said.lang) if kind["code"] else said


def stated(figure: Figure, names: Names, year: str = "", notes: Iterable[str] = ()) -> StatedValue:
    """A figure in a table of years, with the way to its sentence."""
    return StatedValue(
        year,
        value_words(figure.value),
        names.words(f"sign_{bound_key(figure)}"),
        names.words(f"bound_{bound_key(figure)}"),
        names.unit_of(figure),
        names.page_link(page_of(node_of(figure.sentence)), figure.id),
        figure.status == "target",
        tuple(notes),
    )


class _Seen:
    """The names of all reports in one language, seen from one page."""

    def __init__(self, language: str, here: str) -> None:
        self.language, self.here, self.words = language, here, Words(language)
        self._names: dict[str, Names] = {}

    def names(self, publication: Publication) -> Names:
        found = self._names.get(publication.id)
        return found or self._names.setdefault(publication.id, Names(publication, self.language, self.here))

    def body(self, body: Body) -> Said:
        return body_name(body, self.names(body.publications[-1]))

    def place_link(self, place: Place) -> Markup:
        if len(place.publications) < 2:
            return Markup("")
        return Markup(addresses.link(self.here, addresses.place(self.language, place.id)))

    def statement(self, one: Statement) -> StatedValue:
        return stated(one.figure, self.names(one.publication), one.year, self._notes(one))

    def _notes(self, one: Statement) -> Iterator[str]:
        if one.is_target:
            yield self.words("target")
        if one.publication.year != one.year:
            yield self.words("said_in", year=one.publication.year)
        if one.figure.doubt:
            yield self.words("doubtful")
        if one.may_span:
            yield self.words("differs_period")
        told = (difference for difference in one.differs if difference is not Difference.PERIOD)
        yield from (self.words(f"differs_{difference}") for difference in told)


# ---- indicators


def list_values(all_: Sequence[Measured], language: str) -> dict[str, Any]:
    """What the template of the list gets."""
    here = addresses.hand_written(language, INDICATORS, "md")
    rows = [
        IndicatorRow(
            addresses.indicator_row(one.indicator.code),
            one.indicator.names[language],
            _told(one.indicator.says[language], language),
            Markup(addresses.link(tree(here), tree(addresses.indicator(language, one.indicator.code, "md")))),
            len({series.place.id for series in one.series}),
            _span(one.years),
            one.reports,
        )
        for one in all_
    ]
    return {"words": Words(language), "rows": rows}


_HAN = re.compile("([一-鿿]+)")


def _told(text: str, language: str) -> Markup:
    """Words of a rule, what is Chinese in them told as Chinese on a page of another language."""
    if language == LANGUAGES[0]:
        return escape(text)
    chinese = Markup('<span lang="zh-Hans">{}</span>')
    parts = (chinese.format(part) if n % 2 else escape(part) for n, part in enumerate(_HAN.split(text)))
    return Markup("").join(parts)


def _span(years: Sequence[str]) -> str:
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"


def page_values(one: Measured, language: str) -> dict[str, Any]:
    """What the template of an indicator's page gets."""
    here = addresses.indicator(language, one.indicator.code, "md")
    seen, other = _Seen(language, here), next(code for code in LANGUAGES if code != language)
    figures = [statement.figure for series in one.series for statement in (*series.results, *series.targets)]
    unit = figures[0].unit if len({figure.unit for figure in figures}) == 1 else ""
    lines = [line for series in one.series if (line := _line(series, seen))]
    return {
        "words": seen.words,
        "name": one.indicator.names[language],
        "other": Said(escape(one.indicator.names[other]), "en" if other == "en" else "zh-Hans"),
        "says": _told(one.indicator.says[language], language),
        "facts": list(_facts(one.indicator, figures, seen)),
        "table": _table(one, seen),
        "unit": bool(unit),
        "lines": lines,
        "worded": [worded for series in one.series for worded in _worded(series, seen)],
        "all": Markup(addresses.link(tree(here), tree(addresses.hand_written(language, INDICATORS, "md")))),
        "downloads": [
            (ending.upper(), Markup(addresses.link(here, addresses.indicator(language, one.indicator.code, ending))))
            for ending in ("csv", "json")
        ],
    }


def _facts(indicator: Indicator, figures: Sequence[Figure], seen: _Seen) -> Iterator[tuple[str, Said]]:
    units = list(dict.fromkeys(figure.unit for figure in figures))
    yield seen.words("column_unit"), Said(escape("、".join(units)), "" if seen.language == "zh" else "zh-Hans")
    source = Said(escape(indicator.source), "" if seen.language == "zh" else "zh-Hans")
    yield seen.words("indicator_source"), source


def _table(one: Measured, seen: _Seen) -> YearTable:
    years = _columns(one.series)
    rows = tuple(
        YearRow(seen.body(series.body), seen.place_link(series.place), _cells(series, years, seen))
        for series in one.series
    )
    return YearTable(seen.words("place"), years, rows)


def _all_years(years: Collection[str]) -> tuple[str, ...]:
    """Every year from the first to the last, so that a gap is seen."""
    return tuple(str(year) for year in range(int(min(years)), int(max(years)) + 1)) if years else ()


def _reported(series: Iterable[Series]) -> set[str]:
    """The years of the reports that state something."""
    statements = (one for own in series for one in (*own.results, *own.targets))
    return {one.publication.year for one in statements if one.publication.year}


def _columns(series: Sequence[Series]) -> tuple[str, ...]:
    """Every year from the first report to the last, and the others for which something is stated: an aim for 2035 does
    not bring the years before it."""
    return tuple(sorted({*_all_years(_reported(series)), *(year for own in series for year in own.years)}))


def _cells(series: Series, years: Sequence[str], seen: _Seen) -> tuple[tuple[StatedValue, ...], ...]:
    statements = (*series.results, *series.targets)
    return tuple(tuple(seen.statement(one) for one in statements if one.year == year) for year in years)


def _worded(series: Series, seen: _Seen) -> Iterator[Worded]:
    for one in sorted((*series.results, *series.targets), key=lambda one: (one.year, one.is_target)):
        names = seen.names(one.publication)
        scope = names.own(one.figure.scope) if one.figure.scope else _NONE
        yield Worded(
            seen.body(series.body),
            seen.statement(one),
            names.subject(one.figure),
            scope,
            names.place(one.figure.sentence),
            names.short_title(),
        )


# ---- lines


def _line(series: Series, seen: _Seen) -> YearLine | None:
    """A series over the years of its reports and the next, without what may be of several; None where there are not two
    years in one unit, or nothing is seen to move."""
    reported = [int(year) for year in _reported([series])] or [0]
    near = range(min(reported) - 1, max(reported) + 2)
    all_ = [one for one in (*series.results, *series.targets) if int(one.year) in near]
    drawn = [one for one in all_ if isinstance(one.figure.value, Decimal) and not one.may_span]
    results = [one for one in drawn if not one.is_target]
    units = [unit_of(one.figure) for one in results]
    unit = max(dict.fromkeys(units), key=units.count, default="")
    drawn = [one for one in drawn if unit_of(one.figure) == unit]
    values = [_value(one) for one in drawn if not one.is_target]
    if len({one.year for one in drawn if not one.is_target}) < 2:
        return None
    full = Decimal(100) if unit == "%" and max(values) <= 100 else max(_value(one) for one in drawn)
    if (max(values) - min(values)) * _SEEN < full or min(values) < 0:
        return None
    years = _all_years({one.year for one in drawn})
    labelled = _labelled(drawn)

    def point(one: Statement) -> LinePoint:
        column, height = years.index(one.year), (_THOUSAND - _HEAD) * _value(one) / full
        shown = seen.statement(one)
        x = int(_THOUSAND * (column + Decimal("0.5")) / len(years))
        label = shown.sign + shown.value if one in labelled else ""
        return LinePoint(x, int(_THOUSAND - height), one.is_target, label, _side(x))

    first = drawn[0]
    every = -(-len(years) // _YEARS)
    return YearLine(
        f"line-{series.body.id}",
        seen.body(series.body),
        seen.names(first.publication).unit_of(first.figure),
        _read(drawn, seen),
        tuple(year if (len(years) - 1 - n) % every == 0 else "" for n, year in enumerate(years)),
        tuple(point(one) for one in drawn),
        tuple((point(a), point(b)) for a, b in series.joined if a in drawn and b in drawn),
    )


def _side(x: int) -> str:
    """Where a label stands by its point, so that it stays in the field."""
    return "start" if x < _EDGE else "end" if x > _THOUSAND - _EDGE else "middle"


def _value(one: Statement) -> Decimal:
    assert isinstance(one.figure.value, Decimal)
    return one.figure.value


def _labelled(drawn: Sequence[Statement]) -> list[Statement]:
    """The statements whose value is written at the point; in a year that has several, only the first."""
    by_year: dict[str, Statement] = {}
    for one in sorted(drawn, key=lambda one: (one.year, one.is_target)):
        by_year.setdefault(one.year, one)
    found = list(by_year.values())
    if len(found) <= _LABELLED:
        return found
    highest = found.index(max(found, key=_value))
    kept = {0, len(found) - 1} | ({highest} if 1 < highest < len(found) - 2 else set())
    return [found[n] for n in sorted(kept)]


def _read(drawn: Sequence[Statement], seen: _Seen) -> str:
    """The line in words, for those who do not see it."""
    said = []
    for one in sorted(drawn, key=lambda one: (one.year, one.is_target)):
        shown = seen.statement(one)
        notes = "".join(f" ({note})" for note in shown.notes)
        gap = " " if shown.bound.isascii() and shown.bound else ""
        said.append(f"{one.year}: {shown.bound}{gap}{shown.value} {shown.unit.text.unescape()}".rstrip() + notes)
    return "; ".join(said)


# ---- places


def place_values(place: Place, all_: Sequence[Measured], language: str, since: Collection[str]) -> dict[str, Any]:
    """What the template of a place's page gets; `since`: the reports that have a page on what changed."""
    here = addresses.place(language, place.id, "md")
    seen = _Seen(language, here)
    named = len(place.bodies) > 1
    bodies = [
        (
            f"b-{body.id}",
            seen.body(body) if named else _NONE,
            _report_rows(body, seen, since),
            _measures(body, all_, seen),
        )
        for body in place.bodies
    ]
    return {
        "words": seen.words,
        "name": place_title(place, language),
        "count": seen.words.count("count_reports", len(place.publications)),
        "feed": Markup(addresses.link(here, addresses.feed(place.id))),
        "bodies": bodies,
    }


def place_title(place: Place, language: str) -> str:
    """What the page of a place is called."""
    if language == LANGUAGES[0]:
        return place.name
    names = (Names(publication, language) for publication in reversed(place.publications))
    return next((said for one in names if (said := one.given_in_english("place").partition(",")[0])), "") or (
        place.id.capitalize()
    )


def _report_rows(body: Body, seen: _Seen, since: Collection[str]) -> list[ReportRow]:
    return [
        _report_row(seen.names(publication), publication.id in since) for publication in reversed(body.publications)
    ]


def _report_row(names: Names, since: bool) -> ReportRow:
    publication = names.publication
    return ReportRow(
        publication.year or names.words("not_known"),
        Said(escape(ids.kind_of(publication.report)[names.language])),
        names.page_link(ids.OVERVIEW),
        names.day(publication.published) or names.words("not_known"),
        str(len(publication.figures)),
        names.page_link(ids.FIGURES),
        names.page_link(SINCE) if since else Markup(""),
    )


def _measures(body: Body, all_: Sequence[Measured], seen: _Seen) -> YearTable | None:
    """The indicators that more than one report of a body states, over the years."""
    own = [(one.indicator, series) for one in all_ for series in one.series if series.body is body]
    own = [
        (indicator, series)
        for indicator, series in own
        if len({one.publication.id for one in (*series.results, *series.targets)}) > 1
    ]
    if not own:
        return None
    years = _columns([series for _, series in own])
    rows = tuple(
        YearRow(
            Said(escape(indicator.names[seen.language])),
            Markup(addresses.link(seen.here, addresses.indicator(seen.language, indicator.code))),
            _cells(series, years, seen),
        )
        for indicator, series in own
    )
    return YearTable(seen.words("fact_indicator"), years, rows)


# ---- who published, when


def to_article24(all_places: Sequence[Place]) -> tuple[tuple[Place, Body], ...]:
    """The bodies whose reports the law asks for."""
    return tuple(
        (place, body)
        for place in all_places
        for body in place.bodies
        if ids.kind_of(body.publications[-1].report)["article24"] and any(one.year for one in body.publications)
    )


def published_values(bodies: Sequence[tuple[Place, Body]], language: str) -> dict[str, Any]:
    """What the template of the table of publication gets."""
    here = addresses.hand_written(language, PUBLISHED, "md")
    seen = _Seen(language, here)
    years = _all_years({one.year for _, body in bodies for one in body.publications if one.year})
    rows = [
        PublishedRow(
            seen.body(body),
            seen.place_link(place),
            tuple(
                tuple(_published(seen.names(one)) for one in body.publications if one.year == year) for year in years
            ),
        )
        for place, body in bodies
    ]
    return {"words": seen.words, "years": years, "rows": rows}


def _published(names: Names) -> PublishedCell:
    publication, words = names.publication, names.words
    when = article24.timeliness(publication)
    days = when.days if when else None
    lacking = [content.role for content in article24.contents(publication) if not content.sections]
    roles = "、" if not names.lang else ", "
    holds = words("holds_four")
    if lacking:
        holds = words("holds_without", roles=roles.join(words(f"short_{role}") for role in lacking))
    return PublishedCell(
        names.day(publication.published) if days is not None else words("not_known"),
        "" if days is None else _against(days, words),
        holds,
        names.page_link(ids.OVERVIEW),
    )


def _against(days: int, words: Words) -> str:
    """How many days before or after the day it was due."""
    if days > 0:
        return words.count("days_after", days)
    return words.count("days_before", -days) if days else words("days_on")
