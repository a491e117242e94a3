"""What shards hand over -> the front of a site in shards: home, finder, places and indicators over all, one search.

A shard is a site of its own in a folder of the front, so that every address in it is what it would be by itself; of its
reports the front holds what its pages show, and the records of the search.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from ..export.search_records import report_facets, theme_labels
from ..ids import LANGUAGES, SEARCH, SINCE
from ..model import Report, Section
from ..publication.accuracy import Accuracy
from ..publication.publication import Publication
from ..relations.series import measured, places
from ..search.records import Catalogue, Record, RecordGroup, SearchFacet, searched_text
from ..translation.po import Translation
from ..translation.terms import Term, general_terms
from ..wording import addresses
from ..wording.addresses import tree
from ..wording.here import Here
from ..wording.names import Names
from ..wording.words import Words
from .accuracy_page import accuracy_page
from .beside import files_beside
from .context import SiteContext
from .home import ShardLink, ShardLinks, examples, home_page, search_page_of
from .page import File
from .pages import Generated, indicator_files, lists_across, place_files, renderings
from .series_pages import places_with_page
from .site import Site

_SHARD = "shard"  # the facet


@dataclass(frozen=True)
class ReportAbroad(Publication):
    """A report whose pages a shard has: without its text, and of its figures those of an indicator."""

    figures_stated: int = 0  # of all its figures
    characters_own: int = 0

    @property
    def stated(self) -> int:
        """How many figures it states."""
        return self.figures_stated

    @property
    def characters(self) -> int:
        """Of the report itself, as the shard counted them."""
        return self.characters_own


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a shard hands over to the front."""

    shard: str  # its folder
    called: Mapping[str, str]  # by language
    reports: tuple[ReportAbroad, ...]
    records: tuple[Record, ...]
    groups: tuple[RecordGroup, ...]
    terms: tuple[Term, ...]  # that its reports use
    since: tuple[str, ...]  # the ids of reports with a page on what changed
    examples: tuple[str, ...]  # what to search for


def handed_over(shard: str, called: Mapping[str, str], publications: Sequence[Publication], site: Site) -> HandedOver:
    """Of the site of a shard: its reports, and what is searched of them."""
    ids = {one.id for one in publications}
    paths = {file.path for file in site.files}
    used = {card.forms[LANGUAGES[0]][0] for card in site.searched.cards}
    terms = {term.id: term for one in publications for term in one.terms if term.zh in used}
    return HandedOver(
        shard,
        called,
        tuple(_abroad(one, shard) for one in publications),
        tuple(replace(one, shard=shard) for one in site.searched.records if one.group in ids),
        tuple(group for group in site.searched.groups if group.id in ids),
        tuple(terms.values()),
        tuple(id_ for id_ in sorted(ids) if tree(addresses.page(LANGUAGES[0], id_, SINCE, "md")) in paths),
        tuple(examples(publications)),
    )


def _abroad(publication: Publication, shard: str) -> ReportAbroad:
    """What pages of the front show of it, or count."""
    figures = tuple(figure for figure in publication.figures if figure.indicator)
    entries = publication.translation.entries or {}
    begun = next((id_ for id_, entry in entries.items() if entry.english), "")  # that there is English at all
    named = {begun, *(figure.id for figure in figures)}
    said = {id_: entry for id_, entry in entries.items() if id_ in named or id_.startswith("m-")}
    source = replace(publication.report.source, text="", segments=(), body=(), findings=(), pages=())
    sections = tuple(map(_without_words, publication.report.sections))
    general = set(general_terms())
    return ReportAbroad(
        publication.id,
        Report(source, publication.report.preamble, sections, (), (), ()),
        figures,
        (),
        publication.sidecar,
        (),
        Translation(entries=said),
        tuple(term for term in publication.terms if term not in general),
        publication.year_reviewed,
        shard,
        publication.stated,
        publication.characters,
    )


def _without_words(section: Section) -> Section:
    """A node whose sentences are counted, not read."""
    sentences = tuple(replace(one, text="") for one in section.sentences)
    return replace(section, sentences=sentences, sections=tuple(map(_without_words, section.sections)))


