"""Figures against a gold file: the rules of matching, for tests and for reading the differences by eye."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from baogao.model import Figure


@dataclass(frozen=True)
class Score:
    """What was found, missed and made up. Optional lines and allowed extras count for neither side."""

    hits: tuple[tuple[Figure, dict[str, Any]], ...]
    missed: tuple[dict[str, Any], ...]
    false: tuple[Figure, ...]

    @property
    def f1(self) -> float:
        hits = sum(not gold.get("optional") for _, gold in self.hits)
        return 2 * hits / (2 * hits + len(self.missed) + len(self.false))

    @property
    def subjects(self) -> float:
        """Mean character F1 of the subjects of the facts found."""
        marks = [characters(figure.subject, gold["subject_zh"]) for figure, gold in self.hits]
        return sum(marks) / len(marks)

    def __str__(self) -> str:
        head = f"F1 {self.f1:.3f}, subjects {self.subjects:.3f}"
        missed = (f"missed: {g['quote']} in {g['context']} ({g['bound']} {g['kind']})" for g in self.missed)
        false = (f"false: {f.quote} = {f.value} {f.unit} {f.bound} {f.kind} {f.subject}" for f in self.false)
        return "\n".join([head, *missed, *false])


def characters(ours: str, gold: str) -> float:
    """F1 of the characters of two names, in any order."""
    shared = sum((Counter(ours) & Counter(gold)).values())
    return 2 * shared / (len(ours) + len(gold)) if ours or gold else 1.0


def read_gold(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line, parse_float=Decimal) for line in path.read_text(encoding="utf-8").splitlines()]


Gold = list[dict[str, Any]]


def score(figures: tuple[Figure, ...], gold: Gold, allowed: frozenset[str] = frozenset()) -> Score:
    """Each gold line is matched once: spans overlap, value, unit, bound and kind are equal.

    An optional line that is overlapped but read differently is neither a hit nor a false fact.
    """
    left, hits, false = list(gold), [], []
    for figure in figures:
        line = next((line for line in left if _is_match(figure, line)), None)
        if line:
            left.remove(line)
            hits.append((figure, line))
        elif figure.quote not in allowed and not any(line.get("optional") and _overlap(figure, line) for line in left):
            false.append(figure)
    missed = [line for line in left if not line.get("optional") and line["quote"] not in allowed]
    return Score(tuple(hits), tuple(missed), tuple(false))


def _overlap(figure: Figure, line: dict[str, Any]) -> bool:
    return bool(figure.start < line["offset"] + len(line["quote"]) and line["offset"] < figure.end)


def _is_match(figure: Figure, line: dict[str, Any]) -> bool:
    value = tuple(map(Decimal, line["value"])) if isinstance(line["value"], list) else Decimal(line["value"])
    return _overlap(figure, line) and (figure.value, figure.unit, figure.bound, figure.kind) == (
        value,
        line["unit"],
        line["bound"],
        line["kind"],
    )
