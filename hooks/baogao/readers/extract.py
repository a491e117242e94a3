"""bytes -> the text of a report, whatever form its file has. What a file is, its content tells, not its ending.

Plain text is left to source.py as it is. Of a saved page (webpage.py, archive.py), a Word file (word.py), an old one
(office.py), a PDF, an OFD file and a scan (pdf.py) the text is extracted: all later stages and their offsets count in
it. What holds no text to extract is refused with one line.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from ..model import Finding, Form, Pages, ReportError, Stretches
from ..rules import load

ENDINGS: tuple[str, ...] = tuple(load("forms")["endings"])  # of reports, the one that goes before others first
BESIDE = frozenset(load("forms")["beside"])  # of reports, those that may lie beside another form of the same
ENDING = {
    Form.TEXT: ".txt",
    Form.HTML: ".html",
    Form.MHTML: ".mht",
    Form.DOCX: ".docx",
    Form.DOC: ".doc",
    Form.RTF: ".rtf",
    Form.ODT: ".odt",
    Form.PDF: ".pdf",
    Form.OFD: ".ofd",
    Form.PNG: ".png",
    Form.JPEG: ".jpg",
    Form.TIFF: ".tif",
}  # that a file of a form is published under
OTHERS: tuple[str, ...] = tuple(load("forms")["others"])  # of files that people take for reports
# A comment ends where it first can: that it might end later too makes as many ways to read n of them as 2 has powers.
_PAGE = re.compile(rb"(?:<\?xml[^>]{0,200}\?>|(?><!--.{0,4000}?-->)|\s)*+<(?:!doctype\s+html|html[\s>])", re.I | re.S)
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]{0,500}\n(?:[ \t][^\n]{0,500}\n)*){0,20}?Content-Type:\s*multipart/related", re.I)
# In the head of a zip: an OpenDocument package, OFD.
_OTHER_PACKAGES = re.compile(rb"PK.{28}mimetypeapplication/vnd\.oasis|.*(?:OFD\.xml|Doc_0/)", re.S)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_OTHER_LETTERS = re.compile(r"[^\W\d_\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTERS_TO_JUDGE = 200  # fewer letters are too few to say what language most of them are
_LETTERS_OF_A_SENTENCE = 20  # without one of Han among them no Chinese text has so many


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a report, taken out of a file of another form."""

    text: str  # a line a paragraph, heading or row; ends in a line end
    form: Form
    findings: tuple[Finding, ...]  # notes
    pages: Pages = ()  # of a file that has pages
    scanned: Stretches = ()  # what was read off pictures


Extracting = Callable[[str, bytes], Extracted | None]  # extract() below, or what remembers what it gave


def extract(path: str, data: bytes) -> Extracted | None:
    """The text of a saved page, a Word file or a PDF; None where the file is plain text, or cannot be told from it.

    Pure: reads nothing but `data`, save that other programs are run for an old file, a PDF and OFD. Raises ReportError
    where the file is of a form that holds no text to read, or beyond a limit.
    """
    kind = _kind(path, data)
    if kind == "text":
        return None
    read = _READERS.get(kind)
    if read is None:
        raise ReportError(Finding(f"form-{kind}", path, 0))
    lines, findings, pages, scanned = read(path, data)
    text = "".join(f"{line}\n" for line in lines)
    return Extracted(text, Form(kind), findings, pages, tuple(_stretches(text, pages, scanned)))


# lines, notes, pages where the file has them, those of them that were read off pictures
_Read = tuple[list[str], tuple[Finding, ...], Pages, frozenset[int]]


