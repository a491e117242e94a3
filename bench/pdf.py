"""How whole the text of PDFs comes out: paragraphs and cells of pages that a browser prints, and of real labelled ones.

    PYTHONPATH=hooks:tests .venv/bin/python bench/pdf.py [--keep FOLDER] [--files FOLDER]
Debian's chromium prints practice texts in seven looks: as offices set reports, as blocks, ragged, in two columns, with
running heads and page numbers, in large type, with tables in five looks (all rules, none at the sides, only level
ones, none, cells merged over rows and columns) that go over pages. What a page says is known, so each look has F1 of
its paragraphs and of the cells of its tables. bench/pdf_labels.jsonl has hashes of paragraphs and cells of pages of
real files that a person labelled; they lie in FOLDER and are not given away. A line: {"file", "page", "paragraphs": [],
"cells": []}, each the first 16 digits of the SHA-256 of the text without white space. Prints F1 by look or page,
and the seconds of 100 pages. Mutated PDFs are read by bench/mutations.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from baogao.readers.lines import characters
from baogao.readers.pdf_document import read_document
from conftest import BROWSER_FLAGS
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
LABELS = ROOT / "bench/pdf_labels.jsonl"
TEXTS = ROOT / "tests/fixtures/practice/texts"

BASE = "@page{size:A4;margin:25mm 24mm} body{margin:0;font:12pt 'Noto Serif CJK SC';line-height:1.8} p{margin:0}"
OFFICE = """p{text-indent:2em;text-align:justify} h1{text-align:center;font-size:20pt}
h2{font-size:14pt;margin:0;text-indent:2em}"""
LOOKS = {
    "office": OFFICE,
    "blocks": "p{margin:0 0 12pt;text-align:justify} h1{font-size:18pt} h2{font-size:13pt}",
    "ragged": OFFICE + "p{text-align:left}",
    "columns": OFFICE + "body{columns:2;column-gap:8mm;font-size:10pt} h1{column-span:all}",
    "heads": OFFICE,
    "large": OFFICE + "body{font-size:16pt;line-height:28pt} h2{font-size:16pt}",
    "dense": OFFICE + "body{font-size:10.5pt;line-height:1.25}",
}
TABLE = """table{border-collapse:collapse;width:100%;font-size:10pt;line-height:1.4;margin:8pt 0}
td{padding:3pt 5pt;vertical-align:middle}"""
TABLES = {
    "all": "td{border:0.5pt solid}",
    "open": "td{border:0.5pt solid} td:first-child{border-left:0} td:last-child{border-right:0}",
    "level": """tr:first-child td{border-top:1.5pt solid;border-bottom:.7pt solid}
