"""What all pages of a language share, made once before any of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..relations.changes import Since
from ..relations.links import Link
from ..relations.matters import Matter
from ..relations.series import Place
from ..relations.tensions import Tension
from ..relations.themes import ByTheme
from ..wording.names import Names
from .linked import Links, linked


@dataclass(frozen=True, eq=False)
class SiteContext:
    """What stands round a page: the other reports, what joins them, and which pages there are. All of it is data, by
    whose hash what was made of it can be known again."""

    language: str
    names: Mapping[str, Names]  # of every report, by its id
    joined: tuple[Link, ...]
    matters: Mapping[str, tuple[Matter, ...]]  # of every report, by its id
    tensions: Mapping[str, tuple[Tension, ...]]  # likewise
    themes: Mapping[str, ByTheme]  # likewise
    entries: Mapping[str, tuple[str, str]]  # of the glossary: path and anchor, by the ids of terms
    since: Mapping[str, Since]  # by the id of the later report
    places: Mapping[str, Place]  # by the ids of reports: those that have a page
    indicator_pages: tuple[str, ...]  # the codes of indicators that have a page
    accuracy: bool = False  # there is a page on it
    proofs: bool = False  # each report has a proof sheet
    site_url: str = ""  # empty where it is not known
    called: str = ""  # what a shard of a site is called; empty of a whole one

    @cached_property
    def links(self) -> Links:
        """The links between passages, as pages show them."""
        return linked(self.joined, self.names)

    @cached_property
    def _links_of(self) -> Mapping[str, tuple[Link, ...]]:
        """Of each report, by its id, the links with an end in it."""
        own: dict[str, list[Link]] = {id_: [] for id_ in self.names}
        for link in self.joined:
            for id_ in {link.from_.publication, link.to.publication}:
                own[id_].append(link)
        return {id_: tuple(links) for id_, links in own.items()}

    def of(self, id_: str) -> SiteContext:
        """What the pages of one report see of it: another report only where they name it."""
        joined, since, place = self._links_of[id_], self.since.get(id_), self.places.get(id_)
        seen = {id_, *(end.publication for link in joined for end in (link.from_, link.to))}
        seen |= {since.then.id} if since else set()
        seen |= {one.id for one in place.publications} if place else set()
        return replace(
            self,
            names={other: names for other, names in self.names.items() if other in seen},
            joined=joined,
            matters={id_: self.matters[id_]},
            tensions={id_: self.tensions[id_]},
            themes={id_: self.themes[id_]},
            since={id_: since} if since else {},
            places={id_: place} if place else {},
        )
