"""Two reports of one body for two years that follow each other -> which of their passages correspond.

Word for word, then by likeness, first within portions that correspond by theme, role and words (rules/years.yml). The
two years exchanged, the pairs are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ..model import Figure, Role, Sentence
from ..outline.items import Item
from ..publication.publication import Publication
from ..rules import load


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A sentence, a row of a table, or the heading of an item."""

    anchor: str  # s1-2-3-4, h1-2-3
    text: str
    order: int  # in its report
    portion: int  # of its report
    role: Role  # of its section
    pairs: frozenset[str]  # of characters, digits set aside
    codes: frozenset[str]  # of the indicators it states


@dataclass(frozen=True, slots=True, eq=False)
class Portion:
    """A subsection, a section without those, or what stands outside of sections."""

    item: Item | None  # None: the opening, or the annex
    passages: tuple[Passage, ...]


def portions(publication: Publication) -> list[Portion]:
    """The opening, the sections, those with subsections by these, the annex; none of them empty."""
    report = publication.report
    groups: list[tuple[Item | None, list[tuple[str, str]]]] = [(None, list(_said(report.preamble)))]
    for part in publication.items.parts:
        below = [item for item in part.items if item.section.level == 2]
        own = [one for item in (part, *(i for i in part.items if i not in below)) for one in _within(item, part)]
        groups.append((part, own))
        groups += [(item, list(_within(item, item))) for item in below]
    groups.append((None, list(_said(report.annex))))
    codes = _codes(publication.figures)
    order = 0
    found: list[Portion] = []
    for item, said in groups:
        role = item.section.role if item else Role.OTHER
        if said or item is None:
            passages = tuple(
                Passage(anchor, words, order + n, len(found), role, _pairs_of(words), codes.get(anchor, frozenset()))
                for n, (anchor, words) in enumerate(said)
            )
            order += len(passages)
            found.append(Portion(item, passages))
    return found


def _codes(figures: Iterable[Figure]) -> dict[str, frozenset[str]]:
    """The indicators that each sentence or heading states."""
    found: dict[str, set[str]] = defaultdict(set)
    for figure in figures:
        if figure.indicator:
            found[figure.sentence].add(figure.indicator)
    return {anchor: frozenset(codes) for anchor, codes in found.items()}


def _said(sentences: Iterable[Sentence]) -> Iterator[tuple[str, str]]:
    return ((sentence.id, sentence.text) for sentence in sentences)


def _within(item: Item, portion: Item) -> Iterator[tuple[str, str]]:
    """Headings and sentences of an item, in reading order; of the portion itself only its own sentences."""
    if item is not portion and item.heading:
        yield item.anchor, item.heading.text
    yield from _said(item.own)
    for one in item.items:
        if not (item is portion and item.section.level == 1):
            yield from _within(one, portion)


# ---- likeness


