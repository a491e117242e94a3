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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from ..model import Bound, Direction, Doubt, Kind, Quantity
from ..rules import load

Value = Decimal | tuple[Decimal, Decimal]

# ---------------------------------------------------------------------------------------------- numerals

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SINGLE = "一二两三四五六七八九"
_BELOW_WAN = re.compile(
    "(?:([一二两三四五六七八九]?)千)?零?(?:([一二两三四五六七八九]?)百)?零?(?:([一二两三四五六七八九]?)十)?零?([一二两三四五六七八九]?)"
)
_ADJACENT = re.compile(f"(?<![{_SINGLE}])([{_SINGLE}])([{_SINGLE}])(?![{_SINGLE}])")


def read_han(text: str) -> Value | None:
    """The value of a numeral in characters; two values where it names two (三四, 十五六); None if it is none.

    >>> read_han("三百二十万"), read_han("二三十"), read_han("百百")
    (Decimal('3200000'), (Decimal('20'), Decimal('30')), None)
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "点" in text:
        whole, _, part = text.partition("点")
        value = _integer(whole)
        if value is None or not part or any(c not in _DIGITS for c in part):
            return None
        return Decimal(f"{value}.{''.join(str(_DIGITS[c]) for c in part)}")
    pairs = list(_ADJACENT.finditer(text))
    if len(pairs) == 1 and not (set(text) <= _DIGITS.keys() and set(text) & set("〇零")):
        return _two(text, pairs[0])
    value = _integer(text)
    return None if value is None else Decimal(value)


def _two(text: str, pair: re.Match[str]) -> Value | None:
    """三四人, 二三十, 一两百: neighbours, or 三五. 二六 is none; bare 一二 and 二三 are ordinals (二三期)."""
    low, high = (_integer(text[: pair.start()] + digit + text[pair.end() :]) for digit in pair.groups())
    step = _DIGITS[pair[2]] - _DIGITS[pair[1]]
    if low is None or high is None or text in ("一二", "二三") or not (step == 1 or pair[0] == "三五"):
        return None
    return Decimal(low), Decimal(high)


def _integer(text: str) -> int | None:
    """One numeral. 〇 and 零 inside digits without 十 百 千 are read by place: 二〇二三."""
    if not text:
        return None
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if "〇" in text or "零" in text else None
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in text:
            left, _, right = text.rpartition(unit)
            high = _integer(left) if left else 1
            low = _tail(right, size)
            return None if high is None or low is None else high * size + low
    return _below_wan(text)


def _tail(text: str, size: int) -> int | None:
    """After 万 or 亿: nothing, a full numeral, or one digit for the next lower unit (三万五)."""
    if not text:
        return 0
    if len(text) == 1 and text in _SINGLE:
        return _DIGITS[text] * size // 10
    return _integer(text)


def _below_wan(text: str) -> int | None:
    if text in ("零", "〇"):
        return 0
    found = _BELOW_WAN.fullmatch(text.replace("〇", "零"))
    if not found or text.endswith(("零", "〇")) or re.search("千[百十]|百十", text):
        return None  # 千百, 百十: many, no number
    thousands, hundreds, tens, ones = found.groups()
    value = 0
    for digit, size in ((thousands, 1000), (hundreds, 100), (tens, 10)):
        if digit is not None:
            value += (_DIGITS[digit] if digit else 1) * size
    if ones:
        last = text[-2:-1]
        # 三百五 is 350, 三百零五 is 305.
        value += _DIGITS[ones] * (_TENS[last] // 10 if last in ("百", "千") else 1)
    return value


def _plain(value: Decimal) -> Decimal:
    """Without the noughts a multiplier leaves behind: 1.2 x 10000 is 12000, not 12000.0."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


# ----------------------------------------------------------------------------------------- rules as data


@dataclass(frozen=True, slots=True)
class _Unit:
    """A row of units.yml, for one word."""

    dimension: str  # people, cases, money...
    digits: bool  # not after a lone character: 二期 is the second phase
    amount: bool  # an amount of money or stuff, not a count
    time: bool
    age: bool


@dataclass(frozen=True, slots=True)
class _Limit:
    """What a bound word says."""

    bound: Bound
    inclusive: bool | None  # whether the number itself is meant too; None where the bound is neither over nor under


@dataclass(frozen=True, slots=True)
class _Verb:
    direction: Direction | None
    alone: bool  # makes a change of counted units without a word of comparison
    short: bool  # one character


@dataclass(frozen=True, slots=True)
class _Counting:
    """When a measure word after one character counts, and does not only open a name."""

    things: re.Pattern[str] | None  # before these; None: before anything
    unless: re.Pattern[str] | None  # but not before these
    ends: bool  # at the end of its clause


