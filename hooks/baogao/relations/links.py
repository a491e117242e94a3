"""Publications -> links between their passages: what a plan answers, what came of it, where else a matter is treated.

A passage is a numbered item; where nothing is numbered, a sentence, of shortcomings and plans a part between
semicolons. Two are linked by the words they share, weighed by how few passages have them, terms and a common theme on
top (rules/links.yml). Afterwards: a span begins in its anchor, the words shown stand in both passages, the links do not
depend on the order of the publications, but for their own order.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ..ids import report_id
from ..model import Part, Role, Section, Sentence, Theme
from ..outline.themes import theme_of
from ..patterns import HAN
from ..processes import shared as in_parallel
from ..publication.publication import Publication
from ..readers.particulars import split_place
from ..rules import load
from ..translation.terms import find_terms


class LinkKind(StrEnum):
    """What one passage is to another."""

    ANSWERS = "answers"  # a shortcoming, and the item of the same report's plan that deals with it
    MEETS = "meets"  # an item of a plan, and what the next year's report of the place says of it
    TREATS = "treats"  # a section or item, and another with the same theme and words, in any report


@dataclass(frozen=True, slots=True)
class Span:
    """A passage."""

    publication: str  # id of the report
    anchor: str  # of the heading (h3-0-1), else of its first sentence (s4-1)
    start: int  # in the file: source.text[start:end] is the passage
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """Two passages and why they belong together."""

    from_: Span
    to: Span
    kind: LinkKind
    why: tuple[str, ...]  # the words both have, the weightiest first


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A passage that may be linked."""

    span: Span
    text: str
    runs: tuple[str, ...]  # the Chinese of the text without what says nothing of the matter
    features: tuple[str, ...]  # the pairs of characters of the runs, and the terms after =; sorted, each once
    role: Role
    theme: Theme | None
    section: bool  # a subsection with all below it; linked with its like only


# ---- passages


def planned(publication: Publication) -> Iterator[Span]:
    """The items of a report's plan, in reading order: what links of what came of it start from."""
    for section, start, end, anchor, whole in _stretches(publication):
        if section.role is Role.PLAN and not whole:
            yield Span(publication.id, anchor, start, end)


def _passages(publication: Publication) -> Iterator[_Candidate]:
    """The items and sentences of a report, and its subsections, in reading order."""
    return (_passage(publication, *stretch) for stretch in _stretches(publication))


def _stretches(publication: Publication) -> Iterator[tuple[Section, int, int, str, bool]]:
    """Node, start, end and anchor of each passage, and whether it is a whole subsection."""
    for section in publication.report.walk():
        if section.level == 2:
            yield section, section.start, section.end, section.anchor, True
        if section.level > 2 and not section.sections:
            yield section, section.start, section.end, section.anchor, False
            continue
        for sentence, start, end in _parts(section):
            yield section, start, end, sentence, False


def _passage(publication: Publication, section: Section, start: int, end: int, anchor: str, whole: bool) -> _Candidate:
    text = publication.report.source.text[start:end]
    numbered = section.start == start
    theme = section.theme if numbered else theme_of("", (text,)) or section.theme
    runs = _runs(text, place_names(publication))
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    terms = {f"={use.term.zh}" for use in find_terms(text, publication.terms)}
    span = Span(publication.id, anchor, start, end)
    return _Candidate(span, text, runs, tuple(sorted(pairs | terms)), section.role, theme, whole)


_AT_ONCE = 200  # passages a process is given at a time
_LISTED = (Role.SHORTCOMINGS, Role.PLAN)
_DASHED = re.compile("[—–－-]{1,2}")
_PART = re.compile("[^；;]+[；;]?")


def _parts(section: Section) -> Iterator[tuple[str, int, int]]:
    """The sentences of a section: anchor, start, end. One after a dash takes in those behind it in its paragraph."""
    sentences = [one for one in section.sentences if one.part is Part.SENTENCE]
    dashed = any(_DASHED.match(one.text) for one in sentences)
    for group in _by_dash(sentences) if dashed else ([one] for one in sentences):
        if section.role in _LISTED and len(group) == 1:
            yield from _split(group[0])
        else:
            yield group[0].id, group[0].start, group[-1].end


