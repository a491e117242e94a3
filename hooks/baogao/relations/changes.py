"""Two reports of one body for two years that follow each other -> what stayed, changed, came and went.

Sentences correspond word for word, then by likeness, first within parts that correspond by theme, role and words
(rules/years.yml). Afterwards: every passage of either report stands in one change and no more; a report set against
itself has nothing but passages kept; the two years exchanged, what is new and what is gone are exchanged.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain

from ..ids import ANNEX, node_of, page_of
from ..model import Bound, Figure, Role, Sentence
from ..outline.items import Item
from ..publication.publication import Publication
from ..rules import load
from .bodies import successions
from .links import Link, LinkKind
from .passages import Span, planned
from .series import Difference, core, differences, is_plain, unit_of, year_of


class Fate(StrEnum):
    """What became of a passage."""

    KEPT = "kept"  # word for word; the width of marks makes no difference
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two texts set against each other."""

    sort: Fate  # kept, new or gone
    text: str


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
class Change:
    """A passage of either report and what it corresponds to."""

    sort: Fate
    then: Passage | None
    now: Passage | None
    pieces: tuple[Piece, ...] = ()  # of one changed: both texts as one


@dataclass(frozen=True, slots=True, eq=False)
class Portion:
    """A subsection, a section without those, or what stands outside of sections."""

    item: Item | None  # None: the opening, or the annex
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PortionPair:
    """Two portions that correspond, or one without a counterpart."""

    then: Portion | None
    now: Portion | None
    changes: tuple[Change, ...]  # as the later report reads; what is gone at the end


