"""Builds the site with every Python from 3.11 that is installed here, and compares the sites byte by byte.

Run from the root of the project: .venv/bin/python bench/pythons.py. Environments are kept in .cache/pythons/. Exit 1
where a site differs, with the first files that do; one Python alone is no comparison, and says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
KEPT = ROOT / ".cache/pythons"


def installed() -> dict[str, str]:
    """Version -> command, of those that run: a name on the path may lead to none."""
    found = {version: shutil.which(f"python{version}") for version in VERSIONS}
    asked = "import sys, ssl, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    return {
        version: command
        for version, command in found.items()
        if command and subprocess.run([command, "-c", asked], capture_output=True, text=True).stdout.strip() == version
    }


def environment(version: str, command: str) -> Path:
    """The environment of a version with what the lock names, made where it is not there or the lock is another."""
    folder, lock = KEPT / version, (ROOT / "requirements.lock").read_bytes()
    stamp = folder / sha256(lock).hexdigest()
    if not stamp.exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([command, "-m", "venv", folder], check=True)
        pip = [folder / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)
        stamp.touch()
    return folder / "bin/python"


def site(python: Path, into: Path) -> dict[str, str]:
    """Every file of the site as this Python makes it, from nothing, and the hash of its bytes."""
    clean = os.environ | {"NO_MKDOCS_2_WARNING": "1", "BAOGAO_CACHE": str(into / "cache")}
    build = [python, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", into / "site"]
    subprocess.run(build, cwd=ROOT, env=clean, check=True)
    paths = (path for path in sorted((into / "site").rglob("*")) if path.is_file())
    return {path.relative_to(into).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}


def main() -> None:
    sites, pythons = {}, installed()
    if len(pythons) < 2:
        print(f"{' '.join(pythons) or 'no Python'} alone: nothing to compare")
        return
    for version, command in pythons.items():
        with TemporaryDirectory() as folder:
            sites[version] = site(environment(version, command), Path(folder))
        print(f"{version}: {len(sites[version])} files")
    first, *others = sites
    for other in others:
        both = sites[first].keys() | sites[other].keys()
        differing = sorted(path for path in both if sites[first].get(path) != sites[other].get(path))
        if differing:
            sys.exit(f"{first} and {other} differ in {len(differing)} files: {', '.join(differing[:5])}")
    print("the same, byte by byte")


if __name__ == "__main__":
    main()
