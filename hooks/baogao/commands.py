"""What all commands do alike: read a report, tell of it in the language of the machine, find the folder of reports."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from shutil import which

import click

from .messages import spoken, worded
from .model import Finding, ReportError
from .progress import Progress
from .publication.folder import read_file
from .publication.publication import Publication
from .terminal import say
from .wording.words import Words

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def language() -> str:
    """That of the machine: zh or en."""
    return spoken(os.environ)


def words_spoken() -> Words:
    """The words of the interface in it."""
    return Words(language())


def tell(findings: Sequence[Finding]) -> None:
    """Errors and notes, a line each, on stderr."""
    for finding in findings:
        say(worded(finding, language()), err=True)


def read_telling(file: Path) -> Publication:
    """A report, its notes told; exit 1 where it cannot be published."""
    publication = read_report(file)
    tell(publication.findings)
    return publication


def read_report(file: Path, attached: Sequence[Path] = ()) -> Publication:
    """The same without its notes. `attached`: the files that belong to it."""
    try:
        return read_file(file, file.as_posix(), attached)
    except ReportError as error:
        tell(error.findings)
        raise SystemExit(1) from error


_BUILDS = "mkdocs build"  # what the Makefile of a checkout has, and no other


def next_commands() -> dict[str, str]:
    """How one checks, previews and builds in this folder: by make where its Makefile does that."""
    makefile = Path("Makefile")
    if which("make") and makefile.is_file() and _BUILDS in makefile.read_text("utf-8", "replace"):
        return {"check": "make check", "serve": "make serve", "build": "make site"}
    return {"check": "baogao check", "serve": "mkdocs serve", "build": f"{_BUILDS} --strict"}


quiet_option = click.option("-q", "--quiet", is_flag=True, help="Do not report progress.")


def progress_of(quiet: bool) -> Progress:
    """How far long work is, told on stderr; nothing where it is to be quiet."""
    return Progress(None if quiet else partial(say, err=True))


def seeds_folder() -> tuple[Path, str]:
    """The folder of reports, and as messages show it. Where there is neither it nor a site, this is the wrong place."""
    folder = Path(click.get_current_context().find_object(str) or "seeds")
    if not folder.is_dir() and not Path("mkdocs.yml").is_file():
        tell([Finding("no-site", folder.as_posix(), 0, Path.cwd().name)])
        raise SystemExit(1)
    return folder, folder.as_posix()
