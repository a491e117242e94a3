"""bytes -> Publication: every stage in its order, and what a person added to the report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import islice
from typing import TypeVar

from ..figures.comparisons import against
from ..figures.figures import find_figures
from ..figures.headline import headline
from ..figures.indicators import with_indicators
from ..figures.numerals import read_integer
from ..ids import kind_of, report_id
from ..model import Figure, Finding, Part, Particulars, Report, ReportError
from ..outline.items import Items, items
from ..outline.layout import Layout, layout
from ..outline.structure import restructured
from ..outline.themes import with_themes
from ..outline.times import year_reviewed
from ..readers.attachments import Enclosure, read_with
from ..readers.extract import Extracting, extract
from ..readers.particulars import split_place, year_in_digits, year_said
from ..readers.respelt import respelt
from ..readers.whereabouts import Taken
from ..simplified import simplified
from ..translation.po import METADATA, Translation, Unit, units
from ..translation.terms import Term
from .corrections import corrected
from .limits import check_figures, check_lines, check_passages
from .printed import as_printed, figures_printed
from .proofreading import scanned, unread
from .sidecar import MOST_TOLD, Sidecar

_T = TypeVar("_T")


@dataclass(frozen=True)
class Publication:
    """A report understood, with what a person added."""

    id: str
    report: Report
    figures: tuple[Figure, ...]
    headline: tuple[Figure, ...]
    sidecar: Sidecar
    findings: tuple[Finding, ...]  # notes
    translation: Translation = Translation()  # its English
    terms: tuple[Term, ...] = ()  # of general use, and those of the folder it lies in
    year_reviewed: str = ""  # whose results it gives, in four digits: its own year or the one before; empty: not known
    shard: str = ""  # the folder of its pages on a site in shards, seen from its front; empty: they are the site's own

    def given(self, name: str) -> str:
        """title, issuer, place, year or source: the sidecar's, else as printed, else empty."""
        said = getattr(self.report.source.particulars, name)
        return str(getattr(self.sidecar, name) or (said.text if said else ""))

    @property
    def published(self) -> str:
        """The day of publication as 2024-01-31, empty where it is not known."""
        return iso_day(self.given("published"))

    @property
    def year(self) -> str:
        """The year the report is called by in four digits, empty where it is not known."""
        return year_in_digits(self.given("year"))

    def units(self) -> Iterator[Unit]:
        """What is to be translated."""
        metadata = {name: self.given(name) for name in METADATA}
        return units(self.report, self.figures, metadata)

    @cached_property
    def as_read(self) -> Publication:
        """The same in the characters that rules are written in, offset by offset: itself unless it is in traditional
        ones."""
        source = self.report.source
        read = respelt(source, simplified(source.text))
        return self if read is source else replace(self, report=as_printed(self.report, read))

    @cached_property
    def items(self) -> Items:
        """What its numerals open, in one list, made when first asked for."""
        return items(self.report)

    @cached_property
    def layout(self) -> Layout:
        """Its pages and their blocks, made when first asked for."""
        return layout(self.report, self.items)

    @property
    def stated(self) -> int:
        """How many figures it states."""
        return len(self.figures)

    @property
    def characters(self) -> int:
        """Characters of the report itself, white space not counted: headings, sentences and tables."""
        text = self.report.source.text
        own = (Part.HEADING, Part.SENTENCE, Part.TABLE)
        return sum(not c.isspace() for s in self.report.segments if s.part in own for c in text[s.start : s.end])


def iso_day(day: str) -> str:
    """2024年1月31日, 2024/1/31, 二〇二四年一月卅一日 -> 2024-01-31; anything else as it is."""
    said = unicodedata.normalize("NFKC", day)
    numbers = re.findall(r"\d+", said)
    if written := _WRITTEN_DAY.match("".join(said.split())):
        read = (read_integer(part.replace("卅", "三十").replace("廿", "二十")) for part in written.groups()[1:])
        numbers = [year_in_digits(written[1]), *(str(number) for number in read if number)]
    return f"{numbers[0]}-{int(numbers[1]):02}-{int(numbers[2]):02}" if len(numbers) == 3 else day


_WRITTEN_DAY = re.compile(r"(\D{4})年(\D{1,3})月(\D{1,3})日")  # in characters alone


