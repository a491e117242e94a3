"""Folders of reports -> a corpus: every file understood by many processes, then the tables written by one.

What is kept of a file is kept as soon as it is there, so a run that was ended goes on where it was. What takes all
reports together (which has an address, which follow each other, what an instrument is) is found out of heads and names
alone, one report after the other: the memory it takes does not grow with the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec
import pyarrow as pa

from ..model import Finding, ReportError
from ..publication.folder import refused
from ..relations.bodies import following
from ..relations.instruments import (
    Editions,
    Forms,
    Instrument,
    Key,
    NamedAt,
    described,
    keys,
    known_editions,
    note_editions,
)
from .codes import code_rows
from .dataset import Dataset, path_of
from .engine import engine
from .files import Offered, offered
from .guarded import Ended, Limits
from .rows import Row, error_rows
from .schema import tables
from .stages import EntryHead, FileEntry, Identity, batch, bound, decode, understood, unpacked
from .store import Store, locked
from .tasks import Engine, SchedulerLostError

_T = TypeVar("_T")
_AT_ONCE = 5_000  # rows in a batch


class WatchedFiles(Protocol):
    """Who gives files back one by one sees them go by, and whether each failed."""

    def __call__(self, files: Iterable[_T], count: int, failed: Callable[[_T], bool], /) -> Iterator[_T]: ...


@dataclass(frozen=True, slots=True)
class Order:
    """What a corpus is to be made of, and by whom."""

    folders: tuple[str, ...]  # addresses
    out: Path
    scheduler: str = ""  # of a cluster; empty: this machine
    workers: int = 0  # processes at work on this machine; 0: one a core
    limits: Limits = Limits()
    patience: float = 300.0  # seconds in which a scheduler that is lost may come back


@dataclass(frozen=True, slots=True)
class Built:
    """What a run came to."""

    files: int
    understood: int  # of these anew
    reports: int  # in the tables
    errors: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _InTables:
    """A report that is in the tables."""

    file: str
    key: bytes
    identity: Identity


def build(order: Order, seen: WatchedFiles) -> Built:
    """Make a corpus, or bring it up to date. Raises ReportError where it cannot be begun or cannot go on: what was done
    is kept."""
    out = order.out.as_posix()
    try:
        with locked(order.out / ".work") as alone:
            if not alone:
                raise ReportError(Finding("corpus-busy", out, 0))
            store = Store(order.out / ".work")
            with engine(order.scheduler, order.workers, order.limits, order.patience) as work:
                files, told = offered(order.folders)
                heads, anew = _understand(files, store, work, order.limits, seen)
                reports, wrong = _reports(heads)
                pairs = _bind(reports, store, work, seen)
            findings = tuple(dict.fromkeys((*told, *wrong)))
            _write(Dataset(order.out), store, reports, pairs, findings)
            store.forget_others((file.shown for file in files), pairs)
    except SchedulerLostError as error:
        raise ReportError(Finding("corpus-scheduler", order.scheduler, 0, str(error))) from error
    except OSError as error:
        raise ReportError(Finding("corpus-disk", error.filename or out, 0, error.strerror or str(error))) from error
    return Built(len(files), anew, len(reports), findings)


# ---- a file at a time


def _understand(
    files: Sequence[Offered], store: Store, work: Engine, limits: Limits, seen: WatchedFiles
) -> tuple[dict[str, EntryHead | Finding], int]:
    """Keep an entry of every file: the head of each, or why there is none, in the order of files; how many are new."""
    heads: dict[str, EntryHead | Finding] = {}
    anew = 0

    def known() -> Iterator[tuple[Offered, bytes]]:
        for file in files:
            if head := store.head(file.shown):
                heads[file.shown] = head
            yield file, head.key if head else b""

    def wrong(answer: tuple[int, FileEntry | Ended | None]) -> bool:
        return isinstance(answer[1], Ended) or (answer[1] is not None and answer[1].head.report is None)

    for place, answer in seen(work.each(understood, known(), len(files)), len(files), wrong):
        shown = files[place].shown
        if isinstance(answer, Ended):
            heads[shown] = _ended(shown, answer, limits)
        elif answer is not None:
            store.keep(shown, answer)
            heads[shown] = answer.head
            anew += 1
    return {file.shown: heads[file.shown] for file in files}, anew


def _ended(shown: str, why: Ended, limits: Limits) -> Finding:
    expected = {Ended.SLOW: f"{limits.seconds:g}", Ended.LARGE: str(limits.megabytes), Ended.DIED: ""}
    return Finding(f"corpus-{why}", shown, 0, "", expected[why])


def _reports(heads: Mapping[str, EntryHead | Finding]) -> tuple[tuple[_InTables, ...], tuple[Finding, ...]]:
    """The reports that are in the tables, by id, and why the other files are not."""
    found: list[_InTables] = []
    wrong: list[Finding] = []
    for shown, head in heads.items():
        if isinstance(head, Finding):
            wrong.append(head)
        elif head.report:
            found.append(_InTables(shown, head.key, head.report))
        else:
            wrong += head.findings
    why = refused([(one.identity.id, one.identity.own, one.file) for one in found])
    wrong += filter(None, why)
    kept = [one for one, finding in zip(found, why, strict=True) if finding is None]
    return tuple(sorted(kept, key=lambda one: one.identity.id)), tuple(wrong)


# ---- two reports at a time

_Pairs = dict[tuple[str, str], bytes]  # two files, and the key of what they have together


def _bind(reports: Sequence[_InTables], store: Store, work: Engine, seen: WatchedFiles) -> _Pairs:
    """Keep the links between the reports of a body for two years that follow each other."""
    follow = list(following([(one, one.identity.standing) for one in reports]))
    pairs = {(a.file, b.file): sha256(a.key + b.key).digest() for a, b in follow}
    missing = [(pair, key) for pair, key in pairs.items() if store.links(*pair, key) is None]
    tasks = (tuple(store.part(file, "passages") for file in pair) for pair, _ in missing)
    done = work.each(bound, tasks, len(missing))
    for place, found in seen(done, len(missing), lambda answer: isinstance(answer[1], Ended)):
        pair, key = missing[place]
        store.keep_links(*pair, key, {} if isinstance(found, Ended) else found)
    return pairs


# ---- all of them


def _write(
    dataset: Dataset, store: Store, reports: Sequence[_InTables], pairs: _Pairs, findings: Sequence[Finding]
) -> None:
    """The files of the tables, a kind and year at a time; nothing is written anew that was made of the same."""
    names = _NamedByAll(store, reports)
    beginning: dict[str, list[tuple[str, str]]] = {}
    for pair in pairs:
        for file in pair:
            beginning.setdefault(file, []).append(pair)
    of_all = sha256(b"".join(one.key for one in reports)).digest()  # what an instrument is, any report may change
    ordered = sorted(reports, key=lambda one: (one.identity.kind, one.identity.year, one.identity.id))
    for (kind, year), own in groupby(ordered, key=lambda one: (one.identity.kind, one.identity.year)):
        members = list(own)
        bindings = [pairs[pair] for one in members for pair in beginning.get(one.file, ())]
        made_of = sha256(b"".join([*(one.key for one in members), b"\n", *bindings])).hexdigest()
        paths = {table.name: path_of(table, kind, year) for table in tables().values() if table.partitioned}
        named = {"instruments": paths.pop("instruments")}
        if not dataset.unchanged(paths.values(), made_of):
            dataset.put(paths, _batches(store, members, pairs, beginning), made_of)
        made_of = sha256(made_of.encode() + of_all).hexdigest()
        if not dataset.unchanged(named.values(), made_of):
            dataset.put(named, names.batches(members), made_of)
    _write_whole(dataset, "errors", list(error_rows(findings)))
    _write_whole(dataset, "codes", code_rows())
    dataset.finish()


def _write_whole(dataset: Dataset, table: str, found: list[Row]) -> None:
    """A table that is in one piece."""
    made_of = sha256(msgspec.msgpack.encode(found)).hexdigest()
    paths = {table: path_of(tables()[table], "", "")}
    if not dataset.unchanged(paths.values(), made_of):
        some = (found[at : at + _AT_ONCE] for at in range(0, len(found), _AT_ONCE))
        dataset.put(paths, ((table, unpacked(table, batch(table, rows))) for rows in some), made_of)


def _batches(
    store: Store, members: Iterable[_InTables], pairs: _Pairs, beginning: dict[str, list[tuple[str, str]]]
) -> Iterator[tuple[str, pa.RecordBatch]]:
    """The rows of the tables, report by report."""
    for one in members:
        for name, found in decode(store.part(one.file, "tables"), dict[str, bytes]).items():
            yield name, unpacked(name, found)
        for pair in beginning.get(one.file, ()):
            links = store.links(*pair, pairs[pair]) or {}
            if one.identity.id in links:
                yield "links", unpacked("links", links[one.identity.id])


class _NamedByAll:
    """What the reports name, as the instruments they all name together are known."""

    def __init__(self, store: Store, reports: Sequence[_InTables]) -> None:
        self._store, self._reports = store, reports

    def batches(self, members: Iterable[_InTables]) -> Iterator[tuple[str, pa.RecordBatch]]:
        """The rows of the instruments that these reports name."""
        editions, instruments = self._known
        for one in members:
            found = self._found(one)
            rows = [_named(each, instruments[key]) for each, key in zip(found, keys(found, editions), strict=True)]
            if rows:
                yield "instruments", unpacked("instruments", batch("instruments", rows))

    @cached_property
    def _known(self) -> tuple[Editions, dict[Key, Instrument]]:
        editions, forms = known_editions(), dict[Key, Forms]()
        for one in self._reports:
            note_editions(self._found(one), editions)
        for one in self._reports:
            found = self._found(one)
            for each, key in zip(found, keys(found, editions), strict=True):
                forms.setdefault(key, Forms()).add(each.named)
        return editions, described(forms)

    def _found(self, one: _InTables) -> list[NamedAt]:
        return decode(self._store.part(one.file, "names"), list[NamedAt])


def _named(one: NamedAt, instrument: Instrument) -> Row:
    mention = one.mention(instrument.id)
    return {
        "report": one.publication,
        "id": instrument.id,
        "name": instrument.name,
        "kind": instrument.kind,
        "number": instrument.number or None,
        "date": instrument.date or None,
        "issuer": instrument.issuer or None,
        "sentence": one.anchor,
        "start": mention.start,
        "end": mention.end,
        "printed": one.named.name,
    }
