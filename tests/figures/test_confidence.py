"""How likely a name is right: the signs of rules/confidence.yml, and what is withheld for want of points."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from baogao.figures.clauses import spots
from baogao.figures.confidence import core, ending, points, signs
from baogao.figures.quantity import find_quantities
from baogao.figures.subjects import Namer
from baogao.ids import kinds
from baogao.outline.topics import topics_of
from baogao.rules import load
from conftest import ROOT


def shown(text: str, name: str) -> set[str]:
    """The signs of a name of the last figure of a text."""
    quantities = find_quantities(text)
    topic = topics_of(text[: quantities[-1].end]).at(quantities[-1].start)
    return set(signs(name, spots(text, quantities)[-1], topic, len(quantities)))


def subjects(text: str, strict: bool) -> list[str]:
    return [name.subject for name in Namer(strict=strict).name(text, find_quantities(text))]


SHOWING = [
    ("地区生产总值增长8%", "地区生产总值增幅", {"name_of_2", "name_of_10", "change", "first"}),
    ("建设老旧小区改造示范片区3个", "建设的老旧小区改造示范片区", {"thing_before"}),
    ("完成投资3亿元", "投资", {"short", "short_measure", "money"}),
    ("县域生产总值增长2%，财政收入增长3%", "财政收入增幅", {"change"}),
    ("抓好A、B等新兴产业项目9个", "新兴产业项目", {"bare_count", "first"}),
    ("新建厂房2座、仓库9座", "仓库", {"bare_count", "listed", "act_lost"}),
    ("新建仓库9座", "新建的仓库", {"thing_before", "first"}),
    ("市属国有企业完成重组，资产总额80亿元", "资产总额", {"owner", "money", "turns"}),
    ("落实政策，减免税费3亿元", "减免的税费", {"acts_before", "money"}),
    ("旁听庭审4场次、230人次", "旁听庭审人次", {"listed"}),
    ("建成绿道5公里、公园3个、驿站9座", "建成的驿站", {"several"}),
    ("强基础，补短板，优服务，促提升，植树3亩", "植树面积", {"far", "first", "area"}),
    ("比上年增长3%", "机电产品产值增幅", {"of_other_words"}),
    ("在在建项目中占3%", "在建项目占比", {"first"}),
    ("全面改造管网3公里", "全面改造的管网", {"opens_otherwise"}),
]


@pytest.mark.parametrize(("text", "name", "expected"), SHOWING, ids=[name for _, name, _ in SHOWING])
def test_a_name_shows_its_signs(text, name, expected):
    assert expected <= shown(text, name)


def test_every_sign_of_the_rules_is_one_that_a_name_can_show_and_says_why():
    rows = load("confidence")["signs"]
    assert {row["sign"] for row in rows} <= set().union(*(shown(text, name) for text, name, _ in SHOWING)) | USUAL
    assert all(row["why"] and isinstance(row["points"], int) for row in rows)


USUAL = {f"{kind}_of_{least}" for kind in ("name", "ending") for least in load("usual_names")["classes"]}


def test_what_many_reports_say_speaks_for_a_name_and_what_its_list_lost_against_it():
    assert points(shown("地区生产总值增长8%", "地区生产总值增幅")) >= load("confidence")["least"]
    lost = shown("新建厂房2座、仓库9座", "仓库")
    assert points(lost) < load("confidence")["least"] and points(lost) < points(shown("新建仓库9座", "新建的仓库"))


def test_a_name_is_measured_without_what_we_add_to_it():
    assert core("累计全市旅游收入较2019年增幅") == "旅游收入"
    assert core("全市") == "全市"
    assert ending("改造的城镇老旧小区") == ending("老旧小区")


def test_only_in_a_strict_report_is_a_name_withheld_for_want_of_points():
    text = "复兴城总部企业聚集效应明显，园区营收530亿元，地区生产总值增长8%"
    assert subjects(text, strict=False)[1:] == subjects(text, strict=True)[1:] == ["地区生产总值增幅"]
    assert subjects(text, strict=False)[0] and not subjects(text, strict=True)[0]
    clause = Namer(strict=True).name(text, find_quantities(text))[0].clause
    assert clause and clause.text == "园区营收530亿元"
    assert [kind["code"] for kind in kinds() if kind.get("strict")] == ["gzbg"]


def read_names() -> Iterator[dict]:
    yield from map(json.loads, (ROOT / "tests/read_names.jsonl").read_text("utf-8").splitlines())


def test_names_are_read_one_verdict_a_figure():
    rows = list(read_names())
    assert len({(row["sha256"], row["id"]) for row in rows}) == len(rows)
    assert {row["verdict"] for row in rows} == {"print", "acceptable", "wrong"}
