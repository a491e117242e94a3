"""What was made before, by the hash of all it was made of: a build makes anew only what has changed.

The key holds the input and the program that made it (the files of this package, or other code as the caller says,
Python and the installed libraries), so that nothing made by other code or from another input is ever given. An entry is
data (MessagePack, packed, read into the dataclasses it was written from, every value checked against its annotation)
behind a seal that tells a damaged one. Whatever stands in the folder that is no such entry is never opened as anything
else and is taken away; one that cannot be read or written is as if it were not there. So the cache may cost time, but
never a build.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from typing import TypeVar

import msgspec

_T = TypeVar("_T")
_PACKAGE = Path(__file__).parent.parent
_ENDING = ".msgpack"
_QUICKLY = 1  # of 1 to 9: a sixth of the size in a hundredth of the time the value takes to make
_SEAL = sha256().digest_size  # the first bytes of an entry: the hash of its key and its data


class Cache:
    """A folder of values, each a dataclass; without a folder it remembers nothing. All files in the folder are the
    cache's own. `made_by`: a hash of what decides what is made of an input, where that is not this whole package."""

    def __init__(self, folder: Path | None = None, made_by: bytes = b"") -> None:
        self.folder = folder
        self._made_by = made_by or program(_PACKAGE)
        self._used: set[str] = set()
        self._parts: list[Cache] = []

    def part(self, name: str) -> Cache:
        """A cache in a folder of this one: of what is asked for only where something of this one is made anew."""
        part = Cache(self.folder and self.folder / name, self._made_by)
        self._parts.append(part)
        return part

    def recall(self, kind: type[_T], made_of: tuple[bytes, ...], make: Callable[[], _T]) -> _T:
        """The value of this kind made of these bytes before, else made now. What `make` raises is raised and not
        remembered."""
        value = self.known(kind, made_of)
        if value is None:
            value = make()
            self.keep(value, made_of)
        return value

    def known(self, kind: type[_T], made_of: tuple[bytes, ...]) -> _T | None:
        """The value of this kind made of these bytes before; None where there is none."""
        return _read(path, kind) if (path := self._path(kind, made_of)) else None

    def keep(self, value: object, made_of: tuple[bytes, ...]) -> None:
        """Remember what was made of these bytes."""
        if path := self._path(type(value), made_of):
            _write(path, value)

    def spare(self, kind: type, made_of: tuple[bytes, ...]) -> None:
        """Count the value as asked for, where what is made of it is known already."""
        self._path(kind, made_of)

    def recall_of(self, kind: type[_T], values: tuple[object, ...], make: Callable[[], _T]) -> _T:
        """The same for what is made of these values: dataclasses and plain data."""
        made_of = encoded(values)
        return self.recall(kind, made_of, make) if made_of else make()

    def _path(self, kind: type, made_of: tuple[bytes, ...]) -> Path | None:
        if self.folder is None:
            return None
        parts = (self._made_by, kind.__qualname__.encode(), *made_of)
        name = sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest() + _ENDING
        self._used.add(name)
        return self.folder / name

    def forget_others(self) -> None:
        """Take away what was not asked for since this cache was opened: reports that changed or went, older code, files
        of an older form. Of a part that was asked nothing, nothing."""
        for part in self._parts:
            if part._used:
                part.forget_others()
        with suppress(OSError):
            for path in self.folder.iterdir() if self.folder else ():
                if path.name not in self._used and (path.is_symlink() or not path.is_dir()):
                    path.unlink(missing_ok=True)


def encoded(values: tuple[object, ...]) -> tuple[bytes, ...]:
    """Dataclasses and plain data as what a value is made of; empty where one cannot be written down (see _write)."""
    try:
        return tuple(map(msgspec.msgpack.encode, values))
    except (ValueError, OverflowError):
        return ()


@cache
def libraries() -> bytes:
    """A hash of Python and the installed libraries."""
    folders = [Path(folder) for folder in sys.path if Path(folder).is_dir()]
    # opencc-1.4.2.dist-info: the name says all, and what stands inside takes longer to read than a page to make
    installed = sorted({name.name for folder in folders for name in folder.glob("*.*-info")})
    return sha256("\n".join([sys.version, *installed]).encode()).digest()


@cache
def program(package: Path) -> bytes:
    """A hash of all that decides what is made of an input: the files of a package, Python, the installed libraries."""
    hashed = sha256(libraries())
    for path in sorted(path for path in package.rglob("*") if path.suffix in (".py", ".yml", ".csv", ".j2", ".html")):
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
        return msgspec.msgpack.decode(zlib.decompress(data), type=kind)
    except (msgspec.MsgspecError, zlib.error, ValueError, RecursionError):
        return None


def _write(path: Path, value: object) -> None:
    """Whole or not at all: two builds may run at a time, and a disk may be full."""
    try:
        data = zlib.compress(msgspec.msgpack.encode(value), _QUICKLY)
    except (ValueError, OverflowError):
        return  # text that is no Unicode or a number beyond 64 bits, out of a sidecar: made anew each time
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        written = path.with_suffix(f".{os.getpid()}")
        try:
            with written.open("xb") as file:  # nothing that lies there already, such as a link, is written through
                file.write(_sealed(path, data) + data)
            written.replace(path)
        except OSError:
            written.unlink()
    except OSError:
        return  # a folder that cannot be written: the next build makes it anew
