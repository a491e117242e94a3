"""The tables of a corpus -> a sample of each in CSV, described so that a validator of Data Packages can try it.

None reads Parquet in folders that are named for a column; a table of hundreds of files it would read to no use.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow.parquet as pq

from .printed import csv_line, said
from .schema import CorpusTable, sample_package, tables
from .store import write

SAMPLE, PACKAGE = "sample", "datapackage.json"
_ROWS = 100  # of a table


def write_sample(folder: Path, files: Mapping[str, Sequence[str]], unknown: str) -> None:
    """The first rows of each table that has some; `files`: the paths of a table below the folder, `unknown`: what
    stands in them for a value that is not known. Raises OSError."""
    rows = dict[str, int]()
    for name, paths in files.items():
        if paths:
            lines = list(_lines(folder, tables()[name], paths, unknown))
            rows[name] = len(lines) - 1
            write(folder / SAMPLE / f"{name}.csv", "".join(lines).encode())
    for path in (folder / SAMPLE).glob("*.csv"):
        if path.stem not in rows:
            path.unlink()
    described = json.dumps(sample_package(rows), ensure_ascii=False, indent=1)
    write(folder / SAMPLE / PACKAGE, described.encode() + b"\n")


def _lines(folder: Path, table: CorpusTable, paths: Sequence[str], unknown: str) -> Iterator[str]:
    columns = [column.name for column in table.all_columns]
    yield csv_line(columns)
    left = _ROWS
    for path in paths:
        if not left:
            return
        in_its_folders = _in_folders(path, unknown)
        batch = next(pq.ParquetFile(folder / path).iter_batches(batch_size=left))
        for row in batch.to_pylist():
            yield csv_line([said((row | in_its_folders)[name]) for name in columns])
        left -= batch.num_rows


def _in_folders(path: str, unknown: str) -> dict[str, Any]:
    """reports/report_kind=fz/report_year=2023/part-0.parquet -> what the folders say."""
    said_there = (part.split("=", 1) for part in path.split("/") if "=" in part)
    return {name: None if value == unknown else unquote(value) for name, value in said_there}
