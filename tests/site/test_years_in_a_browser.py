"""Pages of years and places as a reader meets them."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = [
    "indicators.html",
    "indicators/chuting-lv.html",
    "places/qinghe.html",
    "published.html",
    "qinghe-2022/since.html",
]
BOTH = [*PAGES, *(f"en/{page}" for page in PAGES)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("path", BOTH)
def test_axe_finds_nothing(browser, shelf, serve, path, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 780}, color_scheme=scheme)
    page = context.new_page()
    page.goto(serve(shelf) + path)
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(v["id"], [n["html"][:150] for n in v["nodes"][:3]]) for v in found] == []


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("path", BOTH)
def test_a_wide_table_scrolls_in_itself(browser, shelf, serve, path, width):
    context = browser.new_context(viewport={"width": width, "height": 660})
    page = context.new_page()
    page.goto(serve(shelf) + path)
    across = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert across == 0


def test_copying_a_changed_sentence_gives_no_word_of_the_site(page, shelf, serve):
    page.goto(serve(shelf) + "qinghe-2022/since.html")
    copied = page.evaluate(
        """() => {
          const line = [...document.querySelectorAll('p.rewritten')].find(p => p.textContent.includes('93.6'));
          const selection = getSelection(), range = document.createRange();
          range.selectNodeContents(line);
          selection.removeAllRanges(); selection.addRange(range);
          return selection.toString();
        }"""
    )
    assert "上升到93.6%" in copied and "新增：" not in copied and "第 2 句" not in copied


def test_a_point_stays_round_however_wide_the_field_is(browser, shelf, serve):
    for width in (390, 1440):
        context = browser.new_context(viewport={"width": width, "height": 780})
        page = context.new_page()
        page.goto(serve(shelf) + "indicators/fuyi-shouli.html")
        said = page.locator(".over-years .point").first.evaluate(
            "e => [getComputedStyle(e).vectorEffect, getComputedStyle(e).strokeLinecap, getComputedStyle(e).strokeWidth]"
        )
        context.close()
        assert said == ["non-scaling-stroke", "round", "7px"]
