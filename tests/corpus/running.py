"""baogao corpus and baogao publish as people run them, and what their files are made of."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psutil

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
    """The command while it runs. It hears an interrupt where this process does not: what a shell runs beside itself has
    inherited that none is heard."""
    return subprocess.Popen(
        [*COMMAND, command, *arguments],
        cwd=cwd,
        env=ENGLISH,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )


def tables_of(folder: Path) -> dict[str, str]:
    """A hash of every file of a corpus, or of a site, but those it keeps for the next run."""
    files = [path for path in folder.rglob("*") if path.is_file() and ".work" not in path.parts]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, scheduler_port=int(sys.argv[1]), dashboard_address=None) as one:
        print(one.scheduler_address, *(worker.process.pid for worker in one.workers.values()), flush=True)
        sys.stdin.read()
"""


@contextmanager
def cluster(folder: Path, port: int) -> Iterator[tuple[str, list[int]]]:
    """A scheduler of dask with two workers, each a process: its address, and theirs."""
    code, pipe = folder / "cluster.py", subprocess.PIPE
    code.write_text(CLUSTER, "utf-8")
    with subprocess.Popen(
        [sys.executable, code, str(port)], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, cwd=folder
    ) as run:
        address, *workers = run.stdout.readline().split()
        yield address, list(map(int, workers))
        for child in psutil.Process(run.pid).children(recursive=True):
            child.kill()
        run.kill()
