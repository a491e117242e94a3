"""Publication -> its tensions (可对照之处): statements that a careful reader would set beside each other. Told as
questions, never as a verdict.

A total that is not its parts; something that is said to be better in one place and named as wanting in another
(rules/tensions.yml). One indicator with two values, and a rate that its counts do not allow, were tried and left out:
of those found in 250 reports none was one (tests/tensions_read.jsonl). Afterwards: at most `most`, totals first, each
with its statements in reading order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain, islice, takewhile

from ..model import Figure, Role
from ..outline.layout import Anchored
from ..patterns import CLAUSE_BREAK, any_of
from ..publication.consistency import uneven
from ..publication.publication import Publication
from ..rules import load
from .passages import Span, stretches


class TensionKind(StrEnum):
    """What two statements have with each other."""

    TOTAL = "total"  # a total and parts that do not add up to it
    WORDS = "words"  # said to be better, and named as wanting


@dataclass(frozen=True, slots=True)
class Tension:
    """Statements that ask for a question, one or two."""

    id: str  # ts3-0-2-2-5: the sentence of the first, and where in it
    kind: TensionKind
    about: str  # what they speak of, as printed
    statements: tuple[Span, ...]  # in reading order; one where all of it stands in a sentence
    said: tuple[str, ...]  # of each, the words or numbers that count, as printed
    computed: str = ""  # what the numbers give: 412 + 538 = 950


def tensions(publication: Publication) -> tuple[Tension, ...]:
    """Those of a report."""
    return tuple(islice(chain(_totals(publication), _words(publication)), load("tensions")["most"]))


# ---- totals


def _totals(publication: Publication) -> Iterator[Tension]:
    pieces = publication.layout.pieces
    for one in uneven(publication):
        figures, piece = (one.total, *one.parts), pieces[one.total.sentence]
        spans = {pieces[figure.sentence].id: pieces[figure.sentence] for figure in sorted(figures, key=_start)}
        yield Tension(
            f"t{piece.id}-{one.total.start - piece.start}",
            TensionKind.TOTAL,
            one.total.told,
            tuple(Span(publication.id, id_, piece.start, piece.end) for id_, piece in spans.items()),
            tuple(figure.quote for figure in figures),
            one.sum,
        )


def _start(figure: Figure) -> int:
    return figure.start


# ---- words


@dataclass(frozen=True, slots=True)
class _Judged:
    """A clause that says of something how it is."""

    of: str
    listed: bool  # behind others in a list, which may open with whose it is
    start: int  # of the clause, in the file
    end: int


def _words(publication: Publication) -> Iterator[Tension]:
    """What is named as wanting and was said to be better before: behind the shortcomings a report tells what is to
    come. Of several that say so what has most in common; each statement once."""
    better = _ByEnd(one for role, one in _clauses(publication, _better()) if role not in (Role.PLAN, Role.SHORTCOMINGS))
    told: set[int] = set()
    for role, lacking in _clauses(publication, _lacking()):
        if role is not Role.SHORTCOMINGS:
            continue
        before = (one for one in better.near(lacking) if one.start not in told)
        fits = [(len(shared), -one.start, one, shared) for one in before if (shared := _shared(one, lacking))]
        if fits:
            *_, one, shared = max(fits, key=lambda fit: fit[:2])
            told.add(one.start)
            yield _of_words(publication, shared, one, lacking)


class _ByEnd:
    """Clauses in reading order, by what they speak of and by its ends: of thousands few are compared with one."""

    def __init__(self, clauses: Iterable[_Judged]) -> None:
        self.whole: dict[str, list[_Judged]] = defaultdict(list)
        self.ends: dict[str, list[_Judged]] = defaultdict(list)
        for one in clauses:
            whole, *ends = _ends(one)
            self.whole[whole].append(one)
            for end in ends:
                self.ends[end].append(one)

    def near(self, other: _Judged) -> Iterator[_Judged]:
        """Those before another of which one ends with what the other speaks of."""
        whole, *ends = _ends(other)
        for same in (self.whole[whole], self.ends[whole], *(self.whole[end] for end in ends)):
            yield from takewhile(lambda one: one.start < other.start, same)


def _ends(one: _Judged) -> Iterator[str]:
    """What it speaks of, and the same without so many characters before it as one of two may have more."""
    known = _known(one)
    return (known[more:] for more in range(min(load("tensions")["words"]["longer"], len(known) - 1) + 1))


def _known(one: _Judged) -> str:
    return one.of.replace("的", "") or one.of


def _shared(one: _Judged, other: _Judged) -> str:
    """What both speak of: all that one of them names, with which the other ends, but for 的."""
    rules = load("tensions")["words"]
    short, long = sorted((one, other), key=lambda said: len(said.of))
    known, whole = _known(short), _known(long)
    more = len(whole) - len(known)
    same = whole.endswith(known) and more <= (0 if short.listed else rules["longer"])
    return short.of if same and len(known) >= rules["least"] else ""


_LONGEST_CLAUSE = 100  # characters; what is said in a clause has 24, its words three times that


def _clauses(publication: Publication, says: re.Pattern[str]) -> Iterator[tuple[Role, _Judged]]:
    text = publication.report.source.text
    for stretch in stretches(publication):
        start = stretch.start
        for mark in [*CLAUSE_BREAK.finditer(text, stretch.start, stretch.end), None]:
            end = mark.start() if mark else stretch.end
            for part in re.finditer("[^、]+", text[start:end]):
                if len(part[0]) > _LONGEST_CLAUSE:  # the time of a pattern grows with the square of its length
                    continue
                if found := says.fullmatch(part[0].strip()):
                    at = start + part.start()
                    yield stretch.role, _Judged(found["of"], at > start, at, start + part.end())
            start = mark.end() if mark else end


@cache
def _better() -> re.Pattern[str]:
    rules = load("tensions")["words"]
    verbs = any_of(rules["better"].split())
    return re.compile(f"{rules['opening']}(?P<of>.{{2,24}}?){rules['between']}(?:{verbs}){{1,2}}")


@cache
def _lacking() -> re.Pattern[str]:
    rules = load("tensions")["words"]
    lacking = f"(?:{any_of(rules['lacking'].split())}){rules['lacking_ends']}|{rules['wanting']}"
    return re.compile(f"{rules['opening']}(?P<of>.{{2,24}}?){rules['between']}(?:{lacking})")


def _of_words(publication: Publication, about: str, *said: _Judged) -> Tension:
    text = publication.report.source.text
    pieces = [_piece(publication, one.start) for one in said]
    spans = tuple(_around(publication, piece, one) for piece, one in zip(pieces, said, strict=True))
    words = tuple(text[one.start : one.end].strip() for one in said)
    return Tension(f"t{pieces[0].id}-{said[0].start - pieces[0].start}", TensionKind.WORDS, about, spans, words)


def _piece(publication: Publication, offset: int) -> Anchored:
    """The heading or sentence in which an offset lies."""
    pieces = [*publication.layout.pieces.values()]
    return pieces[bisect_right(pieces, offset, key=lambda piece: piece.start) - 1]


_BETWEEN = re.compile("[^；;]+[；;]?")
_LONG = 80  # characters before the clause that are shown with it


def _around(publication: Publication, piece: Anchored, one: _Judged) -> Span:
    """The part of its sentence between semicolons, from the clause itself where much stands before it."""
    parts = ((piece.start + part.start(), piece.start + part.end()) for part in _BETWEEN.finditer(piece.text))
    start, end = next(part for part in parts if part[0] <= one.start < part[1])
    return Span(publication.id, piece.id, one.start if one.start - start > _LONG else start, max(end, one.end))
