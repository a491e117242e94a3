"""The words beside a number -> those that say what it is of: no marks, pointers, examples (rules/subjects.yml)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..outline.words import Class, lexicon, segmented
from ..patterns import FOOTNOTE_MARK, IN_PHRASE, JOINTS, ORDINAL, any_of, longest
from ..rules import load
from .nouns import han
from .phrases import parse, stands

_LIST_MARK = re.compile("^(?:[、,，与\\s]|和(?!解|谐|美)|及(?![时格第]))+|[、\\s]+$")
_FOOTNOTE = re.compile(f"{FOOTNOTE_MARK}|[（(][0-9]{{1,2}}[）)]$")
_UNCLOSED = re.compile("^[（(](?![^（）()]*[)）])|^[^（）()]*[)）](?=.)")
_EXAMPLES = re.compile(f"^(?P<named>[^的]*[^平高中初同相优上下])等(?![级次候待同到于])(?P<kind>{IN_PHRASE}*)$")
_BY_WAY = re.compile("(?:多种)?(?:方式|形式|途径|渠道|手段|载体)")
_SINCE = re.compile("[由从](?:[0-9]{4}年|“[^”]+”|年|期)[底末初]?的?$")  # 由2020年的2.2平方米提升至3.4平方米
PER = re.compile("每[人生户](?:每[年月天])?$|每[年月]$")  # for whom an amount is, and how often
ITEM = re.compile(f"[{JOINTS}]")  # between the items of a list
_LONGEST_CONTEXT = 14  # characters of the clause before that may stand in a name
FEW = 4  # so many characters of a noun may lack what they are of


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is taken off the left end and off the right end."""
    rules = load("subjects")
    before, after = rules["opening_kept"], rules["closing_kept"]
    opening = (re.escape(w) + (f"(?![{before[w]}])" if w in before else "") for w in longest(rules["opening"]))
    closing = ((f"(?<![{after[w]}])" if w in after else "") + re.escape(w) for w in longest(rules["closing"]))
    number = f"[（(]?{ORDINAL}(?:[是要、]|[)）])|[（(][0-9]{{1,2}}[)）]|[0-9]{{1,2}}[.．、](?![0-9])"
    return (
        re.compile(f"^(?:[{rules['bullets']}]+|{number}|{'|'.join(opening)})+"),
        re.compile(f"(?:{'|'.join(closing)})+$"),
    )


@cache
def _way() -> re.Pattern[str]:
    """The words that say how or by what something was done, up to the act: 通过公开招考增配."""
    acts = any_of(word for word in lexicon("acts") if len(word) > 1)
    return re.compile(f"^(?:{any_of(load('subjects')['ways'])}){IN_PHRASE}*(?=(?:{acts}){IN_PHRASE}{{3}})")


@lru_cache(8192)
def trim(words: str) -> str:
    """Without list marks, pointers and the words that lead to the number."""
    opening, closing = _edges()
    words = _FOOTNOTE.sub("", words)
    words = _UNCLOSED.sub("", _LIST_MARK.sub("", words).strip())
    words = _SINCE.sub("", words)
    found = opening.match(words)
    words = words[_between_words(words, found.end()) :] if found else words
    words = _LIST_MARK.sub("", closing.sub("", words).strip())
    return _way().sub("", words)


def _between_words(words: str, at: int) -> int:
    """The place, or the one before it where a word begins whose first character was cut off: 在 of 在学研究生."""
    begins = 0
    for word in segmented(words):
        if begins + len(word.text) > at:
            return begins if at - begins == 1 else at
        begins += len(word.text)
    return at


def without_examples(head: str, tail: str) -> str:
    """企业、工地等活动 -> 活动: what is counted, without the examples named before it; the act stays."""
    found = _EXAMPLES.match(head)
    if not found or han(found["kind"] + tail) < FEW:
        return head
    way = _BY_WAY.match(found["kind"])
    if way and han(found["kind"]) - han(way[0]) >= FEW:
        return found["kind"][way.end() :]  # 通过听证、调解等方式化解争议
    one = parse(trim(found["named"]))
    own = segmented(found["kind"])[:1]
    if one.verb in lexicon("pivots") and own and own[0].sort is Class.ACT:
        return found["kind"]  # 邀请教授、法官等开展辅导
    return one.actor + one.verb + found["kind"]


def context_of(clause: str) -> str:
    """What the clause before names, where it only holds an event: 开展拖欠账款清理，化解欠款 -> 拖欠账款清理."""
    one = parse(trim(without_examples(clause, "....")))
    named = one.verb in lexicon("holding") and 2 < han(one.thing) <= _LONGEST_CONTEXT and stands(one.thing)
    return one.thing if named else ""
