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
from baogao.export.records import FIGURE_COLUMNS
from baogao.ids import text_hash
from baogao.publication.publication import understand
from conftest import PRACTICE, SEED, copy_checkout

REPORT = understand(SEED.name, SEED.read_bytes()).report
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"  # what was scrolled is told


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


def test_the_language_switch_keeps_the_page(page, site, serve):
    base = serve(site)
    page.goto(base + "wangcheng-2023/1-3.html")
    page.click("a.switch")
    assert page.url == base + "en/wangcheng-2023/1-3.html"
    assert "Reviewed, unofficial translation" in page.inner_text(".untranslated")
    page.click("a.switch")
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
    page.click("a.switch")
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
    page.locator("a.switch").click()
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


# ---- the page as it is seen


@pytest.mark.parametrize("name", ["1-1", "1-2", "1-3", "1-4", "2", "3", "4"])
def test_a_phones_first_screen_shows_eight_lines_of_the_report(tab, site, serve, name):
    page = tab(390, 660, phone=True)
    page.goto(f"{serve(site)}wangcheng-2023/{name}.html")
    lines = page.evaluate(
        """() => new Set([...document.querySelectorAll('.sentence, h2, h3, h4')]
          .flatMap(e => [...e.getClientRects()]).filter(r => r.bottom <= innerHeight).map(r => Math.round(r.bottom / 8))).size"""
    )
    assert lines >= 8


def opened(tab, address: str, width: int):
    """A page at a width, settled."""
    page = tab(width, 660)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("path", ["wangcheng-2023/1-3.html#s1-3-2-2", "wangcheng-2023/full.html#h1-3", "wangcheng-2023/figures.html#r1-3-1-2-6"])  # fmt: skip
@pytest.mark.parametrize("width", [390, 1440])
def test_no_control_covers_a_target(tab, site, serve, path, width):
    seen_and_free = opened(tab, serve(site) + path, width).evaluate(
        """() => {
          const target = document.querySelector(':target'), box = (target.closest('tr') ?? target).getClientRects()[0];
          const there = document.elementFromPoint(box.left + 4, box.top + box.height / 2);
          return [box.top >= 0 && box.bottom <= innerHeight, Boolean(there?.closest('article'))];
        }"""
    )
    assert seen_and_free == [True, True]


def test_margin_notes_stand_beside_their_figures_and_only_where_there_is_room(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    note = """() => { const s = getComputedStyle(document.querySelector('p a.figure[data-note]'), '::after');
      return [s.content, s.float]; }"""
    content, side = page.evaluate(note)
    assert "轮" in content and side == "right"
    page.set_viewport_size({"width": 1180, "height": 780})
    assert page.evaluate(note)[0] == "none"


def test_the_masthead_goes_while_reading_down_and_comes_back_on_the_way_up(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/full.html")
    shown = "() => document.querySelector('.masthead').getBoundingClientRect().bottom > 0"
    page.mouse.move(700, 500)
    for _ in range(12):
        page.mouse.wheel(0, 200)
        page.wait_for_timeout(40)
    page.wait_for_function(f"!({shown})()")
    for _ in range(6):
        page.mouse.wheel(0, -100)
        page.wait_for_timeout(40)
    page.wait_for_function(f"({shown})()")


def test_text_size_and_dark_are_chosen_in_one_menu_and_kept(tab, site, serve):
    page, base = tab(390, 660), serve(site)
    page.emulate_media(color_scheme="light")
    page.goto(base + "wangcheng-2023/1-3.html")
    size = "() => parseFloat(getComputedStyle(document.querySelector('.sentence')).fontSize)"
    paper = "() => getComputedStyle(document.body).backgroundColor"
    before, light = page.evaluate(size), page.evaluate(paper)
    page.get_by_role("button", name="字号与明暗").click()
    page.get_by_label("大", exact=True).check()
    page.get_by_label("深色").check()
    page.keyboard.press("Escape")
    assert not page.locator("#aa").is_visible()
    assert page.evaluate(size) > before and page.evaluate(paper) != light
    page.goto(base + "wangcheng-2023/1-2.html")
    assert page.evaluate(size) > before
    assert page.get_by_label("大", exact=True).is_checked()


def test_the_contents_open_on_a_phone_without_script_and_lead_to_a_section(tab, site, serve):
    page = tab(390, 660, scripts=False)
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    assert not page.locator("#contents").is_visible()
    page.get_by_role("button", name="目录").click()
    page.locator("#contents").get_by_role("link", name="健全").or_(
        page.locator("#contents a[href='1-2.html']")
    ).first.click()
    assert page.url.endswith("1-2.html")


@pytest.mark.parametrize("path", ["index.html", "wangcheng-2023/index.html", "wangcheng-2023/1-3.html", "wangcheng-2023/figures.html"])  # fmt: skip
@pytest.mark.parametrize("width", [320, 720])
def test_wider_text_spacing_loses_nothing(page, site, serve, path, width):
    """WCAG 2.2, 1.4.12; 720 px is 1440 at 200 %."""
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(serve(site) + path)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        " p { margin-bottom: 2em !important }"
    )
    lost = page.evaluate(
        """() => [...document.querySelectorAll('article *, .foot *, .masthead button')].filter(e => {
          const s = getComputedStyle(e), clips = s.overflowX !== 'visible' && s.overflowX !== 'auto' && e.tagName !== 'svg';
          return clips && !e.closest('.crumbs, .heard, svg, details:not([open])') && e.scrollWidth > e.clientWidth + 1;
        }).map(e => e.outerHTML.slice(0, 100))"""
    )
    assert lost == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_with_reduced_motion_nothing_moves_by_itself(page, site, serve):
    page.emulate_media(reduced_motion="reduce")
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration
          .split(',').some(d => parseFloat(d) > .01)).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_with_forced_colours_links_marks_and_the_strip_can_still_be_told(page, site, serve):
    page.emulate_media(forced_colors="active")
    page.goto(serve(site) + "wangcheng-2023/index.html")
    part, ground = page.evaluate(
        "() => [getComputedStyle(document.querySelector('.parts rect')).fill, getComputedStyle(document.body).backgroundColor]"
    )
    assert part != ground
    page.goto(serve(site) + "wangcheng-2023/1-3.html#s1-3-2-2")
    target = page.evaluate("() => getComputedStyle(document.querySelector(':target')).outlineStyle")
    assert target != "none"


