"""How much of a screen the overview of a report takes, and that what stands on it stands there once."""

from __future__ import annotations

import re

import pytest

# where the last thing ends that is not folded up, from the top of the page
END = """() => Math.max(...[...document.querySelectorAll(".md-content__inner *")]
  .filter((one) => !one.closest("details") && one.getClientRects().length)
  .map((one) => one.getBoundingClientRect().bottom + scrollY))"""
FIRST = "wangcheng-2023/index.html"


@pytest.mark.parametrize("tree", ["", "en/"])
def test_the_first_report_is_overseen_on_a_screen_and_a_half(tab, site, serve, tree):
    page = tab(1440, 900)
    page.goto(f"{serve(site)}{tree}{FIRST}")
    assert page.locator("#article24").is_visible() and page.locator("ol.parts li").count() == 5
    assert 900 < page.evaluate(END) <= 1.5 * 900


@pytest.mark.parametrize("tree", ["", "en/"])
def test_on_a_phone_it_takes_three_screens_and_a_half_and_no_more_width_than_there_is(tab, site, serve, tree):
    page = tab(390, 844, phone=True)
    page.goto(f"{serve(site)}{tree}{FIRST}")
    assert page.evaluate(END) <= 3.5 * 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # numbers take the room they need: their column is as wide as the widest, no fixed part of the line
    ends = page.eval_on_selector_all("ul.headline data", "all => all.map(one => one.getBoundingClientRect().right)")
    assert max(ends) - min(ends) < 1 and ends[0] < 390 / 4


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_what_a_figure_is_compared_with_is_drawn_beside_it_in_its_own_line(tab, site, serve, width):
    page = tab(width, 900)
    page.goto(f"{serve(site)}en/{FIRST}")
    drawn = page.locator("ul.headline li:has(figure)")
    assert drawn.count() == 2
    for row in drawn.all():
        said = row.inner_text()
        assert said.count("alculated by this site") == 1  # not once more in words
        value = re.search("[0-9.,]+", said)[0]
        assert value in row.locator("tr").last.inner_text()
        table, line = row.locator("table").bounding_box(), row.bounding_box()
        assert table["x"] + table["width"] <= line["x"] + line["width"] + 1
        for cell in row.locator("td").all():
            assert cell.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
        assert row.locator("td a").first.get_attribute("href").startswith("figures.html#c")


def test_a_shortcoming_of_the_abstract_tells_its_answer_and_is_told_once(page, site, serve):
    page.goto(serve(site) + FIRST)
    answers = page.locator("#abstract ~ ul.abstract a.answer")
    assert answers.all_inner_texts() == ["计划有回应", "只有部分回应"]
    for link in answers.all():
        assert link.get_attribute("href").startswith("matters.html#m")
    told = page.locator("ul.abstract").all_inner_texts()
    assert ["基层队伍建设有待加强" in one for one in told] == [True, False]


def test_what_a_reader_must_know_of_the_text_is_printed_though_no_button_is(page, site, serve):
    page.goto(f"{serve(site)}en/{FIRST}")
    page.emulate_media(media="print")
    assert page.locator(".untranslated", has_text="unofficial translation").is_visible()
    assert not any(button.is_visible() for button in page.locator(".button").all())
