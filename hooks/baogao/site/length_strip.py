"""A report -> the strip that shows how long each part is and where its figures stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ..ids import OVERVIEW
from ..wording.marks import escape
from ..wording.names import Here, Names, Said


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the length strip, in thousandths of the text."""

    name: Said
    link: Markup
    start: int
    width: int
    says: str


def ticks(names: Names) -> tuple[int, ...]:
    """Where the figures stand, in thousandths of the text."""
    return tuple(_thousandth(names, figure.start) for figure in names.publication.figures)


def stretches(names: Names, here: Here) -> Iterator[Stretch]:
    """The sections, and before them what opens the report."""
    report, publication = names.report, names.publication
    sections = [section for section in report.sections if section.id in publication.layout.pages]
    parts = [(s.start, s.end, names.heading_said(s), s.id, "") for s in sections]
    if parts and report.preamble:
        first, last = report.preamble[0], report.preamble[-1]
        parts.insert(0, (first.start, last.end, Said(escape(names.words("opening"))), OVERVIEW, "opening"))
    characters = publication.characters
    for begin, stop, name, page, anchor in parts:
        share = round(100 * sum(not c.isspace() for c in names.text[begin:stop]) / characters)
        count = sum(begin <= figure.start < stop for figure in publication.figures)
        start, end = _thousandth(names, begin), _thousandth(names, stop)
        says = names.words("strip_text", share=share, figures=names.words.count("count_figures", count))
        yield Stretch(name, here.page_link(names, page, anchor), start, max(1, end - start - 2), says)


def _thousandth(names: Names, offset: int) -> int:
    """Where an offset stands in the report's own text, in thousandths."""
    own = names.report.source.body
    return max(0, min(1000, 1000 * (offset - own[0].start) // (own[-1].end - own[0].start)))
