"""bytes -> text, in the encoding it has."""

from __future__ import annotations

import re

from ..model import Finding, ReportError
from .lines import WHITE

LARGEST = 10_000_000  # bytes; the largest report met has 71,000
# Control characters that no text holds; white space is none of them.
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# A text in GB18030 has some of these; bytes of another kind that happen to decode do not.
_COMMON = re.compile("[的年和在、，。]")


def decode(path: str, data: bytes) -> tuple[str, str]:
    """The text of the file, a leading U+FEFF kept, and the codec that gives its bytes back.

    UTF-8, GB18030, and UTF-16 where a byte order mark says so. Raises ReportError: too-large, empty, binary,
    undecodable.
    """
    if len(data) > LARGEST:
        raise ReportError(Finding("too-large", path, 0, f"{len(data) / 1e6:.1f}", f"{LARGEST / 1e6:.0f}"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16-le" if data.startswith(b"\xff\xfe") else "utf-16-be"]
    else:
        candidates = ["utf-8", "gb18030"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) != data:
            continue
        if not text.strip(WHITE):
            raise ReportError(Finding("empty", path, 0))
        if "\0" in text or (len(text) - len(CONTROL.sub("", text))) * 10 > len(text):
            raise ReportError(Finding("binary", path, 0))
        if encoding == "gb18030" and not _COMMON.search(text):
            continue
        return text, encoding
    if b"\0" in data:
        raise ReportError(Finding("binary", path, 0))
    raise ReportError(Finding("undecodable", path, _undecodable_line(data)))


def _undecodable_line(data: bytes) -> int:
    """The line of the first byte that is not UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1
