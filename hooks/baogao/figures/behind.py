"""A number with its noun behind it -> that noun with what was done to it, or what it does: 2个单位获评先进."""

from __future__ import annotations

import re
from dataclasses import replace

from ..model import Bound
from ..outline.topics import SCOPE
from ..outline.words import Class, ends, joined, lexicon, one_of, segmented
from ..patterns import IN_PHRASE, JOINTS
from ..rules import load
from .clauses import Spot
from .deeds import attending, by_class, chain_deed, closing_act, is_verb, only_acts
from .discourse import Discourse, Telling, told, unsure
from .nouns import PEOPLE, han, is_measured, is_people
from .phrases import Clause, parse, split, undergone
from .trimming import FEW, ITEM, context_of, trim
from .verbs import opens_a_noun

_OWNED = re.compile("(?P<measure>(?:计划|估算|概算)?总?投资额?|全长|总长|总?面积)$")
_TURNS = (Class.ACT, Class.VERB, Class.ADVERB)
TO = re.compile("(?P<how>(?<![成作认分称因升变])为|(?<![应面针核])对|(?<![方走])向|给|(?<!参)与)$")
_DEED_OF = re.compile("(?P<noun>[^的]{2,})的(?P<deed>[^的]{2,4})")
_TO_WHICH = re.compile("(?:^|[并再还及])对(?P<which>[^，。；]{2,}的)$")
_TO_SEVERAL = re.compile(f"(?:^|并|再|还)(?P<how>对)(?:{IN_PHRASE}+等|全[国省市区县镇乡州])$")
_OF_SEVERAL = re.compile("^(?P<noun>[^的]{1,4})的(?P<what>[^的]{2,})$")
_WITHIN = re.compile("中(?:[^介国小学心型共央药医间])")
_WHICH = re.compile("的(?:有|共有|共|仅|就有|达|为|约)*$")
_REACHES = re.compile("[^达得签][至到]$|[以按在]$|按照$")  # 市场拓展至83个国家
_SCOPES = re.compile(f"[区县市镇乡州省村国级大等]$|{one_of('scoping')}")
_LISTS = re.compile(f"[{JOINTS}等]$")
_TOGETHER = re.compile("^(?:共|分别|累计|年均)+")
_LEADING = ("完成", "实现", "新增")
_NUMBER_BEFORE = re.compile("[0-9][个家]?$")
AMOUNTS = frozenset({"money", "length", "area", "mass", "volume", "energy", "time", "score", "percent", "multiple"})


def preposition_of(spot: Spot, head: str) -> str:
    """The preposition before the number, or before the first of those that 和 joins with it."""
    if _TO_WHICH.search(head.rstrip()):
        return "对"
    found = TO.search(head.rstrip()) or _TO_SEVERAL.search(spot.head)
    if not found and spot.chain_head != spot.head:
        found = TO.search(spot.chain_head)
    return found["how"] if found else ""


def by_preposition(spot: Spot, tail: str, how: str) -> Telling:
    """对23件重大事项进行合法性审查, 对7个领域，开展监督."""
    two = split(tail) if tail else Clause("")
    which = _TO_WHICH.search(spot.head.rstrip())
    if not two.thing:
        two = Clause("")  # 对26件首次轻微违法案件不予处罚: what looks like an adverb opens the noun
    noun, deed = two.thing, two.predicate or chain_deed(spot)
    if not deed:
        one = parse(tail)
        noun, deed = one.actor, one.verb and one.verb + one.thing
    if not deed:
        by_word = by_class(tail, spot.quantity.dimension in PEOPLE)
        noun, deed = by_word.thing, by_word.predicate or trim(spot.behind)
    unit = spot.quantity.unit.removeprefix("大")
    if spot.quantity.unit in lexicon("unit_nouns") and not noun.startswith(unit):
        noun = unit + noun
    if not noun or (spot.cut and deed in lexicon("gives")):
        return unsure(noun + deed)  # 为25家企业提供3亿元的支持
    noun = re.sub("(?:依法|全部|均)+$", "", which_of(which["which"], noun) if which else noun)
    return Telling(Clause(noun, predicate=deed), noun + deed, undergone(how, noun, deed) if deed else "")


def which_of(which: str, noun: str) -> str:
    """对在册的186名矫正对象, 对2010年以来制发的143件文件: the words between 对 and the number say which."""
    bare = which.removesuffix("的")
    return (bare if han(bare) < FEW - 1 else which) + noun


