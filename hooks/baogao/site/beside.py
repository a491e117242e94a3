"""Publications -> what a site has beside its pages: schemas, feeds, sheets of paper, what is here for models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..export import records
from ..export.feeds import feeds
from ..folding import displayed
from ..ids import FULL, LANGUAGES
from ..publication.publication import Publication
from ..rules import load
from ..wording import addresses
from ..wording.names import Names
from ..wording.words import Words
from . import sheets
from .page import File, static

SCHEMAS = ("figures", "page", "report", "indicator")  # of rules/schemas.yml


def files_beside(publications: Sequence[Publication]) -> Iterator[File]:
    """All of it, in a fixed order."""
    schemas = {name: load("schemas")[name] for name in SCHEMAS} | {"sidecar": load("sidecar")}
    yield from (static(addresses.schema(name), records.dumps(schema).encode()) for name, schema in schemas.items())
    yield from (static(path, content.encode()) for path, content in feeds(publications))
    yield from (sheets.of_site(language) for language in LANGUAGES)
    yield static("llms.txt", _for_models(publications).encode())


def _for_models(publications: Sequence[Publication]) -> str:
    """llms.txt (llmstxt.org): what is here, and where it stands as plain Markdown."""
    words = Words("en")
    lines = [f"# {words('feed_title')}", "", f"> {words('site_line')} {words('llms_says')}", ""]
    for publication in publications:
        names = Names(publication, LANGUAGES[0])
        lines.append(f"- [{_link_text(names.title())}]({names.path(FULL, 'md')}): {publication.id}, zh")
        if publication.translation.begun:
            english = Names(publication, LANGUAGES[1])
            lines.append(f"- [{_link_text(english.title())}]({english.path(FULL, 'md')}): {publication.id}, en")
    return "\n".join(lines) + "\n"


def _link_text(title: str) -> str:
    """A title in the brackets of a link of plain Markdown, on its line."""
    return re.sub(r"([\\\[\]])", r"\\\1", " ".join(displayed(title).split()))
