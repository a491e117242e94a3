"""English text -> Numbers. The numbers an English sentence states, with unit and bound.

``find_numbers`` takes a sentence. Afterwards: the spans lie in order inside the text, are not empty and do not
overlap; a value is exact (Decimal, never float), scales applied: 3.4 million is 3400000. Nothing is raised: what
cannot be read as a number is none. Years, dates, ordinals and numbers of names are none. The words are rules in
rules/english.yml; here stand only the grammar of numerals and the order of tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from ..model import Bound
from ..patterns import longest
from ..rules import load

Value = Decimal | tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Number:
    """A number of an English sentence. Offsets count in that text."""

    start: int  # text[start:end] is what was printed: bound words, number, unit
    end: int
    value: Value  # scales applied; a range has two; dozens is 20 to 90, as 数十 in quantity.py
    unit: str  # a unit of rules/english.yml: "%", "points", "times", "yuan"...; empty where it is none of them
    bound: Bound
    inclusive: bool | None = None  # of over and under: whether the number itself is meant too (at least: yes)


@dataclass(frozen=True, slots=True)
class _Token:
    """A numeral with its unit, before ranges and bounds are read."""

    start: int
    end: int
    value: Value
    unit: str
    mantissa: Decimal | None = None  # before the scale: 3.4 of 3.4 million; None of words that hold their unit
    scale: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class _BoundPhrase:
    """What a bound phrase says."""

    pattern: re.Pattern[str]
    bound: Bound
    inclusive: bool | None


@dataclass(frozen=True, slots=True)
class _EnglishPatterns:
    """rules/english.yml as compiled patterns."""

    small: dict[str, int]  # one to ninety
    scales: dict[str, int]
    denominators: dict[str, int]
    multipliers: tuple[tuple[re.Pattern[str], Decimal, str], ...]
    sizes: tuple[tuple[re.Pattern[str], Decimal], ...]
    units: dict[str, str]  # word, in lower case: unit
    money: dict[str, str]
    scan: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    listed: re.Pattern[str]  # between two numbers of a list
    raised: re.Pattern[str]  # a verb that makes "up to" a level reached
    limits: tuple[_BoundPhrase, ...]


# One character each, so that offsets stay. Other than HALF_WIDTH: what English is typed with.
_PLAIN = str.maketrans(
    {"\xa0": " ", "\u202f": " ", "\u2009": " ", "％": "%", "＄": "$", "￥": "¥", "‑": "-", "，": ","}
)
# 1,234 and 3.4, not inside a word, a decimal or a longer number.
_DIGITS = r"(?<![A-Za-z0-9.])(?<![0-9],)(?>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?>\.[0-9]+)?(?![0-9])"


@cache
def _rules() -> _EnglishPatterns:
    rows = load("english")
    numerals = rows["numerals"]
    small = numerals["ones"] | numerals["teens"] | numerals["tens"]
    scales = numerals["scales"] | numerals["short"]
    units = {word.lower(): row["unit"] for row in rows["units"] for word in row["words"]}
    limits = [(word, row) for key in ("before", "behind") for row in rows[key] for word in row["words"]]
    before = [word for row in rows["before"] for word in row["words"]]
    behind = [word for row in rows["behind"] for word in row["words"]]
    return _EnglishPatterns(
        small=small,
        scales=scales,
        denominators=rows["denominators"],
        multipliers=tuple((_whole(r["match"]), Decimal(r["value"]), r["unit"]) for r in rows["multipliers"]),
        sizes=tuple((_whole(r["match"]), Decimal(r["size"])) for r in rows["indefinite"]),
        units=units,
        money=rows["money"],
        scan=_scanner(rows, small, numerals, units),
        before=re.compile(rf"\b(?P<limit>{_either(before)})\s+{rows['between']}$|(?P<sign>[~≈<>≥≤])\s?$", re.I),
        behind=re.compile(rf"(?:(?:\s(?!at\b)[a-z'’-]+){{0,3}}?\s|[- ]?)(?P<limit>{_either(behind)})(?![\w])", re.I),
        listed=re.compile(rf"(?:,?\s(?:and|or|to)|,|\s?[-–—])\s?(?:by )?(?:(?:{_either(before)}) )?", re.I),
        raised=re.compile(rows["raised"], re.I),
        limits=tuple(_BoundPhrase(_whole(word), Bound(row["bound"]), row.get("inclusive")) for word, row in limits),
    )


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def _either(patterns: Iterable[str]) -> str:
    """An alternation, the longest first."""
    return "|".join(longest(patterns))


def _scanner(rows: Any, small: dict[str, int], numerals: Any, units: dict[str, str]) -> re.Pattern[str]:
    """What is no number, or one numeral with its unit. The order is the order of tests."""
    scale = _either(numerals["scales"])
    tens, ones = _either(numerals["tens"]), _either(numerals["ones"])
    word = rf"(?:(?:{tens})(?:[- ](?:{ones}))?|{_either(small)})"
    many = rf"(?:[- ](?:{scale}))"
    step = rf"(?:{word}{many}*|(?:an?|the)(?= (?:{scale})\b){many}+)"
    # one hundred and twenty million is one number, one million and three million are two
    lesser = rf"(?:[- ]hundred)?(?:[- ]thousand)?(?![- ](?:{scale})\b)"
    words = (
        rf"{step}(?:(?<=hundred)(?:,? and | ){word}{many}*"
        rf"|(?:(?<=thousand)|(?<=million)|(?<=billion)|(?<=trillion))(?:,? and |,? ){word}{lesser})*"
    )
    under = _either(word for word in rows["denominators"] if word != "half")
    unit = _either(re.escape(word) for word in units)
    money = _either(re.escape(mark) for mark in rows["money"])
    return re.compile(
        rf"(?P<nothing>{'|'.join(row['match'] for row in rows['nothing'])})"
        rf"|(?i:(?P<share>\b(?P<part>{ones}|[0-9])[- ](?P<base>{under})s?\b(?! (?:plenary|session|round|phase))"
        rf"|\b(?P<lone>an?) (?P<of>{under})(?= (?:of|less|fewer|lower|more|higher)\b)"
        rf"|(?<=\bby )(?P<lone_by>an?) (?P<by>{under})\b"
        rf"|\b(?P<one>one|{ones})(?: out of| in every|(?<=one) in| in(?= ten\b))(?: every)?"
        rf" (?P<every>{word}|[0-9]{{1,4}})\b"
        rf"(?! (?:years?|months?|quarters?|phases?)\b)"
        rf"|(?<![0-9/])(?P<upper>[0-9]{{1,2}})/(?P<lower>[0-9]{{1,2}})(?![0-9/]))"
        rf"|\b(?P<indefinite>{'|'.join(row['match'] for row in rows['indefinite'])})\b"
        rf"|\b(?P<multiplier>{'|'.join(row['match'] for row in rows['multipliers'])})\b(?! (?:as )?hour)"
        rf"|(?P<ratio>(?<![0-9:.])(?P<left>[0-9]+(?:\.[0-9]+)?)(?P<right>(?::[0-9]+(?:\.[0-9]+)?)+)(?![0-9:]))"
        rf"|(?P<number>(?:(?P<money>{money})\s?)?(?:(?P<digits>{_DIGITS})|\b(?P<words>{words})\b)"
        rf"(?P<half>(?: and (?:a|one)[- ]half)?)"
        rf"(?:[- ]?(?P<scale>(?:{scale})(?:[- ](?:{scale}))*|(?:{_either(numerals['short'])}))\b)?"
        rf"(?P<mark>(?: of)?(?: an?)?[- ]?(?P<unit>{unit})(?![A-Za-z0-9]))?))",
        re.M,
    )


@lru_cache(4096)  # a sentence stands on its section's page, on the full one and beside its Chinese
def find_numbers(text: str) -> tuple[Number, ...]:
    """The numbers an English sentence states, in reading order. Empty where it states none.

    From 7 to 3 days are two numbers, 7 to 10 days is a range.

    >>> [(n.value, n.unit, n.bound.value) for n in find_numbers("more than 3.4 million views, up 12 percent")]
    [(Decimal('3400000'), '', 'over'), (Decimal('12'), '%', 'exact')]
    """
    plain = text.translate(_PLAIN)
    tokens = [token for match in _rules().scan.finditer(plain) for token in _read(plain, match)]
    return tuple(_limited(plain, _with_ranges(plain, _with_units(plain, tokens))))


# ----------------------------------------------------------------------------------------------- numerals


def _read(text: str, match: re.Match[str]) -> Iterator[_Token]:
    """The numeral of a match of the scanner: none or one."""
    start, end = match.span()
    if match["nothing"] is not None or _is_name(text, match):
        return
    if match["share"] is not None:
        share = _share(match)
        if share is not None:
            yield _Token(start, end, share, "%")
    elif match["indefinite"]:
        size = _first(_rules().sizes, match[0])
        yield _Token(start, end, (2 * size, 9 * size), "")
    elif match["multiplier"]:
        value, unit = next((v, u) for p, v, u in _rules().multipliers if p.match(text, start))
        yield _Token(start, end, value, unit)
    elif match["ratio"]:
        yield _Token(start, end, Decimal(match["left"]), match["right"])
    else:
        yield from _counted(match)


def _first(sizes: tuple[tuple[re.Pattern[str], Decimal], ...], text: str) -> Decimal:
    return next(size for pattern, size in sizes if pattern.fullmatch(text))


def _share(match: re.Match[str]) -> Decimal | None:
    """In per cent, two decimals where it has no end: two-thirds is 66.67, as 三分之二 in quantity.py."""
    rules = _rules()
    part: int | None
    base: int | None
    if match["part"]:
        part, base = _spoken(match["part"]), rules.denominators[match["base"].lower()]
    elif match["lone"] or match["lone_by"]:
        part, base = 1, rules.denominators[(match["of"] or match["by"]).lower()]
    elif match["one"]:
        part, base = _spoken(match["one"]), _spoken(match["every"])
    else:
        part, base = int(match["upper"]), int(match["lower"])
    if part is None or not base or part >= base:
        return None
    share = Decimal(part) * 100 / Decimal(base)
    return _plain(share.quantize(Decimal("0.01")) if -int(share.as_tuple().exponent) > 4 else share)


def _counted(match: re.Match[str]) -> Iterator[_Token]:
    scale = Decimal(1)
    for word in re.split("[- ]", match["scale"].lower()) if match["scale"] else ():
        scale *= _rules().scales[word]
    number = match["digits"]
    mantissa = Decimal(number.replace(",", "")) if number else _spoken(match["words"])
    if mantissa is None:
        return
    mantissa = Decimal(mantissa) + (Decimal("0.5") if match["half"] else 0)
    unit = _rules().units[match["unit"].lower()] if match["unit"] else ""
    unit = unit or (_rules().money.get(match["money"], "") if match["money"] else "")
    yield _Token(match.start(), match.end(), _plain(mantissa * scale), unit, mantissa, scale)


def _spoken(text: str) -> int | None:
    """The value of a numeral in words or digits: two hundred and six thousand. None where it is no numeral.

    >>> _spoken("twenty-five"), _spoken("a hundred and five thousand"), _spoken("five one")
    (25, 105000, None)
    """
    rules = _rules()
    total, group = 0, 0
    if text.isdecimal():
        return int(text)
    for word in re.split("[-, ]+", text.lower()):
        if word in ("a", "an", "the"):
            group = 1
        elif word in rules.small:
            value = rules.small[word]
            room = 100 if value >= 10 else 10
            if group % room or (value < 10 and 10 <= group % 100 < 20):
                return None
            group += value
        elif word in ("hundred", "dozen"):
            group = (group or 1) * rules.scales[word]
        elif word in rules.scales:
            total, group = total + (group or 1) * rules.scales[word], 0
            if total < rules.scales[word]:
                return None
        elif word != "and":
            return None
    return total + group


def _plain(value: Decimal) -> Decimal:
    """Without the noughts a scale leaves behind: 1.2 x 1000 is 1200, not 1200.0."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


