"""The rows of table codes: what the codes in the columns of the other tables stand for, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..ids import LANGUAGES, kinds
from ..rules import load
from .rows import Row
from .schema import TableColumn, tables

_Said = Mapping[str, Mapping[str, Any]]  # by code; of each language the words


def code_rows() -> list[Row]:
    """A row for each code of each column that holds codes, in the order of the tables, their columns and the rules."""
    return [
        {"table_name": table.name, "column_name": column.name, "code": code}
        | {language: said[language] for language in LANGUAGES}
        for table in tables().values()
        for column in table.all_columns
        for code, said in _said(table.name, column).items()
    ]


def _said(table: str, column: TableColumn) -> _Said:
    for row in load("corpus")["codes"]:
        if row["column"] == column.name and row.get("table", table) == table:
            return dict(_worded(row, column))
    if column.name == "report_kind":
        return {kind["code"] or load("corpus")["no_code"]: kind for kind in kinds()}
    if column.name == "theme":
        return {row["theme"]: row for row in load("themes")["themes"]}
    if column.name == "indicator":
        return {row["code"]: row for row in load("indicators")["indicators"]}
    if column.name == "dimension":
        return {row["dimension"]: row for row in load("units")["dimensions"]}
    return {}


def _worded(row: Mapping[str, Any], column: TableColumn) -> Iterator[tuple[str, Mapping[str, Any]]]:
    own: _Said = row.get("said", {})
    for code in column.enum or own:
        yield code, own[code] if code in own else load("words")[f"{row['words']}{code}".replace("-", "_")]
