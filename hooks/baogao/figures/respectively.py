"""Quantities in a row -> to each its own thing, where 分别 or 依次 lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model import Kind
from ..outline.topics import SCOPE
from ..outline.words import lexicon, one_of, segmented
from ..patterns import JOINTS
from ..rules import load
from .clauses import Spot
from .deeds import is_bare_measure, only_acts
from .nouns import han, is_measured
from .phrases import like_first, parse
from .trimming import ITEM, PER, trim

_RESPECTIVELY = re.compile("(?P<listed>.*?)(?:分别|依次)(?P<rest>[^、]{0,20})$")
_COMMON = re.compile(f"(?:同比|环比|(?:按)?可比口径|(?<!可)[较比是为])[^{JOINTS}较比]*$")
_SQUEEZED = re.compile("控制|压[缩减]|缩短")  # to a time or a count that the things themselves do not name
_WITH = re.compile(f"(?:同比|环比|年均|(?:按)?可比口径|(?<!可)[较比])[^{JOINTS}较比]*$")
_NAMED = re.compile("以.{2,8}名义")
_AGAINST = re.compile("[高低快慢]于|高出")
_SHORT = 3  # characters of an item that may lack the noun of the last
_WHEN = re.compile("^[0-9]{4}年(?=.)")
_COUNTED = re.compile("(?P<of>.{2,})(?:起数|件数|数量)")
_MOVED = re.compile(f"(?:{one_of('changes')})$")
_ANYTHING = re.compile("(?P<listed>.*)(?P<rest>)$")
_YEAR = re.compile("[0-9]{4}年$")


@dataclass(frozen=True, slots=True)
class Share:
    """What one number of a row is of; where all is empty, nobody can tell."""

    thing: str = ""  # as a clause of its own
    against: str = ""  # what the change is set against
    before: int | None = None  # the place of the number before that is spoken of again


def respectively(all_spots: Sequence[Spot]) -> dict[int, Share]:
    """The shares by the place of their number: 企业、个体工商户分别为214.2万户、486.9万户.

    Counted from the end. Where years are what is listed (较2021年、2020年分别), they are what is set against.
    """
    shares: dict[int, Share] = {}
    for n, spot in enumerate(all_spots):
        if n in shares:
            continue
        found = _RESPECTIVELY.search(spot.head + spot.lead) or _silent(all_spots, n)
        if found:
            chain = [n]
            while chain[-1] + 1 < len(all_spots) and all_spots[chain[-1] + 1].joined:
                chain.append(chain[-1] + 1)
            shares |= zip(chain, _shares(all_spots, chain, found["listed"], found["rest"]), strict=True)
    return shares


def _silent(all_spots: Sequence[Spot], n: int) -> re.Match[str] | None:
    """城镇和农村居民收入达4万元和2万元，增长6%和7%: 分别 goes without saying."""
    row = all_spots[n : n + 2]
    if len(row) < 2 or not row[1].joined or row[0].quantity.kind is not row[1].quantity.kind:
        return None
    if row[0].quantity.unit == row[1].quantity.unit and len(_both(trim(_WITH.sub("", row[0].head)))) == len(row):
        return _ANYTHING.match(row[0].head)  # 城乡居民收入达到4万元和2万元
    if row[0].quantity.kind is Kind.LEVEL:
        items = [trim(item) for item in ITEM.split(row[0].head)]
        both = len(items) == len(row) and is_measured(items[-1]) and row[0].quantity.unit == row[1].quantity.unit
        return _ANYTHING.match(row[0].head) if both else None
    if row[0].quantity.kind is not Kind.CHANGE:
        return None
    return None if trim(_WITH.sub("", row[0].head)) else _ANYTHING.match(row[0].head)


def _shares(all_spots: Sequence[Spot], chain: Sequence[int], words: str, rest: str) -> Iterator[Share]:
    spot, count = all_spots[chain[0]], len(chain)
    changes = spot.quantity.kind is Kind.CHANGE
    compared = _COMMON.search(rest.removesuffix(spot.lead)) if changes else None
    listed, common = _listed(words, count)
    against = common or (compared[0] if compared else "")
    if _NAMED.search(listed) or _AGAINST.search(rest):
        yield from (Share() for _ in chain)  # 以省政府名义下发的文件、召开的会议; 分别低于预期0.4和0.2个百分点
        return
    if not trim(listed):
        yield from _again(all_spots, chain, against)
        return
    items = _items(listed, count)
    if len(items) == 1 and count > 1 and spot.quantity.kind is Kind.SHARE and is_bare_measure(items[0]):
        before = _levels_before(all_spots, chain)
        if len(before) == count:  # 办理建议61件、提案84件，满意率分别为98%、97%
            yield from (Share(items[0], before=n) for n in before)
            return
    if count == len(items) > 1 and any(_YEAR.search(item) for item in items):
        yield from (Share(against="较" + re.sub("^[较比]", "", item)) for item in items)
    elif count == len(items) > 1:
        deed = "" if changes else trim(PER.sub("", rest.removesuffix(spot.lead)))
        things = _completed(items)
        moved = not changes and _MOVED.search(rest)  # 限额、封顶线分别提高3万元和2万元
        sure = not moved and _alike(things) and (changes or not _SQUEEZED.search(rest) or all(map(is_measured, things)))
        yield from (Share(item + deed, against) if sure else Share() for item in things)
    else:
        yield from (Share() for _ in chain)


def _levels_before(all_spots: Sequence[Spot], chain: Sequence[int]) -> list[int]:
    """The places of the levels before, as many as the chain has: of more, the last."""
    start = chain[0]
    while start and not all_spots[start].apart:
        start -= 1
    before = [n for n in range(start, chain[0]) if not all_spots[n].former]
    levels = all(all_spots[n].quantity.kind is not Kind.CHANGE for n in before)
    counts = [n for n in before if all_spots[n].quantity.dimension != "percent" or len(before) == len(chain)]
    return counts[-len(chain) :] if levels else []


def _again(all_spots: Sequence[Spot], chain: Sequence[int], against: str) -> Iterator[Share]:
    """新增专利4件、商标2件，分别增长5%、6%: the numbers before, where there are as many."""
    before = _levels_before(all_spots, chain)
    sure = len(before) == len(chain) > 1 and all_spots[chain[0]].quantity.kind is Kind.CHANGE
    yield from (Share(against=against, before=before[k]) if sure else Share() for k in range(len(chain)))


def _items(listed: str, count: int) -> list[str]:
    """The list's; where it has more than there are numbers, as 、 alone parts them (电子信息业、软件和信息服务业)."""
    items = [trim(item) for item in ITEM.split(listed) if trim(item)]
    if len(items) == 1 and count == 2:
        return _both(items[0])
    items = [_WHEN.sub("", item) for item in items]
    return items if len(items) == count else [trim(item) for item in listed.split("、") if trim(item)]


