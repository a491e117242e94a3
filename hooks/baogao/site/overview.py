"""A report -> its overview: what it is, what it is made up of, what it has of the contents asked for; and its card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from .. import ids
from ..export import records
from ..figures.comparisons import ComparisonKind
from ..ids import FIGURES, FULL, MATTERS, OVERVIEW, PROOF, SINCE, page_of, row_of
from ..model import Part
from ..outline.items import Item
from ..publication import provisions
from ..publication.abstract import abstract
from ..publication.publication import iso_day
from ..rules import load
from ..wording import addresses
from ..wording.here import Here
from ..wording.marks import attribute, escape, mark, printed
from ..wording.names import Names, Said
from . import matter_pages
from .context import SiteContext
from .figure_tables import FigureRow, Picture, pictures, rows, rows_on
from .linked import checked_by
from .matter_pages import OverviewLine
from .parts import parts
from .running_text import running_text
from .series_pages import place_title

_LONG = 15_000  # characters: a report with more is read part by part


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline."""

    depth: int
    title: Said
    link: Markup
    figures: str


@dataclass(frozen=True, slots=True)
class AbstractLine:
    """A sentence of the abstract, and where it stands."""

    part: str  # what its part does; empty where the line before said it
    said: Said
    place: str
    link: Markup
    answer: OverviewLine | None  # what the plan has for it, where it is a shortcoming


@dataclass(frozen=True, slots=True)
class Duty:
    """A line of the panel of the Provisions."""

    name: str
    links: tuple[tuple[Said, Markup], ...]
    says: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The report set against the Provisions."""

    says: str
    rows: tuple[Duty, ...]
    due: str  # empty where the year is not known
    published: str


@dataclass(frozen=True, slots=True)
class Card:
    """A report on the home page."""

    title: Markup  # may break only between its phrases
    line: str
    link: Markup
    reading: Markup  # where reading begins
    figures: str
    figures_link: Markup
    matters_link: Markup | None  # to plan, results and shortcomings; None where there is no such page
    headline: tuple[FigureRow, ...]


def values(names: Names, here: Here, context: SiteContext) -> dict[str, Any]:
    """What the template gets."""
    publication, layout = names.publication, names.publication.layout
    page, whole = layout.pages[OVERVIEW], not any(page.item for page in layout.pages.values())
    below, drawn = context.links.below(here, names, OVERVIEW), _drawn(names, here)
    before = {id_ for id_, own in drawn.items() if any(one.sort == ComparisonKind.BEFORE for one in own)}
    return {
        "issuer": names.given("issuer"),
        "unsaid": names.unsaid(),
        "phrased": phrased_title(names),
        "line": names.line(),
        "links": [
            (names.words("read_report"), here.link(names, reading_start(names))),
            (names.words.count("count_figures", len(publication.figures)), here.link(names, FIGURES)),
            *_across(names, here, context),
        ],
        "headline_rows": rows(names, here, publication.headline, before),
        "drawn": {row_of(id_): own for id_, own in drawn.items()},
        "abstract": list(_abstract(names, here, context)),
        "parts": list(parts(names, here)),
        "matters": matter_pages.lines(names, here, context, _told(names)),
        "matters_page": here.link(names, MATTERS) if context.matters[publication.id] else "",
        "panel": _panel(names, here) if ids.kind_of(names.report)["provisions"] else None,
        "official": _official(names),
        "whole": whole,
        "opening": names.words("text" if whole else "opening_text"),
        "blocks": list(running_text(names, here, page, context).flow(below)),
        "particulars": list(_particulars(names)),
        "corrections": [(names.day(one.date), names.corrected(one)) for one in publication.sidecar.corrections],
        **_proof(names),
        "report_json": here.data(names, "report.json"),
        "proof_sheet": here.link(names, PROOF) if context.proofs else None,
        "rows": rows_on(names, here, page),
    }


def _told(names: Names) -> set[str]:
    """The ids of what the abstract says."""
    return {piece.id for pieces in abstract(names.publication).values() for piece in pieces}


def _abstract(names: Names, here: Here, context: SiteContext) -> Iterator[AbstractLine]:
    answers = matter_pages.answers(names, here, context)
    for role, pieces in abstract(names.publication).items():
        for piece in pieces:
            part = names.words(f"abstract_{role}") if piece is pieces[0] else ""
            item = names.items.of(piece.id) if piece.part is Part.HEADING else None
            text = item.heading.text if item and item.heading else piece.text
            english = names.translation.english(piece.id, piece.text)
            said = Said(mark(english, names.titles(piece.id, english))) if english else Said(printed(text), names.lang)
            link = here.page_link(names, names.home(piece.id), piece.id)
            yield AbstractLine(part, said, names.place(piece.id), link, answers.get(piece.id))


def _drawn(names: Names, here: Here) -> dict[str, list[Picture]]:
    """What draws the figures of the headline, by their ids; what draws several stands with the first."""
    left, drawn = pictures(names, here), {}
    for figure in names.publication.headline:
        drawn[figure.id] = [one for one in left if f"p{figure.id[1:]}" in one.shows]
        left = [one for one in left if one not in drawn[figure.id]]
    return drawn


def _official(names: Names) -> Markup:
    """The link to the issuer's own page, as part of a line; that it is not known, where it is not."""
    if not (url := names.publication.sidecar.url):
        return escape(names.words("official_unknown"))
    link = Markup('<a{} rel="external">{}</a>')
    return link.format(attribute("href", url), escape(names.words("original_page")))


