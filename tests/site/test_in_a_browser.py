"""What only a browser can tell."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from baogao.marks import displayed
from baogao.publication import understand
from conftest import PRACTICE, SEED, build_site
from playwright.sync_api import Error

PAGES = ["index.html", "about.html", "maintainers.html", "wangcheng-2023/index.html", "wangcheng-2023/1.html", "wangcheng-2023/1-3.html", "wangcheng-2023/full.html", "wangcheng-2023/figures.html"]  # fmt: skip
BOTH = [*PAGES, *(f"en/{page}" for page in PAGES)]
REPORT = understand(SEED.name, SEED.read_bytes()).report

ATTACK = "</title><script>window.hit=1</script><img src=x onerror=window.hit=1>{: onclick=window.hit=1 }[x](javascript:window.hit=1){{ 1 }}&amp;|`*_\\"
HOSTILE = f"""某某区2023年度法治政府建设情况报告
一、成效{ATTACK}
\u3000\u3000全年办理\t案件3件{ATTACK}。另有5件  两空格。
一是{ATTACK}健全机制。办理7件。
二是改进。# 甲
(一)乙{ATTACK}
1. 数字12件{ATTACK}。丙。
地区|件数{ATTACK}|备注
东区|3件|无
"""


@pytest.fixture(scope="session")
def hostile(tmp_path_factory) -> Path:
    into = tmp_path_factory.mktemp("hostile")
    sidecar = f"title: '某报告{ATTACK}'\nissuer: '{ATTACK}'\nsource: '{ATTACK}'\nid: hostile\n"
    done = build_site(into, {"a.txt": HOSTILE.encode(), "a.yml": sidecar.encode()})
    assert done.returncode == 0, done.stderr
    return into / "site"


def text_of(page, id_: str) -> str:
    return page.eval_on_selector(f"[id='{id_}']", "e => e.textContent")


def search(page, words: str) -> None:
    page.click(".md-search__input")
    page.fill(".md-search__input", "")
    page.keyboard.type(words)
    page.keyboard.press("Shift")  # the theme listens to keys, and typing Han sends none
    page.wait_for_selector(".md-search-result__item", timeout=15000)


@pytest.mark.parametrize("path", BOTH)
def test_no_request_leaves_the_host_and_no_script_fails(page, site, serve, path):
    base, elsewhere, failures = serve(site), [], []
    page.on("request", lambda r: None if r.url.startswith((base, "data:", "blob:")) else elsewhere.append(r.url))
    page.on("response", lambda r: failures.append(r.url) if r.status >= 400 else None)
    page.on("pageerror", lambda e: failures.append(str(e)))
    page.goto(base + path)
    page.wait_for_load_state("networkidle")
    assert elsewhere == [] and failures == []


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("path", BOTH)
def test_a_page_never_scrolls_sideways(page, site, serve, path, width):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(serve(site) + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_sentence_reads_in_the_browser_as_in_the_file(page, site, serve):
    base = serve(site)
    page.goto(base + "wangcheng-2023/full.html")
    for sentence in REPORT.sentences():
        assert text_of(page, sentence.id) == sentence.text
    for section in REPORT.walk():
        shown = page.eval_on_selector(f"[id='h{section.id}']", "e => e.firstChild && e.innerText").strip()
        assert shown.removesuffix("¶") == REPORT.source.text[section.start : section.head_end]


def test_a_figure_leads_to_its_row_and_the_row_to_its_sentence(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    figure = page.locator("a.figure", has_text="98.5%").first
    id_ = figure.get_attribute("id")
    figure.click()
    row = page.locator(f"tr:has([id='r{id_[1:]}'])")
    assert page.url.endswith(f"#r{id_[1:]}") and "98.5" in row.inner_text() and "出庭率" in row.inner_text()
    row.get_by_role("link").click()
    assert page.url.endswith(f"1-3.html#{id_}")
    assert page.evaluate("document.querySelector(':target').textContent") == "98.5%"


def test_the_language_switch_keeps_the_page(page, site, serve):
    base = serve(site)
    page.goto(base + "wangcheng-2023/1-3.html")
    page.click("a.switch")
    assert page.url == base + "en/wangcheng-2023/1-3.html"
    assert "not translated yet" in page.inner_text(".untranslated")
    assert page.eval_on_selector("[id='s1-3-1-1']", "e => e.lang") == "zh-Hans"
    page.click("a.switch")
    assert page.url == base + "wangcheng-2023/1-3.html"


@pytest.mark.parametrize("words", ["出庭率", "行政复议", "98.5%", "8989起", "湘易办"])
def test_search_finds_the_words_of_the_report_first_on_their_page(page, site, serve, words):
    page.goto(serve(site) + "index.html")
    search(page, words)
    first = page.get_attribute(".md-search-result__item a", "href")
    page.goto(first)
    assert words in page.inner_text("article").replace("\n", "") or words.rstrip("起") in page.inner_text(
        "article"
    ).replace(",", "")


@pytest.mark.parametrize("depth", ["", "a/", "a/b/"])
def test_the_site_works_from_any_sub_path(page, site, tmp_path, serve, depth):
    target = tmp_path / depth / "site"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(site)
    page.goto(f"{serve(tmp_path)}{depth}site/wangcheng-2023/1-3.html")
    assert page.evaluate("getComputedStyle(document.querySelector('a.figure')).fontWeight") == "600"
    page.click("a.switch")
    assert urlparse(page.url).path == f"/{depth}site/en/wangcheng-2023/1-3.html"


def test_the_site_works_by_double_click(page, site):
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="读报告").click()
    assert page.url == (site / "wangcheng-2023/index.html").as_uri()
    page.get_by_role("link", name="一是着力提高执法水平").first.click()
    page.wait_for_selector("a.figure")
    assert page.url == (site / "wangcheng-2023/1-3.html").as_uri() + "#h1-3-1"
    assert page.evaluate("getComputedStyle(document.querySelector('a.figure')).fontWeight") == "600"


def test_reading_needs_no_script(browser, site, serve):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serve(site) + "wangcheng-2023/index.html")
    page.get_by_role("link", name="通读全文").first.click()
    assert "行政机关负责人总出庭率达98.5%" in page.inner_text("article")
    context.close()


# ---- hostile text


def test_no_script_of_a_report_runs_and_its_text_is_whole(page, hostile, serve):
    base, report = serve(hostile), understand("a.txt", HOSTILE.encode()).report
    page.on("dialog", lambda d: d.dismiss())
    for path in sorted(p.relative_to(hostile).as_posix() for p in hostile.rglob("*.html")):
        page.goto(base + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.hit") is None, path
        assert page.eval_on_selector_all("[onclick], [onerror]", "e => e.length") == 0, path
        assert page.eval_on_selector_all("a[href^='javascript']", "e => e.length") == 0, path
    page.goto(base + "hostile/full.html")
    for sentence in report.sentences():
        shown = text_of(page, sentence.id)
        if sentence.part == "table":
            cells = page.eval_on_selector_all(f"[id='{sentence.id}'] > td", "all => all.map(e => e.textContent)")
            assert cells == displayed(sentence.text).split("|")
        else:
            assert shown == displayed(sentence.text)
    for section in report.walk():
        if section.heading:
            assert text_of(page, f"h{section.id}").strip() == report.source.text[section.start : section.head_end]


def test_no_script_of_a_report_runs_in_the_search(page, hostile, serve):
    page.goto(serve(hostile) + "index.html")
    for words in ("健全机制", "script", "onerror"):
        search(page, words)
        page.wait_for_timeout(300)
        assert page.evaluate("window.hit") is None


def test_a_title_is_text_and_no_markup(page, hostile, serve):
    page.goto(serve(hostile) + "hostile/index.html")
    assert page.title().startswith("某报告</title><script>")


# ---- live reload


def test_serve_shows_an_edited_report_sidecar_and_page(page, tmp_path):
    report = PRACTICE[6]
    build_site(tmp_path, {report.name: report.read_bytes()})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)

    def shows(path: str, words: str) -> bool:
        for _ in range(100):
            try:
                page.goto(f"http://127.0.0.1:{port}/{path}")
                if words in page.inner_text("article"):
                    return True
            except Error:
                pass  # not up yet
            time.sleep(0.2)
        return False

    try:
        assert shows("liuqiao-2023/1.html", "户籍人口3.2万人")
        edited = report.read_bytes().replace("3.2万人".encode(), "9.9万人".encode())
        (tmp_path / "seeds" / report.name).write_bytes(edited)
        assert shows("liuqiao-2023/1.html", "户籍人口9.9万人")
        (tmp_path / "seeds" / report.name).with_suffix(".yml").write_text("source: 某某处\n", "utf-8")
        assert shows("liuqiao-2023/index.html", "某某处")
        (tmp_path / "docs/zh/about.md").write_text("# 关于\n\n新写的话。\n", "utf-8")
        assert shows("about.html", "新写的话。")
    finally:
        process.kill()
        process.wait()


# ---- accessibility

# The theme's own: its search dialog and the arrows of its navigation have no name. Both go when those partials do.
OF_THE_THEME = {"aria-dialog-name", "landmark-unique"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("path", BOTH)
def test_axe_finds_nothing(browser, site, serve, path, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 780}, color_scheme=scheme)
    page = context.new_page()
    page.goto(serve(site) + path)
    page.wait_for_load_state("networkidle")
    found = [v for v in Axe().run(page).response["violations"] if v["id"] not in OF_THE_THEME]
    context.close()
    assert [(v["id"], [n["html"][:150] for n in v["nodes"][:3]]) for v in found] == []


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


# ---- what the script adds


def tools(page) -> str:
    return page.inner_text(".tools") if page.locator(".tools").is_visible() else ""


def test_nothing_of_the_tools_is_visible_until_asked_for(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.wait_for_selector(".tools", state="attached")
    assert tools(page) == ""


def test_a_figure_tells_what_it_measures_on_hover_and_on_focus(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.locator("a.figure", has_text="98.5%").hover()
    page.wait_for_function("!document.querySelector('.tools').hidden")
    assert "98.5%" in tools(page) and "出庭率" in tools(page)
    page.locator("a.figure", has_text="974人").focus()
    assert "974人" in tools(page) and "执法人员" in tools(page)
    page.keyboard.press("Escape")
    assert tools(page) == ""


def test_a_sentence_is_reached_by_keyboard_and_its_quotation_copied(page, site, serve):
    base = serve(site)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + "wangcheng-2023/1-3.html")
    page.focus("[id='s1-3-1-1']")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "s1-3-1-2"
    page.click(".tools button:first-child")
    copied = page.evaluate("navigator.clipboard.readText()")
    sentence = next(s for s in REPORT.sentences() if s.id == "s1-3-1-2")
    assert copied.startswith(sentence.text) and copied.endswith(f"{base}wangcheng-2023/1-3.html#s1-3-1-2")


def test_on_a_phone_a_tap_on_a_figure_shows_the_strip_and_the_strip_leads_to_the_table(browser, site, serve):
    context = browser.new_context(viewport={"width": 390, "height": 660}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.locator("a.figure", has_text="974人").tap()
    assert "执法人员" in tools(page) and "#" not in page.url
    page.locator(".tools a").tap()
    assert page.url.endswith("#r1-3-1-2-6")
    context.close()


def test_figures_are_filtered_by_kind_and_sorted_by_value(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    rows = page.locator("tr:has(.row)")
    total = rows.count()
    page.locator(".filter button", has_text="占比").click()
    shown = [row for row in rows.all() if row.is_visible()]
    assert 0 < len(shown) < total and all("占比" in row.inner_text() for row in shown)
    page.locator(".filter button", has_text="全部").click()
    assert len([row for row in rows.all() if row.is_visible()]) == total
    table = page.locator("table:has(.row)").first
    table.locator("th button").first.click()
    values = [float(cell.split()[-1].replace(",", "")) for cell in table.locator("td:first-child").all_inner_texts()]
    assert values == sorted(values) and len(values) > 3


def test_the_figures_page_is_complete_without_script(browser, site, serve):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    assert page.locator("tr:has(.row)").count() == len(understand(SEED.name, SEED.read_bytes()).figures)
    context.close()
