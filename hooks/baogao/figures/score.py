"""Figures against labels made by hand: strict F1, and how near the subjects are to those a person gives.

A fact is right where the spans overlap and value, unit, bound and kind are equal; each label is matched once. A label
may be optional: taken or left, or read differently, it counts for neither side. A subject's mark is the F1 of its
characters against the label's, in any order.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ..handwritten import read_json, text_of
from ..model import Bound, Figure, Finding, Kind, ReportError
from ..outline.words import lexicon
from ..patterns import longest
from ..rules import load

_DANGLING = re.compile("^(其中|其|该|此|同比|环比|较上年)")


@dataclass(frozen=True, slots=True)
class Label:
    """What a person read: a line of a labels file."""

    quote: str  # as printed
    context: str  # a longer piece that holds it and stands once in the report
    offset: int  # of the quote in the decoded file
    value: Decimal | tuple[Decimal, Decimal]
    unit: str
    bound: Bound
    kind: Kind
    subject: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """What was found, missed and made up."""

    hits: tuple[tuple[Figure, Label], ...]
    missed: tuple[Label, ...]
    false: tuple[Figure, ...]

    @property
    def f1(self) -> float:
        """Of the facts; 1.0 where there is neither a label nor a figure."""
        hits = sum(not label.optional for _, label in self.hits)
        wrong = len(self.missed) + len(self.false)
        return 2 * hits / (2 * hits + wrong) if hits + wrong else 1.0

    @property
    def subjects(self) -> float:
        """Mean mark of the subjects of the facts found; 1.0 where there is none."""
        marks = [characters(figure.subject or figure.said, label.subject) for figure, label in self.hits]
        return sum(marks) / len(marks) if marks else 1.0

    @property
    def dangling(self) -> tuple[Figure, ...]:
        """Facts found whose subject does not stand alone: it begins with 其, 该, 同比."""
        return tuple(figure for figure, _ in self.hits if _DANGLING.match(figure.subject))


@dataclass(frozen=True, slots=True)
class NameLabel:
    """What a reader who has not seen the program accepts as the name of a figure: a line of tests/names.jsonl."""

    id: str  # of the figure
    accepted: tuple[str, ...]  # what to print first; empty where no name can be given


@dataclass(frozen=True, slots=True)
class NameScore:
    """The names of the labelled figures of a report."""

    right: tuple[Figure, ...]
    wrong: tuple[tuple[Figure, NameLabel], ...]  # shown as sure
    withheld: tuple[tuple[Figure, NameLabel], ...]
    gone: tuple[NameLabel, ...]  # the figure itself was not found

    @property
    def named(self) -> int:
        """How many are shown as sure."""
        return sum(bool(figure.subject) for figure in self.right) + len(self.wrong)


def read_names(path: Path) -> dict[str, list[NameLabel]]:
    """The labelled names of a JSON Lines file by the SHA-256 of their report's file. Raises ReportError."""
    from jsonschema import Draft202012Validator  # takes its time to arrive, and a build has no labels
    from jsonschema.exceptions import best_match

    found: dict[str, list[NameLabel]] = {}
    for line, row in _rows(path):
        if wrong := best_match(Draft202012Validator(load("name_labels")).iter_errors(row)):
            raise ReportError(Finding("labels-syntax", path.as_posix(), line, f"{wrong.json_path}: {wrong.message}"))
        found.setdefault(row["sha256"], []).append(NameLabel(row["id"], tuple(row["accepted"])))
    return found


def score_names(figures: Iterable[Figure], labels: Iterable[NameLabel]) -> NameScore:
    """The figures of a report against the labelled names of the same file."""
    by_id = {figure.id: figure for figure in figures}
    met = [(by_id[label.id], label) for label in labels if label.id in by_id]
    right = [(figure, label) for figure, label in met if _is_right(figure, label)]
    others = [pair for pair in met if pair not in right]
    return NameScore(
        tuple(figure for figure, _ in right),
        tuple((figure, label) for figure, label in others if figure.subject),
        tuple((figure, label) for figure, label in others if not figure.subject),
        tuple(label for label in labels if label.id not in by_id),
    )


def _is_right(figure: Figure, label: NameLabel) -> bool:
    if not label.accepted:
        return not figure.subject
    return any(same_name(figure.subject, form) for form in label.accepted)


def read_labels(path: Path) -> list[Label]:
    """The labels of a JSON Lines file. Raises ReportError with the first line that is none, and what is wrong in it."""
    return [_label(path.as_posix(), number, row) for number, row in _rows(path)]


def _rows(path: Path) -> list[tuple[int, Any]]:
    """The lines of a JSON Lines file that are not empty, read, each with its number."""
    shown = path.as_posix()
    text = text_of("labels-syntax", shown, path.read_bytes())
    lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    return [(number, read_json("labels-syntax", shown, line, number)) for number, line in lines]


def _label(path: str, line: int, row: Any) -> Label:
    from jsonschema import Draft202012Validator  # takes its time to arrive, and a build has no labels
    from jsonschema.exceptions import best_match

    if wrong := best_match(Draft202012Validator(load("labels")).iter_errors(row)):
        raise ReportError(Finding("labels-syntax", path, line, f"{wrong.json_path}: {wrong.message}"))
    value = row["value"]
    return Label(
        row["quote"],
        row["context"],
        row["offset"],
        (Decimal(value[0]), Decimal(value[1])) if isinstance(value, list) else Decimal(value),
        row["unit"],
        Bound(row["bound"]),
        Kind(row["kind"]),
        row["subject_zh"],
        row.get("optional", False),
    )


def score(figures: Sequence[Figure], labels: Sequence[Label]) -> Score:
    """The figures of a report against the labels of the same file."""
    left, hits, false = list(labels), [], []
    for figure in figures:
        label = next((label for label in left if _is_match(figure, label)), None)
        if label:
            left.remove(label)
            hits.append((figure, label))
        elif not any(label.optional and _overlap(figure, label) for label in left):
            false.append(figure)
    return Score(tuple(hits), tuple(label for label in left if not label.optional), tuple(false))


def characters(ours: str, theirs: str) -> float:
    """F1 of the characters of two names, in any order."""
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * shared / (len(ours) + len(theirs)) if ours or theirs else 1.0


@cache
def _rewrites() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["match"]), row["to"]) for row in load("equivalents")["rewrites"])


@cache
def _acts() -> tuple[str, ...]:
    return tuple(longest(lexicon("acts")))


def same_name(ours: str, theirs: str) -> bool:
    """Whether two names say the same to a reader, by rules/equivalents.yml."""
    return bool(ours) and bool({*_turned(_rewritten(ours))} & {*_turned(_rewritten(theirs))})


def _rewritten(name: str) -> str:
    name = unicodedata.normalize("NFKC", name)
    for match, to in _rewrites():
        name = match.sub(to, name)
    return name


def _turned(name: str) -> Iterator[str]:
    """The name, and with the act at its end before its noun: 证明事项取消 -> 取消证明事项."""
    yield name
    act = next((act for act in _acts() if name.endswith(act) and len(name) > len(act) + 1), "")
    if act:
        yield act + name.removesuffix(act)


def _overlap(figure: Figure, label: Label) -> bool:
    return figure.start < label.offset + len(label.quote) and label.offset < figure.end


def _is_match(figure: Figure, label: Label) -> bool:
    same = (figure.value, figure.unit, figure.bound, figure.kind) == (label.value, label.unit, label.bound, label.kind)
    return same and _overlap(figure, label)
