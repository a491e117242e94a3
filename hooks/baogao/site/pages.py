"""Publications -> all Markdown pages and static files, plain before they are MkDocs pages: of each report, in each
language, and of the site.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import quote

from markupsafe import Markup

from ..export import records
from ..export.feeds import feeds
from ..export.search_records import Record, Shown, report_records
from ..folding import displayed
from ..ids import ACCURACY, DATA, FULL, INDICATORS, INSTRUMENTS, LANGUAGES, PUBLISHED, SEARCH, TERMS
from ..model import Form
from ..processes import Watched, shared, unwatched
from ..publication.accuracy import Accuracy, Tally
from ..publication.cache import Cache, encoded
from ..publication.publication import Publication
from ..relations.changes import Since, since_last_year
from ..relations.glossary import Headword, glossary, glossary_terms
from ..relations.instruments import NamedInstrument, instruments
from ..relations.links import Link, links
from ..relations.series import Measured as OverYears
from ..relations.series import Place, measured, places
from ..rules import load
from ..translation.po import write_po
from ..translation.terms import Term
from ..wording import addresses
from ..wording.names import Names, tree
from ..wording.words import Words
from . import head, instrument_pages, series_pages, term_pages
from .finder import finder
from .instrument_pages import Listed, listed
from .linked import Links
from .navigation import ACROSS, short_titles
from .page import File, Head, markdown_page, static
from .proof_pages import proof_page
from .report_pages import ReportPages
from .series_pages import places_with_page, to_article24
from .views import Download, Downloads, Example, KindMeasured, Linked, Measured


@dataclass(frozen=True, slots=True)
class Generated:
    """All that is made of the reports for a site."""

    files: tuple[File, ...]
    records: tuple[Record, ...]  # what is searched
    shown: tuple[Shown, ...]
    terms: tuple[Term, ...]  # of the glossary


def generated(
    publications: Sequence[Publication],
    accuracy: Sequence[Accuracy] = (),
    site_url: str = "",
    proofs: bool = False,
    watched: Watched = unwatched,
    cache: Cache | None = None,
) -> Generated:
    """Files, and what the search is made of; parameters as of `files`."""
    return Generated(
        tuple(files(publications, accuracy, site_url, proofs, watched, cache)),
        tuple(record for publication in publications for record in report_records(publication)),
        tuple(Shown(one.id, short_titles(one), one.given("place"), one.year) for one in publications),
        tuple(glossary_terms(publications)),
    )


def files(
    publications: Sequence[Publication],
    accuracy: Sequence[Accuracy] = (),
    site_url: str = "",
    proofs: bool = False,
    watched: Watched = unwatched,
    cache: Cache | None = None,
) -> list[File]:
    """Everything generated, in a fixed order; a page on accuracy where it was measured; site_url where it is known;
    the proof sheets where they are asked for. `watched` sees each report that is written go by, once a language;
    `cache` remembers those that were."""
    made, headwords, entries_named = [], glossary(publications), instruments(publications)
    named = listed(entries_named, publications)
    found = links(publications)
    all_places = places(publications)
    over_years, since = measured(all_places), since_last_year(publications, found)
    with_page = {one.id: place for place in places_with_page(all_places) for one in place.publications}
    codes = tuple(sorted(one.indicator.code for one in over_years))
    entries = {lang: {one.term.id: term_pages.address(lang, one) for one in headwords} for lang in LANGUAGES}
    each = [
        MadeOf(
            publication,
            language,
            entries[language],
            bool(accuracy),
            before.then if (before := since.get(publication.id)) else None,
            tuple(one.results for one in before.plan) if before else (),
            site_url,
            proofs,
            with_page.get(publication.id),
            codes,
        )
        for language in LANGUAGES
        for publication in publications
    ]
    of_reports = _of_reports(each, since, Links(found, publications), watched, cache or Cache())
    for language in LANGUAGES:
        across = [*_indicators(over_years, language), *_places(all_places, over_years, since, language)]
        made += [_home(publications, language, _lists(across, language)), _search(publications, language)]
        made += [_accuracy(accuracy, language)] if accuracy else []
        made += _terms(headwords, language)
        made += _instruments(named, language)
        made += across
        for _ in publications:
            made += next(of_reports)
    for publication in publications:
        made.extend(_data_files(publication, entries_named, found))
    made += [
        _data_page(publications, {file.path: len(file.content) for file in made}, language) for language in LANGUAGES
    ]
    schemas = {name: load("schemas")[name] for name in SCHEMAS} | {"sidecar": load("sidecar")}
    made += [static(addresses.schema(name), records.dumps(schema).encode()) for name, schema in schemas.items()]
    made += [static(path, content.encode()) for path, content in feeds(publications)]
    made += [static("llms.txt", _for_models(publications).encode())]
    return made


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What the pages of one report in one language are made of, links to other reports apart."""

    publication: Publication
    language: str
    entries: dict[str, tuple[str, str]]  # of the glossary: path and anchor, by the ids of terms
    accuracy: bool  # there is a page on it
    before: Publication | None  # of the same place and body, of the year before
    planned: tuple[tuple[Link, ...], ...]  # then, and what is said of it now
    site: str
    proof: bool
    place: Place | None
    indicator_pages: tuple[str, ...]  # codes


