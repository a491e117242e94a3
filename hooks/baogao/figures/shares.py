"""A rate or a proportion in its clause -> its name: in its own word, of its own whole."""

from __future__ import annotations

import re

from ..outline.topics import SCOPE
from ..outline.words import Class, ends, lexicon, one_of, segmented
from ..rules import load
from .clauses import Spot
from .deeds import is_bare_measure
from .discourse import Discourse, Telling, examined, told, unsure
from .matters import overlapped
from .nouns import is_measured
from .phrases import Clause, parse, split
from .trimming import ITEM, trim

_OUT_OF = re.compile("(?:仅|约|已)?占(?P<whole>[^，,。；;占]{2,}?)(?P<word>的?(?:比重|比例|总数))?$")
_CHANGE = re.compile(f"{one_of('changes')}|{one_of('change_words')}")


def shared_of(so_far: Discourse, head: str) -> tuple[Telling, tuple[str, ...]] | None:
    """办理建议30件，提案40件，办结率和满意率均为100%: one number for each rate of each thing."""
    rates = [trim(one) for one in ITEM.split(trim(head))]
    bases = so_far.counted() if all(map(is_bare_measure, rates)) else []
    if not bases:
        return None
    things = tuple(overlapped(base, rate) for base in bases for rate in rates)
    several = things if len(things) > 1 else ()
    subject = f"{'、'.join(bases)}{'、'.join(rates)}{'（均）' if several else ''}"
    return Telling(Clause(subject), "、".join(bases) + trim(head), subject), several


def share_of(so_far: Discourse, spot: Spot, head: str) -> Telling:
    """`head`: the words before the number."""
    own, tail = trim(head), trim(spot.tail)
    if not own and spot.before.endswith("中") and tail:  # 被纠正的文件中，三分之二来自县级
        own = trim(spot.before) + "中"
    if tail and not own.endswith(ends("rate_nouns")):
        return _behind(own, tail)
    reached = so_far.reached(spot)
    if reached:
        return reached
    last = so_far.last
    if not own and last.sentence == so_far.sentence and last.unit == spot.quantity.unit:
        return last  # 由上年的81.3%上升到93.6%
    if own in ("", "占", "占比", "比例", "比重"):
        return _part_of_whole(so_far)
    out_of = _OUT_OF.search(own)
    if out_of and not own.endswith("占比"):
        return _out_of(so_far, own, out_of)
    sat = examined(so_far.exam(spot), spot, own)
    if sat:
        return sat
    one = parse(own)
    return _rate(so_far, spot, one, _without_change(own, one))


def _without_change(own: str, one: Clause) -> str:
    """失业率控制在, 率降低到: the words of a rate without the verb that leads to its value."""
    if one.verb in lexicon("leading") and one.thing:
        own = one.thing if one.actor in ("", "平均") else one.actor + one.thing
    less = _CHANGE.sub("", own)
    return less if less.endswith(ends("rate_nouns")) and not own.endswith(ends("rate_nouns")) else own


def _rate(so_far: Discourse, spot: Spot, one: Clause, rate: str) -> Telling:
    bare, whole = SCOPE.sub("", rate), so_far.whole.clause.thing
    fixed = load("matters")["measures"].get(bare)
    if fixed:
        return Telling(Clause(fixed), rate, fixed)
    rates = [item for item in ITEM.split(bare) if item]
    if _is_of_anything(bare) and not so_far.is_about():
        return unsure(rate)
    if is_bare_measure(bare) or (len(rates) > 1 and all(map(is_bare_measure, rates))):
        return so_far.measure(spot, Clause(bare), bare)
    if bare.endswith(ends("rate_nouns")) or (is_measured(bare) and bare.endswith(ends("own_rates"))):
        return Telling(Clause(rate), rate, rate)
    if spot.quantity.dimension != "percent":
        return told(one, spot)
    if one.verb == "完成" and one.thing and "达" not in spot.head[-3:]:
        done = f"{one.thing}完成率"
        if one.actor or one.thing not in lexicon("bland"):
            return Telling(one, one.said, one.actor + done)
        of = so_far.base(spot).removesuffix("支出决算").removesuffix("决算")
        return Telling(one, one.said, of + done if of else "")
    if spot.inside and whole:  # 执法人员500人，其中本科以上的约70%
        so_far.lean(so_far.whole)
        return Telling(Clause(f"{whole}中{bare}占比"), f"{whole}{bare}占比", f"{whole}中{bare}占比")
    name = f"{rate}占比"
    measured = is_measured(rate) and not rate.endswith("天数")
    return Telling(Clause(rate), name, "" if one.verb or measured or "率" in rate else name)


def _is_of_anything(rate: str) -> bool:
    """事项办结率: of which matters a clause before says, or nobody."""
    opens = any(rate.startswith(noun) for noun in lexicon("bland") if not is_measured(noun))
    nouns = [word for word in segmented(rate)[:-1] if word.sort is Class.NOUN]
    return rate.endswith("率") and opens and len(nouns) == 1


def _out_of(so_far: Discourse, own: str, found: re.Match[str]) -> Telling:
    """案件仅占全部案件的3.8%; of a clause that is nothing else, the part was named before."""
    of = f"占{found['whole'].removesuffix('比')}{(found['word'] or '').lstrip('的') or '比例'}"
    part = parse(trim(own[: found.start()])).said
    if part:
        return Telling(Clause(part + of), part + of, part + of)
    if so_far.changed and so_far.last.sentence < so_far.sentence:  # 产业增加值增长5%，占规上增加值的30%
        return Telling(Clause(so_far.changed + of), so_far.changed + of, so_far.changed + of)
    last = so_far.lean(so_far.last)
    if last.sentence < so_far.sentence:
        return unsure(of)  # A和B增加值分别增长6%和7%，占工业比重20%和30%
    return Telling(Clause(last.subject + of), last.said + of, last.subject + of if last.subject else "")


def _part_of_whole(so_far: Discourse) -> Telling:
    """办理案件411件，其中讨薪案件176件，占比超四成."""
    last, whole = so_far.lean(so_far.last), so_far.lean(so_far.whole)
    said = f"{last.said}占比"
    if last.subject.endswith(ends("accounts")) and last.sentence == so_far.sentence:
        return Telling(last.clause, said, f"{last.subject}占比")  # 住房保障支出29万元，占9.5%
    if not (last.subject and whole.subject) or last is whole or last.dimension != whole.dimension:
        return Telling(last.clause, said)
    part = last.clause.thing if last.clause.verb in ("", whole.clause.verb) else last.clause.said
    name = f"{part}占{SCOPE.sub('', whole.clause.thing)}比例"
    return Telling(Clause(name), said, name)


def _behind(own: str, tail: str) -> Telling:
    """八成五案件实现案结事了; 15%的执法人员充实到一线; 三分之二来自县级."""
    two = split(tail.removeprefix("的"))
    if two.predicate and two.thing:
        within = own if not own or own.endswith("中") or own.startswith("经") else f"{own}中"
        name = f"{within}{two.predicate}的{two.thing}占比"
        return Telling(Clause(name), own + two.said, name)
    if two.predicate and own:
        said = f"{own.removesuffix('中')}{two.predicate}"
        name = f"{own}{two.predicate}的占比" if own.endswith("中") else f"{said}比例"
        return Telling(Clause(name), said, name)
    return unsure(own + tail)
