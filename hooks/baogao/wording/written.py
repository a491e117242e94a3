"""Figure -> its value as people write it: as printed, or in English words; the exact number beside it for who asks.

Digits end where the first part ends, so that they stand under each other whatever unit follows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ..model import Direction, Figure, Kind
from ..patterns import HAN, NUMERAL, any_of
from ..rules import load
from .words import Words, bound_key, stated_value, value_words

_WIDE = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_GAPS = re.compile("[\\s\u200b-\u200d\ufeff]")
_IN_WORDS = f"(?:[{NUMERAL}几数半点成番]|分之)"
_RANGE = re.compile("(.*[0-9])([^0-9]*)")
_NUMBER = re.compile("([^0-9]*[0-9](?:[0-9.,/]*[0-9])?)(.*)")
_NUMBER_IN_WORDS = re.compile(f"([{HAN}↑↓]*?{_IN_WORDS}+)([{HAN}（(].*|)")
_SEVERAL_TIMES = re.compile("是.*的(?=[^的]+$)|(?=翻)")
_ARROWS = {Direction.UP: "↑", Direction.DOWN: "↓"}
_SIZES = {"亿": Decimal(10**8), "万": Decimal(10**4)}
_THOUSANDS = {"千": 3, "百": 2, "百万": 6, "千万": 7}  # powers of ten, which heads of tables say
_HEADED = {"": Decimal(1), **_SIZES, **{word: Decimal(10**power) for word, power in _THOUSANDS.items()}}
_ENGLISH_SIZES = {"billion": Decimal(10**9), "million": Decimal(10**6)}
_SIZED = re.compile(f"[十百千万亿]|{'|'.join(_ENGLISH_SIZES)}")
_PLACES = 4  # behind the point of what is written with one of these


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """A value as people write it."""

    digits: str  # to its last digit, with what stands before it: 超340, ↑7, 翻三番
    unit: str  # what follows: 万人次, %以上
    exact: str  # the number in full with its sign and unit, ＞3,400,000人次; empty where the digits say it
    sort: Decimal  # what it counts as among others; of a range its low end

    @property
    def text(self) -> str:
        """In one piece, as it stands in a line of words."""
        return f"{self.digits}{gap(self.unit)}{self.unit}"


def written(figure: Figure, words: Words, unit: str | None = None) -> WrittenValue:
    """In Chinese as printed; where the number stands apart from its unit, and in other languages, made of both. `unit`:
    in the words of the page's language, where that is not Chinese."""
    low = figure.value[0] if isinstance(figure.value, tuple) else figure.value
    if figure.values:
        return WrittenValue(stated_value(figure), "", "", low)
    digits, behind = _split(figure, _as_printed(figure)) if unit is None else _composed(figure, words, unit)
    plain = value_words(figure.value)
    if _digits_of(digits) == _digits_of(plain) and not _SIZED.match(behind):
        return WrittenValue(digits, behind, "", low)
    unit = figure.unit if unit is None else unit
    return WrittenValue(digits, behind, f"{words(f'sign_{bound_key(figure)}')}{plain}{gap(unit)}{unit}", low)


def line(figure: Figure, words: Words, told: str, unit: str | None = None, exact: bool = False) -> str:
    """A figure in one line: its value, then what it measures. `exact`: with the number in full."""
    value = written(figure, words, unit)
    full = words("in_full", exact=value.exact) if exact and value.exact else ""
    doubt = f"　{words('doubtful')}" if figure.doubt else ""
    return f"{value.text}{full}　{told}{doubt}".strip()


def moved(figure: Figure, words: Words, unit: str | None = None) -> str:
    """A change with an arrow, whether or not its verb stands at the number: ↑7个百分点."""
    text = written(figure, words, unit).text
    arrow = _arrow_of_difference(figure)
    return text if text.startswith(arrow) else arrow + text


def compact(value: Decimal | tuple[Decimal, Decimal]) -> str:
    """340万, 1.2亿: with the greater of these words that leaves few places behind the point."""
    if isinstance(value, tuple):
        return "–".join(map(compact, value))
    number, size = _sized(value, _SIZES)
    return f"{number}{size}" if size else f"{value:f}"


