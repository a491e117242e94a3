"""The rows above a table's numbers -> what each column is called, and in what unit it counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ..patterns import ONE_TO_NINE, ORDINAL
from ..rules import load
from .nouns import is_measured
from .quantity_rules import dimension_of, is_unit
from .table_cells import ReadCell, table_rule, words_of

_BODIES = "places"  # of rules/units.yml: places and bodies


@dataclass(frozen=True, slots=True)
class TableHead:
    """The words over a column, or beside a row."""

    words: str
    unit: str = ""  # in its bracket, or told by its last words


@dataclass(frozen=True, slots=True)
class Columns:
    """The heads of the cells of a row in order, and whether each stands over its cell for certain."""

    heads: tuple[TableHead, ...]
    sure: bool = True


LIST_NUMERAL = re.compile(
    f"^(?:{ORDINAL}[、.．]|[（(][{ONE_TO_NINE}十0-9]{{1,3}}[)）]|[0-9]{{1,2}}(?:[、．]|[.](?![0-9]))|[①-⑳])"
)
_WHEN_OR_MARKED = re.compile("（|[年月季期末]$")  # 收入上年
_BRACKET = re.compile("[（(](?:(?:计量)?单位[:：])?([^（）()]+(?:[（(][^（）()]+[)）])?)[)）]$")
UNIT_LINE = re.compile("(?<![制报管主成员预算])单位 ?[:：] ?([^\\s）)；;]{1,12})")
YEAR = re.compile("(?:19|20)[0-9]{2}")


@lru_cache(4096)
def read_head(text: str) -> TableHead:
    """The words of a head, its unit taken out of them: 比上年增长（%）, 本年收费金额（单位：万元）, 本年制发件数."""
    words = words_of(text)
    if YEAR.fullmatch(words):
        return TableHead(f"{words}年")
    bracket = _BRACKET.search(words)
    if bracket and is_unit(bracket[1]) and not _is_second_word(words[: bracket.start()], bracket[1]):
        return TableHead(words[: bracket.start()], bracket[1])
    if words[-1:] in ("%", "％", "‰"):
        return TableHead(words[:-1], words[-1])
    counted = table_rule("counted").search(words)
    return TableHead(words, counted[1] if counted else "")


def _is_second_word(words: str, bracketed: str) -> bool:
    """Whether a bracket is no unit but another body of the kind before it: 乡镇（街道）, 县（市）, 村（社区）."""
    kind = dimension_of(bracketed)
    ending = any(is_unit(words[-n:]) and dimension_of(words[-n:]) == kind for n in (1, 2, 3) if len(words) >= n)
    return kind == _BODIES and ending


@lru_cache(4096)
def read_label(text: str) -> TableHead:
    """The words beside a row, without their numeral and 其中."""
    return read_head(table_rule("part").sub("", LIST_NUMERAL.sub("", words_of(text))))


def heads_over(lines: Sequence[Sequence[ReadCell]], broken: bool) -> Columns:
    """The heads of the columns: the widest lines joined downwards, a shorter one over equal spans.

    `broken`: words of the head stand over no column for certain; then only heads that name rows are kept.
    """
    width = max(map(len, lines), default=0)
    joined, units = [""] * width, [""] * width
    for line in lines:
        texts = [words_of(cell.text) for cell in line]
        if len(texts) == width:
            texts = texts if line is lines[-1] else _filled_right(texts, lines[-1])
        elif not (texts := _spread(texts, lines, width)):
            continue
        parts = [read_head(words) if words else TableHead("") for words in texts]
        units = [part.unit or above for part, above in zip(parts, units, strict=True)]
        texts = [part.words for part in parts]
        joined = [_under(above, below) for above, below in zip(joined, texts, strict=True)]
    read = [read_head(words) for words in joined]
    read = [replace(head, unit=head.unit or unit) for head, unit in zip(read, units, strict=True)]
    heads = tuple(_of_their_levels(read))
    values = [head.words for head in heads if head.words and not is_label(head.words)]
    repeats = Counter(values)
    side_by_side = sum(is_label(head.words) for head in heads) > 1
    if broken:
        heads = tuple(head if is_label(head.words) else TableHead("", head.unit) for head in heads)
    return Columns(heads, not broken and (side_by_side or not values or max(repeats.values()) == 1))


def _under(above: str, below: str) -> str:
    """Two levels of a head as one: 案件数（简易程序）, where the lower only says which; 接待费预算数."""
    if below in above:
        return above
    which = is_measured(above) and not is_measured(below) and not table_rule("rates").search(below)
    return f"{above}（{below}）" if which and not _WHEN_OR_MARKED.search(below) else above + below


def _of_their_levels(heads: Sequence[TableHead]) -> Iterator[TableHead]:
    """A change is that of the level before it, and so is a rate met again: 出口额 比上年增长 进口额 比上年增长."""
    again = Counter(head.words for head in heads)
    level = ""
    for head in heads:
        if not head.words:
            pass
        elif is_label(head.words) or head.words in load("tables")["units"]:
            level = ""
        elif not table_rule("rates").search(head.words):
            level = head.words
        elif again[head.words] > 1 or (table_rule("changes").match(head.words) and level not in load("tables")["bare"]):
            head = replace(head, words=level + head.words)
        yield head


def _filled_right(texts: list[str], last: Sequence[ReadCell]) -> list[str]:
    """A head that spans columns stands over the empty cells behind it that have words below."""
    found = list(texts)
    for n in range(1, len(found)):
        if not found[n] and len(last) == len(found) and last[n].text:
            found[n] = found[n - 1] if not is_label(found[n - 1]) else ""
    return found


@cache
def _labels() -> frozenset[str]:
    return frozenset(load("tables")["labels"])


def is_label(words: str) -> bool:
    """Whether a head says that its column names the rows: 指标, 项目."""
    return words in _labels()


def _spread(texts: list[str], lines: Sequence[Sequence[ReadCell]], width: int) -> list[str]:
    """A line of fewer cells over the columns below it, where those repeat as often as it has cells; else nothing."""
    below = [words_of(cell.text) for cell in lines[-1]]
    if len(below) != width:
        return []
    first = next((n for n, words in enumerate(below) if not is_label(words)), width)
    over = [words for words in texts if not is_label(words)]
    values = below[first:]
    if not over or len(values) % len(over) or any(map(is_label, values)):
        return []
    size = len(values) // len(over)
    if size < 2 or values != values[:size] * len(over):
        return []
    return [""] * first + [words for words in over for _ in range(size)]
