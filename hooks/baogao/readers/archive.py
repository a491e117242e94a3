"""A web archive (.mht, .mhtml), as browsers save a page with all it shows -> the pages in it.

RFC 2557: a MIME message whose parts are the page, its frames and its pictures; Python's email package reads it.
"""

from __future__ import annotations

import re
from email.message import Message
from email.parser import BytesParser

from ..model import Finding, ReportError
from .webpage import page_lines

LARGEST_ARCHIVE = 100_000_000  # bytes, pictures and all
_MOST_PARTS = 5_000
_MOST_NESTED = 50  # parts that hold parts; browsers write one. In each line the parser looks for the end of every one.
_WITHOUT_TEXT = ("html-frames", "html-no-text", "html-attachment")


def archive_lines(path: str, data: bytes) -> tuple[list[str], tuple[Finding, ...]]:
    """The lines of the page, or of the frame in it that holds the text, and notes. Raises ReportError: no page, too
    large, what page_lines raises of the page."""
    pages = _pages(path, data)
    try:
        return page_lines(path, pages[0])
    except ReportError as error:
        if len(pages) == 1 or error.findings[0].code not in _WITHOUT_TEXT:
            raise
        return page_lines(path, max(pages[1:], key=len))


def first_page(path: str, data: bytes) -> bytes:
    """The page that was saved, without its frames. Raises ReportError."""
    return _pages(path, data)[0]


def _pages(path: str, data: bytes) -> list[bytes]:
    """The parts that are pages, the whole page first, at least one."""
    if len(data) > LARGEST_ARCHIVE:
        raise ReportError(
            Finding("html-large", path, 0, f"{len(data) / 1e6:.0f} MB", f"{LARGEST_ARCHIVE / 1e6:.0f} MB")
        )
    if len(re.findall(rb"(?i)multipart/", data)) > _MOST_NESTED:
        raise ReportError(Finding("form-mhtml", path, 0))
    try:
        message = BytesParser().parsebytes(data)
    except RecursionError as error:  # parts within parts without end
        raise ReportError(Finding("form-mhtml", path, 0)) from error
    found: list[bytes] = []
    waiting: list[Message] = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            break
        part = waiting.pop(0)
        if part.is_multipart():
            waiting[:0] = [one for one in part.get_payload() if isinstance(one, Message)]
        elif part.get_content_type() in ("text/html", "application/xhtml+xml"):
            said = part.get_payload(decode=True)
            found += [said] if isinstance(said, bytes) and said.strip() else []
    if not found:
        raise ReportError(Finding("form-mhtml", path, 0))
    return found