@dataclass(frozen=True, slots=True)
class _Rules:
    """The data files as compiled patterns. All are matched against text put through ``_HALF``."""

    units: dict[str, _Unit]
    scan: re.Pattern[str]  # what is no quantity, or a number with its unit
    listed: re.Pattern[str]  # the numbers before the last of a list: 5、9和
    touch: re.Pattern[str]  # verb of change, then bound, up to the number
    limit: re.Pattern[str]  # bound up to the number
    round_limit: re.Pattern[str]  # and up to 百 千 万 亿 半: 过百家
    behind: re.Pattern[str]
    before: dict[str, _Limit]
    after: dict[str, _Limit]
    verbs: dict[str, _Verb]
    bare_verb: re.Pattern[str]  # a comma and a verb of change, up to the number
    verb_object: re.Pattern[str]  # a verb of change and its object, up to the number
    nouns: re.Pattern[str]
    noun_direction: dict[str, Direction | None]
    comparison: re.Pattern[str]
    measured: re.Pattern[str]  # what grows or falls by itself, up to the verb
    multiple: re.Pattern[str]
    counting: dict[str, _Counting]
    collections: dict[str, re.Pattern[str]]


# Full-width forms to half-width, one character each, so that offsets stay.
_HALF = str.maketrans(
    {chr(0xFF10 + n): str(n) for n in range(10)}
    | {"％": "%", "．": ".", "／": "/", "＋": "+", "\u3000": " ", "\xa0": " ", "（": "(", "）": ")"}
)

_HAN = "[〇零一二两三四五六七八九十百千万亿廿卅]"
_SEP = "(?: ?(?:[—–―~～〜－-]{1,2}|至|到) ?)"
# 1,136  1，136  3 872  12.5. Not inside a decimal, after + or x, or as a part of a longer number (3亿5千万).
_ARABIC = (
    r"(?<![0-9+×*])(?<![0-9]\.)(?<![0-9][千万亿])"
    r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?![0-9])(?:\.[0-9]+)?"
)
# 几百 and 数十 name no number: _SOME reads them.
_NO_SUM = "(?<![十人户件次总多少无个指参计])"  # 人数百余人 is a number of people and 百余
_CHARS = rf"(?<!{_NO_SUM}数)(?<![几〇零一二两三四五六七八九十百千万亿廿卅]){_HAN}++(?:点[〇零一二三四五六七八九]+)?"
_SOME = rf"{_NO_SUM}[数几](?P<some>[十百千万亿]+)[余多]?"
# 千 is a part of the unit in 千瓦, 百 in 百分点.
_SCALE = "(?:[十百千]?万亿|[十百千]?亿|[十百千]?万|千(?![瓦克米伏卡焦])|百(?!分))"


def _number(suffix: str) -> str:
    return (
        rf"(?:(?P<digits{suffix}>{_ARABIC})|(?P<han{suffix}>{_CHARS}))"
        rf"(?: ?(?P<more{suffix}>[余多几]))?"
        rf"(?: ?(?P<scale{suffix}>{_SCALE})"
        rf"(?P<parts{suffix}>(?:[0-9]+(?:[百千]?万|[百千]))*)(?P<rest{suffix}>[余多])?(?P<again{suffix}>亿)?)?"
    )


# Spans that hold numerals and state nothing. Each is one alternative of the scanner, tried before a number.
_NOTHING = (
    # longer than any number: an account, a code
    "[0-9]{20,}+",
    # names: “七进”, “1+3+N”, "3·15". A longer quotation, or one with a clause in it, may state a figure.
    "“[^“”，。；：,;:!！?？\n]{1,16}”",
    '"[^"“”，。；：,;:!！?？\n]{1,16}"',
    "[‘「『][^‘’「」『』，。；：\n]{1,16}[’」』]",
    "《[^《》\n]{1,80}》",
    # ordinals: 第五次, 第1-3批, 二十届三中全会, 十四届五次会议, 前十名
    rf"第 ?(?:[0-9]+|{_HAN}+)(?:(?:{_SEP}|、)(?:[0-9]+|{_HAN}+))?(?:大类)?",
    rf"(?:[0-9]+|{_HAN}+)届(?:{_HAN}+次)?",
    rf"(?<![目当此日之提以])前 ?(?:[0-9]+|{_HAN}+)(?:名|位|强|列|茅|个月|季度)",
    # denominators: 每万人, 每10万人, 每两月
    rf"每 ?(?:[0-9.]+|{_HAN}+)(?:{_SCALE})?(?:个?(?:人|户|月|年|季度|周|天|名|件))?",
    # dates and clock times: 2021—2025年, 1-11月, 2024-01-31, 09:18, 9时30分
    rf"[0-9]{{2,4}}(?:{_SEP}[0-9]{{2,4}})? ?年(?:{_HAN}月)?",
    rf"(?<![0-9])[0-9]{{1,2}}(?:{_SEP}[0-9]{{1,2}})? ?月(?:[0-9]{{1,2}}(?:{_SEP}[0-9]{{1,2}})? ?日)?",
    r"[0-9]{4}[./-][0-9]{1,2}[./-][0-9]{1,2}",
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])",
    r"(?<![0-9])[0-9]{1,2}[时点][0-9]{1,2}分(?!钟)",
    # versions: 2.0版
    r"[0-9]+[.][0-9]+ ?版",
    # formulas: 1+3+N, 7×24
    r"[0-9A-Za-z]+(?:[+×][0-9A-Za-z]+)+",
)


