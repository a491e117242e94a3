"""What a term's definition rests on, as a terms.csv names it -> its title, its particulars, the place in it.

The documents are those of rules/authorities.yml; one that is not there is shown as the file names it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..ids import LANGUAGES
from ..rules import load

_AT = re.compile(r"(?P<name>.+?)(?: (?P<part>p?)(?P<number>\d+(?:-\d+)?))?")


@dataclass(frozen=True, slots=True)
class Authority:
    """A document that says what something is, and where in it."""

    title: str  # in the language asked for, without brackets
    lang: str  # of the title, where it is not the language asked for: a document of nobody's list has one name
    said: str  # year, number, issuer; empty where none is given
    part: bool  # whether `number` is of a part, not of an article
    number: str  # 2, 32-33; empty where the whole is meant
    read: bool  # whether somebody looked it up in a public text


def authority(cell: str, language: str) -> Authority | None:
    """The document that a cell of the column `authority` names, and the place in it. None for an empty cell."""
    found = _AT.fullmatch(cell)
    if not found:
        return None
    known = load("authorities")["authorities"].get(found["name"])
    if known is None:
        return Authority(cell, "" if language == LANGUAGES[0] else "zh-Hans", "", False, "", True)
    number = found["number"] or ""
    return Authority(known[language], "", known["said"][language], bool(found["part"]), number, "read" in known)
