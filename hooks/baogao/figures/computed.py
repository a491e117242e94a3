"""Figures -> what follows from them by exact arithmetic, formula and premises shown.

- the year before, from a level or rate and its change;
- the most a rate can have been, from how many times it grew: no rate is over 100 %;
- the sum of the parts of a total, where the words say that these are its parts;
- the share of a part, from two counts.

A result stands apart from the report's own figures everywhere: another table, another mark. It is given only where the
words settle it and the premises are exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from itertools import groupby, pairwise

from ..model import Bound, Direction, Figure, Kind
from ..patterns import IN_PHRASE

_YEAR_BEFORE = re.compile("同比|[较比]?上年|[较比]?上一年|[较比]?去年")
# between a level and its change nothing but the comparison may stand: 罚款 between them is another thing
_BRIDGE = re.compile(
    "[，,、\\s]*(?:[较比与]?(?:上年|上一年|去年)(?:度|同期)?(?:相比)?[，,]?|同比|再|又|均|持续|大幅|实际|名义)*"
)
# stated at current prices, compared at constant ones (国家统计局, notes to its communiqués): there is no way back
_CONSTANT_PRICES = re.compile("生产总值|增加值|总产值|业务总量|劳动生产率|万元.{0,8}(?:用水量|能耗)")
_COUNTED = re.compile("[^元吨亩度里]*$")  # units that come in whole numbers: no money, weight, area


_DIGITS = 4  # a change in per cent gives no more


class Rule(StrEnum):
    """By what a value was computed."""

    YEAR_BEFORE = "year-before"
    AT_MOST = "at-most"  # the year before, at most
    SUM = "sum"  # of the parts of a total
    SHARE = "share"  # of a part in its total


@dataclass(frozen=True, slots=True)
class Computed:
    """A value this site computed."""

    id: str  # c1-2-3-4-17: of the figure it follows from last
    rule: Rule
    premises: tuple[str, ...]  # ids of the figures it follows from
    value: Decimal
    bound: Bound  # under: at most so much
    exact: bool  # False where it was rounded
    unit: str
    subject: str  # what it measures, in the report's words
    formula: str  # 500 ÷ (1 + 25%)
    printed: Decimal | None = None  # of a sum: the total the report prints

    @property
    def of(self) -> str:
        """The id of the figure it says more of: the level, the total, the part."""
        return self.premises[-1 if self.rule is Rule.SHARE else 0]


@dataclass(frozen=True, slots=True)
class Whole:
    """A total and those of its parts that the words behind 其中 name, in their order."""

    total: Figure
    parts: tuple[Figure, ...]
    exhaustive: bool  # the parts add up, or one of them is the rest


def computed(figures: Sequence[Figure], text: str) -> Iterator[Computed]:
    """All that follows, in the order of the figures it follows from; `text` is that of the report's source."""
    found = [*_years_before(figures, text), *_at_most(figures), *_of_wholes(figures, text)]
    order = {figure.id: n for n, figure in enumerate(figures)}
    return iter(sorted(found, key=lambda one: order[one.premises[-1]]))


def _years_before(figures: Sequence[Figure], text: str) -> Iterator[Computed]:
    for level, change in pairwise(figures):
        if _follows(level, change, text):
            result = _year_before(level, change)
            if result:
                yield result


def is_change_of(change: Figure, level: Figure) -> bool:
    """Whether a figure is the change of another of its sentence, as their words say."""
    return (
        level.sentence == change.sentence
        and level.kind is not Kind.CHANGE
        and change.kind is Kind.CHANGE
        and change.direction is not None
        and change.said.startswith(level.said)
    )


def _follows(level: Figure, change: Figure, text: str) -> bool:
    return (
        is_change_of(change, level)
        and level.bound is change.bound is Bound.EXACT
        and not _CONSTANT_PRICES.search(level.said)
        and bool(_YEAR_BEFORE.search(text[level.end : change.end]))
        and bool(_BRIDGE.fullmatch(text[level.end : change.start]))
    )


def _year_before(level: Figure, change: Figure) -> Computed | None:
    now, step = level.value, change.value
    if isinstance(now, tuple) or isinstance(step, tuple):
        return None
    up = change.direction is Direction.UP
    if level.kind is Kind.LEVEL and change.unit == "%":
        factor = 1 + (step if up else -step) / 100
        if factor <= 0:
            return None
        value, formula = now / factor, f"{now:,f} ÷ (1 {'+' if up else '−'} {step:f}%)"
    elif (level.kind is Kind.SHARE and change.unit == "个百分点") or change.unit == level.unit != "%":
        value, formula = (now - step if up else now + step), f"{now:,f} {'−' if up else '+'} {step:,f}"
    else:
        return None  # a rate that grew by per cent: of itself, or in points? The words do not say.
    if value < 0 or (level.unit == "%" and value > 100):
        return None
    rounded = _rounded(value, level.unit)
    return Computed(
        _id(change, Rule.YEAR_BEFORE),
        Rule.YEAR_BEFORE,
        (level.id, change.id),
        rounded,
        Bound.EXACT,
        rounded == value,
        level.unit,
        level.told,
        formula,
    )