_NO_AIM = "(?<![稳促保])"  # 稳增长75条措施 is an aim
_NO_WORD = "(?<![新净最至不更许众])"  # 新增, 最高, 至少, 不多 are words of their own


@cache
def _rules() -> _Rules:
    words, units = load("quantities"), load("units")
    verbs = {
        word: _Verb(_direction(row["direction"]), row.get("alone", False), row.get("short", False))
        for row in words["verbs"]
        for word in row["words"]
    }
    rows = words["before"] + words["before_round"]
    before = _limits(rows)
    limits = "|".join(_guarded(row) for row in words["before"])
    round_limits = "|".join(_guarded(row) for row in words["before_round"])
    after = _limits(words["behind"])
    long = _any(w for w, v in verbs.items() if not v.short)
    short = _any(w for w, v in verbs.items() if v.short)
    same = _any(words["same_period"])
    own = _any(words["own_rate"])
    nouns = {w: _direction(row["direction"]) for row in words["nouns"] for w in row["words"]}
    return _Rules(
        units=_unit_rows(units),
        scan=_scanner(words, units),
        listed=re.compile(rf"(?:{_ARABIC}(?:{_SCALE})?(?:、|和|与|及|以及))+$"),
        touch=re.compile(
            rf"(?P<verb>(?:{same})?(?:{_NO_AIM}(?:{long})|{_NO_AIM}{_NO_WORD}(?:{short}))了?)"
            rf"(?:\[[0-9]+\])?(?P<limit>{limits})? ?$"  # a footnote mark may stand between: 下降[86]4.7%
        ),
        limit=re.compile(rf"(?P<limit>{limits}) ?$"),
        round_limit=re.compile(rf"(?P<limit>{limits}|{round_limits}) ?$"),
        behind=re.compile(rf"(?:\(含[^()]{{0,6}}\))?(?P<limit>{_any(after)})"),
        before=before,
        after=after,
        verbs=verbs,
        bare_verb=re.compile(rf"[，,](?P<verb>{long})了?"),
        verb_object=re.compile(rf"(?P<verb>{long})(?![值点额量幅])(?:(?!{own}).){{0,12}}$"),
        nouns=re.compile(rf"(?<!自然)(?P<noun>{_any(nouns)})(?:均|分别|平均|达到?|为|约|超过?|是|在)*$"),
        noun_direction=nouns,
        comparison=re.compile(_any(words["comparison"])),
        measured=re.compile(rf"(?:{_any(words['measured'])})(?:共|累计|合计|再|又|均)?$"),
        multiple=re.compile(
            rf"(?:是|为|相当于|达到?)[^，,。；;]{{0,12}}?(?:{_any(words['multiple_of'])})[^，,。；;]{{0,3}}的?"
            rf"(?P<limit>{limits})? ?$"
        ),
        counting={measure: _counting(row) for row in words["counting"] for measure in row["measures"]},
        collections={
            measure: re.compile(_any(words["collections"]["nouns"])) for measure in words["collections"]["measures"]
        },
    )


def _limits(rows: list[dict[str, Any]]) -> dict[str, _Limit]:
    return {word: _Limit(Bound(row["bound"]), row.get("inclusive")) for row in rows for word in row["words"]}


def _counting(row: dict[str, Any]) -> _Counting:
    things, unless = row.get("things"), row.get("unless")
    never = "(?!)"
    return _Counting(
        things=None if things is None else re.compile(_any(things) or never),
        unless=None if unless is None else re.compile(_any(unless)),
        ends=row.get("ends", False),
    )


def _direction(name: str | None) -> Direction | None:
    return Direction(name) if name else None


