"""An old Word or WPS file, RTF or OpenDocument text -> the .docx that LibreOffice makes of it, where it is installed.

The one reader that runs another program: alone in a folder and a profile of its own (rules/office.yml), within a time
limit, and with all that it started ended when it is over, however it ended.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element, SubElement, tostring

if sys.platform == "linux":
    import resource

from ..model import Finding, ReportError
from ..rules import load
from .package import check_package

LARGEST_OLD = 100_000_000  # bytes, pictures and all
LONGEST = 120  # seconds of one conversion; a report takes 2, on a machine that does much else 20
MOST_MEMORY = 4_000_000_000  # bytes of addresses, on Linux; a report is converted within half of it
_OOR = "{http://openoffice.org/2001/registry}"
_MANIFEST = "META-INF/manifest.xml"
_LOCKED = 0x0100  # fEncrypted, of the flags in the head of the stream WordDocument (MS-DOC 2.5.2)


def as_docx(path: str, data: bytes, kind: str) -> bytes:
    """A file of this kind (doc, rtf, odt) as .docx. Raises ReportError: LibreOffice is not there, takes too long, or
    cannot open the file; the file is too large, or locked."""
    if len(data) > LARGEST_OLD:
        met, most = f"{len(data) / 1e6:.0f} MB", f"{LARGEST_OLD / 1e6:.0f} MB"
        raise ReportError(Finding("package-large", path, 0, met, most))
    if kind == "odt":
        _check_opendocument(path, data)
    if kind == "doc" and _is_locked(data):
        raise ReportError(Finding("form-encrypted", path, 0))
    program = soffice()
    if program is None:
        raise ReportError(Finding(f"form-{kind}", path, 0))
    try:
        made = _converted(program, data, kind)
    except subprocess.TimeoutExpired as error:
        raise ReportError(Finding("office-slow", path, 0, f"{LONGEST}")) from error
    except OSError as error:
        raise ReportError(Finding("office-broken", path, 0, error.strerror or str(error))) from error
    if not made:
        raise ReportError(Finding("office-broken", path, 0, "soffice --convert-to docx"))
    return made


def soffice() -> str | None:
    """Where LibreOffice stands on this machine."""
    found = (shutil.which(name) for name in load("office")["programs"])
    places = (place for place in load("office")["places"] if Path(place).is_file())
    return next((one for one in (*found, *places) if one), None)


def _is_locked(data: bytes) -> bool:
    """Whether an old Word file is encrypted: by the head of its text, which begins with a sector of the file."""
    heads = (at for at in range(512, len(data) - 12, 512) if data.startswith(b"\xec\xa5", at))
    return any(int.from_bytes(data[at + 10 : at + 12], "little") & _LOCKED for at in heads)


def _check_opendocument(path: str, data: bytes) -> None:
    try:
        check_package(path, data, "package")
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            listed = package.read(_MANIFEST) if _MANIFEST in names else b""
    except ReportError:
        raise
    except Exception as error:  # zipfile and zlib name no errors of a damaged package
        raise ReportError(Finding("office-broken", path, 0, type(error).__name__)) from error
    if b"encryption-data" in listed:
        raise ReportError(Finding("form-encrypted", path, 0))


@lru_cache(maxsize=4)  # a file that is taken in is read twice
def _converted(program: str, data: bytes, kind: str) -> bytes:
    """Empty where nothing came of it. Raises TimeoutExpired, OSError."""
    with TemporaryDirectory(prefix="baogao-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, out, profile = folder / f"report.{kind}", folder / "out", folder / "profile"
        source.write_bytes(data)
        (profile / "user").mkdir(parents=True)
        (profile / "user/registrymodifications.xcu").write_bytes(_settings())
        rules = load("office")
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        command += [f"--infilter={rules['filters'][kind]}", "--convert-to", rules["to"], "--outdir", str(out)]
        _run([*command, str(source)], folder)
        made = out / "report.docx"
        return made.read_bytes() if made.is_file() else b""


def _settings() -> bytes:
    """The settings as LibreOffice keeps them in a profile."""
    items = Element(f"{_OOR}items")
    for row in load("office")["settings"]:
        prop = SubElement(SubElement(items, "item", {f"{_OOR}path": row["path"]}), "prop")
        prop.attrib |= {f"{_OOR}name": row["name"], f"{_OOR}op": "fuse"}
        SubElement(prop, "value").text = str(row["value"]).replace("True", "true")
    return bytes(tostring(items, "utf-8", xml_declaration=True))


def _run(command: list[str], folder: Path) -> None:
    """Run to its end, or for so long as is allowed; then end whatever it has started. Nothing it says is waited for."""
    nowhere = "http://127.0.0.1:9"
    own = {"HOME": str(folder), "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp", "no_proxy": "", "NO_PROXY": ""}
    own |= dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "HTTP_PROXY", "HTTPS_PROXY"), nowhere)
    silent = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=silent, stdout=silent, stderr=silent, cwd=folder, env=os.environ | own, start_new_session=True
    )
    try:
        if sys.platform == "linux":  # before it has started what does the work
            resource.prlimit(process.pid, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        process.wait(LONGEST)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """With all its children: soffice starts another program, which outlives it."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
