"""A count or an amount in its clause -> what is counted, as a noun phrase."""

from __future__ import annotations

import re
from dataclasses import replace

from ..outline.topics import SCOPE
from ..outline.words import Class, ends, joined, lexicon, one_of, segmented
from ..patterns import HAN, IN_PHRASE, ORDINAL
from ..rules import load
from .behind import AMOUNTS, by_preposition, by_unit, measure_of, noun_behind, preposition_of, related
from .clauses import Spot
from .deeds import acts_itself, closing_act, last_noun, only_acts
from .discourse import Discourse, Telling, examined, told, unsure
from .ellipsis import acts_on_before, completed
from .matters import events, matter_of
from .nouns import PEOPLE, han, is_measured, is_people
from .phrases import CUMULATED, OF_THINGS, Clause, like_first, parse
from .trimming import FEW, PER, trim, without_examples

_LED = re.compile(f"^(?:并|还|再|及)?(?:{one_of('in_person')})")
_PART = re.compile("^(?P<whole>[^中]{4,})中(?P<deed>[^中心小国长].{1,10})$")
_MANNER = re.compile(f"(?:通过|以)(?P<manner>{IN_PHRASE}{{2,8}}方式)(?P<deed>{one_of('closed')})$")
_TOTAL = re.compile("(?P<what>总数|总量|累计)(?:已|就|累计|分别)?(?:达到?|增至|增加到|超过?|突破|为)?|达到?")
_SUM = re.compile("^(?:总计|合计|共计|共)$")
_MOVED = re.compile(f"(?:再|又|各)(?:{one_of('changes')})$")
_DONE = re.compile(f"(?<=[{HAN}]{{4}})(?:累计)?(?:完成|实现)$")
_BECAME = re.compile(f"^(?P<noun>.*?)(?P<verb>{one_of('becoming')})$")
_MADE_INTO = re.compile(f"[将把]{IN_PHRASE}+[为成]$")
_TOTAL_OF_ITS_OWN = re.compile("达到?$")
_CONVERTED = re.compile("折合?")  # 7630亿元，折1106亿美元
_ALSO = re.compile("[（(][^（）()]{1,2}[）)](?:以上)?")  # 图书8册（张）
_RANKED = re.compile(f"(?P<rank>{one_of('ranks')})(?P<field>.*?)(?P<word>{one_of('honours')})(?P<noun>.+)")
_EACH = re.compile(
    f"(?:{one_of('leading')})?(?P<body>(?:平均)?每个?[{HAN}]{{0,5}}(?:{one_of('unit_nouns')})(?:（[{HAN}、]+）)?(?:平均)?"
    f"|(?:{one_of('unit_nouns')})均)"
)
_GRADED = re.compile(f"(?:{one_of('assessing')})?(?:(?P<grade>{one_of('grades')})|(?P<kept>{one_of('kept')}))")
_OFTEN = re.compile("(?<=..)(?P<often>[日月年]均)$")


def level_of(so_far: Discourse, spot: Spot, head: str) -> Telling:
    """`head`: the words before the number, without examples."""
    own, tail = trim(head), "" if spot.former else trim(without_examples(spot.tail, ""))
    own = own[1:] if own.startswith("中") and only_acts(own[1:]) else own  # 已判决的6件中胜诉5件
    if spot.tail.startswith("—"):
        return unsure(own)  # 抓好七家——甲景区、乙景区
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
    known = _by_before(so_far, spot, own)
    if known:
        return known
    lasts = spot.quantity.dimension != "time" or own.endswith(ends("lasting"))
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
    return completed(so_far, spot, governed) if governed else unsure(own)


def _by_before(so_far: Discourse, spot: Spot, own: str) -> Telling | None:
    """What words alone do not say, and with what was counted before do: who passed, who listened, what was good."""
    each = _EACH.fullmatch(own)
    return (
        examined(so_far.exam(spot), spot, own)
        or _audience(so_far, spot, own)
        or _graded(so_far, spot, own)
        or (_of_each(so_far, spot, each["body"]) if each else None)
        or related(so_far, spot, own)
    )


