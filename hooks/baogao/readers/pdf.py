"""A PDF, an OFD file or the picture of a page -> its lines, and on which page each stretch of them stands.

It is parsed in a process of its own (pdf_process.py), which may use so much time and memory and no more: a file made to
harm ends that process, not the build. Pages that are pictures are read in another (scans.py), which takes longer and
needs the extra baogao[ocr]; so does a picture.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..messages import at
from ..model import Finding, Pages, ReportError

LARGEST = 100_000_000  # bytes; a report with photographs has 20 million
_PATIENCE = 3  # times as long by the clock, on a busy machine
_NEEDED = ("rapidocr", "onnxruntime")  # of the extra


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What the process may use."""

    seconds: int  # of the processor
    memory: int  # bytes of addresses


OF_TEXT = ProcessLimits(120, 800_000_000)  # 100 pages need 3 seconds, 1,000 pages half of the memory
OF_SCANS = ProcessLimits(1_200, 3_000_000_000)  # 100 pages need 500 seconds and half of the memory


@dataclass(frozen=True, slots=True)
class SheetText:
    """The text of a file that has pages."""

    lines: list[str]
    notes: tuple[Finding, ...]
    pages: Pages
    scanned: frozenset[int]  # pages whose text was read off their pictures


def reads_scans() -> bool:
    """Whether the extra that reads pictures is installed."""
    return all(find_spec(name) for name in _NEEDED)


def document_text(path: str, data: bytes) -> SheetText:
    """The text of a PDF or an OFD file, that of scanned pages where it can be read. Raises ReportError: too large,
    locked, broken, without text, beyond a limit."""
    _refuse_large(path, data)
    told = _parsed(path, data, OF_TEXT)
    scans = told.get("scans") or told.get("refused", ("",))[0] == "pdf-scan"
    if scans and reads_scans():
        count = len(told["scans"]) if "scans" in told else told["refused"][1]
        told = _parsed(path, data, OF_SCANS, f"{at(path)}: {{n}}/{count}")
    return _text(path, told)


def picture_text(path: str, data: bytes) -> SheetText:
    """The text of pictures of pages. Raises ReportError: too large, broken, without text, nothing that reads it."""
    _refuse_large(path, data)
    if not reads_scans():
        raise ReportError(Finding("form-scan", path, 0))
    return _text(path, _parsed(path, data, OF_SCANS, f"{at(path)}: {{n}}"))


def _refuse_large(path: str, data: bytes) -> None:
    if len(data) > LARGEST:
        raise ReportError(Finding("pdf-large", path, 0, f"{len(data) / 1e6:,.0f} MB", f"{LARGEST / 1e6:,.0f} MB"))


def _text(path: str, told: dict[str, Any]) -> SheetText:
    if "refused" in told:
        code, met, expected = told["refused"]
        raise ReportError(Finding(code, path, 0, met, expected))
    notes = tuple(Finding(code, path, 0, met, expected) for code, met, expected in told["notes"])
    pages = tuple((offset, page) for offset, page in told["pages"])
    return SheetText(told["lines"], notes, pages, frozenset(told["scanned"]))


def _parsed(path: str, data: bytes, limits: ProcessLimits, progress: str = "") -> dict[str, Any]:
    """What the other process tells; it is refused what it cannot do within its limits. -P: nothing is imported from the
    folder one works in. How far scans are it tells by itself, where one looks."""
    program = "from baogao.readers.pdf_process import main; main()"
    package = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([package, known] if known else [package])}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", program, str(limits.seconds), str(limits.memory), *filter(None, [progress])],
            input=data,
            stdout=subprocess.PIPE,
            stderr=None if progress else subprocess.PIPE,
            env=environment,
            timeout=limits.seconds * _PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise ReportError(Finding("pdf-limit", path, 0, str(limits.seconds))) from error
    if done.returncode == 0:
        try:
            return json.loads(done.stdout)  # type: ignore[no-any-return]
        except ValueError:
            pass
    if b"ModuleNotFoundError" in (done.stderr or b""):  # the installation is broken, not the file
        raise ImportError(done.stderr.decode(errors="replace").strip().splitlines()[-1])
    raise ReportError(Finding("pdf-limit", path, 0, str(limits.seconds)))
