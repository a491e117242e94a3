"""A page's data: its address with another ending. JSON for programs, Markdown and plain text, CSV of figures.

The shapes of the JSON files are rules/schemas.yml, which the site publishes as schema/*.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .. import __version__
from ..ids import text_hash
from ..model import Figure
from ..wording.names import Names
from .records import SCHEMA_VERSION, dumps, figure_record, figures_csv


def about(names: Names) -> dict[str, Any]:
    """What every JSON file says of itself."""
    return {
        "schema_version": SCHEMA_VERSION,
        "version": __version__,
        "report": names.publication.id,
        "sha256": names.report.source.sha256,
    }


def endings(
    names: Names, page: str, title: str, anchors: Sequence[str], figures: Sequence[Figure]
) -> Iterator[tuple[str, str]]:
    """(ending, content) of a page that shows these headings, sentences and rows, with these figures."""
    said = [_passage(names, anchor) for anchor in anchors]
    record = about(names) | {
        "language": names.language,
        "page": page,
        "title": title,
        "passages": said,
        "figures": [figure_record(figure) for figure in figures],
    }
    yield "json", dumps(record)
    yield "md", _lines(names, title, said, "#")
    yield "txt", _lines(names, title, said, "")
    if figures:
        yield "csv", figures_csv(figures)


def _passage(names: Names, anchor: str) -> dict[str, Any]:
    start, end = names.spans[anchor]
    source = names.text[start:end]
    english = names.translation.english(anchor, source)
    return {
        "id": anchor,
        "kind": "heading" if anchor.startswith("h") else "sentence",
        "text": english or source,
        "language": names.language if english or not names.lang else "zh",
        "hash": text_hash(source),
    }


def _lines(names: Names, title: str, said: Sequence[dict[str, Any]], sign: str) -> str:
    """Title, then a block a heading or paragraph; `sign` before a heading, once more for each level below the title."""
    blocks: list[str] = [f"{sign} {title}".strip()]
    last, gap = None, " " if names.lang else ""
    for one in said:
        if one["kind"] == "heading":
            level = one["id"].count("-") + 2
            blocks.append(f"{sign * level} {one['text']}".strip())
            last = None
            continue
        paragraph = names.paragraphs.get(one["id"])
        if paragraph is not None and paragraph == last:
            blocks[-1] += gap + one["text"]
        else:
            blocks.append(one["text"])
        last = paragraph
    return "\n\n".join(blocks) + "\n"