def _audience(so_far: Discourse, spot: Spot, own: str) -> Telling | None:
    """举办宣讲37场，受众1万人: of the event; 发生事故7起，死亡6人."""
    last = so_far.last
    if own in lexicon("hurt") and so_far.near(spot) and last.clause.thing.endswith("事故"):
        return Telling(Clause(f"{last.clause.thing}{own}人数"), own, f"{last.clause.thing}{own}人数")
    if own not in lexicon("audience") or not so_far.near(spot) or last.unit not in load("lexicon")["events"]:
        return None
    name = f"{last.clause.thing}{own}{'' if is_people(own) else '人数'}"
    return Telling(Clause(name), own, name)


def _graded(so_far: Discourse, spot: Spot, own: str) -> Telling | None:
    """评查案卷120卷，评定优秀21卷、合格69卷; 清理文件143件，继续有效96件: a part of what was counted before."""
    found = _GRADED.fullmatch(own)
    thing = so_far.elided_thing(spot) if found and so_far.whole.unit == spot.quantity.unit else ""
    if not found:
        return None
    if not thing:
        return unsure(own)
    thing = re.sub(f"^(?:{one_of('grades')})", "", thing)  # 评出优秀案卷10件、不合格4件
    verb = own.removesuffix(found["grade"] or "").removesuffix("为")
    assessed = f"{verb}为{found['grade']}的{thing}" if verb else f"{found['grade']}{thing}"
    return Telling(Clause(thing), own, f"{found['kept']}的{thing}" if found["kept"] else assessed)


def _of_each(so_far: Discourse, spot: Spot, body: str) -> Telling:
    """培养法律明白人1000名，实现每个行政村不少于3名: of what was counted just before."""
    last, quantity = so_far.last, spot.quantity
    same = so_far.near(spot) and last.sentence == so_far.sentence and last.unit == quantity.unit
    if not same or not last.clause.thing:
        return unsure(body)
    name = f"{body}{'' if body.endswith('均') else '的'}{SCOPE.sub('', last.clause.thing)}"
    return Telling(Clause(name), name, name)


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
    of_people = spot.quantity.dimension in PEOPLE and spot.quantity.unit[:1] not in OF_THINGS
    if head.rstrip().endswith("的") and of_people and not one.verb:
        return one if is_people(one.thing) else Clause(f"{one.thing}的人员")
    counts = spot.quantity.dimension not in AMOUNTS
    if counts and one.verb in lexicon("completing") and _is_an_act(one.thing) and _ends_in_noun(one.actor):
        return (
            one if one.actor.endswith(ends("agents")) else Clause(one.actor, one.verb + one.thing)
        )  # 问题完成整改57项
    return replace(one, actor=so_far.leader) if _LED.match(head) and not one.actor else one


def _is_an_act(words: str) -> bool:
    found = segmented(words)
    return len(found) == 1 and found[0].sort is Class.ACT


def _governed(so_far: Discourse, spot: Spot, one: Clause) -> Clause | None:
    """办理建议30件、提案40件: the second has the verb of the first; what one verb governs is kept in a row.

    None where nobody can tell whether it has.
    """
    last = so_far.last.clause
    one = _led_by(spot, _in_full(so_far, spot, one))
    if _opens_like_the_first(so_far, spot, one):
        so_far.row.append(one.said)
        return Clause(one.said, last.verb, last.actor)
    compound = one.verb in lexicon("never_second") and not one.actor and one.thing.endswith(ends("compound_heads"))
    if compound and spot.joined_head and last.verb:
        one = Clause(one.said)  # 增设银行网点12个、融资担保机构1家
    if so_far.row and one.verb and one.verb == last.verb and not spot.apart:
        so_far.row.append(one.thing)
        return one
    if _is_of_a_kind(so_far, spot, one):
        return Clause(one.said, last.verb, last.actor)
    if spot.joined_head and one.verb and not one.actor and one.verb[-2:] == last.verb[-2:] and not one.thing:
        one = replace(one, actor=last.actor)  # 负责人应出庭22件、实际出庭21件
    if spot.joined_head and not one.verb and last.verb in lexicon("compounding") and _ends_in_noun(last.actor):
        return None  # 迹地更新造林40万亩、公路通道绿化1000公里
    unknown = not (last.verb or so_far.last.subject) and so_far.last.sentence == so_far.sentence
    if spot.joined_head and not one.verb and unknown:
        return None  # of a list whose first nobody could name
    if last.verb and all(word.sort is not Class.ACT for word in segmented(last.verb)):
        return one
    its_own = spot.quantity.dimension == "money" and one.thing in lexicon("bland")  # 审查合同5份、标的额2亿元
    lacks_verb = one.thing and not its_own and one.verb not in lexicon("acts")
    lacks_verb = lacks_verb and not one.actor and not acts_itself(one.said)
    if spot.joined_head and lacks_verb and last.verb and not spot.inside_opens:
        so_far.row.append(one.said)
        return Clause(one.said, last.verb, last.actor)
    so_far.row_before, so_far.row = so_far.row, [one.thing]
    return one


