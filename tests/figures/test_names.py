"""Names judged by readers who have not seen the program (tests/names.jsonl), and what makes two names one."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from baogao.figures.phrases import stands
from baogao.figures.score import NameScore, read_names, same_name, score_names
from baogao.model import Figure, ReportError
from baogao.rules import load
from conftest import REAL, ROOT, understood

NAMES = ROOT / "tests/names.jsonl"
JUDGED = ROOT / "tests/judged_names.jsonl"
FIRST = ROOT / "seeds/000_5f949e49d371bf8d.txt"
PRACTICE = sorted((ROOT / "tests/fixtures/practice/texts").glob("*.txt"))
ASIDE = sorted((ROOT / "tests/fixtures/aside/texts").glob("*.txt"))


@cache
def _figures(path: Path) -> tuple[Figure, ...]:
    return understood(path).figures  # as extracted: no sidecar


def _judged(paths: list[Path]) -> NameScore:
    labels = read_names(NAMES)
    scores = [score_names(_figures(p), labels.get(hashlib.sha256(p.read_bytes()).hexdigest(), [])) for p in paths]
    return NameScore(
        *(tuple(chain.from_iterable(getattr(one, part) for one in scores)) for part in NameScore.__slots__)
    )


def test_names_of_the_practice_reports_are_those_a_reader_accepts():
    judged = _judged(PRACTICE)
    labelled = len(judged.right) + len(judged.wrong) + len(judged.withheld)
    assert labelled >= 150 and not judged.gone
    assert len(judged.right) >= 0.9 * labelled, judged.wrong
    assert judged.named >= 0.85 * labelled, judged.withheld


@pytest.mark.skipif(not REAL, reason="no real reports here")
def test_names_of_real_reports_are_those_a_reader_accepts():
    judged = _judged(REAL)
    labelled = len(judged.right) + len(judged.wrong) + len(judged.withheld)
    if labelled:  # of their kind names are withheld that are not likely right (confidence.py)
        assert len(judged.wrong) <= 0.15 * judged.named, judged.wrong
        assert judged.named >= 0.65 * labelled, judged.withheld


def _still_given(paths: list[Path]) -> list[dict]:
    """Of the names that a reader judged (tests/judged_names.jsonl), those that are given as they were."""
    by_hash = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}
    rows = [json.loads(line) for line in JUDGED.read_text("utf-8").splitlines()]
    return [
        row
        for row in rows
        if row["name"] and row["sha256"] in by_hash
        for figure in _figures(by_hash[row["sha256"]])
        if (figure.id, figure.subject) == (row["id"], row["name"])
    ]


def test_no_name_of_the_first_report_is_one_that_a_reader_called_wrong():
    verdicts = [row["verdict"] for row in _still_given([FIRST])]
    assert "wrong" not in verdicts and len(verdicts) >= 50  # where names are made anew, have them judged anew


@pytest.mark.skipif(not REAL, reason="no real reports here")
def test_no_more_names_of_real_reports_are_given_that_a_reader_called_wrong():
    """Of 178 names on 200 figures he had not seen 37 were wrong (November 2026), of 154 on 200 others after names were
    made anew 18, of 172 and 167 on 400 of other reports 27 and 23, of 168 and 159 on 400 more 22 and
    20, of 134 on 200 more 10 once names of work reports needed points: few of those in the reports here are given still, one for a number whose unit the reader was not shown."""
    assert sum(row["verdict"] == "wrong" for row in _still_given(REAL)) <= 5


def test_of_the_first_report_hardly_a_name_is_withheld():
    assert sum(not figure.subject for figure in _figures(FIRST)) <= 2


@pytest.mark.parametrize("path", [FIRST, *PRACTICE, *ASIDE], ids=lambda path: path.stem[:12])
def test_no_name_has_a_bound_a_bullet_or_a_rest_of_the_clause_in_it(path):
    for figure in _figures(path):
        if figure.subject:
            assert not re.search(
                "^(?:[—•●◆]|约|逾|其|该|此)|(?:约|近|超|逾|达|(?<!行)为)$|比重比例|占比占比", figure.subject
            )
            assert not re.search("(?:降低|控制|回落|提高|下降)占比$", figure.subject)
            assert len(figure.subject) > 1


@pytest.mark.parametrize(
    ("row", "pair"), [(row, pair) for row in load("equivalents")["rewrites"] for pair in row["fits"]], ids=str
)
def test_a_rule_of_equivalence_makes_its_examples_one(row, pair):
    assert same_name(*pair) and row["why"]


@pytest.mark.parametrize(
    "pair", [row["not"] for row in load("equivalents")["rewrites"] if "not" in row and len(row["not"][0]) == 2], ids=str
)
def test_a_rule_of_equivalence_keeps_its_counterexamples_apart(pair):
    assert not same_name(*(pair[0] if isinstance(pair[0], list) else pair))


def test_a_verb_may_stand_before_or_behind_its_noun():
    assert same_name("取消的证明事项", "证明事项取消数")
    assert not same_name("取消的证明事项", "新增的证明事项")
    assert not same_name("处罚案件", "不予处罚案件")
    assert not same_name("", "")


@pytest.mark.parametrize("row", load("subjects")["left_over"], ids=lambda row: row["match"][:20])
def test_what_is_left_over_shows_and_what_only_looks_like_it_stands(row):
    assert row["why"]
    assert not any(map(stands, row["fits"]))
    assert all(map(stands, row["not"]))


def test_a_wrong_line_of_a_file_of_names_is_told(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"sha256": "1", "id": "f1", "accepted": []}\n', "utf-8")
    with pytest.raises(ReportError) as raised:
        read_names(tmp_path / "a.jsonl")
    assert (raised.value.findings[0].code, raised.value.findings[0].line) == ("labels-syntax", 1)


def test_no_sentence_of_a_report_that_is_not_ours_is_in_the_file_of_names():
    ours = {hashlib.sha256(path.read_bytes()).hexdigest() for path in [FIRST, *PRACTICE, *ASIDE]}
    longest = max(
        len(form)
        for sha, labels in read_names(NAMES).items()
        if sha not in ours
        for one in labels
        for form in one.accepted
    )
    assert longest < 40


@pytest.mark.parametrize("seed", ["1", "2", "3", "4"])
def test_of_two_fields_that_open_a_noun_the_longer_is_counted_whatever_the_order_of_a_set(seed):
    told = "from baogao.figures.phrases import undergone; print(undergone('对', '行业领域公开目录', '进行梳理'))"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    said = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, check=True)
    assert said.stdout.decode().strip() == "梳理公开目录的行业领域"
