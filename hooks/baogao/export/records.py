"""Publication -> JSON and CSV, report.json -> the text it holds. Keys are public: added, never renamed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import msgspec

from .. import __version__
from ..figures.computed import Computed, Rule, computed
from ..folding import in_xml
from ..ids import LANGUAGES
from ..model import Figure, Part, Particulars, Printed, Report, Section, Source
from ..publication.publication import Publication
from ..relations.instruments import NamedInstrument
from ..relations.links import Link
from ..relations.matters import Matter
from ..relations.passages import Span
from ..relations.series import Measured, Statement
from ..relations.tensions import Tension
from ..rules import load
from ..wording.authorities import in_plain_text
from ..wording.locators import Locators

SEVERAL = "；"  # between the subjects of one number in a cell; it ends a clause, so it stands in no subject
# how a cell begins that Excel calculates, in Chinese and Japanese the wide forms too; -3.5 is a number
_CALCULATED = re.compile(r"[\t\r\n@=＠＝]|[+-](?![0-9.,]+%?$)|[＋－]")
SCHEMA_VERSION = 1  # of every JSON file; raised when a key changes its meaning or goes
FIGURE_COLUMNS = tuple(column["name"] for column in load("columns")["columns"])


def outline_record(publication: Publication) -> dict[str, Any]:
    """What `baogao outline --format json` prints. Offsets are half-open, in code points of the decoded file."""
    report, source = publication.report, publication.report.source
    return {
        "schema_version": SCHEMA_VERSION,
        "version": __version__,
        "id": publication.id,
        "characters": len(source.text),
        "encoding": source.encoding,
        "sha256": source.sha256,
        **_extraction(source),
        "report": {f.name: _said(getattr(source.particulars, f.name)) for f in fields(Particulars)},
        "year": int(publication.year) if publication.year else None,
        "year_reviewed": int(publication.year_reviewed) if publication.year_reviewed else None,
        "segments": [
            {"start": s.start, "end": s.end, "part": s.part, "id": s.id, **page_of(source, s.start)}
            for s in report.segments
        ],
        **({"pages": [{"start": start, "page": page} for start, page in source.pages]} if source.pages else {}),
        "sections": [_section(section) for section in report.sections],
        "notes": [{"code": f.code, "line": f.line, "met": f.met, "expected": f.expected} for f in publication.findings],
    }


_OF_ATTACHMENT = ("name", "form", "sha256", "start", "end", "annex")


def _extraction(source: Source) -> dict[str, Any]:
    """Of a text that is not the file received: the form of that file, the hash of the text, and the files attached to
    it. Else nothing."""
    if not source.extracted:
        return {}
    attached = [{key: getattr(one, key) for key in _OF_ATTACHMENT} for one in source.attachments]
    said = {"form": source.form, "text_sha256": source.text_sha256}
    return said | ({"attachments": attached} if attached else {})


def page_of(source: Source, offset: int) -> dict[str, int]:
    """The page of the file on which a character stands, as a key of its own; nothing where the file has no pages."""
    page = source.page_at(offset)
    return {"page": page} if page else {}


def report_record(publication: Publication) -> dict[str, Any]:
    """report.json: the outline with the text of every segment and the line ends, enough to give the file back."""
    text = publication.report.source.text
    record = outline_record(publication)
    for segment in record["segments"]:
        segment["text"] = text[segment["start"] : segment["end"]]
    return record | {"line_ends": line_ends(text)}


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
    who set it."""
    return [
        {
            "kind": link.kind,
            "from": _span_record(link.from_),
            "to": _span_record(link.to),
            "why": list(link.why),
            "reason": link.reason or None,
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


def restore(record: Mapping[str, Any]) -> bytes:
    """report.json -> the bytes received, or of a text extracted those of the text.

    Raises ValueError where the record is none, or is not whole.
    """
    try:
        data = "".join(segment["text"] for segment in record["segments"]).encode(record["encoding"])
        expected = record.get("text_sha256", record["sha256"])
    except (KeyError, TypeError, LookupError, UnicodeEncodeError) as error:
        raise ValueError(f"not a report.json: {error!r}. Expected the file beside a report's overview.") from error
    if hashlib.sha256(data).hexdigest() != expected:
        raise ValueError(
            "the text was changed: its SHA-256 is not the one recorded. Take report.json from the site again."
        )
    return data


def line_ends(text: str) -> str:
    """LF, CRLF or CR; mixed where there are several; none where the file is one line."""
    found = {{"\r\n": "CRLF", "\n": "LF", "\r": "CR"}[end] for end in re.findall("\r\n|\n|\r", text)}
    return found.pop() if len(found) == 1 else "mixed" if found else "none"


def figure_record(figure: Figure, source: Source) -> dict[str, Any]:
    """A line of `baogao figures --format jsonl`."""
    value = figure.value
    return {
        "id": figure.id,
        "sentence": figure.sentence,
        "start": figure.start,
        "end": figure.end,
        "quote": figure.quote,
        "value": [_number(v) for v in value] if isinstance(value, tuple) else _number(value),
        "unit": figure.unit,
        "bound": figure.bound,
        "kind": figure.kind,
        "inclusive": figure.inclusive,
        "direction": figure.direction,
        "base": figure.base or None,
        "base_year": int(figure.base_year) if figure.base_year else None,
        "period": figure.period or None,
        "status": figure.status,
        "dimension": figure.dimension,
        "subject": figure.subject,
        "name": figure.name,
        "subjects": list(figure.subjects),
        "clause": figure.clause.text if figure.clause else None,
        "scope": figure.scope or None,
        "role": figure.role,
        "theme": figure.theme,
        "indicator": figure.indicator or None,
        "confidence": "low" if figure.doubt else "high",
        "doubt": figure.doubt,
        "corrected": figure.corrected,
        "values": [_number(term) for term in figure.values],
        **page_of(source, figure.start),
    }


def figures_csv(report: Report, figures: Iterable[Figure], language: str = LANGUAGES[0]) -> str:
    """One figure a row; value_high only for a range; the locator in the language. Lines end in CRLF (RFC 4180)."""
    out = io.StringIO()
    writer = csv.DictWriter(out, FIGURE_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    where = Locators(report, language)
    for figure in figures:
        writer.writerow(_row(figure, where))
    return out.getvalue()


def _row(figure: Figure, where: Locators) -> dict[str, Any]:
    record = figure_record(figure, where.report.source)
    low, high = record["value"] if isinstance(record["value"], list) else (record["value"], None)
    inclusive = {None: None, True: "true", False: "false"}[figure.inclusive]
    row = {"value": low, "value_high": high, "inclusive": inclusive, "subjects": SEVERAL.join(figure.subjects)}
    terms = SEVERAL.join(map(str, record["values"]))
    return (
        record | row | {"corrected": str(figure.corrected).lower(), "values": terms, "locator": where(figure.sentence)}
    )


STATEMENT_COLUMNS = ("place", "place_name", "body", "year", "report", "differs")  # before those of its figure


def indicator_csv(measured: Measured) -> str:
    """What reports state of an indicator, one statement a row; differs: from the year before, in what; part:
    of what is told apart from the whole, what it measures."""
    out = io.StringIO()
    writer = csv.DictWriter(out, (*STATEMENT_COLUMNS, *FIGURE_COLUMNS, "part"), lineterminator="\r\n")
    writer.writeheader()
    where: dict[str, Locators] = {}
    for series in measured.series:
        for one in (*series.results, *series.targets):
            located = where.setdefault(one.publication.id, Locators(one.publication.report, LANGUAGES[0]))
            about = {"place": series.place.id, "place_name": series.place.name, "body": series.body.id}
            said = {"year": one.year, "report": one.publication.id, "differs": SEVERAL.join(one.differs)}
            said["part"] = series.part.figure.told if series.part else ""
            writer.writerow(about | said | _row(one.figure, located))
    return out.getvalue()


def indicator_json(measured: Measured) -> str:
    """The same with what the indicator is: each statement with its whole figure."""
    indicator = measured.indicator
    return dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "version": __version__,
            "indicator": indicator.code,
            "names": indicator.names,
            "says": indicator.says,
            "source": in_plain_text(indicator.authority),
            "series": [
                {
                    "place": series.place.id,
                    "place_name": series.place.name,
                    "body": series.body.id,
                    "part": series.part.figure.told if series.part else None,
                    "statements": [_statement_record(one) for one in (*series.results, *series.targets)],
                    "joined": [[_named(one) for one in pair] for pair in series.joined],
                }
                for series in measured.series
            ],
        }
    )


def _named(one: Statement) -> str:
    """A statement across reports: report and figure, as in a corpus."""
    return f"{one.publication.id}/{one.figure.id}"


def _statement_record(one: Statement) -> dict[str, Any]:
    return {
        "year": int(one.year),
        "report": one.publication.id,
        "sha256": one.publication.report.source.sha256,
        "differs": list(one.differs),
        "figure": figure_record(one.figure, one.publication.report.source),
    }


def for_excel(table: str) -> str:
    """A table behind a U+FEFF, without which Excel takes UTF-8 for the code page of the machine, and with an apostrophe
    before each text that Excel would calculate (https://owasp.org/www-community/attacks/CSV_Injection). Exact is the
    table without this, or JSON."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in csv.reader(io.StringIO(table, newline="")):
        writer.writerow([f"'{cell}" if _CALCULATED.match(cell) else cell for cell in row])
    return f"\ufeff{out.getvalue()}"


def data_package(publication: Publication) -> str:
    """datapackage.json of figures.csv by Data Package 2.0: columns in both languages, source, hash of the file."""
    rules, title = load("columns"), publication.given("title") or publication.id
    source = {"title": title} | ({"path": publication.sidecar.url} if publication.sidecar.url else {})
    table = {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": "figures",
        "path": "figures.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": [_column(row) for row in rules["columns"]],
            "fieldsMatch": "exact",
            "missingValues": [""],
            "primaryKey": ["id"],
        },
    }
    return dumps(
        {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": publication.id,
            "title": title,
            "licenses": [rules["licence"]],
            "sources": [source],
            "baogao": {
                "version": __version__,
                "sha256": publication.report.source.sha256,
                **_extraction(publication.report.source),
            },
            "resources": [table],
        }
    )


def _column(row: Mapping[str, Any]) -> dict[str, Any]:
    field = {"name": row["name"], "type": row["type"], "title": row["zh"], "description": row["en"]}
    return field | ({"constraints": {"enum": row["enum"]}} if "enum" in row else {})


def full_text(publication: Publication) -> str:
    """The report alone as plain text, a line a paragraph: title, text and signature, nothing of the portal's."""
    report, text = publication.report, publication.report.source.text
    own = [(line.start, line.end) for line in report.source.body]
    own += [(s.start, s.end) for s in report.segments if s.part is Part.SIGNATURE]
    title = publication.given("title")
    return "\n\n".join([*([title] if title else []), *(text[start:end] for start, end in sorted(own))]) + "\n"


def figures_json(publication: Publication) -> str:
    """figures.json: the report they come from, its figures, and apart from them what this site computed."""
    source = publication.report.source
    record = {
        "schema_version": SCHEMA_VERSION,
        "version": __version__,
        "id": publication.id,
        "sha256": source.sha256,
        **_extraction(source),
        "figures": [figure_record(figure, source) for figure in publication.figures],
        "computed": [_computed_record(one) for one in computed(publication.figures, source.text)],
    }
    return dumps(record)


def _computed_record(one: Computed) -> dict[str, Any]:
    return {
        "id": one.id,
        "rule": one.rule,
        "premises": list(one.premises),
        "value": _number(one.value),
        "bound": one.bound,
        "exact": one.exact,
        "unit": one.unit,
        "subject": one.subject,
        "period": "year before" if one.rule in (Rule.YEAR_BEFORE, Rule.AT_MOST) else None,
        "formula": one.formula,
        "printed": None if one.printed is None else _number(one.printed),
    }


# ---- English


def bilingual_csv(publication: Publication) -> str:
    """Every unit with its Chinese, its English and how far that is; lines end in CRLF (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("id", "zh", "en", "state"))
    for unit in publication.units():
        state = publication.translation.state(unit.id, unit.text)
        writer.writerow((unit.id, unit.text, publication.translation.english(unit.id, unit.text), state))
    return out.getvalue()


def tmx(publication: Publication) -> str:
    """The units that have English as TMX 1.4b, tuid their ids (https://www.gala-global.org/tmx-14b)."""
    root = ElementTree.Element("tmx", version="1.4")
    about = {
        "creationtool": "baogao",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "PO",
        "adminlang": "en",
        "srclang": "zh-Hans",
        "datatype": "plaintext",
    }
    ElementTree.SubElement(root, "header", about)
    body = ElementTree.SubElement(root, "body")
    for unit in publication.units():
        english = publication.translation.english(unit.id, unit.text)
        if english:
            one = ElementTree.SubElement(body, "tu", tuid=unit.id)
            for language, said in (("zh-Hans", unit.text), ("en", english)):
                variant = ElementTree.SubElement(one, "tuv", {"xml:lang": language})
                ElementTree.SubElement(variant, "seg").text = in_xml(said)
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def dumps(value: Any) -> str:
    """JSON as every file of the site has it."""
    # json writes what is indented in Python, character by character; both of these are C
    return msgspec.json.format(json.dumps(value, ensure_ascii=False), indent=1) + "\n"


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _said(said: Printed | None) -> dict[str, Any] | None:
    return None if said is None else {"text": said.text, "start": said.start, "end": said.end}


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "level": section.level,
        "numeral": section.numeral,
        "heading": section.heading.text if section.heading else None,
        "start": section.start,
        "end": section.end,
        "role": section.role,
        "sections": [_section(child) for child in section.sections],
    }
