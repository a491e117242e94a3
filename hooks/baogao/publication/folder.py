"""A folder of reports -> Publications: each with its sidecar, its English and the folder's terms."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from glob import escape
from pathlib import Path, PurePath
from typing import TypeVar

from ..handwritten import text_of
from ..ids import OWN
from ..messages import is_error
from ..model import Finding, ReportError
from ..processes import Watched, shared, unwatched
from ..readers.attachments import Enclosure
from ..readers.extract import BESIDE, ENDINGS, OTHERS
from ..rules import load
from ..translation.po import Translation, read_po
from ..translation.terms import Term, general_terms, read_terms
from .cache import Cache
from .publication import Publication, understand
from .sidecar import Sidecar, read_sidecar


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder of reports gives: what is published, and all there is to tell."""

    publications: tuple[Publication, ...]
    findings: tuple[Finding, ...]


# What programs put beside a file that is open (Word's ~$report.docx) or that was copied (macOS' ._report.html).
_PASSED_OVER = ("~", ".")
TERMS = "terms.csv"  # beside the reports: terms of the place or of one report


def translation_path(path: Path) -> Path:
    """Where the English of a report stands: seeds/<name>.en.po."""
    return path.with_suffix(".en.po")


def _bytes(path: Path, shown: str) -> bytes | None:
    """What a file holds, None where there is none. Raises ReportError where it cannot be read, or is a link that leads
    out of its folder: who may put a file there would publish any that this machine has."""
    if path.is_symlink() and path.exists() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise ReportError(Finding("unreadable", shown, 0, f"a link to {path.readlink()}"))
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise ReportError(Finding("unreadable", shown, 0, error.strerror or str(error))) from error


def _read_translation(path: Path, shown: str) -> Translation:
    data = _bytes(path, shown)
    return Translation(shown) if data is None else read_po(shown, text_of("po-syntax", shown, data))


def read_folder_terms(folder: Path, shown: str) -> tuple[Term, ...]:
    """The terms of general use and those of a folder of reports (terms.csv). Raises ReportError."""
    general, said = general_terms(), f"{shown}/{TERMS}"
    data = _bytes(folder / TERMS, said)
    if data is None:
        return general
    return (*general, *read_terms(text_of("terms-syntax", said, data, spreadsheet=True), said, general))


def read_file(path: Path, shown: str, attached: Sequence[Path] = ()) -> Publication:
    """A report, its sidecar, its attachments and its English from disk; `shown` is the path messages give. `attached`
    are further attachments, wherever they lie. Raises ReportError.

    Where the folder's terms cannot be read, which are no one report's, the findings tell it and those of general use
    serve.
    """
    return _completed(path, shown, _received(path, shown, attached).understood())


@dataclass(frozen=True, slots=True)
class _Received:
    """A report and its sidecar as they came."""

    shown: str
    data: bytes
    sidecar: bytes | None
    enclosed: tuple[Enclosure, ...]  # what is attached to it

    @property
    def made_of(self) -> tuple[bytes, ...]:
        """What it is understood to be depends on this alone."""
        beside = b"" if self.sidecar is None else b"sidecar:" + self.sidecar
        enclosed = (part for one in self.enclosed for part in (one.path.encode(), one.data))
        return self.shown.encode(), self.data, beside, *enclosed

    def understood(self) -> Publication:
        """Without what stands beside it in the folder. Raises ReportError."""
        said = Path(self.shown).with_suffix(".yml").as_posix()
        sidecar = None if self.sidecar is None else read_sidecar(said, self.sidecar)
        return understand(self.shown, self.data, sidecar, self.enclosed)


def _received(path: Path, shown: str, attached: Sequence[Path] = ()) -> _Received:
    beside, said = path.with_suffix(".yml"), Path(shown).with_suffix(".yml").as_posix()
    data, sidecar = _bytes(path, shown), _bytes(beside, said)
    if data is None:
        raise ReportError(Finding("unreadable", shown, 0, "no file"))
    listed = _listed(path, said, sidecar) if sidecar and _ATTACHMENTS in sidecar else ()
    others = (_enclosed(path, one, one.as_posix(), Finding("unreadable", one.as_posix(), 0)) for one in attached)
    return _Received(shown, data, sidecar, (*listed, *others))


