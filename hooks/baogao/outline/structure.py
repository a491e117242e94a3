"""Source, what a person says of its headings -> Report: nodes open where the rules miss them, none where they err."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Finding, HeadingCorrection, Report, ReportError, Source
from .tree import Corrections, outline


def restructured(source: Source, printed: str, said: Sequence[HeadingCorrection], path: str) -> Report:
    """The outline as corrected. `printed`: the text as people see it, which is of the same length; `path`: of the file
    that says it. Raises ReportError with every correction that no
    longer fits: its words do not stand on its line, or what it strikes is no heading."""
    plain = outline(source)
    if not said:
        return plain
    ids = {section.start: section.id for section in plain.walk()}
    placed = [(one, _place(source, printed, one)) for one in said]
    wrong = [finding for one, at in placed if (finding := _misfit(source, printed, one, at, at in ids, path))]
    if wrong:
        raise ReportError(*wrong)
    return outline(source, Corrections({at: one.level for one, at in placed}, ids))


def _place(source: Source, printed: str, one: HeadingCorrection) -> int:
    """Where the words stand on their line; -1 where they do not."""
    found = (printed.find(one.quote, line.start, line.end) for line in source.own if line.number == one.line)
    return next(found, -1)


def _misfit(source: Source, printed: str, one: HeadingCorrection, at: int, opens: bool, path: str) -> Finding | None:
    if at < 0:
        lines = (printed[line.start : line.end] for line in source.own if line.number == one.line)
        return Finding("correction-heading", path, one.at, f"{one.line}: {one.quote}", next(lines, "-"))
    return (
        Finding("correction-no-heading", path, one.at, f"{one.line}: {one.quote}") if one.strike and not opens else None
    )
