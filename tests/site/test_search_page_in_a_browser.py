"""The page of results: what it shows, narrows, remembers, and where it works."""

from __future__ import annotations

import re
import shutil
import socket
from urllib.parse import urlencode

import pytest
from baogao.search.index import files
from baogao.search.records import Catalogue, Record, SearchUnit
from conftest import SEED, build_site, heard
from searching import PUBLICATIONS, STATUS, open_search
from test_every_page_in_a_browser import violations


def test_search_and_reading_work_with_instant_loading(tab, tmp_path, serve):
    page = tab(policy=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}/"
    into = tmp_path / "instant"
    done = build_site(into, {SEED.name: SEED.read_bytes()}, features="navigation.instant", SITE_URL=base)
    assert done.returncode == 0, done.stderr
    serve(into / "site", port)
    with heard(page, base) as wrong:
        page.goto(base + "index.html")
        page.evaluate("window.kept = true")
        page.get_by_role("link", name="搜索").first.click()
        page.wait_for_selector("[data-search-page][data-ready]", state="visible")
        page.fill("[data-search-page] input", "出庭率")
        page.wait_for_selector("a[data-result]")
        page.locator("a[data-result]").click()
        page.evaluate("new Promise(done => { setInterval(() => CSS.highlights.has('found') && done(), 20); })")
        assert page.evaluate("window.kept") is True  # the page was changed, not loaded
        page.locator("a.figure", has_text="98.5%").focus()
        assert "出庭率" in page.inner_text(".tools")
        page.locator("a.switch[hreflang=en]").click()
        page.wait_for_url("**/en/wangcheng-2023/1-3.html**")
    assert wrong == []  # nor anything that the policy of the pages refuses


def test_a_result_shows_its_sentence_and_opens_on_it_marked(page, site, serve):
    open_search(page, serve(site) + "search.html?q=出庭率")
    results = page.locator("ol.results")
    assert (results.get_attribute("data-sections"), results.get_attribute("data-hits")) == ("1", "1")
    link = page.locator("a[data-result]")
    assert link.locator("mark").inner_text() == "出庭率"
    assert link.locator(".said").inner_text().replace("…", "") in PUBLICATIONS[0].report.source.text
    # marks of Chinese that the source has in half width are drawn as on the page
    drawn = link.locator(".wide").evaluate_all("all => all.map(one => [one.textContent, one.offsetWidth > 14])")
    assert drawn and all(mark == "," and wide for mark, wide in drawn)
    link.click()
    page.wait_for_function("CSS.highlights.has('found')")
    sentence = next(s for s in PUBLICATIONS[0].report.sentences() if "出庭率" in s.text)
    assert page.evaluate("document.querySelector(':target').id") == sentence.id
    marked = page.evaluate("[...CSS.highlights.get('found')].map(r => r.toString())")
    assert marked == ["出庭率"]
    page.go_back()
    page.wait_for_selector("a[data-result]")
    assert page.input_value("[data-search-page] input") == "出庭率"


def test_a_section_with_several_hits_opens_to_all_of_them(page, site, serve):
    open_search(page, serve(site) + "search.html?q=行政复议")
    item = page.locator("ol.results > li", has=page.locator("details")).first
    item.locator("summary").click()
    item.locator("details li").first.wait_for()
    shown = {*item.locator("a").evaluate_all("all => all.map(a => a.hash.slice(1))")}
    name = re.search(r"([^/]+)\.html", item.locator("a[data-result]").get_attribute("href"))[1]
    inside = next(s for s in PUBLICATIONS[0].report.walk() if s.id == name)
    true = {s.id for node in inside.walk() for s in node.sentences if "行政复议" in s.text}
    true |= {f"h{node.id}" for node in inside.walk() if node.heading and "行政复议" in node.heading.text}
    assert shown == true