def test_a_keyboard_walk_through_masthead_contents_figures_and_a_sentences_tools(page, site, serve):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(serve(site) + "wangcheng-2023/1-3.html")

    def tab_to(selector: str, limit: int = 60) -> None:
        for _ in range(limit):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                box = page.evaluate(
                    "() => { const r = document.activeElement.getBoundingClientRect(); return r.width * r.height }"
                )
                assert box > 0
                return
        raise AssertionError(f"Tab never reaches {selector}")

    tab_to(".masthead__site")
    tab_to("a.switch")
    tab_to(".masthead__aa")
    page.keyboard.press("Enter")
    assert page.locator("#aa").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.masthead__aa')")
    tab_to(".contents a[aria-current]")
    tab_to(".sentence")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.tools button')")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.tools [role=status]').textContent !== ''")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.sentence')")
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    tab_to(".filter button")
    tab_to("th button")
    tab_to("td summary")
    page.keyboard.press("Enter")
    assert page.locator("td details[open] mark").inner_text() != ""
    tab_to("td a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/1-*.html#f*")


def test_a_section_has_less_than_60_stops_of_tab_and_arrows_lead_through_what_is_marked(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    stops = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex]')]
          .filter(e => e.tabIndex >= 0 && e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })).length"""
    )
    assert 20 < stops < 60
    sentence = page.locator("[id='s1-3-1-2']")
    sentence.focus()
    marked = sentence.locator("a[data-note]").evaluate_all("all => all.map(e => e.textContent)")
    assert len(marked) > 3
    met = []
    for _ in marked:
        page.keyboard.press("ArrowRight")
        met.append(page.evaluate("document.activeElement.textContent"))
    assert met == marked
    assert marked[-1].strip("约") in page.locator(".tools .said").inner_text()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.textContent") == marked[-2]
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "s1-3-1-3"


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


def test_a_focused_figure_keeps_its_tools_when_the_page_moves_under_a_pointer_at_rest(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    box = page.locator("a.figure", has_text="98.5%").bounding_box()
    assert box["y"] > 400
    page.mouse.move(box["x"] + box["width"] / 2, 300)
    page.locator("a.figure", has_text="974人").evaluate("e => e.focus({ preventScroll: true })")
    page.evaluate("y => scrollTo(0, y)", box["y"] + box["height"] / 2 - 300)  # 98.5% comes to where the pointer is
    page.wait_for_function("document.querySelector('a.figure:hover')?.textContent === '98.5%'")
    page.wait_for_timeout(400)
    assert "974人" in tools(page)
    page.mouse.move(box["x"] + box["width"] / 2 - 2, 300)  # now it is meant
    page.wait_for_function("document.querySelector('.tools').textContent.includes('98.5%')")


def test_a_figure_focused_while_a_pointer_waits_for_its_tools_keeps_its_own(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.locator("[id='s1-3-1-1']").hover()
    page.locator("a.figure", has_text="98.5%").evaluate("e => e.focus({ preventScroll: true })")
    page.wait_for_timeout(1300)
    assert "98.5%" in tools(page)


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
    assert all(getattr(REPORT.source.particulars, name).text in copied for name in ("title", "issuer"))
    assert copied.startswith(sentence.text) and copied.endswith(
        f"{base}wangcheng-2023/1-3.html?h={text_hash(sentence.text)}#s1-3-1-2"
    )


def test_on_a_phone_a_tap_on_a_figure_shows_the_strip_and_the_strip_leads_to_the_table(tab, site, serve):
    page = tab(390, 660, phone=True)
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.locator("a.figure", has_text="974人").tap()
    assert "执法人员" in tools(page) and "#" not in page.url
    page.locator(".tools a", has_text="数字表").tap()
    assert page.url.endswith("#r1-3-1-2-6")


@pytest.mark.parametrize("marked", ["a.figure >> text=98.5%", "[id='s1-3-2-2']"])
def test_on_a_phone_a_tap_where_the_strip_will_stand_shows_it_too(tab, site, serve, marked):
    """The strip came under the finger between its press and its click, which then met neither sentence nor figure."""
    page = tab(390, 660, phone=True)
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.locator(marked).evaluate("e => scrollBy(0, e.getClientRects()[0].bottom - innerHeight + 8)")
    box = page.locator(marked).evaluate("e => e.getClientRects()[0].toJSON()")
    assert box["top"] > 600
    page.touchscreen.tap(box["left"] + box["width"] / 2, box["top"] + box["height"] / 2)
    page.wait_for_timeout(300)
    assert page.locator(".tools").is_visible()


def test_a_mouse_that_moved_before_does_not_put_away_what_a_finger_asked_for(tab, site, serve):
    page = tab(390, 660, phone=True)
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    figure = page.locator("a.figure", has_text="974人")
    figure.scroll_into_view_if_needed()
    page.evaluate(DRAWN)
    page.mouse.move(4, 300)
    page.mouse.move(5, 301)
    figure.tap()
    page.wait_for_timeout(300)
    assert "执法人员" in tools(page)


def test_a_theme_that_the_filter_hides_is_shown_to_whoever_follows_its_link(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    page.locator(".filter button", has_text="增减").click()
    link = page.locator(".themes a", has_text="党的领导")
    group = "#" + link.get_attribute("href").partition("#")[2]
    assert not page.locator(group).is_visible()
    link.click()
    assert page.locator(group).is_visible()


def test_doubtful_figures_and_targets_can_be_filtered_and_say_why(page, shelf, serve):
    """03: 1628件 is no doubt; 05: 全年不少于2期 is a target whose sentence does not say of what."""
    page.goto(serve(shelf) + "linyuan-2023/figures.html")
    page.locator(".filter button", has_text="存疑").click()
    doubtful = page.locator("tr:has(.row):visible")
    assert "1628" not in "".join(doubtful.all_inner_texts())
    row = doubtful.filter(has_text="目标").first
    assert "2" in row.locator("td").first.inner_text()
    row.locator("summary").click()
    assert "句中没有说明统计内容" in row.locator("details").inner_text()
    page.locator(".filter button", has_text="目标").click()
    assert all("目标" in row.inner_text() for row in page.locator("tr:has(.row):visible").all())
    page.locator(".filter button", has_text="全部").click()
    assert page.locator("tr:has(.row):visible").count() == int(page.locator("h1").inner_text().split()[0])


def test_a_value_is_shown_as_people_write_it_and_says_the_number_in_full_where_asked(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/figures.html")

    def cells(of: str) -> list[str]:
        row = page.locator("tr", has=page.locator("summary", has_text=of))
        return [cell.inner_text() for cell in row.locator("td").all()[:2]]

    assert cells("系列专题点击量") == ["超340", "万人次"]
    assert cells("四大类项目审批时限") == ["30", "%以上"]
    assert cells("行政复议调解率") == ["翻三番", ""]
    assert page.locator("data", has_text="超340").get_attribute("title") == "＞3,400,000人次"
    assert (
        page.locator("tr", has=page.locator("data", has_text="翻三番")).locator("td .about").last.inner_text()
        == "即 8倍 · 较上年度"
    )


def test_digits_of_a_column_end_under_each_other_and_are_of_one_width(page, site, serve):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    tables = page.evaluate(
        """() => [...document.querySelectorAll('table:has(.row)')].map(table => [...table.tBodies[0].rows].map(row => {
          const digits = row.querySelector('data');
          return [Math.round(digits.getBoundingClientRect().right), getComputedStyle(digits).fontVariantNumeric];
        }))"""
    )
    for rows in tables:
        assert len({right for right, _ in rows}) == 1
        assert all("tabular-nums" in style for _, style in rows)


def test_on_a_phone_value_and_name_stand_together_open_or_not(tab, site, serve):
    page = opened(tab, serve(site) + "wangcheng-2023/figures.html", 390)
    for row in page.locator("tr:has(.row)").all()[:5]:
        for _ in range(2):
            value, name = (row.locator("td").nth(n).bounding_box()["y"] for n in (0, 2))
            assert 0 < name - value < 40
            row.locator("summary").click()


def test_the_place_is_kept_when_the_language_changes_and_nothing_is_marked(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    for id_ in ("s1-3-1-4", "s1-3-2-3"):
        page.evaluate("id => scrollBy(0, document.getElementById(id).getClientRects()[0].top - 90)", id_)
        page.evaluate(f"{DRAWN}.then(() => scrollBy(0, -20))")
        page.evaluate(DRAWN)  # the masthead comes back
        for _ in range(2):
            with page.expect_navigation():
                page.click("a.switch")
            seen = page.evaluate("id => document.getElementById(id).getClientRects()[0].top", id_)
            assert 40 < seen < 300 and not page.url.partition("#")[2]
        assert page.locator(":target, .tools:not([hidden])").count() == 0


def test_a_picture_is_a_table_whose_rows_say_what_its_bars_show(page, shelf, serve):
    page.goto(serve(shelf) + "linyuan-2022/figures.html")
    pictures = page.locator("figure.picture").all()
    assert pictures
    for picture in pictures:
        assert picture.locator("figcaption").inner_text().strip()
        rows = picture.locator("tr").all()
        values = [re.search("[0-9.,]+", row.locator("td").last.inner_text())[0] for row in rows]
        widths = [float(row.locator("rect").get_attribute("width")) for row in rows]
        said = [float(value.replace(",", "")) for value in values]
        assert len(rows) > 1 and [w / max(widths) for w in widths] == pytest.approx(
            [value / max(said) for value in said], abs=0.02
        )
        assert all(row.locator("th").inner_text().strip() for row in rows)
    # 04 一/（一）/1: 96 = 51 + 45
    assert page.locator("figure.picture", has_text="行政权力事项").locator("tbody tr").count() == 2


def test_no_picture_shows_a_single_rate(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    titles = page.locator("figure.picture figcaption").all_inner_texts()
    assert len(titles) == 2 and all(any(word in title for word in ("执法人员", "出庭率")) for title in titles)


def test_figures_are_filtered_by_kind_and_sorted_by_value(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    rows = page.locator("tr:has(.row)")
    total = rows.count()
    page.locator(".filter button", has_text="比率").click()
    shown = [row for row in rows.all() if row.is_visible()]
    assert 0 < len(shown) < total and all("比率" in row.inner_text() for row in shown)
    page.locator(".filter button", has_text="全部").click()
    assert len([row for row in rows.all() if row.is_visible()]) == total
    table = page.locator("table:has(.row)").first
    table.locator("th button").first.click()
    values = [float(one.get_attribute("value")) for one in table.locator("tbody data").all()]  # not as written: 超340
    assert values == sorted(values) and len(values) > 3 and 3_400_000 in values


def test_a_row_opens_its_sentence_with_the_figure_marked(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    row = page.locator("tr:has([id='r1-3-1-2-6'])")
    row.locator("summary").click()
    sentence = next(s for s in REPORT.sentences() if s.id == "s1-3-1-2")
    assert row.locator("mark").inner_text() == "974人"
    assert sentence.text in row.locator("details").evaluate("e => e.textContent")


def test_the_columns_of_the_table_are_described_by_their_names(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    names = page.locator("details.proof code").evaluate_all("all => all.map(e => e.textContent)")
    assert names[: len(FIGURE_COLUMNS)] == list(FIGURE_COLUMNS)


def test_what_the_site_computed_stands_apart_with_its_formula(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    row = page.locator("tr:has([id^=c])", has_text="974 ÷ (1 + 40%)")
    assert "696" in row.inner_text() and "约" in row.inner_text()
    assert page.locator("tr:has(.row) td:first-child", has_text="696").count() == 0


@pytest.mark.parametrize(
    ("start", "on_it"),
    [
        ("wangcheng-2023/index.html", ".headline li:has-text('总出庭率') .about"),
        ("wangcheng-2023/figures.html", "tr:has(.row):has-text('总出庭率') .about"),
        ("wangcheng-2023/1-3.html", "tr:has(.row):has-text('总出庭率') .about"),
        ("en/wangcheng-2023/index.html", ".headline li:has-text('98.5') .about"),
    ],
)
def test_what_was_computed_of_a_figure_stands_beside_it_marked_and_leads_to_how(page, site, serve, start, on_it):
    page.goto(serve(site) + start)
    page.evaluate("document.querySelectorAll('details.rows').forEach(table => table.open = true)")
    said = page.locator(on_it).first
    marked = "the year before: 91.5% (calculated by this site)" if start.startswith("en") else "上年 91.5%（本站计算）"
    change = "↑7 percentage points; " if start.startswith("en") else "↑7个百分点，"
    assert " ".join(said.inner_text().split()) in (change + marked, f"{change} {marked}".replace("  ", " "))
    said.locator("a").click()
    assert "98.5 − 7" in page.locator("tr:has(:target)").inner_text()


def test_from_a_sentence_the_tools_of_a_figure_lead_to_what_was_computed_of_it(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.locator("a.figure", has_text="98.5%").hover()
    page.wait_for_selector(".tools:visible")
    assert "上年 91.5%（本站计算）" in tools(page)
    page.locator(".tools a", has_text="本站计算").click()
    assert "98.5 − 7" in page.locator("tr:has(:target)").inner_text()


def test_what_was_not_found_is_told_as_such_and_leads_to_a_search_of_the_report(page, shelf, serve):
    page.goto(serve(shelf) + "wangcheng-2023/figures.html")
    assert page.locator("#lacking").inner_text() == "程序没有找到的"
    page.locator("#lacking ~ .themes a", has_text="行政应诉案件数").click()
    page.wait_for_selector("a[data-result]")
    assert page.locator("[data-search-page] input").first.input_value() == "应诉"
    assert all("wangcheng-2023" in one.get_attribute("href") for one in page.locator("a[data-result]").all())


def test_the_figures_page_is_complete_without_script(tab, site, serve):
    page = tab(scripts=False)
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    assert page.locator("tr:has(.row)").count() == len(understand(SEED.name, SEED.read_bytes()).figures)


def test_the_finder_narrows_the_list_and_the_address_holds_what_was_chosen(page, shelf, serve):
    base = serve(shelf)
    page.goto(base)
    years = page.eval_on_selector_all(".reports li", "all => all.map(one => one.dataset.year)")
    page.select_option(".finder [name=year]", "2022")
    shown = page.eval_on_selector_all(".reports li:not([hidden])", "all => all.map(one => one.dataset.year)")
    assert shown == ["2022"] * years.count("2022") and 0 < len(shown) < len(years)
    assert page.inner_text("[data-count]") == f"{len(shown)} 份报告"
    # what the other lists still offer
    places = page.eval_on_selector_all(".reports li:not([hidden])", "all => all.map(one => one.dataset.place)")
    for option in page.query_selector_all(".finder [name=place] option[data-name]"):
        assert option.is_disabled() == (option.get_attribute("value") not in places)
    assert page.url.endswith("?year=2022")
    page.reload()
    assert page.locator(".reports li:not([hidden])").count() == len(shown)
    page.click(".finder [type=reset]")
    page.wait_for_function("!document.querySelector('.reports li[hidden]')")
    assert "?" not in page.url and page.inner_text("[data-count]") == f"{len(years)} 份报告"


def test_without_a_script_the_list_is_whole_and_no_dead_lists_stand_there(tab, shelf, serve):
    page = tab(scripts=False)
    page.goto(serve(shelf))
    assert not page.locator(".finder").is_visible()
    assert page.locator(".reports li:visible").count() == len([*shelf.glob("*-20*/report.json")])


# ---- print


def sheets(page) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def test_the_figures_of_the_first_report_print_on_four_sheets_and_every_sheet_says_whose_they_are(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    assert 2 <= sheets(page) <= 4
    head, foot = page.evaluate(
        "['head', 'page'].map(of => getComputedStyle(document.documentElement).getPropertyValue(`--printed-${of}`))"
    )
    assert "长沙市望城区人民政府" in re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m[1], 16)), head) and "2023" in head
    assert foot.startswith('"第 " counter(page)')


# ---- faces and marks

_FAMILY = "one => getComputedStyle(one).fontFamily.split(',')[0].replaceAll('\"', '')"


def test_each_language_has_its_faces_also_inside_the_other(page, shelf, serve):
    """Quotation marks, digits and Latin are those of the language they stand in."""
    chinese, english = "PingFang SC", "system-ui"
    page.goto(serve(shelf) + "wangcheng-2023/1-3-bilingual.html")
    row = page.locator(".pairs__row:not(.pairs__head)").nth(2)
    assert row.locator("div").first.evaluate(_FAMILY) == chinese
    assert row.locator("[lang=en]").first.evaluate(_FAMILY) == english
    page.goto(serve(shelf) + "en/wangcheng-2023/1-3-bilingual.html")
    row = page.locator(".pairs__row:not(.pairs__head)").nth(2)
    assert row.locator("[lang=zh-Hans]").first.evaluate(_FAMILY) == chinese
    assert page.locator("article p.line").first.evaluate(_FAMILY) == english
    page.goto(serve(shelf) + "en/qinghe-2021/1-3.html")  # not translated: Chinese sentences on an English page
    assert page.locator(".sentence[lang=zh-Hans]").first.evaluate(_FAMILY) == chinese


def test_a_half_width_mark_of_chinese_is_drawn_a_whole_em_wide_and_copied_as_printed(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    marks = page.locator(".sentence .wide")
    assert marks.count() > 20
    drawn = marks.evaluate_all(
        """all => all.filter(one => one.className === "wide").map(one =>
          one.getBoundingClientRect().width / parseFloat(getComputedStyle(one).fontSize))"""
    )
    assert all(0.98 < width < 1.02 for width in drawn)
    assert page.evaluate("document.fonts.check('16px \"marks hei\"')")
    own = (one for one in REPORT.sentences() if one.id.startswith("s1-3-"))
    sentence = max(own, key=lambda one: one.text.count(","))
    assert sentence.text.count(",") > 3
    copied = page.evaluate(
        """id => { getSelection().selectAllChildren(document.getElementById(id)); return getSelection().toString(); }""",
        sentence.id,
    )
    assert copied == sentence.text


def test_the_underline_of_a_term_has_a_contrast_of_three(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colours = page.evaluate(
            """() => { const term = document.querySelector("a.term"), probe = document.createElement("canvas").getContext("2d");
              const rgb = (colour) => { probe.fillStyle = colour; probe.fillRect(0, 0, 1, 1);
                return [...probe.getImageData(0, 0, 1, 1).data].slice(0, 3); };
              return [rgb(getComputedStyle(term).textDecorationColor), rgb(getComputedStyle(document.body).backgroundColor)]; }"""
        )
        low, high = sorted(
            sum(
                w * (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4)
                for w, c in zip(_LUMINANCE, colour, strict=True)
            )
            for colour in ([value / 255 for value in one] for one in colours)
        )
        assert (high + 0.05) / (low + 0.05) >= 3


_LUMINANCE = (0.2126, 0.7152, 0.0722)  # of red, green and blue (WCAG 2.2)


def test_levels_have_their_sizes_and_the_reader_chooses_the_face_which_is_kept(page, site, serve):
    base = serve(site)
    page.goto(base + "wangcheng-2023/full.html")
    text = float(page.locator(".sentence").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)"))
    sizes = [
        page.locator(f"article .level-{level}").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        for level in (1, 2, 3)
    ]
    assert [size / text for size in sizes] == pytest.approx([1.45, 1.2, 1.05], abs=0.02)
    page.click(".masthead__aa")
    page.locator("#aa input[value=song]").check()
    assert page.locator(".sentence").first.evaluate(_FAMILY) == "Songti SC"
    page.goto(base + "wangcheng-2023/1-3.html")
    assert page.locator(".sentence").first.evaluate(_FAMILY) == "Songti SC"


def test_tools_of_a_sentence_come_soon_after_the_pointer_rests(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.locator("[id='s1-3-1-4']").hover()
    waited = page.evaluate(
        """() => new Promise(done => { const begin = performance.now(), look = () =>
          document.querySelector(".tools:not([hidden])") ? done(performance.now() - begin) : requestAnimationFrame(look);
          look(); })"""
    )
    assert waited < 1000  # 150 ms where nothing else runs; it was a second and more
