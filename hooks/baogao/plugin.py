"""MkDocs' events in, calls to the package out: what `plugins: [baogao]` names.

The state of a build is on the plugin, made anew by on_files; MkDocs keeps one plugin for all builds of a preview.
"""

from __future__ import annotations

import copy
import logging
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from markdown import Markdown
from markupsafe import Markup
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from .conversion import Conversions, own_program, settings
from .folding import displayed
from .frames import Frames
from .ids import LANGUAGES
from .messages import is_error, spoken, worded
from .model import Finding
from .preview import taken
from .progress import Progress
from .publication.accuracy import recorded
from .publication.cache import Cache
from .publication.folder import read_folder
from .publication.translation_findings import translation_findings
from .site import page as made
from .site.first_style import FirstStyle, Styles, of_theme
from .site.page import EXTENSIONS, Chapter
from .site.policy import policy, widened
from .site.site import Given, Site, SitePart, whole
from .site.traditional_page import Tree
from .staging import begun, laid
from .traditional import write_traditional
from .translation.terms import general_terms
from .wording import addresses
from .wording.marks import printed
from .wording.traditional import overruled
from .wording.words import Words

log = logging.getLogger("mkdocs.plugins.baogao")
# Files of the theme that its own search would load; ours stands in its place.
THEMES_SEARCH = "assets/javascripts/(?:lunr|workers)/"
MAPS = r"assets/(?:javascripts|stylesheets)/.*\.map$"  # of the theme's code: no reader asks for them
THEMES_SHEET = r"assets/stylesheets/main\..*\.css"
WITHOUT_SCRIPT = frozenset(["header.autohide", "toc.integrate"])  # features that do without the theme's script


class Options(Config):  # type: ignore[no-untyped-call]  # MkDocs types all but this
    """What stands under the plugin's name in mkdocs.yml. Folders are taken from where that file lies."""

    seeds = config_options.Dir(default="seeds")  # the reports
    cache = config_options.Dir(default=".cache/baogao")  # what earlier builds made
    report = config_options.Optional(config_options.Type((str, int)))  # to look at one of many: its file's name
    proofs = config_options.Optional(config_options.Type((bool, int)))  # proof sheets; unsaid: in a preview only
    traditional = config_options.Type((bool, int), default=True)  # the Chinese pages in traditional characters too
    names = config_options.DictOfItems(config_options.Type(str), default={})  # site_name in other languages: {en: ...}
    policy = config_options.DictOfItems(config_options.Type(str), default={})  # more sources: {img-src: https://...}


