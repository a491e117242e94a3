"""Style sheets of a site -> the style that stands in its reading pages, so that they are seen before any sheet comes.

It holds, in their order, the rules of the sheets that can match where no other names are shown than those listed in
rules/style_sheets.yml. The sheet behind the text says the same again, so that nothing moves; a page that shows any
other name it knows waits for it. Selectors are read by names alone: more is kept than matches, never less.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser, LexborNode
from tinycss2 import parse_blocks_contents, parse_stylesheet

from ..rules import load
from .selectors import Selector, Tokens, mentioned, required, selectors, text, written
from .theme_sheets import for_readers

_FACE, _IMPORTANT = "@font-face", "!important"
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
_UNSHOWN = ("dialog", "script", "style", "template")


@dataclass(frozen=True, slots=True)
class FirstStyle:
    """The style of a site, what names its sheets know beside those it was made for (p, .term, #aa, [lang], [dir=rtl]),
    and the sheets that say more than it: one that brings nothing but faces is in it whole."""

    text: str = ""
    others: frozenset[str] = frozenset()
    sheets: tuple[str, ...] = ()

    def suits(self, content: str) -> bool:
        """Whether a page with this content (HTML) looks the same without the sheets. What is folded up is not shown."""
        body = LexborHTMLParser(content).body
        shown = (name for node in _shown(body) for name in _names_of(node)) if body else ()
        return bool(self.text) and self.others.isdisjoint(shown)


@dataclass(frozen=True, slots=True)
class Styles:
    """The sheets of the theme as readers get them, in one, and the first style of a site with it."""

    sheet: str
    first: FirstStyle


@dataclass(frozen=True, slots=True)
class _SheetRule:
    """A rule of a sheet: as far as it is kept, none of its selectors where it is not."""

    within: tuple[str, ...]  # what it asks of the screen
    selectors: tuple[str, ...]
    said: tuple[tuple[str, str], ...]  # names of properties and values


def first_style(sheets: Mapping[str, str]) -> FirstStyle:
    """The style of a site with these sheets, path -> CSS, which follow each other in this order."""
    met: set[str] = set()
    rules = {path: list(_rules(parse_stylesheet(css, True, True), (), met)) for path, css in sheets.items()}
    more = (path for path, own in rules.items() if any(rule.selectors != (_FACE,) for rule in own))
    kept = _used(_last([rule for own in rules.values() for rule in own]))
    return FirstStyle(_written(kept), frozenset(met - _names()), tuple(more))


def of_theme(faces: tuple[str, str], ours: str, sheets: Sequence[str]) -> Styles:
    """The styles of a site with a sheet of faces, its path and CSS, and these, which become one at the path `ours`."""
    sheet = "".join(map(for_readers, sheets))
    return Styles(sheet, first_style(dict([faces, (ours, sheet)])))


def _rules(nodes: Tokens, within: tuple[str, ...], met: set[str]) -> Iterator[_SheetRule]:
    """The rules with the selectors that can match. `met` takes every name in a selector."""
    for node in nodes:
        if node.type == "qualified-rule":
            found = selectors(node.prelude)
            met.update(name for one in found for name in mentioned(one))
            kept = tuple(written(one) for one in found if _known(one))
            yield _SheetRule(within, kept, _declared(node.content))
        elif node.type == "at-rule" and node.at_keyword in ("media", "supports"):
            inner = parse_stylesheet(node.content, True, True)
            yield from _rules(inner, (*within, f"@{node.at_keyword} {text(node.prelude)}"), met)
        elif node.type == "at-rule" and node.at_keyword == "font-face":
            yield _SheetRule(within, (_FACE,), _declared(node.content))


def _declared(block: Tokens) -> tuple[tuple[str, str], ...]:
    """What a block says, but for what nobody sees before somebody acts."""
    return tuple(
        (one.name, text(one.value) + _IMPORTANT * one.important)
        for one in parse_blocks_contents(block, True, True)
        if one.type == "declaration" and one.name not in load("style_sheets")["unseen"]
    )


def _last(rules: Sequence[_SheetRule]) -> list[_SheetRule]:
    """The same without what a later rule of the same selector says otherwise on every screen, and what is for paper."""
    later: dict[str, set[str]] = defaultdict(set)
    left = []
    for rule in reversed(rules):
        if not rule.selectors or "@media print" in rule.within:
            continue
        said = tuple(
            (name, value)
            for name, value in rule.said
            if value.endswith(_IMPORTANT) or not all(name in later[each] for each in rule.selectors)
        )
        left.append(replace(rule, said=said))
        for each in rule.selectors if not rule.within and rule.selectors != (_FACE,) else ():
            later[each].update(name for name, _ in said)
    return left[::-1]


def _used(rules: list[_SheetRule]) -> list[_SheetRule]:
    """The same without variables that nothing uses, and without what says nothing then."""
    while True:
        used = {name for rule in rules for _, value in rule.said for name in _VARIABLE.findall(value)}
        left = [
            replace(rule, said=tuple(one for one in rule.said if one[0] in used or not one[0].startswith("--")))
            for rule in rules
        ]
        if left == rules:
            return [rule for rule in rules if rule.said]
        rules = left


def _written(rules: Sequence[_SheetRule]) -> str:
    pieces = []
    for within, same in groupby(rules, key=lambda rule: rule.within):
        inner = "".join(f"{','.join(one.selectors)}{{{';'.join(map(':'.join, one.said))}}}" for one in same)
        pieces.append("".join(f"{each}{{" for each in within) + inner + "}" * len(within))
    return "".join(pieces)


def _known(selector: Selector) -> bool:
    return all(one in _names() if isinstance(one, str) else any(map(_known, one)) for one in required(selector))


@cache
def _names() -> frozenset[str]:
    return frozenset(name for names in load("style_sheets")["shown"].values() for name in names.split())


def _shown(node: LexborNode) -> Iterator[LexborNode]:
    """An element and those in it that are in sight: of what is folded up, its summary."""
    yield node
    folded = node.tag == "details" and "open" not in node.attributes
    for child in node.iter(include_text=False):
        if child.tag not in _UNSHOWN and (not folded or child.tag == "summary"):
            yield from _shown(child)


def _names_of(node: LexborNode) -> Iterator[str]:
    yield node.tag or ""
    for name, value in node.attributes.items():
        yield from (f"[{name}]", f"[{name}={value}]", f"#{value}" if name == "id" else "")
    yield from (f".{one}" for one in (node.attributes.get("class") or "").split())
