"""A unit's Chinese and English -> what is wrong with the English: numbers, terms, and slips of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .agreement import Fault, disagreements
from .terms import Term, missing_terms


class Slip(StrEnum):
    """What a check finds; each is worded in rules/messages.yml as translation-<value>."""

    NUMBER_MISSING = "number-missing"  # a figure of the Chinese is not in the English
    NUMBER_ADDED = "number-added"
    NUMBER_BOUND = "number-bound"  # more than, about... is lost or changed
    TERM = "term"
    CHINESE = "chinese"  # characters left over
    QUOTES = "quotes"  # opened and not closed
    PUNCTUATION = "punctuation"  # full-width
    SPACES = "spaces"  # doubled, or at an end


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the English of one unit."""

    slip: Slip
    met: str
    expected: str


_NUMBER = {Fault.MISSING: Slip.NUMBER_MISSING, Fault.ADDED: Slip.NUMBER_ADDED, Fault.BOUND: Slip.NUMBER_BOUND}
_HAN = re.compile("[\u3400-\u9fff]+")
_FULL_WIDTH = re.compile("[，。；：！？（）、《》「」％０-９]+")


def problems(zh: str, en: str, terms: Sequence[Term]) -> Iterator[Problem]:
    """All that is wrong with an English; nothing of one that is empty, which is untranslated."""
    if not en:
        return
    for one in disagreements(zh, en):
        yield Problem(_NUMBER[one.kind], one.quote, one.expected)
    for term in missing_terms(zh, en, terms):
        yield Problem(Slip.TERM, term.zh, " / ".join((term.en, *term.alternatives)))
    if found := _HAN.search(en):
        yield Problem(Slip.CHINESE, found[0], "English")
    if en.count("“") != en.count("”") or en.count('"') % 2:
        yield Problem(Slip.QUOTES, re.sub('[^“”"]', "", en), "as many closed as opened")
    if found := _FULL_WIDTH.search(en):
        yield Problem(Slip.PUNCTUATION, found[0], "punctuation of English")
    if "  " in en or en != en.strip():
        yield Problem(Slip.SPACES, "", "")
