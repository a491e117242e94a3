"""The process that parses a PDF, an OFD or a picture: bytes on stdin, JSON on stdout. It limits itself first."""

from __future__ import annotations

import json
import sys

from .ofd import read_ofd
from .pdf_document import Read, Refused, read_document


def main() -> None:
    """Arguments: seconds of the processor, bytes of memory that may be used; how far pictures are read, said in these
    words, where they are."""
    _limit(*map(int, sys.argv[1:3]))
    try:
        read = _read(sys.stdin.buffer.read(), *sys.argv[3:])
        told = {key: getattr(read, key) for key in ("lines", "pages", "notes", "scans", "scanned")}
    except Refused as refused:
        told = {"refused": refused.told}
    sys.stdout.write(json.dumps(told))  # ASCII, whatever the encoding of the output


def _read(data: bytes, progress: str = "") -> Read:
    if data.startswith(b"PK"):
        return read_ofd(data)
    if not progress:
        return read_document(data)
    try:
        from .scans import read_scan  # it takes a second to arrive, and comes with the extra alone
    except ImportError as error:
        raise Refused("scan-reader", str(error)) from error
    return read_scan(data, progress)


def _limit(seconds: int, memory: int) -> None:
    """The system ends the process beyond them. Windows knows no such limits; there the clock alone ends it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        if sys.platform == "linux":  # macOS refuses to lower it
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
