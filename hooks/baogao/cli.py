"""The stages on the command line. Data on stdout, messages on stderr; exit 1 where a report cannot be published."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import click

from . import __version__
from .corpus_commands import corpus
from .export import records
from .figures.score import NameScore, read_labels, read_names, score_names
from .figures.score import score as score_of
from .folding import on_terminal
from .handwritten import read_json, text_of
from .ids import LANGUAGES
from .intake import attachment_name, differences, same_report, sidecar, understood
from .messages import at, is_error, spoken, worded
from .model import Finding, ReportError, Section
from .progress import Progress
from .publication import accuracy
from .publication.consistency import consistency_findings
from .publication.folder import Shelf, errors, read_file, read_files, read_folder, translation_path
from .publication.proof import ProofRow, Sort, doubtful, proof, untranslated
from .publication.publication import Publication, understand
from .publication.sidecar import read_sidecar
from .publication.translation_findings import translation_findings
from .publication.verify import Match, Verdict, check_link, find
from .readers.extract import ENDING
from .relations.glossary import glossary
from .site.elsewhere import elsewhere
from .site.page import File
from .site.start import start
from .spoken import SpokenGroup
from .terminal import put, say, speak_utf8
from .translation.memory import Recalled, recalled, reviewed
from .translation.po import State, Translation, merged, read_po, write_po
from .translation.terms import LAID_DOWN
from .wording.authorities import authority
from .wording.names import Names
from .wording.words import Words

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _language() -> str:
    return spoken(os.environ)


def _words() -> Words:
    return Words(_language())


def _tell(findings: Sequence[Finding]) -> None:
    for finding in findings:
        say(worded(finding, _language()), err=True)


def _read(file: Path) -> Publication:
    publication = _read_untold(file)
    _tell(publication.findings)
    return publication


def _read_untold(file: Path, attached: Sequence[Path] = ()) -> Publication:
    try:
        return read_file(file, file.as_posix(), attached)
    except ReportError as error:
        _tell(error.findings)
        raise SystemExit(1) from error


_quiet = click.option("-q", "--quiet", is_flag=True, help="Do not tell how far long work is.")


def _progress(quiet: bool) -> Progress:
    return Progress(None if quiet else partial(say, err=True))


class _Main(SpokenGroup):
    """Tells in one line what the system refuses: a folder that may not be written to, a full disk."""

    def invoke(self, ctx: click.Context) -> Any:
        """Exit 1 then. A pipe that nobody reads any more is click's to end."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE or error.filename is None:
                raise
            _tell([Finding("system-refuses", os.fsdecode(error.filename), 0, error.strerror or str(error))])
            raise SystemExit(1) from error


@click.group("main", cls=_Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="baogao")
@click.option(
    "--seeds", default="seeds", show_default=True, help="The folder of reports, as the plugin's option has it."
)
@click.pass_context
def main(context: click.Context, seeds: str) -> None:
    """Turn Chinese government annual reports into a site."""
    speak_utf8()
    context.obj = seeds


main.add_command(corpus)


def _seeds() -> tuple[Path, str]:
    """The folder of reports, and as messages show it. Where there is neither it nor a site, this is the wrong place."""
    folder = Path(click.get_current_context().find_object(str) or "seeds")
    if not folder.is_dir() and not Path("mkdocs.yml").is_file():
        _tell([Finding("no-site", folder.as_posix(), 0, Path.cwd().name)])
        raise SystemExit(1)
    return folder, folder.as_posix()


