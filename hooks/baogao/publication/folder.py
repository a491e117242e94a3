"""A folder of reports -> Publications: each with its sidecar, its English and the folder's terms."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import Generic, TypeVar

from ..handwritten import text_of
from ..ids import OWN
from ..messages import is_error
from ..model import Finding, ReportError
from ..processes import Watched, shared, unwatched
from ..readers.attachments import Enclosure
from ..readers.extract import BESIDE, ENDING, ENDINGS, OTHERS, Extracted, Extracting, extract
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
_T = TypeVar("_T")
_Path = TypeVar("_Path", bound=PurePath)
_READ = tuple(dict.fromkeys((*ENDINGS, *ENDING.values())))  # endings of the forms that are read
KEPT, SCANS = Path(".cache/baogao"), "scans"  # where commands keep what was read off scans, as builds do
TERMS = "terms.csv"  # beside the reports: terms of the place or of one report


def translation_path(path: Path) -> Path:
    """Where the English of a report stands: seeds/<name>.en.po."""
    return path.with_suffix(".en.po")


def _bytes(path: Path, shown: str) -> bytes | None:
    """What a file holds, None where there is none. Raises ReportError where it cannot be read, is a link to nothing or
    a pipe, or a link that leads out of its folder: who may put a file there would publish any that this machine has."""
    try:
        if path.is_symlink() and path.exists() and not path.resolve().is_relative_to(path.parent.resolve()):
            raise ReportError(Finding("unreadable", shown, 0, str(path.readlink()), cause="link"))
        if path.is_file():
            return path.read_bytes()
        if path.is_symlink() and not path.exists():
            raise ReportError(Finding("unreadable", shown, 0, str(path.readlink()), cause="broken"))
        if path.exists() and not path.is_dir():
            raise ReportError(Finding("unreadable", shown, 0, cause="missing"))
        return None
    except OSError as error:
        raise ReportError(Finding("unreadable", shown, 0, error.strerror or str(error))) from error


def _translation_of(shown: str, data: bytes | None) -> Translation:
    return Translation(shown) if data is None else read_po(shown, text_of("po-syntax", shown, data))


def read_folder_terms(folder: Path, shown: str) -> tuple[Term, ...]:
    """The terms of general use and those of a folder of reports (terms.csv). Raises ReportError."""
    said = f"{shown}/{TERMS}"
    return _terms_of(said, _bytes(folder / TERMS, said))


def _terms_of(said: str, data: bytes | None) -> tuple[Term, ...]:
    general = general_terms()
    if data is None:
        return general
    return (*general, *read_terms(text_of("terms-syntax", said, data, spreadsheet=True), said, general))


def read_file(path: Path, shown: str, attached: Sequence[Path] = ()) -> Publication:
    """A report, its sidecar, its attachments and its English from disk; `shown` is the path messages give. `attached`
    are further attachments, wherever they lie. Raises ReportError.

    Where the folder's terms cannot be read, which are no one report's, the findings tell it and those of general use
    serve.
    """
    return _completed(path, shown, _received(path, shown, attached).understood(_remembering(Cache(KEPT / SCANS))))


def _remembering(scans: Cache) -> Extracting:
    """extract(), but what was read off a picture is kept: it takes seconds a page, and a change of a sidecar changes
    nothing in it."""

    def taken(path: str, data: bytes) -> Extracted | None:
        if before := scans.known(Extracted, (data,)):
            return replace(before, findings=tuple(replace(one, path=path) for one in before.findings))
        read = extract(path, data)
        if read and read.scanned:
            scans.keep(read, (data,))
        return read

    return taken


@dataclass(frozen=True, slots=True)
class Received:
    """A report, its sidecar and its attachments as they came, from wherever."""

    shown: str  # the path messages give
    data: bytes
    sidecar: bytes | None
    enclosed: tuple[Enclosure, ...]  # what is attached to it

    @property
    def made_of(self) -> tuple[bytes, ...]:
        """What it is understood to be depends on this alone."""
        beside = b"" if self.sidecar is None else b"sidecar:" + self.sidecar
        enclosed = (part for one in self.enclosed for part in (one.path.encode(), one.data))
        return self.shown.encode(), self.data, beside, *enclosed

    @property
    def files(self) -> tuple[bytes, ...]:
        """Those whose text is taken."""
        return self.data, *(one.data for one in self.enclosed)

    def understood(self, taking: Extracting = extract) -> Publication:
        """Without what stands beside it in the folder; `taking` gives the text of a file. Raises ReportError."""
        said = Path(self.shown).with_suffix(".yml").as_posix()
        sidecar = None if self.sidecar is None else read_sidecar(said, self.sidecar)
        return understand(self.shown, self.data, sidecar, self.enclosed, taking)


def _received(path: Path, shown: str, attached: Sequence[Path] = ()) -> Received:
    beside, said = path.with_suffix(".yml"), Path(shown).with_suffix(".yml").as_posix()
    data, sidecar = _bytes(path, shown), _bytes(beside, said)
    if data is None:
        raise ReportError(Finding("unreadable", shown, 0, cause="missing"))
    listed = enclosed(shown, sidecar, lambda name: _bytes(path.with_name(name), name))
    others = (
        _enclosure(path, one.as_posix(), None if one == path else _bytes(one, one.as_posix())) for one in attached
    )
    return Received(shown, data, sidecar, (*listed, *others))


_ATTACHMENTS = b"attachments"  # the key; a sidecar without the word need not be read to know that it has none


def enclosed(shown: str, sidecar: bytes | None, read: Callable[[str], bytes | None]) -> tuple[Enclosure, ...]:
    """The attachments that the sidecar of a report names; `read` gives what lies beside it under a name. Raises
    ReportError where it cannot be read, or one is not there."""
    if not sidecar or _ATTACHMENTS not in sidecar:
        return ()
    report, said = Path(shown), Path(shown).with_suffix(".yml").as_posix()
    given = read_sidecar(said, sidecar)
    lines = dict(given.lines)
    return tuple(
        _enclosure(
            report,
            report.with_name(name).as_posix(),
            None if name == report.name else read(name),
            Finding("attachment-missing", said, lines[name], name),
        )
        for name in given.attachments
    )


def _enclosure(report: Path, shown: str, data: bytes | None, missing: Finding | None = None) -> Enclosure:
    """A file attached to a report; its name without the report's is what its annex is headed."""
    if data is None:
        raise ReportError(missing or Finding("unreadable", shown, 0))
    stem = Path(shown).stem
    return Enclosure(shown, stem.removeprefix(f"{report.stem}.") or stem, data)


