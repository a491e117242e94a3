"""A zip that holds XML, as Word, OpenDocument and OFD files are: what is too large or not safe is refused."""

from __future__ import annotations

import io
import re
import zipfile

from ..model import Finding, ReportError

# Limits of a package, from its table of contents, before anything is expanded. A report with a dozen photographs has
# 50 entries and 40 MB, text that packs 1:30; a zip bomb has a thousand times that.
MOST_ENTRIES = 5_000
LARGEST_EXPANDED = 100_000_000  # bytes of all entries, which a library may hold twice
# Bytes of all its XML. Of a Word file 100,000 characters if each was edited for itself; elements take thirty times that
# in memory. OFD places each character, and is read page by page, in a process that is limited.
LARGEST_XML = {"docx": 20_000_000, "package": 64_000_000}
HIGHEST_RATIO = 200  # expanded to packed: of packages above _SMALL, and of each entry of XML above a tenth of that,
_SMALL = 10_000_000  # as short texts pack well
# What says whether an entry is XML, and in what encoding: any entry may be named as one. A parser would find entities
# in an encoding that is no superset of ASCII where a search for bytes finds none.
_HEAD = 200
_EBCDIC = b"\x4c\x6f\xa7\x94"  # <?xm, which parsers know (XML 1.0, F.1)
_ENCODING = re.compile(rb"<\?xml[^>]{0,150}encoding\s*=\s*[\"']([\w.:-]+)")
_READABLE = re.compile(rb"(?i)utf-?(?:8|16)(?:[lb]e)?|us-ascii|iso-8859-\d+|gb\w+")


def check_package(path: str, data: bytes, named: str) -> None:
    """Refuse a zip bomb by what it says it holds, and XML that declares entities, which no package may (ECMA-376-2), or
    that is in an encoding where they cannot be looked for.

    `named` begins the codes of what is told: docx of a Word file, package of others. Raises ReportError, and what
    zipfile raises of a damaged one.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
        expanded = sum(entry.file_size for entry in entries)
        _check(path, f"{named}-entries", len(entries), MOST_ENTRIES)
        _check(path, f"{named}-large", expanded, LARGEST_EXPANDED, megabytes=True)
        if expanded > _SMALL:
            _check(path, f"{named}-ratio", expanded // max(1, len(data)), HIGHEST_RATIO)
        heads = {entry.filename: _head(package, entry) for entry in entries}
        xml = [entry for entry in entries if _is_xml(entry.filename, heads[entry.filename])]
        _check(path, f"{named}-large", sum(entry.file_size for entry in xml), LARGEST_XML[named], megabytes=True)
        for entry in xml:
            if entry.file_size > _SMALL // 10:
                _check(path, f"{named}-ratio", entry.file_size // max(1, entry.compress_size), HIGHEST_RATIO)
            # zipfile reads no more than file_size
            if _is_masked(heads[entry.filename]) or b"<!DOCTYPE" in package.read(entry).replace(b"\0", b""):
                raise ReportError(Finding(f"{named}-entities", path, 0, entry.filename))


def _check(path: str, code: str, met: int, most: int, megabytes: bool = False) -> None:
    if met > most:
        unit, said = (1_000_000, " MB") if megabytes else (1, "")
        raise ReportError(Finding(code, path, 0, f"{met // unit:,}{said}", f"{most // unit:,}{said}"))


def _head(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with package.open(entry) as file:
        return file.read(_HEAD).replace(b"\0", b"")


def _is_xml(name: str, head: bytes) -> bool:
    said = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return name.lower().endswith((".xml", ".rels")) or said[:1] in (b"<", b"") or head.startswith(_EBCDIC)


def _is_masked(head: bytes) -> bool:
    declared = _ENCODING.search(head)
    return head.startswith(_EBCDIC) or bool(declared and not _READABLE.fullmatch(declared[1]))
