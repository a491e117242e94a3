"""The words of a clause -> who did what to what is counted, and of these a noun phrase that stands alone.

The thing counted comes last, what was done to it before it with 的: 取消证明事项63项 -> 取消的证明事项. An event is
counted in its own word (次数, 场次), people who are not named in 人数. Where the words leave no such phrase for sure
there is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import dropwhile, takewhile

from ..outline.topics import SCOPE
from ..outline.words import Class, Word, ends, joined, lexicon, one_of, segmented
from ..patterns import longest
from ..rules import load
from .nouns import OPEN, PEOPLE, SHUT, han, is_measured, is_people, is_whole
from .verbs import main_verb, opens_a_noun


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause says of what is counted, each in the report's words; all but the thing may be empty."""

    thing: str  # the noun that is counted; empty where it stands in an earlier clause
    verb: str = ""  # done to it
    actor: str = ""  # by whom, with what stands before the verb
    counts: bool = False  # cases, in a word that says what was done to them: 收案
    predicate: str = ""  # what it does or undergoes itself, behind the number: 2个单位获评先进

    @property
    def said(self) -> str:
        """In the order of the report."""
        return f"{self.actor}{self.verb}{self.thing}{self.predicate}"


_SUMMED = re.compile(
    "(?P<actor>.*?)(?:全年|今年|年内)?(?:(?<!公)共(?![同享建识用管性生青]|产党)|(?<!年)累计|总共)(?P<deed>..+)"
)
_HAS = re.compile("(?P<actor>..+?)(?:现共?|共|仅|实|目前|现)有(?P<thing>..+)")
_TRAILING = re.compile(f"(?:{one_of('trailing')})+$")
_PASSIVE = re.compile(f"^(?:{one_of('light_verbs')})(?P<deed>.+)$")
CUMULATED = re.compile(f"(?:{one_of('summing')})$")
_SUMS = re.compile(f"^(?:{one_of('summing')})(?=..)")
_LONG_SCOPE = re.compile(f"{SCOPE.pattern}各?级?")
_RESULT = re.compile("到(?!位|期|账|港|岸|站|岗)|出(?![口租让版资国境行席庭生栏台院入厂土游诊海售勤发动具])")
_HONOUR = re.compile(one_of("honours"))
_MARKED = re.compile("“[^”]+”(?P<noun>[^“”]+)")
_RANK = re.compile(f"(?:{one_of('ranks')})(?:以上)?")
OF_THINGS = frozenset("户家辆艘批件台")  # visits that are no people's: 检查企业7300家次
_LONG = 10  # characters of a phrase that says enough without its scope
_LONGEST = 40
_SAYS_OF = 4  # so many characters before a verb are what it is done to: fewer may say how (深度治理)


@lru_cache(8192)
def parse(text: str) -> Clause:
    """The words before a number, or those before and behind it where the noun stands behind."""
    found = segmented(text)
    summed = _summed(text)
    if summed:
        return summed
    at = main_verb(found)
    if at is None:
        return Clause(text)
    start, end = at
    actor, verb, thing = joined(found[:start]), joined(found[start:end]), joined(found[end:])
    return Clause(thing.removeprefix("的"), verb, actor)


def _summed(text: str) -> Clause | None:
    """各级部门共审批文件, 调委会共有调解员: what stands behind 共 is the verb, known or not; of 有 nothing is done."""
    has = _HAS.fullmatch(text)
    if has and segmented(has["actor"])[-1].sort not in (Class.ACT, Class.VERB):
        return Clause(has["actor"] + has["thing"]) if is_whole(has["actor"]) else None
    found = _SUMMED.fullmatch(text)
    if found and any(word.sort is Class.ACT for word in segmented(found["actor"])):
        return None
    words = segmented(found["deed"]) if found else ()
    if found and found["deed"].endswith(ends("of_cases")) and is_whole(found["actor"]):
        return Clause(found["actor"] + found["deed"])  # 复议机关共收案
    if not found or len(words) < 2 or not is_whole(found["actor"]):
        return None
    one = parse(found["deed"])
    if one.verb and (not one.actor or one.actor in lexicon("of_cases")):  # 共立案办理行政处罚案件
        return Clause(one.thing, one.actor + one.verb, found["actor"])
    if words[0].sort not in (Class.ACT, Class.VERB):
        return None
    return Clause(joined(words[1:]), words[0].text, found["actor"])