def _by_dash(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for one in sentences:
        if group and (_DASHED.match(one.text) or one.paragraph != group[0].paragraph):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _split(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    for part in _PART.finditer(sentence.text):
        if part[0].strip():
            yield sentence.id, sentence.start + part.start(), sentence.start + part.end()


# ---- words


def _words(name: str) -> list[str]:
    return sorted(set(load("links")[name].split()), key=lambda word: (-len(word), word))


@cache
def _cut() -> re.Pattern[str]:
    """Words that stay whole, else what a text is cut at."""
    keep, stop = ("|".join(map(re.escape, _words(name))) for name in ("keep", "stop"))
    return re.compile(f"(?P<keep>{keep})|{stop}|[{load('links')['part']}]")


_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")


def _runs(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The runs of Chinese characters between marks, digits, stop words and the names of the place."""
    for name in names:
        text = text.replace(name, " " * len(name))
    return tuple(_HAN_RUN.findall(_cut().sub(lambda met: met["keep"] or " ", text)))


def place_names(publication: Publication) -> tuple[str, ...]:
    """The place as printed, and without its last character where two are left: 清河区, 清河."""
    parts = _place(publication)
    return (*parts, *(part[:-1] for part in parts if len(part) > 2))


def _shared(one: _Candidate, other: _Candidate) -> list[str]:
    """The longest words that both passages have, each once, in the order of the first; none that is part of another."""
    opening, closing = load("links")["opening"], load("links")["closing"]
    found = (word.lstrip(opening).rstrip(closing) for run in one.runs for word in _common(run, other.text))
    words = [word for word in dict.fromkeys(found) if len(word) > 1]
    return [word for word in words if not any(word != longer and word in longer for longer in words)]


def _common(run: str, text: str) -> list[str]:
    """The stretches of a run that stand in a text, in order, the longer before the shorter that overlaps it."""
    starts = [at for at in range(len(run) - 1) if run[at : at + 2] in text]
    lengths = {at: _length(run[at:], text) for at in starts}
    taken: list[tuple[int, int]] = []
    for at in sorted(starts, key=lambda at: (-lengths[at], at)):
        if all(at + lengths[at] <= start or end <= at for start, end in taken):
            taken.append((at, at + lengths[at]))
    return [run[start:end] for start, end in sorted(taken)]


def _length(run: str, text: str) -> int:
    """How much of the beginning of a run stands in a text."""
    length = 2
    while length < len(run) and run[: length + 1] in text:
        length += 1
    return length


@dataclass(frozen=True, slots=True)
class _Weights:
    """How much words weigh among the passages of all reports."""

    features: Mapping[str, float]
    length: float  # features of an item on average

    def bound(self, one: _Candidate, other: _Candidate, shared: float) -> float:
        """How strongly two passages are bound by the words and terms they share, of that weight, and their theme."""
        if not shared:
            return 0.0
        rules = load("links")
        longer = max(1.0, len(one.features) / self.length) * max(1.0, len(other.features) / self.length)
        theme: float = rules["theme"] if one.theme and one.theme is other.theme else 0.0
        return shared / math.pow(longer, rules["long"]) + theme

    def why(self, one: _Candidate, other: _Candidate) -> tuple[str, ...]:
        """The words shared, the weightiest first."""
        weigh = {
            word: sum(self.features.get(word[at : at + 2], 0.0) for at in range(len(word) - 1))
            for word in _shared(one, other)
        }
        return tuple(sorted(weigh, key=lambda word: -weigh[word])[: load("links")["words"]])


def _weights(passages: Sequence[_Candidate]) -> _Weights:
    """To each feature log(1 + items / items that have it); one that only subsections have counts as if one item had."""
    items = [passage for passage in passages if not passage.section]
    counts = Counter(word for item in items for word in item.features)
    words = {word for passage in passages for word in passage.features}
    rarity = {word: math.log(1 + len(items) / max(1, counts[word])) for word in words}
    term: float = load("links")["term"]
    length = counts.total() / max(1, len(items))
    return _Weights({w: r * term if w[0] == "=" else r for w, r in rarity.items()}, max(1.0, length))


# ---- links


def links(publications: Sequence[Publication]) -> tuple[Link, ...]:
    """Every link: answers, then what plans came to, then what else is treated, each in reading order."""
    by_report = {publication.id: list(_passages(publication)) for publication in publications}
    passages = [passage for of_report in by_report.values() for passage in of_report]
    weights = _weights(passages)
    found: list[Link] = []
    for of_report in by_report.values():
        found += _best(_with(of_report, Role.SHORTCOMINGS), _with(of_report, Role.PLAN), LinkKind.ANSWERS, weights)
    for publication, following in successions(publications):
        plan = _with(by_report[publication.id], Role.PLAN)
        results = _with(by_report[following.id], Role.RESULTS, Role.LEADERS)
        found += _best(plan, results, LinkKind.MEETS, weights)
    return (*found, *_treats(passages, weights, {_ends(link) for link in found}))


def _with(passages: Iterable[_Candidate], *roles: Role) -> list[_Candidate]:
    return [passage for passage in passages if passage.role in roles and not passage.section]


def _ends(link: Link) -> frozenset[Span]:
    return frozenset((link.from_, link.to))


def _place(publication: Publication) -> list[str]:
    return split_place(publication.given("place"))


def body_id(publication: Publication) -> str:
    """What the reports of one body and kind in all its years share: their ids without the year."""
    return report_id(publication.report, _place(publication)[-1], "0").removesuffix("-0")


def successions(publications: Sequence[Publication]) -> Iterator[tuple[Publication, Publication]]:
    """The reports of one body for two years that follow each other."""
    dated = [one for one in publications if one.year and one.given("place")]
    by_year: dict[tuple[str, int], list[Publication]] = defaultdict(list)
    for one in dated:
        by_year[body_id(one), int(one.year)].append(one)
    for one in dated:
        for other in by_year.get((body_id(one), int(one.year) + 1), ()):
            if same_place(one, other):
                yield one, other


def same_place(one: Publication, other: Publication) -> bool:
    """Whether neither page names a superior place that the other contradicts."""
    return all(a == b for a, b in zip(reversed(_place(one)), reversed(_place(other)), strict=False))


def _best(
    sources: Sequence[_Candidate], targets: Sequence[_Candidate], kind: LinkKind, weights: _Weights
) -> list[Link]:
    """The pairs that weigh enough, and not much less than the best pair of either end."""
    rules = load("links")["kinds"][kind]
    having: dict[str, list[int]] = defaultdict(list)
    for b, target in enumerate(targets):
        for word in target.features:
            having[word].append(b)
    scores = [
        {b: weights.bound(source, targets[b], shared) for b, shared in _shares(source, having.get, weights).items()}
        for source in sources
    ]
    best: dict[int, float] = defaultdict(float)
    for of_source in scores:
        for b, score in of_source.items():
            best[b] = max(best[b], score)
    found = []
    for source, of_source in zip(sources, scores, strict=True):
        floor = max([rules["least"], *(rules["near"] * score for score in of_source.values())])
        near = [b for b, score in of_source.items() if score >= max(floor, rules["near"] * best[b])]
        for b in sorted(near, key=lambda b: (-of_source[b], b))[: rules["most"]]:
            if why := weights.why(source, targets[b]):
                found.append(Link(source.span, targets[b].span, kind, why))
    return found


def _shares(one: _Candidate, having: Callable[[str], list[int] | None], weights: _Weights) -> dict[int, float]:
    """Of each passage that shares a word with one, how much that weighs. A word too many have binds none."""
    common: int = load("links")["common"]
    shared: dict[int, float] = defaultdict(float)
    for word in one.features:
        others = having(word) or ()
        for other in others if len(others) <= common else ():
            shared[other] += weights.features[word]
    return shared


def _treats(passages: Sequence[_Candidate], weights: _Weights, known: set[frozenset[Span]]) -> Iterator[Link]:
    """To each passage with a theme those of the same theme it shares most with, but for those linked already."""
    rules = load("links")["kinds"][LinkKind.TREATS]
    alike = _alike(passages)

    def treats(number: int) -> list[Link]:
        one = passages[number]
        scored = [
            (weights.bound(one, other, shared), other)
            for other, shared in _sharing(one, passages, alike, weights)
            if _apart(one.span, other.span) and frozenset((one.span, other.span)) not in known
        ]
        floor = max([rules["least"], *(rules["near"] * score for score, _ in scored)])
        near = sorted((pair for pair in scored if pair[0] >= floor), key=_first_best)
        reasons = ((other, weights.why(one, other)) for _, other in near[: rules["most"]])
        return [Link(one.span, other.span, LinkKind.TREATS, why) for other, why in reasons if why]

    for found in in_parallel(treats, len(passages), _AT_ONCE):
        yield from found


def _first_best(scored: tuple[float, _Candidate]) -> tuple[float, str, int, int]:
    span = scored[1].span
    return -scored[0], span.publication, span.start, span.end


_Alike = dict[tuple[Theme | None, bool, str], list[int]]


def _alike(passages: Sequence[_Candidate]) -> _Alike:
    """The passages of a theme that have a feature, by their places: sections and items apart."""
    found: _Alike = defaultdict(list)
    for place, passage in enumerate(passages):
        for word in passage.features if passage.theme else ():
            found[passage.theme, passage.section, word].append(place)
    return found


def _sharing(
    one: _Candidate, passages: Sequence[_Candidate], alike: _Alike, weights: _Weights
) -> Iterator[tuple[_Candidate, float]]:
    """The passages of its theme that share with one what may be enough, and how much that weighs."""
    if not one.theme:
        return
    enough = load("links")["kinds"][LinkKind.TREATS]["least"] - load("links")["theme"]  # length only takes away
    for place, weight in _shares(one, lambda word: alike.get((one.theme, one.section, word)), weights).items():
        if weight >= enough:
            yield passages[place], weight


def _apart(one: Span, other: Span) -> bool:
    return one.publication != other.publication or one.end <= other.start or other.end <= one.start
