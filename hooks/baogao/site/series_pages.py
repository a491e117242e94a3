"""Places and indicators over the years -> the values of their pages in one language: the list of indicators, each
indicator, each place, and who published when.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from .. import ids
from ..figures.indicators import Indicator
from ..ids import INDICATORS, LANGUAGES, PUBLISHED, SINCE
from ..model import Figure
from ..patterns import HAN
from ..publication import provisions
from ..relations.series import Body, Measured, Place, Series
from ..wording import addresses
from ..wording.authorities import on_a_page
from ..wording.here import Here
from ..wording.marks import escape
from ..wording.names import Names, Said
from ..wording.words import Words
from .context import SiteContext
from .year_tables import Seen, StatedValue, all_years, line_of, measures, table

_NONE = Said(Markup(""))


@dataclass(frozen=True, slots=True)
class Worded:
    """How a report words a value."""

    place: Said
    stated: StatedValue
    subject: Said
    scope: Said
    where: str
    report: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in the list of all."""

    anchor: str
    name: str
    says: Markup
    link: Markup  # in Markdown
    places: int
    years: str
    reports: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in the list of its place."""

    year: str
    kind: Said
    link: Markup  # in HTML
    published: str
    figures: str
    figures_link: Markup
    since: Markup  # in HTML, empty where there is none


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """When a report was published, and what it holds."""

    day: str
    against: str  # how it stands to the day it was due
    holds: str
    link: Markup  # in HTML


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """The reports of a body, a cell a year; none where there is no report."""

    name: Said
    link: Markup  # in HTML, empty where there is none
    cells: tuple[tuple[PublishedCell, ...], ...]


# ---- names


def places_with_page(all_places: Sequence[Place]) -> tuple[Place, ...]:
    """Those with more than one report."""
    return tuple(place for place in all_places if len(place.publications) > 1)


# ---- indicators


def list_values(all_: Sequence[Measured], context: SiteContext) -> dict[str, Any]:
    """What the template of the list gets."""
    language = context.language
    here = Here(addresses.hand_written(language, INDICATORS, "md"))
    rows = [
        IndicatorRow(
            addresses.indicator_row(one.indicator.code),
            one.indicator.names[language],
            _told(one.indicator.says[language], language),
            here.checked(addresses.indicator(language, one.indicator.code, "md")),
            len({series.place.id for series in one.series}),
            _span(one.years),
            one.reports,
        )
        for one in all_
    ]
    return {"words": Words(language), "rows": rows}


_HAN_RUN = re.compile(f"([{HAN}]+)")


def _told(text: str, language: str) -> Markup:
    """Words of a rule, what is Chinese in them told as Chinese on a page of another language."""
    if language == LANGUAGES[0]:
        return escape(text)
    chinese = Markup('<span lang="zh-Hans">{}</span>')
    parts = (chinese.format(part) if n % 2 else escape(part) for n, part in enumerate(_HAN_RUN.split(text)))
    return Markup("").join(parts)


def _span(years: Sequence[str]) -> str:
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"


def page_values(one: Measured, context: SiteContext) -> dict[str, Any]:
    """What the template of an indicator's page gets."""
    language = context.language
    here = Here(addresses.indicator(language, one.indicator.code, "md"))
    seen, other = Seen(context.names, language, here), next(code for code in LANGUAGES if code != language)
    figures = [statement.figure for series in one.series for statement in (*series.results, *series.targets)]
    unit = figures[0].unit if len({figure.unit for figure in figures}) == 1 else ""
    lines = [line for series in one.series if (line := line_of(series, seen))]
    return {
        "words": seen.words,
        "name": one.indicator.names[language],
        "other": Said(escape(one.indicator.names[other]), "en" if other == "en" else "zh-Hans"),
        "says": _told(one.indicator.says[language], language),
        "facts": list(_facts(one.indicator, figures, seen)),
        "table": table(one, seen),
        "unit": bool(unit),
        "lines": lines,
        "worded": [worded for series in one.series for worded in _worded(series, seen)],
        "all": here.checked(addresses.hand_written(language, INDICATORS, "md")),
        "downloads": [
            (ending.upper(), here.to(addresses.indicator(language, one.indicator.code, ending)))
            for ending in ("csv", "json")
        ],
    }


def _facts(indicator: Indicator, figures: Sequence[Figure], seen: Seen) -> Iterator[tuple[str, Said]]:
    units = list(dict.fromkeys(figure.unit for figure in figures))
    yield seen.words("column_unit"), Said(escape("、".join(units)), "" if seen.language == "zh" else "zh-Hans")
    source = Said(on_a_page(indicator.authority, seen.language))
    yield seen.words("indicator_source"), source


