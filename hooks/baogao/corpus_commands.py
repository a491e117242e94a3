"""baogao corpus, baogao publish: the commands for reports by the thousand, to tables and to a site.

What they take is imported once one of them runs: without the extra baogao[corpus] all others work as before.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, reduce
from pathlib import Path
from typing import Any

import click

from .messages import spoken, worded
from .model import Finding, ReportError
from .progress import Progress
from .spoken import SpokenCommand, SpokenGroup
from .terminal import put, say
from .wording.words import Words

_Command = Callable[..., Any]
_FOLDER = click.Path(file_okay=False, path_type=Path)


@contextmanager
def _telling() -> Iterator[None]:
    """What is wrong is told in a line, and the exit is 1."""
    try:
        yield
    except ModuleNotFoundError as error:
        _tell(Finding("corpus-extra", "baogao", 0, error.name or str(error)))
        raise SystemExit(1) from error
    except ReportError as error:
        for finding in error.findings:
            _tell(finding)
        raise SystemExit(1) from error


def _tell(finding: Finding) -> None:
    say(worded(finding, spoken(os.environ)), err=True)


def _at_work(task: str, seconds: float, megabytes: int) -> Callable[[_Command], _Command]:
    """Where and within what bounds the tasks of a run are done: the same options for every command that runs them."""
    options = (
        click.option(
            "--scheduler",
            default="",
            help="The address of a dask scheduler, tcp://...; by default the work is done here.",
        ),
        click.option(
            "--workers", type=click.IntRange(1), help="Number of processes on this machine; by default one per core."
        ),
        click.option(
            "--seconds",
            type=click.FloatRange(min=0, min_open=True),
            default=seconds,
            show_default=True,
            help=f"Processor seconds allowed for one {task}; ten times as many by the clock.",
        ),
        click.option(
            "--megabytes",
            type=click.IntRange(200),
            default=megabytes,
            show_default=True,
            help="Memory allowed for one process, in MB.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Do not report progress."),
    )
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)


@click.group(cls=SpokenGroup)
def corpus() -> None:
    """Turn thousands of reports into tables, and query them in SQL. Needs the extra baogao[corpus]."""


@corpus.command()
@click.argument("folders", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=_FOLDER,
    required=True,
    help="The folder of the tables; tables already there are brought up to date.",
)
@_at_work("file", seconds=120, megabytes=768)
def build(
    folders: tuple[str, ...],
    output: Path,
    scheduler: str,
    workers: int | None,
    seconds: float,
    megabytes: int,
    quiet: bool,
) -> None:
    """Read every report in the folders and their subfolders into tables: Parquet by kind and year. It can be stopped at
    any time; the next run resumes where it left off. Files that have not changed are not read again, and a file that
    cannot be read is a row of errors."""
    with _telling():
        from .corpus.build import Order
        from .corpus.build import build as made
        from .corpus.guarded import Limits

        order = Order(folders, output, scheduler, workers or 0, Limits(seconds, megabytes))
        done = made(order, Progress(None if quiet else partial(say, err=True)).building)
        words = Words(spoken(os.environ))
        click.echo(
            words("corpus_built", files=done.files, anew=done.understood, reports=done.reports, wrong=len(done.errors))
        )


@corpus.command()
@click.argument("sql")
@click.option(
    "-c", "--corpus", "folder", type=_FOLDER, default="corpus", show_default=True, help="The folder of the tables."
)
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def query(sql: str, folder: Path, form: str) -> None:
    """Query the tables with one SELECT: reports, sections, sentences, figures, instruments, links, notes, errors,
    codes. Nothing else is read, and nothing is written."""
    with _telling():
        from .corpus.query import as_csv, as_json, as_table, ask

        printed = {"table": as_table, "csv": as_csv, "json": as_json}[form]
        for line in printed(ask(folder, sql)):
            put(line)


@click.command(cls=SpokenCommand)
@click.argument("folder", type=_FOLDER)
@click.option("-o", "--output", type=_FOLDER, default="site", show_default=True, help="The folder of the site.")
@click.option(
    "--by",
    type=click.Choice(["province", "year", "kind"]),
    default="province",
    show_default=True,
    help="How the reports are divided into shards, each a folder of the site.",
)
@click.option(
    "-f",
    "--config-file",
    "settings",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default="mkdocs.yml",
    show_default=True,
    help="The settings of the site, as for mkdocs build.",
)
@_at_work("shard", seconds=3600, megabytes=4000)
def publish(
    folder: Path,
    output: Path,
    by: str,
    settings: Path,
    scheduler: str,
    workers: int | None,
    seconds: float,
    megabytes: int,
    quiet: bool,
) -> None:
    """Make a site of thousands of reports: FOLDER is a corpus that baogao corpus build made; the files it was made of
    must still be where they were. Each province is a site of its own, built again only where something in it has
    changed; one front has the home page, the finder, places, indicators, and the search over all reports."""
    with _telling():
        from .corpus.guarded import Limits
        from .publishing import PublishOrder
        from .publishing import publish as published

        order = PublishOrder(folder, output, by, settings, scheduler, workers or 0, Limits(seconds, megabytes))
        done = published(order, Progress(None if quiet else partial(say, err=True)).publishing)
        for finding in done.findings:
            _tell(finding)
        for line in done.said:
            say(line, err=True)
        click.echo(Words(spoken(os.environ))("site_published", shards=done.shards, anew=done.built, site=output))
        if done.findings or done.said:
            raise SystemExit(1)
