"""Labelled reports -> how often the program is right, by kind of figure: what the page on accuracy says.

The labels are those of the tests (tests/labels.yml lists them). The numbers are written once, beside this file, by
`baogao score --write`; a site shows what is written there, and a test says when it is no longer so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from ..figures.score import Score, read_labels, score
from ..model import Kind
from .publication import understand

RECORD = Path(__file__).with_suffix(".json")


@dataclass(frozen=True, slots=True)
class Tally:
    """Figures of one kind, optional ones left out."""

    labelled: int  # by a person
    found: int  # of those, rightly: span, value, unit, bound and kind
    made_up: int  # by the program alone, or read differently

    @property
    def missed(self) -> int:
        """Labelled and not found, or read differently."""
        return self.labelled - self.found

    @property
    def precision(self) -> float | None:
        """Of what the program gives, the part that is right; None where it gives nothing."""
        given = self.found + self.made_up
        return self.found / given if given else None

    @property
    def recall(self) -> float | None:
        """Of what is labelled, the part that was found; None where nothing is."""
        return self.found / self.labelled if self.labelled else None


@dataclass(frozen=True, slots=True)
class NamesRead:
    """Figures of reports that nobody had seen, and what a reader said of their names who knew neither the program nor
    more of the report than the sentence (judged_names.jsonl, the last reading): drawn by lot from real reports, most of
    them on the work of governments, or all of reports on law-based government that were invented to be read."""

    reports: int  # that the figures were drawn from
    figures: int
    fit: int  # to be printed as they stand
    acceptable: int  # say the same, if stiffly
    wrong: int
    invented: bool = False  # the reports

    @property
    def named(self) -> int:
        """The others are shown by their clause."""
        return self.fit + self.acceptable + self.wrong


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of a set of labelled reports."""

    seen: bool  # the labels lay open while the rules were written
    reports: int
    kinds: dict[Kind, Tally]
    subjects: float  # mean character F1 of the subjects against those a person gave, to four digits
    names: tuple[NamesRead, ...] = ()  # of reports kept aside, where somebody read them: of real ones first

    @property
    def all(self) -> Tally:
        """Every kind together."""
        tallies = self.kinds.values()
        return Tally(sum(t.labelled for t in tallies), sum(t.found for t in tallies), sum(t.made_up for t in tallies))


def recorded(path: Path = RECORD) -> tuple[Accuracy, ...]:
    """What was measured when `write` was last called."""
    return tuple(map(_recorded, json.loads(path.read_text("utf-8"))))


def _recorded(row: dict[str, Any]) -> Accuracy:
    kinds = {Kind(kind): Tally(**tally) for kind, tally in row["kinds"].items()}
    return Accuracy(**row | {"kinds": kinds, "names": tuple(NamesRead(**one) for one in row["names"])})


def write(accuracy: Sequence[Accuracy], path: Path = RECORD) -> None:
    """Keep what was measured, for every site to show."""
    path.write_text(json.dumps([asdict(one) for one in accuracy], indent=2) + "\n", "utf-8")


def measured(folder: Path) -> tuple[Accuracy, ...]:
    """The labelled reports that folder/labels.yml lists, seen and unseen apart; empty where there is no such file.

    A report that is not there (a publisher took it out of seeds/) is left out. Raises ValueError on wrong labels.
    """
    index = folder / "labels.yml"
    if not index.is_file():
        return ()
    scores: dict[bool, list[Score]] = {}
    for row in yaml.safe_load(index.read_text("utf-8")):
        report = folder / row["report"]
        if not report.is_file():
            continue
        figures = understand(report.name, report.read_bytes()).figures  # as extracted: no sidecar
        scores.setdefault(row["seen"], []).append(score(figures, read_labels(folder / row["labels"])))
    names = _names_read(folder / "judged_names.jsonl")
    return tuple(_accuracy(seen, scores[seen], () if seen else names) for seen in (True, False) if seen in scores)


def _names_read(path: Path) -> tuple[NamesRead, ...]:
    """The last readings of a file of judgements, of real reports and of `invented` ones, where somebody read them."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []
    kinds = ([row for row in rows if row.get("invented", False) is invented] for invented in (False, True))
    return tuple(_last_reading(some) for some in kinds if some)


def _last_reading(rows: Sequence[dict[str, Any]]) -> NamesRead:
    read = [row for row in rows if row["reading"] == rows[-1]["reading"]]
    verdicts = [row["verdict"] for row in read]
    fit, acceptable, wrong = (verdicts.count(verdict) for verdict in ("print", "acceptable", "wrong"))
    return NamesRead(len({row["sha256"] for row in read}), len(read), fit, acceptable, wrong, "invented" in read[0])


def _accuracy(seen: bool, scores: Sequence[Score], names: tuple[NamesRead, ...]) -> Accuracy:
    kinds = {kind: _tally(kind, scores) for kind in Kind}
    return Accuracy(seen, len(scores), kinds, round(sum(one.subjects for one in scores) / len(scores), 4), names)


def _tally(kind: Kind, scores: Sequence[Score]) -> Tally:
    found = sum(label.kind is kind and not label.optional for one in scores for _, label in one.hits)
    missed = sum(label.kind is kind for one in scores for label in one.missed)
    return Tally(found + missed, found, sum(figure.kind is kind for one in scores for figure in one.false))
