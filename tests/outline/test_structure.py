"""A person's corrections of the outline in the sidecar: what opens, what does not, and that all else stays."""

from __future__ import annotations

import pytest
from baogao.messages import worded
from baogao.model import HeadingCorrection, ReportError
from baogao.outline.structure import restructured
from baogao.publication.proof import Sort, proof
from baogao.publication.publication import understand
from baogao.publication.sidecar import read_sidecar
from baogao.readers.source import read
from conftest import PRACTICE, SEED
from hypothesis import given
from hypothesis import strategies as st

TEXT = """某市某区2023年度法治政府建设情况报告
一、主要举措
（一）健全制度
1．制定规则。完善了规则。
2．公开文件。公开了文件。
3、加强监督。检查了5次。
4．开展培训。办了6期。
改进作风
全区改进了作风。
（二）规范执法
全区规范了执法。
二、存在不足
力度不够。
"""


def read_with(*items: str):
    sidecar = "".join(f"  - {{{item}}}\n" for item in items)
    beside = read_sidecar("a.yml", f"headings:\n{sidecar}".encode()) if items else None
    return understand("a.txt", TEXT.encode(), beside)


def tree(publication) -> dict[str, str]:
    return {item.id: item.label for item in publication.items}


def sentences(publication) -> dict[str, str]:
    return {one.id: one.text for one in publication.report.sentences()}


def test_a_heading_that_nests_in_the_one_before_is_set_beside_it_and_all_others_keep_their_addresses():
    before, after = tree(read_with()), tree(read_with("line: 6, quote: 3、加强监督, level: 3"))
    (moved,) = [id_ for id_, label in before.items() if "加强监督" in label]
    assert moved == "1-1-2-3"
    del before[moved]
    assert after == before | {"1-1-3": "3、加强监督"}
    assert sentences(read_with("line: 6, quote: 3、, level: 3"))["s1-1-3-1"] == "检查了5次。"


def test_a_struck_heading_is_text_of_what_stands_before_it():
    plain, struck = read_with(), read_with("line: 12, quote: 二、存在不足, strike: true")
    assert tree(struck) == {id_: label for id_, label in tree(plain).items() if id_ != "2"}
    said = sentences(struck)
    assert said["s1-2-2"] == "二、存在不足" and said["s1-2-3"] == "力度不够。"
    assert {id_: text for id_, text in sentences(plain).items() if not id_.startswith("s2")}.items() <= said.items()


def test_a_line_without_a_numeral_is_set_as_a_heading():
    set_ = read_with("line: 8, quote: 改进作风, level: 2")
    (new,) = set(tree(set_)) - set(tree(read_with()))
    assert tree(set_)[new] == "改进作风" and new == "1-1b"  # it prints no number: that of the one before, again
    assert sentences(set_)[f"s{new}-1"] == "全区改进了作风。"
    assert tree(set_)["1-2"] == "（二）规范执法"


def test_a_correction_that_no_longer_fits_is_an_error_that_says_which():
    with pytest.raises(ReportError) as raised:
        read_with(
            "line: 6, quote: 三、, level: 1", "line: 9, quote: 全区, strike: true", "line: 99, quote: 一, level: 1"
        )
    found = raised.value.findings
    assert [(f.code, f.line) for f in found] == [("correction-heading", 2), ("correction-no-heading", 3), ("correction-heading", 4)]  # fmt: skip
    assert "3、加强监督。检查了5次。" in worded(found[0], "en")


@pytest.mark.parametrize("item", ["line: 6, quote: 3", "line: 6, quote: 3, level: 5", "line: 0, quote: 3, level: 1", "line: 6, quote: 3, level: 1, strike: true"])  # fmt: skip
def test_a_correction_says_one_thing(item):
    with pytest.raises(ReportError):
        read_with(item)


def test_the_line_on_the_proof_sheet_says_what_is_understood_and_corrects_it():
    rows = [row for row in proof(read_with()) if row.sort is Sort.HEADING]
    items = [row.correction.removeprefix("- {").removesuffix("}") for row in rows]
    assert "line: 6, quote: 3、加强监督。检查了5次。, level: 4" in items
    assert tree(read_with(*items)) == tree(read_with())
    struck = [item.partition(", level")[0] + ", strike: true" for item in items]
    assert tree(read_with(*struck)) == {}


def test_where_numerals_do_not_follow_the_proof_sheet_has_the_line_that_strikes():
    text = TEXT.replace("二、存在不足", "三、存在不足")
    (row,) = [row for row in proof(understand("a.txt", text.encode())) if row.sort is Sort.SLIP and "三、" in row.says]
    assert row.correction == "- {line: 12, quote: 三、存在不足, strike: true}"


@given(st.data())
def test_nothing_is_lost_and_no_other_address_changes(data):
    """Of every report of the tests: any of its headings struck or set at any level."""
    path = data.draw(st.sampled_from([SEED, *PRACTICE]))
    source = read(path.name, path.read_bytes())
    plain = restructured(source, source.text, (), "")
    one = data.draw(st.sampled_from([*plain.walk()]))
    said = data.draw(st.sampled_from([{"strike": True}, *({"level": n} for n in range(1, 5))]))
    quote = source.text[one.start : one.start + 8].split("\n")[0].rstrip()
    after = restructured(source, source.text, [HeadingCorrection(one.paragraph, quote, 1, **said)], "a.yml")
    assert "".join(source.text[s.start : s.end] for s in after.segments) == source.text
    ids = [section.id for section in after.walk()]
    assert len(ids) == len(set(ids)) and max(section.level for section in after.walk()) <= 4
    now = {section.start: section.id for section in after.walk()}
    below = {section.start for section in one.walk()}
    for section in plain.walk():
        if section.start not in below and section.start in now:
            under = [
                s for s in after.walk() if s is not section and s.start < section.start <= s.end and s.start in below
            ]
            assert now[section.start] == section.id or under
    if said == {"level": one.level}:
        assert now == {section.start: section.id for section in plain.walk()}
