"""Publication -> the rows of its tables, plain values by the columns of rules/corpus.yml."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from ..divisions import province_of
from ..figures.computed import is_change_of
from ..ids import LANGUAGES, department_of, kind_of, node_of, place_id, text_hash
from ..messages import is_error, worded
from ..model import Figure, Finding, Role, Sentence
from ..outline.items import Item
from ..publication.provisions import contents, timeliness
from ..publication.publication import Publication
from ..readers.particulars import split_place
from ..relations.bodies import body_id
from ..relations.links import Link
from ..rules import load
from ..wording.locators import Locators
from .schema import BEHIND, DIGITS

Row = Mapping[str, Any]  # by column; None, or not there, where nothing is known


def kind_name(publication: Publication) -> str:
    """What report_kind says: the kind's code in addresses, or of the one that has none there its own."""
    return str(kind_of(publication.report)["code"] or load("corpus")["no_code"])


def rows(publication: Publication, links: Sequence[Link]) -> dict[str, list[Row]]:
    """The rows of a report, table by table; `links`: those that start in it."""
    where, changed = Locators(publication.report, LANGUAGES[0]), _changed(publication.figures)
    return {
        "reports": [_report(publication)],
        "sections": list(_sections(publication)),
        "sentences": list(_sentences(publication)),
        "figures": [_figure(publication, figure, where, changed) for figure in publication.figures],
        "links": link_rows(links),
        "notes": [*note_rows(publication.id, (*publication.findings, *_too_long(publication)))],
    }


def _report(publication: Publication) -> Row:
    report, given = publication.report, publication.given
    place = given("place")
    held = {content.role: content.sentences for content in contents(publication)}
    when = timeliness(publication) if kind_of(report)["provisions"] else None
    parts = split_place(place) if place else [""]
    level = report.source.particulars.level
    return {
        "id": publication.id,
        "file": report.source.path,
        "form": report.source.form,
        "sha256": report.source.sha256,
        "url": publication.sidecar.url or None,
        "title": given("title") or None,
        "issuer": given("issuer") or None,
        "place": place or None,
        "place_name": parts[-1] or None,
        "place_id": place_id(parts[-1]) or None,
        "province": province_of(parts) or None,
        "level": level.text if level else None,
        "department": department_of(report) or None,
        "body": body_id(publication) if place else None,
        "year_reviewed": int(publication.year_reviewed) if publication.year_reviewed else None,
        "published": _day(publication.published),
        "published_printed": given("published") or None,
        "due": when.due if when else None,
        "days_late": when.days if when else None,
        **{f"{role}_sentences": held.get(role, 0) for role in Role if role is not Role.OTHER},
        "characters": publication.characters,
        "sections": sum(1 for _ in report.walk()),
        "sentences": sum(1 for _ in report.sentences()),
        "figures": len(publication.figures),
        "corrections": len(publication.sidecar.corrections),
    }


def _day(said: str) -> datetime.date | None:
    with suppress(ValueError):
        return datetime.date.fromisoformat(said)
    return None


def _sections(publication: Publication) -> Iterator[Row]:
    for item in publication.items:
        node = item.section
        yield {
            "report": publication.id,
            "id": item.id,
            "parent": item.above or None,
            "level": node.level,
            "numeral": item.numeral,
            "heading": item.heading.text if item.heading else None,
            "anchor": item.anchor,
            "role": node.role,
            "theme": node.theme,
            "start": node.start,
            "end": node.end,
            "sentences": len(item.sentences),
        }


def _sentences(publication: Publication) -> Iterator[Row]:
    for n, one in enumerate(publication.report.sentences(), 1):
        yield _sentence(publication, n, one, publication.items.of(one.id))


