"""The rows above a table's numbers -> what each column is called, and in what unit it counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ..rules import load
from .quantity_rules import is_unit
from .table_cells import _Cell, _labels, _plain, _rule


@dataclass(frozen=True, slots=True)
class _Head:
    """The words over a column, or beside a row."""

    words: str
    unit: str = ""  # in its bracket, or told by its last words


@dataclass(frozen=True, slots=True)
class _Columns:
    """The heads of the cells of a row in order, and whether each stands over its cell for certain."""

    heads: tuple[_Head, ...]
    sure: bool = True


_LIST = re.compile(
    "^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}(?:[、．]|[.](?![0-9]))|[①-⑳])"
)
_BRACKET = re.compile("[（(](?:(?:计量)?单位[:：])?([^（）()]+(?:[（(][^（）()]+[)）])?)[)）]$")
_UNIT_LINE = re.compile("(?<![制报管主成员预算])单位 ?[:：] ?([^\\s）)；;]{1,12})")
_YEAR_CELL = re.compile("(?:19|20)[0-9]{2}")


@lru_cache(4096)
def _head(text: str) -> _Head:
    """The words of a head, its unit taken out of them: 比上年增长（%）, 本年收费金额（单位：万元）, 本年制发件数."""
    words = _plain(text)
    if _YEAR_CELL.fullmatch(words):
        return _Head(f"{words}年")
    bracket = _BRACKET.search(words)
    if bracket and is_unit(bracket[1]):
        return _Head(words[: bracket.start()], bracket[1])
    if words[-1:] in ("%", "％", "‰"):
        return _Head(words[:-1], words[-1])
    counted = _rule("counted").search(words)
    return _Head(words, counted[1] if counted else "")


@lru_cache(4096)
def _label(text: str) -> _Head:
    """The words beside a row, without their numeral and 其中."""
    return _head(_rule("part").sub("", _LIST.sub("", _plain(text))))


def _over(lines: Sequence[Sequence[_Cell]], broken: bool) -> _Columns:
    """The heads of the columns: the widest lines joined downwards, a shorter one over equal spans."""
    width = max(map(len, lines), default=0)
    joined = [""] * width
    for line in lines:
        texts = [_plain(cell.text) for cell in line]
        if len(texts) == width:
            texts = texts if line is lines[-1] else _filled_right(texts, lines[-1])
        elif not (texts := _spread(texts, lines, width)):
            continue
        joined = [above if below in above else above + below for above, below in zip(joined, texts, strict=True)]
    heads = tuple(_of_their_levels([_head(words) for words in joined]))
    values = [head.words for head in heads if head.words and head.words not in _labels()]
    repeats = Counter(values)
    side_by_side = sum(head.words in _labels() for head in heads) > 1
    if broken:
        heads = tuple(head if head.words in _labels() else _Head("", head.unit) for head in heads)
    return _Columns(heads, not broken and (side_by_side or not values or max(repeats.values()) == 1))


def _of_their_levels(heads: Sequence[_Head]) -> Iterator[_Head]:
    """A change is that of the level before it, and so is a rate met again: 出口额 比上年增长 进口额 比上年增长."""
    again = Counter(head.words for head in heads)
    level = ""
    for head in heads:
        if not head.words:
            pass
        elif _is_label(head.words) or head.words in load("tables")["units"]:
            level = ""
        elif not _rule("rates").search(head.words):
            level = head.words
        elif again[head.words] > 1 or (_rule("changes").match(head.words) and level not in load("tables")["bare"]):
            head = replace(head, words=level + head.words)
        yield head


def _filled_right(texts: list[str], last: Sequence[_Cell]) -> list[str]:
    """A head that spans columns stands over the empty cells behind it that have words below."""
    found = list(texts)
    for n in range(1, len(found)):
        if not found[n] and len(last) == len(found) and last[n].text:
            found[n] = found[n - 1] if not _is_label(found[n - 1]) else ""
    return found


def _is_label(words: str) -> bool:
    return words in _labels()


def _spread(texts: list[str], lines: Sequence[Sequence[_Cell]], width: int) -> list[str]:
    """A line of fewer cells over the columns below it, where those repeat as often as it has cells; else nothing."""
    below = [_plain(cell.text) for cell in lines[-1]]
    if len(below) != width:
        return []
    first = next((n for n, words in enumerate(below) if not _is_label(words)), width)
    over = [words for words in texts if not _is_label(words)]
    values = below[first:]
    if not over or len(values) % len(over) or any(map(_is_label, values)):
        return []
    size = len(values) // len(over)
    if size < 2 or values != values[:size] * len(over):
        return []
    return [""] * first + [words for words in over for _ in range(size)]
