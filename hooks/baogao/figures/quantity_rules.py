"""rules/quantities.yml, rules/units.yml -> patterns, read once: what may be a number, its unit, its bound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from ..model import Bound, Direction
from ..patterns import COUNTED, GROUPED, HALF_WIDTH, HAN, IN_PHRASE, NUMERAL, ONE_TO_NINE, any_of
from ..rules import load
from .numerals import Value, read_integer, trimmed


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What rules/units.yml says of one word for a unit."""

    dimension: str  # people, cases, money...
    digits: bool  # not after a lone character: 二期 is the second phase
    amount: bool  # an amount of money or stuff, not a count
    time: bool
    age: bool
    multiple: bool  # 倍


@dataclass(frozen=True, slots=True)
class _BoundWord:
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
class QuantityPatterns:
    """The data files as compiled patterns. All are matched against text put through ``HALF_WIDTH``."""

    units: dict[str, UnitRow]
    scan: re.Pattern[str]  # what is no quantity, or a number with its unit
    listed: re.Pattern[str]  # the numbers before the last of a list: 5、9和
    touch: re.Pattern[str]  # verb of change, then bound, up to the number
    limit: re.Pattern[str]  # bound up to the number
    round_limit: re.Pattern[str]  # and up to 百 千 万 亿 半: 过百家
    behind: re.Pattern[str]
    behind_rates: re.Pattern[str]  # 多 余
    rates: frozenset[str]  # the units they stand behind
    over_rates: _BoundWord
    before: dict[str, _BoundWord]
    after: dict[str, _BoundWord]
    verbs: dict[str, _Verb]
    bare_verb: re.Pattern[str]  # a comma and a verb of change, up to the number
    verb_object: re.Pattern[str]  # a verb of change and its object, up to the number
    nouns: re.Pattern[str]
    noun_direction: dict[str, Direction | None]
    comparison: re.Pattern[str]
    per_head: re.Pattern[str]  # 每人每月, 人均: an amount for each, up to the verb
    measured: re.Pattern[str]  # what grows or falls by itself, up to the verb
    multiple: re.Pattern[str]
    counting: dict[str, _Counting]
    collections: dict[str, re.Pattern[str]]


_DIGITS_OF_FORMS = "壹贰叁肆伍陆柒捌玖"  # in [...]
_FORMS = f"{_DIGITS_OF_FORMS}拾佰仟"  # in [...]: numerals that forms write against forgery
_AS_PLAIN = str.maketrans(f"{_FORMS}圆", f"{ONE_TO_NINE}十百千元")
_SUM = re.compile(
    f"(?:[{_FORMS}][{_FORMS}零万亿]+|(?<![队大收])[{_FORMS}])(?:[元圆]|(?<=[佰仟万亿拾])[件人户个亩吨])"
    f"(?:[{_DIGITS_OF_FORMS}]角)?(?:[{_DIGITS_OF_FORMS}]分)?"
)


def financial(text: str) -> str:
    """With the numerals of forms as plain ones, one character each: 伍仟元 is 五千元."""
    return _SUM.sub(lambda found: found[0].translate(_AS_PLAIN), text)