def by_unit(spot: Spot, own: str, tail: str) -> Telling:
    """The unit names what is counted: 与4省签订协议 -> 签订协议的省."""
    also = re.match("[（(][^（）()]{1,5}[）)]", spot.tail)  # 8个县（市、区）, 24个乡镇（街道）
    noun = spot.quantity.unit.removeprefix("大") + (also[0] if also else "")
    tail = trim(spot.tail[also.end() :]) if also else tail
    deed = tail or trim(spot.behind)
    preposition = TO.search(spot.head) or TO.search(own)
    if deed and preposition:
        return Telling(Clause(noun, predicate=deed), deed + noun, undergone(preposition["how"], noun, deed))
    two = split(noun + deed)
    if tail.startswith("中") and segmented(tail)[0].text == "中":
        return Telling(Clause(noun), noun, noun)  # 134个乡镇中配备专职人员的
    if is_measured(two.thing):  # 8个县城区空气优良率达到标准
        return unsure(noun + deed)
    return told(two, spot) if two.predicate else Telling(Clause(noun, own), own + deed)


def measure_of(spot: Spot, own: str) -> Telling | None:
    """总投资45亿元的物流园项目进展顺利 -> 物流园项目总投资; of a class (10亿元以上的项目) nothing is measured."""
    found, quantity = _OWNED.search(own), spot.quantity
    if not found or not spot.tail.startswith("的") or spot.runs_on or quantity.bound is not Bound.EXACT:
        return None
    led = own[: found.start()]
    if led and segmented(led)[-1].sort not in (Class.ACT, Class.VERB):
        return None
    words = segmented(spot.tail[1:])
    for n, word in enumerate(words):
        if word.sort in (Class.OTHER, Class.PREPOSITION, Class.PARTICLE):
            return None
        following = words[n + 1] if n + 1 < len(words) else None
        closes = not following or following.sort in _TURNS or following.text in lexicon("predicates")
        if closes and word.text.endswith(ends("works")):
            noun = joined(words[: n + 1])
            name = noun + found["measure"]
            return Telling(Clause(name), name, name) if han(noun) >= FEW else None
    return None


def noun_behind(so_far: Discourse, spot: Spot, own: str, tail: str) -> Telling:
    """`own`, `tail`: the words before and behind the number, trimmed."""
    if _WITHIN.match(tail) and segmented(tail)[0].text == "中":
        return related(so_far, spot, trim(spot.head)) or unsure(own)  # 已判决的6件中胜诉5件
    if split(tail).predicate and not split(tail).thing and spot.head.rstrip().endswith("的"):
        which = related(so_far, spot, own)
        if which:
            return which  # 涉及山林权属的413件全部化解
    whole = _whole(tail) if not SCOPE.sub("", own) else ""
    if whole:
        return told(Clause(SCOPE.sub("", own) + whole), spot, own + tail)  # 134个乡镇中配备专职人员的占四成
    of_next = spot.cut and spot.tail.rstrip().endswith("的")  # 18个国家和地区的20支队
    if of_next or ("、" in tail and "等" in tail):
        return unsure(own + tail)  # 150万头肉牛、生猪倍增等计划
    if _is_no_noun(spot, own, tail) or _REACHES.search(spot.head.rstrip()):
        return unsure(own + tail)
    shared = trim(spot.chain_head) if not own and spot.after_joint else ""
    first = parse(shared)
    if split(tail).predicate and split(tail).thing:
        first, shared = Clause(""), ""  # 实现32万人脱贫、6个县摘帽: each has its own
    if shared and segmented(shared)[-1].sort is Class.ACT:
        own = shared  # 新增2个产业园、3家龙头企业
    elif first.verb and _LISTS.search(spot.chain_head.rstrip()):
        own = first.actor + first.verb  # 建成隧道、17条道路和5个系统
    head = spot.head.rstrip()
    if own and SCOPE.fullmatch(own) and (spot.runs_on or spot.cut):
        acting = parse(tail)  # 全县152个调解委员会调处纠纷2836件
        if acting.actor and acting.verb and segmented(acting.actor)[-1].sort is Class.NOUN:
            return told(Clause(acting.actor), spot, own + tail)
    if spot.runs_on and not split(tail).predicate:
        return unsure(own + tail)
    if head.endswith("的") and (ITEM.search(own) or _NUMBER_BEFORE.search(spot.behind_which)):
        return unsure(own + tail)  # 18个国家和地区的20支队, 28个国家的45个城市
    if head.endswith("等") and not parse(own).verb and not _is_eager(own):
        own = ""
        if han(tail) <= FEW and not chain_deed(spot):
            return unsure(tail)
    one = Clause("", own) if own in lexicon("predicates") else parse(own) if own else Clause("")
    last = segmented(own)[-1] if own else None
    if last and one.thing.endswith(last.text) and last.sort is Class.ACT and one.thing != last.text:
        one = Clause("", last.text, own.removesuffix(last.text))  # 成果转化引导基金累计设立36只子基金
    if one.verb and (SCOPE.fullmatch(one.thing) or _LISTS.search(head)):
        one = replace(one, thing="")
    if not one.verb and own and segmented(own)[-1].sort is Class.ACT and not split(tail).predicate:
        verb = segmented(own)[-1].text  # 机场通达20个城市
        one = Clause("", verb, own.removesuffix(verb))
    opens, *more = ITEM.split(one.thing)
    if one.verb and more and opens.endswith(ends("works", "undertakings", "compound_heads")):
        return unsure(own + tail)  # 完成一期工程和公路两侧90个村庄整治任务: the number is of the second alone
    if one.verb and one.thing in lexicon("batches"):  # 开工建设首批8个项目
        one, tail = replace(one, thing=""), one.thing + tail
    if one.verb and one.thing and head.endswith("的") or not one.verb and re.search("[、和及]$", head):
        return unsure(own + tail)
    if one.verb and one.thing and tail in lexicon("heads"):  # 完成土地确权登记685个村
        return told(Clause(tail, predicate=f"{one.verb}{one.thing}"), spot, own + tail)
    several = _OF_SEVERAL.match(tail)
    if several and not one.thing and (one.verb or only_acts(own)):  # 补齐4个村的阵地短板
        deed = f"{one.actor}{one.verb or own}{several['what']}"
        return Telling(Clause(several["noun"], predicate=deed), own + tail, f"{deed}的{several['noun']}")
    return _clause(so_far, spot, own, tail, one)


