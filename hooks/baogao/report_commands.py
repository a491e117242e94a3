"""baogao outline, figures, score, restore: what a report, or a file of its data, is asked for."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from .commands import FILE, read_telling, tell
from .export import figure_records, records
from .figures.score import NameScore, read_labels, read_names, score_names
from .figures.score import score as score_of
from .handwritten import read_json, text_of
from .messages import at
from .model import ReportError
from .publication import accuracy
from .publication.publication import understand
from .spoken import SpokenCommand
from .terminal import put, say


@click.command(cls=SpokenCommand)
@click.argument("file", type=FILE)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def outline(file: Path, form: str) -> None:
    """Print the numbered tree of a report, and what the page says about it."""
    publication = read_telling(file)
    record = records.outline_record(publication)
    if form == "json":
        put(records.dumps(record))
        return
    for name, said in record["report"].items():
        say(f"{name:<10} {said['text'] if said else '-'}")
    for item in publication.items:
        role = "" if item.above else f"  [{item.section.role}]"
        say(f"{'  ' * (item.depth - 1)}{item.id:<10} {item.label}{role}")


@click.command(cls=SpokenCommand)
@click.argument("file", type=FILE)
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl", "json", "csv"]), default="text", show_default=True
)
def figures(file: Path, form: str) -> None:
    """Print the figures a report states, one per line."""
    publication = read_telling(file)
    if form == "csv":
        put(figure_records.figures_csv(publication.report, publication.figures))
    elif form == "json":
        put(figure_records.figures_json(publication))
    elif form == "jsonl":
        for figure in publication.figures:
            record = figure_records.figure_record(figure, publication.report.source)
            put(json.dumps(record, ensure_ascii=False) + "\n")
    else:
        for figure in publication.figures:
            say(f"{figure.id:<16} {figure.quote}\t{figure.told}")


@click.command(cls=SpokenCommand)
@click.argument("labels", type=FILE, required=False)
@click.argument("file", type=FILE, required=False)
@click.option(
    "--names", "names", type=FILE, help="Compare with the names that a reader accepts (such as tests/names.jsonl)."
)
@click.option(
    "--write", is_flag=True, help="Record the results against all labels, for the accuracy page of every site."
)
def score(labels: Path | None, file: Path | None, names: Path | None, write: bool) -> None:
    """Compare the figures of a report with labels made by hand (JSON Lines), and print what differs; without arguments,
    do so for all reports that tests/labels.yml lists."""
    try:
        if labels is None:
            _score_all(write)
        elif file is None or write:
            raise click.UsageError("expected LABELS and FILE, or neither, then perhaps --write")
        else:
            _score_one(labels, file, names)
    except ReportError as error:
        tell(error.findings)
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
        for names in one.names:
            verdicts = f"{names.fit} to print, {names.acceptable} acceptable, {names.wrong} wrong"
            of = " of invented reports" if names.invented else ""
            say(f"names   {_count(names.figures, 'figure')}{of} read blind: {names.named} named, {verdicts}")
    if write:
        accuracy.write(found)
        say(accuracy.RECORD.name, err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@click.command(cls=SpokenCommand)
@click.argument("file", type=FILE)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write, instead of stdout.")
def restore(file: Path, output: Path | None) -> None:
    """Restore a report, byte for byte, from the report.json of the site; for a file of any format but text, restore
    the text extracted."""
    shown = file.as_posix()
    try:
        data = records.restore(read_json("json-syntax", shown, text_of("json-syntax", shown, file.read_bytes())))
    except ReportError as error:
        tell(error.findings)
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
