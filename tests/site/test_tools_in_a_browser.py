"""What the site's script adds to a page: the tools of sentences and figures, what is filtered, sorted, remembered."""

from __future__ import annotations

import re

import pytest
from baogao.export.figure_records import FIGURE_COLUMNS
from baogao.ids import text_hash
from conftest import SEED, understood
from test_seen_in_a_browser import opened

REPORT = understood(SEED).report
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"  # what was scrolled is told


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
    apart = "[...document.querySelectorAll('tr:has(.inference)')].map(({ cells: [value, unit] }) => { const range = document.createRange(); range.selectNode(value.lastChild); return unit.getBoundingClientRect().left - range.getBoundingClientRect().right; })"
    gaps = page.evaluate(apart)
    assert gaps and all(-1 < gap < 4 for gap in gaps)  # what this site computed, too


def test_the_place_is_kept_when_the_language_changes_and_nothing_is_marked(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    for id_ in ("s1-3-1-4", "s1-3-2-3"):
        page.evaluate("id => scrollBy(0, document.getElementById(id).getClientRects()[0].top - 90)", id_)
        page.evaluate(f"{DRAWN}.then(() => scrollBy(0, -20))")
        for other in ("zh-Hant", "zh-Hans") if id_ == "s1-3-1-4" else ("en", "zh-Hans"):
            page.locator(".masthead:not([hidden])").wait_for()  # back on the way up, and where a page opens lower down
            with page.expect_navigation():
                page.click(f"a.switch[hreflang={other}]")
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
        ("index.html", ".headline li:has-text('总出庭率') .about"),
        ("wangcheng-2023/figures.html", "tr:has(.row):has-text('总出庭率') .about"),
        ("wangcheng-2023/1-3.html", "tr:has(.row):has-text('总出庭率') .about"),
        ("en/index.html", ".headline li:has-text('98.5') .about"),
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
    row = page.locator("tr:has(:target)")
    assert "98.5 − 7" in row.inner_text()
    assert row.evaluate("one => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"  # it is marked


def test_from_a_sentence_the_tools_of_a_figure_lead_to_what_was_computed_of_it(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.locator("a.figure", has_text="98.5%").hover()
    page.wait_for_selector(".tools:visible")
    assert "上年 91.5%（本站计算）" in tools(page)
    page.locator(".tools a", has_text="本站计算").click()
    assert "98.5 − 7" in page.locator("tr:has(:target)").inner_text()


def test_what_was_not_found_is_told_as_such_and_leads_to_a_search_of_the_report(page, shelf, serve):
    page.goto(serve(shelf) + "wangcheng-2023/figures.html")
    assert page.locator("#lacking").inner_text() == "程序未找到的指标"
    page.locator("#lacking ~ .themes a", has_text="行政应诉案件数").click()
    page.wait_for_selector("a[data-result]")
    assert page.locator("[data-search-page] input").first.input_value() == "应诉"
    assert all("wangcheng-2023" in one.get_attribute("href") for one in page.locator("a[data-result]").all())


def test_the_figures_page_is_complete_without_script(tab, site, serve):
    page = tab(scripts=False)
    page.goto(serve(site) + "wangcheng-2023/figures.html")
    assert page.locator("tr:has(.row)").count() == len(understood(SEED).figures)


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


COVERED = """() => {
  const strip = document.querySelector(".tools"), box = strip.getBoundingClientRect();
  const apart = (one) => one.right <= box.left + 1 || box.right <= one.left + 1 || one.bottom <= box.top + 3 || box.bottom <= one.top + 3;
  const text = [...document.querySelectorAll("article :is(.pairs__said, .sentence:not(.pairs__row), h2, h3, h4)")];
  const words = text.filter((one) => [...one.getClientRects()].some((line) => !apart(line))).map((one) => one.textContent);
  const notes = [];  // drawn, so that only a hit tells of them
  for (let y = box.top + 4; y < box.bottom; y += 6) for (let x = box.left + 2; x < box.right; x += 6)
    notes.push(...document.elementsFromPoint(x, y).filter((one) => one.matches("a.figure")).map((one) => one.dataset.note));
  return [...words, ...notes];
}"""


@pytest.mark.parametrize("path", ["wangcheng-2023/1-3.html", "en/wangcheng-2023/1-3.html"])
def test_the_tools_of_a_sentence_cover_no_text_and_a_pointer_reaches_them(page, site, serve, path):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(serve(site) + path)
    for id_ in [s.id for s in REPORT.sentences() if s.id.startswith("s1-3-")][:9]:
        page.evaluate("id => scrollBy(0, document.getElementById(id).getClientRects()[0].top - 300)", id_)
        page.evaluate(DRAWN)
        box = page.evaluate("id => document.getElementById(id).getClientRects()[0].toJSON()", id_)
        page.mouse.move(5, 5)
        page.mouse.move(box["left"] + 3, box["top"] + box["height"] / 2)
        page.wait_for_function("id => document.getElementById(id).matches('.meant')", arg=id_)
        assert page.evaluate(COVERED) == []
    strip = page.locator(".tools").bounding_box()
    page.mouse.move(strip["x"] + 9, strip["y"] + 9, steps=12)
    page.wait_for_timeout(900)
    assert page.locator(".tools button:hover").count() == 1


@pytest.mark.parametrize("tree", ["", "en/"])
def test_side_by_side_sentences_and_terms_have_the_tools_they_have_on_their_section(page, site, serve, tree):
    base, id_ = serve(site), "s1-3-1-2"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 1440, "height": 900})
    copied = []
    for name in ("1-3", "1-3-bilingual"):
        page.goto(f"{base}{tree}wangcheng-2023/{name}.html")
        page.focus(f"[id='{id_}']")
        page.click(".tools button >> nth=0")
        copied.append(page.evaluate("navigator.clipboard.readText()"))
    assert copied[0].replace("1-3.html", "1-3-bilingual.html") == copied[1]
    page.locator(f"[id='{id_}'] a.figure").last.focus()  # it has no address of its own
    page.locator(".tools button", has_text="复制链接" if not tree else "Copy link").click()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"1-3-bilingual.html?h={copied[0][-17:-9]}#{id_}")
    page.focus(".pairs [lang] a.term, .pairs a.term")
    note = page.evaluate("document.activeElement.dataset.note")
    assert note and page.inner_text(".tools .said") == note
    page.locator(".tools a").click()
    page.wait_for_url(re.compile("/terms"))


def test_what_is_told_of_a_term_where_it_stands_is_all_that_its_page_tells(page, site, serve):
    """三统一: the report does not say which three; its page said so, and where it stands nobody did."""
    page.goto(serve(site) + "wangcheng-2023/1-2.html")
    note = page.locator("article a.term", has_text="三统一").first.get_attribute("data-note")
    page.goto(serve(site) + "terms/santongyi.html")
    paragraphs = page.locator("article h1 ~ .term-english ~ p").all_inner_texts()[:3]
    assert "报告未列出" in paragraphs[2] and note == "三统一：" + " ".join(paragraphs)
