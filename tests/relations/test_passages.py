"""Where shortcomings are told inside a part on something else, and where they end."""

from __future__ import annotations

import pytest
from baogao.model import Role
from baogao.publication.publication import understand
from baogao.relations.passages import stretches

DONE = "一、2023年工作成效\n全年办理案件3件，调解2件。\n"
PLAN = "\n加快建设阳光政务平台。\n健全就业服务体系，新增就业6万人。\n二、2024年工作安排\n加强执法队伍建设。\n"
TOLD = [
    (
        "在肯定成绩的同时，我们也清醒认识到，还存在不少问题：执法力量不足；服务意识不强。",
        ["执法力量不足", "服务意识不强"],
    ),
    ("同时，还存在一些困难和问题：\n一是执法力量不足。\n二是服务意识不强。", ["执法力量不足", "服务意识不强"]),
    ("还存在一些不足。执法力量不足。对此，我们将认真解决。", ["执法力量不足"]),
]


@pytest.mark.parametrize(("said", "lacking"), TOLD)
def test_what_follows_in_another_paragraph_is_no_shortcoming(said, lacking):
    """Nothing closed it: the plan behind it, slogans and thanks were shortcomings to the end of the part."""
    publication = understand("a.txt", f"某某市2023年政府工作报告\n{DONE}{said}{PLAN}".encode())
    text = publication.report.source.text
    told = "".join(text[one.start : one.end] for one in stretches(publication) if one.role is Role.SHORTCOMINGS)
    assert all(words in told for words in lacking)
    assert "阳光政务" not in told and "就业" not in told and "认真解决" not in told


def test_a_part_whose_heading_names_problems_and_that_tells_a_plan_has_those_shortcomings_it_says_are_some():
    """Read so whole plans of three real reports were shortcomings, and the answers to them wrong."""
    plan = "一是加快建设阳光政务平台。\n二是健全就业服务体系。\n三是执法力量不足，增加编制。\n四是修订权责清单。\n"
    lacking = "一是执法力量不足。\n二是服务意识不强。\n三是一些干部吃拿卡要。\n"
    for body, expected in ((plan, 1), (lacking, 3)):
        told = stretches(understand("a.txt", f"某某市2023年政府工作报告\n{DONE}二、形势和问题\n{body}".encode()))
        assert sum(one.role is Role.SHORTCOMINGS for one in told) == expected
