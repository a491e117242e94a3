"""A report -> its parts, each with its share of the text and the number of its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ..ids import FULL
from ..wording.here import Here
from ..wording.marks import escape
from ..wording.names import Names, Said


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a report."""

    name: Said
    link: Markup
    share: int  # of the text, in per cent
    says: str


def parts(names: Names, here: Here) -> Iterator[PartRow]:
    """The sections, and before them what opens the report; nothing where it has none with a page of their own."""
    preamble, publication = names.report.preamble, names.publication
    own = [part for part in names.items.parts if part.id in publication.layout.pages]
    found = [(one.section.start, one.section.end, names.heading_said(one), one.id) for one in own]
    if found and preamble:
        first, last = preamble[0], preamble[-1]
        found.insert(0, (first.start, last.end, Said(escape(names.words("opening"))), FULL))
    for start, end, name, page in found:
        share = round(100 * sum(not c.isspace() for c in names.text[start:end]) / publication.characters)
        count = sum(start <= figure.start < end for figure in publication.figures)
        figures = names.words.count("count_figures", count) if count else ""
        said = names.words("part_share", share=share)
        yield PartRow(name, here.page_link(names, page), share, " · ".join(filter(None, (said, figures))))
