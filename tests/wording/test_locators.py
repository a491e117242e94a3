"""Where a sentence stands, as people say it, in both languages."""

from __future__ import annotations

import csv
import io

import pytest
from baogao.export.figure_records import figures_csv
from baogao.publication.publication import understand
from baogao.wording.locators import Locators
from conftest import PRACTICE, SEED, understood

TEXT = """某区2023年度法治政府建设报告
今年以来，办结3件。现报告如下。
一、工作成效
（一）加强监督
开展检查4次。
一是规范执法。办理案件63件。评查案卷7卷。
二是强化培训。
1.培训干部8名。
(二)便民服务
上线事项9项。
三、主要负责人
一是带头学法。学法5次。
"""
REPORT = understand("a.txt", TEXT.encode())


def of(quote: str, language: str = "zh") -> str:
    (figure,) = (one for one in REPORT.figures if one.quote == quote)
    return Locators(REPORT.report, language)(figure.sentence)


@pytest.mark.parametrize(
    ("quote", "chinese", "english"),
    [
        ("3件", "第1句", "sentence 1"),
        ("4次", "一（一）第1句", "1.1, sentence 1"),
        ("63件", "一（一）一是第1句", "1.1.1, sentence 1"),
        ("7卷", "一（一）一是第2句", "1.1.1, sentence 2"),
        ("8名", "一（一）二是1.第1句", "1.1.2.1, sentence 1"),
        ("9项", "一（二）第1句", "1.2, sentence 1"),  # no item has a number; brackets of either width
        ("5次", "三、一是第1句", "3.1, sentence 1"),  # 三一是 would be one number
    ],
)
def test_a_sentence_is_placed_by_the_numerals_above_it(quote, chinese, english):
    assert (of(quote), of(quote, "en")) == (chinese, english)


def test_a_heading_is_placed_as_one():
    assert Locators(REPORT.report, "zh")("h1-2") == "一（二）（标题）"
    assert Locators(REPORT.report, "en")("h1-2") == "1.2 (heading)"


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda path: path.name)
def test_no_two_passages_of_a_report_are_told_alike(path):
    publication = understood(path)
    ids = [segment.id for segment in publication.report.segments if segment.id]
    for language in ("zh", "en"):
        said = list(map(Locators(publication.report, language), ids))
        assert len(said) == len(set(said)), [one for one in said if said.count(one) > 1][:3]


def test_the_table_of_figures_has_it_as_a_column_behind_the_others():
    for language, said in (("zh", "一（一）一是第1句"), ("en", "1.1.1, sentence 1")):
        rows = list(csv.DictReader(io.StringIO(figures_csv(REPORT.report, REPORT.figures, language))))
        assert list(rows[0])[-1] == "locator"
        assert {row["locator"] for row in rows if row["quote"] == "63件"} == {said}
