"""The numerals that Word generates: 一、 （一） 1. ①, which stand nowhere in a file's text.

ECMA-376 part 1, 17.9: a paragraph, or its style, names a list and a level of it; lists made from one abstract list
count on from each other; a level begins anew behind a higher one unless it says otherwise. Formats: rules/word.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..rules import load

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_MOST_STYLES = 50  # one based on another; real files have half a dozen


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""  # %1 is the number of the first level
    gap: str = "tab"  # tab, space or nothing
    restart: int | None = None  # begins anew behind this level, counted from 1; 0 never; None behind any higher one
    plain: bool = False  # all numbers in digits
    style: str = ""  # paragraphs of this style stand at this level


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str  # lists that share it count together
    levels: dict[int, _Level]
    starts: dict[int, int]  # level -> where this list begins to count instead


@dataclass(slots=True)
class Numbering:
    """The lists of a file, counting while its paragraphs are asked for in order."""

    lists: dict[str, _List]
    styles: dict[str, Any]  # id -> element of the style
    default: str  # the style of paragraphs that name none
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)  # where a list has begun to count its own way

    def numeral(self, paragraph: Any) -> str:
        """What Word prints before a paragraph, with the space it needs; empty where it is in no list."""
        place = self._place(paragraph)
        if place is None:
            return ""
        name, index = place
        counts = self._count(name, index)
        level = self.lists[name].levels.get(index, _Level())
        said = self._worded(name, level, counts)
        closed = re.search(load("word")["closed"], said)
        return said + ("" if not said or level.gap == "nothing" or (closed and level.format != "bullet") else " ")

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and the level of a paragraph: its own, else its style's, else that of a style above."""
        properties = paragraph.find(f"{W}pPr")
        own = None if properties is None else properties.find(f"{W}numPr")
        name, level = _value(own, "numId"), _value(own, "ilvl")
        styles = list(self._above(_value(properties, "pStyle") or self.default))
        inherited = [style.find(f"{W}pPr/{W}numPr") for style in styles]
        name = name or next((said for one in inherited if (said := _value(one, "numId"))), "")
        if name in self.lists and not level:  # the list says which style stands at which level
            linked = (self._level_of(name, style.get(f"{W}styleId")) for style in styles)
            level = next(filter(None, linked), "") or next(filter(None, (_value(one, "ilvl") for one in inherited)), "")
        if not name or name not in self.lists:  # 0 takes a paragraph out of its style's list
            return None
        index = int(level) if level.isdecimal() else 0
        return (name, index) if index < _LEVELS else None

    def _above(self, name: str) -> Iterator[Any]:
        """A style and those it is based on, which may go in a circle."""
        for _ in range(_MOST_STYLES):
            if name not in self.styles:
                return
            yield self.styles[name]
            name = _value(self.styles[name], "basedOn")

    def _level_of(self, name: str, style: str) -> str:
        return next((str(i) for i, level in self.lists[name].levels.items() if level.style == style), "")

    def _count(self, name: str, index: int) -> list[int | None]:
        """Count one paragraph; the numbers of all levels then."""
        one = self.lists[name]
        counts = self.counts.setdefault(one.abstract, [None] * _LEVELS)
        begins = index in one.starts and (name, index) not in self.begun
        self.begun.add((name, index))
        before = counts[index]
        if before is None or begins:
            counts[index] = one.starts.get(index, one.levels.get(index, _Level()).start)
        else:
            counts[index] = before + 1
        for below in range(index + 1, _LEVELS):
            restart = one.levels.get(below, _Level()).restart
            if restart is None or index < restart:
                counts[below] = None
        return counts

    def _worded(self, name: str, level: _Level, counts: list[int | None]) -> str:
        if level.format == "bullet":
            return "".join(symbol(char) for char in level.text)
        levels = self.lists[name].levels

        def number(match: re.Match[str]) -> str:
            of = levels.get(index := int(match[1]) - 1, _Level())
            count = counts[index]
            return formatted(of.start if count is None else count, "decimal" if level.plain else of.format)

        return re.sub("%([1-9])", number, level.text)


