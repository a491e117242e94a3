"""Finding -> words, in either language. The one place where errors and notes are worded (rules/messages.yml), and where
in a file they are (rules/whereabouts.yml)."""

from __future__ import annotations

from collections.abc import Mapping

from .folding import on_terminal
from .model import Finding, Whereabouts
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


def placed(path: str, line: int, found: Whereabouts | None, language: str) -> str:
    """The same; of a text that was taken out of a file the page and the words by which a person finds the line there,
    for it is no line of that file."""
    if not found:
        return at(path, line)
    words = _said("line", language, begins=_in_line(found.begins), line=str(line))
    return " ".join((at(path), *file_and_page(found, language), words))


def file_and_page(found: Whereabouts, language: str) -> list[str]:
    """The attachment and the page on which something stands, those of the two that there are."""
    told = [_said("attachment", language, name=_in_line(found.attachment))] if found.attachment else []
    if found.pages:
        first, last = map(str, found.pages)
        alone = _said("page", language, page=first)
        told.append(alone if first == last else _said("pages", language, first=first, last=last))
    return told


def _said(key: str, language: str, **values: str) -> str:
    words: str = load("whereabouts")[key][language]
    return words.format(**values)


def worded(finding: Finding, language: str) -> str:
    """`file:line: what stands there. What was expected. What to do. What happens meanwhile.`"""
    place = placed(finding.path, finding.line, finding.found, language)
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
