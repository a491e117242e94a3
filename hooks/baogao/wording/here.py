"""A page of the site -> the links on it: to pages of reports and of the site, to data, to what a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from ..ids import OVERVIEW, SEARCH
from . import addresses
from .addresses import tree
from .names import Names


@dataclass(frozen=True, slots=True)
class Here:
    """The page that is written: all links on it start from there."""

    path: str  # of the site, with the ending md

    @classmethod
    def of(cls, names: Names, name: str = OVERVIEW) -> Here:
        """A page of a report."""
        return cls(names.path(name))

    def to(self, path: str, anchor: str = "") -> Markup:
        """A link in HTML: between paths of the site."""
        return Markup(addresses.link(self.path, path, anchor))

    def checked(self, path: str, anchor: str = "") -> Markup:
        """A link in Markdown, which MkDocs checks: between paths of the tree."""
        return Markup(addresses.link(tree(self.path), tree(path), anchor))

    def page_link(self, names: Names, name: str, anchor: str = "") -> Markup:
        """A link in HTML to a page of a report."""
        return self.to(names.path(name, "html"), anchor)

    def link(self, names: Names, name: str, anchor: str = "") -> Markup:
        """The same in Markdown."""
        return self.checked(names.path(name), anchor)

    def search(self, names: Names, query: str) -> Markup:
        """A link in HTML to what a search finds in a report."""
        page = addresses.hand_written(names.language, SEARCH)
        return Markup(f"{self.to(page)}?{urlencode({'q': query, 'report': names.publication.id})}")

    def data(self, names: Names, name: str) -> Markup:
        """A link in Markdown to a file of a report's data."""
        return self.checked(addresses.data_file(names.publication.id, name))
