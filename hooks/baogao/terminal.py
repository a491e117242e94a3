"""What the command line prints: no text of a report, and no name of a file, moves a terminal."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from .folding import on_terminal


def speak_utf8() -> None:
    """What goes to a file or a program is UTF-8 with its own line ends on any system; a terminal has its encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", newline="\n")


def say(text: str = "", err: bool = False) -> None:
    """A line for people."""
    click.echo(on_terminal(text), err=err)


def put(data: str) -> None:
    """Data for programs, which has its own line ends: as it is where it goes to a file or a program."""
    seen = sys.stdout.isatty()
    click.echo(on_terminal(data) if seen else data, nl=False, color=True)  # colour: click takes nothing out by itself
