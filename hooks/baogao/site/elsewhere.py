"""A site -> the files from which another generator makes it: what our theme and plugin add stands in them.

Every language has its folder; what is under static/ is to be laid over the site that is made. The search page loads
the search by itself, whatever frame it gets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..export.records import dumps
from ..ids import LANGUAGES, SEARCH
from ..processes import Watched, unwatched
from ..publication.accuracy import Accuracy
from ..publication.publication import Publication
from ..wording import addresses
from ..wording.addresses import tree
from .page import Chapter, File
from .site import whole

_THEME = Path(__file__).parent / "theme"
_SEARCH = "assets/search/search.js"
NAVIGATION = "nav.json"


def elsewhere(
    publications: Sequence[Publication],
    hand_written: Sequence[File],
    accuracy: Sequence[Accuracy],
    watched: Watched = unwatched,
) -> Iterator[File]:
    """Pages, data, search index, scripts, styles and the order of navigation, in the shape that mkdocs.yml has it;
    `hand_written` are all files of docs/; `watched` as in pages.files."""
    site = whole(publications, hand_written, accuracy, watched=watched)
    own_search = {tree(addresses.hand_written(language, SEARCH, "md")): language for language in LANGUAGES}
    yield from hand_written
    for file in site.files:
        language = own_search.get(file.path)
        yield replace(file, content=file.content + _loader(language).encode()) if language else file
    yield from site.search(trees={language: f"{language}/" for language in LANGUAGES})
    for path in sorted((_THEME / "assets").rglob("*.*")):
        yield File(path.relative_to(_THEME).as_posix(), path.read_bytes())
    order = [{language: [_listed(chapter) for chapter in site.navigation[language]]} for language in LANGUAGES]
    yield File(NAVIGATION, dumps(order).encode())


def _listed(chapter: Chapter) -> Any:
    named = {chapter.title: chapter.path} if chapter.title else chapter.path
    return {chapter.title: [chapter.path, *map(_listed, chapter.below)]} if chapter.below else named


def _loader(language: str) -> str:
    """What the frame of our own theme brings to the search page."""
    told = f'document.documentElement.lang = "{language}";'
    return f'\n<script>{told}</script>\n<script src="../{_SEARCH}"></script>\n'
