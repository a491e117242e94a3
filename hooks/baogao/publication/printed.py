"""A report that was understood in simplified characters -> the same in the characters it is printed in.

Offsets are those of the text as printed all along (simplified.py): what was cut out of the one text is cut out of the
other. Names that the program makes of a figure's words stay as it made them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..model import Figure, Printed, Report, Section, Sentence, Source


def as_printed(report: Report, source: Source) -> Report:
    """The report with what its source prints."""
    text = source.text
    return replace(
        report,
        source=source,
        preamble=_sentences(report.preamble, text),
        sections=tuple(_section(section, text) for section in report.sections),
        annex=_sentences(report.annex, text),
    )


def _section(section: Section, text: str) -> Section:
    heading = section.heading
    return replace(
        section,
        numeral=text[section.start : section.start + len(section.numeral)],
        heading=heading and Printed(text[heading.start : heading.end], heading.start, heading.end),
        sentences=_sentences(section.sentences, text),
        sections=tuple(_section(one, text) for one in section.sections),
    )


def _sentences(sentences: Iterable[Sentence], text: str) -> tuple[Sentence, ...]:
    return tuple(replace(one, text=text[one.start : one.end]) for one in sentences)


def figures_printed(figures: Iterable[Figure], text: str) -> tuple[Figure, ...]:
    """Figures with what the text prints of each, and of its clause."""
    return tuple(
        replace(
            one,
            quote=text[one.start : one.end],
            clause=one.clause and Printed(text[one.clause.start : one.clause.end], one.clause.start, one.clause.end),
        )
        for one in figures
    )
