"""Places, bodies and series: values read by hand in the sources, what is joined and what is not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from baogao.publication.publication import Publication, understand
from baogao.relations.series import Difference, Series, differences, measured, places
from baogao.rules import load
from conftest import PRACTICE, published

SHELF = tuple(map(published, PRACTICE))
PLACES = places(SHELF)
MEASURED = {one.indicator.code: one for one in measured(PLACES)}


def of(code: str, body: str) -> Series:
    return next(series for series in MEASURED[code].series if series.body.id == body)


def said(series: Series) -> list[tuple[str, str]]:
    return [(one.year, str(one.figure.value)) for one in series.results]


# code: what the three reports of the practice district print, read by hand: year, value, the words round it
PRINTED = {
    "fuyi-shouli": [("2021", "79", "受理79件"), ("2022", "151", "受理151件"), ("2023", "205", "受理205件")],
    "zhifa-renyuan": [
        ("2021", "1286", "持证行政执法人员1286人"),
        ("2022", "1302", "持证行政执法人员1302名"),
        ("2023", "1198", "在岗行政执法人员1198人"),
    ],
    "baisu-lv": [("2021", "12.5", "败诉率12.5%"), ("2023", "6.3", "败诉率降至6.3%")],
    "chuting-lv": [
        ("2021", "81.3", "行政机关负责人出庭应诉率81.3%"),
        ("2022", "93.6", "上升到93.6%"),
        ("2023", "71.4", "正职负责人出庭应诉率71.4%"),
    ],
}


@pytest.mark.parametrize("code", PRINTED)
def test_a_series_holds_what_the_reports_print(code):
    series = of(code, "qinghe")
    assert said(series) == [(year, value) for year, value, _ in PRINTED[code]]
    for one, (year, _, words) in zip(series.results, PRINTED[code], strict=True):
        assert one.publication.id == f"qinghe-{year}" and words in one.publication.report.source.text


def test_years_that_follow_each_other_and_are_counted_alike_are_joined():
    years = {code: [(a.year, b.year) for a, b in of(code, "qinghe").joined] for code in PRINTED}
    assert years == {
        "fuyi-shouli": [("2021", "2022"), ("2022", "2023")],
        "zhifa-renyuan": [("2021", "2022")],  # 2023 counts those at work, not those with a certificate
        "baisu-lv": [],  # 2022 says nothing: a gap stays a gap
        "chuting-lv": [("2021", "2022")],  # 2023 tells only of the first heads
    }


def test_what_is_counted_otherwise_says_in_what():
    assert [one.differs for one in of("zhifa-renyuan", "qinghe").results] == [(), (), (Difference.SUBJECT,)]
    assert of("shufa", "qinghe").results[1].differs[0] is Difference.UNIT  # 27个部门, then 31名负责人
    assert Difference.BOUND in of("tiaojie-lv", "linyuan").results[1].differs  # 96.5%以上, then 97.1％


def test_a_target_is_no_result_and_stands_in_the_year_it_is_for():
    series = of("chuting-lv", "qinghe")
    (target,) = series.targets
    assert (target.year, str(target.figure.value), target.publication.id) == ("2022", "90", "qinghe-2021")
    assert not any(target in pair for pair in series.joined)


def test_what_a_later_report_repeats_is_counted_once():
    """The report of 2022 says 由上年的81.3%上升到93.6%."""
    repeated = [f for f in SHELF[1].figures if f.indicator == "chuting-lv" and f.period == "2021"]
    assert [str(one.value) for one in repeated] == ["81.3"]
    assert said(of("chuting-lv", "qinghe")).count(("2021", "81.3")) == 1


def test_what_a_later_report_corrects_stands_beside_it():
    other = replace(
        SHELF[1],
        figures=tuple(
            replace(f, value=f.value + 1) if f.indicator == "chuting-lv" and f.period == "2021" else f
            for f in SHELF[1].figures
        ),
    )
    made = {one.indicator.code: one for one in measured(places([SHELF[0], other]))}
    assert said(made["chuting-lv"].series[0]) == [("2021", "81.3"), ("2021", "82.3"), ("2022", "93.6")]


def test_an_indicator_counts_where_two_reports_state_it():
    stated: dict[str, set[str]] = {}
    for publication in SHELF:
        for figure in publication.figures:
            stated.setdefault(figure.indicator, set()).add(publication.id)
    assert set(MEASURED) <= {code for code, reports in stated.items() if code and len(reports) > 1}
    assert {code for code, one in MEASURED.items() if one.reports < 2} == set()
    assert measured(places(SHELF[:1])) == ()


@pytest.mark.parametrize("first", [0, 1, 2])
def test_places_and_series_do_not_depend_on_the_order_of_the_reports(first):
    turned = [*SHELF[first:], *SHELF[:first]]
    assert [(p.id, p.name, [b.id for b in p.bodies]) for p in places(turned)] == [
        (p.id, p.name, [b.id for b in p.bodies]) for p in PLACES
    ]
    assert [(one.indicator.code, [said(s) for s in one.series]) for one in measured(places(turned))] == [
        (code, [said(s) for s in one.series]) for code, one in MEASURED.items()
    ]


def test_a_place_is_one_whether_its_superior_is_printed_or_not():
    qinghe = next(place for place in PLACES if place.id == "qinghe")
    assert [one.id for one in qinghe.publications] == ["qinghe-2021", "qinghe-2022", "qinghe-2023"]
    assert {one.given("place") for one in qinghe.publications} == {"云川市清河区", "清河区"}


def test_two_places_of_one_name_are_two():
    found = places([_made("甲川市清河区", 2021), _made("乙川市清河区", 2022)])
    assert [(place.id, len(place.publications)) for place in found] == [("qinghe", 1), ("yichuan-qinghe", 1)]


def test_places_of_one_sound_in_one_city_have_addresses_of_their_own():
    found = places([_made(f"甲川市{name}河区", 2021) for name in "炎严言盐"])
    ids = ["jiachuan-yanhe", "jiachuan-yanhe-2", "jiachuan-yanhe-3", "yanhe"]
    assert [place.id for place in found] == ids and len({place.name for place in found}) == 4


def test_a_department_is_a_body_of_its_own():
    bodies = {body.id for place in PLACES for body in place.bodies}
    assert "yunchuan-shichangjianduguanliju" in bodies and "qinghe" in bodies


def _made(place: str, year: int, heading: str = "主要成效", said: str = "收到行政复议申请10件。") -> Publication:
    body = f"{place}人民政府关于{year}年度法治政府建设情况的报告\n\n一、{heading}\n{said}\n"
    return understand(f"{place}-{year}.txt", body.encode())


SAID = "收到行政复议申请{n}件。"
ALIKE = [
    ("全县持证执法人员20名。", "持证执法人员30人。", ()),
    ("收到行政复议申请20件。", "全年共收到行政复议申请30件。", ()),
    ("收到行政复议申请20件。", "收到行政复议申请30余件。", (Difference.BOUND,)),
    ("持证执法人员20名。", "在岗执法人员30名。", (Difference.SUBJECT,)),
]


@pytest.mark.parametrize(("then", "now", "expected"), ALIKE)
def test_how_two_wordings_differ(then, now, expected):
    one, other = _made("甲川县", 2021, said=then), _made("甲川县", 2022, said=now)
    (was,), (is_,) = one.figures, other.figures
    assert differences(was, one, is_, other) == expected
    assert differences(is_, other, was, one) == expected


def test_a_look_back_on_several_years_is_not_joined_to_one_year():
    years = [
        _made("甲川县", 2021, said=SAID.format(n=10)),
        _made("甲川县", 2022, "本届政府及2022年工作回顾", SAID.format(n=60)),
        _made("甲川县", 2023, said=SAID.format(n=12)),
    ]
    (one,) = measured(places(years))
    assert [s.may_span for s in one.series[0].results] == [False, True, False] and one.series[0].joined == ()
    plain = [years[0], _made("甲川县", 2022, said=SAID.format(n=60)), years[2]]
    assert len(measured(places(plain))[0].series[0].joined) == 2  # control


def test_the_rule_on_several_years_holds_its_own_cases():
    rule = load("years")["spans"]
    assert all(re.search(rule["match"], case) for case in rule["fits"])
    assert not any(re.search(rule["match"], case) for case in rule["not"])


def test_no_cell_means_two_things():
    for one in MEASURED.values():
        for series in one.series:
            stated = [(result.year, result.publication.id) for result in series.results]
            assert len(stated) == len(set(stated)), (one.indicator.code, series.body.id)


TWO_YEARS = """{place}人民政府关于{year}年度法治政府建设情况的报告
一、工作成效
{sentences}
"""


def shelf(first: str, second: str):
    texts = [
        TWO_YEARS.format(place="清河区", year=year, sentences=said) for year, said in ((2022, first), (2023, second))
    ]
    return {
        one.indicator.code: one
        for one in measured(places([understand(f"{n}.txt", text.encode()) for n, text in enumerate(texts)]))
    }


def test_a_department_and_the_whole_are_told_apart_and_each_goes_on():
    made = shelf(
        "全区行政机关负责人出庭应诉率90%。区公安分局行政机关负责人出庭应诉率70%。",
        "区公安分局行政机关负责人出庭应诉率80%。全区行政机关负责人出庭应诉率95%。",
    )
    whole, part = made["chuting-lv"].series
    assert said(whole) == [("2022", "90"), ("2023", "95")] and whole.part is None and len(whole.joined) == 1
    assert said(part) == [("2022", "70"), ("2023", "80")] and "公安" in part.part.figure.told


def test_one_number_said_twice_stands_once():
    made = shelf("全区行政执法人员974人。全区行政执法人员974人。", "全区行政执法人员980人。")
    (series,) = made["zhifa-renyuan"].series
    assert said(series) == [("2022", "974"), ("2023", "980")]


def test_what_is_of_one_case_or_of_the_average_is_no_indicator():
    made = shelf("罚没款1000万元。单宗最高罚没款20万元。", "罚没款1100万元。案均罚没款2万元。")
    (series,) = made["chufa-jine"].series
    assert said(series) == [("2022", "10000000"), ("2023", "11000000")]
