"""The plugin baogao-search beside Material's own search and Pagefind, on a site of Markdown in Chinese.

Run from the root of the project, after `make test` and
    .venv/bin/pip install jieba 'pagefind[extended]' snowballstemmer
    .venv/bin/python bench/any_site.py DOCS
DOCS is a folder of Markdown pages with an index.md, such as the docs/ of hello-algo. Three sites are made of it by the
same theme: Material's search (with jieba, which it uses where it is installed), Pagefind extended over the pages as
built, and ours. 80 queries are drawn from the text of the articles by a fixed seed. What is true is told without any
engine: the pages, and for ours the sections, that hold every term; a Latin term begins a word or is another form of it.
Each search is asked as a reader asks it: ours by typing into its box; Material's answers are taken from its worker,
Pagefind's from its own function, which has no more of them than it shows. Bytes (gzip -6) are those of all files of the
search that a page asks for until the first answers. Build seconds are those of the
processor for the search: the site with it less the site without.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import snowballstemmer
from lxml import html
from pages import FLAGS, serve
from playwright.sync_api import sync_playwright

CLASSES = {"two characters": 20, "4 to 6": 20, "8 to 14": 10, "mixed": 10, "Latin": 10, "two words": 10}
SETTINGS = """site_name: bench
theme: {name: material, language: zh, font: false}
use_directory_urls: false
plugins: %s
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, toc,
  {pymdownx.arithmatex: {generic: true}}, pymdownx.details, pymdownx.highlight, pymdownx.inlinehilite,
  pymdownx.superfences, {pymdownx.tabbed: {alternate_style: true}}]
"""
PLUGINS = {"none": "[]", "material": "[{search: {lang: [zh, en]}}]", "ours": "[baogao-search]", "pagefind": "[]"}
UNREAD = ".//script|.//style|.//*[contains(@class,'headerlink')]|.//*[contains(@class,'md-source')]"
BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "td", "th", "pre", "dt", "dd", "summary", "label", "div")
HAN = "[\u4e00-\u9fff]"
WORD = re.compile("[a-z]")
stem = cache(snowballstemmer.stemmer("english").stemWord)


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, folded plainly."""

    page: str
    anchor: str
    lines: tuple[str, ...]

    def holds(self, term: str) -> bool:
        if re.fullmatch("[a-z]+", term):
            words = {word for line in self.lines for word in re.findall("[a-z]+", line)}
            return any(word.startswith(term) or stem(word) == stem(term) for word in words)
        pattern = ("(?<![a-z])" if WORD.match(term) else "") + re.escape(term)
        return any(re.search(pattern, line) for line in self.lines)


# ---- what is true


def plain(text: str) -> str:
    """Half width, lower case, no space beside a Chinese character: what any reader takes for the same."""
    text = " ".join(unicodedata.normalize("NFKC", text).lower().split()).replace("\u200b", "")
    return re.sub(f"(?<={HAN}|[，。：；、（）()]) | (?={HAN}|[，。：；、（）()])", "", text)


def sections(site: Path) -> Iterator[Section]:
    """Those of every page, read from the HTML as it was built."""
    for path in sorted(site.rglob("*.html")):
        if path.name == "404.html":
            continue
        article = html.parse(path).find(".//article")
        for gone in article.xpath(UNREAD):
            gone.drop_tree()
        page, anchor, lines = path.relative_to(site).as_posix(), "", list[str]()
        for block in article.iter(*BLOCKS):
            if block.tag[0] == "h" and block.get("id"):
                if lines:
                    yield Section(page, anchor, tuple(lines))
                anchor, lines = block.get("id"), []
            own = "".join(_own_text(block))
            lines += [said for line in (own.split("\n") if block.tag == "pre" else [own]) if (said := plain(line))]
        if lines:
            yield Section(page, anchor, tuple(lines))


def _own_text(block: Any) -> Iterator[str]:
    """The text of a block without that of blocks in it."""
    yield block.text or ""
    for child in block:
        if isinstance(child.tag, str) and child.tag not in (
            "p",
            "li",
            "ul",
            "ol",
            "pre",
            "table",
            "div",
            "details",
            "label",
        ):
            yield from _own_text(child)
        yield child.tail or ""


