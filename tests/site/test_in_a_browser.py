"""What only a browser can tell."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from urllib.parse import urlparse
from urllib.request import urlopen

import pytest
from conftest import PRACTICE, SEED, copy_checkout, understood

REPORT = understood(SEED).report


def read(page, ids, of: str) -> dict[str, str]:
    """What a function in JavaScript says of the elements of these ids, in one call."""
    return page.evaluate(f"ids => Object.fromEntries(ids.map(id => [id, ({of})(document.getElementById(id))]))", [*ids])


def test_every_sentence_reads_in_the_browser_as_in_the_file(page, site, serve):
    base = serve(site)
    page.goto(base + "wangcheng-2023/full.html")
    sentences, sections = {s.id: s for s in REPORT.sentences()}, {f"h{s.id}": s for s in REPORT.walk()}
    assert read(page, sentences, "e => e.textContent") == {id_: one.text for id_, one in sentences.items()}
    for id_, shown in read(page, sections, "e => e.firstChild && e.innerText").items():
        section = sections[id_]
        assert shown.strip().removesuffix("¶") == REPORT.source.text[section.start : section.head_end]


def test_a_figure_leads_to_its_row_and_the_row_to_its_sentence(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    figure = page.locator("a.figure", has_text="98.5%").first
    id_ = figure.get_attribute("id")
    figure.click()
    row = page.locator(f"tr:has([id='r{id_[1:]}'])")
    assert page.url.endswith(f"#r{id_[1:]}") and "98.5" in row.inner_text() and "出庭率" in row.inner_text()
    row.locator("td:last-child a").click()
    assert page.url.endswith(f"1-3.html#{id_}")
    assert page.evaluate("document.querySelector(':target').textContent") == "98.5%"


def test_side_by_side_keeps_the_place(page, site):
    page.goto(f"{site.as_uri()}/wangcheng-2023/1-3.html#s1-3-2-2")
    page.click("a.beside")
    assert page.url.endswith("/1-3-bilingual.html#s1-3-2-2")
    page.locator(".pairs__row:target").wait_for(state="attached")
    page.click("a.beside")
    assert page.url.endswith("/1-3.html#s1-3-2-2")


def test_the_language_switch_keeps_the_page(page, site, serve):
    base = serve(site)
    page.goto(base + "wangcheng-2023/1-3.html")
    page.click("a.switch[hreflang=en]")
    assert page.url == base + "en/wangcheng-2023/1-3.html"
    assert "Reviewed, unofficial translation" in page.inner_text(".untranslated")
    page.click("a.switch[hreflang=zh-Hans]")
    assert page.url == base + "wangcheng-2023/1-3.html"


def test_a_report_without_english_says_so_and_is_told_as_chinese(page, shelf, serve):
    page.goto(serve(shelf) + "en/qinghe-2021/1-3.html")
    assert "not translated yet" in page.inner_text(".untranslated")
    assert set(page.locator(".sentence").evaluate_all("all => all.map(e => e.lang)")) == {"zh-Hans"}


@pytest.mark.parametrize("depth", ["", "a/", "a/b/"])
def test_the_site_works_from_any_sub_path(page, site, tmp_path, serve, depth):
    target = tmp_path / depth / "site"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(site)
    page.goto(f"{serve(tmp_path)}{depth}site/wangcheng-2023/1-3.html")
    assert page.evaluate("getComputedStyle(document.querySelector('a.figure')).fontWeight") == "500"
    assert page.evaluate("baogaoSearch.ready().then(() => baogaoSearch.find('出庭率')).then(found => found.hits)") == 1
    page.click("a.switch[hreflang=en]")
    assert urlparse(page.url).path == f"/{depth}site/en/wangcheng-2023/1-3.html"


def test_the_site_works_by_double_click(page, site):
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="读报告").click()
    page.wait_for_selector("a.figure")
    assert page.url == (site / "wangcheng-2023/full.html").as_uri()
    page.get_by_role("link", name="一是着力提高执法水平").first.click()
    assert page.url == (site / "wangcheng-2023/full.html").as_uri() + "#h1-3-1"
    assert page.evaluate("getComputedStyle(document.querySelector('a.figure')).fontWeight") == "500"


def test_the_zip_that_is_handed_over_opens_by_double_click(page, site, tmp_path):
    subprocess.run([sys.executable, "-m", "zipfile", "-c", tmp_path / "site.zip", *sorted(site.iterdir())], check=True)
    subprocess.run([sys.executable, "-m", "zipfile", "-e", tmp_path / "site.zip", tmp_path / "unpacked"], check=True)
    page.goto((tmp_path / "unpacked/index.html").as_uri())
    page.get_by_role("link", name="读报告").click()
    page.wait_for_url("**/wangcheng-2023/full.html")
    page.locator("a.switch[hreflang=en]").click()
    page.wait_for_url((tmp_path / "unpacked/en/wangcheng-2023/full.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).position") == "sticky"


def test_reading_needs_no_script(tab, site, serve):
    page = tab(scripts=False)
    page.goto(serve(site) + "wangcheng-2023/index.html")
    page.get_by_role("link", name="读报告").first.click()
    assert "行政机关负责人总出庭率达98.5%" in page.inner_text("article")


def test_without_a_script_the_search_leads_to_the_text_and_says_how_to_find_in_it(tab, site, serve):
    page = tab(scripts=False)
    for folder in ("", "en/"):
        page.goto(f"{serve(site)}{folder}wangcheng-2023/1-3.html")
        assert not page.locator(".masthead__search").is_visible()
        page.locator(".masthead__find").click()
        assert page.url.endswith(f"{folder}wangcheng-2023/full.html") and "Ctrl-F" in page.inner_text(".find")
    page.goto(f"{serve(site)}en/about.html")
    page.locator(".masthead__find").click()
    assert page.url.endswith("en/search.html") and page.locator("article a[href$='full.html']").first.is_visible()


def test_reading_begins_within_one_tap_and_keeps_its_place(tab, site, serve):
    page = tab(390, 780, phone=True)
    page.goto(serve(site))
    page.get_by_role("link", name="读报告").tap()
    page.wait_for_url("**/wangcheng-2023/full.html")
    section = next(s for s in REPORT.walk() if s.id == "1-3-2")
    page.evaluate("id => document.getElementById(id).scrollIntoView()", f"h{section.id}")
    page.wait_for_url(f"**/full.html#h{section.id}")
    page.goto(serve(site))
    page.get_by_role("link", name="读报告").tap()
    offer = page.locator(".read-on")
    assert section.heading.text.rstrip("。") in offer.inner_text()
    offer.tap()
    page.wait_for_url(f"**/full.html#h{section.id}")
    page.wait_for_selector(".read-on", state="detached")


def test_the_contents_of_the_whole_report_stand_once_and_show_what_is_read(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/full.html")
    for section in REPORT.sections:
        assert page.locator("#contents a", has_text=section.heading.text).count() == 1
    page.evaluate("document.getElementById('h3-0-2').scrollIntoView()")
    page.wait_for_selector("#contents a[href='#h3-0-2'][aria-current='location']")


def test_a_part_that_only_holds_parts_is_no_stop_on_the_way(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/index.html")
    met = []
    while page.locator(".foot a[rel=next]").count():
        page.locator(".foot a[rel=next]").click()
        page.wait_for_load_state()
        met.append(page.url.rpartition("/")[2].removesuffix(".html"))
    own = [s.id for s in REPORT.walk() if s.level <= 2 and not any(child.level == 2 for child in s.sections)]
    assert met == [*own, "matters", "figures"]


# ---- live reload


def test_serve_shows_an_edited_report_sidecar_and_page(page, tmp_path):
    from playwright.sync_api import Error

    report = PRACTICE[6]
    copy_checkout(tmp_path, {report.name: report.read_bytes()})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)

    def shows(path: str, words: str) -> bool:
        """Within five minutes on a busy machine; the browser is not asked before the page has the words."""
        address, until = f"http://127.0.0.1:{port}/{path}", time.monotonic() + 300
        while time.monotonic() < until and process.poll() is None:
            try:
                with urlopen(address, timeout=10) as answer:
                    if words in re.sub("<[^>]*>", "", answer.read().decode()):
                        page.goto(address)
                        return words in (page.text_content("article") or "")
            except (OSError, Error):
                pass  # not up yet, or the page was loading itself anew
            time.sleep(0.2)
        return False

    def hits(query: str) -> int:
        asked = "q => baogaoSearch.ready().then(() => baogaoSearch.find(q)).then(found => found.hits)"
        try:
            return page.evaluate(asked, query)
        except Error:  # the page was loading itself anew
            page.wait_for_load_state()
            return page.evaluate(asked, query)

    try:
        assert shows("liuqiao-2023/1.html", "户籍人口3.2万人")
        edited = report.read_bytes().replace("3.2万人".encode(), "9.9万人".encode())
        (tmp_path / "seeds" / report.name).write_bytes(edited)
        assert shows("liuqiao-2023/1.html", "户籍人口9.9万人")
        assert hits("户籍人口9.9万人") == 1
        (tmp_path / "seeds" / report.name).with_suffix(".yml").write_text("source: 某某处\n", "utf-8")
        assert shows("liuqiao-2023/index.html", "某某处")
        (tmp_path / "docs/zh/about.md").write_text("# 关于\n\n新写的话。\n", "utf-8")
        assert shows("about.html", "新写的话。")
    finally:
        process.kill()
        process.wait()


# ---- copying: no id, mark or note in the clipboard


def test_a_selection_over_a_section_is_clean_text(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    selected = page.evaluate(
        """() => {
          const selection = getSelection(), range = document.createRange();
          range.setStart(document.getElementById('h1-3-1'), 0);
          const last = [...document.querySelectorAll('.sentence')].at(-1);
          range.setEnd(last, last.childNodes.length);
          selection.removeAllRanges(); selection.addRange(range);
          return selection.toString();
        }"""
    )
    text = REPORT.source.text
    section = next(section for section in REPORT.walk() if section.id == "1-3")
    own = text[section.sections[0].start : section.end]
    assert "".join(selected.split()) == "".join(own.split())
