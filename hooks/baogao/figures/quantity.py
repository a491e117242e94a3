"""text -> Quantities. The numbers a sentence, heading or table row states, with unit, bound and kind.

``find_quantities`` takes the text of one sentence, heading or row as printed. Afterwards: the spans lie in
order inside the text, are not empty and do not overlap; a value is exact (Decimal, never float) and in the
unit given, multipliers applied. Nothing is raised: what cannot be read as a number is no quantity.
The words are rules in rules/units.yml and rules/quantities.yml; what counts as a figure and how its quote runs
follows the labelling rules of the gold set. Here stand only the grammar of numerals and the order of tests.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ..model import Bound, Direction, Doubt, Kind, Quantity
from ..patterns import CLAUSE_BREAK, DIGITS, HALF_WIDTH, IN_PHRASE
from .numerals import Value, read_han, read_integer, read_number, trimmed
from .quantity_context import RawQuantity, completed, is_quantity, is_threshold, listed_before, spread_change
from .quantity_rules import dimension_of, quantity_patterns

WINDOW = 80  # characters of a clause that are read before a number
RATIO = "ratio"  # the dimension of 3∶1
_ROUND = re.compile("[百千万亿]+")


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of one sentence, heading or table row, in reading order. Empty where it states none."""
    plain = text.translate(HALF_WIDTH)
    clauses = (0, *(found.end() for found in CLAUSE_BREAK.finditer(plain)))
    found = [raw for raw in _read_all(plain, clauses) if raw.end > raw.start]
    found = spread_change(plain, found)
    return tuple(
        Quantity(
            r.start,
            r.end,
            r.numeral,
            r.value,
            r.unit,
            r.bound,
            r.kind,
            r.direction,
            r.inclusive,
            _dimension(r),
            r.doubt,
        )
        for n, r in enumerate(found)
        if not is_threshold(plain, clauses, found, n)
    )


def _doubt(raw: RawQuantity, match: re.Match[str]) -> Doubt | None:
    """Why the number itself is uncertain."""
    if raw.doubt:
        return raw.doubt
    if raw.round:
        return Doubt.ROUND
    if raw.kind is Kind.CHANGE and raw.direction is None:
        return Doubt.SIDE
    lone = match["word"] and match["han"] and len(match["han"]) == 1 and not match["more"]
    return Doubt.COUNTING if lone and raw.kind is Kind.LEVEL and raw.word in quantity_patterns().counting else None


def _dimension(raw: RawQuantity) -> str:
    return dimension_of(raw.word) if raw.word else RATIO


def _read_all(text: str, clauses: tuple[int, ...]) -> Iterator[RawQuantity]:
    rules = quantity_patterns()
    last = 0
    for match in rules.scan.finditer(text):
        if match["nothing"] is not None:
            continue
        for raw in _read(match):
            clause = max(last, clauses[bisect_right(clauses, raw.numeral) - 1], raw.numeral - WINDOW)
            full = completed(text, clause, raw)
            if full.start >= last and is_quantity(text, clause, full, match):
                yield from listed_before(text, max(clause, last), full)
                doubt = _doubt(full, match)
                yield replace(full, doubt=doubt) if doubt else full
                last = full.end


def _read(match: re.Match[str]) -> Iterator[RawQuantity]:
    """The number and unit of a match of the scanner: none, one, or two where 从…至… names two."""
    start, end = match.span()
    if match["base"]:
        yield from _share(start, end, _fraction(match["base"], match["part"]), match["base"])
    elif match["whole"]:
        yield from _share(start, end, Decimal(100))
    elif match["tenths"]:
        yield from _share(start, end, _tenths(match["tenths"], match["five"]))
    elif match["half"]:
        yield from _share(start, end, Decimal(50))
    elif match["ratio"]:
        value, unit = Decimal(match["left"]), f":{match['right']}"
        yield RawQuantity(start, end, start, value, unit, Bound.EXACT, Kind.SHARE)
    elif match["off"]:
        yield from _share(start, end, _off(match["off"]))
    elif match["some"]:
        size, unit = Decimal(read_integer(match["some"]) or 1), match["some_unit"]
        yield RawQuantity(start, end, start, (2 * size, 9 * size), unit, Bound.EXACT, word=unit, doubt=Doubt.INDEFINITE)
    elif match["fold"]:
        folds = match["folds"] or "一"
        times = int(folds) if folds.isascii() else DIGITS[folds]
        yield RawQuantity(start, end, start, Decimal(2**times), "倍", Bound.EXACT, Kind.CHANGE, Direction.UP, "倍")
    else:
        yield from _counted(match)


