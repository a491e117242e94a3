"""What a definition rests on -> how a page and the data name it: the document, the place in it, whether it was read.

A cell names a document of rules/authorities.yml and a place in it: 人民调解法 2, 行政处罚法 32-33, 五五改革纲要 p7.
One that is not there is shown as the cell has it: a site may name documents of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from ..ids import LANGUAGES
from ..patterns import ONE_TO_NINE
from ..rules import load
from ..translation.terms import LAID_DOWN, Term
from .marks import attribute, escape
from .words import Words

_CELL = re.compile(r"(?P<name>.+?)(?: (?P<part>p?)(?P<number>\d+(?:-\d+)?))?")
_NUMERALS = f"〇{ONE_TO_NINE}十"  # of parts: no document of the list has more than ten


@dataclass(frozen=True, slots=True)
class Authority:
    """A document that says what something is, and where in it, in one language."""

    title: str  # without brackets
    lang: str  # of the title, where it is not the language asked for
    particulars: str  # year, number, issuer, and the place in it; empty where none is given
    read: bool  # whether somebody looked it up in a public text


def authority(cell: str, language: str) -> Authority | None:
    """The document that a cell names, and the place in it. None for an empty cell."""
    found = _CELL.fullmatch(cell)
    if not found:
        return None
    words, known = Words(language), load("authorities")["authorities"].get(found["name"])
    if known is None:
        return Authority(cell, "" if language == LANGUAGES[0] else "zh-Hans", "", True)
    said = known["said"][language]
    particulars = words("authority_said", said=said) if said else ""
    if number := found["number"]:
        first, _, last = number.partition("-")
        if found["part"]:
            particulars += words("authority_part", n=_NUMERALS[int(first)] if language == LANGUAGES[0] else first)
        elif last:
            two = int(last) == int(first) + 1
            particulars += words("authority_two_articles" if two else "authority_articles", first=first, last=last)
        else:
            particulars += words("authority_article", n=first)
    return Authority(known[language], "", particulars, "read" in known)


def in_plain_text(cell: str) -> str:
    """In Chinese, for data: 《中华人民共和国人民调解法》（2010年）第2条."""
    found = authority(cell, LANGUAGES[0])
    return f"《{found.title}》{found.particulars}" if found else ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a reader is told of a term, in one language, wherever it is told: no place is surer of it than another."""

    definition: str
    authority: Markup  # what that rests on; that nothing was found is said of what some document must say
    here: str  # what the reports say of it, apart from that

    def in_one_line(self) -> str:
        """As plain text."""
        basis = self.authority.striptags()
        return " ".join(part for part in (self.definition, basis, self.here) if part)


def meaning(term: Term, language: str) -> Meaning:
    """Of a term that has a definition, with the words that introduce each part."""
    words, chinese = Words(language), language == LANGUAGES[0]
    if term.authority:
        basis = escape(words("authority")) + on_a_page(term.authority, language)
    else:
        basis = escape(words("authority_none") if term.kind in LAID_DOWN else "")
    said = term.here_zh if chinese else term.here_en
    return Meaning(
        term.definition_zh if chinese else term.definition_en, basis, words("term_here") + said if said else ""
    )


def on_a_page(cell: str, language: str) -> Markup:
    """The same on a page, its title set as titles are; that nobody looked it up is said."""
    found = authority(cell, language)
    if found is None:
        return Markup("")
    if language == LANGUAGES[0]:
        title = Markup("《{}》").format(escape(found.title))
    else:
        lang = attribute("lang", found.lang) if found.lang else ""
        title = Markup('<em class="title"{}>{}</em>').format(lang, escape(found.title))
    return title + escape(found.particulars + ("" if found.read else Words(language)("authority_unread")))
