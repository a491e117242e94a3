"""Makes LICENSES.md anew: under which license each thing is that the site or the package carries or needs to be built.

The Python packages are those of requirements.lock, each as its own metadata say; what the theme's scripts are made of
is in their source maps; files with a holder of their own are in licenses.yml, as is which licenses are accepted. One
that is not known or not accepted is an error. Run from the root of the project: .venv/bin/python bench/licenses.py
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from baogao.plugin import THEMES_SEARCH

ROOT = Path(__file__).parent.parent
LIST = ROOT / "LICENSES.md"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.M)
_HEAD = """# Licenses

The code is under the MIT license (LICENSE). What it carries or needs is under these; made by `make licenses`.
"""


class Unknown(Exception):
    """Something whose license is not known, or not accepted."""


def rules() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "bench/licenses.yml").read_text("utf-8")))


def license_of(name: str, said: Sequence[str], known: dict[str, Any]) -> str:
    """SPDX of a package, by what it says of itself, the surest first. Raises Unknown."""
    given = known["packages"].get(name) or next((words for words in said if words), "")
    found = str(known["words"].get(given, given))
    if not found or not set(re.split(" OR | AND ", found)) <= {*known["accepted"]}:
        raise Unknown(f"{name}: license {given or 'not said'!r}. Look at it, then name it in bench/licenses.yml")
    return found


def packages(known: dict[str, Any], written: str = "") -> Iterator[tuple[str, str, str]]:
    """Name, version and license of each package of the lock; of one that this system does not need, as `written`."""
    for name, version in sorted(_PIN.findall((ROOT / "requirements.lock").read_text("utf-8"))):
        try:
            said = metadata(name)
        except PackageNotFoundError:
            row = re.search(rf"^\| {re.escape(name)} \| {re.escape(version)} \| (\S+) \|$", written, re.M)
            if not row:
                raise Unknown(f"{name} {version} is not installed here and not in {LIST.name}") from None
            yield name, version, license_of(name, [row[1]], known)
            continue
        classes = [one.split(" :: ")[-1] for one in said.get_all("Classifier", []) if one.startswith("License ::")]
        free = said.get("License") or ""
        told = [said.get("License-Expression") or "", *classes, "" if free == "UNKNOWN" else free]
        named = [one for one in told if one in known["words"] or one in known["accepted"]]
        yield name, version, license_of(name, [*named, *told], known)


def parts_of_theme() -> set[str]:
    """The packages that those of the theme's scripts and styles are made of which a site has: none of its search."""
    theme = find_spec("material")
    assert theme and theme.origin
    found: set[str] = set()
    assets = Path(theme.origin).parent / "templates/assets"
    for path in (one for one in assets.rglob("*.map") if not re.search(THEMES_SEARCH, one.as_posix())):
        for source in json.loads(path.read_text("utf-8"))["sources"]:
            found |= set(re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)", source)[-1:])
    return found


def listed(written: str = "") -> str:
    """LICENSES.md. `written`: as it is now. Raises Unknown."""
    known = rules()
    parts = parts_of_theme()
    if parts != set(known["theme"]):
        raise Unknown(f"the theme is made of {sorted(parts)}; bench/licenses.yml says {sorted(known['theme'])}")
    lines = [_HEAD, "## Python packages\n", "| package | version | license |", "|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in packages(known, written)]
    lines += ["", "## In the theme's scripts and styles\n", "| package | license |", "|---|---|"]
    lines += [f"| {name} | {license_of(name, [said], known)} |" for name, said in known["theme"].items()]
    lines += ["", "## Files\n", "| path | what | license | of |", "|---|---|---|---|"]
    for one in known["files"]:
        lines.append(
            f"| {one['path']} | {one['what']} | {license_of(one['path'], [one['license']], known)} | {one['of']} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    try:
        made = listed(LIST.read_text("utf-8") if LIST.exists() else "")
    except Unknown as error:
        sys.exit(str(error))
    LIST.write_text(made, "utf-8")


if __name__ == "__main__":
    main()
