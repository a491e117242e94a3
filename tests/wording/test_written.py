"""How a figure is written: as printed in Chinese, in words in English, the number in full where neither says it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

import pytest
from baogao.model import Direction, Kind
from baogao.publication.publication import understand
from baogao.wording.words import Words
from baogao.wording.written import compact, direction_of, english_unit, moved, written
from conftest import PRACTICE, REAL, SEED, understood
from hypothesis import given
from hypothesis import strategies as st

ZH, EN = Words("zh"), Words("en")


def only(sentence: str):
    publication = understand("a.txt", f"某区2023年度法治政府建设报告\n一、成效\n{sentence}\n".encode())
    return publication.figures[-1]


@pytest.mark.parametrize(
    ("sentence", "digits", "unit", "exact"),
    [
        ("点击量超340万人次。", "超340", "万人次", "＞3,400,000人次"),
        ("协议金额超1000万元。", "超1000", "万元", "＞10,000,000元"),
        ("办理案件1136件。", "1136", "件", ""),
        ("办理案件1,136件。", "1,136", "件", ""),
        ("办理案件１１３６件。", "1136", "件", ""),
        ("办理案件6 218件。", "6218", "件", ""),
        ("培训300余名执法人员。", "300", "余名", ""),
        ("合格率95.5%以上。", "95.5", "%以上", ""),
        ("合格率52．3％。", "52.3", "%", ""),
        ("审查文件一百余份。", "一百", "余份", "＞100份"),
        ("案结事了率八成五。", "八成五", "", "85%"),
        ("抽查率百分之百。", "百分之百", "", "100%"),
        ("法律顾问2至3名。", "2至3", "名", ""),
        ("办理案件974件，同比增加40%。", "↑40", "%", ""),
        ("出庭率98.5%，较上年度提高7个百分点。", "↑7", "个百分点", ""),
        ("投诉较上年下降三成。", "↓三成", "", "30%"),
        ("行政复议调解率较上年度翻三番。", "翻三番", "", "8倍"),
        ("办件量是上年的2.6倍。", "2.6", "倍", ""),
    ],
)
def test_in_chinese_a_figure_is_written_as_printed(sentence, digits, unit, exact):
    value = written(only(sentence), ZH)
    assert (value.digits, value.unit, value.exact) == (digits, unit, exact)


@pytest.mark.parametrize(
    ("sentence", "digits", "unit", "exact"),
    [
        ("点击量超340万人次。", "over 3.4", "million", "＞3,400,000"),
        ("协议金额超1000万元。", "over 10", "million yuan", "＞10,000,000 yuan"),
        ("协议金额36亿元。", "3.6", "billion yuan", "3,600,000,000 yuan"),
        ("点赞超21.5万人次。", "over 215,000", "", ""),
        ("合格率95.5%以上。", "at least 95.5", "%", ""),
        ("平均用时22分钟。", "22", "minutes", ""),
        ("出庭率98.5%，较上年度提高7个百分点。", "↑7", "percentage points", ""),
        ("投诉较上年下降近一成。", "↓ about 10", "%", ""),
    ],
)
def test_in_english_a_figure_is_written_in_words(sentence, digits, unit, exact):
    figure = only(sentence)
    value = written(figure, EN, english_unit(figure.unit))
    assert (value.digits, value.unit, value.exact) == (digits, unit, exact)


def test_a_change_beside_its_number_has_an_arrow_whether_or_not_its_verb_stands_there():
    assert moved(only("出庭率98.5%，较上年度提高7个百分点。"), ZH) == "↑7个百分点"
    assert moved(only("全省经济增速6.5%。"), ZH) == "↑6.5%"
    assert moved(only("出庭率98.5%，较上年度提高7个百分点。"), EN, "percentage points") == "↑7 percentage points"


@pytest.mark.parametrize("path", [SEED, *PRACTICE, *REAL[::3]], ids=lambda path: path.name)
def test_every_figure_is_written_with_what_the_report_prints_or_with_its_whole_value(path):
    for figure in understood(path).figures:
        value = written(figure, ZH)
        low = figure.value[0] if isinstance(figure.value, tuple) else figure.value
        assert value.sort == low and value.digits
        printed = re.sub("[\\s\u200b-\u200d\ufeff]", "", unicodedata.normalize("NFKC", figure.quote))
        shown = unicodedata.normalize("NFKC", value.text).replace(" ", "")
        if figure.kind is Kind.CHANGE:
            assert printed.endswith(shown.lstrip("↑↓")) or figure.unit in shown
        elif not figure.values:
            assert shown == printed or shown.endswith(unicodedata.normalize("NFKC", figure.unit)), figure.quote


@pytest.mark.parametrize(
    ("head", "cell", "shown"),
    [
        ("罚没款（万元）", "143.50", "143.50万元"),
        ("罚没款（万元）", "1,148.10", "1,148.10万元"),
        ("罚没款（亿元）", "3.0", "3.0亿元"),
        ("罚没款（千元）", "12", "12千元"),
        ("罚没款（元）", "12.00", "12.00元"),
        ("案件（件）", "1,234", "1,234件"),
    ],
)
def test_a_number_of_a_table_keeps_the_digits_that_are_printed(head, cell, shown):
    title, *rows = "某区2023年度法治政府建设报告", ("领域", head), ("食品安全", cell), ("计量", "7.5")
    table = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows)
    page = f"<html><body><h1>{title}</h1><p>一、成效</p><table>{table}</table><p>二、不足</p></body></html>"
    figure = next(one for one in understand("a.html", page.encode()).figures if one.quote == cell)
    assert written(figure, ZH).text == shown


@given(st.decimals(Decimal(-(10**12)), Decimal(10**12), places=2))
def test_a_number_in_short_is_the_number(value):
    shown = compact(value)
    size = {"亿": Decimal(10**8), "万": Decimal(10**4)}.get(shown[-1], Decimal(1))
    assert Decimal(shown.rstrip("万亿").replace(",", "")) * size == value


def test_a_negative_number_under_a_change_goes_the_other_way():
    text = "某市某区2022年法治政府建设报告\n一、主要成效\n（一）行政应诉\n指标\t2021年\t2022年\t增减（件）\n一审应诉\t33\t29\t-4\n一审败诉\t2\t5\t+3\n"
    changes = [one for one in understand("a.txt", text.encode()).figures if one.kind is Kind.CHANGE]
    assert [(one.value, direction_of(one)) for one in changes] == [(-4, Direction.DOWN), (3, Direction.UP)]
