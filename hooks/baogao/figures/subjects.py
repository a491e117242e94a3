"""text and its Quantities -> what each of them measures, as a noun phrase made of the report's own words.

What a clause says is completed by what the passage has spoken of so far. Where the grammar gives no phrase for sure,
there is no name, and the clause in the report's own words stands for it: a wrong name is quoted, none is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..model import Doubt, Kind, Printed, Quantity
from ..outline.topics import SCOPE, topics_of
from ..outline.words import Class, ends, one_of, segmented
from ..patterns import JOINTS
from .changes import change_of
from .clauses import Spot, spots
from .confidence import is_likely
from .discourse import REACHED, Discourse, Telling, unsure
from .levels import level_of
from .matters import mentions_of
from .nouns import is_measured, is_whole
from .phrases import stands, with_area
from .respectively import Share, respectively
from .scope import scoped
from .shares import share_of, shared_of
from .sureness import is_sure
from .trimming import ITEM, PER, trim, without_examples

WAS = "原"  # before what is said of the number that was
WAS_BEFORE = re.compile("（[^（）]+前）$")  # behind the name of such a number: （提高前）
_LEADER = re.compile("[^，,。；;：:0-9]{0,20}?(?:负责人|负责同志|书记、[区县市镇乡州]长|书记|[区县市镇乡州局]长)")
_ACCOUNT = re.compile("(?:^|（款）)(?P<item>[^（）]*)（项）[。；]?$")
_TO = re.compile("[向给]$|(?:^|[并，])为$")
_SUMMED = re.compile(f"累计(?:{REACHED}|为)?$")  # 一般预算支出累计突破1000亿元
_COLUMN = re.compile(f"(?P<measure>{one_of('columns')})(?:[增降]幅)?$")
_TRADED = re.compile("(?P<of>.*)进出口(?:总额|额|总值)")
_EACH = re.compile(f"[{JOINTS}].{{2,}}各$")
_EVENLY = re.compile("(?:(?<![平人户亩地日月年])均|双双)(?:达到?|为|在|突破|超过?|逾)*$")
_ALL = re.compile("(?<![平人])[均都](?:为|达到?|是|在)*$")


@dataclass(frozen=True, slots=True)
class Name:
    """What a number measures."""

    subject: str  # stands alone; empty where no phrase is sure
    things: tuple[str, ...] = ()  # each of those one number is stated for, where there are several
    doubt: Doubt | None = None
    said: str = ""  # the words it is made of, in the order of the report: what rules match
    clause: Printed | None = None  # in the report's own words, where there is no subject


class Namer:
    """What the sentences of a node have been speaking of, and the names of their quantities."""

    def __init__(self, matter: str = "", strict: bool = False) -> None:
        """`matter`: what the headings above name; `strict`: a name needs enough points (confidence.py)."""
        self._so_far = Discourse(matter)
        self._strict = strict
        self._opened = False  # the item of an account stands on the next line

    def name(self, text: str, quantities: tuple[Quantity, ...]) -> list[Name]:
        """The names of the quantities of one sentence; to be called for each sentence in its order."""
        so_far, found = self._so_far, _LEADER.match(text)
        so_far.sentence += 1
        so_far.leader = trim(found[0]) if found else ""
        account = _ACCOUNT.search(text)
        if account:  # it heads what follows, as in any account of a department
            whole = "（款）" in account[0] or self._opened  # else its first words stand elsewhere
            so_far.matter, so_far.matter_in = f"{account['item']}（项）" if whole else "", 0
            so_far.last = so_far.whole = Telling()
        self._opened = text.rstrip().endswith("（款）")
        all_spots = spots(text, quantities)
        shares = respectively(all_spots)
        topics = topics_of(text[: quantities[-1].end] if quantities else "")
        mentions = mentions_of(text) if quantities else []
        names, tellings, read = [], list[Telling](), 0
        for n, spot in enumerate(all_spots):
            while read < len(mentions) and mentions[read][0] <= spot.end:
                so_far.matter, so_far.matter_in = mentions[read][1], so_far.sentence
                read += 1
            so_far.carried = False
            before = (so_far.last, so_far.whole, so_far.changed)
            spot = _given(all_spots, n)
            share = shares.get(n)
            if share and share.before is not None:
                so_far.last, so_far.changed = tellings[share.before], ""
                thing = so_far.last.clause.thing if so_far.last.subject else ""
                share = replace(share, thing=thing + share.thing if thing else "") if share.thing else share
            if n and all_spots[n - 1].former:  # 由2分提高到3分: the second is what the first was
                names.append(_named(so_far, spot, so_far.last, ()))
            elif share == Share():
                names.append(_named(so_far, spot, unsure(trim(spot.head)), ()))
            else:
                unread = share or spot.quantity.kind is Kind.CHANGE or spot.head.rstrip().endswith(ends("asides"))
                head = "" if unread else without_examples(spot.head, spot.tail)
                names.append(_named(so_far, spot, *_told(so_far, spot, share or Share()), head))
            if n and _is_per(all_spots[n - 1], spot, names[-1]):
                names[-1] = _withheld(names[-1], spot)
            topic = topics.at(spot.quantity.start)
            subject = scoped(names[-1].subject, spot, topic) if names[-1].subject else ""
            if self._strict and subject and not is_likely(subject, spot, topic, len(all_spots)):
                subject = ""
            names[-1] = replace(names[-1], subject=subject) if subject else _withheld(names[-1], spot)
            if spot.bracketed and not subject:  # 审结39件（含上年结转2件），维持17件: what follows goes on from the 39
                so_far.last, so_far.whole, so_far.changed = before
            tellings.append(so_far.last)
            if spot.quantity.kind is Kind.LEVEL:
                thing = SCOPE.sub("", so_far.last.clause.thing) if names[-1].subject else ""
                so_far.beside = [*(so_far.beside if spot.after_joint else ()), thing]
        return names


def _given(all_spots: Sequence[Spot], n: int) -> Spot:
    """向2万家企业发放资金3亿元, 为8万人提供贷款2亿元: what is given, with to whom."""
    spot, before = all_spots[n], all_spots[n - 1] if n else None
    to = _TO.search(before.head) if before and before.runs_on else None
    if to and to[0] == "为" and segmented(spot.head)[:1] and segmented(spot.head)[0].sort is not Class.NOUN:
        return spot
    return replace(spot, head=to[0] + spot.head) if to else spot


def _named(so_far: Discourse, spot: Spot, told: Telling, things: tuple[str, ...], head: str = "") -> Name:
    """The name, if it stands, and what was told kept for the next."""
    quantity = spot.quantity
    subject = told.subject if stands(told.subject) or (things and is_whole(told.subject)) else ""
    subject = subject if things or is_sure(subject, spot, head) else ""
    subject = (
        with_area(subject) if subject and quantity.dimension == "area" and quantity.kind is Kind.LEVEL else subject
    )
    kept = replace(told, subject=subject, unit=quantity.unit, dimension=quantity.dimension, sentence=so_far.sentence)
    _keep_column(so_far, subject)
    if quantity.kind is not Kind.CHANGE:
        thing = told.clause.thing
        deed = bool(thing) and not subject and segmented(thing)[-1].sort in (Class.ACT, Class.VERB)
        if quantity.kind is Kind.LEVEL and thing and not is_measured(thing) and not deed:
            so_far.whole = so_far.whole if spot.inside and so_far.whole.said else kept
        elif quantity.kind is Kind.LEVEL and subject and told.clause.counts:
            so_far.whole = kept  # 公证机构出证4件，其中涉外公证2件: not of what was counted before that
        so_far.last = kept
        so_far.changed = ""
    if subject and _EACH.search(spot.head):
        subject = f"{subject}（各）" if _is_one_row(subject) else ""
    if subject and quantity.kind is Kind.LEVEL and _EVENLY.search(spot.head + spot.lead) and not things:
        subject = f"{subject}（均）"  # 所有村集体收入均超5万元: of each
    if spot.former and subject:
        subject = f"{subject}（{spot.latter}前）" if spot.latter else ""
    doubt = Doubt.UNNAMED if not subject else Doubt.CARRIED if so_far.carried else None
    said = (WAS if spot.former else "") + told.said
    return Name(subject, things, doubt, said, None if subject else spot.clause)


def _is_per(before: Spot, spot: Spot, name: Name) -> bool:
    """就业人员10万人事故死亡人数1.2人, 70%村收入超过50万元: of so many, not of all."""
    share = before.quantity.dimension == "percent" and spot.quantity.dimension == "money"
    people = before.quantity.dimension == spot.quantity.dimension == "people"
    return before.runs_on and not before.former and (share or people) and is_measured(name.subject)


def _withheld(name: Name, spot: Spot) -> Name:
    return replace(name, subject="", things=(), doubt=Doubt.UNNAMED, clause=spot.clause)


def _keep_column(so_far: Discourse, subject: str) -> None:
    """What a list of trades goes on with, and of what trade exports and imports are."""
    column, traded = _COLUMN.search(subject), _TRADED.fullmatch(subject)
    if column:
        so_far.column, so_far.column_in = column["measure"], so_far.sentence
    if traded:
        so_far.traded, so_far.traded_in = traded["of"], so_far.sentence


def _is_one_row(name: str) -> bool:
    """创建示范村、社区各40个; not 培育企业和新增园区各8个, where each has its verb."""
    return not any(segmented(item)[0].sort is Class.ACT for item in ITEM.split(name)[1:] if item)


def _own(head: str, share: Share) -> str:
    """The words before a number, without those that only say which of the numbers before it speaks of."""
    return head if share.before is None else re.sub("分别|依次", "", head)


def _told(so_far: Discourse, spot: Spot, share: Share) -> tuple[Telling, tuple[str, ...]]:
    """`share`: what 分别 gives it of a list."""
    listed = share.thing
    kind, head = spot.quantity.kind, without_examples(spot.head, spot.tail)
    if kind is Kind.SHARE and _ALL.search(head) and not listed:
        shared = shared_of(so_far, head)
        if shared:
            return shared
    if kind is Kind.CHANGE:
        return change_of(so_far, spot, listed or _own(spot.head, share), share.against), ()
    if kind is Kind.SHARE:
        return share_of(so_far, spot, listed or spot.head), ()
    per = PER.search(trim(spot.head)) if spot.quantity.dimension == "money" else None
    telling = level_of(so_far, spot, listed or (PER.sub("", trim(head)) if per else head))
    if per and telling.subject:  # 低保标准提高到每人每月800元
        telling = replace(telling, subject=f"{telling.subject}（{per[0]}）")
    summed = spot.quantity.dimension == "money" and _SUMMED.search(head.rstrip())
    if telling.subject and summed and "的" not in telling.subject:
        telling = replace(telling, subject="累计" + telling.subject.removeprefix("累计"))
    return telling, ()
