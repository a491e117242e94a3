"""What the terms of a ratio stand for."""

from __future__ import annotations

import pytest
from baogao.figures.quantity import find_quantities
from baogao.figures.ratios import ratio_things
from baogao.rules import load


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("三次产业比例为12.3∶40.2∶47.5。", ("第一产业", "第二产业", "第三产业")),
        ("一二三产业结构调整为10∶41∶49", ("第一产业", "第二产业", "第三产业")),
        ("男女比例为105∶100", ("男", "女")),
        ("城乡居民收入比缩小到2.1:1", ("城镇居民", "农村居民")),
        ("法官与律师之比为1∶3", ("法官", "律师")),
        ("中央、省、市投入比例为5∶3∶2", ("中央", "省", "市投入")),
        # nothing says so many things
        ("三次产业比例为3∶2", ()),
        ("配比为3∶2", ()),
        ("办理3件", ()),
    ],
)
def test_a_ratio_names_its_things_in_order(text, things):
    assert ratio_things(text, find_quantities(text)[0]) == things


def test_every_rule_fits_its_examples():
    for row in load("quantities")["ratios"]:
        for text in row["fits"]:
            assert ratio_things(text, find_quantities(text)[0]) == tuple(row["things"])


def test_every_term_is_a_value():
    (ratio,) = find_quantities("三次产业比例为12.3∶40.2∶47.5。")
    assert [str(term) for term in ratio.values] == ["12.3", "40.2", "47.5"] and ratio.value == ratio.values[0]
