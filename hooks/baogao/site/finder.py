"""Publications -> the finder of the home page: a line for each report, and lists that narrow them down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .. import ids
from ..ids import FIGURES, OVERVIEW
from ..model import Theme
from ..relations.series import places
from ..rules import load
from ..wording.here import Here
from ..wording.names import Names
from ..wording.words import Words
from .series_pages import place_title

_UNKNOWN = "none"
_Choices = Mapping[str, Mapping[str, str]]  # of each facet the choices that keep a report, and what they are called


@dataclass(frozen=True, slots=True)
class Found:
    """A report in the list of the home page."""

    title: str
    link: Markup
    line: str
    figures: str
    figures_link: Markup
    choices: dict[str, str]  # of each facet the choices that keep it, a space between


@dataclass(frozen=True, slots=True)
class Facet:
    """What reports can be narrowed down by."""

    key: str  # place, year, kind, theme
    name: str
    options: tuple[tuple[str, str, int], ...]  # the choice, what it is called, how many reports


def finder(reports: Sequence[Names], here: Here, words: Words) -> tuple[tuple[Found, ...], tuple[Facet, ...]]:
    """A line for each report, the newest year first, in it the one published last; and what tells them apart: place,
    year, kind, theme, each with its choices and how many reports have them."""
    by_id, all_places = {names.publication.id: names for names in reports}, places([one.publication for one in reports])
    titled = {one.id: (place.id, place_title(place, by_id)) for place in all_places for one in place.publications}
    chosen = [(names, _choices(names, titled.get(names.publication.id, (_UNKNOWN, "")))) for names in reports]
    by_address = sorted(chosen, key=lambda one: one[0].publication.id)
    newest_first = sorted(by_address, key=lambda one: _when(one[0]), reverse=True)
    facets = (_facet(name, [choices for _, choices in chosen], words) for name in ("place", "year", "kind", "theme"))
    return tuple(_line(here, *one) for one in newest_first), tuple(facet for facet in facets if len(facet.options) > 1)


def _when(names: Names) -> tuple[str, str]:
    return names.publication.year, names.publication.published


def _line(here: Here, names: Names, choices: _Choices) -> Found:
    return Found(
        names.title(),
        here.page_link(names, OVERVIEW),
        names.line(),
        names.words.count("count_figures", names.publication.stated),
        here.page_link(names, FIGURES),
        {name: " ".join(of_facet) for name, of_facet in choices.items()},
    )


def _facet(name: str, chosen: Sequence[_Choices], words: Words) -> Facet:
    counts = Counter(choice for choices in chosen for choice in choices[name])
    called = {choice: said for choices in chosen for choice, said in choices[name].items()}
    order = [*_themes()] if name == "theme" else sorted(counts, reverse=name == "year")
    options = ((choice, called[choice] or words("not_stated"), counts[choice]) for choice in order if choice in counts)
    return Facet(name, words(f"by_{name}"), tuple(options))


def _choices(names: Names, place: tuple[str, str]) -> _Choices:
    publication, kind = names.publication, ids.kind_of(names.report)
    themes = {item.section.theme for item in names.items} - {None}
    return {
        "place": dict([place]),
        "year": {publication.year or _UNKNOWN: publication.year},
        "kind": {kind["code"] or "fzzf": kind[names.language]},
        "theme": {theme: called[names.language] for theme, called in _themes().items() if Theme(theme) in themes},
    }


def _themes() -> dict[str, dict[str, str]]:
    return {row["theme"]: row for row in load("themes")["themes"]}