def read_numbering(numbering: Any, styles: Any) -> Numbering:
    """numbering.xml and styles.xml, each an element or None -> the lists of a file."""
    by_id = {} if styles is None else {s.get(f"{W}styleId"): s for s in styles.findall(f"{W}style")}
    defaults = (id_ for id_, s in by_id.items() if s.get(f"{W}default") in ("1", "true"))
    default = next((id_ for id_ in defaults if by_id[id_].get(f"{W}type") == "paragraph"), "")
    if numbering is None:
        return Numbering({}, by_id, default)
    abstracts = {a.get(f"{W}abstractNumId"): a for a in numbering.findall(f"{W}abstractNum")}
    named = {_value(a, "styleLink"): a for a in abstracts.values()}
    lists = {}
    for one in numbering.findall(f"{W}num"):
        abstract = abstracts.get(_value(one, "abstractNumId"))
        if abstract is None:
            continue
        linked = _value(abstract, "numStyleLink")
        abstract = named.get(linked, abstract) if linked else abstract
        levels = {_index(level): _level(level) for level in abstract.findall(f"{W}lvl")}
        starts = {}
        for override in one.findall(f"{W}lvlOverride"):
            if (own := override.find(f"{W}lvl")) is not None:
                levels[_index(override)] = _level(own)
            if start := _value(override, "startOverride"):
                starts[_index(override)] = _whole(start, 1)
        lists[one.get(f"{W}numId")] = _List(abstract.get(f"{W}abstractNumId"), levels, starts)
    return Numbering(lists, by_id, default)


def _index(element: Any) -> int:
    return _whole(element.get(f"{W}ilvl") or "", 0)


def _level(element: Any) -> _Level:
    restart = _value(element, "lvlRestart")
    plain = element.find(f"{W}isLgl")
    format_ = element.find(f"{W}numFmt")
    if format_ is None:  # a format of later versions, with one that all know beside it
        format_ = next(iter(element.iter(f"{W}numFmt")), None)
    return _Level(
        _whole(_value(element, "start"), 0),
        "decimal" if format_ is None else format_.get(f"{W}val", "decimal"),
        _value(element, "lvlText"),
        _value(element, "suff") or "tab",
        _whole(restart, 0) if restart else None,
        plain is not None and plain.get(f"{W}val") not in ("0", "false"),
        _value(element, "pStyle"),
    )


def _value(element: Any, name: str) -> str:
    found = None if element is None else element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val") or ""


def _whole(printed: str, otherwise: int) -> int:
    return int(printed) if re.fullmatch(r"-?[0-9]{1,9}", printed) else otherwise


def symbol(char: str) -> str:
    """What is seen at a private code point of a list font."""
    private = "\ue000" <= char <= "\uf8ff"
    return load("word")["symbols"].get(f"{ord(char):04X}", "•") if private else char


# ---- numbers


def formatted(number: int, format_: str) -> str:
    """A number in a format of Word: 12 is 十二 in chineseCounting, ⑫ in decimalEnclosedCircle, l in lowerLetter."""
    rules = load("word")
    if format_ == "none":
        return ""
    if number < 1 or number > 9999:
        return str(number)
    if format_ in rules["counting"]:
        return _counted(number, **rules["counting"][format_])
    if format_ in rules["digits"]:
        return "".join(rules["digits"][format_][int(digit)] for digit in str(number))
    row = rules["rows"].get(format_, "")
    if row:
        return row[number - 1] if number <= len(row) else str(number)
    if format_ in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)  # Z, AA, BB
        return letter if format_ == "upperLetter" else letter.lower()
    if format_ in ("upperRoman", "lowerRoman"):
        return _roman(number) if format_ == "upperRoman" else _roman(number).lower()
    return f"{number:02}" if format_ == "decimalZero" else str(number)


def _counted(number: int, digits: str, units: str, none: str, one: bool = False) -> str:
    """一, 十, 十一, 二十, 一百零三: a nought stands for the places left out between two numerals."""
    said, gap = "", False
    places = str(number)
    for place, digit in zip(range(len(places) - 1, -1, -1), map(int, places), strict=True):
        if not digit:
            gap = bool(said)
            continue
        leading = place == 1 and digit == 1 and not said and not one  # 十一, not 一十一
        said += (none if gap and none != digits[0] else "") + ("" if leading else digits[digit])
        said += units[place - 1] if place else ""
        gap = False
    return said


def _roman(number: int) -> str:
    steps = (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")
    said = ""
    for value, letters in (*steps, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        said += letters * (number // value)
        number %= value
    return said