def attached(files: Sequence[_Path], read: Callable[[_Path], bytes | None]) -> frozenset[_Path]:
    """The files that sidecars among these attach to reports; of a sidecar that cannot be read, all that could be."""
    found: set[_Path] = set()
    for path in sorted(path for path in files if path.suffix == ".yml"):
        data = _guarded(path.name, partial(read, path))
        if data is None or isinstance(data, bytes) and _ATTACHMENTS not in data:
            continue
        sidecar = _guarded(path.name, partial(read_sidecar, path.name, data)) if isinstance(data, bytes) else data
        if isinstance(sidecar, Sidecar):
            found.update(path.with_name(name) for name in sidecar.attachments if Path(name).stem != path.stem)
        else:
            near = (one for one in files if one.parent == path.parent and one.name.startswith(f"{path.stem}."))
            found.update(one for one in near if one.stem != path.stem)
    return frozenset(found)


def _completed(path: Path, shown: str, publication: Publication) -> Publication:
    """With its English and the terms of its folder."""
    english, said = translation_path(path), f"{Path(shown).parent.as_posix()}/{TERMS}"
    translation = _translation_of(_translation_shown(shown), _bytes(english, _translation_shown(shown)))
    return _with_terms(replace(publication, translation=translation), lambda: _bytes(path.parent / TERMS, said), said)


