"""A build of 1, 10 and 50 reports beside Zensical building the same Markdown, in the same run: time, memory, growth.

Run from the root of the project, after `make test`:
    .venv/bin/python bench/build.py [--texts FOLDER] [REPORTS ...]
The reports are the first, the practice ones and the texts of a folder, the shortest first. `first` is a build that
knows nothing, `again` the next one, for which everything stands in .cache/, `edit` one after a sentence was added to
one report. The package is byte-compiled before, as installing it does. MB are those of the first build's largest
process. Zensical gets the tree that `baogao pages` writes, with the same Markdown extensions; it runs no hook, so it
makes no search index of ours, no second navigation, no data outside the tree. The share of each stage is that of a
profiled build, in one process.
"""

from __future__ import annotations

import argparse
import compileall
import os
import pstats
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SIZES = (1, 10, 50)
BIN = Path(sys.executable).parent
ZENSICAL = shutil.which("zensical", path=os.pathsep.join([str(BIN), os.environ["PATH"]])) or "zensical"
SETTINGS = """site_name: bench
docs_dir: pages
use_directory_urls: false
theme: {name: material, language: zh, font: false, features: [navigation.prune]}
plugins: []
markdown_extensions: [attr_list, md_in_html, tables, sane_lists, {toc: {toc_depth: 2-4}}]
"""
STAGES = {  # function and file of what a stage is
    "understand": ("read_folder", "folder.py"),
    "links": ("links", "links.py"),
    "pages": ("files", "pages.py"),
    "Markdown": ("convert", "core.py"),
    "templates of the theme": ("_build_page", "build.py"),
    "search index": ("files", "index.py"),
}


def reports(folder: Path | None) -> list[Path]:
    texts = [*(ROOT / "tests/fixtures/practice/texts").glob("*.txt"), *(folder.glob("*.txt") if folder else ())]
    return [*sorted((ROOT / "seeds").glob("*.txt")), *sorted(texts, key=lambda path: (path.stat().st_size, path.name))]


def checkout(into: Path, seeds: list[Path]) -> None:
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, into / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    compileall.compile_dir(into / "hooks", quiet=2)
    shutil.copy(ROOT / "mkdocs.yml", into)
    (into / "seeds").mkdir()
    for seed in seeds:
        shutil.copy(seed, into / "seeds")


def timed(*command: str, within: Path, path: str = "") -> tuple[float, float]:
    """Seconds, and MB of the largest process. Raises where the command fails."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"} | ({"PYTHONPATH": path} if path else {})
    begin = time.perf_counter()
    with (within / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=within, env=environment, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)}:\n{(within / 'output').read_text('utf-8')}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1000


def edit(seed: Path) -> None:
    """A sentence more, behind the tenth."""
    parts = seed.read_text("utf-8").split("。")
    seed.write_text("。".join([*parts[:10], "本句后加", *parts[10:]]), "utf-8")


def shares(within: Path) -> str:
    """Where the time of a build goes, in percent of it; a stage inside another counts in both."""
    profile = within / "profile"
    # a second thread, so that no process is split off: a profile sees its own alone
    code = (
        "import cProfile, sys, threading; from mkdocs.__main__ import cli;"
        "threading.Thread(target=threading.Event().wait, daemon=True).start();"
        "cProfile.run('cli([\\'build\\'], standalone_mode=False)', sys.argv[1])"
    )
    timed(sys.executable, "-c", code, str(profile), within=within)
    stats = pstats.Stats(str(profile))
    spent: dict[tuple[str, str], float] = {}
    for (file, _, name), row in stats.stats.items():  # type: ignore[attr-defined]
        spent[Path(file).name, name] = max(row[3], spent.get((Path(file).name, name), 0.0))
    whole = spent["build.py", "build"]
    return ", ".join(
        f"{stage} {100 * spent.get((file, name), 0) / whole:.0f} %" for stage, (name, file) in STAGES.items()
    )


@dataclass(frozen=True)
class Measured:
    """Seconds of each build, MB of memory, and what the site is."""

    first: float
    again: float
    edit: float
    zensical: float
    memory: float
    pages: int  # in HTML
    size: float  # MB of the site

    def row(self, count: int) -> str:
        seconds = (f"{one:.1f} s" for one in (self.first, self.again, self.edit, self.zensical))
        ratios = (self.first / self.zensical, self.again / self.first, self.edit / self.first)
        cells = [count, self.pages, f"{self.size:.0f}", *seconds, *(f"{one:.2f}" for one in ratios)]
        return f"| {' | '.join(map(str, cells))} | {self.memory:.0f} |"


def measure(count: int, folder: Path | None) -> Measured:
    with tempfile.TemporaryDirectory() as temporary:
        into, seeds = Path(temporary), reports(folder)[:count]
        checkout(into, seeds)
        build = (str(BIN / "mkdocs"), "build")
        first, memory = timed(*build, within=into)
        files = [path for path in (into / "site").rglob("*") if path.is_file()]
        pages, size = sum(path.suffix == ".html" for path in files), sum(path.stat().st_size for path in files) / 1e6
        again, _ = timed(*build, within=into)
        edit(into / "seeds" / seeds[count // 2].name)
        edited, _ = timed(*build, within=into)
        timed(str(BIN / "baogao"), "pages", "pages", within=into, path=str(into / "hooks"))
        (into / "mkdocs.yml").write_text(SETTINGS, "utf-8")
        shutil.rmtree(into / "site")
        zensical, _ = timed(ZENSICAL, "build", within=into)
        return Measured(first, again, edited, zensical, memory, pages, size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="a folder of more reports")
    parser.add_argument("reports", nargs="*", type=int, default=SIZES)
    arguments = parser.parse_args()
    names = "reports, pages, MB, first, again, edit, Zensical, first/Zensical, again/first, edit/first, memory"
    print(f"| {' | '.join(names.split(', '))} |", "|---" * 11 + "|", sep="\n")
    for count in arguments.reports:
        print(measure(count, arguments.texts).row(count), flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        into = Path(temporary)
        checkout(into, reports(arguments.texts)[:10])
        print("\nof a build of ten:", shares(into))


if __name__ == "__main__":
    main()