def related(so_far: Discourse, spot: Spot, own: str) -> Telling | None:
    """受理案件832件，经调解结案的218件: of the thing counted before those of which the words before 的 hold."""
    whole = so_far.whole
    led = _WHICH.search(spot.head)
    if not led or spot.quantity.dimension in PEOPLE or whole.unit != spot.quantity.unit:
        return None
    thing = so_far.elided_thing(spot)
    acts = own.endswith(("以上", "以下")) or any(word.sort in (Class.ACT, Class.VERB) for word in segmented(own))
    if not thing or not acts or han(own) < 2 or thing in own or own.startswith("对"):
        return None
    return Telling(Clause(thing), own + thing, f"{own}的{thing}")


def _whole(tail: str) -> str:
    """乡镇 of 乡镇中配备专职人员的: what stands before 中 and a verb; empty where none does."""
    words = segmented(tail)
    for n in range(1, len(words) - 1):
        if words[n].text == "中" and words[n + 1].sort in (Class.ACT, Class.VERB):
            return joined(words[:n])
    return ""


def _is_eager(own: str) -> bool:
    """Whether the words are a verb and how it is done: 加快建设, 新建成."""
    found = segmented(own)
    how = all(word.sort in (Class.VERB, Class.ADVERB) or word.text in lexicon("manners") for word in found[:-1])
    return how and bool(found) and found[-1].sort is Class.ACT


def _is_no_noun(spot: Spot, own: str, tail: str) -> bool:
    """1000千伏变电站, 安排4亿元实施计划, 1502人的医疗队: the number is no count of what stands behind it."""
    if tail.startswith(ends("no_noun")) or spot.tail.lstrip().startswith("的") or own.endswith(ends("clause_ends")):
        return True
    if han(tail) < 2 and tail not in lexicon("heads"):
        return True
    bare_act = bool(parse(own).verb and not parse(own).thing) or only_acts(own)
    leads_on = segmented(tail)[0].sort in (Class.ACT, Class.VERB)
    return spot.quantity.dimension in AMOUNTS and (not bare_act or leads_on)