_OPENS = re.compile(r"(?:^|[.!?;:•\n]|--|[-–—*])[\s“\"‘(]*$")
_CAPITAL = re.compile(r"[ -][A-Z][a-z]")


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Three Gorges, the Four Consciousnesses; not Fifteen key industries at the start of a sentence."""
    word = match["words"] or match["multiplier"] or match["share"]
    if not word or not word[0].isupper():
        return False
    return bool(_CAPITAL.match(text, match.start() + len(word))) or not _OPENS.search(text[: match.start()])


# ---------------------------------------------------------------------------------- units, ranges, bounds

_SPAN = re.compile(r"(?: to | to the |\s?[-–—~]\s?| or )")
_BETWEEN = re.compile(r"\bbetween $", re.I)
_FROM = re.compile(r"\bfrom (?:[a-z]+ ){0,3}$", re.I)


def _with_units(text: str, tokens: list[_Token]) -> list[_Token]:
    """6.61 and 8.95 percent: a number right before another in a list has its rate too."""
    out: list[_Token] = []
    for token in reversed(tokens):
        after = out[-1] if out else None
        both = after and token.mantissa is not None and after.mantissa is not None
        if after and both and not token.unit and _rules().listed.fullmatch(text, token.end, after.start):
            token = replace(token, unit=after.unit)
        out.append(token)
    return out[::-1]


def _with_ranges(text: str, tokens: list[_Token]) -> list[_Token]:
    """10 to 15 million is one number of two values; from 7 to 3 days are two numbers."""
    out: list[_Token] = []
    for token in tokens:
        joined = _joined(text, out[-1], token) if out else None
        out = [*out[:-1], joined] if joined else [*out, token]
    return out


def _joined(text: str, low: _Token, high: _Token) -> _Token | None:
    """Two neighbours as a range, where a word joins them and they rise."""
    if low.mantissa is None or high.mantissa is None or low.unit != high.unit:
        return None
    and_ = text[low.end : high.start] == " and " and _BETWEEN.search(text[: low.start])
    if not and_ and (not _SPAN.fullmatch(text, low.end, high.start) or _FROM.search(text[: low.start])):
        return None
    if low.scale == 1 and low.mantissa < high.mantissa:
        low = replace(low, value=_plain(low.mantissa * high.scale))  # 10 to 15 million
    if isinstance(low.value, tuple) or isinstance(high.value, tuple) or low.value >= high.value:
        return None
    return _Token(low.start, high.end, (low.value, high.value), high.unit)


def _limited(text: str, tokens: list[_Token]) -> Iterator[Number]:
    """The numbers with the words that bound them."""
    last = 0
    starts = [0, *(token.end for token in tokens)]
    heads = [_before(text, starts[n], token.start) for n, token in enumerate(tokens)]
    for n, token in enumerate(tokens):
        head, after = heads[n], heads[n + 1] if n + 1 < len(tokens) else None
        rest = after.start() if after else tokens[n + 1].start if n + 1 < len(tokens) else len(text)
        behind = _rules().behind.match(text, token.end, rest)
        start, end, bound, inclusive = token.start, token.end, Bound.EXACT, None
        if head and head.start() >= last:
            start = head.start()
            bound, inclusive = _said(head["limit"] or head["sign"])
        elif behind:
            end = behind.end()
            bound, inclusive = _said(behind["limit"])
        yield Number(start, end, token.value, token.unit, bound, inclusive)
        last = end


def _before(text: str, start: int, end: int) -> re.Match[str] | None:
    """The bound phrase that ends where a number starts; bringing the total up to 5 million bounds nothing."""
    found = _rules().before.search(text[:end], start)
    if found and (found["limit"] or "").lower() == "up to" and _rules().raised.search(text, start, found.start()):
        return None
    return found


_SIGNS = {
    "~": (Bound.ABOUT, None),
    "≈": (Bound.ABOUT, None),
    ">": (Bound.OVER, False),
    "<": (Bound.UNDER, False),
    "≥": (Bound.OVER, True),
    "≤": (Bound.UNDER, True),
}


def _said(phrase: str) -> tuple[Bound, bool | None]:
    """What a bound phrase says."""
    if phrase in _SIGNS:
        return _SIGNS[phrase]
    limit = next(limit for limit in _rules().limits if limit.pattern.fullmatch(phrase))
    return limit.bound, limit.inclusive
