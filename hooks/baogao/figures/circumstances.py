"""text and its Quantities -> when each holds, against what a change is measured, who was counted.

The rules are rules/circumstances.yml. What the words do not say stays empty, but for the period: the report's own year.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..model import Kind, Quantity, Role, Status
from ..outline.times import YEARS, TimeFrame, plan_begins
from ..patterns import ONE_TO_NINE, ORDINAL
from ..rules import load


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Of one quantity."""

    period: str  # 2023, 2021/2023, 2023-01/2023-06; empty where not known
    status: Status
    base: str  # as printed; empty for levels and shares, and where not said
    base_year: str
    scope: str  # as printed; empty where not said


@dataclass(frozen=True, slots=True)
class _CircumstanceRule:
    """A row of rules/circumstances.yml."""

    match: re.Pattern[str]
    year: int | None  # offset from the report's year
    months: tuple[int, int] | None
    said_now: bool  # counted from the year in which it is said: 今年, 去年


@dataclass(frozen=True, slots=True, eq=False)
class _RuleMatch:
    """What a rule finds in a sentence."""

    start: int
    end: int
    words: str
    said: dict[str, str | None]  # the named groups
    rule: _CircumstanceRule


@dataclass(frozen=True, slots=True)
class _Base:
    words: str
    year: str
    own: bool = False  # of a year it names, behind its thing: the next thing may have another


_NO_BASE = _Base("", "")


@cache
def _rules(name: str) -> tuple[_CircumstanceRule, ...]:
    rows: list[dict[str, Any]] = load("circumstances")[name]
    return tuple(
        _CircumstanceRule(
            re.compile(row["match"]),
            row.get("year"),
            tuple(row["months"]) if "months" in row else None,
            row.get("now", False),
        )
        for row in rows
    )


_NAME = re.compile("《[^《》]*》|[（(][^（）()]*号[）)]")
_COMPARED = re.compile("(?:较|比|与|于|和|同|是|超过|低于|高于)$")
# Other than CLAUSE_BREAK no mark before a digit: in 2014年，5家企业 the number is of that year.
_CLAUSE = re.compile("[，,。；;：:](?![0-9])")
_OPENS = re.compile(
    rf"\s*(?:{ORDINAL}[是、]|[（(][{ONE_TO_NINE}十\d]{{1,3}}[）)])?(?:力争|争取|计划|预计)?(?:截至|截止|到|至|自|从|在)?"
)
# What a base does not go beyond; of what follows the last change, what names no other thing than it was a change of.
_PARTED = re.compile("[；;。]")
_NO_OTHER = re.compile(
    "(?:[，,、和及并且又再]|分别|同时|实现|(?:年均|平均)?(?:增长|增加|提高|提升|上升|下降|减少|降低|压缩|下浮)了?)*"
)
_TIMES_OF_IT = re.compile("(?:年?度?(?:全年|同期)?)的")  # 是2009年的2倍 compares that number alone
_ONLY_COMPARES = re.compile("(?:相比|相较|比较|同期)[，,]$")


def circumstances(
    text: str, quantities: Sequence[Quantity], year: str, role: Role = Role.OTHER, frame: TimeFrame | None = None
) -> Iterator[Circumstances]:
    """One for each quantity of a sentence. `year`: the one reviewed, in four digits; empty where not known.

    `frame`: what the passage speaks of; without it, what the role says.
    """
    if not quantities:
        return
    frame = frame or _by_role(year, role)
    plain = _NAME.sub(lambda found: " " * len(found[0]), text)
    starts = [0, *(found.end() for found in _CLAUSE.finditer(plain))]
    periods = [
        one for one in _mentions("periods", plain) if not _COMPARED.search(plain, max(0, one.start - 2), one.start)
    ]
    opening = [one for one in periods if _opens(plain, starts, one)]
    bases, scopes = _apart(_mentions("bases", plain)), _mentions("scopes", plain)
    base, changed = _NO_BASE, 0  # and where the change ends that had it
    for n, quantity in enumerate(quantities):
        at, last = quantity.numeral, quantities[n - 1].end if n else 0
        clause = starts[bisect_right(starts, at) - 1]
        here = [one for one in _last(periods, at) if one.start >= max(clause, last)]
        named = _period([*_last(opening, at), *here], year, frame)
        period = named or frame.period
        if quantity.kind is Kind.CHANGE:
            carried = base if quantity.start < at and _carries(base, plain[changed:at]) else _NO_BASE
            within = _within(bases, _compared_from(plain, starts, at), at)
            base = _base(plain, starts, quantities, n, within, _end_year(period) or year) or carried
            changed = quantity.end
        scope = next(iter(_last(scopes, at)), None)
        yield Circumstances(
            period,
            _status(named, period, year, frame),
            *((base.words, base.year) if quantity.kind is Kind.CHANGE else ("", "")),
            scope.words if scope else "",
        )
        if quantity.kind is Kind.CHANGE and within and _TIMES_OF_IT.fullmatch(plain, within[-1].end, at):
            base = _NO_BASE


def _by_role(year: str, role: Role) -> TimeFrame:
    ahead = role is Role.PLAN
    return TimeFrame(_shifted(year, 1) if ahead else year, ahead, year)


def _status(named: str, period: str, year: str, frame: TimeFrame) -> Status:
    """What is ahead is aimed at; of a plan too, but for a year that it names and that is over."""
    over = bool(named and year) and _end_year(named) <= year
    return Status.TARGET if _is_ahead(period, year) or (frame.ahead and not over) else Status.STATED