def _clause(so_far: Discourse, spot: Spot, own: str, tail: str, one: Clause) -> Telling:
    two = split(tail)
    if not two.predicate and not own and two.thing and chain_deed(spot):
        two = replace(two, predicate=chain_deed(spot))
    if spot.head.rstrip().endswith("的") and one.verb and not one.thing:  # 制发的12件文件均备案
        return told(Clause(two.thing or tail, one.verb, one.actor), spot, own + tail)
    if only_acts(own):
        one = Clause("", own)
    deed = closing_act(tail) if one.verb in lexicon("hastening") else ""
    noun = one.thing + tail.removesuffix(deed)
    if deed and not ITEM.search(noun) and noun[-1] != "”":  # 加快市区3座场站建设
        return told(Clause(noun, one.verb + deed, one.actor), spot, own + tail)
    people = spot.quantity.dimension in PEOPLE
    if not one.verb and not two.predicate:
        two = by_class(tail, people)
    if not one.verb and is_verb(own):
        one = Clause("", own)
    elif not one.verb and (is_measured(two.thing) or (people and not two.predicate and not is_people(two.thing))):
        return unsure(own + tail)
    of = _DEED_OF.fullmatch(one.thing + tail) if one.verb in lexicon("completing") else None
    if of and segmented(of["deed"])[0].sort is Class.ACT:
        return told(Clause(of["noun"], one.verb + of["deed"]), spot, own + tail)  # 完成两部法规草案的审查
    if one.verb and not one.thing:
        return _governed(spot, own, tail, one, two)
    if one.verb:
        whole = Clause(one.thing + tail, one.verb, one.actor)
        return Telling(whole, whole.said) if two.predicate else told(whole, spot)
    if two.predicate:
        return _subject(so_far, spot, own, two)
    if not own and (spot.chain_tail != spot.tail or spot.after_joint):
        return unsure(tail)  # 45个棚户区、13个城中村改造项目: what is done with them stands further on
    if not own and tail in lexicon("bland"):
        return Telling(Clause(tail), tail)
    if SCOPE.sub("", own) and not _SCOPES.search(own):
        return unsure(own + tail)  # 某公司5000万只肉鸡: what the number is to the words before it is not said
    return told(Clause(SCOPE.sub("", own) + tail), spot, own + tail)


def _governed(spot: Spot, own: str, tail: str, one: Clause, two: Clause) -> Telling:
    """The noun is the object of the verb before the number: 健全12个人民调解组织, 组织400名干部参加培训."""
    said, verb = own + tail, one.verb
    if is_measured(tail) and spot.quantity.dimension in ("people", "households", "places"):
        return unsure(said)
    if two.predicate.startswith("担任"):  # 招募200名律师担任调解员
        return told(Clause(two.predicate.removeprefix("担任"), verb, one.actor), spot, said)
    if verb in lexicon("holding") and spot.quantity.unit in load("lexicon")["events"] and not two.predicate:
        return told(Clause(tail, verb, one.actor), spot, said)  # 组织128场促销活动
    if verb in lexicon("pivots"):
        two = two if two.predicate else _led_to(tail)
        sure = two.predicate and two.thing and not spot.cut and not two.predicate.startswith("为")
        deed = f"{verb}{two.predicate}" if verb in lexicon("backing") else attending(two.predicate)
        if spot.quantity.dimension in PEOPLE and not two.thing and deed.startswith("参加"):
            return Telling(Clause(f"{deed}人数"), said, f"{deed}人数")  # 组织216人参加资格考试
        return told(Clause(two.thing, predicate=deed), spot, said) if sure else unsure(said)
    used = _used(tail) if verb in lexicon("using") and not spot.cut else Clause("")
    if used.predicate:
        return told(used, spot, said)
    if verb in lexicon("drawing") and two.predicate and two.thing and not spot.cut:
        return told(Clause(two.thing, predicate=verb + two.predicate), spot, said)
    done = _done(tail) if verb == "实现" else Clause("")
    if done.thing:  # 实现20项事项跨域通办
        return told(replace(done, predicate=verb + done.predicate), spot, said)
    deed = closing_act(tail)
    shared = closing_act(spot.chain_tail) if spot.chain_tail != spot.tail else ""
    if verb in lexicon("completing") and shared and not deed:  # 完成5个排口和6条水体整治
        return told(Clause(tail, f"{verb}{shared}"), spot, said)
    if verb in lexicon("completing") and deed and not one.actor and not ITEM.search(tail):  # 完成3户房屋改造
        return told(Clause(tail.removesuffix(deed).removesuffix("的"), f"{verb}{deed}"), spot, said)
    whole = Clause(tail, verb, one.actor)
    if two.predicate and verb not in lexicon("completing"):
        return Telling(whole, whole.said)
    return told(whole, spot)


def _led_to(tail: str) -> Clause:
    """中小企业数字化转型, behind 推动: who, and what they do."""
    two = by_class(tail, people=False)
    words = segmented(two.thing)
    if two.predicate and len(words) > 1 and words[-1].text.endswith("化"):
        two = Clause(joined(words[:-1]), predicate=words[-1].text + two.predicate)
    return two if two.predicate and two.thing.endswith(ends("heads")) else Clause(tail)


