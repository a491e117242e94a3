"""Chinese sentence, English sentence -> Disagreements. Whether every figure stands in the translation.

``disagreements`` is empty where the English states each figure of the Chinese with the same value and bound, and
no other number. A value may be said otherwise (翻三番: eight times; 三成: 30 percent) and in another unit
(15 亩: 1 hectare), rounded to the digits the English prints. Small numbers in words are no alarm, in either
language: 三方面 is a name, "one" an article. Sums are not made. Which words say the same are rules in
rules/english.yml; what a figure is, is decided by quantity.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any

from ..figures.numerals import read_han
from ..figures.quantity import find_quantities
from ..model import Bound, Doubt, Kind, Quantity
from ..patterns import HALF_WIDTH, HAN, NUMERAL, ONE_TO_NINE, longest
from ..rules import load
from .numbers import Number, find_numbers


class Fault(StrEnum):
    """How a translation fails a figure."""

    MISSING = "missing"  # a figure of the Chinese stands nowhere in the English
    ADDED = "added"  # a number of the English stands nowhere in the Chinese
    BOUND = "bound"  # the number is there, but 超 became exact, or exact became "more than"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One figure that differs."""

    kind: Fault
    quote: str  # the Chinese figure as printed; of an added one the English number
    expected: str  # what the English should state: more than 3.4 million; empty of an added one


@dataclass(frozen=True, slots=True)
class _NamedValue:
    """One value the Chinese names. A range is two of them."""

    quote: str
    value: Decimal  # never below nought: a fall of 1.48
    unit: str  # as quantity.py gives it
    bounds: frozenset[Bound]  # mostly one; 低于13%左右 has two
    growth: bool = False  # 增长1.8倍: by how much, not to what
    firm: bool = True  # must stand in the English; the others only allow a number of it
    loose: bool = False  # its bound is not certain
    rounded: bool = False  # a fraction without end: 三分之二


@dataclass(frozen=True, slots=True)
class _AgreementRules:
    """The lower part of rules/english.yml."""

    units: dict[str, dict[str, Fraction]]  # Chinese unit: English unit: factor
    rates: dict[str, str]
    tolerance: Fraction
    small: int
    spoken: dict[int, str]
    ordinals: dict[int, str]
    per: tuple[tuple[re.Pattern[str], re.Pattern[str], Fraction], ...]
    implied: tuple[tuple[re.Pattern[str], Decimal, str], ...]
    names: re.Pattern[str]
    others: re.Pattern[str]
    multiple: re.Pattern[str]
    bounding: re.Pattern[str]
    before: re.Pattern[str]  # the bounds of quantities.yml, up to a numeral
    behind: re.Pattern[str]
    opens: re.Pattern[str]  # the same, inside a quote
    closes: re.Pattern[str]
    bounds: dict[str, Bound]


@cache
def _rules() -> _AgreementRules:
    rows, words = load("english"), load("quantities")
    worth = [(name, row["en"]) for row in rows["conversions"] for name in row["zh"]]
    before, behind = _bound_words(words["before"]), _bound_words(words["behind"])
    behind |= {"余": Bound.OVER, "多": Bound.OVER}
    return _AgreementRules(
        units={name: {unit: _factor(factor) for unit, factor in units.items()} for name, units in worth},
        rates=rows["rates"],
        tolerance=Fraction(rows["rounding"]),
        small=rows["small"],
        spoken=rows["spoken"],
        ordinals={value: word for word, value in rows["ordinals"].items()},
        per=tuple((re.compile(r["zh"]), re.compile(r["en"]), Fraction(r["factor"])) for r in rows["per"]),
        implied=tuple((re.compile(r["zh"]), Decimal(r["value"]), r["unit"]) for r in rows["implied"]),
        names=re.compile("|".join([rows["names"], *(row["match"] for row in words["names"])])),
        others=re.compile(rows["others"]),
        multiple=re.compile(rows["multiple"]),
        bounding=re.compile(rows["bounding"]),
        before=re.compile(rf"(?P<limit>{_either(before)})$"),
        behind=re.compile(rf"[{HAN}]{{0,2}}?(?P<limit>{_either(behind)})"),
        opens=re.compile(rf"(?P<limit>{_either(before)})"),
        closes=re.compile(rf"(?P<limit>{_either(behind)})$"),
        bounds=before | behind,
    )


def _bound_words(rows: Iterable[dict[str, Any]]) -> dict[str, Bound]:
    return {word: Bound(row["bound"]) for row in rows for word in row["words"]}


def _factor(text: str) -> Fraction:
    """1/6.0703: data may divide by a decimal."""
    over, _, under = text.partition("/")
    return Fraction(over) / Fraction(under or "1")


