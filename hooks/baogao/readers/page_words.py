"""A line or an element of a saved page -> whether it is a field, a title, running text; the portal's by its names.

Rules: rules/portals.yml, rules/chrome.yml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ..patterns import longest
from ..rules import load
from ..simplified import simplified
from .markup import Element, rules
from .particulars import DATE

INDENT = " \u3000\xa0\t"


def portals_own(elements: Sequence[Element]) -> list[bool]:
    """Of each element, whether its tag or its names say that it is the portal's."""
    tags = rules()["chrome_tags"]
    return [element.tag in tags or _is_portals(names_of(element)) for element in elements]


def names_of(element: Element) -> str:
    """Class and id; shareBox is read as share-box."""
    said = " ".join(element.attributes.get(name, "") for name in ("class", "id"))
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", said).lower()


@lru_cache(maxsize=10_000)  # a page has few names and uses them often
def _is_portals(names: str) -> bool:
    """Whether a class or an id is one that portals give to their own."""
    return bool(rules()["chrome_names"].search(names))


@lru_cache(maxsize=10_000)
def is_byline(names: str) -> bool:
    """Whether a class or an id is that of the line under the title of a public account's page."""
    return bool(rules()["byline_names"].search(names))


def signs(text: str) -> bool:
    """Whether a line is a body's name or a date, as under a report."""
    named = re.search(load("chrome")["body_end"], text) and not re.search("[:：。]", text)
    return bool(named or re.fullmatch(DATE, text.strip(INDENT)))


def is_running(text: str) -> bool:
    return len(text) >= 12 and bool(re.search("[。；，、,;]", text))


def is_field(text: str) -> bool:
    return bool(_fields().match(simplified(text.strip(INDENT + "[【•·-"))))


@cache
def _fields() -> re.Pattern[str]:
    names = longest(name for group in load("chrome")["fields"].values() for name in group)
    return re.compile("(?:" + "|".join(r"\s*".join(map(re.escape, name)) for name in names) + r")\s*[:：\]】\t]")


def is_titled(text: str, titles: Sequence[str]) -> bool:
    """Whether a line looks like the title of a report, or is the one that the page's meta tags name."""
    shape, plain = load("chrome")["title"], simplified(re.sub(r"\s", "", text))
    if plain and plain in (simplified(re.sub(r"\s", "", title)) for title in titles):
        return True
    return bool(
        len(plain) <= shape["longest"]
        and not re.search("[>＞»|｜→]", text)
        and re.search(shape["end"], plain)
        and re.search(shape["about"], plain)
    )
