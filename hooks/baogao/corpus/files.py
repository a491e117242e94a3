"""Folders on any file system -> the reports in them and what lies beside each; an address -> its bytes.

An address is a path, or whatever fsspec has a driver for: s3://bucket/folder, oss://, hdfs://. It is the path messages
give, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from ..model import Finding, ReportError
from ..publication.folder import TERMS, Received, attached, enclosed, listing, translation_path

LARGEST = 101_000_000  # bytes that are read of a file: no reader takes as many, and each says so


@dataclass(frozen=True, slots=True)
class Offered:
    """A file that is a report by its name, and the addresses of what lies beside it; empty where nothing does."""

    address: str
    sidecar: str
    translation: str
    terms: str

    @property
    def shown(self) -> str:
        """The path messages give."""
        return self.address.encode(errors="surrogateescape").decode(errors="backslashreplace")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A report as it came, and what lies beside it; None where nothing does."""

    received: Received
    translation: bytes | None
    terms: bytes | None

    @property
    def made_of(self) -> tuple[bytes, ...]:
        """All that is understood of it depends on this alone."""
        beside = (b"" if one is None else b"\n" + one for one in (self.translation, self.terms))
        return (*self.received.made_of, *beside)


def fetched(offered: Offered) -> Fetched:
    """What lies at its addresses. Raises ReportError where the report does not, or cannot be read."""
    data, sidecar, translation, terms = map(
        content, (offered.address, offered.sidecar, offered.translation, offered.terms)
    )
    if data is None:
        raise ReportError(Finding("unreadable", offered.shown, 0, cause="missing"))
    folder, _ = parted(offered.address)
    beside = enclosed(offered.shown, sidecar, lambda name: content(joined(folder, name)))
    return Fetched(Received(offered.shown, data, sidecar, beside), translation, terms)


def offered(folders: Iterable[str]) -> tuple[tuple[Offered, ...], tuple[Finding, ...]]:
    """The reports in these folders and the folders in them, in the order of their addresses, and what there is to tell
    of other files. What begins with a point is passed over. Raises ReportError where there is no such folder."""
    found: dict[str, Offered] = {}
    told: list[Finding] = []
    for folder in folders:
        address = folder if "://" in folder else folder.rstrip("/") or "/"
        root, listed_there = _listed(address)
        paths = [PurePosixPath(path[len(root) :].lstrip("/")) for path in listed_there]
        own = {path for path in paths if not any(part.startswith(".") for part in path.parts)}

        def shown(path: PurePosixPath, address: str = address) -> str:
            return joined(address, str(path)).encode(errors="surrogateescape").decode(errors="backslashreplace")

        def beside(path: PurePosixPath, own: set[PurePosixPath] = own, address: str = address) -> str:
            return joined(address, str(path)) if path in own else ""

        enclosures = attached(sorted(own), lambda path, shown=shown: content(shown(path)))  # type: ignore[misc]
        listed = listing(own, shown, enclosures)
        told += listed.findings
        for path in listed.reports:
            english = PurePosixPath(translation_path(path))  # type: ignore[arg-type]
            near = (path.with_suffix(".yml"), english, path.with_name(TERMS))
            found.setdefault(shown(path), Offered(beside(path), *map(beside, near)))
    return tuple(found[name] for name in sorted(found)), tuple(told)


def _listed(address: str) -> tuple[str, list[str]]:
    """A folder as its driver calls it, and all files in it. Raises ReportError where there is none, or no driver."""
    try:
        files, folder = url_to_fs(address)
        found = list(files.find(folder)) if files.isdir(folder) else None
    except Exception as error:  # drivers raise what they please; ImportError or ValueError where there is none
        raise ReportError(Finding("no-driver", address, 0, f"{type(error).__name__}: {error}")) from error
    if found is None:
        raise ReportError(Finding("no-folder", address, 0))
    return folder.rstrip("/"), found


def joined(folder: str, name: str) -> str:
    """The address of what lies in a folder. Of a folder in an archive, zip://in::s3://bucket/a.zip, the part before ::
    names it."""
    inner, chain, outer = folder.partition("::")
    inner = inner if inner.endswith("://") else inner.rstrip("/") + "/"
    return f"{inner}{name}{chain}{outer}"


def parted(address: str) -> tuple[str, str]:
    """The folder of a file and its name, as joined puts them together; the folder is empty where the address is a name
    alone."""
    inner, chain, outer = address.partition("::")
    folder, _, name = inner.rpartition("/")
    folder = f"{folder}/" if folder.endswith(":/") else folder
    return f"{folder}{chain}{outer}", name


def content(address: str) -> bytes | None:
    """What an address holds, up to LARGEST; None for no address, and where nothing is. Raises ReportError where what is
    there cannot be read."""
    if not address:
        return None
    try:
        # The name of a local file may have what joins addresses: x::y.txt.
        files, system = url_to_fs(address) if "://" in address else (LocalFileSystem(), address)
        with files.open(system, "rb") as file:
            return bytes(file.read(LARGEST))
    except FileNotFoundError:
        return None
    except MemoryError:
        raise
    except Exception as error:  # drivers raise what they please
        said = error.strerror if isinstance(error, OSError) else None
        raise ReportError(Finding("unreadable", address, 0, said or str(error) or type(error).__name__)) from error
