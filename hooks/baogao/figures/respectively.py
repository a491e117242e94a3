"""Quantities in a row -> to each its own thing, where 分别 or 依次 lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .clauses import Spot
from .deeds import only_acts
from .phrases import han, is_measured, parse
from .trimming import ITEM, trim
from .words import segmented

_RESPECTIVELY = re.compile("(.+?)(?:分别|依次)[^、]{0,6}$")
_COMMON = re.compile("(?:同比|环比|[较比])[^、和及与较比]*$")
_YEAR = re.compile("[0-9]{4}年$")


def respectively(all_spots: Sequence[Spot]) -> tuple[dict[int, str], dict[int, str]]:
    """The things by the place of their number, and what each change is set against.

    企业、个体工商户分别为214.2万户、486.9万户: counted from the end. Where years are what is listed
    (较2021年、2020年分别), they are the bases.
    """
    things: dict[int, str] = {}
    bases: dict[int, str] = {}
    for n, spot in enumerate(all_spots):
        found = _RESPECTIVELY.search(spot.head + spot.lead)
        if not found:
            continue
        chain = [n]
        while chain[-1] + 1 < len(all_spots) and all_spots[chain[-1] + 1].joined:
            chain.append(chain[-1] + 1)
        listed, common = _listed(found[1], len(chain))
        items = [trim(item) for item in ITEM.split(listed) if trim(item)][-len(chain) :]
        if not 1 < len(chain) == len(items):
            continue
        if any(_YEAR.search(item) for item in items):
            bases |= zip(chain, ("较" + re.sub("^[较比]", "", item) for item in items), strict=True)
            continue
        bases |= dict.fromkeys(chain, common) if common else {}
        shared = _shared_end(items)
        things |= zip(chain, (item if item.endswith(shared) else item + shared for item in items), strict=True)
    return things, bases


def _listed(words: str, count: int) -> tuple[str, str]:
    """The list, and what all of it is compared with: 人次和收入比2015年分别增长."""
    common = _COMMON.search(words)
    if not common or _YEAR.search(ITEM.split(words)[0]):
        return words, ""
    listed = words[: common.start()]
    return (listed, common[0]) if len(ITEM.split(listed)) >= count > 1 else (words, "")


def _shared_end(items: Sequence[str]) -> str:
    """What the last item says for all: 城镇、农村居民人均可支配收入 -> 居民人均可支配收入."""
    last, first = items[-1], items[0]
    one = parse(last)
    if one.verb and not one.actor and only_acts(first):  # 制定、修改、废止规章分别为
        return one.thing
    found = segmented(last)
    if len(found) < 2 or han(first) >= han(last) or is_measured(first):
        return ""
    alike = len(found[0].text) == len(first) or found[0].text[-1] == first[-1]
    rest = last[len(found[0].text) :] if alike else last[len(first) :]
    if not alike and len(segmented(first + rest)[0].text) <= len(first):
        return ""  # 城镇居民 is a word as 农村居民 is
    return rest if is_measured(rest) else ""
