"""Pages as MkDocs has them, converted once: one whose Markdown has not changed is not converted again.

MkDocs takes a page of another class from whoever sets File.page; ours differs in `render` alone. What conversion made
of a page (HTML, contents, title, anchors, links to anchors) is kept under the hash of all it was made of: the Markdown,
the page's place, the extensions with their settings and code, MkDocs' settings, Python and the installed libraries;
and with every file that a link was looked up as, and what it was found to be: where one of them is found to be another
now, the page is converted again. A page about which MkDocs had something to say is not kept, so that it says it each
time; missing anchors it tells after all pages are there, from the anchors and links that are kept.
What an extension reads beside the page (snippets of other files) would not be noticed; none here does.

Many pages at a time are converted by several processes, with the same result.
"""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import markdown
from mkdocs.structure import pages
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import meta

from .processes import Watched, shared, unwatched
from .publication.cache import Cache, libraries

_AT_ONCE = 8  # pages a process is given at a time


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's contents."""

    title: str  # HTML
    id: str
    level: int
    below: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A file that a link of the page was looked up as, and what it was found to be."""

    path: str  # in the tree
    url: str  # empty where there is no such file
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Converted:
    """What conversion makes of a page."""

    content: str  # HTML
    contents: tuple[Heading, ...]
    title: str | None  # of its first heading
    anchors: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]  # path of a file, an anchor in it, the link as written
    looked_up: tuple[LookedUp, ...]


class ConvertedPage(Page):
    """A page of MkDocs that takes what it was converted to before."""

    def __init__(self, file: File, conversions: Conversions) -> None:
        self._conversions = conversions
        super().__init__(None, file, conversions.config)

    def render(self, config: Any, files: Files) -> None:
        """HTML, contents, title, anchors and links, from before or made now."""
        assert self.markdown is not None
        known = self._conversions.of(self.file, self.markdown)
        if known is None:
            super().render(config, files)
        else:
            self._take(known, files)

    def convert(self, text: str, files: Files) -> Converted | None:
        """What MkDocs makes of this Markdown; None where MkDocs had something to say of it, or failed: when it comes to
        the page it says so again, and names it."""
        self.markdown, lookups = text, _Lookups(files)
        try:
            with _silence() as said:
                super().render(self._conversions.config, cast(Files, lookups))
        except Exception:
            return None
        if said:
            return None
        links = (self.links_to_anchors or {}).items()
        return Converted(
            self.content or "",
            tuple(map(_heading, self.toc)),
            self._title_from_render,
            tuple(sorted(self.present_anchor_ids or ())),
            tuple((to.src_uri, anchor, link) for to, anchors in links for anchor, link in anchors.items()),
            tuple(lookups.met.values()),
        )

    def _take(self, known: Converted, files: Files) -> None:
        self.content, self._title_from_render = known.content, known.title
        self.toc = TableOfContents([_entry(heading) for heading in known.contents])
        if self.toc.items:
            self.toc.items[0].active = True  # type: ignore[attr-defined]  # as MkDocs marks it
        self.present_anchor_ids = set(known.anchors)
        self.links_to_anchors = {}
        for path, anchor, link in known.links:
            to = files.get_file_from_path(path)
            assert to is not None  # it was looked up
            self.links_to_anchors.setdefault(to, {})[anchor] = link


class Conversions:
    """The pages of one build that are converted here, and what is known of them. `cache` is kept by nobody else."""

    def __init__(self, config: Any, cache: Cache) -> None:
        self.config = config
        self.cache = cache
        self._settings = settings(config)
        self._pages: list[ConvertedPage] = []
        self._ready: dict[str, tuple[str, Converted]] = {}  # by path: the Markdown and what it was converted to

    def take(self, file: File) -> None:
        """Have the page of this file converted here, unless somebody else has taken it."""
        if file.page is None:
            self._pages.append(ConvertedPage(file, self))

    def prepare(self, files: Files, watched: Watched = unwatched) -> None:
        """Look up or convert all pages; to be called when the files are complete, before MkDocs asks for a page.
        `watched` sees those that are converted go by."""
        missing = []
        for page in self._pages:
            text = _text(page.file)
            key = self._made_of(page.file, text)
            known = self.cache.known(Converted, key)
            if known and all(_looked_up(files, one.path) == one for one in known.looked_up):
                self._ready[page.file.src_uri] = text, known
            elif not _excluded(page.file):
                missing.append((page, text, key))

        def convert(number: int) -> Converted | None:
            page, text, key = missing[number]
            made = page.convert(text, files)
            if made:
                self.cache.keep(made, key)
            return made

        pages = watched(shared(convert, len(missing), _AT_ONCE), len(missing))
        for (page, text, _), made in zip(missing, pages, strict=True):
            if made:
                self._ready[page.file.src_uri] = text, made

    def of(self, file: File, text: str) -> Converted | None:
        """What this Markdown of this file was converted to; None where it is not known, or somebody changed it since it
        was prepared."""
        prepared, known = self._ready.pop(file.src_uri, (None, None))
        return known if prepared == text else None

    def _made_of(self, file: File, text: str) -> tuple[bytes, ...]:
        return text.encode("utf-8", "surrogatepass"), file.src_uri.encode(), file.url.encode(), self._settings


def own_program() -> bytes:
    """A hash of what decides what a page is converted to, beside its text and MkDocs' settings."""
    return sha256(libraries() + Path(__file__).read_bytes()).digest()


