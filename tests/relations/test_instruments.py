"""Instruments: which a text names, what they are, which are one and the same."""

from __future__ import annotations

import random
import re
from functools import cache
from urllib.parse import urlsplit

import pytest
from baogao.publication.publication import Publication, understand
from baogao.relations.instruments import InstrumentKind, NamedInstrument, fold, instruments, kind_of_name, known, named
from baogao.rules import load
from conftest import PRACTICE, REAL, SEED, understood
from hypothesis import given
from hypothesis import strategies as st

RULES = load("instruments")


def _cases(rows, field):
    return [(row, case) for row in rows for case in row[field]]


# ---- the rules carry their own cases


@pytest.mark.parametrize(("row", "case"), _cases(RULES["kinds"], "fits"))
def test_a_name_is_of_the_kind_of_its_row(row, case):
    assert kind_of_name(case) == row["kind"]


@pytest.mark.parametrize(("row", "case"), _cases(RULES["kinds"], "not"))
def test_a_name_is_not_of_a_row_it_only_looks_like(row, case):
    base = fold(case)[0]
    assert not re.search(row["match"], base) or ("unless" in row and re.search(row["unless"], base))


@pytest.mark.parametrize(("row", "case"), _cases(RULES["unbracketed"], "fits"))
def test_a_plan_without_brackets_is_found(row, case):
    assert [one.kind for one in named(case)] == [row["kind"]] * len(named(case)) != []


@pytest.mark.parametrize(("row", "case"), _cases(RULES["unbracketed"], "not"))
def test_words_that_only_look_like_a_plan_are_not_found(row, case):
    assert not re.search(row["match"], case)


def test_the_tables_have_no_unknown_keys():
    assert set(RULES) == {"kinds", "short", "number", "unbracketed", "issuers", "known"}
    for table, keys in (
        ("kinds", {"kind", "match", "unless", "why", "fits", "not"}),
        ("unbracketed", {"match", "kind", "why", "fits", "not"}),
        ("known", {"name", "aliases", "kind", "number", "date", "issuer", "source", "url", "url_seen"}),
    ):
        for row in RULES[table]:
            assert set(row) <= keys and InstrumentKind(row["kind"]), row


def test_what_is_known_is_of_the_kind_its_name_says_and_has_a_source():
    assert len({one.id for one in known().values()}) == len(RULES["known"])
    for one in known().values():
        assert kind_of_name(one.name) is one.kind
        assert one.source and one.issuer and re.fullmatch(r"\d{4}(-\d\d){0,2}", one.date), one
        assert one.date[:4] in one.source, one


def test_an_official_address_is_of_those_who_issue_and_was_seen_somewhere():
    given = [row for row in RULES["known"] if "url" in row or "url_seen" in row]
    assert given and all(row["url_seen"] for row in given)
    assert {urlsplit(row["url"]).hostname for row in given} <= {"www.gov.cn", "www.npc.gov.cn", "flk.npc.gov.cn"}


# ---- in a text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("根据《行政处罚法》要求", ["行政处罚法"]),
        ("印发《关于印发〈某办法〉的通知》。", ["关于印发〈某办法〉的通知", "某办法"]),
        ("印发《关于印发《某办法》的通知》。", ["关于印发《某办法》的通知", "某办法"]),  # nested with the same brackets
        (
            "落实《法治政府建设实施纲要，推进工作。",
            ["法治政府建设实施纲要"],
        ),  # never closed: up to the end of the clause
        ("落实《法治政府建设实施纲要", ["法治政府建设实施纲要"]),
        ("出台《甲条例，落实《乙规定》。", ["甲条例", "乙规定"]),  # the first is not closed, the second is
        ("印发《关于印发《某办法》的通知，落实到位。", ["关于印发《某办法》的通知", "某办法"]),
        ("学习》后《》〈 〉《！》", []),  # nothing between, nothing opened
        ("《湖南日报》《法治日报》", ["湖南日报", "法治日报"]),
        (
            "“一规划两方案”和《“十四五”规划》",
            ["“一规划两方案”", "“十四五”规划"],
        ),  # what stands in brackets is found once
        ("“八五”普法规划、八五普法规划", ["“八五”普法规划", "八五普法规划"]),
        ("“实施八五普法规划”", ["八五普法规划"]),  # the mark behind belongs to one before
        ("学习宪法、民法典、行政处罚法等", ["民法典", "行政处罚法"]),
        ("实施行政处罚法律监督", []),
    ],
)
def test_names_in_a_text(text, names):
    found = named(text)
    assert [one.name for one in found] == names
    for one in found:
        assert text[one.start : one.end].strip("《》〈〉") == one.name.strip("《》〈〉")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("《某意见》（国发〔2021〕5号）", "国发〔2021〕5号"),
        ("《某条例》（国务院令第 722 号）", "国务院令第722号"),
        ("《某意见》(某政办发[2020]12号)", "某政办发[2020]12号"),
        ("《某意见》（以下简称《意见》）", ""),
        ("《某意见》（共12号）", ""),
    ],
)
def test_the_number_printed_behind_a_name(text, number):
    assert named(text)[0].number == number


