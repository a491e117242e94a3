"""What reports, nodes, pages and rows are called in the data, whatever the site's paths are.

Report: place[-body][-kind]-year. Node: 1-2-3. In a page: heading h1-2-3, sentence s1-2-3-4, figure f1-2-3-4-17,
row of the figures table r1-2-3-4-17.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import PurePosixPath
from typing import Any

from pypinyin import lazy_pinyin

from .model import Report
from .rules import load
from .simplified import simplified

LANGUAGES = ("zh", "en")  # the first stands at the root of the site
TRADITIONAL = "zh-Hant"  # the first in the other script: its pages are made of finished ones, in a folder of this name
OVERVIEW, FULL, FIGURES, ANNEX, PROOF = "index", "full", "figures", "annex", "proof"
MATTERS = "matters"  # a page of a report: plan, results and shortcomings side by side
SINCE = "since"  # a page of a report: what changed from the year before
SEARCH, ACCURACY, TERMS, DATA = "search", "accuracy", "terms", "data"  # pages of each language
INSTRUMENTS = "instruments"  # another
INDICATORS, PUBLISHED = "indicators", "published"  # lists across reports
PLACES = "places"
THEMES = "themes"
_SHARED = (SEARCH, TERMS, INSTRUMENTS, INDICATORS, PLACES, THEMES, "assets", "feed", "schema")
# what Windows lets no file or folder be called
_DEVICES = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
# folders that no report can have: the site's own, and those called as one of its pages is
OWN = frozenset({*LANGUAGES, TRADITIONAL.lower(), *_SHARED, ACCURACY, DATA, PUBLISHED, *_DEVICES})
_LONGEST = 200  # letters of an address: a file system takes 255 with an ending
_GOVERNMENT = re.compile("^(人民)?政府$")
_FUNCTIONAL_AREA = re.compile("(新|开发|高新|经开|园|示范|度假|保税|合作|管理)区$")  # 成都高新区 is not 成都


def cut(name: str, longest: int) -> str:
    """A long address ends in a mark of the whole."""
    return name if len(name) <= longest else f"{name[: longest - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


@lru_cache(4096)
def spell(name: str) -> str:
    """A Chinese name in Latin letters and digits, ü as v; empty where nothing is left."""
    latin = "".join(lazy_pinyin(unicodedata.normalize("NFKC", simplified(name)), errors="default"))
    return re.sub("[^a-z0-9]", "", latin.lower())


def place_id(place: str) -> str:
    """The address of a place by its last part: 清河区 -> qinghe. Spelt as in rules/places.yml, else by pypinyin."""
    return cut(_spelt(place), _LONGEST)


def _spelt(place: str) -> str:
    places, place = load("places"), simplified(place)
    for name in (place, stem := place_stem(place)):
        if name in places["spellings"]:
            return str(places["spellings"][name])
    for people in places["peoples"]:  # longest first
        while stem.endswith(people) and len(stem) - len(people) >= 2:
            stem = stem.removesuffix(people)
    return str(places["spellings"].get(stem) or spell(stem))


def is_functional_area(place: str) -> bool:
    """Whether a place is no division but a zone that was laid out: 成都高新区."""
    return bool(_FUNCTIONAL_AREA.search(place))


def place_stem(place: str) -> str:
    """A place without its suffix: 云川市 -> 云川; one that would be left with a character keeps it, as zones do."""
    if is_functional_area(place):
        return place
    suffix = next((s for s in load("places")["suffixes"] if place.endswith(s)), "")
    stem = place.removesuffix(suffix)
    return stem if len(stem) >= 2 else place


@cache
def kinds() -> tuple[dict[str, Any], ...]:
    """The kinds of report: code, match, zh, en. The first whose pattern is found counts; the last matches all."""
    return tuple(load("kinds")["kinds"])


def kind_of(report: Report) -> dict[str, Any]:
    """The kind of a report, by its title, else by its first lines."""
    said = report.source.particulars.title
    return kind_said(said.text if said else "", (s.text for s in report.preamble))


def kind_said(title: str, opening: Iterable[str]) -> dict[str, Any]:
    """The kind that a title says, else the first lines."""
    said = simplified(title or "".join(opening)[:300])
    return next(kind for kind in kinds() if re.search(kind["match"], said))


def report_id(report: Report, place: str, year: str) -> str:
    """place[-body][-kind]-year, the year in digits; from the file's name where place or year is empty."""
    if not place or not year:
        return file_id(report.source.path)
    parts = (place_id(place), spell(department_of(report)), kind_of(report)["code"], year)
    return cut("-".join(part for part in parts if part), _LONGEST)


def department_of(report: Report) -> str:
    """The body that reports where it is not the government of the place, as printed; else empty."""
    body = report.source.particulars.body
    return "" if body is None or _GOVERNMENT.match(simplified(body.text)) else body.text


def file_id(path: str) -> str:
    """The address of a file that says too little of itself."""
    words = re.split("[^0-9a-z]+", "-".join(spell(part) for part in re.split(r"[\W_]+", PurePosixPath(path).stem)))
    name = "-".join(word for word in words if word)
    return cut(name if name[:1].isalpha() else f"r{name}", _LONGEST)


def page_of(node: str) -> str:
    """The page a node stands on: its section's or subsection's; 1-2-3 -> 1-2, 2-0-1 -> 2, 0 -> the overview."""
    parts = [*node.split("-"), "0"][:2]
    if parts[1] == "0":
        return OVERVIEW if parts[0] == "0" else parts[0]
    return "-".join(parts)


def node_of(anchor: str) -> str:
    """The node of a sentence or heading id: s1-2-3-4 -> 1-2-3, h1-2-3 -> 1-2-3."""
    return anchor[1:] if anchor.startswith("h") else anchor[1:].rpartition("-")[0]


def text_hash(text: str) -> str:
    """What a link says of a sentence (?h=): the first 8 hexadecimal digits of SHA-256 of its text as printed, in UTF-8.

    A link to a sentence that reads otherwise now can be told from one that still holds.
    """
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def row_of(figure: str) -> str:
    """The row of a figure in a table: f1-2-3-4-17 -> r1-2-3-4-17."""
    return "r" + figure[1:]
