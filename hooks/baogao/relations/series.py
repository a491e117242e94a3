"""Publications -> the places and bodies they come from, and what each states of an indicator over the years.

Afterwards: a statement belongs to the year its figure is of, which need not be that of its report; two are joined only
where they are of years that follow each other and nothing speaks against their being counted alike (rules/years.yml).
No year of a series has two results that mean two things: what is of a part, or of another thing, has one of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain, count, groupby

from ..figures.indicators import Indicator, indicators
from ..figures.subjects import WAS, WAS_BEFORE
from ..ids import node_of, place_id
from ..model import Figure, Kind, Status
from ..patterns import any_of
from ..publication.publication import Publication
from ..readers.particulars import split_place
from ..rules import load
from .bodies import body_id, place_names, same_place

# ---- places


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A government or department, and one kind of its reports."""

    id: str  # what the ids of its reports share: qinghe, qinghe-gzbg
    publications: tuple[Publication, ...]  # by year


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A place that reports."""

    id: str  # its address: qinghe
    name: str  # as printed, without superior places
    bodies: tuple[Body, ...]

    @property
    def publications(self) -> tuple[Publication, ...]:
        """All its reports, body by body."""
        return tuple(publication for body in self.bodies for publication in body.publications)


def places(publications: Sequence[Publication]) -> tuple[Place, ...]:
    """The places by address, whatever superior places their pages print; two of one name are two where those differ."""
    named: dict[str, list[list[Publication]]] = defaultdict(list)
    for one in publications:
        name = place_id(split_place(one.given("place"))[-1]) if one.given("place") else ""
        if not name:
            continue
        group = next((group for group in named[name] if all(same_place(one, other) for other in group)), None)
        if group is None:
            group = []
            named[name].append(group)
        group.append(one)
    return tuple(sorted(_addressed(named), key=lambda place: place.id))


def _addressed(named: dict[str, list[list[Publication]]]) -> Iterator[Place]:
    """The first of a name has it alone, others with their superior places; where those too sound the same (炎河区 and
    严河区 of one city), with a number."""
    taken = set(named)
    for name, groups in named.items():
        for n, group in enumerate(groups):
            parts = split_place(max((one.given("place") for one in group), key=len))
            full = "-".join(place_id(part) for part in parts)
            numbered = chain([full], (f"{full}-{number}" for number in count(2)))
            id_ = name if n == 0 else next(one for one in numbered if one not in taken)
            taken.add(id_)
            yield Place(id_, parts[-1], _bodies(group))


def _bodies(publications: Sequence[Publication]) -> tuple[Body, ...]:
    found: dict[str, list[Publication]] = defaultdict(list)
    for one in publications:
        found[body_id(one)].append(one)
    by_year = {id_: sorted(own, key=lambda one: (one.year, one.id)) for id_, own in found.items()}
    return tuple(Body(id_, tuple(own)) for id_, own in sorted(by_year.items()))


# ---- series


class Difference(StrEnum):
    """Why two figures may not be counted alike."""

    UNIT = "unit"
    SUBJECT = "subject"  # the words for what is counted differ
    SCOPE = "scope"  # of whom
    BOUND = "bound"  # one is exact, the other over or about
    PERIOD = "period"  # one is, or may be, of several years


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """What a report states of an indicator for a year."""

    publication: Publication
    figure: Figure
    year: str  # the year it is of, four digits
    differs: tuple[Difference, ...] = ()  # from the nearest of the last year before that has a result

    @property
    def is_target(self) -> bool:
        """Whether it is aimed at, not reached."""
        return self.figure.status is Status.TARGET

    @property
    def may_span(self) -> bool:
        """Whether it is, or may be, of several years."""
        return _spans(self.figure, self.publication)


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """An indicator in the reports of a body."""

    place: Place
    body: Body
    results: tuple[Statement, ...]  # by year; what a later report only repeats is left out
    targets: tuple[Statement, ...]  # by year
    joined: tuple[tuple[Statement, Statement], ...]  # results of two years that follow each other, counted alike
    part: Statement | None = None  # of a series told apart from the main one of its body: the first, which names it

    @property
    def years(self) -> tuple[str, ...]:
        """The years for which anything is stated."""
        return tuple(sorted({one.year for one in (*self.results, *self.targets)}))


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """An indicator that two reports or more state."""

    indicator: Indicator
    series: tuple[Series, ...]  # by place and body
    reports: int  # that state it

    @property
    def years(self) -> tuple[str, ...]:
        """The years of any series."""
        return tuple(sorted({year for one in self.series for year in one.years}))


def measured(all_places: Sequence[Place]) -> tuple[Measured, ...]:
    """Every indicator that two reports state, in the order of rules/indicators.yml."""
    found: dict[str, dict[int, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    owners = [(place, body) for place in all_places for body in place.bodies]
    for n, (_, body) in enumerate(owners):
        for publication in body.publications:
            for figure in publication.figures:
                year = year_of(figure, publication)
                if figure.indicator and year and not _is_undated_before(figure, publication):
                    found[figure.indicator][n].append(Statement(publication, figure, year))
    made = []
    for code, indicator in indicators().items():
        by_body = found.get(code, {})
        reports = len({one.publication.id for statements in by_body.values() for one in statements})
        if reports > 1:
            series = (one for n, statements in sorted(by_body.items()) for one in _series(*owners[n], statements))
            made.append(Measured(indicator, tuple(series), reports))
    return tuple(made)


def year_of(figure: Figure, publication: Publication) -> str:
    """The year a figure is of: its period, the last of an interval, else the year its report reviews."""
    years = _years_named(figure)
    return years[-1] if years else publication.year_reviewed


def _years_named(figure: Figure) -> list[str]:
    return re.findall(r"(?<!\d)\d{4}(?!\d)", figure.period)


def _series(place: Place, body: Body, statements: Sequence[Statement]) -> Iterator[Series]:
    """The main one, then one for each other thing that its reports give under the same indicator."""
    # a report's own year first, so that what another repeats is known when it is met
    ordered = sorted(
        statements, key=lambda one: (one.year, one.publication.year_reviewed != one.year, one.publication.year)
    )
    results: list[Statement] = []
    for one in ordered:
        if not one.is_target and not any(_repeats(one, other) for other in results):
            results.append(one)
    main, *apart = _told_apart(results)
    compared, joined = _compared(main)
    yield Series(place, body, compared, tuple(one for one in ordered if one.is_target), joined)
    for own in apart:
        compared, joined = _compared(own)
        yield Series(place, body, compared, (), joined, own[0])


_OTHER_THING = {Difference.UNIT, Difference.SUBJECT, Difference.SCOPE}


def _told_apart(results: Sequence[Statement]) -> Iterator[list[Statement]]:
    """First of each year what is counted as the year before it, else what is of the whole; then the others by what
    they measure.

    One report cannot mean one thing by two values; another that gives a value of its own corrects it.
    """
    main: list[Statement] = []
    apart: dict[str, list[Statement]] = defaultdict(list)
    for _, group in groupby(results, key=lambda one: one.year):
        own = list(group)
        chosen = min(
            own,
            key=lambda one: (sum(len(_between(last, one)) for last in main[-1:]), not _whole().match(one.figure.scope)),
        )
        for one in own:
            other = one.publication is chosen.publication or not _OTHER_THING.isdisjoint(_between(chosen, one))
            if one is chosen or not other:
                main.append(one)
            else:
                apart[core(one.figure, one.publication)].append(one)
    yield main
    for own in apart.values():
        yield from _told_apart(own)


def _between(one: Statement, other: Statement) -> tuple[Difference, ...]:
    return differences(one.figure, one.publication, other.figure, other.publication)


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(load("years")["whole"]["match"])


def _repeats(one: Statement, other: Statement) -> bool:
    return (
        one.year == other.year
        and one.figure.value == other.figure.value
        and unit_of(one.figure) == unit_of(other.figure)
    )


def _compared(
    results: Sequence[Statement],
) -> tuple[tuple[Statement, ...], tuple[tuple[Statement, Statement], ...]]:
    """The results, each with how it differs from the year before, and those that may be joined."""
    by_year: dict[str, list[Statement]] = defaultdict(list)
    for one in results:
        by_year[one.year].append(one)
    made: list[Statement] = []
    joined: list[tuple[Statement, Statement]] = []
    before: list[Statement] = []
    for year in sorted(by_year):
        now = []
        for one in by_year[year]:
            nearest = min((_between(other, one) for other in before), key=len, default=())
            now.append(Statement(one.publication, one.figure, year, nearest))
        joined += _pairs(before, now)
        made += now
        before = now
    return tuple(made), tuple(joined)


def _pairs(before: Sequence[Statement], now: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Results of two years that follow each other; none where a year has two that could be meant."""
    alike = [
        (then, one) for one in now for then in before if int(one.year) == int(then.year) + 1 and not _between(then, one)
    ]
    for then, one in alike:
        if sum(a is then for a, _ in alike) == 1 and sum(b is one for _, b in alike) == 1:
            yield then, one


