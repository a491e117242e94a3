"""What is said again word for word: beside a naive search of all pairs, and what is a formula."""

from __future__ import annotations

import re

import pytest
from baogao.relations.passages import Candidate, Span, passages
from baogao.relations.repeats import is_formula, repeats
from baogao.rules import load
from conftest import PRACTICE, REAL, SEED, understood
from hypothesis import given
from hypothesis import strategies as st

LEAST = load("links")["repeats"]["least"]


def made(texts: list[str]) -> list[Candidate]:
    return [Candidate(Span("r", f"s1-{n}", n, n + 1), text, (), "other", None) for n, text in enumerate(texts)]


def bare(text: str) -> str:
    return re.sub(r"\W", "", text)


def longest(one: str, other: str) -> int:
    """The length of the longest run of two texts that is no formula, found by trying all."""
    runs = {one[a:b] for a in range(len(one)) for b in range(a + LEAST, len(one) + 1) if one[a:b] in other}
    maximal = [r for r in runs if not any(r != s and r in s for s in runs)]
    return max((len(run) for run in maximal if not is_formula(run)), default=0)


def naive(texts: list[str]) -> dict[tuple[int, int], int]:
    stripped = [bare(text) for text in texts]
    lengths = {(b, a): longest(stripped[b], stripped[a]) for b in range(len(texts)) for a in range(b)}
    return {pair: length for pair, length in lengths.items() if length}


WORDS = ["完善", "行政", "规范性", "文件", "合法性", "审核", "机制", "“三统一”", "，", "深入", "执法"]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=24).map("".join), max_size=6))
def test_the_longest_runs_are_those_of_a_naive_search(texts):
    found = repeats(made(texts))
    assert {(one.later, one.earlier): len(bare(one.said_later)) for one in found} == naive(texts)
    for one in found:
        assert one.said_later in texts[one.later] and one.said_earlier in texts[one.earlier]
        assert bare(one.said_later) == bare(one.said_earlier)


@pytest.mark.parametrize("path", [SEED, *PRACTICE, *REAL[6:9]], ids=lambda p: p.name)
def test_in_a_report_too(path):
    texts = [one.text for one in passages(understood(path))][-90:]
    assert {(one.later, one.earlier): len(bare(one.said_later)) for one in repeats(made(texts))} == naive(texts)


def test_eleven_characters_are_no_repeat():
    run = "完善行政规范性文件合法性审核"
    one, other = (
        made([f"我们{run[:LEAST]}。", f"继续{run[:LEAST]}！"]),
        made([f"我们{run[: LEAST - 1]}。", f"继续{run[: LEAST - 1]}！"]),
    )
    assert [(r.said_later, r.said_earlier) for r in repeats(one)] == [(run[:LEAST], run[:LEAST])]
    assert repeats(other) == []


def test_a_passage_does_not_repeat_what_lies_in_it():
    run = "完善行政规范性文件合法性审核"
    whole = Candidate(Span("r", "h3-0-7", 0, 60), f"7.{run}。{run}。", (), "other", None)
    inside = Candidate(Span("r", "h3-0-7-1", 10, 40), f"{run}。", (), "other", None)
    apart = Candidate(Span("r", "h3-0-8", 60, 80), f"{run}。", (), "other", None)
    assert repeats([whole, inside]) == repeats([inside, whole]) == []
    assert [(one.later, one.earlier) for one in repeats([whole, inside, apart])] == [(2, 1), (2, 0)]


def test_marks_do_not_part_a_run_and_it_is_told_as_each_prints_it():
    (one,) = repeats(made(["深入推进行政执法三项制度有效实施，成效明显。", "再深入推进行政执法“三项制度”有效实施。"]))
    assert (one.said_later, one.said_earlier) == (
        "深入推进行政执法“三项制度”有效实施",
        "深入推进行政执法三项制度有效实施",
    )


FORMULAS = [
    "深入学习贯彻习近平法治思想",
    "以习近平新时代中国特色社会主义思想为指导",
    "在市委市政府及区委的坚强领导下",
    "履行推进法治建设第一责任人职责",
    "全面贯彻落实党的二十大精神",
    "以习近平同志为核心的党中央坚强领导",
    "表示衷心的感谢和崇高的敬意",
    "自觉接受人大法律监督和政协民主监督",
]
SAID = [
    "完善行政规范性文件合法性审核和三统一机制",
    "深入推进行政执法三项制度有效实施",
    "政法系统优化法治化营商环境",
    "开展道路交通安全和运输执法领域突出问题",
    "扎实推进高标准农田建设和粮食生产试验示范",
    "党政主要负责人履行推进法治建设第一责任人职责情况纳入年终述职和部门绩效考核",
]


@pytest.mark.parametrize("run", FORMULAS)
def test_a_formula_of_the_genre_is_no_repeat(run):
    assert is_formula(run)


@pytest.mark.parametrize("run", SAID)
def test_what_says_something_is_one(run):
    assert not is_formula(run)
