"""A person's corrections in the sidecar, and what is said of those that no longer fit."""

from __future__ import annotations

import pytest
from baogao.export.records import report_record
from baogao.figures.indicators import indicators
from baogao.messages import worded
from baogao.model import ReportError
from baogao.publication.publication import understand
from baogao.publication.sidecar import read_sidecar
from baogao.site.pages import files

REPORT = "某区2023年度法治政府建设报告\n一、成效\n办理人大代表建议63件，办理政协提案68件，开展活动5个。\n"


def read(sidecar: str = ""):
    beside = read_sidecar("a.yml", sidecar.encode()) if sidecar else None
    return understand("a.txt", REPORT.encode(), beside).figures


def said(sidecar: str) -> list[tuple[int, str, str]]:
    with pytest.raises(ReportError) as raised:
        read(sidecar)
    return [(f.line, f.code, worded(f, "en")) for f in raised.value.findings]


def correction(n: int, **keys: str) -> str:
    figure = read()[n]
    rest = "".join(f", {key}: {value}" for key, value in keys.items())
    return f"figures:\n  - {{id: {figure.id}, quote: {figure.quote}{rest}}}\n"


def test_a_figure_is_renamed_and_says_so():
    first, second, _ = read(correction(0, subject="代表建议"))
    assert (first.subject, first.name, first.corrected) == ("代表建议", "代表建议", True)
    assert (second.subject, second.corrected) == (read()[1].subject, False)


def test_a_figure_is_recoded_or_loses_its_code():
    other = next(code for code in indicators() if code != read()[0].indicator)
    assert read()[0].indicator == "jianyi"
    assert read(correction(0, indicator=other))[0].indicator == other
    assert read(correction(0, indicator="''"))[0].indicator == ""


def test_a_figure_is_given_another_unit_and_its_dimension():
    assert (read()[2].unit, read()[2].dimension) == ("个", "things")
    figure = read(correction(2, unit="场次"))[2]
    assert (figure.unit, figure.dimension, figure.value) == ("场次", "sessions", 5)


def test_a_figure_is_struck():
    assert [f.quote for f in read(correction(0, strike="true"))] == ["68件", "5个"]


def test_a_figure_is_merged_into_another():
    kept, _ = read(correction(1, merge=read()[0].id))
    assert kept.subjects == ("办理的人大代表建议", "办理的政协提案") and kept.quote == "63件" and kept.corrected


def test_a_correction_that_no_longer_fits_is_an_error_that_says_which():
    figure = read()[0]
    text = correction(0, subject="代表建议").replace(f"quote: {figure.quote}", "quote: 62件")
    ((line, code, words),) = said(text)
    assert (line, code) == (2, "correction-quote")
    assert figure.id in words and "62件" in words and figure.quote in words


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("{id: f9-9, quote: 63件, strike: true}", "correction-figure"),
        ("{id: ID, quote: 63件, merge: f9-9}", "correction-figure"),
        ("{id: ID, quote: 63件, merge: ID}", "correction-figure"),
        ("{id: ID, quote: 63件, indicator: jianyii}", "correction-indicator"),
        ("{id: ID, quote: 63件, strike: false}", "sidecar-type"),
        ("{id: ID, quote: 63件, colour: red}", "sidecar-type"),
        ("{id: ID, quote: 63件}", "sidecar-type"),
        ("{quote: 63件, strike: true}", "sidecar-type"),
    ],
)
def test_a_wrong_correction_names_its_own_line(keys, code):
    text = f"title: 报告\nfigures:\n  - {keys.replace('ID', read()[0].id)}\n"
    assert {(line, found) for line, found, _ in said(text)} == {(3, code)}


def test_every_wrong_correction_is_told_at_once():
    text = "figures:\n  - {id: f9-1, quote: 1件, strike: true}\n  - {id: f9-2, quote: 2件, strike: true}\n"
    assert [line for line, _, _ in said(text)] == [2, 3]


def test_what_readers_are_told_of_has_an_id_that_stands_there_or_was_withdrawn():
    figure = read()[0]
    line = "  - {{date: 2024-03-02, id: {}, was: '1', now: '{}', why: misread}}\n"
    told = [(figure.id, "2"), ("s1-1", "2"), ("a", "2"), ("f9-9", "2"), ("f9-9", "")]
    struck = f"figures:\n  - {{id: {figure.id}, quote: {figure.quote}, strike: true}}\n"
    sidecar = f"id: a\n{struck}corrections:\n" + "".join(line.format(*one) for one in told)
    published = understand("a.txt", REPORT.encode(), read_sidecar("a.yml", sidecar.encode()))
    found = [one for one in published.findings if one.code == "notice-id"]
    assert [(one.path, one.line, one.met) for one in found] == [("a.yml", 8, "f9-9")]


def test_who_checked_and_when_stands_where_a_page_says_that_a_person_did():
    given = f"id: a\nplace: 云川市清河区\nyear: 2023\n{correction(0, subject='建议')}"
    who = "checked: {by: 李<文>, date: 2024-03-02}\n"
    for sidecar in (given, given + who):
        publication = understand("a.txt", REPORT.encode(), read_sidecar("a.yml", sidecar.encode()))
        pages = {file.path: file.content.decode() for file in files([publication]) if file.path.endswith(".md")}
        told = [pages[f"{tree}/a/{name}.md"] for tree in ("zh", "en") for name in ("index", "figures")]
        assert all(("李&#60;文&#62;" in page) is (who in sidecar) for page in told)
        assert ("李&#60;文&#62;，2024-03-02" in told[0]) is (", March 2, 2024" in told[2]) is (who in sidecar)
        assert ("人工核对" in told[0]) is (who in sidecar) and ("人工核对" in told[1]) is (who not in sidecar)
        record = report_record(publication)
        assert record.get("checked") == ({"by": "李<文>", "date": "2024-03-02"} if who in sidecar else None)


@pytest.mark.parametrize(
    "value", ["李文", "{by: 李文}", "{date: 2024-03-02}", "{by: 李文, date: 2024-02-30}", "[李文]"]
)
def test_who_checked_is_told_with_the_day_or_refused(value):
    with pytest.raises(ReportError) as refused:
        read_sidecar("a.yml", f"id: a\nchecked: {value}\n".encode())
    assert [(one.code, one.line) for one in refused.value.findings] == [("sidecar-type", 2)]
