"""Figures of tables against labels made by hand, and what must hold of any table."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from baogao.model import Doubt, Figure, Kind, Part
from baogao.outline.items import items
from baogao.outline.tree import outline
from baogao.publication.consistency import consistency_findings
from baogao.publication.publication import Publication, understand
from baogao.readers.source import read
from baogao.site import pages
from conftest import REAL, ROOT, texts, understood
from hypothesis import given, settings
from hypothesis import strategies as st

HERE = ROOT / "tests/fixtures/tables"
LABELS = yaml.safe_load((HERE / "labels.yml").read_text("utf-8"))
REPORTS = ("communique", "accounts", "disclosure")


@cache
def _read(name: str) -> Publication:
    return understand(f"{name}.txt", (HERE / f"{name}.txt").read_bytes())


def _by_line(name: str) -> dict[int, list[Figure]]:
    """The figures of table rows by the line of the file."""
    publication = _read(name)
    lines = {s.id: s.paragraph for s in publication.report.sentences() if s.part is Part.TABLE}
    found: dict[int, list[Figure]] = {}
    for figure in publication.figures:
        if figure.sentence in lines:
            found.setdefault(lines[figure.sentence], []).append(figure)
    return found


def _labels(name: str) -> dict[int, list[list[str]]]:
    labels: dict[int, list[list[str]]] = dict(LABELS[name])
    if name == "disclosure":
        lines, form = (HERE / "disclosure.txt").read_text("utf-8").splitlines(), LABELS["requests"]
        for line, words in form["rows"].items():
            numbers = re.findall("(?<=\t)[0-9]+(?=\t|$)", lines[line - 1])
            labels[line] = [[n, n, "件", words + over] for n, over in zip(numbers, form["columns"], strict=True)]
    return labels


@pytest.mark.parametrize("name", REPORTS)
def test_every_cell_reads_as_a_person_reads_it(name: str) -> None:
    labels = _labels(name)
    read = {
        line: [[f.quote, f"{f.value:f}", f.unit, f.subject, *([f.doubt] if f.doubt else [])] for f in figures]
        for line, figures in _by_line(name).items()
    }
    for line in sorted(labels.keys() | read.keys()):
        got, expected = read.get(line, []), labels.get(line, [])
        assert [one[0] for one in got] == [one[0] for one in expected], line
        for figure, label in zip(got, expected, strict=True):
            label = [label[0], *label[1:]]
            assert (Decimal(str(figure[1])), *figure[2:]) == (Decimal(label[1]), *label[2:]), line


@pytest.mark.parametrize("name", REPORTS)
def test_spans_are_exact_and_kinds_follow_the_heads(name: str) -> None:
    text = _read(name).report.source.text
    for figures in _by_line(name).values():
        for figure in figures:
            assert text[figure.start : figure.end] == figure.quote
            changes = re.search("比上年(增长|增减)$", figure.subject)
            shares = figure.unit == "%" and not changes
            assert figure.kind is (Kind.CHANGE if changes else Kind.SHARE if shares else Kind.LEVEL)
            assert figure.base == ("比上年" if changes else "")


def test_a_number_is_of_the_year_its_column_or_its_row_names() -> None:
    read = _by_line("communique")
    assert [figure.period for figure in read[28]] == ["2022", "2023", "2022", "2023"]
    assert {figure.period for figure in read[31]} == {"2022"}
    assert {figure.period for figure in read[32]} == {"2023"}


def test_cells_of_tables_carry_the_codes_of_indicators() -> None:
    coded = {f.subject: f.indicator for figures in _by_line("disclosure").values() for f in figures if f.indicator}
    assert coded == {"本年度办理政府信息公开申请总计": "yishenqing"}


def _table(rows: str, above: str = "") -> list[Figure]:
    report = f"某县2023年情况报告\n一、情况\n{above}{rows}"
    return list(understand("a.txt", report.encode()).figures)


def test_a_row_that_lost_cells_is_doubtful_and_gets_no_column() -> None:
    figures = _table("单位名称\t收入\t支出\n甲中心\t5\n乙中心\t6\t7\n", "单位：万元\n")
    assert [(f.quote, f.subject.removeprefix("情况："), f.doubt) for f in figures] == [
        ("5", "甲中心", Doubt.RAGGED),
        ("6", "乙中心收入", None),
        ("7", "乙中心支出", None),
    ]


def test_heads_that_repeat_without_a_head_above_are_doubtful() -> None:
    figures = _table("名称\t预算数\t决算数\t预算数\t决算数\n接待中心\t1\t2\t3\t4\n", "单位：万元\n")
    assert {f.doubt for f in figures} == {Doubt.RAGGED}


def test_a_head_above_spans_the_heads_that_repeat_below_it() -> None:
    rows = "名称\t接待费\t出国费\n预算数\t决算数\t预算数\t决算数\n接待中心\t1\t2\t3\t4\n"
    assert {f.doubt for f in _table(rows, "单位：万元\n")} == {Doubt.RAGGED}  # the corner is lost: where does it begin
    rows = "名称\t接待费\t出国费\n名称\t预算数\t决算数\t预算数\t决算数\n接待中心\t1\t2\t3\t4\n"
    subjects = [f.subject for f in _table(rows, "单位：万元\n")]
    assert subjects == ["接待中心接待费预算数", "接待中心接待费决算数", "接待中心出国费预算数", "接待中心出国费决算数"]


def test_empty_cells_between_bars_are_kept_and_a_span_fills_to_the_right() -> None:
    rows = "| 名称 | 人员 | |\n| | 男 | 女 |\n| 甲中心 | 3 | |\n| 乙中心 | - | 0 |\n"
    assert [(f.quote, f.subject, f.doubt) for f in _table(rows, "单位：人\n")] == [
        ("3", "甲中心人员男", None),
        ("0", "乙中心人员女", None),
    ]


def test_a_cell_merged_over_rows_names_each_of_them() -> None:
    rows = "|类型||申请（件）|办结（件）|\n|公安|治安处罚|12|5|\n||其他案件|9|4|\n"
    rows += "|城管|违建拆除|3|1|\n||其他案件|8|6|\n|合计||32|16|\n||另案处理|2|1|\n"
    assert [figure.subject for figure in _table(rows)][::2] == [
        f"{name}申请" for name in ("公安治安处罚", "公安其他案件", "城管违建拆除", "城管其他案件", "合计", "另案处理")
    ]


def test_a_column_of_bodies_is_told_from_one_of_units() -> None:
    rows = "序号\t单位\t办件量\t满意率\n1\t区司法局\t1,234件\t98.5%\n2\t区城管局\t567件\t97.2%\n"
    assert [f.subject for f in _table(rows)] == ["区司法局办件量", "区司法局满意率", "区城管局办件量", "区城管局满意率"]
    rows = "单位\t办件量（件）\n区司法局\t1234\n"
    assert [(f.subject, f.unit) for f in _table(rows)] == [("区司法局办件量", "件")]
    figures = _table("指标\t单位\t绝对数\n粮食产量\t万吨\t12\n公路里程\t公里\t30\n")
    assert [(f.value, f.unit) for f in figures] == [(120000, "吨"), (30, "公里")]


def test_the_unit_of_a_head_of_two_rows_reaches_the_column() -> None:
    rows = "| 单位 | 收入（万元） | | 人员（人） | |\n| | 本年 | 上年 | 本年 | 上年 |\n| 甲局 | 5 | 6 | 7 | 8 |\n"
    assert [(f.value, f.unit, f.subject) for f in _table(rows)] == [
        (50000, "元", "甲局收入本年"),
        (60000, "元", "甲局收入上年"),
        (7, "人", "甲局人员本年"),
        (8, "人", "甲局人员上年"),
    ]
    figures = _table("单位\t收入（万元）\n本年\t上年\n甲局\t5\t6\n")
    assert [(f.value, f.unit) for f in figures] == [(50000, "元"), (60000, "元")]
    figures = _table("单位\t收入\t支出\n单位\t（万元）\t（元）\n甲局\t5\t6\n")
    assert [(f.value, f.unit) for f in figures] == [(50000, "元"), (6, "元")]


def test_an_integer_before_words_is_a_code_but_where_the_head_says_it_is_a_number() -> None:
    assert [f.quote for f in _table("编码\t名称\t金额（元）\n201\t服务支出\t30\n20101\t行政运行\t8\n")] == ["30", "8"]
    figures = _table("次数（次）\t活动\n12\t普法宣传\n3\t执法培训\n")
    assert [(f.quote, f.unit) for f in figures] == [("12", "次"), ("3", "次")]


def test_a_table_with_running_numbers_and_sentences_is_read_as_sentences() -> None:
    figures = _table("序号\t项目\t完成情况\n1\t农村公路\t完成45公里\n2\t养老\t建成服务站6个，投入320万元\n")
    assert [f.quote for f in figures] == ["45公里", "6个", "320万元"]


@pytest.mark.parametrize("last", ["| 乙 | |\n", "| | 乙 |\n", "| 单位：件 | |\n"])
def test_a_form_that_nobody_filled_in_states_nothing_and_is_no_fault(last: str) -> None:
    """A template whose last row has words in one cell alone took the report down."""
    assert _table(f"| 项目 | 甲 |\n{last}") == []
    assert [figure.quote for figure in _table(f"| 项目 | 甲 |\n{last}| 丙 | 3 |\n")] == ["3"]


def test_a_rule_of_dashes_is_no_head() -> None:
    figures = _table("| 领域 | 立案数（件） |\n|---|---|\n| 市场监管 | 56 |\n")
    assert [(f.value, f.unit, f.subject, f.doubt) for f in figures] == [(56, "件", "市场监管立案数", None)]


def test_the_corner_of_a_table_says_what_its_numbers_are() -> None:
    figures = _table("地区生产总值（亿元）\t2022\t2023\n第一产业\t12.3\t13.1\n")
    assert [(f.subject, f.value, f.unit, f.period) for f in figures] == [
        ("地区生产总值：第一产业", 1230000000, "元", "2022"),
        ("地区生产总值：第一产业", 1310000000, "元", "2023"),
    ]


def test_a_year_over_a_column_is_the_period_and_no_part_of_the_name() -> None:
    figures = _table("指标\t2022年\t2023年\t增减（%）\n行政复议申请（件）\t80\t100\t25.0\n")
    assert [(f.subject, f.period) for f in figures] == [
        ("行政复议申请", "2022"),
        ("行政复议申请", "2023"),
        ("行政复议申请增减", "2023"),
    ]


def test_a_bracket_with_another_body_of_its_kind_is_no_unit() -> None:
    figures = _table("部门\t抽查卷数\t优秀\n县直部门\t126\t97\n乡镇（街道）\t84\t51\n合计\t210\t148\n")
    assert [(f.value, f.unit) for f in figures[2:4]] == [(84, ""), (51, "")]
    assert all("乡镇（街道）" in f.subject or not f.subject for f in figures[2:4])


def test_the_lower_of_two_heads_says_which_of_what_is_measured_above_it() -> None:
    rows = "| 领域 | 案件数（件） | |\n| | 简易程序 | 普通程序 |\n| 市场监管 | 5 | 6 |\n"
    assert [f.subject for f in _table(rows)] == ["市场监管案件数（简易程序）", "市场监管案件数（普通程序）"]


@pytest.mark.parametrize("slogan", ["严格执法，监督机制更加有力", "推进严格规范公正文明执法"])
def test_a_slogan_that_heads_a_section_is_no_part_of_a_name(slogan: str) -> None:
    report = f"某县2023年情况报告\n一、{slogan}\n全年办案。\n单位：件\n领域\t行政处罚\t听证\n合计\t5\t6\n"
    read = understand("a.txt", report.encode()).figures
    assert [figure.subject for figure in read] == ["合计行政处罚", "合计听证"]


@pytest.mark.parametrize("cell", ["—", "-", "/", "", "无", "2024-01-05", "0123-4567890", "第3季度"])
def test_what_is_no_number_is_no_figure(cell: str) -> None:
    assert [f.quote for f in _table(f"名称\t数量（件）\t其他（件）\n甲中心\t{cell}\t7\n乙中心\t8\t9\n")] == [
        "7",
        "8",
        "9",
    ]


def test_a_list_of_contents_states_nothing() -> None:
    assert not _table("一、概况\t1\n二、决算表\t3\n", "目录\n")


def test_rows_broken_over_lines_open_no_sections() -> None:
    text = (HERE / "accounts.txt").read_text("utf-8")
    report = outline(read("accounts.txt", text.encode()))
    assert [item.label for item in items(report)] == ["一、概况", "二、决算表", "三、机构和人员"]
    rows = [s.text for s in report.sentences() if s.part is Part.TABLE]
    assert {"五、卫生健康支出", "机关事业单位基本养老", "保险缴费支出"} <= set(rows)


def test_a_heading_between_two_tables_opens_a_section() -> None:
    report = outline(read("a.txt", "一、甲\n项目\t数\n子项\t3\n二、乙\n项目\t数\n子项\t4\n".encode()))
    assert [item.label for item in items(report)] == ["一、甲", "二、乙"]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_cell_stands_on_its_page_with_its_figure_marked(name: str, language: str) -> None:
    publication = _read(name)
    made = texts(pages.files([publication]))
    shown = "".join(text for path, text in made.items() if path.startswith(f"{language}/{publication.id}/"))
    for figures in _by_line(name).values():
        for figure in figures:
            assert f'id="{figure.id}"' in shown and f'id="r{figure.id[1:]}"' in shown
    for sentence in publication.report.sentences():
        if sentence.part is Part.TABLE and not re.search("[\t|｜0-9&“]", sentence.text):
            assert f">{sentence.text}</td>" in shown, sentence.text


def test_a_total_of_a_fixed_form_that_is_not_the_sum_of_its_row_is_told() -> None:
    text = (HERE / "disclosure.txt").read_text("utf-8")
    assert "total-differs" not in [f.code for f in consistency_findings(_read("disclosure"))]
    wrong = text.replace("3\t1\t0\t0\t4\t1", "3\t1\t0\t0\t5\t1").replace(
        "39\t4\t0\t1\t1\t1\t46", "39\t4\t0\t1\t1\t1\t47"
    )
    found = [f for f in consistency_findings(understand("a.txt", wrong.encode())) if f.code == "total-differs"]
    assert [(one.line, one.expected) for one in found] == [
        (47, "39 + 4 + 0 + 1 + 1 + 1 = 46"),
        (54, "3 + 1 + 0 + 0 = 4"),
    ]


def test_roles_are_asserted_only_of_kinds_that_have_them() -> None:
    roles = {name: {str(s.role) for s in _read(name).report.walk()} for name in REPORTS}
    assert roles["communique"] == roles["accounts"] == {"other"}
    assert roles["disclosure"] == {"results", "shortcomings", "other"}
    for name in REPORTS:
        overview = texts(pages.files([_read(name)]))[f"zh/{_read(name).id}/index.md"]
        assert "第二十四条" not in overview


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["项目", "甲", "数量（件）", "3", "-1.5", "—", "", "2023", "一、乙", "12万元", "单位"]),
            max_size=6,
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["\t", "|"]),
)
def test_any_table_is_read_without_loss(rows: list[list[str]], bar: str) -> None:
    text = "某县2023年情况报告\n一、情况\n" + "\n".join(bar.join(row) for row in rows) + "\n"
    publication = understand("a.txt", text.encode())
    assert "".join(text[s.start : s.end] for s in publication.report.segments) == text
    assert len({f.id for f in publication.figures}) == len(publication.figures)
    for figure in publication.figures:
        assert text[figure.start : figure.end] == figure.quote and figure.told.strip()
    assert [f.start for f in publication.figures] == sorted(f.start for f in publication.figures)


def _with_tables() -> list[Any]:
    return [path for path in REAL if path.name.startswith(("accounts", "disclosure", "stat"))]


@pytest.mark.parametrize("path", _with_tables(), ids=lambda path: path.name[:40])
def test_the_cells_of_a_real_report_point_back(path: Path) -> None:
    publication = understood(path)
    text = publication.report.source.text
    rows = {s.id for s in publication.report.sentences() if s.part is Part.TABLE}
    figures = [figure for figure in publication.figures if figure.sentence in rows]
    assert len(figures) > 90
    assert all(text[f.start : f.end] == f.quote for f in figures)
