"""A name that says too little alone -> the same with whose it is, where its topic says so for sure, else none.

市属国有企业完成重组，资产总额80亿元 is of those firms, not of the city; of 强化服务，新增项目12个 nobody knows which.
"""

from __future__ import annotations

import re

from ..model import Kind
from ..outline.topics import SCOPE, Topic, acts_first, area_of, set_up
from ..outline.words import Class, ends, lexicon, one_of, segmented
from .clauses import Spot
from .nouns import han, is_measured
from .phrases import parse, stands
from .trimming import trim

_CHANGED = re.compile("(?:（[^（）]*）|(?:较[^的]{2,8})?(?:年均|同比)?[增降]幅|增加量|减少量)$")
_WHEN = re.compile("^(?:累计|[三四五]年来?|当年|全年|年度|年均|年|计划|预计)+")
_LENIENT = ("不予", "减轻", "从轻", "免予", "免于")
_FEW = 4  # characters of a deed that may be done to anything
_LONGEST_OWNER = 18
_SUMMED = re.compile("^累计")
_DEALS = re.compile(one_of("deals"))
_AGAINST_ALL = re.compile("[高快低慢]于全[国省市州区县]")
_ANY = re.compile(f"^(?:重点|重大)(?=项目$)|^(?:{one_of('vague')})(?=..)")
_BODIES = re.compile("(?:县市区|市县区|区县|县区?|城区|乡镇|镇街|村)(?!级|域|内)")
_MANY = re.compile("[0-9]个$")
_ANYBODYS = re.compile("^(?:企业|在建项目|机构|单位)(?=..)")
_NOBODYS = re.compile("的(?:资金|各类[^的]+)$")  # 安排的资金, 整治的各类问题: for what, of what
_LIVE = re.compile("(?:行政村|建制村|农村|乡村|城镇|县城|城市|乡镇)(?![中和、与及])")
_SAYS_WHERE = re.compile("[村城镇乡县]")
_SPOKEN = re.compile("[0-9]")


def scoped(name: str, spot: Spot, topic: Topic) -> str:
    """The name is empty where it lacks whose it is and nobody can say."""
    place = _place(name, spot, topic)
    if place is not None:
        return _whose(place, name) if place else ""
    counts, measures = _is_bare_count(name), is_measured(_core(name))
    if (not counts and not measures) or SCOPE.match(spot.clause.text):
        return name
    bare = counts or _is_bare_measure(name)
    if bare and topic.partners and "合作" in name:
        return ""
    bodies = _not_in(name, topic.bodies) if measures and not name.endswith(("人数", "人次")) else ""
    of_one = _core(name) in lexicon("of_one")  # of a harbour, where one was named; else of the place
    if not bodies and not bare and not of_one and not _is_led(name, spot):
        return name
    owners = [bodies] if bodies else _owners(topic, bare or of_one)
    held = _core(name).partition("的")[2] in lexicon("held")
    if not owners and held:
        owners = [one for one in (set_up(spot.behind_which.rstrip("、和及")) or topic.set_up,) if one]
    if len(owners) > 1:
        return ""
    owner = owners[0] if owners else topic.work if bare else ""
    if not owner or owner[-2:] in name:
        lacks = topic.spoken or _NOBODYS.search(name) or _ANYBODYS.match(name)
        return "" if bare and lacks and not owner else name
    return _whose(owner, name)


def _whose(owner: str, name: str) -> str:
    whole = _SUMMED.sub("", name)
    whole = name.removesuffix(whole) + owner + whole
    return whole if stands(whole) else ""


def _not_in(name: str, said: tuple[str, ...]) -> str:
    """The last of what was said, where the name does not have it; else empty."""
    return next((one for one in said[-1:] if one[-2:] not in name), "")


def _place(name: str, spot: Spot, topic: Topic) -> str | None:
    """The part of the place or the fair that its sentence is about; empty where the name lacks one that nobody can
    tell, none where it lacks none: 老城区实施工程8项，改造道路9公里 is of that part."""
    if _BODIES.match(name) and _MANY.search(spot.behind_which) and is_measured(_core(name)):
        return ""  # 三市的19个县区城区清洁取暖率: of those alone
    if _AGAINST_ALL.search(name):  # 7个县产值增长9%，高于全市2个百分点; 收入增长8%，高于全市1个百分点
        of = _not_in(name, topic.bodies_before)
        return of or None
    if topic.processed and is_measured(_core(name)) and topic.processed not in name:
        word = segmented(name)[0].text
        if len(word) > 1 and topic.processed.startswith(word):
            return ""
    own = area_of(spot.clause.text)
    if own and spot.behind_which and own not in spot.head + name:
        return own  # 自治区政府层面会议压缩20%、督查事项减少10%
    where = _LIVE.match(spot.clause.text.strip())
    if where and spot.behind_which and name.endswith("率") and not _SAYS_WHERE.search(name):
        return where[0]  # 行政村生活垃圾治理率超过90%、污水处理率达到63%
    goes_on = acts_first(_SPOKEN.split(spot.clause.text)[0])
    if topic.fair and _DEALS.search(name) and (name.endswith(ends("measures")) or goes_on):
        return topic.fair if han(topic.fair) <= _LONGEST_OWNER and topic.fair[-2:] not in name else None
    return topic.area if topic.area and goes_on and topic.area not in name else None


def _core(name: str) -> str:
    """Without what was said of how it changed and when."""
    return _WHEN.sub("", _CHANGED.sub("", name))


def _is_bare_count(name: str) -> bool:
    """新增的项目: a noun that may be of anything, with a verb that says no more."""
    deed, of, thing = _core(name).partition("的")
    if deed.startswith(_LENIENT) or thing == "隐患" or deed.endswith(ends("enforcing")):
        return False  # 不予处罚的案件, 检查的企业: of all there are
    said = "“" in deed or han(deed) > _FEW or any(word.sort is Class.NOUN for word in segmented(deed))
    thing, any_of = thing.removesuffix("面积"), lexicon("bland") | lexicon("of_anything")
    return bool(of) and not said and (thing in lexicon("heads") or _ANY.sub("", thing) in any_of)


def _is_bare_measure(name: str) -> bool:
    """投资额, 企业主营业务收入: what anybody has."""
    core = _ANYBODYS.sub("", _core(name))
    return core in lexicon("bland") - lexicon("of_the_place")


def _is_led(name: str, spot: Spot) -> bool:
    """园区建成40平方公里，实现产值100亿元: what has no subject of its own has that of the clause before."""
    led = parse(trim(spot.head))
    return led.verb in lexicon("leading") and not led.actor and is_measured(name) and spot.quantity.kind is Kind.LEVEL


def _owners(topic: Topic, bare: bool) -> list[str]:
    """Whose it may be; one of whom only the number was told has no more but what says nothing alone."""
    found: list[str] = []
    for owner in topic.owners:
        if owner.counted and not bare:
            break
        found.append(owner.name)
    return found
