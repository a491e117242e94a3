"""What a page and a file are: paths in the tree that MkDocs gets, front matter, what the head tells machines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import markdown
from markupsafe import Markup

from ..folding import displayed
from ..wording.addresses import tree
from . import head
from .templates import rendered

# In a citation: where the frame or the reader's browser writes the address of a place, its words, the day
ADDRESS, PLACE, ACCESSED = "{address}", "{place}", "{accessed}"
# What the Markdown is written in: extensions of Python-Markdown and their settings.
EXTENSIONS: dict[str, dict[str, Any]] = {
    "attr_list": {},
    "baogao.site.entities": {},
    "md_in_html": {},
    "tables": {"use_align_attribute": True},  # no style in a page (policy.py); the theme knows it
    "sane_lists": {},
    "toc": {"toc_depth": "2-4"},
}
STATIC = "static/"  # in the tree, the folder of files that the site has as they are


@dataclass(frozen=True, slots=True)
class File:
    """A file of the tree that MkDocs gets; path with the language first: zh/qinghe-2023/1-2.md."""

    path: str
    content: bytes
    aside: bool = False  # a second view of a page: not in the navigation

    @property
    def as_it_is(self) -> str:
        """The path in the site of a file that is no page though it may end in md: those under STATIC; else empty."""
        return self.path.removeprefix(STATIC) if self.path.startswith(STATIC) else ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A node of the navigation: a page and those under it. title is plain text."""

    title: str
    path: str  # of the Markdown file, language first
    below: tuple[Chapter, ...] = ()
    passed: bool = False  # no stop between previous and next: it holds nothing but others, or all of them again

    def paths(self) -> Iterator[str]:
        """Its own, then those below it."""
        yield from (chapter.path for chapter in self.walk())

    def walk(self) -> Iterator[Chapter]:
        """Itself, then those below it."""
        yield self
        for chapter in self.below:
            yield from chapter.walk()


# What YAML refuses or folds: MkDocs takes front matter that is no YAML for Markdown, and publishes it as it stands.
_NOT_IN_YAML = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def converted(text: str) -> str:
    """Markdown -> HTML, without looking at its links."""
    return markdown.markdown(text, extensions=list(EXTENSIONS), extension_configs=EXTENSIONS)


def static(path: str, content: bytes) -> File:
    return File(STATIC + path, content)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page tells machines."""

    tags: head.Tags
    data: dict[str, Any]  # JSON-LD
    description: str = ""
    endings: tuple[str, ...] = ()  # with which the page's address gives its data
    citations: tuple[tuple[str, Markup, Markup], ...] = ()  # style, the report in it, a place in the report at ADDRESS
    citation_files: tuple[tuple[str, str], ...] = ()  # name and address
    citations_say: str = ""  # above them: what no style has room for


def markdown_page(
    template: str,
    path: str,
    page_title: str,
    about: Mapping[str, str] | None = None,
    told: Head | None = None,
    **values: Any,
) -> File:
    """A page with its front matter. `about`, each where it is known: title_language, where the title is not in the
    page's own language; canonical, the page beside it of which it is a second view; cited, how a quotation names its
    source; said_by, whose text it is; printed, the style of its sheets."""
    # MkDocs and its theme print titles and descriptions as they are: they get HTML, in a YAML string
    front: dict[str, Any] = {"title": html.escape(displayed(page_title))}
    front |= {key: displayed(value) for key, value in (about or {}).items() if value}
    if told:
        said = displayed(told.description)
        front |= {"description": html.escape(said)} if said else {}
        front |= {"head": [[name, displayed(content)] for name, content in told.tags], "json_ld": told.data}
        front |= {"endings": list(told.endings)} if told.endings else {}
        front |= {"cite": [list(one) for one in told.citations]} if told.citations else {}
        front |= {"cite_says": told.citations_say} if told.citations_say else {}
        front |= {"cite_files": [list(one) for one in told.citation_files]} if told.citation_files else {}
    matter = "".join(f"{key}: {_yaml(value)}\n" for key, value in front.items())
    return File(tree(path), f"---\n{matter}---\n\n{rendered(template, **values)}".encode())


def _yaml(value: Any) -> str:
    """A value as JSON in one line, which is YAML too."""
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
