"""Citing in a browser: what the clipboard gets, where a link leads, whether it still holds."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest
from baogao.ids import text_hash
from baogao.publication.verify import Match, check_link, find
from conftest import SEED, published

PUBLICATION = published(SEED)
REPORT = PUBLICATION.report
SENTENCE = next(one for one in REPORT.sentences() if one.id == "s1-3-1-2")
PAGE = "wangcheng-2023/1-3.html"


@pytest.fixture
def reader(page: Any) -> Any:
    """A page that may use the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def pressed(page: Any, name: str) -> str:
    """What the clipboard holds after a tool of the strip was chosen."""
    page.evaluate("navigator.clipboard.writeText('')")
    page.click(f".tools button:has-text('{name}')")
    page.wait_for_function("navigator.clipboard.readText().then((text) => text !== '')")
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_copied_link_leads_to_the_sentence_marks_it_and_says_what_it_read(reader, site, serve, language):
    folder, name = ("", "复制链接") if language == "zh" else ("en/", "Copy link")
    reader.goto(f"{serve(site)}{folder}{PAGE}")
    reader.focus(f"[id='{SENTENCE.id}']")
    link = pressed(reader, name)
    assert f"?h={text_hash(SENTENCE.text)}#{SENTENCE.id}:~:text=" in link
    said = reader.evaluate("id => document.getElementById(id).textContent", SENTENCE.id)
    for part in unquote(link.partition(":~:text=")[2]).split(","):
        assert part.split("，")[0] in said
    assert check_link(link, [PUBLICATION]).kind is Match.EXACT
    reader.goto("about:blank")
    reader.goto(link)
    target = reader.locator(f"[id='{SENTENCE.id}']")
    assert target.evaluate("one => one.matches(':target')") and target.is_visible()
    assert reader.locator(".changed").count() == 0
    reader.wait_for_function("document.querySelector('.arrival').textContent !== ''")
    assert said in reader.inner_text(".arrival")