@dataclass(frozen=True, slots=True)
class Asked:
    """Which links a page of a report asked for, and what it was shown."""

    how: str  # a method of Links
    page: str
    here: str
    shown: str  # hash of what was answered


@dataclass(frozen=True, slots=True)
class Written:
    """The pages of one report in one language."""

    files: tuple[File, ...]
    asked: tuple[Asked, ...]


class _Asking(Links):
    """The links, and what was asked of them."""

    def __init__(self, links: Links) -> None:
        self.publications = links.publications
        self.asked: list[Asked] = []
        self._links = links

    def below(self, names: Names, page: str) -> dict[int, list[Linked]]:
        found = self._links.below(names, page)
        self.asked.append(Asked("below", page, names.here, _hashed(found)))
        return found

    def elsewhere(self, names: Names, page: str) -> list[Linked]:
        found = self._links.elsewhere(names, page)
        self.asked.append(Asked("elsewhere", page, names.here, _hashed(found)))
        return found

    def to(self, names: Names, link: Link) -> Linked:
        return self._links.to(names, link)  # of what was planned: MadeOf has both reports


def _hashed(shown: object) -> str:
    return sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()


def _stands(written: Written, made_of: MadeOf, links: Links) -> bool:
    """Whether the links that the pages show are as they were."""
    names = Names(made_of.publication, made_of.language)
    for one in written.asked:
        names.here = one.here
        if _hashed(getattr(links, one.how)(names, one.page)) != one.shown:
            return False
    return True


def _of_reports(
    each: Sequence[MadeOf], since: Mapping[str, Since], links: Links, watched: Watched, cache: Cache
) -> Iterator[tuple[File, ...]]:
    """The files of each, from before or made now, in order."""
    keys = [encoded((one,)) if cache.folder else () for one in each]
    read = [cache.known(Written, key) if key else None for key in keys]
    known = [one if one and _stands(one, of, links) else None for one, of in zip(read, each, strict=True)]
    missing = [number for number, one in enumerate(known) if one is None]

    def written(number: int) -> Written:
        one, key, asking = each[missing[number]], keys[missing[number]], _Asking(links)
        writer = ReportPages(
            one.publication,
            one.language,
            entries=one.entries,
            accuracy=one.accuracy,
            links=asking,
            site=one.site,
            proof=one.proof,
            since=since.get(one.publication.id),
            place=one.place,
            indicator_pages=one.indicator_pages,
        )
        proof = [replace(proof_page(one.publication, one.language), aside=True)] if one.proof else []
        made = Written((*writer.files(), *proof), tuple(asking.asked))
        if key:
            cache.keep(made, key)
        return made

    made = watched(shared(written, len(missing)), len(missing))
    for one in known:
        yield (one or next(made)).files


SCHEMAS = ("figures", "page", "report", "indicator")  # of rules/schemas.yml