def _either(words: Iterable[str]) -> str:
    return "|".join(longest(words))


@dataclass(frozen=True, slots=True)
class _SentencePair:
    """The two sentences, read."""

    zh: str
    en: str
    numbers: tuple[Number, ...]  # of the English
    per: tuple[Fraction, ...]  # 每斤 beside per kilogram: 2


def disagreements(zh: str, en: str, figures: Sequence[Quantity] | None = None) -> tuple[Disagreement, ...]:
    """What the English states otherwise than the Chinese. ``figures`` of ``zh``; by default find_quantities(zh).

    >>> [d.kind.value for d in disagreements("点击量超340万人次", "3.4 million views")]
    ['bound']
    """
    per = tuple(factor for left, right, factor in _rules().per if left.search(zh) and right.search(en))
    pair = _SentencePair(zh, en, find_numbers(en), per)
    known = _figures(zh, find_quantities(zh) if figures is None else figures)
    lost = (fault for figure in known for fault in _fault(pair, figure))
    return tuple(dict.fromkeys([*lost, *_added(pair, known)]))


# ------------------------------------------------------------------------------------ what the Chinese says


def _figures(zh: str, quantities: Iterable[Quantity]) -> tuple[_NamedValue, ...]:
    text = zh.translate(HALF_WIDTH)
    whole = [q for q in quantities if not _CUT.search(text[max(0, q.start - 1) : q.end])]
    return (*_stated(zh, text, whole), *_others(zh, text, whole), *_implied(text))


_CUT = re.compile("^[0-9][百千万亿]")  # a quantity that begins inside a numeral


def _stated(zh: str, text: str, quantities: Iterable[Quantity]) -> Iterator[_NamedValue]:
    """What quantity.py reads. One to ten in characters may count off a name, dozens may be "many"."""
    for q in quantities:
        quote = text[q.start : q.end]
        small = q.doubt in (Doubt.INDEFINITE, Doubt.COUNTING) or _is_small_word(quote, q)
        for value in q.value if isinstance(q.value, tuple) else (q.value,):
            yield _NamedValue(
                quote=zh[q.start : q.end],
                value=abs(value),
                unit=re.split("[/(（每]", q.unit)[0],
                bounds=_bounds_of(quote) | {q.bound},
                growth=q.kind is Kind.CHANGE and not re.search("[翻的]", quote),
                firm=not small and not _rules().names.match(text, q.start),
                loose=q.bound is Bound.EXACT and _may_be_bound(text, q.start, q.end),
                rounded="分之" in quote,
            )


def _is_small_word(quote: str, q: Quantity) -> bool:
    """两家, 三名: one to ten in characters."""
    small = not isinstance(q.value, tuple) and abs(q.value) <= _rules().small
    return small and q.unit not in _rules().rates and not re.search("[0-9]", quote)


def _may_be_bound(text: str, start: int, end: int) -> bool:
    return bool(_rules().bounding.search(text, max(0, start - _NEAR), end + _NEAR))


_NEAR = 6  # characters round a figure in which a word may bound it
_DIGITS = "[0-9]+(?:[,，][0-9]{3})*(?:[.][0-9]+)?"
_SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_SCALED = "(?:[余多几]?(?:百(?!分)|千(?![瓦米克])|[万亿]))*"
_PIECES = re.compile(f"(?P<digits>{_DIGITS}) ?(?P<scale>{_SCALED})")
_NUMERAL = re.compile(
    rf"(?P<upper>[0-9]{{1,2}})/(?P<lower>[0-9]{{1,2}})(?![0-9/])"
    rf"|(?P<arabic>{_DIGITS} ?{_SCALED}(?:[0-9]+{_SCALED})*)"
    f"|(?P<han>[{NUMERAL}]+(?:点[〇零{ONE_TO_NINE}]+)?)"
)
# Round digits these make a name, a date or an ordinal: 第3, 5G, 3月, 1+3.
_NAME_BEFORE = re.compile(r"[A-Za-z第+×*./:：·〔\[“‘#-] ?$|号$|“[^”]{0,16}$")
_NAME_BEHIND = re.compile(r" ?[A-Za-z+×*./:：·〕\]”’月日号时点届版－—-]|年代|世纪")
_ITEM = re.compile(r"[(（][0-9]+[)）]|\n?[0-9]+[.、]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")


