"""A section's page -> the page that sets its Chinese and its English side by side, sentence by sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ..ids import node_of, text_hash
from ..model import Part
from ..outline.items import Item
from ..outline.layout import Anchored
from ..translation.alignment import aligned
from ..translation.po import State
from ..wording.locators import in_digits
from ..wording.marks import Mark, escape, mark
from ..wording.names import Said
from .running_text import RunningText


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """What the tools of a sentence say of it."""

    hash: str  # of the Chinese
    place: str  # where it stands, in words
    page: str  # of the file received, in words; empty where that has no pages


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence or heading, in Chinese and in English."""

    id: str
    chinese: Markup
    english: Said  # in Chinese again where there is none
    heading: bool
    number: str = ""  # of a heading, put before its English, which has no numeral
    sentence: ShownPlace | None = None  # of a sentence, which can be quoted and cited


def values(text: RunningText, item: Item) -> dict[str, Any]:
    """What the template gets; `text`: the section's, seen from this page."""
    names, here, page = text.names, text.here, text.page
    return {
        "title_said": names.heading_said(item),
        "notices": (*names.scan_notices(), names.translation_notice()),
        "single": here.page_link(names, page.name),
        "langs": ("zh-Hans", "") if names.lang else ("", "en"),
        "rows": [_pair(text, piece) for piece in page.pieces],
    }


def _pair(text: RunningText, piece: Anchored) -> Pair:
    names, here = text.names, text.here
    figures, translation = names.by_sentence.get(piece.id, []), names.publication.translation

    def marked(said: str, places: Mapping[str, tuple[int, int]], english: str = "") -> Markup:
        marks = []
        for figure in figures:
            if figure.id in places:
                link, (note, how) = here.page_link(names, piece.page, figure.id), text.note(figure)
                # the Chinese has the addresses
                marks.append(Mark(*places[figure.id], "figure", link, note, "" if english else figure.id, how))
        titles = names.titles(piece.id, english) if english else []
        return mark(said, [*marks, *text.terms(piece, piece.start, piece.end, english, marks), *titles])

    places = {figure.id: (figure.start - piece.start, figure.end - piece.start) for figure in figures}
    chinese = marked(piece.text, places)
    english = translation.english(piece.id, piece.text)
    if english:
        said = Said(marked(english, aligned(figures, english), english))
    else:
        changed = translation.state(piece.id, piece.text) is State.CHANGED
        said = Said(escape(piece.text), "zh-Hans", names.words("unit_changed" if changed else "unit_untranslated"))
    heading = piece.part is Part.HEADING
    number = in_digits(node_of(piece.id)) if heading and english else ""
    return Pair(piece.id, chinese, said, heading, number, _place(text, piece) if piece.part is Part.SENTENCE else None)


def _place(text: RunningText, piece: Anchored) -> ShownPlace:
    return ShownPlace(text_hash(piece.text), text.names.place(piece.id), text.page_received(piece))
