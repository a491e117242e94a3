"""Publication -> the Markdown pages and the data of one report, in one language.

Afterwards: every sentence and heading of the report stands on its section's page and on the full page with its id.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from .. import ids
from ..export import page_data, records
from ..export.citations import STYLES, Cited, Style, bibtex, citation, csl_json, ris, work_of
from ..folding import displayed
from ..ids import ACCURACY, ANNEX, FIGURES, FULL, LANGUAGES, OVERVIEW, PROOF, SINCE, node_of, page_of, row_of, text_hash
from ..model import Figure, Form, Part, Role, Section, Sentence
from ..publication import article24
from ..publication.publication import Publication
from ..relations.changes import Since
from ..relations.glossary import first_uses, in_english
from ..relations.series import Place
from ..rules import load
from ..translation.alignment import aligned
from ..translation.po import State
from ..wording import addresses
from ..wording.marks import Mark, attribute, css_string, escape, mark
from ..wording.names import Names, Said, tree
from . import head, since_pages
from .figure_tables import doubts, filters, groups, inferences, pictures, rows
from .linked import Links
from .page import PLACE, Chapter, File, Head, markdown_page, static
from .series_pages import place_title
from .views import Block, Card, Duty, Entry, Linked, Pair, Panel, Stretch, TableRow


class ReportPages(Names):
    """The pages of one report in one language."""

    def __init__(
        self,
        publication: Publication,
        language: str,
        here: str = "",
        entries: Mapping[str, tuple[str, str]] | None = None,
        accuracy: bool = False,
        links: Links | None = None,
        site: str = "",
        proof: bool = False,
        since: Since | None = None,
        place: Place | None = None,
        indicator_pages: Collection[str] = (),
    ) -> None:
        super().__init__(publication, language, here)
        self.proof = proof  # there is a proof sheet
        self.site = site  # its address, where it is known
        self.links = links
        self.since = since  # what changed from the year before
        self.place_page = place  # where the place has a page
        self.indicator_pages = indicator_pages
        self.entries = entries or {}  # of the glossary: path and anchor, by the ids of terms
        self.met: dict[str, set[str]] = {}  # of each item, the terms linked on this page
        self.accuracy = accuracy  # there is a page on it

    # -- which pages there are

    def pages(self) -> Iterator[Section]:
        """The nodes that have a page of their own: sections and subsections, whatever lies above them."""
        for section in self.report.walk():
            if page_of(section.id) == section.id:
                yield section

    def chapter(self, since: bool = False) -> Chapter:
        """Its pages in the navigation; `since`: that on what changed from the year before is among them."""
        own = {section.id for section in self.pages()}

        def below(sections: Iterable[Section]) -> tuple[Chapter, ...]:
            return tuple(
                Chapter(self.heading(s), tree(self.path(s.id)), below(s.sections)) for s in sections if s.id in own
            )

        annex = [Chapter(self.words("annex"), tree(self.path(ANNEX)))] if self.report.annex else []
        changes = [Chapter(self.words("since"), tree(self.path(SINCE)))] if since else []
        return Chapter(
            self.short_title(),
            tree(self.path(OVERVIEW)),
            (
                *below(self.report.sections),
                *annex,
                Chapter(self.words("full"), tree(self.path(FULL))),
                Chapter(self.words("figures"), tree(self.path(FIGURES))),
                *changes,
            ),
        )

    def files(self) -> Iterator[File]:
        yield self._page(OVERVIEW, "overview", self.title(), **self._overview())
        for section in self.pages():
            own = LANGUAGES[0] if section.heading and self.heading_said(section).lang else ""
            yield self._page(section.id, "section", self.heading(section), own, **self._section(section))
            if self.publication.translation.begun:
                yield self._bilingual(section, own)
        if self.report.annex:
            yield self._page(ANNEX, "annex", self.words("annex"), **self._annex())
        yield self._page(FULL, "full", self.words("full"), **self._full())
        yield self._page(FIGURES, "figures", self.words("figures"), **self._figures())
        if self.since and self.links:
            self.here = self.path(SINCE)
            values = since_pages.values(self.since, self, self.links)
            yield self._page(SINCE, "since", **values)
        yield from self._other_endings()
        work = work_of(self, site_url=self.site and urljoin(self.site, self.path(OVERVIEW, "html")))
        yield File(tree(self.path("report", "bib")), bibtex(work).encode())
        yield File(tree(self.path("report", "ris")), ris(work).encode())
        yield File(tree(self.path("report", "csl.json")), records.dumps([csl_json(work)]).encode())

    def _other_endings(self) -> Iterator[File]:
        """Each page's data at the page's address with another ending."""
        whole = sorted(self.spans, key=lambda anchor: self.spans[anchor])
        named = self._named()
        pages: dict[str, list[str]] = {page: [] for page in named}
        for anchor in whole:
            pages[page_of(node_of(anchor))].append(anchor)
        for page, anchors in {**pages, FULL: whole}.items():
            inside = set(anchors)
            figures = [figure for figure in self.publication.figures if figure.sentence in inside]
            title = named.get(page, self.title())
            for ending, content in page_data.endings(self, page, title, anchors, figures):
                path = self.path(page, ending)
                if path != addresses.data_file(self.publication.id, "full.txt"):  # the report's own, kept as it was
                    yield static(path, content.encode())
        if self.lang:
            yield static(self.path(FIGURES, "csv"), records.figures_csv(self.publication.figures).encode())
            yield static(self.path(FIGURES, "json"), records.figures_json(self.publication).encode())

    def _named(self) -> dict[str, str]:
        """The titles of the pages that show the report's text."""
        named = {OVERVIEW: self.title()} | {section.id: self.heading(section) for section in self.pages()}
        return named | ({ANNEX: self.words("annex")} if self.report.annex else {})

    def _page(
        self, name: str, template: str, title: str, title_language: str = "", canonical: str = "", **values: Any
    ) -> File:
        values = {"words": self.words, "notice": self.notice(), "title": title} | values
        about = {
            "title_language": title_language,
            "canonical": f"{canonical}.html" if canonical else "",
            "cited": self.cited(),
            "said_by": self.given_in_english("issuer") or self.publication.given("issuer"),
        }
        data = head.figures_data(self) if name == FIGURES else head.report_data(self)
        described = self._description(name, title)
        told = Head(
            head.report_tags(self), data, described, self._endings_of(name), self._citations(), self._citation_files()
        )
        return markdown_page(template, self.path(name), title, about, told, **values)

    def _citations(self) -> tuple[tuple[str, Markup, Markup], ...]:
        report, place = work_of(self), work_of(self, Cited.SENTENCE, PLACE)
        return tuple(
            (STYLES[style], self._told(citation(report, style)), self._told(citation(place, style))) for style in Style
        )

    def _told(self, citation: str) -> Markup:
        """A citation with what is Chinese in it told as such on a page of another language."""
        own = [re.escape(said) for name in ("title", "issuer") if self.lang and (said := self.publication.given(name))]
        parts = re.split(f"({'|'.join(own)})", citation) if own else [citation]
        lang = attribute("lang", self.lang)
        html = (Markup.escape(displayed(part)) for part in parts)  # not for Markdown: PLACE keeps its braces
        return Markup("").join(
            Markup("<span{}>{}</span>").format(lang, part) if n % 2 else part for n, part in enumerate(html)
        )

    def _citation_files(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (name, addresses.link(self.here, self.path("report", ending)))
            for name, ending in (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "csl.json"))
        )

    def _endings_of(self, name: str) -> tuple[str, ...]:
        if name == FIGURES:
            return ("csv", "json")
        return () if addresses.is_bilingual(name) or name == SINCE else ("md", "json", "txt")

    def _description(self, name: str, title: str) -> str:
        """One line for a list of results elsewhere: the report, and the part that the page is."""
        whole = name in (OVERVIEW, FULL)
        return self.title() if whole else f"{self.title()}: {title}" if self.lang else f"{self.title()}：{title}"

    # -- the pages

    def _overview(self) -> dict[str, Any]:
        self.met = {}
        self.here = self.path(OVERVIEW)
        publication = self.publication
        whole = not any(True for _ in self.pages())
        sections = [s for s in self.report.sections if page_of(s.id) == OVERVIEW]
        return {
            "issuer": self.given("issuer"),
            "phrased": self._phrased_title(),
            "line": self.line(),
            "links": [
                (self.words("full"), self.link(FULL)),
                (self.words.count("count_figures", len(publication.figures)), self.link(FIGURES)),
                *self._across(),
            ],
            "themes": self._themes(),
            "headline_rows": rows(self, publication.headline),
            "parts": [] if whole else list(self._stretches()),
            "ticks": self._ticks(),
            "panel": self._panel() if ids.kind_of(self.report)["article24"] else None,
            "entries": [] if whole else list(self._entries(self.report.sections, 0)),
            "opening": self.words("text" if whole else "opening"),
            "blocks": self._flow(self.report.preamble, sections, 1, self._below(OVERVIEW)),
            "particulars": list(self._particulars()),
            "corrections": [(self.day(one.date), self.corrected(one)) for one in publication.sidecar.corrections],
            **self._proof(),
            "report_json": self.data("report.json"),
            "proof_sheet": self.link(PROOF) if self.proof else None,
            "rows": rows(self, [f for f in publication.figures if page_of(node_of(f.sentence)) == OVERVIEW]),
        }

    def _proof(self) -> dict[str, Any]:
        """What was received, what was kept of it, and how to have it back."""
        source = self.report.source
        counts = {"n": len(source.text), "own": self.publication.characters}
        if source.form is Form.TEXT:
            said = [
                self.words("proof_characters", **counts),
                self.words("proof_encoding", encoding=source.encoding.upper(), ends=records.line_ends(source.text)),
            ]
            return {"proof": said, "hashes": [("", source.sha256)], "restore": self.words("proof_restore")}
        hashes = [(self.words("proof_of_file"), source.sha256), (self.words("proof_of_text"), source.text_sha256)]
        return {
            "proof": [self.words(f"proof_{source.form}", **counts)],
            "hashes": hashes,
            "restore": self.words("proof_kept"),
        }

    def _across(self) -> Iterator[tuple[str, Markup]]:
        """The links to what sets the report beside others, where there is any."""
        if self.since:
            yield self.words("since"), self.link(SINCE)
        if self.place_page:
            page = addresses.place(self.language, self.place_page.id, "md")
            said = self.words("place_page", place=place_title(self.place_page, self.language))
            yield said, Markup(addresses.link(tree(self.here), tree(page)))

    def _themes(self) -> list[tuple[str, Markup, str]]:
        """Each theme that has figures, the link to them, and how many."""
        return [(group.title, self.page_link(FIGURES, group.id), group.count) for group in groups(self)]

    def _ticks(self) -> tuple[int, ...]:
        return tuple(self._thousandth(figure.start) for figure in self.publication.figures)

    def _thousandth(self, offset: int) -> int:
        """Where an offset stands in the report's own text, in thousandths."""
        own = self.report.source.body
        return max(0, min(1000, 1000 * (offset - own[0].start) // (own[-1].end - own[0].start)))

    def _stretches(self) -> Iterator[Stretch]:
        sections = [s for s in self.report.sections if page_of(s.id) == s.id]
        parts = [(s.start, s.end, self.heading_said(s), self.path(s.id, "html"), "") for s in sections]
        if parts and self.report.preamble:
            first, last = self.report.preamble[0], self.report.preamble[-1]
            opening = Said(escape(self.words("opening")))
            parts.insert(0, (first.start, last.end, opening, self.path(OVERVIEW, "html"), "opening"))
        characters = self.publication.characters
        for begin, stop, name, page, anchor in parts:
            inside = self.text[begin:stop]
            share = round(100 * sum(not c.isspace() for c in inside) / characters)
            count = sum(begin <= f.start < stop for f in self.publication.figures)
            start, end = self._thousandth(begin), self._thousandth(stop)
            link = Markup(addresses.link(self.here, page, anchor))
            says = self.words("strip_text", share=share, figures=self.words.count("count_figures", count))
            yield Stretch(name, link, start, max(1, end - start - 2), says)

    def _panel(self) -> Panel:
        rows = []
        for content in article24.contents(self.publication):
            links = tuple((self.heading_said(s), self.link(page_of(s.id))) for s in content.sections)
            there = self.words.count("article24_there", content.sentences)
            rows.append(
                Duty(self.words(f"role_{content.role}"), links, there if links else self.words("article24_none"))
            )
        law = load("roles")["article24"]["law"][self.language]
        due, published = self._due()
        return Panel(self.words("article24_says", law=law), tuple(rows), due, published)

    def _due(self) -> tuple[str, str]:
        when = article24.timeliness(self.publication)
        if when is None:
            return "", ""
        due = self.words("due_on", day=self.day(when.due.isoformat()))
        if when.days is None:
            return due, self.words("published_unknown")
        key = "published_late" if when.days > 0 else "published_early"
        return due, self.words(key, day=self.day(self.publication.published), n=abs(when.days))

    def _section(self, section: Section) -> dict[str, Any]:
        self.met = {}
        self.here = self.path(section.id)
        own = {child.id for child in section.sections if page_of(child.id) == child.id}
        inside = [child for child in section.sections if child.id not in own]
        figures = [f for f in self.publication.figures if page_of(node_of(f.sentence)) == section.id]
        characters = sum(not c.isspace() for c in self.text[section.start : section.end])
        total = sum(section.start <= f.start < section.end for f in self.publication.figures)
        counts = [self.words("count_characters", n=characters)]
        if total:
            counts.append(self.words.count("count_figures", total))
        return {
            "line": " · ".join(counts),
            "head": self._head(section) if section.head_end > section.start else self.own(section.label),
            "number": self.shown_number(section),
            "is_subsection": "-" in section.id,
            "bilingual": self.page_link(addresses.bilingual(section.id)) if self.publication.translation.begun else "",
            "id": f"h{section.id}" if section.head_end > section.start else "",
            "blocks": self._flow(section.sentences, inside, 1, self._below(section.id)),
            "plan": self._plan() if section.role is Role.SHORTCOMINGS else None,
            "elsewhere": self.links.elsewhere(self, section.id) if self.links else [],
            "children": list(self._entries([c for c in section.sections if c.id in own], 0)),
            "rows": rows(self, figures),
        }

    def _plan(self) -> tuple[Said, Markup] | None:
        """The part that answers shortcomings, where there is one: not every answer is found by program."""
        plan = next((one for one in self.report.sections if one.role is Role.PLAN and page_of(one.id) == one.id), None)
        return (self.heading_said(plan), self.page_link(plan.id)) if plan and self.links else None

    def _bilingual(self, section: Section, title_language: str) -> File:
        """Chinese and English of a section's page, sentence by sentence."""
        name = addresses.bilingual(section.id)
        self.here = self.path(name)
        values = {
            "title_said": self.heading_said(section),
            "notice": self.translation_notice(),
            "single": self.page_link(section.id),
            "langs": ("zh-Hans", "") if self.lang else ("", "en"),
            "rows": [self._pair(anchor) for anchor in self._anchors(section)],
        }
        made = self._page(name, "bilingual", self.heading(section), title_language, section.id, **values)
        return replace(made, aside=True)

    def _anchors(self, section: Section) -> list[str]:
        """The headings, sentences and rows on a section's page, in reading order."""
        nodes = [node for node in section.walk() if page_of(node.id) == section.id]
        found = [f"h{node.id}" for node in nodes if node.head_end > node.start]
        found += [sentence.id for node in nodes for sentence in node.sentences]
        return sorted(found, key=lambda anchor: self.spans[anchor])

    def _pair(self, anchor: str) -> Pair:
        start, end = self.spans[anchor]
        source, page = self.text[start:end], page_of(node_of(anchor))
        figures = self.by_sentence.get(anchor, [])

        def marked(text: str, places: Mapping[str, tuple[int, int]], addressed: bool) -> Markup:
            marks = [
                Mark(*places[f.id], "figure", self.page_link(page, f.id), self._noted(f), f.id if addressed else "")
                for f in figures
                if f.id in places
            ]
            return mark(text, marks)

        chinese = marked(source, {f.id: (f.start - start, f.end - start) for f in figures}, True)
        english = self.publication.translation.english(anchor, source)
        if english:
            said = Said(marked(english, aligned(figures, english), False))
        else:
            changed = self.publication.translation.state(anchor, source) is State.CHANGED
            said = Said(escape(source), "zh-Hans", self.words("unit_changed" if changed else "unit_untranslated"))
        return Pair(anchor, chinese, said, anchor.startswith("h"))

    def _annex(self) -> dict[str, Any]:
        self.met = {}
        self.here = self.path(ANNEX)
        figures = [f for f in self.publication.figures if page_of(node_of(f.sentence)) == ANNEX]
        return {"blocks": self._flow(self.report.annex, (), 1), "rows": rows(self, figures)}

    def _full(self) -> dict[str, Any]:
        self.met = {}
        self.here = self.path(FULL)
        sentences = [*self.report.preamble, *self.report.annex]
        signature = [self.text[s.start : s.end] for s in self.report.segments if s.part is Part.SIGNATURE]
        blocks = self._flow(sentences, self.report.sections, 1)
        return {
            "phrased": self._phrased_title(),
            "issuer": self.given("issuer"),
            "line": self.line(),
            "blocks": blocks,
            "signature": [self.own(line) for line in signature],
            "plain": self.data("full.txt"),
            "translations": self._translations(),
            "source": css_string(self.source_line()),
            "rows": rows(self, self.publication.figures, FULL),
        }

    def _translations(self) -> list[tuple[str, Markup]]:
        """The report's English as translators' tools take it."""
        names = {"PO": "report.en.po", "TMX": "report.tmx", "CSV": "bilingual.csv"}
        return [(name, self.data(file)) for name, file in names.items()] if self.publication.translation.begun else []

    def _figures(self) -> dict[str, Any]:
        self.here = self.path(FIGURES)
        return {
            "count": self.words.count("count_figures", len(self.publication.figures)),
            "report_title": self.title(),
            "groups": groups(self),
            "doubts": doubts(self),
            "accuracy": self._accuracy_link(),
            "pictures": pictures(self),
            "filters": filters(self),
            "computed": inferences(self),
            "downloads": [
                ("CSV", self.data("figures.csv")),
                ("CSV · Excel", self.data("figures-excel.csv")),
                ("JSON", self.data("figures.json")),
                ("Data Package", self.data("datapackage.json")),
            ],
            "columns": [(column["name"], column[self.language]) for column in load("columns")["columns"]],
        }

    def _accuracy_link(self) -> Markup | None:
        path = addresses.hand_written(self.language, ACCURACY)
        return Markup(addresses.link(self.here, path)) if self.accuracy else None

    def _entries(self, sections: Iterable[Section], depth: int) -> Iterator[Entry]:
        for section in sections:
            if section.heading:
                count = sum(section.start <= f.start < section.end for f in self.publication.figures)
                page = page_of(section.id)
                anchor = "" if page == section.id else f"h{section.id}"
                figures = self.words.count("count_figures", count) if count else ""
                yield Entry(depth, self.heading_said(section), self.link(page, anchor), figures)
            yield from self._entries(section.sections, depth + bool(section.heading))

    def _particulars(self) -> Iterator[tuple[str, str | Markup | Said]]:
        publication, particulars = self.publication, self.report.source.particulars
        missing = self.words("not_stated")
        for name in ("title", "issuer", "place"):
            said = publication.given(name)
            yield self.words("original_title" if name == "title" else name), self.own(said) if said else missing
        yield self.words("level"), self.words(f"level_{particulars.level.text}") if particulars.level else missing
        yield self.words("year"), publication.given("year") or missing
        if publication.year_reviewed != publication.year:
            yield self.words("year_reviewed"), publication.year_reviewed
        yield self.words("published"), self.day(publication.published) or missing
        yield self.words("signed"), self.own(particulars.signed.text) if particulars.signed else missing
        source = publication.given("source")
        yield self.words("source"), self.given("source") if source else missing
        if publication.sidecar.url:
            url = publication.sidecar.url
            link = Markup('<a{} rel="external">{}</a>').format(attribute("href", url), escape(url))
            yield self.words("original_page"), link

    def full_text(self) -> tuple[str, Markup]:
        """The report's name and the link to its full text."""
        return self.short_title(), Markup(addresses.link(self.here, self.path(FULL, "html")))

    def card(self) -> Card:
        return Card(
            self._phrased_title(),
            self.line(),
            self.link(OVERVIEW),
            self.words.count("count_figures", len(self.publication.figures)),
            self.link(FIGURES),
            tuple(rows(self, self.publication.headline)),
            tuple(self._stretches()),
            self._ticks(),
        )

    def _phrased_title(self) -> Markup:
        return _phrased(self.title()) if not self.lang else escape(self.title())

    # -- running text

    def _below(self, page: str) -> dict[int, list[Linked]]:
        return self.links.below(self, page) if self.links else {}

    def _flow(
        self,
        sentences: Iterable[Sentence],
        sections: Iterable[Section],
        depth: int,
        below: Mapping[int, list[Linked]] | None = None,
    ) -> list[Block]:
        """Headings, paragraphs and tables in the order of the report, and `below` them the links of their passages."""
        pieces = sorted(self._pieces(sentences, sections, depth), key=lambda piece: piece[0])
        blocks: list[Block] = []
        for key, group in groupby(pieces, key=_run):
            items = [piece[2] for piece in group]
            if key[0] == "heading":
                blocks += [
                    Block("heading", level, f"h{item.id}", self._head(item), self.shown_number(item))
                    for level, item in items
                    if isinstance(item, Section)
                ]
            elif key[0] == "table":
                blocks.append(Block("table", rows=self._rows([s for _, s in items if isinstance(s, Sentence)])))
            else:
                said = tuple((s.id, self._marked(s), text_hash(s.text)) for _, s in items if isinstance(s, Sentence))
                blocks.append(Block("paragraph", sentences=said, gap=" " if self.lang else ""))
            first, last = items[0][1].start, _end(items[-1][1])
            linked = tuple(one for end, ones in (below or {}).items() if first < end <= last for one in ones)
            if linked:
                blocks.append(Block("links", links=linked))
        return blocks

    def _pieces(
        self, sentences: Iterable[Sentence], sections: Iterable[Section], depth: int
    ) -> Iterator[tuple[int, tuple[str, int], tuple[int, Sentence | Section]]]:
        """(offset, what it runs together with, (depth, piece)): a paragraph keeps the sentences of its line."""
        for sentence in sentences:
            run = ("table", 0) if sentence.part is Part.TABLE else ("paragraph", sentence.paragraph)
            yield sentence.start, run, (depth, sentence)
        for section in sections:
            if section.head_end > section.start:
                yield section.start, ("heading", section.start), (depth + 1, section)
            yield from self._pieces(section.sentences, section.sections, depth + 1)

    def _head(self, section: Section) -> Said:
        """The heading as printed, its numeral in an element of its own so that it can hang; in English without it."""
        id_, english = f"h{section.id}", self.heading_in_english(section)
        if english:
            return self._english(id_, english)
        after = section.start + len(section.numeral)
        rest = self._chinese(id_, after, section.head_end)
        head = Markup('<span class="numeral">') + escape(section.numeral) + Markup("</span>") + rest
        return Said(head, self.lang, self.lacking(id_, self.text[section.start : section.head_end]))

    def _marked(self, sentence: Sentence) -> Said:
        """A sentence in the page's language with its figures marked; in Chinese where it has none."""
        english = self.translation.english(sentence.id, sentence.text)
        if english:
            return self._english(sentence.id, english)
        chinese = self._chinese(sentence.id, sentence.start, sentence.end)
        return Said(chinese, self.lang, self.lacking(sentence.id, sentence.text))

    def _english(self, id_: str, english: str) -> Said:
        """A heading or sentence in English."""
        start, end = self.spans[id_]
        return Said(self._stated(id_, start, end, english))

    def _stated(self, id_: str, start: int, end: int, english: str) -> Markup:
        """The English of the report's text with the figures where it states them; one it words otherwise keeps its
        address at the end."""
        figures = [f for f in self.by_sentence.get(id_, []) if start <= f.start and f.end <= end]
        places = aligned(figures, english)
        marks = [
            Mark(*places[f.id], "figure", self._row_link(f), self._noted(f), f.id) for f in figures if f.id in places
        ]
        lost = [Markup("<span{}></span>").format(attribute("id", f.id)) for f in figures if f.id not in places]
        marked = mark(english, [*marks, *self._terms(id_, self.text[start:end], english, marks)])
        return Markup("").join([marked, *lost])

    def _chinese(self, id_: str, start: int, end: int) -> Markup:
        """The report's text with its figures marked."""
        marks = [
            Mark(f.start - start, f.end - start, "figure", self._row_link(f), self._noted(f), f.id)
            for f in self.by_sentence.get(id_, [])
            if start <= f.start and f.end <= end
        ]
        text = self.text[start:end]
        return mark(text, [*marks, *self._terms(id_, text, "", marks)])

    def _terms(self, id_: str, chinese: str, english: str, taken: Sequence[Mark]) -> Iterator[Mark]:
        """Links to the glossary from the first use of a term in its item; never over a figure, which has an address."""
        if not self.entries:
            return
        for term, start, end in first_uses(chinese, self.publication.terms, self.met.setdefault(node_of(id_), set())):
            span = in_english(term, english) if english else (start, end)
            if span and term.id in self.entries and all(span[1] <= m.start or m.end <= span[0] for m in taken):
                path, anchor = self.entries[term.id]
                yield Mark(*span, "term", addresses.link(self.here, path, anchor))

    def _noted(self, figure: Figure) -> str:
        return displayed(self.note(figure))

    def _row_link(self, figure: Figure) -> str:
        """From a figure in its sentence to its row at the foot of the same page."""
        return addresses.link(self.here, self.here, row_of(figure.id))

    def _rows(self, sentences: Sequence[Sentence]) -> tuple[TableRow, ...]:
        """The rows of a table; the only cell of a row stands over all columns."""
        found = [(row, *self._cells(row)) for row in sentences]
        width = max(len(cells) for _, _, cells in found)
        return tuple(TableRow(row.id, lang, cells, width if len(cells) == 1 else 1) for row, lang, cells in found)

    def _cells(self, row: Sentence) -> tuple[str, tuple[tuple[Markup, str], ...]]:
        """The language of a row, and its cells; English where it has as many cells as the Chinese."""
        chinese = re.split("[\t|｜]", row.text)
        sorts = ["digits" if _DIGITS.fullmatch(cell) else "" for cell in chinese]
        ends = [*(row.start + i for i, c in enumerate(row.text) if c in "\t|｜"), row.end]
        places = [*zip([row.start, *(end + 1 for end in ends)], ends, strict=False)]
        english = self.translation.english(row.id, row.text).split("\t")
        if any(english) and len(english) == len(chinese):
            said = [self._stated(row.id, *place, cell) for place, cell in zip(places, english, strict=True)]
            return "", tuple(zip(said, sorts, strict=True))
        return self.lang, tuple(zip((self._chinese(row.id, *place) for place in places), sorts, strict=True))


_DIGITS = re.compile("\\s*[-−－+＋]?[0-9０-９][0-9０-９,，.．%％ ]*\\s*")


def _end(piece: Sentence | Section) -> int:
    return piece.head_end if isinstance(piece, Section) else piece.end


def _run(piece: tuple[int, tuple[str, int], Any]) -> tuple[str, int]:
    return piece[1]


def _phrased(title: str) -> Markup:
    """A title that may break only between its phrases: 关于某区 / 2023年度 / 法治政府建设 / 情况的报告."""
    parts = re.split("(?<=关于)|(?=[0-9二〇]{4}年)|(?<=年度)|(?<=建设)|(?=的?报告$)", title)
    return Markup("<wbr>").join(escape(part) for part in parts if part)
