"""What the site computes, against what another year's report says, and what it must not compute."""

from __future__ import annotations

from decimal import Decimal

import pytest
from baogao.computed import computed
from baogao.publication import understand
from conftest import PRACTICE, SEED
from hypothesis import given
from hypothesis import strategies as st


def found(path):
    publication = understand(path.name, path.read_bytes())
    return {one.subject: one for one in computed(publication.figures, publication.report.source.text)}


def from_text(sentence: str):
    publication = understand("a.txt", f"某区2023年度法治政府建设报告\n一、成效\n{sentence}\n".encode())
    return [(str(c.value), c.unit, c.exact) for c in computed(publication.figures, publication.report.source.text)]


def test_the_first_report_gives_the_year_before_of_a_count_and_of_a_rate():
    said = found(SEED)
    assert (said["全区执法人员"].value, said["全区执法人员"].exact, said["全区执法人员"].formula) == (
        696,
        False,
        "974 ÷ (1 + 40%)",
    )
    rate = said["全区行政机关负责人总出庭率"]
    assert (rate.value, rate.exact) == (Decimal("91.5"), True)


def test_what_is_computed_is_what_the_report_of_the_year_before_says():
    _, second, third = PRACTICE[:3]
    assert found(second)["网上可办率"].value == Decimal("90.8")  # 01: 网上可办率达90.8%
    assert abs(found(second)["办理行政处罚案件"].value - 4312) <= 3  # 01: 4312件; the change is rounded
    assert found(third)["新收行政复议申请"].value == 162  # 02: 收到申请162件


@pytest.mark.parametrize(
    "sentence",
    [
        "办理案件超过900件，同比增长40%。",  # not exact
        "办理案件974件，较2020年增长40%。",  # another base
        "办理案件974件，环比增长40%。",
        "满意率95%，同比增长3%。",  # of itself, or points?
        "满意率99%，同比下降3个百分点。",  # more than all
        "办理案件974件。同比增长40%。",  # another sentence
        "地区生产总值974亿元，比上年增长4%。",  # at constant prices
        "其中一般程序547件，罚款同比增长40%。",  # another thing
    ],
)
def test_nothing_is_computed_where_the_words_do_not_settle_it(sentence):
    assert from_text(sentence) == []


@given(st.integers(1, 10**6), st.integers(1, 300))
def test_going_forward_again_gives_the_level_that_was_printed(level, change):
    ((value, unit, exact),) = from_text(f"办理案件{level}件，同比增长{change}%。")
    assert unit == "件"
    again = Decimal(value) * (1 + Decimal(change) / 100)
    assert abs(again - level) <= (0 if exact else Decimal(level) / 1000 + 3)
