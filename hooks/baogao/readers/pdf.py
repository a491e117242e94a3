"""A PDF with a text layer, or an OFD file -> its lines, and on which page each stretch of them stands.

It is parsed in a process of its own (pdf_process.py), which may use so much time and memory and no more: a file made to
harm ends that process, not the build.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from ..model import Finding, Pages, ReportError

LARGEST = 100_000_000  # bytes; a report with photographs has 20 million
MOST_SECONDS = 120  # of the processor; 100 pages need 3
MOST_MEMORY = 800_000_000  # bytes of addresses; 1,000 pages need half of it
_PATIENCE = 3  # times as long by the clock, on a busy machine


def document_lines(path: str, data: bytes) -> tuple[list[str], tuple[Finding, ...], Pages]:
    """The lines of such a file, notes, and where in the text, lines ended by one character, another page begins: offset
    and number. Raises ReportError: too large, locked, broken, without text, beyond a limit."""
    if len(data) > LARGEST:
        raise ReportError(Finding("pdf-large", path, 0, f"{len(data) / 1e6:,.0f} MB", f"{LARGEST / 1e6:,.0f} MB"))
    told = _parsed(path, data)
    if "refused" in told:
        code, met, expected = told["refused"]
        raise ReportError(Finding(code, path, 0, met, expected))
    notes = tuple(Finding(code, path, 0, met, expected) for code, met, expected in told["notes"])
    return told["lines"], notes, tuple((offset, page) for offset, page in told["pages"])


def _parsed(path: str, data: bytes) -> dict[str, Any]:
    """What the other process tells; it is refused what it cannot do within its limits. -P: nothing is imported from the
    folder one works in."""
    program = "from baogao.readers.pdf_process import main; main()"
    package = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([package, known] if known else [package])}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", program, str(MOST_SECONDS), str(MOST_MEMORY)],
            input=data,
            capture_output=True,
            env=environment,
            timeout=MOST_SECONDS * _PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise ReportError(Finding("pdf-limit", path, 0, str(MOST_SECONDS))) from error
    if done.returncode == 0:
        try:
            return json.loads(done.stdout)  # type: ignore[no-any-return]
        except ValueError:
            pass
    if b"ModuleNotFoundError" in done.stderr:  # the installation is broken, not the file
        raise ImportError(done.stderr.decode(errors="replace").strip().splitlines()[-1])
    raise ReportError(Finding("pdf-limit", path, 0, str(MOST_SECONDS)))
