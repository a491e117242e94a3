"""YAML bytes -> Sidecar: what a report's text cannot say. The keys are rules/sidecar.yml; anything else is an error."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from ..model import Finding, ReportError
from ..rules import load


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of one figure. None where nothing is said."""

    id: str
    quote: str
    line: int  # in the sidecar
    subject: str | None = None
    name: str | None = None
    unit: str | None = None
    indicator: str | None = None
    strike: bool = False
    merge: str | None = None  # the id of the figure it is one with


@dataclass(frozen=True, slots=True)
class Notice:
    """A correction that readers are told of, on the page and in the feed."""

    date: str
    id: str  # of what was corrected: a figure, a sentence; or the report's own
    was: str
    now: str  # empty: it was withdrawn, and nothing stands there now
    why: str


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a person added. Empty where nothing was."""

    path: str = ""
    id: str = ""
    title: str = ""
    issuer: str = ""
    place: str = ""
    year: int = 0
    published: str = ""
    source: str = ""
    url: str = ""
    headline: tuple[str, ...] = ()
    figures: tuple[Correction, ...] = ()
    corrections: tuple[Notice, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()  # of each headline id, its line


def read_sidecar(path: str, data: bytes) -> Sidecar:
    """Raises ReportError with every wrong line: not YAML, an unknown key, a value of the wrong type."""
    try:
        node = yaml.compose(data.decode("utf-8-sig"), Loader=yaml.SafeLoader)
        given = yaml.safe_load(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReportError(
            Finding("sidecar-syntax", path, data.count(b"\n", 0, error.start) + 1, "not UTF-8")
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", error))
        raise ReportError(Finding("sidecar-syntax", path, mark.line + 1 if mark else 1, problem)) from error
    if node is None or given is None:
        return Sidecar(path)
    if not isinstance(given, dict):
        raise ReportError(Finding("sidecar-type", path, 1, type(given).__name__, "keys and values"))
    given = {key: _plain(value) for key, value in given.items()}
    lines: dict[tuple[Any, ...], int] = {(str(key.value),): key.start_mark.line + 1 for key, _ in node.value}
    lines |= {
        (str(key.value), n): item.start_mark.line + 1
        for key, value in node.value
        if isinstance(value, yaml.SequenceNode)
        for n, item in enumerate(value.value)
    }
    findings = _violations(path, given, lines)
    if findings:
        raise ReportError(*findings)
    given["headline"] = tuple(given.get("headline", ()))
    corrections = enumerate(given.get("figures", ()))
    given["corrections"] = tuple(Notice(**one) for one in given.get("corrections", ()))
    given["figures"] = tuple(Correction(**one, line=lines["figures", n]) for n, one in corrections)
    return Sidecar(path, **given, lines=tuple((id_, lines["headline", n]) for n, id_ in enumerate(given["headline"])))


def _plain(value: Any) -> Any:
    """A YAML date is meant as the text it was written as, inside lists too."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value.isoformat() if isinstance(value, datetime.date) else value


def _violations(path: str, given: dict[Any, Any], lines: dict[tuple[Any, ...], int]) -> list[Finding]:
    schema = load("sidecar")
    known = schema["properties"]
    found = [
        Finding("sidecar-key", path, lines.get((str(key),), 1), str(key), ", ".join(known))
        for key in given
        if key not in known
    ]
    for error in Draft202012Validator(schema).iter_errors({k: v for k, v in given.items() if k in known}):
        where = tuple(error.absolute_path)
        line = lines.get(where[:2], lines.get((str(where[0]),), 1))
        found.append(Finding("sidecar-type", path, line, f"{where[0]}: {error.instance!r}", _expected(known, where)))
    return found


def _expected(known: dict[str, Any], where: tuple[Any, ...]) -> str:
    """The description of the innermost key that has one."""
    schema = known[str(where[0])]
    if len(where) > 2:  # a key of an item of a list
        schema = schema["items"]["properties"].get(where[2], schema)
    return str(schema["description"])
