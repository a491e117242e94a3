"""Glossary -> the list of all terms, and a page for each that is used more than once, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from ..ids import LANGUAGES, TERMS
from ..publication.publication import Publication
from ..relations.glossary import Headword, Occurrence, context, in_english
from ..translation.terms import OWN, SEPARATOR, Term
from ..wording import addresses
from ..wording.authorities import Meaning, meaning
from ..wording.here import Here
from ..wording.marks import Mark, escape, mark, printed
from ..wording.names import Names, Said
from ..wording.words import Words
from .context import SiteContext
from .figure_tables import FigureRow, rows

_CONTEXT = 24  # characters of Chinese on each side of a use


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term in the list of all."""

    anchor: str
    chinese: Said
    english: Said
    status: str  # empty where it is the usual one: translated here
    meaning: Meaning
    uses: int
    link: Markup  # to its page, or to where it is used


@dataclass(frozen=True, slots=True)
class Letter:
    """The terms whose pinyin begins with a letter."""

    name: str
    rows: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True)
class KeywordInContext:
    """A use of a term with what stands round it, and its sentence in English."""

    place: str
    link: Markup
    left: Markup
    term: str
    right: Markup
    lang: str  # of these, where it is not the page's
    english: Said


def address(language: str, headword: Headword) -> tuple[str, str]:
    """The path and the anchor of a term's entry: its page, or its row in the list."""
    if headword.has_page:
        return addresses.term(language, headword.term.id), ""
    return addresses.hand_written(language, TERMS), addresses.term_row(headword.term.id)


def list_values(headwords: Sequence[Headword], context: SiteContext) -> dict[str, Any]:
    """What the template of the list gets."""
    here = Here(addresses.hand_written(context.language, TERMS, "md"))
    ordered = sorted(headwords, key=lambda headword: headword.term.id)
    letters = [
        Letter(initial.upper(), tuple(_row(headword, context, here) for headword in group))
        for initial, group in groupby(ordered, key=lambda headword: headword.term.id[:1])
    ]
    return {"words": Words(context.language), "letters": letters, "count": len(headwords)}


def _row(headword: Headword, context: SiteContext, here: Here) -> TermRow:
    term, language = headword.term, context.language
    if headword.has_page:
        link = here.checked(addresses.term(language, term.id, "md"))
    else:
        place = headword.places[0]
        names = context.names[place.publication.id]
        link = here.link(names, names.home(place.anchor), place.anchor)
    return TermRow(
        addresses.term_row(term.id),
        said_in_chinese(term.zh, language),
        _titled(term, language),
        "" if term.status == OWN else Words(language)(f"status_{term.status}"),
        meaning(term, language),
        len(headword.places),
        link,
    )


def page_values(headword: Headword, context: SiteContext) -> dict[str, Any]:
    """What the template of a term's own page gets."""
    term, language, words = headword.term, context.language, Words(context.language)
    here = Here(addresses.term(language, term.id, "md"))
    other = next(code for code in LANGUAGES if code != language)
    return {
        "words": words,
        "chinese": said_in_chinese(term.zh, language),
        "english": _titled(term, language),
        "status": words(f"status_{term.status}"),
        "meaning": meaning(term, language),
        "other_definition": Said(escape(meaning(term, other).definition), "en" if other == "en" else "zh-Hans"),
        "source": words("term_source", source=term.source) if term.source != term.status else "",
        "variants": said_in_chinese("、".join(term.variants), language),
        "alternatives": said_in_english(f"{SEPARATOR} ".join(term.alternatives), language),
        "figures": [
            row
            for publication in _publications(headword)
            for row in _figures(headword, context.names[publication.id], here)
        ],
        "uses": [use(place, term, context.names[place.publication.id], here) for place in headword.places],
        "all": here.checked(addresses.hand_written(language, TERMS, "md")),
    }


def _publications(headword: Headword) -> list[Publication]:
    return list({publication.id: publication for publication, _ in headword.figures}.values())


def _figures(headword: Headword, names: Names, here: Here) -> list[FigureRow]:
    return rows(names, here, [figure for owner, figure in headword.figures if owner.id == names.publication.id])


def use(place: Occurrence, term: Term | None, names: Names, here: Here) -> KeywordInContext:
    """A use with what stands round it; its English has the term marked, where there is one."""
    left, said, right = context(place, _CONTEXT)
    english = names.publication.translation.english(place.anchor, place.text)
    span = in_english(term, english) if english and term else None
    marks = [*names.titles(place.anchor, english), *([Mark(*span, "shown")] if span else [])]
    marked = mark(english, marks)
    return KeywordInContext(
        f"{names.short_title()} {names.place(place.anchor)}",
        here.page_link(names, names.home(place.anchor), place.anchor),
        printed(left),
        said,
        printed(right),
        names.lang,
        Said(marked, "" if names.lang else "en"),
    )


def said_in_chinese(text: str, language: str) -> Said:
    """Chinese, told as such on a page of another language."""
    return Said(escape(text), "" if language == LANGUAGES[0] else "zh-Hans")


def said_in_english(text: str, language: str) -> Said:
    """English, told as such on a Chinese page."""
    return Said(escape(text), "en" if language == LANGUAGES[0] else "")


def _titled(term: Term, language: str) -> Said:
    """Its English, in italics where it is a title."""
    marks = [Mark(0, len(term.en), "title")] if term.zh.startswith("《") else []
    return Said(mark(term.en, marks), said_in_english("", language).lang)
