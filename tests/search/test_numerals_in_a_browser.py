"""Numbers as people write them in a search, read back by the script that the browser has: numerals.js."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from importlib.resources import files
from itertools import groupby
from typing import Any

import pytest
from baogao.figures.numerals import read_number
from baogao.folding import fold
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DIGITS, FORMAL = (
    "零一二三四五六七八九",
    str.maketrans("零一二三四五六七八九十百千万亿", "零壹贰叁肆伍陆柒捌玖拾佰仟萬億"),
)
FULL = str.maketrans("0123456789.", "０１２３４５６７８９．")

Read = Callable[[list[str]], list[dict[str, Any] | None]]


@pytest.fixture(scope="module")
def read(browser: Any) -> Any:
    """What the script makes of folded terms."""
    page = browser.new_page()
    page.evaluate("window.baogaoSearch = {}")
    page.add_script_tag(content=files("baogao.search").joinpath("assets/numerals.js").read_text("utf-8"))
    yield lambda terms: page.evaluate(
        "all => all.map(one => baogaoSearch.numberIn(one) ?? null)", list(map(fold, terms))
    )
    page.close()


def below_ten_thousand(number: int) -> str:
    said, figures = "", f"{number:04}"
    for zero, places in groupby(range(4), lambda at: figures[at] == "0"):
        said += "零" if zero else "".join(DIGITS[int(figures[at])] + ("千", "百", "十", "")[at] for at in places)
    return said.rstrip("零")


def in_words(number: int) -> str:
    """10525 -> 一万零五百二十五, as a schoolbook has it."""
    groups = [(number // 10**8, "亿"), (number // 10**4 % 10**4, "万"), (number % 10**4, "")]
    said = ""
    for value, size in groups:
        words = below_ten_thousand(value) + size if value else "零"
        said += words if said or words != "零" else ""
    return said.replace("零零", "零").rstrip("零").lstrip("零") or "零"


def mixed(number: int) -> str:
    """320000000 -> 3亿2000万; 30001 -> 3万零1, for 3万1 is 31000."""
    groups = [(number // 10**8, "亿"), (number // 10**4 % 10**4, "万"), (number % 10**4, "")]
    said = [f"{value}{size}" for value, size in groups if value] or ["0"]
    return "".join([*said[:-1], "零" + said[-1] if len(said) > 1 and len(said[-1]) == 1 else said[-1]])


def written(number: int) -> list[str]:
    """A whole number in the ways people write it."""
    words = in_words(number)
    short = f"{Decimal(number) / 10**4:f}"
    return [
        str(number), f"{number:,}", str(number).translate(FULL), "".join(DIGITS[int(d)] for d in str(number)),
        words, words.translate(FORMAL), mixed(number), mixed(number).translate(FULL),
        f"{short}万", f"{short}万".translate(FULL), f"{Decimal(number) / 10**8:f}亿",
    ]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.one_of(st.integers(0, 10**4), st.integers(0, 10**12 - 1)), min_size=20, max_size=40))
def test_a_whole_number_is_the_same_in_whatever_writing(read: Read, values: list[int]) -> None:
    ways = [(way + unit, value, unit) for value in values for way in written(value) for unit in ("", "件")]
    wrong = [
        (way, value, said)
        for (way, value, unit), said in zip(ways, read([way for way, _, _ in ways]), strict=True)
        if said != {"value": value, "unit": unit}
    ]
    assert wrong == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.lists(st.decimals(0, 999, places=2), min_size=20, max_size=40))
def test_a_share_is_the_same_in_whatever_writing(read: Read, values: list[Decimal]) -> None:
    for value, plain in ((value, f"{value.normalize():f}") for value in values):
        whole, _, behind = plain.partition(".")
        words = in_words(int(whole)) + ("点" + "".join(DIGITS[int(d)] for d in behind) if behind else "")
        assert read_number(words) in (None, value)  # as figures are read
        ways = [f"{plain}%", f"{plain}％".translate(FULL), f"百分之{words}", f"百分之{plain}"]
        assert read(ways) == [{"value": float(plain), "unit": "%"}] * 4, ways


@pytest.mark.parametrize(
    ("term", "value", "unit"),
    [
        ("1.2万亿元", 1.2e12, "元"),
        ("三千五", 3500, ""),
        ("一万二", 12000, ""),
        ("七成", 70, "%"),
        ("三成五", 35, "%"),
        ("近200余次", 200, "次"),
        ("千余件", 1000, "件"),
        ("两千零二十三", 2023, ""),
        ("3.4million", 3400000, ""),
        ("百分之百", 100, "%"),
    ],
)
def test_other_writings_of_a_value(read: Read, term: str, value: float, unit: str) -> None:
    assert read([term]) == [{"value": value, "unit": unit}]


@pytest.mark.parametrize("term", ["万元", "亿", "行政复议", "一万五千万", "pm2.5", "第三", "1亿2万3万"])
def test_what_is_no_number_is_none(read: Read, term: str) -> None:
    assert read([term]) == [None]
