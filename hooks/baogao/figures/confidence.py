"""A name and the words round it -> how likely a reader finds it right, in points (rules/confidence.yml).

What a sign is worth was learned from names that readers judged (bench/confidence.py), and is as reviewable as any rule.
A name with too few points is withheld: it may well be right, but of its like too many were not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..model import Kind
from ..outline.topics import Topic, acts_first
from ..outline.words import Class, Word, lexicon, segmented
from ..rules import load
from .clauses import Spot
from .nouns import han, is_measured

_ADDED = re.compile(
    "（[^（）]*）$|(?:较[^的]{2,10})?(?:年均|同比)?(?:[增降]幅|增加量|减少量)$|中?的?占比$|^累计|^全[国省市区县州](?=..)"
)
_REACHED = re.compile("达到?|突破|超过?|总数|[共现]有|发展到|增至|增加到|拥有|累计")
_SAYS = (Class.NOUN, Class.ACT, Class.VERB)
_SHORT = 4
_SHORT_MEASURE = 5
_FAR = 4  # clauses before it in its sentence
_SEVERAL = range(3, 6)  # figures in its sentence


def is_likely(name: str, spot: Spot, topic: Topic, of: int) -> bool:
    """Whether enough speaks for a name. `of`: how many figures its sentence has."""
    least: int = load("confidence")["least"]
    return points(signs(name, spot, topic, of)) >= least


def points(shown: Iterator[str]) -> int:
    """The sum of what signs are worth; one that is not in the rules is worth nothing."""
    worth = _worth()
    return sum(worth.get(sign, 0) for sign in shown)


@cache
def _worth() -> dict[str, int]:
    return {row["sign"]: row["points"] for row in load("confidence")["signs"]}


def signs(name: str, spot: Spot, topic: Topic, of: int) -> Iterator[str]:
    """What shows of the signs of rules/confidence.yml, which tells what each is."""
    bare = core(name)
    yield from _usual(bare)
    yield from _of_form(bare, spot)
    yield from _of_clause(bare, spot)
    if topic.owners:
        yield "owner"
    if of in _SEVERAL:
        yield "several"


def core(name: str) -> str:
    """A name without what we add to the report's words: how it changed, when, of what whole place."""
    return _ADDED.sub("", _ADDED.sub("", name)) or name


def thing_of(bare: str) -> str:
    """What is counted, without what was done to it: 企业 of 新增的企业."""
    return bare.partition("的")[2] or bare


def ending(bare: str) -> str:
    """The last two words of what is counted: 城镇老旧小区 ends in 老旧小区."""
    return "".join(word.text for word in segmented(thing_of(bare))[-2:])


@cache
def _places(kind: str) -> dict[str, int]:
    """Names, or endings of names -> from how many places such were read."""
    return {words: int(least) for least, listed in load("usual_names")[kind].items() for words in listed.split()}


def _usual(bare: str) -> Iterator[str]:
    """Whether other places' reports give the same, or end alike."""
    for kind, found in (("name", _places("names").get(bare, 0)), ("ending", _places("endings").get(ending(bare), 0))):
        yield from (f"{kind}_of_{least}" for least in load("usual_names")["classes"] if found >= least)


def _of_form(bare: str, spot: Spot) -> Iterator[str]:
    """What the name alone shows, and what it is stated in."""
    kind, dimension = spot.quantity.kind, spot.quantity.dimension
    if han(bare) <= _SHORT:
        yield "short"
    if is_measured(bare) and han(bare) <= _SHORT_MEASURE:
        yield "short_measure"
    if segmented(bare)[0].sort not in _SAYS:
        yield "opens_otherwise"
    if kind is Kind.CHANGE:
        yield "change"
    if kind is Kind.LEVEL and dimension in ("money", "area"):
        yield dimension
    counts = kind is Kind.LEVEL and not is_measured(bare)
    if counts and "的" not in bare and not _REACHED.search(spot.head + spot.lead):
        yield "bare_count"


def _of_clause(bare: str, spot: Spot) -> Iterator[str]:
    """What its clause and the one before show."""
    said = [word.text for word in segmented(bare) if word.sort in _SAYS]
    if said and not any(word in spot.clause.text for word in said):
        yield "of_other_words"
    if thing_of(bare) in spot.head:
        yield "thing_before"
    if spot.joined_head:
        yield "listed"
    own = "" if spot.quantity.kind is Kind.CHANGE else spot.head
    if any(_is_lost(word, bare) for word in segmented(spot.behind_which + own)):
        yield "act_lost"
    nouns = [word.text for word in segmented(spot.before) if word.sort is Class.NOUN and len(word.text) > 1]
    if spot.before and not any(noun in bare for noun in nouns):
        yield "turns"
    if acts_first(spot.before):
        yield "acts_before"
    if spot.first:
        yield "first"
    if spot.clauses_before >= _FAR:
        yield "far"


def _is_lost(word: Word, bare: str) -> bool:
    """Whether an act that is said before the number, and leads to more than its value, stands not in the name."""
    acts = word.sort is Class.ACT and len(word.text) > 1 and word.text not in bare
    return acts and not any(word.text in lexicon(idle) for idle in ("idle", "leading", "holding"))
