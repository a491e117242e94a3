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
from ..patterns import CLAUSE_BREAK, COUNTED, DIGITS, HALF_WIDTH, HAN, IN_PHRASE
from .numerals import Value, read_han, read_integer, read_number, trimmed
from .quantity_context import RawQuantity, completed, is_quantity, is_threshold, listed_before, spread_change
from .quantity_rules import GAPS, dimension_of, financial, quantity_patterns

WINDOW = 80  # characters of a clause that are read before a number
RATIO = "ratio"  # the dimension of 3∶1
_ROUND = re.compile("[百千万亿]+")
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\xad]")  # characters without width, which break no number


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of one sentence, heading or table row, in reading order. Empty where it states none."""
    if not _UNSEEN.search(text):
        return _find(text)
    seen = [n for n, c in enumerate(text) if not _UNSEEN.match(c)]
    return tuple(
        replace(one, start=seen[one.start], end=seen[one.end - 1] + 1, numeral=seen[one.numeral])
        for one in _find("".join(text[n] for n in seen))
    )


_CUT = re.compile(
    rf"(?:[{HAN}][^，,。；;：:、！!？?\n]{{0,40}}?|[，,；;：:、])[0-9０-９]+(?:[,，.．][0-9０-９]*)*[万亿]?$"
)
_GOES_ON = re.compile("[0-9０-９.．%％‰]")


def find_quantities_on(before: str, text: str) -> tuple[Quantity, ...]:
    """The quantities of a text that stands on the line under another.

    Of a number that the end of the line broke the whole, with Doubt.BROKEN; its span is the part in the text.
    """
    cut = _CUT.search(before[-_LONGEST_CUT:]) if _GOES_ON.match(text) else None
    if not cut:
        return find_quantities(text)
    by = len(cut[0])
    joined = [
        replace(q, start=q.start - by, end=q.end - by, numeral=q.numeral - by) for q in find_quantities(cut[0] + text)
    ]
    return tuple(
        replace(q, start=0, numeral=max(0, q.numeral), doubt=Doubt.BROKEN if q.numeral < 0 else q.doubt)
        if q.start < 0
        else q
        for q in joined
        if q.end > 0
    )


_LONGEST_CUT = 60  # characters before the end of a line that are read with what goes on below it


def _find(text: str) -> tuple[Quantity, ...]:
    plain = financial(text.translate(HALF_WIDTH))
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
            r.values,
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
    if any(" " in (match[name] or "") and not GAPS.fullmatch(match[name]) for name in ("digits", "digits_low")):
        return Doubt.BROKEN
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
    elif match["slash"]:
        yield from _share(start, end, _fraction(match["under"], match["over"]))
    elif match["ratio"]:
        terms = _TERM.findall(match["ratio"])
        values = tuple(map(Decimal, terms))
        unit = "".join(f":{term}" for term in terms[1:])
        yield RawQuantity(start, end, start, values[0], unit, Bound.EXACT, Kind.RATIO, values=values)
    elif match["half_of"]:
        yield RawQuantity(start, end, start, HALF, match["half_of"], Bound.EXACT, word=match["half_of"])
    elif match["odd"]:
        yield from _odd(match, start, end)
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


_TERM = re.compile("[0-9]+(?:[.][0-9]+)?")
HALF = Decimal("0.5")


def _odd(match: re.Match[str], start: int, end: int) -> Iterator[RawQuantity]:
    """两个半小时, 3个多月: what is over stands inside the unit."""
    value, unit = read_number(match["rounded"]), f"个{match['odd_unit']}"
    if value is None:
        return
    if match["odd"] == "半":
        yield RawQuantity(start, end, start, value + HALF, unit, Bound.EXACT, word=unit)
    else:
        yield RawQuantity(start, end, start, value, unit, Bound.OVER, word=unit, inclusive=False)


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
    raw = _with_parts(match.string, raw)
    if match["digits"] and _MINUS.search(match.string, max(0, start - 2), start):
        raw = replace(raw, start=start - 1, value=_negative(high))
    low = _amount(match, "_low") if match["digits_low"] or match["han_low"] else None
    if low is None or isinstance(low, tuple) or isinstance(high, tuple):
        yield raw
        return
    first = match.start()
    low_unit = match["low_unit"]
    if low_unit and not _is_range(match, low, high):
        yield replace(
            raw, start=first, numeral=first, end=match.end("low_unit"), value=low, unit=low_unit, word=low_unit
        )
        yield raw
        return
    if match["scale"] and not match["scale_low"] and low_unit in (None, "%", "‰"):
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


# From A to B, up by A to B, are two figures, no range.
_FROM = re.compile(f"(?:[由从自]{IN_PHRASE}{{0,16}}|[增减升降加少多]了?)$")
_TENTHS = re.compile(f"(?P<ten>[0-9{COUNTED}])角(?:(?P<hundredth>[0-9{COUNTED}])分)?(?![0-9])")
_NO_MORE = re.compile(r"[整正](?=[，,。；;、)\s]|$)")  # 伍仟元整
_AND_HALF = re.compile("半(?![年月天日夜径数个程边截]|小时)")


def _is_range(match: re.Match[str], low: Decimal, high: Decimal) -> bool:
    """1万元—3万元, 3%～5%; not 从3人到5人, and not where the units differ."""
    leads = match.string[max(0, match.start() - 17) : match.start()]
    apart = match["to"].strip() in ("至", "到") or match["low_unit"] in ("%", "‰")
    return low < high and match["low_unit"] == match["word"] and not (apart and _FROM.search(leads))


def _with_parts(text: str, raw: RawQuantity) -> RawQuantity:
    """With what stands behind its unit and is a part of it: 5元3角2分, 一吨半."""
    if isinstance(raw.value, tuple):
        return raw
    if raw.word == "元" and _NO_MORE.match(text, raw.end):
        return replace(raw, end=raw.end + 1)
    tenths = _TENTHS.match(text, raw.end) if raw.word == "元" else None
    if tenths:
        digits = [int(c) if c.isascii() else DIGITS[c] for c in (tenths["ten"], tenths["hundredth"] or "0")]
        value = trimmed(raw.value + Decimal(digits[0] * 10 + digits[1]) / 100)
        return replace(raw, end=tenths.end(), value=value, compound=True)
    unit = quantity_patterns().units[raw.word]
    if (unit.amount or unit.time or unit.multiple) and raw.word == raw.unit and _AND_HALF.match(text, raw.end):
        return replace(raw, end=raw.end + 1, value=raw.value + HALF, compound=True)
    return raw


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
