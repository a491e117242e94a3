"""Statements a careful reader would set beside each other: each kind with cases for it and against it."""

from __future__ import annotations

import json
import re

import pytest
from baogao.publication.publication import understand
from baogao.relations.tensions import TensionKind, tensions
from baogao.rules import load
from conftest import PRACTICE, ROOT, SEED, published

HEAD = "某某区2023年度法治政府建设情况报告\n一、主要成效\n"


def found(body: str, lacking: str = "", before: str = HEAD) -> list[tuple[TensionKind, str]]:
    text = f"{before}{body}\n" + (f"二、存在的不足\n{lacking}\n" if lacking else "")
    return [(one.kind, one.about) for one in tensions(understand("a.txt", text.encode()))]


def test_the_first_report_says_that_the_ages_are_better_and_that_they_are_not():
    """Read in the text: 一(三)一是 and 三二是."""
    publication = published(SEED)
    (one,) = tensions(publication)
    text = publication.report.source.text
    assert one.kind is TensionKind.WORDS and one.about == "年龄结构"
    assert [span.anchor for span in one.statements] == ["s1-3-1-2", "s3-0-2-1"]
    assert ["年龄结构均有优化" in text[one.statements[0].start : one.statements[0].end], one.said[1]] == [
        True,
        "年龄结构偏大",
    ]


@pytest.mark.parametrize(
    ("done", "lacking", "about"),
    [
        ("营商环境持续优化。", "一是营商环境有待进一步优化。", "营商环境"),
        ("执法队伍学历层次、年龄结构均有优化。", "一是年龄结构偏大。", "年龄结构"),
        ("执法保障能力不断增强。", "一是乡镇执法保障能力不强的问题依然存在。", "执法保障能力"),
        ("办案的质量和效率明显提高。", "一是办案质量和效率还不够高。", "办案质量和效率"),
    ],
)
def test_what_is_better_in_one_place_and_wanting_in_another_is_asked_about(done, lacking, about):
    assert found(done, lacking) == [(TensionKind.WORDS, about)]


@pytest.mark.parametrize(
    ("done", "lacking"),
    [
        ("营商环境持续优化。", "一是法治环境有待优化。"),  # another thing
        ("医疗卫生服务能力稳步提升。", "一是服务能力不强。"),  # of one field only
        ("窗口服务能力稳步提升。", "一是有的干部担当意识、服务能力不强。"),  # whose it is stands before the list
        ("优化营商环境。", "一是营商环境有待优化。"),  # it is done, not said to be better
        ("营商环境不优的问题得到解决。", "一是营商环境有待优化。"),
        ("环境改善。", "一是环境较差。"),  # of whatever
    ],
)  # fmt: skip
def test_what_is_of_another_thing_is_no_tension(done, lacking):
    assert found(done, lacking) == []


def test_what_is_promised_behind_the_shortcomings_is_no_tension():
    text = f"{HEAD}一是办结案件。\n二、存在的不足\n一是营商环境不优。\n三、今后五年\n营商环境持续优化。\n"
    assert tensions(understand("a.txt", text.encode())) == ()


def test_a_total_that_its_parts_do_not_make_is_asked_about():
    assert found("收到依申请公开91件，其中公开52件、部分公开11件、其他27件。") == [
        (TensionKind.TOTAL, "收到的依申请公开")
    ]


@pytest.mark.parametrize(
    "body",
    [
        "收到依申请公开91件，其中公开52件、部分公开11件、其他28件。",
        "收到依申请公开91件，其中公开52件、部分公开11件。",  # there are others
        "收到依申请公开91件，其中公开52件、部分公开11件、其他约27件。",
    ],
)
def test_a_total_that_its_parts_can_make_is_not(body):
    assert found(body) == []


def test_there_are_five_at_most_and_totals_come_first():
    things = [
        "执法保障能力",
        "基层治理水平",
        "政务服务环境",
        "案卷制作质量",
        "普法宣传效果",
        "调解组织网络",
        "法治人才结构",
    ]
    done = "".join(f"{thing}持续优化。" for thing in things) + "收到申请91件，其中公开52件、部分公开11件、其他27件。"
    told = found(done, "".join(f"{thing}不优；" for thing in things))
    assert len(told) == load("tensions")["most"] == 5 and told[0][0] is TensionKind.TOTAL


# tests/tensions_read.jsonl: all that was found in 250 real reports that nobody had looked at for it, judged from the
# sentences alone by a reader who had not seen the program. A total that is not its parts was found in none of them.
READ = [json.loads(line) for line in (ROOT / "tests/tensions_read.jsonl").read_text("utf-8").splitlines()]


def test_only_kinds_are_told_of_which_a_reader_found_four_in_five_right():
    for kind in {row["kind"] for row in READ}:
        judged = [row["right"] for row in READ if row["kind"] == kind]
        assert (sum(judged) >= 0.8 * len(judged)) is (kind in list(TensionKind)), kind


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda path: path.name)
def test_every_statement_holds_its_words_and_ids_differ(path):
    publication = published(path)
    text, own = publication.report.source.text, tensions(publication)
    assert len({one.id for one in own}) == len(own)
    for one in own:
        starts = [span.start for span in one.statements]
        assert starts == sorted(starts) and len(one.statements) in (1, 2)
        stated = "".join(text[span.start : span.end] for span in one.statements)
        assert all(re.sub(r"\s", "", said) in re.sub(r"\s", "", stated) for said in one.said)
        for span in one.statements:
            piece = publication.layout.pieces[span.anchor]
            assert piece.start <= span.start < span.end <= piece.end
