"""text + marks -> HTML that is safe inside Markdown. The one place where anything is marked inside a sentence.

Afterwards: the markup's text, tags taken off and entities decoded, is displayed(text); no element of a mark lies
inside another; nothing of the text is read as Markdown or HTML. Which kinds there are, how they are written and which
goes first where two overlap at equal length is rules/marks.yml.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape as escape_html
from typing import Any

from markupsafe import Markup

from ..folding import characters, displayed
from ..rules import load

# Whatever Markdown, an extension or HTML may read as more than itself, anywhere or at the start of a line, and white
# space that they trim or expand. A decimal entity for each is read by none of them; html.escape alone lost text.
_SPECIAL = re.compile(
    r"""[\\`*_\[\]<>&!#{}|~=]"""
    r"""|^[-+:.)/?]|^\d(?=\d*[.)](?:\s|$))|\n"""
    r"""|[\t\xa0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]|^ | $| (?= )|(?<= ) """
)
# What Markdown may read in an attribute, beside what HTML does: it looks for links, pictures, code and escapes before
# it looks for tags, for the bars of a table before that, and an empty line ends the paragraph and the tag with it.
_READ_IN_TAGS = re.compile(r"[\t\n\\`*_\[\]!{}|~^$]")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to be marked in a text. Offsets count in that text."""

    start: int
    end: int
    kind: str  # a kind of rules/marks.yml
    href: str = ""  # a relative address
    note: str = ""  # what it says in the margin and when asked
    id: str = ""  # the anchor it makes
    how: str = ""  # a relative address: how what its note adds was computed


def escape(text: str) -> Markup:
    """The text, safe in a paragraph, a heading or a table cell of Markdown and in HTML."""
    return Markup(_SPECIAL.sub(_entity, displayed(text)))


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def printed(text: str) -> Markup:
    """The text as escape() has it, its half-width marks of Chinese as elements that are drawn in full width."""
    return _printed(text, _wide_marks(text), 0, len(text))


def attribute(name: str, value: object) -> Markup:
    """An attribute of a tag, with the space before it: whatever its value is, it begins and ends no tag, link or code.

    The one place where a value enters a tag: no template writes quotation marks round one. An address is given to it as
    it is, as any text.
    """
    written = escape_html(displayed(str(value)), quote=True)
    return Markup(f' {name}="{_READ_IN_TAGS.sub(_entity, written)}"')


def rewritten(pieces: Iterable[tuple[str, str]], told: Mapping[str, str]) -> Markup:
    """Two texts as one. A piece is an element, del or ins, or none where both have it, and its text; `told`: what those
    hear who do not see the element."""
    return Markup("").join(
        Markup('<{}><span class="heard">{}</span>{}</{}>').format(element, escape(told[element]), escape(text), element)
        if element
        else escape(text)
        for element, text in pieces
    )


def css_string(text: str) -> Markup:
    """The text as a string of CSS, quotation marks included: whatever is no letter or digit is escaped."""
    return Markup('"' + "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in displayed(text)) + '"')


def mark(text: str, marks: Iterable[Mark]) -> Markup:
    """The text with its marks. Of two that overlap the longer stays, then the one whose kind is named first."""
    wide = _wide_marks(text)
    parts, at = [], 0
    for one in sorted(_without_overlaps(marks), key=lambda m: m.start):
        parts += [_printed(text, wide, at, one.start), _element(_printed(text, wide, one.start, one.end), one)]
        at = one.end
    return Markup("").join([*parts, _printed(text, wide, at, len(text))])


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    return {kind["kind"]: kind | {"rank": rank} for rank, kind in enumerate(load("marks")["kinds"])}


def _without_overlaps(marks: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for one in sorted(marks, key=lambda m: (m.start - m.end, _kinds()[m.kind]["rank"], m.start)):
        if one.start < one.end and all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return kept


def _element(content: Markup, one: Mark) -> Markup:
    kind = _kinds()[one.kind]
    attributes = {"class": kind["class"], "id": one.id, "href": one.href, "data-note": one.note, "data-how": one.how}
    written = "".join(attribute(name, value) for name, value in attributes.items() if value)
    return Markup(f"<{kind['element']}{written}>") + content + Markup(f"</{kind['element']}>")


# ---- half-width marks of Chinese


def _printed(text: str, wide: Mapping[int, str], start: int, end: int) -> Markup:
    """What stands from one offset to another, safe; `wide` as of _wide_marks."""
    parts, at = [], start
    for i in (i for i in wide if start <= i < end):
        parts += [escape(text[at:i]), _drawn(text[i], wide[i])]
        if text[i] != "(" and text[i + 1 : i + 2].isascii() and text[i + 1 : i + 2].isalnum():
            parts.append(Markup("<wbr>"))  # behind a half-width mark no line may end before a digit, behind this it may
        at = i + 1
    return Markup("").join([*parts, escape(text[at:end])])


@cache
def _drawn(character: str, classes: str) -> Markup:
    return Markup("<span{}>{}</span>").format(attribute("class", classes), escape(character))


def _wide_marks(text: str) -> dict[int, str]:
    """The offsets of the half-width marks that belong to Chinese, in order, and the classes of their elements: a mark
    is one of Chinese unless Latin, digits or white space stand on both sides; of two brackets both are, or none."""
    beside = ((i, text[i - 1 : i], text[i + 1 : i + 2]) for i, c in enumerate(text) if c in _half())
    found = {i for i, before, after in beside if before in _chinese() or after in _chinese()}
    if not found:
        return {}
    opened: list[int] = []
    for i, c in enumerate(text):
        if c == "(":
            opened.append(i)
        elif c == ")" and opened:
            pair = {opened.pop(), i}
            found |= pair if pair & found else set()
    return {i: _classes(text, i, found) for i in sorted(found)}


def _classes(text: str, i: int, wide: Container[int]) -> str:
    """wide; with `after` or `before` where half an em of nothing beside it is taken back: two marks that stand together
    take one and a half."""
    rules = load("marks")
    full, closing = rules["full"], text[i] in rules["wide"]["closing"]
    after, before = text[i + 1 : i + 2], text[i - 1 : i]
    told = ["wide"]
    if text[i] in rules["wide"]["centred"]:
        return "wide"
    both = {*full["closing"], *full["opening"]}
    if after in (both | {*rules["quotes"]} if closing else {*full["opening"]}) or closing and i + 1 in wide:
        told.append("after")
    if i - 1 not in wide and before in ({*full["closing"]} if closing else both):
        told.append("before")
    return " ".join(told)


@cache
def _half() -> frozenset[str]:
    return frozenset("".join(load("marks")["wide"].values()))


@cache
def _chinese() -> frozenset[str]:
    """The characters beside which a half-width mark is one of Chinese."""
    first, last = (int(code, 16) for code in load("marks")["beside"]["forms"])
    return characters("cjk") | {*map(chr, range(first, last + 1))} | {*load("marks")["beside"]["marks"]}


def wide_rules() -> dict[str, Any]:
    """What a script needs to draw them alike: { wide, full, quotes, beside, chinese: ranges of code points }."""
    rules = load("marks")
    chinese = [*load("search")["cjk"], rules["beside"]["forms"]]
    return {key: rules[key] for key in ("wide", "full", "quotes")} | {
        "beside": rules["beside"]["marks"],
        "chinese": chinese,
    }