def test_a_change_of_direction_in_a_text_or_a_query_is_never_drawn(page, tmp_path, site, serve):
    """With text-autospace it ended the tab of Chromium."""
    shutil.copytree(site, tmp_path / "site")
    text = "办理 \u202e123 abc\u202c 件甲，\u2067甲乙 abc\u2069 办结。"
    record = Record("a-2023/1.html", "一\u202eab", ((SearchUnit("s1-1", text),),), "zh", "a-2023")
    for name, content in files(Catalogue((record,), trees={"zh": ""}, page="search.html")):
        (tmp_path / "site/search" / name).write_text(content, "utf-8")
    open_search(page, serve(tmp_path / "site") + "search.html?" + urlencode({"q": "办结"}))
    assert page.locator("a[data-result]").count() == 1
    page.fill("[data-search-page] input", "甲\u202e乙 123")
    page.wait_for_function("document.querySelector('[data-search-page]').dataset.ready.includes('123')")
    drawn = page.inner_text("[data-search-page]") + page.title()
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", drawn)


def test_filters_place_and_scroll_come_back_with_back(page, shelf, serve):
    open_search(page, serve(shelf) + "search.html?q=法")
    roles = page.locator("[data-filter=role] button")
    roles.nth(max(range(roles.count()), key=lambda n: int(roles.nth(n).inner_text().split()[-1]))).click()
    page.wait_for_selector("[data-filter=role] [aria-pressed=true]")
    page.locator("button.more").click()
    page.wait_for_function("document.querySelectorAll('a[data-result]').length > 20")
    link = page.locator("a[data-result]").nth(21)
    link.scroll_into_view_if_needed()
    opened, scrolled = link.get_attribute("href"), page.evaluate("scrollY")
    link.click()
    page.wait_for_url("**found=**")
    page.go_back()
    page.wait_for_selector("a[data-result]:focus")
    assert page.evaluate("document.activeElement.href") == opened
    assert abs(page.evaluate("scrollY") - scrolled) < 3 and scrolled > 0
    assert page.locator("[data-filter=role] [aria-pressed=true]").count() == 1
    assert page.input_value("[data-search-page] input") == "法"


def test_on_a_phone_the_filters_stand_behind_one_button(tab, shelf, serve):
    page = tab(390, 780, phone=True)
    open_search(page, serve(shelf) + "search.html?q=行政复议&language=both")
    door = page.locator(".filter-door")
    assert door.inner_text() == "筛选（已选 1 项）" and door.get_attribute("aria-expanded") == "false"
    assert not page.locator(".filters").is_visible()
    door.click()
    assert page.locator(".filters").is_visible() and door.get_attribute("aria-expanded") == "true"
    assert page.get_by_role("button", name="只搜中文").is_visible()


@pytest.mark.parametrize("unit", ["a", "1", "的", "a ", "ab", "政府 法治 ", '"'])
def test_a_crafted_link_does_not_keep_the_reader_waiting(page, site, serve, unit):
    open_search(page, serve(site) + "search.html?" + urlencode({"q": "不在"}))
    open_search(page, serve(site) + "search.html?" + urlencode({"q": (unit * 6000)[:6000]}))
    assert page.inner_text(STATUS).startswith("文字太长，只搜前 3,000 个字符。")
    page.fill("[data-search-page] input", "出庭率")
    page.wait_for_selector("a[data-result]")
    assert "太长" not in page.inner_text(STATUS)


def test_filters_have_counts_and_are_absent_where_they_would_be_empty(page, site, shelf, serve):
    open_search(page, serve(shelf) + "search.html?q=行政复议")
    total = int(page.get_attribute("ol.results", "data-sections"))
    years = page.locator("[data-filter=year] button")
    assert sum(int(text.split()[-1]) for text in years.all_inner_texts()) <= total
    wanted = years.first.inner_text().split()
    years.first.click()
    page.wait_for_function("n => document.querySelector('ol.results').dataset.sections === n", arg=wanted[1])
    assert f"year={wanted[0]}" in page.url
    page.go_back()
    page.wait_for_function("n => document.querySelector('ol.results').dataset.sections === String(n)", arg=total)
    open_search(page, serve(site) + "search.html?q=出庭率")
    assert page.locator("[data-filter]").count() == 0


