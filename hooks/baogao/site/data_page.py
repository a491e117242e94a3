"""Publications -> the page that lists the files of their data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ..ids import DATA
from ..publication.publication import Publication
from ..wording import addresses
from ..wording.addresses import tree
from ..wording.here import Here
from ..wording.words import Words
from .context import SiteContext
from .page import File, markdown_page


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a report's data."""

    name: str
    link: Markup
    size: str
    holds: str


@dataclass(frozen=True, slots=True)
class Downloads:
    """The files of a report."""

    anchor: str
    title: str
    files: tuple[Download, ...]


# a file beside each report, and the key of what it holds
DOWNLOADS = {
    "figures.xlsx": "holds_workbook",
    "figures.csv": "holds_figures",
    "figures-excel.csv": "holds_excel",
    "figures.json": "holds_figures_json",
    "datapackage.json": "holds_package",
    "report.json": "holds_report",
    "full.txt": "holds_text",
    "bilingual.csv": "holds_bilingual",
    "report.tmx": "holds_tmx",
    "report.en.po": "holds_po",
    "report.bib": "holds_citation",
    "report.ris": "holds_citation",
    "report.csl.json": "holds_citation",
}


def data_page(context: SiteContext, sizes: Mapping[str, int]) -> File:
    """The files of each report that are there: `sizes` are their bytes, by path."""
    words, here = Words(context.language), Here(addresses.hand_written(context.language, DATA, "md"))
    reports = []
    for id_, names in context.names.items():
        files = tuple(
            Download(
                name,
                here.data(names, name),
                _size(sizes[tree(addresses.data_file(id_, name))]),
                words(_held(key, names.publication)),
            )
            for name, key in DOWNLOADS.items()
            if tree(addresses.data_file(id_, name)) in sizes
        )
        reports.append(Downloads(f"r-{id_}", names.title(), files))
    example = next(iter(context.names), "qinghe-2023")
    return markdown_page("data", here.path, words("data"), words=words, reports=reports, example=example)


def _held(key: str, publication: Publication) -> str:
    """The key of what a file holds: report.json gives the file received back only where that was text."""
    extracted = key == "holds_report" and publication.report.source.extracted
    return "holds_report_extracted" if extracted else key


def _size(n: int) -> str:
    return f"{n / 1000:.1f}\u00a0kB" if n < 100_000 else f"{n / 1000:.0f}\u00a0kB"
