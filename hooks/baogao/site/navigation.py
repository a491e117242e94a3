"""Publications and the pages there are -> the order in which a site is read, in one language."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..ids import DATA, INDICATORS, INSTRUMENTS, LANGUAGES, MATTERS, PUBLISHED, SEARCH, TERMS, THEMES
from ..publication.publication import Publication
from ..relations.bodies import successions
from ..wording import addresses
from ..wording.addresses import tree
from ..wording.names import Names
from ..wording.words import Words
from .page import Chapter
from .report_pages import chapter

# lists of what stands in several reports, each where there is any, and the key of its name
ACROSS = {THEMES: "themes", INDICATORS: "indicators", PUBLISHED: "published_table"}


def navigation(
    publications: Sequence[Publication], language: str, there: Collection[str], hand_written: Sequence[str] = ()
) -> tuple[Chapter, ...]:
    """The reports, then the pages of the site, of which some are made only where they have something to say: `there`
    are the paths of all pages. `hand_written` are the names of those in docs/, titled by themselves."""
    followed = {now.id for _, now in successions(publications)}
    reports = [
        _chapter(Names(publication, language), publication.id in followed, there) for publication in publications
    ]
    names = (SEARCH, TERMS, INSTRUMENTS, *ACROSS, DATA, *hand_written)
    paths = [tree(addresses.hand_written(language, name, "md")) for name in names]
    home = Chapter(Words(language)("home"), tree(addresses.home(language, "md")))
    return (home, *reports, *(Chapter("", path) for path in paths if path in there))


def _chapter(names: Names, followed: bool, there: Collection[str]) -> Chapter:
    return chapter(names, followed, tree(names.path(MATTERS)) in there)


def short_titles(publication: Publication) -> dict[str, str]:
    """A report's short title in each language of the interface."""
    return {language: Names(publication, language).short_title() for language in LANGUAGES}
