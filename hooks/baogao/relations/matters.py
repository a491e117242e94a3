"""A publication and its links -> its matters: what is planned, what was done, with which figures, and what is lacking.

A matter is a passage of the plan with what belongs to it, or a shortcoming that no passage of the plan deals with. Its
theme is the plan's; where that answers a shortcoming only in part, the shortcoming's.
Afterwards: every passage of the plan and every shortcoming stands in a matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ..model import Figure, Role, Theme
from ..publication.publication import Publication
from ..rules import load
from .links import Link, LinkKind, Reason
from .passages import Span, Stretch, is_of_no_matter, stretches


class Answer(StrEnum):
    """What the plan has for a shortcoming."""

    ANSWERED = "answered"
    PARTLY = "partly"  # the theme is there, what the shortcoming names is not
    NOT_FOUND = "not_found"


_ANSWERS = {LinkKind.ANSWERS: Answer.ANSWERED, LinkKind.PARTLY: Answer.PARTLY}


@dataclass(frozen=True, slots=True)
class Measure:
    """A passage on what was done."""

    span: Span
    reason: Reason | None  # of a person who set it beside the plan
    repeated: tuple[str, ...]  # the run that the plan says again, as each prints it; empty where it does not
    figures: tuple[Figure, ...]  # that it states


@dataclass(frozen=True, slots=True)
class Lack:
    """A shortcoming, and what the plan has for it."""

    span: Span
    answer: Answer
    reason: Reason | None = None  # of a person who looked at it


@dataclass(frozen=True, slots=True)
class Matter:
    """A row of the page on plan, results and shortcomings."""

    id: str  # ms4-0-3-2: its first passage; with an offset where a sentence holds several
    theme: Theme | None
    plan: Span | None
    measures: tuple[Measure, ...]
    lacks: tuple[Lack, ...]

    @property
    def repeated(self) -> bool:
        """Whether its plan says again what was done, word for word."""
        return any(measure.repeated for measure in self.measures)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Those of its measures."""
        return tuple(figure for measure in self.measures for figure in measure.figures)


def matters(publication: Publication, links: Iterable[Link]) -> tuple[Matter, ...]:
    """The matters of a report as its plan reads, then its shortcomings without an answer; `links`: those from it."""
    leading, id_ = _by_start(links), publication.id
    told = [one for one in stretches(publication) if not is_of_no_matter(publication, one)]
    done = {one.span(id_) for one in told if one.role not in (Role.PLAN, Role.SHORTCOMINGS)}
    lacks: dict[Span, list[Lack]] = defaultdict(list)
    alone: list[Matter] = []
    partly: dict[Span, Theme | None] = {}  # of what is answered in part: there it is looked for
    stated: dict[Span, list[Measure]] = defaultdict(list)  # beside a shortcoming that the plan does not answer
    for one in (one for one in told if one.role is Role.SHORTCOMINGS):
        own = [*_measures(publication, leading[one.span(id_)], done, LinkKind.TREATS)]
        answers = [link for link in leading[one.span(id_)] if link.kind in _ANSWERS]
        for link in answers:
            lacks[link.to].append(Lack(link.from_, _ANSWERS[link.kind], link.reason))
            if link.kind is LinkKind.PARTLY:
                stated[link.to] += own
                partly.setdefault(link.to, one.theme)
        if not answers:
            alone.append(_matter(publication, one, None, own, [Lack(one.span(id_), Answer.NOT_FOUND)]))
    found = []
    for one in (one for one in told if one.role is Role.PLAN):
        span = one.span(id_)
        own = [*stated[span], *_measures(publication, leading[span], done, LinkKind.CONTINUES, LinkKind.REPEATS)]
        told_of = replace(one, theme=partly.get(span) or one.theme)
        found.append(_matter(publication, told_of, span, own[: load("links")["measures"]], lacks[span]))
    return (*found, *alone)


def _matter(
    publication: Publication, one: Stretch, plan: Span | None, measures: Iterable[Measure], lacks: Iterable[Lack]
) -> Matter:
    offset = one.start - publication.layout.pieces[one.anchor].start
    return Matter(f"m{one.anchor}{f'-{offset}' if offset else ''}", one.theme, plan, tuple(measures), tuple(lacks))


def _by_start(links: Iterable[Link]) -> Mapping[Span, list[Link]]:
    found: dict[Span, list[Link]] = defaultdict(list)
    for link in links:
        found[link.from_].append(link)
    return found


def _measures(
    publication: Publication, links: Sequence[Link], done: Container[Span], *kinds: LinkKind
) -> Iterator[Measure]:
    """What was done, from links of some kinds: what is repeated first, then what a person set."""
    of_kinds = [link for link in links if link.kind in kinds and link.to in done]
    ordered = sorted(of_kinds, key=lambda link: (link.kind is not LinkKind.REPEATS, not link.reason))
    for span in list(dict.fromkeys(link.to for link in ordered))[: load("links")["measures"]]:
        own = [link for link in ordered if link.to == span]
        run = next((link.why for link in own if link.kind is LinkKind.REPEATS), ())
        reason = next((link.reason for link in own if link.reason), None)
        stated = tuple(one for one in publication.figures if span.start <= one.start and one.end <= span.end)
        yield Measure(span, reason, run, stated)
