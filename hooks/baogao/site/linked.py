"""Links between passages -> what a page of one report shows of them, in one language, seen from the page it stands on.

A link that says what came of something is shown at both its ends, below the paragraph its passage ends in. Those to the
same matter elsewhere stand at the foot of a section's page, five at most, and lead off it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, zip_longest

from markupsafe import Markup

from ..ids import node_of, page_of
from ..publication.publication import Publication
from ..relations.links import Link, LinkKind, Span
from ..rules import load
from ..wording.marks import escape
from ..wording.names import Names, Said

_OPENING = {"zh": 30, "en": 70}  # characters shown of a passage without a heading
_PAUSES = "，。；：、,;:. "


@dataclass(frozen=True, slots=True)
class Linked:
    """Another passage that belongs to this one."""

    says: str  # what it is to this one
    report: str  # its report where that is another
    place: str
    words: Said  # its heading, or how it begins
    link: Markup  # in HTML
    why: tuple[Said, ...]  # the words both have


class Links:
    """The links of all reports, by the passages they join."""

    def __init__(self, links: Sequence[Link], publications: Sequence[Publication]) -> None:
        self.publications: Mapping[str, Publication] = {one.id: one for one in publications}
        self._names: dict[tuple[str, str], Names] = {}  # made once a report and language: it reads the whole report
        self._joined: dict[tuple[str, str], list[tuple[Span, Span, str, Link]]] = {}  # by report and page
        self._treats: dict[tuple[str, str], list[Link]] = {}
        for link in links:
            if link.kind is LinkKind.TREATS:
                self._treats.setdefault(_page(link.from_), []).append(link)
                continue
            for here, there, back in ((link.from_, link.to, ""), (link.to, link.from_, "_back")):
                self._joined.setdefault(_page(here), []).append((here, there, back, link))

    def below(self, names: Names, page: str) -> dict[int, list[Linked]]:
        """What stands below each passage of a page, by the offset where the passage ends."""
        found: dict[int, list[Linked]] = {}
        for here, there, back, link in self._joined.get((names.publication.id, page), ()):
            says = names.words(f"linked_{link.kind}{back}")
            found.setdefault(here.end, []).append(self._linked(names, there, link.why, says))
        return found

    def elsewhere(self, names: Names, page: str) -> list[Linked]:
        """Where else the matters of a section's page are treated: the nearest of each passage, then the second."""
        here = names.publication.id, page
        off = [link for link in self._treats.get(here, ()) if _page(link.to) != here]
        by_passage = [list(group) for _, group in groupby(off, key=lambda link: link.from_)]
        ranked = filter(None, chain.from_iterable(zip_longest(*by_passage)))
        first: dict[tuple[str, str], Link] = {}  # of several links to one passage the nearest
        for link in ranked:
            first.setdefault((link.to.publication, link.to.anchor), link)
        most = load("links")["kinds"][LinkKind.TREATS]["most"]
        return [self._linked(names, link.to, link.why) for link in [*first.values()][:most]]

    def to(self, names: Names, link: Link) -> Linked:
        """The end of a link, seen from a page of `names`."""
        return self._linked(names, link.to, link.why)

    def _linked(self, names: Names, there: Span, why: Iterable[str], says: str = "") -> Linked:
        publication = self.publications[there.publication]
        key = publication.id, names.language
        theirs = self._names.get(key) or self._names.setdefault(key, Names(publication, names.language))
        theirs.here = names.here
        other = publication is not names.publication
        return Linked(
            says,
            theirs.short_title() if other else "",
            theirs.above(there.anchor) if there.anchor.startswith("h") else theirs.place(there.anchor),
            _words(theirs, there),
            theirs.page_link(page_of(node_of(there.anchor)), there.anchor),
            tuple(_shared(names, word) for word in why),
        )


def _shared(names: Names, word: str) -> Said:
    """A word that two passages share; in the termbase's English where it is a term of it."""
    term = next((one for one in names.publication.terms if one.zh == word), None)
    return Said(escape(term.en)) if names.lang and term else names.own(word)


def _page(span: Span) -> tuple[str, str]:
    return span.publication, page_of(node_of(span.anchor))


def _words(names: Names, span: Span) -> Said:
    """The heading of a passage, its numeral with it; where it has none, how it begins."""
    if span.anchor.startswith("h"):
        return names.heading_said(next(s for s in names.report.walk() if f"h{s.id}" == span.anchor))
    english = names.translation.english(span.anchor, names.pieces[span.anchor].text)
    said = english or names.text[span.start : span.end]
    return Said(escape(_opening(said, _OPENING["en" if english else "zh"])), "" if english else names.lang)


def _opening(text: str, most: int) -> str:
    """The text up to the last pause within so many characters, and … where something is left out."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text.rstrip(_PAUSES)
    pause = max(text.rfind(mark, 0, most) for mark in _PAUSES)
    return text[: pause if pause > most // 3 else most].rstrip(_PAUSES) + "…"
