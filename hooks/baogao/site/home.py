"""Publications -> the first page of a language, and the page of its search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from ..ids import FULL, SEARCH
from ..publication.publication import Publication
from ..wording import addresses
from ..wording.here import Here
from ..wording.words import Words
from .context import SiteContext
from .finder import finder
from .overview import card
from .page import File, markdown_page


@dataclass(frozen=True, slots=True)
class Example:
    """Something to search for."""

    name: str
    query: str  # as it stands in an address


@dataclass(frozen=True, slots=True)
class ShardLink:
    """A shard of the site, as its front leads to it."""

    name: str
    link: Markup  # in HTML, to its own list
    count: str


@dataclass(frozen=True, slots=True)
class ShardLinks:
    """All of them."""

    name: str  # what the reports are parted by
    links: tuple[ShardLink, ...]


def home_page(context: SiteContext, lists: Sequence[tuple[str, Markup]] = (), shards: ShardLinks | None = None) -> File:
    """What the one report says, or a list of several to choose from; `lists`: the names and links of those across."""
    words, here = Words(context.language), Here(addresses.home(context.language, "md"))
    names = [*context.names.values()]
    several = len(names) > 1  # then a list to choose from, else what the one report says
    reports, facets = finder(names, here, words) if several else ((), ())
    lacking = any(one.lang and not one.publication.translation.begun for one in names)
    return markdown_page(
        "home",
        here.path,
        words("home"),
        words=words,
        title=context.called or words("site_line"),
        lacking=lacking,
        search=here.to(addresses.hand_written(context.language, SEARCH)),
        card=None if several or not names else card(names[0], here, bool(context.matters[names[0].publication.id])),
        reports=reports,
        facets=facets,
        count=words.count("count_reports", len(names)),
        lists=lists,
        shards=shards,
    )


def search_page(context: SiteContext) -> File:
    """Where the search shows what it finds; without script the full texts."""
    here = Here(addresses.hand_written(context.language, SEARCH, "md"))
    full = [(names.short_title(), here.page_link(names, FULL)) for names in context.names.values()]
    return search_page_of(context.language, full, [*examples([one.publication for one in context.names.values()])])


def search_page_of(language: str, full: Sequence[tuple[str, Markup]], queries: Sequence[str]) -> File:
    """The same: `full` are names and links of what the browser's own search finds in, `queries` what to try."""
    words, path = Words(language), addresses.hand_written(language, SEARCH, "md")
    tried = [Example(query, quote(query)) for query in queries]
    return markdown_page("search", path, words("search"), words=words, full=full, examples=tried)


def examples(publications: Sequence[Publication]) -> Iterator[str]:
    """What one can search for: a word, a figure, a phrase, each from a report on the site."""
    for publication in publications[:1]:
        text = publication.report.source.text
        for figure in publication.headline[:1]:
            if figure.subject and figure.subject[-3:] in text:
                yield figure.subject[-3:]
            yield figure.quote
        if phrase := re.search("《([^《》]{4,20})》", text):
            yield phrase[1]
