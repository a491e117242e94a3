"""What helps where nothing is found: traditional characters, initials of titles, names with their pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin
from rjieba import Jieba

from ..folding import fold
from ..patterns import HAN, NUMERAL
from .records import Catalogue, Line, SearchUnit, Voice

_LONGEST = 16  # characters of a name: what is longer is a sentence, and nobody types it to find its like
_NUMERAL = re.compile(rf"^[（(第]?[{NUMERAL}0-9]+(?:\.[0-9]+)*(?:[）)、.．章节是]+|(?=\s))\s*")
_NO_READING = re.compile("[^A-Za-z0-9]")
_HAN_WORD = re.compile(rf"[{HAN}]{{2,}}")


def traditional(keys: Iterable[str]) -> dict[str, str]:
    """Traditional characters -> those of the index, where the two differ."""
    known = {character for key in keys for character in key}
    return {one: other for one, other in _simplified().items() if other in known}


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters -> the simplified one of each, where there is one and it is another."""
    convert = OpenCC("t2s").convert
    pairs = ((chr(i), convert(chr(i))) for i in range(0x3400, 0xA000))
    return {one: other for one, other in pairs if one != other and len(other) == 1}


def initials(title: str) -> str:
    """First letters of a title's pinyin: 行政复议 -> xzfy. Characters without a reading are left out."""
    return _pinyin(title, Style.FIRST_LETTER)


def names(catalogue: Catalogue) -> list[list[str]]:
    """Whole words that somebody may have meant, each with its pinyin: terms, headings, what can be chosen. And, without
    it, the Chinese words of headings and rows: those of a question are offered (谁来出庭应诉: 出庭); none is taken for
    what was misspelt."""
    found = {name: _pinyin(name, Style.NORMAL) for name in _names(catalogue) if 1 < len(fold(name)) <= _LONGEST}
    return [[name, reading] for name, reading in (dict.fromkeys(_words(catalogue), "") | found).items()]


def _names(catalogue: Catalogue) -> Iterator[str]:
    for card in catalogue.cards:
        for forms in card.forms.values():
            yield from forms
    for record in catalogue.records:
        yield from (value for value in record.facets.values())
        yield from (_NUMERAL.sub("", unit.text).strip() for unit in _naming(record.lines))


def _words(catalogue: Catalogue) -> Iterator[str]:
    """In the order in which they are met; a word may come again."""
    cut = Jieba().cut
    for record in catalogue.records:
        for unit in (*_naming(record.lines), *(unit for line in record.lines for unit in line if unit.stated)):
            yield from filter(_HAN_WORD.fullmatch, cut(unit.text, False))


def _naming(lines: Iterable[Line]) -> Iterator[SearchUnit]:
    return (unit for line in lines for unit in line if unit.voice is Voice.HEADING)


def _pinyin(text: str, style: Style) -> str:
    letters = lazy_pinyin(text, style=style, errors=lambda rest: _NO_READING.sub("", rest))
    return "".join(letters).lower()
