"""The commands of baogao. Data on stdout, messages on stderr; exit 1 where a report cannot be published."""

from __future__ import annotations

import errno
import os
from typing import Any

import click

from . import __version__
from .check_command import check
from .commands import tell
from .corpus_commands import corpus, publish
from .folder_commands import add, new_site, terms, verify, write_pages
from .model import Finding
from .report_commands import figures, outline, restore, score
from .spoken import SpokenGroup
from .terminal import speak_utf8
from .translation_commands import import_translation, write_translation


class _Main(SpokenGroup):
    """Tells in one line what the system refuses: a folder that may not be written to, a full disk."""

    def invoke(self, ctx: click.Context) -> Any:
        """Exit 1 then. A pipe that nobody reads any more is click's to end."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE or error.filename is None:
                raise
            tell([Finding("system-refuses", os.fsdecode(error.filename), 0, error.strerror or str(error))])
            raise SystemExit(1) from error


@click.group("main", cls=_Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="baogao")
@click.option(
    "--seeds", default="seeds", show_default=True, help="The folder of reports; same as the plugin option seeds."
)
@click.pass_context
def main(context: click.Context, seeds: str) -> None:
    """Turn Chinese government annual reports into a site."""
    speak_utf8()
    context.obj = seeds


for command in (
    new_site, add, outline, figures, write_translation, import_translation, score, terms, check, verify, restore,
    write_pages, corpus, publish,
):  # fmt: skip
    main.add_command(command)
