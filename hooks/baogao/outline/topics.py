"""Sentence -> what each of its clauses is about beyond its own words: whose it is, what part of a place, what work.

What a clause names is carried on to those behind it until another takes its place or a ； ends the thought:
市属国有企业完成重组，资产总额80亿元 is of those firms. Nothing is guessed: of two owners nobody knows which it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..patterns import CLAUSE_BREAK, HAN, HAN_CHARACTER, JOINTS, ORDINAL
from ..rules import load
from .words import Class, Word, ends, joined, lexicon, one_of, segmented

_LONGEST_OWNER = 18  # characters
_LONGEST_WORK = 16
_READ = 24  # characters of a clause in which its subject stands
_LONGEST_CLAUSE = 80
_KEPT = 2  # owners; with a second nobody can tell
_NUMBER = re.compile("[0-9０-９]")
_COUNT = re.compile("^[0-9０-９.]+[个家条户座所处项支件名]")
SCOPE = re.compile("^(?:全|我|本)[国省市区县镇乡州局](?!域)")  # the whole place
_REACHES = re.compile("(?:增加|增长|扩大|提高|上升)?(?:到|至|达到?)|突破|超过?")
_WITHIN = ("（", "）", "“", "”", "和", "、", "及")
_LATIN = re.compile("[0-9A-Za-z+＋-]+")
_VAGUE = re.compile("一批|一系列|所有|各类")
_BODY = f"[{HAN}、]{{0,12}}?(?:县|区|市|镇|村|园区|企业)(?:（[{HAN}、]+）[区县]?)?"
_SEVERAL = re.compile(
    f"(?:去年|全年)?(?P<where>[{HAN}]{{0,4}})[0-9]+ ?(?:个|(?=[县市区]))(?P<body>{_BODY})"
    f"(?![级县市镇乡村]|[{HAN}]{{0,4}}项目)"
)
_MORE = re.compile(f"[{JOINTS}][0-9]")  # 14个乡镇、32个县直部门: what follows is of both
_AREA = re.compile(f"(?:在)?(?P<area>(?:{one_of('areas')})(?=[0-9]|{one_of('acts')})|[{HAN}]{{1,8}}层面)")
_SET_UP = re.compile(f"(?P<what>[{HAN}、]{{3,16}})[0-9]+余?[所家]$")
_PARTNERS = re.compile(f"与[{HAN}、“”]{{3,30}}合作$")
_FAIR = re.compile(
    f"^ ?(?:成功举办|举办|承办|(?:组团)?(?:参加|赴))?(?P<fair>[{HAN}“”]{{2,}}(?:会|[^环季]节|展))"
    "(?=圆满|成功|顺利|如期|成为|举办|举行|$)"
)
_COUNTED = re.compile(f"[0-9][项件](?P<noun>[{HAN}]{{3,}})$")
_BULLET = re.compile(f"^[\\s、]*(?:[（(]?{ORDINAL}[是要、)）]|[（(]?[0-9]{{1,2}}[)）.．、](?![0-9]))")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who acts in a clause, and so may have what the next counts."""

    name: str
    counted: bool  # the clause only tells how many of them there are


@dataclass(frozen=True, slots=True)
class Topic:
    """What the clauses before one have spoken of; all may be empty."""

    owners: tuple[Owner, ...] = ()  # the nearest first, as far as one speaks of something else
    bodies: tuple[str, ...] = ()  # several of one kind, since the last ；: 山区县 of 6个山区县
    bodies_before: tuple[str, ...] = ()  # those, since the sentence began
    area: str = ""  # a part of the place: 老城区
    fair: str = ""  # 进博会
    processed: str = ""  # what was counted and then done with, in the clause before: 审批事项 of 400项审批事项进入大厅
    set_up: str = ""  # what was counted that has things of its own: 幼儿园 of 新建幼儿园40所
    partners: bool = False  # it is done with somebody: 加强与中央企业合作
    work: str = ""  # what the last clause without a number is about: 学前教育攻坚行动
    spoken: bool = False  # there was such a clause


@dataclass(frozen=True, slots=True)
class Topics:
    """Those of the clauses of a sentence."""

    starts: tuple[int, ...]
    clauses: tuple[Topic, ...]

    def at(self, offset: int) -> Topic:
        """That of the clause in which a character stands."""
        return self.clauses[bisect_right(self.starts, offset) - 1]


def topics_of(text: str) -> Topics:
    """What each clause of a sentence is about."""
    starts, clauses = zip(*_clauses(text), strict=True)
    return Topics(starts, clauses)


def _clauses(text: str) -> Iterator[tuple[int, Topic]]:
    topic, start = Topic(), 0
    for mark in CLAUSE_BREAK.finditer(text):
        yield start, topic
        topic = _after(topic, text[start : mark.start()])
        if mark[0] not in "，,：:":
            topic = Topic(bodies_before=topic.bodies_before)
        start = mark.end()
    yield start, topic


