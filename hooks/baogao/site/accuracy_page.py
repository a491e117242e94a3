"""Accuracy as it was measured -> the page that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..ids import ACCURACY
from ..publication.accuracy import Accuracy, NamesRead, Tally
from ..wording import addresses
from ..wording.words import Words
from .page import File, markdown_page


@dataclass(frozen=True, slots=True)
class KindMeasured:
    """A row of that page."""

    name: str
    labelled: int
    found: int
    missed: int
    made_up: int
    missed_rate: str  # of those labelled, in per cent
    made_up_rate: str  # of those the program gives


@dataclass(frozen=True, slots=True)
class AccuracySet:
    """A set of labelled reports on the page on accuracy."""

    id: str
    title: str
    says: str
    kinds: tuple[KindMeasured, ...]  # those there are, all together last
    names: tuple[str, ...]  # what readers said of the names, where they did


def accuracy_page(accuracy: Sequence[Accuracy], language: str) -> File:
    """A table for each set of labelled reports."""
    words = Words(language)
    path = addresses.hand_written(language, ACCURACY, "md")
    sets = [
        AccuracySet(
            "seen" if one.seen else "unseen",
            words("accuracy_seen" if one.seen else "accuracy_unseen"),
            words(
                "accuracy_says",
                reports=one.reports,
                found=one.all.found,
                labelled=one.all.labelled,
                made_up=one.all.made_up,
                subjects=f"{one.subjects:.2f}",
            ),
            (
                *(
                    _measured(words(f"kind_{kind}"), tally)
                    for kind, tally in one.kinds.items()
                    if tally.labelled or tally.made_up
                ),
                _measured(words("all"), one.all),
            ),
            tuple(_names(names, words) for names in one.names),
        )
        for one in accuracy
    ]
    page = markdown_page("accuracy", path, words("accuracy"), words=words, language=language, sets=sets)
    return replace(page, aside=True)  # the pages of figures and on the site lead to it


def _names(names: NamesRead, words: Words) -> str:
    """In words: how many were named, and how many of those rightly."""
    return words(
        "accuracy_names_invented" if names.invented else "accuracy_names",
        reports=names.reports,
        figures=names.figures,
        named=names.named,
        fit=names.fit,
        acceptable=names.acceptable,
        wrong=names.wrong,
        share=f"{100 * names.wrong / names.named:.0f}" if names.named else "0",
    )


def _measured(name: str, tally: Tally) -> KindMeasured:
    def rate(right: float | None) -> str:
        return "–" if right is None else f"{100 * (1 - right):.1f}%"

    return KindMeasured(
        name, tally.labelled, tally.found, tally.missed, tally.made_up, rate(tally.recall), rate(tally.precision)
    )
