"""Bytes of a file that a person wrote -> text, or the plain values of its YAML or JSON, each with its line.

Whatever a library raises on such a file is told with its line: no report that lies beside it is lost. Of YAML only
keys, lists and values are read. Anchors, aliases and tags are refused: a few lines need none, and with them a few bytes
stand for gigabytes, or for objects. A value is the text as written, but for whole numbers, true and false, and nothing:
2024-01-31 is no date, 2023.0 no number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

import yaml

from .model import Finding, ReportError

LARGEST_BESIDE = 1_000_000  # bytes of a YAML file; a thousand corrections fill a tenth
DEEPEST = 6  # keys and lists one inside another; a sidecar has three
Where = tuple[str | int, ...]  # keys and places in lists, from the top down

_T = TypeVar("_T")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is twenty times as fast
_TAG = "tag:yaml.org,2002:"
_WHOLE = re.compile("-?(0|[1-9][0-9]{0,8})")
# What no line of text holds: controls but for tab and line end, halves of surrogate pairs, what is no character.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Values:
    """What a YAML file says."""

    top: Any  # dict, list, text, whole number, bool; None where it says nothing
    lines: dict[Where, int]  # where each key and each item of a list begins

    def line(self, where: Where) -> int:
        """The line of a value, else of the nearest that holds it."""
        return next((self.lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in self.lines), 1)


def text_of(code: str, path: str, data: bytes, spreadsheet: bool = False) -> str:
    """UTF-8, without a byte order mark; of a spreadsheet GB18030 too, as Excel saves a CSV in China. Raises ReportError
    (of that code) with the line that is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        with suppress(UnicodeDecodeError):
            return data.decode("gb18030" if spreadsheet else "utf-8")
        line = data.count(b"\n", 0, error.start) + 1
        raise ReportError(Finding(code, path, line, cause="encoding")) from error


def parsed(code: str, path: str, text: str, parse: Callable[[str], _T]) -> _T:
    """What a library makes of a text. Whatever it raises is a ReportError (of that code), with the line it names."""
    try:
        return parse(text)
    except ReportError:
        raise
    except Exception as error:  # OverflowError, IndexError...: libraries foresee less than people write
        mark, said = getattr(error, "problem_mark", None), str(getattr(error, "problem", None) or error)
        named = re.search(r"\bline (\d+)", said)
        line = mark.line + 1 if mark else int(named[1]) if named else 1
        line = min(line, text.count("\n") + 1)  # some name the line behind the last
        raise ReportError(Finding(code, path, line, said or type(error).__name__)) from error


def read_json(code: str, path: str, text: str, line: int = 1) -> Any:
    """The value of a JSON text that begins in that line, numbers as written. Raises ReportError of that code."""
    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise ReportError(Finding(code, path, line + error.lineno - 1, f"{error.msg}, column {error.colno}")) from error
    except (ValueError, RecursionError) as error:  # an endless number; lists one inside another without end
        raise ReportError(Finding(code, path, line, str(error))) from error


def read_yaml(path: str, data: bytes) -> Values:
    """Raises ReportError: not UTF-8, not YAML, more of YAML than is read, a key that stands twice."""
    if len(data) > LARGEST_BESIDE:
        raise ReportError(Finding("yaml-large", path, 0, f"{len(data):,}", f"{LARGEST_BESIDE:,}"))
    text = text_of("sidecar-syntax", path, data)
    if unfit := _UNFIT.search(text):
        raise ReportError(_unfit(path, text.count("\n", 0, unfit.start()) + 1, unfit[0]))
    return parsed("sidecar-syntax", path, text, lambda text: _document(path, text))


def _unfit(path: str, line: int, character: str) -> Finding:
    return Finding("sidecar-syntax", path, line, f"U+{ord(character):04X}", cause="character")


def _document(path: str, text: str) -> Values:
    events = yaml.parse(text, Loader=_LOADER)
    lines: dict[Where, int] = {}
    top, documents = None, 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise ReportError(_plainly(path, event, "---"))
        elif isinstance(event, yaml.NodeEvent):
            top = _value(path, event, events, (), lines)
    return Values(top, lines)


def _value(path: str, event: Any, events: Iterator[Any], where: Where, lines: dict[Where, int]) -> Any:
    """The value that begins with an event; its last event is taken."""
    _refuse_marks(path, event)
    lines.setdefault(where, event.start_mark.line + 1)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(path, event)
    if len(where) == DEEPEST:
        raise ReportError(Finding("yaml-deep", path, event.start_mark.line + 1, "", str(DEEPEST)))
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_value(path, event, events, (*where, len(items)), lines))
        return items
    values: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        _refuse_marks(path, event)
        line = event.start_mark.line + 1
        if not isinstance(event, yaml.ScalarEvent):
            raise ReportError(_plainly(path, event, "a key that is no word"))
        key = event.value
        if key in values:
            raise ReportError(Finding("yaml-twice", path, line, key, str(lines[*where, key])))
        lines[*where, key] = line
        values[key] = _value(path, next(events), events, (*where, key), lines)
    return values


def _refuse_marks(path: str, event: Any) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise ReportError(_plainly(path, event, f"*{event.anchor}"))
    if event.anchor is not None:
        raise ReportError(_plainly(path, event, f"&{event.anchor}"))
    if event.tag is not None:
        raise ReportError(_plainly(path, event, event.tag.replace(_TAG, "!!")))


def _plainly(path: str, event: Any, met: str) -> Finding:
    return Finding("yaml-plain", path, event.start_mark.line + 1, met)


def _scalar(path: str, event: Any) -> str | int | bool | None:
    value: str = event.value
    if unfit := _UNFIT.search(value):  # written as an escape
        raise ReportError(_unfit(path, event.start_mark.line + 1, unfit[0]))
    if event.style in ("|", ">"):
        return value.rstrip("\n")  # the line end that closes a block
    if not event.implicit[0]:  # quoted
        return value
    kind = _sort_of(value)
    if kind == "null":
        return None
    if kind == "bool":
        return bool(yaml.SafeLoader.bool_values[value.lower()])
    return int(value) if kind == "int" and _WHOLE.fullmatch(value) else value


def _sort_of(value: str) -> str:
    """What YAML 1.1 takes an unquoted value for: str, int, bool, null..."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(value[:1], [])
    return next((tag.removeprefix(_TAG) for tag, pattern in resolvers if pattern.match(value)), "str")
