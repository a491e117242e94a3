"""Publications -> the first page of a language, and the page of its search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from ..ids import LANGUAGES, SEARCH
from ..publication.publication import Publication
from ..wording import addresses
from ..wording.words import Words
from .finder import finder
from .page import File, markdown_page
from .report_pages import ReportPages


@dataclass(frozen=True, slots=True)
class Example:
    """Something to search for."""

    name: str
    query: str  # as it stands in an address


def home_page(publications: Sequence[Publication], language: str, lists: Sequence[tuple[str, Markup]] = ()) -> File:
    """What the one report says, or a list of several to choose from; `lists`: the names and links of those across."""
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


def search_page(publications: Sequence[Publication], language: str) -> File:
    """Where the search shows what it finds; without script the full texts."""
    words = Words(language)
    path = addresses.hand_written(language, SEARCH, "md")
    full = [ReportPages(publication, language, path).full_text() for publication in publications]
    examples = [Example(query, quote(query)) for query in _examples(publications)]
    return markdown_page("search", path, words("search"), words=words, full=full, examples=examples)


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