def _others(zh: str, text: str, quantities: Sequence[Quantity]) -> Iterator[_NamedValue]:
    """Every other numeral, in names and dates too. Firm where it is no name: 551万农村人口, 延长30年."""
    names = [found.span() for found in _rules().names.finditer(text)]
    for match in _NUMERAL.finditer(text):
        if _touches(match, [(q.start, q.end) for q in quantities]):
            continue
        scaled = not match[0][-1].isascii()
        firm = bool(match["arabic"]) and not _touches(match, names) and (scaled or not _is_in_name(text, match))
        for value in _values(match):
            yield _NamedValue(
                quote=zh[match.start() : match.end()],
                value=value,
                unit="%" if match["lower"] else _unit_at(text, match.end()),
                bounds=frozenset({_bound_at(text, match)}),
                firm=firm,
                loose=not scaled or _may_be_bound(text, match.start(), match.end()),
                rounded=bool(match["lower"]),
            )


def _implied(text: str) -> Iterator[_NamedValue]:
    """全部: a translation may say 100 percent."""
    for pattern, value, unit in _rules().implied:
        for match in pattern.finditer(text):
            yield _NamedValue(match[0], value, unit, frozenset(Bound), firm=False)


def _touches(match: re.Match[str], spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in spans)


def _is_in_name(text: str, match: re.Match[str]) -> bool:
    """第3, 5G, 3月, 2023, (3)."""
    name = _NAME_BEFORE.search(text[: match.start()]) or _NAME_BEHIND.match(text, match.end())
    return bool(name or _YEAR.fullmatch(match[0]) or _ITEM.fullmatch(text, max(0, match.start() - 1), match.end() + 1))


def _values(match: re.Match[str]) -> Iterator[Decimal]:
    """The values a numeral names: none, one or two."""
    if match["lower"]:
        if int(match["lower"]):
            yield round(Decimal(match["upper"]) * 100 / Decimal(match["lower"]), 2)
    elif match["arabic"]:
        yield _value_of_digits(match[0])
    else:
        value = read_han(match[0])
        yield from value if isinstance(value, tuple) else () if value is None else (value,)


def _value_of_digits(text: str) -> Decimal:
    """1亿3千多万: the sum of its pieces."""
    total = Decimal(0)
    for piece in _PIECES.finditer(text):
        value = Decimal(re.sub("[,，]", "", piece["digits"]))
        for scale in piece["scale"]:
            value *= _SCALES.get(scale, 1)
        total += value
    return total


def _unit_at(text: str, start: int) -> str:
    """The unit right behind a numeral, if it is one whose worth is known."""
    known = [name for name in (*_rules().units, *_rules().rates) if text.startswith(name, start)]
    return max(known, key=len, default="")


def _bounds_of(quote: str) -> frozenset[Bound]:
    """What the bound words at both ends of a quote say: 低于13%左右 is under and about."""
    rules = _rules()
    words = (rules.opens.match(quote), rules.closes.search(quote))
    return frozenset(rules.bounds[found["limit"]] for found in words if found)


def _bound_at(text: str, match: re.Match[str]) -> Bound:
    rules = _rules()
    head = text[max(0, match.start() - _NEAR) : match.start()]
    found = rules.behind.match(text, match.end()) or rules.before.search(head)
    if found:
        return rules.bounds[found["limit"]]
    return Bound.OVER if re.search("[余多]", match[0]) else Bound.EXACT


# -------------------------------------------------------------------------------------- what is the same


def _fault(pair: _SentencePair, figure: _NamedValue) -> Iterator[Disagreement]:
    """What is wrong with the English of one figure: nothing or one thing."""
    if not figure.firm:
        return
    found = [n for n, number in enumerate(pair.numbers) if _same(figure, number, pair)]
    if not found:
        if not _is_spoken(figure, pair.en):
            yield Disagreement(Fault.MISSING, figure.quote, _in_english(figure))
    elif not figure.loose and not any(_bounds_at(pair, n) & figure.bounds for n in found):
        yield Disagreement(Fault.BOUND, figure.quote, _in_english(figure))


def _added(pair: _SentencePair, figures: Sequence[_NamedValue]) -> Iterator[Disagreement]:
    for number in pair.numbers:
        quote = pair.en[number.start : number.end]
        if not _is_word(number, quote) and not any(_same(figure, number, pair) for figure in figures):
            yield Disagreement(Fault.ADDED, quote, "")


def _is_word(number: Number, quote: str) -> bool:
    """Words that may stand for no number: one to ten, half, doubled, dozens."""
    if re.search("[0-9]", quote):
        return False
    return isinstance(number.value, tuple) or number.value <= _rules().small or "hal" in quote.lower()


