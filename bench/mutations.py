"""Mutated reports through the whole chain: no crash, no hang, no character lost.

    PYTHONPATH=hooks:tests .venv/bin/python bench/mutations.py [--forms FORM ...] [--count N] [--seed N] [--pages EVERY]
N inputs are made of the first report, the practice texts and, where they lie beside the checkout, the real reports: a
stretch of one, mutated, in one of several encodings; of the other forms a stretch of a text, written as a page, a web
archive, a Word file, a PDF and an OFD file, whose bytes, or those of a part that is packed in it, are changed, cut,
doubled and spliced. Each is understood; of every EVERYth the pages are made. Prints what failed, with the seed that
makes it again, and the slowest by character. Exit 1 where something failed. tests/publication/test_mutations.py runs
some of them.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import time
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape, unescape
from pathlib import Path

from baogao.messages import worded
from baogao.model import Finding, Form, Part, ReportError
from baogao.publication.publication import Publication, understand
from baogao.readers.lines import WHITE
from baogao.readers.source import read
from baogao.rules import load
from baogao.site import pages
from docx import Document
from pdfs import Sheet, pdf
from readers.ofd_files import Typesetter, ofd

ROOT = Path(__file__).parent.parent
LONGEST = 2_000  # characters of an input
SECONDS = 5.0  # of the processor an input may take, and so much more for each byte
SECONDS_A_BYTE = 0.002
LONGEST_FILE = 20.0  # seconds of the processor that a file of another form may take, its pages included
MARKS = "。，、；：！？“”‘’《》〈〉（）()[]【】〔〕「」『』—…·.,;:!?%％‰|｜\"'"
NUMERALS = [
    "一、",
    "二、",
    "十、",
    "九十九、",
    "(一)",
    "（二）",
    "一)",
    "㈠",
    "一是",
    "二是",
    "十一是",
    "第一，",
    "第一部分",
    "1.",
    "2.",
    "99.",
    "1、",
    "(1)",
    "1)",
    "①",
    "⑳",
    "一二三四五六七八九十",
    "百千万亿",
    "1234567890",
]
WORDS = [
    "附件：\n",
    "名词解释\n",
    "目录\n",
    "注释：\n",
    "来源：",
    "发布日期：2024-01-31",
    "某某市司法局\n",
    "2024年1月2日\n",
    "简体 | 繁体\n",
    "【打印】 【关闭】\n",
    "12件\t98.5%\n",
    "|甲|乙|\n",
    "——",
    "同比增长",
    "由3件增至5件",
    "分别为1件、2件和3件",
    "翻三番",
    "三分之二",
    "[1]",
    "<script>",
    "&amp;",
    "{{ x }}",
    "{% raw %}",
    "`",
    "*",
    "_",
    "#",
    "\\",
    "$",
]
CONTROLS = [
    "\0",
    "\x01",
    "\x02",
    "\x03",
    "\x07",
    "\x0b",
    "\x0c",
    "\x1b",
    "\x1f",
    "\x7f",
    "\x85",
    "\xa0",
    "\xad",
    "\u200b",
    "\u200e",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u3000",
    "\ufeff",
    "\ufffe",
    "\ue000",
    "\U0001f600",
    "\U00020000",
]
ENCODINGS = ["utf-8"] * 6 + ["gb18030", "gb18030", "utf-8-sig", "utf-16"]


def everything() -> list[Path]:
    """The files to mutate: the first report, the practice texts, the real ones where they are."""
    folders = (ROOT / "seeds", ROOT / "tests/fixtures/practice/texts", ROOT.parent / "shared" / "reports")
    return [path for folder in folders for path in sorted(folder.glob("*.txt"))]


def originals(paths: Sequence[Path]) -> list[str]:
    """Their texts."""
    return [read(path.name, path.read_bytes()).text for path in paths]


# ---- one mutation: text -> text

Mutation = Callable[[random.Random, str], str]


def _span(chance: random.Random, text: str, most: int) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.randrange(most + 1))


def _cut(chance: random.Random, text: str) -> str:
    start, end = _span(chance, text, 400)
    return text[:start] + text[end:]


def _double(chance: random.Random, text: str) -> str:
    start, end = _span(chance, text, 200)
    return text[:end] + text[start:end] * chance.randrange(1, 6) + text[end:]


def _shuffle(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def _move_line(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return "\n".join(lines)


def _insert(*pieces: str) -> Mutation:
    def insert(chance: random.Random, text: str) -> str:
        for _ in range(chance.randrange(1, 8)):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(pieces) + text[at:]
        return text

    return insert


def _at_starts(chance: random.Random, text: str) -> str:
    """Numerals at the beginnings of lines."""
    return "\n".join(chance.choice(NUMERALS) + line if chance.random() < 0.3 else line for line in text.split("\n"))


def _swap(chance: random.Random, text: str) -> str:
    """Marks and numerals for others."""
    wanted = set(MARKS + "一二三四五六七八九十0123456789")
    others = [*MARKS, *"一二三四五六七八九十0123456789"]
    return "".join(chance.choice(others) if c in wanted and chance.random() < 0.1 else c for c in text)


def _join_lines(chance: random.Random, text: str) -> str:
    return text.replace("\n", chance.choice(["", " ", "\t"]))


def _break_lines(chance: random.Random, text: str) -> str:
    return "".join(c + "\n" if chance.random() < 0.1 else c for c in text)


def _nest(chance: random.Random, text: str) -> str:
    opening, closing = chance.choice(["（）", "()", "《》", "“”", "[]"])
    depth, at = chance.randrange(1, 300), chance.randrange(len(text) + 1)
    return text[:at] + opening * depth + text[at : at + 5] + closing * chance.randrange(depth + 1) + text[at + 5 :]


def _run(chance: random.Random, text: str) -> str:
    """One character many times over."""
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice([*MARKS, *" \t\u3000一十万1年月是第"]) * chance.randrange(1, 1000) + text[at:]


def _width(chance: random.Random, text: str) -> str:
    """Full-width forms for half-width ones, or the other way round."""
    half = "".join(map(chr, range(0x21, 0x7F)))
    full = "".join(chr(ord(c) + 0xFEE0) for c in half)
    return text.translate(str.maketrans(*chance.choice([(half, full), (full, half)])))


MUTATIONS: list[Mutation] = [
    _cut,
    _double,
    _shuffle,
    _move_line,
    _insert(*MARKS),
    _insert(*NUMERALS),
    _insert(*WORDS),
    _insert(*CONTROLS[1:]),
    _at_starts,
    _swap,
    _join_lines,
    _break_lines,
    _nest,
    _run,
    _width,
]


def mutated(seed: int, texts: Sequence[str]) -> bytes:
    """A file made of a stretch of one text, or of two spliced, mutated up to five times, in some encoding."""
    chance = random.Random(seed)
    text = ""
    for _ in range(chance.choice([1, 1, 2])):
        one = chance.choice(texts)
        start = chance.choice([0, chance.randrange(len(one))])
        text += one[start : start + chance.randrange(1, LONGEST)]
    for _ in range(chance.randrange(6)):
        text = chance.choice(MUTATIONS)(chance, text)[: 2 * LONGEST]
    text = text.replace("\n", chance.choice(["\n", "\n", "\r\n", "\r"]))
    data = bytearray(text.encode(chance.choice(ENCODINGS), "replace"))
    if data and chance.random() < 0.1:  # bytes turned over, lost or left over
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    if data and chance.random() < 0.05:
        del data[-chance.randrange(1, 4) :]
    return bytes(data)


# ---- the other forms: lines -> a file of the form


def _page(lines: Sequence[str]) -> bytes:
    shown = "".join(f"<p style='text-indent:2em'>{escape(line)}</p>\n" for line in lines)
    table = "<table><tr><td rowspan=2>\u5355\u4f4d<td colspan=2>\u4ef6<tr><td>1<td>2</table><ol><li>\u7532</ol>"
    head = '<!doctype html><html><head><meta charset="utf-8"><style>.a{list-style:none}</style></head>'
    portal = "<div class=nav><a href=/>\u9996\u9875</a></div>"
    return f"{head}<body>{portal}<div id=zoom>{shown}{table}</div></body></html>".encode()


def _archive(lines: Sequence[str]) -> bytes:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n"
    return head + b"Content-Transfer-Encoding: base64\r\n\r\n" + b64encode(_page(lines)) + b"\r\n--b--\r\n"


def _word(lines: Sequence[str]) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph("".join(c if c.isprintable() else " " for c in line))
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "12"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf(lines: Sequence[str]) -> bytes:
    sheets, sheet, y = [Sheet()], 0, 760.0
    for line in lines:
        if y < 160:
            sheets.append(Sheet())
            sheet, y = sheet + 1, 760.0
        y = sheets[sheet].prose(80, y, "".join(c if c < "\ud800" else " " for c in line)[:400])
    sheets[-1].grid([80, 200, 400], [150, 120, 90]).text(90, 128, "\u5355\u4f4d").text(210, 98, "12")
    sheets[0].value("a", "12", "90 60 140 76").value("b", "\u7532", "150 60 200 76", drawn=False).note(
        "Stamp", drawn="\u5370"
    )
    sheets[0].layer(False, sheets[0].drawn[0]).form(False, sheets[0].drawn[0]).text(90, 40, "\u4e59", mode=3)
    return pdf(*sheets)


def _unpacked(data: bytes) -> bytes:
    """A PDF with the streams of its pages as they are, so that a changed byte is one of what they draw."""
    out, at = [], 0
    for stream in re.finditer(rb"/Filter\s*/FlateDecode([^>]{0,200})>>\s*stream\r?\n", data):
        end = data.find(b"endstream", stream.end())
        try:
            plain = zlib.decompress(data[stream.end() : end])
        except zlib.error:
            continue
        head = re.sub(rb"/Length\s+\d+(?:\s+\d+\s+R)?", b"", stream[1])
        out += [data[at : stream.start()], head, b"/Length %d>>stream\n" % len(plain), plain, b"\n"]
        at = end
    return b"".join([*out, data[at:]])


def _ofd(lines: Sequence[str]) -> bytes:
    return ofd(Typesetter([line for line in lines if line.strip()]).pages(), template="", annotation="\u7532")


FORMS: dict[str, tuple[str, Callable[[Sequence[str]], bytes]]] = {
    "page": (".html", _page),
    "archive": (".mht", _archive),
    "word": (".docx", _word),
    "pdf": (".pdf", _pdf),
    "ofd": (".ofd", _ofd),
}


def mutated_file(seed: int, form: str, texts: Sequence[str]) -> bytes:
    """A file of a form: the text in it mutated, then its bytes, or those of one of the parts that are packed in it."""
    chance = random.Random(f"{form} {seed}")
    one = chance.choice(texts)
    start = chance.choice([0, 0, chance.randrange(len(one))])
    text = one[start : start + chance.randrange(200, LONGEST)]
    for _ in range(chance.randrange(3)):
        text = chance.choice(MUTATIONS)(chance, text)[: 2 * LONGEST]
    # XML and fonts hold no controls or halves of pairs
    data = FORMS[form][1]("".join(c if c in "\n\t" or ord(c) >= 32 else " " for c in text).splitlines() or [""])
    if form == "pdf" and chance.random() < 0.7:
        data = _unpacked(data)
    packed = form in ("word", "ofd") and chance.random() < 0.8
    return _in_a_part(chance, data) if packed else _spoilt(chance, data)


def _in_a_part(chance: random.Random, data: bytes) -> bytes:
    """A zip, one of its parts spoilt, left out, or in the place of another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        # most often the text itself
        name = chance.choice([max(parts, key=lambda name: len(parts[name])), *parts])
        spoilt = chance.choice([_spoilt, _spoilt, _spoilt, lambda *_: b"", lambda *_: parts[chance.choice([*parts])]])
        for one, said in parts.items():
            new.writestr(one, spoilt(chance, said) if one == name else said)
    return out.getvalue()


