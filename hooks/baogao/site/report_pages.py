"""Publication -> the Markdown pages and the data of one report, in one language.

Afterwards: every sentence and heading of the report stands on its section's page and on the full page with its id. A
page is made of values that no other page changes, so that they can be made in any order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from ..export import figure_records, page_data, records, relation_records
from ..export.citations import STYLES, Cited, Style, bibtex, citation, csl_json, ris, work_of
from ..folding import displayed
from ..ids import ACCURACY, ANNEX, FIGURES, FULL, LANGUAGES, MATTERS, OVERVIEW, SINCE
from ..model import Part, Role
from ..outline.items import Item
from ..outline.layout import PageBlocks
from ..relations.changes import Since
from ..rules import load
from ..wording import addresses
from ..wording.addresses import tree
from ..wording.here import Here
from ..wording.marks import attribute, escape
from ..wording.names import Names, Said
from . import bilingual, head, matter_pages, matters_bilingual, overview, sheets, since_pages
from .changes_alone import changes_alone
from .context import SiteContext
from .figure_tables import (
    all_checked,
    doubts,
    figures_on,
    filters,
    groups,
    inferences,
    lacking,
    pictures,
    rows,
    rows_on,
)
from .linked import Linked, checked_by
from .page import ACCESSED, ADDRESS, PLACE, Chapter, File, Head, markdown_page, static
from .running_text import running_text

# ---- which pages there are


def chapter(names: Names, since: bool = False, matters: bool = False) -> Chapter:
    """Its pages in the navigation; `since`: that on what changed from the year before is among them; `matters`: that on
    plan, results and shortcomings."""
    pages = names.publication.layout.pages

    def below(items: Iterable[Item]) -> tuple[Chapter, ...]:
        return tuple(
            Chapter(names.heading(one), tree(names.path(one.id)), below(one.items), passed=not pages[one.id].reads)
            for one in items
            if one.id in pages
        )

    words = names.words
    last = [(ANNEX, words("annex"))] if ANNEX in pages else []
    last += [(MATTERS, words("matters"))] if matters else []
    last += [(FIGURES, words("figures")), *([(SINCE, words("since"))] if since else [])]
    own = (Chapter(title, tree(names.path(name))) for name, title in last)
    full = Chapter(words("full"), tree(names.path(FULL)), passed=True)
    return Chapter(names.short_title(), tree(names.path(OVERVIEW)), (full, *below(names.items.parts), *own))


def files(names: Names, context: SiteContext) -> Iterator[File]:
    """Its pages and their data, in a fixed order."""
    yield from (make() for make in page_makers(names, context).values())
    yield from _other_endings(names)
    if own := context.matters[names.publication.id]:
        yield static(names.path(MATTERS, "csv"), relation_records.matters_csv(names.publication, own).encode())
    yield from _citation_files(names, context.site_url)
    yield sheets.of_report(names)


def page_makers(names: Names, context: SiteContext) -> dict[str, Callable[[], File]]:
    """What makes each of its pages, by their names in the order of the site; none needs another to be made before."""
    pages = names.publication.layout.pages
    makers: dict[str, Callable[[], File]] = {OVERVIEW: partial(_overview, names, context)}
    for page in pages.values():
        if page.item:
            makers[page.name] = partial(_section, names, context, page, page.item)
            if names.publication.translation.begun:
                makers[addresses.bilingual(page.name)] = partial(_bilingual, names, context, page, page.item)
    if ANNEX in pages:
        makers[ANNEX] = partial(_annex, names, context, pages[ANNEX])
    makers |= {FULL: partial(_full, names, context), FIGURES: partial(_figures, names, context)}
    if context.matters[names.publication.id]:
        makers[MATTERS] = partial(_matters, names, context)
        if names.publication.translation.begun:
            makers[addresses.bilingual(MATTERS)] = partial(_matters_bilingual, names, context)
    if since := context.since.get(names.publication.id):
        makers[SINCE] = partial(_since, names, context, since)
    return makers


def _other_endings(names: Names) -> Iterator[File]:
    """Each page's data at the page's address with another ending."""
    publication = names.publication
    for page in (*publication.layout.pages.values(), publication.layout.full):
        for ending, content in page_data.endings(names, page, _title_of(names, page), figures_on(names, page)):
            path = names.path(page.name, ending)
            if path != addresses.data_file(publication.id, "full.txt"):  # the report's own, kept as it was
                yield static(path, content.encode())
    if names.lang:
        table = figure_records.figures_csv(publication.report, publication.figures, names.language)
        yield static(names.path(FIGURES, "csv"), table.encode())
        yield static(names.path(FIGURES, "json"), figure_records.figures_json(publication).encode())


def _title_of(names: Names, page: PageBlocks) -> str:
    """The title of a page that shows the report's text."""
    if page.item:
        return names.heading(page.item)
    return names.words("annex") if page.name == ANNEX else names.title()


# ---- the frame of a page