def _rounded(value: Decimal, unit: str) -> Decimal:
    """As it is where it needs no more than four digits, else to four; whole where the unit is counted."""
    digits = max(value.adjusted() + 1, 1)
    if value == value.to_integral_value() or (unit == "%" and value == value.quantize(Decimal("0.01"))):
        return value
    rounded = value.quantize(Decimal(1).scaleb(max(digits - _DIGITS, -2)), ROUND_HALF_EVEN)
    whole = bool(_COUNTED.match(unit)) and unit != "%"
    return (rounded.quantize(Decimal(1), ROUND_HALF_EVEN) if whole else rounded).quantize(
        Decimal("0.01")
    ).normalize() + 0


def _id(figure: Figure, rule: Rule) -> str:
    """c1-2-3-4-17; a second value from the same figure has its rule behind: c1-2-3-4-17-sum."""
    return f"c{figure.id[1:]}" + ("" if rule is Rule.YEAR_BEFORE else f"-{rule}")


_RATE = re.compile(f"率{IN_PHRASE}{{0,12}}$")
_UP_TO_RATE = re.compile("率[^率]*$")
_GROWN = re.compile("(?:增长|增加|提高|上升|提升)")  # 增长1.8倍 is 2.8 times as much


def _at_most(figures: Sequence[Figure]) -> Iterator[Computed]:
    """行政复议调解率翻三番: eight times as much now is at most 100 %, so it was at most 12.5 %."""
    for n, figure in enumerate(figures):
        times = figure.value
        if figure.kind is not Kind.CHANGE or figure.unit != "倍" or isinstance(times, tuple):
            continue
        if figure.direction is not Direction.UP or figure.bound is not Bound.EXACT or not _RATE.search(figure.said):
            continue
        before = figures[n - 1] if n else None
        if before and before.sentence == figure.sentence and figure.said.startswith(before.said):
            continue  # its level is printed: the year before follows from that
        if _GROWN.search(figure.quote):
            times += 1
        if times > 1:
            most = 100 / times
            rounded = _rounded(most, "%")
            rule, formula, subject = Rule.AT_MOST, f"100% ÷ {times:f}", _UP_TO_RATE.sub("率", figure.subject)
            yield Computed(
                _id(figure, rule),
                rule,
                (figure.id,),
                rounded,
                Bound.UNDER,
                rounded == most,
                "%",
                subject,
                formula,
            )


def _of_wholes(figures: Sequence[Figure], text: str) -> Iterator[Computed]:
    following = {one.id: after for one, after in pairwise(figures)}
    for whole in wholes(figures, text):
        if not whole.total.value:
            continue  # of nothing there is no share
        if len(whole.parts) > 1 and whole.exhaustive:
            yield _sum(whole)
        elif len(whole.parts) == 1 and not _rate_is_printed(whole.parts[0], following):
            yield _share(whole.total, whole.parts[0])


def _sum(whole: Whole) -> Computed:
    values = [_number(part) for part in whole.parts]
    total, rule = whole.total, Rule.SUM
    return Computed(
        _id(total, rule),
        rule,
        (total.id, *(part.id for part in whole.parts)),
        sum(values, Decimal(0)),
        Bound.EXACT,
        True,
        total.unit,
        "、".join(part.told for part in whole.parts),
        " + ".join(f"{value:,f}" for value in values),
        _number(total),
    )


def _share(total: Figure, part: Figure) -> Computed:
    whole, piece = _number(total), _number(part)
    share = piece * 100 / whole
    rounded = share.quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    rule, formula = Rule.SHARE, f"{piece:,f} ÷ {whole:,f}"
    return Computed(
        _id(part, rule), rule, (total.id, part.id), rounded, Bound.EXACT, rounded == share, "%", part.told, formula
    )


def _rate_is_printed(part: Figure, following: Mapping[str, Figure]) -> bool:
    """其中农民工讨薪案件176件，占比超四成: the report says the share itself."""
    after = following.get(part.id)
    return after is not None and after.kind is Kind.SHARE and after.sentence == part.sentence


_INSIDE = re.compile("[，,、（(：:\\s]*其中[，,：:]?[^；;。0-9]*")
_NEXT_PART = re.compile("[、，,和及][^；;。0-9]*")
_REST = re.compile("其他|其它|其余")


def wholes(figures: Sequence[Figure], text: str) -> Iterator[Whole]:
    """收到91件，其中公开52件、部分公开11件、其他28件: each total with the parts the words behind 其中 name."""
    for _, group in groupby(figures, key=lambda figure: figure.sentence):
        said = list(group)
        for n, total in enumerate(said):
            parts = tuple(_parts(total, said[n + 1 :], text))
            if parts:
                added = sum(map(_number, parts), Decimal(0))
                rest = any(_REST.search(part.said) for part in parts)
                yield Whole(total, parts, rest or added == total.value)


def _parts(total: Figure, after: Sequence[Figure], text: str) -> Iterator[Figure]:
    end, bridge = total.end, _INSIDE
    for figure in after:
        if not (_is_plain(total) and _is_plain(figure) and figure.unit == total.unit):
            return
        if not bridge.fullmatch(text, end, figure.start) or _number(figure) > _number(total):
            return
        yield figure
        end, bridge = figure.end, _NEXT_PART


def _is_plain(figure: Figure) -> bool:
    """A count, exact and one."""
    return figure.kind is Kind.LEVEL and figure.bound is Bound.EXACT and isinstance(figure.value, Decimal)


def _number(figure: Figure) -> Decimal:
    """The value of a figure that is plain."""
    assert isinstance(figure.value, Decimal)
    return figure.value