def _data_files(publication: Publication, named: Sequence[NamedInstrument], found: Sequence[Link]) -> Iterator[File]:
    for name, content in {
        "report.json": records.dumps(
            records.report_record(publication)
            | {"instruments": records.instrument_records(publication.id, named)}
            | {"links": records.link_records(publication.id, found)}
        ),
        "figures.json": records.figures_json(publication),
        "figures.csv": records.figures_csv(publication.figures),
        "figures-excel.csv": records.figures_for_excel(publication.figures),
        "full.txt": records.full_text(publication),
        "datapackage.json": records.data_package(publication),
        **(_translation_files(publication) if publication.translation.begun else {}),
    }.items():
        yield File(tree(addresses.data_file(publication.id, name)), content.encode())


def _translation_files(publication: Publication) -> dict[str, str]:
    units = Names(publication, LANGUAGES[0]).units()
    return {
        "report.en.po": write_po(publication.id, units, publication.translation),
        "report.tmx": records.tmx(publication),
        "bilingual.csv": records.bilingual_csv(publication),
    }


# ---- pages of the site


def _lists(made: Sequence[File], language: str) -> list[tuple[str, Markup]]:
    """The name of each list across reports that there is, and the link from the first page to it."""
    here, paths = tree(addresses.home(language, "md")), {file.path for file in made}
    lists = {name: tree(addresses.hand_written(language, name, "md")) for name in ACROSS}
    words = Words(language)
    return [(words(ACROSS[name]), Markup(addresses.link(here, path))) for name, path in lists.items() if path in paths]


def _home(publications: Sequence[Publication], language: str, lists: Sequence[tuple[str, Markup]] = ()) -> File:
    words = Words(language)
    path = addresses.home(language, "md")
    names = [ReportPages(publication, language, path) for publication in publications]
    several = len(names) > 1  # then a list to choose from, else what the one report says
    reports, facets = finder(names, words) if several else ((), ())
    lacking = language != LANGUAGES[0] and any(not p.translation.begun for p in publications)
    search = Markup(addresses.link(path, addresses.hand_written(language, SEARCH)))
    return markdown_page(
        "home",
        path,
        words("home"),
        words=words,
        lacking=lacking,
        search=search,
        card=None if several or not names else names[0].card(),
        reports=reports,
        facets=facets,
        count=words.count("count_reports", len(names)),
        lists=lists,
    )


def _search(publications: Sequence[Publication], language: str) -> File:
    words = Words(language)
    path = addresses.hand_written(language, SEARCH, "md")
    full = [ReportPages(publication, language, path).full_text() for publication in publications]
    examples = [Example(query, quote(query)) for query in _examples(publications)]
    return markdown_page("search", path, words("search"), words=words, full=full, examples=examples)


def _accuracy(accuracy: Sequence[Accuracy], language: str) -> File:
    words = Words(language)
    path = addresses.hand_written(language, ACCURACY, "md")
    sets = [
        Measured(
            "seen" if one.seen else "unseen",
            words("accuracy_seen" if one.seen else "accuracy_unseen"),
            words(
                "accuracy_says",
                reports=one.reports,
                found=one.all.found,
                labelled=one.all.labelled,
                made_up=one.all.made_up,
                subjects=f"{one.subjects:.2f}",
            ),
            (
                *(_measured(words(f"kind_{kind}"), tally) for kind, tally in one.kinds.items()),
                _measured(words("all"), one.all),
            ),
        )
        for one in accuracy
    ]
    return markdown_page("accuracy", path, words("accuracy"), words=words, language=language, sets=sets)


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


def _data_page(publications: Sequence[Publication], sizes: Mapping[str, int], language: str) -> File:
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


def _for_models(publications: Sequence[Publication]) -> str:
    """llms.txt (llmstxt.org): what is here, and where it stands as plain Markdown."""
    words = Words("en")
    lines = [f"# {words('feed_title')}", "", f"> {words('site_line')} {words('llms_says')}", ""]
    for publication in publications:
        names = Names(publication, "zh", "index.md")
        lines.append(f"- [{_link_text(names.title())}]({names.path(FULL, 'md')}): {publication.id}, zh")
        if publication.translation.begun:
            english = Names(publication, "en", "index.md")
            lines.append(f"- [{_link_text(english.title())}]({english.path(FULL, 'md')}): {publication.id}, en")
    return "\n".join(lines) + "\n"