def _page(
    names: Names, name: str, template: str, title: str, title_language: str = "", canonical: str = "", **values: Any
) -> File:
    values = {"words": names.words, "notices": names.notices(), "title": title} | values
    about = {
        "title_language": title_language,
        "canonical": f"{canonical}.html" if canonical else "",
        "cited": names.cited(),
        "said_by": sheets.said_by(names),
        "printed": names.path(*sheets.STYLE),
    }
    here = Here.of(names, name)
    told = Head(
        head.report_tags(names),
        head.figures_data(names, here) if name == FIGURES else head.report_data(names),
        _description(names, name, title),
        _endings_of(name),
        _citations(names),
        tuple((tool, here.to(names.path("report", ending))) for tool, ending in _CITED_IN.items()),
        "" if names.publication.sidecar.url else names.words("cite_copy"),
    )
    return markdown_page(template, here.path, title, about, told, **values)


_CITED_IN = {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "csl.json"}  # the ending of each form of a citation


def _citation_files(names: Names, site_url: str) -> Iterator[File]:
    work = work_of(names, site_url=site_url and urljoin(site_url, names.path(OVERVIEW, "html")))
    written = {"bib": bibtex(work), "ris": ris(work), "csl.json": records.dumps([csl_json(work)])}
    for ending, content in written.items():
        yield File(tree(names.path("report", ending)), content.encode())


def _citations(names: Names) -> tuple[tuple[str, Markup, Markup], ...]:
    report = work_of(names, accessed=ACCESSED)
    place = work_of(names, Cited.SENTENCE, ADDRESS, PLACE, ACCESSED)
    return tuple(
        (STYLES[style], _told(names, citation(report, style)), _told(names, citation(place, style))) for style in Style
    )


def _told(names: Names, citation: str) -> Markup:
    """A citation with what is Chinese in it told as such on a page of another language."""
    given = [said for name in ("title", "issuer") if names.lang and (said := names.publication.given(name))]
    parts = re.split(f"({'|'.join(map(re.escape, given))})", citation) if given else [citation]
    lang = attribute("lang", names.lang)
    html = (Markup.escape(displayed(part)) for part in parts)  # not for Markdown: ADDRESS keeps its braces
    told = Markup("").join(
        Markup("<span{}>{}</span>").format(lang, part) if n % 2 else part for n, part in enumerate(html)
    )
    # filled by script: without one the day is not told, nor the stop behind it where nothing but it stands before that
    alone = attribute("class", "accessed") + attribute("data-end", ". ")
    for attributes, before, written in (
        (attribute("class", "at"), "", f"{PLACE}. "),
        (alone, ". ", f". [{ACCESSED}]. "),
        (attribute("class", "accessed"), "", f"[{ACCESSED}]"),
    ):
        told = told.replace(written, before + Markup("<span{}></span>").format(attributes))
    return told


def _endings_of(name: str) -> tuple[str, ...]:
    if name == FIGURES:
        return ("csv", "json")
    if name == MATTERS:
        return ("csv",)
    return () if addresses.is_bilingual(name) or name == SINCE else ("md", "json", "txt")


def _description(names: Names, name: str, title: str) -> str:
    """One line for a list of results elsewhere: the report, and the part that the page is."""
    if name in (OVERVIEW, FULL):
        return names.title()
    return f"{names.title()}: {title}" if names.lang else f"{names.title()}：{title}"


# ---- the pages


def _overview(names: Names, context: SiteContext) -> File:
    values = overview.values(names, Here.of(names, OVERVIEW), context)
    return _page(names, OVERVIEW, "overview", names.title(), **values)


def _section(names: Names, context: SiteContext, page: PageBlocks, item: Item) -> File:
    publication, here, node = names.publication, Here.of(names, page.name), item.section
    characters = sum(not c.isspace() for c in names.text[node.start : node.end])
    total = sum(node.start <= figure.start < node.end for figure in publication.figures)
    counts = [names.words("count_characters", n=characters)]
    if total:
        counts.append(names.words.count("count_figures", total))
    text = running_text(names, here, page, context)
    both = here.page_link(names, addresses.bilingual(page.name)) if publication.translation.begun else ""
    children = [one for one in item.items if one.id in publication.layout.pages]
    return _page(
        names,
        page.name,
        "section",
        names.heading(item),
        _title_language(names, item),
        line=" · ".join(counts),
        head=text.head(item) if page.head else names.own(item.label),
        number=names.shown_number(item),
        is_subsection="-" in item.id,
        bilingual=both,
        id=item.anchor if page.head else "",
        blocks=list(text.flow(_below(names, here, page, context))),
        signature=_signature(names) if page.name in _stops(names)[-1:] else [],
        plan=_plan(names, here) if node.role is Role.SHORTCOMINGS else None,
        elsewhere=context.links.elsewhere(here, names, page.name),
        children=list(overview.outline_entries(names, here, children)),
        rows=rows_on(names, here, page),
    )


def _below(names: Names, here: Here, page: PageBlocks, context: SiteContext) -> dict[int, list[Linked]]:
    """What stands below the passages of a section: of a shortcoming also the way to its row."""
    below = context.links.below(here, names, page.name)
    for end, row in matter_pages.rows_below(page.name, names, here, context).items():
        below.setdefault(end, []).append(row)
    return below


