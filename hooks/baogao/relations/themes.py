"""Publication -> what it says on each theme: what was done, with which figures, what is lacking, what is planned.

Afterwards: every passage that says something stands under one theme, under None where it fits none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model import Figure, Role, Theme
from ..publication.publication import Publication
from .passages import Span, is_of_no_matter, stretches


@dataclass(frozen=True, slots=True)
class OnTheme:
    """What a report says on a theme, each in reading order."""

    done: list[Span] = field(default_factory=list)
    lacking: list[Span] = field(default_factory=list)
    planned: list[Span] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def of(self, role: Role) -> list[Span]:
        """The passages of a role; of any but shortcomings and plan what was done."""
        return {Role.SHORTCOMINGS: self.lacking, Role.PLAN: self.planned}.get(role, self.done)


ByTheme = Mapping[Theme | None, OnTheme]


def by_theme(publication: Publication) -> ByTheme:
    """In the order of the themes, what fits none last; a theme of which nothing is said is not there."""
    found: dict[Theme | None, OnTheme] = {theme: OnTheme() for theme in (*Theme, None)}
    for one in stretches(publication):
        if not is_of_no_matter(publication, one):
            found[one.theme].of(one.role).append(one.span(publication.id))
    for figure in publication.figures:
        found[figure.theme].figures.append(figure)
    return {theme: said for theme, said in found.items() if any((said.done, said.lacking, said.planned, said.figures))}
