"""text -> its words with their classes: what acts, what is a name (rules/lexicon.yml, else as rjieba has them)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from rjieba import Jieba

from ..patterns import any_of
from ..rules import load


class Class(StrEnum):
    """What a word does in a clause with a number."""

    ACT = "act"  # done to what is counted: 取消
    VERB = "verb"  # another verb, which may as well open a compound: 挂牌企业
    NOUN = "noun"
    ADVERB = "adverb"
    PREPOSITION = "preposition"
    PARTICLE = "particle"  # 的 了
    OTHER = "other"  # marks, and 和


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    text: str
    sort: Class
    nominal: bool = False  # a verb that as often is a noun: 服务, 治理
    place: bool = False  # as the segmenter has it, the name of one: 石嘴山, but 城市 too


_OFTEN = 10**7  # so that a word of ours wins against two of the segmenter's
_OURS = {Class.ACT: "acts", Class.NOUN: "nouns"}
_THEIRS = {
    "v": Class.VERB,
    "d": Class.ADVERB,
    "ad": Class.ADVERB,
    "p": Class.PREPOSITION,
    "u": Class.PARTICLE,
    "x": Class.OTHER,
    "c": Class.OTHER,
}


@cache
def lexicon(name: str) -> frozenset[str]:
    """A list of rules/lexicon.yml."""
    return frozenset(load("lexicon")[name])


@cache
def ends(*names: str) -> tuple[str, ...]:
    """The words of such lists, for str.endswith."""
    return tuple(sorted(frozenset().union(*map(lexicon, names))))


def one_of(name: str) -> str:
    """Such a list as the alternatives of a pattern."""
    return any_of(lexicon(name))


@cache
def _segmenter() -> Jieba:
    made = Jieba()
    for word in (*load("lexicon")["acts"], *load("lexicon")["nouns"], *load("lexicon")["predicates"]):
        made.add_word(word, _OFTEN, "n")
    return made


@cache
def _classes() -> dict[str, Class]:
    return {word: sort for sort, name in _OURS.items() for word in lexicon(name)}


@lru_cache(16384)
def segmented(text: str) -> tuple[Word, ...]:
    """The words in order; together they are the text."""
    return tuple(Word(word, _class(word, tag), tag == "vn", tag == "ns") for word, tag in _segmenter().tag(text))


def _class(word: str, tag: str) -> Class:
    ours = _classes().get(word)
    if ours:
        return ours
    if word in lexicon("adverbs"):
        return Class.ADVERB
    if word in lexicon("prepositions"):
        return Class.PREPOSITION
    return _THEIRS.get(tag) or _THEIRS.get(tag[0]) or Class.NOUN


def joined(some: Sequence[Word]) -> str:
    """Their text."""
    return "".join(word.text for word in some)
