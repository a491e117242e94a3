"""Publications -> links between their passages: what a plan answers and goes on with, what is met, repeated, treated.

Two passages are linked by the words they share, weighed by how few passages have them (rules/links.yml), or because a
run of characters stands in both. Afterwards: the words shown stand in both passages, the links do not depend on the
order of the publications, but for their own order; no passage has more of a kind than `most`.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from heapq import nsmallest
from sys import intern

from ..model import Role
from ..patterns import CLAUSE_BREAK, ORDINAL
from ..processes import shared as in_parallel
from ..publication.publication import Publication
from ..publication.sidecar import Judgement
from ..rules import load
from .bodies import successions
from .packed import Packed, packed
from .passages import LACKING, Candidate, Span
from .repeats import repeats
from .weights import Weights, having, weights


class LinkKind(StrEnum):
    """What one passage is to another."""

    ANSWERS = "answers"  # a shortcoming, and the passage of the same report's plan that deals with it
    PARTLY = "partly"  # the same, where the plan has the theme, but not what is lacking: a person says so
    CONTINUES = "continues"  # a passage of the plan, and what the same report says was done of the matter
    MEETS = "meets"  # a passage of a plan, and what the next year's report of the body says of it
    REPEATS = "repeats"  # a passage, and an earlier one that says a run of characters word for word
    TREATS = "treats"  # a passage, and another on the same matter, in any report


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person says that two passages belong together."""

    chinese: str
    english: str = ""  # empty where it was not given


@dataclass(frozen=True, slots=True)
class Link:
    """Two passages and why they belong together."""

    from_: Span
    to: Span
    kind: LinkKind
    why: tuple[str, ...]  # the words both have, the weightiest first; of what is repeated the run, as each prints it
    reason: Reason | None = None  # of a person who looked at it


def links(publications: Sequence[Publication]) -> tuple[Link, ...]:
    """Every link, kind by kind, each in reading order."""
    own = packed(publications)
    found: list[Link] = []
    known: set[frozenset[Span]] = set()
    for publication in publications:
        inside, spoken_of = of_report(publication, own.of_report(publication.id))
        found += inside
        known |= spoken_of
    for before, after in successions(publications):
        found += across(own.of_report(before.id), own.of_report(after.id))
    known |= {_ends(link) for link in found}
    found += _treats(own, [publication.id for publication in publications], known)
    return tuple(found)


def of_report(publication: Publication, own: Sequence[Candidate]) -> tuple[list[Link], set[frozenset[Span]]]:
    """The links inside a report, as a person sets and strikes them, but for what else is treated; and the ends of those
    that a person has spoken of."""
    said = _set(publication, own)
    return _judged(within(own, weights(own)), said), {_ends(one.link) for one in said}


def within(own: Sequence[Candidate], words: Weights) -> list[Link]:
    """The links inside a report, but for what else is treated."""
    lacking, plan, done = (_with(own, *roles) for roles in (LACKING, PLANNED, DONE))
    answers = best(lacking, plan, LinkKind.ANSWERS, words)
    return [*answers, *best(plan, done, LinkKind.CONTINUES, words), *_repeated(own)]


@dataclass(frozen=True, slots=True)
class _Set:
    """What a person says of two passages."""

    from_: Span
    to: Span
    kind: LinkKind
    why: tuple[str, ...]
    said: Judgement

    @property
    def link(self) -> Link:
        return Link(self.from_, self.to, self.kind, self.why, Reason(self.said.why, self.said.why_en))


def _set(publication: Publication, own: Sequence[Candidate]) -> list[_Set]:
    text, found = publication.report.source.text, []
    for one in publication.sidecar.links:
        (a, role), (b, other) = (_at(publication, own, id_) for id_ in (one.from_, one.to))
        kind = LinkKind(one.kind) if one.kind else _kind(role, other)
        found.append(_Set(a, b, kind, _run(text[a.start : a.end], text[b.start : b.end]), one))
    return found


def _at(publication: Publication, own: Sequence[Candidate], anchor: str) -> tuple[Span, Role]:
    """The passage in which a heading or sentence begins, else that itself."""
    piece = publication.layout.pieces[anchor]
    passage = next((one for one in own if one.span.start <= piece.start < one.span.end), None)
    if passage:
        return passage.span, passage.role
    return Span(publication.id, anchor, piece.start, piece.end), Role.OTHER


def _kind(one: Role, other: Role) -> LinkKind:
    if one is Role.SHORTCOMINGS and other is Role.PLAN:
        return LinkKind.ANSWERS
    return LinkKind.CONTINUES if one is Role.PLAN and other in DONE else LinkKind.TREATS


def _judged(found: Iterable[Link], judgements: Sequence[_Set]) -> list[Link]:
    """The links of a report as a person sets and strikes them."""
    kept = [link for link in found if not any(_overrules(one, link) for one in judgements)]
    return [*kept, *(one.link for one in judgements if not one.said.strike)]


def _overrules(one: _Set, link: Link) -> bool:
    """Whether a person has spoken of a link: of its two ends, or of the answer to its shortcoming."""
    if link.kind is LinkKind.REPEATS:  # it is there to be seen
        return False
    answers = (LinkKind.ANSWERS, LinkKind.PARTLY)
    anew = not one.said.strike and one.kind in answers and link.kind in answers and link.from_ == one.from_
    return anew or _ends(link) == _ends(one.link)


def across(before: Sequence[Candidate], after: Sequence[Candidate]) -> list[Link]:
    """The links between the passages of a report and those of the body's report of the next year."""
    words = weights([*before, *after])
    meets = best(_with(before, *PLANNED), _with(after, *DONE), LinkKind.MEETS, words)
    return [*meets, *_repeated([*before, *after], across=True)]


