"""baogao check: what is wrong with the reports of a folder, what is in doubt, and the lines that correct it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import click

from .commands import FILE, language, next_commands, progress_of, quiet_option, seeds_folder, tell, words_spoken
from .export import records
from .folding import on_terminal
from .intake import key_said
from .messages import at, is_error, placed, worded
from .model import Finding, Whereabouts
from .progress import Progress
from .publication.consistency import consistency_findings
from .publication.folder import Shelf, errors, read_files, read_folder, translation_path
from .publication.proof import ProofRow, Sort, doubtful, proof, untranslated
from .publication.translation_findings import translation_findings
from .spoken import SpokenCommand
from .terminal import put, say


@click.command(cls=SpokenCommand)
@click.argument("files", nargs=-1, type=FILE)
@click.option("--strict", is_flag=True, help="Count notes as failures, too.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@quiet_option
def check(files: tuple[Path, ...], strict: bool, form: str, quiet: bool) -> None:
    """List what is wrong with the reports (those in seeds/ where none is given) and what is in doubt, with the line of
    the sidecar that corrects it. The exit status is 1 on an error. Under GitHub Actions, print annotations as well."""
    progress = progress_of(quiet)
    shelf = _read_telling(list(files), progress)
    english: list[Finding] = []
    figures: list[Finding] = []
    rows: list[tuple[str, ProofRow]] = []
    for one in progress.checking(shelf.publications, len(shelf.publications)):
        english += translation_findings(one)
        figures += consistency_findings(one)
        found = proof(one)
        rows += ((one.report.source.path, row) for row in (*doubtful(found), *untranslated(found)))
    shelf = replace(shelf, findings=_sorted((*shelf.findings, *figures, *english)))
    doubts = [(path, row) for path, row in rows if row.doubt != "slip_order"]  # that is a note already
    tell(shelf.findings)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for finding in shelf.findings:
            say(_annotation(finding), err=True)
    wrong = errors(shelf.findings)
    if form == "json":
        told = [*map(_finding_record, shelf.findings), *(_doubt_record(path, row) for path, row in doubts)]
        put(records.dumps(told))
    else:
        for path, those in groupby(doubts, key=itemgetter(0)):
            say("\n".join(_doubts(path, [row for _, row in those])))
        open_ = sum(row.sort is not Sort.UNIT for _, row in doubts)
        say(_summary(len(shelf.publications), len(wrong), len(shelf.findings) - len(wrong), open_))
    if wrong or (strict and shelf.findings):
        raise SystemExit(1)


def _read_telling(files: list[Path], progress: Progress) -> Shelf:
    """The reports, those of seeds/ where none is given; how far it is is told while they are read."""
    if files:
        return read_files([(file, file.as_posix()) for file in files], watched=progress.reading)
    return read_folder(*seeds_folder(), watched=progress.reading)


def _annotation(finding: Finding) -> str:
    """A workflow command of GitHub Actions, which shows the finding at its line where the file has lines."""
    sort = "error" if is_error(finding) else "notice"
    line = f",line={finding.line}" if finding.line and not finding.found else ""
    path = _in_command(on_terminal(finding.path)).replace(":", "%3A").replace(",", "%2C")
    return f"::{sort} file={path}{line}::{_in_command(worded(finding, language()))}"


def _in_command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then notes; each report by report, in the order of its lines."""
    return tuple(sorted(findings, key=lambda one: (not is_error(one), one.path, one.line)))


def _doubts(path: str, rows: Sequence[ProofRow]) -> Iterator[str]:
    """The doubts of a report, those of one sort together; then the lines of its sidecar that correct them, as they are
    pasted. What is not translated is one line, however much it is."""
    words, translating = words_spoken(), [row for row in rows if row.sort is Sort.UNIT]
    for row in (row for row in rows if row.sort is not Sort.UNIT):
        where = placed(path, row.line, row.found, language())
        yield f"{where}: {key_said(row, words)}  {row.says}  ({words(row.doubt)})"
    if translating:
        english = at(translation_path(Path(path)).as_posix())
        yield f"{english}: {words('check_untranslated', n=len(translating), first=translating[0].id)}"
    keys = [row.correction for row in rows if row.sort is Sort.METADATA and row.correction]
    items = [
        row.correction for row in rows if row.sort is Sort.FIGURE and row.correction and row.doubt != "doubt_scanned"
    ]
    if keys or items:
        yield words("check_lines", file=at(Path(path).with_suffix(".yml").as_posix()))
        yield from (f"    {line}" for line in keys)
        yield from (f"    {line}" for line in (["figures:"] if items else []) + [f"  {item}" for item in items])


def _summary(reports: int, wrong: int, notes: int, doubts: int) -> str:
    """How many there are of each, and what to do next."""
    words = words_spoken()
    counted = (("report", reports), ("error", wrong), ("note", notes), ("doubt", doubts))
    said = words("check_and").join(words.count(f"check_{name}", n) for name, n in counted)
    sort = "errors" if wrong else "doubts" if doubts else "notes" if notes else "clean"
    return f"{said}\n{words(f'check_next_{sort}', **next_commands())}"


def _doubt_record(path: str, row: ProofRow) -> dict[str, Any]:
    severity = "untranslated" if row.sort is Sort.UNIT else "doubt"
    said = {"file": path, "line": row.line or None, "found": _found_record(row.found), "severity": severity}
    said |= {"code": row.doubt.replace("_", "-")}
    return said | {"message": f"{row.id}: {row.says}: {words_spoken()(row.doubt)}", "correction": row.correction}


def _found_record(found: Whereabouts | None) -> dict[str, Any] | None:
    """Where in the file a person finds the line; none where the file has lines."""
    return asdict(found) if found else None


def _finding_record(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.path,
        "line": finding.line or None,
        "found": _found_record(finding.found),
        "severity": "error" if is_error(finding) else "note",
        "code": finding.code,
        "message": worded(finding, language()),
    }
