"""Text -> the matter it is about, one of the lines of work these reports return to (rules/matters.yml)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..rules import load


@cache
def _matters() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["name"], re.compile(row["match"])) for row in load("matters")["matters"])


def mentions_of(text: str) -> list[tuple[int, str]]:
    """The end of each mention of a matter and its name, in order; of two that end together the first in the table."""
    found: dict[int, str] = {}
    for name, pattern in _matters():
        for match in pattern.finditer(text):
            found.setdefault(match.end(), name)
    return sorted(found.items())


@lru_cache(4096)
def matter_of(text: str) -> str:
    """The matter a text names last, empty where it names none."""
    mentions = mentions_of(text)
    return mentions[-1][1] if mentions else ""


@cache
def events() -> frozenset[str]:
    """The matters that are something done: 案卷评查; not 规范性文件."""
    return frozenset(row["name"] for row in load("matters")["matters"] if row.get("event"))


@cache
def agents() -> frozenset[str]:
    """The matters that are people who act: 法律顾问."""
    return frozenset(row["name"] for row in load("matters")["matters"] if row.get("agent"))


def overlapped(base: str, own: str) -> str:
    """A base before what is said of it, what they share said once: 人民调解, 调解成功 -> 人民调解成功."""
    shared = next((n for n in range(min(len(base), len(own)), 1, -1) if base.endswith(own[:n])), 0)
    return base + own[shared:]
