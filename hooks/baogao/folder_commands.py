"""baogao new, add, verify, terms, pages: a folder of reports is begun, grows, is asked, and becomes pages."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click

from .commands import FILE, language, progress_of, quiet_option, read_report, seeds_folder, tell, words_spoken
from .ids import LANGUAGES
from .intake import attachment_name, differences, free_address, same_report, sidecar, understood
from .messages import at, is_error, placed
from .model import Finding, ReportError
from .publication import accuracy
from .publication.folder import Shelf, errors, read_file, read_files, read_folder, translation_path
from .publication.publication import Publication
from .publication.sidecar import read_sidecar
from .publication.verify import Match, Verdict, check_link, find
from .readers.extract import ENDING
from .readers.whereabouts import Taken
from .relations.glossary import glossary
from .site.elsewhere import elsewhere
from .site.page import File
from .site.start import start
from .spoken import SpokenCommand
from .terminal import say
from .translation.terms import LAID_DOWN
from .translation_commands import tell_progress, write_beside
from .wording.authorities import authority


@click.command("new", cls=SpokenCommand)
@click.argument("folder", type=click.Path(path_type=Path))
def new_site(folder: Path) -> None:
    """Begin a site of your own in a new folder: mkdocs.yml, seeds/ for the reports, and docs/ with a page about the
    site in each language. A folder that is not empty is refused; the exit status is then 1."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        tell([Finding("not-empty", folder.as_posix(), 0)])
        raise SystemExit(1)
    for name, content in start():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        say(at(path.as_posix()))
    words = words_spoken()
    say(words("new_site", folder=at(folder.as_posix())))


@click.command(cls=SpokenCommand)
@click.argument("file", type=FILE)
@click.option("--url", default="", help="The address of the page the report was taken from.")
@click.option(
    "--attachment", "attached", type=FILE, multiple=True, help="A file attached to the report; repeat for each one."
)
@click.option("--force", is_flag=True, help="Add it even if a report with nearly the same sentences is already there.")
def add(file: Path, url: str, attached: tuple[Path, ...], force: bool) -> None:
    """Add a report to seeds/, with the extension that fits its content, a sidecar, and a file to translate, and show
    what was understood. A report already there, even from another portal, is refused, and the differences are shown;
    the exit status is then 1."""
    shelf = read_folder(*seeds_folder())
    _refuse_wrong_url(url)
    publication = read_report(file, attached)
    known = same_report(publication, shelf.publications)
    if known and not force:
        _tell_known(file, publication, known)
        raise SystemExit(1)
    own = free_address(publication.id, {one.id for one in shelf.publications})
    if own != publication.id:
        tell([Finding("address-shared", file.as_posix(), 0, publication.id, own)])
        publication = replace(publication, id=own)
    seed = seeds_folder()[0] / f"{publication.id}{ENDING[publication.report.source.form]}"
    forms = [one.form for one in publication.report.source.attachments]
    given = zip(attached, forms[len(forms) - len(attached) :], strict=True)
    names = [attachment_name(publication.id, *one) for one in given]
    _refuse_to_overwrite(file, seed, [seed.with_name(name) for name in names])
    if known:
        _tell_forced(file, seed, publication, known)
    tell(publication.findings)  # not before: of a report that is refused nothing is published
    copies = {seed.with_name(name): one.read_bytes() for name, one in zip(names, attached, strict=True)}
    said = sidecar(publication, url, names).encode()
    _write_all(copies | {seed: file.read_bytes(), seed.with_suffix(".yml"): said})
    taken = read_file(seed, seed.as_posix())
    filled = write_beside(seed, taken)
    say("\n".join(understood(taken, language())))
    beside = (*names, seed.with_suffix(".yml").name, translation_path(seed).name)
    say(f"\n{', '.join((at(seed.as_posix()), *map(at, beside)))}")
    tell_progress(translation_path(seed), filled)


def _write_all(files: Mapping[Path, bytes]) -> None:
    """All of them or, where the system refuses one, none."""
    begun = list[Path]()
    try:
        for path, data in files.items():
            path.parent.mkdir(exist_ok=True)
            with path.open("xb") as new:
                begun.append(path)
                new.write(data)
    except OSError:
        for path in begun:
            with suppress(OSError):
                path.unlink()
        raise


def _tell_known(file: Path, publication: Publication, known: Publication) -> None:
    """Which report is here already, and in what it differs."""
    here, same = known.report.source.path, known.report.source.sha256 == publication.report.source.sha256
    code = "known-file" if same else "known-report"
    tell([Finding(code, file.as_posix(), 0, here, Path(here).with_suffix(".yml").as_posix())])
    if not same:
        _tell_differences(publication, known)