def completed(publication: Publication, shown: str, translation: bytes | None, terms: bytes | None) -> Publication:
    """The same where both came as bytes. Raises ReportError for the English alone."""
    said = f"{Path(shown).parent.as_posix()}/{TERMS}"
    english = _translation_of(_translation_shown(shown), translation)
    return _with_terms(replace(publication, translation=english), lambda: terms, said)


def _translation_shown(shown: str) -> str:
    return translation_path(Path(shown)).as_posix()


def _with_terms(publication: Publication, read: Callable[[], bytes | None], said: str) -> Publication:
    try:
        terms, findings = _terms_of(said, read()), publication.findings
    except ReportError as error:
        terms, findings = general_terms(), (*publication.findings, *error.findings)
    return replace(publication, terms=terms, findings=findings)


def read_files(paths: Sequence[tuple[Path, str]], cache: Cache | None = None, watched: Watched = unwatched) -> Shelf:
    """Reports in the order of their names."""
    each = [Lying(shown, partial(_received, path, shown), partial(_completed, path, shown)) for path, shown in paths]
    return shelved(each, cache, watched)


@dataclass(frozen=True, slots=True)
class Lying:
    """A report that lies somewhere. Both may raise ReportError."""

    shown: str  # the path messages give
    received: Callable[[], Received]
    completed: Callable[[Publication], Publication]  # with what stands beside it in its folder


def shelved(each: Sequence[Lying], cache: Cache | None = None, watched: Watched = unwatched) -> Shelf:
    """Reports in the order given. One that cannot be published takes none of the others down, not even where this
    program is at fault. `watched` sees them go by."""
    made: list[Publication] = []
    findings: list[Finding] = []
    understood = watched(_understood(each, cache or Cache()), len(each))
    for one, publication in zip(each, understood, strict=True):
        if isinstance(publication, Publication):
            publication = _guarded(one.shown, partial(one.completed, publication))
        if isinstance(publication, Publication):
            made.append(publication)
            findings.extend(publication.findings)
        else:
            findings.extend(publication)
    wrong = refused([(one.id, bool(one.sidecar.id), one.report.source.path) for one in made])
    findings += filter(None, wrong)
    published = tuple(one for one, why in zip(made, wrong, strict=True) if why is None)
    return Shelf(published, tuple(dict.fromkeys(findings)))  # what a folder shares is told once


def refused(reports: Sequence[tuple[str, bool, str]]) -> list[Finding | None]:
    """Of each report (its id, whether its sidecar gives it, the path messages give) why it cannot have its address, in
    the order given: the first of a name has it, but never before one whose sidecar says so."""
    owners: dict[str, int] = {}
    for place in sorted(range(len(reports)), key=lambda place: not reports[place][1]):
        owners.setdefault(reports[place][0], place)
    found: list[Finding | None] = []
    for place, (id_, _, shown) in enumerate(reports):
        if id_ in OWN:
            found.append(Finding("own-address", shown, 0, id_))
        elif place != owners[id_]:
            found.append(Finding("duplicate-id", shown, 0, id_, reports[owners[id_]][2]))
        else:
            found.append(None)
    return found


_Findings = tuple[Finding, ...]  # why something is not there


def _understood(each: Sequence[Lying], cache: Cache) -> Iterator[Publication | _Findings]:
    """Each report, from before or by several processes now."""
    received = [_guarded(one.shown, one.received) for one in each]
    known = [cache.known(Publication, one.made_of) if isinstance(one, Received) else one for one in received]
    missing = [one for one, before in zip(received, known, strict=True) if before is None]
    scans = cache.part(SCANS) if cache.folder else Cache(KEPT / SCANS)
    for data in (data for one in received if isinstance(one, Received) for data in one.files):
        scans.spare(Extracted, (data,))
    taking = _remembering(scans)

    def understood(number: int) -> Publication | _Findings:
        one = missing[number]
        assert isinstance(one, Received)
        made = _guarded(one.shown, partial(one.understood, taking))
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