def gap(unit: str) -> str:
    """What stands between a number and its unit: nothing before Chinese."""
    return " " if unit[:1].isascii() and unit[:1].isalpha() else ""


def _digits_of(text: str) -> str:
    return re.sub("[^0-9.]", "", text)


def direction_of(figure: Figure) -> Direction | None:
    """Which way a change goes, by its verb and the sign of its number: 增减 -4 goes down."""
    if figure.direction and _is_below(figure):
        return Direction.DOWN if figure.direction is Direction.UP else Direction.UP
    return figure.direction


def _is_below(figure: Figure) -> bool:
    return isinstance(figure.value, Decimal) and figure.value < 0


def _arrow(figure: Figure) -> str:
    """For the verb of a change; 增长-6.1% has its sign."""
    return _ARROWS[figure.direction] if figure.direction and not _is_below(figure) else ""


def _arrow_of_difference(figure: Figure) -> str:
    """Where the verb may not stand there: 翻三番 is 8 times as much, not 8 times more."""
    return "" if figure.dimension == "multiple" else _arrow(figure)


def _as_printed(figure: Figure) -> str:
    """The quote without what breaks a number; a change with an arrow for its verb."""
    quote = _GAPS.sub("", figure.quote).translate(_WIDE)
    in_digits = re.search("[0-9]", quote)
    if figure.unit and in_digits and (quote[-1].isdigit() or (figure.corrected and figure.unit not in quote)):
        quote = _joined(quote, figure)
    if figure.kind is not Kind.CHANGE:
        return quote
    if several := _SEVERAL_TIMES.match(quote):
        return quote[several.end() :]
    verb = _verb().match(quote)
    return _arrow(figure) + quote[verb.end() :] if verb else quote


def _joined(quote: str, figure: Figure) -> str:
    """A number with the unit that stands elsewhere: in the head of its table, or set by a person. Its digits are the
    printed ones, 143.50万元, where a word for a size makes the value of them."""
    bare = quote.replace(",", "")
    if isinstance(figure.value, Decimal) and re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", bare):
        for word, size in _HEADED.items():
            if Decimal(bare) * size == figure.value:
                return f"{quote}{word}{figure.unit}"
    return compact(figure.value) + figure.unit


def _sized(value: Decimal, sizes: Mapping[str, Decimal]) -> tuple[str, str]:
    """A number and its word; no word where it would be rounded with any."""
    for word, size in sizes.items():
        if abs(value) >= size and (cut := (value / size).quantize(Decimal(1).scaleb(-_PLACES))) * size == value:
            return f"{cut.normalize():,f}", word
    return f"{value:,f}", ""


def _composed(figure: Figure, words: Words, unit: str) -> tuple[str, str]:
    """over 3.4 | million yuan."""
    bound = words(f"bound_{bound_key(figure)}")
    arrow = _arrow_of_difference(figure)
    number, size = value_words(figure.value), ""
    if isinstance(figure.value, Decimal):
        number, size = _sized(figure.value, _ENGLISH_SIZES)
    said = f"{bound} {number}" if bound else number
    return f"{arrow} {said}" if arrow and bound else f"{arrow}{said}", f"{size} {unit}".strip()


def _split(figure: Figure, text: str) -> tuple[str, str]:
    patterns = (_RANGE if isinstance(figure.value, tuple) else _NUMBER, _NUMBER_IN_WORDS)
    found = next(filter(None, (pattern.fullmatch(text) for pattern in patterns)), None)
    return (found[1], found[2]) if found else (text, "")


@cache
def _verb() -> re.Pattern[str]:
    """The verb of a change, with what stands before it."""
    rules = load("quantities")
    verbs = any_of(word for part in ("verbs", "nouns") for row in rules[part] for word in row["words"])
    return re.compile(f"(?:{any_of(rules['same_period'])})?(?:再|又|均)?(?:{verbs})(?:达到?|为)?了?")


def english_unit(unit: str) -> str:
    """A unit of measurement in English; empty for one that only counts things, which the subject names."""
    return str(load("units")["english"].get(unit, ""))
