"""Figures -> the same Figures with the code of the indicator each states, comparable across reports.

The rules, their names and sources are rules/indicators.yml. Afterwards: a figure has a code only where a rule fired;
changes have none, since a change of a measure is not the measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ..model import Figure, Kind, Status
from ..rules import load

CONTEXT = 60  # characters before a figure in which a rule may look


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure that reports share."""

    code: str
    names: dict[str, str]  # by language
    says: dict[str, str]  # how it is counted, by language
    authority: str  # the law or document it is of, by rules/authorities.yml


@dataclass(frozen=True, slots=True)
class _IndicatorRule:
    """A row of rules/indicators.yml: which figures state the indicator."""

    code: str
    kind: Kind
    unit: re.Pattern[str]
    match: re.Pattern[str]
    unless: re.Pattern[str] | None
    context: re.Pattern[str] | None


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by its code."""
    rows = load("indicators")["indicators"]
    return {
        row["code"]: Indicator(row["code"], {"zh": row["zh"], "en": row["en"]}, row["says"], row["authority"])
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Core:
    """A subject that every report of a kind is asked about."""

    what: str
    shown: tuple[str, ...]  # codes of indicators: the first there is stands for it
    asked: Mapping[str, Mapping[str, str]]  # those a reader looks for: what to search instead, by language


@cache
def core(kind: str) -> tuple[Core, ...]:
    """The subjects of a kind of report (rules/kinds.yml), in their order; empty where none is known."""
    found = (row["subjects"] for row in load("indicators")["core"] if kind in row["kinds"])
    return tuple(Core(row["what"], tuple(row["shown"]), row["asked"]) for row in next(found, []))


def not_found(kind: str, figures: Iterable[Figure]) -> Iterator[tuple[Indicator, Mapping[str, str]]]:
    """The indicators asked of a kind of report that none of its figures states, each with what to search instead."""
    stated = {figure.indicator for figure in figures if figure.status is Status.STATED}
    for subject in core(kind):
        for code, search in subject.asked.items():
            if code not in stated:
                yield indicators()[code], search


@cache
def _rules() -> tuple[_IndicatorRule, ...]:
    def pattern(row: dict[str, str], name: str) -> re.Pattern[str] | None:
        return re.compile(row[name]) if name in row else None

    return tuple(
        _IndicatorRule(
            row["code"],
            Kind(row["kind"]),
            re.compile(row["unit"]),
            re.compile(row["match"]),
            pattern(row, "unless"),
            pattern(row, "context"),
        )
        for row in load("indicators")["indicators"]
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("indicators")[name])


@lru_cache(512)
def _rules_for(kind: Kind, unit: str) -> tuple[_IndicatorRule, ...]:
    return tuple(rule for rule in _rules() if rule.kind is kind and rule.unit.fullmatch(unit))


def code_of(subject: str, kind: Kind, unit: str, before: str = "") -> str:
    """The code of what is measured, empty where no rule fires. `before`: the text before the figure."""
    if _pattern("partial").search(subject) or (kind is Kind.LEVEL and _pattern("campaign").search(subject)):
        return ""
    for rule in _rules_for(kind, unit):
        if not rule.match.search(subject):
            continue
        if rule.unless and rule.unless.search(subject):
            continue
        if rule.context is None or rule.context.search(before[-CONTEXT:]):
            return rule.code
    return ""


def with_indicators(figures: Iterable[Figure], text: str) -> tuple[Figure, ...]:
    """The figures of a report, coded; `text` is that of its source."""
    return tuple(
        replace(f, indicator=code_of(f.said, f.kind, f.unit, text[max(0, f.start - CONTEXT) : f.start]))
        for f in figures
    )
