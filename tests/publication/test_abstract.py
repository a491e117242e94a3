"""The abstract: the report's own sentences, by a rule that the page tells."""

from __future__ import annotations

import pytest
from baogao.model import Role
from baogao.publication.abstract import abstract
from baogao.publication.publication import understand
from conftest import PRACTICE, SEED, understood


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda path: path.name[:8])
def test_it_is_at_most_five_of_the_reports_own_sentences_in_its_order(path):
    read = understood(path)
    lines = [piece for pieces in abstract(read).values() for piece in pieces]
    assert len(lines) <= 5 and len({piece.id for piece in lines}) == len(lines)
    assert all(read.report.source.text[piece.start : piece.end] == piece.text for piece in lines)
    for pieces in abstract(read).values():
        assert [piece.start for piece in pieces] == sorted(piece.start for piece in pieces)


def test_results_are_told_by_the_headline_figures_the_rest_by_the_headings_of_the_first_items():
    text = (
        "某区2023年度法治政府建设报告\n一、主要举措和成效\n开展培训3次。行政机关负责人出庭应诉率98.5%。召开会议。\n"
        "二、存在的不足和原因\n一是力量不足。人手紧张。\n二是意识不强。还有差距。\n三是监督不够。仍需努力。\n"
        "三、下一年度主要安排\n一是加强培训。办班5期。\n二是加强监督。开展检查。\n"
    )
    found = {
        role: [piece.text for piece in pieces] for role, pieces in abstract(understand("a.txt", text.encode())).items()
    }
    assert "行政机关负责人出庭应诉率98.5%。" in found[Role.RESULTS] and len(found[Role.RESULTS]) <= 2
    assert found[Role.SHORTCOMINGS] == ["一是力量不足。", "二是意识不强。"] and found[Role.PLAN] == ["一是加强培训。"]


def test_items_of_one_sentence_are_told_and_rows_of_a_table_are_not():
    text = (
        "某区2023年度法治政府建设报告\n一、主要举措和成效\n办案情况如下：\n类别\t2022年\t2023年\n行政处罚（件）\t1024\t963\n"
        "二、存在的不足\n（一）力量不足。\n人手紧张。\n（二）意识不强，还有差距。\n"
        "三、下一年度主要安排\n一是加强培训，办班5期。\n二是加强监督。\n"
    )
    read = understand("a.txt", text.encode())
    assert {piece.text for pieces in abstract(read).values() for piece in pieces} == {
        "（一）力量不足。",
        "（二）意识不强，还有差距。",
        "一是加强培训，办班5期。",
    }


def test_a_report_without_recognised_parts_has_none():
    assert abstract(understand("a.txt", "某区2023年度法治政府建设报告\n办理7件。\n".encode())) == {}
