"""Report, Figures -> a refusal where there is more of a thing than a site can be built of while a person waits.

Of the 300 and 70 reports that were counted the largest has a line of 2,800 characters, 145 sections, 1,043 passages and
1,258 figures, and none has much of all. Pages, and the time they take, grow with each of them: of a report at one of
these limits, or with parts of them that make up a whole, a site is built in some 20 seconds of the processor: measured
on two cores busy with other work, 220 sections and subsections took 9 seconds, 1,800 figures 12, and 4,700 passages of
much the same words, each with all the links a passage may have, 23.
"""

from __future__ import annotations

from ..ids import page_of
from ..model import Figure, Finding, Report, ReportError, Source
from ..readers.whereabouts import Taken

LONGEST_LINE = 30_000  # characters; a page that was saved without line ends is one line
MOST_PAGES = 250  # sections and subsections, each of which has its own
MOST_PASSAGES = 5_000  # headings, sentences and rows
MOST_FIGURES = 2_000
MOST_TOGETHER = 1.0  # of the parts of each limit, added up


def check_lines(source: Source) -> None:
    """Raises ReportError (limit-line) of the first line that is too long."""
    for line in source.body:
        if (met := line.end - line.start) > LONGEST_LINE:
            told = _refusal("limit-line", source.path, met, LONGEST_LINE, line.number)
            raise ReportError(*Taken.of(source).told(source.path, [told]))


def check_passages(report: Report) -> None:
    """Raises ReportError (limit-pages, limit-passages)."""
    pages, passages = _counted(report)
    _check("limit-pages", report.source.path, pages, MOST_PAGES)
    _check("limit-passages", report.source.path, passages, MOST_PASSAGES)


def check_figures(report: Report, figures: tuple[Figure, ...]) -> None:
    """Raises ReportError (limit-figures, limit-together)."""
    _check("limit-figures", report.source.path, len(figures), MOST_FIGURES)
    met, most = (*_counted(report), len(figures)), (MOST_PAGES, MOST_PASSAGES, MOST_FIGURES)
    if sum(one / limit for one, limit in zip(met, most, strict=True)) > MOST_TOGETHER:
        raise ReportError(Finding("limit-together", report.source.path, 0, _said(met), _said(most)))


def _counted(report: Report) -> tuple[int, int]:
    """How many pages and passages a report has."""
    pages = sum(page_of(section.id) == section.id for section in report.walk())
    return pages, sum(bool(segment.id) for segment in report.segments)


def _said(numbers: tuple[int, ...]) -> str:
    return " + ".join(f"{number:,}" for number in numbers)


def _check(code: str, path: str, met: int, most: int) -> None:
    if met > most:
        raise ReportError(_refusal(code, path, met, most))


def _refusal(code: str, path: str, met: int, most: int, line: int = 0) -> Finding:
    return Finding(code, path, line, f"{met:,}", f"{most:,}")
