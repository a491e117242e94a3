"""A line -> the numerals of sections and items in it (rules/numbering.yml)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from ..model import Line
from ..patterns import DIGITS
from ..readers.lines import WHITE
from ..rules import load
from .sentences import CLOSING, is_inside, paired

# behind such a mark an item may start inside its paragraph
_BEFORE_ITEM = re.compile(rf"[。；;：:！？][{re.escape(CLOSING)}]*[{WHITE}]*")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral where one may stand."""

    kind: str
    rank: str
    number: int
    start: int
    end: int
    line: int  # index in source.body
    run_in: bool  # inside its paragraph
    mark: str = ""  # behind this mark, inside its paragraph


@dataclass(frozen=True, slots=True)
class _NumeralKind:
    """A row of rules/numbering.yml."""

    name: str
    rank: str
    match: re.Pattern[str]
    run_in: str
    pairs: bool


@cache
def _kinds() -> tuple[_NumeralKind, ...]:
    return tuple(
        _NumeralKind(row["kind"], row["rank"], re.compile(row["match"]), row["run_in"], row.get("pairs", False))
        for row in load("numbering")["numerals"]
    )


@cache
def _annex() -> re.Pattern[str]:
    return re.compile(load("numbering")["annex"]["match"])


def opens_annex(line: str) -> bool:
    """Whether a line opens what stands behind the report: 附件, 名词解释."""
    return bool(_annex().match(line))


def number(text: str) -> int:
    """The value of a numeral of the outline: 十二, 12, １２, ⑫, ㈠. At most 99."""
    text = unicodedata.normalize("NFKC", text).strip("().")
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (DIGITS[tens] if tens else 1) * 10 * bool(ten) + (DIGITS[ones] if ones else 0)


def numerals_of(text: str, line: Line, index: int) -> list[Numeral]:
    """Every numeral that may open a node in a line, in order; whether it does is for the tree to say."""
    found = []
    pairs = paired(text, line.start, line.end)
    at_start = numeral_at(text, line.start, line.end, index, "")
    if at_start:
        found.append(at_start)
    for mark in _BEFORE_ITEM.finditer(text, line.start, line.end):
        numeral = numeral_at(text, mark.end(), line.end, index, mark[0][0])
        if numeral and not is_inside(pairs, mark.end()):
            found.append(numeral)
    return found


def numeral_at(text: str, at: int, end: int, index: int, mark: str) -> Numeral | None:
    """The numeral that begins at a place of text[:end], behind `mark` where it stands inside its paragraph (else "").

    `index`: of its line in source.body.
    """
    for kind in _kinds():
        if mark and mark not in kind.run_in:
            continue
        match = kind.match.match(text, at, end)
        if match:
            value = number(next(group for group in match.groupdict().values() if group))
            return Numeral(kind.name, kind.rank, value, match.start(), match.end(), index, bool(mark), mark)
    return None


def _enumerated(lines: Iterable[list[Numeral]]) -> Iterator[Numeral]:
    """The （一） behind a colon that only begin an enumeration in a sentence: no paragraph begins with （二）."""
    met = [one for of_line in lines for one in of_line if one.rank == "subsection"]
    for one, following in zip_longest(met, met[1:]):
        if one and one.mark and one.mark in "：:":
            goes_on = following and following.number == 2 and not following.run_in
            if one.number != 1 or not goes_on:
                yield one


def without_lone(lines: Iterable[list[Numeral]]) -> list[list[Numeral]]:
    """The numerals of each line without those alone of kinds that need a second one: 一要 without 二要."""
    numerals = list(lines)
    out: set[Numeral] = set(_enumerated(numerals))
    for kind in _kinds():
        if kind.pairs:
            met = [one for of_line in numerals for one in of_line if one.kind == kind.name]
            before = 0  # the number met last in a list
            for one, following in zip_longest(met, met[1:]):
                begins = one.number == 1 and following is not None and following.number == 2
                before = one.number if begins or one.number == before + 1 > 1 else 0
                out |= set() if before else {one}
    return [[one for one in of_line if one not in out] for of_line in numerals] if out else numerals
