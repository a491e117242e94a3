"""text -> its sentences: where each begins and ends, marks in pairs kept whole."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from ..patterns import HAN
from ..readers.lines import WHITE, visible

_PAIRS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
    "[": "]",
}
CLOSING = "".join(_PAIRS.values()) + '"'
_MARK = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}]")
STOP = re.compile(
    rf"[。！？]+[{re.escape(CLOSING)}。！？]*|(?<=[{HAN}{re.escape(CLOSING)}])[!?]+(?![A-Za-z0-9=])[{re.escape(CLOSING)}]*"
)
_LONGEST_SENTENCE = 3_000  # twice the longest met


def paired(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans between closed pairs of marks in text[start:end], in order; an unclosed mark is no pair.

    Only the outermost: what stands inside an inner pair stands inside the outer one too.
    """
    spans: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    awaited: Counter[str] = Counter()
    for mark in _MARK.finditer(text, start, end):
        if mark[0] in _PAIRS:
            stack.append((_PAIRS[mark[0]], mark.start()))
            awaited[_PAIRS[mark[0]]] += 1
        elif awaited[mark[0]]:
            closing = ""
            while closing != mark[0]:
                closing, begin = stack.pop()
                awaited[closing] -= 1
            while spans and spans[-1][0] > begin:
                spans.pop()
            spans.append((begin, mark.start()))
    return spans


def is_inside(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether one of the spans, which are in order and apart, holds the place: no sentence ends there."""
    before = bisect_left(spans, at, key=lambda span: span[0]) - 1
    return before >= 0 and at < spans[before][1]


def split_sentences(text: str, start: int, end: int, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences of text[start:end], without white space round them."""
    at = start
    for stop in STOP.finditer(text, start, end):
        if stop.start() >= at and not is_inside(pairs, stop.start()):
            yield from cut_long(text, at, stop.end())
            at = stop.end()
    yield from cut_long(text, at, end)


def cut_long(text: str, start: int, end: int, white: str = WHITE) -> Iterator[tuple[int, int]]:
    """One sentence; several, ended at a mark where there is one, of what goes on without a stop as no prose does.
    Without the `white` space round each."""
    while end - start > _LONGEST_SENTENCE:
        most = start + _LONGEST_SENTENCE
        mark = max(text.rfind(mark, start, most) for mark in "；;，,、\t ")
        stop = mark + 1 if mark > start else most
        yield from visible(text, start, stop, white)
        start = stop
    yield from visible(text, start, end, white)
