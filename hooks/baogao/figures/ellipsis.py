"""A clause that leaves something out -> the same, completed by what the passage has spoken of so far.

It may only act (受理79件), name a measure and not of what (播放量), or a noun that says nothing of the field (问题).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, takewhile

from ..outline.topics import SCOPE
from ..outline.words import Class, ends, joined, lexicon, one_of, segmented
from ..patterns import any_of
from ..rules import load
from .clauses import Spot
from .deeds import becomes, is_bare_measure, is_of_a_noun, is_verb, names_a_case, only_acts
from .discourse import REACHED, Discourse, Telling, told
from .matters import agents, events, matter_of, overlapped
from .nouns import PEOPLE, han, is_measured, is_people, is_trade
from .phrases import Clause, parse
from .trimming import FEW, context_of, trim

_CAMPAIGN = re.compile(f"专项(?:{one_of('campaigns')})(?:行动|活动)?$")
_LONGEST_CAMPAIGN = 22  # characters
_FATE = re.compile("行政拘留|[^的]*犯罪")
_GOAL = re.compile(f"(?P<goal>(?:.{{0,6}}?(?:{one_of('goals')}))+)(?P<what>.*)$")
_REACHED = re.compile(f"(?:{REACHED})$")
_RISEN = re.compile("(?:增加|提高|提升|扩大|增长|拓展|增)[到至]$")
_NUMBER = re.compile("^.*?[0-9]+[个家]")  # 13个园区
_ALONE = re.compile(f"^(?:{any_of(lexicon('leading') | lexicon('pivots'))})(?=..)")


def completed(so_far: Discourse, spot: Spot, one: Clause) -> Telling:
    """With what a clause lacks that only acts, or whose noun says nothing."""
    if not one.verb and one.thing and (only_acts(one.thing) or acts_on_before(so_far, spot, one.thing)):
        one = Clause("", one.thing)
    elif one.verb and not one.thing and one.actor and not names_a_case(one.verb):
        one = Clause(one.actor + one.verb)
    if not one.thing:
        return _elided(so_far, spot, one)
    one = _acted(so_far, spot, one)
    rises = _REACHED.search(spot.head + spot.lead) or _RISEN.search(spot.head)
    if one.verb in lexicon("urging") and not is_measured(one.thing) and rises:
        one = Clause(one.thing, actor=one.actor)  # 推动高新技术企业突破3000家
    if one.verb in lexicon("moving"):
        sent = _sent(so_far, spot, one)
        if sent:
            return sent
    meets = parse(one.thing) if one.verb in lexicon("holding") and not _counts_events(spot) else Clause("")
    if meets.actor.endswith(("会", "会议")) and meets.verb and meets.thing:  # 主持召开党组会研究法治建设议题14个
        return told(meets, spot, one.said)
    bare = SCOPE.sub("", one.thing)
    if not one.verb:
        return _noun(so_far, spot, one, bare)
    pivot = parse(one.thing) if one.verb in lexicon("pivots") | lexicon("drawing") else Clause("")
    if pivot.verb and pivot.actor and pivot.thing:  # 帮助企业解决问题300个
        return told(Clause(pivot.thing, pivot.verb, one.actor + one.verb + pivot.actor), spot)
    if one.verb in lexicon("leading") and bare in lexicon("bland"):
        thing = so_far.whole.clause.thing if so_far.near(spot) and so_far.whole.sentence == so_far.sentence else ""
        made = Clause(f"{thing or one.actor}{one.verb.removesuffix('实现')}{bare}")
        vague = thing != so_far.last.clause.thing and not so_far.last.base  # 建园区3个，种植面积达5亩，实现产值2亿元
        vague |= thing in lexicon("bland") | lexicon("heads")  # 10个项目投产，实现产值60亿元: which projects
        vague |= so_far.whole.clause.verb in lexicon("added") | lexicon("results")  # 惠及居民48户，完成投资2亿元
        return Telling(made, one.said, made.thing if (thing and not vague) or one.actor else "")
    if re.search("达到?", one.thing) or (one.verb in lexicon("reaching") and not so_far.near(spot)):
        return Telling(one, one.said)
    if _lacks_owner(spot, one):
        return Telling(one, one.said)
    if bare in lexicon("bland") or (one.verb in lexicon("results") and so_far.near(spot)):
        return _of(so_far, spot, one)
    return told(one, spot)


def _counts_events(spot: Spot) -> bool:
    return spot.quantity.unit in load("lexicon")["events"]


def _sent(so_far: Discourse, spot: Spot, one: Clause) -> Telling | None:
    """移送公安机关11起, of cases counted before; 移送公安机关犯罪线索45条."""
    found = _GOAL.match(one.thing)
    if not found:
        return None
    deed, what = one.actor + one.verb + found["goal"], found["what"]
    if _FATE.fullmatch(what):
        deed, what = deed + what, ""  # 移送公安机关行政拘留6件
    if what:
        return told(Clause(what, predicate=deed), spot, one.said)
    thing = so_far.elided_thing(spot) if so_far.whole.unit == spot.quantity.unit else ""
    return told(Clause(thing, predicate=deed), spot, one.said) if thing else Telling(one, one.said)


def _lacks_owner(spot: Spot, one: Clause) -> bool:
    """Whether whose it is stands in the clause before: 园区建成40平方公里，实现产值100亿元; 县属国有企业……，重组6家."""
    if one.actor:
        return False
    nouns = takewhile(lambda word: word.sort is Class.NOUN, segmented(trim(_NUMBER.sub("", spot.before))))
    before = joined(list(nouns))
    owner = any(owner in before for owner in (*lexicon("owners"), "企业"))
    led = one.verb in lexicon("leading") and is_measured(one.thing) and spot.quantity.dimension == "money"
    opens = segmented(spot.before)[:3]
    owns = one.thing in lexicon("heads") and opens[:1] and opens[0].sort is not Class.ACT  # 取消许可事项3项 has none
    closer = owns and any(
        a.sort is b.sort is Class.NOUN and b.text.endswith(one.thing) and len(a.text + b.text) > FEW
        for a, b in pairwise(opens)
    )
    return (led and owner) or bool(closer)


def _acted(so_far: Discourse, spot: Spot, one: Clause) -> Clause:
    """With the verb that counts alone (推动新增), and who did it where a clause before says so."""
    if len(one.verb) > 3:
        one = replace(one, verb=_ALONE.sub("", one.verb))
    if one.actor or one.verb not in lexicon("acts"):
        return one
    if one.verb in lexicon("by_agents") and so_far.matter in agents() and so_far.matter_in == so_far.sentence:
        return replace(one, actor=so_far.matter)
    enforces = one.verb in lexicon("enforcing")
    named = parse(trim(spot.before)) if spot.turned_just and enforces else Clause("")
    if named.verb and _CAMPAIGN.search(named.thing) and han(named.thing) <= _LONGEST_CAMPAIGN:
        return replace(one, actor=named.thing)  # 开展道路交通专项整治，评查案卷210件
    return one


def _noun(so_far: Discourse, spot: Spot, one: Clause, bare: str) -> Telling:
    """A clause that is a noun alone."""
    dimension = spot.quantity.dimension
    if bare in lexicon("whole_deeds"):
        return told(one, spot)
    of_others = so_far.last.dimension in PEOPLE or so_far.last.clause.thing in lexicon("bland")
    if dimension in PEOPLE and of_others and is_verb(bare):
        return Telling(one, one.said)  # 累计减贫72万人
    is_short = not one.actor and han(bare) < (FEW if dimension in PEOPLE else FEW - 1)
    of_one = bare in lexicon("bland") and so_far.last.subject.endswith(ends("bland"))  # 产值、利税
    if is_short and spot.joined_head and not of_one:
        return Telling(one, one.said)  # 撤并乡镇5个、村屯30个, where the verb is not known
    other = is_people(bare) and is_people(so_far.last.clause.thing) and not so_far.last.base
    if is_short and other and not spot.inside:
        return Telling(one, one.said)  # 在读研究生53万人，毕业生38万人
    of_its_own = not is_measured(bare) and bare not in lexicon("bland") and so_far.last.unit == spot.quantity.unit
    of_its_own &= dimension not in PEOPLE
    if is_short and of_its_own and not spot.inside and so_far.near(spot):
        return Telling(one, one.said)  # 出版期刊32亿册，图书74亿册
    if _is_owned(so_far, spot, bare):
        return Telling(one, one.said)
    if is_short and (not spot.inside or bare in lexicon("traded")):
        counts = is_measured(bare) or is_people(bare) or bare in lexicon("bland") | lexicon("traded")
        counts |= dimension == "cases"  # 设综合窗口4个，全年办件60件
        return so_far.measure(spot, one, bare) if counts or not so_far.near(spot) else Telling(one, one.said)
    if dimension == "money" and is_trade(bare) and so_far.column_near():
        return told(replace(one, thing=one.thing + so_far.column_near()), spot)
    if dimension == "cases" and bare.endswith(ends("of_cases")) and not is_measured(bare):
        return Telling(Clause("", counts=True), one.said, one.said + "数")
    if is_bare_measure(bare) and is_of_a_noun(bare) and dimension != "money":
        return Telling(one, one.said)
    if is_bare_measure(bare):
        return so_far.measure(spot, one, bare)
    if dimension == "money" and _REACHED.search(spot.head.rstrip()) and not is_measured(one.thing):
        return Telling(one, one.said)
    return _of(so_far, spot, one) if bare in lexicon("bland") else told(one, spot)


def _is_owned(so_far: Discourse, spot: Spot, noun: str) -> bool:
    """园区工业企业突破1万家，高新技术企业达8千家: whether whose it is was said of the one before."""
    last = so_far.last
    words = segmented(SCOPE.sub("", last.clause.thing))
    alike = so_far.near(spot) and last.unit == spot.quantity.unit and not spot.inside
    return alike and len(words) > 1 and words[0].text in lexicon("owners") and words[0].text not in noun


def acts_on_before(so_far: Discourse, spot: Spot, words: str) -> bool:
    """负责人出庭39件: what was counted before, by what became of it."""
    if spot.apart or not spot.quantity.dimension == "cases" == so_far.whole.dimension:
        return False
    return bool(so_far.elided_thing(spot)) and words.endswith(ends("decided", "of_cases"))


def _of(so_far: Discourse, spot: Spot, one: Clause) -> Telling:
    """A noun that says nothing of the field, with the clause before or the matter: 发现问题 -> 案卷评查发现的问题."""
    if not one.verb and is_measured(one.thing):
        return so_far.measure(spot, one, one.thing)
    was = so_far.whole.clause
    near = so_far.whole.sentence == so_far.sentence and bool(so_far.whole.subject) and not spot.apart
    if one.verb in lexicon("results") and not one.actor:
        base = _cause(so_far) if near and was.thing else ""
        if base and one.thing not in base:
            return told(replace(one, actor=base), spot, overlapped(so_far.last.said, one.said))
        context = context_of(spot.before)
        if context and spot.turned_just:
            return told(replace(one, actor=context), spot)
    if near and was.verb in lexicon("holding") and not one.actor and one.verb:
        return told(replace(one, actor=was.thing), spot)
    matter = matter_of(one.said)
    if matter in events() and one.verb and matter not in one.thing and one.thing in lexicon("bland"):
        made = told(one, spot)  # 行政复议机构收到申请128件，受理110件: of such applications
        return replace(made, clause=replace(one, thing=overlapped(matter, one.thing)))
    if matter:
        return told(one, spot)
    if one.actor.endswith(ends("deciding")) and one.verb:
        return told(one, spot)  # 劳动争议仲裁庭受理案件48件: its own, whatever the passage is about
    bare_of_matter = SCOPE.sub("", one.thing)
    own = spot.first or so_far.matter_in in (0, so_far.sentence)  # not where this sentence has counted another thing
    if so_far.is_about() and one.verb and bare_of_matter in so_far.matter:
        return told(one, spot)  # of 建议提案 the 建议
    if own and so_far.is_about() and SCOPE.sub("", one.thing) in lexicon("bland"):
        matter = so_far.the_matter()
        whole = replace(one, thing=overlapped(matter, one.thing))
        return told(whole, spot, overlapped(matter, one.said) if one.verb else whole.said)
    bland = SCOPE.sub("", one.thing) in lexicon("bland")
    if bland and near and was.thing.endswith(ends("owning")) and not is_measured(one.thing):
        return Telling(one, one.said)  # 1200家企业参会，签约项目158个: not of the firms
    own_kind = was.thing.endswith(one.thing) and han(one.verb) >= FEW  # 取消许可事项3项，承接下放事项21项
    if bland and was.thing.endswith((*ends("papers"), "问题")):
        return told(one, spot)  # 下达执法文书764份，排查隐患2105条
    if bland and near and was.thing and not is_people(was.thing) and one.verb and not own_kind:
        return told(replace(one, thing=was.thing + one.thing), spot, one.said)
    return told(one, spot) if one.verb and han(one.thing) > 1 else Telling(one, one.said)


def _cause(so_far: Discourse) -> str:
    """What a result comes of: the clause of what was counted before, or the matter where that is something done."""
    was, matter = so_far.whole.clause, matter_of(so_far.whole.said)
    if matter in events() and matter == so_far.matter:
        return matter
    silent = was.verb in lexicon("holding") or was.verb in lexicon("leading")
    several = so_far.row_before if so_far.row_before[-1:] == [was.thing] else [was.thing]
    return was.actor + ("" if silent else was.verb) + "、".join(several)  # too long a name is withheld


def _elided(so_far: Discourse, spot: Spot, one: Clause) -> Telling:
    """受理79件: the thing is that of before; where only the matter is known, 行政复议受理数."""
    dimension, act = spot.quantity.dimension, one.actor + one.verb
    if dimension in PEOPLE:
        return _people(so_far, spot, one, act)
    thing = so_far.elided_thing(spot)
    if thing and dimension == so_far.whole.dimension:
        matter = matter_of(so_far.lean(so_far.whole).said)
        whole = Clause(becomes(one.verb, thing), one.verb, one.actor)
        return told(whole, spot, overlapped(matter, act) if matter else act + thing)
    if dimension == "money" and act in lexicon("financed"):
        return Telling(one, act)  # 投入3亿元, in what nobody knows
    if dimension == "money":
        amount = act + ("金额" if act in lexicon("fined") else "")
        return so_far.measure(spot, Clause(amount), amount)
    if thing and dimension in ("area", "length", "mass"):
        so_far.lean(so_far.whole)
        name = f"{act}的{thing}{'面积' if dimension == 'area' else ''}"
        return Telling(Clause(thing, one.verb, one.actor), act + thing, name)
    if so_far.is_about() and han(act) > 1:
        said = act if one.actor else overlapped(so_far.the_matter(), act)
        return Telling(Clause("", one.verb, said.removesuffix(one.verb)), said, said + "数")
    return Telling(one, act)


def _people(so_far: Discourse, spot: Spot, one: Clause, act: str) -> Telling:
    """培训26万人次, of the course before; 约谈9人."""
    if so_far.near(spot) and act in lexicon("attended"):
        return told(Clause(overlapped(so_far.last.clause.thing, act)), spot)
    deeds = [deed for deed in re.split("、|和|并|及", act) if deed]
    met = deeds and all(deed in lexicon("persons") for deed in deeds)
    return Telling(one, act, f"被{act}的人员" if met else "")
