"""The pages in traditional characters as a reader uses them: their way back, what is quoted, the search in either script."""

from __future__ import annotations

import base64

import pytest
from baogao.ids import text_hash
from baogao.wording.traditional import Script, overruled
from conftest import SEED, understood

REPORT = understood(SEED).report
SCRIPT = Script(overruled())
MARKED = "() => [...CSS.highlights.get('found')].map((range) => range.toString())"


def test_the_masthead_leads_to_each_other_script_and_language_and_back(page, site, serve):
    base = serve(site)
    page.goto(base + "wangcheng-2023/1-3.html#s1-3-2-3")
    for shown, leads in (
        (["繁體", "English"], ("繁體", "zh-hant/")),
        (["简体", "English"], ("English", "en/")),
        (["简体", "繁體"], ("繁體", "zh-hant/")),
        (["简体", "English"], ("简体", "")),
    ):
        assert page.locator(".switch:visible").all_inner_texts() == shown
        page.locator(".switch:visible", has_text=leads[0]).click()
        page.wait_for_url(f"{base}{leads[1]}wangcheng-2023/1-3.html#s1-3-2-3")


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_an_english_page_leads_to_both_scripts_and_keeps_one_line_at_its_head(tab, site, serve, width):
    base, page = serve(site), tab(width, 780, phone=True)
    for path in ("wangcheng-2023/1-3.html", "about.html"):
        page.goto(f"{base}en/{path}")
        assert page.locator(".masthead .switch:visible").all_inner_texts() == ["简体"]
        assert page.locator(".masthead").bounding_box()["height"] < 50
        page.locator(".masthead__contents").tap()
        page.locator("#contents a:visible", has_text="繁體").tap()
        page.wait_for_url(f"{base}zh-hant/{path}")


# how much of what is drawn in a box stands in its left half
LEFT = """async png => {
  const drawn = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = new OffscreenCanvas(drawn.width, drawn.height).getContext("2d");
  canvas.drawImage(drawn, 0, 0);
  const { data } = canvas.getImageData(0, 0, drawn.width, drawn.height);
  let left = 0, all = 0;
  for (let i = 0; i < data.length; i += 4) {
    const ink = 255 - data[i + 1];
    if (ink < 60) continue;
    all += ink;
    if ((i / 4) % drawn.width < drawn.width / 2) left += ink;
  }
  return left / all;
}"""


@pytest.mark.parametrize("face", ["hei", "song"])
def test_a_half_width_mark_is_drawn_where_its_script_draws_the_full_one(page, site, serve, face):
    """In the middle in traditional Chinese, as 。 and 、 are there; on the left in simplified."""
    base = serve(site)
    for tree, told in (("zh-hant/", lambda left: 0.25 < left < 0.75), ("", lambda left: left > 0.9)):
        page.goto(f"{base}{tree}wangcheng-2023/1-3.html")
        page.evaluate("face => document.documentElement.dataset.face = face", face)
        line = page.query_selector("article p:has(> .sentence)")
        for mark in ('<span class="wide">,</span>', "。"):  # of our own face, of the page's
            line.evaluate("(p, mark) => (p.innerHTML = mark)", mark)
            line.evaluate("p => (p.style.cssText = 'font-size: 80px; width: 80px; line-height: 1; margin: 0')")
            left = page.evaluate(LEFT, base64.b64encode(line.screenshot()).decode())
            assert told(left), (tree, mark)


def test_a_quotation_names_the_simplified_original(page, site, serve):
    base = serve(site)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + "zh-hant/wangcheng-2023/1-3.html")
    sentence = next(s for s in REPORT.sentences() if s.id == "s1-3-1-1")
    assert page.inner_text("[id='s1-3-1-1']") == SCRIPT(sentence.text)
    page.focus("[id='s1-3-1-1']")
    page.click(".tools button:first-child")
    said, source, address = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert said == SCRIPT(sentence.text)
    assert REPORT.source.particulars.title.text in source and "以簡體原文為準" in source
    assert address == f"{base}wangcheng-2023/1-3.html?h={text_hash(sentence.text)}#s1-3-1-1"
    page.locator(".tools button", has_text="複製鏈接").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"{base}zh-hant/wangcheng-2023/1-3.html?h=")
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    assert page.locator(".changed").count() == 0  # its hash is that of the simplified sentence, which has not changed


@pytest.mark.parametrize("tree", ["", "zh-hant/"])
@pytest.mark.parametrize("query", ["着力加强", "著力加強", "出庭应诉", "出庭應訴"])
def test_either_script_finds_in_either_tree_and_marks_what_it_found(page, site, serve, tree, query):
    base = serve(site)
    page.goto(f"{base}{tree}search.html")
    page.wait_for_selector("[data-search-page][data-ready]", state="visible")
    page.fill("[data-search-page] input", query)
    page.wait_for_selector(f"[data-search-page][data-ready='{query}'] a[data-result]")
    links = page.locator("a[data-result]").evaluate_all("all => all.map((one) => one.href)")
    assert links and all(link.startswith(f"{base}{tree}wangcheng-2023/") for link in links)
    assert {*page.locator("a[data-result] .said").evaluate_all("all => all.map((one) => one.lang)")} == {
        "zh-Hans" if tree else ""  # the index has one script
    }
    page.locator("a[data-result]").first.click()
    page.wait_for_function("CSS.highlights.has('found')")
    simplified = {"著力加強": "着力加强", "出庭應訴": "出庭应诉"}.get(query, query)
    assert {*page.evaluate(MARKED)} == {SCRIPT(simplified) if tree else simplified}


def test_nothing_of_it_is_in_the_index(site):
    assert not [
        path
        for path in (site / "search").iterdir()
        if path.name != "traditional.js" and "zh-hant" in path.read_text("utf-8")
    ]
