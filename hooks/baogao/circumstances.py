"""text and its Quantities -> when each holds, against what a change is measured, who was counted.

The rules are data/circumstances.yml. What the words do not say stays empty, but for the period: the report's own year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from .data import load
from .model import Kind, Quantity, Role, Status


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Of one quantity."""

    period: str  # 2023, 2021/2023, 2023-01/2023-06; empty where not known
    status: Status
    base: str  # as printed; empty for levels and shares, and where not said
    base_year: str
    scope: str  # as printed; empty where not said


@dataclass(frozen=True, slots=True)
class _Rule:
    match: re.Pattern[str]
    year: int | None  # offset from the report's year
    months: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Base:
    words: str
    year: str
    start: int


@cache
def _rules(name: str) -> tuple[_Rule, ...]:
    rows: list[dict[str, Any]] = load("circumstances")[name]
    return tuple(
        _Rule(re.compile(row["match"]), row.get("year"), tuple(row["months"]) if "months" in row else None)
        for row in rows
    )


_NAME = re.compile("《[^《》]*》|[（(][^（）()]*号[）)]")
_COMPARED = re.compile("(?:较|比|与|于|和|同|是|超过|低于|高于)$")
_CLAUSE = re.compile("[，,。；;：:](?![0-9])")
_OPENS = re.compile(
    "\\s*(?:[一二三四五六七八九十]{1,3}[是、]|[（(][一二三四五六七八九十\\d]{1,3}[）)])?(?:截至|截止|到|至|自|从|在)?"
)
_ONLY_COMPARES = re.compile("(?:相比|相较|比较|同期)[，,]$")
_PLANS = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}
_YEARS = {"两": 2, "三": 3, "五": 5, "十": 10}


def circumstances(
    text: str, quantities: Sequence[Quantity], year: str, role: Role = Role.OTHER
) -> Iterator[Circumstances]:
    """One for each quantity of a sentence. `year`: the report's, in four digits; empty where not known."""
    plain = _NAME.sub(lambda found: " " * len(found[0]), text)
    base = _Base("", "", 0)
    for n, quantity in enumerate(quantities):
        before = plain[: quantity.numeral]
        if quantity.kind is Kind.CHANGE:
            carried = base if quantity.start < quantity.numeral else _Base("", "", 0)
            base = _base(plain, quantities, n, year) or carried
        period = period_of(before, year, quantities[n - 1].end if n else 0) or (
            _shifted(year, 1) if role is Role.PLAN else year
        )
        ahead = bool(year) and period[-4:].isdigit() and len(period) in (4, 9) and period[-4:] > year
        status = Status.TARGET if role is Role.PLAN or ahead else Status.STATED
        said = base if quantity.kind is Kind.CHANGE else _Base("", "", 0)
        yield Circumstances(period, status, said.words, said.year, scope_of(before))


def period_of(before: str, year: str, last: int = 0) -> str:
    """The period the words before a figure name last, empty where they name none.

    It must open its clause, or stand in the figure's own with no other figure between; `last` is where that ends.
    """
    starts = [0, *(found.end() for found in _CLAUSE.finditer(before))]
    found = [
        (match.end(), match, rule)
        for rule in _rules("periods")
        for match in rule.match.finditer(before)
        if not _COMPARED.search(before, 0, match.start())
        and (
            match.start() >= max(starts[-1], last) or any(_OPENS.fullmatch(before, at, match.start()) for at in starts)
        )
    ]
    if not found:
        return ""
    _, match, rule = max(found, key=lambda one: one[0])
    return _interval(match.groupdict(), rule, year)


def _interval(said: dict[str, str | None], rule: _Rule, year: str) -> str:
    begin = said.get("from") or said.get("since")
    if begin:
        end = said.get("to") or year
        return f"{begin}/{end}" if end > begin else begin
    if plan := said.get("plan"):
        return f"{_PLANS[plan]}/{_PLANS[plan] + 4}"
    if said.get("year"):
        return str(said["year"])
    if not year:
        return ""
    if years := said.get("years") or said.get("some"):
        return f"{int(year) - _YEARS[years] + 1}/{year}"
    months = (1, int(said["month"] or 0)) if said.get("month") else rule.months
    if months:
        return f"{year}-{months[0]:02}/{year}-{months[1]:02}"
    return _shifted(year, rule.year or 0)


def _shifted(year: str, by: int) -> str:
    return str(int(year) + by) if year else ""


def _base(text: str, quantities: Sequence[Quantity], n: int, year: str) -> _Base | None:
    """What a change is measured against, as its clause says."""
    quantity = quantities[n]
    starts = [0, *(found.end() for found in _CLAUSE.finditer(text, 0, quantity.numeral))]
    clause = starts[-1]
    if len(starts) > 1 and _ONLY_COMPARES.search(text, starts[-2], clause):
        clause = starts[-2]
    found = list(_bases(text, clause, quantity.numeral, year))
    if not found:
        return None
    same = [m for m, other in enumerate(quantities) if other.kind is Kind.CHANGE and other.numeral > clause]
    if "分别" in text[clause : quantity.numeral] and len(found) > same.index(n):
        return found[same.index(n)]
    return found[-1]


def _bases(text: str, start: int, end: int, year: str) -> Iterator[_Base]:
    """In the order of the text; of two that overlap the first in the table."""
    found: list[tuple[int, int, _Base]] = []
    for rule in _rules("bases"):
        for match in rule.match.finditer(text, start, end):
            if all(match.end() <= a or b <= match.start() for a, b, _ in found):
                found.append(
                    (*match.span(), _Base(match[0].lstrip("、和"), _base_year(match, rule, year), match.start()))
                )
    return (base for _, _, base in sorted(found, key=lambda one: one[0]))


def _base_year(match: re.Match[str], rule: _Rule, year: str) -> str:
    said = match.groupdict()
    if said.get("year"):
        return str(said["year"])
    if plan := said.get("end"):
        return str(_PLANS[plan] + 4)
    return _shifted(year, rule.year) if rule.year is not None else ""


def scope_of(before: str) -> str:
    """Who or what was counted, as the words before a figure say last; empty where they do not."""
    found = [match for rule in _rules("scopes") for match in rule.match.finditer(before)]
    return max(found, key=lambda match: match.end())[0] if found else ""
