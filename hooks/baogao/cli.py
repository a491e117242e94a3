"""The commands of baogao. Data on stdout, messages on stderr; exit 1 where a report cannot be published."""

from __future__ import annotations

import click

from . import __version__
from .check_command import check
from .corpus_commands import corpus
from .folder_commands import add, new_site, terms, verify, write_pages
from .report_commands import figures, outline, restore, score
from .spoken import SpokenGroup
from .terminal import speak_utf8
from .translation_commands import import_translation, write_translation


@click.group("main", cls=SpokenGroup, context_settings={"help_option_names": ["-h", "--help"]})
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
    write_pages, corpus,
):  # fmt: skip
    main.add_command(command)