def understand(
    path: str,
    data: bytes,
    sidecar: Sidecar | None = None,
    enclosed: Sequence[Enclosure] = (),
    taking: Extracting = extract,
) -> Publication:
    """A report as received, its attachments with it, through every stage; `taking` gives the text of a file. Raises
    ReportError where it cannot be published."""
    sidecar = sidecar or Sidecar()
    source = read_with(path, data, enclosed, taking)
    check_lines(source)
    read_as = restructured(respelt(source, simplified(source.text)), source.text, sidecar.headings, sidecar.path)
    check_passages(read_as)
    said = read_as.source.particulars
    year = year_in_digits(str(sidecar.year or "") or (said.year.text if said.year else ""))
    reviewed = str(sidecar.year_reviewed or "") or year_reviewed(read_as, year)
    kind = kind_of(read_as)
    report = with_themes(read_as, kind["roles"], reviewed)
    found = with_indicators(find_figures(report, reviewed, kind.get("strict", False)), report.source.text)
    check_figures(report, found)
    meant = report  # in the characters of the rules
    if read_as.source is not source:
        report, found = as_printed(report, source), figures_printed(found, source.text)
    figures = scanned(corrected(found, sidecar), report.source, sidecar)
    _check_headline(sidecar, figures)
    _check_links(sidecar, report)
    missing = [
        _missing(name, path, said)
        for name in ("title", "published", "place", "year")
        if getattr(said, name) is None and not getattr(sidecar, name)
    ]
    compared = against(figures_printed(figures, meant.source.text), meant.source.text)
    shown = headline(meant, figures, compared, reviewed, sidecar.headline)
    published = Publication("", report, figures, shown, sidecar, (*report.findings, *missing), year_reviewed=reviewed)
    place = published.given("place")
    id_ = sidecar.id or report_id(report, split_place(place)[-1], published.year)
    told = [*_told_of_nothing(sidecar, {id_, *_ids(report), *(figure.id for figure in figures)})]
    told += unread(report.source, sidecar)
    findings = (*published.findings, *_years_differ(published), *told)
    return replace(published, id=id_, findings=Taken.of(source).told(path, findings))


def _missing(name: str, path: str, said: Particulars) -> Finding:
    """A note that the text does not say this; of the day of publication with the day it was signed, if that is said."""
    if name == "published" and said.signed:
        return Finding("no-published-signed", path, 0, iso_day(said.signed.text))
    return Finding(f"no-{name}", path, 0)


def _years_differ(publication: Publication) -> Iterator[Finding]:
    """A note where what a person gave and what the title says are of two years, and where a report is published before
    the year is over that it reports on."""
    path, sidecar, title = publication.report.source.path, publication.sidecar, publication.given("title")
    if (sidecar.year or sidecar.title) and publication.year and year_said(title) not in ("", publication.year):
        yield Finding("title-year", sidecar.path, 0, title, f"year: {publication.year}")
    published, reviewed = publication.published, publication.year_reviewed
    if re.match(r"\d{4}-", published) and reviewed and published[:4] <= reviewed:
        yield Finding("published-within", path, 0, published, reviewed)


def _ids(report: Report) -> list[str]:
    return [segment.id for segment in report.segments if segment.id]


def _told_of_nothing(sidecar: Sidecar, known: set[str]) -> Iterator[Finding]:
    """Of what readers are told that it is otherwise now, and nothing has its id; what was withdrawn may be gone."""
    known |= {one.id for one in sidecar.figures}
    for one in _some(one for one in sidecar.corrections if one.now and one.id not in known):
        yield Finding("notice-id", sidecar.path, one.line, one.id, _nearest(one.id, sorted(known)))


def _check_links(sidecar: Sidecar, report: Report) -> None:
    known = _ids(report) if sidecar.links else []
    there = frozenset(known)
    wrong = [(one, id_) for one in sidecar.links for id_ in (one.from_, one.to) if id_ not in there]
    if wrong:
        raise ReportError(
            *(Finding("sidecar-link", sidecar.path, one.line, id_, _nearest(id_, known)) for one, id_ in _some(wrong))
        )


def _nearest(id_: str, known: Sequence[str]) -> str:
    return " ".join(get_close_matches(id_, known, 1, 0)) or "—"


def _some(wrong: Iterable[_T]) -> list[_T]:
    """The first of what is wrong: to look for what is nearest takes its time, and who has more mends those first."""
    return list(islice(wrong, MOST_TOLD))


def _check_headline(sidecar: Sidecar, figures: tuple[Figure, ...]) -> None:
    known = [figure.id for figure in figures]
    wrong = [(id_, line) for id_, line in sidecar.lines if id_ in sidecar.headline and id_ not in known]
    if wrong:
        raise ReportError(
            *(Finding("sidecar-figure", sidecar.path, line, id_, _nearest(id_, known)) for id_, line in _some(wrong))
        )
