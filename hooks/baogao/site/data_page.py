"""Publications -> the page that lists the files of their data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..ids import DATA
from ..model import Form
from ..publication.publication import Publication
from ..wording import addresses
from ..wording.names import Names, tree
from ..wording.words import Words
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


def data_page(publications: Sequence[Publication], sizes: Mapping[str, int], language: str) -> File:
    """The files of each report that are there: `sizes` are their bytes, by path."""
    words, path = Words(language), addresses.hand_written(language, DATA, "md")
    reports = []
    for publication in publications:
        names = Names(publication, language, path)
        files = tuple(
            Download(
                name,
                names.data(name),
                _size(sizes[tree(addresses.data_file(publication.id, name))]),
                words(_held(key, publication)),
            )
            for name, key in DOWNLOADS.items()
            if tree(addresses.data_file(publication.id, name)) in sizes
        )
        reports.append(Downloads(f"r-{publication.id}", names.title(), files))
    example = publications[0].id if publications else "qinghe-2023"
    return markdown_page("data", path, words("data"), words=words, reports=reports, example=example)


def _held(key: str, publication: Publication) -> str:
    """The key of what a file holds: report.json gives the file received back only where that was text."""
    extracted = key == "holds_report" and publication.report.source.form is not Form.TEXT
    return "holds_report_extracted" if extracted else key


def _size(n: int) -> str:
    return f"{n / 1000:.1f} kB" if n < 100_000 else f"{n / 1000:.0f} kB"
