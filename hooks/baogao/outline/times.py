"""Report -> of what years each of its passages speaks, and whether it looks back or ahead (rules/times.yml).

A report on the work of a government is called by the year in which it is delivered; what it reports are the results of
the year before, the year reviewed. Headings set the years of a part, sentences that turn to other years those of what
follows. Nothing is looked up: where no words say a year, that reviewed holds, and after it in a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..ids import kind_of
from ..model import Report, Role, Section, Sentence
from ..patterns import DIGITS, stands_for_heading
from ..rules import load

YEARS = DIGITS | {"十": 10}  # so many, in a word
_DAY = re.compile("(20[0-9]{2})年 ?[0-9]{1,2}月 ?[0-9]{1,2}日")
_HELD = re.compile(f"{_DAY.pattern}[^\n]{{0,40}}?(?:会议|大会)")
_OPENING = 1_000  # characters of a file in which the day of the meeting may stand
_LISTED = re.compile(r"\s*(?:——?|[-●•■◆])")
_TURN = 24  # characters of a sentence that may turn to other years


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """What a passage speaks of where its sentences say nothing else."""

    period: str  # a year or an interval of years, 2018/2022; empty where not known
    ahead: bool  # a plan
    now: str  # the year that 今年 means; empty where not known


@dataclass(frozen=True, slots=True)
class _TimeRule:
    """A row of rules/times.yml."""

    match: re.Pattern[str]
    ahead: bool | None  # None: as its year stands to the one reviewed
    years: tuple[int, int] | None
    now: bool  # the year in which it is said
    top: bool  # only of a heading above all others, of reports delivered to a congress; of others the role says it


@dataclass(frozen=True, slots=True)
class _YearSpan:
    """Years, and whether they lie ahead."""

    first: int
    last: int
    ahead: bool

    @property
    def period(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"


@cache
def _rules(name: str) -> tuple[_TimeRule, ...]:
    rows: list[dict[str, Any]] = load("times")[name]
    return tuple(
        _TimeRule(
            re.compile(row["match"]),
            row["ahead"],
            tuple(row["years"]) if "years" in row else None,
            row.get("now", False),
            row.get("top", False),
        )
        for row in rows
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("times")[name])


def plan_begins(plan: str) -> int:
    """The first of the five years of a plan: of 十四五, which is 2021 to 2025, as 十四."""
    return int(load("times")["plans"][plan])


def _is_delivered(report: Report) -> bool:
    """Whether reports of its kind are called by the year they are delivered in."""
    return bool(kind_of(report).get("delivered"))


def year_reviewed(report: Report, year: str) -> str:
    """The year whose results the report gives, in four digits: its own, or the one before; empty where not known."""
    if not _is_delivered(report):
        return year
    rows = [(row["years"], re.compile(row["match"])) for row in load("times")["reviewed"]]
    heads = list(_heads(report))
    for by, pattern in rows:
        for found in filter(None, map(pattern.search, heads)):
            reviewed = int(found["year"]) + by
            if not year or int(year) - reviewed in (0, 1):
                return str(reviewed)
    return str(int(year) - 1) if year else ""


def _heads(report: Report) -> Iterator[str]:
    """Headings, and lines that stand for one, in reading order."""
    yield from (one.text for one in report.preamble if _is_head(one))
    for section in report.walk():
        if section.heading:
            yield section.heading.text
        yield from (one.text for one in section.sentences if _is_head(one))


def _is_head(one: Sentence) -> bool:
    return stands_for_heading(one.text) and not _pattern("captions").search(one.text)


def time_frames(report: Report, year: str) -> Mapping[str, TimeFrame]:
    """Of each heading and sentence, by its id. `year`: the one reviewed; empty where not known: then of none."""
    if not year:
        return {}
    return _TimeReader(int(year), _is_delivered(report), _year_delivered(report, year)).read(report)


def _year_delivered(report: Report, year: str) -> str:
    """The year in which it is delivered to a congress: the one after that reviewed where no day says otherwise."""
    if not _is_delivered(report):
        return year
    title = report.source.particulars.title
    dates = [_DAY.search(title.text) if title else None, _HELD.search(report.source.text[:_OPENING])]
    said = next((found[1] for found in dates if found), "")
    return year if said == year else str(int(year) + 1)


class _TimeReader:
    """What holds as reading goes down."""

    def __init__(self, year: int, delivered: bool, now: str) -> None:
        self.year, self.delivered, self.now = year, delivered, now
        self.part = _YearSpan(year, year, ahead=False)  # what the last heading said, or a paragraph that turned
        self.headed = False  # a heading said which way
        self.listed = self.part  # what the last paragraph ended with: a list under it goes on with it
        self.found: dict[str, TimeFrame] = {}

    def read(self, report: Report) -> Mapping[str, TimeFrame]:
        """In the order of the file: an item run into a paragraph may stand before the paragraph that goes on."""
        annex = report.annex[0].start if report.annex else len(report.source.text)
        tops = {section.id for section in report.sections}
        passages: list[Section | Sentence] = [*report.walk(), *report.sentences()]
        paragraph: list[Sentence] = []
        for one in [*sorted(passages, key=lambda passage: passage.start), None]:
            ends = not isinstance(one, Sentence) or (paragraph and one.paragraph != paragraph[0].paragraph)
            if paragraph and ends:
                self._paragraph(paragraph)
                paragraph = []
            if isinstance(one, Section):
                self._heading(one, one.id in tops)
            elif one:
                if one.start == annex:
                    self._set(_YearSpan(self.year, self.year, ahead=False))
                paragraph.append(one)
        return self.found

    def _set(self, span: _YearSpan) -> None:
        self.part = self.listed = span
        self.headed = True

    def _said(self, heading: str, top: bool) -> _YearSpan | None:
        rules = tuple(rule for rule in _rules("headings") if not rule.top or (top and self.delivered))
        return _span(rules, heading, self.year, self.now)

    def _heading(self, section: Section, top: bool) -> None:
        said = self._said(section.heading.text, top) if section.heading else None
        if said:
            self._set(said)
        elif top:
            self._by_role(section.role)
        self._note(f"h{section.id}", self.part)

    def _by_role(self, role: Role) -> None:
        """A section whose heading names no years: the plan is for the next.

        In reports delivered to a congress a heading that said its years goes before what sentences look like, and what
        follows a plan goes on with it (三、加强政府自身建设).
        """
        if role is Role.PLAN and not self.part.ahead and not (self.delivered and self.headed):
            self._set(_YearSpan(self.year + 1, self.year + 1, ahead=True))
        elif role is not Role.PLAN and self.part.ahead and not self.delivered:
            self._set(_YearSpan(self.year, self.year, ahead=False))

    def _paragraph(self, sentences: list[Sentence]) -> None:
        first = sentences[0]
        head = self._said(first.text, top=True) if len(sentences) == 1 and _is_head(first) else None
        if head:
            self._set(head)
        here = self.listed if _LISTED.match(first.text) else self.part
        opens = True
        for one in sentences:
            turned = None if head else _turn(one.text, self.year, self.now)
            said = turned if turned and (self.delivered or not turned.ahead) else None
            if said and opens and (said.ahead == self.part.ahead or not self.headed):
                self.part = said
            self._note(one.id, said or here)
            if said and self._stays(said, here, opens):
                here = said
            opens = opens and bool(_pattern("address").fullmatch(one.text))
        self.listed = here

    def _stays(self, said: _YearSpan, here: _YearSpan, opens: bool) -> bool:
        """Whether what a sentence turns to holds for those behind it.

        Not a single year in a passage on several, nor a year that is over in a plan.
        """
        if said.first < said.last:
            return True
        against = self.headed and said.ahead != self.part.ahead
        return not against and (opens or here.first == here.last)

    def _note(self, id_: str, span: _YearSpan) -> None:
        self.found[id_] = TimeFrame(span.period, span.ahead, self.now)


def _span(rules: tuple[_TimeRule, ...], text: str, year: int, now: str, opens: bool = False) -> _YearSpan | None:
    """The years that the first rule that fits gives; `opens`: that fits at the beginning."""
    for rule in rules:
        found = rule.match.match(text) if opens else rule.match.search(text)
        span = _years(rule, found.groupdict(), year, int(now)) if found else None
        if span:
            return span
    return None


def _turn(text: str, year: int, now: str) -> _YearSpan | None:
    """The years that the opening of a sentence turns to."""
    opening = _pattern("opening").match(text)
    said = text[opening.end() : opening.end() + _TURN] if opening else ""
    return _span(_rules("turns"), said, year, now, opens=True)


def _years(rule: _TimeRule, said: dict[str, str | None], year: int, now: int) -> _YearSpan | None:
    if plan := said.get("plan"):
        first = plan_begins(plan)
        if rule.ahead:
            return _YearSpan(first, first + 4, ahead=True) if first > year else None
        return _YearSpan(first, first + 4, ahead=False) if first + 4 <= year else None
    if since := said.get("since"):
        return _YearSpan(int(since), year, ahead=False) if int(since) <= year else None
    if named := said.get("year"):
        return _named(rule, int(named), year)
    if count := said.get("n") or said.get("some"):
        size = YEARS[count]
        return (
            _YearSpan(year + 1, year + size, ahead=True)
            if rule.ahead
            else _YearSpan(year - size + 1, year, ahead=False)
        )
    if rule.now:
        return _YearSpan(now, now, ahead=now > year)
    return _YearSpan(year + rule.years[0], year + rule.years[1], bool(rule.ahead)) if rule.years else None


def _named(rule: _TimeRule, named: int, year: int) -> _YearSpan | None:
    """A year that is named: that reviewed, or the one after; a year of results never lies ahead."""
    if named not in (year, year + 1) or (rule.ahead is False and named > year):
        return None
    return _YearSpan(named, named, ahead=named > year)
