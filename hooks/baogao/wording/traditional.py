"""Simplified Chinese -> the same in traditional characters: OpenCC's tables, overruled by rules/traditional.yml.

A character becomes a character and no word another, so that every position stays. OpenCC by itself joins what belongs
to two words (更加注重 has its 加註, 内生发展 its 生髮), so that the text is cut into words first. Neighbours of one
character are converted together, for a segmenter parts what it does not know: 岳阳, 20万只.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import groupby

from opencc import OpenCC
from rjieba import Jieba

from ..rules import load
from ..translation.terms import Term

_OFTEN = 10**7  # so that a word of the rules wins against two of the segmenter's
_ENTRIES = 2**16  # words kept; a site has some ten thousand
_TEXTS = 2**14  # texts kept: a sentence stands on the page of its section, of its part and of the whole report


class Script:
    """The traditional script with some words overruled: simplified -> traditional, as long as each other."""

    def __init__(self, overruled: Mapping[str, str]) -> None:
        self._overruled = dict(overruled)
        self._characters = {word: written for word, written in self._overruled.items() if len(word) == 1}
        self._words = Jieba()
        for word in self._overruled.keys() - self._characters:
            self._words.add_word(word, _OFTEN, "n")
        self._table = OpenCC(load("traditional")["table"]).convert
        self._written = lru_cache(_ENTRIES)(self._word)
        self._remembered = lru_cache(_TEXTS)(self._text)

    def __call__(self, text: str) -> str:
        """The text in traditional characters, as many as it has."""
        return text if text.isascii() else self._remembered(text)

    def _text(self, text: str) -> str:
        return "".join(map(self._written, _runs(self._words.cut(text, False))))

    def _word(self, word: str) -> str:
        if word in self._overruled:
            return self._overruled[word]
        written = self._table(word)
        if len(written) != len(word):
            written = "".join(map(self._character, word))
        return "".join(self._characters.get(one, then) for one, then in zip(word, written, strict=True))

    def _character(self, character: str) -> str:
        written = self._table(character)
        return written if len(written) == 1 else character


@cache
def _made(overruled: tuple[tuple[str, str], ...]) -> Script:
    return Script(dict(overruled))


def script_of(overruled: Mapping[str, str]) -> Script:
    """The script with these words, made once: it takes a quarter of a second."""
    return _made(tuple(overruled.items()))


def _runs(words: Iterable[str]) -> Iterator[str]:
    """Words as they are, neighbours of one character as one."""
    for short, some in groupby(words, lambda word: len(word) == 1):
        if short:
            yield "".join(some)
        else:
            yield from some


def overruled(terms: Iterable[Term] = ()) -> dict[str, str]:
    """How words are written whatever OpenCC has: those of the rules, then those of a termbase."""
    ruled = {word: written for rule in load("traditional")["rules"] for word, written in rule["words"].items()}
    return ruled | {term.zh: term.zh_hant for term in terms if term.zh_hant}