def _said(shown: str, path: PurePath) -> str:
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
    files, refused_folder = _files(folder, shown)
    listed = listing(files, partial(_said, shown), attached(files, lambda path: _bytes(path, path.name)))
    wanted = Path(only).name
    reports = [path for path in listed.reports if not only or wanted in (path.name, path.stem)]
    known = ", ".join(path.stem for path in listed.reports)
    unknown = [] if reports or not only else [Finding("report-unknown", shown, 0, only, known)]
    cache = Cache(remembered)
    shelf = read_files([(path, _said(shown, path)) for path in reports], cache, watched)
    if not only:
        cache.forget_others()
    return replace(shelf, findings=(*shelf.findings, *listed.findings, *unknown, *refused_folder))


def _files(folder: Path, shown: str) -> tuple[list[Path], _Findings]:
    """All in a folder but folders; what to tell where it cannot be listed."""
    try:
        return [path for path in folder.iterdir() if not path.is_dir()], ()
    except FileNotFoundError:
        return [], ()
    except OSError as error:
        return [], (Finding("system-refuses", shown, 0, error.strerror or str(error)),)


@dataclass(frozen=True, slots=True)
class Listing(Generic[_Path]):
    """Which of some files are reports, in the order of their paths, and what there is to tell of the others."""

    reports: tuple[_Path, ...]
    findings: tuple[Finding, ...]


def listing(files: Iterable[_Path], shown: Callable[[_Path], str], enclosures: Set[_Path]) -> Listing[_Path]:
    """The files of one folder or of several; `shown` is the path messages give, `enclosures` are attached to reports.
    Of each name in a folder one form is published."""
    paths = sorted(path for path in files if not path.name.startswith(_PASSED_OVER))
    offered = [path for path in paths if _is_offered(path) and path not in enclosures]
    first: dict[PurePath, _Path] = {}
    for path in sorted(offered, key=lambda path: ((*ENDINGS, *OTHERS).index(path.suffix.lower()), path.name)):
        first.setdefault(path.with_suffix(""), path)
    told = [
        Finding("form-twice", shown(path), 0, path.name, first[path.with_suffix("")].name)
        for path in offered
        if path != first[path.with_suffix("")] and path.suffix.lower() in frozenset(ENDINGS) - BESIDE
    ]
    told += [
        Finding("sidecar-alone", shown(path), 0, path.name, " / ".join(path.stem + end for end in _READ))
        for path in paths
        if path.suffix == ".yml" and path.with_suffix("") not in first
    ]
    told += [
        Finding("po-alone", shown(path), 0, path.name, " / ".join(_report_of(path) + end for end in _READ))
        for path in paths
        if path.name.endswith(".en.po") and path.with_name(_report_of(path)) not in first
    ]
    told += [
        Finding("ending-unknown", shown(path), 0, path.suffix or path.name)
        for path in paths
        if not (_is_offered(path) or _is_beside(path) or path in enclosures)
    ]
    return Listing(tuple(path for path in offered if path == first[path.with_suffix("")]), tuple(told))


def _report_of(translation: PurePath) -> str:
    """The name of the report a translation is of, without its ending: that of translation_path, back."""
    return translation.name.removesuffix(".en.po")


def _is_offered(path: PurePath) -> bool:
    """Whether a file is there to be published, in a form that is read or one that is told of."""
    return path.suffix.lower() in (*ENDINGS, *OTHERS)


def _is_beside(path: PurePath) -> bool:
    """Whether a file is what stands beside reports."""
    return path.suffix.lower() in load("forms")["notes"] or path.name == TERMS


def errors(findings: tuple[Finding, ...]) -> list[Finding]:
    """Those that keep a report from being published."""
    return [finding for finding in findings if is_error(finding)]
