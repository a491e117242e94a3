"""The search index beside Pagefind at its best, in the same run: size, bytes of a query, time and memory of the build.

Run from the root of the project, after `make test` and `.venv/bin/pip install 'pagefind[bin]'`:
    .venv/bin/python bench/search.py [--texts FOLDER] [PAGES ...]
Pages of about 600 characters are drawn from the practice reports, or from the texts of a folder. Pagefind's best on
Chinese is one token a character and quoted phrases. Bytes are compressed (gzip -6); cold and warm are means over the
same 20 queries, each cold one in a browser that has nothing yet, warm ms the same query again, warm KB the next one;
milliseconds in slow 4G (1.6 Mbit/s, 150 ms).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from baogao.readers.decoding import decode
from baogao.search.index import files
from baogao.search.interface import FOLDER, assets
from baogao.search.records import Catalogue, Record, RecordGroup, SearchFacet, SearchUnit
from pages import FLAGS, SLOW_4G, serve
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
SIZES = (12, 120, 1200, 12000)
CHARACTERS = 600


def corpus(folder: Path, pages: int) -> list[list[str]]:
    """Pages as lists of lines, each line as some report has it; the same for the same arguments."""
    rng = random.Random(pages)
    texts = [decode(path.name, path.read_bytes())[0] for path in sorted(folder.glob("*.txt"))]
    lines = [line.strip() for text in texts for line in text.splitlines() if len(line.strip()) > 20]
    made = []
    for _ in range(pages):
        page: list[str] = []
        while sum(map(len, page)) < CHARACTERS:
            line = rng.choice(lines)
            cut = rng.randrange(max(1, len(line) - 200))  # not only the openings
            page.append(line[cut : cut + 200])
        made.append(page)
    return made


def build_ours(pages: list[list[str]], into: Path) -> None:
    records = []
    for n, page in enumerate(pages):
        report, lines = f"r{n // 20}-2023", tuple((SearchUnit(f"s{i}", line),) for i, line in enumerate(page))
        facets = {"report": report, "place": "某区", "year": "2023"}
        records.append(Record(f"{report}/{n % 20}.html", page[0][:20], lines, "zh", report, facets, everywhere=True))
    groups = tuple(RecordGroup(one, {"zh": f"某区 {one}", "en": one}) for one in sorted({r.group for r in records}))
    titles = {group.id: group.title for group in groups}
    facets = tuple(SearchFacet(name, {"zh": name}, titles if name == "report" else {}) for name in records[0].facets)
    catalogue = Catalogue(tuple(records), groups, (), facets, trees={"zh": "", "en": "en/"}, page="search.html")
    (into / "search").mkdir(parents=True)
    (into / FOLDER).mkdir(parents=True)
    for name, content in files(catalogue):
        (into / "search" / name).write_text(content, "utf-8")
    for path, content in assets(("zh", "en")):
        (into / path).write_text(content, "utf-8")
    script = f'<script src="{FOLDER}search.js"></script>'
    (into / "index.html").write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{script}", "utf-8")


def build_pagefind(pages: list[list[str]], into: Path) -> None:
    into.mkdir(parents=True)
    for n, page in enumerate(pages):
        text = "".join(f"<p>{' '.join(line.replace('<', ' ').replace('&', ' '))}</p>" for line in page)
        (into / f"{n}.html").write_text(
            f'<!doctype html><html lang="en"><title>{n}</title><body data-pagefind-body>{text}', "utf-8"
        )
    subprocess.run([sys.executable, "-m", "pagefind", "--site", into], check=True, capture_output=True)
    for n in range(len(pages)):
        (into / f"{n}.html").unlink()
    (into / "index.html").write_text("<!doctype html><title>x</title>", "utf-8")


BUILD = {"ours": build_ours, "pagefind": build_pagefind}
ASK = {  # [sections found, milliseconds to the count, and to the text of the first three]; the first eight are read
    "ours": """async q => {
      const start = performance.now(), found = await baogaoSearch.find(q), counted = performance.now() - start;
      await baogaoSearch.read(found, 0, 3);
      const ms = performance.now() - start;
      await baogaoSearch.read(found, 3, 8);
      return [found.sections, counted, ms];
    }""",
    "pagefind": """async q => {
      window.p ??= await import('/pagefind/pagefind.js');
      const start = performance.now(), found = await p.search('"' + [...q].join(' ') + '"');
      const counted = performance.now() - start;
      const read = all => Promise.all(all.map(one => one.data()));
      await read(found.results.slice(0, 3));
      const ms = performance.now() - start;
      await read(found.results.slice(3, 8));
      return [found.results.length, counted, ms];
    }""",
}
OPEN = {  # as opening the dialog does, before the first key
    "ours": "baogaoSearch.prepare()",
    "pagefind": "import('/pagefind/pagefind.js').then(async p => { window.p = p; await p.init() })",
}


def one(engine: str, folder: Path, count: int, into: Path) -> None:
    """Build in a process of its own; prints seconds and peak memory in MB, its children's included."""
    pages = corpus(folder, count)
    start = time.perf_counter()
    BUILD[engine](pages, into)
    seconds = time.perf_counter() - start
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"seconds": seconds, "megabytes": peak / 1024}))


