"""Report -> the same Report with the roles of its sections. The rules, and the law behind them, are data/roles.yml."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from .data import load
from .model import Report, Role, Section


@dataclass(frozen=True, slots=True)
class _HeadingRule:
    role: Role
    match: re.Pattern[str]
    drop: re.Pattern[str] | None  # words that hold a matching one and mean something else


@dataclass(frozen=True, slots=True)
class _ContentRule:
    role: Role
    match: re.Pattern[str]
    share: int  # sentences in a hundred


@cache
def _heading_rules() -> tuple[_HeadingRule, ...]:
    return tuple(
        _HeadingRule(Role(row["role"]), re.compile(row["match"]), re.compile(row["drop"]) if "drop" in row else None)
        for row in load("roles")["roles"]
    )


@cache
def _content_rules() -> tuple[_ContentRule, ...]:
    return tuple(
        _ContentRule(Role(row["role"]), re.compile(row["match"]), row["share"]) for row in load("roles")["content"]
    )


def role_of_heading(heading: str) -> Role | None:
    """The role a heading states, None where it states none."""
    for rule in _heading_rules():
        if rule.match.search(rule.drop.sub("", heading) if rule.drop else heading):
            return rule.role
    return None


def role_of(section: Section) -> Role:
    """The role of a top section: what its heading states, else what most of its sentences do."""
    stated = role_of_heading(section.heading.text) if section.heading else None
    return stated or _role_of_sentences(section)


def _role_of_sentences(section: Section) -> Role:
    sentences = [sentence.text for node in section.walk() for sentence in node.sentences]
    for rule in _content_rules():
        found = sum(bool(rule.match.search(sentence)) for sentence in sentences)
        if sentences and found * 100 >= rule.share * len(sentences):
            return rule.role
    return Role.OTHER


def with_roles(report: Report) -> Report:
    """The report, each top section with its role and everything below with that of its top section."""
    return replace(report, sections=tuple(_inherit(section, role_of(section)) for section in report.sections))


def _inherit(section: Section, role: Role) -> Section:
    return replace(section, role=role, sections=tuple(_inherit(child, role) for child in section.sections))