def _end_year(period: str) -> str:
    """The year in which a period ends: of 2021/2023 2023, of 2023-01/2023-06 2023."""
    return period.split("/")[-1][:4]


def _mentions(name: str, text: str) -> list[_RuleMatch]:
    """In the order of their ends; of those that end together the first in the table last."""
    found = [
        _RuleMatch(match.start(), match.end(), match[0], match.groupdict(), rule)
        for rule in reversed(_rules(name))
        for match in rule.match.finditer(text)
    ]
    return sorted(found, key=_end)


def _end(one: _RuleMatch) -> int:
    return one.end


def _last(mentions: Sequence[_RuleMatch], at: int) -> Sequence[_RuleMatch]:
    """The last that ends before an offset, or none; `mentions` in the order of their ends."""
    n = bisect_right(mentions, at, key=_end)
    return mentions[n - 1 : n]


def _within(mentions: Sequence[_RuleMatch], start: int, end: int) -> Sequence[_RuleMatch]:
    """Those between two offsets; `mentions` lie apart, in order."""
    return mentions[bisect_left(mentions, start, key=lambda one: one.start) : bisect_right(mentions, end, key=_end)]


def _opens(text: str, starts: Sequence[int], one: _RuleMatch) -> bool:
    """Whether a mention opens its clause: it then holds for the rest of the sentence, 2022年办理5件，审结3件."""
    return bool(_OPENS.fullmatch(text, starts[bisect_right(starts, one.start) - 1], one.start))


def _is_ahead(period: str, year: str) -> bool:
    """A year, or an interval of years, that ends after the report's."""
    return bool(year) and len(period) in (4, 9) and period[-4:] > year


def _period(named: Sequence[_RuleMatch], year: str, frame: TimeFrame) -> str:
    """The period named last, empty where none is."""
    if not named:
        return ""
    one = max(named, key=lambda mention: mention.end)
    return _interval(one.said, one.rule, year, frame)


def _interval(said: dict[str, str | None], rule: _CircumstanceRule, year: str, frame: TimeFrame) -> str:
    """`year`: the one reviewed. 今年 is the year the passage speaks of, or that in which it is delivered."""
    begin = said.get("from") or said.get("since")
    if begin:
        end = said.get("to") or year
        return f"{begin}/{end}" if end > begin else begin
    if plan := said.get("plan"):
        return f"{plan_begins(plan)}/{plan_begins(plan) + 4}"
    if plan := said.get("plan_since"):
        return f"{plan_begins(plan)}/{max(year, str(plan_begins(plan)))}" if year else ""
    if plan := said.get("plan_end"):
        return str(plan_begins(plan) + 4)
    if said.get("year"):
        return str(said["year"])
    if not year:
        return ""
    if years := said.get("ago") or said.get("back"):
        return _shifted(year, -YEARS[years])
    if years := said.get("coming"):
        return f"{int(year) + 1}/{int(year) + YEARS[years]}"
    if years := said.get("years") or said.get("some"):
        return f"{int(year) - YEARS[years] + 1}/{year}"
    now = _end_year(frame.period) if frame.ahead and len(frame.period) == 4 else year
    months = (1, int(said["month"] or 0)) if said.get("month") else rule.months
    if months:
        return f"{now}-{months[0]:02}/{now}-{months[1]:02}"
    if rule.said_now:
        return _shifted(frame.now, rule.year or 0)
    return _shifted(now, rule.year or 0)


def _shifted(year: str, by: int) -> str:
    return str(int(year) + by) if year else ""


def _compared_from(text: str, starts: Sequence[int], at: int) -> int:
    """The start of the clause of a number; of the one before where that only compares: 与上年相比，减少12件."""
    n = bisect_right(starts, at) - 1
    return starts[n - 1] if n and _ONLY_COMPARES.search(text, starts[n - 1], starts[n]) else starts[n]


def _apart(mentions: Sequence[_RuleMatch]) -> list[_RuleMatch]:
    """In the order of the text; of two that overlap the first in the table."""
    rank = {id(rule): n for n, rule in enumerate(_rules("bases"))}
    taken, kept = bytearray(max((one.end for one in mentions), default=0)), []
    for one in sorted(mentions, key=lambda mention: (rank[id(mention.rule)], mention.start)):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=_end)


def _carries(base: _Base, between: str) -> bool:
    """Whether a base holds for the next change too, by what stands between the two."""
    return not _PARTED.search(between) and (not base.own or bool(_NO_OTHER.fullmatch(between)))


def _base(
    text: str, starts: Sequence[int], quantities: Sequence[Quantity], n: int, named: Sequence[_RuleMatch], year: str
) -> _Base | None:
    """What a change is measured against: the base named last; among several with 分别 its own."""
    if not named:
        return None
    first = named[0].start
    if "分别" in text[first : quantities[n].numeral]:
        order = sum(one.kind is Kind.CHANGE and one.numeral > first for one in quantities[:n])
        if order < len(named):
            return _said(named[order], year, not _opens(text, starts, named[order]))
    return _said(named[-1], year, not _opens(text, starts, named[-1]))


def _said(one: _RuleMatch, year: str, behind: bool) -> _Base:
    return _Base(one.words.lstrip("、和"), _base_year(one, year), behind and bool(one.said.get("year")))


def _base_year(one: _RuleMatch, year: str) -> str:
    if one.said.get("year"):
        return str(one.said["year"])
    if plan := one.said.get("end"):
        return str(plan_begins(plan) + 4)
    return _shifted(year, one.rule.year) if one.rule.year is not None else ""
