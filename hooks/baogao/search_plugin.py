"""The search on any MkDocs site, in place of `search`: what `plugins: [baogao-search]` names."""

from __future__ import annotations

import logging
import os
from fnmatch import fnmatch

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from .messages import spoken
from .search.index import files as index_files
from .search.interface import FOLDER, LANGUAGES, assets
from .search.pages import page_records
from .search.records import Catalogue, Record, RecordGroup
from .wording.words import Words

log = logging.getLogger("mkdocs.plugins.baogao-search")
OTHERS = ("search", "material/search")  # of which a site has one


class SearchOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs types all but this
    """What stands under the plugin's name in mkdocs.yml."""

    # of the interface: the page's own where it is one of them, else the first
    languages = config_options.ListOfItems(config_options.Choice(LANGUAGES), default=list(LANGUAGES))
    exclude = config_options.ListOfItems(config_options.Type(str), default=[])  # sources kept out: drafts/*


class BaogaoSearch(BasePlugin[SearchOptions]):  # type: ignore[no-untyped-call]
    """Every run of characters on a site of Markdown is found, under its heading, without a server."""

    _records: list[Record]
    _groups: list[RecordGroup]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """The script that opens the search on each page, and its looks."""
        for other in OTHERS:
            if other in config.plugins:
                raise PluginError(Words(spoken(os.environ))("build_two_searches", other=other))
        config.extra_javascript.append(f"{FOLDER}open.js")
        config.extra_css.append(f"{FOLDER}search.css")
        self._records, self._groups = [], []
        return config

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """What is searched of a page: its content as Markdown has made it, with Markdown's own anchors."""
        path = page.file.src_uri
        settings = page.meta.get("search") or {}
        if not (settings.get("exclude") or any(fnmatch(path, kept_out) for kept_out in self.config.exclude)):
            title = str(page.title or path)
            records = list(page_records(page.url, title, html, group=path))
            self._records += records
            self._groups += [RecordGroup(path, {"": title})] if records else []
        return html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """The index and its scripts, once all pages are read."""
        made = [*assets(self.config.languages, box=True)]
        if self._records:
            catalogue = Catalogue(tuple(self._records), tuple(self._groups))
            made += [(f"search/{name}", content) for name, content in index_files(catalogue)]
        else:
            log.warning(Words(spoken(os.environ))("build_nothing_to_search"))
        for path, content in made:
            files.append(File.generated(config, path, content=content))
        return env