def queries(rng: random.Random, texts: list[Section]) -> Iterator[tuple[str, str]]:
    """(class, query) drawn from the text."""
    lines = [line for section in texts for line in section.lines]

    def drawn(pattern: str) -> str:
        while not (found := re.findall(pattern, rng.choice(lines))):
            pass
        return rng.choice(found)

    def run(low: int, high: int) -> str:
        text = drawn(f"{HAN}{{{high},}}")
        length = rng.randint(low, high)
        start = rng.randrange(len(text) - length + 1)
        return text[start : start + length]

    def two() -> str:
        """Of one section, which then holds both."""
        while len(words := re.findall(f"{HAN}{{2,3}}", "\n".join(rng.choice(texts).lines))) < 2:
            pass
        return " ".join(rng.sample(words, 2))

    makers: dict[str, Callable[[], str]] = {
        "two characters": lambda: run(2, 2),
        "4 to 6": lambda: run(4, 6),
        "8 to 14": lambda: run(8, 14),
        "mixed": lambda: drawn(f"{HAN}{{1,3}}[a-z]{{2,8}}(?![a-z])|(?<![a-z])[a-z]{{2,8}}{HAN}{{1,3}}"),
        "Latin": lambda: drawn("(?<![a-z])[a-z]{4,12}(?![a-z])"),
        "two words": two,
    }
    for kind, many in CLASSES.items():
        for _ in range(many):
            yield kind, makers[kind]()


# ---- the sites


def build(docs: Path, into: Path, name: str) -> float:
    """Seconds that the processor is busy with a build; the site is in into/name."""
    settings = into / f"{name}.yml"
    settings.write_text(f"{SETTINGS % PLUGINS[name]}docs_dir: {json.dumps(str(docs))}\nsite_dir: {name}\n", "utf-8")
    begin = busy()
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", settings]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    if name == "pagefind":
        subprocess.run([sys.executable, "-m", "pagefind", "--site", into / name], check=True, capture_output=True)
    return busy() - begin


