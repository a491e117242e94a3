"""The browser's side: its scripts as files of a site, with the words of the interface in its languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from opencc import OpenCC

from ..ids import TRADITIONAL
from ..rules import load
from ..wording.marks import wide_rules
from ..wording.traditional import overruled, script_of
from ..wording.words import Words

_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/|Copyright).)*\*/[ \t]*|//[^\n]*)\n", re.M | re.S)
_INDENT = re.compile(r"^[ \t]+", re.M)
FOLDER = "assets/search/"
# One script, in this order: what a reader does not need until they search.
PARTS = (
    "fold", "store", "query", "find", "passages", "numerals", "rows", "cards", "renderings", "marks",
    "results", "dialog", "page", "landing",
)  # fmt: skip
# for sites with tables, a glossary, a page of results
FULL = frozenset(["numerals", "rows", "cards", "renderings", "page"])
_OF_FULL = re.compile("also|rows|all_rows|uses|filters|language|aligned|all_sections|other_language")  # their words
LATER = ("nearest", "stemmer")  # asked for where nothing is found, where a word is Latin
DOOR = ("search", "open", "close", "placeholder", "hint")  # words that the box shows before that script is there
WORDS = (
    *DOOR, "found", "none", "stopped", "phrase_and_apart", "apart", "no_passage", "other_language", "sections",
    "sections_one", "hits", "hits_one", "rows", "rows_one", "rows_only", "all_rows", "uses", "uses_one",
    "uses_within", "uses_within_one", "all_hits", "same_sentence", "all_sections", "all_sections_one",
    "all_here", "all_here_one", "failed", "cut",
    "nearest", "nearest_initials", "nearest_part", "nearest_name", "nearest_sentence",
    "position", "filters", "filters_chosen", "language", "language_zh", "language_en", "language_both", "aligned",
    "from_start", "also", "hint_touch",
)  # fmt: skip
LANGUAGES = ("zh", TRADITIONAL, "en")


@dataclass(frozen=True, slots=True)
class Twin:
    """The pages of the first language in traditional characters, which the index answers for too."""

    language: str
    tree: str  # where they begin
    words: Mapping[str, str]  # of the interface on them


def twin(language: str, tree: str) -> Twin:
    """The words of such pages as the pages themselves are written."""
    script = script_of(overruled())
    return Twin(language, tree, {key: script(said) for key, said in _words(language, WORDS).items()})


def assets(languages: Iterable[str], twin: Twin | None = None, box: bool = False) -> Iterator[tuple[str, str]]:
    """The scripts of the search: path from the root of the site, text. `languages`: those of the interface, the first
    where a page is in none of them. `box`: for a frame that brings no box of ours: the script and the styles of one."""
    chosen = tuple(languages)
    parts = [part for part in PARTS if not (box and part in FULL)]
    words = [key for key in WORDS if not (box and _OF_FULL.match(key))]
    said = _said(chosen, words) | ({TRADITIONAL: twin.words} if twin else {})
    trees = {twin.language: twin.tree} if twin else {}
    traditional = {"trees": trees, "also": _also()}
    data = [_taken("words", said), _taken("traditional", traditional), _taken("marks", wide_rules())]
    yield f"{FOLDER}search.js", "".join([*data, *map(_script, parts)])
    for part in LATER:
        yield f"{FOLDER}{part}.js", _script(part)
    door = [_taken("door", _said(chosen, DOOR)), _script("box")] if box else []
    yield f"{FOLDER}open.js", "".join([*door, _script("open")])
    if box:
        yield f"{FOLDER}search.css", _text("search.css")


def _text(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text("utf-8")


def _script(name: str) -> str:
    """A script as it is sent: without comments that have lines of their own, and without indentation. A comment that
    names a licence stays."""
    text = _text(f"{name}.js")
    return _INDENT.sub("", _COMMENT.sub("", text))


def _said(languages: Iterable[str], keys: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Words: { language: { key: words } }."""
    return {language: _words(language, keys) for language in languages}


def _taken(name: str, data: object) -> str:
    """What the scripts take as site.name."""
    return f"(window.baogaoSearch ??= {{}}).{name} = {json.dumps(data, ensure_ascii=False)};\n"


def _also() -> dict[str, str]:
    """Traditional character -> the simplified one that it may stand for beside the one in the index."""
    return {written: one for one, written in load("traditional")["also"].items()}


def _words(language: str, keys: Iterable[str]) -> dict[str, str]:
    """Traditional words are the simplified ones as Taiwan says them: of a site that is written in them."""
    if language == TRADITIONAL:
        convert = OpenCC("s2twp").convert
        return {key: convert(words) for key, words in _words("zh", keys).items()}
    return {key: Words(language)(f"search_{key}" if key != "search" else key) for key in keys}
