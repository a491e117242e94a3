"""The words of a clause -> where its verb stands, and what only looks like one: 法制审核人员."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..outline.words import Class, Word, ends, joined, lexicon
from .nouns import OPEN, SHUT, han, is_measured, is_people

_RELATIVE = re.compile("的[^的]{1,6}$")
_FROM = re.compile("从[^的]*$")


def main_verb(found: Sequence[Word]) -> tuple[int, int] | None:
    """The first run of words that act, and where it ends; none where the text is a noun phrase."""
    depth = 0
    for n, word in enumerate(found):
        if word.text[0] in OPEN:
            depth += 1
        elif word.text[0] in SHUT:
            depth -= 1
        elif not depth and _names_who_does_it(found, n):
            continue
        elif not depth and (word.sort is Class.ACT or (n == 0 and (_opens_softly(found) or _became(found)))):
            end = _run(found, n)
            return None if _is_in_noun(found, n, end) else (_from(found, n), end)
    return None


def _names_who_does_it(found: Sequence[Word], n: int) -> bool:
    """法制审核人员, 争议解决中心接待: a verb between a noun and who or what does it is part of a noun."""
    if not n or n + 1 == len(found) or found[n].text not in lexicon("done_by"):
        return False
    before, doer = found[n - 1], found[n + 1].text
    return before.sort is Class.NOUN and not before.text.endswith(ends("agents")) and doer in lexicon("doers")


def _is_in_noun(found: Sequence[Word], n: int, end: int) -> bool:
    """Whether the verbs from `n` to `end` are part of a noun."""
    rest = joined(found[end:])
    if n and _FROM.search(joined(found[:n])) and "到" in joined(found[n:]):
        return True  # 从立项到取得许可的审批时间
    averages = end < len(found) and found[end].text in lexicon("averages") and is_measured(rest)
    if averages and found[n].text not in lexicon("leading"):
        return True  # 信用修复平均用时
    if not rest:  # 农村危房改造, 城镇就业培训: the act itself; not 实际检查
        if n and all(word.text in lexicon("manners") for word in found[:n]):
            return False
        acts = n > 0 and found[end - 1].sort is Class.ACT and found[0].sort is not Class.PREPOSITION
        if acts and _is_event(found, n):
            return True
    elif _RELATIVE.search(rest) and not rest.startswith("的") and not _has_own_verb(found, end):
        return True  # 参加医疗保险的人数
    if n and found[n - 1].text == "的":
        return True  # 新登记的开工项目
    return end + 1 == len(found) and _is_compound(found, n, end)


def _has_own_verb(found: Sequence[Word], end: int) -> bool:
    """清理2022年以前制发的文件: what stands before 的 has a verb, so that the one before it governs the whole."""
    last = next((n for n in range(len(found) - 1, end, -1) if found[n].text.endswith("的")), end)
    inner = found[end:last]
    acts = any(word.sort in (Class.ACT, Class.ADVERB) for word in inner)
    return found[end].sort is Class.VERB or (acts and not is_measured(joined(found[last:])))


def _is_compound(found: Sequence[Word], n: int, end: int) -> bool:
    """Whether verbs only open a compound with the one noun behind them: 采购金额, 处理能力, 工程研究中心, 融资平台."""
    verb, noun = found[n].text, found[end].text
    if verb not in lexicon("leading") | lexicon("moves") and (is_measured(noun) or noun[0] in lexicon("suffixes")):
        return True
    alone = end - n == 1 and (n == 0 or found[n - 1].sort is Class.NOUN)
    return alone and verb in lexicon("compounding") and noun in lexicon("compound_heads")


def _opens_softly(found: Sequence[Word]) -> bool:
    """A verb we do not know, with a long object: 清除湿地黑杨, not 挂牌企业."""
    rest = joined(found[1:])
    return (
        found[0].sort is Class.VERB
        and len(found[0].text) > 1
        and len(found) > 1
        and found[1].sort is Class.NOUN
        and found[-1].sort is not Class.ACT
        and (not opens_a_noun(found[0]) or found[0].text in lexicon("pivots"))
        and han(rest) > 1
        and not is_measured(rest)
        and rest not in lexicon("papers")
    )


def _became(found: Sequence[Word]) -> bool:
    """竣工投产重点项目: what became of what follows."""
    return len(found[0].text) > 3 and found[0].text in lexicon("becoming") and len(found) > 1


def opens_a_noun(verb: Word) -> bool:
    """Whether a verb often opens a compound: 养老 of 养老机构, 标准化 of 标准化厂房."""
    of_a_field = verb.text[0] == "涉" and len(verb.text) == 2 and verb.text not in ("涉及", "涉嫌")  # 涉外, 涉企
    return verb.nominal or of_a_field or verb.text in lexicon("openers") or verb.text[-1] in lexicon("adjectival")


def _is_event(found: Sequence[Word], n: int) -> bool:
    """Whether an act at the end is a noun: something that it is done to stands before it."""
    return joined(found[n:]) not in lexicon("predicates") or found[n - 1].sort is Class.NOUN


def _from(found: Sequence[Word], n: int) -> int:
    """Where the verb begins, with the adverb before it: 主动 公开, 不予 受理."""
    while n and (found[n - 1].sort is Class.ADVERB or found[n - 1].text in lexicon("manners")):
        n -= 1
    return n


def _run(found: Sequence[Word], n: int) -> int:
    """Where verbs that share an object end: 制定、修改, 发现并制止."""
    end = n + 1
    while end < len(found):
        if found[end].sort is Class.ACT and end + 1 < len(found) and not _opens_compound(found, end):
            end += 1
        elif found[end].text in lexicon("joints") and end + 1 < len(found) and found[end + 1].sort is Class.ACT:
            end += 2
        else:
            break
    if end - n > 1 and len(found) == end + 1 and (is_measured(found[end].text) or is_people(found[end].text)):
        end -= found[end - 2].text not in lexicon("joints")  # 发放安置资金; not 避免和挽回损失
    if found[n].text in lexicon("issuing") and found[-1].text in lexicon("papers"):
        end = n + 1  # 下发督察整改清单
    return end


def _opens_compound(found: Sequence[Word], n: int) -> bool:
    """Whether a verb behind another opens the noun: 培育 种植 基地, 落实 帮扶 措施."""
    verb, last = found[n].text, n + 2 == len(found)
    return verb in lexicon("never_second") or (
        last and verb in lexicon("compounding") and found[-1].text in lexicon("deeds_of")
    )
