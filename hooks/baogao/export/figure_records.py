"""Figures -> JSON and CSV: of a report, with its data package, and of an indicator across reports."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from .. import __version__
from ..figures.computed import Computed, Rule, computed
from ..ids import LANGUAGES
from ..model import Figure, Report, Source
from ..publication.publication import Publication
from ..relations.series import Measured, Statement
from ..rules import load
from ..wording.authorities import in_plain_text
from ..wording.locators import Locators
from .records import SCHEMA_VERSION, SEVERAL, dumps, extraction, page_of

FIGURE_COLUMNS = tuple(column["name"] for column in load("columns")["columns"])


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
                **extraction(publication.report.source),
            },
            "resources": [table],
        }
    )


def _column(row: Mapping[str, Any]) -> dict[str, Any]:
    field = {"name": row["name"], "type": row["type"], "title": row["zh"], "description": row["en"]}
    return field | ({"constraints": {"enum": row["enum"]}} if "enum" in row else {})


def figures_json(publication: Publication) -> str:
    """figures.json: the report they come from, its figures, and apart from them what this site computed."""
    source = publication.report.source
    record = {
        "schema_version": SCHEMA_VERSION,
        "version": __version__,
        "id": publication.id,
        "sha256": source.sha256,
        **extraction(source),
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


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
