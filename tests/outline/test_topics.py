"""What the clauses of a sentence are about: each carried on until another takes its place."""

from __future__ import annotations

import pytest
from baogao.outline.topics import topics_of
from hypothesis import given
from hypothesis import strategies as st


def last(text: str):
    return topics_of(text).clauses[-1]


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("市属国有企业完成重组，资产总额80亿元", ["市属国有企业"]),
        ("清岭机场改扩建完工，航线加密，旅客吞吐量3万人次", []),  # 航线 speaks of something else
        ("清岭机场建成通航，旅客吞吐量3万人次", ["清岭机场"]),
        ("全市企业完成重组，资产总额80亿元", []),  # the whole place
        ("市属国有企业完成重组；资产总额80亿元", []),  # a ； ends the thought
        ("东山产业园建成，西山产业园开工，引进项目3个", ["西山产业园", "东山产业园"]),
    ],
)
def test_who_acts_in_a_clause_may_own_what_the_next_counts(text, owners):
    assert [one.name for one in last(text).owners] == owners


def test_the_part_of_a_place_is_carried_on_while_nobody_else_acts():
    assert [one.area for one in topics_of("老城区新建道路3条，改造管网4公里，群众出行更便利，新增车位5个").clauses] == [
        "",
        "老城区",
        "老城区",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("市级层面会议压缩20%，督查事项减少10%", "area", "市级层面"),
        ("山区8县生产总值增长5%，收入增长6%", "bodies", ("山区县",)),
        ("新建中小学、幼儿园27所，新增学位8000个", "set_up", "中小学、幼儿园"),
        ("实施学前教育攻坚行动，新增学位300个", "work", "学前教育攻坚行动"),
        ("加强与清岭集团等企业合作，新增合作项目3个", "partners", True),
    ],
)
def test_what_else_a_clause_leaves_to_the_next(text, field, value):
    assert getattr(last(text), field) == value


@given(st.text("企业园区新建3个，；。、山区8县增长5%“”（）\n ", max_size=60))
def test_any_text_has_a_topic_at_each_character(text):
    topics = topics_of(text)
    assert topics.starts[0] == 0 and list(topics.starts) == sorted(topics.starts)
    assert all(topics.at(n) in topics.clauses for n in range(len(text) + 1))