def _spoilt(chance: random.Random, data: bytes) -> bytes:
    """Bytes changed, stretches cut, doubled or moved; tags doubled, cut or swapped where there are any."""
    made = bytearray(data)
    for _ in range(chance.choice([0, 1, 1, 2, 4, 8])):
        at, length = chance.randrange(len(made) + 1), chance.randrange(1, 200)
        tag = made.find(b"<", at)
        if tag >= 0 and chance.random() < 0.5:
            at, length = tag, made.find(b">", tag) + 1 - tag
        stretch = bytes(made[at : at + length])
        other = chance.randrange(len(made) + 1)
        kind = chance.randrange(4)
        if kind == 0 and at < len(made):
            made[at] = chance.randrange(256)
        elif kind == 1:
            del made[at : at + length]
        elif kind == 2:
            made[at:at] = stretch * chance.choice([1, 1, 3, 300])
        else:
            made[other:other] = stretch
    return bytes(made)


# ---- what must hold


def problems(data: bytes, with_pages: bool = False, name: str = "a.txt") -> list[str]:
    """What is wrong with how the program takes a file; nothing where all is well."""
    return taken_in(data, with_pages, name)[0]


def taken_in(data: bytes, with_pages: bool = False, name: str = "a.txt") -> tuple[list[str], bool]:
    """The same, and whether the file is told to be no report."""
    begin = time.process_time()
    try:
        publication = understand(f"seeds/{name}", data)
    except ReportError as error:
        return [*_unworded(error.findings)], True
    found = [*_problems_of(publication, data, with_pages)]
    taken = time.process_time() - begin
    if taken > SECONDS + SECONDS_A_BYTE * len(data):
        found.append(f"{taken:.1f} seconds for {len(data)} bytes")
    return found, False


