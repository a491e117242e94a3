"""Codes against labels: those of the practice reports, and our own of the first report."""

from __future__ import annotations

import json
import re

import pytest
from baogao.figures.indicators import code_of, indicators, not_found
from baogao.figures.score import read_labels, score
from baogao.ids import kind_of
from baogao.model import Kind
from baogao.publication.publication import understand
from baogao.rules import load
from conftest import PRACTICE, ROOT, SEED, understood

# The first report, read by a person: what a figure states of the recurring measures; every other states none.
FIRST = {
    "规范性文件合法性审核率达100%": "guifan-shenhe-lv",
    "制发的12件": "guifan-zhiding",
    "全区执法人员974人": "zhifa-renyuan",
    "人大代表建议63件": "jianyi",
    "政协提案68件": "tian",
    "办结率和满意率均为100%": "jianyi-lv",
    "总出庭率达98.5%": "chuting-lv",
    "复议决定书公示率达100%": "fuyi-gongshi-lv",
    "95.5%以上": "fuyi-anjieshiliao-lv",
    "依申请公开86件": "yishenqing",
    "法律援助案件393件": "yuanzhu",
    "解答群众咨询1000余次": "zixun",
    "健全144个": "tiaojie-weiyuanhui",
    "各类矛盾纠纷8989起": "tiaojie",
    "调解成功率达98%": "tiaojie-lv",
    "法治宣传活动54场次": "pufa",
    "参考人数10525人": "xuefa",
    "通过率达100%": "xuefa-lv",
    "4个": "ducha",  # at its end: the bodies inspected
}


def test_the_first_report_is_coded_as_a_person_codes_it():
    publication = understood(SEED)
    text = publication.report.source.text
    coded = {f.indicator for f in publication.figures if f.indicator}
    for figure in publication.figures:
        before = text[: figure.end]
        labels = [code for words, code in FIRST.items() if before.endswith(words) and words != "4个"]
        if figure.indicator != "ducha":
            assert figure.indicator == (labels[0] if labels else ""), figure
    assert coded == set(FIRST.values())


def test_codes_agree_with_the_labels_of_the_practice_reports():
    names = {code: one.names["zh"] for code, one in indicators().items()}
    right = given = labelled = 0
    known, pairs = set(), []
    for path in PRACTICE:
        gold = ROOT / "tests/fixtures/practice/gold" / f"{path.name[:2]}.jsonl"
        rows = {
            (r["offset"], r["quote"]): r["indicator"] for r in map(json.loads, gold.read_text("utf-8").splitlines())
        }
        known |= {name for name in rows.values() if name}
        hits = score(understood(path).figures, read_labels(gold)).hits
        pairs += [(names.get(figure.indicator, ""), rows[label.offset, label.quote]) for figure, label in hits]
    for ours, theirs in pairs:
        ours = ours if ours in known else ""  # what the labels do not name they cannot judge
        right += bool(ours) and ours == theirs
        given += bool(ours)
        labelled += bool(theirs)
    assert labelled > 150
    assert right / given >= 0.95 and right / labelled >= 0.85, (right, given, labelled)


def test_there_are_sixty_indicators_each_with_a_code_and_two_names():
    rows = load("indicators")["indicators"]
    assert len({row["code"] for row in rows}) >= 60
    for row in rows:
        assert re.fullmatch("[a-z]+(-[a-z]+)*", row["code"]) and row["zh"] and row["en"]
        assert (
            row["says"]["zh"]
            and row["says"]["en"]
            and row["authority"].split()[0] in load("authorities")["authorities"]
        )
        same = [other for other in rows if other["code"] == row["code"]]
        assert len({(other["zh"], other["en"]) for other in same}) == 1


@pytest.mark.parametrize(
    ("subject", "kind", "unit", "code"),
    [
        ("行政复议受理", Kind.LEVEL, "件", "fuyi-shouli"),
        ("行政复议不予受理", Kind.LEVEL, "件", "fuyi-bushouli"),
        ("行政复议受理", Kind.CHANGE, "件", ""),
        ("行政复议受理", Kind.LEVEL, "%", ""),
        ("新增经营主体", Kind.LEVEL, "户", ""),
        ("实有经营主体", Kind.LEVEL, "户", "zhuti"),
        ("旁听庭审", Kind.LEVEL, "次", ""),
    ],
)
def test_a_rule_fires_only_for_its_own_measure(subject, kind, unit, code):
    assert code_of(subject, kind, unit) == code


def asked_for(text: str, title: str = "某区2023年度法治政府建设报告") -> list[str]:
    publication = understand("a.txt", f"{title}\n一、工作成效\n{text}\n".encode())
    return [one.code for one, _ in not_found(kind_of(publication.report)["code"], publication.figures)]


def test_what_such_reports_are_asked_and_this_one_does_not_state_is_told():
    every = asked_for("健全机制。")
    assert {"yingsu", "fuyi-shouli", "zhifa-renyuan", "tiaojie", "guifan-zhiding", "jianyi", "tian"} <= set(every)
    text = "全区行政应诉案件64件。受理行政复议申请79件。"
    assert asked_for(text) == [code for code in every if code not in ("yingsu", "fuyi-shouli")]


def test_an_aim_is_no_statement_and_another_kind_of_report_is_asked_otherwise():
    text = "健全机制。\n二、下一步工作安排\n明年行政机关败诉率控制在5%以内。"
    assert "baisu-lv" in asked_for(text)
    assert "shengchan" in asked_for("健全机制。", "2023年某市人民政府工作报告")
    assert not asked_for("健全机制。", "某局2023年度部门决算")


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        ("案卷评查优秀率", "anjuan-lv"),
        ("案卷评查优良率", "anjuan-youliang-lv"),
        ("案卷合格率", "anjuan-hege-lv"),
        ("案卷不合格率", ""),
        ("建议提案办结率", "jianyi-lv"),
        ("建议提案满意率", "jianyi-manyi-lv"),
    ],
)
def test_a_rate_is_given_by_its_own_word_alone(subject, code):
    assert code_of(subject, Kind.SHARE, "%") == code


def test_what_a_campaign_counts_is_not_the_count_of_the_year():
    assert code_of("评查行政执法案卷", Kind.LEVEL, "件") == "anjuan"
    assert code_of("道路交通专项整治评查行政执法案卷", Kind.LEVEL, "件") == ""
