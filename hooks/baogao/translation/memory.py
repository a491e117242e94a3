"""Reviewed English of earlier reports -> what a new file to translate begins with.

The very same Chinese brings its English as a draft; Chinese that resembles it brings it as fuzzy, with the Chinese it
was made for, so that a translator sees what differs. Each says in a comment where it is from. A unit that has any
English keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from .po import Entry, State, Translation, Unit, same_text, sort_of

ALIKE = 0.8  # SequenceMatcher's ratio: two thirds of a sentence and a few words more
_SHORTEST = 6  # characters: shorter ones are alike by chance


@dataclass(frozen=True, slots=True)
class Known:
    """A unit of an earlier report, reviewed."""

    sort: str  # of unit: a sentence takes that of a sentence
    chinese: str
    english: str
    place: str  # qinghe-2022 s1-2-3


@dataclass(frozen=True, slots=True)
class Recalled:
    """A translation with what was known put in, and how much that was."""

    translation: Translation
    same: int
    alike: int


def reviewed(translations: Iterable[Translation]) -> tuple[Known, ...]:
    """What the translations hold that somebody has reviewed, in their order."""
    return tuple(
        Known(sort_of(id_), entry.source, entry.english, f"{one.report} {id_}")
        for one in translations
        for id_, entry in (one.entries or {}).items()
        if entry.state is State.REVIEWED
    )


def recalled(units: Sequence[Unit], own: Translation, memory: Sequence[Known]) -> Recalled:
    """The translation with the units that have no English filled from the memory, where it has them."""
    entries, counts = dict(own.entries or {}), {State.DRAFT: 0, State.CHANGED: 0}
    for unit in units:
        if (before := entries.get(unit.id)) and before.english:
            continue
        found = _found(unit, [one for one in memory if one.sort == sort_of(unit.id)])
        if found is None:
            continue
        state = State.DRAFT if same_text(found.chinese, unit.text) else State.CHANGED
        previous = found.chinese if state is State.CHANGED else ""
        entries[unit.id] = Entry(unit.text, found.english, state, f"from {found.place}", previous)
        counts[state] += 1
    return Recalled(replace(own, entries=entries), counts[State.DRAFT], counts[State.CHANGED])


def _found(unit: Unit, memory: Sequence[Known]) -> Known | None:
    """The same Chinese, the latest first; else the most alike."""
    same = next((one for one in reversed(memory) if same_text(one.chinese, unit.text)), None)
    if same or len(unit.text) < _SHORTEST:
        return same
    matcher, best, most = SequenceMatcher(None, "", unit.text, autojunk=False), None, ALIKE
    for one in memory:
        matcher.set_seq1(one.chinese)
        if matcher.real_quick_ratio() >= most and matcher.quick_ratio() >= most and (ratio := matcher.ratio()) >= most:
            best, most = one, ratio
    return best