def _led_by(spot: Spot, one: Clause) -> Clause:
    """承接市级管理权限：行政许可113项、行政确认9项: the verb before the colon goes for each."""
    led = parse(trim(spot.before)) if spot.after_colon and not spot.before_is_its else Clause("")
    goes_on = led.verb in lexicon("acts") and led.thing and not one.verb and not is_measured(one.thing)
    goes_on = goes_on and "的" not in one.said and not led.thing.endswith("情况")
    return Clause(one.said, led.verb) if goes_on else one


def _opens_like_the_first(so_far: Discourse, spot: Spot, one: Clause) -> bool:
    """办理选址意见书63件、建设工程规划许可证71件: what looks like a verb opens a noun of the same kind as the first."""
    last = so_far.last.clause
    alike = last.verb and last.thing and last_noun(one.thing) == last_noun(last.thing) and one.verb != last.verb
    opens = one.verb in lexicon("compounding") or bool(parse(last.thing).verb)  # 不予处罚案件6件、减轻处罚案件8件
    return bool(alike) and spot.joined_head and not one.actor and opens


def _in_full(so_far: Discourse, spot: Spot, one: Clause) -> Clause:
    """创建国家级民族团结示范县1个、省级示范单位3个: what is said of the first goes for the second."""
    mine, first = _RANKED.fullmatch(one.thing), _RANKED.fullmatch(so_far.last.clause.thing)
    if not spot.joined_head:
        return one
    if mine and first and not mine["field"] and mine["word"] == first["word"]:
        return replace(one, thing=f"{mine['rank']}{first['field']}{mine['word']}{mine['noun']}")
    return one if one.verb else replace(one, thing=like_first(one.thing, so_far.last.clause.thing))


def _ends_in_noun(words: str) -> bool:
    return bool(words) and segmented(words)[-1].sort is Class.NOUN


def _is_of_a_kind(so_far: Discourse, spot: Spot, one: Clause) -> bool:
    """开工建设产业项目60个，民生项目40个: a noun of the same kind, in the same unit, that has no verb."""
    last = so_far.last.clause
    same = so_far.last.sentence == so_far.sentence and so_far.last.unit == spot.quantity.unit and not spot.apart
    if not same or not last.verb or not last.thing or one.verb or not one.thing or spot.inside:
        return False
    if last.verb in lexicon("grown") and not spot.joined_head:
        return False  # 新增企业2家，高新技术企业206家: of all, or of the new ones
    if any(word.sort is Class.ACT for word in segmented(one.said)):
        return False  # 转移群众3万人，妥善安置群众2万人
    return spot.before_is_its and last_noun(one.thing) == last_noun(last.thing)


