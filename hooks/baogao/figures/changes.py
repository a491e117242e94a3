"""A change in its clause -> what changes, and which way: 出庭率增幅, 调解率（为上年倍数）."""

from __future__ import annotations

import re

from ..model import Direction, Quantity
from ..outline.topics import SCOPE
from ..outline.words import ends, lexicon, one_of
from ..patterns import HAN, IN_PHRASE
from ..rules import load
from .clauses import Spot
from .deeds import acts_itself, is_bare_measure, only_acts
from .discourse import Discourse, Telling, unsure
from .matters import matter_of, overlapped
from .nouns import han, is_measured, is_trade
from .phrases import Clause, parse
from .trimming import ITEM, trim

_LIKE = "(?:按)?可比(?:口径)?|(?:按)?同口径"
_ON = "在(?:[0-9]{4}年|“[^”]+”末?|上年|去年)的?基础上"  # 在2020年基础上翻两番
_COMPARED = re.compile(
    f"(?:相?较|(?<!占)比(?![重例率值])(?=.)|同比|环比|{_LIKE}|与|年均(?!浓度|气温|值)){IN_PHRASE}{{0,16}}$|{_ON}$"
)
_APART = re.compile("(?P<what>.+)相差")
_CHANGES = re.compile(f"^(?P<mean>平均)?(?:{one_of('changing_acts')})(?P<what>[{HAN}、]{{2,}})$")
_TIME = re.compile(
    "[当本][季月期]|[两三四五]年平均|[上下]半年|前?[一二三四]季度|全年|[0-9]{4}年|当年|“[^”]+”(?:时期|期间)|(?:过去)?五年"
)
_BEFORE = re.compile(one_of("year_before"))
_BASE = re.compile(
    f"(?:较|(?<!可)比)(?P<base>[{HAN}0-9]{{2,8}}?)(?:分别|再|又|相比|压缩|减少|增长|增加|提高|降低|下降|实现)*[时比]*$"
)
_REAL = "实际"
_USUAL_BASE = re.compile(f"{one_of('year_before')}|同期|年均|同比")
_ABOVE = re.compile(f"(?:{one_of('above')})[{HAN}]{{2,6}}?(?:平均水平)?$")
_PLACE = re.compile("[区县市镇乡州省]$")  # what of it grows is not said
_THAN = re.compile(
    f"(?P<than>(?:{one_of('above')})(?:全[国省市区](?:平均(?:水平|增速)?)?|(?:年初|年度|省定)?(?:预期)?目标))"
)
_LEADS = re.compile(f"^(?:{one_of('leading')})(?=..)|(?:{one_of('leading')})$")
_YEARS = re.compile("(?<=..)(?P<so_many>[三四五十]年)(?:来|间)?$")  # 财政收入五年翻一番
_ON_TOP = re.compile(f"在{IN_PHRASE}{{2,10}}(?:基础)上$")  # 时限在法定时限基础上压缩60%
_SHORT = 2  # characters of a measure that a verb opens: 研发投入占比
_SAID = re.compile(f"(?:[涨增降跌]幅|增速|增长率|(?:{one_of('changes')})(?:比例|幅度|率))$")
_LONG = 6  # characters of a name that says enough without the scope


def change_of(so_far: Discourse, spot: Spot, head: str, against: str) -> Telling:
    """`head`: the words before; `against`: the year that 分别 sets it against, empty where there is none."""
    apart = _APART.search(head + spot.lead)
    if apart:
        name = f"{trim(apart['what'])}差距"
        return Telling(Clause(name), name, name)
    head = _ON_TOP.sub("", head)
    than = _THAN.fullmatch(trim(head))
    if than and not spot.apart:
        return _than(so_far, than["than"])
    compared = _COMPARED.search(head)
    how = compared[0] if compared else ""
    noun = _LEADS.sub("", trim(head[: compared.start()] if compared else head))
    years = _YEARS.search(noun) if spot.quantity.dimension == "multiple" else None
    if years:
        noun, how = noun[: years.start()], f"较{years['so_many']}前"
    verb = re.sub(f"[^{HAN}]", "", spot.lead)
    if _TIME.fullmatch(noun):
        so_far.changed = ""
    if han(trim(spot.tail)) > 2 or spot.tail.startswith(ends("plans")) or _TIME.fullmatch(noun):
        return unsure(noun + how + verb)
    goes_on = not noun and spot.before_is_its and not spot.apart and not _TIME.search(head)
    again = spot.joined or (goes_on and spot.quantity.dimension != "points")  # 总计增加56万元，下降1.87%
    real = noun if noun == _REAL else ""  # 增长9%，扣除价格因素，实际增长6%
    if only_acts(noun) or noun in ("再", "又", "平均", real):
        noun = ""
    again |= bool(real) and so_far.last.sentence == so_far.sentence and not spot.apart
    if not noun and again and so_far.changed:
        base = said = so_far.changed
        how = against
    elif not noun and (_turned(spot) or (so_far.last.sentence < so_far.sentence and not spot.apart)):
        return unsure(how + verb)
    else:
        base, said = _base(so_far, spot, _other_half(so_far, spot, noun)) if noun else _last(so_far)
    name = _changed(base + real, spot.quantity, spot.quote, against or how) if base else ""
    so_far.changed = base if name else ""
    rest = re.sub("分别$", "", how) + verb
    return Telling(Clause(base), said if said.endswith(rest) else said + rest, name)


