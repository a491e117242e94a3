"""Selectors of style sheets, read by the names in them: p, .term, #aa, [lang], [dir=rtl], :hover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from tinycss2 import serialize

from ..rules import load

Tokens: TypeAlias = Sequence[Any]  # component values of CSS; tinycss2 is not typed
Selector: TypeAlias = list[Any]

_ALTERNATIVES = ("has", "is", "where")
_SPACE = re.compile(r"""("[^"]*"|'[^']*')|[ \t\r\n\f]+""")
_DRAWN = re.compile("::(before|after)")  # older sheets write them with one colon


def text(tokens: Tokens) -> str:
    """CSS as short as it can be told without a thought: a space for each stretch of them."""
    return _SPACE.sub(lambda found: found[1] or " ", str(serialize(tokens))).strip()


def selectors(prelude: Tokens) -> list[Selector]:
    """A list of selectors, parted at its commas."""
    parts: list[Selector] = [[]]
    for token in prelude:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def written(selector: Selector) -> str:
    return _DRAWN.sub(r":\1", text(selector))


def required(selector: Selector) -> Iterator[str | list[Selector]]:
    """What all must be there where a selector matches: names, and of :is() and its like one of several selectors. Of
    states only those that begin when somebody acts are names."""
    acted, before = load("style_sheets")["acted"], ""
    for token in selector:
        if token.type == "ident" and before != ":":
            yield f"{'.' if before == '.' else ''}{token.value}"
        elif token.type == "ident" and token.value in acted:
            yield f":{token.value}"
        elif token.type == "function" and token.name in acted:
            yield f":{token.name}"
        elif token.type == "function" and token.lower_name in _ALTERNATIVES:
            yield selectors(token.arguments)
        elif token.type == "hash":
            yield f"#{token.value}"
        elif token.type == "[] block":
            yield _attribute(token.content)
        before = token.value if token.type == "literal" else ""


def mentioned(selector: Selector) -> Iterator[str]:
    """Every name in a selector, but those of what must not be there."""
    for one in required(selector):
        if isinstance(one, str):
            yield one
        else:
            yield from (name for each in one for name in mentioned(each))


def _attribute(tokens: Tokens) -> str:
    """[name], or [name=value] where the value is said whole."""
    name, *rest = (token for token in tokens if token.type != "whitespace")
    return f"[{name.value}={rest[1].value}]" if rest and rest[0] == "=" else f"[{name.value}]"
