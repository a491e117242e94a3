"""A build of 1, 10 and 50 reports beside Zensical building the same Markdown, in the same run: time, size, growth.

Run from the root of the project, after `make test` and `.venv/bin/pip install zensical`:
    .venv/bin/python bench/build.py [--texts FOLDER] [REPORTS ...]
The reports are the first, the practice ones and the texts of a folder, the shortest first. `first` is a build that
knows nothing, `again` the next one, which understands no report anew (.cache/). Zensical gets the tree that
`baogao pages` writes, with the same Markdown extensions; it runs no hook, so it makes no search index of ours, no
second navigation, no data outside the tree. The share of each stage is that of a profiled build.
"""

from __future__ import annotations

import argparse
import os
import pstats
import shutil
import subprocess
import sys
import tempfile
import time
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
    "understand": ("read_folder", "publication.py"),
    "links": ("links", "links.py"),
    "pages": ("files", "pages.py"),
    "Markdown": ("convert", "core.py"),
    "templates of the theme": ("_build_page", "build.py"),
    "search index": ("on_post_build", "publish.py"),
}


def reports(folder: Path | None) -> list[Path]:
    texts = [*(ROOT / "tests/fixtures/practice/texts").glob("*.txt"), *(folder.glob("*.txt") if folder else ())]
    return [*sorted((ROOT / "seeds").glob("*.txt")), *sorted(texts, key=lambda path: (path.stat().st_size, path.name))]


def checkout(into: Path, seeds: list[Path]) -> None:
    for name in ("docs", "overrides", "hooks"):
        shutil.copytree(ROOT / name, into / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(ROOT / "mkdocs.yml", into)
    (into / "seeds").mkdir()
    for seed in seeds:
        shutil.copy(seed, into / "seeds")


def timed(*command: str, within: Path, path: str = "") -> float:
    """Seconds. Raises where the command fails."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"} | ({"PYTHONPATH": path} if path else {})
    begin = time.perf_counter()
    subprocess.run(command, cwd=within, env=environment, check=True, capture_output=True)
    return time.perf_counter() - begin


def shares(within: Path) -> str:
    """Where the time of a build goes, in percent of it; a stage inside another counts in both."""
    profile = within / "profile"
    timed(sys.executable, "-m", "cProfile", "-o", str(profile), "-m", "mkdocs", "build", within=within)
    stats = pstats.Stats(str(profile))
    spent: dict[tuple[str, str], float] = {}
    for (file, _, name), row in stats.stats.items():  # type: ignore[attr-defined]
        spent[Path(file).name, name] = max(row[3], spent.get((Path(file).name, name), 0.0))
    whole = spent["build.py", "build"]
    return ", ".join(
        f"{stage} {100 * spent.get((file, name), 0) / whole:.0f} %" for stage, (name, file) in STAGES.items()
    )


def measure(count: int, folder: Path | None) -> tuple[float, float, float, int, float]:
    """first, again and Zensical in seconds; HTML pages; MB of the site."""
    with tempfile.TemporaryDirectory() as temporary:
        into = Path(temporary)
        checkout(into, reports(folder)[:count])
        build = (str(BIN / "mkdocs"), "build")
        first, again = timed(*build, within=into), timed(*build, within=into)
        files = [path for path in (into / "site").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        timed(str(BIN / "baogao"), "pages", "pages", within=into, path=str(into / "hooks"))
        (into / "mkdocs.yml").write_text(SETTINGS, "utf-8")
        shutil.rmtree(into / "site")
        zensical = timed(ZENSICAL, "build", within=into)
        return first, again, zensical, sum(path.suffix == ".html" for path in files), size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="a folder of more reports")
    parser.add_argument("reports", nargs="*", type=int, default=SIZES)
    arguments = parser.parse_args()
    print("| reports | pages | MB | first | again | Zensical | ratio | ms a page |")
    print("|---|---|---|---|---|---|---|---|")
    for count in arguments.reports:
        first, again, zensical, pages, size = measure(count, arguments.texts)
        row = (count, pages, f"{size:.1f}", f"{first:.1f} s", f"{again:.1f} s", f"{zensical:.1f} s")
        print("|", " | ".join(map(str, row)), f"| {first / zensical:.1f} | {1000 * first / pages:.0f} |", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        into = Path(temporary)
        checkout(into, reports(arguments.texts)[:10])
        print("\nof a build of ten:", shares(into))


if __name__ == "__main__":
    main()
