"""baogao po, import: the file to translate goes out, and comes back checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import click

from .commands import FILE, progress_of, quiet_option, read_telling, seeds_folder, tell, words_spoken
from .handwritten import text_of
from .ids import LANGUAGES
from .messages import at
from .model import Finding, ReportError
from .publication.folder import Shelf, read_folder, translation_path
from .publication.publication import Publication
from .publication.translation_findings import translation_findings
from .spoken import SpokenCommand
from .terminal import say
from .translation.memory import Recalled, recalled, reviewed
from .translation.po import State, Translation, merged, read_po, write_po
from .wording.names import Names


@click.command("po", cls=SpokenCommand)
@click.argument("files", nargs=-1, required=True, type=FILE)
@quiet_option
def write_translation(files: tuple[Path, ...], quiet: bool) -> None:
    """Write the file to translate of each report, seeds/<name>.en.po, or bring it up to date; what was already
    translated is kept."""
    for file in progress_of(quiet).reading(files, len(files)):
        tell_progress(translation_path(file), write_beside(file, read_telling(file)))


def write_beside(file: Path, publication: Publication) -> Recalled:
    """The file to translate of a report, filled with what earlier reports of its folder have; how much that was."""
    path, units = translation_path(file), [*Names(publication, LANGUAGES[0]).units()]
    beside = [one for one in sorted(file.parent.glob("*.en.po")) if one != path]
    own = read_po(path.as_posix(), write_po(publication.id, units, publication.translation))
    filled = recalled(units, own, reviewed(_read_po(one) for one in beside))
    path.write_text(write_po(publication.id, units, filled.translation), encoding="utf-8")
    return filled


def _read_po(path: Path) -> Translation:
    """A translation that lies beside; one that cannot be read is told by check, and nothing is known of it here."""
    try:
        return read_po(path.as_posix(), text_of("po-syntax", path.as_posix(), path.read_bytes()))
    except ReportError:
        return Translation(path.as_posix())


def tell_progress(path: Path, filled: Recalled | None = None) -> None:
    """How far a file to translate is, in a line; `filled`: what earlier reports gave to it."""
    written = read_po(path.as_posix(), path.read_text("utf-8"))
    states, words = Counter(entry.state for entry in (written.entries or {}).values()), words_spoken()
    said = [words(f"po_{state}", n=states[state]) for state in State if states[state]]
    said += [words("po_gone", n=len(written.obsolete))] if written.obsolete else []
    if filled and filled.same + filled.alike:
        said.append(words("po_recalled", same=filled.same, alike=filled.alike))
    say(f"{at(path.as_posix())}: {words('po_and').join(said)}")


@click.command("import", cls=SpokenCommand)
@click.argument("file", type=FILE)
def import_translation(file: Path) -> None:
    """Import a translator's PO into seeds/. What fails the checks is refused, with the reason; the exit status is then
    1."""
    try:
        theirs = read_po(file.as_posix(), text_of("po-syntax", file.as_posix(), file.read_bytes()))
    except ReportError as error:
        tell(error.findings)
        raise SystemExit(1) from error
    shelf: Shelf = read_folder(*seeds_folder())
    publication = next((one for one in shelf.publications if one.id == theirs.report), None)
    if publication is None:
        known = ", ".join(one.id for one in shelf.publications)
        tell([Finding("po-report", file.as_posix(), 0, theirs.report or "-", known)])
        raise SystemExit(1)
    found = translation_findings(replace(publication, translation=theirs))
    path = translation_path(Path(publication.report.source.path))
    own = read_po(path.as_posix(), write_po(publication.id, Names(publication, "zh").units(), publication.translation))
    joined = merged(own, theirs, [finding.unit for finding in found])
    path.write_text(write_po(publication.id, Names(publication, "zh").units(), joined), encoding="utf-8")
    tell(found)
    tell_progress(path)
    if found:
        raise SystemExit(1)
