"""A style sheet of the theme -> the same for readers: no comments, and no rule for what no page of this site shows.

What only those templates of Material show that ours replace, and what only its scripts make, has no rule in a site that
does not switch them on (rules/style_sheets.yml, replaced).
"""

from __future__ import annotations

from collections.abc import Iterator

from tinycss2 import parse_blocks_contents, parse_stylesheet, serialize

from ..rules import load
from .selectors import Selector, Tokens, mentioned, selectors, text


def for_readers(css: str) -> str:
    """The same sheet, of which every rule that is left says what it said."""
    return "".join(_left(parse_stylesheet(css, True, True)))


def _left(nodes: Tokens) -> Iterator[str]:
    for node in nodes:
        if node.type == "qualified-rule":
            shown = ",".join(text(one) for one in selectors(node.prelude) if not _replaced(one))
            if shown and not _for_replaced(node.content):
                yield f"{shown}{{{text(node.content)}}}"
        elif node.type == "at-rule" and node.at_keyword == "media":
            inner = "".join(_left(parse_stylesheet(node.content, True, True)))
            yield f"@media {text(node.prelude)}{{{inner}}}" if inner else ""
        elif node.type != "error":
            yield serialize([node])


def _replaced(selector: Selector) -> bool:
    prefixes = tuple(f".{name}" for name in load("style_sheets")["replaced"])
    return any(name.startswith(prefixes) for name in mentioned(selector))


def _for_replaced(block: Tokens) -> bool:
    """Whether a rule does nothing but set their variables."""
    prefixes = tuple(f"--{name}" for name in load("style_sheets")["replaced"])
    said = [one.name for one in parse_blocks_contents(block, True, True) if one.type == "declaration"]
    return bool(said) and all(name.startswith(prefixes) for name in said)
