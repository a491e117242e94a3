"""Two reports of one body for two years that follow each other -> what stayed, changed, came and went.

Afterwards: every passage of either report stands in one change and no more; a report set against itself has nothing but
passages kept; the two years exchanged, what is new and what is gone are exchanged.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from ..publication.publication import Publication
from ..rules import load
from .bodies import successions
from .correspondence import Passage, Portion, folded, passage_pairs, portion_pairs, portions
from .figure_pairs import FigurePair, figure_pairs
from .links import Link, LinkKind
from .passages import Span, planned


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
class Change:
    """A passage of either report and what it corresponds to."""

    sort: Fate
    then: Passage | None
    now: Passage | None
    pieces: tuple[Piece, ...] = ()  # of one changed: both texts as one


@dataclass(frozen=True, slots=True, eq=False)
class PortionPair:
    """Two portions that correspond, or one without a counterpart."""

    then: Portion | None
    now: Portion | None
    changes: tuple[Change, ...]  # as the later report reads; what is gone at the end


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
    return Since(then, now, _parts(then, now), tuple(figure_pairs(then, now)), tuple(plan))


def _parts(then: Publication, now: Publication) -> tuple[PortionPair, ...]:
    earlier, later = portions(then), portions(now)
    corresponding = portion_pairs(earlier, later)
    pairs = passage_pairs(earlier, later, corresponding)
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
    if folded(then.text) == folded(now.text):
        return Change(Fate.KEPT, then, now)
    return Change(Fate.CHANGED, then, now, pieces(then.text, now.text))


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