# 千 is a part of the numeral right behind its digit: 五千千瓦 are 5,000, 三万千瓦 30,000 of them.
_HAN = f"(?:(?!千)[{NUMERAL}]|千(?![瓦克米伏卡焦])|(?<![十百千万亿])千)"
_SEP = "(?: ?(?:[—–―~～〜－-]{1,2}|至|到) ?)"
# Digits with spaces between them: 1 3 6, 9 8 . 5. A year before a number is none of its digits.
_APART = "[0-9]{1,6}(?: [0-9]{1,6})"
_TYPED = (
    rf"(?!(?:19|20)[0-9]{{2}} ){_APART}{{1,11}}(?![0-9])(?: ?[.] ?{_APART}{{0,5}})?"
    rf"|(?<=[{HAN} ])[0-9]+(?: [.] ?|[.] ){_APART}{{0,5}}"  # not at the start: 3. 5个 is an item
)
# 1,136  1，136  3 872  12.5. Not inside a decimal, after + or x, or as a part of a longer number (3亿5千万).
ARABIC = (
    r"(?<![0-9+×*])(?<![0-9]\.)(?<![0-9][千万亿])"
    rf"(?:(?:{GROUPED})(?![0-9])(?:\.[0-9]+)?"
    rf"|(?:{_TYPED})(?![0-9])(?![.][0-9]))"
)
GAPS = re.compile("[0-9]{1,3}(?: [0-9]{3})+(?:[.][0-9]+)?")  # spaces that part thousands
# 几百 and 数十 name no number: _SOME reads them.
_NO_SUM = "(?<![十人户件次总多少无个指参计])"  # 人数百余人 is a number of people and 百余
_CHARS = rf"(?<!{_NO_SUM}数)(?<![几{NUMERAL}]){_HAN}++(?:点[〇零{ONE_TO_NINE}]+)?"
_SOME = rf"{_NO_SUM}[数几](?P<some>[十百千万亿]+)[余多]?"
# 千 is a part of the unit in 千瓦, 百 in 百分点.
SCALE = "(?:[十百千]?万亿|[十百千]?亿|[十百千]?万|千(?![瓦克米伏卡焦])|百(?!分))"


def _number(suffix: str) -> str:
    return (
        rf"(?:(?P<digits{suffix}>{ARABIC})|(?P<han{suffix}>{_CHARS}))"
        rf"(?: ?(?P<more{suffix}>[余多几]|(?<=[0十百千万亿])来(?![自源宾华])))?"
        rf"(?: ?(?P<scale{suffix}>{SCALE})"
        rf"(?P<parts{suffix}>(?:[0-9]+(?:[百千]?万|[百千]))*)(?P<rest{suffix}>[余多])?(?P<again{suffix}>亿)?)?"
    )