def _after(topic: Topic, clause: str) -> Topic:
    """What is known behind a clause."""
    if not HAN_CHARACTER.search(clause):
        return topic
    subject, predicate = _subject(clause)
    bodies = _bodies(clause)
    fair, area = _FAIR.search(clause), area_of(clause)
    goes_on = acts_first(clause)
    spoken = not _NUMBER.search(clause)
    return Topic(
        owners=_owners(topic.owners, clause, subject, predicate),
        bodies=bodies or topic.bodies,
        bodies_before=bodies or topic.bodies_before,
        area=area or (topic.area if goes_on else ""),
        fair=fair["fair"] if fair else topic.fair if goes_on else "",
        processed=_processed(clause),
        set_up=set_up(clause) or topic.set_up,
        partners=bool(_PARTNERS.search(clause)) or topic.partners,
        work=_work(clause, subject, predicate) if spoken else topic.work,
        spoken=spoken or topic.spoken,
    )


@cache
def _opening() -> frozenset[str]:
    """Words at the left end of a clause that say nothing of its subject."""
    return frozenset(load("subjects")["opening"]) | lexicon("trailing") | lexicon("adverbs")


def _words(clause: str, most: int = _READ) -> tuple[Word, ...]:
    """The first words of a clause, without bullets and what leads to its subject."""
    found = segmented(_BULLET.sub("", clause).strip(" 、")[:most])
    n = 0
    while n < len(found) and (found[n].text in _opening() or found[n].text.isspace()):
        n += 1
    return found[n:]


def acts_first(clause: str) -> bool:
    """Whether a clause has no subject of its own."""
    words = _words(clause)
    return bool(words) and words[0].sort is Class.ACT


def _subject(clause: str) -> tuple[str, str]:
    """市属国有企业 of 市属国有企业完成重组, and what follows it."""
    whole = joined(_words(clause))
    words = segmented(_COUNT.sub("", whole)) if whole[:1].isdigit() else _words(clause)
    n = 0
    while n < len(words) and _is_noun(words[n]):
        n += 1
    return joined(words[:n]), joined(words[n:])


def _is_noun(word: Word) -> bool:
    noun = word.sort is Class.NOUN or word.nominal or word.text in _WITHIN or bool(_LATIN.fullmatch(word.text))
    return noun and word.text not in lexicon("trailing") | lexicon("adverbs")


def _owners(before: tuple[Owner, ...], clause: str, subject: str, predicate: str) -> tuple[Owner, ...]:
    """A subject that owns nothing, or the whole place, ends what was known."""
    if not subject:
        return before
    owns = bool(predicate) and subject.endswith(ends("owning")) and 3 <= len(subject) <= _LONGEST_OWNER
    if not owns or SCOPE.match(clause.strip()):
        return ()
    own = Owner(subject, counted=bool(_REACHES.match(predicate)))
    return (own, *(one for one in before if one.name != subject))[:_KEPT]


def area_of(clause: str) -> str:
    """The part of a place, or the level of those who act, that a clause opens with: 自治区政府层面."""
    found = _AREA.match(clause.strip())
    return found["area"] if found else ""


def set_up(clause: str) -> str:
    """新建城乡幼儿园40所，新增学位8000个: what was set up, which has what is counted next."""
    found = _SET_UP.search(clause)
    words = segmented(found["what"]) if found else ()
    n = len(words)
    while n and (words[n - 1].sort is Class.NOUN or words[n - 1].text in lexicon("joints")):
        n -= 1
    said = joined(words[n:]).lstrip("、和")
    return said if said.endswith(ends("owning")) and len(said) > 2 else ""


def _bodies(clause: str) -> tuple[str, ...]:
    """6个山区县增长加快，农民人均收入2万元 is of those counties."""
    found = _SEVERAL.match(clause.strip())
    if not found or any(word.sort is not Class.NOUN for word in segmented(found["where"])):
        return ()
    if _MORE.match(clause.strip(), found.end()):
        return ()
    return (found["where"] + found["body"],)


def _processed(clause: str) -> str:
    """400项审批事项进入大厅办理，审批时限压缩五成: of those alone."""
    found = _COUNTED.search(clause)
    subject, predicate = _subject(found["noun"]) if found else ("", "")
    return subject if predicate else ""


def _work(clause: str, subject: str, predicate: str) -> str:
    """What a clause without a number is about, as a noun: 学前教育攻坚行动 of 开展学前教育攻坚行动."""
    said = subject if subject and predicate else _object(clause)
    sure = not _VAGUE.search(said) and 3 < len(HAN_CHARACTER.findall(said)) <= _LONGEST_WORK and "（" not in said
    return said if sure and said.endswith(ends("undertakings")) else ""


def _object(clause: str) -> str:
    """What the first verb of a clause governs."""
    words = _words(clause, _LONGEST_CLAUSE)
    n = 0
    while n < len(words) and words[n].sort is not Class.ACT:
        n += 1
    while n < len(words) and (words[n].sort is Class.ACT or words[n].text in lexicon("joints")):
        n += 1
    return joined(words[n:]).removeprefix("了")
