"""Terms of a termbase -> where they stand in Chinese text, and which of them its translation lacks.

rules/terms.csv holds the terms of general use; those of a place or of one report stand in a file of the same columns
beside the reports. Afterwards: uses lie in the text in reading order and never overlap; an id depends on the Chinese
of its own term alone, so that no address changes when terms are added.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from .. import rules
from ..ids import cut, spell
from ..model import Finding, ReportError
from ..patterns import any_of

COLUMNS = (
    "zh", "en", "kind", "variants_zh", "alternatives_en", "definition_zh", "definition_en", "status", "source",
)  # fmt: skip
FURTHER = ("authority", "here_zh", "here_en")  # a file has all of them or none
TRADITIONAL = ("zh_hant",)  # after those
KINDS = ("concept", "institution", "instrument", "initiative", "place", "publication", "measure", "person-role")
LAID_DOWN = ("concept", "institution")  # what these are, some document says
OWN = "own"  # the usual status: the English was chosen here
STATUSES = ("official", OWN, "draft")
SEPARATOR = "；"  # between variants and between alternatives: an English form may hold a comma

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》"}
_UNSEEN = frozenset([*_PAIRS, *_PAIRS.values(), '"'])  # 行政执法“三项制度” is 行政执法三项制度
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LARGEST = 2_000_000  # characters of a file; that of general use has fewer than a tenth
_LONGEST_CELL = 5_000  # characters; the longest definition has 300
_LONGEST_ID = 60  # letters; some names of rules are sentences


@dataclass(frozen=True, slots=True, eq=False)  # one object a term: hundreds are hashed at each look for them
class Term:
    """A Chinese term and its English."""

    id: str  # the Chinese in pinyin: letters, digits and at most one hyphen
    zh: str  # as reports print it, quotation marks and brackets included
    en: str  # the form a translation uses
    kind: str  # one of KINDS
    variants: tuple[str, ...]  # other Chinese forms of the same thing
    alternatives: tuple[str, ...]  # other right English forms, such as a short one after the first mention
    definition_zh: str  # what it is in general, one sentence; empty where nobody has written one
    definition_en: str
    status: str  # official: from a published translation; own: chosen here; draft: not reviewed yet
    source: str  # where the English is from: GWR 2026 is the Government Work Report of that year
    authority: str = (
        ""  # what lays the definition down (rules/authorities.yml): 人民调解法 2; empty where none is known
    )
    here_zh: str = ""  # what the reports of this folder say of it, apart from what it is in general; mostly empty
    here_en: str = ""
    zh_hant: str = ""  # zh in traditional characters, as many; empty where wording/traditional.py may convert it


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a term stands in a text."""

    term: Term
    start: int  # text[start:end] is what was printed; no quotation mark has its fellow just outside
    end: int


# ---- reading


@cache
def general_terms() -> tuple[Term, ...]:
    """The terms of general use, from rules/terms.csv."""
    text = files(rules).joinpath("terms.csv").read_text(encoding="utf-8")
    return read_terms(text, "hooks/baogao/rules/terms.csv")


@lru_cache(64)  # the reports of a folder share its terms
def read_terms(text: str, path: str, beside: tuple[Term, ...] = ()) -> tuple[Term, ...]:
    """The terms of a CSV file, in its order. `beside`: terms already known, which it must not repeat.

    Raises ReportError with the line, what was expected and what to do. An empty file has no terms.
    """
    terms: list[Term] = []
    forms = {folded(form): term.zh for term in beside for form in (term.zh, *term.variants)}
    ids = {term.id: term.zh for term in beside}
    for line, row in _rows(text, path):
        term = _term(row, path, line)
        for form in dict.fromkeys(map(folded, (term.zh, *term.variants))):
            if form in forms:
                raise _error(path, line, "twice", form, forms[form])
            forms[form] = term.zh
        if term.id in ids:
            raise _error(path, line, "spelling", term.zh, ids[term.id])
        ids[term.id] = term.zh
        terms.append(term)
    return tuple(terms)