def _total(so_far: Discourse, spot: Spot) -> Telling | None:
    """新增企业13家、总数达47家: of all there are of what was counted just before."""
    found = _TOTAL.fullmatch(spot.head.strip("、，, ") + spot.lead)
    last = so_far.last
    if not found or not last.clause.thing or not so_far.near(spot) or last.unit != spot.quantity.unit:
        return None
    if not found["what"] and last.clause.verb not in lexicon("grown"):
        return None
    thing = last.clause.thing
    name = f"累计{thing}" if is_measured(thing) else f"{thing}{'总量' if found['what'] == '总量' else '总数'}"
    return Telling(Clause(thing), name, name)


def _became(so_far: Discourse, spot: Spot, own: str) -> Telling | None:
    """持牌机构新增47家, 老旧小区改造启动112个, 竣工8个: the noun, and what became of it."""
    found = _BECAME.search(own)
    if not found or spot.quantity.dimension in AMOUNTS | PEOPLE:
        return None
    verb, thing = found["verb"], CUMULATED.sub("", SCOPE.sub("", found["noun"]))
    thing = re.sub(f"^{ORDINAL}[个件项](?=.{{2}})", "", thing)
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
    return told(Clause(thing, verb), spot, own) if _can_become(thing) else None


def _can_become(thing: str) -> bool:
    """Whether words are a noun that something can become of: no place, no clause."""
    last = segmented(thing)[-1] if thing else None
    if not last or thing.endswith(ends("unit_nouns")):
        return False
    closes = last.sort is Class.NOUN or last.nominal or last.text == "”" or last.text in lexicon("deverbal")
    return closes and parse(thing).verb not in lexicon("acts")


def _part(so_far: Discourse, spot: Spot, one: Clause) -> Telling | None:
    """其中规范性文件21件 of 212 that were reviewed -> 审核的规范性文件."""
    whole, dimension = so_far.whole, spot.quantity.dimension
    if whole.sentence < so_far.sentence - 1 or not whole.clause.thing or dimension != whole.dimension:
        return None
    if spot.joined_head and so_far.last.clause.verb not in ("", whole.clause.verb):
        return None  # 其中予以公开64件，引发复议21件、诉讼9件
    so_far.lean(whole)
    thing, verb = re.sub("^.+中有", "", one.thing), "" if whole.clause.verb in lexicon("holding") else whole.clause.verb
    if not spot.inside_opens and _TOTAL_OF_ITS_OWN.search(spot.head + spot.lead):
        return None  # 其中新增企业20家，超亿元企业达5家: all there are
    if verb and not one.thing and one.verb == one.said and one.said in whole.clause.thing:
        one = Clause(one.said)  # 接收投诉举报咨询9件，其中投诉5件、举报2件
        return told(Clause(one.said, verb, whole.clause.actor), spot, one.said)
    if one.verb or only_acts(one.said) or acts_on_before(so_far, spot, one.said):
        return None
    if verb and (thing in whole.clause.thing or dimension == "cases"):
        noun = last_noun(parse(whole.clause.thing).thing)
        if thing.endswith(("以上", "以下")):  # 引进项目30个，其中10亿元以上5个
            thing += noun
        short = han(thing) <= FEW and segmented(thing)[-1].sort is Class.NOUN  # not 境内授权
        if short and not thing.endswith((noun[-2:], "件")) and thing not in whole.clause.thing:
            thing += noun  # 受理纠纷1864件，其中邻里538件
        of_a_field = thing.endswith("案件") and han(thing) <= FEW and not matter_of(thing)
        if of_a_field and matter_of(whole.clause.thing) in events():
            name = f"{verb}的{SCOPE.sub('', whole.clause.thing)}中的{thing}"  # 法律援助案件5件，其中刑事案件2件
            return Telling(Clause(thing, verb, whole.clause.actor), one.said, name)
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
    if _SUM.search(spot.head) and PER.search(last.subject.removesuffix("）")) and last.unit == quantity.unit:
        return replace(last, subject=last.subject.rpartition("（")[0])  # 普法经费每人2元，共计60万元
    if last.subject and spot.joined and (last.dimension, last.unit) != (quantity.dimension, quantity.unit):
        return told(last.clause, spot, last.said)
    same = last.sentence < so_far.sentence and last.unit == quantity.unit
    return Telling(last.clause, last.said, last.subject if same else "")
