"""Publications -> all Markdown pages and static files, plain before they are MkDocs pages: of each report, in each
language, and of the site.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from ..export import bilingual_records, figure_records, records, relation_records
from ..export.search_records import report_facets, report_groups, report_records, theme_labels
from ..export.workbook import figures_workbook
from ..folding import fold
from ..ids import INDICATORS, INSTRUMENTS, LANGUAGES, PUBLISHED, SEARCH, TERMS, THEMES
from ..processes import Watched, shared, unwatched
from ..publication.accuracy import Accuracy
from ..publication.cache import Cache, encoded
from ..publication.publication import Publication
from ..relations.changes import since_last_year
from ..relations.glossary import Headword, glossary
from ..relations.instruments import NamedInstrument, instruments
from ..relations.links import Link, links
from ..relations.matters import Matter, matters
from ..relations.series import Measured, Place, measured, places
from ..relations.tensions import Tension, tensions
from ..relations.themes import by_theme
from ..rules import load
from ..search.records import Catalogue, TermCard, searched_text
from ..translation.po import write_po
from ..translation.terms import Term
from ..wording import addresses
from ..wording.addresses import tree
from ..wording.here import Here
from ..wording.names import Names
from ..wording.words import Words
from . import head, instrument_pages, report_pages, series_pages, term_pages, theme_pages
from .accuracy_page import accuracy_page
from .beside import files_beside
from .context import SiteContext
from .data_page import data_page
from .home import home_page, search_page
from .instrument_pages import Listed, listed
from .navigation import ACROSS, short_titles
from .page import File, Head, markdown_page, static
from .proof_pages import proof_page
from .series_pages import places_with_page, to_provisions


@dataclass(frozen=True, slots=True)
class Generated:
    """All that is made of the reports for a site."""

    files: tuple[File, ...]
    searched: Catalogue


def generated(
    publications: Sequence[Publication],
    accuracy: Sequence[Accuracy] = (),
    site_url: str = "",
    proofs: bool = False,
    watched: Watched = unwatched,
    cache: Cache | None = None,
    called: Mapping[str, str] | None = None,
) -> Generated:
    """Files, and what the search is made of; parameters as of `files`."""
    headwords = glossary(publications)
    return Generated(
        tuple(files(publications, accuracy, site_url, proofs, watched, cache, headwords, called)),
        _searched(publications, headwords),
    )


def _searched(publications: Sequence[Publication], headwords: Sequence[Headword]) -> Catalogue:
    groups = report_groups(publications, [short_titles(one) for one in publications])
    records = tuple(record for publication in publications for record in report_records(publication))
    text = "\n".join(searched_text(records, LANGUAGES[0]))
    return Catalogue(
        records,
        groups,
        tuple(_card(headword, text) for headword in headwords),
        report_facets(groups),
        theme_labels(),
        {language: addresses.tree_of(language) for language in LANGUAGES},
        addresses.hand_written(LANGUAGES[0], SEARCH),
        renderings=renderings([one.term for one in headwords], [text, "\n".join(searched_text(records, "en"))]),
    )


def renderings(terms: Sequence[Term], texts: Sequence[str]) -> dict[str, str]:
    """What readers call a thing -> what reports call it, by rules/renderings.yml and the other forms of terms; none
    where one is a part of the other, which a search finds by itself. `texts`: as of searched_text, in any language."""
    pairs = list[tuple[str, str]]()
    for row in load("renderings")["rows"]:
        said = next((one for one in row["said"] if any(fold(one) in text for text in texts)), row["said"][0])
        pairs += [(asked, said) for asked in row["asked"]]
    pairs += [(other, term.zh) for term in terms for other in term.variants]
    pairs += [(other, term.en) for term in terms for other in term.alternatives]
    found = dict[str, str]()
    for asked, said in pairs:
        if fold(asked) not in fold(said) and fold(said) not in fold(asked):
            found.setdefault(asked, said)
    return found


def _card(headword: Headword, text: str) -> TermCard:
    """`text`: all that a search counts, as it compares it."""
    term, (page, anchor) = headword.term, term_pages.address(LANGUAGES[0], headword)
    form = fold(term.zh)
    own = sum(fold(place.text[place.start : place.end]) == form for place in headword.places)
    return TermCard(
        dict(zip(LANGUAGES, ((term.zh, *term.variants), (term.en, *term.alternatives)), strict=True)),
        dict(zip(LANGUAGES, (term.definition_zh, term.definition_en), strict=True)),
        page,
        anchor,
        len(headword.places),
        max(0, text.count(form) - own),
    )


def files(
    publications: Sequence[Publication],
    accuracy: Sequence[Accuracy] = (),
    site_url: str = "",
    proofs: bool = False,
    watched: Watched = unwatched,
    cache: Cache | None = None,
    headwords: Sequence[Headword] | None = None,
    called: Mapping[str, str] | None = None,
) -> list[File]:
    """Everything generated, in a fixed order; a page on accuracy where it was measured; site_url where it is known;
    the proof sheets where they are asked for. `watched` sees each report that is written go by, once a language;
    `cache` remembers those that were; `headwords` are the glossary, where it is made already; `called` is what a shard
    of a site is called, by language."""
    headwords = glossary(publications) if headwords is None else headwords
    made, entries_named = list[File](), instruments(publications)
    named = listed(entries_named, publications)
    found = links(publications)
    by_report: dict[str, list[Link]] = {publication.id: [] for publication in publications}
    for link in found:
        by_report[link.from_.publication].append(link)
    own_matters = {one.id: matters(one, by_report[one.id]) for one in publications}
    asked = {one.id: tensions(one) for one in publications}
    on_themes = {one.id: by_theme(one) for one in publications}
    all_places = places(publications)
    over_years, since = measured(all_places), since_last_year(publications, found)
    with_page = {one.id: place for place in places_with_page(all_places) for one in place.publications}
    codes = tuple(sorted(one.indicator.code for one in over_years))
    contexts = [
        SiteContext(
            language,
            {one.id: Names(one, language) for one in publications},
            tuple(found),
            own_matters,
            asked,
            on_themes,
            {one.term.id: term_pages.address(language, one) for one in headwords},
            since,
            with_page,
            codes,
            bool(accuracy),
            proofs,
            site_url,
            (called or {}).get(language, ""),
        )
        for language in LANGUAGES
    ]
    of_reports = _of_reports(contexts, watched, cache or Cache())
    for context in contexts:
        across = [
            *_themes(context),
            *indicator_files(over_years, context),
            *place_files(all_places, over_years, context, since),
        ]
        made += [home_page(context, lists_across(across, context.language)), search_page(context)]
        made += [accuracy_page(accuracy, context.language)] if accuracy else []
        made += _terms(headwords, context)
        made += _instruments(named, context)
        made += across
        for _ in publications:
            made += next(of_reports)
    for publication in publications:
        own = by_report[publication.id], own_matters[publication.id], asked[publication.id]
        made.extend(_data_files(publication, entries_named, *own))
    sizes = {file.path: len(file.content) for file in made}
    made += [data_page(context, sizes) for context in contexts]
    return [*made, *files_beside(publications)]


@dataclass(frozen=True, slots=True)
class Written:
    """The pages of one report in one language."""

    files: tuple[File, ...]


def _of_reports(contexts: Sequence[SiteContext], watched: Watched, cache: Cache) -> Iterator[tuple[File, ...]]:
    """The files of each report in each language, from before or made now, in order."""
    each = [(id_, context.of(id_)) for context in contexts for id_ in context.names]
    keys = [_made_of(context, id_) if cache.folder else () for context in contexts for id_ in context.names]
    known = [cache.known(Written, key) if key else None for key in keys]
    missing = [number for number, one in enumerate(known) if one is None]

    def written(number: int) -> Written:
        (id_, context), key = each[missing[number]], keys[missing[number]]
        names = context.names[id_]
        proof = [replace(proof_page(names), aside=True)] if context.proofs else []
        # once a report: a workbook of thousands of cells takes as long as some of its pages
        first = context.language == LANGUAGES[0]
        books = [_workbook([one.names[id_] for one in contexts], context.site_url)] if first else []
        made = Written((*report_pages.files(names, context), *proof, *books))
        if key:
            cache.keep(made, key)
        return made

    made = watched(shared(written, len(missing)), len(missing))
    for one in known:
        yield (one or next(made)).files


def _made_of(context: SiteContext, id_: str) -> tuple[bytes, ...]:
    """All that the pages of a report depend on: of the reports its links lead to only what the links show, so that an
    edit there leaves these pages as they were."""
    names, own = context.names[id_], context.of(id_)
    shown = [
        (
            page,
            context.links.below(Here.of(names, page), names, page),
            context.links.elsewhere(Here.of(names, page), names, page),
        )
        for page in names.publication.layout.pages
    ]
    beside = {one.then.id for one in own.since.values()} | {
        one.id for place in own.places.values() for one in place.publications
    }
    others = {other: context.names[other] for other in sorted(beside - {id_})}
    return encoded((names, replace(own, names=others, joined=()), repr(shown)))


def _data_files(
    publication: Publication,
    named: Sequence[NamedInstrument],
    found: Sequence[Link],
    own: Sequence[Matter],
    asked: Sequence[Tension],
) -> Iterator[File]:
    for name, content in {
        "report.json": records.dumps(
            records.report_record(publication)
            | {"instruments": relation_records.instrument_records(publication.id, named)}
            | {"links": relation_records.link_records(publication.id, found)}
            | {"matters": relation_records.matter_records(own)}
            | {"tensions": relation_records.tension_records(asked)}
        ),
        "figures.json": figure_records.figures_json(publication),
        "figures.csv": figure_records.figures_csv(publication.report, publication.figures),
        "figures-excel.csv": records.for_excel(figure_records.figures_csv(publication.report, publication.figures)),
        "full.txt": records.full_text(publication),
        "datapackage.json": figure_records.data_package(publication),
        **(_translation_files(publication) if publication.translation.begun else {}),
    }.items():
        yield File(tree(addresses.data_file(publication.id, name)), content.encode())


def _workbook(in_languages: Sequence[Names], site_url: str) -> File:
    path = addresses.data_file(in_languages[0].publication.id, "figures.xlsx")
    return File(tree(path), figures_workbook(in_languages, site_url))


def _translation_files(publication: Publication) -> dict[str, str]:
    units = Names(publication, LANGUAGES[0]).units()
    return {
        "report.en.po": write_po(publication.id, units, publication.translation),
        "report.tmx": bilingual_records.tmx(publication),
        "bilingual.csv": records.for_excel(bilingual_records.bilingual_csv(publication)),
    }


# ---- pages of the site


def lists_across(made: Sequence[File], language: str) -> list[tuple[str, Markup]]:
    """The name of each list across reports that there is, and the link from the first page to it."""
    here, paths = tree(addresses.home(language, "md")), {file.path for file in made}
    lists = {name: tree(addresses.hand_written(language, name, "md")) for name in ACROSS}
    words = Words(language)
    return [(words(ACROSS[name]), Markup(addresses.link(here, path))) for name, path in lists.items() if path in paths]


def _aside(*given: Any, **values: Any) -> File:
    """A page that a list leads to, and no navigation: parameters as of markdown_page."""
    return replace(markdown_page(*given, **values), aside=True)


def _terms(headwords: Sequence[Headword], context: SiteContext) -> list[File]:
    """The list of terms and their pages; nothing where no report uses a term."""
    if not headwords:
        return []
    language = context.language
    path, title = addresses.hand_written(language, TERMS, "md"), Words(language)("terms")
    made = [markdown_page("terms", path, title, **term_pages.list_values(headwords, context))]
    for headword in headwords:
        if headword.has_page:
            path = addresses.term(language, headword.term.id, "md")
            title = headword.term.zh if language == LANGUAGES[0] else f"{headword.term.en} · {headword.term.zh}"
            term = headword.term
            said = term.definition_zh if language == LANGUAGES[0] else term.definition_en
            told = Head([], head.term_data(term, language), said)
            made.append(_aside("term", path, title, None, told, **term_pages.page_values(headword, context)))
    return made


def _instruments(named: Sequence[Listed], context: SiteContext) -> list[File]:
    """The list of instruments and their pages; nothing where no report names one."""
    if not named:
        return []
    language = context.language
    path, title = addresses.hand_written(language, INSTRUMENTS, "md"), Words(language)("instruments")
    made = [markdown_page("instruments", path, title, **instrument_pages.list_values(named, context))]
    for one in named:
        if one.has_page:
            path, title = addresses.instrument(language, one.instrument.id, "md"), instrument_pages.title(one, language)
            about = {} if one.term else {"title_language": LANGUAGES[0]}
            made.append(_aside("instrument", path, title, about, **instrument_pages.page_values(one, context)))
    return made


def indicator_files(over_years: Sequence[Measured], context: SiteContext) -> list[File]:
    """The list of indicators that several reports state, their pages and data; nothing where there is none."""
    if not over_years:
        return []
    language = context.language
    path, title = addresses.hand_written(language, INDICATORS, "md"), Words(language)("indicators")
    made = [markdown_page("indicators", path, title, **series_pages.list_values(over_years, context))]
    for one in over_years:
        path, name = addresses.indicator(language, one.indicator.code, "md"), one.indicator.names[language]
        told = Head([], {}, one.indicator.says[language], ("csv", "json"))
        made.append(_aside("indicator", path, name, None, told, **series_pages.page_values(one, context)))
        for ending, content in (
            ("csv", figure_records.indicator_csv(one)),
            ("json", figure_records.indicator_json(one)),
        ):
            made.append(static(addresses.indicator(language, one.indicator.code, ending), content.encode()))
    return made


def _themes(context: SiteContext) -> list[File]:
    """The list of themes and their pages, where there are two reports to read."""
    if len(context.names) < 2:
        return []
    language = context.language
    path, title = addresses.hand_written(language, THEMES, "md"), Words(language)("themes")
    made = [markdown_page("themes", path, title, **theme_pages.list_values(context))]
    for theme in theme_pages.themes_of(context):
        path, title = addresses.theme(language, theme, "md"), theme_pages.name_of(theme, language)
        made.append(_aside("theme", path, title, **theme_pages.page_values(theme, context)))
    return made


def place_files(
    all_places: Sequence[Place], over_years: Sequence[Measured], context: SiteContext, since: Collection[str]
) -> list[File]:
    """The pages of places with more than one report; who published when, where there are two reports to tell of."""
    made, language = [], context.language
    for place in places_with_page(all_places):
        path, title = addresses.place(language, place.id, "md"), series_pages.place_title(place, context.names)
        made.append(_aside("place", path, title, **series_pages.place_values(place, over_years, context, since)))
    bodies = to_provisions(all_places)
    if sum(len(body.publications) for _, body in bodies) > 1:
        path, title = addresses.hand_written(language, PUBLISHED, "md"), Words(language)("published_table")
        made.append(markdown_page("published", path, title, **series_pages.published_values(bodies, context)))
    return made