def _any(words: Iterable[str]) -> str:
    """An alternation, the longest word first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _guarded(row: dict[str, Any]) -> str:
    """The words of a row, but not where one of its ``after`` characters stands before them."""
    guard = f"(?<![{''.join(row['after'])}])" if row.get("after") else ""
    return f"{guard}(?:{_any(row['words'])})"


def _unit_rows(data: dict[str, Any]) -> dict[str, _Unit]:
    dimensions = {word: row["dimension"] for row in data["dimensions"] for word in row["words"]}
    return {
        word: _Unit(
            dimension=dimensions.get(word, THINGS),
            digits=row["after"] == "digits",
            amount=row.get("amount", False),
            time=row.get("time", False),
            age=row.get("age", False),
        )
        for row in data["units"]
        for word in row["words"]
    }


def _scanner(words: dict[str, Any], data: dict[str, Any]) -> re.Pattern[str]:
    followed = {word: rest for row in data["units"] for word, rest in row.get("followed", {}).items()}
    every = sorted({w for row in data["units"] for w in row["words"]}, key=lambda w: (-len(w), w))
    unit = "|".join(re.escape(w) + (f"(?!{_any(followed[w])})" if w in followed else "") for w in every)
    every_unit = unit
    unit = rf"(?P<unit>(?P<word>{unit})(?:\((?:{_any(data['second'])})\))?(?:/(?:{_any(data['per'])}))?)"
    names = [row["match"] for row in words["names"]]
    part = rf"(?P<part>{_ARABIC}|{_CHARS})"
    alternatives = [
        rf"(?P<nothing>{'|'.join((*_NOTHING, *names))})",
        r"(?P<ratio>(?P<left>[0-9]+(?:\.[0-9]+)?)[∶：:](?P<right>[0-9]+(?:\.[0-9]+)?))",
        rf"(?P<base>{_HAN}++|[0-9]+)分之{part}",
        r"(?P<whole>百分百)",
        rf"(?P<tenths>[{_SINGLE}1-9])成(?P<five>[半一二三四五六七八九])?(?![一-龥]*(?<=成)[立为员功果本都效熟长交套品绩群型就人不千年])",
        r"(?P<half>一半|半数|(?<=[过超近])半(?![年月天日夜小径])数?)",
        rf"(?P<fold>翻了?(?P<folds>[{_SINGLE}]|[0-9])?番|翻倍)",
        rf"(?<=[打享受按])(?P<off>[{_SINGLE}]{{1,2}}|[1-9](?:\.[0-9])?)折(?![叠旧线算射价扣])",
        rf"{_SOME} ?(?P<some_unit>{every_unit})",
        rf"(?:{_number('_low')}(?P<low_unit>[%‰])?{_SEP})?{_number('')} ?{unit}",
    ]
    return re.compile("|".join(alternatives))


# ------------------------------------------------------------------------------------------------ finding


@dataclass(frozen=True, slots=True)
class _Raw:
    """A number with its unit before the words about it are read."""

    start: int
    end: int
    numeral: int
    value: Value
    unit: str
    bound: Bound
    kind: Kind = Kind.LEVEL
    direction: Direction | None = None
    word: str = ""  # the key of the unit's row
    round: bool = False  # a lone 百 千 万 亿
    limit: str = ""  # before or behind, where a bound word stands
    inclusive: bool | None = None
    doubt: Doubt | None = None


# Where a clause ends. A comma inside a number is none.
_BREAK = re.compile(r"[，；;。：:！!？?\n\t]|(?<![0-9]),|,(?![0-9])")
WINDOW = 80  # characters of a clause that are read before a number
RATIO = "ratio"  # the dimension of 3∶1
THINGS = "things"  # of a unit that rules/units.yml gives none
_RATES = frozenset("%‰")
_POINTS = frozenset({"个百分点", "百分点"})
_ROUND = re.compile("[百千万亿]+")
# 一 before a measure word is mostly an article: one is a figure only at the end of its clause
# (聘请法律顾问一名), and not in 未办理一件, 最多跑一次, 不落一户.
_ONE_UNITS = frozenset("件名家份部场处个期所座支宗篇例套")
_ONE_BEFORE = re.compile("[\u4e00-\u9fff]{3}$")
_ONE_NOT = re.compile("[不未无没每最只跑看查同唯之其这那任某另哪]|[做如合统归]一")
_CLAUSE_END = re.compile("[，,。；;、)）]|$")


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of one sentence, heading or table row, in reading order. Empty where it states none."""
    plain = text.translate(_HALF)
    clauses = (0, *(found.end() for found in _BREAK.finditer(plain)))
    found = [raw for raw in _read_all(plain, clauses) if raw.end > raw.start]
    found = _spread_change(plain, found)
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
        if not _is_threshold(plain, clauses, found, n)
    )


