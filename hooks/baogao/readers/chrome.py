"""A line -> whether it is the portal's, a field of metadata, a title, a body's name or prose (rules/chrome.yml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..model import Line
from ..patterns import HAN, HEADING, longest
from ..rules import load
from .particulars import DATE

# A day as pages print it: 2024年1月31日, 2024-01-31.
DAY = re.compile(rf"{DATE}|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}")


@dataclass(frozen=True, slots=True)
class _LineRule:
    """A row of rules/chrome.yml: by what a line is known."""

    match: re.Pattern[str]
    unless: re.Pattern[str] | None

    def fits(self, line: str) -> bool:
        return bool(self.match.search(line)) and not (self.unless and self.unless.search(line))


@cache
def _rules(name: str) -> tuple[_LineRule, ...]:
    return tuple(
        _LineRule(re.compile(row["match"]), re.compile(row["unless"]) if "unless" in row else None)
        for row in load("chrome")[name]
    )


def is_chrome(line: str) -> bool:
    """Whether a line is the portal's wherever it stands outside the text."""
    return len(line) <= 150 and any(rule.fits(line) for rule in _rules("chrome"))


def is_metadata(line: str) -> bool:
    """Whether a line of the metadata block names no field, but is of the block all the same."""
    return any(rule.fits(line) for rule in _rules("metadata"))


@cache
def title_rules() -> dict[str, Any]:
    """How a title ends, opens and what it is about, as patterns; and the most characters it has."""
    rules = load("chrome")["title"]
    return {name: re.compile(rules[name]) for name in ("end", "about", "opening")} | {"longest": rules["longest"]}


def is_title(line: str) -> bool:
    """Whether a line by itself can be the title of a report."""
    rules = title_rules()
    line = re.sub(r"\s", "", line)  # 报　告
    return (
        6 <= len(line) <= rules["longest"]
        and bool(rules["end"].search(line))
        and bool(rules["about"].search(line))
        and not re.search("[。；;！!？?:：|｜>→]", line)
        and not HEADING.match(line)
    )


_SEAL = re.compile(r"[（(](盖章|印章|公章|章)[)）]$")


def is_body_name(line: str) -> bool:
    """Whether a line is the name of a body and nothing else: 某某市人民政府."""
    return (
        3 <= len(line := _SEAL.sub("", line)) <= 40
        and bool(re.fullmatch(rf"[{HAN}（）()·\s]+", line))
        and bool(chrome_pattern("body_end").search(line))
    )


@cache
def chrome_pattern(name: str) -> re.Pattern[str]:
    """A pattern of rules/chrome.yml that stands alone: body_end, salutation, contents."""
    return re.compile(load("chrome")[name])


def is_prose(line: str) -> bool:
    """Whether a line is running text, as no title, field or banner is."""
    return ("。" in line and len(line) >= 10) or (len(line) >= 30 and bool(re.search("[，,；;]", line)))


def opens_text(line: str) -> bool:
    """Whether a line is of the report's text: a heading, a salutation, a list of contents or prose."""
    opening = (HEADING, chrome_pattern("salutation"), chrome_pattern("contents"))
    return any(pattern.match(line) for pattern in opening) or is_prose(line)


@cache
def _field() -> re.Pattern[str]:
    """The name of a field. It stands right behind a value where a page shows them without a space: 县司法局浏览次数.

    A short name there may be the end of another that no rule knows: 数据来源, 失效日期.
    """
    groups = load("chrome")["fields"]
    names = longest(name for group in groups.values() for name in group)
    spaced = "|".join(
        (f"(?<![{HAN}])" if len(name) < 3 and name not in groups["other"] else "") + r"[\s\u3000]*".join(name)
        for name in names
    )
    return re.compile(rf"[\[【]\s*({spaced})\s*[\]】]\s*[:：|｜]?|({spaced})\s*[:：|｜]")


_BEFORE_FIELD = re.compile(
    r"[\s\u3000•·\-*|｜\[【（(]*+(?:\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*)?[|｜\s]*"
)
_VALUE_EDGE = " \t\u3000\xa0|｜•·"
_VALUE_ENDS = "|｜【"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the metadata, value span in the file; start == end where the value is empty."""

    name: str
    start: int
    end: int


def read_fields(text: str, line: Line) -> tuple[Field, ...]:
    """The fields of a line that begins with one, else nothing."""
    matches = list(_field().finditer(text, line.start, line.end))
    if not matches:
        return ()
    before = _BEFORE_FIELD.fullmatch(text, line.start, matches[0].start())
    if not before:
        return ()
    fields = []
    leading = DAY.search(text, line.start, matches[0].start())
    if leading:  # the date of publication without its name, before 来源
        fields.append(Field("时间", leading.start(), leading.end()))
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        start, end = match.end(), following.start() if following else line.end
        while start < end and text[start] in _VALUE_EDGE:
            start += 1
        end = next((at for at in range(start + 1, end) if text[at] in _VALUE_ENDS), end)  # buttons follow
        while start < end and text[end - 1] in _VALUE_EDGE + "[【（(":
            end -= 1
        fields.append(Field(re.sub(r"\s", "", match[1] or match[2]), start, end))
    return tuple(fields)
