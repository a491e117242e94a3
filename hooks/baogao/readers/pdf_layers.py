"""A page of a PDF -> the text on it that stands on layers (optional content) which are not shown.

PDFium reads all text of a page and tells of no layer whether it is shown, but paints only what is. So one piece of text
of each marked stretch and of each form is painted alone, very small: what is painted by itself and not as part of its
page stands on a hidden layer.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium

_MOST_STRETCHES = 200  # of a page; text on more is taken as shown
_MOST_OBJECTS = 100_000  # of a page
_DEEPEST = 8  # forms in forms
_TRIED = 5  # pieces of a stretch: the first may be a space
_SIDE = 300  # of the picture that is painted
_OPTIONAL = "OC"  # the mark of what stands on a layer (ISO 32000-1, 8.11.3.2)

_Stretch = tuple[int, ...]  # addresses of the forms and marks something stands in


def hidden_text(document: Any, page: Any) -> frozenset[int]:
    """The addresses of the pieces of text that are on a page and not shown."""
    pieces, stretches = list[Any](), dict[_Stretch, list[Any]]()
    for stretch, item in islice(_pieces(page), _MOST_OBJECTS):
        pieces.append(item)
        if stretch and pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
            stretches.setdefault(stretch, []).append(item)
    if not stretches:
        return frozenset()
    for item in pieces:
        pdfium.FPDFPageObj_SetIsActive(item, False)
    hidden = set[int]()
    for items in islice(stretches.values(), _MOST_STRETCHES):
        inked = next((item for item in items[:_TRIED] if _is_painted_alone(document, page, item)), None)
        if inked is not None and not _is_painted_on(page, inked):
            hidden |= set(map(address, items))
    for item in pieces:
        pdfium.FPDFPageObj_SetIsActive(item, True)
    return frozenset(hidden)


def address(item: Any) -> int:
    """By which a thing of PDFium's is known again."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _pieces(page: Any) -> Iterator[tuple[_Stretch, Any]]:
    """Whatever a page draws that is no form, each with what it stands in."""
    count = pdfium.FPDFPage_CountObjects(page)
    items = (pdfium.FPDFPage_GetObject(page, at) for at in range(min(count, _MOST_OBJECTS)))
    yield from _within(items, (), 0)


def _within(items: Iterator[Any], around: _Stretch, depth: int) -> Iterator[tuple[_Stretch, Any]]:
    for item in filter(None, items):
        stretch = (*around, *_layers(item))
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
            yield stretch, item
        elif depth < _DEEPEST:
            count = max(0, pdfium.FPDFFormObj_CountObjects(item))
            inner = (pdfium.FPDFFormObj_GetObject(item, at) for at in range(min(count, _MOST_OBJECTS)))
            yield from _within(inner, (*stretch, address(item)), depth + 1)


def _layers(item: Any) -> Iterator[int]:
    """The addresses of the marks of layers that something bears."""
    size, name = ctypes.c_ulong(), (pdfium.FPDF_WCHAR * 16)()
    for at in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, at)
        named = pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), ctypes.byref(size))
        if named and bytes(name)[: size.value].decode("utf-16-le", "replace").rstrip("\0") == _OPTIONAL:
            yield address(mark)


def _is_painted_alone(document: Any, page: Any, item: Any) -> bool:
    return _has_ink(pdfium.FPDFTextObj_GetRenderedBitmap(document, page, item, 1.0))


def _is_painted_on(page: Any, item: Any) -> bool:
    """Whether the page, on which nothing else is active, shows it."""
    pdfium.FPDFPageObj_SetIsActive(item, True)
    picture = pdfium.FPDFBitmap_Create(_SIDE, _SIDE, 1)
    if picture:
        pdfium.FPDFBitmap_FillRect(picture, 0, 0, _SIDE, _SIDE, 0)
        pdfium.FPDF_RenderPageBitmap(picture, page, 0, 0, _SIDE, _SIDE, 0, 0)
    pdfium.FPDFPageObj_SetIsActive(item, False)
    return _has_ink(picture)


def _has_ink(picture: Any) -> bool:
    """Whether anything is painted on what was transparent."""
    if not picture:
        return False
    size = pdfium.FPDFBitmap_GetHeight(picture) * pdfium.FPDFBitmap_GetStride(picture)
    painted = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(picture), size).strip(b"\0") != b""
    pdfium.FPDFBitmap_Destroy(picture)
    return painted
