"""What a page of a PDF draws beside text: ruled lines and pictures, and where they stand as the page is looked at."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

MOST_OBJECTS = 100_000  # drawn on a page, of which ruled lines are looked for; a large table has 3,000
_DEEPEST = 8  # forms in forms
_THIN = 3.0  # points; a filled box no thicker is a ruled line


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
class View:
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


Box = tuple[float, float, float, float]  # left, top, right, bottom, as the page is looked at


def drawn(handle: Any, view: View) -> tuple[tuple[Ruling, ...], tuple[Box, ...]]:
    """Ruled lines and pictures."""
    rulings, pictures = list[Ruling](), list[Box]()
    for kind, item, matrix in _objects(handle):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, top, right, bottom = box = _bounds(item, matrix, view)
            # a rule may be drawn as a picture of one point
            pictures += [box] if right - left > _THIN and bottom - top > _THIN else []
        else:
            rulings += _rulings(item, matrix, view)
    return tuple(rulings), tuple(pictures)


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


def _placed(x: float, y: float, matrix: _Matrix, view: View) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return view.point(a * x + c * y + e, b * x + d * y + f)


def _bounds(item: Any, matrix: _Matrix, view: View) -> Box:
    """Left, top, right, bottom as the page is looked at, cut at its edges."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (side.value for side in sides)
    corners = [_placed(x, y, matrix, view) for x in (left, right) for y in (bottom, top)]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return max(0.0, min(across)), max(0.0, min(down)), min(view.width, max(across)), min(view.height, max(down))


_SEGMENTS_TO_READ = 2_000  # of one path; a picture of more is a drawing


def _rulings(path: Any, matrix: _Matrix, view: View) -> Iterator[Ruling]:
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


def _strokes(path: Any, matrix: _Matrix, view: View, stroked: bool) -> Iterator[Ruling]:
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
