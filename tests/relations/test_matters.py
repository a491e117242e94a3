"""Plan, results and shortcomings side by side: the first report, what a person sets, and what must hold of any report."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from baogao.model import ReportError, Role, Theme
from baogao.publication.publication import Publication, understand
from baogao.publication.sidecar import Sidecar, read_sidecar
from baogao.relations.links import LinkKind, links
from baogao.relations.matters import Answer, Matter, matters
from baogao.relations.passages import is_of_no_matter, stretches
from baogao.relations.themes import by_theme
from conftest import PRACTICE, REAL, SEED, published, understood


@cache
def first(judged: bool = False) -> Publication:
    publication = published(SEED)
    return publication if judged else replace(publication, sidecar=Sidecar())


def rows(publication: Publication) -> tuple[Matter, ...]:
    return matters(publication, links([publication]))


def said(publication: Publication, span) -> str:
    return publication.report.source.text[span.start : span.end]


def row(publication: Publication, plan: str) -> Matter:
    return next(one for one in rows(publication) if one.plan and plan in said(publication, one.plan))


@pytest.mark.parametrize("words", ["三统一", "三项制度"])
def test_the_measures_the_plan_repeats_are_told_by_the_program_alone(words):
    """Read in the text: 一(二)一是 and 一(三)一是 say it, and 四三是 says it again."""
    (measure,) = [one for one in row(first(), words).measures if one.repeated]
    assert all(words in run for run in measure.repeated) and words in said(first(), measure.span)


def test_an_answer_that_leaves_out_the_group_named_is_none_but_where_a_person_says_that_it_is_one_in_part():
    """Of those the program gave in reports nobody had looked at 7 of 20 were right (tests/links_read.jsonl)."""

    def answers(judged: bool) -> dict[str, Answer]:
        publication = first(judged)
        return {said(publication, lack.span)[:8]: lack.answer for one in rows(publication) for lack in one.lacks}

    assert answers(False) == {"一是法治政府建设": Answer.ANSWERED, "二是基层队伍建设": Answer.NOT_FOUND}
    assert answers(True) == {"一是法治政府建设": Answer.ANSWERED, "二是基层队伍建设": Answer.PARTLY}


def test_a_shortcoming_answered_in_part_stands_under_its_own_theme():
    """The plan has lawyers and mediators, what is lacking are officers who enforce the law."""
    (found,) = [one for one in rows(first(judged=True)) if any(lack.answer is Answer.PARTLY for lack in one.lacks)]
    assert found.theme == "enforcement"


def test_figures_stand_beside_what_was_promised_on_enforcement():
    figures = {one.quote for matter in rows(first()) if matter.theme == "enforcement" for one in matter.figures}
    assert {"两轮", "100%", "95.5%以上"} <= figures


def test_what_a_person_set_is_in_the_rows_with_the_reason_and_what_was_struck_is_not():
    publication = first(judged=True)
    services = row(publication, "就近办")
    assert {one.reason.chinese for one in services.measures} == {"网上办", "异地办，报告叫跨域通办"}
    (lack,) = row(publication, "法律服务队伍").lacks
    assert (
        lack.answer is Answer.PARTLY
        and "一线行政执法人员" in lack.reason.chinese
        and "front-line" in lack.reason.english
    )
    assert not [one for one in row(publication, "述法测评").measures if "整改" in said(publication, one.span)]


TEXT = """某某县人民政府关于2023年度法治政府建设情况的报告

一、主要成效
一是建成行政复议听证室1个，案件平均用时缩短到40天。
二、存在的不足
一是行政复议没有听证室。
二是普法形式单一。
三、下一年度工作安排
一是建成行政复议听证室，缩短案件平均用时。
二是修建乡村公路。
"""


def judged(links_: str) -> Publication:
    return understand("a.txt", TEXT.encode(), read_sidecar("a.yml", f"links:\n{links_}".encode()))


def test_three_answers_are_told_apart():
    publication = understand("a.txt", TEXT.encode())
    assert [(one.plan is None, [lack.answer for lack in one.lacks]) for one in rows(publication)] == [
        (False, [Answer.ANSWERED]),
        (False, []),
        (True, [Answer.NOT_FOUND]),
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("  - {from: s2-0-2-1, to: s3-0-2-1, why: 到村里讲}", {("2-0-1", "3-0-1"), ("2-0-2", "3-0-2")}),
        ("  - {from: s2-0-1-1, to: s3-0-1-1, strike: true, why: 说的是别的}", set()),
        ("  - {from: s2-0-1-1, to: s3-0-2-1, why: 应当如此}", {("2-0-1", "3-0-2")}),
    ],
    ids=["set", "struck", "set in place of the program's"],
)
def test_a_person_sets_and_strikes_a_link_by_two_ids(given, expected):
    publication = judged(given)
    answers = [one for one in links([publication]) if one.kind is LinkKind.ANSWERS]
    assert {(one.from_.anchor[1:6], one.to.anchor[1:6]) for one in answers} == expected


def test_an_id_that_is_not_there_is_an_error_with_the_nearest():
    with pytest.raises(ReportError) as raised:
        judged("  - {from: s2-0-9-1, to: s3-0-1-1, why: 错的}")
    (finding,) = raised.value.findings
    assert (finding.code, finding.line, finding.met) == ("sidecar-link", 2, "s2-0-9-1") and finding.expected.startswith(
        "s2"
    )


@pytest.mark.parametrize("path", [SEED, *PRACTICE, *REAL[5:8]], ids=lambda p: p.name)
def test_every_passage_of_the_plan_and_every_shortcoming_stands_in_a_row(path):
    publication = understood(path)
    found = rows(publication)
    assert len({one.id for one in found}) == len(found)
    told = {role: {one.span(publication.id) for one in stretches(publication) if one.role is role} for role in Role}
    planned = [one.plan for one in found if one.plan]
    lacking = {lack.span for one in found for lack in one.lacks}
    assert len(planned) == len(set(planned)) and set(planned) <= told[Role.PLAN]
    assert lacking <= told[Role.SHORTCOMINGS]
    for missing in (told[Role.PLAN] - set(planned)) | (told[Role.SHORTCOMINGS] - lacking):
        # it only opens what follows, speaks to the assembly or exhorts it
        assert re.search("[：:]$|^各位代表！$|让我们|责任重大|任务艰巨|使命光荣", said(publication, missing).strip())


def test_what_speaks_to_the_assembly_and_what_exhorts_it_is_no_plan():
    plan = (
        "今年要办好10件实事。\n各位代表！\n做好今年工作，责任重大、使命光荣。各位代表，让我们携起手来，共创美好明天！\n"
    )
    publication = understand(
        "a.txt", f"清岭市政府工作报告\n一、2022年工作回顾\n修路3公里。\n二、2023年工作安排\n{plan}".encode()
    )
    assert [said(publication, one.plan).strip() for one in rows(publication)] == ["今年要办好10件实事。"]


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda p: p.name)
def test_every_passage_stands_under_one_theme_and_every_figure(path):
    publication = understood(path)
    said = by_theme(publication)
    spans = [span for one in said.values() for span in (*one.done, *one.lacking, *one.planned)]
    told = [one.span(publication.id) for one in stretches(publication) if not is_of_no_matter(publication, one)]
    assert sorted(spans, key=lambda span: span.start) == told
    assert sum(len(one.figures) for one in said.values()) == len(publication.figures)
    assert [*said] == [theme for theme in (*Theme, None) if theme in said]
