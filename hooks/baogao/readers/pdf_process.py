"""The process that parses one PDF or OFD: bytes on stdin, its text as JSON on stdout. It limits itself first."""

from __future__ import annotations

import json
import sys

from .ofd import read_ofd
from .pdf_document import Refused, read_document


def main() -> None:
    """Arguments: seconds of the processor, bytes of memory that may be used."""
    _limit(*map(int, sys.argv[1:3]))
    try:
        data = sys.stdin.buffer.read()
        read = read_ofd(data) if data.startswith(b"PK") else read_document(data)
        told = {"lines": read.lines, "pages": read.pages, "notes": read.notes}
    except Refused as refused:
        told = {"refused": refused.told}
    sys.stdout.write(json.dumps(told))  # ASCII, whatever the encoding of the output


def _limit(seconds: int, memory: int) -> None:
    """The system ends the process beyond them. Windows knows no such limits; there the clock alone ends it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        if sys.platform == "linux":  # macOS refuses to lower it
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