def _problems_of(publication: Publication, data: bytes, with_pages: bool) -> Iterator[str]:
    yield from _unworded(publication.findings)
    yield from _lost(publication, data)
    if publication.report.source.form is not Form.TEXT:
        yield from _extracted(publication)
    if with_pages:
        yield from _lost_on_pages(publication)


def is_refused(data: bytes, name: str = "a.txt") -> bool:
    """Whether a file is told to be no report before anything is understood."""
    try:
        read(f"seeds/{name}", data)
    except ReportError:
        return True
    return False


def _unworded(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        if finding.code not in load("messages"):
            yield f"no words for {finding.code}"
        for language in ("zh", "en"):
            if "{" in worded(replace(finding, met="", expected="", found=None), language):
                yield f"a gap in the words of {finding.code}"


def _lost(publication: Publication, data: bytes) -> Iterator[str]:
    report = publication.report
    text = report.source.text
    if report.source.form is Form.TEXT and text.encode(report.source.encoding) != data:
        yield "the bytes do not come back"
    if "".join(text[segment.start : segment.end] for segment in report.segments) != text:
        yield "the segments joined are not the text"
    if any(text[s.start : s.end].strip(WHITE) for s in report.segments if s.part is Part.SPACE):
        yield "something visible is between the passages"
    if any(text[figure.start : figure.end] != figure.quote for figure in publication.figures):
        yield "a figure is not where it says"
    ids = [segment.id for segment in report.segments if segment.id] + [figure.id for figure in publication.figures]
    if len(ids) != len(set(ids)):
        yield "two passages have one id"


def _extracted(publication: Publication) -> Iterator[str]:
    """A text that was taken out of a file is one that a text file may hold, its pages in order and inside it."""
    source = publication.report.source
    if re.search("[\ud800-\udfff]", source.text):
        yield "half a pair was read"
    starts = [start for start, _ in source.pages]
    if starts != sorted(starts) or any(not 0 <= start <= len(source.text) for start in starts):
        yield "pages are out of order"


def _lost_on_pages(publication: Publication) -> Iterator[str]:
    """Every sentence and heading is in what search and readers get: the full text, and the Markdown by its ids."""
    made = {file.path: file.content for file in pages.files([publication])}
    full = next(content for path, content in made.items() if path.startswith("zh/") and path.endswith("full.md"))
    markdown = unescape(full.decode())
    for segment in publication.report.segments:
        if segment.id and f'id="{segment.id}"' not in markdown and f"#{segment.id}" not in markdown:
            yield f"{segment.id} is not on the page of the full text"
            return
    text = publication.report.source.text
    plain = next(content for path, content in made.items() if path.endswith("full.txt")).decode()
    for segment in publication.report.segments:
        if segment.id and text[segment.start : segment.end] not in plain:
            yield f"{segment.id} is not in full.txt"
            return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="of each form")
    parser.add_argument("--seed", type=int, default=0, help="of the first input")
    parser.add_argument("--pages", type=int, default=100, help="make the pages of every so manyth")
    parser.add_argument("--forms", nargs="*", default=["text"], choices=["text", *FORMS])
    asked = parser.parse_args()
    texts, failed = originals(everything()), 0
    for form in asked.forms:
        failed += _run(form, texts, range(asked.seed, asked.seed + asked.count), asked.pages)
    raise SystemExit(1 if failed else 0)