@pytest.mark.parametrize("style", ["GB/T 7714", "APA", "Chicago"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sentence_is_cited_with_who_issued_it_what_when_and_where_it_stands_here(
    reader, site, serve, language, style
):
    base = serve(site) + ("" if language == "zh" else "en/")
    reader.goto(base + PAGE)
    reader.focus(f"[id='{SENTENCE.id}']")
    reader.click(f".tools button:has-text('{'引用' if language == 'zh' else 'Cite'}')")
    cited = pressed(reader, style)
    particulars = REPORT.source.particulars
    if language == "zh":
        assert cited.startswith(particulars.issuer.text)
    assert particulars.title.text in cited  # in English with the translated title in brackets
    assert "2024" in cited and f"{base}{PAGE}?h={text_hash(SENTENCE.text)}#{SENTENCE.id}" in cited
    assert reader.inner_text(".tools .said") == cited
    assert ("一（三）一是第2句" if language == "zh" else "1.3.1, sentence 2") in cited
    day = reader.evaluate("new Date().toLocaleDateString('sv')")
    assert style != "GB/T 7714" or f"(2024-01-31)[{day}]" in cited
    assert style != "APA" or "(2024, January 31)" in cited


def test_a_figure_is_cited_at_its_own_address(reader, site, serve):
    base = serve(site)
    reader.goto(base + PAGE)
    figure = next(one for one in PUBLICATION.figures if one.sentence == SENTENCE.id)
    reader.focus(f"[id='{figure.id}']")
    reader.click(".tools button:has-text('引用')")
    assert f"{base}{PAGE}?h={text_hash(SENTENCE.text)}#{figure.id}" in pressed(reader, "GB/T 7714")


def test_a_quotation_copied_is_found_word_for_word(reader, site, serve):
    reader.goto(serve(site) + PAGE)
    reader.focus(f"[id='{SENTENCE.id}']")
    quoted = pressed(reader, "复制引文").split("\n")[0]
    assert find(quoted, [PUBLICATION]).kind is Match.EXACT


def test_the_page_says_when_the_sentence_of_a_link_has_changed_or_is_gone(page, site, serve):
    base = serve(site)
    page.goto(f"{base}{PAGE}?h=00000000#{SENTENCE.id}")
    assert page.inner_text(".changed") == "链接生成后，这一句的文字改动过。"
    page.goto(f"{base}en/{PAGE}?h=00000000#s1-3-1-99")
    assert page.inner_text(".changed") == "The sentence the link points to is no longer on this page."


def test_the_report_is_cited_at_the_foot_of_its_pages_without_script_too(tab, site, serve):
    page = tab(scripts=False)
    page.goto(serve(site) + PAGE)
    assert not page.locator(".cite dd").first.is_visible()
    page.click(".cite summary")
    assert REPORT.source.particulars.title.text in page.locator(".cite dd").first.inner_text()
    assert (
        page.locator(".cite p").first.inner_text() == "官方网页未知，引文中的网址是本站转载页的网址。"
    )  # no url in the sidecar
    for ending, holds in {"bib": "@techreport{", "ris": "TY  - RPRT", "csl.json": '"type": "report"'}.items():
        address = page.locator(f".cite a[href$='.{ending}']").evaluate("link => link.href")
        assert holds in page.request.get(address).text()
    page.goto(f"{serve(site)}{PAGE}#{SENTENCE.id}")
    assert page.evaluate("document.querySelector(':target').id") == SENTENCE.id


def test_a_page_whose_address_is_known_says_where_it_was_found(addressed):
    text = (addressed / PAGE).read_text("utf-8")
    cited = re.findall("<dd[^>]*>(.*?)</dd>", text)
    assert len(cited) == 3 and all(f"https://example.org/law/{PAGE}" in one for one in cited)
    ris = (addressed / "wangcheng-2023/report.ris").read_text("utf-8")
    assert "UR  - https://example.org/law/wangcheng-2023/index.html" in ris


def test_on_a_phone_a_sentence_is_cited_from_the_strip_at_the_foot(tab, site, serve):
    # found by a fresh reader: the tool that opens the styles was replaced while pressed, and the strip closed
    page = tab(390, 780, phone=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(serve(site) + PAGE)
    page.locator("a.figure", has_text="974人").tap()
    page.locator(".tools button", has_text="引用").tap()
    page.locator(".tools button", has_text="GB/T 7714").tap()
    page.wait_for_function("document.querySelector('.tools [role=status]').textContent !== ''")
    assert REPORT.source.particulars.title.text in page.evaluate("navigator.clipboard.readText()")


def test_a_shortcoming_leads_to_the_plan_that_answers_it_and_back(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/3.html")
    page.click("ul.linked a >> nth=0")
    page.wait_for_url("**/4.html#h4-0-1")
    page.click("ul.linked:has(.linked__says) a >> nth=0")
    page.wait_for_url("**/3.html#h3-0-1")


def test_on_a_phone_a_tap_on_a_sentence_opens_its_tools_and_another_closes_them(tab, site, serve):
    # found by a fresh reader: only a long press did, and nothing said so
    page = tab(390, 780, phone=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(serve(site) + PAGE)
    id_ = page.evaluate("document.querySelector('.sentence:not(:has(a))').id")  # a tap on a link follows it
    said = next(one.text for one in REPORT.sentences() if one.id == id_)

    def tap():
        place = page.evaluate(
            f"""(() => {{ const sentence = document.getElementById('{id_}');
              sentence.scrollIntoView({{ block: 'center' }});
              const line = sentence.getClientRects()[0]; return [line.left + 20, line.top + line.height / 2] }})()"""
        )
        page.touchscreen.tap(*place)

    tap()
    page.locator(".tools button", has_text="复制引文").tap()
    page.wait_for_function("document.querySelector('.tools [role=status]').textContent !== ''")
    assert page.evaluate("navigator.clipboard.readText()").startswith(said)
    tap()
    assert not page.locator(".tools").is_visible()
    tap()
    page.locator(".tools .close").tap()
    assert not page.locator(".tools").is_visible()


def test_a_click_that_ends_a_long_press_leaves_the_tools_open(tab, site, serve):
    # found by a fresh reader: some browsers send one
    page = tab(390, 780, phone=True)
    page.goto(serve(site) + PAGE)
    place = f"document.getElementById('{SENTENCE.id}')"
    page.evaluate(f"{place}.dispatchEvent(new PointerEvent('pointerdown', {{ bubbles: true, pointerType: 'touch' }}))")
    page.wait_for_selector(".tools", state="visible")
    for event in ("pointerup", "click"):
        page.evaluate(f"{place}.dispatchEvent(new PointerEvent('{event}', {{ bubbles: true, pointerType: 'touch' }}))")
    assert page.locator(".tools").is_visible()
