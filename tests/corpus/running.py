"""baogao corpus as people run it, and what its tables are made of."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-c", "from baogao.cli import main; main()", "corpus"]
ENGLISH = {**os.environ, "LC_ALL": "C.UTF-8"}


def corpus(*arguments: str, cwd: Path) -> str:
    """What the command says."""
    done = subprocess.run([*COMMAND, *arguments], cwd=cwd, env=ENGLISH, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def begun(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    """The command while it runs."""
    return subprocess.Popen(
        [*COMMAND, *arguments], cwd=cwd, env=ENGLISH, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def tables_of(folder: Path) -> dict[str, str]:
    """A hash of every file of a corpus but those it keeps for the next run."""
    files = [path for path in folder.rglob("*") if path.is_file() and ".work" not in path.parts]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
