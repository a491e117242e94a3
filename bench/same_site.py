"""Whether two sites are the same, file by file and byte by byte: for changes that should change no page.

Run from the root of the project:
    .venv/bin/python bench/same_site.py BEFORE AFTER [--but PATTERN ...]
Names each file that only one has and each that differs, with the first line that does; ends with 1 where there is any.
A file whose path matches a pattern (fnmatch: *.md) may differ.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import zip_longest
from pathlib import Path


def files(site: Path) -> dict[str, bytes]:
    """Every file by its path from the root of the site. Raises SystemExit where there is none."""
    found = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    return found or sys.exit(f"{site}: no site is there. Expected a folder with the pages of a build.")


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Path and what is other, in the order of the paths."""
    for path in sorted(before.keys() | after.keys()):
        if path not in after:
            yield path, "only before"
        elif path not in before:
            yield path, "only after"
        elif before[path] != after[path]:
            yield path, _first(before[path], after[path])


def _first(before: bytes, after: bytes) -> str:
    """The number of the first line that differs, and the line on both sides from where it does."""
    pairs = enumerate(zip_longest(before.split(b"\n"), after.split(b"\n"), fillvalue=b""), 1)
    number, (old, new) = next((n, pair) for n, pair in pairs if pair[0] != pair[1])
    at = next(n for n, (a, b) in enumerate(zip_longest(old, new)) if a != b)
    shown = (line[max(0, at - 20) : at + 60].decode("utf-8", "replace") for line in (old, new))
    return f"line {number}: " + " -> ".join(f"…{part}…" for part in shown)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--but", nargs="*", default=[], metavar="PATTERN", help="paths that may differ")
    arguments = parser.parse_args()
    before, after = files(arguments.before), files(arguments.after)
    found = [*differences(before, after)]
    told = [(path, what) for path, what in found if not any(fnmatch(path, pattern) for pattern in arguments.but)]
    for path, what in told:
        print(f"{path}: {what}")
    print(f"{len(before)} and {len(after)} files, {len(told)} differ, {len(found) - len(told)} more that may")
    sys.exit(bool(told))


if __name__ == "__main__":
    main()
