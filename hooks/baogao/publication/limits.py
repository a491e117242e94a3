"""Report, Figures -> a refusal where there is more of a thing than a site can be built of while a person waits.

Several times what reports have: of 300 that were counted the largest has a line of 2,800 characters, 145 sections,
1,043 passages and 1,258 figures. Pages, and the time they take, grow with each of them.
"""

from __future__ import annotations

from ..ids import page_of
from ..model import Figure, Finding, Report, ReportError, Source

LONGEST_LINE = 30_000  # characters; a page that was saved without line ends is one line
MOST_PAGES = 600  # sections and subsections, each of which has its own
MOST_PASSAGES = 12_000  # headings, sentences and rows
MOST_FIGURES = 4_000


def check_lines(source: Source) -> None:
    """Raises ReportError (limit-line) of the first line that is too long."""
    for line in source.body:
        _check("limit-line", source.path, line.number, line.end - line.start, LONGEST_LINE)


def check_passages(report: Report) -> None:
    """Raises ReportError (limit-pages, limit-passages)."""
    pages = sum(page_of(section.id) == section.id for section in report.walk())
    passages = sum(bool(segment.id) for segment in report.segments)
    _check("limit-pages", report.source.path, 0, pages, MOST_PAGES)
    _check("limit-passages", report.source.path, 0, passages, MOST_PASSAGES)


def check_figures(report: Report, figures: tuple[Figure, ...]) -> None:
    """Raises ReportError (limit-figures)."""
    _check("limit-figures", report.source.path, 0, len(figures), MOST_FIGURES)


def _check(code: str, path: str, line: int, met: int, most: int) -> None:
    if met > most:
        raise ReportError(Finding(code, path, line, f"{met:,}", f"{most:,}"))