def test_of_very_many_values_those_with_most_results_can_be_chosen(page, shelf, serve):
    """As if two values were very many, and one with the one chosen were shown."""

    def fewer(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("MANY = 100, FIRST = 20", "MANY = 1, FIRST = 1"))

    base = serve(shelf)
    open_search(page, base + "search.html?q=行政复议")
    all_years = {
        value: int(n) for value, n in map(str.split, page.locator("[data-filter=year] button").all_inner_texts())
    }
    assert len(all_years) > 1
    page.route("**/*.js", fewer)
    open_search(page, base + "search.html?q=行政复议")
    (shown,) = page.locator("[data-filter=year] button").all_inner_texts()
    page.unroute_all(behavior="wait")
    assert int(shown.split()[1]) == max(all_years.values())


def test_english_readers_get_the_chinese_hits_where_english_has_none(page, shelf, serve):
    """They stay in English where that page shows the Chinese, and land on the Chinese page where it is translated."""
    base = serve(shelf)
    open_search(page, base + "en/search.html?q=出庭率&report=wangcheng-2023")
    assert page.inner_text(STATUS).startswith("Not found in English")
    page.locator("a[data-result]").first.click()
    assert page.url.startswith(base + "wangcheng-2023/1-3.html?")
    open_search(page, base + "en/search.html?q=出庭&report=linyuan-2023")
    page.locator("a[data-result]").first.click()
    assert page.url.startswith(base + "en/linyuan-2023/")


def test_a_late_reply_does_not_overwrite_a_newer_one(page, site, serve):
    open_search(page, serve(site) + "search.html")
    page.evaluate(
        """() => { const find = baogaoSearch.find;
          baogaoSearch.find = async (q, c) => { if (q === '行政') await new Promise(r => setTimeout(r, 400)); return find(q, c) } }"""
    )
    page.fill("[data-search-page] input", "行政")
    page.fill("[data-search-page] input", "出庭率")
    page.wait_for_timeout(700)
    assert page.locator("a[data-result]").count() == 1


def test_the_page_of_results_works_by_double_click_and_fits_a_phone(tab, site):
    page = tab(390, 660)
    open_search(page, (site / "search.html").as_uri() + "?q=" + "出庭率")
    page.locator("a[data-result]").click()
    page.wait_for_function("CSS.highlights.has('found')")
    assert page.url.startswith((site / "wangcheng-2023/1-3.html").as_uri())
    page.get_by_role("button", name="搜索").click()
    box = page.locator("#search").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 660)


@pytest.mark.parametrize("path", ["search.html", "en/search.html"])
def test_results_and_filters_never_scroll_sideways(page, shelf, serve, path):
    page.set_viewport_size({"width": 320, "height": 700})
    open_search(page, f"{serve(shelf)}{path}?q=行政复议")
    assert page.locator("[data-filter]").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_script_the_page_says_so_and_offers_the_full_text(tab, site, serve):
    page = tab(scripts=False)
    page.goto(serve(site) + "search.html?q=出庭率")
    assert "在网页上查找" in page.inner_text("article")
    page.locator("noscript a").first.click()
    assert "出庭率" in page.inner_text("article")


def test_a_file_of_the_index_that_is_missing_is_told(page, site, serve, tmp_path):
    shutil.copytree(site, tmp_path / "site")
    for shard in (tmp_path / "site/search").glob("k*.js"):
        shard.unlink()
    page.goto(serve(tmp_path / "site") + "search.html?q=出庭率")
    page.wait_for_function(
        "document.querySelector('[data-search-page] [role=status]').textContent.includes('重新载入')"
    )


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1440, "light")])  # no colour depends on a width
def test_axe_finds_nothing_on_results_and_in_the_dialog(tab, shelf, serve, width, scheme):
    page = tab(width)
    page.emulate_media(color_scheme=scheme)
    base = serve(shelf)
    open_search(page, base + "search.html?q=行政复议")
    found = violations(page)
    page.goto(base + "index.html")
    page.get_by_role("button", name="搜索", exact=False).first.click()
    page.keyboard.type("行政复议")
    page.wait_for_selector("#search-list [role=option]")
    page.keyboard.press("ArrowDown")
    found += violations(page)
    assert [(v["id"], [n["html"][:150] for n in v["nodes"][:3]]) for v in found] == []
