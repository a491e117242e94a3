"""Report -> the same Report with the roles of its sections and the themes of its passages.

The rules, and the documents behind them, are rules/roles.yml and rules/themes.yml.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from ..model import Part, Report, Role, Section, Sentence, Theme
from ..rules import load
from .times import TimeFrame, time_frames


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


def _roles(sections: Sequence[Section]) -> list[Role]:
    """The role of each top section: what its heading states, else what most of its sentences do.

    Where numbers begin anew, 一、 behind 三、, a chapter begins that has none: what its sections are is stated by the
    line that leads to them, the last of the section before. Where it says nothing, those without a role have the one
    that the others of their chapter share.
    """
    begin = [0, *(n for n, one in enumerate(sections) if n and re.fullmatch("1[a-z]+", one.id)), len(sections)]
    leads = [None, *(_lead(sections[n - 1]) for n in begin[1:-1]), None]  # to each chapter, and to none behind the last
    found = list[Role]()
    for (first, end), (lead, next_lead) in zip(pairwise(begin), pairwise(leads), strict=True):
        said = _role_of_lead(lead.text) if lead else None
        roles = [_stated(one) or said or _role_of_sentences(one, but=next_lead) for one in sections[first:end]]
        shared = {role for role in roles if role is not Role.OTHER}
        if first and len(shared) == 1 and 2 * roles.count(Role.OTHER) < len(roles):
            roles = [*shared] * len(roles)
        found += roles
    return found


def _stated(section: Section) -> Role | None:
    return role_of_heading(section.heading.text) if section.heading else None


def _lead(section: Section) -> Sentence | None:
    """The last line of a section, where it leads to what comes next: a sentence that is a paragraph of its own."""
    sentences = [one for node in section.walk() for one in node.sentences]
    last = sentences[-1] if sentences else None
    if not last or last.part is Part.TABLE or any(one.paragraph == last.paragraph for one in sentences[:-1]):
        return None
    return last if re.search(load("roles")["leads"]["match"], last.text) else None


def _role_of_lead(lead: str) -> Role | None:
    """What it says as a heading does, or by words of what lies ahead or is lacking; a number in it is no result."""
    said = (rule.role for rule in _content_rules() if rule.role is not Role.RESULTS and rule.match.search(lead))
    return role_of_heading(lead) or next(said, None)


def _role_of_sentences(section: Section, but: Sentence | None) -> Role:
    """What most of its sentences do. `but`: a line that leads away from it."""
    own = [one for node in section.walk() for one in node.sentences if one != but]
    sentences = [one.text for one in own if one.part is not Part.TABLE]
    for rule in _content_rules():
        found = sum(bool(rule.match.search(sentence)) for sentence in sentences)
        if sentences and found * 100 >= rule.share * len(sentences):
            return rule.role
    return Role.OTHER


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    """A theme by its words."""

    theme: Theme
    strong: re.Pattern[str]
    plain: re.Pattern[str]
    either: re.Pattern[str]  # most texts hold neither: one search instead of two


@cache
def _any_theme() -> re.Pattern[str]:
    return re.compile("|".join(row.either.pattern for row in _themes()))


@cache
def _themes() -> tuple[_Weighed, ...]:
    return tuple(
        _Weighed(
            Theme(row["theme"]),
            re.compile(row["strong"]),
            re.compile(row["plain"]),
            re.compile(f"{row['strong']}|{row['plain']}"),
        )
        for row in load("themes")["themes"]
    )


def theme_of(heading: str, sentences: Sequence[str] = (), least: int | None = None) -> Theme | None:
    """The theme whose words weigh most in a passage, None where none weighs at least so much."""
    rules = load("themes")
    weights = dict.fromkeys(_themes(), 0)
    for text, factor in ((heading, rules["heading"]), *((sentence, 1) for sentence in sentences)):
        if text and _any_theme().search(text):
            for row in _themes():
                weights[row] += factor * _weight(row, text)
    best = max(weights, key=lambda row: weights[row])  # among equals the first row
    return best.theme if weights[best] >= (least or rules["least"]) else None


def _weight(row: _Weighed, text: str) -> int:
    """The words of a theme in a text, each counted once."""
    if not row.either.search(text):
        return 0
    strong: int = load("themes")["strong"]
    return strong * len(set(row.strong.findall(text))) + len(set(row.plain.findall(text)))


def with_themes(report: Report, roles: Collection[str] = tuple(Role), year: str = "") -> Report:
    """The report, each section with its role and theme: the role of its top section, its own theme or that above.

    `roles`: those a report of its kind has; a section that seems to play another plays none. `year`: the one reviewed;
    a heading with the year after it is a plan's.
    """
    playing = [role if role in roles else Role.OTHER for role in _roles(report.sections)]
    played = replace(
        report,
        sections=tuple(replace(one, role=role) for one, role in zip(report.sections, playing, strict=True)),
    )
    told = time_frames(played, year)
    sections = tuple(_inherit(one, _timed(one, told.get(f"h{one.id}"), roles), None) for one in played.sections)
    return replace(report, sections=sections)


def _timed(section: Section, frame: TimeFrame | None, roles: Collection[str]) -> Role:
    """Results that lie ahead are a plan, and a plan of years that are over is none."""
    role = section.role
    if frame and frame.ahead and role in (Role.RESULTS, Role.OTHER) and Role.PLAN in roles:
        return Role.PLAN
    if frame and not frame.ahead and role is Role.PLAN:
        return Role.RESULTS
    return role


def _inherit(section: Section, role: Role, above: Theme | None) -> Section:
    theme = _theme_of_section(section) or above
    below = tuple(_inherit(child, role, theme) for child in section.sections)
    return replace(section, role=role, theme=theme, sections=below)


def _theme_of_section(section: Section) -> Theme | None:
    """What its heading says; where that says little, and nothing numbered is below, heading and text together."""
    heading = section.heading.text if section.heading else ""
    said = theme_of(heading, least=load("themes")["heading"] * load("themes")["strong"])
    return said or theme_of(heading, [] if section.sections else [sentence.text for sentence in section.sentences])