@main.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
def new_site(folder: Path) -> None:
    """Begin a site of your own in a new folder: mkdocs.yml, seeds/ for the reports, docs/ with a page about the site in
    each language. A folder that is not empty is refused; exit 1 then."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        _tell([Finding("not-empty", folder.as_posix(), 0)])
        raise SystemExit(1)
    for name, content in start():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        say(at(path.as_posix()))
    words = _words()
    say(words("new_site", folder=at(folder.as_posix())))


@main.command()
@click.argument("file", type=_FILE)
@click.option("--url", default="", help="The address of the page the report was taken from.")
@click.option("--attachment", "attached", type=_FILE, multiple=True, help="A file attached to it; again for each.")
@click.option("--force", is_flag=True, help="Take it in though one with nearly the same sentences is there.")
def add(file: Path, url: str, attached: tuple[Path, ...], force: bool) -> None:
    """Take a report into seeds/, under the ending of what it is, with a sidecar and a file to translate, and show what
    was understood. One that is there already, from whatever portal, is refused with what differs; exit 1 then."""
    shelf = read_folder(*_seeds())
    _refuse_wrong_url(url)
    publication = _read_untold(file, attached)
    known = same_report(publication, shelf.publications)
    if known and (not force or known.id == publication.id):
        _tell_known(file, publication, known)
        raise SystemExit(1)
    seed = _seeds()[0] / f"{publication.id}{ENDING[publication.report.source.form]}"
    forms = [one.form for one in publication.report.source.attachments]
    given = zip(attached, forms[len(forms) - len(attached) :], strict=True)
    names = [attachment_name(publication.id, *one) for one in given]
    _refuse_to_overwrite(file, seed, [seed.with_name(name) for name in names])
    if known:
        _tell_forced(file, seed, publication, known)
    _tell(publication.findings)  # not before: of a report that is refused nothing is published
    given_files = {seed.with_name(name): one.read_bytes() for name, one in zip(names, attached, strict=True)}
    said = sidecar(publication, url, names).encode()
    _write_all(given_files | {seed: file.read_bytes(), seed.with_suffix(".yml"): said})
    taken = read_file(seed, seed.as_posix())
    filled = _write_po(seed, taken)
    say("\n".join(understood(taken, _language())))
    beside = (*names, seed.with_suffix(".yml").name, translation_path(seed).name)
    say(f"\n{', '.join((at(seed.as_posix()), *map(at, beside)))}")
    _tell_progress(translation_path(seed), filled)


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
    _tell([Finding(code, file.as_posix(), 0, here, Path(here).with_suffix(".yml").as_posix())])
    if not same:
        _tell_differences(publication, known)


def _tell_forced(file: Path, seed: Path, publication: Publication, known: Publication) -> None:
    """Which report it is taken in beside, and in what it differs."""
    _tell([Finding("known-forced", file.as_posix(), 0, known.report.source.path, seed.as_posix())])
    _tell_differences(publication, known)


def _tell_differences(publication: Publication, known: Publication) -> None:
    say("\n".join(differences(known, publication)) or _words()("differs_in_white_space"))


def _refuse_wrong_url(url: str) -> None:
    try:
        read_sidecar("--url", f"url: {json.dumps(url)}".encode() if url else b"")
    except ReportError as error:
        _tell([Finding("url-option", "--url", 0, url)])
        raise SystemExit(1) from error


def _refuse_to_overwrite(file: Path, seed: Path, attachments: Sequence[Path]) -> None:
    twice = [path.name for path in attachments if attachments.count(path) > 1]
    if twice:
        _tell([Finding("attachment-twice", file.as_posix(), 0, twice[0])])
        raise SystemExit(1)
    for path in (seed, seed.with_suffix(".yml"), translation_path(seed), *attachments):
        if path.exists():
            _tell([Finding("seed-exists", file.as_posix(), 0, path.as_posix())])
            raise SystemExit(1)


@main.command()
@click.argument("file", type=_FILE)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def outline(file: Path, form: str) -> None:
    """Print the numbered tree of a report, and what the page says about it."""
    publication = _read(file)
    record = records.outline_record(publication)
    if form == "json":
        put(records.dumps(record))
        return
    for name, said in record["report"].items():
        say(f"{name:<10} {said['text'] if said else '-'}")
    for section in publication.report.sections:
        _print_section(section, 0)


def _print_section(section: Section, depth: int) -> None:
    say(f"{'  ' * depth}{section.id:<10} {section.label}{f'  [{section.role}]' if depth == 0 else ''}")
    for child in section.sections:
        _print_section(child, depth + 1)


@main.command()
@click.argument("file", type=_FILE)
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl", "json", "csv"]), default="text", show_default=True
)
def figures(file: Path, form: str) -> None:
    """Print the figures a report states, one a line."""
    publication = _read(file)
    if form == "csv":
        put(records.figures_csv(publication.report, publication.figures))
    elif form == "json":
        put(records.figures_json(publication))
    elif form == "jsonl":
        for figure in publication.figures:
            record = records.figure_record(figure, publication.report.source)
            put(json.dumps(record, ensure_ascii=False) + "\n")
    else:
        for figure in publication.figures:
            say(f"{figure.id:<16} {figure.quote}\t{figure.told}")


@main.command("po")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@_quiet
def write_translation(files: tuple[Path, ...], quiet: bool) -> None:
    """Write the file to translate of each report, seeds/<name>.en.po, anew; what was translated before is kept."""
    for file in _progress(quiet).reading(files, len(files)):
        _tell_progress(translation_path(file), _write_po(file, _read(file)))


def _write_po(file: Path, publication: Publication) -> Recalled:
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


def _tell_progress(path: Path, filled: Recalled | None = None) -> None:
    written = read_po(path.as_posix(), path.read_text("utf-8"))
    states, words = Counter(entry.state for entry in (written.entries or {}).values()), _words()
    said = [words(f"po_{state}", n=states[state]) for state in State if states[state]]
    said += [words("po_gone", n=len(written.obsolete))] if written.obsolete else []
    if filled and filled.same + filled.alike:
        said.append(words("po_recalled", same=filled.same, alike=filled.alike))
    say(f"{at(path.as_posix())}: {words('po_and').join(said)}")


@main.command("import")
@click.argument("file", type=_FILE)
def import_translation(file: Path) -> None:
    """Bring a translator's PO back into seeds/. What fails the checks is refused, with the reason; exit 1 then."""
    try:
        theirs = read_po(file.as_posix(), text_of("po-syntax", file.as_posix(), file.read_bytes()))
    except ReportError as error:
        _tell(error.findings)
        raise SystemExit(1) from error
    shelf: Shelf = read_folder(*_seeds())
    publication = next((one for one in shelf.publications if one.id == theirs.report), None)
    if publication is None:
        known = ", ".join(one.id for one in shelf.publications)
        _tell([Finding("po-report", file.as_posix(), 0, theirs.report or "-", known)])
        raise SystemExit(1)
    found = translation_findings(replace(publication, translation=theirs))
    path = translation_path(Path(publication.report.source.path))
    own = read_po(path.as_posix(), write_po(publication.id, Names(publication, "zh").units(), publication.translation))
    joined = merged(own, theirs, [finding.unit for finding in found])
    path.write_text(write_po(publication.id, Names(publication, "zh").units(), joined), encoding="utf-8")
    _tell(found)
    _tell_progress(path)
    if found:
        raise SystemExit(1)


