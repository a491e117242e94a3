"""A site in eight shards beside one build of the same reports, in the same run: seconds, memory, bytes, an update.

Run from the root of the project, after `make test`:
    .venv/bin/python bench/publish.py [--composed N] [--workers N]
The reports are the practice reports under other names, a sidecar beside each that puts its place into one of eight
provinces. `one` is one `mkdocs build` of all, `corpus` the tables that publishing starts from, `publish` the site in
shards, `again` the tables and the site after a sentence was added to one report, `none` the command where nothing has
changed. Seconds are those of the clock and, in brackets, of the processor, over all processes; on a machine that has
other work the clock tells nothing. MB are those of all processes at once.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from corpus import BUILD, ROOT, run

sys.path.insert(0, str(ROOT / "tests"))

from composed import composed  # noqa: E402

PROVINCES = ("湖南省", "湖北省", "广东省", "四川省", "浙江省", "河南省", "山东省", "云南省")
MKDOCS = "import os, sys; os.chdir(sys.argv.pop()); from mkdocs.__main__ import cli; cli()"
BAOGAO = f"import os, sys; os.chdir(sys.argv.pop()); {BUILD}"


def bytes_of(folder: Path, pattern: str = "*") -> int:
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file())


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--composed", type=int, default=40)
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as top:
        here = Path(top) / "own"
        run(BUILD, "new", str(here))
        shutil.rmtree(here / "docs")
        (here / "docs").mkdir()
        for n, (name, data) in enumerate(composed(given.composed).items()):
            (here / "seeds" / name).write_bytes(data)
            place = data.decode().split("2")[0].split("\n")[-1].strip() or name
            sidecar = f"place: {PROVINCES[n % len(PROVINCES)]}{place}\nid: r{n:05}\n"
            (here / "seeds" / name).with_suffix(".yml").write_text(sidecar, "utf-8")
        tables = ("corpus", "build", "seeds", "-o", "corpus", "-q", "--workers", str(given.workers), str(here))
        order = ("publish", "corpus", "-o", "shards", "-q", "--workers", str(given.workers), str(here))
        print(f"one     {run(MKDOCS, 'build', '-q', '-d', 'one', str(here))}", flush=True)
        print(f"corpus  {run(BAOGAO, *tables)}", flush=True)
        print(f"publish {run(BAOGAO, *order)}", flush=True)
        report = next((here / "seeds").glob("*.txt"))
        report.write_text(report.read_text("utf-8").replace("。", "。另有一项。", 1), "utf-8")
        print(f"again   {run(BAOGAO, *tables)} and {run(BAOGAO, *order)}", flush=True)
        print(f"none    {run(BAOGAO, *order)}", flush=True)
        for name in ("one", "shards"):
            site = here / name
            index, manifest = bytes_of(site / "search") / 1e6, (site / "search/manifest.js").stat().st_size / 1e3
            print(f"{name}: {bytes_of(site) / 1e6:.1f} MB, search {index:.2f} MB, its manifest {manifest:.1f} KB")
            print(f"  the first page {(site / 'index.html').stat().st_size / 1e3:.1f} KB")
        kept = bytes_of(here / ".shards.publish") / 1e6
        print(f"kept beside the shards {kept:.1f} MB")


if __name__ == "__main__":
    main()