class Baogao(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """A site of the reports in a folder, in two languages."""

    _place: Path  # where the site is to stand
    _conversions: Conversions
    _frames: Frames
    _navigations: dict[str, Navigation]
    _passed: set[str]  # paths of pages that are no stop between previous and next
    _remembered: Cache
    _simplified: frozenset[str]  # the pages that are to be had in traditional characters too, by their path in the site
    _overruled: dict[str, str]  # and how some words are written there
    _preview = False
    _dirty = False
    _first_style: FirstStyle
    _built: Path | None = None  # where the site is built, until it is whole
    part: SitePart | None = None  # of a site in shards; else all of a site
    progress: Progress | None = None  # who watches; else the log of MkDocs
    again = False  # a preview builds a second time, on the port that it has

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """MkDocs says once what it was called for: serve, build."""
        self._preview, self._dirty = command == "serve", dirty

    @event_priority(100)  # before another plugin asks where the site is
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """What the pages need: their theme, the extensions they are written in, addresses that end in .html."""
        if self._preview and not self.again and (finding := taken(*config.dev_addr)):
            raise PluginError(worded(finding, spoken(os.environ)))
        self.again = True
        if not {"styles", "scripts"} <= set(config.theme):
            raise PluginError(Words(spoken(os.environ))("build_theme", theme=str(config.theme.name)))
        os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # same input, same bytes: nothing of ours depends on the clock
        if not config.site_url:
            log.info(Words(spoken(os.environ))("build_no_address"))
        config.use_directory_urls = False  # one build serves the web and a folder opened by double-click
        for name, chosen in EXTENSIONS.items():
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
            config.mdx_configs.setdefault(name, dict(chosen))
        config.extra.setdefault("alternate", True)  # unset, Material reads it as a list; the links are each page's own
        config.extra_css[:0] = config.theme["styles"]
        config.extra_javascript[:0] = config.theme["scripts"]
        if not (self._preview or self._dirty):
            with _told_by_system():
                self._place, self._built = Path(config.site_dir), begun(Path(config.site_dir))
            config.site_dir = str(self._built)
        return config

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:
        """A changed report, sidecar or translation is shown at once."""
        if Path(self.config.seeds).is_dir():
            server.watch(self.config.seeds)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the reports, add their pages and data, give both languages their place and the navigation its order."""
        for unused in [file for file in files if re.search(f"{THEMES_SEARCH}|{MAPS}", file.src_uri)]:
            files.remove(unused)
        self._remembered = Cache(self._kept("site"))
        self._first_style = _first_style(files, config, self._remembered)
        site = self._site(files, config)
        for file in (*site.files, *site.search(self._remembered, traditional=bool(self.config.traditional))):
            files.append(_generated(file, config))
        for known in files:
            if known.src_uri in site.aside:
                known.inclusion = InclusionLevel.NOT_IN_NAV
            known.dest_uri = known.dest_uri.removeprefix(f"{LANGUAGES[0]}/")
        config.nav = [{language: [_nav(chapter) for chapter in site.navigation[language]]} for language in LANGUAGES]
        self._passed = {
            chapter.path for top in site.navigation.values() for one in top for chapter in one.walk() if chapter.passed
        }
        self._conversions = Conversions(config, Cache(self._kept("pages"), own_program()))
        shown = {path for top in site.navigation.values() for chapter in top for path in chapter.paths()}
        for known in files.documentation_pages():
            if known.src_uri in shown or known.inclusion is InclusionLevel.NOT_IN_NAV:  # MkDocs tells of any other
                self._conversions.take(known)
        return files

    def _site(self, files: Files, config: MkDocsConfig) -> Site:
        seeds = Path(self.config.seeds)
        progress, only = self.progress or _progress(), str(self.config.report or "")
        kept, part = Path(self.config.cache), self.part
        shelf = (
            part.shelf(kept, progress.reading)
            if part
            else read_folder(seeds, _shown(seeds, config), kept, progress.reading, only)
        )
        english = (finding for one in shelf.publications for finding in translation_findings(one))
        for finding in (*shelf.findings, *english):
            # errors count under --strict; notes are told without being warnings
            log.log(logging.ERROR if is_error(finding) else logging.INFO, worded(finding, spoken(os.environ)))
        if not shelf.publications and not (only or part):
            log.info(worded(Finding("no-reports", _shown(seeds, config), 0), spoken(os.environ)))
        self._overruled = overruled(shelf.publications[0].terms if shelf.publications else general_terms())
        extensions = config.markdown_extensions
        given = Given(
            shelf.publications,
            [made.File(file.src_uri, file.content_bytes) for file in files.documentation_pages()],
            recorded(),
            config.site_url or "",
            self._preview if self.config.proofs is None else bool(self.config.proofs),
            progress.writing,
            lambda text: Markdown(extensions=extensions, extension_configs=config.mdx_configs).convert(text),
            settings(config),
            self._remembered,
        )
        return part.site(given) if part else whole(*given)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """One navigation a language; previous and next stay within it."""
        self._navigations = {}
        for language, top in zip(LANGUAGES, nav.items, strict=True):
            pages = [page for page in nav.pages if _language(page.file) == language]
            for item in top.children or []:
                item.parent = None
            own = Navigation(top.children or [], pages)
            own.homepage = pages[0]
            pages[0].previous_page = pages[-1].next_page = None
            self._join(pages)
            self._navigations[language] = own
        chinese = (file for file in files.documentation_pages() if _language(file) == LANGUAGES[0])
        self._simplified = frozenset(file.dest_uri for file in chinese)
        _join_second_views(files)
        self._conversions.prepare(files, (self.progress or _progress()).converting)
        return nav

    def _join(self, pages: Sequence[Page]) -> None:
        """Previous and next of each page: past what is no stop, and never from one report to another."""
        before: Page | None = None
        waiting: list[Page] = []
        for page in pages:
            page.previous_page, page.next_page = before, None
            waiting = [one for one in waiting if _folder(one.file) == _folder(page.file)]
            if before and _folder(before.file) != _folder(page.file):
                page.previous_page = before = None
            if page.file.src_uri in self._passed:
                waiting.append(page)
                continue
            for one in (*([before] if before else []), *waiting):
                one.next_page = page
            before, waiting = page, []

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The page's language and the address of the same page in the other one, or of its home."""
        language = _language(page.file)
        other = next(code for code in LANGUAGES if code != language)
        name = page.file.src_uri.partition("/")[2]
        twin = files.get_file_from_path(f"{other}/{name}") or files.get_file_from_path(f"{other}/index.md")
        assert twin is not None  # each language has a home
        if page.canonical_url and page.meta.get("canonical"):
            page.canonical_url = urljoin(page.canonical_url, page.meta["canonical"])
        page.meta.update(language=language, alternate=twin.url, alternate_language=other)
        if self.config.traditional:
            simplified = page.url if language == LANGUAGES[0] else twin.url
            page.meta.update(simplified=simplified, traditional=addresses.traditional(simplified))
        return markdown

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """The frame of a page that shows nothing new is not rendered again."""
        self._frames = Frames(config, Cache(self._kept("frames")))
        self._frames.use(env)
        # half as long where it is Chinese
        env.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
        # titles of MkDocs are HTML already
        env.filters["printed"] = lambda title: printed(Markup(title).unescape())
        env.filters["policy"] = policy
        return env

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """The navigation and the site's name in the page's language."""
        return self._in_language(context, page.meta["language"], config)

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """404.html and the sitemap have no page: the first language. 404.html is shown at any address: where the site
        does not know its own, its links are from the root, which a script of the page finds."""
        if template_name == "404.html" and not config.site_url:
            context["base_url"] = "."
        return self._in_language(context, LANGUAGES[0], config)

    def _in_language(self, context: Any, language: str, config: MkDocsConfig) -> Any:
        local = copy.copy(config)
        local.site_name = self.config.names.get(language, config.site_name)
        context["config"], context["nav"] = local, self._navigations[language]
        local.extra_css, context["sheets"] = [], config.extra_css  # main.html says where they stand
        context["first_style"], context["theme_script"] = self._first_style, _theme_script(config)
        context["words"], context["language"], context["english"] = Words(language), language, Words("en")
        # in a preview none: the script by which MkDocs reloads a page stands in it
        context["sources"] = {} if self._preview else widened(self.config.policy)
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """On a page of a shard, the links to what its front has."""
        return self.part.led(output, page.file.dest_uri) if self.part else output

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """No sitemap without addresses to put in it."""
        if template_name == "404.html" and self.part:
            return self.part.led(output_content, template_name)
        return "" if template_name == "sitemap.xml" and not config.site_url else output_content

    @event_priority(-100)  # after another plugin has written what is its own
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """The pages in traditional characters, made of the finished ones; then the site is laid in its place. What this
        build did not need is forgotten; one of one report alone needs little."""
        caches = [self._remembered, self._conversions.cache, self._frames.cache]
        if self.config.traditional:
            caches.append(self._write_traditional(config))
        if self._built:
            config.site_dir = str(self._place)
            with _told_by_system():
                laid(self._built, self._place)
            self._built = None
        if not self.config.report:
            for cache in caches:
                cache.forget_others()

    def on_build_error(self, *, error: Exception) -> None:
        """The earlier site stays as it is."""
        if self._built:
            shutil.rmtree(self._built, ignore_errors=True)

    def _write_traditional(self, config: MkDocsConfig) -> Cache:
        words, cache = Words(LANGUAGES[0]), Cache(self._kept("traditional"))
        tree = Tree(
            self._simplified,
            config.site_url or "",
            words("converted_from", original="{original}"),
            words("converted_original"),
            self.part.beside if self.part else (),
        )
        write_traditional(Path(config.site_dir), tree, self._overruled, cache)
        return cache

    def _kept(self, what: str) -> Path:
        return Path(self.config.cache) / what


def _first_style(files: Files, config: MkDocsConfig, remembered: Cache) -> FirstStyle:
    """That of the theme, whose two sheets become one, so that both come at once. None where a site has sheets,
    templates or scripts that nobody knows here."""
    theme, (faces, ours) = config.theme, config.theme["styles"]
    own = config.extra_css != [faces, ours] or theme.get("palette") or theme.get("font") or theme.custom_dir
    materials = [file for file in files if re.fullmatch(THEMES_SHEET, file.src_uri)]
    if own or _theme_script(config) or not materials:
        return FirstStyle()
    known = {file.src_uri: file for file in files}
    made_of = (faces, known[faces].content_string), ours, [one.content_string for one in (*materials, known[ours])]
    styles = remembered.recall_of(Styles, made_of, lambda: of_theme(*made_of))
    known[ours].content_string = styles.sheet
    for one in materials:
        files.remove(one)
    return styles.first


def _theme_script(config: MkDocsConfig) -> bool:
    """Whether the site has switched on what needs the theme's own script."""
    return not WITHOUT_SCRIPT.issuperset(config.theme["features"])


def _join_second_views(files: Files) -> None:
    """A page side by side stands where its page does in the contents; before and after it stand those side by side."""
    both = {addresses.of_bilingual(file.src_uri): file.page for file in files.documentation_pages()}
    for path, page in both.items():
        first = files.get_file_from_path(path)
        if page and first and first.page:
            page.parent = first.page.parent
            before, after = first.page.previous_page, first.page.next_page
            page.previous_page = both.get(before.file.src_uri) if before else None
            page.next_page = both.get(after.file.src_uri) if after else None


@contextmanager
def _told_by_system() -> Iterator[None]:
    """What the system refuses, told in one line: the folder of the site may not be written to, the disk is full."""
    try:
        yield
    except OSError as error:
        finding = Finding("system-refuses", f"{error.filename or ''}", 0, error.strerror or str(error))
        raise PluginError(worded(finding, spoken(os.environ))) from error


def _progress() -> Progress:
    return Progress(log.info if log.isEnabledFor(logging.INFO) else None)


def _generated(file: made.File, config: MkDocsConfig) -> File:
    """MkDocs' file of ours; one that is to be as it is has a name that MkDocs takes for no page."""
    if not file.as_it_is:
        inclusion = InclusionLevel.NOT_IN_NAV if file.aside else InclusionLevel.UNDEFINED
        return File.generated(config, file.path, content=file.content, inclusion=inclusion)
    static = File.generated(config, f"{file.path}~", content=file.content)
    static.dest_uri = file.as_it_is
    return static


def _nav(chapter: Chapter) -> Any:
    if chapter.below:
        return {escape(displayed(chapter.title)): [chapter.path, *map(_nav, chapter.below)]}
    return chapter.path


def _shown(folder: Path, config: MkDocsConfig) -> str:
    """A folder as messages name it: from where mkdocs.yml lies."""
    root = Path(config.config_file_path or "").parent
    return (folder.relative_to(root) if folder.is_relative_to(root) else folder).as_posix()


def _folder(file: File) -> str:
    return file.src_uri.rpartition("/")[0]


def _language(file: File) -> str:
    """The language of a page; the first for one that lies in no language's folder."""
    first = file.src_uri.partition("/")[0]
    return first if first in LANGUAGES else LANGUAGES[0]