def _link_text(title: str) -> str:
    """A title in the brackets of a link of plain Markdown, on its line."""
    return re.sub(r"([\\\[\]])", r"\\\1", " ".join(displayed(title).split()))


def _terms(headwords: Sequence[Headword], language: str) -> list[File]:
    """The list of terms and their pages; nothing where no report uses a term."""
    if not headwords:
        return []
    words = Words(language)
    path = addresses.hand_written(language, TERMS, "md")
    made = [markdown_page("terms", path, words("terms"), **term_pages.list_values(headwords, language))]
    for headword in headwords:
        if headword.has_page:
            path = addresses.term(language, headword.term.id, "md")
            title = headword.term.zh if language == LANGUAGES[0] else f"{headword.term.en} · {headword.term.zh}"
            term = headword.term
            said = term.definition_zh if language == LANGUAGES[0] else term.definition_en
            told = Head([], head.term_data(term, language), said)
            made.append(
                replace(
                    markdown_page("term", path, title, None, told, **term_pages.page_values(headword, language)),
                    aside=True,
                )
            )
    return made


def _instruments(named: Sequence[Listed], language: str) -> list[File]:
    """The list of instruments and their pages; nothing where no report names one."""
    if not named:
        return []
    path, title = addresses.hand_written(language, INSTRUMENTS, "md"), Words(language)("instruments")
    made = [markdown_page("instruments", path, title, **instrument_pages.list_values(named, language))]
    for one in named:
        if one.has_page:
            path, title = addresses.instrument(language, one.instrument.id, "md"), instrument_pages.title(one, language)
            about = {} if one.term else {"title_language": LANGUAGES[0]}
            page = markdown_page("instrument", path, title, about, **instrument_pages.page_values(one, language))
            made.append(replace(page, aside=True))
    return made


def _indicators(over_years: Sequence[OverYears], language: str) -> list[File]:
    """The list of indicators that several reports state, their pages and data; nothing where there is none."""
    if not over_years:
        return []
    path, title = addresses.hand_written(language, INDICATORS, "md"), Words(language)("indicators")
    made = [markdown_page("indicators", path, title, **series_pages.list_values(over_years, language))]
    for one in over_years:
        path, name = addresses.indicator(language, one.indicator.code, "md"), one.indicator.names[language]
        told = Head([], {}, one.indicator.says[language], ("csv", "json"))
        page = markdown_page("indicator", path, name, None, told, **series_pages.page_values(one, language))
        made.append(replace(page, aside=True))
        for ending, content in (("csv", records.indicator_csv(one)), ("json", records.indicator_json(one))):
            made.append(static(addresses.indicator(language, one.indicator.code, ending), content.encode()))
    return made


def _places(
    all_places: Sequence[Place], over_years: Sequence[OverYears], since: Collection[str], language: str
) -> list[File]:
    """The pages of places with more than one report; who published when, where there are two reports to tell of."""
    made = []
    for place in places_with_page(all_places):
        path, title = addresses.place(language, place.id, "md"), series_pages.place_title(place, language)
        page = markdown_page("place", path, title, **series_pages.place_values(place, over_years, language, since))
        made.append(replace(page, aside=True))
    bodies = to_article24(all_places)
    if sum(len(body.publications) for _, body in bodies) > 1:
        path, title = addresses.hand_written(language, PUBLISHED, "md"), Words(language)("published_table")
        made.append(markdown_page("published", path, title, **series_pages.published_values(bodies, language)))
    return made


def _measured(name: str, tally: Tally) -> KindMeasured:
    def rate(right: float | None) -> str:
        return "–" if right is None else f"{100 * (1 - right):.1f}%"

    return KindMeasured(
        name, tally.labelled, tally.found, tally.missed, tally.made_up, rate(tally.recall), rate(tally.precision)
    )


def _examples(publications: Sequence[Publication]) -> Iterator[str]:
    """What one can search for: a word, a figure, a phrase, each from a report on the site."""
    for publication in publications[:1]:
        text = publication.report.source.text
        for figure in publication.headline[:1]:
            if figure.subject[-3:] in text:
                yield figure.subject[-3:]
            yield figure.quote
        if phrase := re.search("《([^《》]{4,20})》", text):
            yield phrase[1]
