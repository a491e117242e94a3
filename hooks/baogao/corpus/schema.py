"""The tables of a corpus as rules/corpus.yml describes them: columns, Arrow schemas, datapackage.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from .. import __version__
from ..rules import load
from .printed import BETWEEN

DIGITS, BEHIND = 38, 12  # of a decimal: all there are, and those behind the point
PARQUET = "application/vnd.apache.parquet"
_ARROW = {
    "string": pa.string(),
    "integer": pa.int32(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "decimal": pa.decimal128(DIGITS, BEHIND),
    "strings": pa.list_(pa.string()),
    "decimals": pa.list_(pa.decimal128(DIGITS, BEHIND)),
}
_TABLE_SCHEMA = {"decimal": "number", "strings": "list", "decimals": "list"}  # where the Table Schema has another name


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table."""

    name: str
    type: str  # a key of _ARROW
    zh: str
    en: str
    enum: tuple[str, ...] = ()  # all it can hold, where that is known


@dataclass(frozen=True, slots=True)
class CorpusTable:
    """A table of a corpus."""

    name: str
    partitioned: bool
    key: tuple[str, ...]  # the columns that tell a row from every other; empty where none do
    zh: str
    en: str
    columns: tuple[TableColumn, ...]
    schema: pa.Schema  # what its files hold: the columns that part them stand in the names of their folders

    @property
    def all_columns(self) -> tuple[TableColumn, ...]:
        """Those that a reader sees, those of its folders last."""
        return (*self.columns, *(PARTITIONS if self.partitioned else ()))


def _column(row: Mapping[str, Any]) -> TableColumn:
    like = [one for one in load("columns")["columns"] if "like" in row and one["name"] == row["name"]]
    said = {key: value for one in (*like, row) for key, value in one.items()}
    return TableColumn(said["name"], said["type"], said["zh"], said["en"], tuple(said.get("enum", ())))


PARTITIONS = tuple(_column(row) for row in load("corpus")["partitions"])


@cache
def tables() -> Mapping[str, CorpusTable]:
    """Every table by its name."""
    return {name: _table(name, row) for name, row in load("corpus")["tables"].items()}


def _table(name: str, row: Mapping[str, Any]) -> CorpusTable:
    columns = tuple(_column(column) for column in row["columns"])
    schema = pa.schema([(column.name, _ARROW[column.type]) for column in columns])
    return CorpusTable(name, row["partitioned"], tuple(row.get("key", ())), row["zh"], row["en"], columns, schema)


def data_package(files: Mapping[str, Sequence[str]], rows: Mapping[str, int]) -> dict[str, Any]:
    """datapackage.json by Data Package 2.0 of the files of each table, paths below its own folder.

    Parquet files that lie in folders named for a column lack that column: `fieldsMatch` says that they may.
    """
    said = {"format": "parquet", "mediatype": PARQUET}
    resources = [
        _resource(table, {"path": list(files[name]), "rows": rows[name]} | said, _schema(table, {}, table.partitioned))
        for name, table in tables().items()
        if files.get(name)
    ]
    return _package("corpus", resources)


def sample_package(rows: Mapping[str, int]) -> dict[str, Any]:
    """The same of samples: of each table a CSV file named by it, with a cell for each column."""
    said = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    resources = [
        _resource(
            tables()[name],
            {"path": f"{name}.csv", "rows": count} | said,
            _schema(tables()[name], {"delimiter": BETWEEN}, lacking=False),
        )
        for name, count in rows.items()
    ]
    return _package("sample", resources)


def _package(name: str, resources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "version": str(load("corpus")["version"]),
        "licenses": [load("columns")["licence"]],
        "baogao": {"version": __version__},
        "resources": list(resources),
    }


def _resource(table: CorpusTable, data: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """`data`: where it is, and in which form."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": table.name,
        "title": table.zh,
        "description": table.en,
        "type": "table",
        **data,
        "schema": schema,
    }


def _schema(table: CorpusTable, lists: Mapping[str, str], lacking: bool) -> dict[str, Any]:
    """`lists`: how the items of a list are parted in a cell; `lacking`: whether files may lack a column."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column, lists) for column in table.all_columns],
        **({"fieldsMatch": "superset"} if lacking else {}),
        "missingValues": [""],
        **({"primaryKey": list(table.key)} if table.key else {}),
    }


def _field(column: TableColumn, lists: Mapping[str, str]) -> dict[str, Any]:
    kind = _TABLE_SCHEMA.get(column.type, column.type)
    field: dict[str, Any] = {"name": column.name, "type": kind, **(lists if kind == "list" else {})}
    if column.type == "decimals":
        field["itemType"] = "number"
    field |= {"title": column.zh, "description": column.en}
    return field | ({"constraints": {"enum": list(column.enum)}} if column.enum else {})