def busy() -> float:
    """Seconds of the processor in all processes this one has started: what else runs here makes them no more."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# ---- asking


# What Material asks its worker (2) and what that answers (3): an answer may be to less than the whole query.
TAPPED = """window.said = []; window.posted = 0; window.Worker = class extends Worker {
  constructor(...given) { super(...given);
    this.addEventListener("message", e => e.data.type === 3 && said.push(e.data)); }
  postMessage(one, ...more) { posted += one.type === 2; super.postMessage(one, ...more); } }"""


def first_of_ours(page: Any, query: str) -> None:
    """Until its first answers are there; what it asks for then it asks for behind them."""
    page.evaluate(
        """new MutationObserver((_, watch) => {
          if (!document.querySelector("#search [role=option]")) return;
          watch.disconnect();
          for (const made of document.querySelectorAll("script[src*='/search/']")) made.dataset.before = "";
        }).observe(document.querySelector("#search ul"), { childList: true })"""
    )
    page.fill("#search input", query)
    page.wait_for_selector("#search [role=option]")


def ask_ours(page: Any, query: str) -> list[str]:
    page.evaluate("document.querySelector('#search').dataset.ready = ''")
    page.fill("#search input", query)
    page.wait_for_function("q => document.querySelector('#search').dataset.ready === q", arg=query)
    if page.locator("#search a.all").count():
        page.locator("#search a.all").click()
        page.wait_for_selector("#search a.all", state="detached")
    return page.locator("#search a[data-result]").evaluate_all("all => all.map(a => a.href)")


def ask_material(page: Any, query: str) -> list[str]:
    page.evaluate("said.length = posted = 0")
    page.fill("input[data-md-component=search-query]", query)
    page.dispatch_event("input[data-md-component=search-query]", "keyup")
    for _ in range(2):  # what it asks more than once it asks at once
        page.wait_for_function("() => posted && said.length >= posted", timeout=30000)
        page.wait_for_timeout(100)
    return page.evaluate("said.at(-1).data.items.flat().map(one => new URL(one.location, document.baseURI).href)")


def ask_pagefind(page: Any, query: str) -> list[str]:
    return page.evaluate(
        """async q => { window.p ??= await import('/pagefind/pagefind.js'); const found = await p.search(q);
          const read = await Promise.all(found.results.map(one => one.data()));
          return read.map(one => new URL(one.url, document.baseURI).href) }""",
        query,
    )


ASK = {"material": ask_material, "pagefind": ask_pagefind, "ours": ask_ours}
BEHIND = """[...document.querySelectorAll("script[src*='/search/']:not([data-before])")].map(made => made.src)"""
FIRST = ASK | {"ours": first_of_ours}
OPEN = {
    "material": lambda page: page.focus("input[data-md-component=search-query]"),
    "pagefind": lambda page: None,
    "ours": lambda page: page.click("[data-search-open]"),
}


def bytes_before_the_first(browser: Any, base: str, site: Path, name: str, query: str) -> int:
    context = browser.new_context(viewport={"width": 1440, "height": 800})
    page = context.new_page()
    page.add_init_script(TAPPED)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.goto(base)
    OPEN[name](page)
    FIRST[name](page, query)
    behind = page.evaluate(BEHIND)
    paths = {unquote(urlsplit(url).path).lstrip("/") for url in asked if name != "ours" or url not in behind}
    context.close()
    files = {path for path in paths if re.search("search|lunr|pagefind", path) and (site / path).is_file()}
    return sum(len(gzip.compress((site / path).read_bytes(), 6)) for path in files)


def scored(found: list[str], true: set[str]) -> tuple[float, float, bool]:
    """recall@10, precision, whether the first is right; of each place once."""
    once = list(dict.fromkeys(found))
    recall = len(set(once[:10]) & true) / min(10, len(true))
    return recall, sum(one in true for one in once) / len(once) if once else 0.0, bool(once) and once[0] in true


def measured(browser: Any, site: Path, name: str, asked: list[tuple[str, str]], all_sections: list[Section]) -> None:
    base = serve(site)
    page = browser.new_page(viewport={"width": 1440, "height": 800})
    page.add_init_script(TAPPED)
    page.goto(base)
    OPEN[name](page)
    rows: dict[str, list[tuple[float, float, bool]]] = {}
    by_section: dict[str, list[tuple[float, float, bool]]] = {}
    held: dict[str, list[Section]] = {}
    for section in all_sections:
        held.setdefault(section.page, []).append(section)
    for kind, query in asked:
        found = [unquote(address.removeprefix(base)) for address in ASK[name](page, query)]
        terms = query.split()
        pages = {one for one, own in held.items() if all(any(s.holds(t) for s in own) for t in terms)}
        true = {f"{s.page}#{s.anchor}".rstrip("#") for s in all_sections if all(s.holds(t) for t in terms)}
        rows.setdefault(kind, []).append(scored([re.sub("[?#].*", "", one) for one in found], pages))
        by_section.setdefault(kind, []).append(scored([re.sub(r"\?[^#]*", "", one) for one in found], true))
    kilobytes = [bytes_before_the_first(browser, base, site, name, query) / 1e3 for _, query in asked[::8]]
    for label, table in (("pages", rows), *([("sections", by_section)] if name == "ours" else [])):
        for kind, scores in [("all", [one for of in table.values() for one in of]), *table.items()]:
            recall, precision = (statistics.mean(one[i] for one in scores) for i in (0, 1))
            right = sum(one[2] for one in scores)
            numbers = f"recall@10 {recall:.2f}  precision {precision:.2f}  first right {right} of {len(scores)}"
            print(f"{name:9} {label:9} {kind:15} {numbers}")
    most, mean = max(kilobytes), statistics.mean(kilobytes)
    print(f"{name:9} KB before the first answer: mean {mean:.1f}  most {most:.1f}", flush=True)
    page.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("docs", type=Path)
    given = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as work:
        into = Path(work)
        seconds = {name: min(build(given.docs.resolve(), into, name) for _ in range(2)) for name in PLUGINS}
        for name in ("material", "pagefind", "ours"):
            print(f"{name:9} build {seconds[name] - seconds['none']:.1f} s", flush=True)
        all_sections = list(sections(into / "none"))
        asked = list(queries(random.Random(2026), all_sections))
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name in ("material", "pagefind", "ours"):
            measured(browser, into / name, name, asked, all_sections)
        browser.close()


if __name__ == "__main__":
    main()