def reading_start(names: Names) -> str:
    """The page where reading begins: the whole report, of a long one its first part with text."""
    if names.publication.characters <= _LONG:
        return FULL
    return next((page.name for page in names.publication.layout.pages.values() if page.item and page.reads), FULL)


def card(names: Names, here: Here, matters: bool) -> Card:
    """What the first page says of its only report; `matters`: that it has a page on plan, results and shortcomings."""
    return Card(
        phrased_title(names),
        names.line(),
        here.link(names, OVERVIEW),
        here.link(names, reading_start(names)),
        names.words.count("count_figures", len(names.publication.figures)),
        here.link(names, FIGURES),
        here.link(names, MATTERS) if matters else None,
        tuple(rows(names, here, names.publication.headline)),
    )


def phrased_title(names: Names) -> Markup:
    """The report's title, which in Chinese may break only between its phrases."""
    return escape(names.title()) if names.lang else _phrased(names.printed_title())


def _phrased(title: str) -> Markup:
    """关于某区 / 2023年度 / 法治政府建设 / 情况的报告."""
    parts = re.split("(?<=关于)|(?=[0-9二〇]{4}年)|(?<=年度)|(?<=建设)|(?=的?报告$)", title)
    return Markup("<wbr>").join(escape(part) for part in parts if part)


def outline_entries(names: Names, here: Here, items: Iterable[Item], depth: int = 0) -> Iterator[OutlineEntry]:
    """The headings of items and of those they hold, each with the number of its figures; of one that has a page and no
    heading its sentence, as nothing else leads there."""
    for item in items:
        if listed := bool(item.heading) or page_of(item.id) == item.id:
            start, end = item.section.start, item.section.end
            count = sum(start <= figure.start < end for figure in names.publication.figures)
            page = page_of(item.id)
            link = here.link(names, page, "" if page == item.id else item.anchor)
            figures = names.words.count("count_figures", count) if count else ""
            yield OutlineEntry(depth, names.item_said(item), link, figures)
        yield from outline_entries(names, here, item.items, depth + listed)


def _across(names: Names, here: Here, context: SiteContext) -> Iterator[tuple[str, Markup]]:
    """The links to what sets the report beside others, where there is any."""
    if names.publication.id in context.since:
        yield names.words("since"), here.link(names, SINCE)
    if place := context.places.get(names.publication.id):
        said = names.words("place_page", place=place_title(place, context.names))
        yield said, here.checked(addresses.place(names.language, place.id, "md"))


