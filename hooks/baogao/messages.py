"""Finding -> words, in either language. The one place where errors and notes are worded (rules/messages.yml)."""

from __future__ import annotations

from collections.abc import Mapping

from .folding import on_terminal
from .model import Finding
from .rules import load


def spoken(environment: Mapping[str, str]) -> str:
    """The language of messages: Chinese where the machine speaks it (POSIX: LC_ALL before LANG), else English."""
    locale = environment.get("LC_ALL") or environment.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"


def is_error(finding: Finding) -> bool:
    """Whether the finding keeps a report from being published."""
    return bool(load("messages")[finding.code]["severity"] == "error")


def at(path: str, line: int = 0) -> str:
    """seeds/report.txt:42; without the line where the whole file is meant."""
    path = _in_line(path)  # a name may hold anything
    return f"{path}:{line}" if line else path


def worded(finding: Finding, language: str) -> str:
    """`file:line: what stands there. What was expected. What to do. What happens meanwhile.`"""
    place = at(finding.path, finding.line)
    row = load("messages")[finding.code]
    words, expected = row[language], finding.expected
    if "causes" in row:
        words = words.replace("{cause}", row["causes"][finding.cause][language])
    if language == "zh" and finding.expected_zh:
        expected = finding.expected_zh
    words = words.replace("{met}", _shortened(finding.met)).replace("{expected}", _shortened(expected))
    if finding.unit:
        chinese, english = map(on_terminal, finding.texts)
        return f"{place}: {on_terminal(finding.unit)}: {words}\n    {chinese}\n    {english}"
    return f"{place}: {words}"


def _in_line(text: str) -> str:
    return on_terminal(text).replace("\n", "␊")


_LONGEST = 1_000  # characters of what stands there: a value may be a whole file


def _shortened(text: str) -> str:
    """What stands there, no longer than a message is read, its control characters shown."""
    text = _in_line(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
