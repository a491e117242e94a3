"""A name and the words it was made of -> whether it can be shown: nothing of them is lost, no verb left over."""

from __future__ import annotations

import re
from functools import cache

from ..model import Kind
from ..outline.words import Class, Word, ends, lexicon, one_of, segmented
from ..patterns import NUMERAL
from ..rules import load
from .behind import AMOUNTS
from .clauses import Spot
from .deeds import closing_act, is_bare_measure
from .nouns import han, is_measured, is_people
from .trimming import FEW, ITEM, trim
from .verbs import opens_a_noun

_OURS = re.compile("（[^（）]*）$|(?:较[^的]{2,10})?(?:年均|同比)?(?:[增降]幅|增加量|减少量)$|差距$|中的?占比$|占比$")
_CONTENT = (Class.NOUN, Class.ACT, Class.VERB)
_WITH = re.compile("^(?:[、，]|力争|积极|主动|先后|累计)*与")  # with whom, which trimming takes for a joint
_HELD = re.compile(f"(?:{one_of('carried_out')})的")  # of an act, which is the thing itself
_NUMERAL = re.compile(f"[{NUMERAL}]+[件个项]?")
_NAMED = re.compile("以[^，,、；;]{2,8}名义")
_MONEY = re.compile(f"(?:计划|拟|共)?(?:{one_of('financed')})的?(?:各类|各项)?资金")
_QUOTED = re.compile("“[^”]*”")
_BRACKETS = re.compile("（[^（）]*）|“[^”]*”")
_YEAR = re.compile("^[0-9]{4}年")
_CARED = re.compile(one_of("cared_for"))
_CASES = frozenset({"件", "宗", "例", "卷", "份"})
_BODIES = frozenset({"家", "户", "所", "名"})
_FOR = re.compile("对(?![外口台接比华应标])")
_SHUT = ("”", "》", "）", ")")


def is_sure(name: str, spot: Spot, head: str) -> bool:
    """`head`: the words of its clause before the number, without examples; empty where another's were taken."""
    bare = _OURS.sub("", _OURS.sub("", name)).replace("标的额", "金额")  # whose 的 joins nothing
    if not bare:
        return not name.startswith("（")
    if _is_deed(bare) or _QUOTED.fullmatch(bare):
        return False  # 10大类63项改革, “一网通办”1.2万项: of what
    if spot.inside and is_people(bare) and han(bare) < FEW:
        return False  # 其中外国人: a part of whom
    if _mixes_deeds(bare) or _MONEY.fullmatch(bare) or _is_led_on(bare) or _acts_behind(bare, spot):
        return False  # 投入资金: in what
    if spot.quantity.unit.removesuffix("次") in _BODIES and "的" not in bare and bare.endswith(ends("done_to_bodies")):
        return False  # 责令停产停业整顿8家: which
    if spot.bracketed and bare.endswith(("区", "县", "市", "镇", "乡", "（各）", "本级")):
        return False  # 筹集公租房500套（某区100套）
    if bare.startswith(("（", "(")) or (spot.inside and bare.endswith(ends("places"))):
        return False  # the noun before a bracket is the number's; a place is a part of what was counted
    to_whom = _FOR.match(bare) or (bare.startswith("向") and "的" not in bare)
    rated = spot.quantity.kind is Kind.SHARE and "的" in bare and bare.endswith("率")
    counted = spot.quantity.kind is Kind.LEVEL and not is_measured(bare) and not bare.endswith(_events())
    if to_whom and (rated or counted):
        return False  # 对不合格产品的生产企业后处理率: what is done to it stands further on
    if spot.quantity.kind is Kind.SHARE and bare == name and _is_bare_rate(bare):
        return False  # 上线率, 先行联系率: of what
    if _is_cut(bare) or _counts_within(bare, spot) or _lacks_deed(bare, spot):
        return False
    if is_measured(bare) and _YEAR.sub("", bare) in lexicon("bland") - lexicon("of_the_place"):
        return False
    named = _NAMED.search(spot.head)
    if named and named[0] not in name:
        return False  # 以省政府名义召开的会议
    whole = _closes(bare) and (_opens(bare) or _is_object(bare, head)) and not _turns(bare) and _accounts(name, head)
    with_whom = _WITH.search(head) is None or "与" in name
    return whole and with_whom and (not _is_paid(spot) or _is_worth(bare)) and _fits_unit(spot, bare)


