"""Publication -> what is wrong with its English, told with the line of its PO."""

from __future__ import annotations

from ..model import Finding
from ..translation.checks import problems
from ..translation.po import METADATA, State
from .publication import Publication


def translation_findings(publication: Publication) -> list[Finding]:
    """What is wrong with a report's English: a note for each problem of each unit that is shown."""
    translation, text = publication.translation, publication.report.source.text
    shown = {segment.id: text[segment.start : segment.end] for segment in publication.report.segments if segment.id}
    shown |= {figure.id: figure.subject for figure in publication.figures}
    shown |= {f"m-{name}": publication.given(name) for name in METADATA}
    return [
        Finding(
            f"translation-{problem.slip}",
            translation.path,
            entry.line,
            problem.met,
            problem.expected,
            id_,
            (entry.source, entry.english),
        )
        for id_, entry in (translation.entries or {}).items()
        if entry.state is not State.CHANGED and shown.get(id_) == entry.source
        for problem in problems(entry.source, entry.english, publication.terms)
    ]