@dataclass(frozen=True, slots=True, eq=False)
class FigurePair:
    """A measure that both reports state, each for its own year."""

    then: Figure
    now: Figure
    differs: tuple[Difference, ...]  # why they may not be counted alike
    difference: Decimal | None  # now less then, where both are exact and counted alike


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """An item of the earlier plan, and the links to what the later report says of it; none where none was found."""

    span: Span
    results: tuple[Link, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Since:
    """A report and that of the year before."""

    then: Publication
    now: Publication
    parts: tuple[PortionPair, ...]  # as the later report reads; those only in the earlier one at the end
    figures: tuple[FigurePair, ...]  # as the later report reads
    plan: tuple[Planned, ...]  # as the earlier report reads

    def count(self, sort: Fate) -> int:
        """How many passages of a sort there are."""
        return sum(change.sort is sort for part in self.parts for change in part.changes)


def since_last_year(publications: Sequence[Publication], links: Sequence[Link]) -> dict[str, Since]:
    """By the id of the later report, each with the one before; of two that could be, the first."""
    meets: dict[Span, list[Link]] = defaultdict(list)
    for link in links:
        if link.kind is LinkKind.MEETS:
            meets[link.from_].append(link)
    found: dict[str, Since] = {}
    for then, now in successions(publications):
        if now.id not in found:
            found[now.id] = compared(then, now, meets)
    return found


def compared(then: Publication, now: Publication, meets: Mapping[Span, Sequence[Link]] | None = None) -> Since:
    """Two reports set side by side; `meets`: what came of the items of the plan."""
    plan = [
        Planned(span, tuple(link for link in (meets or {}).get(span, ()) if link.to.publication == now.id))
        for span in planned(then)
    ]
    return Since(then, now, _parts(then, now), tuple(_figures(then, now)), tuple(plan))


# ---- passages


def _portions(publication: Publication) -> list[Portion]:
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


def _folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _pairs_of(text: str) -> frozenset[str]:
    """The pairs of characters of a text, digits set aside."""
    words = re.sub(r"\d[\d,.]*", "0", _folded(text))
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _one_role(one: Role, other: Role) -> bool:
    """Whether two passages may say the same of their years: what is planned is not what was done."""
    return one is other or Role.OTHER in (one, other)


def _likeness(shared: int, one: int, other: int) -> float:
    """The mean of two shares of what two texts have in common: of both, and of the shorter."""
    return shared / (one + other) + shared / (2 * min(one, other))


def _corresponding(then: Sequence[Portion], now: Sequence[Portion]) -> dict[int, int]:
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


def _parts(then: Publication, now: Publication) -> tuple[PortionPair, ...]:
    earlier, later = _portions(then), _portions(now)
    corresponding = _corresponding(earlier, later)
    pairs = _matched(earlier, later, corresponding)
    met = {id(one) for one in pairs.values()}
    made = []
    for b, portion in enumerate(later):
        before = earlier[corresponding[b]] if b in corresponding else None
        changes = [_change(pairs.get(id(one)), one) for one in portion.passages]
        changes += [Change(Fate.GONE, one, None) for one in (before.passages if before else ()) if id(one) not in met]
        made.append(PortionPair(before, portion, tuple(changes)))
    for a, portion in enumerate(earlier):
        if a not in corresponding.values():
            gone = tuple(Change(Fate.GONE, one, None) for one in portion.passages if id(one) not in met)
            made.append(PortionPair(portion, None, gone))
    return tuple(part for part in made if part.changes)


def _change(then: Passage | None, now: Passage) -> Change:
    if then is None:
        return Change(Fate.NEW, None, now)
    if _folded(then.text) == _folded(now.text):
        return Change(Fate.KEPT, then, now)
    return Change(Fate.CHANGED, then, now, pieces(then.text, now.text))


def _matched(
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
        by_text[_folded(one.text)].append(one)
    return ((1.0, one, other) for other in now for one in by_text.get(_folded(other.text), ()))


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


# ---- words


_TOKEN = re.compile(r"\d[\d,.，]*\d%?|\d%?|[A-Za-z]+|.", re.S)
_LONG = 3000  # tokens of both beyond which two texts are told as wholes: the time grows with their product


def pieces(then: str, now: str) -> tuple[Piece, ...]:
    """Two texts as one: what is gone before what is new. What is kept reads as it does now."""
    a, b = _TOKEN.findall(then), _TOKEN.findall(now)
    if len(a) + len(b) > _LONG:
        return (Piece(Fate.GONE, then), Piece(Fate.NEW, now))
    before, after = ([unicodedata.normalize("NFKC", token) for token in side] for side in (a, b))
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    least = load("years")["kept_run"]
    made: list[Piece] = []
    gone, new = "", ""
    for n, (name, a1, a2, b1, b2) in enumerate(codes):
        kept = name == "equal"
        # a run too short to read as kept, between two changes, is part of them
        if kept and (len("".join(b[b1:b2])) >= least or n in (0, len(codes) - 1)):
            made += _flush(gone, new)
            made.append(Piece(Fate.KEPT, "".join(b[b1:b2])))
            gone, new = "", ""
        else:
            gone, new = gone + "".join(a[a1:a2]), new + "".join(b[b1:b2])
    return (*made, *_flush(gone, new))


def _flush(gone: str, new: str) -> list[Piece]:
    return [piece for piece in (Piece(Fate.GONE, gone), Piece(Fate.NEW, new)) if piece.text]


# ---- figures


def _figures(then: Publication, now: Publication) -> Iterator[FigurePair]:
    """By the code of the indicator, then by what is measured; a measure that could mean two figures is left out."""
    earlier, later = _own(then), _own(now)
    pairs: dict[str, Figure] = {}
    for by in (_by_indicator, _by_subject):
        before = _grouped(earlier, then, by)
        for key, group in _grouped(later, now, by).items():
            olds = [one for one in before.get(key, []) if one.id not in {p.id for p in pairs.values()}]
            news = [one for one in group if one.id not in pairs]
            pairs |= dict(_unambiguous(olds, news, then, now))
    for figure in later:
        if figure.id in pairs:
            yield _pair(pairs[figure.id], figure, then, now)


def _own(publication: Publication) -> list[Figure]:
    """What a report states for its own year; not what its plan or its annex says."""
    return [
        one
        for one in publication.figures
        if is_plain(one)
        and year_of(one, publication) == publication.year_reviewed
        and one.role is not Role.PLAN
        and page_of(node_of(one.sentence)) != ANNEX
    ]


def _by_indicator(figure: Figure, publication: Publication) -> str:
    return figure.indicator


def _by_subject(figure: Figure, publication: Publication) -> str:
    if figure.indicator:
        return ""
    words = core(figure, publication)
    return f"{words} {unit_of(figure)} {figure.kind} {figure.role}" if len(words) > 1 else ""


def _grouped(
    figures: Iterable[Figure], publication: Publication, by: Callable[[Figure, Publication], str]
) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if key := by(figure, publication):
            found[key].append(figure)
    return found


def _unambiguous(
    olds: Sequence[Figure], news: Sequence[Figure], then: Publication, now: Publication
) -> Iterator[tuple[str, Figure]]:
    """Those counted alike, each with one only; else the only two."""
    alike = [(old, new) for new in news for old in olds if not differences(old, then, new, now)]
    once = [
        (old, new)
        for old, new in alike
        if sum(a is old for a, _ in alike) == 1 and sum(b is new for _, b in alike) == 1
    ]
    if once:
        yield from ((new.id, old) for old, new in once)
    elif len(olds) == len(news) == 1:
        yield news[0].id, olds[0]


def _pair(old: Figure, new: Figure, then: Publication, now: Publication) -> FigurePair:
    differs = differences(old, then, new, now)
    exact = old.bound is new.bound is Bound.EXACT
    values = isinstance(old.value, Decimal) and isinstance(new.value, Decimal)
    if differs or not exact or not values or old.doubt or new.doubt:
        return FigurePair(old, new, differs, None)
    assert isinstance(old.value, Decimal) and isinstance(new.value, Decimal)
    return FigurePair(old, new, differs, new.value - old.value)
