"""A corpus beside a plain loop over the same function, in the same run: reports a second, memory, an update.

Run from the root of the project, after `make test`:
    .venv/bin/python bench/corpus.py [--reports FOLDER] [--composed N] [--workers N]
The reports are those of a folder, and N made of the practice reports under other names. `loop` is one process that
understands one file after the other, links those of years that follow each other, and writes nothing; `build` the
command, which writes the tables too; `again` the command after a sentence was added to one file of a hundred. Seconds
are those of the clock and, in brackets, of the processor, over all processes. On a machine that has other work the
clock tells nothing: `could` is how much faster than the loop the build would be by its processor time alone, were the
cores of its workers its own. `engine` is what the build takes of the processor beyond the loop, a report, and as a
share of the loop's. MB are those of all processes at once.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from composed import composed  # noqa: E402

LOOP = """
import sys
from baogao.corpus.files import offered
from baogao.corpus.stages import bound, understood
from baogao.relations.bodies import following
entries = [understood(file, b"") for file in offered(sys.argv[1:])[0]]
reports = [entry for entry in entries if entry.head.report]
for before, after in following([(entry, entry.head.report.standing) for entry in reports]):
    bound(before.passages, after.passages)
"""
BUILD = "from baogao.cli import main; main()"


@dataclass(frozen=True)
class Run:
    """What a command took."""

    clock: float
    processor: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.clock:.1f} ({self.processor:.1f})"


def run(code: str, *arguments: str) -> Run:
    begun, before = time.monotonic(), os.times()
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    peak, done = [0.0], threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, peak, done))
    watch.start()
    failed = process.wait()
    done.set()
    watch.join()
    assert not failed
    after = os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(time.monotonic() - begun, worked, peak[0])


def _watch(process: int, peak: list[float], done: threading.Event) -> None:
    while not done.wait(0.3):
        try:
            family = [psutil.Process(process), *psutil.Process(process).children(recursive=True)]
            peak[0] = max(peak[0], sum(one.memory_info().rss for one in family) / 1e6)
        except psutil.Error:
            continue


def measured(name: str, folder: Path, workers: int) -> None:
    files = sorted(path for path in folder.iterdir() if path.suffix == ".txt")
    out, order = (
        folder.parent / f"{name}-corpus",
        ("corpus", "build", str(folder), "--workers", str(workers), "-q", "-o"),
    )
    loop = run(LOOP, str(folder))
    build = run(BUILD, *order, str(out))
    for path in files[::100]:
        path.write_bytes(path.read_bytes() + "\n今年另有一项工作。\n".encode())
    again = run(BUILD, *order, str(out))
    tables = sum(path.stat().st_size for path in out.rglob("*.parquet")) / 1e6
    kept = sum(path.stat().st_size for path in (out / ".work").rglob("*") if path.is_file()) / 1e6
    faster, could = loop.clock / build.clock, workers * loop.processor / build.processor
    engine = build.processor - loop.processor
    print(f"{name}: {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")
    print(f"  loop   {loop} s, {len(files) / loop.processor:.1f} a second of the processor, {loop.megabytes:.0f} MB")
    print(f"  build  {build} s, {faster:.2f} x by the clock, could {could:.2f} x, {build.megabytes:.0f} MB")
    print(f"  engine {engine / len(files) * 1000:.1f} ms a report, {engine / loop.processor:.1%}")
    print(
        f"  again  {again} s, {again.clock / build.clock:.1%} and {again.processor / build.processor:.1%} of the build"
    )
    print(f"  tables {tables:.1f} MB, kept for the next run {kept:.1f} MB", flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=Path)
    asked.add_argument("--composed", type=int, default=1_000)
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as top:
        sets = {"composed": composed(given.composed)}
        if given.reports:
            sets["reports"] = {path.name: path.read_bytes() for path in sorted(given.reports.glob("*.txt"))}
        for name, files in sets.items():
            folder = Path(top) / name
            folder.mkdir()
            for file, data in files.items():
                (folder / file).write_bytes(data)
            measured(name, folder, given.workers)
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
