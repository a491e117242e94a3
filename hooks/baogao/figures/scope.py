"""A name that says too little alone -> the same with whose it is, where an earlier clause says so for sure, else none.

市属国有企业完成重组，资产总额80亿元 is of those firms, not of the city; of 强化服务，新增项目12个 nobody knows which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Kind
from ..patterns import HAN, HAN_CHARACTER
from .clauses import Spot
from .phrases import SCOPE, han, is_measured, parse, stands
from .trimming import trim
from .words import Class, Word, ends, joined, lexicon, one_of, segmented

_SEGMENT = re.compile("[；;。！？!?\n]")
_CLAUSES = re.compile("[，,：:]")
_CHANGED = re.compile("(?:（[^（）]*）|(?:较[^的]{2,8})?(?:年均|同比)?[增降]幅|增加量|减少量)$")
_WHEN = re.compile("^(?:累计|[三四五]年来?|当年|全年|年度|年均|年|计划|预计)+")
_COUNT = re.compile("^[0-9０-９.]+[个家条户座所处项支件名]")
_NUMBER = re.compile("[0-9０-９]")
_FEW = 4  # characters of a deed that may be done to anything
_LONGEST_OWNER = 18
_LONGEST_TOPIC = 16
_WITHIN = ("（", "）", "“", "”", "和", "、", "及")
_SUMMED = re.compile("^累计")
_LATIN = re.compile("[0-9A-Za-z+＋-]+")
_VAGUE = re.compile("一批|一系列|所有|各类")
_REACHES = re.compile("(?:增加|增长|扩大|提高|上升)?(?:到|至|达到?)|突破|超过?")
_BODY = f"[{HAN}、]{{0,12}}?(?:县|区|市|镇|村|园区|企业)(?:（[{HAN}、]+）[区县]?)?"
_SEVERAL = re.compile(f"(?P<where>[{HAN}]{{0,4}})[0-9]+ ?个(?P<body>{_BODY})(?!级|[{HAN}]{{0,4}}项目)")
_AREA = re.compile(f"(?:在)?(?P<area>{one_of('areas')})(?=[0-9]|{one_of('acts')})")
_FAIR = re.compile(
    f"^ ?(?:成功举办|举办|承办|(?:组团)?(?:参加|赴))?(?P<fair>[{HAN}“”]{{2,}}(?:会|[^环季]节|展))"
    "(?=圆满|成功|顺利|如期|成为|举办|举行|$)"
)
_DEALS = re.compile(one_of("deals"))
_AGAINST_ALL = re.compile("[高快低慢]于全[国省市州区县]")
_GREAT = re.compile("^(?:重点|重大)(?=项目$)")
_COUNTED = re.compile(f"[0-9][项件](?P<noun>[{HAN}]{{3,}})$")
_BODIES = re.compile("(?:县市区|市县区|区县|县区?|城区|乡镇|镇街|村)(?!级|域|内)")
_MANY = re.compile("[0-9]个$")
_SPOKEN = re.compile("[0-9]")
_FAR = 160  # characters before a number in which its sentence may say whose it is


def scoped(name: str, spot: Spot, text: str) -> str:
    """`text`: the sentence. The name is empty where it lacks whose it is and nobody can say."""
    place = _place(name, spot, text)
    if place is not None:
        return _whose(place, name) if place else ""
    counts, measures = _is_bare_count(name), is_measured(_core(name))
    if (not counts and not measures) or SCOPE.match(spot.clause.text):
        return name
    earlier = _earlier(text, spot)
    owners = _several(earlier, name)
    if not owners and not counts and not _is_bare_measure(name) and not _is_led(name, spot):
        return name
    owners = owners or _owners(earlier, counts or _is_bare_measure(name))
    if len(owners) > 1:
        return ""
    bare = counts or _is_bare_measure(name)
    context = next((one for one in reversed(earlier) if not _NUMBER.search(one)), "") if bare else ""
    owner = owners[0] if owners else _topic(context)
    if not owner or owner[-2:] in name:
        return "" if context and not owner else name
    return _whose(owner, name)


def _whose(owner: str, name: str) -> str:
    whole = _SUMMED.sub("", name)
    whole = name.removesuffix(whole) + owner + whole
    return whole if stands(whole) else ""


def _place(name: str, spot: Spot, text: str) -> str | None:
    """The part of the place or the fair that its sentence is about; empty where the name lacks one that nobody can
    tell, none where it lacks none: 老城区实施工程8项，改造道路9公里 is of that part."""
    begins = spot.quantity.start - len(spot.head)
    if _BODIES.match(name) and _MANY.search(text, 0, begins) and is_measured(_core(name)):
        return ""  # 三市的19个县区城区清洁取暖率: of those alone
    earlier = _earlier(text, spot)
    if _AGAINST_ALL.search(name):  # 7个县产值增长9%，高于全市2个百分点; 收入增长8%，高于全市1个百分点
        of = _several(_clauses(text[: spot.clause.start]), name)
        return of[0] if of else None
    if earlier and _is_of_counted(earlier[-1], name):
        return ""
    own = _SPOKEN.split(spot.clause.text)[0]
    deals = name.endswith(ends("measures")) and bool(_DEALS.search(name))
    for clause in reversed(earlier):
        fair = _FAIR.search(clause) if _DEALS.search(name) else None
        if fair and (deals or _acts_first(own)):
            said = fair["fair"]
            return (said if han(said) <= _LONGEST_OWNER and said[-2:] not in name else None) if said else None
        if not _acts_first(own):
            return None
        area = _AREA.match(clause.strip())
        if area:
            return area["area"] if area["area"] not in name else None
        own = clause
    return None


def _is_of_counted(clause: str, name: str) -> bool:
    """400项审批事项进入大厅办理，审批时限压缩五成: of those alone."""
    counted = _COUNTED.findall(clause)
    subject, predicate = _subject(counted[-1]) if counted and is_measured(_core(name)) else ("", "")
    word = segmented(name)[0].text
    return bool(predicate) and len(word) > 1 and subject.startswith(word) and subject not in name


def _acts_first(clause: str) -> bool:
    """Whether a clause has no subject of its own."""
    words = segmented(trim(clause))
    return bool(words) and words[0].sort is Class.ACT


def _earlier(text: str, spot: Spot) -> list[str]:
    """The clauses of its sentence before its own, as far as the last ；."""
    before = text[max(0, spot.clause.start - _FAR) : spot.clause.start]
    return _clauses(_SEGMENT.split(before)[-1])


def _clauses(words: str) -> list[str]:
    return [one for one in _CLAUSES.split(words) if HAN_CHARACTER.search(one)]


def _core(name: str) -> str:
    """Without what was said of how it changed and when."""
    return _WHEN.sub("", _CHANGED.sub("", name))


def _is_bare_count(name: str) -> bool:
    """新增的项目: a noun that may be of anything, with a verb that says no more."""
    deed, of, thing = _core(name).partition("的")
    said = "“" in deed or han(deed) > _FEW or any(word.sort is Class.NOUN for word in segmented(deed))
    thing = _GREAT.sub("", thing).removesuffix("面积")
    return bool(of) and not said and thing in lexicon("heads") | lexicon("bland") | lexicon("of_anything")


def _is_bare_measure(name: str) -> bool:
    return _core(name) in lexicon("bland") - lexicon("of_the_place")


def _is_led(name: str, spot: Spot) -> bool:
    """园区建成40平方公里，实现产值100亿元: what has no subject of its own has that of the clause before."""
    led = parse(trim(spot.head))
    return led.verb in lexicon("leading") and not led.actor and is_measured(name) and spot.quantity.kind is Kind.LEVEL


def _owners(earlier: Sequence[str], bare: bool) -> list[str]:
    """Whose it may be: who acts in the clauses before, the nearest first, as far as one speaks of something else."""
    found: list[str] = []
    for clause in reversed(earlier):
        subject, predicate = _subject(clause)
        goes_on = bool(predicate) and (bare or not _REACHES.match(predicate))
        owns = goes_on and subject.endswith(ends("owning")) and 3 <= han(subject) <= _LONGEST_OWNER
        if subject and (not owns or SCOPE.match(clause.strip())):
            break
        if owns and subject not in found:
            found.append(subject)
    return found


def _several(earlier: Sequence[str], name: str) -> list[str]:
    """6个山区县增长加快，农民人均收入2万元 is of those counties."""
    found = [one for clause in earlier if (one := _SEVERAL.match(clause.strip())) and is_measured(_core(name))]
    bodies = [one["where"] + one["body"] for one in found if one["body"][-2:] not in name]
    return [] if any(word.sort is not Class.NOUN for one in found for word in segmented(one["where"])) else bodies[-1:]


def _subject(clause: str) -> tuple[str, str]:
    """市属国有企业 of 市属国有企业完成重组, and what follows it."""
    words = segmented(_COUNT.sub("", trim(clause)))
    n = 0
    while n < len(words) and _is_noun(words[n]):
        n += 1
    return joined(words[:n]), joined(words[n:])


def _topic(clause: str) -> str:
    """What a clause without a number is about, as a noun: 学前教育攻坚行动 of 开展学前教育攻坚行动."""
    words = segmented(trim(clause))
    while words and (words[0].sort is Class.ADVERB or words[0].text in lexicon("trailing")):
        words = words[1:]
    subject, predicate = _subject(joined(words))
    said = subject if subject and predicate else parse(joined(words)).thing.removeprefix("了")
    sure = not _VAGUE.search(said) and 3 < han(said) <= _LONGEST_TOPIC and "（" not in said and stands(said)
    return said if sure and said.endswith(ends("undertakings")) else ""


def _is_noun(word: Word) -> bool:
    noun = word.sort is Class.NOUN or word.nominal or word.text in _WITHIN or bool(_LATIN.fullmatch(word.text))
    return noun and word.text not in lexicon("trailing") | lexicon("adverbs")
