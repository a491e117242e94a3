"""A PDF -> what each of its pages draws: characters, ruled lines, pictures, where they stand. One page at a time.

PDFium, which Chrome reads PDFs with, does the parsing. Text is looked at as it lies on the page, not in the order in
which a program wrote it. A page whose text stands sideways (a wide table) is turned, so that all of it runs rightwards.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

from .pdf_annotations import with_values
from .pdf_drawn import Box, Ruling, View, drawn
from .pdf_layers import address, hidden_text

MOST_CHARACTERS = 200_000  # of a page; a page of small print has 5,000
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}  # fmt: skip
_HYPHEN = 2  # what PDFium gives for a hyphen at the end of a line
_NO_SIGN = frozenset({0xFFFE, 0xFFFF, 0xFFFD})
LOST = "\ufffd"  # what stands for a glyph of which the file does not say what character it is
_ALL_OVER = 0.5  # of a page; pictures that cover more are a scan of it
_FEW = 20  # characters; a picture all over a page with no more on it is not its background
_INVISIBLE = 3  # the rendering mode of text that is not painted (ISO 32000-1, table 106)
_LEAST, _MOST = 0.5, 10_000  # points of type that is there to be seen
_LARGEST_PICTURES = 50  # of a page, that text may have been recognised from


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page. Points from the upper left corner of the page as its text is read, y downwards."""

    text: str
    left: float
    right: float
    base: float  # y of the line it stands on
    size: float  # of its type
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What a page draws."""

    number: int  # from 1, as viewers count
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rulings: tuple[Ruling, ...]
    pictures: int
    covered: float  # how much of it pictures cover, 0 to 1
    unpainted: int  # characters that are there for search alone, as over a scan
    slanting: str  # what stands askew, a watermark
    hidden: str = ""  # what is there and cannot be seen
    noted: str = ""  # what annotations say
    scanned: bool = False  # its text was read off its picture


def lacks_text(page: Page) -> bool:
    """Whether a page has no text though it shows something: a scan, be its number printed on it."""
    return page.pictures > 0 and _inked(page.glyphs) <= (_FEW if page.covered > _ALL_OVER else 0)


def is_scan(page: Page) -> bool:
    """Whether the text of a page was recognised from a picture of all of it."""
    return page.covered > _ALL_OVER and page.unpainted * 2 > _inked(page.glyphs) > 0


def _inked(characters: Sequence[Glyph | _Raw]) -> int:
    """How many characters are no spaces."""
    return sum(bool(one.text.strip()) for one in characters)


class TooMuch(ValueError):
    """A page draws more than MOST_CHARACTERS."""


def read_page(document: Any, form: Any, index: int) -> Page:
    """A page of a document that pypdfium2 opened, and of its form if it has one. Raises TooMuch; ValueError where the
    page cannot be read."""
    handle, noted = with_values(document, form, index)
    if not handle:
        raise ValueError(f"page {index + 1}")
    try:
        return replace(_page(document, handle, index + 1), noted=noted)
    finally:
        pdfium.FPDF_ClosePage(handle)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A character as PDFium has it: y upwards from the lower left corner of the sheet."""

    text: str
    x: float
    y: float
    advance: float
    size: float
    turn: int | None  # quarter turns to the left; None where it stands askew
    bold: bool
    shown: bool  # large enough to be seen, and on a layer that is shown
    painted: bool

    def glyph(self, view: View) -> Glyph:
        left, base = view.point(self.x, self.y)
        return Glyph(self.text, left, left + self.advance, base, self.size, self.bold)


def _page(document: Any, handle: Any, number: int) -> Page:
    raws = _characters(handle, hidden_text(document, handle))
    seen = [raw for raw in raws if raw.shown]
    turns = Counter(raw.turn for raw in seen if raw.turn is not None and raw.text.strip())
    turn = turns.most_common(1)[0][0] if turns else (4 - pdfium.FPDFPage_GetRotation(handle)) % 4
    view = View(*_visible_box(handle), turn)
    rulings, pictures = drawn(handle, view)
    upright = [(raw, raw.glyph(view)) for raw in seen if raw.turn == turn]
    unpainted = sum(not raw.painted for raw, _ in upright if raw.text.strip())
    all_recognised = unpainted * 2 > _inked(seen)  # in a drawing of the text, if there is no picture of it
    read = {
        id(raw): glyph
        for raw, glyph in upright
        if _is_inside(glyph, view) and (raw.painted or all_recognised or _is_over(glyph, pictures))
    }
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in pictures)
    return Page(
        number=number,
        width=view.width,
        height=view.height,
        glyphs=tuple(read.values()),
        rulings=rulings,
        pictures=len(pictures),
        covered=min(1.0, area / max(1.0, view.width * view.height)),
        unpainted=sum(not raw.painted for raw, _ in upright if id(raw) in read and raw.text.strip()),
        slanting="".join(raw.text for raw in seen if raw.turn != turn).strip(),
        hidden="".join(raw.text for raw in raws if id(raw) not in read and (raw.turn == turn or not raw.shown)).strip(),
    )