def front(parts: Sequence[HandedOver], by: str, accuracy: Sequence[Accuracy] = (), site_url: str = "") -> Generated:
    """The pages over all shards, and what is searched. `by`: what they are parted by: province, year, kind."""
    general = general_terms()
    reports = sorted(
        (replace(one, terms=(*general, *one.terms)) for part in parts for one in part.reports), key=lambda one: one.id
    )
    all_places = places(reports)
    over_years = measured(all_places)
    with_page = {one.id: place for place in places_with_page(all_places) for one in place.publications}
    since = frozenset(id_ for part in parts for id_ in part.since)
    made = list[File]()
    for language in LANGUAGES:
        context = SiteContext(
            language,
            {one.id: Names(one, language) for one in reports},
            *((), {}, {}, {}, {}, {}),
            places=with_page,
            indicator_pages=tuple(sorted(one.indicator.code for one in over_years)),
            site_url=site_url,
        )
        across = [*indicator_files(over_years, context), *place_files(all_places, over_years, context, since)]
        shards = _shards(parts, by, language)
        made += [accuracy_page(accuracy, language)] if accuracy else []
        made += [home_page(context, lists_across(across, language), shards), _search_page(parts, language), *across]
    return Generated((*made, *files_beside(reports)), _searched(parts, by))


def _shards(parts: Sequence[HandedOver], by: str, language: str) -> ShardLinks:
    here, words = Here(addresses.home(language, "md")), Words(language)
    links = (
        ShardLink(
            part.called[language], _list_of(part, here, language), words.count("count_reports", len(part.reports))
        )
        for part in parts
    )
    return ShardLinks(words(f"by_{by}"), tuple(links))


def _list_of(part: HandedOver, here: Here, language: str) -> Markup:
    return here.to(addresses.in_shard(part.shard, addresses.home(language)))


def _search_page(parts: Sequence[HandedOver], language: str) -> File:
    """Without script it leads to the lists of the shards."""
    here = Here(addresses.hand_written(language, SEARCH, "md"))
    lists = [(part.called[language], _list_of(part, here, language)) for part in parts]
    return search_page_of(language, lists, [query for part in parts[:1] for query in part.examples])


def _searched(parts: Sequence[HandedOver], by: str) -> Catalogue:
    """The records of all shards, one after the other: to the search they are one site."""
    records = tuple(replace(one, facets={**one.facets, _SHARD: part.shard}) for part in parts for one in part.records)
    groups = tuple(group for part in parts for group in part.groups)
    terms = {term.id: term for part in parts for term in part.terms}
    texts = ["\n".join(searched_text(part.records, language)) for part in parts for language in LANGUAGES]
    says = {language: Words(language)(f"by_{by}") for language in LANGUAGES}
    shards = SearchFacet(_SHARD, says, {part.shard: dict(part.called) for part in parts})
    facets = report_facets(groups)
    return Catalogue(
        records,
        groups,
        facets=facets if by in {one.name for one in facets} else (*facets, shards),
        labels=theme_labels(),
        trees={language: addresses.tree_of(language) for language in LANGUAGES},
        page=addresses.hand_written(LANGUAGES[0], SEARCH),
        renderings=renderings([*terms.values()], texts),
    )


# ---- a shard, as its front has it

_UP = "../"  # from the folder of a shard to that of its front
_SEARCH_SCRIPT = "assets/search/open.js"  # the script knows by its own address where the search is


def shard_of(site: Site) -> Site:
    """The site of a shard without its page of the search, which the front has for all."""
    search = {tree(addresses.hand_written(language, SEARCH, "md")) for language in LANGUAGES}
    files = tuple(file for file in site.files if file.path not in search)
    order = {
        language: tuple(chapter for chapter in chapters if chapter.path not in search)
        for language, chapters in site.navigation.items()
    }
    return replace(site, files=files, navigation=order, searched_here=False)


def to_front(html: str, here: str) -> str:
    """A finished page of a shard at a path of it: what leads to its own first page or the search leads to the front's,
    and the script of the search is the front's. A switch to the same page in another script stays."""
    language = next((one for one in LANGUAGES[1:] if here.startswith(addresses.tree_of(one))), LANGUAGES[0])
    for path in (addresses.home(language), addresses.hand_written(language, SEARCH), _SEARCH_SCRIPT):
        own, there = addresses.link(here, path), f"{_UP * (here.count('/') + 1)}{path}"
        html = re.sub(rf'(?<==")(?:\./)?{re.escape(own)}(?=["?#])(?!" hreflang)', there, html)
    return html
