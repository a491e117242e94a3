"""Publications -> the first page of a language, and the page of its search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from ..ids import FULL, SEARCH
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


def home_page(context: SiteContext, lists: Sequence[tuple[str, Markup]] = ()) -> File:
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
        lacking=lacking,
        search=here.to(addresses.hand_written(context.language, SEARCH)),
        card=None if several or not names else card(names[0], here, bool(context.matters[names[0].publication.id])),
        reports=reports,
        facets=facets,
        count=words.count("count_reports", len(names)),
        lists=lists,
    )


def search_page(context: SiteContext) -> File:
    """Where the search shows what it finds; without script the full texts."""
    words, here = Words(context.language), Here(addresses.hand_written(context.language, SEARCH, "md"))
    full = [(names.short_title(), here.page_link(names, FULL)) for names in context.names.values()]
    examples = [Example(query, quote(query)) for query in _examples(context)]
    return markdown_page("search", here.path, words("search"), words=words, full=full, examples=examples)


def _examples(context: SiteContext) -> Iterator[str]:
    """What one can search for: a word, a figure, a phrase, each from a report on the site."""
    for names in [*context.names.values()][:1]:
        publication, text = names.publication, names.text
        for figure in publication.headline[:1]:
            if figure.subject and figure.subject[-3:] in text:
                yield figure.subject[-3:]
            yield figure.quote
        if phrase := re.search("《([^《》]{4,20})》", text):
            yield phrase[1]