def _stretches(text: str, pages: Pages, scanned: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Where the text of some pages stands: stretches that touch are one."""
    start = None
    for offset, page in pages:
        if page in scanned and start is None:
            start = offset
        elif page not in scanned and start is not None:
            yield start, offset
            start = None
    if start is not None:
        yield start, len(text)


def leading_lines(path: str, data: bytes) -> Extracted:
    """What a page without text of its own says of the report it leads to: title, fields. Raises ReportError."""
    from .archive import first_page
    from .webpage import page_head

    kind = _kind(path, data)
    lines = page_head(path, first_page(path, data) if kind == Form.MHTML else data)
    return Extracted("".join(f"{line}\n" for line in lines), Form(kind), ())


# Each brings a library that a build of plain texts does without.
def _of_a_page(path: str, data: bytes) -> _Read:
    from .webpage import page_lines

    return *page_lines(path, data), (), frozenset()


def _of_an_archive(path: str, data: bytes) -> _Read:
    from .archive import archive_lines

    return *archive_lines(path, data), (), frozenset()


def _of_a_word_file(path: str, data: bytes) -> _Read:
    from .word import document_lines

    return *document_lines(path, data), (), frozenset()


def _of_sheets(path: str, data: bytes) -> _Read:
    from .pdf import document_text

    read = document_text(path, data)
    return read.lines, read.notes, read.pages, read.scanned


def _of_a_picture(path: str, data: bytes) -> _Read:
    from .pdf import picture_text

    read = picture_text(path, data)
    return read.lines, read.notes, read.pages, read.scanned


def _of_an_old_file(kind: str) -> Callable[[str, bytes], _Read]:
    def lines(path: str, data: bytes) -> _Read:
        from .office import as_docx

        return _of_a_word_file(path, as_docx(path, data, kind))

    return lines


_READERS = {
    "html": _of_a_page,
    "mhtml": _of_an_archive,
    "docx": _of_a_word_file,
    "pdf": _of_sheets,
    "ofd": _of_sheets,
    **{kind: _of_an_old_file(kind) for kind in ("doc", "rtf", "odt")},
    **dict.fromkeys(("png", "jpeg", "tiff"), _of_a_picture),
}


def _kind(path: str, data: bytes) -> str:
    """html, docx, pdf, text, or what else the file is: the end of a code of rules/messages.yml."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        streams: dict[str, str] = load("forms")["streams"]
        return next((kind for name, kind in streams.items() if name.encode("utf-16-le") in data), "doc")
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return _kind_of_zip(data)
    for row in load("forms")["signatures"]:
        if data.startswith(bytes.fromhex(row["bytes"]), row["at"]):
            return str(row["kind"])
    if data.startswith(b"BM") and b"\0" in data[:32]:
        return "picture"
    head = _narrow(data[:8192])
    if _PAGE.match(head):
        return "html"
    if _MHTML.match(head):
        return "mhtml"
    # a part of a page, saved without its head
    named = PurePath(path).suffix.lower() in (".html", ".htm")
    return "html" if named and re.search(rb"<[a-zA-Z!/]", _narrow(data[:1_000_000])) else "text"


def _narrow(data: bytes) -> bytes:
    """Without the byte order mark, and of UTF-16 without the noughts: enough to look for ASCII."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[2:].replace(b"\0", b"")
    return data.removeprefix(b"\xef\xbb\xbf")


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            kind = load("forms")["mimetypes"].get(_mimetype(package))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        if b"word/" in data or b"[Content_Types].xml" in data[:4096]:
            return "docx-cut"
        return "cut" if re.match(_OTHER_PACKAGES, data[:4096]) else "archive"
    if kind:
        return str(kind)
    entries: dict[str, str] = load("forms")["entries"]
    return next((kind for start, kind in entries.items() if any(name.startswith(start) for name in names)), "archive")


def _mimetype(package: zipfile.ZipFile) -> str:
    """What an OpenDocument package calls itself in its first entry; empty where there is none."""
    first = package.infolist()[:1]
    named = first and first[0].filename == "mimetype" and first[0].file_size <= 200
    return package.read(first[0]).decode("ascii", "replace").strip() if named else ""


def foreign(text: str) -> bool:
    """Whether a text is in another language than Chinese: few of its letters are Han, or many are kana or Hangul. Of a
    short text only where none is Han: a line of Chinese may well hold more Latin letters."""
    han, other = len(_HAN.findall(text)), len(_OTHER_LETTERS.findall(text))
    asian = len(re.findall(r"[\u3040-\u30ff\uac00-\ud7af]", text))
    few = han < other / 4 or asian > han / 4
    return few if han + other >= _LETTERS_TO_JUDGE else han == 0 and other >= _LETTERS_OF_A_SENTENCE