def _doubt(raw: _Raw, match: re.Match[str]) -> Doubt | None:
    """Why the number itself is uncertain."""
    if raw.doubt:
        return raw.doubt
    if raw.round:
        return Doubt.ROUND
    if raw.kind is Kind.CHANGE and raw.direction is None:
        return Doubt.SIDE
    lone = match["word"] and match["han"] and len(match["han"]) == 1 and not match["more"]
    return Doubt.COUNTING if lone and raw.kind is Kind.LEVEL and raw.word in _rules().counting else None


def dimension_of(unit: str) -> str:
    """What a unit counts: a value of rules/units.yml; things where it is not listed."""
    row = _rules().units.get(unit) or _rules().units.get(re.split("[(/]", unit)[0])
    return row.dimension if row else THINGS


_SCALED = re.compile(f"({_SCALE})?(.*)", re.S)


def is_unit(text: str) -> bool:
    """Whether a text, as it stands over a column, is a unit: 万元, 件, %, 亿吨公里; a multiplier alone makes it one."""
    scale, bare = _unscaled(text)
    return bare in _rules().units or bool(scale and len(bare) <= _LONGEST_UNIT)


def scaled(value: Value, unit: str) -> tuple[Value, str]:
    """A number of so many 万元 in 元: the multiplier of a unit applied to the value."""
    scale, bare = _unscaled(unit)
    if not scale:
        return value, bare
    size = Decimal(_integer(scale) or 1)
    return (
        (_plain(value[0] * size), _plain(value[1] * size)) if isinstance(value, tuple) else _plain(value * size)
    ), bare


_LONGEST_UNIT = 8  # characters


def _unscaled(unit: str) -> tuple[str, str]:
    """The multiplier before a unit, and the unit, half-width; 万吨级 is listed whole and has none."""
    unit = unit.translate(_HALF).strip()
    found = _SCALED.fullmatch(unit)
    scale, bare = (found[1] or "", found[2]) if found else ("", unit)
    return (scale, bare) if bare and (bare in _rules().units or unit not in _rules().units) else ("", unit)


def _dimension(raw: _Raw) -> str:
    return dimension_of(raw.word) if raw.word else RATIO


def _read_all(text: str, clauses: tuple[int, ...]) -> Iterator[_Raw]:
    rules = _rules()
    last = 0
    for match in rules.scan.finditer(text):
        if match["nothing"] is not None:
            continue
        for raw in _read(match):
            clause = max(last, clauses[bisect_right(clauses, raw.numeral) - 1], raw.numeral - WINDOW)
            full = _complete(text, clause, raw)
            if full and full.start >= last and _is_quantity(text, clause, full, match):
                yield from _listed(text, max(clause, last), full)
                doubt = _doubt(full, match)
                yield replace(full, doubt=doubt) if doubt else full
                last = full.end


def _read(match: re.Match[str]) -> Iterator[_Raw]:
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
        yield _Raw(start, end, start, value, unit, Bound.EXACT, Kind.SHARE)
    elif match["off"]:
        yield from _share(start, end, _off(match["off"]))
    elif match["some"]:
        size, unit = Decimal(_integer(match["some"]) or 1), match["some_unit"]
        yield _Raw(start, end, start, (2 * size, 9 * size), unit, Bound.EXACT, word=unit, doubt=Doubt.INDEFINITE)
    elif match["fold"]:
        folds = match["folds"] or "一"
        times = int(folds) if folds.isascii() else _DIGITS[folds]
        yield _Raw(start, end, start, Decimal(2**times), "倍", Bound.EXACT, Kind.CHANGE, Direction.UP, "倍")
    else:
        yield from _counted(match)


def _share(start: int, end: int, value: Value | None, base: str = "") -> Iterator[_Raw]:
    if value is not None:
        unit = "‰" if base == "千" else "%"
        yield _Raw(start, end, start, value, unit, Bound.EXACT, Kind.SHARE, None, unit)


def _one(text: str) -> Decimal | None:
    """A single number in digits or characters."""
    if text[0].isascii():
        return Decimal(re.sub("[,， ]", "", text))
    value = read_han(text)
    return value if isinstance(value, Decimal) else None


