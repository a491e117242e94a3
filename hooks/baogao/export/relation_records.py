"""What binds passages -> JSON and CSV: instruments, links, matters, tensions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from ..publication.publication import Publication
from ..relations.instruments import NamedInstrument
from ..relations.links import Link
from ..relations.matters import Matter
from ..relations.passages import Span
from ..relations.tensions import Tension
from .records import SEVERAL


def instrument_records(report: str, entries: Sequence[NamedInstrument]) -> list[dict[str, Any]]:
    """The instruments a report names, what is known of them, and where it names them."""
    return [
        {field.name: getattr(one.instrument, field.name) for field in fields(one.instrument)}
        | {
            "mentions": [
                {"id": m.anchor, "start": m.start, "end": m.end} for m in one.mentions if m.publication == report
            ]
        }
        for one in entries
        if any(mention.publication == report for mention in one.mentions)
    ]


def link_records(report: str, links: Sequence[Link]) -> list[dict[str, Any]]:
    """The links that start in a report: kind, from, to, why, the words both passages have, and the reason of a person
    who set it, in Chinese and where it was given in English."""
    return [
        {
            "kind": link.kind,
            "from": _span_record(link.from_),
            "to": _span_record(link.to),
            "why": list(link.why),
            "reason": link.reason.chinese if link.reason else None,
            "reason_en": (link.reason and link.reason.english) or None,
        }
        for link in links
        if link.from_.publication == report
    ]


def matter_records(matters: Iterable[Matter]) -> list[dict[str, Any]]:
    """The rows of the page on plan, results and shortcomings; what a cell lacks is null, or an empty list."""
    return [
        {
            "id": one.id,
            "theme": one.theme,
            "plan": _span_record(one.plan) if one.plan else None,
            "measures": [
                _span_record(measure.span)
                | {"repeated": list(measure.repeated), "figures": [f.id for f in measure.figures]}
                for measure in one.measures
            ],
            "shortcomings": [_span_record(lack.span) | {"answer": lack.answer} for lack in one.lacks],
        }
        for one in matters
    ]


def tension_records(tensions: Iterable[Tension]) -> list[dict[str, Any]]:
    """The statements of a report that ask for a question; computed: what their numbers give, null of words."""
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "about": one.about,
            "statements": [_span_record(span) for span in one.statements],
            "said": list(one.said),
            "computed": one.computed or None,
        }
        for one in tensions
    ]


MATTER_COLUMNS = (
    "id", "theme", "plan_id", "plan", "repeated", "measure_ids", "measures", "figures",
    "shortcoming_ids", "shortcomings", "answer",
)  # fmt: skip


def matters_csv(publication: Publication, matters: Iterable[Matter]) -> str:
    """The same, a matter a row, each passage as printed; several of one cell with ； between. Lines end in CRLF."""
    out = io.StringIO()
    writer = csv.DictWriter(out, MATTER_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    text = publication.report.source.text

    def said(spans: Iterable[Span]) -> str:
        return SEVERAL.join(" ".join(text[span.start : span.end].split()) for span in spans)

    for one in matters:
        measures, lacks = [each.span for each in one.measures], [each.span for each in one.lacks]
        writer.writerow(
            {
                "id": one.id,
                "theme": one.theme,
                "plan_id": one.plan.anchor if one.plan else None,
                "plan": said([one.plan] if one.plan else []),
                "repeated": SEVERAL.join(run for each in one.measures for run in each.repeated[:1]),
                "measure_ids": SEVERAL.join(span.anchor for span in measures),
                "measures": said(measures),
                "figures": SEVERAL.join(figure.id for figure in one.figures),
                "shortcoming_ids": SEVERAL.join(span.anchor for span in lacks),
                "shortcomings": said(lacks),
                "answer": SEVERAL.join(lack.answer for lack in one.lacks),
            }
        )
    return out.getvalue()


def _span_record(span: Span) -> dict[str, Any]:
    return {"report": span.publication, "id": span.anchor, "start": span.start, "end": span.end}
