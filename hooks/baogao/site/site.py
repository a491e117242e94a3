"""Publications and pages written by hand -> the whole site as one value, before any generator has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from ..ids import LANGUAGES
from ..processes import Watched, unwatched
from ..publication.accuracy import Accuracy
from ..publication.cache import Cache
from ..publication.folder import Shelf
from ..publication.publication import Publication
from ..search.index import Index, files
from ..search.interface import Twin, assets, twin
from ..search.pages import page_records
from ..search.records import Catalogue, Record, RecordGroup
from ..wording import addresses
from .navigation import navigation
from .page import Chapter, File, converted
from .pages import Generated, generated

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.S | re.M)
_ASIDE = re.compile(r"^aside:[ \t]*true[ \t]*$", re.M)
_TITLE = re.compile(r"""^title:[ \t]*(["']?)(.+?)\1[ \t]*$""", re.M)


@dataclass(frozen=True, slots=True)
class Site:
    """All that is generated of a site. What stands in it twice is the same."""

    files: tuple[File, ...]  # Markdown pages and static files, in a fixed order
    navigation: Mapping[str, tuple[Chapter, ...]]  # by language
    searched: Catalogue  # the reports, then the pages written by hand
    aside: frozenset[str] = frozenset()  # paths of hand-written pages that are not for readers
    searched_here: bool = True  # its search is its own, not that of the front whose shard it is

    def search(
        self, remembered: Cache | None = None, trees: Mapping[str, str] | None = None, traditional: bool = False
    ) -> Iterator[File]:
        """The scripts of the search and its index, beside the folders of the languages; nothing to search, no index.
        `trees`: where the pages of each language begin, where a generator has them elsewhere. `traditional`: there are
        pages in traditional characters, which the same index answers for."""
        if not self.searched_here:
            return
        known = remembered or Cache()
        given = LANGUAGES[0], addresses.traditional()
        own = known.recall_of(Twin, given, lambda: twin(*given)) if traditional else None
        yield from (File(path, content.encode()) for path, content in assets(LANGUAGES, own))
        searched = replace(self.searched, trees=dict(trees)) if trees else self.searched
        if searched.records:
            index = known.recall_of(Index, (searched,), lambda: Index(tuple(files(searched))))
            for name, content in index.files:
                yield File(f"search/{name}", content.encode())


def whole(
    publications: Sequence[Publication],
    hand_written: Sequence[File] = (),
    accuracy: Sequence[Accuracy] = (),
    site_url: str = "",
    proofs: bool = False,
    watched: Watched = unwatched,
    convert: Callable[[str], str] = converted,
    written_in: bytes = b"",
    remembered: Cache | None = None,
    called: Mapping[str, str] | None = None,
) -> Site:
    """The site of these reports and of the Markdown pages written by hand (zh/about.md), which it links and searches
    but does not hold; one whose front matter says `aside: true` is for those who run the site: neither searched nor
    in the navigation, a page leads to it. `convert` makes HTML of their Markdown, another HTML where `written_in` is
    another. What is made is kept where something is `remembered`. The others are as in pages.files."""
    values, known = (publications, accuracy, site_url, proofs), remembered or Cache()
    given = (*values, called)
    made = known.recall_of(Generated, given, lambda: generated(*values, watched, known.part("reports"), called))
    return assembled(made, publications, hand_written, convert, written_in, known)


def assembled(
    made: Generated,
    publications: Sequence[Publication],
    hand_written: Sequence[File],
    convert: Callable[[str], str],
    written_in: bytes,
    known: Cache,
) -> Site:
    """What is made of reports, and the pages written by hand, as one site. `publications`: those whose pages it has."""
    own = [file for file in hand_written if file.path.endswith(".md") and file.path.partition("/")[0] in LANGUAGES]
    aside = frozenset(file.path for file in own if _ASIDE.search(_front_matter(file)))
    read = [file for file in own if file.path not in aside]
    there = {file.path for file in (*made.files, *read)}
    pages = [known.recall_of(PageSearched, (one, written_in), partial(_searched, one, convert)) for one in read]
    return Site(
        made.files,
        {language: navigation(publications, language, there, _names(read, language)) for language in LANGUAGES},
        _with(made.searched, pages),
        aside,
    )


class Given(NamedTuple):
    """What a build gives to what makes a site: the parameters of `whole`, in its order."""

    publications: Sequence[Publication]
    hand_written: Sequence[File]
    accuracy: Sequence[Accuracy]
    site_url: str
    proofs: bool
    watched: Watched
    convert: Callable[[str], str]
    written_in: bytes
    remembered: Cache


class SitePart(Protocol):
    """What MkDocs is called for where it builds a part of a site in shards: one of them, or their front."""

    @property
    def beside(self) -> tuple[str, ...]:
        """The folders of the other parts, from the root of this one."""

    def shelf(self, cache: Path, watched: Watched) -> Shelf:
        """The reports it is made of, in place of a folder's."""

    def site(self, given: Given) -> Site:
        """In place of `whole`."""

    def led(self, html: str, here: str) -> str:
        """A finished page at a path of the part, its links to what another part has leading there."""


@dataclass(frozen=True, slots=True)
class PageSearched:
    """A page written by hand as it is searched."""

    group: RecordGroup
    records: tuple[Record, ...]


def _with(reports: Catalogue, pages: Sequence[PageSearched]) -> Catalogue:
    records = (*reports.records, *(record for page in pages for record in page.records))
    return replace(reports, records=records, groups=(*reports.groups, *(page.group for page in pages)))


def _front_matter(file: File) -> str:
    front = _FRONT_MATTER.match(_text(file))
    return front[1] if front else ""


def _text(file: File) -> str:
    return file.content.decode("utf-8-sig").replace("\r\n", "\n")


def _names(files: Sequence[File], language: str) -> list[str]:
    return sorted(_name(file) for file in files if file.path.startswith(f"{language}/"))


def _name(file: File) -> str:
    return file.path.partition("/")[2].removesuffix(".md")


def _searched(file: File, convert: Callable[[str], str]) -> PageSearched:
    text = _text(file)
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front[1]) if front else None
    html = convert(text[front.end() :] if front else text)
    language, page = file.path.partition("/")[0], f"{_name(file)}.html"
    records = tuple(page_records(page, title[2] if title else _name(file), html, language, file.path))
    named = title[2] if title else records[0].title if records else _name(file)
    return PageSearched(RecordGroup(file.path, dict.fromkeys(LANGUAGES, named)), records)