def _share(start: int, end: int, value: Value | None, base: str = "") -> Iterator[RawQuantity]:
    if value is not None:
        unit = "‰" if base == "千" else "%"
        yield RawQuantity(start, end, start, value, unit, Bound.EXACT, Kind.SHARE, None, unit)


def _fraction(base: str, part: str) -> Decimal | None:
    """In per cent; in per mille after 千分之. 三分之二 is 66.67: two decimals where it has no end."""
    whole, piece = read_number(base), read_number(part)
    if not whole or piece is None or piece > whole:
        return None
    share = piece * (1000 if base == "千" else 100) / whole
    return trimmed(share.quantize(Decimal("0.01")) if -int(share.as_tuple().exponent) > 4 else share)


def _tenths(tenths: str, five: str | None) -> Decimal:
    """八成五 is 85."""
    ten = int(tenths) if tenths.isascii() else DIGITS[tenths]
    return Decimal(ten * 10 + (5 if five == "半" else DIGITS[five] if five else 0))


def _off(text: str) -> Decimal:
    """What is left to pay: 八折 is 80, 八五折 85, 8.5折 85."""
    if text[0].isascii():
        return trimmed(Decimal(text) * 10)
    return Decimal(int("".join(str(DIGITS[c]) for c in text).ljust(2, "0")))


def _counted(match: re.Match[str]) -> Iterator[RawQuantity]:
    high = _amount(match, "")
    if high is None:
        return
    start, end = match.start("digits" if match["digits"] else "han"), match.end()
    bound = Bound.OVER if match["more"] or match["rest"] else Bound.EXACT
    inclusive = False if bound is Bound.OVER else None
    raw = RawQuantity(
        start, end, start, high, match["unit"], bound, word=match["word"], round=_is_round(match), inclusive=inclusive
    )
    if match["digits"] and _MINUS.search(match.string, max(0, start - 2), start):
        raw = replace(raw, start=start - 1, value=_negative(high))
    low = _amount(match, "_low") if match["digits_low"] or match["han_low"] else None
    if low is None or isinstance(low, tuple) or isinstance(high, tuple):
        yield raw
        return
    first = match.start()
    low_unit = match["low_unit"]
    if low_unit and _FROM.search(match.string, max(0, first - 17), first):
        yield replace(raw, start=first, numeral=first, end=match.end("low_unit"), value=low, unit=low_unit)
        yield raw
        return
    if match["scale"] and not match["scale_low"]:
        scaled = trimmed(low * (high / Decimal(read_number(match["digits"] or match["han"]) or 1)))
        low = scaled if scaled <= high else low  # 70至75万 is in 万 both; 8000至1万 is not
    if low < high and low_unit in (None, match["word"]):
        yield replace(raw, start=first, numeral=first, value=(low, high))
    else:
        yield raw


# Not the dash of a range or of a name: a comma, a word that leads to a number or an empty cell stands before it.
_MINUS = re.compile(r"(?:^|[为是达到增长率幅速度，,、(\t|：:])[-−－]$")


def _negative(value: Value) -> Value:
    return (-value[1], -value[0]) if isinstance(value, tuple) else -value


_FROM = re.compile(f"[由从自]{IN_PHRASE}{{0,16}}$")  # from A to B is two figures, not a range


def _amount(match: re.Match[str], suffix: str) -> Value | None:
    digits, han, scale = match["digits" + suffix], match["han" + suffix], match["scale" + suffix]
    value = read_number(digits) if digits else read_han(han)
    if value is None or not scale:
        return value
    size = Decimal(read_integer(scale) or 1) * (10**8 if match["again" + suffix] else 1)  # 3万多亿
    if isinstance(value, tuple):
        return value[0] * size, value[1] * size
    return _added(trimmed(value * size), size, match["parts" + suffix])


def _added(value: Decimal, size: Decimal, parts: str) -> Decimal | None:
    """3亿5千万, 1万2千: each part smaller than one of the part before; None where it is not."""
    for part in re.finditer("([0-9]+)([百千]?万|[百千])", parts):
        below = Decimal(read_integer(part[2]) or 1)
        added = Decimal(part[1]) * below
        if added >= size:
            return None
        value, size = value + added, below
    return value


def _is_round(match: re.Match[str]) -> bool:
    return bool(match["han"] and not match["more"] and _ROUND.fullmatch(match["han"]))
