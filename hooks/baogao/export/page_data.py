"""A page's data: its address with another ending. JSON for programs, Markdown and plain text, CSV of figures.

The shapes of the JSON files are rules/schemas.yml, which the site publishes as schema/*.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .. import __version__
from ..ids import text_hash
from ..model import Figure, Part
from ..outline.layout import Anchored, BlockKind, PageBlocks
from ..wording.names import Names
from .figure_records import figure_record, figures_csv
from .records import SCHEMA_VERSION, dumps, for_excel, page_of


def about(names: Names) -> dict[str, Any]:
    """What every JSON file says of itself."""
    return {
        "schema_version": SCHEMA_VERSION,
        "version": __version__,
        "report": names.publication.id,
        "sha256": names.report.source.sha256,
    }


def endings(names: Names, page: PageBlocks, title: str, figures: Sequence[Figure]) -> Iterator[tuple[str, str]]:
    """(ending, content) of a page of the report, with the figures that stand on it."""
    said = {piece.id: _passage(names, piece) for piece in page.pieces}
    record = about(names) | {
        "language": names.language,
        "page": page.name,
        "title": title,
        "passages": [*said.values()],
        "figures": [figure_record(figure, names.report.source) for figure in figures],
    }
    yield "json", dumps(record)
    texts = {id_: one["text"] for id_, one in said.items()}
    yield "md", _lines(names, page, title, texts, "#")
    yield "txt", _lines(names, page, title, texts, "")
    if figures:
        yield "csv", for_excel(figures_csv(names.report, figures, names.language))


def _passage(names: Names, piece: Anchored) -> dict[str, Any]:
    english = names.translation.english(piece.id, piece.text)
    return {
        "id": piece.id,
        "kind": "heading" if piece.part is Part.HEADING else "sentence",
        "text": english or piece.text,
        "language": names.language if english or not names.lang else "zh",
        "hash": text_hash(piece.text),
        **page_of(names.report.source, piece.start),
    }


def _lines(names: Names, page: PageBlocks, title: str, texts: Mapping[str, str], sign: str) -> str:
    """The title, then a line a heading, paragraph or row, empty lines between; `sign` before a heading, once for each
    level. A page of a section opens with its heading, which is its title."""
    blocks = [f"{sign} {_own_title(names, page, texts) or title}".strip()]
    gap = " " if names.lang else ""
    for block in page.flow:
        said = [texts[piece.id] for piece in block.pieces]
        if block.kind is BlockKind.HEADING:
            blocks.append(f"{sign * block.depth} {said[0]}".strip())
        elif block.kind is BlockKind.PARAGRAPH:
            blocks.append(gap.join(said))
        else:
            blocks += said
    return "\n\n".join(blocks) + "\n"


def _own_title(names: Names, page: PageBlocks, texts: Mapping[str, str]) -> str:
    """The heading of a page as printed, its stop included; in English behind its number, as on the page."""
    if not page.head or not page.head.item:
        return ""
    number, said = names.shown_number(page.head.item), texts[page.head.pieces[0].id]
    return f"{number} · {said}" if number else said
