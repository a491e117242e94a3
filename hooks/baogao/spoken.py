"""Commands of click with their help in the language of the machine: in English as the code says it, in Chinese by
rules/help.yml.

click has no Chinese of its own. Nothing of a command is changed: its help is put in place while it is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from .messages import spoken
from .rules import load


def _chinese() -> bool:
    return spoken(os.environ) == "zh"


def _words(command: click.Command) -> dict[str, Any]:
    rows: dict[str, dict[str, Any]] = load("help")["commands"]
    return rows[command.name or "main"]


class SpokenCommand(click.Command):
    """A command that tells its help in the language of the machine."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """One line of the list of commands."""
        return str(_words(self)["help"]).partition("。")[0] if _chinese() else super().get_short_help_str(limit)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, what it does, its options."""
        with self._in_chinese(ctx) if _chinese() else _as_it_is():
            super().format_help(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of its arguments."""
        prefix = load("help")["headings"]["usage"] if _chinese() else None
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of its options, and of its commands where it has any."""
        with _headings(formatter) if _chinese() else _as_it_is():
            super().format_options(ctx, formatter)

    @contextmanager
    def _in_chinese(self, ctx: click.Context) -> Iterator[None]:
        words, common = _words(self), load("help")["options"]
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        before, self.help = self.help, words["help"]
        helps = [one.help for one in options]
        for one in options:
            name = one.opts[-1].lstrip("-")  # of those it may be called by the long one
            one.help = words.get("options", {}).get(name) or common[name]
        try:
            yield
        finally:
            self.help = before
            for one, said in zip(options, helps, strict=True):
                one.help = said


class SpokenGroup(SpokenCommand, click.Group):
    """A group of such commands."""

    command_class = SpokenCommand


@contextmanager
def _as_it_is() -> Iterator[None]:
    yield


@contextmanager
def _headings(formatter: click.HelpFormatter) -> Iterator[None]:
    """The words over click's tables in Chinese."""
    known, own = load("help")["headings"], formatter.write_heading
    formatter.write_heading = lambda heading: own(known.get(heading.casefold(), heading))  # type: ignore[method-assign]
    try:
        yield
    finally:
        formatter.write_heading = own  # type: ignore[method-assign]