def _other_half(so_far: Discourse, spot: Spot, noun: str) -> str:
    """一般公共预算收入增长5%、支出增长6%: of the same account."""
    halves: dict[str, str] = load("lexicon")["halves"]
    account = so_far.changed or so_far.last.clause.thing
    other = halves.get(noun, "")
    near = other and spot.joined_head and account.endswith(other)
    return account.removesuffix(other) + noun if near else noun


def _turned(spot: Spot) -> bool:
    """支出增加，比上年增加30万元: the clause before has a thing of its own that changed."""
    return spot.turned_just and spot.before.endswith(ends("moved"))


def _than(so_far: Discourse, than: str) -> Telling:
    """投资增长6%，高于全国1.5个百分点 -> 投资增速高于全国幅度."""
    last, grown = so_far.last, f"{so_far.changed.removesuffix('增速')}增速" if so_far.changed else ""
    of = grown or (last.subject if last.subject.endswith("率") and last.sentence == so_far.sentence else "")
    return Telling(Clause(of), f"{of}{than}", f"{of}{than}幅度" if of else "")


def _base(so_far: Discourse, spot: Spot, noun: str) -> tuple[str, str]:
    """What changes, in a name and as said."""
    verbal = _CHANGES.match(noun)
    if verbal:  # 平均减少申报材料38%
        noun = verbal["what"] + (verbal["mean"] or "")
    one = Clause(noun) if verbal else parse(noun)
    base = noun
    first, *rest = ITEM.split(noun)
    if rest and is_measured(rest[-1]) and han(rest[-1]) <= _SHORT and not is_measured(first) and acts_itself(first):
        return "", noun  # 审批实现在线办理、时限压缩30%
    if is_trade(noun) and not one.verb:  # 纺织业增长3%, in a column of 增加值
        return (noun + so_far.column_near() if so_far.column_near() else ""), noun
    opened = is_measured(one.thing) and han(one.thing) <= _SHORT and one.verb not in lexicon("leading")
    if one.verb and one.thing and not opened:
        base = one.actor + one.thing if one.verb in lexicon("leading") else f"{one.actor}{one.verb}的{one.thing}"
    base = SCOPE.sub("", base) if han(base) > _LONG else base
    if is_measured(base) and base in lexicon("bland") - lexicon("of_the_place"):  # 实施技改项目55个，投资额增长3%
        known = so_far.near(spot) and not is_measured(so_far.last.clause.thing)
        return (so_far.measure(spot, Clause(base), base).subject if known else ""), noun
    if base.endswith("率") and is_bare_measure(base) and not matter_of(base):
        base = overlapped(so_far.base(spot), base)
    return base, noun


def _last(so_far: Discourse) -> tuple[str, str]:
    """A clause that only compares: what changes is what was counted before; what was done to it says which."""
    last = so_far.lean(so_far.last)
    return last.subject, last.said


def _changed(base: str, quantity: Quantity, quote: str, how: str) -> str:
    """出庭率, 提高7个百分点 -> 出庭率增幅."""
    if not (han(SCOPE.sub("", base)) or base.startswith("PM")) or _PLACE.search(base):
        return ""
    said = how + quote
    if re.search("[增减]产", quote) and not is_measured(base):
        base += "产量"  # 茶叶增产8%
    if re.search("翻|番", quote) or (quantity.unit == "倍" and re.search("是|为|相当", quote)):
        stated = _BASE.search(how)
        against = stated["base"] if stated and not _USUAL_BASE.search(stated["base"]) else "原来"  # 较两年前实现翻番
        return f"{base}（为{'上年' if _BEFORE.search(said) else against}倍数）"
    if quantity.direction is None:
        return ""
    if _SAID.search(base) and not how:
        return base  # 涨幅控制在3%
    above = _ABOVE.search(how)
    if above:
        return f"{base}{above[0]}幅度"
    found = _BASE.search(how)
    against = f"较{found['base']}" if found and not _USUAL_BASE.search(found["base"]) else ""
    when = next((word for word in ("年均", "同比") if word in said), "")
    up, relative = quantity.direction is Direction.UP, quantity.dimension in ("percent", "points", "multiple")
    ending = ("增幅" if up else "降幅") if relative else ("增加量" if up else "减少量")
    return f"{base}{against}{when}{ending}"