def _worded(series: Series, seen: Seen) -> Iterator[Worded]:
    for one in sorted((*series.results, *series.targets), key=lambda one: (one.year, one.is_target)):
        names = seen.names(one.publication)
        scope = names.termed(one.figure.scope) if one.figure.scope else _NONE
        yield Worded(
            seen.body(series.body),
            seen.statement(one),
            names.subject(one.figure),
            scope,
            names.place(one.figure.sentence),
            names.short_title(),
        )


# ---- lines


# ---- places


def place_values(
    place: Place, all_: Sequence[Measured], context: SiteContext, since: Collection[str]
) -> dict[str, Any]:
    """What the template of a place's page gets. `since`: the ids of reports with a page on what changed."""
    language = context.language
    here = Here(addresses.place(language, place.id, "md"))
    seen = Seen(context.names, language, here)
    named = len(place.bodies) > 1
    bodies = [
        (
            f"b-{body.id}",
            seen.body(body) if named else _NONE,
            _report_rows(body, seen, since),
            measures(body, all_, seen),
        )
        for body in place.bodies
    ]
    return {
        "words": seen.words,
        "name": place_title(place, context.names),
        "count": seen.words.count("count_reports", len(place.publications)),
        "feed": here.to(addresses.feed(place.id)),
        "bodies": bodies,
    }


def place_title(place: Place, all_names: Mapping[str, Names]) -> str:
    """What the page of a place is called, in the language of the names of its reports."""
    own = [all_names[publication.id] for publication in reversed(place.publications)]
    if own[0].language == LANGUAGES[0]:
        return place.name
    return next((said for one in own if (said := one.given_in_english("place").partition(",")[0])), "") or (
        place.id.capitalize()
    )


def _report_rows(body: Body, seen: Seen, since: Collection[str]) -> list[ReportRow]:
    return [
        _report_row(seen.names(publication), seen.here, publication.id in since)
        for publication in reversed(body.publications)
    ]


def _report_row(names: Names, here: Here, since: bool) -> ReportRow:
    publication = names.publication
    return ReportRow(
        publication.year or names.words("not_known"),
        Said(escape(ids.kind_of(publication.report)[names.language])),
        here.page_link(names, ids.OVERVIEW),
        names.day(publication.published) or names.words("not_known"),
        str(publication.stated),
        here.page_link(names, ids.FIGURES),
        here.page_link(names, SINCE) if since else Markup(""),
    )


# ---- who published, when


def to_provisions(all_places: Sequence[Place]) -> tuple[tuple[Place, Body], ...]:
    """The bodies whose reports the law asks for."""
    return tuple(
        (place, body)
        for place in all_places
        for body in place.bodies
        if ids.kind_of(body.publications[-1].report)["provisions"] and any(one.year for one in body.publications)
    )


def published_values(bodies: Sequence[tuple[Place, Body]], context: SiteContext) -> dict[str, Any]:
    """What the template of the table of publication gets."""
    here = Here(addresses.hand_written(context.language, PUBLISHED, "md"))
    seen = Seen(context.names, context.language, here)
    years = all_years({one.year for _, body in bodies for one in body.publications if one.year})
    rows = [
        PublishedRow(
            seen.body(body),
            seen.place_link(place),
            tuple(
                tuple(_published(seen.names(one), here) for one in body.publications if one.year == year)
                for year in years
            ),
        )
        for place, body in bodies
    ]
    return {"words": seen.words, "years": years, "rows": rows}


def _published(names: Names, here: Here) -> PublishedCell:
    publication, words = names.publication, names.words
    when = provisions.timeliness(publication)
    days = when.days if when else None
    lacking = [content.role for content in provisions.contents(publication) if not content.parts]
    roles = "、" if not names.lang else ", "
    holds = words("holds_four")
    if lacking:
        holds = words("holds_without", roles=roles.join(words(f"short_{role}") for role in lacking))
    return PublishedCell(
        names.day(publication.published) if days is not None else words("not_known"),
        "" if days is None else _against(days, words),
        holds,
        here.page_link(names, ids.OVERVIEW),
    )


def _against(days: int, words: Words) -> str:
    """How many days before or after the day it was due."""
    if days > 0:
        return words.count("days_after", days)
    return words.count("days_before", -days) if days else words("days_on")
