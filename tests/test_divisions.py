"""The table of administrative divisions, and the province that the name of a place tells."""

from __future__ import annotations

import csv
from collections import Counter
from importlib.resources import files

import pytest
from baogao import rules
from baogao.divisions import is_city_of_county_level, is_of_province_level, province_of
from baogao.readers.particulars import place_at, split_place

ROWS = list(csv.DictReader(files(rules).joinpath("divisions.csv").read_text("utf-8").splitlines()))
PROVINCE = {row["code"][:2]: row["name"] for row in ROWS if row["code"].endswith("0000")}


def test_the_table_is_as_the_standard_counts_them():
    """31 provinces, 333 prefectures and Xiong'an, 397 cities of county level (the ministry's count, end of 2025)."""
    now = [row["code"] for row in ROWS if not row["former"]]
    assert len(PROVINCE) == 31 and len(set(now)) == len(now)
    assert sum(code.endswith("00") and not code.endswith("0000") for code in now) == 333 + 1
    assert len({row["name"] for row in ROWS if not row["former"] and is_city_of_county_level(row["name"])}) == 397
    assert [(row["code"], row["name"]) for row in ROWS] == sorted({(row["code"], row["name"]) for row in ROWS})
    assert {row["code"][:2] for row in ROWS} == set(PROVINCE) and {row["former"] for row in ROWS} == {"", "yes"}


def test_every_division_is_in_the_province_of_its_code_and_one_of_two_provinces_in_neither():
    borne = Counter(name for name, _ in {(row["name"], row["code"][:2]) for row in ROWS})
    for row in ROWS:
        province = PROVINCE[row["code"][:2]]
        assert province_of([province, row["name"]]) == province
        assert province_of([row["name"]]) == (province if borne[row["name"]] == 1 else ""), row


@pytest.mark.parametrize(
    ("place", "province"),
    [
        ("长沙市望城区", "湖南省"),
        ("长春市朝阳区", "吉林省"),
        ("朝阳区", ""),  # in Beijing and in Changchun
        ("清河区", ""),  # in Tieling, and until 2016 in Huai'an
        ("云川市清河区", ""),  # Yunchuan is nowhere: neither is its Qinghe
        ("岚川省云川市", "岚川省"),
        ("即墨市", "山东省"),  # a district since 2017
        ("毕节地区黔西县", "贵州省"),
        ("恩施州", "湖北省"),
        ("海南州", "青海省"),
        ("海州", ""),  # 海北, 海南, 海西
        ("新疆自治区", "新疆维吾尔自治区"),
        ("玉屏县", "贵州省"),
        ("广西柳州市", "广西壮族自治区"),
        ("成都高新区", "四川省"),
        ("湖南湘江新区", "湖南省"),
        ("东湖高新区", ""),  # in Wuhan; 东湖区 in Nanchang
        ("銅仁市碧江區", "贵州省"),
        ("某某县", ""),
    ],
)
def test_a_place_is_in_the_province_its_name_tells(place, province):
    assert province_of(split_place(place)) == province


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("昆山市", "county"),
        ("即墨市", "county"),
        ("苏州市", "prefecture"),
        ("日喀则市", "prefecture"),
        ("重庆市", "province"),
    ],
)
def test_a_city_has_the_level_of_the_table(place, level):
    """即墨市 was one of county level while it was a city; 日喀则市 was one, and is a prefecture now."""
    assert place_at(place, 0, len(place)).level == level
    assert is_of_province_level(place) == (level == "province")