def split(tail: str) -> Clause:
    """The words behind a number: the noun, and what it does: 单位获评先进."""
    found = segmented(tail)
    for n in range(len(found)):
        if not _is_predicate(found, n):
            continue
        n -= n > 1 and found[n - 1].text in lexicon("degrees")
        noun = _TRAILING.sub("", joined(found[:n]))
        rest = tuple(dropwhile(lambda word: word.text in lexicon("fillers"), found[n:]))
        while len(rest) > 1 and rest[1].text == "了":
            rest = (rest[0], *rest[2:])
        if not rest or not _closes_noun(found, n):
            return Clause(noun, predicate=joined(rest))
    return Clause(tail)


def _is_predicate(found: Sequence[Word], n: int) -> bool:
    """Whether with this word begins what the noun before it does."""
    if not n:
        return found[0].text not in lexicon("nouns") and _leads_on(found, n)
    if found[-1].text == "的" or found[n - 1].text in lexicon("joints"):
        return False
    marked = found[n].text[0] in OPEN and found[-1].text[-1] in SHUT and found[n - 1].text in lexicon("done_as")
    begins = marked or _leads_on(found, n) or _acts_on(found, n)
    return begins and joined(found[:n]).count("“") == joined(found[:n]).count("”")


def _leads_on(found: Sequence[Word], n: int) -> bool:
    """Whether a word opens a predicate by what it is."""
    adverbial = found[n].sort in (Class.ADVERB, Class.PREPOSITION) and n + 1 < len(found)
    return adverbial or found[n].text in lexicon("predicates")


def _acts_on(found: Sequence[Word], n: int) -> bool:
    """部委出台政策: a verb between who acts and what it is done to."""
    word = found[n]
    verb = word.sort is Class.VERB and not opens_a_noun(word) and len(word.text) > 1
    between = n + 1 < len(found) and found[n - 1].text in lexicon("heads")
    return between and (verb or word.sort is Class.ACT) and word.text not in lexicon("compounding")


def _closes_noun(found: Sequence[Word], n: int) -> bool:
    """Whether what looks like a predicate only stands before the noun at the end: 项开工建设项目."""
    return 0 < n == len(found) - 2 and found[-1].text in lexicon("heads") and found[n].sort is not Class.ADVERB


def with_area(name: str) -> str:
    """Of what was done to land or in it the area: 治理的水土流失面积, 植树造林面积."""
    last = segmented(name)[-1]
    done = last.sort in (Class.ACT, Class.VERB) or last.text.endswith(ends("of_land"))
    return name + "面积" if done and not is_measured(name) else name


def undergone(preposition: str, noun: str, deed: str) -> str:
    """对23件重大事项进行合法性审查 -> 接受合法性审查的重大事项; 为13个乡镇增配执法人员 -> 增配执法人员的乡镇."""
    if preposition in ("与", "和", "同"):
        return f"{deed}的{noun}"
    passive = _PASSIVE.match(deed)
    fields = (field for field in longest(lexicon("fields")) if noun.startswith(field))
    counted = next((field for field in fields if len(field) < han(noun) - 2), "")
    if passive and counted:  # 对30个领域公开目录进行梳理
        return f"{passive['deed']}{noun.removeprefix(counted)}的{counted}"
    if passive and deed.startswith("实行"):
        return f"{deed}的{noun}"
    if passive:
        return f"接受{passive['deed'].strip('“”') if not is_whole(passive['deed']) else passive['deed']}的{noun}"
    if preposition in ("为", "给") and deed in lexicon("received"):
        return f"接受{deed}的{noun}"
    if preposition in ("为", "给") and segmented(deed)[0].text in lexicon("gives"):
        return f"{deed}的{noun}"
    deed = re.sub("^(?:依法|均|全部)+", "", deed)
    if preposition == "对" and re.match("不予|免予|免于|从轻|减轻", deed):
        return f"{deed}的{noun}"
    if preposition == "对" and segmented(deed)[0].sort in (Class.ACT, Class.VERB, Class.ADVERB):
        return f"被{deed}的{noun}"
    return ""


def level(one: Clause, unit: str, dimension: str) -> str:
    """The noun phrase of a count or an amount, empty where there is none for sure."""
    phrase = _level(one, unit, dimension)
    phrase = _LONG_SCOPE.sub("", phrase) if han(phrase) > _LONG else phrase
    return phrase if stands(phrase) else ""


