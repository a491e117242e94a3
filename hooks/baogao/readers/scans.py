"""A scan, a PDF whose pages are pictures or a picture itself -> its text, read off by recognition.py, page by page.

What is read goes through the same rules of order, columns, tables and paragraphs as the characters of any PDF.
"""

from __future__ import annotations

import ctypes
import io
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from .pdf_document import Read, Refused, read_document, read_pages
from .pdf_glyphs import Page
from .recognition import DPI, Recogniser

MOST_SCANS = 100  # pages of a file; they take ten minutes
_MOST_PIXELS = 60_000_000  # of a picture; A3 at 400 dpi has 31 million
_PAPER = 595.0  # points: the width of A4, which a picture is taken for
_SHOWN = 40  # characters of what could not be read
_EVERY = 10  # pages after which it is told how far it is, where there is no terminal
_SOON = 5.0  # seconds, after which it is told at all


def read_scan(data: bytes, progress: str) -> Read:
    """The text of a scan. `progress` tells how far it is, {n} where the number of the page belongs. Raises Refused as
    read_document does; a picture that is too large, or cannot be opened."""
    reader = _ScanReader(progress)
    try:
        pdf = b"%PDF-" in data[:1024]
        read = read_document(data, reader.of_document) if pdf else read_pages(reader.of_pictures(data))
    except Refused as refused:
        raise (Refused("scan-empty") if refused.told[0] == "pdf-scan" else refused) from refused
    notes = [note for note in read.notes if note[0] != "pdf-scanned-pages"]
    return replace(read, notes=[*notes, *reader.told(read.scans)])


class _ScanReader:
    """Reads the pages of one file off their pictures, so many at most."""

    def __init__(self, progress: str) -> None:
        self._recogniser = Recogniser()
        self._progress, self._begun = progress, time.monotonic()
        self._done = 0
        self._unread = list[str]()
        self._beyond = list[int]()

    def of_document(self, document: Any, page: Page) -> Page:
        """A page of a PDF; as it was where nothing is to be read on it, or too many were read already."""
        if self._done >= MOST_SCANS:
            self._beyond.append(page.number)
            return page
        return self._read(page.number, _drawn(document, page.number - 1), page) or page

    def of_pictures(self, data: bytes) -> Iterator[Page]:
        """The pictures of a file, a page each."""
        for number, picture in enumerate(_pictures(data), 1):
            if self._done >= MOST_SCANS:
                self._beyond.append(number)
                continue
            blank = Page(number, _PAPER, _PAPER, (), (), 1, 1.0, 0, "")
            yield self._read(number, picture, blank) or blank

    def told(self, pictures: Sequence[int]) -> list[tuple[str, str, str]]:
        """What there is to tell of it; `pictures` are the pages that no text was read off."""
        told = []
        if blank := [page for page in pictures if page not in self._beyond]:
            told.append(("scan-blank", ", ".join(map(str, blank)), ""))
        if self._beyond:
            told.append(("scan-pages", f"{self._beyond[0]}—{self._beyond[-1]}", str(MOST_SCANS)))
        if self._unread:
            characters = sum(map(len, self._unread))
            told.append(("scan-unread", self._unread[0][:_SHOWN], str(characters)))
        return told

    def _read(self, number: int, picture: Any, page: Page) -> Page | None:
        read, unread = self._recogniser.page(number, picture, min(page.width, page.height))
        self._done += 1
        self._unread += unread
        self._tell()
        return read if read.glyphs else None

    def _tell(self) -> None:
        terminal = sys.stderr.isatty()
        if time.monotonic() - self._begun > _SOON and (terminal or self._done % _EVERY == 0):
            said = self._progress.replace("{n}", str(self._done))
            sys.stderr.write(f"\r{said}" if terminal else f"{said}\n")
            sys.stderr.flush()


def _drawn(document: Any, index: int) -> Any:
    """The picture of a page: an array of blue, green and red, DPI to the inch, fewer where it would be too large."""
    handle = pdfium.FPDF_LoadPage(document, index)
    if not handle:
        raise ValueError(f"page {index + 1}")
    try:
        inches = pdfium.FPDF_GetPageWidthF(handle) / 72, pdfium.FPDF_GetPageHeightF(handle) / 72
        dots = min(DPI, (_MOST_PIXELS / 4 / max(0.01, inches[0] * inches[1])) ** 0.5)
        wide, high = (max(1, round(one * dots)) for one in inches)
        bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_BGR, None, 0)
        if not bitmap:
            raise ValueError(f"page {index + 1}")
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, wide, high, 0, 0)
            row = pdfium.FPDFBitmap_GetStride(bitmap)
            held = (ctypes.c_ubyte * (row * high)).from_address(pdfium.FPDFBitmap_GetBuffer(bitmap))
            return np.frombuffer(held, np.uint8).reshape(high, row)[:, : wide * 3].reshape(high, wide, 3).copy()
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
    finally:
        pdfium.FPDF_ClosePage(handle)


def _pictures(data: bytes) -> Iterator[Any]:
    """Each picture of a file as it is looked at, as an array of blue, green and red. Raises Refused."""
    Image.MAX_IMAGE_PIXELS = None  # the limit is this one, and told
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as file:
            for frame in range(getattr(file, "n_frames", 1)):
                file.seek(frame)
                if file.width * file.height > _MOST_PIXELS:
                    raise Refused("scan-large", f"{file.width:,}×{file.height:,}", f"{_MOST_PIXELS // 1_000_000}")
                upright = ImageOps.exif_transpose(file).convert("RGBA")
                white = Image.new("RGBA", upright.size, "white")
                white.alpha_composite(upright)
                yield np.ascontiguousarray(np.asarray(white.convert("RGB"))[:, :, ::-1])
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("scan-broken") from error
