"""Half-width marks of Chinese in what a search shows: drawn by marks.js as wording/marks.py draws them on pages."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from baogao.wording.marks import Mark, mark, printed, wide_rules
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SAME = """texts => texts.filter(([text, at, html]) => {
  const drawn = document.createElement("p"), page = document.createElement("p"), shown = baogaoSearch.printed(text);
  const hit = document.createElement("em");
  hit.className = "title";
  hit.append(...shown(0, at));
  drawn.append(...(at ? [hit] : []), ...shown(at, text.length));
  page.innerHTML = html;
  return drawn.innerHTML !== page.innerHTML;
}).map(([text]) => text)"""
TEXTS = st.text("，。、；：！？（）《》“”‘’,;:!?()()%…— 19aZ甲乙﨑𠮷あ：９｠､", max_size=24)


@pytest.fixture(scope="module")
def differ(browser: Any) -> Any:
    """The texts that the script draws otherwise than a page, each with as much of its beginning marked."""
    page = browser.new_page()
    page.evaluate("rules => { window.baogaoSearch = { marks: rules } }", wide_rules())
    page.add_script_tag(content=files("baogao.search").joinpath("assets/marks.js").read_text("utf-8"))
    yield lambda texts: page.evaluate(SAME, texts)
    page.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.tuples(TEXTS, st.integers(0, 24)), min_size=30, max_size=60))
def test_search_and_pages_draw_the_same(differ: Callable[..., list[str]], texts: list[tuple[str, int]]) -> None:
    cuts = [(text, min(at, len(text))) for text, at in texts]
    bmp = [(text, at) for text, at in cuts if all(c < "\U00010000" for c in text[:at])]  # offsets are the same
    pages = [(text, at, str(mark(text, [Mark(0, at, "title")]) if at else printed(text))) for text, at in bmp]
    assert differ(pages) == []


def test_a_page_that_draws_otherwise_is_told(differ: Callable[..., list[str]]) -> None:
    assert differ([("甲,乙", 0, "甲,乙")]) == ["甲,乙"]
