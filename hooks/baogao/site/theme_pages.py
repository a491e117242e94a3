"""What reports say on each theme -> the list of themes and a page for each, in one language: a row a report.

A page shows so many reports, the latest first, and so many passages of each (rules/themes.yml): it is no longer on a
site of thousands. What is left out is counted, and each row leads to all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ..ids import MATTERS, OVERVIEW, THEMES
from ..model import Theme
from ..relations.passages import Span
from ..relations.themes import OnTheme
from ..rules import load
from ..wording import addresses
from ..wording.here import Here
from ..wording.names import Names
from ..wording.words import Words
from .context import SiteContext
from .matter_pages import Quoted, StatedFigure, cell, figure_cell, place_on_page

THEMES_IN_ORDER: tuple[Theme | None, ...] = (*Theme, None)


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme in the list of all: how many reports speak of it, and how much they say."""

    name: str
    link: Markup  # in Markdown
    reports: int
    done: int
    figures: int
    lacking: int
    planned: int


@dataclass(frozen=True, slots=True)
class SomeOfIt:
    """What a report says of one sort: some of it, and how much more there is."""

    passages: tuple[Quoted, ...]
    more: str  # in words; empty where that is all


@dataclass(frozen=True, slots=True)
class ReportOnTheme:
    """A row of a theme's page."""

    title: str
    link: Markup  # in HTML, to where all of it stands
    done: SomeOfIt
    figures: tuple[StatedFigure, ...]
    more_figures: str
    lacking: SomeOfIt
    planned: SomeOfIt


def name_of(theme: Theme | None, language: str) -> str:
    """What a theme is called; of None the others."""
    titles = {row["theme"]: str(row[language]) for row in load("themes")["themes"]}
    return titles[theme] if theme else Words(language)("theme_none")


def themes_of(context: SiteContext) -> list[Theme | None]:
    """Those of which any report says something, in their order."""
    return [theme for theme in THEMES_IN_ORDER if any(theme in said for said in context.themes.values())]


def list_values(context: SiteContext) -> dict[str, Any]:
    """What the template of the list gets."""
    here = Here(addresses.hand_written(context.language, THEMES, "md"))
    return {"words": Words(context.language), "rows": [_theme_row(one, context, here) for one in themes_of(context)]}


def _theme_row(theme: Theme | None, context: SiteContext, here: Here) -> ThemeRow:
    said = [one[theme] for one in context.themes.values() if theme in one]
    return ThemeRow(
        name_of(theme, context.language),
        here.checked(addresses.theme(context.language, theme, "md")),
        len(said),
        *(sum(len(part) for part in parts) for parts in zip(*map(_parts, said), strict=True)),
    )


def _parts(one: OnTheme) -> tuple[Sequence[Any], ...]:
    return one.done, one.figures, one.lacking, one.planned


def page_values(theme: Theme | None, context: SiteContext) -> dict[str, Any]:
    """What the template of a theme's page gets."""
    here, words = Here(addresses.theme(context.language, theme, "md")), Words(context.language)
    speaking = [names for id_, names in context.names.items() if theme in context.themes[id_]]
    latest = sorted(speaking, key=lambda names: -int(names.publication.year or 0))
    shown = latest[: load("themes")["reports"]]
    return {
        "words": words,
        "name": name_of(theme, context.language),
        "count": words.count("count_reports", len(speaking)),
        "rows": [*_rows(theme, shown, here, context)],
        "left": words("themes_left", n=len(speaking) - len(shown)) if len(speaking) > len(shown) else "",
    }


def _rows(theme: Theme | None, shown: Sequence[Names], here: Here, context: SiteContext) -> Iterator[ReportOnTheme]:
    for names in shown:
        said, most = context.themes[names.publication.id][theme], load("themes")["figures"]
        yield ReportOnTheme(
            names.short_title(),
            _link(theme, names, here, context),
            _column(said.done, names, here),
            tuple(figure_cell(figure, names, here) for figure in said.figures[:most]),
            _more(len(said.figures) - most, names),
            _column(said.lacking, names, here),
            _column(said.planned, names, here),
        )


def _link(theme: Theme | None, names: Names, here: Here, context: SiteContext) -> Markup:
    """To the theme on the report's page of plan, results and shortcomings, where it has one."""
    own, said = context.matters[names.publication.id], context.themes[names.publication.id]
    if not own:
        return here.page_link(names, OVERVIEW)
    return here.page_link(names, MATTERS, place_on_page(theme, own, said))


def _column(spans: Sequence[Span], names: Names, here: Here) -> SomeOfIt:
    most = load("themes")["passages"]
    return SomeOfIt(tuple(cell(names, here, span) for span in spans[:most]), _more(len(spans) - most, names))


def _more(left: int, names: Names) -> str:
    return names.words("themes_more", n=left) if left > 0 else ""
