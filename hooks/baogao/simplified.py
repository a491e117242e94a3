"""A text in traditional characters -> the same in the simplified ones that rules are written in, one for one.

So every offset stays. A report is understood by what comes out, and shown as it was printed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

_TRADITIONAL = 0.03  # of a text; of one in simplified characters a thousandth is outside GB 2312, of the other a third


def simplified(text: str) -> str:
    """The text itself where it is not in traditional characters; 乾县 is not, though 乾 may be 干 elsewhere."""
    outside = len(text) - len(text.encode("gb2312", "ignore").decode("gb2312"))
    return _converted(text) if text and outside >= _TRADITIONAL * len(text) else text


@lru_cache(64)
def _converted(text: str) -> str:
    whole = _convert()(text)  # by words: 乾縣 keeps its 乾
    return whole if len(whole) == len(text) else "".join(map(_character, text))


@cache
def _character(character: str) -> str:
    one = _convert()(character)
    return one if len(one) == 1 else character


@cache
def _convert() -> Callable[[str], str]:
    """What reads its tables once: that takes longer than a page of text."""
    from opencc import OpenCC  # takes a moment to arrive, and few reports need it

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
