"""find_figures against reports labelled by hand, and the promises about spans, ids and subjects."""

from __future__ import annotations

from pathlib import Path

import pytest
from baogao.figures.figures import find_figures
from baogao.figures.score import read_labels, score
from baogao.model import Figure, Report
from baogao.outline.tree import outline
from baogao.publication.publication import understand
from baogao.readers.source import read
from conftest import REAL, ROOT, understood

HERE = ROOT / "tests"
PRACTICE = HERE / "fixtures" / "practice"
FIRST = HERE.parent / "seeds" / "000_5f949e49d371bf8d.txt"
TEXTS = {path.name[:2]: path for path in sorted((PRACTICE / "texts").glob("*.txt"))}


def _report(path: Path) -> Report:
    return understood(path).report


def _figures(path: Path) -> tuple[Figure, ...]:
    return understood(path).figures


def test_the_first_report_reads_as_a_person_reads_it() -> None:
    result = score(_figures(FIRST), read_labels(HERE / "gold" / "wangcheng-2023.jsonl"))
    assert result.f1 >= 0.98, (result.missed, result.false)
    assert result.subjects >= 0.75, (result.missed, result.false)
    assert not result.dangling


@pytest.mark.parametrize("number", sorted(TEXTS))
def test_a_practice_report_reads_as_a_person_reads_it(number: str) -> None:
    result = score(_figures(TEXTS[number]), read_labels(PRACTICE / "gold" / f"{number}.jsonl"))
    assert result.f1 >= 0.96, (result.missed, result.false)
    assert result.subjects >= 0.65, (result.missed, result.false)
    assert not result.dangling


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name[:40])
def test_a_real_report_gives_figures_and_never_fails(path: Path) -> None:
    assert _figures(path)


def test_subjects_are_near_those_a_person_gives() -> None:
    pairs = [(path, PRACTICE / "gold" / f"{number}.jsonl") for number, path in TEXTS.items()]
    marks = [score(_figures(path), read_labels(gold)).subjects for path, gold in pairs]
    assert sum(marks) / len(marks) >= 0.73


@pytest.mark.parametrize("path", [FIRST, *TEXTS.values()], ids=lambda path: path.stem[:8])
def test_every_figure_points_back_and_has_an_address_and_a_name(path: Path) -> None:
    report, figures = _report(path), _figures(path)
    text = report.source.text
    places = {s.id: s.start for s in report.sentences()} | {f"h{s.id}": s.start for s in report.walk()}
    assert len({f.id for f in figures}) == len(figures)
    for figure in figures:
        assert text[figure.start : figure.end] == figure.quote
        offset = int(figure.id.rpartition("-")[2])
        assert figure.start <= places[figure.sentence] + offset < figure.end
        assert figure.told.strip() and bool(figure.subject) is (figure.clause is None)
    assert [f.start for f in figures] == sorted(f.start for f in figures)


def test_what_is_added_up_over_several_years_says_so():
    text = (
        "某县2021年政府工作报告\n\n一、过去五年工作回顾\n\n"
        "“十三五”时期，累计投入帮扶资金9亿元，共引进投资项目35个，新建公路40公里；累计利用外资8亿元，是前五年的3倍。\n\n"
        "二、2021年工作安排\n\n全年累计新建公路8公里。\n"
    )
    found = find_figures(outline(read("a.txt", text.encode())), "2020")  # as the grammar names them
    assert [(f.subject, f.period) for f in found] == [
        ("累计投入的帮扶资金", "2016/2020"),
        ("累计引进的投资项目", "2016/2020"),
        ("新建的公路", "2016/2020"),
        ("累计利用外资", "2016/2020"),
        ("累计利用外资（为原来倍数）", "2016/2020"),
        ("新建的公路", "2021"),
    ]


def test_a_noun_that_begins_with_a_joint_is_read():
    text = "某县2021年法治政府建设情况报告\n一、成效\n50个和美乡村示范村建设全面完成。\n"
    assert [figure.quote for figure in understand("a.txt", text.encode()).figures] == ["50个"]
