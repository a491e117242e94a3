"""A page of a PDF -> the same with the values of its form's fields as text on it, and what its other annotations say.

What somebody filled in belongs to the text, and is read where it stands. What somebody noted on a page (comments,
stamps, text laid over it) does not, and neither do buttons, signatures and fields that are not shown.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

_HIDDEN = 2 | 32  # flags: hidden, not viewed (ISO 32000-1, table 165)
_SILENT = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP})  # a popup shows the note it belongs to
_NOT_FILLED_IN = frozenset({pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_SIGNATURE})


@contextmanager
def opened_form(document: Any) -> Iterator[Any]:
    """The form of a document, None if it has none; to be closed before the document is."""
    if pdfium.FPDF_GetFormType(document) == pdfium.FORMTYPE_NONE:
        yield None
        return
    callbacks = pdfium.FPDF_FORMFILLINFO(version=2)  # PDFium looks at it as long as the form is open
    form = pdfium.FPDFDOC_InitFormFillEnvironment(document, callbacks)
    try:
        yield form or None
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)
        del callbacks


def with_values(document: Any, form: Any, index: int) -> tuple[Any, str]:
    """A page, opened, and what its annotations say that are no values of fields. None where it cannot be opened."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page or pdfium.FPDFPage_GetAnnotCount(page) < 1:
        return page, ""
    if form:
        pdfium.FORM_OnAfterLoadPage(page, form)  # draws the values that the file only names
    kept, said, mute = list[int](), list[str](), list[int]()
    for at, note in _annotations(page):
        if _is_value(form, note):
            kept.append(at)
        elif pdfium.FPDFAnnot_GetSubtype(note) not in _SILENT:
            words = _words(form, note)
            said.append(words)
            mute += [at] if not words and pdfium.FPDFAnnot_GetObjectCount(note) > 0 else []
    if mute:
        said.append(_drawn_by(document, index, frozenset(mute)))
    if kept:
        page = _flattened(document, page, index, frozenset(kept), form)
    return page, " ".join(filter(None, said))


def _annotations(page: Any) -> Iterator[tuple[int, Any]]:
    for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        if note:
            yield at, note
            pdfium.FPDFPage_CloseAnnot(note)


def _is_value(form: Any, note: Any) -> bool:
    widget = pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET
    if not widget or pdfium.FPDFAnnot_GetFlags(note) & _HIDDEN:
        return False
    return not form or pdfium.FPDFAnnot_GetFormFieldType(form, note) not in _NOT_FILLED_IN


def _words(form: Any, note: Any) -> str:
    """What an annotation says: what was typed into it, or the value of a field that is not shown."""
    said = _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(note, b"Contents", buffer, size))
    if form and not said:
        said = _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, note, buffer, size))
    return " ".join(said.split())


def _string(ask: Callable[[Any, int], int]) -> str:
    """What PDFium gives in UTF-16, ended by a zero, once it is told how much room there is."""
    size = ask(None, 0)
    buffer = ctypes.create_string_buffer(max(2, size))
    ask(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _drawn_by(document: Any, index: int, wanted: frozenset[int]) -> str:
    """The text that annotations draw, on a copy of their page with nothing else on it."""
    copy = pdfium.FPDF_CreateNewDocument()
    try:
        if not pdfium.FPDF_ImportPages(copy, document, str(index + 1).encode(), 0):
            return ""
        page = pdfium.FPDF_LoadPage(copy, 0)
        if not page:
            return ""
        for at in reversed(range(pdfium.FPDFPage_CountObjects(page))):
            pdfium.FPDFPage_RemoveObject(page, pdfium.FPDFPage_GetObject(page, at))
        pdfium.FPDFPage_GenerateContent(page)
        page = _flattened(copy, page, 0, wanted)
        if not page:
            return ""
        said = _text(page)
        pdfium.FPDF_ClosePage(page)
        return said
    finally:
        pdfium.FPDF_CloseDocument(copy)


def _flattened(document: Any, page: Any, index: int, kept: frozenset[int], form: Any = None) -> Any:
    """The page opened anew, with what the annotations at some places draw as its own, and no other annotation."""
    for at in reversed(range(pdfium.FPDFPage_GetAnnotCount(page))):
        if at not in kept:
            pdfium.FPDFPage_RemoveAnnot(page, at)
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    if form:
        pdfium.FORM_OnBeforeClosePage(page, form)
    pdfium.FPDF_ClosePage(page)
    return pdfium.FPDF_LoadPage(document, index)


def _text(page: Any) -> str:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return ""
    try:
        said = (pdfium.FPDFText_GetUnicode(text, at) for at in range(pdfium.FPDFText_CountChars(text)))
        return " ".join("".join(map(chr, said)).split())
    finally:
        pdfium.FPDFText_ClosePage(text)
