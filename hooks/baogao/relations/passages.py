"""Publication -> its passages: sentences, short items, parts between semicolons where shortcomings or plans are listed.

A passage is what one matter takes: an item with one sentence, of a plan with two at most; an item of shortcomings with
its reasons; else a sentence, the first of a longer item of a plan with its heading. Shortcomings that stand in another
part are told by the words that open them (rules/links.yml).
Afterwards: a span begins in its anchor; passages do not overlap and stand in reading order.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..model import Part, Role, Sentence, Theme
from ..outline.items import Item
from ..outline.themes import theme_of
from ..outline.words import Class, segmented
from ..patterns import HAN
from ..publication.publication import Publication
from ..rules import load
from ..translation.terms import find_terms
from .bodies import place_names


@dataclass(frozen=True, slots=True)
class Span:
    """A passage."""

    publication: str  # id of the report
    anchor: str  # of the heading (h3-0-1), else of its first sentence (s4-1)
    start: int  # in the file: source.text[start:end] is the passage
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be linked, and what it is about."""

    span: Span
    text: str
    words: tuple[str, ...]  # those that may say what it is about, and the terms after =; sorted, each once
    role: Role  # of its section; shortcomings where they are told of elsewhere
    theme: Theme | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a passage begins and ends, and whose it is."""

    anchor: str
    start: int
    end: int
    role: Role
    theme: Theme | None

    def span(self, publication: str) -> Span:
        """The same in a report."""
        return Span(publication, self.anchor, self.start, self.end)


def stretches(publication: Publication) -> tuple[Stretch, ...]:
    """The stretches of a report in reading order; the opening and the annex have none."""
    publication = publication.as_read
    text = publication.report.source.text
    found = [*_stretches(publication)]
    said = {start: _said_to_lack().search(text[start:end]) for role, _, start, end, _ in found if role in LACKING}
    parts: dict[str, list[bool]] = defaultdict(list)  # by part, of each shortcoming whether its words say so
    for role, item, start, *_ in found:
        if role in LACKING:
            parts[_part(item)].append(bool(said[start]))
    misread = {top for top, own in parts.items() if 2 * sum(own) < len(own)}
    return tuple(
        Stretch(
            sys.intern(anchor),  # all reports have the same few
            start,
            end,
            Role.OTHER if role in LACKING and _part(item) in misread and not said[start] else role,
            theme_of("", (text[start:end],)) or item.section.theme,
        )
        for role, item, start, end, anchor in found
    )


LACKING = (Role.SHORTCOMINGS,)


def _part(item: Item) -> str:
    return item.id.partition("-")[0]


@cache
def _said_to_lack() -> re.Pattern[str]:
    return re.compile(load("links")["shortcomings"]["said"])


def passages(publication: Publication) -> list[Candidate]:
    """The passages of a report in reading order."""
    return [_passage(publication, stretch) for stretch in stretches(publication)]


_ANNOUNCING = ("：", ":")  # 突出抓好以下十个方面的工作： only opens what is planned


def is_of_no_matter(publication: Publication, stretch: Stretch) -> bool:
    """Whether a passage only opens what follows, speaks to the assembly or exhorts it: 各位代表！"""
    text = publication.as_read.report.source.text[stretch.start : stretch.end].strip()
    return text.endswith(_ANNOUNCING) or bool(_exhorts().search(text))


@cache
def _exhorts() -> re.Pattern[str]:
    return re.compile(load("links")["exhortation"]["match"])


def planned(publication: Publication) -> Iterator[Span]:
    """The passages of a report's plan, in reading order: what links of what came of it start from."""
    for one in stretches(publication):
        if one.role is Role.PLAN and not is_of_no_matter(publication, one):
            yield one.span(publication.id)


def _passage(publication: Publication, one: Stretch) -> Candidate:
    publication = publication.as_read
    text = publication.report.source.text[one.start : one.end]
    terms = {f"={use.term.zh}" for use in find_terms(text, publication.terms) if use.term.zh not in _nothing()}
    words = () if _formal().search(text) else words_of(text, place_names(publication)) | terms
    # each word is one object, and no set is kept
    return Candidate(one.span(publication.id), text, tuple(map(sys.intern, sorted(words))), one.role, one.theme)


# ---- where passages begin and end


def _stretches(publication: Publication) -> Iterator[tuple[Role, Item, int, int, str]]:
    """Role, item, start, end and anchor of each passage."""
    for part in publication.items.parts:
        lacking = _lacking(part)
        for item in part.walk():
            node = item.section
            told = next((one for one in lacking if node.start in one), None)
            role = Role.SHORTCOMINGS if told else node.role
            behind = node.start
            if _is_passage(item, role):
                # what stands behind the last shortcoming of a list is of the list's last item by the outline alone
                end = _end(item)
                behind = min(end, told.stop) if told else end
                yield role, item, node.start, behind, item.anchor
                if behind == end:
                    continue
            pieces = [piece for piece in _pieces(item, lacking) if piece[1] >= behind]
            if pieces and node.role is Role.PLAN and node.level > 2 and item.heading and not told:
                pieces[0] = item.anchor, node.start, pieces[0][2]
            for anchor, start, end in pieces:
                said = any(start in one for one in lacking)
                yield Role.SHORTCOMINGS if said else node.role, item, start, end, anchor


_FEW = 2  # sentences of an item of a plan that are one matter


