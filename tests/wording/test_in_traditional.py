"""The traditional script: a character for a character, and where OpenCC alone would be wrong."""

from __future__ import annotations

import pytest
from baogao.model import ReportError
from baogao.rules import load
from baogao.translation.terms import read_terms
from baogao.wording.traditional import Script, overruled
from hypothesis import given
from hypothesis import strategies as st

RULES = load("traditional")["rules"]
SCRIPT, ALONE = Script(overruled()), Script({})
CASES = [case for rule in RULES for case in rule["fits"].items()]


@pytest.mark.parametrize(("text", "written"), CASES)
def test_a_rule_mends_what_would_be_written_otherwise(text, written):
    assert SCRIPT(text) == written
    assert ALONE(text) != written


@pytest.mark.parametrize(("text", "written"), [case for rule in RULES for case in rule.get("stays", {}).items()])
def test_a_rule_does_not_reach_further(text, written):
    assert SCRIPT(text) == written


def test_each_word_of_a_rule_has_its_case_and_as_many_characters():
    for rule in RULES:
        for word, written in rule["words"].items():
            assert len(word) == len(written)
            cases = rule["fits"] | rule.get("stays", {})
            assert any(word in text and written in then for text, then in cases.items()), word


@given(
    st.text(
        st.sampled_from("只个发干后里面了制并征系复准范余松只只着台占尽汇注 岳阳2023，。\n𠀀A")
        | st.characters(codec="utf-8")
    )
)
def test_a_character_becomes_a_character(text):
    written = SCRIPT(text)
    assert len(written) == len(text)
    same = [(a, b) for a, b in zip(text, written, strict=True) if a < "\u2e80"]
    assert all(a == b for a, b in same)


@pytest.mark.parametrize(
    ("text", "written"),
    {  # what one simplified character may be, by the words it stands in; read off a dictionary
        "内生发展动力，头发": "內生發展動力，頭髮",
        "干部干预若干干旱": "幹部干預若干乾旱",
        "更加注重，注册企业": "更加注重，註冊企業",
        "新征程上征收": "新征程上徵收",
        "复议、恢复、答复": "復議、恢復、答覆",
        "20万只鸡，就是只要": "20萬隻雞，就是只要",
        "国家制造，制度": "國家製造，制度",
        "皇后在前，先后到": "皇后在前，先後到",
        "这里离三公里": "這裡離三公里",
        "关系、系统、联系": "關係、系統、聯繫",
        "于是并网并且": "於是併網並且",
        "网络信息软件": "網絡信息軟件",  # the words of the text stay
        "岳阳、岳麓山": "岳陽、嶽麓山",
    }.items(),
)
def test_characters_of_several_forms(text, written):
    assert SCRIPT(text) == written


def test_the_termbase_overrules_a_word():
    head = "zh,en,kind,variants_zh,alternatives_en,definition_zh,definition_en,status,source,authority,here_zh,here_en,zh_hant"
    terms = read_terms(f"{head}\n发菜村,Facai Village,place,,,,,own,own,,,,髮菜村\n", "terms.csv")
    assert Script(overruled(terms))("在发菜村发现") == "在髮菜村發現"


def test_a_term_of_another_length_is_refused_with_its_line():
    head = "zh,en,kind,variants_zh,alternatives_en,definition_zh,definition_en,status,source,authority,here_zh,here_en,zh_hant"
    with pytest.raises(ReportError) as refused:
        read_terms(f"{head}\n发菜村,Facai Village,place,,,,,own,own,,,,髮菜\n", "terms.csv")
    assert [(one.line, one.cause) for one in refused.value.findings] == [(2, "hant")]
