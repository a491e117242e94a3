"""Markdown -> HTML: a row of entities is read as one, as an extension of Python-Markdown.

Every mark that Markdown could read is an entity in our pages (wording/marks.py). One by one, each copies the rest of
its line: a line of 25,000 marks took as long as a whole site. The HTML is the same.
"""

from __future__ import annotations

from markdown import Extension, Markdown
from markdown.inlinepatterns import ENTITY_RE, HtmlInlineProcessor

_ROW = f"((?:{ENTITY_RE})+)"
_PRIORITY = 80  # that of the pattern whose place it takes (markdown.inlinepatterns.build_inlinepatterns)


class EntitiesInRows(Extension):
    """The extension, as Python-Markdown asks for it."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(HtmlInlineProcessor(_ROW, md), "entity", _PRIORITY)


def makeExtension(**_: object) -> EntitiesInRows:
    """What Python-Markdown calls in the module that a list of extensions names."""
    return EntitiesInRows()