def _run(form: str, texts: Sequence[str], seeds: range, with_pages: int) -> int:
    """How many failed."""
    name = "a" + (".txt" if form == "text" else FORMS[form][0])
    failed, refused, slowest = 0, 0, (0.0, 0)
    for seed in seeds:
        data = mutated(seed, texts) if form == "text" else mutated_file(seed, form, texts)
        begin = _spent()
        try:
            found, is_none = taken_in(data, seed % with_pages == 0, name)
            taken = _spent() - begin
            if form != "text" and taken > LONGEST_FILE:
                found.append(f"{taken:.1f} seconds")
            refused += is_none
        except Exception as error:  # whatever it is, it is a crash
            found, taken = [f"{type(error).__name__}: {error}"], 0.0
        if seed % with_pages:
            slowest = max(slowest, (taken / max(1, len(data)), seed))
        failed += bool(found)
        for problem in found:
            print(f"{form}, seed {seed}: {problem}")
    rate = f"slowest {slowest[0] * 1e6:.0f} µs a byte (seed {slowest[1]})"
    print(f"{form}: {len(seeds)} inputs of {len(texts)} texts, {refused} refused, {failed} failed; {rate}", flush=True)
    return failed


def _spent() -> float:
    """Seconds of the processor, of the processes that read PDFs too."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
