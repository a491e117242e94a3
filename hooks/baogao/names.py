"""What a report and its parts are called on pages of one language, and the links between those pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from . import addresses
from .addresses import LANGUAGES, OVERVIEW, node_of
from .model import Figure, Section
from .particulars import split_place
from .publication import Publication
from .words import Words


def tree(path: str) -> str:
    """A path of the site -> its path in the tree that MkDocs gets, where every language has a folder."""
    first = path.partition("/")[0]
    return path if first in LANGUAGES[1:] else f"{LANGUAGES[0]}/{path}"


class Names:
    """One report in one language, seen from the page `here`: a path of the site with the ending md."""

    def __init__(self, publication: Publication, language: str, here: str = "") -> None:
        self.publication, self.language, self.here = publication, language, here
        self.report, self.text = publication.report, publication.report.source.text
        self.words = Words(language)
        self.lang = "" if language == LANGUAGES[0] else "zh-Hans"  # of the report's own words on the page
        self.spans = {s.id: (s.start, s.end) for s in self.report.sentences()}
        self.spans |= {f"h{s.id}": (s.start, s.head_end) for s in self.report.walk()}
        self._numerals = dict(self._places(self.report.sections, ""))

    # -- the report

    def title(self) -> str:
        """The report's title on pages: as printed in Chinese, composed in other languages."""
        printed = self.publication.given("title")
        if printed and self.language == LANGUAGES[0]:
            return printed
        return self._composed("report_title")

    def short_title(self) -> str:
        """Place and year."""
        return self._composed("short_title")

    def _composed(self, key: str) -> str:
        kind = addresses.kind_of(self.report)[self.language]
        place, year = self.publication.given("place"), self.publication.year
        if not (place and year):
            return self.publication.given("title") or self.words("report_title_bare", kind=kind)
        if self.language != LANGUAGES[0]:
            place = addresses.place_id(split_place(place)[-1]).capitalize()
        return self.words(key, place=place, year=year, kind=kind)

    def line(self) -> str:
        """Date and length, as one line."""
        publication = self.publication
        parts = [self.words("published_on", day=publication.published)] if publication.published else []
        return " · ".join([*parts, self.words("count_characters", n=publication.characters)])

    def cited(self) -> str:
        """How a quotation names the report: its title, who issued it, when."""
        publication = self.publication
        parts = [publication.given("title") or self.title(), publication.given("issuer"), publication.published]
        return ", ".join(part for part in parts if part) if self.lang else "，".join(part for part in parts if part)

    def source_line(self) -> str:
        """Where the text comes from, for the printed page."""
        publication = self.publication
        said = [
            publication.given("issuer"),
            publication.given("source"),
            publication.published,
            publication.sidecar.url,
        ]
        return self.words("printed_source", line=" · ".join(part for part in said if part))

    # -- its parts

    def heading(self, section: Section) -> str:
        """Numeral and heading in the navigation; other languages put the number in digits before it."""
        if self.language == LANGUAGES[0]:
            return section.label
        return f"{self._number(section.id)} · {section.heading.text if section.heading else section.numeral}"

    def shown_number(self, section: Section) -> str:
        """The number put before a heading where its numeral is not read."""
        return "" if self.language == LANGUAGES[0] else self._number(section.id)

    def place(self, figure: Figure) -> str:
        """Where a figure stands, in words: 一(三)一是 第 2 句."""
        number = self._numerals.get(node_of(figure.sentence), "")
        if figure.sentence.startswith("h"):
            return f"{number} {self.words('in_heading')}"
        return f"{number} {self.words('sentence_n', n=figure.sentence.rpartition('-')[2])}".strip()

    def _number(self, node: str) -> str:
        """The place of a node in digits: 1-2-3 -> 1.2.3, 2-0-1 -> 2.1."""
        return node.replace("-0", "").replace("-", ".").removeprefix("0.")

    def _places(self, sections: Iterable[Section], above: str) -> Iterator[tuple[str, str]]:
        """Each node and its place: as printed in Chinese, 一(三)一是; in digits elsewhere."""
        for section in sections:
            own = f"{above}{section.numeral.strip().rstrip('、.．')}" if not self.lang else self._number(section.id)
            yield section.id, own
            yield from self._places(section.sections, own)

    # -- links

    def path(self, name: str = OVERVIEW, ending: str = "md") -> str:
        """The path of one of the report's pages."""
        return addresses.page(self.language, self.publication.id, name, ending)

    def link(self, name: str, anchor: str = "") -> Markup:
        """A link in Markdown, which MkDocs checks: between paths of the tree."""
        return Markup(addresses.link(tree(self.here), tree(self.path(name)), anchor))

    def page_link(self, name: str, anchor: str = "") -> Markup:
        """A link in HTML: between paths of the site."""
        return Markup(addresses.link(self.here, self.path(name, "html"), anchor))

    def data(self, name: str) -> Markup:
        """A link in Markdown to a file of the report's data."""
        return Markup(addresses.link(tree(self.here), tree(addresses.data_file(self.publication.id, name))))
