"""What changed from the report of the year before -> the values of the page that tells it, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ..ids import ANNEX, OVERVIEW, page_of
from ..relations.changes import Change, Fate, Planned, PortionPair, Since
from ..relations.correspondence import Passage, Portion
from ..relations.figure_pairs import FigurePair
from ..relations.series import Difference
from ..wording.here import Here
from ..wording.marks import escape, rewritten
from ..wording.names import Names, Said
from ..wording.words import value_words
from .linked import Linked, Links
from .year_tables import StatedValue, stated

_NONE = Said(Markup(""))
_ELEMENTS = {Fate.KEPT: "", Fate.NEW: "ins", Fate.GONE: "del"}


@dataclass(frozen=True, slots=True)
class PairRow:
    """A measure in two years."""

    name: Said
    then: StatedValue
    now: StatedValue
    difference: str
    unit: str  # of the difference
    was: Said  # how the earlier report words it, where that differs
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanItem:
    """An item of last year's plan, and what was found of it."""

    words: Said
    place: str
    link: Markup  # in HTML
    results: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A passage with the way to where it stands."""

    said: Said
    places: tuple[tuple[str, Markup], ...]  # in words, and in HTML


@dataclass(frozen=True, slots=True)
class Bundle:
    """The passages of a part that share a fate, folded away."""

    name: str
    passages: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """Two parts of reports that correspond, or one without its like."""

    id: str
    title: Said
    link: Markup  # in Markdown
    was: Said  # the heading of the earlier one, where that differs
    was_link: Markup  # in HTML
    only: str  # in which year it stands alone
    changed: tuple[Told, ...]
    bundles: tuple[Bundle, ...]


def title(since: Since, names: Names) -> str:
    """What the page is called."""
    return names.words("since_title", year=since.now.year, before=since.then.year)


def values(since: Since, then: Names, now: Names, here: Here, links: Links) -> dict[str, Any]:
    """What the template gets; `then` and `now`: the names of both reports."""
    words = now.words
    found = [_planned(one, then, now, here, links) for one in since.plan if one.results]
    lacking = [_planned(one, then, now, here, links) for one in since.plan if not one.results]
    years = {"year": since.now.year, "before": since.then.year}
    return {
        "counts": [
            (words(f"since_{sort}"), since.count(sort)) for sort in (Fate.CHANGED, Fate.NEW, Fate.GONE, Fate.KEPT)
        ],
        "links": [(names.short_title(), here.link(names, OVERVIEW)) for names in (then, now)],
        "years": years,
        "figures": [_pair(pair, then, now, here) for pair in since.figures],
        "plan_head": words("since_plan", **years),
        "plan_found": found,
        "plan_lacking": lacking,
        "plan_lacking_says": words("since_plan_lacking", n=len(lacking), **years),
        "plan_says": words("since_plan_says", found=len(found), n=len(found) + len(lacking), **years),
        "parts": [_part(n, part, then, now, here) for n, part in enumerate(since.parts)],
    }


# ---- figures


def _pair(pair: FigurePair, then: Names, now: Names, here: Here) -> PairRow:
    was, name = then.subject(pair.then, short=True), now.subject(pair.now, short=True)
    difference, unit = "", ""
    if pair.difference is not None:
        sign = "+" if pair.difference > 0 else "−" if pair.difference < 0 else ""
        difference = sign + value_words(abs(pair.difference))
        unit = now.words("points") if pair.now.unit == "%" else ""
    return PairRow(
        name,
        stated(pair.then, then, here),
        stated(pair.now, now, here),
        difference,
        unit,
        was if Difference.SUBJECT in pair.differs else _NONE,
        tuple(now.words(f"differs_{one}") for one in pair.differs),
    )


# ---- plan


def _planned(one: Planned, then: Names, now: Names, here: Here, links: Links) -> PlanItem:
    anchor = one.span.anchor
    text = " ".join(then.text[one.span.start : one.span.end].split())
    return PlanItem(
        then.own(text),
        then.place(anchor),
        here.page_link(then, then.home(anchor), anchor),
        tuple(links.to(here, now, link) for link in one.results),
    )


# ---- parts


def _part(n: int, part: PortionPair, then: Names, now: Names, here: Here) -> ChangedPart:
    heading, *there = _heading(part.now, now) if part.now else _heading(part.then, then)
    was, *before = _heading(part.then, then) if part.then and part.now else (_NONE, OVERVIEW, "")
    only = ""
    if part.then is None or part.now is None:
        only = now.words("since_only", year=(part.now and now or then).publication.year)
    of_sort = {sort: [one for one in part.changes if one.sort is sort] for sort in Fate}
    bundles = tuple(
        Bundle(now.words.count(f"since_n_{sort}", len(of_sort[sort])), tuple(_told(of_sort[sort], then, now, here)))
        for sort in (Fate.NEW, Fate.GONE, Fate.KEPT)
        if of_sort[sort]
    )
    return ChangedPart(
        f"part-{n + 1}",
        heading,
        here.link(now if part.now else then, *there),
        was if was.text != heading.text else _NONE,
        here.page_link(then, *before),
        only,
        tuple(_changed(one, then, now, here) for one in of_sort[Fate.CHANGED]),
        bundles,
    )


def _heading(portion: Portion | None, names: Names) -> tuple[Said, str, str]:
    """What a portion is called, its page and its anchor."""
    item = portion.item if portion else None
    if item:
        page = page_of(item.id)
        return names.heading_said(item), page, "" if page == item.id else item.anchor
    annex = bool(portion and portion.passages and names.home(portion.passages[0].anchor) == ANNEX)
    return Said(escape(names.words("annex" if annex else "opening"))), ANNEX if annex else OVERVIEW, ""


def _changed(change: Change, then: Names, now: Names, here: Here) -> Told:
    assert change.then and change.now
    told = {"ins": now.words("told_new"), "del": now.words("told_gone")}
    words = rewritten(((_ELEMENTS[piece.sort], piece.text) for piece in change.pieces), told)
    return Told(Said(words, now.lang), (_where(change.then, then, here), _where(change.now, now, here)))


def _told(changes: Iterable[Change], then: Names, now: Names, here: Here) -> Iterator[Told]:
    for change in changes:
        passage, names = (change.now, now) if change.now else (change.then, then)
        assert passage
        yield Told(_said(passage, names), (_where(passage, names, here),))


def _said(passage: Passage, names: Names) -> Said:
    english = names.translation.english(passage.anchor, names.pieces[passage.anchor].text)
    return Said(escape(english)) if english else names.own(passage.text)


def _where(passage: Passage, names: Names, here: Here) -> tuple[str, Markup]:
    place = f"{names.publication.year} {names.place(passage.anchor)}".strip()
    return place, here.page_link(names, names.home(passage.anchor), passage.anchor)
