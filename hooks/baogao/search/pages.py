"""A page's HTML -> records, one a heading with what stands under it: what is searched of any site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from .records import Line, Record, SearchUnit, Voice

_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BLOCKS = _HEADINGS | {"p", "li", "td", "th", "dt", "dd", "summary", "pre", "figcaption", "div", "label"}
_VOID = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
_UNREAD = frozenset(["script", "style", "svg", "template", "button", "noscript"])
_UNREAD_CLASSES = frozenset(["headerlink", "linenos", "MathJax_Preview"])
_KEPT_OUT = "data-search-exclude"  # as Material has it: an element, or with its heading what stands under that
_SENTENCE = re.compile(r"(?<=[。！？])(?=[^”’』」）])|(?<=[。！？][”’』」）])|(?<=[.!?]\s)(?=[A-Z])")


class _Reader(HTMLParser):
    """The lines of a page, each under the heading above it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections: list[tuple[str, str, list[Line]]] = [("", "", [])]  # anchor, heading, lines
        self._open: list[tuple[str, bool]] = []  # elements, and whether each is read
        self._text = ""
        self._dropped = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag in _BLOCKS:
            self._close()
        if tag in _VOID:
            self._text += "\n" if tag == "br" else ""
            return
        out = tag in _UNREAD or not _UNREAD_CLASSES.isdisjoint((given.get("class") or "").split())
        if tag in _HEADINGS:
            self._dropped = _KEPT_OUT in given
            self.sections.append((given.get("id") or self.sections[-1][0], "", []))
        self._open.append((tag, self._read and not out and _KEPT_OUT not in given))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._close()
        met = [n for n, (name, _) in enumerate(self._open) if name == tag]
        if met:
            del self._open[met[-1] :]

    def handle_data(self, data: str) -> None:
        if self._read and not self._dropped:
            self._text += data

    @property
    def _read(self) -> bool:
        return not self._open or self._open[-1][1]

    def _close(self) -> None:
        """The text so far is a line; of code, each of its lines is one."""
        names = {name for name, _ in self._open}
        text, self._text = self._text, ""
        anchor, heading, lines = self.sections[-1]
        if "pre" in names:
            said = (" ".join(line.split()) for line in text.split("\n"))
            lines += [(SearchUnit(anchor, line, Voice.CODE),) for line in said if line]
        elif text := " ".join(text.split()):
            named = bool(_HEADINGS & names)
            if named:
                self.sections[-1] = anchor, heading + text, lines
            voice = Voice.HEADING if named else Voice.TEXT
            lines.append(tuple(SearchUnit(anchor, part, voice) for part in _SENTENCE.split(text)))


def page_records(page: str, title: str, html: str, language: str = "", group: str = "") -> Iterator[Record]:
    """The records of a page from the HTML of its content; a heading without an id is part of what stands above it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader._close()
    for _, heading, lines in reader.sections:
        if lines:
            yield Record(page, heading or title, tuple(lines), language, group)