_ATTACHMENTS = b"attachments"  # the key; a sidecar without the word need not be read to know that it has none


def _listed(path: Path, said: str, data: bytes) -> tuple[Enclosure, ...]:
    """The attachments that a sidecar names. Raises ReportError where it cannot be read, or one is not there."""
    sidecar, folder = read_sidecar(said, data), Path(said).parent
    lines = dict(sidecar.lines)
    return tuple(
        _enclosed(path, path.with_name(name), (folder / name).as_posix(), _missing(said, lines[name], name))
        for name in sidecar.attachments
    )


def _missing(said: str, line: int, name: str) -> Finding:
    return Finding("attachment-missing", said, line, name)


def _enclosed(report: Path, path: Path, shown: str, missing: Finding) -> Enclosure:
    """A file attached to a report; its name without the report's is what its annex is headed."""
    data = _bytes(path, shown)
    if data is None or path == report:
        raise ReportError(missing)
    return Enclosure(shown, path.stem.removeprefix(f"{report.stem}.") or path.stem, data)


def _attached(folder: Path) -> frozenset[str]:
    """The names of the files that sidecars attach to reports; of a sidecar that cannot be read, all that could be."""
    names: set[str] = set()
    for path in sorted(folder.glob("*.yml")):
        data = _guarded(path.name, partial(_bytes, path, path.name))
        if data is None or isinstance(data, bytes) and _ATTACHMENTS not in data:
            continue
        read = _guarded(path.name, partial(read_sidecar, path.name, data)) if isinstance(data, bytes) else data
        if isinstance(read, Sidecar):
            names.update(name for name in read.attachments if Path(name).stem != path.stem)
        else:
            names.update(one.name for one in folder.glob(f"{escape(path.stem)}.*") if one.stem != path.stem)
    return frozenset(names)


def _completed(path: Path, shown: str, publication: Publication) -> Publication:
    """With its English and the terms of its folder."""
    english = _read_translation(translation_path(path), translation_path(Path(shown)).as_posix())
    findings = publication.findings
    try:
        terms = read_folder_terms(path.parent, Path(shown).parent.as_posix())
    except ReportError as error:
        terms, findings = general_terms(), (*findings, *error.findings)
    return replace(publication, translation=english, terms=terms, findings=findings)


def read_files(paths: Sequence[tuple[Path, str]], cache: Cache | None = None, watched: Watched = unwatched) -> Shelf:
    """Reports in the order of their names. One that cannot be published takes none of the others down, not even where
    this program is at fault. `watched` sees them go by."""
    made: list[Publication] = []
    findings: list[Finding] = []
    each = zip(paths, watched(_understood(paths, cache or Cache()), len(paths)), strict=True)
    for (path, shown), publication in each:
        if isinstance(publication, Publication):
            publication = _guarded(shown, partial(_completed, path, shown, publication))
        if isinstance(publication, Publication):
            made.append(publication)
            findings.extend(publication.findings)
        else:
            findings.extend(publication)
    # an address that a sidecar gives is never taken by a copy that has none
    owners: dict[str, Publication] = {}
    for one in sorted(made, key=lambda one: not one.sidecar.id):
        owners.setdefault(one.id, one)
    for one in made:
        shown = one.report.source.path
        if one.id in OWN:
            findings.append(Finding("own-address", shown, 0, one.id))
        elif one is not owners[one.id]:
            findings.append(Finding("duplicate-id", shown, 0, one.id, owners[one.id].report.source.path))
    published = tuple(one for one in made if one is owners[one.id] and one.id not in OWN)
    return Shelf(published, tuple(dict.fromkeys(findings)))  # what a folder shares is told once


_T = TypeVar("_T")
_Findings = tuple[Finding, ...]  # why something is not there


def _understood(paths: Sequence[tuple[Path, str]], cache: Cache) -> Iterator[Publication | _Findings]:
    """Each report, from before or by several processes now."""
    received = [_guarded(shown, partial(_received, path, shown)) for path, shown in paths]
    known = [cache.known(Publication, one.made_of) if isinstance(one, _Received) else one for one in received]
    missing = [one for one, before in zip(received, known, strict=True) if before is None]

    def understood(number: int) -> Publication | _Findings:
        one = missing[number]
        assert isinstance(one, _Received)
        made = _guarded(one.shown, one.understood)
        if isinstance(made, Publication):
            cache.keep(made, one.made_of)
        return made

    made = shared(understood, len(missing))
    return (next(made) if one is None else one for one in known)