def _tell_forced(file: Path, seed: Path, publication: Publication, known: Publication) -> None:
    """Which report it is taken in beside, and in what it differs."""
    tell([Finding("known-forced", file.as_posix(), 0, known.report.source.path, seed.as_posix())])
    _tell_differences(publication, known)


def _tell_differences(publication: Publication, known: Publication) -> None:
    words = words_spoken()
    say("\n".join(differences(known, publication)) or words("differs_in_white_space"))


def _refuse_wrong_url(url: str) -> None:
    try:
        read_sidecar("--url", f"url: {json.dumps(url)}".encode() if url else b"")
    except ReportError as error:
        tell([Finding("url-option", "--url", 0, url)])
        raise SystemExit(1) from error


def _refuse_to_overwrite(file: Path, seed: Path, attachments: Sequence[Path]) -> None:
    twice = [path.name for path in attachments if attachments.count(path) > 1]
    if twice:
        tell([Finding("attachment-twice", file.as_posix(), 0, twice[0])])
        raise SystemExit(1)
    for path in (seed, seed.with_suffix(".yml"), translation_path(seed), *attachments):
        if path.exists():
            tell([Finding("seed-exists", file.as_posix(), 0, path.as_posix())])
            raise SystemExit(1)


@click.command(cls=SpokenCommand)
@click.argument("quoted", metavar="QUOTATION_OR_LINK")
@click.argument("files", nargs=-1, type=FILE)
def verify(quoted: str, files: tuple[Path, ...]) -> None:
    """Show where a quotation, or the sentence of a link, is in the reports, and whether it is word for word. The exit
    status is 1 unless it is there as given."""
    shelf = read_files([(file, file.as_posix()) for file in files]) if files else read_folder(*seeds_folder())
    tell([finding for finding in shelf.findings if is_error(finding)])
    look_up = check_link if re.match(r"\S+#\S+$", quoted.strip()) else find
    verdict = look_up(quoted, shelf.publications)
    words = words_spoken()
    say(words(f"verify_{verdict.kind}"))
    if verdict.kind is not Match.NONE:
        say(_where(verdict, shelf.publications))
        say(verdict.difference or verdict.text)
    if verdict.kind in (Match.NEAREST, Match.CHANGED, Match.NONE):
        raise SystemExit(1)


def _where(verdict: Verdict, publications: Sequence[Publication]) -> str:
    """seeds/report.txt:42: qinghe-2023#s1-3-1-2: where in the file the sentence begins, and its address."""
    report = next(one for one in publications if one.id == verdict.publication).report
    line = report.source.line_at(next(one.start for one in report.segments if one.id == verdict.anchor))
    where = placed(report.source.path, line, Taken.of(report.source).found(line), language())
    return f"{where}: {verdict.publication}#{verdict.anchor}"


@click.command(cls=SpokenCommand)
def terms() -> None:
    """Count the terms used in the reports of seeds/ that have a general definition with the document that lays it down,
    and those of them whose document was checked; then list the terms without a source."""
    used = [headword.term for headword in glossary(read_folder(*seeds_folder()).publications)]
    laid_down = [term for term in used if term.kind in LAID_DOWN]
    words = words_spoken()
    for name, some in ((words("terms_laid_down"), laid_down), (words("terms_in_all"), used)):
        sourced = [found for term in some if term.definition_zh and (found := authority(term.authority, LANGUAGES[0]))]
        read = sum(found.read for found in sourced)
        share = f"{len(sourced) / len(some):.1%}" if some else "-"
        say(words("terms_counted", name=name, sourced=len(sourced), all=len(some), share=share, read=read))
    lacking = [term.zh for term in laid_down if not term.authority]
    say(words("terms_lacking", n=len(lacking)) + "".join(f" {zh}" for zh in lacking))


@click.command("pages", cls=SpokenCommand)
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@quiet_option
def write_pages(out: Path, quiet: bool) -> None:
    """Write the Markdown and the static files that MkDocs is given, from the reports of seeds/ and the pages of docs/,
    into a folder."""
    progress = progress_of(quiet)
    shelf: Shelf = read_folder(*seeds_folder(), watched=progress.reading)
    tell(shelf.findings)
    for file in elsewhere(shelf.publications, _files_of(Path("docs")), accuracy.recorded(), progress.writing):
        target = out / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    if errors(shelf.findings):
        raise SystemExit(1)


def _files_of(folder: Path) -> list[File]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [File(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]
