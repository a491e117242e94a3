"""The package of a Word file: what is too large or not safe is refused, other kinds become the usual one."""

from __future__ import annotations

import io
import re
import zipfile

from ..model import Finding, ReportError
from ..rules import load

# Limits of a package, from its table of contents, before anything is expanded. A report with a dozen photographs has
# 50 entries and 40 MB, text that packs 1:30; a zip bomb has a thousand times that.
MOST_ENTRIES = 5_000
LARGEST_EXPANDED = 250_000_000  # bytes of all entries
LARGEST_XML = 64_000_000  # bytes of all its XML: some 3 million characters of text; it takes ten times that in memory
HIGHEST_RATIO = 200  # expanded to packed; of packages above _SMALL only, as short texts pack well
_SMALL = 10_000_000
_MAIN = re.compile(rb"application/vnd[^\"']*?\.(?:template|macroEnabled[a-zA-Z]*)\.main\+xml")
_USUAL = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def check_package(path: str, data: bytes) -> None:
    """Refuse a zip bomb by what it says it holds, and XML that declares entities, which no package may (ECMA-376-2)."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
        expanded = sum(entry.file_size for entry in entries)
        xml = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
        megabytes = 1_000_000
        too_large = (  # what is told, how it is told, what it is, and what it may be
            ("docx-entries", 1, len(entries), MOST_ENTRIES),
            ("docx-large", megabytes, expanded, LARGEST_EXPANDED),
            ("docx-large", megabytes, sum(entry.file_size for entry in xml), LARGEST_XML),
            ("docx-ratio", 1, expanded // max(1, len(data)) if expanded > _SMALL else 0, HIGHEST_RATIO),
        )
        for code, unit, met, most in too_large:
            if met > most:
                unit_said = " MB" if unit == megabytes else ""
                said = f"{met // unit:,}{unit_said}", f"{most // unit:,}{unit_said}"
                raise ReportError(Finding(code, path, 0, *said))
        for entry in xml:  # zipfile reads no more than file_size
            if b"<!DOCTYPE" in package.read(entry).replace(b"\0", b""):
                raise ReportError(Finding("docx-entities", path, 0, entry.filename))


def as_usual(data: bytes) -> bytes:
    """A template (.dotx), a file with macros, or one in Strict Open XML as the transitional .docx that libraries read.

    Macros are run by nothing here. The names of Strict (ISO/IEC 29500-1) and of Transitional (29500-4) stand in
    rules/word.yml.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml")
        strict = b"purl.oclc.org/ooxml" in package.read("_rels/.rels")
        if not strict and not _MAIN.search(types):
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as usual:
            for entry in package.infolist():
                part = package.read(entry)
                if entry.filename.lower().endswith((".xml", ".rels")):
                    part = _MAIN.sub(_USUAL, _transitional(part) if strict else part)
                usual.writestr(entry.filename, part)
    return out.getvalue()


def _transitional(part: bytes) -> bytes:
    for name, usual in load("word")["strict"].items():
        part = part.replace(
            f"http://purl.oclc.org/ooxml/{name}".encode(), f"http://schemas.openxmlformats.org/{usual}".encode()
        )
    return part
