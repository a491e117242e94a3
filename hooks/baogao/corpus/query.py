"""SQL -> rows of a corpus, by DuckDB, which is given the files of the manifest and nothing else.

One SELECT or PIVOT is run; no other file can be read, none written, no extension loaded, and no setting taken back.
A corpus that a run is just writing is asked as the last one left it, or refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from ..model import Finding, ReportError
from .dataset import CorpusFile, read_manifest, size
from .printed import csv_line, plain, said
from .schema import PARTITIONS, CorpusTable, tables

_SQL = {  # of the types of rules/corpus.yml; for tables that have no file yet
    "string": "VARCHAR",
    "integer": "INTEGER",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "decimal": "DECIMAL(38,12)",
    "strings": "VARCHAR[]",
    "decimals": "DECIMAL(38,12)[]",
}
_AT_ONCE = 1_000  # rows that are fetched at a time


@dataclass(frozen=True, slots=True)
class Answered:
    """What a query gives, row by row as it is asked for."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def ask(folder: Path, sql: str) -> Answered:
    """Raises ReportError where there is no whole corpus, or the query is wrong or more than one SELECT."""
    database = opened(folder)
    shown = folder.as_posix()
    try:
        statements = database.extract_statements(sql)
        kinds = [statement.type.name for statement in statements]
        if kinds not in (["SELECT"], ["MULTI"]):  # MULTI: a PIVOT that looks for its columns first
            raise ReportError(Finding("corpus-read-only", shown, 0, " + ".join(kinds) or "-"))
        result = database.execute(statements[0])
        columns = tuple(str(one[0]) for one in result.description or ())
        first = result.fetchmany(_AT_ONCE)
    except (duckdb.Error, ValueError) as error:  # ValueError: of a statement that DuckDB's Python has no name for
        raise ReportError(Finding("corpus-query", shown, 0, str(error).partition("\n\n")[0])) from error
    return Answered(columns, _rows(first, result))


def _rows(first: list[tuple[Any, ...]], result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while first:
        yield from first
        first = result.fetchmany(_AT_ONCE)


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory with a view for each table, locked in. Raises ReportError."""
    shown = folder.as_posix()
    try:
        files = [file for file in read_manifest(folder) if file.rows]
    except (OSError, msgspec.MsgspecError) as error:
        raise ReportError(Finding("no-corpus", shown, 0, str(error))) from error
    broken = [file.path for file in files if size(folder / file.path) != file.bytes]
    if broken:
        raise ReportError(Finding("no-corpus", shown, 0, broken[0]))
    database = duckdb.connect(":memory:")
    for table in tables().values():
        database.execute(_view(table, folder, [file for file in files if file.table == table.name]))
    allowed = ", ".join(_text(str(folder / file.path)) for file in files)
    for setting in (
        f"allowed_paths = [{allowed}]",
        "enable_external_access = false",
        "python_enable_replacements = false",
        "autoload_known_extensions = false",
        "lock_configuration = true",
    ):
        database.execute(f"SET {setting}")
    return database


def _view(table: CorpusTable, folder: Path, files: Sequence[CorpusFile]) -> str:
    """The statement that makes the view of a table; one without a file is there too, and empty."""
    if not files:
        columns = ", ".join(f'NULL::{_SQL[column.type]} AS "{column.name}"' for column in table.all_columns)
        return f"CREATE VIEW {table.name} AS SELECT {columns} WHERE false"
    paths = ", ".join(_text(str(folder / file.path)) for file in files)
    types = ", ".join(f"{column.name}: {_SQL[column.type]}" for column in PARTITIONS)
    hive = f", hive_partitioning = true, hive_types = {{{types}}}" if table.partitioned else ""
    return f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet([{paths}]{hive})"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


# ---- as it is printed


def as_csv(answer: Answered) -> Iterator[str]:
    """CSV, a line at a time (RFC 4180); of nothing an empty cell."""
    yield csv_line(answer.columns)
    for row in answer.rows:
        yield csv_line([said(value) for value in row])


def as_json(answer: Answered) -> Iterator[str]:
    """A JSON list of objects, one a line; numbers as exact as they are."""
    encoder = msgspec.json.Encoder(decimal_format="number")
    before = "[\n"
    for row in answer.rows:
        values = {name: plain(value) for name, value in zip(answer.columns, row, strict=True)}
        yield f"{before}{encoder.encode(values).decode()}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def as_table(answer: Answered) -> Iterator[str]:
    """Columns under each other, as wide as their widest cell; a Chinese character is as wide as two others."""
    rows = [answer.columns, *([said(value).replace("\n", " ") for value in row] for row in answer.rows)]
    widths = [max(_width(row[place]) for row in rows) for place in range(len(answer.columns))]
    for number, row in enumerate(rows):
        cells = (f"{cell}{' ' * (width - _width(cell))}" for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip() + "\n"
        if number == 0:
            yield "  ".join("-" * width for width in widths) + "\n"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
