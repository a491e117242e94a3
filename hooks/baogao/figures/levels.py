"""A count or an amount in its clause -> what is counted, as a noun phrase."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, takewhile

from ..patterns import HAN, IN_PHRASE, ORDINAL
from .behind import AMOUNTS, by_preposition, by_unit, measure_of, noun_behind, preposition_of
from .clauses import Spot
from .deeds import (
    acts_itself,
    becomes,
    closing_act,
    is_bare_measure,
    is_of_a_noun,
    is_verb,
    last_noun,
    names_a_case,
    only_acts,
)
from .discourse import Discourse, Telling, told, unsure
from .matters import agents, events, matter_of, overlapped
from .phrases import PEOPLE, Clause, han, is_measured, is_people, is_trade, lexicon, parse
from .trimming import FEW, SCOPE, context_of, longest, trim, without_examples
from .words import Class, joined, segmented

_LED = re.compile("^(?:并|还|再|及)?(?:带头|亲自|主动)")
_PART = re.compile("^(?P<whole>[^中]{4,})中(?P<deed>[^中心小国长].{1,10})$")
_MANNER = re.compile(f"(?:通过|以)(?P<manner>{IN_PHRASE}{{2,8}}方式)(?P<deed>结案|办结|化解|审结)$")
_LASTING = re.compile("(?:天数|日数|时间|时限|用时|周期|期限|工期|耗时|时长|寿命|工作日|年限)$")
_CAMPAIGN = re.compile("专项(?:整治|行动|检查|治理|监督|执法|清理)(?:行动|活动)?$")
_LONGEST_CAMPAIGN = 22  # characters
_GROWN = ("新增", "净增", "增加")
_TOTAL = re.compile("(?P<what>总数|总量|累计)(?:已|就|累计|分别)?(?:达到?|增至|增加到|超过?|突破|为)?|达到?")
_MOVED = re.compile("(?:再|又|各)(?:提高|增加|降低|减少|上调|下调)$")
_DONE = re.compile(f"(?<=[{HAN}]{{4}})(?:累计)?(?:完成|实现)$")
_BECAME = re.compile(f"^(?P<noun>.*?)(?P<verb>{'|'.join(longest(lexicon('becoming')))})$")
_MADE_INTO = re.compile(f"[将把]{IN_PHRASE}+[为成]$")
_REACHED = re.compile("(?:达到?|突破|超过?)$")
_CONVERTED = re.compile("折合?")  # 7630亿元，折1106亿美元
_ALSO = re.compile("[（(][^（）()]{1,2}[）)](?:以上)?")  # 图书8册（张）
_RANKED = re.compile("(?P<rank>国家级|省级|市级|县级)(?P<field>.*?)(?P<word>示范|先进|文明|重点)(?P<noun>.+)")
_NUMBER = re.compile("^.*?[0-9]+[个家]")  # 13个园区
_OFTEN = re.compile("(?<=..)(?P<often>[日月年]均)$")


def level_of(so_far: Discourse, spot: Spot, head: str) -> Telling:
    """`head`: the words before the number, without examples."""
    own, tail = trim(head), "" if spot.former else trim(without_examples(spot.tail, ""))
    how = preposition_of(spot, head)
    equals = how == "为" and own and (not tail or is_measured(own))  # 支出决算为17万元, which is done for nobody
    if how and not equals and (tail or spot.behind):
        return by_preposition(spot, tail, how)
    if _CONVERTED.fullmatch(own) and so_far.near(spot):
        return so_far.last
    owned = measure_of(spot, own)
    if owned:
        return owned
    if spot.quantity.dimension in AMOUNTS and (spot.tail.startswith("的") or _MOVED.search(head.rstrip())):
        return unsure(own)  # 投资40亿元的科技园; 补助再提高30元, which is no level
    tail = tail if spot.former or not _ALSO.match(spot.tail) else trim(_ALSO.sub("", spot.tail))
    if spot.quantity.unit in lexicon("unit_nouns"):
        return by_unit(spot, own, tail)
    if tail:
        return noun_behind(so_far, spot, own, tail)
    total = _total(so_far, spot) or (so_far.reached(spot) if own in ("", "总量") else None)
    if total:
        return total
    own = own if spot.quantity.dimension not in AMOUNTS | PEOPLE else _DONE.sub("", own)
    if not own:
        return _again(so_far, spot)
    lasts = spot.quantity.dimension != "time" or _LASTING.search(own)
    relative = head.rstrip().endswith("的") and spot.quantity.dimension not in PEOPLE
    if not lasts or relative or _MADE_INTO.search(head.rstrip()):
        return unsure(own)
    became = _became(so_far, spot, own)
    if became:
        return became
    part = _PART.match(own)
    if part and "中" in (word.text for word in segmented(own)):
        return _of_whole(so_far, spot, trim(part["whole"]), part["deed"])
    one = _clause(so_far, spot, head, own)
    inside = _part(so_far, spot, one) if spot.inside else None
    if inside:
        return inside
    governed = _governed(so_far, spot, one)
    return _completed(so_far, spot, governed) if governed else unsure(own)


def _of_whole(so_far: Discourse, spot: Spot, whole: str, deed: str) -> Telling:
    """新引进项目中开工43个 -> 开工的新引进项目."""
    quantity = spot.quantity
    so_far.whole = Telling(Clause(whole), whole, whole, quantity.unit, quantity.dimension, so_far.sentence)
    return replace(told(Clause(whole, predicate=deed), spot), clause=Clause(whole))


def _clause(so_far: Discourse, spot: Spot, head: str, own: str) -> Clause:
    by = _MANNER.search(head)
    if by and spot.quantity.dimension == "cases":
        return Clause("", by["deed"], f"以{by['manner']}")
    one = Clause("", own) if only_acts(own) else parse(own)
    if head.rstrip().endswith("的") and spot.quantity.dimension in PEOPLE and not one.verb:
        return Clause(f"{one.thing}的人员")
    return replace(one, actor=so_far.leader) if _LED.match(head) and not one.actor else one


def _governed(so_far: Discourse, spot: Spot, one: Clause) -> Clause | None:
    """办理建议63件、提案68件: the second has the verb of the first; what one verb governs is kept in a row.

    None where nobody can tell whether it has.
    """
    last = so_far.last.clause
    one = _in_full(so_far, spot, one)
    if so_far.row and one.verb and one.verb == last.verb and not spot.apart:
        so_far.row.append(one.thing)
        return one
    if _is_of_a_kind(so_far, spot, one):
        return Clause(one.said, last.verb, last.actor)
    if spot.joined_head and not one.verb and last.verb in lexicon("compounding") and _ends_in_noun(last.actor):
        return None  # 迹地更新造林40万亩、公路通道绿化1000公里
    unknown = not (last.verb or so_far.last.subject) and so_far.last.sentence == so_far.sentence
    if spot.joined_head and not one.verb and unknown:
        return None  # of a list whose first nobody could name
    if last.verb and all(word.sort is not Class.ACT for word in segmented(last.verb)):
        return one
    lacks_verb = one.thing and one.verb not in lexicon("acts") and not one.actor and not acts_itself(one.said)
    if spot.joined_head and lacks_verb and last.verb and not spot.inside_opens:
        so_far.row.append(one.said)
        return Clause(one.said, last.verb, last.actor)
    so_far.row = [one.thing]
    return one


def _in_full(so_far: Discourse, spot: Spot, one: Clause) -> Clause:
    """创建国家级民族团结示范县1个、省级示范单位3个: what is said of the first goes for the second."""
    mine, first = _RANKED.fullmatch(one.thing), _RANKED.fullmatch(so_far.last.clause.thing)
    if not spot.joined_head or not mine or not first or mine["field"] or mine["word"] != first["word"]:
        return one
    return replace(one, thing=f"{mine['rank']}{first['field']}{mine['word']}{mine['noun']}")


def _ends_in_noun(words: str) -> bool:
    return bool(words) and segmented(words)[-1].sort is Class.NOUN


def _is_of_a_kind(so_far: Discourse, spot: Spot, one: Clause) -> bool:
    """开工建设产业项目60个，民生项目40个: a noun of the same kind, in the same unit, that has no verb."""
    last = so_far.last.clause
    same = so_far.last.sentence == so_far.sentence and so_far.last.unit == spot.quantity.unit and not spot.apart
    if not same or not last.verb or not last.thing or one.verb or not one.thing or spot.inside:
        return False
    if last.verb in _GROWN and not spot.joined_head:
        return False  # 新增企业2家，高新技术企业206家: of all, or of the new ones
    if any(word.sort is Class.ACT for word in segmented(one.said)):
        return False  # 转移群众3万人，妥善安置群众2万人
    return spot.before_is_its and last_noun(one.thing) == last_noun(last.thing)


def _completed(so_far: Discourse, spot: Spot, one: Clause) -> Telling:
    """With what a clause lacks that only acts, or whose noun says nothing."""
    if not one.verb and one.thing and (only_acts(one.thing) or _acts_on_before(so_far, spot, one.thing)):
        one = Clause("", one.thing)
    elif one.verb and not one.thing and one.actor and not names_a_case(one.verb):
        one = Clause(one.actor + one.verb)
    if not one.thing:
        return _elided(so_far, spot, one)
    one = _acted(so_far, spot, one)
    bare = SCOPE.sub("", one.thing)
    if not one.verb:
        return _noun(so_far, spot, one, bare)
    pivot = parse(one.thing) if one.verb in lexicon("pivots") else Clause("")
    if pivot.verb and pivot.actor and pivot.thing:  # 帮助企业解决问题300个
        return told(Clause(pivot.thing, pivot.verb, one.actor + one.verb + pivot.actor), spot)
    if one.verb in lexicon("leading") and bare in lexicon("bland"):
        thing = so_far.whole.clause.thing if so_far.near(spot) and so_far.whole.sentence == so_far.sentence else ""
        made = Clause(f"{thing or one.actor}{one.verb}{bare}")
        vague = thing in lexicon("bland") | lexicon("heads")  # 10个项目投产，实现产值60亿元: which projects
        vague |= so_far.whole.clause.verb in _GROWN[:2]
        return Telling(made, one.said, made.thing if (thing and not vague) or one.actor else "")
    if re.search("达到?", one.thing) or (one.verb in ("惠及", "涉及") and not so_far.near(spot)):
        return Telling(one, one.said)
    if _lacks_owner(spot, one):
        return Telling(one, one.said)
    if bare in lexicon("bland") or (one.verb in lexicon("results") and so_far.near(spot)):
        return _of(so_far, spot, one)
    return told(one, spot)


def _lacks_owner(spot: Spot, one: Clause) -> bool:
    """Whether whose it is stands in the clause before: 园区建成40平方公里，实现产值100亿元; 县属国有企业……，重组6家."""
    if one.actor:
        return False
    nouns = takewhile(lambda word: word.sort is Class.NOUN, segmented(trim(_NUMBER.sub("", spot.before))))
    before = joined(list(nouns))
    owner = any(owner in before for owner in (*lexicon("owners"), "企业"))
    led = one.verb in lexicon("leading") and is_measured(one.thing) and spot.quantity.dimension == "money"
    closer = one.thing in lexicon("heads") and any(
        a.sort is b.sort is Class.NOUN and b.text.endswith(one.thing) and len(a.text + b.text) > FEW
        for a, b in pairwise(segmented(spot.before)[:3])
    )
    return (led and owner) or closer


def _total(so_far: Discourse, spot: Spot) -> Telling | None:
    """新增企业13家、总数达47家: of all there are of what was counted just before."""
    found = _TOTAL.fullmatch(spot.head.strip("、，, ") + spot.lead)
    last = so_far.last
    if not found or not last.clause.thing or not so_far.near(spot) or last.unit != spot.quantity.unit:
        return None
    if not found["what"] and last.clause.verb not in _GROWN:
        return None
    thing = last.clause.thing
    name = f"累计{thing}" if is_measured(thing) else f"{thing}{'总量' if found['what'] == '总量' else '总数'}"
    return Telling(Clause(thing), name, name)


def _became(so_far: Discourse, spot: Spot, own: str) -> Telling | None:
    """持牌机构新增47家, 老旧小区改造启动112个, 竣工8个: the noun, and what became of it."""
    found = _BECAME.search(own)
    if not found or spot.quantity.dimension in AMOUNTS | PEOPLE:
        return None
    verb, thing = found["verb"], re.sub(f"^{ORDINAL}[个件项](?=.{{2}})", "", SCOPE.sub("", found["noun"]))
    often = _OFTEN.search(thing)
    if often:  # 市场主体日均净增1500家
        verb, thing = often["often"] + verb, thing[: often.start()]
    if not found["noun"]:
        words = segmented(so_far.elided_thing(spot)) if so_far.near(spot) else ()
        if len(words) > 1 and words[0].text in lexicon("becoming"):
            words = words[1:]  # 开工200个, of 签约项目100个
        return told(Clause(joined(words), verb), spot, own) if words else unsure(own)
    deed = closing_act(thing)
    if deed and verb in lexicon("completing"):
        return told(Clause(thing.removesuffix(deed), f"{verb}{deed}"), spot, own)
    return told(Clause(thing, verb), spot, own) if _is_plain(thing) else None


def _is_plain(thing: str) -> bool:
    """Whether words are a noun that something can become of: no place, no clause."""
    last = segmented(thing)[-1] if thing else None
    place = thing.endswith(tuple(lexicon("unit_nouns")))
    if not last or place:
        return False
    return last.sort is Class.NOUN and parse(thing).verb not in lexicon("acts")


def _acted(so_far: Discourse, spot: Spot, one: Clause) -> Clause:
    """With the verb that counts alone (推动新增), and who did it where a clause before says so."""
    leads = lexicon("leading") | lexicon("pivots")
    if one.verb.startswith(tuple(leads)) and len(one.verb) > 3:
        one = replace(one, verb=re.sub(f"^(?:{'|'.join(longest(leads))})(?=..)", "", one.verb))
    if one.actor or one.verb not in lexicon("acts"):
        return one
    if one.verb in lexicon("by_agents") and so_far.matter in agents() and so_far.matter_in == so_far.sentence:
        return replace(one, actor=so_far.matter)
    named = parse(trim(spot.before)) if spot.turned_just and one.verb not in lexicon("holding") else Clause("")
    if named.verb and _CAMPAIGN.search(named.thing) and han(named.thing) <= _LONGEST_CAMPAIGN:
        return replace(one, actor=named.thing)  # 开展道路交通专项整治，评查案卷210件
    return one


def _noun(so_far: Discourse, spot: Spot, one: Clause, bare: str) -> Telling:
    """A clause that is a noun alone."""
    dimension = spot.quantity.dimension
    of_others = so_far.last.dimension in PEOPLE or so_far.last.clause.thing in lexicon("bland")
    if dimension in PEOPLE and of_others and is_verb(bare):
        return Telling(one, one.said)  # 累计减贫72万人
    is_short = not one.actor and han(bare) < (FEW if dimension in PEOPLE else FEW - 1)
    of_one = bare in lexicon("bland") and so_far.last.subject.endswith(tuple(lexicon("bland")))  # 产值、利税
    if is_short and spot.joined_head and not of_one:
        return Telling(one, one.said)  # 撤并乡镇17个、村屯700个, where the verb is not known
    other = is_people(bare) and is_people(so_far.last.clause.thing) and not so_far.last.base
    if is_short and other and not spot.inside:
        return Telling(one, one.said)  # 在读研究生53万人，毕业生38万人
    of_its_own = not is_measured(bare) and bare not in lexicon("bland") and so_far.last.unit == spot.quantity.unit
    of_its_own &= dimension not in PEOPLE
    if is_short and of_its_own and not spot.inside and so_far.near(spot):
        return Telling(one, one.said)  # 出版期刊32亿册，图书74亿册
    if _is_owned(so_far, spot, bare):
        return Telling(one, one.said)
    if is_short and (not spot.inside or bare in ("出口", "进口")):
        return so_far.measure(spot, one, bare)
    if dimension == "money" and is_trade(bare) and so_far.column_near():
        return told(replace(one, thing=one.thing + so_far.column_near()), spot)
    if dimension == "cases" and bare.endswith(tuple(lexicon("of_cases"))) and not is_measured(bare):
        return Telling(one, one.said, one.said + "数")
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


def _acts_on_before(so_far: Discourse, spot: Spot, words: str) -> bool:
    """负责人出庭39件: what was counted before, by what became of it."""
    if spot.apart or not spot.quantity.dimension == "cases" == so_far.whole.dimension:
        return False
    return bool(so_far.elided_thing(spot)) and words.endswith(tuple(lexicon("decided") | lexicon("of_cases")))


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
    if matter_of(one.said):
        return told(one, spot)
    if so_far.is_about(spot) and SCOPE.sub("", one.thing) in lexicon("bland"):
        matter = so_far.the_matter()
        whole = replace(one, thing=overlapped(matter, one.thing))
        return told(whole, spot, overlapped(matter, one.said) if one.verb else whole.said)
    bland = SCOPE.sub("", one.thing) in lexicon("bland")
    if bland and near and was.thing and not is_people(was.thing) and one.verb:
        return told(replace(one, thing=was.thing + one.thing), spot, one.said)
    return told(one, spot) if one.verb and han(one.thing) > 1 else Telling(one, one.said)


def _cause(so_far: Discourse) -> str:
    """What a result comes of: the clause of what was counted before, or the matter where that is something done."""
    was, matter = so_far.whole.clause, matter_of(so_far.whole.said)
    if matter in events() and matter == so_far.matter:
        return matter
    silent = was.verb in lexicon("holding") or was.verb in lexicon("leading")
    return was.actor + ("" if silent else was.verb) + was.thing


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
    if dimension == "money":
        amount = act + ("金额" if act in ("罚没", "免罚", "挽损") else "")
        return so_far.measure(spot, Clause(amount), amount)
    if thing and dimension in ("area", "length", "mass"):
        so_far.lean(so_far.whole)
        name = f"{act}的{thing}{'面积' if dimension == 'area' else ''}"
        return Telling(Clause(thing, one.verb, one.actor), act + thing, name)
    if so_far.is_about(spot) and han(act) > 1:
        said = act if one.actor else overlapped(so_far.the_matter(), act)
        return Telling(Clause("", one.verb, said.removesuffix(one.verb)), said, said + "数")
    return Telling(one, act)


def _people(so_far: Discourse, spot: Spot, one: Clause, act: str) -> Telling:
    """培训26万人次, of the course before; 约谈9人."""
    if so_far.near(spot) and act in ("培训", "轮训", "参加", "覆盖", "旁听"):
        return told(Clause(overlapped(so_far.last.clause.thing, act)), spot)
    deeds = [deed for deed in re.split("、|和|并|及", act) if deed]
    met = deeds and all(deed in lexicon("persons") for deed in deeds)
    return Telling(one, act, f"被{act}的人员" if met else "")


def _part(so_far: Discourse, spot: Spot, one: Clause) -> Telling | None:
    """其中规范性文件21件 of 212 that were reviewed -> 审核的规范性文件."""
    whole, dimension = so_far.whole, spot.quantity.dimension
    if whole.sentence < so_far.sentence - 1 or not whole.clause.thing or dimension != whole.dimension:
        return None
    so_far.lean(whole)
    thing, verb = re.sub("^.+中有", "", one.thing), "" if whole.clause.verb in lexicon("holding") else whole.clause.verb
    if one.verb or only_acts(one.said) or _acts_on_before(so_far, spot, one.said):
        return None
    if verb and (thing in whole.clause.thing or dimension == "cases"):
        noun = last_noun(parse(whole.clause.thing).thing)
        if thing.endswith(("以上", "以下")):  # 引进项目30个，其中10亿元以上5个
            thing += noun
        short = han(thing) <= FEW and segmented(thing)[-1].sort is Class.NOUN  # not 境内授权
        if short and not thing.endswith(noun) and thing not in whole.clause.thing:
            thing += noun  # 受理纠纷1864件，其中邻里538件
        return told(Clause(thing, verb, whole.clause.actor), spot, one.said)
    if is_measured(thing):
        return None
    if thing.endswith(("以上", "以下")):
        thing += last_noun(whole.clause.thing)
    return Telling(
        Clause(thing), one.said, f"{verb}{SCOPE.sub('', whole.clause.thing).removeprefix('共有')}中的{thing}"
    )


def _again(so_far: Discourse, spot: Spot) -> Telling:
    """旁听庭审4场次、230余人次: another count of the same; 均为79人, of the sentence before."""
    last, quantity = so_far.lean(so_far.last), spot.quantity
    if last.subject and spot.joined and (last.dimension, last.unit) != (quantity.dimension, quantity.unit):
        return told(last.clause, spot, last.said)
    same = last.sentence < so_far.sentence and last.unit == quantity.unit
    return Telling(last.clause, last.said, last.subject if same else "")