def _alike(things: Sequence[str]) -> bool:
    """Whether no end can be the shared one: of 液晶器件、汽车产量 nobody knows what the first number is of."""
    if all(map(only_acts, things)):
        return True  # 修改、废止、宣布失效分别为
    things = [thing for thing in things if thing not in lexicon("heads")] or things  # 企业、农民合作社分别有
    short = min(map(han, things)) < _SHORT < max(map(han, things))  # 刑事、治安类警情
    return all(map(is_measured, things)) if is_measured(things[-1]) else not short


def _both(item: str) -> list[str]:
    """城乡居民收入 -> 城镇居民收入, 农村居民收入."""
    for both, each in load("lexicon")["both"].items():
        if both in item:
            return [item.replace(both, one, 1) for one in each]
    return [item]


def _listed(words: str, count: int) -> tuple[str, str]:
    """The list, and what all of it is compared with: 人次和收入比2015年分别增长."""
    common = _WITH.search(words)
    if not common or _YEAR.search(ITEM.split(words)[0]):
        return words, ""
    listed = words[: common.start()]
    return (listed, common[0]) if not trim(listed) or len(ITEM.split(listed)) >= count or count == 2 else (words, "")


def _completed(items: Sequence[str]) -> list[str]:
    """Each with what the last or the first says for all."""
    shared = _shared_end(items)
    if shared:
        led = parse(items[0])  # 参加养老、医疗保险的人数
        opening = led.verb if "的" in shared and not SCOPE.sub("", led.actor) else ""
        items = [item if item.endswith(shared) else item + shared for item in items]
        return [item if opening in item else opening + item for item in items]
    counted = _COUNTED.fullmatch(items[0])
    if counted and any(map(is_bare_measure, items[1:])):  # 生产安全事故起数、死亡人数
        return [counted["of"] + item if is_bare_measure(item) and item != items[0] else item for item in items]
    items = [items[0], *(like_first(item, items[0]) for item in items[1:])]
    last = segmented(items[0])[-1].text
    opening = items[0].removesuffix(last) if last in lexicon("bland") | lexicon("measures") else ""
    return [opening + item if item in lexicon("bland") else item for item in items]


def _shared_end(items: Sequence[str]) -> str:
    """What the last item says for all: 城镇、农村居民人均可支配收入 -> 居民人均可支配收入."""
    last, first = items[-1], items[0].removeprefix("对")  # 对南亚、中东出口
    one = parse(last)
    if all(map(only_acts, items)):
        return ""  # 修改、废止、宣布失效分别为
    if one.verb and not one.actor and only_acts(first):  # 制定、修改、废止规章分别为
        return one.thing
    if "占" in last:  # 绿色经济、数字经济占地区生产总值比重
        return last[last.index("占") :]
    found = segmented(last)
    if len(found) < 2 or any(map(is_measured, items[:-1])):
        return ""
    alike = len(found[0].text) == len(first) or found[0].text[-1] == first[-1] or han(first) >= han(last)
    rest = last[len(found[0].text) :] if alike else last[len(first) :]
    if found[0].text in first and len(segmented(rest)[0].text) == 1 and len(segmented(rest)) > 1:
        rest = rest[1:]  # 环境影响报告书、报告表审批时限
    if not alike and len(segmented(first + rest)[0].text) <= len(first):
        return ""  # 城镇居民 is a word as 农村居民 is
    return rest if is_measured(rest) or rest in lexicon("of_the_place") else ""