def bytes_of(site: Path, paths: list[str]) -> int:
    return sum(len(gzip.compress((site / path).read_bytes(), 6)) for path in set(paths) if (site / path).is_file())


def ask(browser: Any, base: str, site: Path, engine: str, queries: list[str]) -> dict[str, float]:
    cold, warm, files, count_ms, cold_ms, warm_ms, found = [], [], [], [], [], [], []
    for query in queries:
        context = browser.new_context()
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(urlparse(request.url).path.lstrip("/")))
        page.goto(base)
        page.evaluate(OPEN[engine])
        network = context.new_cdp_session(page)
        network.send("Network.emulateNetworkConditions", SLOW_4G)
        sections, counted, ms = page.evaluate(ASK[engine], query)
        found.append(sections)
        cold_ms.append(ms)
        count_ms.append(counted)
        index = [path for path in asked if path not in ("", "favicon.ico") and not path.startswith("assets")]
        cold.append(bytes_of(site, index))
        files.append(len(set(index)))
        warm_ms.append(page.evaluate(ASK[engine], query)[2])
        asked.clear()
        page.evaluate(ASK[engine], queries[(queries.index(query) + 1) % len(queries)])
        warm.append(bytes_of(site, asked))
        context.close()
    mean = statistics.mean
    return {
        "cold KB": mean(cold) / 1e3,
        "cold max KB": max(cold) / 1e3,
        "files": mean(files),
        "count ms": mean(count_ms),
        "cold ms": mean(cold_ms),
        "warm ms": mean(warm_ms),
        "warm KB": mean(warm) / 1e3,
        "found": mean(found),
    }


def measure(browser: Any, engine: str, count: int, texts: Path, into: Path, queries: list[str]) -> dict[str, Any]:
    """One engine at one size: its index and what a query costs."""
    command = [sys.executable, __file__, "--texts", texts, "--one", engine, into, str(count)]
    built = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    index = [p for p in into.rglob("*") if p.is_file() and p.name != "index.html" and "assets" not in p.parts]
    size = sum(len(gzip.compress(path.read_bytes(), 6)) for path in index)
    said = {"pages": count, "engine": engine, "index files": len(index), "MB gz": size / 1e6}
    said |= {"build s": built["seconds"], "peak MB": built["megabytes"]}
    return said | ask(browser, serve(into), into, engine, queries)


def queries_for(pages: list[list[str]]) -> list[str]:
    """20 runs of two to four characters that stand in the pages."""
    rng, queries = random.Random(7), []
    for _ in range(20):
        line = rng.choice(rng.choice(pages))
        start = rng.randrange(max(1, len(line) - 4))
        queries.append(line[start : start + rng.randint(2, 4)])
    return queries


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=Path, default=ROOT / "tests/fixtures/practice/texts")
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("pages", nargs="*", type=int, default=SIZES)
    given = parser.parse_args()
    if given.one:
        one(given.one[0], given.texts, given.pages[0], Path(given.one[1]))
        return
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as work:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for count in given.pages:
            queries = queries_for(corpus(given.texts, count))
            for engine in BUILD:
                said = measure(browser, engine, count, given.texts, Path(work) / f"{engine}-{count}", queries)
                print(
                    "  ".join(f"{k} {v:.2f}" if isinstance(v, float) else f"{k} {v}" for k, v in said.items()),
                    flush=True,
                )
        browser.close()


if __name__ == "__main__":
    main()
