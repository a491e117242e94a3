"""What a report says twice, and totals that do not add up: told, never changed."""

from __future__ import annotations

import pytest
from baogao.publication.consistency import consistency_findings
from baogao.publication.publication import understand
from conftest import PRACTICE, SEED, published

HEAD = "某某区2023年度法治政府建设情况报告\n一、成效\n"


def codes(body: str) -> list[str]:
    return [finding.code for finding in consistency_findings(understand("a.txt", (HEAD + body).encode()))]


def test_one_indicator_with_two_values_is_told_with_its_line_and_both_places():
    read = understand("a.txt", (HEAD + "行政复议受理案件63件。\n二、监督\n行政复议受理案件65件。\n").encode())
    (found,) = consistency_findings(read)
    assert (found.code, found.path, found.line) == ("indicator-differs", "a.txt", 5)
    assert "65件" in found.met and "63件" in found.expected


def test_what_cannot_be_true_with_a_bound_is_told():
    assert codes("行政复议受理案件63件。\n行政复议受理案件突破70件。\n") == ["indicator-differs"]


def test_the_same_value_again_is_told_as_a_repeat():
    assert codes("行政复议受理案件63件。\n二、监督\n行政复议受理案件63件。\n") == ["indicator-repeated"]


@pytest.mark.parametrize(
    "body",
    [
        "行政复议受理案件63件。\n二、计划\n2024年行政复议受理案件达到65件。\n",  # a target, of another year
        "东区行政复议受理案件63件。\n西区行政复议受理案件65件。\n",  # of two places
        "行政复议受理案件63件。\n行政应诉案件65件。\n",  # two indicators
        "行政复议受理案件63件。\n行政复议受理案件突破60件。\n",  # both are true
        "城镇新增就业8.3万人。\n累计城镇新增就业39万人。\n",  # of all so far
    ],
)
def test_what_differs_in_year_place_or_matter_is_no_conflict(body):
    assert codes(body) == []


def of_table(text: str, *rows: tuple[str, str]) -> list[tuple[str, str, str]]:
    """The code of each note on a page with a text and a table of fines, and the numbers that it sets side by side."""
    cells = "".join(f"<tr><td>{name}</td><td>{fined}</td></tr>" for name, fined in (("领域", "罚没款（万元）"), *rows))
    body = "".join(f"<p>{line}</p>" for line in (*HEAD.split(), text, "附表：各类案件情况"))
    page = f"<html><body>{body}<table>{cells}</table><p>二、不足</p><p>力量不足。</p></body></html>"
    told = consistency_findings(understand("a.html", page.encode()))
    return [(one.code, *(said.partition(" (")[0].split()[-1] for said in (one.met, one.expected))) for one in told]


PARTS = ("食品安全", "143.50"), ("认证认可", "5.45"), ("计量", "8.90")


def test_a_row_of_a_table_is_a_part_of_the_whole_that_the_text_states_and_its_sum_is_the_whole():
    assert of_table("罚没款157.85万元。", *PARTS) == []
    assert of_table("罚没款157.85万元。", *PARTS, ("合计", "158.85")) == [("indicator-differs", "158.85", "157.85万元")]
    assert of_table("罚没款157.85万元。", *PARTS, ("合计", "157.85"))[0][0] == "indicator-repeated"


def test_a_part_that_is_more_than_its_whole_is_told():
    assert of_table("罚没款100万元。", *PARTS) == [("indicator-differs", "143.50", "100万元")]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("罚没款538万元。\n二、监管\n食品安全罚没款143万元。\n", []),
        ("食品安全罚没款143万元。\n二、监管\n罚没款538万元。\n", []),
        ("罚没款143万元。\n二、监管\n食品安全罚没款538万元。\n", ["indicator-differs"]),
        ("罚没款538万元。\n二、监管\n合计罚没款143万元。\n", ["indicator-differs"]),
        ("行政复议受理案件63件。\n二、监督\n依法行政复议受理案件65件。\n", ["indicator-differs"]),
    ],
)
def test_a_word_before_the_same_words_makes_a_part_where_it_names_something(body, told):
    assert codes(body) == told


def test_a_total_that_is_not_the_sum_of_its_parts_is_told():
    # 1 864 is printed in the invented report of 2022, and its four parts are 412, 538, 297 and 607
    path = next(path for path in PRACTICE if path.name.startswith("04"))
    (found,) = [one for one in consistency_findings(published(path)) if one.code == "total-differs"]
    assert "1 864件" in found.met and found.expected.endswith("= 1854")
    assert "1 864件" in path.read_text("utf-8").splitlines()[found.line - 1]


def test_the_first_report_contradicts_itself_nowhere():
    assert consistency_findings(published(SEED)) == []
