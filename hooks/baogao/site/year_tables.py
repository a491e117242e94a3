"""Figures over the years -> tables with a cell a year, and lines drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from .. import ids
from ..figures.indicators import Indicator
from ..model import Figure
from ..publication.publication import Publication
from ..relations.series import Body, Difference, Measured, Place, Series, Statement, unit_of
from ..wording import addresses
from ..wording.here import Here
from ..wording.marks import attribute, escape
from ..wording.names import Names, Said
from ..wording.words import Words, bound_key, stated_value

_THOUSAND = 1000
_HEAD = 160  # of the field of a line, kept free for the labels
_SEEN = 20  # a line is drawn where it moves by at least one part in so many of its scale
_LABELLED = 6  # so many values have each its label; of more the first, the last and the highest
_EDGE = 120  # of the field at either side: a label stands inwards of its point
_YEARS = 12  # so many years are written below a line


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value in a table of years."""

    year: str
    value: str
    sign: str
    bound: str
    unit: Said
    link: Markup  # in HTML, to its sentence
    target: bool
    notes: tuple[str, ...]  # a target, a doubt, how it is counted otherwise, which other report says so


@dataclass(frozen=True, slots=True)
class YearRow:
    """Something over the years: a cell a year, each with what is stated for it."""

    name: Said
    link: Markup  # in HTML, empty where there is none
    cells: tuple[tuple[StatedValue, ...], ...]


@dataclass(frozen=True, slots=True)
class YearTable:
    """Rows over the same years."""

    name: str  # what a row is
    years: tuple[str, ...]
    rows: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True)
class LinePoint:
    """A value of a line, in thousandths of its field, from the left and from the top."""

    x: int
    y: int
    target: bool
    label: str  # empty where there is no room for it
    side: str  # start, middle or end: how the label stands to the point


@dataclass(frozen=True, slots=True)
class YearLine:
    """A measure drawn over years."""

    id: str
    title: Said
    unit: Said
    says: str  # in words
    years: tuple[str, ...]  # empty where there is no room for it
    points: tuple[LinePoint, ...]
    segments: tuple[tuple[LinePoint, LinePoint], ...]


def body_name(body: Body, names: Names) -> Said:
    """The place; of a department its own name; of another kind of report this too."""
    report = body.publications[-1].report
    department = ids.department_of(report)
    said = Said(escape(names.place_name()))
    if department:
        said = names.given("issuer") if names.publication.given("issuer") else names.own(department)
    kind = ids.kind_of(report)
    return Said(said.text + escape(f" · {kind[names.language]}"), said.lang) if kind["code"] else said


def stated(figure: Figure, names: Names, here: Here, year: str = "", notes: Iterable[str] = ()) -> StatedValue:
    """A figure in a table of years, with the way to its sentence."""
    return StatedValue(
        year,
        stated_value(figure),
        names.words(f"sign_{bound_key(figure)}"),
        names.words(f"bound_{bound_key(figure)}"),
        names.unit_of(figure),
        here.page_link(names, names.home(figure.sentence), figure.id),
        figure.status == "target",
        tuple(notes),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """The reports of a language, seen from one page."""

    all_names: Mapping[str, Names]  # by the ids of reports
    language: str
    here: Here

    @property
    def words(self) -> Words:
        """Those of the interface."""
        return Words(self.language)

    def names(self, publication: Publication) -> Names:
        """What a report is called."""
        return self.all_names[publication.id]

    def body(self, body: Body) -> Said:
        """What a body is called."""
        return body_name(body, self.names(body.publications[-1]))

    def series(self, series: Series) -> Said:
        """What a series is called: its body, and of one told apart what it measures."""
        return self._with_part(self.body(series.body), series)

    def _with_part(self, said: Said, series: Series) -> Said:
        if not series.part:
            return said
        part = self.names(series.part.publication).subject(series.part.figure, short=True)
        lang = attribute("lang", part.lang) if part.lang else Markup("")
        return Said(said.text + Markup(" · <span{}>{}</span>").format(lang, part.text), said.lang)

    def indicator(self, indicator: Indicator, series: Series) -> Said:
        """The same on the page of the body, where the indicator is the row."""
        return self._with_part(Said(escape(indicator.names[self.language])), series)

    def place_link(self, place: Place) -> Markup:
        """The link to the page of a place, empty where it has none."""
        if len(place.publications) < 2:
            return Markup("")
        return self.here.to(addresses.place(self.language, place.id))

    def statement(self, one: Statement) -> StatedValue:
        """What is stated, with what is to be known of it."""
        return stated(one.figure, self.names(one.publication), self.here, one.year, self._notes(one))

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


def table(one: Measured, seen: Seen) -> YearTable:
    years = _columns(one.series)
    rows = tuple(
        YearRow(seen.series(series), seen.place_link(series.place), _cells(series, years, seen))
        for series in one.series
    )
    return YearTable(seen.words("place"), years, rows)


def all_years(years: Collection[str]) -> tuple[str, ...]:
    """Every year from the first to the last, so that a gap is seen."""
    return tuple(str(year) for year in range(int(min(years)), int(max(years)) + 1)) if years else ()


def _reported(series: Iterable[Series]) -> set[str]:
    """The years of the reports that state something."""
    statements = (one for own in series for one in (*own.results, *own.targets))
    return {one.publication.year for one in statements if one.publication.year}


def _columns(series: Sequence[Series]) -> tuple[str, ...]:
    """Every year from the first report to the last, and the others for which something is stated: an aim for 2035 does
    not bring the years before it."""
    return tuple(sorted({*all_years(_reported(series)), *(year for own in series for year in own.years)}))


def _cells(series: Series, years: Sequence[str], seen: Seen) -> tuple[tuple[StatedValue, ...], ...]:
    statements = (*series.results, *series.targets)
    return tuple(tuple(seen.statement(one) for one in statements if one.year == year) for year in years)


def line_of(series: Series, seen: Seen) -> YearLine | None:
    """A series over the years of its reports and the next, without what may be of several; None where there are not two
    years in one unit, or nothing is seen to move; nor of what is told apart."""
    if series.part:
        return None
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
    years = all_years({one.year for one in drawn})
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


def _read(drawn: Sequence[Statement], seen: Seen) -> str:
    """The line in words, for those who do not see it."""
    said = []
    for one in sorted(drawn, key=lambda one: (one.year, one.is_target)):
        shown = seen.statement(one)
        notes = "".join(f" ({note})" for note in shown.notes)
        gap = " " if shown.bound.isascii() and shown.bound else ""
        said.append(f"{one.year}: {shown.bound}{gap}{shown.value} {shown.unit.text.unescape()}".rstrip() + notes)
    return "; ".join(said)


def measures(body: Body, all_: Sequence[Measured], seen: Seen) -> YearTable | None:
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
            seen.indicator(indicator, series),
            seen.here.to(addresses.indicator(seen.language, indicator.code)),
            _cells(series, years, seen),
        )
        for indicator, series in own
    )
    return YearTable(seen.words("fact_indicator"), years, rows)
