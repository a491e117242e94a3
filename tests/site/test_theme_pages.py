"""The pages of themes over all reports: a row a report, counted from the passages, bounded, in both languages."""

from __future__ import annotations

import re

import pytest
from baogao.publication.publication import understand
from baogao.relations.themes import by_theme
from baogao.rules import load
from baogao.site.pages import files
from conftest import made_of_nine, nine, texts

SHELF = nine()
MADE = texts(made_of_nine())
SAID = {one.id: by_theme(one) for one in SHELF}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_counts_what_all_reports_say_and_those_that_fit_none_stand_last(language):
    rows = re.findall(r"^\| \[([^]]+)\]\(([^)]+)\) \|(.*)\|$", MADE[f"{language}/themes.md"], re.M)
    names = [row[language] for row in load("themes")["themes"]] + [{"zh": "其他", "en": "Other"}[language]]
    assert [name for name, _, _ in rows] == [name for name in names if name in {name for name, _, _ in rows}]
    assert rows[-1][:2] == (names[-1], "themes/other.md")
    counts = [[int(count) for count in row.split("|")] for _, _, row in rows]
    done = sum(len(one.done) for said in SAID.values() for one in said.values())
    assert sum(count[1] for count in counts) == done
    assert sum(count[2] for count in counts) == sum(len(one.figures) for one in SHELF)


def test_a_page_has_each_report_that_speaks_of_it_and_leads_to_all_it_says():
    spoken = [theme for theme in load("themes")["themes"] if any(theme["theme"] in said for said in SAID.values())]
    assert len(spoken) > 7
    for theme in spoken:
        page = MADE[f"zh/themes/{theme['theme']}.md"]
        links = re.findall(r'<th scope="rowgroup" colspan="4"><a href="\.\./([^/]+)/matters.html(?:#([^"]+))?"', page)
        speaking = [one for one in SHELF if theme["theme"] in SAID[one.id]]
        assert sorted(id_ for id_, _ in links) == sorted(one.id for one in speaking)
        for id_, anchor in links:
            there = f"{{: #theme-{theme['theme']} }}" in MADE[f"zh/{id_}/matters.md"]
            assert anchor == (f"theme-{theme['theme']}" if there else "")
        years = [int(re.search(r"\d{4}", id_)[0]) for id_, _ in links]
        assert years == sorted(years, reverse=True)


def test_what_stands_wholly_beside_matters_of_another_theme_is_led_to_there():
    body = (
        "一、主要成效\n（一）加强监督。全年开展行政执法案卷评查和重点领域专项整治百日攻坚行动，效果明显。\n"
        "二、下一年主要安排\n（一）优化政务服务。持续优化营商环境和政务服务，深化行政审批制度改革，"
        "开展行政执法案卷评查和重点领域专项整治百日攻坚行动。\n"
    )
    shelf = [
        understand(f"{place}.txt", f"{place}2023年度法治政府建设情况的报告\n{body}".encode())
        for place in ("清河县", "柳桥县")
    ]
    made = texts(files(shelf))
    for language in ("zh", "en"):
        page = made[f"{language}/themes/enforcement.md"]
        links = re.findall(r'colspan="4"><a href="\.\./([^/]+)/matters\.html#([^"]+)"', page)
        assert len(links) == 2
        for id_, anchor in links:
            own = made[f"{language}/{id_}/matters.md"]
            assert "{: #theme-enforcement }" not in own and own.count(f'id="{anchor}"') == 1


def test_one_report_alone_has_no_pages_of_themes():
    assert not [file.path for file in files(SHELF[:1]) if "theme" in file.path and file.path.endswith(".md")]


def test_a_page_is_no_longer_on_a_large_site(monkeypatch):
    monkeypatch.setitem(load("themes"), "reports", 3)
    body = "一、主要成效\n" + "开展行政执法监督检查。\n" * 50
    shelf = [
        understand(f"{year}.txt", f"某某县{year}年度法治政府建设情况的报告\n{body}".encode())
        for year in range(2015, 2024)
    ]
    page = texts(files(shelf))["zh/themes/enforcement.md"]
    years = re.findall(r'rowgroup" colspan="4"><a[^>]*>[^<]*(\d{4})', page)
    assert years == ["2023", "2022", "2021"] and "另有 6 份" in page and "另有 48 处" in page