def _is_bare_rate(bare: str) -> bool:
    acts = bare.endswith("率") and bare[:-1] in lexicon("acts") | lexicon("becoming") | lexicon("decided")
    nouns = any(word.sort is Class.NOUN or word.nominal for word in segmented(bare.removesuffix("率")))
    return acts or (is_bare_measure(bare) and not nouns)


def _is_cut(bare: str) -> bool:
    """建成的所, 争取的资金补强短板: a noun of one character that says nothing alone, money and what it did."""
    thing = bare.rpartition("的")[2]
    if len(thing) == 1:
        return "的" in bare and thing not in lexicon("unit_nouns")
    words = segmented(thing)
    does = len(words) > 1 and words[1].sort in (Class.ACT, Class.VERB) and not words[1].nominal
    return does and words[0].text in lexicon("granted") and not is_measured(thing)


def _lacks_deed(bare: str, spot: Spot) -> bool:
    """重点抓好技改项目30个: of all there are it is not."""
    counts = spot.quantity.kind is Kind.LEVEL and "的" not in bare and not is_measured(bare)
    led = spot.clause.text[: max(0, spot.quantity.start - spot.clause.start)]
    return counts and spot.quantity.dimension not in AMOUNTS and bool(_CARED.search(led))


def _counts_within(bare: str, spot: Spot) -> bool:
    """抓好10个示范社建设, 为680名子女入学: the number is of what stands before the act at the end of the noun."""
    bodies = spot.quantity.kind is Kind.LEVEL and spot.quantity.unit in lexicon("units_of_bodies")
    words = segmented(bare)
    if not bodies or len(words) < 2 or not spot.tail.lstrip().startswith(bare.rpartition("的")[2]):
        return False
    deed = closing_act(bare) if "的" not in bare else ""
    if deed:
        return segmented(bare.removesuffix(deed))[-1].sort is Class.NOUN
    return words[-1].text in lexicon("acts_on_bodies") and words[-2].sort is Class.NOUN


def _fits_unit(spot: Spot, bare: str) -> bool:
    """Whether the noun is one that 条 or 起 counts: of 出台稳工业26条 it is cut off."""
    if spot.quantity.kind is not Kind.LEVEL:
        return True
    if spot.quantity.unit == "起":  # 25起外籍轮船、15起冷链食品涉疫事件
        return bare.rstrip("”）").endswith(ends("of_occurrences"))
    if spot.quantity.unit in _CASES and bare.endswith(ends("no_cases")):
        return False  # 其中住建领域97件
    return spot.quantity.unit != "条" or bare.rstrip("”）").endswith(ends("of_lines", "deverbal"))


def _is_paid(spot: Spot) -> bool:
    return spot.quantity.dimension == "money" and spot.quantity.kind is Kind.LEVEL


def _is_worth(bare: str) -> bool:
    """Whether what an amount of money is of can be had or paid: 旅游产业化 cannot."""
    return "的" in bare or is_measured(bare) or bare.endswith(_SHUT) or bare.endswith(ends("worth"))


def _turns(bare: str) -> bool:
    """Whether an adverb and a verb stand behind a noun: there begins what the noun does (措施精准控制扬尘)."""
    found = segmented(bare.split("的", 1)[-1])
    threes = zip(found, found[1:], found[2:], strict=False)
    turn = any(a.sort is Class.NOUN and b.sort is Class.ADVERB and _goes_on(b, c) for a, b, c in threes)
    return turn and not is_measured(bare) and not bare.endswith(ends("counting"))


def _closes(bare: str) -> bool:
    """Whether the end is a noun, or a verb that is often one: 水土流失治理, not 保障房竣工."""
    if _HELD.search(bare) or is_measured(bare) or bare.endswith((*_SHUT, *ends("counting"))):
        return True
    found = segmented(bare)
    last = found[-1]
    if len(last.text) == 1:
        closed = last.sort not in (Class.OTHER, Class.ADVERB, Class.PREPOSITION) or last.text == "所"
        of_act = len(found) > 1 and found[-2].sort is Class.ACT and last.text in ("件", "项", "宗")
        return closed and not of_act  # 转办 件
    return last.sort is Class.NOUN or last.nominal or last.text in lexicon("deverbal")