def _title_language(names: Names, item: Item) -> str:
    """The language of an item's title where it is not the page's."""
    return LANGUAGES[0] if names.heading_said(item).lang else ""


def _plan(names: Names, here: Here) -> tuple[Said, Markup] | None:
    """The part that answers shortcomings, where there is one: not every answer is found by program."""
    with_page = (one for one in names.items.parts if one.id in names.publication.layout.pages)
    plan = next((one for one in with_page if one.section.role is Role.PLAN), None)
    return (names.heading_said(plan), here.page_link(names, plan.id)) if plan else None


def _bilingual(names: Names, context: SiteContext, page: PageBlocks, item: Item) -> File:
    name = addresses.bilingual(page.name)
    values = bilingual.values(running_text(names, Here.of(names, name), page, context), item)
    own = _title_language(names, item)
    return replace(_page(names, name, "bilingual", names.heading(item), own, page.name, **values), aside=True)


def _annex(names: Names, context: SiteContext, page: PageBlocks) -> File:
    here = Here.of(names, ANNEX)
    blocks = list(running_text(names, here, page, context).flow())
    return _page(names, ANNEX, "annex", names.words("annex"), blocks=blocks, rows=rows_on(names, here, page))


def _full(names: Names, context: SiteContext) -> File:
    publication, here = names.publication, Here.of(names, FULL)
    first = next(iter(_stops(names)), "") if publication.translation.begun else ""
    return _page(
        names,
        FULL,
        "full",
        names.words("full"),
        phrased=overview.phrased_title(names),
        issuer=names.given("issuer"),
        unsaid=names.unsaid(),
        line=names.line(),
        blocks=list(running_text(names, here, publication.layout.full, context).flow()),
        bilingual=here.page_link(names, addresses.bilingual(first)) if first else "",
        signature=_signature(names),
        plain=here.data(names, "full.txt"),
        translations=_translations(names, here),
        rows=rows(names, here, publication.figures, FULL),
    )


def _stops(names: Names) -> list[str]:
    """The pages of sections that are read, in their order: not one that only holds others."""
    return [page.name for page in names.publication.layout.pages.values() if page.item and page.reads]


def _signature(names: Names) -> list[Said]:
    """The lines under which the report ends: who signs, and the day; each in the page's language where it has that."""
    lines = [names.text[s.start : s.end] for s in names.report.segments if s.part is Part.SIGNATURE]
    issuer, given = names.given_in_english("issuer"), names.publication.given("issuer")
    return [Said(escape(issuer)) if issuer and line == given else overview.signed(names, line) for line in lines]


def _translations(names: Names, here: Here) -> list[tuple[str, Markup]]:
    """The report's English as translators' tools take it."""
    files = {"PO": "report.en.po", "TMX": "report.tmx", "CSV": "bilingual.csv"}
    begun = names.publication.translation.begun
    return [(name, here.data(names, file)) for name, file in files.items()] if begun else []


def _figures(names: Names, context: SiteContext) -> File:
    here = Here.of(names, FIGURES)
    files = {
        "Excel": "figures.xlsx",
        "CSV": "figures.csv",
        "JSON": "figures.json",
        "Data Package": "datapackage.json",
    }
    return _page(
        names,
        FIGURES,
        "figures",
        names.words("figures"),
        count=names.words.count("count_figures", len(names.publication.figures)),
        note=names.words("figures_checked" if all_checked(names) else "figures_note"),
        checked=_checked_by(names),
        report_title=names.title(),
        groups=groups(names, here, context.indicator_pages),
        doubts=doubts(names),
        accuracy=here.to(addresses.hand_written(names.language, ACCURACY)) if context.accuracy else None,
        pictures=pictures(names, here),
        alone=changes_alone(names, here),
        filters=filters(names),
        computed=inferences(names, here),
        lacking=lacking(names, here),
        downloads=[(name, here.data(names, file)) for name, file in files.items()],
        columns=[(column["name"], column[names.language]) for column in load("columns")["columns"]],
    )


def _checked_by(names: Names) -> Markup:
    """Who checked the names of all figures; nothing where nobody did, or it is not told."""
    who = checked_by(names) if all_checked(names) else None
    return Markup(names.words("figures_checked_who", who=who.text)) if who else Markup()


def _matters(names: Names, context: SiteContext) -> File:
    return _page(
        names,
        MATTERS,
        "matters",
        names.words("matters"),
        **matter_pages.values(names, Here.of(names, MATTERS), context),
    )


def _matters_bilingual(names: Names, context: SiteContext) -> File:
    name = addresses.bilingual(MATTERS)
    values = matters_bilingual.values(names, Here.of(names, name), context)
    page = _page(names, name, "matters_bilingual", names.words("matters"), canonical=MATTERS, **values)
    return replace(page, aside=True)


def _since(names: Names, context: SiteContext, since: Since) -> File:
    title = since_pages.title(since, names)
    values = since_pages.values(since, context.names[since.then.id], names, Here.of(names, SINCE), context.links)
    return _page(names, SINCE, "since", title, **values)
