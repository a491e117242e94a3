"""Batches of rows -> the files of a corpus: Parquet, written aside and put in their places together, the manifest last.

The same rows give the same bytes: the order of rows, the groups they are cut into and how they are packed depend on
nothing else. A file is named by its table, kind and year, so that a reader who takes all files of a folder never has a
row twice.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from .sample import PACKAGE, write_sample
from .schema import CorpusTable, data_package, tables
from .store import write

_GROUP = 20_000  # rows that are written at a time: of sentences some 4 MB
_UNKNOWN = "__HIVE_DEFAULT_PARTITION__"  # what readers of Parquet take for nothing
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file of a table."""

    path: str  # below the folder of the corpus
    table: str
    rows: int
    bytes: int  # -1 where there is no row, and no file
    made_of: str  # a hash of what it was made of, hexadecimal


def path_of(table: CorpusTable, kind: str, year: str) -> str:
    """reports/report_kind=fz/report_year=2023/part-0.parquet; of a table that is in one piece errors/part-0.parquet."""
    folders = [f"report_kind={quote(kind)}", f"report_year={year or _UNKNOWN}"] if table.partitioned else []
    return "/".join([table.name, *folders, "part-0.parquet"])


class Dataset:
    """The folder of a corpus, as the last run that came to its end left it, and what this one puts in its place."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._aside = folder, folder / ".work" / "aside"
        shutil.rmtree(self._aside, ignore_errors=True)
        self._before = {file.path: file for file in read_manifest(folder)} if (folder / MANIFEST).is_file() else {}
        self._now: dict[str, CorpusFile] = {}

    def unchanged(self, paths: Iterable[str], made_of: str) -> bool:
        """Whether these files were made of this already, and lie there as they were left; they stay then."""
        before = [(path, self._before.get(path)) for path in paths]
        same = {
            path: file
            for path, file in before
            if file and file.made_of == made_of and size(self._folder / path) == file.bytes
        }
        if len(same) < len(before):
            return False
        self._now |= same
        return True

    def put(self, paths: Mapping[str, str], batches: Iterable[tuple[str, pa.RecordBatch]], made_of: str) -> None:
        """Write files aside, those of one kind and year together: the path of each table, and batches with the name of
        their table. Raises OSError."""
        written = {name: _TableFile(self._aside / path, tables()[name]) for name, path in paths.items()}
        try:
            for name, batch in batches:
                written[name].add(batch)
        finally:
            for one in written.values():
                one.close()
        for name, path in paths.items():
            self._now[path] = CorpusFile(path, name, written[name].rows, size(self._aside / path), made_of)

    def finish(self) -> None:
        """Put all that was written into its place, and take away what is no longer made. Raises OSError."""
        for path, made in self._now.items():
            if made.rows and (self._aside / path).exists():
                (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
                (self._aside / path).replace(self._folder / path)
        for name in tables():
            for file in (self._folder / name).rglob("*"):
                known = self._now.get(file.relative_to(self._folder).as_posix())
                if file.is_file() and not (known and known.rows):
                    file.unlink()
            _remove_empty(self._folder / name)
        self._describe()

    def _describe(self) -> None:
        files = sorted(self._now.values(), key=lambda file: file.path)
        by_table = {name: [file for file in files if file.table == name] for name in tables()}
        paths = {name: [file.path for file in own if file.rows] for name, own in by_table.items()}
        rows = {name: sum(file.rows for file in own) for name, own in by_table.items()}
        write_sample(self._folder, paths, _UNKNOWN)
        write(self._folder / PACKAGE, _json(data_package(paths, rows)))
        write(self._folder / MANIFEST, _json({"files": msgspec.to_builtins(files)}))
        shutil.rmtree(self._aside, ignore_errors=True)


def _remove_empty(folder: Path) -> None:
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


class _TableFile:
    """A file while it is written. None is begun before there is a row."""

    def __init__(self, path: Path, table: CorpusTable) -> None:
        self._path, self._table = path, table
        self._writer: pq.ParquetWriter | None = None
        self._held: list[pa.RecordBatch] = []
        self._rows_held = 0
        self.rows = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """More rows: written once there are as many as a group has."""
        self._held.append(batch)
        self._rows_held += batch.num_rows
        if self._rows_held >= _GROUP:
            self._write()

    def _write(self) -> None:
        if self._writer is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self._path, self._table.schema, compression="zstd", store_schema=False)
        group = pa.Table.from_batches(self._held)
        self._writer.write_table(group, row_group_size=group.num_rows)
        self.rows += group.num_rows
        self._held, self._rows_held = [], 0

    def close(self) -> None:
        """The last group, and on the disk."""
        if self._held:
            self._write()
        if self._writer is not None:
            self._writer.close()
            with self._path.open("rb") as file:
                os.fsync(file.fileno())


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def size(path: Path) -> int:
    """The bytes of a file; -1 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return -1


def read_manifest(folder: Path) -> list[CorpusFile]:
    """The files of a corpus, and those that would have no row. Raises OSError, and msgspec.MsgspecError where it is
    none."""
    read = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=dict[str, list[CorpusFile]])
    return read.get("files", [])