# Spans that hold numerals and state nothing. Each is one alternative of the scanner, tried before a number.
_NOTHING = (
    # longer than any number: an account, a code
    "[0-9]{20,}+",
    rf"[{NUMERAL}]{{30,}}+",
    # names: “七进”, “1+3+N”, "3·15". A longer quotation, or one with a clause in it, may state a figure.
    "“[^“”，。；：,;:!！?？\n]{1,16}”",
    '"[^"“”，。；：,;:!！?？\n]{1,16}"',
    "[‘「『][^‘’「」『』，。；：\n]{1,16}[’」』]",
    "《[^《》\n]{1,80}》",
    # ordinals: 第五次, 第1-3批, 二十届三中全会, 十四届五次会议, 前十名
    # 第一、二、三卷, 六届七次、八次全会
    rf"第 ?(?:[0-9]+(?:(?:{_SEP}|[、和及])[0-9]+)*|{_HAN}+(?:(?:{_SEP}|[、和及])(?!两){_HAN}+)*)(?:大类)?",
    rf"(?:[0-9]+|{_HAN}+)届(?:{_HAN}+次(?:[、和及至]{_HAN}+次)*)?",
    rf"{_HAN}+次(?:[、和及至]{_HAN}+次)+(?=全会|会议|全体)",
    rf"(?<![目当此日之提以])前 ?(?:[0-9]+|{_HAN}+)(?:名|位|强|列|茅|个月|季度)",
    # denominators: 每万人, 每10万人, 每两月
    rf"每 ?(?:[0-9.]+|{_HAN}+)(?:{SCALE})?(?:个?(?:人|户|月|年|季度|周|天|名|件))?",
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
_TERM = "[0-9]+(?:[.][0-9]+)?%?"  # of a ratio
_NO_AIM = "(?<![稳促保])"  # 稳增长75条措施 is an aim
_NO_WORD = "(?<![新净最至不更许众])"  # 新增, 最高, 至少, 不多 are words of their own


@cache
def quantity_patterns() -> QuantityPatterns:
    """The patterns by which numbers, their units and bounds are found, compiled once."""
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
    long = any_of(w for w, v in verbs.items() if not v.short)
    short = any_of(w for w, v in verbs.items() if v.short)
    same = any_of(words["same_period"])
    own = words["own_rate"]
    nouns = {w: _direction(row["direction"]) for row in words["nouns"] for w in row["words"]}
    return QuantityPatterns(
        units=_unit_rows(units),
        scan=_scanner(words, units),
        listed=re.compile(rf"(?:{ARABIC}(?:{SCALE})?(?:、|和|与|及|以及))+$"),
        touch=re.compile(
            rf"(?P<verb>(?:{same})?(?:{_NO_AIM}(?:{long})|{_NO_AIM}{_NO_WORD}(?:{short}))了?)"
            rf"(?:\[[0-9]+\])?(?P<limit>{limits})? ?$"  # a footnote mark may stand between: 下降[86]4.7%
        ),
        limit=re.compile(rf"(?P<limit>{limits}) ?$"),
        round_limit=re.compile(rf"(?P<limit>{limits}|{round_limits}) ?$"),
        behind=re.compile(rf"(?:\(含[^()]{{0,6}}\))?(?P<limit>{any_of(after)})"),
        behind_rates=re.compile(rf"(?:{any_of(words['behind_rates']['words'])})(?=[，,。；;、）)的\s]|$)"),
        rates=frozenset(words["behind_rates"]["units"]),
        over_rates=_BoundWord(Bound(words["behind_rates"]["bound"]), words["behind_rates"]["inclusive"]),
        before=before,
        after=after,
        verbs=verbs,
        bare_verb=re.compile(rf"[，,](?P<verb>{long})了?"),
        verb_object=re.compile(rf"(?P<verb>{long})(?![值点额量幅])(?:(?!{own}).){{0,12}}$"),
        nouns=re.compile(rf"(?<!自然)(?P<noun>{any_of(nouns)})(?:均|分别|平均|达到?|为|约|超过?|是|在)*$"),
        noun_direction=nouns,
        comparison=re.compile(any_of(words["comparison"])),
        per_head=re.compile(words["per_head"]),
        measured=re.compile(rf"(?:{any_of(words['measured'])})(?:共|累计|合计|再|又|均)?$"),
        multiple=re.compile(
            rf"(?:是|为|相当于|达到?){IN_PHRASE}{{0,12}}?(?:{any_of(words['multiple_of'])}){IN_PHRASE}{{0,3}}的?"
            rf"(?P<limit>{limits})? ?$"
        ),
        counting={measure: _counting(row) for row in words["counting"] for measure in row["measures"]},
        collections={
            measure: re.compile(any_of(words["collections"]["nouns"])) for measure in words["collections"]["measures"]
        },
    )


def _limits(rows: list[dict[str, Any]]) -> dict[str, _BoundWord]:
    return {word: _BoundWord(Bound(row["bound"]), row.get("inclusive")) for row in rows for word in row["words"]}


def _counting(row: dict[str, Any]) -> _Counting:
    things, unless = row.get("things"), row.get("unless")
    never = "(?!)"
    return _Counting(
        things=None if things is None else re.compile(any_of(things) or never),
        unless=None if unless is None else re.compile(any_of(unless)),
        ends=row.get("ends", False),
    )


def _direction(name: str | None) -> Direction | None:
    return Direction(name) if name else None


def _guarded(row: dict[str, Any]) -> str:
    """The words of a row, but not where one of its ``after`` characters stands before them."""
    guard = f"(?<![{''.join(row['after'])}])" if row.get("after") else ""
    return f"{guard}(?:{any_of(row['words'])})"


def _unit_rows(data: dict[str, Any]) -> dict[str, UnitRow]:
    dimensions = {word: row["dimension"] for row in data["dimensions"] for word in row["words"]}
    return {
        word: UnitRow(
            dimension=dimensions.get(word, THINGS),
            digits=row["after"] == "digits",
            amount=row.get("amount", False),
            time=row.get("time", False),
            age=row.get("age", False),
            multiple=word == "倍",
        )
        for row in data["units"]
        for word in row["words"]
    }


def _scanner(words: dict[str, Any], data: dict[str, Any]) -> re.Pattern[str]:
    followed = {word: rest for row in data["units"] for word, rest in row.get("followed", {}).items()}
    every = sorted({w for row in data["units"] for w in row["words"]}, key=lambda w: (-len(w), w))
    unit = "|".join(re.escape(w) + (f"(?!{any_of(followed[w])})" if w in followed else "") for w in every)
    every_unit, per = unit, any_of(data["per"])
    each = rf"/(?:{per})|每(?:{per})(?=[，,。；;、）)的以计]|$)"  # 元/吨, 3元每吨
    unit = rf"(?P<unit>(?P<word>{unit})(?:\((?:{any_of(data['second'])})\))?(?:{each})?)"
    names = [row["match"] for row in words["names"]]
    part = rf"(?P<part>{ARABIC}|{_CHARS})"
    alternatives = [
        rf"(?P<nothing>{'|'.join((*_NOTHING, *names))})",
        rf"(?P<ratio>(?<![0-9.]){_TERM}(?: ?(?:[∶：:]|比(?=[0-9])) ?{_TERM})+(?![0-9]))",
        rf"(?P<base>{_HAN}++|[0-9]+)分之{part}",
        r"(?P<slash>(?<![0-9A-Za-z/.×+-])(?P<over>[1-9])/(?P<under>[1-9][0-9]?)(?![0-9A-Za-z/.]))",
        r"(?P<whole>百分百)",
        rf"(?P<tenths>[{COUNTED}1-9])成(?P<five>[半{ONE_TO_NINE}])?(?![{HAN}]*(?<=成)[立为员功果本都效熟长交套品绩群型就人不千年])",
        r"(?P<half>一半|半数|(?<=[过超近])半(?![年月天日夜小径])数?)",
        rf"(?P<rounded>{ARABIC}|{_CHARS}) ?个(?P<odd>[半多余])(?P<odd_unit>小时|月|工作日)(?![{HAN}]{{0,6}}圈)",
        rf"(?<![上下大多前后一过每{COUNTED}十])半(?P<half_of>{any_of(words['halved'])})(?![{HAN}]{{0,6}}圈)",
        rf"(?P<fold>翻了?(?P<folds>[{COUNTED}]|[0-9])?番|翻倍)",
        rf"(?<=[打享受按])(?P<off>[{COUNTED}]{{1,2}}|[1-9](?:\.[0-9])?)折(?![叠旧线算射价扣])",
        rf"{_SOME} ?(?P<some_unit>{every_unit})",
        rf"(?:{_number('_low')}(?P<low_unit>{every_unit})?(?P<to>{_SEP}))?{_number('')} ?{unit}",
    ]
    return re.compile("|".join(alternatives))


THINGS = "things"  # of a unit that rules/units.yml gives none


def dimension_of(unit: str) -> str:
    """What a unit counts: a value of rules/units.yml; things where it is not listed."""
    row = quantity_patterns().units.get(unit) or quantity_patterns().units.get(re.split("[(/每]", unit)[0])
    return row.dimension if row else THINGS


_SCALED = re.compile(f"({SCALE})?(.*)", re.S)


def is_unit(text: str) -> bool:
    """Whether a text, as it stands over a column, is a unit: 万元, 件, %, 亿吨公里; a multiplier alone makes it one."""
    scale, bare = _unscaled(text)
    return bare in quantity_patterns().units or bool(scale and len(bare) <= _LONGEST_UNIT)


def scaled(value: Value, unit: str) -> tuple[Value, str]:
    """A number of so many 万元 in 元: the multiplier of a unit applied to the value."""
    scale, bare = _unscaled(unit)
    if not scale:
        return value, bare
    size = Decimal(read_integer(scale) or 1)
    return (
        (trimmed(value[0] * size), trimmed(value[1] * size)) if isinstance(value, tuple) else trimmed(value * size)
    ), bare


_LONGEST_UNIT = 8  # characters


def _unscaled(unit: str) -> tuple[str, str]:
    """The multiplier before a unit, and the unit, half-width; 万吨级 is listed whole and has none."""
    unit = unit.translate(HALF_WIDTH).strip()
    found = _SCALED.fullmatch(unit)
    scale, bare = (found[1] or "", found[2]) if found else ("", unit)
    units = quantity_patterns().units
    return (scale, bare) if bare and (bare in units or unit not in units) else ("", unit)