def _rows(text: str, path: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by its columns, with the line it ends on."""
    if len(text) > _LARGEST:
        raise _error(path, 0, "large", f"{len(text):,}", f"{_LARGEST:,}")
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    begun = 1  # the line the row at hand begins on: a quotation mark that does not close takes in all the rest
    try:
        header = next(reader, None)
        columns = tuple(header or COLUMNS)
        if columns not in (COLUMNS, (*COLUMNS, *FURTHER), (*COLUMNS, *FURTHER, *TRADITIONAL)):
            raise _error(path, 1, "columns", ",".join(columns), ",".join(COLUMNS))
        begun = reader.line_num + 1
        for cells in reader:
            if cells and len(cells) != len(columns):  # an empty line has no cells
                raise _error(path, reader.line_num, "cells", str(len(cells)), str(len(columns)))
            if (longest := max(map(len, cells), default=0)) > _LONGEST_CELL:
                raise _error(path, reader.line_num, "long", f"{longest:,}", f"{_LONGEST_CELL:,}")
            if broken := _CONTROL.search("".join(cells)):
                raise _error(path, reader.line_num, "control", f"U+{ord(broken[0]):04X}")
            if cells:
                yield reader.line_num, dict(zip(columns, map(str.strip, cells), strict=True))
            begun = reader.line_num + 1
    except csv.Error as error:
        raise _error(path, begun, "", str(error)) from None


def _term(row: dict[str, str], path: str, line: int) -> Term:
    if not (name := term_id(row["zh"])):
        raise _error(path, line, "zh", row["zh"])
    if not _words(row["en"]):
        raise _error(path, line, "en", row["en"])
    for column, allowed in (("kind", KINDS), ("status", STATUSES)):
        if row[column] not in allowed:
            raise _error(path, line, column, row[column], ", ".join(allowed))
    variants, alternatives = (_listed(row[column]) for column in ("variants_zh", "alternatives_en"))
    if empty := [form for form in variants if not folded(form)]:
        raise _error(path, line, "variants", empty[0])
    hant = row.get("zh_hant", "")
    if hant and len(hant) != len(row["zh"]):
        raise _error(path, line, "hant", hant, str(len(row["zh"])))
    said = (row["definition_zh"], row["definition_en"], row["status"], row["source"])
    further = (row.get(column, "") for column in (*FURTHER, *TRADITIONAL))
    return Term(name, row["zh"], row["en"], row["kind"], variants, alternatives, *said, *further)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(form for piece in cell.split(SEPARATOR) if (form := piece.strip()))


def term_id(zh: str) -> str:
    """The address of a term: its pinyin; a long one is cut and ends in a mark of the whole. Empty for no word."""
    return cut(spell(zh), _LONGEST_ID)


def _error(path: str, line: int, cause: str, met: str, expected: str = "") -> ReportError:
    return ReportError(Finding("terms-syntax", path, line, met, expected, cause=cause))


# ---- finding


def find_terms(text: str, terms: Sequence[Term]) -> tuple[Use, ...]:
    """Where the terms stand: leftmost first, the longest of those that begin at one place, never overlapping.

    Quotation marks are not seen; brackets, digits and letters are one at either width and in either case.
    """
    pattern, by_form = _matcher(tuple(terms))
    places = [place for place, char in enumerate(text) if char not in _UNSEEN]
    seen = "".join(map(_plain, (text[place] for place in places)))
    return tuple(
        Use(by_form[met.group()], *_whole(text, places[met.start()], places[met.end() - 1] + 1))
        for met in pattern.finditer(seen)
    )


@lru_cache(16)
def _matcher(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, Term]]:
    """One alternation of all forms, longest first. The first of two terms with one form has it."""
    by_form: dict[str, Term] = {}
    for term in terms:
        for form in filter(None, map(folded, (term.zh, *term.variants))):
            by_form.setdefault(form, term)
    return re.compile(any_of(by_form) or "(?!)"), by_form


def folded(form: str) -> str:
    """A text as terms are looked for in it: quotation marks left out, one width, one case."""
    return "".join(_plain(char) for char in form if char not in _UNSEEN)


@lru_cache(8192)
def _plain(char: str) -> str:
    """A character at its usual width and in lower case; itself where that would be several (㎡, ß)."""
    plain = unicodedata.normalize("NFKC", char).casefold()
    return plain if len(plain) == 1 else char


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the fellow of a quotation mark in it: “放管服”改革, not 放管服”改革."""
    for opening, closing in _PAIRS.items():
        unopened = text.count(closing, start, end) - text.count(opening, start, end)
        if unopened > 0 and text[max(start - 1, 0) : start] == opening:
            start -= 1
        if unopened < 0 and text[end : end + 1] == closing:
            end += 1
    return start, end


# ---- the English


def missing_terms(zh: str, en: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms of the Chinese whose English is not in the translation, in reading order, each once.

    A term counts as translated by its form or an alternative, its words in order within one sentence and inflected
    or not, whatever the capitals, hyphens, articles, commas, quotation marks and possessives. Words that belong to
    a longer term of the same Chinese do not count: “rectification” is not in “special rectification campaign”.
    """
    said = _words(en)
    used = dict.fromkeys(use.term for use in find_terms(zh, terms))
    stands = {term: [place for form in (term.en, *term.alternatives) for place in _places(form, said)] for term in used}
    taken = {place for places in stands.values() for place in places}
    return tuple(term for term in used if all(_inside_longer(place, taken) for place in stands[term]))


def _places(form: str, said: Sequence[frozenset[str]]) -> Iterator[range]:
    """Where the words of a form stand among those said."""
    words = _words(form)
    for start in range(len(said) - len(words) + 1) if words else ():
        if all(map(frozenset.intersection, words, said[start:])):
            yield range(start, start + len(words))


def _inside_longer(place: range, taken: Iterable[range]) -> bool:
    return any(p.start <= place.start and place.stop <= p.stop and len(p) > len(place) for p in taken)


@lru_cache(1024)
def _words(text: str) -> tuple[frozenset[str], ...]:
    """The words of an English text, each as what it may be inflected from; articles left out, sentence ends kept."""
    plain = re.sub("[“”\"‘]|['’]s\\b|['’]", "", text.casefold())
    tokens = re.findall(r"\w+|\+|[.;:?!](?=\s|$)", plain)
    return tuple(_bases(token) for token in tokens if token not in ("a", "an", "the"))


@lru_cache(8192)
def _bases(word: str) -> frozenset[str]:
    """A word and what it may be the plural or the -s, -ed, -ing form of: {studies, study, studie}."""
    found = {word}
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        found.add(word[:-1])
    for ending, base in (("ies", "y"), ("ied", "y"), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3 or (ending == "es" and not stem.endswith(("s", "x", "z", "ch", "sh", "o"))):
            continue
        found.add(stem + base)
        if not base and len(stem) > 3 and stem[-1] == stem[-2]:  # planned, planning
            found.add(stem[:-1])
    return frozenset(found)
