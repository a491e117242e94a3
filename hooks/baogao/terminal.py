"""What the command line prints: no text of a report, and no name of a file, moves a terminal."""

from __future__ import annotations

import sys

import click

from .folding import on_terminal


def say(text: str = "", err: bool = False) -> None:
    """A line for people."""
    click.echo(on_terminal(text), err=err)


def put(data: str) -> None:
    """Data for programs, which has its own line ends: as it is where it goes to a file or a program."""
    seen = sys.stdout.isatty()
    click.echo(on_terminal(data) if seen else data, nl=False, color=True)  # colour: click takes nothing out by itself