PLANNED = (Role.PLAN,)
DONE = (Role.RESULTS, Role.LEADERS, Role.OTHER)


def _with(own: Iterable[Candidate], *roles: Role) -> list[Candidate]:
    return [passage for passage in own if passage.role in roles]


def _ends(link: Link) -> frozenset[Span]:
    return frozenset((link.from_, link.to))


def _repeated(own: Sequence[Candidate], across: bool = False) -> Iterator[Link]:
    most = load("links")["kinds"][LinkKind.REPEATS]["most"]
    count: dict[Span, int] = defaultdict(int)
    for one in repeats(own):
        later, earlier = own[one.later].span, own[one.earlier].span
        if (later.publication != earlier.publication) is across and count[later] < most:
            count[later] += 1
            yield Link(later, earlier, LinkKind.REPEATS, tuple(dict.fromkeys((one.said_later, one.said_earlier))))


# ---- by words


def best(sources: Sequence[Candidate], targets: Sequence[Candidate], kind: LinkKind, words: Weights) -> list[Link]:
    """The pairs that are bound strongly enough, and not much less than the best pair of either end."""
    rules, where = load("links")["kinds"][kind], having(targets, words.words, load("links")["looked_at"])
    scores = [{b: words.bound(one, targets[b]) for b in _near(one, where, words)} for one in sources]
    strongest: dict[int, float] = defaultdict(float)
    for of_source in scores:
        for b, score in of_source.items():
            strongest[b] = max(strongest[b], score)
    found = []
    for one, of_source in zip(sources, scores, strict=True):
        floor = max([rules["least"], *(rules["near"] * score for score in of_source.values())])
        near = [b for b, score in of_source.items() if score >= max(floor, rules["near"] * strongest[b])]
        for b in sorted(near, key=lambda b: (-of_source[b], b))[: rules["most"]]:
            reason = why(one, targets[b], words)
            if reason and _is_its_matter(targets[b], words.shared(one, targets[b]), rules.get("opening", 0)):
                found.append(Link(one.span, targets[b].span, kind, reason))
    return found


def _is_its_matter(other: Candidate, shared: Sequence[str], opening: int) -> bool:
    """Whether words are what a passage sets out with; terms, or so many words, need not be."""
    return len(shared) >= opening or any(word.startswith("=") or word in _openings(other.text) for word in shared)


_SENTENCE = re.compile("[^。！？!?\n]+")
_NUMERAL = re.compile(f"[—–－-]*[（(]?(?:{ORDINAL}[)）、是要])?[，,]?")


def _openings(text: str) -> str:
    """The clauses that open the sentences of a text, numerals left out."""
    said = (_NUMERAL.sub("", one.strip(), count=1) for one in _SENTENCE.findall(text))
    return "\n".join(CLAUSE_BREAK.split(one, maxsplit=1)[0] for one in said)


def why(one: Candidate, other: Candidate, words: Weights) -> tuple[str, ...]:
    """The words shown as the reason; of terms in two forms the longest run that both passages have."""
    most: int = load("links")["words"]
    shared = (word.lstrip("=") for word in words.shared(one, other))
    literal = [word for word in dict.fromkeys(shared) if word in one.text and word in other.text]
    return tuple(literal[:most]) or _run(one.text, other.text)


def _run(one: str, other: str) -> tuple[str, ...]:
    found = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    run = one[found.a : found.a + found.size].strip()
    return (run,) if len(run) > 1 else ()


def _near(one: Candidate, where: Mapping[str, Sequence[int]], words: Weights) -> list[int]:
    """The passages that share most of the rarest words of one: so many words as have `looked_at` places together, so
    that the time does not grow with the square; none depends on which stands first."""
    rules, seen = load("links"), 0
    shares: dict[int, float] = defaultdict(float)
    for word in sorted((word for word in one.words if word in where), key=lambda word: (len(where[word]), word)):
        seen += len(where[word])
        if seen > rules["looked_at"]:
            break
        for place in where[word]:
            shares[place] += words.words[word]
    if len(shares) <= rules["weighed"]:
        return sorted(shares)
    return [place for _, place in nsmallest(rules["weighed"], ((-share, place) for place, share in shares.items()))]


_AT_ONCE = 200  # passages a process is given at a time


def _treats(own: Packed, reports: Iterable[str], known: Container[frozenset[Span]]) -> Iterator[Link]:
    """To each passage of reports, by their ids, those it shares most with, but for those linked already."""
    rules, words = load("links")["kinds"][LinkKind.TREATS], weights(own)
    where = having(own, words.words, load("links")["looked_at"])
    places = array("I", (place for id_ in dict.fromkeys(reports) for place in own.of[id_]))

    def treats(number: int) -> list[tuple[int, tuple[str, ...]]]:
        """The places of those and why; other processes hand over nothing that is held here."""
        place = places[number]
        one, span = own[place], own.spans[place]
        others = [b for b in _near(one, where, words) if b != place and frozenset((span, own.spans[b])) not in known]
        scored = [(-words.bound(one, other), b, other) for b in others for other in (own[b],)]
        floor = max([rules["least"], *(-rules["near"] * score for score, *_ in scored)])
        near = sorted((weighed for weighed in scored if -weighed[0] >= floor), key=lambda weighed: weighed[:2])
        reasons = ((b, why(one, other, words)) for _, b, other in near[: rules["most"]])
        return [(b, reason) for b, reason in reasons if reason]

    for place, found in zip(places, in_parallel(treats, len(places), _AT_ONCE), strict=True):
        for b, reason in found:
            yield Link(own.spans[place], own.spans[b], LinkKind.TREATS, tuple(map(intern, reason)))
