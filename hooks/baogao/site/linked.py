"""Links between passages -> what a page of one report shows of them, in one language, seen from the page it stands on.

A link that says what came of something is shown at both its ends, below the paragraph its passage ends in. Those to the
same matter elsewhere stand at the foot of a section's page, five at most, and lead off it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby, zip_longest

from markupsafe import Markup

from ..ids import node_of, page_of
from ..relations.links import Link, LinkKind, Reason
from ..relations.passages import Span
from ..rules import load
from ..wording.here import Here
from ..wording.marks import attribute, escape, printed
from ..wording.names import Names, Said

_OPENING = {"zh": 30, "en": 70}  # characters shown of a passage without a heading
_Page = tuple[str, str]  # of a report, by its id and the page's name
SHOWN = (LinkKind.ANSWERS, LinkKind.PARTLY, LinkKind.MEETS, LinkKind.REPEATS)  # below their passages
_REASONS = 4  # words shown
_TELLING = 4  # characters of a term that stand for it
_PAUSES = "，。；：、,;:. "
_PAUSE = re.compile(f"[{_PAUSES.strip()}](?!\\d)")  # not inside a number


@dataclass(frozen=True, slots=True)
class Linked:
    """Another passage that belongs to this one."""

    says: str  # what it is to this one
    report: str  # its report where that is another
    place: str
    words: Said  # its heading, or how it begins
    link: Markup  # in HTML
    why: tuple[Said, ...]  # the words both have, in the page's language; empty where it has none
    checked: Markup = Markup()  # that a person looked at it, and the reason


@dataclass(frozen=True, slots=True)
class Links:
    """The links of all reports, by the passages they join, as pages of one language show them."""

    names: Mapping[str, Names]  # of every report, by its id
    joined: Mapping[_Page, Sequence[tuple[Span, Span, str, Link]]]  # here, there, back or not
    treats: Mapping[_Page, Sequence[Link]]

    def below(self, here: Here, names: Names, page: str) -> dict[int, list[Linked]]:
        """What stands below each passage of a page, by the offset where the passage ends."""
        found: dict[int, list[Linked]] = {}
        most, count = load("links")["below"], Counter[Span]()
        for passage, there, back, link in self.joined.get((names.publication.id, page), ()):
            count[passage] += 1
            if count[passage] > most:  # what is said again and again has a link from each of its places
                continue
            says = names.words(f"linked_{link.kind}{back}")
            found.setdefault(passage.end, []).append(self._linked(here, names, there, link, says))
        return found

    def elsewhere(self, here: Here, names: Names, page: str) -> list[Linked]:
        """Where else the matters of a section's page are treated: the nearest of each passage, then the second."""
        own = names.publication.id, page
        off = [link for link in self.treats.get(own, ()) if _page(link.to) != own]
        by_passage = [list(group) for _, group in groupby(off, key=lambda link: link.from_)]
        ranked = filter(None, chain.from_iterable(zip_longest(*by_passage)))
        first: dict[tuple[str, str], Link] = {}  # of several links to one passage the nearest
        for link in ranked:
            first.setdefault((link.to.publication, link.to.anchor), link)
        most = load("links")["elsewhere"]
        return [self._linked(here, names, link.to, link) for link in [*first.values()][:most]]

    def to(self, here: Here, names: Names, link: Link) -> Linked:
        """The end of a link, seen from a page of the report that has these names."""
        return self._linked(here, names, link.to, link)

    def _linked(self, here: Here, names: Names, there: Span, link: Link, says: str = "") -> Linked:
        theirs = self.names[there.publication]
        other = there.publication != names.publication.id
        return Linked(
            says,
            theirs.short_title() if other else "",
            theirs.above(there.anchor) if there.anchor.startswith("h") else theirs.place(there.anchor),
            _words(theirs, there),
            here.page_link(theirs, theirs.home(there.anchor), there.anchor),
            tuple(said for word in link.why[:_REASONS] if (said := _shared(names, word))),
            checked(names, link.reason),
        )


def linked(links: Iterable[Link], names: Mapping[str, Names]) -> Links:
    """The links of the reports that have these names."""
    joined: dict[_Page, list[tuple[Span, Span, str, Link]]] = {}
    treats: dict[_Page, list[Link]] = {}
    for link in links:
        if link.kind is LinkKind.TREATS:
            treats.setdefault(_page(link.from_), []).append(link)
        if link.kind not in SHOWN:
            continue
        for here, there, back in ((link.from_, link.to, ""), (link.to, link.from_, "_back")):
            joined.setdefault(_page(here), []).append((here, there, back, link))
    return Links(names, joined, treats)


def checked(names: Names, reason: Reason | None) -> Markup:
    """That a person looked at something, where one did, with the reason: in Chinese where it has no English."""
    if not reason:
        return Markup()
    lang = names.lang if not reason.english else ""
    said = escape(reason.english) if names.lang and reason.english else printed(reason.chinese)
    told = Markup('<span class="reason"{}>{}</span>').format(attribute("lang", lang) if lang else "", said)
    who = checked_by(names)
    says = Markup(names.words("checked_who", who=who.text)) if who else names.words("checked")
    return Markup("{}{}").format(says, told)


def checked_by(names: Names) -> Said | None:
    """Who checked by hand what the sidecar says, and on what day; None where it does not tell."""
    found = names.publication.sidecar.checked
    if not found:
        return None
    by = escape(found.by)
    if names.lang:
        by = Markup("<span{}>{}</span>").format(attribute("lang", names.lang), by)
    return Said(Markup(names.words("checked_by", by=by, day=escape(names.day(found.date)))))


def _shared(names: Names, word: str) -> Said | None:
    """A word that two passages share; on a page of another language in the termbase's, of a part of a term the whole.
    Nothing where a translated report has no term: the passage's own translation stands beside it."""
    said = names.termed(word)
    if not names.lang or said.lang and not names.translation.begun:
        return Said(printed(word), said.lang)
    if not said.lang:
        return said
    forms = ((form, term) for term in names.publication.terms for form in (term.zh, *term.variants))
    holding = [(len(form), term.en) for form, term in forms if word in form and len(word) >= _TELLING]
    return Said(escape(min(holding)[1])) if holding else None


def _page(span: Span) -> _Page:
    return span.publication, page_of(node_of(span.anchor))


def _words(names: Names, span: Span) -> Said:
    """The heading of a passage, its numeral with it; where it has none, how it begins."""
    if span.anchor.startswith("h"):
        return names.heading_said(names.items.by_id[node_of(span.anchor)])
    english = names.translation.english(span.anchor, names.pieces[span.anchor].text)
    said = english or names.text[span.start : span.end]
    opening = phrase(said, _OPENING["en" if english else "zh"])
    return Said(escape(opening) if english else printed(opening), "" if english else names.lang)


def phrase(text: str, most: int) -> str:
    """The text up to the last pause within so many characters, and … where something is left out. English that does
    not pause is cut before a word that opens a phrase (of rules/links.yml), else between two words."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text.rstrip(_PAUSES)
    for end in (_PAUSE, _joints(), _BETWEEN_WORDS):
        ends = [found.start() for found in end.finditer(text[: most + 1]) if found.start() <= most]
        if ends and ends[-1] > most // 3:
            return text[: ends[-1]].rstrip(_PAUSES) + "…"
    return text[:most].rstrip(_PAUSES) + "…"


_BETWEEN_WORDS = re.compile("(?<=[!-~”’]) (?=[!-~“‘])")  # of English


@cache
def _joints() -> re.Pattern[str]:
    return re.compile(rf" (?=(?:{'|'.join(load('links')['joints'])})\b)")
