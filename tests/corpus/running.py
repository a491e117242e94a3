"""baogao corpus and baogao publish as people run them, and what their files are made of."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-c", "from baogao.cli import main; main()"]
ENGLISH = {**os.environ, "LC_ALL": "C.UTF-8"}


def corpus(*arguments: str, cwd: Path) -> str:
    """What the command says."""
    return ran("corpus", *arguments, cwd=cwd).stdout


def ran(*arguments: str, cwd: Path, status: int = 0) -> subprocess.CompletedProcess[str]:
    """A command of baogao, run to its end."""
    done = subprocess.run([*COMMAND, *arguments], cwd=cwd, env=ENGLISH, capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    return done


def begun(*arguments: str, cwd: Path, command: str = "corpus") -> subprocess.Popen[str]:
    """The command while it runs."""
    return subprocess.Popen(
        [*COMMAND, command, *arguments], cwd=cwd, env=ENGLISH, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def tables_of(folder: Path) -> dict[str, str]:
    """A hash of every file of a corpus, or of a site, but those it keeps for the next run."""
    files = [path for path in folder.rglob("*") if path.is_file() and ".work" not in path.parts]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