def _proof(names: Names) -> dict[str, Any]:
    """What was received, what was kept of it, and how to have it back."""
    source = names.report.source
    counts = {"n": len(source.text), "own": names.publication.characters}
    if not source.extracted:
        said = [
            names.words("proof_characters", **counts),
            names.words("proof_encoding", encoding=source.encoding.upper(), ends=records.line_ends(source.text)),
        ]
        return {"proof": said, "hashes": [("", source.sha256)], "restore": names.words("proof_restore")}
    hashes = [(names.words("proof_of_file"), source.sha256), (names.words("proof_of_text"), source.text_sha256)]
    hashes += [(names.words("proof_of_attachment", name=one.name), one.sha256) for one in source.attachments]
    attached = [names.words("proof_attachments")] if source.attachments else []
    return {
        "proof": [names.words(f"proof_{source.form}", **counts), *attached],
        "hashes": hashes,
        "restore": names.words("proof_kept"),
    }


def _panel(names: Names, here: Here) -> Panel:
    duties = []
    for content in provisions.contents(names.publication):
        links = tuple((_numeral(names, one), here.page_link(names, page_of(one.id))) for one in content.parts)
        there = names.words.count("provisions_there", content.sentences)
        duties.append(
            Duty(names.words(f"role_{content.role}"), links, there if links else names.words("provisions_none"))
        )
    title = load("roles")["provisions"]["title"][names.language]
    due, published = _due(names)
    return Panel(names.words("provisions_says", title=title), tuple(duties), due, published)


def _numeral(names: Names, part: Item) -> Said:
    """A part by its numeral alone: its name stands in the list of parts. By its heading where it has none."""
    numeral = names.numerals(part.id)
    return Said(escape(numeral)) if numeral else names.heading_said(part)


def _due(names: Names) -> tuple[str, str]:
    """When the report was due and when it was published, in words."""
    when = provisions.timeliness(names.publication)
    if when is None:
        return "", ""
    due = names.words("due_on", day=names.day(when.due.isoformat()))
    if when.days is None:
        return due, names.words("published_unknown")
    if not when.days:
        return due, names.words("published_on_the_day", day=names.day(names.publication.published))
    key = "published_late" if when.days > 0 else "published_early"
    return due, names.words.count(key, abs(when.days), day=names.day(names.publication.published))


def signed(names: Names, printed: str) -> Said:
    """The date under the signature: as printed in Chinese, in English as dates are written."""
    day = names.day(iso_day(printed))
    return Said(escape(day)) if names.lang and day != printed else names.own(printed)


def _particulars(names: Names) -> Iterator[tuple[str, str | Markup | Said]]:
    publication, particulars = names.publication, names.report.source.particulars
    missing = names.words("not_stated")
    for name in ("title", "issuer", "place"):
        said = publication.given(name)
        shown = names.own(said) if name == "title" else names.given(name)
        yield names.words("original_title" if name == "title" else name), shown if said else missing
    yield names.words("level"), names.words(f"level_{particulars.level.text}") if particulars.level else missing
    yield names.words("year"), publication.given("year") or missing
    if publication.year_reviewed != publication.year:
        yield names.words("year_reviewed"), publication.year_reviewed
    yield names.words("published"), names.day(publication.published) or missing
    yield names.words("signed"), signed(names, particulars.signed.text) if particulars.signed else missing
    if number := particulars.number:
        yield names.words("document_number"), names.own(number.text)
    source = publication.given("source")
    yield names.words("source"), names.given("source") if source else missing
    if checked := checked_by(names):
        yield names.words("checked_by_hand"), checked
    if url := publication.sidecar.url:
        link = Markup('<a{} rel="external">{}</a>').format(attribute("href", url), escape(url))
        yield names.words("original_page"), link
    else:
        yield names.words("original_page"), Markup(escape(names.words("original_page_unknown")))
