"""What is kept between runs: an entry a file, and the links between two. A run that was ended goes on from them.

A file is written aside and renamed, so that there is a whole one or none, and begins with a seal, a hash of the rest:
one that lost its content with the power of the machine is as if it were not there. All files in the folder are the
store's own.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from .stages import EntryHead, FileEntry

_PARTS = ("head", "names", "tables", "passages")
_LENGTHS = struct.Struct(f"<{len(_PARTS)}Q")


_SEAL = sha256().digest_size


def write(path: Path, data: bytes, forced: bool = True) -> None:
    """Whole or not at all, and `forced` to the disk when it is done. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            if forced:
                os.fsync(file.fileno())
        aside.replace(path)
    except OSError:
        with suppress(OSError):
            aside.unlink()
        raise


def _write_sealed(path: Path, data: bytes) -> None:
    write(path, sha256(data).digest() + data, forced=False)


def _unsealed(path: Path) -> bytes | None:
    """What a file holds behind its seal; None where there is none, or it is not whole."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data[_SEAL:] if data[:_SEAL] == sha256(data[_SEAL:]).digest() else None


class Store:
    """The entries of files, by the paths that messages give; and what two reports have together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def head(self, file: str) -> EntryHead | None:
        """What was found out of a file; None where nothing is known, or what lies there is no whole entry."""
        data = _unsealed(self._path("entries", file))
        if data is None:
            return None
        start = _LENGTHS.size
        try:
            length = _LENGTHS.unpack_from(data)[0]
            return msgspec.msgpack.decode(data[start : start + length], type=EntryHead)
        except (struct.error, msgspec.MsgspecError):
            return None

    def part(self, file: str, name: str) -> bytes:
        """A part of the entry of a file, as FileEntry names it. Raises OSError."""
        with self._path("entries", file).open("rb") as stream:
            stream.seek(_SEAL)
            lengths = _LENGTHS.unpack(stream.read(_LENGTHS.size))
            place = _PARTS.index(name)
            stream.seek(sum(lengths[:place]), os.SEEK_CUR)
            return stream.read(lengths[place])

    def keep(self, file: str, entry: FileEntry) -> None:
        """In place of what was known of the file. Raises OSError."""
        parts = (msgspec.msgpack.encode(entry.head), entry.names, entry.tables, entry.passages)
        _write_sealed(self._path("entries", file), _LENGTHS.pack(*map(len, parts)) + b"".join(parts))

    def links(self, before: str, after: str, key: bytes) -> dict[str, bytes] | None:
        """The batches of links between two files by the ids of the reports they start in; None where they are not known
        or were made of something else."""
        data = _unsealed(self._path("links", f"{before}\n{after}"))
        if data is None:
            return None
        try:
            made_of, found = msgspec.msgpack.decode(data, type=tuple[bytes, dict[str, bytes]])
        except msgspec.MsgspecError:
            return None
        return found if made_of == key else None

    def keep_links(self, before: str, after: str, key: bytes, found: dict[str, bytes]) -> None:
        """In place of what was known of them. Raises OSError."""
        _write_sealed(self._path("links", f"{before}\n{after}"), msgspec.msgpack.encode((key, found)))

    def forget_others(self, files: Iterable[str], pairs: Iterable[tuple[str, str]]) -> None:
        """Take away what is of no file and of no pair of these."""
        kept = {self._path("entries", file) for file in files}
        kept |= {self._path("links", f"{before}\n{after}") for before, after in pairs}
        for name in ("entries", "links"):
            for path in (self._folder / name).glob("*/*"):
                if path not in kept:
                    path.unlink(missing_ok=True)

    def _path(self, sort: str, name: str) -> Path:
        digest = sha256(name.encode()).hexdigest()[:40]
        return Path(self._folder, sort, digest[:2], digest)


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Whether this is the only run on a folder; the lock goes with the process, however it ends. Where the system has
    no such lock nobody looks."""
    try:
        import fcntl
    except ImportError:
        yield True
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
