"""Publications -> the finder of the home page: a line for each report, and lists that narrow them down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from . import addresses
from .addresses import FIGURES, OVERVIEW
from .data import load
from .model import Theme
from .names import Names
from .particulars import split_place
from .views import Facet, Found
from .words import Words

_UNKNOWN = "none"


def found(publications: Iterable[Names]) -> tuple[Found, ...]:
    """A line for each report, the newest year first, those of a year in the order of their addresses."""
    newest_first = sorted(sorted(publications, key=lambda one: one.publication.id), key=_year, reverse=True)
    return tuple(
        Found(
            names.title(),
            names.page_link(OVERVIEW),
            names.line(),
            names.words.count("count_figures", len(names.publication.figures)),
            names.page_link(FIGURES),
            {name: " ".join(choices) for name, choices in _choices(names).items()},
        )
        for names in newest_first
    )


def _year(names: Names) -> str:
    return names.publication.year


def facets(publications: Sequence[Names], words: Words) -> tuple[Facet, ...]:
    """What tells the reports apart: place, year, kind, theme; each with its choices and how many reports have them."""
    chosen = [_choices(names) for names in publications]
    found = []
    for name in ("place", "year", "kind", "theme"):
        counts = Counter(choice for choices in chosen for choice in choices[name])
        called = {choice: said for choices in chosen for choice, said in choices[name].items()}
        order = (
            [one for one in _themes() if one in counts] if name == "theme" else sorted(counts, reverse=name == "year")
        )
        options = tuple((choice, called[choice] or words("not_stated"), counts[choice]) for choice in order)
        if len(options) > 1:
            found.append(Facet(name, words(f"by_{name}"), options))
    return tuple(found)


def _choices(names: Names) -> dict[str, dict[str, str]]:
    """Of each facet the choices that keep a report, and what they are called."""
    publication, kind = names.publication, addresses.kind_of(names.report)
    parts = split_place(publication.given("place")) if publication.given("place") else []
    place = "-".join(addresses.place_id(part) for part in parts)
    themes = {section.theme for section in names.report.walk()} - {None}
    return {
        "place": {place or _UNKNOWN: names.place_name()},
        "year": {publication.year or _UNKNOWN: publication.year},
        "kind": {kind["code"] or "fzzf": kind[names.language]},
        "theme": {theme: called[names.language] for theme, called in _themes().items() if Theme(theme) in themes},
    }


def _themes() -> dict[str, dict[str, str]]:
    return {row["theme"]: row for row in load("themes")["themes"]}
