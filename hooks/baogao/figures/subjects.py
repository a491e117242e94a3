"""text and its Quantities -> what each of them measures, as a noun phrase made of the report's own words.

What a clause says is completed by what the passage has spoken of so far. Where the grammar gives no phrase for sure,
there is no name, and the clause in the report's own words stands for it: a wrong name is quoted, none is looked up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..model import Doubt, Kind, Printed, Quantity
from .changes import change_of
from .clauses import Spot, spots
from .discourse import Discourse, Telling
from .levels import level_of
from .matters import mentions_of
from .phrases import is_measured, is_whole, stands
from .respectively import respectively
from .shares import share_of, shared_of
from .trimming import trim, without_examples

WAS = "原"  # before what is said of the number that was
_LEADER = re.compile("[^，,。；;：:0-9]{0,20}?(?:负责人|负责同志|书记、[区县市镇乡州]长|书记|[区县市镇乡州局]长)")
_ALL = re.compile("(?<![平人])[均都](?:为|达到?|是|在)*$")


@dataclass(frozen=True, slots=True)
class Name:
    """What a number measures."""

    subject: str  # stands alone; empty where no phrase is sure
    things: tuple[str, ...] = ()  # each of those one number is stated for, where there are several
    doubt: Doubt | None = None
    said: str = ""  # the words it is made of, in the order of the report: what rules match
    clause: Printed | None = None  # in the report's own words, where there is no subject


class Topic:
    """What the sentences of a node have been speaking of, and the names of their quantities."""

    def __init__(self, matter: str = "") -> None:
        self._so_far = Discourse(matter)  # the matter that the headings above name

    def name(self, text: str, quantities: tuple[Quantity, ...]) -> list[Name]:
        """The names of the quantities of one sentence; to be called for each sentence in its order."""
        so_far, found = self._so_far, _LEADER.match(text)
        so_far.sentence += 1
        so_far.leader = trim(found[0]) if found else ""
        all_spots = spots(text, quantities)
        things, bases = respectively(all_spots)
        mentions = mentions_of(text) if quantities else []
        names, read = [], 0
        for n, spot in enumerate(all_spots):
            while read < len(mentions) and mentions[read][0] <= spot.end:
                so_far.matter, so_far.matter_in = mentions[read][1], so_far.sentence
                read += 1
            so_far.carried = False
            if n and all_spots[n - 1].former:  # 由2分提高到3分: the second is what the first was
                names.append(_named(so_far, spot, so_far.last, ()))
            else:
                names.append(_named(so_far, spot, *_told(so_far, spot, things.get(n, ""), bases.get(n, ""))))
        return names


def _named(so_far: Discourse, spot: Spot, told: Telling, things: tuple[str, ...]) -> Name:
    """The name, if it stands, and what was told kept for the next."""
    quantity = spot.quantity
    subject = told.subject if stands(told.subject) or (things and is_whole(told.subject)) else ""
    kept = replace(told, subject=subject, unit=quantity.unit, dimension=quantity.dimension, sentence=so_far.sentence)
    if quantity.kind is not Kind.CHANGE:
        if quantity.kind is Kind.LEVEL and told.clause.thing and not is_measured(told.clause.thing):
            so_far.whole = so_far.whole if spot.inside and so_far.whole.said else kept
        so_far.last = kept
    if spot.former and subject:
        subject = f"{subject}（{spot.latter}前）" if spot.latter else ""
    doubt = Doubt.UNNAMED if not subject else Doubt.CARRIED if so_far.carried else None
    said = (WAS if spot.former else "") + told.said
    return Name(subject, things, doubt, said, None if subject else spot.clause)


def _told(so_far: Discourse, spot: Spot, listed: str, against: str) -> tuple[Telling, tuple[str, ...]]:
    """`listed`: its own thing, where 分别 gives it one; `against`: the year that 分别 sets it against."""
    kind, head = spot.quantity.kind, without_examples(spot.head, spot.tail)
    if kind is Kind.SHARE and _ALL.search(head) and not listed:
        shared = shared_of(so_far, head)
        if shared:
            return shared
    if kind is Kind.CHANGE:
        return change_of(so_far, spot, listed or spot.head, against), ()
    if kind is Kind.SHARE:
        return share_of(so_far, spot, listed or spot.head), ()
    return level_of(so_far, spot, listed or head), ()
