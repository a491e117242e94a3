"""text + marks -> HTML that is safe inside Markdown. The one place where anything is marked inside a sentence.

Afterwards: the markup's text, tags taken off and entities decoded, is displayed(text); no element of a mark lies
inside another; nothing of the text is read as Markdown or HTML. Which kinds there are, how they are written and which
goes first where two overlap at equal length is rules/marks.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape as escape_html
from typing import Any

from markupsafe import Markup

from ..folding import CONTROL, displayed
from ..rules import load

# Whatever Markdown, an extension or HTML may read as more than itself, anywhere or at the start of a line, and white
# space that they trim or expand. A decimal entity for each is read by none of them; html.escape alone lost text.
_SPECIAL = re.compile(
    r"""[\\`*_\[\]<>&!#{}|~=]"""
    r"""|^[-+:.)/?]|(?<=^\d)[.)](?=\s|$)|(?<=^\d\d)[.)](?=\s|$)|(?<=^\d\d\d)[.)](?=\s|$)"""
    r"""|[\t\xa0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]|^ | $| (?= )|(?<= ) """
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to be marked in a text. Offsets count in that text."""

    start: int
    end: int
    kind: str  # a kind of rules/marks.yml
    href: str = ""  # a relative address
    note: str = ""  # what it says in the margin and when asked
    id: str = ""  # the anchor it makes


def escape(text: str) -> Markup:
    """The text, safe in a paragraph, a heading or a table cell of Markdown and in HTML."""
    return Markup(_SPECIAL.sub(lambda m: f"&#{ord(m[0])};", displayed(text)))


def rewritten(pieces: Iterable[tuple[str, str]], told: Mapping[str, str]) -> Markup:
    """Two texts as one. A piece is an element, del or ins, or none where both have it, and its text; `told`: what those
    hear who do not see the element."""
    return Markup("").join(
        Markup('<{}><span class="heard">{}</span>{}</{}>').format(element, told[element], escape(text), element)
        if element
        else escape(text)
        for element, text in pieces
    )


def css_string(text: str) -> Markup:
    """The text as a string of CSS, quotation marks included: whatever is no letter or digit is escaped."""
    return Markup('"' + "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in displayed(text)) + '"')


def mark(text: str, marks: Iterable[Mark]) -> Markup:
    """The text with its marks. Of two that overlap the longer stays, then the one whose kind is named first."""
    parts, at = [], 0
    for one in sorted(_without_overlaps(marks), key=lambda m: m.start):
        parts += [escape(text[at : one.start]), _element(text[one.start : one.end], one)]
        at = one.end
    return Markup("").join([*parts, escape(text[at:])])


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    return {kind["kind"]: kind | {"rank": rank} for rank, kind in enumerate(load("marks")["kinds"])}


def _without_overlaps(marks: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for one in sorted(marks, key=lambda m: (m.start - m.end, _kinds()[m.kind]["rank"], m.start)):
        if one.start < one.end and all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return kept


def _element(text: str, one: Mark) -> Markup:
    kind = _kinds()[one.kind]
    attributes = {"class": kind["class"], "id": one.id, "href": one.href, "data-note": one.note}
    written = "".join(
        f' {name}="{escape_html(re.sub(CONTROL, "", value), quote=True)}"'
        for name, value in attributes.items()
        if value
    )
    return Markup(f"<{kind['element']}{written}>") + escape(text) + Markup(f"</{kind['element']}>")
