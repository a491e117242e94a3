"""The folder that a site of one's own begins with: what `baogao new` writes, ready to be edited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parent
_NAMED = {"gitignore": ".gitignore"}  # with its dot it would count for this folder


def start() -> Iterator[tuple[str, bytes]]:
    """Each file: its path in the new folder and what is in it."""
    yield "seeds/.gitkeep", b""  # git keeps no empty folder
    for path in sorted(_HERE.rglob("*")):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            name = path.relative_to(_HERE).as_posix()
            yield _NAMED.get(name, name), path.read_bytes()
