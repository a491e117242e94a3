"""The pieces of work that many processes share, each a function of values: a file -> an entry, two entries -> links.

An entry is all that is kept of a file: a head, which is looked at in every run, the names of instruments it mentions,
its tables as Arrow batches, and its passages, which links to other reports are made of.
"""

from __future__ import annotations

import traceback
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath
from typing import TypeVar

import msgspec
import pyarrow as pa

from ..model import Finding, ReportError
from ..publication.cache import program
from ..publication.folder import completed
from ..publication.publication import Publication
from ..relations.bodies import Standing, standing
from ..relations.instruments import found_in
from ..relations.links import Link, across, of_report
from ..relations.passages import Candidate, passages
from .files import Offered, fetched
from .rows import Row, kind_name, link_rows, rows
from .schema import tables

_T = TypeVar("_T")
_PACKAGE = Path(__file__).parent.parent
_QUICKLY = 1  # of 1 to 9


@dataclass(frozen=True, slots=True)
class Identity:
    """What a report is called and which others it belongs with."""

    id: str
    own: bool  # whether its sidecar gives the id
    kind: str  # what report_kind says
    year: str  # four digits; empty where it is not known
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class EntryHead:
    """What every run looks at."""

    key: bytes  # a hash of all that the entry was made of, this program included
    file: str
    report: Identity | None  # None where it cannot be published
    findings: tuple[Finding, ...] = ()  # why


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What is kept of a file, encoded."""

    head: EntryHead
    names: bytes = b""
    tables: bytes = b""
    passages: bytes = b""


def understood(offered: Offered, known: bytes) -> FileEntry | None:
    """A file and what lies beside it -> its entry; None where the key is the one known."""
    shown = offered.shown
    try:
        found = fetched(offered)
        key = _key(found.made_of)
        if key == known:
            return None
    except ReportError as error:  # of no key: it is read again each time
        return FileEntry(EntryHead(b"", shown, None, error.findings))
    try:
        return _entry(key, completed(found.received.understood(), shown, found.translation, found.terms))
    except ReportError as error:
        return FileEntry(EntryHead(key, shown, None, error.findings))
    except MemoryError:
        raise
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        met = f"{type(error).__name__}: {error}, {PurePath(at.filename).name}:{at.lineno}"
        return FileEntry(EntryHead(key, shown, None, (Finding("fault", shown, 0, met),)))


def _key(made_of: Iterable[bytes]) -> bytes:
    """A hash of all these and of this program."""
    return sha256(program(_PACKAGE) + b"".join(sha256(part).digest() for part in made_of)).digest()


def _entry(key: bytes, publication: Publication) -> FileEntry:
    own = passages(publication)
    inside, _ = of_report(publication, own)
    identity = Identity(
        publication.id,
        bool(publication.sidecar.id),
        kind_name(publication),
        publication.year,
        standing(publication),
    )
    return FileEntry(
        EntryHead(key, publication.report.source.path, identity),
        encode(found_in(publication)),
        encode(batches(rows(publication, inside))),
        encode(own),
    )


def bound(before: bytes, after: bytes) -> dict[str, bytes]:
    """The passages of a report and those of the next year's -> the batch of links that start in each, by its id."""
    one, other = (decode(part, list[Candidate]) for part in (before, after))
    found: dict[str, list[Link]] = {}
    for link in across(one, other):
        found.setdefault(link.from_.publication, []).append(link)
    return {report: batch("links", link_rows(links)) for report, links in sorted(found.items())}


# ---- how they are kept


def batches(found: Mapping[str, list[Row]]) -> dict[str, bytes]:
    """The rows of each table that has some, as an Arrow batch without its schema."""
    return {name: batch(name, own) for name, own in found.items() if own}


def batch(table: str, found: list[Row]) -> bytes:
    """Rows of a table as an Arrow batch without its schema."""
    return bytes(pa.RecordBatch.from_pylist(found, schema=tables()[table].schema).serialize())


def unpacked(table: str, data: bytes) -> pa.RecordBatch:
    """The batch again."""
    return pa.ipc.read_record_batch(pa.py_buffer(data), tables()[table].schema)


def encode(value: object) -> bytes:
    """A value of dataclasses and plain data, packed."""
    return zlib.compress(msgspec.msgpack.encode(value), _QUICKLY)


def decode(data: bytes, kind: type[_T]) -> _T:
    """The value again."""
    return msgspec.msgpack.decode(zlib.decompress(data), type=kind)
