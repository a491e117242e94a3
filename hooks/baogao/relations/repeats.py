"""Passages -> the runs of characters that two of them have word for word, and that are no formula of the genre.

Marks and white space stand in no run: 制度“三统一” is said again by 制度三统一. They are found by the positions of
stretches as long as the shortest run, so that the time grows with the text. Afterwards: a run can be made longer at
neither end; what a passage prints of it begins and ends with a character of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..rules import load
from .passages import Candidate, Span


@dataclass(frozen=True, slots=True)
class Repeat:
    """The longest run that two passages have."""

    later: int  # place of the passage
    earlier: int
    said_later: str  # the run as printed there
    said_earlier: str


@dataclass(frozen=True, slots=True)
class _Bare:
    """A text without its marks and spaces."""

    text: str
    places: tuple[int, ...]  # of each character in the text it is of


_KEPT = re.compile(r"\w")


def _bare(text: str) -> _Bare:
    places = tuple(place for place, character in enumerate(text) if _KEPT.match(character))
    return _Bare("".join(text[place] for place in places), places)


def repeats(passages: Sequence[Candidate]) -> list[Repeat]:
    """Of each passage and each before it that has a run of it, the longest; the nearest passage first. What lies
    in both of two passages of a report is said once."""
    rules = load("links")["repeats"]
    least, most = rules["least"], rules["common"]
    bare = [_bare(passage.text) for passage in passages]
    before: dict[str, list[tuple[int, int]]] = defaultdict(list)
    found = []
    for later, one in enumerate(bare):
        longest: dict[int, tuple[int, int, int]] = {}  # length and both starts, by the earlier passage
        reached: dict[tuple[int, int], int] = {}  # by passage and difference of the starts, how far a run goes
        for at in range(len(one.text) - least + 1):
            places = before[one.text[at : at + least]]
            for earlier, start in places if len(places) <= most else ():
                if earlier == later or reached.get((earlier, start - at), 0) > at:
                    continue
                back = _together(one.text[:at][::-1], bare[earlier].text[:start][::-1])
                length = back + _together(one.text[at:], bare[earlier].text[start:])
                reached[earlier, start - at] = at - back + length
                if length > longest.get(earlier, (0,))[0] and not is_formula(one.text[at - back : at - back + length]):
                    longest[earlier] = length, at - back, start - back
        for at in range(len(one.text) - least + 1):
            before[one.text[at : at + least]].append((later, at))
        for earlier in sorted(
            (n for n in longest if not _overlap(passages[later].span, passages[n].span)), reverse=True
        ):
            length, at, start = longest[earlier]
            said = (_printed(passages[n].text, bare[n], a, length) for n, a in ((later, at), (earlier, start)))
            found.append(Repeat(later, earlier, *said))
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one.publication == other.publication and one.start < other.end and other.start < one.end


def _together(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _printed(text: str, bare: _Bare, at: int, length: int) -> str:
    return text[bare.places[at] : bare.places[at + length - 1] + 1]


@cache
def _formulas() -> re.Pattern[str]:
    return re.compile("|".join(row["match"] for row in load("links")["repeats"]["formulas"]))


def is_formula(run: str) -> bool:
    """Whether too little is left of a run without the formulas in it."""
    left: int = load("links")["repeats"]["left"]
    return len(_formulas().sub("", run)) < left