@main.command()
@click.argument("labels", type=_FILE, required=False)
@click.argument("file", type=_FILE, required=False)
@click.option("--names", "names", type=_FILE, help="Names that a reader accepts (tests/names.jsonl).")
@click.option("--write", is_flag=True, help="Keep what all labels say, for the page on accuracy of every site.")
def score(labels: Path | None, file: Path | None, names: Path | None, write: bool) -> None:
    """Set the figures of a report against labels made by hand (JSON Lines), and print what differs; without arguments,
    all reports that tests/labels.yml lists."""
    try:
        if labels is None:
            _score_all(write)
        elif file is None or write:
            raise click.UsageError("expected LABELS and FILE, or neither, then perhaps --write")
        else:
            _score_one(labels, file, names)
    except ReportError as error:
        _tell(error.findings)
        raise SystemExit(1) from error


def _score_one(labels: Path, file: Path, names: Path | None) -> None:
    # without the sidecar: what a person corrected is no merit of the program
    found = understand(file.as_posix(), file.read_bytes())
    result = score_of(found.figures, read_labels(labels))
    say(f"facts     {len(result.hits)} found, {len(result.missed)} missed, {len(result.false)} made up")
    say(f"strict F1 {result.f1:.3f}")
    say(f"subjects  {result.subjects:.3f} mean character F1, {len(result.dangling)} that do not stand alone")
    for label in result.missed:
        say(f"missed    {label.quote} = {label.value} {label.unit} {label.bound} {label.kind} in {label.context}")
    for figure in result.false:
        say(f"made up   {figure.id} {figure.quote} = {figure.value} {figure.unit} {figure.bound} {figure.kind}")
    if names:
        _tell_names(score_names(found.figures, read_names(names).get(found.report.source.sha256, [])))