def _sentence(publication: Publication, n: int, one: Sentence, item: Item | None) -> Row:
    english = publication.translation
    return {
        "report": publication.id,
        "id": one.id,
        "n": n,
        "section": node_of(one.id),
        "part": one.part,
        "role": item.section.role if item else Role.OTHER,
        "theme": item.section.theme if item else None,
        "paragraph": one.paragraph,
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "hash": text_hash(one.text),
        "english": english.english(one.id, one.text) or None,
        "english_state": english.state(one.id, one.text),
    }


# ---- figures


def _changed(figures: Sequence[Figure]) -> Mapping[str, str]:
    """The ids of changes -> the figure that each is the change of: the last before it of which their words say so."""
    found, before = dict[str, str](), list[Figure]()
    for one in figures:
        if before and before[-1].sentence != one.sentence:
            before = []
        of = next((level for level in reversed(before) if level.said and is_change_of(one, level)), None)
        if of:
            found[one.id] = of.id
        before.append(one)
    return found


def _figure(publication: Publication, one: Figure, where: Locators, changed: Mapping[str, str]) -> Row:
    low, high = one.value if isinstance(one.value, tuple) else (one.value, None)
    return {
        "report": publication.id,
        "id": one.id,
        "sentence": one.sentence,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "value": _exact(low),
        "value_high": None if high is None else _exact(high),
        "values": [_exact(value) for value in one.values] or None,
        "unit": one.unit or None,
        "bound": one.bound,
        "kind": one.kind,
        "inclusive": one.inclusive,
        "direction": one.direction,
        "change_of": changed.get(one.id),
        "base": one.base or None,
        "base_year": int(one.base_year) if one.base_year else None,
        "period": one.period or None,
        "status": one.status,
        "dimension": one.dimension or None,
        "subject": one.subject or None,
        "name": one.name or None,
        "subjects": list(one.subjects) or None,
        "clause": one.clause.text if one.clause else None,
        "scope": one.scope or None,
        "role": one.role,
        "theme": one.theme,
        "indicator": one.indicator or None,
        "confidence": "low" if one.doubt else "high",
        "doubt": one.doubt,
        "corrected": one.corrected,
        "locator": where(one.sentence),
    }


def _exact(value: Decimal) -> Decimal | None:
    """A value as the tables hold it; none where it has more digits than they."""
    exponent = value.normalize().as_tuple().exponent
    fits = isinstance(exponent, int) and -exponent <= BEHIND and value.adjusted() < DIGITS - BEHIND
    return value if fits else None


def _too_long(publication: Publication) -> Iterator[Finding]:
    """A note for each figure whose value the tables cannot hold: what is printed they do."""
    source = publication.report.source
    for one in publication.figures:
        values = (*(one.value if isinstance(one.value, tuple) else (one.value,)), *one.values)
        if any(_exact(value) is None for value in values):
            yield Finding("number-too-long", source.path, source.line_at(one.start), one.quote)


# ---- links and findings


def link_rows(links: Iterable[Link]) -> list[Row]:
    """A row for each link."""
    return [
        {
            "report": one.from_.publication,
            "kind": one.kind,
            "anchor": one.from_.anchor,
            "start": one.from_.start,
            "end": one.from_.end,
            "to_report": one.to.publication,
            "to_anchor": one.to.anchor,
            "to_start": one.to.start,
            "to_end": one.to.end,
            "why": list(one.why),
            "reason": one.reason.chinese if one.reason else None,
        }
        for one in links
    ]


def note_rows(report: str, findings: Iterable[Finding]) -> Iterator[Row]:
    """A row for each finding of a report that is in the tables."""
    for one in findings:
        yield {"report": report} | _told(one)


def error_rows(findings: Iterable[Finding]) -> Iterator[Row]:
    """A row for each finding of a file that is not, or of what lies beside the reports."""
    for one in findings:
        yield {"severity": "error" if is_error(one) else "note"} | _told(one)


def _told(one: Finding) -> dict[str, Any]:
    said = {language: worded(one, language) for language in LANGUAGES}
    return {"file": one.path, "line": one.line or None, "code": one.code} | said
