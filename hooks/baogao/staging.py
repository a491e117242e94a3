"""A site is built beside itself and laid in its place when it is whole: a build that is killed or fails leaves the
earlier one, and of no build, not of two at once, half a file is in it.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

_LEFT = 3600  # seconds after which what lies beside is of a build that was killed


def begun(site: Path) -> Path:
    """A folder beside the site's, for it to be built in; what killed builds left there is taken away."""
    site.parent.mkdir(parents=True, exist_ok=True)
    beside = f".{site.name}.building-"
    for left in site.parent.glob(f"{beside}*"):
        with suppress(OSError):  # another build may end meanwhile
            if time.time() - left.stat().st_mtime > _LEFT:
                shutil.rmtree(left)
    return Path(tempfile.mkdtemp(prefix=beside, dir=site.parent))


def files_of(built: Path) -> list[Path]:
    """All files of a site, from its folder."""
    return [path.relative_to(built) for path in built.rglob("*") if path.is_file()]


def laid(built: Path, site: Path, beside: Collection[str] = (), whole: Sequence[Path] = ()) -> None:
    """Each file in its place at once, pages last; then what is of an earlier site is gone, as MkDocs cleans a folder:
    all but what is hidden at its top, and the folders there that are sites `beside` this one. `whole`: all files of the
    site, where some were laid already by who was ended then."""
    new = whole or files_of(built)
    for path in sorted(files_of(built), key=lambda path: (path.suffix == ".html", path)):
        target = site / path
        _make_way(target, site)
        (built / path).replace(target)
    _take_away(site, {*new}, beside)
    shutil.rmtree(built)


def _make_way(target: Path, site: Path) -> None:
    """Where a folder was, a file may be to come, and the other way round."""
    for above in [*target.parents][: len(target.relative_to(site).parts)]:
        if above.is_file():
            above.unlink()
    if target.is_dir():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)


def _take_away(site: Path, but: set[Path], beside: Collection[str]) -> None:
    for top in site.iterdir():
        if top.name.startswith(".") or top.name in beside:
            continue
        for path in sorted([top, *top.rglob("*")], reverse=True):  # what is in a folder before it
            with suppress(OSError):  # a folder that is not empty stays, and another build may take away the same
                if path.is_dir():
                    path.rmdir()
                elif path.relative_to(site) not in but:
                    path.unlink()
