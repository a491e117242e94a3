"""Pages of years and places as a reader meets them."""

from __future__ import annotations


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
    assert "上升到93.6%" in copied and "新增：" not in copied and "第2句" not in copied


def test_a_point_stays_round_however_wide_the_field_is(tab, shelf, serve):
    for width in (390, 1440):
        page = tab(width)
        page.goto(serve(shelf) + "indicators/fuyi-shouli.html")
        said = page.locator(".over-years .point").first.evaluate(
            "e => [getComputedStyle(e).vectorEffect, getComputedStyle(e).strokeLinecap, getComputedStyle(e).strokeWidth]"
        )
        assert said == ["non-scaling-stroke", "round", "7px"]
