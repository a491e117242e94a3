"""The markup of a saved page -> what it says of its report outside its text: meta tags, named elements, script.

Rules: rules/portals.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from selectolax.lexbor import LexborHTMLParser

from ..rules import load
from .markup import SPACES, rules

_IN_CHINA = timedelta(hours=8)


def own_titles(tree: LexborHTMLParser) -> list[str]:
    """What a page without that meta tag is called: its one <h1> that its <title> repeats, but the name of a site."""
    named = re.sub(r"\s", "", node.text()) if (node := tree.css_first("title")) else ""
    heads = [SPACES.sub(" ", node.text()).strip() for node in tree.css("h1")]
    plain = {re.sub(r"\s", "", head): head for head in heads}
    found = [said for head, said in plain.items() if len(head) >= 6 and head in named]
    return found if len(found) == 1 and not rules()["site_name"].search(found[0]) else []


def meta_fields(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """Names and values in the order of the rules, the first of each name that says something: meta tags of government
    sites, else the elements of other sites for the same, else the day that only a script of the page has."""
    said: dict[str, str] = {}
    for name, value in (*_of_tags(tree), *_of_elements(tree), *_of_scripts(tree)):
        if (plain := SPACES.sub(" ", value).strip()) and name.lower() not in said:
            said[name.lower()] = plain
    return [(name, said[name.lower()]) for name in load("portals")["meta"] if name.lower() in said]


def _of_tags(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for node in tree.css("meta[name]"):
        yield node.attributes.get("name") or "", node.attributes.get("content") or ""


def _of_elements(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for id_, name in load("portals")["meta_elements"].items():
        yield from ((name, node.text()) for node in tree.css(f"#{id_}"))


def _of_scripts(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """The day, only where the page has one of those elements: scripts of any page have days that are others'."""
    if not any(tree.css_matches(f"#{id_}") for id_ in load("portals")["meta_elements"]):
        return
    for node in tree.css("script"):
        for pattern in load("portals")["meta_script"]:
            if found := re.search(pattern, node.text()):
                yield "PubDate", _day(found[1])


def _day(value: str) -> str:
    """A day as printed; of seconds since 1970 the day they are in China."""
    return f"{datetime.fromtimestamp(int(value), UTC) + _IN_CHINA:%Y-%m-%d}" if value.isdigit() else value
