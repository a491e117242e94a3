"""YAML bytes -> Sidecar: what a report's text cannot say. The keys are rules/sidecar.yml; anything else is an error."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from ..handwritten import Values, read_yaml
from ..model import Finding, HeadingCorrection, ReportError
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
    theme: str | None = None
    scope: str | None = None
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
    line: int  # in the sidecar


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of two passages of the report: that they belong together, or that they do not."""

    from_: str  # the id of a heading or a sentence
    to: str
    why: str
    line: int  # in the sidecar
    why_en: str = ""  # the same in English
    kind: str = ""  # of rules/sidecar.yml; empty: by the parts they stand in
    strike: bool = False


@dataclass(frozen=True, slots=True)
class HandCheck:
    """Who checked what a sidecar says, and when."""

    by: str
    date: str


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a person added. Empty where nothing was."""

    path: str = ""
    id: str = ""
    title: str = ""
    issuer: str = ""
    place: str = ""
    year: int = 0
    year_reviewed: int = 0
    published: str = ""
    source: str = ""
    url: str = ""
    headline: tuple[str, ...] = ()
    headings: tuple[HeadingCorrection, ...] = ()
    figures: tuple[Correction, ...] = ()
    corrections: tuple[Notice, ...] = ()
    links: tuple[Judgement, ...] = ()
    attachments: tuple[str, ...] = ()  # names of files beside the report
    proofread: str = ""  # how the SHA-256 of the text begins that a person compared with the scan
    checked: HandCheck | None = None  # None where it is not said
    lines: tuple[tuple[str, int], ...] = ()  # of each headline id and attachment and of `proofread`, its line


def read_sidecar(path: str, data: bytes) -> Sidecar:
    """Raises ReportError with every wrong line: not YAML, an unknown key, a value of the wrong type."""
    read = read_yaml(path, data)
    given = read.top
    if given is None:
        return Sidecar(path)
    if not isinstance(given, dict):
        no_keys = Finding("sidecar-type", path, 1, repr(given), "keys and values", expected_zh="一行行的“键: 值”")
        raise ReportError(no_keys)
    findings = _violations(path, read)
    if findings:
        raise ReportError(*findings)
    headline = tuple(given.get("headline", ()))
    said = enumerate(given.get("headings", ()))
    headings = tuple(HeadingCorrection(**one, at=read.line(("headings", n))) for n, one in said)
    figures = tuple(Correction(**one, line=read.line(("figures", n))) for n, one in enumerate(given.get("figures", ())))
    corrections = tuple(
        Notice(**one, line=read.line(("corrections", n))) for n, one in enumerate(given.get("corrections", ()))
    )
    links = tuple(_judgement(one, read.line(("links", n))) for n, one in enumerate(given.get("links", ())))
    attachments = tuple(given.get("attachments", ()))
    listed = {"headline": headline, "attachments": attachments}
    lines = tuple((one, read.line((key, n))) for key, named in listed.items() for n, one in enumerate(named))
    lines += tuple((given[key], read.line((key,))) for key in ("proofread",) if key in given)
    given = given | listed
    given |= {"headings": headings, "figures": figures, "corrections": corrections, "links": links}
    given |= {"checked": HandCheck(**given["checked"])} if "checked" in given else {}
    return Sidecar(path, **given, lines=lines)


def _judgement(given: dict[str, Any], line: int) -> Judgement:
    return Judgement(given["from"], line=line, **{key: value for key, value in given.items() if key != "from"})


MOST_TOLD = 20  # of one file; who has more wrong lines mends those first


def _violations(path: str, read: Values) -> list[Finding]:
    from jsonschema import Draft202012Validator  # takes its time to arrive, and most reports have no sidecar

    schema = load("sidecar")
    known = schema["properties"]
    unknown = [key for key in read.top if key not in known]
    found = [Finding("sidecar-key", path, read.line((key,)), key, ", ".join(known)) for key in unknown[:MOST_TOLD]]
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    errors = validator.iter_errors({key: value for key, value in read.top.items() if key in known})
    for error in islice(errors, MOST_TOLD - len(found)):
        where = tuple(error.absolute_path)
        met = f"{where[0]}: {error.instance!r}"
        english, chinese = _expected(known, where)
        found.append(Finding("sidecar-type", path, read.line(where), met, english, expected_zh=chinese))
    return list(dict.fromkeys(found))  # a date of no form and of no day is told once


def _expected(known: dict[str, Any], where: tuple[Any, ...]) -> tuple[str, str]:
    """The description of the innermost key that has one, in English and in Chinese."""
    schema = known[str(where[0])]
    if len(where) > 2:  # a key of an item of a list
        schema = schema["items"]["properties"].get(where[2], schema)
    return schema["description"], schema["description_zh"]
