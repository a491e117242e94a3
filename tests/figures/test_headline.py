"""Which figures stand at the head of a report: the core of its kind, those compared before the others, never an audience."""

from __future__ import annotations

import re

import pytest
from baogao.figures.comparisons import against, alone
from baogao.figures.indicators import core, indicators
from baogao.model import Kind, Status
from baogao.publication.publication import understand
from baogao.rules import load
from conftest import PRACTICE, REAL, SEED, published, understood

RULE = load("headline")


def shown(text: str, title: str = "某区2023年度法治政府建设报告"):
    publication = understand("a.txt", f"{title}\n一、工作成效\n{text}\n二、存在不足\n人员少。\n".encode())
    return [figure.quote for figure in publication.headline]


def test_the_first_report_opens_with_what_such_reports_are_asked():
    publication = published(SEED)
    assert [figure.quote for figure in publication.headline] == [
        "98.5%",
        "974人",
        "95.5%以上",
        "8989起",
        "12件",
        "63件",
    ]
    assert [figure.indicator for figure in publication.headline] == [
        "chuting-lv",
        "zhifa-renyuan",
        "fuyi-anjieshiliao-lv",
        "tiaojie",
        "guifan-zhiding",
        "jianyi",
    ]


@pytest.mark.parametrize("path", [SEED, *PRACTICE, *REAL], ids=lambda path: path.name)
def test_a_head_is_of_results_that_were_reached_each_named_and_of_another_subject(path):
    publication = understood(path)
    head = publication.headline
    assert len(head) <= RULE["most"] and len({figure.id for figure in head}) == len(head)
    for figure in head:
        assert figure.subject and figure.kind is not Kind.CHANGE and figure.status is Status.STATED
        assert figure.indicator or not re.search("点击|点赞|浏览|观看|观摩|旁听", figure.subject)
    subjects = [n for figure in head for n, one in enumerate(core("")) if figure.indicator in one.shown]
    if not publication.id.endswith("gzbg"):
        assert len(subjects) == len(set(subjects))


def test_what_is_compared_goes_before_what_is_not_and_what_is_asked_before_what_is_not():
    text = (
        "（一）办理政府信息公开申请30件。\n（二）办理人大代表建议12件。\n"
        "（三）全区行政执法人员974人，同比增加40%。\n（四）新建公园8个，同比增加60%。"
    )
    assert shown(text) == ["974人", "12件", "8个", "30件"]


def test_an_audience_is_no_headline_figure():
    assert shown("（一）专题点击量超340万人次。\n（二）组织300名干部参加培训。\n（三）新建公园8个。") == ["8个"]


def test_one_figure_stands_for_a_subject_and_beside_the_core_one_for_an_item():
    assert shown("（一）新建公园8个，修路9条。\n（二）收到行政复议申请52件，受理行政复议申请49件。") == ["52件", "8个"]


def test_a_target_and_a_number_that_was_are_no_headline_figures():
    assert shown("（一）平均等候时间由22分钟降至6分钟。") == ["6分钟"]


def test_of_bare_hundreds_so_many_are_shown_as_the_rule_allows():
    text = "（一）法律援助满意率100%。\n（二）网上可办率100%。\n（三）案卷合格率100%。"
    assert shown(text) == ["100%"] * RULE["bare_hundreds"]


@pytest.mark.parametrize("row", RULE["never"], ids=lambda row: row["fits"][0])
def test_a_rule_of_what_is_never_shown_fits_its_examples(row):
    assert all(re.search(row["match"], case) for case in row["fits"])
    assert not any(re.search(row["match"], case) for case in row["not"])


def test_the_core_names_indicators_that_there_are_and_asks_each_once():
    for row in load("indicators")["core"]:
        codes = [code for subject in row["subjects"] for code in subject["shown"]]
        asked = [code for subject in row["subjects"] for code in subject["asked"]]
        assert all(search.keys() == {"zh", "en"} for one in row["subjects"] for search in one["asked"].values())
        assert {*codes, *asked} <= set(indicators())
        assert len(codes) == len(set(codes)) and len(asked) == len(set(asked))


def compared(sentence: str):
    publication = understand("a.txt", f"某区2023年度法治政府建设报告\n一、成效\n{sentence}\n".encode())
    by_id = {figure.id: figure for figure in publication.figures}
    said = against(publication.figures, publication.report.source.text)
    return {by_id[id_].quote: one for id_, one in said.items()}


def test_a_number_stands_against_its_change_the_number_before_and_what_follows_from_both():
    rate = compared("行政机关负责人出庭率98.5%，较上年度提高7个百分点。")["98.5%"]
    assert rate.change.quote == "提高7个百分点" and str(rate.computed.value) == "91.5" and rate.before is None
    wait = compared("平均等候时间由22分钟降至6分钟。")["6分钟"]
    assert wait.before.quote == "22分钟" and wait.change is None
    old = compared("行政执法人员974人，较2020年增加40%。")["974人"]
    assert old.change.quote == "增加40%" and old.computed is None  # two years before


@pytest.mark.parametrize(
    "sentence", ["办理案件547件，罚款同比增长40%。", "办理案件974件。同比增长40%。", "新建公园8个、修路9条。"]
)
def test_another_thing_and_another_sentence_are_no_comparison(sentence):
    assert not compared(sentence)


def test_a_change_whose_number_is_not_printed_stands_alone():
    text = "某区2023年度法治政府建设报告\n一、成效\n行政复议调解率较上年翻三番。行政执法人员974人，较上年增加40%。\n"
    publication = understand("a.txt", text.encode())
    assert [one.quote for one in alone(publication.figures, publication.report.source.text)] == ["翻三番"]
