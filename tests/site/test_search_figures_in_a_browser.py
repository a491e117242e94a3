"""Figures and terms as a search finds them: by value however written, by name, sentence and theme; the cards."""

from __future__ import annotations

import re

import pytest
from baogao.folding import fold
from baogao.rules import load
from baogao.translation.terms import general_terms
from naive import find
from searching import PUBLICATIONS, QUERIES, SECTIONS, STATUS, open_search


def test_figures_are_found_by_their_value_in_words(results):
    page = results("")
    for query, figure in QUERIES["values"].items():
        rows = page.evaluate(
            """async q => { const found = await baogaoSearch.find(q, { language: 'zh' });
              return Promise.all(found.rows.map(async row => (await baogaoSearch.rowAt(row.position, found.terms)).leads)) }""",
            query,
        )
        assert any(row.endswith(f"#{figure}") for row in rows), query


def test_figures_come_first_and_lead_to_the_sentence_and_the_table(results, site, serve):
    page, base = results("出庭率"), serve(site)
    row = page.locator("ul.figures li").first
    assert "98.5%" in row.inner_text()
    assert row.locator("a[data-row]").get_attribute("href") == base + "wangcheng-2023/1-3.html#f1-3-2-2-56"
    assert row.locator("a.leads").get_attribute("href") == base + "wangcheng-2023/figures.html#r1-3-2-2-56"


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("98.5%", "98.5%"),
        ("98.5", "98.5%"),
        ("百分之九十八点五", "98.5%"),
        ("９８．５％", "98.5%"),
        ("340万", "超340万人次"),
        ("3400000", "超340万人次"),
        ("3,400,000人次", "超340万人次"),
        ("三百四十万", "超340万人次"),
        ("一万零五百二十五", "10525人"),
        ("1万零525人", "10525人"),
        ("１．０５２５万", "10525人"),
        ("91.5", "上年 91.5%（本站计算）"),
        ("总出庭率", "98.5%"),
    ],
)
def test_a_figure_is_found_by_its_name_and_its_value_however_written(results, query, row):
    page = results(query)
    assert any(text.startswith(row) for text in page.locator("a[data-row]").all_inner_texts())
    assert not page.inner_text(STATUS).startswith("没有")


@pytest.mark.parametrize(
    ("query", "tree", "row"),
    [
        ("出庭应诉工作办法", "", "98.5%"),
        ("跨域", "", "359项"),  # within a name it says what kind, not what of
        ("transport enterprises", "en/", "739"),
    ],
)
def test_a_figure_of_the_sentence_alone_waits_behind_the_passages(results, query, tree, row):
    """One that has nothing of the query in its name stood first: 57人 全年转岗 for 质量, of the same sentence."""
    page = results(query, tree)
    assert page.locator("a[data-row]").all_inner_texts() == [] and page.locator("a[data-result]").count(), page.url
    page.locator(".all-rows").click()
    page.wait_for_selector(".all-rows", state="detached")
    assert any(text.startswith(row) for text in page.locator("a[data-row]").all_inner_texts())


def test_figures_are_found_by_their_theme_five_at_first_and_all_on_request(results):
    theme = next(one for one in load("themes")["themes"] if one["theme"] == "enforcement")
    own = [f for f in PUBLICATIONS[0].figures if str(f.theme) == theme["theme"]]
    page = results(theme["zh"])
    assert page.locator("a[data-row]").count() == 5
    page.locator(".all-rows").click()
    page.wait_for_selector(".all-rows", state="detached")
    shown = page.locator("a[data-row]").evaluate_all("all => all.map(a => a.hash.slice(1))")
    assert {f.id for f in own} <= set(shown)
    assert "rows=all" in page.url


@pytest.mark.parametrize(
    ("query", "tree"), [("行政复议", ""), ("administrative reconsideration", ""), ("行政复议", "en/")]
)
def test_the_card_of_a_term_comes_first_and_its_count_and_that_of_the_search_agree(results, query, tree):
    page = results(query, tree)
    card = page.locator("ul.figures > li").first
    assert {"行政复议", "administrative reconsideration"} == {*card.locator(".names span").all_inner_texts()}
    term = next(term for term in general_terms() if term.zh == "行政复议")
    assert card.locator(".said").inner_text() == (term.definition_en if tree else term.definition_zh)
    if query == term.zh:
        uses, more = map(int, re.findall(r"\d+", card.locator(".where").inner_text()))
        report = [s for s in SECTIONS if s.report == PUBLICATIONS[0].id]
        assert uses + more == find(report, [term.zh])[1]
        page.goto(card.locator("a").get_attribute("href"))
        assert page.locator(".kwic__row").count() == uses


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("人大代表建议 满意率", ""),
        ("办结率 政协提案", ""),
        ("satisfaction rate people's congress", "en/"),
        ("law-based government", "en/"),
    ],
)
@pytest.mark.parametrize("width", [390, 1440])
def test_the_sentence_with_all_words_of_a_query_is_on_the_first_screen(results, query, tree, width):
    """It stood sixth, below five figures."""
    page = results(query, tree)
    page.set_viewport_size({"width": width, "height": 780})
    first = page.locator("a[data-result]").first
    shown = first.locator("mark").first.bounding_box()
    assert shown["y"] + shown["height"] <= 780
    assert all(fold(word) in fold(first.locator(".said").text_content()) for word in query.split())
    assert page.locator("a[data-row]").count() == 1


def test_a_figure_names_its_report_where_there_are_several(results, page, shelf, serve):
    own = results("出庭率").locator("a[data-row]").first
    assert own.locator(".where").count() == 0
    open_search(page, serve(shelf) + "search.html?q=出庭率")
    named = page.locator("a[data-row] .where").all_inner_texts()
    assert len(named) == page.locator("a[data-row]").count() and all(named)


def test_the_dialog_has_the_card_then_figures_then_passages(page, site, serve):
    page.goto(serve(site) + "index.html")
    page.keyboard.press("/")
    page.keyboard.type("行政复议")
    page.wait_for_function("document.querySelector('#search').dataset.ready === '行政复议'")
    kinds = page.locator("#search-list [role=option]").evaluate_all(
        "all => all.map(one => Object.keys(one.dataset)[0])"
    )
    assert list(dict.fromkeys(filter(None, kinds))) == ["card", "row", "result"]  # the last is a link to all
