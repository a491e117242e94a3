"""text and its Quantities -> what stands round each: the words of its clause, the clauses beside it.

One pass over the sentence, however many quantities it has; of a clause without end the nearest WINDOW characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ..model import Kind, Printed, Quantity
from ..outline.words import joined, lexicon, segmented
from ..patterns import CLAUSE_BREAK, HAN, HAN_CHARACTER, IN_PHRASE, JOINTS, STOP
from ..rules import load
from .nouns import is_measured
from .phrases import parse

WINDOW = 80  # characters of a clause that are read on each side of a number

_NUMBER = re.compile("[0-9０-９]")
_ITEM = re.compile(f" ?[{JOINTS}] ?")
_JOINT = re.compile(f"[{JOINTS}]$")
_INSIDE = re.compile("其中[^；;。]*$")
_APART = re.compile(f"[；;。]|{STOP}")
_WORDS = re.compile("[^，,。；;：:0-9]+")
_AFTER = re.compile(f"{IN_PHRASE}+[{JOINTS}]")
_LISTED = re.compile(f"[{JOINTS}](?!其中)")
_NOUN = re.compile(f"(?P<noun>[{HAN}“”]{{2,}})、(?=[{HAN}]{{2}})")
_NOUN_AND = re.compile(f"(?P<noun>[{HAN}“”]{{2,}})[{JOINTS}]")
_RUN = re.compile(f"(?:(?![{JOINTS}中])[{HAN}“”0-9])+")
_FROM = re.compile(
    "[由从](?:(?:[0-9]{4}年|“[^”]{2,8}”|上年|去年|前年|年初|期初|原来|原先|[一二两三四五]年前)[初末底]?的?)?(?:每[人户亩吨件])?(?:每[年月天])?$"
)
_WORDY = 6  # a clause of more characters, and no number, says something of its own
_ONE_MORE = re.compile(f"[{JOINTS}]一[批系]")  # 新增5个国家级学科、一批省级学科
_IN_BRACKETS = re.compile(
    "^[（(][^（）()]*$|^[）)].*"
)  # 审结39件（含上年结转2件）: the words belong to the number in them
_BRACKETED = re.compile("[（(][^（）()]*$")
_LATTER = re.compile(f"{IN_PHRASE}{{0,8}}(?:至|到|为)$")


@dataclass(frozen=True, slots=True)
class Spot:
    """A quantity in its clause."""

    quantity: Quantity
    quote: str  # as printed
    lead: str  # the words of the quote before its numeral: 同比增长
    head: str  # the clause before the number, as far as the number before it
    tail: str  # and behind, as far as the next
    before: str  # the clause before this one
    behind: str  # the clause behind, as far as its first number
    end: int  # of the clause
    joined: bool  # nothing but 、 or 和 parts it from the number before
    inside: bool  # 其中 stands before it
    turned: bool  # a clause without a number has gone before in the sentence
    turned_just: bool  # the clause before has no number
    apart: bool  # a ； parts it from the number before, or nothing stands before
    joined_head: bool  # 、 or 和 opens the words between it and the number before
    before_is_its: bool  # the clause before is that of the number before
    cut: bool  # the words behind the number end at the next number
    after_joint: bool  # 和 or 、 ends the words between it and the number before: 3个市和4个县
    # of those that 和 or 、 joins with their nouns (对1家律所和两家法律服务所):
    chain_head: str  # the words before the first
    chain_tail: str  # the words behind the last
    clause: Printed  # the whole of it, its number in it; its place in the text
    runs_on: bool  # no mark parts the words behind it from the next number: 21个乡镇签约项目81个
    former: bool  # 由2分提高到3分: the first of the two
    latter: str  # the word between the two: 提高
    after_colon: bool  # a ： opens its clause
    bracketed: bool  # it stands in brackets, which begin in its sentence
    first: bool  # no quantity stands before it in the text
    clauses_before: int  # in the text

    @property
    def behind_which(self) -> str:
        """The clause before its own words: it ends with the number before, or is empty."""
        return self.clause.text[: max(0, self.quantity.start - len(self.head) - self.clause.start)]

    @property
    def inside_opens(self) -> bool:
        """Whether 其中 stands among its own words."""
        return "其中" in self.head


def spots(text: str, quantities: Sequence[Quantity]) -> list[Spot]:
    """One for each quantity, in order."""
    breaks = list(CLAUSE_BREAK.finditer(text))
    starts = [0, *(found.end() for found in breaks)]
    ends = [*(found.start() for found in breaks), len(text)]
    turned = _first_turn(text, starts, ends)
    return _chained([_spot(text, quantities, n, starts, ends, turned) for n in range(len(quantities))])


def _chained(found: list[Spot]) -> list[Spot]:
    """With what stands before the first and behind the last of those that share a predicate."""
    for n in range(1, len(found)):
        if _shares(found[n - 1], found[n]):
            found[n] = replace(found[n], chain_head=found[n - 1].chain_head)
    for n in range(len(found) - 2, -1, -1):
        if _shares(found[n], found[n + 1]):
            found[n] = replace(found[n], chain_tail=found[n + 1].chain_tail)
    return found


def _shares(one: Spot, following: Spot) -> bool:
    return following.after_joint and bool(one.tail and following.tail)


def _first_turn(text: str, starts: Sequence[int], ends: Sequence[int]) -> int:
    """Where the first clause ends that has no number and says something; the length of the text where none does."""
    for start, end in zip(starts, ends, strict=True):
        if _NUMBER.search(text, start, end) is None and len(HAN_CHARACTER.findall(text, start, end)) > _WORDY:
            return end
    return len(text)


def _spot(
    text: str, quantities: Sequence[Quantity], n: int, starts: Sequence[int], ends: Sequence[int], turned: int
) -> Spot:
    quantity = quantities[n]
    clause = bisect_right(starts, quantity.start) - 1
    last = bisect_right(starts, max(quantity.end - 1, quantity.start)) - 1
    start, end = starts[clause], ends[last]
    previous = quantities[n - 1] if n else None
    following = quantities[n + 1] if n + 1 < len(quantities) else None
    counted = next((one for one in reversed(quantities[:n]) if not _rates(text, one)), None)
    if counted and counted.end > start:
        start = _past_noun(text, counted.end, quantity)
        if _JOINT.search(text, start, quantity.start) and HAN_CHARACTER.search(text, start, quantity.start - 1):
            start = quantity.start  # 3个市县区和4个项目: those between are the first number's
    head = text[max(start, quantity.start - WINDOW) : quantity.start]
    tail = _IN_BRACKETS.sub("", _tail(text, quantity, following, end)[:WINDOW])
    return Spot(
        quantity,
        quote=text[quantity.start : quantity.end],
        lead=text[quantity.start : quantity.numeral],
        head=head,
        tail=tail,
        before_is_its=bool(previous and clause and previous.end > starts[clause - 1]),
        cut=bool(following and following.start < end),
        after_joint=bool(previous and _AFTER.fullmatch(text, previous.end, quantity.start)),
        chain_head=head,
        chain_tail=tail,
        before=text[starts[clause - 1] : ends[clause - 1]][-WINDOW:] if clause else "",
        behind=_behind(text, end),
        end=end,
        joined=bool(previous and _ITEM.fullmatch(text, previous.end, quantity.start)),
        inside=bool(_INSIDE.search(text, max(0, quantity.start - 2 * WINDOW), quantity.start)),
        turned=turned < quantity.start,
        turned_just=clause > 0 and not (previous and previous.end > starts[clause - 1]),
        apart=not previous or bool(_APART.search(text, previous.end, quantity.start)),
        joined_head=bool(previous and _LISTED.match(text, previous.end, quantity.start)),
        clause=_said(text, max(starts[clause], quantity.start - WINDOW), min(end, quantity.end + WINDOW)),
        latter=_latter(text, quantity, following),
        runs_on=bool(following and following.start < end and _RUN.fullmatch(text, quantity.end, following.start)),
        former=_is_former(text, quantity, following),
        after_colon=text.endswith(("：", ":"), 0, starts[clause]),
        bracketed=bool(_BRACKETED.search(text, max(0, quantity.start - WINDOW), quantity.start)),
        first=not n,
        clauses_before=clause,
    )


def _rates(text: str, quantity: Quantity) -> bool:
    """Whether a number only says of what kind the noun behind it is: 10千伏线路, 20亿元以上项目."""
    above = "以上" in text[quantity.numeral : quantity.end + 3] and quantity.unit not in ("年", "岁")
    behind = text[quantity.end : quantity.end + 1]
    return (above or quantity.unit in lexicon("ratings")) and bool(HAN_CHARACTER.match(behind))


def _past_noun(text: str, start: int, quantity: Quantity) -> int:
    """Where the words before a number begin: behind the noun of the number before (30个重大项目、总投资20亿元)."""
    behind = HAN_CHARACTER.match(text, quantity.end)  # 15条措施和省50项举措
    noun = (_NOUN_AND if behind else _NOUN).match(text, start, quantity.start)
    of_its = text.endswith("的", 0, quantity.start)  # 18个国家和地区的20支队
    if not noun or of_its or is_measured(noun["noun"]) or parse(noun["noun"]).verb:
        return start
    return noun.end()


def _said(text: str, start: int, end: int) -> Printed:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Printed(words.strip(), start, start + len(words.strip()))


def _tail(text: str, quantity: Quantity, following: Quantity | None, end: int) -> str:
    if following and following.start < end:
        return _before_next(text, quantity.end, following, end)
    tail = _ONE_MORE.split(text[quantity.end : end])[0]
    return "" if tail.startswith("、") or tail in lexicon("milestones") else tail


def _before_next(text: str, start: int, following: Quantity, end: int) -> str:
    """Of the words between two numbers those of the first; those behind the second in 4省25市."""
    between = text[start : min(following.start, start + WINDOW)]
    if not between and _rates(text, following):  # 引进1个10亿元以上企业
        return text[following.start : end]
    if not HAN_CHARACTER.search(between.strip(JOINTS)):
        return "" if between.startswith("、") else text[following.end : end]
    words = takewhile(lambda word: word.text not in tuple(JOINTS), segmented(between))  # 国家和地区 is one
    return "" if between.startswith("、") else joined(list(words))


def _behind(text: str, end: int) -> str:
    found = _WORDS.match(text, end + 1, end + WINDOW) if text[end : end + 1] in "，," else None
    return found[0] if found else ""


def _latter(text: str, quantity: Quantity, following: Quantity | None) -> str:
    between = text[quantity.end : following.start] if following else ""
    how = re.sub("(?:至|到|为)$", "", between) if 1 < len(between) <= _WORDY else ""
    return str(load("lexicon")["in_full"].get(how, how))


def _is_former(text: str, quantity: Quantity, following: Quantity | None) -> bool:
    if not following or quantity.kind is Kind.CHANGE or quantity.kind is not following.kind:
        return False
    if quantity.unit != following.unit and quantity.kind is not Kind.RATIO:
        return False
    leads = _FROM.search(text, max(0, quantity.start - 14), quantity.start)
    return bool(leads) and bool(_LATTER.fullmatch(text, quantity.end, following.start))