TEXTS = st.text(alphabet="《》〈〉“”，。（）〔〕规划纲要法条例八五十四普一二两方案 20号12a", max_size=60)


@given(TEXTS)
def test_whatever_stands_in_a_text_spans_are_what_was_printed(text):
    found = named(text)
    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.name in text[one.start : one.end]
    for one, other in ((a, b) for a in found for b in found if a.start < b.start < a.end):
        assert other.end <= one.end or not _closed(text, one) or not _closed(text, other)  # one inside the other


def _closed(text, one):
    return text[one.end - 1] in "》〉"


@given(st.lists(st.sampled_from(["行政处罚法", "某办法", "关于某事的通知", "湖南日报"]), max_size=6))
def test_every_closed_name_is_found(names):
    assert [one.name for one in named("，".join(f"落实《{name}》" for name in names))] == names


# ---- over reports


def _made(text: str, name: str = "东", year: int = 2023) -> Publication:
    return understand(f"{name}.txt", f"甲川市{name}河区{year}年法治政府建设情况报告\n\n一、主要成效\n{text}".encode())


def _entries(*texts: str, year: int = 2023) -> dict[str, NamedInstrument]:
    return {e.instrument.name: e for e in instruments([_made(t, "东西南北"[n], year) for n, t in enumerate(texts)])}


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (["学习《民法典》。", "学习《中华人民共和国民法典》。"], "民法典"),
        (["学习《行政处罚法（2021年修订）》。", "学习《行政处罚法》。", "学习行政处罚法3次。"], "行政处罚法"),
        (["落实《法治政府建设实施纲要(2021-2025年)》。", "落实《法治政府建设实施纲要（２０２１—２０２５年）》。", "落实《法治政府建设实施纲要》。", "落实《法治政府建设实施纲要（2021—2025）》。"], "法治政府建设实施纲要（2021—2025年）"),
        (["落实《某省办法（试行）》。", "落实《某省办法(试行)》。"], "某省办法（试行）"),
        (["落实“八五”普法规划。", "落实《\"八五\"普法规划》。"], "“八五”普法规划"),
        (["落实《某省执法规定》。其后，《规定》印发各县。"], "某省执法规定"),  # a short name points back
    ],
)  # fmt: skip
def test_one_instrument_under_several_names(texts, name):
    found = _entries(*texts)
    assert list(found) == [name]
    forms = {one.name for text in texts for one in named(text)}
    assert set(found[name].instrument.aliases) == forms - {name}
    assert len(found[name].mentions) == sum(len(named(text)) for text in texts)


@pytest.mark.parametrize(
    "texts",
    [
        ["落实《法治政府建设实施纲要（2015—2020年）》。", "落实《法治政府建设实施纲要（2021—2025年）》。"],
        ["出台《甲市执法条例》。", "出台《乙市执法条例》。"],
        ["落实《意见》。", "落实《意见》。"],  # points to nothing: means something in its own report alone
        ["学习《行政处罚法》。", "学习《行政复议法》。"],
    ],
)
def test_two_instruments_stay_two(texts):
    found = instruments([_made(text, "东西南北"[n]) for n, text in enumerate(texts)])
    assert len(found) == len({entry.instrument.id for entry in found}) == 2


