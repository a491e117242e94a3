"""What was understood before, by the hash of all it was made of: a build reads anew only what has changed.

The key holds the input, every file of this package, Python and the installed libraries, so that nothing made by other
code or from another input is ever given. An entry is data (MessagePack, read into the dataclasses it was written from,
every value checked against its annotation) behind a seal that tells a damaged one. Whatever stands in the folder that
is no such entry is never opened as anything else and is taken away; one that cannot be read or written is as if it
were not there. So the cache may cost time, but never a build.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from stat import S_ISREG
from typing import TypeVar

import msgspec

_T = TypeVar("_T")
_PACKAGE = Path(__file__).parent.parent
_ENDING = ".msgpack"
_SEAL = sha256().digest_size  # the first bytes of an entry: the hash of its key and its data


class Cache:
    """A folder of values; without a folder it remembers nothing. All files in the folder are the cache's own."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._used: set[str] = set()

    def recall(self, kind: type[_T], made_of: tuple[bytes, ...], make: Callable[[], _T]) -> _T:
        """The value of this kind, a dataclass, made of these bytes before, else made now. What `make` raises is raised
        and not remembered."""
        if self.folder is None:
            return make()
        path = self.folder / f"{_key(kind, made_of)}{_ENDING}"
        self._used.add(path.name)
        value = _read(path, kind)
        if value is None:
            value = make()
            _write(path, value)
        return value

    def forget_others(self) -> None:
        """Take away what was not asked for since this cache was opened: reports that changed or went, older code, files
        of an older form."""
        with suppress(OSError):
            for path in self.folder.iterdir() if self.folder else ():
                if path.name not in self._used and (path.is_symlink() or not path.is_dir()):
                    path.unlink(missing_ok=True)


def _key(kind: type, made_of: tuple[bytes, ...]) -> str:
    parts = (program(_PACKAGE), kind.__qualname__.encode(), *made_of)
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


@cache
def program(package: Path) -> bytes:
    """A hash of all that decides what is made of an input: the files of a package, Python, the installed libraries."""
    hashed = sha256(sys.version.encode())
    for name in sorted(f"{one.name} {one.version}" for one in distributions()):
        hashed.update(name.encode() + b"\n")
    for path in sorted(path for path in package.rglob("*") if path.suffix in (".py", ".yml", ".csv")):
        hashed.update(path.relative_to(package).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return hashed.digest()


def _sealed(path: Path, data: bytes) -> bytes:
    return sha256(path.name.encode() + data).digest()


def _read(path: Path, kind: type[_T]) -> _T | None:
    """None where there is no such entry, whole and of this kind. A link or a pipe in its place is not opened."""
    try:
        written = path.read_bytes() if S_ISREG(path.lstat().st_mode) else b""
    except OSError:
        return None
    seal, data = written[:_SEAL], written[_SEAL:]
    if seal != _sealed(path, data):
        return None
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _write(path: Path, value: object) -> None:
    """Whole or not at all: two builds may run at a time, and a disk may be full."""
    try:
        data = msgspec.msgpack.encode(value)
    except (ValueError, OverflowError):
        return  # text that is no Unicode or a number beyond 64 bits, out of a sidecar: made anew each time
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            written = Path(file.name)
        try:
            written.write_bytes(_sealed(path, data) + data)
            written.replace(path)
        except OSError:
            written.unlink()
    except OSError:
        return  # a folder that cannot be written: the next build makes it anew
