"""The four contents that the Provisions ask for, and the day before which the report was due."""

from __future__ import annotations

import datetime

import pytest
from baogao.model import Role
from baogao.publication.provisions import contents, timeliness
from baogao.publication.publication import understand
from baogao.publication.sidecar import Sidecar
from baogao.site.pages import files
from conftest import SEED, texts

WHOLE = "某某区2023年度法治政府建设情况报告\n一、主要成效\n办理3件。再办5件。\n二、第一责任人履职情况\n区长主持会议。\n三、存在的不足\n队伍不强。\n四、下一步安排\n将加强。\n"


def of(text, **given):
    return understand("a.txt", text.encode(), Sidecar(**given))


def test_each_content_has_its_sections_and_counts_their_sentences():
    found = contents(of(WHOLE))
    assert [(c.role, [part.id for part in c.parts], c.sentences) for c in found] == [
        (Role.RESULTS, ["1"], 2),
        (Role.SHORTCOMINGS, ["3"], 1),
        (Role.LEADERS, ["2"], 1),
        (Role.PLAN, ["4"], 1),
    ]


def test_a_row_of_a_table_is_no_sentence():
    table = "类别\t2022年\t2023年\n行政处罚（件）\t1024\t963\n行政复议（件）\t31\t35\n"
    found = contents(of(WHOLE.replace("再办5件。\n", f"再办5件。\n{table}")))
    assert (found[0].role, found[0].sentences) == (Role.RESULTS, 2)


def test_a_content_that_is_not_there_has_no_section():
    found = contents(of(WHOLE.replace("三、存在的不足\n队伍不强。\n", "")))
    assert [c.role for c in found if not c.parts] == [Role.SHORTCOMINGS]


def test_the_first_report_holds_all_four():
    assert all(c.parts for c in contents(understand("a.txt", SEED.read_bytes())))


@pytest.mark.parametrize(("published", "days"), [("2024-01-31", -61), ("2024-04-01", 0), ("2024-04-03", 2), ("", None)])
def test_the_day_of_publication_is_set_against_the_first_of_april(published, days):
    when = timeliness(of(WHOLE, published=published))
    assert (when.due, when.days) == (datetime.date(2024, 4, 1), days)


def test_without_a_year_nothing_is_said_of_the_day():
    assert timeliness(of("全年办理案件3件，取得明显成效。\n")) is None


@pytest.mark.parametrize(
    ("published", "said"), [("2024-03-31", "早 1 天"), ("2024-04-01", "恰在当日"), ("2024-04-02", "晚 1 天")]
)
def test_a_report_of_the_day_itself_is_neither_early_nor_late(published, said):
    publication = of(WHOLE, published=published)
    assert said in texts(files([publication]))[f"zh/{publication.id}/index.md"]
