"""A PDF -> what each of its pages draws: characters, ruled lines, pictures, where they stand. One page at a time.

PDFium, which Chrome reads PDFs with, does the parsing. Text is looked at as it lies on the page, not in the order in
which a program wrote it. A page whose text stands sideways (a wide table) is turned, so that all of it runs rightwards.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

MOST_CHARACTERS = 200_000  # of a page; a page of small print has 5,000
MOST_OBJECTS = 100_000  # drawn on a page, of which ruled lines are looked for; a large table has 3,000
_DEEPEST = 8  # forms in forms
_THIN = 3.0  # points; a filled box no thicker is a ruled line
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}  # fmt: skip
_HYPHEN = 2  # what PDFium gives for a hyphen at the end of a line
_NO_SIGN = frozenset({0xFFFE, 0xFFFF, 0xFFFD})
LOST = "\ufffd"  # what stands for a glyph of which the file does not say what character it is
_ALL_OVER = 0.5  # of a page; pictures that cover more are a scan of it
_FEW = 20  # characters; a picture all over a page with no more on it is not its background
_INVISIBLE = 3  # the rendering mode of text that is not painted (ISO 32000-1, table 106)


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
class Ruling:
    """A ruled line, level or upright: from (left, top) to (right, bottom), where two of the four are the same."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


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
    scanned: bool = False  # its text was read off its picture


def lacks_text(page: Page) -> bool:
    """Whether a page has no text though it shows something: a scan, be its number printed on it."""
    said = sum(bool(glyph.text.strip()) for glyph in page.glyphs)
    return page.pictures > 0 and said <= (_FEW if page.covered > _ALL_OVER else 0)


def is_recognised(page: Page) -> bool:
    """Whether the text of a page was recognised from a picture: it lies unpainted over a scan."""
    said = sum(bool(glyph.text.strip()) for glyph in page.glyphs)
    return page.covered > _ALL_OVER and page.unpainted * 2 > said > 0


class TooMuch(ValueError):
    """A page draws more than MOST_CHARACTERS."""


def read_page(document: Any, index: int) -> Page:
    """A page of a document that pypdfium2 opened. Raises TooMuch; ValueError where the page cannot be read."""
    handle = pdfium.FPDF_LoadPage(document, index)
    if not handle:
        raise ValueError(f"page {index + 1}")
    try:
        return _page(handle, index + 1)
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


def _page(handle: Any, number: int) -> Page:
    box = _visible_box(handle)
    raws, unpainted = _characters(handle)
    turns = Counter(raw.turn for raw in raws if raw.turn is not None and raw.text.strip())
    turn = turns.most_common(1)[0][0] if turns else (4 - pdfium.FPDFPage_GetRotation(handle)) % 4
    view = _View(*box, turn)
    rulings, pictures, area = _drawn(handle, view)
    glyphs = [view.glyph(raw) for raw in raws if raw.turn == turn]
    inside = tuple(g for g in glyphs if -1 <= g.left <= view.width + 1 and -1 <= g.base - g.size / 2 <= view.height + 1)
    return Page(
        number=number,
        width=view.width,
        height=view.height,
        glyphs=inside,
        rulings=rulings,
        pictures=pictures,
        covered=min(1.0, area / max(1.0, view.width * view.height)),
        unpainted=unpainted,
        slanting="".join(raw.text for raw in raws if raw.turn != turn).strip(),
    )


@dataclass(frozen=True, slots=True)
class _View:
    """How a sheet is looked at: its visible box, and the turn by which its text runs rightwards."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def glyph(self, raw: _Raw) -> Glyph:
        left, base = self.point(raw.x, raw.y)
        return Glyph(raw.text, left, left + raw.advance, base, raw.size, raw.bold)


def _visible_box(handle: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what a viewer shows of a page: its crop box, else its media box, else A4."""
    sides = [ctypes.c_float() for _ in range(4)]
    for ask in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        if ask(handle, *map(ctypes.byref, sides)):
            left, bottom, right, top = (side.value for side in sides)
            if right > left and top > bottom:
                return left, bottom, right, top
    return 0.0, 0.0, pdfium.FPDF_GetPageWidthF(handle) or 595.0, pdfium.FPDF_GetPageHeightF(handle) or 842.0


def _characters(handle: Any) -> tuple[list[_Raw], int]:
    """The characters of a page, and how many of them are not painted."""
    text = pdfium.FPDFText_LoadPage(handle)
    if not text:
        return [], 0
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > MOST_CHARACTERS:
            raise TooMuch(f"{count:,}")
        found, unpainted = list[_Raw](), 0
        for index in range(count):
            if pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue  # a space or a line end that PDFium made up
            raw = _character(text, index)
            if raw is None:
                continue
            found.append(raw)
            drawn_by = pdfium.FPDFText_GetTextObject(text, index)
            mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn_by) if drawn_by else 0
            unpainted += mode == _INVISIBLE and bool(raw.text.strip())
        return _spread(found), unpainted
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