def _tell_names(judged: NameScore) -> None:
    withheld, gone = len(judged.withheld), len(judged.gone)
    say(f"names     {len(judged.right)} right, {len(judged.wrong)} wrong, {withheld} withheld, {gone} not found")
    for figure, label in (*judged.wrong, *judged.withheld):
        sort = "wrong" if figure.subject else "withheld"
        say(f"{sort:<9} {figure.id} {figure.told} != {' / '.join(label.accepted)}")


def _score_all(write: bool) -> None:
    found = accuracy.measured(Path("tests"))
    if not found:
        raise click.ClickException("tests/labels.yml: no such file or no report; expected the checkout of baogao")
    for one in found:
        sort, tally = "seen" if one.seen else "unseen", one.all
        said = f"{tally.found} found, {tally.missed} missed, {tally.made_up} made up"
        say(f"{sort:<7} {_count(one.reports, 'report')}: {said}; subjects {one.subjects:.2f}")
        if names := one.names:
            verdicts = f"{names.fit} to print, {names.acceptable} acceptable, {names.wrong} wrong"
            say(f"names   {_count(names.figures, 'figure')} read blind: {names.named} named, {verdicts}")
    if write:
        accuracy.write(found)
        say(accuracy.RECORD.name, err=True)


@main.command()
def terms() -> None:
    """Tell of the terms that the reports of seeds/ use how many have a general definition and the document that lays it
    down, and for how many that document was looked up; then those without one."""
    used = [headword.term for headword in glossary(read_folder(*_seeds()).publications)]
    laid_down = [term for term in used if term.kind in LAID_DOWN]
    for name, some in ((", ".join(LAID_DOWN), laid_down), ("all", used)):
        sourced = [found for term in some if term.definition_zh and (found := authority(term.authority, LANGUAGES[0]))]
        read = sum(found.read for found in sourced)
        share = f"{len(sourced) / len(some):.1%}" if some else "-"
        say(f"{name}: {len(sourced)} of {len(some)} defined with a source ({share}), {read} of them looked up")
    lacking = [term.zh for term in laid_down if not term.authority]
    say(f"source not found: {len(lacking)}{''.join(f' {zh}' for zh in lacking)}")


