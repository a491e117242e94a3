"""Passages -> how strongly two of them are bound by the words they share, and which words those are.

A word weighs by how few passages have it, among those counted once for all (rules/usage.yml) and among those at hand.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..rules import load
from .passages import Candidate, usage, words_of


@dataclass(frozen=True, slots=True)
class Weights:
    """How much words weigh among some passages."""

    words: Mapping[str, float]  # those that weigh anything

    def bound(self, one: Candidate, other: Candidate) -> float:
        """How strongly two passages are bound; 0.0 where they share nothing."""
        shared = self.shared(one, other)
        if not shared:
            return 0.0
        rules = load("links")["weights"]
        weight = sum(self.words[word] * (1 + rules["length"] * (len(_bare(word)) - 2)) for word in shared)
        longer = max(1.0, len(one.words) / rules["short"]) * max(1.0, len(other.words) / rules["short"])
        theme: float = rules["theme"] if one.theme and one.theme is other.theme else 0.0
        return float(weight / math.pow(longer, rules["long"])) + theme

    def shared(self, one: Candidate, other: Candidate) -> list[str]:
        """The words both have, the weightiest first; none that is part of another."""
        both = frozenset(other.words)
        common = [word for word in one.words if word in both and word in self.words]
        if len(common) < 2:
            return common
        found = sorted(common, key=lambda word: (-self.words[word], word))
        bare = {_bare(word) for word in found}
        whole = {word for word in bare if not any(word != longer and word in longer for longer in bare)}
        return [word for word in found if _bare(word) in whole and not (word in whole and f"={word}" in found)]


def _bare(word: str) -> str:
    """A word without the mark of a term."""
    return word.removeprefix("=")


def weights(passages: Sequence[Candidate]) -> Weights:
    """The weights of the words of passages: the mean of both rarities, less what common words have."""
    here = Counter(word for passage in passages for word in passage.words)
    known, counted, rules = usage(), load("usage")["of"], load("links")["weights"]
    found = {}
    for word, count in here.items():
        everywhere = math.log(counted / _count(word, known, rules["unknown"]))
        weight = (everywhere + math.log(1 + len(passages) / count)) / 2 - rules["common"]
        if weight > 0:
            found[word] = weight
    return Weights(found)


def _count(word: str, known: Mapping[str, int], unknown: int) -> int:
    """In how many passages counted a word stands; of a term that is none, how many its rarest word."""
    if word in known or not word.startswith("="):
        return known.get(word, unknown)
    return min((known[part] for part in words_of(_bare(word)) if part in known), default=unknown)


def having(passages: Iterable[Candidate], words: Container[str], most: int) -> dict[str, array[int]]:
    """Which passages have a word that weighs, by their places; of a word that more than `most` have nothing."""
    found: dict[str, array[int]] = {}
    for place, passage in enumerate(passages):
        for word in passage.words:
            if word in words:
                if word not in found:
                    found[word] = array("I")
                if len(found[word]) <= most:
                    found[word].append(place)
    return {word: places for word, places in found.items() if len(places) <= most}