def _opens(bare: str) -> bool:
    """Whether what is counted opens with a noun, or a verb that often opens one: 养老机构, not 拉动消费."""
    found = segmented(bare.split("的", 1)[-1])
    first = found[0] if found else None
    if not first or first.sort is not Class.VERB or len(first.text) < 2 or len(found) < 2:
        return True
    return opens_a_noun(first) or is_measured(bare) or bare.endswith(_events())


def _mixes_deeds(bare: str) -> bool:
    """争创国家级、新增的省级产业园, 培育的引进企业: of two verbs one has lost what it is done to."""
    deed, of, thing = bare.partition("的")
    if not (deed and thing):
        return False
    items = [segmented(item) for item in _BRACKETS.sub("", deed).split("、") if item]
    cut = [any(word.sort is Class.ACT for word in item) and item[-1].sort is Class.NOUN for item in items[:-1]]
    again = segmented(thing)[0].text in lexicon("never_opens") and items[-1][-1].sort is Class.ACT
    return (any(cut) and items[-1][0].sort is Class.ACT) or (again and not is_measured(thing))


def _is_deed(bare: str) -> bool:
    words = segmented(bare)
    acts = len(words) == 1 and words[0].sort in (Class.ACT, Class.VERB) and han(bare) <= FEW - 2
    return acts and bare not in lexicon("bland") | lexicon("of_the_place")


def _is_led_on(bare: str) -> bool:
    """制定出台支持企业复工政策30条, 一期建成投运、吞吐量达5吨: what the last verb governs is not what is counted."""
    deed, of, thing = bare.partition("的")
    backs = bool(of) and deed.endswith(ends("backing")) and segmented(deed)[-1].text != deed
    first = segmented(ITEM.split(thing)[0]) if is_measured(thing) and "、" in thing else ()
    acts = len(first) == 1 and first[0].text in lexicon("predicates") and first[0].text not in lexicon("deverbal")
    return acts or (backs and segmented(deed)[-2].sort is Class.ACT)


def _acts_behind(bare: str, spot: Spot) -> bool:
    """1100个家庭远离贫困: the noun behind the number goes on as a sentence."""
    found = segmented(bare)
    behind = not trim(spot.head) and spot.tail.startswith(bare) and not is_measured(bare) and len(found) > 2
    inner = found[1:-1] if behind else ()
    return any(word.sort is Class.VERB and len(word.text) > 1 and not opens_a_noun(word) for word in inner)


def _is_object(bare: str, head: str) -> bool:
    """Whether what is counted follows right on an act, and so is its object: 实施占补平衡项目35个."""
    deed, _, thing = bare.partition("的")
    acts = bool(deed) and all(word.sort not in (Class.NOUN, Class.PREPOSITION) for word in segmented(deed))
    return acts and bool(thing) and deed + thing in head and segmented(thing)[-1].sort is Class.NOUN


def _goes_on(adverb: Word, verb: Word) -> bool:
    if adverb.text in lexicon("adverbs") | lexicon("fillers") or adverb.text == "全面":
        return verb.sort is not Class.NOUN
    return len(adverb.text) > 1 and verb.sort in (Class.ACT, Class.VERB) and not verb.nominal


def _accounts(name: str, head: str) -> bool:
    """Whether each word of the clause that says something stands in the name, or only holds or leads to the value."""
    words = (word for word in segmented(trim(head)) if word.sort in _CONTENT)
    return all(word.text.removeprefix("共") in name or _says_nothing(word) for word in words)


@cache
def _events() -> tuple[str, ...]:
    """What counts an event: 场次 of 促销活动场次."""
    return tuple(load("lexicon")["events"].values())


@cache
def _idle() -> frozenset[str]:
    lists = ("leading", "using", "holding", "silent", "fillers", "pivots", "manners", "idle", "carried_out")
    return frozenset(load("subjects")["opening"]).union(*map(lexicon, lists))


def _says_nothing(word: Word) -> bool:
    return word.text in _idle() or bool(_NUMERAL.fullmatch(word.text))
