"""What stands round a number that was read: whether it is a quantity at all, its bound and kind."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ..model import Bound, Direction, Doubt, Kind
from ..patterns import HAN
from ..rules import load
from .numerals import Value, read_integer, read_number, trimmed
from .quantity_rules import ARABIC, SCALE, UnitRow, quantity_patterns


@dataclass(frozen=True, slots=True)
class RawQuantity:
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
    values: tuple[Decimal, ...] = ()  # of a ratio
    compound: bool = False  # 一吨半, 3元5角


_RATES = frozenset("%‰")
_POINTS = frozenset({"个百分点", "百分点"})
# 一 before a measure word is mostly an article: one is a figure only at the end of its clause
# (聘请法律顾问一名), and not in 未办理一件, 最多跑一次, 不落一户.
_ONE_UNITS = frozenset("件名家份部场处个期所座支宗篇例套")
_ONE_BEFORE = re.compile(f"[{HAN}]{{3}}$")
_ONE_NOT = re.compile("[不未无没每最只跑看查同唯之其这那任某另哪]|[做如合统归]一")
_CLAUSE_END = re.compile("[，,。；;、)）]|$")


def completed(text: str, clause: int, raw: RawQuantity) -> RawQuantity:
    """The number with the bound words and the verb of change that touch it, and its kind. `clause`: where its own
    begins in the text."""
    rules = quantity_patterns()
    raw = _bounded_behind(text, raw)
    touch = rules.touch.search(text, max(clause, raw.start - 14), raw.start)
    is_round = text[raw.start] in "百千万亿半" or text[raw.end - 1] == "成"  # 过百家, 过七成
    limits = rules.round_limit if is_round else rules.limit
    limit = limits.search(text, max(clause, raw.start - 6), raw.start)
    bounded = raw
    if limit:
        said = rules.before[limit["limit"]]
        bounded = replace(raw, start=limit.start(), bound=said.bound, inclusive=said.inclusive, limit="before")
    if raw.kind in (Kind.CHANGE, Kind.RATIO):  # 翻番, 3∶1
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


def _bounded_behind(text: str, raw: RawQuantity) -> RawQuantity:
    rules = quantity_patterns()
    found = rules.behind.match(text, raw.end)
    more = rules.behind_rates.match(text, raw.end) if raw.unit in rules.rates else None
    if more and not found:
        return replace(raw, end=more.end(), bound=rules.over_rates.bound, inclusive=rules.over_rates.inclusive)
    if not found or (found["limit"] == "内" and not rules.units[raw.word].time):
        return raw
    said = rules.after[found["limit"]]
    return replace(raw, end=found.end(), bound=said.bound, inclusive=said.inclusive, limit="behind")


def _changed_by(text: str, clause: int, raw: RawQuantity, touch: re.Match[str]) -> RawQuantity | None:
    """The quantity as a change by the verb that touches it; None where the verb only counts (减少3个环节)."""
    rules = quantity_patterns()
    words = touch["verb"].removesuffix("了")
    name = max((w for w in rules.verbs if words.endswith(w)), key=len)
    verb = rules.verbs[name]
    compared = words != name or _is_compared(text, clause, touch.start())
    relative = raw.unit in _RATES or raw.unit in _POINTS or raw.unit == "倍"
    measured = not verb.short and bool(rules.measured.search(text, clause, touch.start()))
    measured = measured or (rules.units[raw.word].amount and bool(rules.per_head.search(text, clause, touch.start())))
    if not (relative or compared or measured or (verb.alone and not verb.short)):
        return None
    return replace(raw, start=touch.start(), kind=Kind.CHANGE, direction=verb.direction)


def _is_compared(text: str, clause: int, end: int) -> bool:
    """A word of comparison in the clause, or the clause before ends in one (与上年相比，增加12件)."""
    if quantity_patterns().comparison.search(text, clause, end):
        return True
    return bool(re.search("(?:相比|同期|相较)[，,]$", text[max(0, clause - 4) : clause]))


def _kind(text: str, clause: int, raw: RawQuantity) -> tuple[Kind, Direction | None]:
    """The kind of a number no verb touches."""
    rules = quantity_patterns()
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


def is_quantity(text: str, clause: int, raw: RawQuantity, match: re.Match[str]) -> bool:
    """Whether a number that `match` found counts something.

    Not an article, a name, a counting word, an age limit or a round word without a bound.
    """
    if match["half"]:
        return raw.kind is Kind.CHANGE or _is_half(text, raw)
    if match["slash"]:
        return _is_slash(text, clause, raw)
    if match["ratio"]:
        return len(raw.values) > 2 or bool(_RATIO.search(text[max(0, raw.start - 30) : raw.start]))
    if match["word"] is None or raw.compound:
        return True
    unit = quantity_patterns().units[raw.word]
    if unit.age and (raw.limit or not re.search("平均|人均|均|寿命|年龄[为达]", text[clause : raw.start])):
        return False
    if raw.word == "日" and not raw.limit and not _LASTS.search(text, clause, raw.start):
        return False  # a day of the month
    if raw.word == "位" and raw.kind is Kind.CHANGE:
        return False  # 排名上升3位: a rank
    han = match["han"] if not match["more"] else None
    if not han:
        return True
    collection = quantity_patterns().collections.get(raw.word)
    if collection and not raw.limit and collection.match(text, raw.end):
        return False
    if raw.round:
        return _is_round_amount(text, raw, unit)
    if len(han) > 1 or match["han_low"]:
        return True
    return _is_small(text, clause, raw, han)


_LASTS = re.compile("压缩|缩短|压减|缩减|时限|期限|用时|工期")
# What says that A∶B is a ratio: 男女比例为, 收入比由. A match is won 3∶1.
_RATIO = re.compile(
    "(?:(?<!同|环|对|可|评|相|无)比(?![赛分拼对较如方武])(?:例|值|率|重)?|结构|构成)[^，,。；;赛]{0,12}?$|[按为以]$"
)
_GOES_ON = re.compile(f"的?(?!大关|台阶|关口|的?规模)[{HAN}]")


def _is_round_amount(text: str, raw: RawQuantity, unit: UnitRow) -> bool:
    """百万户以上, 突破万亿元 state a size; 亿元以上项目, 超百亿元项目 a class of things; 万人 is a word."""
    return bool(raw.limit) and not ((raw.limit == "behind" or unit.amount) and _GOES_ON.match(text, raw.end))


def _is_small(text: str, clause: int, raw: RawQuantity, han: str) -> bool:
    """Whether a single character counts: 两家, 三名; not 二次, 一个, 三项制度, 三元."""
    unit, counting = quantity_patterns().units[raw.word], quantity_patterns().counting.get(raw.word)
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


def _is_one(text: str, clause: int, raw: RawQuantity) -> bool:
    head = text[clause : raw.start]
    return (
        raw.word in _ONE_UNITS
        and bool(_CLAUSE_END.match(text, raw.end))
        and bool(_ONE_BEFORE.search(head))
        and not _ONE_NOT.search(head)
    )


def _is_half(text: str, raw: RawQuantity) -> bool:
    """一半 is a share where something bounds it or it is said to be one: 不足一半, 占一半."""
    return bool(raw.limit) or bool(re.search("[占达为]到?$", text[: raw.start]))


def _is_slash(text: str, clause: int, raw: RawQuantity) -> bool:
    """占1/3, 增加了1/3, 2/3以上, 1/3的村; 第1/2版 and 1/3 standing alone are none."""
    said = raw.kind is Kind.CHANGE or raw.limit or _SLASHED.search(text, clause, raw.start)
    return bool(said or text[raw.end : raw.end + 1] == "的")


_SLASHED = re.compile(f"(?:[占达为到近约]|[增减升降][{HAN}]{{0,2}})$")


def listed_before(text: str, clause: int, raw: RawQuantity) -> Iterator[RawQuantity]:
    """The numbers before the last one of a list that share its unit: 分别为5、9和3件."""
    if raw.start != raw.numeral:
        return
    found = quantity_patterns().listed.search(text, clause, raw.start)
    if not found or "分别" not in text[clause : found.start()]:
        return
    for number in re.finditer(rf"({ARABIC})({SCALE})?", found[0]):
        value = read_number(number[1]) or Decimal(0)
        value = trimmed(value * (read_integer(number[2]) or 1)) if number[2] else value
        start = found.start() + number.start()
        end = found.start() + number.end()
        yield replace(raw, start=start, numeral=start, end=end, value=value, limit="")


_JOINT = re.compile(" ?(?:[、和与及]|以及) ?")


def _after_its_level(text: str, before: RawQuantity, raw: RawQuantity) -> RawQuantity:
    """余额271.9亿元，增加16.3亿元: right behind its level in the same unit, a verb of change says how it changed."""
    rules = quantity_patterns()
    verb = rules.bare_verb.fullmatch(text, before.end, raw.start)
    if not verb or raw.kind is not Kind.LEVEL or before.kind is not Kind.LEVEL or raw.word != before.word:
        return raw
    return replace(raw, start=verb.start("verb"), kind=Kind.CHANGE, direction=rules.verbs[verb["verb"]].direction)


def _is_parallel(text: str, before: RawQuantity, raw: RawQuantity) -> bool:
    """压减会议三成、文件两成: the verb stands before both objects."""
    return (
        raw.unit in _RATES
        and before.start == before.numeral
        and bool(_OBJECT.fullmatch(text, before.end, raw.start))
        and not re.search(load("quantities")["own_rate"], text[before.end : raw.start])
    )


_OBJECT = re.compile(f"(?:[、和与及]|以及)[{HAN}]{{2,8}}")


def spread_change(text: str, found: list[RawQuantity]) -> list[RawQuantity]:
    """分别提高5.1个百分点、13.7个百分点: the second magnitude of the same verb is a change too."""
    out: list[RawQuantity] = []
    for raw in found:
        before = out[-1] if out else None
        raw = _after_its_level(text, before, raw) if before else raw
        if (
            before
            and before.kind is Kind.CHANGE
            and raw.direction is None
            and raw.unit == before.unit
            and (_JOINT.fullmatch(text, before.end, raw.start) or _is_parallel(text, before, raw))
        ):
            raw = replace(raw, kind=Kind.CHANGE, direction=before.direction, doubt=before.doubt)
        out.append(raw)
    return out


_CLASS = re.compile("及以[上下]$")  # 从业人员50人及以上的行业: which ones, not how many
_SAME_PHRASE = re.compile("[^，,；;。：:、！!？?\n\t]+")


def is_threshold(text: str, clauses: tuple[int, ...], found: list[RawQuantity], n: int) -> bool:
    """Whether the number only says which things another figure counts.

    2000万元以上项目52个, 超100亿元的企业5家; 17个所执法人员不足5人.
    """
    raw = found[n]
    if not raw.limit or raw.kind is not Kind.LEVEL:
        return False
    after = found[n + 1] if n + 1 < len(found) else None
    amount = quantity_patterns().units[raw.word].amount
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
