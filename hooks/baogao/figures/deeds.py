"""Words -> whether they act, on what, and what they make of it: 审结, 律师事务所暂缓考核 (rules/lexicon.yml)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..outline.words import Class, Word, joined, lexicon, one_of, segmented
from ..patterns import longest
from .clauses import Spot
from .matters import matter_of
from .nouns import han, is_measured, is_people
from .phrases import Clause, parse, split
from .trimming import trim

_BARE_RATE = 5  # with so many characters before 率, a rate needs what it is the rate of: 按期办结率
_BARE = 2  # other measures: 播放量, 参考人数
_MEASURE = re.compile(f"(?:{one_of('bare_measures')})$")
_HOW = re.compile(f"^(?:{one_of('only_how')})")
_ATTENDED = re.compile(f"^(?:开展|进行)(?=.*(?:{one_of('courses')})$)")
_EITHER = re.compile("、|及|或者|或|并")


def only_acts(words: str) -> bool:
    """Whether the words name an act and nothing it is done to: 审结, 调解、和解终止, 撤销、变更或者确认违法."""
    deeds = lexicon("acts") | lexicon("decided") | lexicon("persons")
    bare = _HOW.sub("", words)
    parts = [part for one in _EITHER.split(bare) for part in ([one] if _is_deed(one) else one.split("和")) if part]
    return words in deeds or (bool(parts) and all(map(_is_deed, parts)))


def _is_deed(words: str) -> bool:
    deeds = lexicon("acts") | lexicon("decided") | lexicon("persons")
    pairs = ((words[:n], words[n:]) for n in range(2, len(words) - 1))  # 排查化解; but 组织培训 holds an event
    return words in deeds or any({*pair} <= deeds and pair[0] not in lexicon("holding") for pair in pairs)


def acts_itself(words: str) -> bool:
    """Whether the words have a verb of their own, at either end: 减税, 天然气改造, 稳定岗位; not 发电装机容量."""
    found = segmented(words)
    last = found[-1] if found else None
    compound = last and len(found) > 1 and len(last.text) == 1  # 保健站
    if not last or (last.sort in (Class.ACT, Class.VERB) and not compound):
        return True
    first = found[0]
    opens = first.sort is Class.VERB and first.text not in lexicon("openers")  # not 供热 of 供热设施
    return first.sort is Class.ACT or (opens and len(found) == 2 and not is_measured(words))


def names_a_case(verb: str) -> bool:
    """Whether a verb is of cases: with who did it, it leaves out what it was done to (负责人出庭39件)."""
    return verb in lexicon("decided") or verb in lexicon("of_cases")


def becomes(verb: str, thing: str) -> str:
    """An application that was taken up is a case: 审结的行政复议案件, not 申请."""
    if any(deed in verb for deed in lexicon("decided")) and thing.endswith("复议申请"):
        return thing.removesuffix("申请") + "案件"
    return thing


def closing_act(tail: str) -> str:
    """The act that closes the words behind a number, empty where none does: 房屋改造."""
    deeds = (deed for deed in longest(lexicon("closing_acts")) if tail.endswith(deed))
    deed = next((deed for deed in deeds if han(tail) > han(deed) + 1), "")
    into = segmented(tail.removesuffix(deed))[-1].text if deed else ""  # 司法所规范化改造
    return into + deed if len(into) > 2 and into.endswith("化") and into + deed != tail else deed


def attending(predicate: str) -> str:
    """Who is organised to hold a course attends it: 组织干部开展培训."""
    return _ATTENDED.sub("参加", predicate)


def is_verb(own: str) -> bool:
    """Whether the words are one verb, though none we know: 突出."""
    found = segmented(own)
    return len(found) == 1 and found[0].sort is Class.VERB


def by_class(tail: str, people: bool) -> Clause:
    """A predicate that no list knows: people and what they do, or a verb that closes the words: 贫困村出列."""
    found = segmented(tail)
    for n in range(1, len(found)) if people and not is_people(tail) else ():
        if is_people(joined(found[:n])) and found[n].text != "的":
            return Clause(joined(found[:n]), predicate=joined(found[n:]))
    if len(found) > 1 and _closes_as_verb(found) and "的" not in tail:
        n = len(found) - 1
        while n > 1 and (_goes_with(found[n - 1]) or found[n - 1].text in lexicon("fillers")):
            n -= 1
        return Clause(joined(found[:n]), predicate=joined(found[n:]))
    return Clause(tail)


def _closes_as_verb(found: Sequence[Word]) -> bool:
    """Whether the last word is what the noun before it does: 贫困村出列; not 水库建设, 具体工作."""
    last = found[-1]
    acts = last.sort is Class.ACT or (last.sort is Class.VERB and not last.nominal)
    event = last.text in lexicon("compounding") and not _goes_with(found[-2])
    return acts and not event and len(last.text) > 1


def _goes_with(word: Word) -> bool:
    """Whether a word before the verb at the end belongs to it: 恢复 施工, 全面 竣工."""
    return word.sort is Class.ADVERB or (word.sort in (Class.ACT, Class.VERB) and not word.nominal)


def chain_deed(spot: Spot) -> str:
    """What the last of several joined with 和 does, for all of them."""
    if spot.chain_tail == spot.tail:
        return ""
    two = split(trim(spot.chain_tail))
    one = parse(trim(spot.chain_tail))
    return two.predicate or (one.verb + one.thing if one.actor and one.verb else "")


def last_noun(words: str) -> str:
    """The word at the end: 项目 of 民生项目."""
    return segmented(words)[-1].text if words else ""


def is_of_a_noun(words: str) -> bool:
    """Whether a short measure names a noun, which may or may not say enough: 蔬菜面积; not 播放量, 出庭率."""
    measure = _MEASURE.search(words)
    before = segmented(words[: measure.start()]) if measure and measure[0] != "率" else ()
    return bool(before) and before[-1].sort is Class.NOUN and len(before[-1].text) > 1


def is_bare_measure(words: str) -> bool:
    """Whether the words name a measure and hardly of what: 出庭率, 播放量, 参考人数."""
    measure = _MEASURE.search(words)
    of_crops = words.endswith("产量") and han(words) > len("产量")
    if not measure or of_crops or matter_of(words) or words in lexicon("whole_rates"):
        return False
    if measure[0] != "率":
        return han(words[: measure.start()]) <= _BARE
    nouns = [one for one in segmented(words)[:-1] if one.sort is Class.NOUN and one.text not in lexicon("adjuncts")]
    return han(words[: measure.start()]) <= _BARE_RATE and not nouns
