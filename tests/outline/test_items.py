"""Report -> its items: one list that all readers share, whatever form an item has."""

from __future__ import annotations

from collections import Counter

import pytest
from baogao.model import Part, Report, ReportError, Role
from baogao.outline.items import items
from baogao.outline.tree import outline
from baogao.publication.abstract import abstract
from baogao.publication.publication import Publication, understand
from baogao.readers.source import read
from baogao.relations.passages import stretches
from baogao.site.overview import outline_entries
from baogao.wording.here import Here
from baogao.wording.names import Names
from conftest import PRACTICE, SEED
from hypothesis import given
from test_outline import BODIES


def assert_whole(report: Report) -> None:
    made = items(report)
    assert [one.id for one in made] == [one.id for one in report.walk()]
    behind = [one.id for one in report.sentences() if one not in (*report.preamble, *report.annex)]
    owned = Counter(one.id for item in made for one in item.own)
    assert owned == Counter(dict.fromkeys(behind, 1))
    for item in made:
        assert [one.above for one in item.items] == [item.id] * len(item.items)
        assert item.depth == (made.by_id[item.above].depth + 1 if item.above else 1)
        assert all(made.of(one.id) is item for one in item.own)
        assert [one for one in item.own if one.part is Part.SENTENCE] == [*item.sentences]
        told = {f"h{item.id}"} if item.heading else {one.id for one in item.sentences[:2]} | {""}
        assert item.told_by in told and item.label.startswith(item.numeral)
        assert bool(item.told_by) == bool(item.heading or item.opening)
    assert [one.id for one in made.parts] == [one.id for one in made if not one.above]


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda path: path.stem)
def test_what_stands_behind_a_numeral_is_one_items_own(path):
    assert_whole(outline(read(path.name, path.read_bytes())))


@given(BODIES)
def test_what_stands_behind_a_numeral_of_a_made_up_report_is_one_items_own(body):
    try:
        report = outline(read("a.txt", body.encode("utf-8", "replace")))
    except ReportError:
        return
    assert_whole(report)


# Every form an item has, and by what it is told. {} is its numeral; what follows is another.
FORMS = {
    "a heading alone": ("{}加强执法队伍建设", "加强执法队伍建设"),
    "a heading and a sentence": ("{}加强执法队伍建设。\n办培训班5期。", "加强执法队伍建设"),
    "a heading that runs on": ("{}加强执法队伍建设。办培训班5期。", "加强执法队伍建设"),
    "a sentence": ("{}加强执法队伍建设，办培训班5期。", "加强执法队伍建设，办培训班5期"),
    "a numeral alone on its line": ("{}\n加强执法队伍建设，办培训班5期。", "加强执法队伍建设，办培训班5期"),
}


def _publication(form: str, numerals: tuple[str, str]) -> Publication:
    one, other = ("\n".join(FORMS[form][0].format(numeral).splitlines()) for numeral in numerals)
    text = (
        "某某区2023年度法治政府建设情况报告\n一、主要成效\n全年办理行政复议案件3件。\n"
        f"二、2024年工作安排\n{one}\n{other}\n"
    )
    return understand("a.txt", text.encode())


@pytest.mark.parametrize("numerals", [("（一）", "（二）"), ("一是", "二是"), ("1.", "2.")], ids=lambda both: both[0])
@pytest.mark.parametrize("form", FORMS)
def test_abstract_plan_and_contents_know_an_item_of_any_form(form, numerals):
    """The page of a part left out those of one sentence, the plan those of one heading, the abstract both."""
    publication = _publication(form, numerals)
    plan = next(part for part in publication.items.parts if part.section.role is Role.PLAN)
    assert [item.numeral for item in plan.items] == [*numerals]
    pieces = publication.layout.pieces
    told = [pieces[item.told_by].text.removeprefix(item.numeral).strip("。") for item in plan.items]
    assert told == [FORMS[form][1]] * 2
    assert [piece.id for piece in abstract(publication)[Role.PLAN]] == [plan.items[0].told_by]
    planned = [one for one in stretches(publication) if one.role is Role.PLAN]
    for item in plan.items:
        assert any(item.section.start <= one.start < item.section.end for one in planned), item.label
    names = Names(publication, "zh")
    with_page = [item for item in plan.items if item.id in publication.layout.pages]
    said = [entry.title.text.striptags() for entry in outline_entries(names, Here.of(names, "2"), with_page)]
    assert said == [f"{item.numeral}{FORMS[form][1]}{'' if item.heading else '。'}" for item in with_page]


@pytest.mark.parametrize("said", ["调解组织调解各民间纠纷3,406件", "调解组织调解民间纠纷3，406件"])
def test_no_number_is_cut_in_the_words_that_name_an_item(said):
    found = understand("a.txt", f"某县2023年情况报告\n一、情况\n三是{said}，成功率98.9%。\n".encode())
    assert [item.label for item in found.items.by_id.values()][1:] == [f"三是{said}"]
    note = next(one for one in found.findings if one.code == "numeral-out-of-order")
    assert note.met == f"三是{said.removesuffix('件')}"
