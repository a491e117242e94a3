"""Markup of a page -> a refusal of what its parser would take minutes for, or gigabytes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from ..model import Finding, ReportError
from ..rules import load

# Open elements. Browsers themselves nest no deeper than 512; the parser's time grows with the square of the depth.
DEEPEST_PAGE = 1_000
# Elements that the parser would add to repeat unclosed <font> and the like in each paragraph (HTML 13.2.4.3).
MOST_REPEATED = 2_000_000
# Steps of the parser over open elements, if all that the check is unsure of were open, or over attributes: seconds.
_MOST_STEPS = 1_000_000_000
# An attribute, with what parts it from the one before (HTML 13.2.5.32).
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+
        (?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+|(?=>|\Z)))?+"""
# Comments, what passes for one, and tags (HTML 13.2.5). Whatever begins is ended, at the latest by the end of the page:
# so each character is looked at once.
_TOKEN = re.compile(
    rf"""<!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?:[!?]|/(?![a-zA-Z]))[^>]*(?:>|\Z)
    | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)(?P<rest>(?:{_ATTRIBUTE})*+[\s/]*+)(?:>|\Z)""",
    re.S | re.X,
)
_ATTRIBUTES = re.compile(_ATTRIBUTE, re.S | re.X)
_LONG_TAG = 500  # characters; shorter ones have too few attributes to count


def check_markup(path: str, markup: str) -> None:
    """Refuse a page that the parser would take minutes for, or gigabytes. One pass, before anything is built.

    The parser compares each attribute of a tag with all before it. Raises ReportError (html-deep)."""
    opened: Counter[str] = Counter()
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    raw, no_end, formatting = (frozenset(load("portals")[name]) for name in ("raw", "no_end", "formatting"))
    depth = deepest = tags = unsure = compared = at = 0
    while token := _TOKEN.search(markup, at):
        name, at = (token["name"] or "").lower(), token.end()
        if name and len(token["rest"]) > _LONG_TAG:
            compared += len(_ATTRIBUTES.findall(token["rest"])) ** 2
        drawn = opened["svg"] or opened["math"]
        if name in raw and not token["end"]:
            if drawn:  # in a drawing its content is markup, if it is a drawing
                unsure += 1
            else:
                end = re.compile(rf"</{name}(?=[\s/>])", re.I).search(markup, at)
                at = end.start() if end else len(markup)
                unsure += markup.find("<!--", token.end(), at) >= 0  # may end elsewhere
            continue
        unsure += token[0].startswith("<![CDATA[")
        if not name or name in no_end:
            tags += bool(name)
            continue
        tags += 1
        if token["end"]:
            depth -= opened[name] > 0
            opened[name] -= opened[name] > 0
        elif token["rest"].endswith("/") and drawn:  # drawings are made of thousands of <path/>
            unsure += 1
        else:
            opened[name] += 1
            depth += 1
            deepest = max(deepest, depth)
            if name in formatting:
                kinds[name].add(token["rest"])
    # each kind of an unclosed formatting element is opened again in every paragraph, at most three times
    repeated = sum(min(opened[name], 3 * len(of)) for name, of in kinds.items()) * tags
    steps = max(unsure * tags, compared)
    for met, most in ((deepest, DEEPEST_PAGE), (repeated, MOST_REPEATED), (steps, _MOST_STEPS)):
        if met > most:
            raise ReportError(Finding("html-deep", path, 0, f"{met:,}", f"{most:,}"))