def _fraction(base: str, part: str) -> Decimal | None:
    """In per cent; in per mille after 千分之. 三分之二 is 66.67: two decimals where it has no end."""
    whole, piece = _one(base), _one(part)
    if not whole or piece is None or piece > whole:
        return None
    share = piece * (1000 if base == "千" else 100) / whole
    return _plain(share.quantize(Decimal("0.01")) if -int(share.as_tuple().exponent) > 4 else share)


def _tenths(tenths: str, five: str | None) -> Decimal:
    """八成五 is 85."""
    ten = int(tenths) if tenths.isascii() else _DIGITS[tenths]
    return Decimal(ten * 10 + (5 if five == "半" else _DIGITS[five] if five else 0))


def _off(text: str) -> Decimal:
    """What is left to pay: 八折 is 80, 八五折 85, 8.5折 85."""
    if text[0].isascii():
        return _plain(Decimal(text) * 10)
    return Decimal(int("".join(str(_DIGITS[c]) for c in text).ljust(2, "0")))


def _counted(match: re.Match[str]) -> Iterator[_Raw]:
    high = _amount(match, "")
    if high is None:
        return
    start, end = match.start("digits" if match["digits"] else "han"), match.end()
    bound = Bound.OVER if match["more"] or match["rest"] else Bound.EXACT
    inclusive = False if bound is Bound.OVER else None
    raw = _Raw(
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
        scaled = _plain(low * (high / Decimal(_one(match["digits"] or match["han"]) or 1)))
        low = scaled if scaled <= high else low  # 70至75万 is in 万 both; 8000至1万 is not
    if low < high and low_unit in (None, match["word"]):
        yield replace(raw, start=first, numeral=first, value=(low, high))
    else:
        yield raw


# Not the dash of a range or of a name: a comma, a word that leads to a number or an empty cell stands before it.
_MINUS = re.compile(r"(?:^|[为是达到增长率幅速度，,、(\t|：:])[-−－]$")


def _negative(value: Value) -> Value:
    return (-value[1], -value[0]) if isinstance(value, tuple) else -value


_FROM = re.compile("[由从自][^，,。；;]{0,16}$")  # from A to B is two figures, not a range


def _amount(match: re.Match[str], suffix: str) -> Value | None:
    digits, han, scale = match["digits" + suffix], match["han" + suffix], match["scale" + suffix]
    value = _one(digits) if digits else read_han(han)
    if value is None or not scale:
        return value
    size = Decimal(_integer(scale) or 1) * (10**8 if match["again" + suffix] else 1)  # 3万多亿
    if isinstance(value, tuple):
        return value[0] * size, value[1] * size
    return _added(_plain(value * size), size, match["parts" + suffix])


def _added(value: Decimal, size: Decimal, parts: str) -> Decimal | None:
    """3亿5千万, 1万2千: each part smaller than one of the part before; None where it is not."""
    for part in re.finditer("([0-9]+)([百千]?万|[百千])", parts):
        below = Decimal(_integer(part[2]) or 1)
        added = Decimal(part[1]) * below
        if added >= size:
            return None
        value, size = value + added, below
    return value


def _is_round(match: re.Match[str]) -> bool:
    return bool(match["han"] and not match["more"] and _ROUND.fullmatch(match["han"]))


# -------------------------------------------------------------------------- the words about the number


def _complete(text: str, clause: int, raw: _Raw) -> _Raw | None:
    """With the bound words and the verb of change that touch it, and its kind."""
    rules = _rules()
    raw = _bounded_behind(text, raw)
    touch = rules.touch.search(text, max(clause, raw.start - 14), raw.start)
    is_round = text[raw.start] in "百千万亿半" or text[raw.end - 1] == "成"  # 过百家, 过七成
    limits = rules.round_limit if is_round else rules.limit
    limit = limits.search(text, max(clause, raw.start - 6), raw.start)
    bounded = raw
    if limit:
        said = rules.before[limit["limit"]]
        bounded = replace(raw, start=limit.start(), bound=said.bound, inclusive=said.inclusive, limit="before")
    if raw.kind is Kind.CHANGE:  # 翻番
        return bounded
    if raw.unit == "倍":
        multiple = rules.multiple.search(text, clause, raw.start)
        if multiple:
            return replace(bounded, start=multiple.start(), kind=Kind.CHANGE, direction=_over_one(raw.value))
    if touch:
        changed = _changed_by(text, clause, bounded, touch)
        if changed:
            return changed
    kind, direction = _kind(text, clause, bounded)
    return bounded if (kind, direction) == (bounded.kind, None) else replace(bounded, kind=kind, direction=direction)


def _over_one(value: Value) -> Direction:
    return Direction.UP if (value[0] if isinstance(value, tuple) else value) >= 1 else Direction.DOWN


def _bounded_behind(text: str, raw: _Raw) -> _Raw:
    rules = _rules()
    found = rules.behind.match(text, raw.end)
    if not found or (found["limit"] == "内" and not rules.units[raw.word].time):
        return raw
    said = rules.after[found["limit"]]
    return replace(raw, end=found.end(), bound=said.bound, inclusive=said.inclusive, limit="behind")


def _changed_by(text: str, clause: int, raw: _Raw, touch: re.Match[str]) -> _Raw | None:
    """The quantity as a change by the verb that touches it; None where the verb only counts (减少3个环节)."""
    rules = _rules()
    words = touch["verb"].removesuffix("了")
    name = max((w for w in rules.verbs if words.endswith(w)), key=len)
    verb = rules.verbs[name]
    compared = words != name or _is_compared(text, clause, touch.start())
    relative = raw.unit in _RATES or raw.unit in _POINTS or raw.unit == "倍"
    measured = not verb.short and bool(rules.measured.search(text, clause, touch.start()))
    if not (relative or compared or measured or (verb.alone and not verb.short)):
        return None
    return replace(raw, start=touch.start(), kind=Kind.CHANGE, direction=verb.direction)


def _is_compared(text: str, clause: int, end: int) -> bool:
    """A word of comparison in the clause, or the clause before ends in one (与上年相比，增加12件)."""
    if _rules().comparison.search(text, clause, end):
        return True
    return bool(re.search("(?:相比|同期|相较)[，,]$", text[max(0, clause - 4) : clause]))


def _kind(text: str, clause: int, raw: _Raw) -> tuple[Kind, Direction | None]:
    """The kind of a number no verb touches."""
    rules = _rules()
    relative = raw.unit in _RATES or raw.unit == "倍"
    if raw.unit in _POINTS or relative:
        noun = rules.nouns.search(text, clause, raw.start)
        if noun:
            return Kind.CHANGE, rules.noun_direction[noun["noun"]]
    verb = rules.verb_object.search(text, max(clause, raw.start - 16), raw.start)
    if verb and (relative or raw.unit in _POINTS or rules.comparison.search(text, clause, verb.start())):
        return Kind.CHANGE, rules.verbs[verb["verb"]].direction
    if raw.unit in _POINTS:
        return Kind.CHANGE, None
    return (Kind.SHARE if raw.unit in _RATES else raw.kind), None


# ---------------------------------------------------------------------------------------------- sifting


def _is_quantity(text: str, clause: int, raw: _Raw, match: re.Match[str]) -> bool:
    """Not an article, a name, a counting word, an age limit or a round word without a bound."""
    if match["half"]:
        return _is_half(text, raw, match)
    if match["ratio"]:
        return bool(_RATIO.search(text[clause : raw.start]))
    if match["word"] is None:
        return True
    unit = _rules().units[raw.word]
    if unit.age and (raw.limit or not re.search("平均|人均|均|寿命|年龄[为达]", text[clause : raw.start])):
        return False
    if raw.word == "日" and not raw.limit and not _LASTS.search(text, clause, raw.start):
        return False  # a day of the month
    if raw.word == "位" and raw.kind is Kind.CHANGE:
        return False  # 排名上升3位: a rank
    han = match["han"] if not match["more"] else None
    if not han:
        return True
    collection = _rules().collections.get(raw.word)
    if collection and not raw.limit and collection.match(text, raw.end):
        return False
    if raw.round:
        return _is_round_amount(text, raw, unit)
    if len(han) > 1 or match["han_low"]:
        return True
    return _is_small(text, clause, raw, han)


_LASTS = re.compile("压缩|缩短|压减|缩减|时限|期限|用时|工期")
_RATIO = re.compile("(?:比例|比值|比率|配比|之比|占比)(?:分别)?(?:为|是|约为?|达到?|提高到|提升至)?$")
_GOES_ON = re.compile("的?(?!大关|台阶|关口|的?规模)[\u4e00-\u9fff]")


def _is_round_amount(text: str, raw: _Raw, unit: _Unit) -> bool:
    """百万户以上, 突破万亿元 state a size; 亿元以上项目, 超百亿元项目 a class of things; 万人 is a word."""
    return bool(raw.limit) and not ((raw.limit == "behind" or unit.amount) and _GOES_ON.match(text, raw.end))


def _is_small(text: str, clause: int, raw: _Raw, han: str) -> bool:
    """Whether a single character counts: 两家, 三名; not 二次, 一个, 三项制度, 三元."""
    unit, counting = _rules().units[raw.word], _rules().counting.get(raw.word)
    if raw.kind is Kind.CHANGE:
        return True
    if han == "两" and unit.digits:
        things = counting.things if counting else None  # 举办两期, 两期培训班: so written, two is no ordinal
        return bool(_CLAUSE_END.match(text, raw.end) or (things and things.match(text, raw.end)))
    if han in "二〇零" or unit.digits or (unit.amount and len(raw.word) == 1):
        return False
    if han == "一":
        return _is_one(text, clause, raw)
    if not counting or raw.limit:
        return True
    if _CLAUSE_END.match(text, raw.end):
        return counting.ends
    if counting.unless and counting.unless.match(text, raw.end):
        return False
    return counting.things is None or bool(counting.things.match(text, raw.end))


def _is_one(text: str, clause: int, raw: _Raw) -> bool:
    head = text[clause : raw.start]
    return (
        raw.word in _ONE_UNITS
        and bool(_CLAUSE_END.match(text, raw.end))
        and bool(_ONE_BEFORE.search(head))
        and not _ONE_NOT.search(head)
    )


def _is_half(text: str, raw: _Raw, match: re.Match[str]) -> bool:
    """一半 is a share where something bounds it or it is said to be one: 不足一半, 占一半."""
    return bool(raw.limit) or bool(re.search("[占达为]到?$", text[: raw.start]))


def _listed(text: str, clause: int, raw: _Raw) -> Iterator[_Raw]:
    """The numbers before the last one of a list that share its unit: 分别为5、9和3件."""
    if raw.start != raw.numeral:
        return
    found = _rules().listed.search(text, clause, raw.start)
    if not found or "分别" not in text[clause : found.start()]:
        return
    for number in re.finditer(rf"({_ARABIC})({_SCALE})?", found[0]):
        value = _one(number[1]) or Decimal(0)
        value = _plain(value * (_integer(number[2]) or 1)) if number[2] else value
        start = found.start() + number.start()
        end = found.start() + number.end()
        yield replace(raw, start=start, numeral=start, end=end, value=value, limit="")


_JOINT = re.compile("[、和与及]|以及")


def _after_its_level(text: str, before: _Raw, raw: _Raw) -> _Raw:
    """余额271.9亿元，增加16.3亿元: right behind its level in the same unit, a verb of change says how it changed."""
    verb = _rules().bare_verb.fullmatch(text, before.end, raw.start)
    if not verb or raw.kind is not Kind.LEVEL or before.kind is not Kind.LEVEL or raw.word != before.word:
        return raw
    return replace(raw, start=verb.start("verb"), kind=Kind.CHANGE, direction=_rules().verbs[verb["verb"]].direction)


def _spread_change(text: str, found: list[_Raw]) -> list[_Raw]:
    """分别提高5.1个百分点、13.7个百分点: the second magnitude of the same verb is a change too."""
    out: list[_Raw] = []
    for raw in found:
        before = out[-1] if out else None
        raw = _after_its_level(text, before, raw) if before else raw
        if (
            before
            and before.kind is Kind.CHANGE
            and raw.direction is None
            and raw.unit == before.unit
            and _JOINT.fullmatch(text, before.end, raw.start)
        ):
            raw = replace(raw, kind=Kind.CHANGE, direction=before.direction, doubt=before.doubt)
        out.append(raw)
    return out


_CLASS = re.compile("及以[上下]$")  # 从业人员50人及以上的行业: which ones, not how many
_SAME_PHRASE = re.compile("[^，,；;。：:、！!？?\n\t]+")


def _is_threshold(text: str, clauses: tuple[int, ...], found: list[_Raw], n: int) -> bool:
    """Whether the number only says which things another figure counts.

    2000万元以上项目52个, 超100亿元的企业5家; 17个所执法人员不足5人.
    """
    raw = found[n]
    if not raw.limit or raw.kind is not Kind.LEVEL:
        return False
    after = found[n + 1] if n + 1 < len(found) else None
    amount = _rules().units[raw.word].amount
    if _CLASS.search(text, raw.start, raw.end) and text[raw.end : raw.end + 1] == "的":
        return True
    if after and (raw.limit == "behind" or text[raw.end] == "的" or amount) and raw.bound is not Bound.ABOUT:
        between = text[raw.end : after.start]
        if (not between or _SAME_PHRASE.fullmatch(between)) and len(between) <= 16:
            return True
    before = found[n - 1] if n else None
    clause = clauses[bisect_right(clauses, raw.numeral) - 1]
    return bool(
        before
        and before.start >= clause
        and raw.bound is Bound.UNDER
        and raw.limit == "before"
        and before.kind is Kind.LEVEL
        and _CLAUSE_END.match(text, raw.end)
    )