def test_a_name_without_years_is_the_plan_of_its_time():
    assert list(_entries("落实《法治政府建设实施纲要》。", year=2022)) == ["法治政府建设实施纲要（2021—2025年）"]
    assert list(_entries("落实《法治政府建设实施纲要》。", year=2018)) == [
        "法治政府建设实施纲要"
    ]  # none of that time is known


def test_names_that_sound_alike_have_addresses_of_their_own():
    found = instruments([_made("出台《实施办法》《试试办法》《时事办法》《施事办法》。")])
    assert len({entry.instrument.id for entry in found}) == 4
    assert {m.instrument for entry in found for m in entry.mentions} == {entry.instrument.id for entry in found}


@cache
def _reports() -> tuple[Publication, ...]:
    return tuple(understood(path) for path in [*PRACTICE, SEED])


SHOWN = [
    ("民法典", "law", "2020-05-28", 1),
    ("行政处罚法", "law", "2021-01-22", 1),
    ("党政主要负责人履行推进法治建设第一责任人职责规定", "party-rule", "2016", 2),
    ("法治政府建设与责任落实督察工作规定", "party-rule", "2019", 1),
    ("“八五”普法规划", "plan", "", 2),
    ("法治政府建设实施纲要（2021—2025年）", "plan", "2021-08", 2),
    ("“十四五”规划", "plan", "", 1),
    ("“一规划两方案”", "plan", "", 1),
    ("“一规划两纲要”", "plan", "", 1),
    ("长沙市望城区行政机关负责人出庭应诉工作办法", "document", "", 1),
    ("“两规则四细则一职责”", "document", "", 1),
    ("轻微违法行为依法不予行政处罚清单", "document", "", 1),
    ("长沙通讯", "newspaper", "", 1),
    ("湖南法治报", "newspaper", "", 1),
    ("湖南日报", "newspaper", "", 1),
]


def test_the_first_report_and_the_practice_reports_name_what_a_person_finds():
    found = [
        (e.instrument.name, e.instrument.kind.value, e.instrument.date, len(e.mentions))
        for e in instruments(_reports())
    ]
    assert found == SHOWN


def test_every_mention_is_printed_where_it_says_and_every_bracket_is_a_mention():
    reports = {report.id: report for report in _reports()}
    brackets = 0
    for entry in instruments(_reports()):
        for mention in entry.mentions:
            source, segments = reports[mention.publication].report.source, reports[mention.publication].report.segments
            anchor = next(segment for segment in segments if segment.id == mention.anchor)
            assert anchor.start <= mention.start < mention.end <= anchor.end
            printed = source.text[mention.start : mention.end]
            assert fold(printed)[0] in {fold(form)[0] for form in (entry.instrument.name, *entry.instrument.aliases)}
            brackets += printed[0] == "《"
    texts = [r.report.source.text[s.start : s.end] for r in _reports() for s in r.report.segments if s.id]
    assert brackets == sum(text.count("《") for text in texts) == 10


def test_the_order_of_the_reports_makes_no_difference():
    shuffled = random.Random(1).sample(_reports(), len(_reports()))
    one, other = instruments(_reports()), instruments(shuffled)
    assert [entry.instrument for entry in one] == [entry.instrument for entry in other]
    assert [set(entry.mentions) for entry in one] == [set(entry.mentions) for entry in other]


def test_an_address_is_safe_and_no_other():
    found = instruments(_reports())
    assert len({entry.instrument.id for entry in found}) == len(found)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", entry.instrument.id) for entry in found)


@pytest.mark.skipif(not REAL, reason="fifty real reports lie on the founders' machines only")
def test_real_reports_name_instruments_and_never_fail():
    found = instruments([understood(path) for path in REAL if path.name.startswith("gov-p")])
    assert len({entry.instrument.id for entry in found}) == len(found) > 30
    assert all(
        entry.instrument.kind is not InstrumentKind.NEWSPAPER or entry.instrument.name.endswith("报") for entry in found
    )
