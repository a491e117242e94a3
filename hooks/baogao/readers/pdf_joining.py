"""Whether a line goes on with the one before it: by indent, length, size of type, end marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..patterns import ONE_TO_NINE, ORDINAL
from .pdf_lines import Run, joined

_INDENTED = 0.9  # sizes of type
FIRST_LINE = 1.5, 3.2  # sizes of type: how far first lines are indented
_OTHER_SIZE = 0.12  # of the larger of two
_OTHER_PITCH = 1.45  # times the usual distance of lines
_SLACK = 0.7  # sizes of type that a full line may leave free, beside what did not fit
_LONG = 0.75  # of the width between the margins
_ENDED = re.compile(r"[。！？!?；;：:.．][”’」』）)》\]]*$")
_STOPPED = re.compile(r"[。！？!?][”’」』）)》\]]*$")
# How an item begins that may not be run into the line before.
_ITEM = re.compile(
    rf"(?:第?[{ONE_TO_NINE}十百]{{1,4}}(?:[、.．]|部分|章|节|是)|[（(][{ONE_TO_NINE}十0-9]{{1,3}}[)）]"
    r"|[0-9]{1,3}(?:[、．]|[.](?![0-9])|[)）])|[①-⑳●○■□◆•·▪➢-]\s?|附件|附表|注[:：])"
)
_SECTION = re.compile(rf"{ORDINAL}、|第{ORDINAL}(?:部分|章)")
_OF_A_SENTENCE = re.compile("[，。；]|^[^“]*”")  # what no heading has, but “三证合|一、一照一码”，新增 has
# Entries of a list of contents: words, dots and a page; words, a gap and a page where the next line is one too.
_DOTTED = re.compile(r"[.．·•…‥_]{3,}\s*[-—–]?\s*[0-9ivxlIVXL]{1,4}\s*[-—–]?$")
_PAGED = re.compile(r"\S\s[0-9]{1,3}$")
# What may not be parted at the end of a line: a number, a word; else one character with the marks behind it.
_WORD = r"[A-Za-z0-9,.%‰/+-]+"
_TOKEN = re.compile(
    rf"{_WORD}[，。、；：！？）》”’]*"
    # nothing is parted at a quote
    rf"|[“‘（《〈【〔(\[]*.(?:[“”‘’]+[^“”‘’])*[，。、；：！？）》”’,.;:!?)]*(?:(?<=[,.;:!?)]){_WORD})?",
    re.S,
)
_MARK_ENDS = re.compile(r"[“‘（《(\[]$")


@dataclass(frozen=True, slots=True)
class Margins:
    """Where lines of full length begin and end, how far apart they stand, and the size of most characters."""

    left: float
    right: float
    pitch: float  # in sizes of type
    size: float
    indents: bool = False  # whether first lines are indented: then no other line begins a paragraph

    @property
    def width(self) -> float:
        return max(1.0, self.right - self.left)


def continues(one: Run, two: Run, margins: Margins, next_margins: Margins, same_column: bool = True) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    size = max(one.size, two.size)
    if abs(one.size - two.size) > _OTHER_SIZE * size or _DOTTED.search(one.text):
        return False
    if _PAGED.search(one.text) and (_PAGED.search(two.text) or _ITEM.match(two.text)):
        return False
    if same_column and two.base - one.base > max(_OTHER_PITCH * margins.pitch, 1.3) * size:
        return False
    indent, next_indent = one.left - margins.left, two.left - next_margins.left
    if _centred(two, next_margins):
        return _title_goes_on(one, two, margins, next_margins)
    if next_indent > 0.4 * next_margins.width:  # set at the right: who signs, and when
        return False
    if not _is_full(one, two, margins) and not (margins.indents and _breaks_off(one, two, margins, next_indent)):
        return False
    item = _ITEM.match(two.text)
    if next_indent < _INDENTED * size:
        if _SECTION.match(two.text) and not _OF_A_SENTENCE.search(two.text):
            return False  # a heading
        return margins.indents or not (item and _ENDED.search(one.text))
    if next_indent - indent > 0.5 * size:  # a first line, unless the paragraph hangs on its numeral
        return bool(_ITEM.match(one.text)) and not item and not _ENDED.search(one.text) and indent < _INDENTED * size
    if item or _STOPPED.search(one.text):
        return False
    # of two lines indented alike by two characters each is the first of its paragraph; else they stand in a block
    return not FIRST_LINE[0] * size < next_indent < FIRST_LINE[1] * size or next_indent < indent - 0.5 * size


def _breaks_off(one: Run, two: Run, margins: Margins, next_indent: float) -> bool:
    """Whether a long line ends inside a sentence and the next one stands at the margin, where first lines do not."""
    inside = not _ENDED.search(one.text) and not _ITEM.match(two.text)
    return inside and abs(next_indent) < _INDENTED * two.size and one.right - margins.left > _LONG * margins.width


def _is_full(one: Run, two: Run, margins: Margins) -> bool:
    """Whether what the next line begins with had no room at the end of this one."""
    token = _TOKEN.match(two.text)
    if _MARK_ENDS.search(one.text):
        return True
    width = sum(one.size * (0.55 if ord(c) < 0x2E80 else 1.0) for c in (token[0] if token else ""))
    return margins.right - one.right < width + _SLACK * one.size


def _centred(line: Run, margins: Margins) -> bool:
    left, right = line.left - margins.left, margins.right - line.right
    alike = abs(left - right) < max(1.5 * line.size, 0.06 * margins.width)
    return alike and min(left, right) > 1.5 * min(line.size, margins.size)


def _title_goes_on(one: Run, two: Run, margins: Margins, next_margins: Margins) -> bool:
    """Whether a centred line is the rest of a heading that was too long for one line."""
    if _ENDED.search(one.text) or _ITEM.match(two.text) or abs(one.size - two.size) > 0.05 * one.size:
        return False
    wide = one.right - one.left > 0.85 * margins.width
    return wide or (one.size > 1.25 * margins.size and (_centred(one, margins)))


def in_paragraphs(lines: Iterable[Run], margins: Margins) -> list[str]:
    """The paragraphs of lines that stand below each other."""
    said, last = list[str](), None
    for line in lines:
        if last and continues(last, line, margins, margins):
            said[-1] = joined(said[-1], line.text)
        else:
            said.append(line.text)
        last = line
    return said