@main.command()
@click.argument("files", nargs=-1, type=_FILE)
@click.option("--strict", is_flag=True, help="Let notes fail as well.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_quiet
def check(files: tuple[Path, ...], strict: bool, form: str, quiet: bool) -> None:
    """Tell what is wrong with the reports, those in seeds/ where none is given, and what is in doubt, with the line of
    the sidecar that corrects it. Exit 1 on an error. Under GitHub Actions as annotations too."""
    progress = _progress(quiet)
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
    _tell(shelf.findings)
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
    return read_folder(*_seeds(), watched=progress.reading)


def _annotation(finding: Finding) -> str:
    """A workflow command of GitHub Actions, which shows the finding at its line."""
    sort = "error" if is_error(finding) else "notice"
    line = f",line={finding.line}" if finding.line else ""
    path = _in_command(on_terminal(finding.path)).replace(":", "%3A").replace(",", "%2C")
    return f"::{sort} file={path}{line}::{_in_command(worded(finding, _language()))}"


def _in_command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then notes; each report by report, in the order of its lines."""
    return tuple(sorted(findings, key=lambda one: (not is_error(one), one.path, one.line)))


def _doubts(path: str, rows: Sequence[ProofRow]) -> Iterator[str]:
    """The doubts of a report, those of one sort together; then the lines of its sidecar that correct them, as they are
    pasted. What is not translated is one line, however much it is."""
    words, translating = _words(), [row for row in rows if row.sort is Sort.UNIT]
    for row in (row for row in rows if row.sort is not Sort.UNIT):
        yield f"{at(path, row.line)}: {row.id}  {row.says}  ({words(row.doubt)})"
    if translating:
        english = at(translation_path(Path(path)).as_posix())
        yield f"{english}: {words('check_untranslated', n=len(translating), first=translating[0].id)}"
    keys = [row.correction for row in rows if row.sort is Sort.METADATA and row.correction]
    items = [row.correction for row in rows if row.sort is Sort.FIGURE and row.correction]
    if keys or items:
        yield words("check_lines", file=at(Path(path).with_suffix(".yml").as_posix()))
        yield from (f"    {line}" for line in keys)
        yield from (f"    {line}" for line in (["figures:"] if items else []) + [f"  {item}" for item in items])


def _summary(reports: int, wrong: int, notes: int, doubts: int) -> str:
    """How many there are of each, and what to do next."""
    words = _words()
    counted = (("report", reports), ("error", wrong), ("note", notes), ("doubt", doubts))
    said = words("check_and").join(words.count(f"check_{name}", n) for name, n in counted)
    sort = "errors" if wrong else "doubts" if doubts else "notes" if notes else "clean"
    return f"{said}\n{words(f'check_next_{sort}')}"


def _doubt_record(path: str, row: ProofRow) -> dict[str, Any]:
    severity = "untranslated" if row.sort is Sort.UNIT else "doubt"
    said = {"file": path, "line": row.line or None, "severity": severity, "code": row.doubt.replace("_", "-")}
    return said | {"message": f"{row.id}: {row.says}: {Words(_language())(row.doubt)}", "correction": row.correction}


@main.command()
@click.argument("quoted", metavar="QUOTATION_OR_LINK")
@click.argument("files", nargs=-1, type=_FILE)
def verify(quoted: str, files: tuple[Path, ...]) -> None:
    """Tell where a quotation, or the sentence of a link, stands in the reports. Exit 1 unless it stands as given."""
    shelf = read_files([(file, file.as_posix()) for file in files]) if files else read_folder(*_seeds())
    _tell([finding for finding in shelf.findings if is_error(finding)])
    look_up = check_link if re.match(r"\S+#\S+$", quoted.strip()) else find
    verdict = look_up(quoted, shelf.publications)
    words = _words()
    say(words(f"verify_{verdict.kind}"))
    if verdict.kind is not Match.NONE:
        say(_where(verdict, shelf.publications))
        say(verdict.difference or verdict.text)
    if verdict.kind in (Match.NEAREST, Match.CHANGED, Match.NONE):
        raise SystemExit(1)


def _where(verdict: Verdict, publications: Sequence[Publication]) -> str:
    """seeds/report.txt:42: qinghe-2023#s1-3-1-2: the line of the file where the sentence begins, and its address."""
    report = next(one for one in publications if one.id == verdict.publication).report
    start = next(one.start for one in report.segments if one.id == verdict.anchor)
    return f"{at(report.source.path, report.source.line_at(start))}: {verdict.publication}#{verdict.anchor}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _finding_record(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.path,
        "line": finding.line or None,
        "severity": "error" if is_error(finding) else "note",
        "code": finding.code,
        "message": worded(finding, spoken(os.environ)),
    }


@main.command()
@click.argument("file", type=_FILE)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write, instead of stdout.")
def restore(file: Path, output: Path | None) -> None:
    """Give a report back, byte for byte, from the report.json of the site; of a page or a Word file its text."""
    shown = file.as_posix()
    try:
        data = records.restore(read_json("json-syntax", shown, text_of("json-syntax", shown, file.read_bytes())))
    except ReportError as error:
        _tell(error.findings)
        raise SystemExit(1) from error
    except ValueError as error:
        say(f"{at(shown)}: {error}", err=True)
        raise SystemExit(1) from error
    if output:
        output.write_bytes(data)
    elif sys.stdout.isatty():
        say(data.decode(errors="replace"))
    else:
        sys.stdout.buffer.write(data)


@main.command("pages")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@_quiet
def write_pages(out: Path, quiet: bool) -> None:
    """Write the Markdown and the static files that MkDocs gets, reports of seeds/ and pages of docs/, into a folder."""
    progress = _progress(quiet)
    shelf: Shelf = read_folder(*_seeds(), watched=progress.reading)
    _tell(shelf.findings)
    for file in elsewhere(shelf.publications, _files_of(Path("docs")), accuracy.recorded(), progress.writing):
        target = out / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    if errors(shelf.findings):
        raise SystemExit(1)


def _files_of(folder: Path) -> list[File]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [File(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]