tr:last-child td{border-bottom:1.5pt solid}""",
    "none": "td{white-space:nowrap}",
    "shaded": "td{border:1pt solid #888} tr:nth-child(even) td{background:#eee}",
}


@dataclass(frozen=True)
class Printed:
    """A PDF, and what it says."""

    name: str
    data: bytes
    paragraphs: list[str]
    cells: list[str]


def printed(keep: Path | None) -> Iterator[Printed]:
    texts = sorted(TEXTS.glob("*.txt"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"), args=BROWSER_FLAGS
        )
        page = browser.new_page()
        for i, (look, style) in enumerate(LOOKS.items()):
            lines = [line.strip() for line in texts[i % len(texts)].read_text("utf-8").splitlines() if line.strip()]
            body = "".join(f"<{_tag(n, line)}>{escape(line)}</{_tag(n, line)}>" for n, line in enumerate(lines))
            data = _pdf(page, BASE + style, body, look == "heads")
            yield _kept(Printed(f"text, {look}", data, lines, []), keep)
        for look, style in TABLES.items():
            rows = list(_rows(merged=look in ("all", "shaded")))
            body = f"<p>{INTRODUCTION}</p><table>{''.join(_row(row) for row in rows)}</table><p>{INTRODUCTION}</p>"
            data = _pdf(page, BASE + OFFICE + TABLE + style, body, False)
            cells = [cell for row in rows for cell, _, _ in row if cell]
            yield _kept(Printed(f"table, {look}", data, [INTRODUCTION] * 2, cells), keep)
        browser.close()


INTRODUCTION = "清河区各单位2023年度办理行政复议和行政应诉案件的情况见下表，数据截至当年12月31日，由各单位自行填报。"
_NAMES = [
    "清河区司法局",
    "市场监督管理局综合行政执法大队",
    "住房和城乡建设局（本级，不含下属事业单位）",
    "教育局",
    "应急管理局",
]


def _rows(merged: bool) -> Iterator[list[tuple[str, int, int]]]:
    """Cells of a table of fifty rows: what each says, over how many columns and rows it reaches."""
    if merged:
        yield [("单位名称", 1, 2), ("行政复议", 2, 1), ("行政应诉", 2, 1)]
        yield [(word, 1, 1) for word in ("受理（件）", "审结（件）", "受理数", "审结数")]
    else:
        yield [(word, 1, 1) for word in ("单位名称", "受理件数", "审结件数", "受理数", "审结数")]
    for n in range(50):
        yield [
            (f"{_NAMES[n % len(_NAMES)]}{n + 1}", 1, 1),
            *((f"{(n * k * 37) % 1900 + k}", 1, 1) for k in (3, 5)),
            (f"{n * 1.25 + 1:.2f}", 1, 1),
            ("" if n % 7 == 3 else f"{n % 13}", 1, 1),
        ]


def _row(row: list[tuple[str, int, int]]) -> str:
    return "<tr>" + "".join(f"<td colspan={c} rowspan={r}>{escape(said)}</td>" for said, c, r in row) + "</tr>"


def _tag(n: int, line: str) -> str:
    return (
        "h1"
        if n == 0
        else "h2"
        if len(line) < 40 and re.match("[一二三四五六七八九十]+、|（[一二三四五六七八九十]）", line)
        else "p"
    )


def _pdf(page, style: str, body: str, heads: bool) -> bytes:
    page.set_content(f"<!doctype html><html lang=zh><style>{style}</style>{body}")
    small = "font-size:9px;width:100%;text-align:center;font-family:Noto Serif CJK SC"
    running = {
        "display_header_footer": True,
        "header_template": f"<div style='{small}'>清河区法治政府建设年度报告汇编</div>",
        "footer_template": f"<div style='{small}'>— <span class=pageNumber></span> —</div>",
    }
    return page.pdf(prefer_css_page_size=True, **(running if heads else {}))


def _kept(made: Printed, keep: Path | None) -> Printed:
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{made.name.replace(', ', '-')}.pdf").write_bytes(made.data)
    return made


def bare(text: str) -> str:
    """Without white space, and radicals as the characters they stand for."""
    return "".join(characters(text).split())


def f1(found: Iterable[str], meant: Iterable[str]) -> float:
    """Of two bags of texts, those alike word for word."""
    one, two = Counter(found), Counter(meant)
    alike = sum((one & two).values())
    return 2 * alike / max(1, one.total() + two.total())


def split(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """Paragraphs, and cells that say anything."""
    lines = list(lines)
    cells = [bare(cell) for line in lines if "\t" in line for cell in line.split("\t") if cell.strip()]
    return [bare(line) for line in lines if "\t" not in line and line.strip()], cells


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def by_page(data: bytes) -> dict[int, list[str]]:
    """The lines of a PDF by the page on which each begins."""
    read = read_document(data)
    pages: dict[int, list[str]] = {}
    at, k, page = 0, 0, 1
    for line in read.lines:
        while k < len(read.pages) and read.pages[k][0] <= at:
            page, k = read.pages[k][1], k + 1
        pages.setdefault(page, []).append(line)
        while k < len(read.pages) and read.pages[k][0] <= at + len(line):  # it runs on to the next page
            page, k = read.pages[k][1], k + 1
        at += len(line) + 1
    return pages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--files", type=Path)
    options = parser.parse_args()
    pages, seconds = 0, 0.0
    for made in printed(options.keep):
        start = time.process_time()
        read = read_document(made.data)
        seconds += time.process_time() - start
        pages += max((page for _, page in read.pages), default=0)
        paragraphs, cells = split(read.lines)
        said = f"paragraphs {f1(paragraphs, map(bare, made.paragraphs)):.3f}"
        print(
            f"{made.name:<16} {said}" + (f"  cells {f1(cells, map(bare, made.cells)):.3f}" if made.cells else ""),
            read.notes,
        )
    print(f"{pages} pages, {seconds / pages * 100:.1f} s of the processor for 100")
    if options.files:
        told: dict[str, dict[int, list[str]]] = {}
        totals = {"paragraphs": [], "cells": []}
        for label in map(json.loads, LABELS.read_text("utf-8").splitlines()):
            pages_of = told.setdefault(label["file"], by_page((options.files / label["file"]).read_bytes()))
            found = dict(zip(totals, split(pages_of.get(label["page"], [])), strict=True))
            for kind, scores in totals.items():
                if label[kind]:
                    scores.append(f1(map(digest, found[kind]), label[kind]))
            print(
                label["file"],
                label["page"],
                {kind: f"{f1(map(digest, found[kind]), label[kind]):.3f}" for kind in totals},
            )
        for kind, scores in totals.items():
            print(f"{kind}: {sum(scores) / len(scores):.3f} of {len(scores)} pages")


if __name__ == "__main__":
    main()