def _level(one: Clause, unit: str, dimension: str) -> str:
    event: str = load("lexicon")["events"].get(unit, "")
    if one.predicate:
        return f"{one.predicate}的{one.thing}" if one.thing else ""
    if not one.thing:
        return ""
    if event:
        verb = "" if one.verb in lexicon("holding") | lexicon("pivots") else one.verb
        whole = f"{one.actor}{verb}{one.thing}"
        return whole if is_measured(whole) or whole.endswith(event) else whole + event
    people = dimension in PEOPLE and not is_people(one.thing)
    if people and unit[:1] not in OF_THINGS and not unit.endswith("天"):
        counted = "人次" if unit == "人次" else "人数"
        verb = "" if one.verb in lexicon("holding") | lexicon("leading") | lexicon("carried_out") else one.verb
        whole = f"{one.actor}{verb}{one.thing}"
        return whole if is_measured(whole) else whole + counted
    if not one.verb or one.verb in lexicon("silent"):
        return one.thing
    leads = _eagerless(one.verb) in lexicon("leading") and not one.thing.endswith(ends("granted"))
    if leads and (is_measured(one.thing) or one.thing in lexicon("of_the_place")):
        return re.sub("[要将]$", "", one.actor) + one.thing
    if _names_a_work(one):
        return f"{one.actor}{one.verb}{one.thing}"
    verb = "获得" if one.verb == "获" else _SUMS.sub("", one.verb)  # 各单位共办理
    result = _RESULT.match(one.thing)  # 监测到野象, 梳理出要点
    done = result[0] if result else ""
    return f"{CUMULATED.sub('', one.actor)}{verb}{done}的{one.thing.removeprefix(done)}"


def _names_a_work(one: Clause) -> bool:
    """职业技能提升补贴, 中央定点帮扶单位: nobody acts, so that the verb is part of the noun."""
    nouns = all(word.sort is Class.NOUN for word in segmented(one.actor))
    acts = one.actor.endswith(ends("agents", "owning", "people", "manners", "adverbs"))
    least = 2 if is_measured(one.thing) else _SAYS_OF  # 法治建设专项经费
    return nouns and not acts and han(one.actor) >= least and one.verb in lexicon("compounding")


def like_first(thing: str, first: str) -> str:
    """省级农村电商示范县1个、示范镇9个, 外贸“破零”企业、“倍增”企业: what the first says for all, put before another."""
    mine, its = _HONOUR.match(thing) or _MARKED.fullmatch(thing), None
    if mine and "noun" in mine.groupdict():
        its = re.fullmatch(f"(?P<for_all>[^“”]+)“[^”]+”{re.escape(mine['noun'])}", first)
    elif mine:
        its = re.match(f"(?P<for_all>.{{2,}}){mine[0]}", first)
    if its:
        return its["for_all"] + thing
    ranked = _RANK.match(first)  # 省级卫生镇2个、卫生村10个; 国家级技术中心1家、省级9家
    if ranked and _RANK.fullmatch(thing):
        return thing + first[ranked.end() :]
    if ranked and thing[:2] == first[ranked.end() : ranked.end() + 2]:
        return ranked[0] + thing
    return _led_by(first) + thing if _only_says_how(thing, first) else thing


def _only_says_how(thing: str, first: str) -> bool:
    """农村公路扩面工程4公里、养护提升工程6公里: what is done, to what the first says."""
    *deeds, head = segmented(thing)
    acts = bool(deeds) and all(word.sort in (Class.ACT, Class.VERB) for word in deeds)
    return acts and first.endswith(head.text) and head.text in lexicon("deeds_of")


def _led_by(first: str) -> str:
    """农村公路 of 农村公路扩面工程."""
    return joined([*takewhile(lambda word: word.sort is Class.NOUN, segmented(first)[:-1])])


def _eagerless(verb: str) -> str:
    """实现 of 尽快实现."""
    return joined([*dropwhile(lambda word: word.sort is Class.ADVERB, segmented(verb))])


@cache
def _faults() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand in a name whatever it is, and what shows that a name is none."""
    rules = load("subjects")
    may, must_not = ("|".join(row["match"] for row in rules[name]) for name in ("set_phrases", "left_over"))
    return re.compile(may), re.compile(must_not)


def stands(phrase: str) -> bool:
    """Whether a phrase can be quoted: it is whole, of two characters or more, and nothing is left over in it."""
    set_phrases, left_over = _faults()
    return 2 <= han(phrase) <= _LONGEST and is_whole(phrase) and not left_over.search(set_phrases.sub("某", phrase))
