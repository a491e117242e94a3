"""Publications -> their passages in few bytes, each made again when it is asked for.

A site of thousands has a million passages of a few thousand words: of a word its number is held, of a text where it
stands in its report. Afterwards: the passages stand as their spans are ordered, whatever the order of the publications.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from ..model import Role, Theme
from ..publication.publication import Publication
from .passages import Candidate, Span, passages


@dataclass(frozen=True, slots=True)
class Packed(Sequence[Candidate]):
    """Passages of many reports, by their places."""

    spans: Sequence[Span]
    of: Mapping[str, range]  # the places of a report's passages, by its id
    _texts: Mapping[str, str]  # of the reports, by their ids
    _known: Sequence[str]  # the words, by their numbers
    _words: array[int]  # the numbers of the words of all passages
    _ends: array[int]  # of each passage, where its words end there
    _about: Sequence[tuple[Role, Theme | None]]  # few values, each held once

    def __len__(self) -> int:
        return len(self.spans)

    @overload
    def __getitem__(self, place: int) -> Candidate: ...

    @overload
    def __getitem__(self, place: slice) -> list[Candidate]: ...

    def __getitem__(self, place: int | slice) -> Candidate | list[Candidate]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        span, known = self.spans[place], self._known
        begin = self._ends[place - 1] if place else 0
        words = tuple(known[number] for number in self._words[begin : self._ends[place]])
        return Candidate(span, self._texts[span.publication][span.start : span.end], words, *self._about[place])

    def __iter__(self) -> Iterator[Candidate]:
        return map(self.__getitem__, range(len(self)))

    def of_report(self, id_: str) -> list[Candidate]:
        """The passages of a report in reading order."""
        return [self[place] for place in self.of[id_]]


def packed(publications: Iterable[Publication]) -> Packed:
    """The passages of all reports."""
    by_id = {publication.id: publication for publication in publications}
    spans: list[Span] = []
    of: dict[str, range] = {}
    numbers: dict[str, int] = {}
    words, ends = array("I"), array("Q")
    about: list[tuple[Role, Theme | None]] = []
    once: dict[tuple[Role, Theme | None], tuple[Role, Theme | None]] = {}
    for id_ in sorted(by_id):
        before = len(spans)
        for one in passages(by_id[id_]):
            spans.append(one.span)
            words.extend(numbers.setdefault(word, len(numbers)) for word in one.words)
            ends.append(len(words))
            about.append(once.setdefault((one.role, one.theme), (one.role, one.theme)))
        of[id_] = range(before, len(spans))
    texts = {id_: publication.report.source.text for id_, publication in by_id.items()}
    return Packed(spans, of, texts, [*numbers], words, ends, about)
