"""A section's page -> the page that sets its Chinese and its English side by side, sentence by sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ..folding import displayed
from ..ids import node_of
from ..model import Part
from ..outline.items import Item
from ..outline.layout import Anchored, PageBlocks
from ..translation.alignment import aligned
from ..translation.po import State
from ..wording.here import Here
from ..wording.locators import in_digits
from ..wording.marks import Mark, escape, mark
from ..wording.names import Names, Said


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence or heading, in Chinese and in English."""

    id: str
    chinese: Markup
    english: Said  # in Chinese again where there is none
    heading: bool
    number: str = ""  # of a heading, put before its English, which has no numeral


def values(names: Names, here: Here, page: PageBlocks, item: Item) -> dict[str, Any]:
    """What the template gets."""
    return {
        "title_said": names.heading_said(item),
        "notices": (*names.scan_notices(), names.translation_notice()),
        "single": here.page_link(names, page.name),
        "langs": ("zh-Hans", "") if names.lang else ("", "en"),
        "rows": [_pair(names, here, piece) for piece in page.pieces],
    }


def _pair(names: Names, here: Here, piece: Anchored) -> Pair:
    figures, translation = names.by_sentence.get(piece.id, []), names.publication.translation

    def marked(text: str, places: Mapping[str, tuple[int, int]], titles: Sequence[Mark] | None = None) -> Markup:
        marks = [
            Mark(
                *places[figure.id],
                "figure",
                here.page_link(names, piece.page, figure.id),
                displayed(names.note(figure)),
                figure.id if titles is None else "",  # the Chinese has the addresses
            )
            for figure in figures
            if figure.id in places
        ]
        return mark(text, [*marks, *(titles or ())])

    places = {figure.id: (figure.start - piece.start, figure.end - piece.start) for figure in figures}
    chinese = marked(piece.text, places)
    english = translation.english(piece.id, piece.text)
    if english:
        said = Said(marked(english, aligned(figures, english), names.titles(piece.id, english)))
    else:
        changed = translation.state(piece.id, piece.text) is State.CHANGED
        said = Said(escape(piece.text), "zh-Hans", names.words("unit_changed" if changed else "unit_untranslated"))
    heading = piece.part is Part.HEADING
    return Pair(piece.id, chinese, said, heading, in_digits(node_of(piece.id)) if heading and english else "")
