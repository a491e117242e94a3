"""What was understood before, by the hash of all it was made of: a build reads anew only what has changed.

The key holds the input, every file of this package, Python and the installed libraries, so that nothing made by other
code or from another input is ever given. An entry that cannot be read or written is as if it were not there.
"""

from __future__ import annotations

import pickle
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, TypeVar

_T = TypeVar("_T")
_PACKAGE = Path(__file__).parent.parent


class Cache:
    """A folder of pickled values; without a folder it remembers nothing. Only what this program wrote is read there."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._used: set[str] = set()

    def recall(self, made_of: tuple[bytes, ...], make: Callable[[], _T]) -> _T:
        """The value made of these bytes before, else made now. What `make` raises is raised and not remembered."""
        if self.folder is None:
            return make()
        path = self.folder / f"{_key(made_of)}.pickle"
        self._used.add(path.name)
        known, value = _read(path)
        if not known:
            value = make()
            _write(path, value)
        return value  # type: ignore[no-any-return]

    def forget_others(self) -> None:
        """Take away what was not asked for since this cache was opened: reports that changed or went, older code."""
        for path in self.folder.glob("*.pickle") if self.folder else ():
            if path.name not in self._used:
                path.unlink(missing_ok=True)


def _key(made_of: tuple[bytes, ...]) -> str:
    parts = (program(_PACKAGE), *(sha256(part).digest() for part in made_of))
    return sha256(b"".join(parts)).hexdigest()


@cache
def program(package: Path) -> bytes:
    """A hash of all that decides what is made of an input: the files of a package, Python, the installed libraries."""
    hashed = sha256(sys.version.encode())
    for name in sorted(f"{one.name} {one.version}" for one in distributions()):
        hashed.update(name.encode() + b"\n")
    for path in sorted(path for path in package.rglob("*") if path.suffix in (".py", ".yml", ".csv")):
        hashed.update(path.relative_to(package).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return hashed.digest()


def _read(path: Path) -> tuple[bool, Any]:
    try:
        return True, pickle.loads(path.read_bytes())
    except Exception:  # a half-written or foreign file may raise anything; it is made anew
        return False, None


def _write(path: Path, value: object) -> None:
    """Whole or not at all: two builds may run at a time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(pickle.dumps(value))
        Path(file.name).replace(path)
    except OSError:
        return  # a folder that cannot be written: the next build reads anew
