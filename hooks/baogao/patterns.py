"""What Chinese reports are written with, as patterns many rooms share: characters, numerals, widths, clauses.

Strings are pieces of regular expressions; "in [...]" says that one holds the characters of a class.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from .rules import load

# Chinese characters, in [...]: the block that reports are set in. What asks whether a text is Chinese at all
# (readers/extract.py, translation/checks.py) counts the rare ones beyond it too.
HAN = "\u4e00-\u9fff"
HAN_CHARACTER = re.compile(f"[{HAN}]")

ONE_TO_NINE = "一二三四五六七八九"  # in [...]
COUNTED = f"两{ONE_TO_NINE}"  # in [...]: a digit that counts things, 两 beside 二
# What a number in characters is written with, in [...]: 三百二十万, 二〇二三, 两百, 廿.
NUMERAL = f"〇零{COUNTED}十百千万亿廿卅"
# The values of digits, as a year or what stands behind 点 is read by place.
DIGITS = {digit: value for value, digit in enumerate(f"〇{ONE_TO_NINE}")} | {"零": 0, "两": 2}
# The numeral of a heading or an item, where nothing but its look matters: 一, 十二, 二十一. What opens a section of the
# outline is told more strictly, by rules/numbering.yml.
ORDINAL = f"[{ONE_TO_NINE}十]{{1,3}}"
# How a heading of a section begins, by its look.
HEADING = re.compile(f"{ORDINAL}[、.．]|[（(]{ORDINAL}[)）]|第{ORDINAL}(?:部分|章)")
_HEADING_LONGEST = 40  # characters
_ENDED = re.compile("[。；;：:，,！!？?]$")

# A whole number in digits, its thousands apart or not: 1,136  1，136  3 872  1136.
GROUPED = "[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+"

# Radicals of U+2E80 to U+2FD5 to the characters that look like them: in text copied from a PDF ⼀ is 一, ⻓ is 长.
RADICALS = {chr(n): unicodedata.normalize("NFKC", chr(n)) for n in (0x2E9F, 0x2EF3, *range(0x2F00, 0x2FD6))} | {
    radical: one for one, others in load("search")["same"].items() for radical in others if HAN_CHARACTER.match(one)
}

# Full-width forms to half-width, one character each, so that offsets stay. Marks that part clauses keep their width.
HALF_WIDTH = str.maketrans(
    {chr(0xFF10 + n): str(n) for n in range(10)}
    | {"％": "%", "．": ".", "／": "/", "＋": "+", "\u3000": " ", "\xa0": " ", "（": "(", "）": ")"}
    | {chr(n): " " for n in (*range(0x2000, 0x200B), 0x202F)}
    | RADICALS
)

FULL_WIDTH_BRACKETS = str.maketrans("()", "（）")  # often mixed in a pair

FOOTNOTE_MARK = r"[\[［][0-9]{1,3}[\]］]"  # what a text keeps of a note's mark: 下降[86]4.7%

# Where a clause ends. A comma inside a number is none.
STOP = f"(?<=[%％{HAN}])[.](?=[{HAN}])"  # for 。: 增长4.2%.固定资产投资
CLAUSE_BREAK = re.compile(rf"[，；;。：:！!？?\n\t]|(?<![0-9]),|,(?![0-9])|{STOP}")
# A character of the same phrase, for a short look round a word. A comma ends it wherever it stands, a colon does not:
# what follows one is still said of the word.
IN_PHRASE = "[^，,。；;]"
JOINTS = "、和及与"  # in [...]: between the items of a list


def longest(words: Iterable[str]) -> list[str]:
    """The longest first, as a pattern of alternatives needs them; of equal length in the order of their characters."""
    return sorted(words, key=lambda word: (-len(word), word))


def any_of(words: Iterable[str]) -> str:
    """Words as the alternatives of a pattern."""
    return "|".join(map(re.escape, longest(words)))


def stands_for_heading(line: str) -> bool:
    """Whether a line is as short as a heading and goes on to nothing."""
    return len(line) <= _HEADING_LONGEST and not _ENDED.search(line)