def _is_spoken(figure: _NamedValue, en: str) -> bool:
    """Whether words say it: a working day (1个工作日), each percentage point, the 70th anniversary (70周年)."""
    rules, value = _rules(), figure.value
    rate = rules.rates.get(figure.unit)
    if value != int(value) or (rate and rate != "points"):
        return False
    words = [rules.spoken.get(int(value))]
    words += [] if rate else [rules.ordinals.get(int(value)), rf"{value}(?:st|nd|rd|th)"]
    words += [f"{value}"] if value >= 1000 else []  # 2000件 without a comma reads as a year, 12345 as a name
    behind = r" (?:[a-z]+ )?percentage point" if rate else r"\b"
    said = "|".join(word for word in words if word)
    return bool(said) and bool(re.search(rf"\b(?:{said}){behind}", en, re.I))


def _bounds_at(pair: _SentencePair, n: int) -> set[Bound]:
    """The bounds a number may have: around 3% and 5% says around of both."""
    number, last = pair.numbers[n], pair.numbers[n - 1] if n else None
    joined = last and _JOINED.fullmatch(pair.en, last.end, number.start)
    return {number.bound, last.bound} if last and joined else {number.bound}


_JOINED = re.compile(r",? (?:and|to|or) (?:by )?|, ")


def _same(figure: _NamedValue, number: Number, pair: _SentencePair) -> bool:
    """Whether the number says the value of the figure; of a range, one of its ends."""
    ends = number.value if isinstance(number.value, tuple) else (number.value,)
    if figure.unit[:1] == number.unit[:1] == ":":  # of a ratio every term
        return figure.value in ends and figure.unit == number.unit
    rate = _rules().rates.get(figure.unit)
    if rate == "times":
        return any(end == value for end in ends for value in _multiples(figure, number, pair.en))
    if rate or number.unit in ("%", "‰", "points"):
        return any(_same_rate(figure, rate, end, number.unit) for end in ends)
    if _rules().others.match(pair.en, number.end):
        ends = (*ends, *(end + 1 for end in ends))
    return any(_same_amount(figure, end, number.unit, pair.per) for end in ends)


def _multiples(figure: _NamedValue, number: Number, en: str) -> tuple[Decimal, ...]:
    """What a number may be where the Chinese says 倍. 增长1.8倍: 1.8 times more, 2.8 times the level, 180%."""
    value, grown = figure.value, figure.value + 1
    if number.unit == "%":
        return (value * 100, (value - 1) * 100)
    if number.unit != "times" and number.unit:
        return ()
    if not figure.growth:
        return (value,)
    whole = _rules().multiple.match(en, number.end) or not re.search("times|fold", en[number.start : number.end])
    return (grown,) if whole and number.unit else (value, grown)


def _same_rate(figure: _NamedValue, rate: str | None, end: Decimal, unit: str) -> bool:
    value = figure.value
    if unit == rate:
        return end == value or (figure.rounded and _is_rounded(Fraction(value), end))
    if rate == "%" and unit == "times":
        return end in (value / 100, 1 + value / 100)
    return (rate, unit) in (("%", "‰"), ("‰", "%")) and end == (value * 10 if rate == "%" else value / 10)


def _same_amount(figure: _NamedValue, end: Decimal, unit: str, per: Iterable[Fraction]) -> bool:
    """Whether an amount is the figure, in its own or another unit."""
    factors = _rules().units.get(figure.unit)
    if end == figure.value and (factors is None or not unit or factors.get(unit) == 1):
        return True
    worth = [Fraction(1)] if not factors else [factors[unit]] if unit in factors else [] if unit else factors.values()
    exact = [Fraction(figure.value) * factor for factor in worth]
    exact += [value * factor for value in exact for factor in per]
    return any(value != figure.value and _is_rounded(value, end) for value in exact)


def _is_rounded(exact: Fraction, printed: Decimal) -> bool:
    """Whether ``printed`` is ``exact`` rounded to the digits it prints: 6.67 million for 6 666 666.7."""
    if not printed or not exact:
        return printed == exact
    step = Fraction(10) ** int(printed.normalize().as_tuple().exponent)
    return abs(exact - Fraction(printed)) <= min(step, exact * _rules().tolerance)


_WORDS = {Bound.EXACT: "", Bound.OVER: "more than ", Bound.UNDER: "less than ", Bound.ABOUT: "about "}


def _in_english(figure: _NamedValue) -> str:
    """How the English may print the figure: more than 3.4 million."""
    value, word = figure.value, ""
    for size, name in ((10**12, " trillion"), (10**9, " billion"), (10**6, " million")):
        if value >= size:
            value, word = value / size, name
            break
    rate = _rules().rates.get(figure.unit, "")
    after = {"%": "%", "‰": "‰", "points": " percentage points", "times": " times"}.get(rate, "")
    number = f"{value:,f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:,f}"
    bound = next((bound for bound in figure.bounds if bound is not Bound.EXACT), Bound.EXACT)
    return f"{_WORDS[bound]}{number}{word}{after}"