def _done(tail: str) -> Clause:
    """高频事项跨域通办: a noun that closes what is counted, and what is done with it."""
    words = segmented(tail)
    ends_at = (n for n, word in enumerate(words[:-1], 1) if word.text in lexicon("heads") and len(word.text) > 1)
    n = next(ends_at, 0)
    if n and words[n].text in "（(":  # 乡镇（街道）全覆盖
        n = next((k for k in range(n + 1, len(words)) if words[k - 1].text in "）)"), 0)
    return Clause(joined(words[:n]), predicate=joined(words[n:])) if n else Clause("")


def _used(tail: str) -> Clause:
    """采取12项措施控制扬尘, 选派60名干部开展活动: what something is used for is what is told of it."""
    found = segmented(tail)
    for n in range(1, len(found) - 1):
        word = found[n]
        goes_on = found[n + 1].sort in (Class.ACT, Class.VERB) and not opens_a_noun(found[n + 1])
        leads = word.sort in (Class.ACT, Class.VERB) and not opens_a_noun(word) and len(word.text) > 1
        leads |= word.text in lexicon("going")
        if found[n - 1].sort is Class.NOUN and (leads or (goes_on and word.text in lexicon("adverbs"))):
            return Clause(joined(found[:n]), predicate=joined(found[n:]))
    return Clause("")


def _subject(so_far: Discourse, spot: Spot, own: str, two: Clause) -> Telling:
    """The noun is the subject of the predicate behind it: 2个单位获评先进."""
    if not two.thing:
        return _predicate_alone(so_far, spot, own, two.predicate)
    said = own + two.said
    no_people = spot.quantity.dimension in PEOPLE and not is_people(two.thing)
    if spot.runs_on and _states(two.predicate):  # 88个项目完成投资440亿元
        whole = Clause(SCOPE.sub("", own) + ("的" if own and spot.head.rstrip().endswith("的") else "") + two.thing)
        says_which = (
            whole.thing != two.thing or two.predicate.startswith("完成") and two.thing.startswith(ends("ranks"))
        )
        return told(whole, spot, said) if says_which else Telling(whole, said)
    if no_people or (spot.cut and spot.chain_tail == spot.tail and han(two.predicate) < 3):
        return Telling(Clause(two.thing), said)
    if _acts_in_a_row(two.thing):
        return unsure(said)  # 4家企业异地迁建和化工厂就地改造
    deed = closing_act(two.thing)
    if deed and two.predicate in lexicon("achieved"):  # 8个片区城市更新全面启动
        two = Clause(two.thing.removesuffix(deed), predicate=two.predicate + deed)
    scope = SCOPE.sub("", own)
    of = "的" if scope and spot.head.rstrip().endswith("的") else ""  # 会议确定的10项工程全面完成
    noun = two.thing if scope == "首批" or scope.endswith("中") else scope + of + two.thing
    return told(Clause(noun, predicate=two.predicate), spot, said)


def _states(predicate: str) -> bool:
    """Whether a predicate only leads to the number that follows."""
    bare = _TOGETHER.sub("", predicate)
    return is_measured(bare) and (bare.startswith(_LEADING) or not parse(bare).verb)


def _acts_in_a_row(noun: str) -> bool:
    """Whether 和 or 、 parts words of which the first have a verb of their own."""
    first = ITEM.split(noun)[0]
    if first in ("", noun):  # 和美乡村 begins with no joint
        return False
    last = segmented(first)[-1]
    return last.sort in (Class.ACT, Class.VERB) and not last.nominal


def _predicate_alone(so_far: Discourse, spot: Spot, own: str, predicate: str) -> Telling:
    """学法考试3240人参考, 29项工作59次受到表彰, 5件因答复不当被诉."""
    quantity, said = spot.quantity, own + predicate
    held = so_far.exam(spot) or context_of(spot.before) or (so_far.last.clause.thing if so_far.near(spot) else "")
    if not own and held and quantity.dimension in PEOPLE and predicate in lexicon("sat"):
        name = f"{held}{predicate}人数"
        return Telling(Clause(name), held + predicate, name)
    if (own or han(predicate) > FEW) and quantity.dimension in PEOPLE and not spot.cut:
        return Telling(Clause(f"{said}人数"), said, f"{said}人数")
    if not own and quantity.unit == "人" and predicate.endswith("脱贫") and not spot.cut:
        return Telling(Clause(f"{predicate}人数"), predicate, f"{predicate}人数")
    event = load("lexicon")["events"].get(quantity.unit, "")
    if event and not own and han(predicate) > FEW:
        return Telling(Clause(predicate), predicate, predicate + event)
    thing = so_far.elided_thing(spot)
    if thing and quantity.dimension == so_far.whole.dimension and not own:
        so_far.lean(so_far.whole)
        made = told(Clause(thing, predicate=predicate), spot)
        return replace(made, clause=Clause(thing))
    return unsure(said)
