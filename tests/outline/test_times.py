"""Of what years a report's passages speak: small reports whose years a reader sees, and figures of real ones judged."""

from __future__ import annotations

import csv
import hashlib
from functools import cache

import pytest
from baogao.model import Role
from baogao.outline.times import time_frames
from baogao.publication.publication import Publication, understand
from baogao.publication.sidecar import Sidecar
from conftest import REAL, ROOT, understood

HEAD = "2023年清岭市人民政府工作报告\n——2023年1月6日在清岭市第五届人民代表大会第六次会议上\n各位代表：\n"


def read(body: str, head: str = HEAD, sidecar: Sidecar | None = None) -> Publication:
    return understand("a.txt", (head + body).encode(), sidecar)


def figures(body: str, head: str = HEAD) -> list[tuple[str, str, str, str]]:
    return [(f.quote, f.period, str(f.status), f.base_year) for f in read(body, head).figures]


@pytest.mark.parametrize(
    ("head", "body", "year", "reviewed"),
    [
        (HEAD, "一、2022年工作回顾\n完成3件。\n二、2023年工作安排\n完成4件。\n", "2023", "2022"),
        (HEAD, "一、过去一年工作回顾\n完成3件。\n二、今年工作安排\n完成4件。\n", "2023", "2022"),
        # where and when stands in brackets, and the title has no year
        (
            "政府工作报告\n（2023年1月6日在清岭市第五届人民代表大会第六次会议上）\n",
            "一、2022年工作回顾\n完成3件。\n",
            "2023",
            "2022",
        ),
        # delivered in December, called by the year of its plan
        (
            "清岭市政府工作报告\n——2021年12月13日在清岭市第五届人民代表大会第一次会议上\n",
            "一、本届政府工作回顾\n完成3件。\n二、2022年工作任务\n完成4件。\n",
            "2022",
            "2021",
        ),
        # called by the year it reports on
        (
            "清岭市2022年度政府工作报告\n",
            "一、2022年工作回顾\n完成3件。\n二、2023年工作打算\n完成4件。\n",
            "2022",
            "2022",
        ),
        (
            "清岭市2023年度法治政府建设情况报告\n",
            "一、工作情况\n完成3件。\n二、2024年安排\n完成4件。\n",
            "2023",
            "2023",
        ),
        ("清岭市2022年国民经济和社会发展统计公报\n", "一、综合\n2021年完成3件。\n", "2022", "2022"),
    ],
)
def test_a_report_keeps_the_year_it_is_called_by_and_says_the_one_it_reviews(head, body, year, reviewed):
    publication = read(body, head)
    assert (publication.year, publication.year_reviewed) == (year, reviewed)


def test_the_sidecar_says_the_year_reviewed():
    body = "一、工作回顾\n完成3件。\n"
    publication = read(body, sidecar=Sidecar(year_reviewed=2021))
    assert publication.year_reviewed == "2021" and publication.figures[0].period == "2021"


@pytest.mark.parametrize("plan", ["工作安排", "主要任务", "工作总体要求", "主要工作", "目标和重点任务", "工作"])
def test_a_heading_with_the_next_year_is_a_plan(plan):
    body = f"一、2022年工作回顾\n新建公路300公里，收入同比增长12%。\n二、2023年{plan}\n新建公路350公里。\n"
    assert figures(body) == [
        ("300公里", "2022", "stated", ""),
        ("同比增长12%", "2022", "stated", "2021"),
        ("350公里", "2023", "target", ""),
    ]
    assert [section.role for section in read(body).report.sections] == [Role.RESULTS, Role.PLAN]


@pytest.mark.parametrize(
    ("body", "periods"),
    [
        # a term, then its last year, told by how paragraphs open
        (
            "一、本届政府工作回顾\n过去五年，新建公路300公里。\n五年来，建成学校5所。\n"
            "刚刚过去的2022年，建成学校2所。\n修路9公里。\n",
            ["2018/2022", "2018/2022", "2022", "2022"],
        ),
        ("一、工作回顾\n2019年以来，建成学校5所。\n修路9公里。\n", ["2019/2022", "2019/2022"]),
        # a sentence on one year in a passage on five
        ("一、过去五年工作回顾\n五年来，修路9公里。2022年接待5万人。建校2所。\n", ["2018/2022", "2022", "2018/2022"]),
        # the address before the turn, and a list under what a paragraph ended with
        ("一、工作回顾\n各位代表！过去五年，修路9公里。\n——建校2所。\n", ["2018/2022", "2018/2022"]),
        ("一、2022年工作回顾\n2022年，修路9公里。回顾过去五年，成绩显著。\n——建校2所。\n", ["2022", "2018/2022"]),
        # plans, with 今年 as the year of the meeting; government's own building goes on with the plan
        (
            "一、今后五年目标\n建校2所。\n二、今年重点工作\n建校3所。\n三、加强政府自身建设\n精简会议3个。\n",
            ["2023/2027", "2023", "2023"],
        ),
        ("一、“十五五”时期目标任务\n到2030年，建校2所。建校3所。\n", ["2030", "2026/2030"]),
        ("一、工作回顾\n去年，建校2所。今年，建校3所。\n", ["2022", "2023"]),
        # headings that lost their numerals
        ("2022年工作回顾\n（一）修路\n修路9公里。\n2023年工作安排\n（一）建校\n建校2所。\n", ["2022", "2023"]),
    ],
)
def test_what_a_passage_opens_with_says_its_years(body, periods):
    assert [one[1] for one in figures(body)] == periods


def test_in_other_reports_the_role_says_what_is_a_plan():
    head = "清岭市2023年度法治政府建设情况报告\n"
    body = "一、法治政府建设主要工作\n办理3件。\n二、存在不足\n缺2人。\n三、下一步打算\n建校2所。\n"
    assert [one[1:3] for one in figures(body, head)] == [("2023", "stated"), ("2023", "stated"), ("2024", "target")]


def test_a_year_that_is_over_is_no_target_in_a_plan():
    body = "一、2023年工作安排\n2022年建成学校5所。力争建成学校9所，到2025年建成20所。\n"
    assert [one[2] for one in figures(body)] == ["stated", "target", "target"]


def test_without_a_year_no_years_are_made_up():
    report = read("一、情况\n完成3件。\n", "情况报告\n").report
    assert time_frames(report, "") == {}


JUDGED = list(csv.DictReader((ROOT / "tests/fixtures/periods.csv").open(encoding="utf-8")))
LEAST = 0.97


@cache
def _by_hash() -> dict[str, Publication]:
    wanted = {row["sha256"] for row in JUDGED}
    files = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in REAL}
    return {key: understood(path) for key, path in files.items() if key in wanted}


@pytest.mark.skipif(not REAL, reason="the real reports are not here")
def test_periods_and_statuses_are_those_a_person_reads():
    """A person read each figure in its report before the program did; several periods where either can be meant."""
    right = judged = 0
    for row in JUDGED:
        publication = _by_hash().get(row["sha256"])
        if publication is None:
            continue
        figure = next((one for one in publication.figures if one.id == row["figure"]), None)
        judged += 1
        right += figure is not None and all(
            not row[name] or said in row[name].split("|")
            for name, said in (("periods", figure.period), ("statuses", str(figure.status)))
        )
    assert judged > 100 and right >= LEAST * judged, (right, judged)