def settings(config: Any) -> bytes:
    """What MkDocs converts by: the extensions, their settings, their own code; how links are written and judged."""
    names, settings = config["markdown_extensions"], config["mdx_configs"] or {}
    code = [_code(name) for name in names]
    told = [list(map(_plain, names)), settings, config["use_directory_urls"], dict(config["validation"])]
    return json.dumps([told, code], default=_plain, sort_keys=True).encode()


def _code(name: Any) -> str:
    """A hash of the file of an extension: one may lie beside the site and have no version."""
    extension = markdown.Markdown().build_extension(name, {}) if isinstance(name, str) else name
    path = inspect.getsourcefile(type(extension))
    return sha256(Path(path).read_bytes()).hexdigest() if path else ""


def _plain(value: Any) -> Any:
    """A setting that is no plain data, by what it is and holds; never by where it lies in memory."""
    if isinstance(value, str):
        return value
    if hasattr(value, "__qualname__"):  # a function: what makes an anchor of a heading
        return f"{value.__module__}.{value.__qualname__}"
    if hasattr(value, "items"):
        return dict(value)
    return [type(value).__qualname__, vars(value) if hasattr(value, "__dict__") else str(value)]


def _text(file: File) -> str:
    """The Markdown of a file without its front matter, which need not be read for that."""
    text = file.content_string
    front = meta.YAML_RE.match(text)
    return text[front.end() :].lstrip("\n") if front else meta.get_data(text)[0]


# ---- what conversion looks at, and what it says


class _Lookups:
    """The files of a site as conversion asks for them, and what was looked up."""

    def __init__(self, site: Files) -> None:
        self._site = site
        self.met: dict[str, LookedUp] = {}

    def get_file_from_path(self, path: str) -> File | None:
        self.met[path] = _looked_up(self._site, path)
        return self._site.get_file_from_path(path)


def _looked_up(files: Files, path: str) -> LookedUp:
    file = files.get_file_from_path(path)
    return LookedUp(path, file.url, _excluded(file)) if file else LookedUp(path, "")


def _excluded(file: Any) -> bool:
    return bool(file.inclusion.is_excluded())


class _Kept(logging.Handler):
    def __init__(self, said: list[logging.LogRecord]) -> None:
        super().__init__()
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append(record)


@contextmanager
def _silence() -> Iterator[list[logging.LogRecord]]:
    """What MkDocs says of a page meanwhile is kept back and told to the caller, however quiet or verbose it is to be:
    it says all there is to warn of, and keeps all links."""
    said: list[logging.LogRecord] = []
    handler = _Kept(said)
    log, level, propagate = pages.log, pages.log.level, pages.log.propagate
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        yield said
    finally:
        log.propagate = propagate
        log.setLevel(level)
        log.removeHandler(handler)


def _heading(entry: AnchorLink) -> Heading:
    return Heading(entry.title, entry.id, entry.level, tuple(map(_heading, entry.children)))


def _entry(heading: Heading) -> AnchorLink:
    entry = AnchorLink(heading.title, heading.id, heading.level)
    entry.children = [_entry(child) for child in heading.below]
    return entry
