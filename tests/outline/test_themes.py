"""Themes against a person's reading of the first report and the practice reports (tests/themes.yml)."""

from __future__ import annotations

import pytest
import yaml
from baogao.model import Theme
from baogao.outline.themes import theme_of
from baogao.publication.publication import understand
from conftest import PRACTICE, ROOT, SEED, understood

LABELS = yaml.safe_load((ROOT / "tests/themes.yml").read_text("utf-8"))


def test_passages_have_the_themes_a_person_gives_them():
    right = total = 0
    for path in [SEED, *PRACTICE]:
        labels = next(rows for start, rows in LABELS.items() if path.name.startswith(start))
        themes = {section.id: section.theme for section in understood(path).report.walk()}
        for node, wanted in labels.items():
            total += 1
            right += themes[str(node)] in wanted.split("|")
    assert total > 150
    assert right / total >= 0.95, (right, total)


@pytest.mark.parametrize("text", ["", "今天天气很好。", "一、总体情况"])
def test_what_speaks_of_none_has_none(text):
    assert theme_of(text, [text]) is None


def test_a_section_without_words_of_its_own_has_the_theme_of_the_one_above():
    text = "某区2023年度法治政府建设报告\n一、推进政务公开\n（一）工作情况\n开展了一批活动。\n".encode()
    (top,) = understand("a.txt", text).report.sections
    assert [section.theme for section in top.walk()] == [Theme.CHECKS, Theme.CHECKS]


# What a reader who saw the sentences said of them, without the sidecar that says so too.
READ = {
    "24条": Theme.ENFORCEMENT,
    "超21.5万人次": Theme.CHECKS,
    "1000余次": Theme.DISPUTES,
    "100余起": Theme.DISPUTES,
    "1家": Theme.DISPUTES,
    "两家": Theme.DISPUTES,
}


def test_a_figure_has_the_theme_of_what_its_sentence_speaks_of():
    figures = understood(SEED).figures
    assert {figure.quote: figure.theme for figure in figures if figure.quote in READ} == READ