def _guarded(shown: str, make: Callable[[], _T]) -> _T | _Findings:
    """What is made, or what to tell where it cannot be."""
    try:
        return make()
    except ReportError as error:
        return error.findings
    except Exception as error:
        return (Finding("fault", shown, 0, _fault(error)),)


def _fault(error: Exception) -> str:
    """IndexError: list index out of range, outline.py:41."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error}, {PurePath(at.filename).name}:{at.lineno}"


def _said(shown: str, path: Path) -> str:
    """The path that messages give; bytes of a name that are no UTF-8 as \\xff."""
    return f"{shown}/{path.name}".encode(errors="surrogateescape").decode(errors="backslashreplace")


def read_folder(
    folder: Path,
    shown: str,
    remembered: Path | None = None,
    watched: Watched = unwatched,
    only: str = "",
) -> Shelf:
    """Every report of a folder, whatever its form (extract.ENDINGS); what was understood before is in `remembered`, a
    folder. Nothing is registered anywhere.

    `watched` sees the paths go by. `only` that report is read whose file has this name, with or without its ending and
    folder; what is remembered of the others is kept.
    """
    attached = _attached(folder)
    files = sorted(path for path in folder.glob("*") if _is_offered(path) and path.name not in attached)
    first: dict[str, Path] = {}  # of each name, the form that is published
    for path in sorted(files, key=lambda path: ((*ENDINGS, *OTHERS).index(path.suffix.lower()), path.name)):
        first.setdefault(path.stem, path)
    twice = [
        Finding("form-twice", _said(shown, path), 0, path.name, first[path.stem].name)
        for path in files
        if path != first[path.stem] and path.suffix.lower() in frozenset(ENDINGS) - BESIDE
    ]
    wanted = Path(only).name
    reports = [path for path in files if path == first[path.stem] and (not only or wanted in (path.name, path.stem))]
    unknown = [] if reports or not only else [Finding("report-unknown", shown, 0, only, ", ".join(first))]
    cache = Cache(remembered)
    shelf = read_files([(path, _said(shown, path)) for path in reports], cache, watched)
    if not only:
        cache.forget_others()
    alone = [
        Finding("sidecar-alone", _said(shown, path), 0, path.name, " / ".join(path.stem + end for end in ENDINGS))
        for path in sorted(folder.glob("*.yml"))
        if path.stem not in first and not path.name.startswith(_PASSED_OVER)
    ]
    alone += [
        Finding("po-alone", _said(shown, path), 0, path.name, " / ".join(_report_of(path) + end for end in ENDINGS))
        for path in sorted(folder.glob("*.en.po"))
        if _report_of(path) not in first
    ]
    others = [
        Finding("ending-unknown", _said(shown, path), 0, path.suffix) for path in _others(folder, files, attached)
    ]
    return replace(shelf, findings=(*shelf.findings, *twice, *alone, *others, *unknown))


def _report_of(translation: Path) -> str:
    """The name of the report a translation is of, without its ending: that of translation_path, back."""
    return translation.name.removesuffix(".en.po")


def _is_offered(path: Path) -> bool:
    """Whether a file lies in the folder to be published, in a form that is read or one that is told of."""
    return not path.name.startswith(_PASSED_OVER) and path.suffix.lower() in (*ENDINGS, *OTHERS) and path.is_file()


def _others(folder: Path, offered: Sequence[Path], attached: frozenset[str]) -> Iterator[Path]:
    """The files that are neither reports nor what stands beside them."""
    for path in sorted(folder.iterdir() if folder.is_dir() else ()):
        beside = path.suffix.lower() in load("forms")["notes"] or path.name in (TERMS, *attached)
        if not (beside or path in offered or path.name.startswith(_PASSED_OVER)) and path.is_file():
            yield path


def errors(findings: tuple[Finding, ...]) -> list[Finding]:
    """Those that keep a report from being published."""
    return [finding for finding in findings if is_error(finding)]