def _is_inside(glyph: Glyph, view: View) -> bool:
    return -1 <= glyph.left <= view.width + 1 and -1 <= glyph.base - glyph.size / 2 <= view.height + 1


def _is_over(glyph: Glyph, pictures: Sequence[Box]) -> bool:
    x, y = (glyph.left + glyph.right) / 2, glyph.base - glyph.size / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in pictures[:_LARGEST_PICTURES])


def _visible_box(handle: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what a viewer shows of a page: its crop box, else its media box, else A4."""
    sides = [ctypes.c_float() for _ in range(4)]
    for ask in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        if ask(handle, *map(ctypes.byref, sides)):
            left, bottom, right, top = (side.value for side in sides)
            if right > left and top > bottom:
                return left, bottom, right, top
    return 0.0, 0.0, pdfium.FPDF_GetPageWidthF(handle) or 595.0, pdfium.FPDF_GetPageHeightF(handle) or 842.0


def _characters(handle: Any, hidden: frozenset[int]) -> list[_Raw]:
    """The characters of a page; those of hidden pieces of text (addresses) are not shown."""
    text = pdfium.FPDFText_LoadPage(handle)
    if not text:
        return []
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > MOST_CHARACTERS:
            raise TooMuch(f"{count:,}")
        found = list[_Raw]()
        for index in range(count):
            if pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue  # a space or a line end that PDFium made up
            raw = _character(text, index, hidden)
            if raw is not None:
                found.append(raw)
        return _spread(found)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _spread(raws: list[_Raw]) -> list[_Raw]:
    """Characters of one glyph, which PDFium puts all at the same place (fi, ——), side by side."""
    found, start = list[_Raw](), 0
    for i in range(1, len(raws) + 1):
        if i < len(raws) and raws[i].turn == 0 and _of_one_glyph(raws[i - 1], raws[i]):
            continue
        wide = raws[start].advance / (i - start)
        for k, raw in enumerate(raws[start:i]):
            found.append(replace(raw, x=raw.x + k * wide, advance=wide) if i - start > 1 else raw)
        start = i
    return found


def _of_one_glyph(one: _Raw, two: _Raw) -> bool:
    here = abs(one.x - two.x) < 0.01 and abs(one.y - two.y) < 0.01
    return here and (one.text != two.text or one.text in "—…─-")


def _character(text: Any, index: int, hidden: frozenset[int]) -> _Raw | None:
    code = pdfium.FPDFText_GetUnicode(text, index)
    matrix, box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    if not (
        pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
        and pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
        and pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
    ):
        return None
    said = _said(code, pdfium.FPDFText_HasUnicodeMapError(text, index) == 1)
    if not said:
        return None
    size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    if not all(map(math.isfinite, (x.value, y.value, size))):
        return None
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) / 90
    turn = round(angle) % 4 if abs(angle - round(angle)) < 0.05 else None
    advance = abs(box.top - box.bottom) if turn in (1, 3) else abs(box.right - box.left)
    bold = pdfium.FPDFText_GetFontWeight(text, index) >= 600
    piece = pdfium.FPDFText_GetTextObject(text, index)
    shown = _LEAST < size < _MOST and not (hidden and address(piece) in hidden)
    painted = not piece or pdfium.FPDFTextObj_GetTextRenderMode(piece) != _INVISIBLE
    return _Raw(said, x.value, y.value, advance, size, turn, bold, shown, painted)


def _said(code: int, unmapped: bool) -> str:
    """What a character says: a ligature its letters; U+FFFD where the file does not tell, or it is of private use."""
    if code in _LIGATURES:
        return _LIGATURES[code]
    if unmapped or code in _NO_SIGN or 0xD800 <= code <= 0xDFFF or 0xE000 <= code <= 0xF8FF or code > 0x10FFFF:
        return LOST
    if code == _HYPHEN:
        return "-"
    if code < 0x20 or code in (0x7F, 0xAD, 0x2028, 0x2029, 0x85):
        return " " if code in (0x09, 0x0A, 0x0D) else ""
    return chr(code)
