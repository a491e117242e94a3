"""A zip that holds XML, as Word, OpenDocument and OFD files are: what is too large or not safe is refused."""

from __future__ import annotations

import io
import zipfile

from ..model import Finding, ReportError

# Limits of a package, from its table of contents, before anything is expanded. A report with a dozen photographs has
# 50 entries and 40 MB, text that packs 1:30; a zip bomb has a thousand times that.
MOST_ENTRIES = 5_000
LARGEST_EXPANDED = 250_000_000  # bytes of all entries
LARGEST_XML = 64_000_000  # bytes of all its XML: some 3 million characters of text; it takes ten times that in memory
HIGHEST_RATIO = 200  # expanded to packed; of packages above _SMALL only, as short texts pack well
_SMALL = 10_000_000


def check_package(path: str, data: bytes, named: str) -> None:
    """Refuse a zip bomb by what it says it holds, and XML that declares entities, which no package may (ECMA-376-2).

    `named` begins the codes of what is told: docx of a Word file, package of others. Raises ReportError, and what
    zipfile raises of a damaged one.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
        expanded = sum(entry.file_size for entry in entries)
        xml = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
        megabytes = 1_000_000
        too_large = (  # what is told, how it is told, what it is, and what it may be
            (f"{named}-entries", 1, len(entries), MOST_ENTRIES),
            (f"{named}-large", megabytes, expanded, LARGEST_EXPANDED),
            (f"{named}-large", megabytes, sum(entry.file_size for entry in xml), LARGEST_XML),
            (f"{named}-ratio", 1, expanded // max(1, len(data)) if expanded > _SMALL else 0, HIGHEST_RATIO),
        )
        for code, unit, met, most in too_large:
            if met > most:
                unit_said = " MB" if unit == megabytes else ""
                said = f"{met // unit:,}{unit_said}", f"{most // unit:,}{unit_said}"
                raise ReportError(Finding(code, path, 0, *said))
        for entry in xml:  # zipfile reads no more than file_size
            if b"<!DOCTYPE" in package.read(entry).replace(b"\0", b""):
                raise ReportError(Finding(f"{named}-entities", path, 0, entry.filename))
