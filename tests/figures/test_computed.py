"""What the site computes, against what another year's report says, and what it must not compute."""

from __future__ import annotations

from decimal import Decimal

import pytest
from baogao.figures.computed import Rule, computed, wholes
from baogao.publication.publication import understand
from conftest import PRACTICE, SEED, understood
from hypothesis import given
from hypothesis import strategies as st


def found(path):
    publication = understood(path)
    said = computed(publication.figures, publication.report.source.text)
    return {one.subject: one for one in said if one.rule is Rule.YEAR_BEFORE}


def from_text(sentence: str):
    publication = understand("a.txt", f"某区2023年度法治政府建设报告\n一、成效\n{sentence}\n".encode())
    said = computed(publication.figures, publication.report.source.text)
    return [(str(c.value), c.unit, c.exact) for c in said if c.rule is Rule.YEAR_BEFORE]


def ruled(sentence: str, rule: Rule):
    publication = understand("a.txt", f"某区2023年度法治政府建设报告\n一、成效\n{sentence}\n".encode())
    return [c for c in computed(publication.figures, publication.report.source.text) if c.rule is rule]


def test_of_nothing_there_is_no_share():
    assert ruled("检查企业0家，其中食品企业0家。", Rule.SHARE) == []


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
    assert found(second)["区本级事项网上可办率"].value == Decimal("90.8")  # 01: 网上可办率达90.8%
    assert abs(found(second)["办理的行政处罚案件"].value - 4312) <= 3  # 01: 4312件; the change is rounded
    assert found(third)["新收的行政复议申请"].value == 162  # 02: 收到申请162件


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


@pytest.mark.parametrize(
    ("sentence", "value", "formula"),
    [
        ("行政复议调解率较上年度翻三番。", "12.5", "100% ÷ 8"),
        ("行政复议调解率较上年翻一番。", "50", "100% ÷ 2"),
        ("行政复议调解率同比增长1.5倍。", "40", "100% ÷ 2.5"),
        ("行政复议调解率是上年的2.5倍。", "40", "100% ÷ 2.5"),
    ],
)
def test_a_rate_that_grew_so_many_times_was_at_most_so_much(sentence, value, formula):
    (one,) = ruled(sentence, Rule.AT_MOST)
    assert (f"{one.value:f}", one.unit, one.bound, one.formula) == (value, "%", "under", formula)


@pytest.mark.parametrize(
    "sentence", ["案件数量较上年翻三番。", "调解率达50%，较上年翻一番。", "调解率增长超2倍。", "调解率下降2倍。"]
)
def test_no_bound_is_given_where_the_words_imply_none(sentence):
    assert ruled(sentence, Rule.AT_MOST) == []


def test_the_parts_of_a_total_are_added_and_a_difference_shows():
    fourth = PRACTICE[3]
    publication = understand(fourth.name, fourth.read_bytes())
    sums = [c for c in computed(publication.figures, publication.report.source.text) if c.rule is Rule.SUM]
    # 04 as its README tells: 412, 538, 297 and 607 make 1854, the total printed is 1864
    assert [(c.value, c.printed, c.formula) for c in sums if c.value != c.printed] == [
        (1854, 1864, "412 + 538 + 297 + 607")
    ]


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("收到申请91件，其中公开52件、部分公开11件、其他28件。", [52, 11, 28]),
        ("收到申请91件，其中公开52件；受理诉求5件。", [52]),
        ("收到申请91件，其中公开52件，走访3户。", [52]),
        # no part: another unit, more than the total, not exact, another sentence
        ("收到申请91件，其中走访3户。", []),
        ("收到申请91件，其中公开92件。", []),
        ("收到申请91余件，其中公开52件。", []),
        ("收到申请91件。其中公开52件。", []),
    ],
)
def test_parts_are_what_the_words_behind_say(sentence, parts):
    publication = understand("a.txt", f"某区2023年度法治政府建设报告\n一、成效\n{sentence}\n".encode())
    found = list(wholes(publication.figures, publication.report.source.text))
    assert [part.value for whole in found for part in whole.parts] == parts


def test_a_share_is_computed_from_two_counts_unless_the_report_prints_it():
    (one,) = ruled("收到申请91件，其中公开52件。", Rule.SHARE)
    assert (one.value, one.unit, one.exact, one.formula) == (Decimal("57.1"), "%", False, "52 ÷ 91")
    assert ruled("收到申请91件，其中公开52件，占57.1%。", Rule.SHARE) == []


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=5))
def test_a_sum_is_the_sum(values):
    total = max(sum(values), 1)
    parts = "、".join("甲乙丙丁戊"[n] + f"类案件{value}件" for n, value in enumerate(values))
    sums = ruled(f"办理案件{total}件，其中{parts}。", Rule.SUM)
    assert [(one.value, one.printed) for one in sums] == ([(sum(values), total)] if sum(values) == total else [])


def test_ids_of_computed_values_are_unique():
    for path in [SEED, *PRACTICE]:
        publication = understood(path)
        ids = [one.id for one in computed(publication.figures, publication.report.source.text)]
        assert len(ids) == len(set(ids))