def _character(text: Any, index: int) -> _Raw | None:
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
    if not 0.5 < size < 10_000 or not all(map(math.isfinite, (x.value, y.value, size))):
        return None
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) / 90
    turn = round(angle) % 4 if abs(angle - round(angle)) < 0.05 else None
    advance = abs(box.top - box.bottom) if turn in (1, 3) else abs(box.right - box.left)
    return _Raw(said, x.value, y.value, advance, size, turn, pdfium.FPDFText_GetFontWeight(text, index) >= 600)


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


# ---- what is drawn


def _drawn(handle: Any, view: _View) -> tuple[tuple[Ruling, ...], int, float]:
    """Ruled lines, how many pictures there are, and the area they cover."""
    rulings, pictures, area = list[Ruling](), 0, 0.0
    for kind, item, matrix in _objects(handle):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, top, right, bottom = _bounds(item, matrix, view)
            # a rule may be drawn as a picture of one point
            if right - left <= _THIN or bottom - top <= _THIN:
                continue
            pictures += 1
            area += (right - left) * (bottom - top)
        else:
            rulings += _rulings(item, matrix, view)
    return tuple(rulings), pictures, area


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


def _objects(handle: Any) -> Iterator[tuple[int, Any, _Matrix]]:
    """Paths and pictures of a page, those in forms too; with each the matrix of the forms it stands in."""
    waiting = [
        (pdfium.FPDFPage_GetObject(handle, i), _IDENTITY, 0)
        for i in range(min(pdfium.FPDFPage_CountObjects(handle), MOST_OBJECTS))
    ]
    seen = 0
    while waiting and seen < MOST_OBJECTS:
        item, matrix, depth = waiting.pop()
        seen += 1
        kind = pdfium.FPDFPageObj_GetType(item) if item else 0
        if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            yield kind, item, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(_matrix(item), matrix)
            count = min(max(0, pdfium.FPDFFormObj_CountObjects(item)), MOST_OBJECTS - seen)
            waiting += [(pdfium.FPDFFormObj_GetObject(item, i), inner, depth + 1) for i in range(count)]


def _matrix(item: Any) -> _Matrix:
    m = pdfium.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(m)) else _IDENTITY


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _placed(x: float, y: float, matrix: _Matrix, view: _View) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return view.point(a * x + c * y + e, b * x + d * y + f)


def _bounds(item: Any, matrix: _Matrix, view: _View) -> tuple[float, float, float, float]:
    """Left, top, right, bottom as the page is looked at, cut at its edges."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (side.value for side in sides)
    corners = [_placed(x, y, matrix, view) for x in (left, right) for y in (bottom, top)]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return max(0.0, min(across)), max(0.0, min(down)), min(view.width, max(across)), min(view.height, max(down))


_SEGMENTS_TO_READ = 2_000  # of one path; a picture of more is a drawing


def _rulings(path: Any, matrix: _Matrix, view: _View) -> Iterator[Ruling]:
    """The ruled lines of a path: a thin filled box, or its level and upright strokes."""
    left, top, right, bottom = _bounds(path, matrix, view)
    wide, high = right - left, bottom - top
    if wide < 0 or high < 0 or max(wide, high) < _THIN:
        return
    if high <= _THIN:
        yield Ruling(left, (top + bottom) / 2, right, (top + bottom) / 2)
        return
    if wide <= _THIN:
        yield Ruling((left + right) / 2, top, (left + right) / 2, bottom)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if stroke.value or pdfium.FPDFPath_CountSegments(path) > 5:  # many boxes may be filled as one path
        yield from _strokes(path, _times(_matrix(path), matrix), view, bool(stroke.value))


def _strokes(path: Any, matrix: _Matrix, view: _View, stroked: bool) -> Iterator[Ruling]:
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    box: list[tuple[float, float]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _SEGMENTS_TO_READ)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        here = _placed(x.value, y.value, matrix, view)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if not stroked:
                yield from _thin(box)
            start, box = here, [here]
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            box.append(here)
            if stroked:
                yield from _straight(last, here)
        last = here
        if pdfium.FPDFPathSegment_GetClose(segment):
            if stroked:
                yield from _straight(here, start)
            last = start
    if not stroked:
        yield from _thin(box)


def _straight(one: tuple[float, float], two: tuple[float, float]) -> Iterator[Ruling]:
    wide, high = abs(one[0] - two[0]), abs(one[1] - two[1])
    if min(wide, high) <= 0.5 and max(wide, high) >= _THIN:
        yield Ruling(min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))


def _thin(box: list[tuple[float, float]]) -> Iterator[Ruling]:
    """A filled box, if it is no thicker than a line."""
    if len(box) < 2:
        return
    across, down = [x for x, _ in box], [y for _, y in box]
    left, top, right, bottom = min(across), min(down), max(across), max(down)
    if min(right - left, bottom - top) <= _THIN <= max(right - left, bottom - top):
        middle = (top + bottom) / 2 if right - left > bottom - top else (left + right) / 2
        level = right - left > bottom - top
        yield Ruling(left, middle, right, middle) if level else Ruling(middle, top, middle, bottom)