# ---- what is counted alike


def differences(one: Figure, its: Publication, other: Figure, others: Publication) -> tuple[Difference, ...]:
    """Why two figures may not be counted alike; empty where nothing speaks against it."""
    scopes = {_folded(one.scope), _folded(other.scope)}
    found = {
        Difference.UNIT: unit_of(one) != unit_of(other),
        Difference.SUBJECT: core(one, its) != core(other, others),
        Difference.SCOPE: "" not in scopes and len(scopes) > 1,
        Difference.BOUND: (one.bound, one.inclusive) != (other.bound, other.inclusive),
        Difference.PERIOD: _spans(one, its) or _spans(other, others),
    }
    return tuple(difference for difference, met in found.items() if met)


def unit_of(figure: Figure) -> str:
    """The unit, one for all that count the same things: 人 for 名."""
    return next((group[0] for group in load("years")["units"] if figure.unit in group), figure.unit)


def core(figure: Figure, publication: Publication) -> str:
    """The characters of a subject that say what is counted, in no order: without place, scope and neutral words."""
    text = _folded(WAS_BEFORE.sub("", figure.subject))
    for name in (*place_names(publication), figure.scope):
        text = text.replace(_folded(name), "") if name else text
    return "".join(sorted(_neutral().sub("", text)))


def _folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@cache
def _neutral() -> re.Pattern[str]:
    return re.compile(any_of(map(_folded, load("years")["neutral"].split())))


@cache
def _several_years() -> re.Pattern[str]:
    return re.compile(load("years")["spans"]["match"])


def _spans(figure: Figure, publication: Publication) -> bool:
    """Whether a figure is, or may be, of several years: by its period, or by the heading of its section."""
    if "/" in figure.period and len(set(_years_named(figure))) > 1:
        return True
    part = publication.items.by_id.get(node_of(figure.sentence).partition("-")[0])
    return bool(part and part.heading and _several_years().search(part.heading.text))


def _is_undated_before(figure: Figure, publication: Publication) -> bool:
    """Whether a figure is what another was before, nobody says when: 由2分提高到3分."""
    return figure.said.startswith(WAS) and year_of(figure, publication) == publication.year_reviewed


def is_plain(figure: Figure) -> bool:
    """Whether a figure is a level or share that was reached, for the year of its report or one it names."""
    return figure.status is Status.STATED and figure.kind is not Kind.CHANGE and not figure.said.startswith(WAS)