def _is_passage(item: Item, role: Role) -> bool:
    """Whether an item is one passage with its heading; a subsection is one where its heading is all that it says."""
    spoken, level = _spoken(item), item.section.level
    few = len(spoken) <= (_FEW if role is Role.PLAN else 1) or role is Role.SHORTCOMINGS
    alone = level == 2 and item.heading is not None and not spoken
    return not item.items and (alone or (level > 2 and few))


def _spoken(item: Item) -> list[Sentence]:
    """What is an item's own but the formula that closes the report: 特此报告。"""
    return [one for one in item.own if not _formula().match(one.text)]


def _end(item: Item) -> int:
    """Where what an item without others says ends, but for that formula."""
    spoken, node = _spoken(item), item.section
    return node.end if len(spoken) == len(item.own) else max([node.head_end, *(one.end for one in spoken)])


@cache
def _formula() -> re.Pattern[str]:
    return re.compile(load("links")["formula"]["match"])


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(load("links")["shortcomings"]["opens"])


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(load("links")["shortcomings"]["goes_on"])


@cache
def _closes() -> re.Pattern[str]:
    return re.compile(load("links")["shortcomings"]["closes"])


def _lacking(part: Item) -> tuple[range, ...]:
    """The stretches of a part on something else that tell of shortcomings: in the paragraph of the sentence that opens
    them, and in the items of a list that follow."""
    if part.section.role is Role.SHORTCOMINGS:
        return ()
    found: list[range] = []
    begun, last = -1, -1  # where they begin, and the paragraph they have come to
    for start, stop, paragraph, text in sorted(_said(part)):
        if begun >= 0:
            if (paragraph == last or _goes_on().match(text)) and not _closes().search(text):
                last, end = paragraph, stop
                continue
            found.append(range(begun, end))
            begun = -1
        if opening := _opens().search(text):
            # where nothing follows in its sentence, the next is the first that tells of one
            only = len(text) - opening.end() < _SHORT
            begun, end, last = (stop if only else start), stop, paragraph
    return (*found, *([range(begun, end)] if begun >= 0 else []))


def _said(part: Item) -> Iterator[tuple[int, int, int, str]]:
    """Start, end, paragraph and text of each heading below a part, and of each sentence."""
    for item in part.walk():
        node = item.section
        if item is not part and item.heading:
            yield node.start, node.head_end, node.paragraph, item.label
        yield from ((one.start, one.end, one.paragraph, one.text) for one in item.own)


_SHORT = 8  # characters: 短板弱项：
_LISTED = (Role.SHORTCOMINGS, Role.PLAN)
_DASHED = re.compile("[—–－-]{1,2}")
_BETWEEN_SEMICOLONS = re.compile("[^；;]+[；;]?")


def _pieces(item: Item, lacking: Sequence[range]) -> Iterator[tuple[str, int, int]]:
    """The sentences of an item: anchor, start, end. One after a dash takes in those behind it in its paragraph, but
    in a plan; what only leads in to the items of a list is none."""
    role = item.section.role
    leads_in = item.section.level == 1 and item.items and role in _LISTED
    sentences = [
        one
        for one in _spoken(item)
        if one.part is Part.SENTENCE and not (leads_in and not any(one.start in told for told in lacking))
    ]
    dashed = role is not Role.PLAN and any(_DASHED.match(one.text) for one in sentences)
    for group in _by_dash(sentences) if dashed else ([one] for one in sentences):
        if len(group) == 1 and (role in _LISTED or any(group[0].start in one for one in lacking)):
            yield from _split(group[0])
        else:
            yield group[0].id, group[0].start, group[-1].end


def _by_dash(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for one in sentences:
        goes_on = group and _DASHED.match(group[0].text) and one.paragraph == group[0].paragraph
        if group and (not goes_on or _DASHED.match(one.text)):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _split(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    for part in _BETWEEN_SEMICOLONS.finditer(sentence.text):
        if part[0].strip():
            yield sentence.id, sentence.start + part.start(), sentence.start + part.end()


# ---- what they are about

_HAN_WORD = re.compile(f"[{HAN}A-Za-z]{{2,}}")
_PLACE = re.compile(f"[{HAN}]{{2,}}[省市区县旗]")  # where it is no common word: 某某县, 示范区 is one
_QUOTED = re.compile("“([^“”]{2,20})”")  # what is called by a name of its own
_ACTS = (Class.ADVERB, Class.PREPOSITION, Class.PARTICLE, Class.OTHER)


def words_of(text: str, names: Iterable[str] = ()) -> frozenset[str]:
    """The words of a text that may say what it is about, and the halves of its compounds that are words; the names of
    places say where it is."""
    for name in filter(None, names):
        text = text.replace(name, "，")
    known, nothing = usage(), _nothing()
    said = [word for word in segmented(text) if word.sort not in _ACTS and _HAN_WORD.fullmatch(word.text)]
    found = {word.text for word in said if word.text in known or not (word.place or _PLACE.fullmatch(word.text))}
    halves = {half for word in found if len(word) > 2 for half in (word[:2], word[-2:]) if half in known}
    quoted = {name for said in _QUOTED.findall(text) for name in _HAN_WORD.findall(said)}
    return frozenset((found | halves | quoted) - nothing)


@cache
def _formal() -> re.Pattern[str]:
    return re.compile(load("links")["formal"])


@cache
def usage() -> dict[str, int]:
    """In how many of the passages that were counted a word stands (rules/usage.yml)."""
    return {word: count for count, words in load("usage")["words"].items() for word in words.split()}


@cache
def _nothing() -> frozenset[str]:
    return frozenset(load("links")["nothing"].split())