def folded(text: str) -> str:
    """Without white space, whatever the width of its characters: what is read as the same."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _pairs_of(text: str) -> frozenset[str]:
    """The pairs of characters of a text, digits set aside."""
    words = re.sub(r"\d[\d,.]*", "0", folded(text))
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _one_role(one: Role, other: Role) -> bool:
    """Whether two passages may say the same of their years: what is planned is not what was done."""
    return one is other or Role.OTHER in (one, other)


def _likeness(shared: int, one: int, other: int) -> float:
    """The mean of two shares of what two texts have in common: of both, and of the shorter."""
    return shared / (one + other) + shared / (2 * min(one, other))


def portion_pairs(then: Sequence[Portion], now: Sequence[Portion]) -> dict[int, int]:
    """The portions that correspond, by number, later to earlier: the likest first, each once."""
    rules = load("years")["parts"]
    none: frozenset[str] = frozenset()
    texts = [[none.union(*(p.pairs for p in one.passages)) for one in side] for side in (then, now)]
    heads = [[_pairs_of(_heading(one)) for one in side] for side in (then, now)]
    scored = []
    for b, other in enumerate(now):
        for a, one in enumerate(then):
            if one.item is None or other.item is None:
                continue
            own, its = one.item.section, other.item.section
            if not _one_role(own.role, its.role):
                continue
            is_role = {own.role, its.role} != {Role.OTHER}
            score = _dice(heads[0][a], heads[1][b]) + _dice(texts[0][a], texts[1][b])
            score += rules["theme"] if own.theme and own.theme is its.theme else 0
            score += rules["role"] if own.level == its.level == 1 and is_role else 0
            if score >= rules["least"]:
                scored.append((score, a, b))
    # the opening with the opening, the annex with the annex
    found = {0: 0, len(now) - 1: len(then) - 1}
    for _, a, b in sorted(scored, key=lambda one: (-one[0], abs(one[1] - one[2]), one[1] + one[2], one[1])):
        if b not in found and a not in found.values():
            found[b] = a
    return found


def _heading(portion: Portion) -> str:
    return portion.item.heading.text if portion.item and portion.item.heading else ""


def passage_pairs(
    earlier: Sequence[Portion], later: Sequence[Portion], corresponding: Mapping[int, int]
) -> dict[int, Passage]:
    """The passage of the earlier report for each of the later one that has one, by its identity."""
    rules, found = load("years"), {}
    then = {id(p): p for portion in earlier for p in portion.passages}
    now = {id(p): p for portion in later for p in portion.passages}

    def take(scored: Iterable[tuple[float, Passage, Passage]]) -> None:
        for _, one, other in sorted(scored, key=_first_likest):
            if id(one) in then and id(other) in now:
                found[id(other)] = one
                del then[id(one)], now[id(other)]

    def at_home(one: Passage, other: Passage) -> bool:
        return corresponding.get(other.portion) == one.portion

    same = list(_same(then.values(), now.values()))
    take(pair for pair in same if at_home(pair[1], pair[2]))
    take(same)
    alike = list(_alike(then.values(), now.values()))
    take(pair for pair in alike if at_home(pair[1], pair[2]))
    take(pair for pair in alike if pair[0] >= rules["alike_elsewhere"])
    return found


def _first_likest(pair: tuple[float, Passage, Passage]) -> tuple[float, int, int, int]:
    """Symmetric, so that the years exchanged give the same pairs."""
    score, one, other = pair
    return -score, abs(one.order - other.order), one.order + other.order, max(one.order, other.order)


def _same(then: Iterable[Passage], now: Iterable[Passage]) -> Iterator[tuple[float, Passage, Passage]]:
    by_text: dict[str, list[Passage]] = defaultdict(list)
    for one in then:
        by_text[folded(one.text)].append(one)
    return ((1.0, one, other) for other in now for one in by_text.get(folded(other.text), ()))


def _alike(then: Iterable[Passage], now: Iterable[Passage]) -> Iterator[tuple[float, Passage, Passage]]:
    """Passages that share at least so much; those without a common pair of characters are never looked at."""
    rules = load("years")
    least, length, stated = rules["alike"], rules["least"], rules["stated"]
    passages = [one for one in then if len(one.text) >= length and one.pairs]
    sizes = [len(one.pairs) for one in passages]
    having: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(passages):
        for pair in one.pairs:
            having[pair].append(n)
    for other in now:
        size = len(other.pairs) if len(other.text) >= length else 0
        shared = Counter(chain.from_iterable(having.get(pair, ()) for pair in (other.pairs if size else ())))
        for n, count in shared.items():
            more = stated if other.codes & passages[n].codes else 0.0
            if count < (least - more) * min(size, sizes[n]):  # no likeness is more than this share
                continue
            score = _likeness(count, size, sizes[n]) + more
            one = passages[n]
            if score >= least and other.anchor[0] == one.anchor[0] and _one_role(one.role, other.role):
                yield score, one, other
