"""What a passage has spoken of so far -> what a clause carries on from it: the thing counted before, the matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..model import Kind
from ..outline.topics import SCOPE
from ..outline.words import ends, lexicon, one_of
from ..rules import load
from .clauses import Spot
from .matters import agents, matter_of, overlapped
from .nouns import han, is_measured, is_people
from .phrases import CUMULATED, Clause, level, parse
from .trimming import FEW, context_of, trim

_INTO = re.compile("[将把]?(?P<what>[^将把，]+?)(?:纳入|列入)(?P<where>.+)$")
REACHED = "达到?|突破|超过?"
_REACHES = re.compile(f"(?:总量)?(?:已?(?:{REACHED}))?")
_PLANNED = re.compile("(?P<of>.{2,})(?:年初|全年)预算$")
_LED_TO = re.compile(f"(?<=..)(?:实现|完成|累计)?(?:{one_of('sums')})$")  # of 工业实现产值, 利税
_SECOND = re.compile(f"(?:播种|种植)?(?:{one_of('second_measures')})$")
_SAT = re.compile(f"参加(?P<what>.*(?:{one_of('exams')}))$")
_SAT_BY = re.compile(f"(?P<what>.*(?:{one_of('exams')}))(?:{one_of('sat')})人数$")
_TOOK = re.compile(f"(?P<who>.*)参加(?P<what>.*(?:{one_of('exams')}))人数$")
_EXAMINED = re.compile(f"(?:{one_of('examined')})率?")
_LONGEST_TOPIC = 15  # characters of a clause's object that may stand before a measure


@dataclass(frozen=True, slots=True)
class Telling:
    """What is known of a quantity."""

    clause: Clause = field(default_factory=lambda: Clause(""))
    said: str = ""  # in the order of the report
    subject: str = ""  # as a noun phrase; empty where none is sure
    unit: str = ""
    dimension: str = ""
    sentence: int = 0
    base: str = ""  # what a bare measure was completed with


def told(one: Clause, spot: Spot, said: str = "") -> Telling:
    """A clause with the noun phrase that is made of it."""
    return Telling(one, said or one.said, level(one, spot.quantity.unit, spot.quantity.dimension))


def examined(exam: str, spot: Spot, own: str) -> Telling | None:
    """How many sat an exam and with what result, or at what rate: 合格397人，合格率96.4%."""
    if not exam or not _EXAMINED.fullmatch(own):
        return None
    if (spot.quantity.dimension == "percent") is not own.endswith("率") or spot.quantity.dimension == "cases":
        return None
    name = exam + own + ("" if own.endswith("率") else "人数")
    return Telling(Clause(exam), exam + own, name)


def unsure(said: str) -> Telling:
    """Words that give no name."""
    return Telling(said=said)


@dataclass(slots=True)
class Discourse:
    """What the sentences of a node have been speaking of."""

    matter: str = ""  # what the passage is about, named last
    sentence: int = 0  # counted from 1
    matter_in: int = 0  # the sentence that named it; 0 for a heading
    last: Telling = field(default_factory=Telling)  # the quantity before
    whole: Telling = field(default_factory=Telling)  # the thing counted last that is no part of another
    row: list[str] = field(default_factory=list)  # things that one verb governs: 办理建议30件、提案40件
    row_before: list[str] = field(default_factory=list)  # those of the verb before: 审查文件8件、合同2份，提出意见5条
    beside: list[str] = field(default_factory=list)  # things whose numbers 、 or 和 joins: 31个部门、15个乡镇
    changed: str = ""  # what the change before is of
    column: str = ""  # the measure that changes of several trades are given in: 增加值
    column_in: int = 0  # the sentence that named it
    traded: str = ""  # whose exports and imports were told together: 服务
    traded_in: int = 0
    leader: str = ""  # who the sentence is about, where it is the head of a body
    carried: bool = False  # the name being made leans on an earlier sentence

    def lean(self, before: Telling) -> Telling:
        """What was told, noting whether in an earlier sentence."""
        self.carried |= bool(before.said) and before.sentence < self.sentence
        return before

    def column_near(self) -> str:
        """The measure of a list of trades, of this sentence or the one before."""
        return self.column if self.sentence - self.column_in <= 1 else ""

    def the_matter(self) -> str:
        """The matter; that of the sentence just before is no guess yet."""
        self.carried |= bool(self.matter) and 0 < self.matter_in < self.sentence - 1
        return self.matter

    def is_about(self) -> bool:
        """Whether a heading, this sentence or the one before named the matter."""
        return bool(self.matter) and self.matter_in in (0, self.sentence, self.sentence - 1)

    def near(self, spot: Spot) -> bool:
        """Whether the quantity before has a name and is no further than a comma."""
        return bool(self.last.subject) and self.last.sentence == self.sentence and not spot.apart

    def elided_thing(self, spot: Spot) -> str:
        """The noun that a clause leaves out: of this sentence, or of the one before where it is of one matter."""
        whole = self.whole
        same = bool(self.matter) and matter_of(whole.said) == self.matter and not spot.turned
        near = whole.sentence == self.sentence or (whole.sentence == self.sentence - 1 and (spot.inside or same))
        return SCOPE.sub("", whole.clause.thing) if near else ""

    def reached(self, spot: Spot) -> Telling | None:
        """突破8000公里、达8184公里; 总值增长7.8%、达到3.64万亿元: the value of what was just spoken of."""
        last = self.last
        words = spot.head.strip("、，, ") + spot.lead
        reaches = bool(words) and _REACHES.fullmatch(words) and not spot.apart and not spot.turned_just
        if not reaches or last.clause.verb.endswith(("增", "增加")):
            return None
        if self.changed:
            if spot.quantity.kind is Kind.SHARE and not self.changed.endswith(ends("rates")):
                return None
            return Telling(Clause(self.changed), self.changed, self.changed) if is_measured(self.changed) else None
        return last if self.near(spot) and last.unit == spot.quantity.unit else None

    def exam(self, spot: Spot) -> str:
        """The exam that this sentence is about; empty where it names none: 组织资格考试2次，参考412人."""
        whole_here, last_here = (one.sentence == self.sentence and not spot.apart for one in (self.whole, self.last))
        if whole_here and self.whole.clause.thing.endswith(ends("exams")):
            return self.whole.clause.thing
        took = _SAT.match(self.last.clause.predicate) or _TOOK.match(self.last.clause.thing)
        if last_here and took:
            return took["what"] if han(took["what"]) > FEW else self._who(took) + took["what"]
        sat = _SAT_BY.match(self.last.clause.thing) if last_here else None
        if sat:
            return sat["what"]  # 举办资格考试，168人参加，合格151人
        held = context_of(spot.before)
        return held if held.endswith(ends("exams")) else ""

    def _who(self, took: re.Match[str]) -> str:
        return SCOPE.sub("", took.groupdict().get("who") or self.last.clause.thing)

    def counted(self) -> list[str]:
        """The things counted last in a row: 人大代表建议, 政协提案."""
        thing = self.last.clause.thing
        if not thing or is_measured(thing):
            return []
        self.lean(self.last)
        return [*self.row[:-1], thing] if self.row and self.row[-1] == thing else [thing]

    def measure(self, spot: Spot, one: Clause, bare: str) -> Telling:
        """A bare measure with what it measures: 播放量 of the thing counted last, 出庭率 of the matter."""
        base = next(self._bases(spot, bare), "")
        if not base:
            return Telling(Clause(one.thing), one.thing)
        if bare == "平均年龄" and not is_people(base):
            return Telling(Clause(one.thing), one.thing)
        if bare == "完成率" and base.endswith(ends("heads")) and not base.endswith("项目"):
            return Telling(Clause(one.thing), one.thing)  # 检查企业18家，完成率96%: of a plan, not of firms
        base = _LED_TO.sub("", base)
        base = base.removesuffix("招生") if is_people(bare) else base  # 高中招生800万人，在校生2400万人
        fixed = load("matters")["measures"].get(bare) if base == self.matter else None
        whole, said = Clause(fixed or overlapped(base, bare)), overlapped(base, bare)
        counts = spot.quantity.kind is Kind.LEVEL and not is_measured(bare)
        name = level(whole, spot.quantity.unit, spot.quantity.dimension) if counts else whole.thing
        if base == self.last.clause.thing and spot.inside and not spot.inside_opens and self._is_part():
            return Telling(Clause(one.thing), one.thing)  # 发现隐患95项，其中重大隐患2项，整改率99%: of which
        of = self.last.clause.thing if base == self.last.clause.thing + self.last.clause.verb else base
        if bare == "成功率" and self.last.clause.verb in lexicon("succeeding"):
            of = self.matter if matter_of(self.last.said) == self.matter != "" else self.last.clause.thing
        return Telling(whole, said, name, base=of)

    def _is_part(self) -> bool:
        """Whether what was counted last is a part of what was counted before it."""
        return bool(self.whole.subject) and self.whole.subject != self.last.subject

    def base(self, spot: Spot) -> str:
        """What a rate of the next clause is of; empty where nothing says so."""
        return next(self._bases(spot, "率"), "")

    def _bases(self, spot: Spot, bare: str) -> Iterator[str]:
        """What a bare measure may be of, the nearest first."""
        last, before = self.last, parse(trim(spot.before))
        into = _INTO.search(spot.before)
        if into:  # 将法治建设纳入综合考核，权重由2分提高到3分
            yield f"{into['what']}在{into['where']}中的"
        if last.base and last.sentence == self.sentence and not spot.apart:
            yield last.base
        if bare in lexicon("traded") and 0 < self.traded_in >= self.sentence - 1 and self.traded:
            yield self.traded
        planned = _PLANNED.search(last.clause.thing) if self._follows(spot) else None
        if planned:  # 基本支出年初预算为10万元，支出决算为9万元
            yield planned["of"]
        if spot.turned_just and before.verb and self.matter and before.thing.endswith(self.matter):
            yield from [before.thing] if han(before.thing) <= _LONGEST_TOPIC else []
        if last.sentence == self.sentence and not spot.apart:
            yield from self._of_last(bare)
        context = context_of(spot.before) if spot.turned_just and self.matter_in != self.sentence else ""
        if context:
            yield context
        if last.sentence == self.sentence and not spot.apart and last.clause.actor and not last.clause.thing:
            yield f"{last.said}案件"
        if self.is_about() and not (spot.turned and self.sentence != self.matter_in):
            yield self.the_matter()  # unless a clause without a number has turned to something else
        if is_measured(bare) and last.subject and last.clause.thing and self._follows(spot):
            self.lean(last)
            of = _without_measure(last.clause.thing)
            rated = last.clause.thing.endswith("率") and bare.endswith("率")  # 参学率99%，优秀率82%: not of 参学
            yield from [of] if not is_measured(of) and not rated else []

    def _follows(self, spot: Spot) -> bool:
        return self.last.sentence == self.sentence and not spot.turned_just

    def _of_last(self, bare: str) -> Iterator[str]:
        """What the quantity before, no further than a comma, gives a measure."""
        last, one = self.last, self.last.clause
        if not one.thing:
            return
        if len(self.beside) > 1:  # of all of them, or nobody knows
            yield "、".join(self.beside) if all(self.beside) else ""
        if bare.endswith("率") and one.verb.endswith(bare.removesuffix("率")):
            yield one.thing + one.verb  # 调解成功3051件，成功率97.6%
        if bare == "成功率" and one.verb in lexicon("succeeding"):
            yield one.thing + one.verb  # 调解纠纷6.8万件，成功率99.4%
        sat = _SAT.match(one.predicate)
        if sat:
            yield sat["what"] if han(sat["what"]) > FEW else one.thing + sat["what"]
        if is_measured(one.thing) or not last.subject:
            return
        matter = matter_of(last.said)
        if one.verb in lexicon("results") and is_measured(bare) and not bare.endswith("率"):
            yield ""  # 惠及居民4829户，完成投资1.34亿元: not of those who gain by it
        if bare.endswith(ends("invested")) and not one.predicate:
            yield last.subject  # 集中开工的重大项目总投资: of those alone
        if bare.endswith("率") and one.thing.endswith(ends("assessed")) and one.thing not in lexicon("assessed"):
            yield one.thing  # 抽评行政处罚案卷800份，优秀率22%
        if not (matter and matter == self.matter and not is_people(one.thing)) or matter in agents():
            yield one.thing
        actor = CUMULATED.sub("", SCOPE.sub("", one.actor))
        if matter and actor.endswith(matter):
            yield actor


def _without_measure(thing: str) -> str:
    """What a measure that follows another is of: 案件 of 案件数量."""
    return _SECOND.sub("", thing) if is_measured(thing) else thing
