"""When a figure holds, against what a change is measured, who was counted: a table of sentences and what they say."""

from __future__ import annotations

import pytest
from baogao.figures.circumstances import circumstances
from baogao.figures.quantity import find_quantities
from baogao.model import Role


def said(text: str, year: str = "2023", role: Role = Role.RESULTS):
    return list(circumstances(text, find_quantities(text), year, role))


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("办理案件63件。", ["2023"]),
        ("2022年办理案件63件，审结60件。", ["2022", "2022"]),
        ("2021年5件，2022年6件。", ["2021", "2022"]),
        ("截至2022年底，共有人员63人。", ["2022"]),
        ("2021—2023年，办理案件63件。", ["2021/2023"]),
        ("自2020年以来办理案件63件。", ["2020/2023"]),
        ("“十三五”期间办理案件63件。", ["2016/2020"]),
        ("五年来，办理案件63件，审结60件。", ["2019/2023", "2019/2023"]),
        ("上半年办理案件63件。", ["2023-01/2023-06"]),
        ("1-11月办理案件63件。", ["2023-01/2023-11"]),
        # the number that was, and the one that is
        ("出庭率由上年的81.3%上升到93.6%。", ["2022", "2023"]),
        ("“十三五”以来办理案件63件。", ["2016/2023"]),
        ("到“十四五”末，办理案件63件。", ["2025"]),
        ("力争在“十四五”期间，办理案件63件。", ["2021/2025"]),
        ("未来五年，办理案件63件。", ["2024/2028"]),
        # a base, a name and an adjective are no period
        ("较2020年增长5%。", ["2023"]),
        ("修订《2019年工作要点》5件。", ["2023"]),
        ("针对上年度力量薄弱的问题，增配12名。", ["2023"]),
        ("完成2022年度考核任务5项。", ["2023"]),
    ],
)
def test_the_period_is_the_reports_year_unless_the_words_say_otherwise(text, periods):
    assert [one.period for one in said(text)] == periods


def test_without_a_year_only_what_is_printed_is_given():
    assert [one.period for one in said("2022年办理63件，上半年办理30件。办理9件", year="")] == ["2022", "", ""]


@pytest.mark.parametrize(
    ("text", "role", "period", "status"),
    [
        ("举办培训4期以上。", Role.PLAN, "2024", "target"),
        ("举办培训4期以上。", Role.RESULTS, "2023", "stated"),
        ("到2025年，建成10个。", Role.RESULTS, "2025", "target"),
        ("到2025年，建成10个。", Role.PLAN, "2025", "target"),
    ],
)
def test_what_is_planned_is_a_target(text, role, period, status):
    (one,) = said(text, role=role)
    assert (one.period, one.status) == (period, status)


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("较上年度再提高7个百分点", [("较上年度", "2022")]),
        ("同比下降24.76%", [("同比", "2022")]),
        ("比2020年增长5%", [("比2020年", "2020")]),
        ("比“十三五”末增长5%", [("比“十三五”末", "2020")]),
        ("环比增长5%", [("环比", "")]),
        ("时限相较省市压缩30%", [("相较省市", "")]),
        ("承诺时限比法定时限压缩81.3%", [("比法定时限", "")]),
        ("是上年的2.6倍", [("上年", "2022")]),
        ("2021年，收入同比增长5%", [("同比", "2020")]),
        ("与上年相比，减少12件", [("与上年相比", "2022")]),
        ("较2021年、2020年分别提高5.1个百分点、13.7个百分点", [("较2021年", "2021"), ("2020年", "2020")]),
        ("收入同比增长5%，支出增长6%", [("同比", "2022"), ("同比", "2022")]),
        # it goes as far as its own thing
        ("占比比2019年增长50%，提高3个百分点，支出增长6%", [("比2019年", "2019"), ("比2019年", "2019"), ("", "")]),
        ("与2019年相比，收入增长50%，支出增长6%", [("与2019年相比", "2019"), ("与2019年相比", "2019")]),
        ("收入同比增长5%；支出增长6%", [("同比", "2022"), ("", "")]),
        (
            "总值784亿元，增长9%，是2009年的1.8倍；收入88.4亿元，增长5.2%，是2009年的2倍，投资100亿元，增长25%",
            [("", ""), ("", ""), ("是2009年", "2009"), ("", ""), ("", ""), ("是2009年", "2009"), ("", ""), ("", "")],
        ),
        ("收入是上年的2倍，支出增长6%", [("上年", "2022"), ("", "")]),
        # not said, or no change
        ("平均增长5%", [("", "")]),
        ("较上年完成63件", [("", "")]),
    ],
)
def test_a_change_says_what_it_is_measured_against(text, bases):
    assert [(one.base, one.base_year) for one in said(text)] == bases


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("全区执法人员974人", "全区"),
        ("我区参考人数10525人", "我区"),
        ("区政府聘请法律顾问5名", "区政府"),
        ("县司法局审查文件100份", "县司法局"),
        ("各执法部门办理案件5件", "各执法部门"),
        # reported to, or one of those counted
        ("向市政府备案6件", ""),
        ("对区发改局、区市场监管局等4个单位开展督察", ""),
        ("实现全流程办理5件", ""),
    ],
)
def test_who_was_counted_is_given_where_said(text, scope):
    assert said(text)[0].scope == scope
