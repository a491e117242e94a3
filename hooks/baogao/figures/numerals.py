"""Chinese numerals -> numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from ..patterns import COUNTED, DIGITS

Value = Decimal | tuple[Decimal, Decimal]
_TENS = {"十": 10, "百": 100, "千": 1000}
_BELOW_WAN = re.compile(f"(?:([{COUNTED}]?)千)?零?(?:([{COUNTED}]?)百)?零?(?:([{COUNTED}]?)十)?零?([{COUNTED}]?)")
_ADJACENT = re.compile(f"(?<![{COUNTED}])([{COUNTED}])([{COUNTED}])(?![{COUNTED}])")


def read_han(text: str) -> Value | None:
    """The value of a numeral in characters; two values where it names two (三四, 十五六); None if it is none.

    >>> read_han("三百二十万"), read_han("二三十"), read_han("百百")
    (Decimal('3200000'), (Decimal('20'), Decimal('30')), None)
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "点" in text:
        whole, _, part = text.partition("点")
        value = read_integer(whole)
        if value is None or not part or any(c not in DIGITS for c in part):
            return None
        return Decimal(f"{value}.{''.join(str(DIGITS[c]) for c in part)}")
    pairs = list(_ADJACENT.finditer(text))
    if len(pairs) == 1 and not (set(text) <= DIGITS.keys() and set(text) & set("〇零")):
        return _two(text, pairs[0])
    value = read_integer(text)
    return None if value is None else Decimal(value)


def _two(text: str, pair: re.Match[str]) -> Value | None:
    """三四人, 二三十, 一两百: neighbours, or 三五. 二六 is none; bare 一二 and 二三 are ordinals (二三期)."""
    low, high = (read_integer(text[: pair.start()] + digit + text[pair.end() :]) for digit in pair.groups())
    step = DIGITS[pair[2]] - DIGITS[pair[1]]
    if low is None or high is None or text in ("一二", "二三") or not (step == 1 or pair[0] == "三五"):
        return None
    return Decimal(low), Decimal(high)


def read_integer(text: str) -> int | None:
    """The value of one whole numeral in characters; None if it is none, or names two.

    〇 and 零 inside digits without 十 百 千 are read by place: 二〇二三.
    """
    if not text:
        return None
    if len(text) > 1 and all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text)) if "〇" in text or "零" in text else None
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in text:
            left, _, right = text.rpartition(unit)
            high = read_integer(left) if left else 1
            low = _tail(right, size)
            return None if high is None or low is None else high * size + low
    return _below_wan(text)


def _tail(text: str, size: int) -> int | None:
    """After 万 or 亿: nothing, a full numeral, or one digit for the next lower unit (三万五)."""
    if not text:
        return 0
    if len(text) > 1 and text[0] in "零〇":
        return read_integer(text[1:])  # 十万零三千
    if len(text) == 1 and text in COUNTED:
        return DIGITS[text] * size // 10
    return read_integer(text)


def _below_wan(text: str) -> int | None:
    if text in ("零", "〇"):
        return 0
    found = _BELOW_WAN.fullmatch(text.replace("〇", "零"))
    if not found or text.endswith(("零", "〇")) or re.search("千[百十]|百十", text):
        return None  # 千百, 百十: many, no number
    thousands, hundreds, tens, ones = found.groups()
    value = 0
    for digit, size in ((thousands, 1000), (hundreds, 100), (tens, 10)):
        if digit is not None:
            value += (DIGITS[digit] if digit else 1) * size
    if ones:
        last = text[-2:-1]
        # 三百五 is 350, 三百零五 is 305.
        value += DIGITS[ones] * (_TENS[last] // 10 if last in ("百", "千") else 1)
    return value


def trimmed(value: Decimal) -> Decimal:
    """Without the noughts a multiplier leaves behind: 1.2 x 10000 is 12000, not 12000.0."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def read_number(text: str) -> Decimal | None:
    """The value of a single number in digits (1,136  12.5) or characters; None if it is none, or names two."""
    if text[0].isascii():
        return Decimal(re.sub("[,， ]", "", text))
    value = read_han(text)
    return value if isinstance(value, Decimal) else None
