"""The page on plan, results and shortcomings: every cell the report's own, in both languages, as data; a card on a phone."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

import pytest
from baogao.ids import MATTERS, node_of, page_of
from baogao.publication.publication import understand
from baogao.publication.sidecar import read_sidecar
from baogao.relations.links import Reason, links
from baogao.relations.matters import matters
from baogao.relations.tensions import tensions
from baogao.site import linked
from baogao.site.pages import files
from baogao.wording.names import Names
from conftest import made_of_nine, nine, texts

SHELF = nine()
MADE = texts(made_of_nine())
LINKS = links(SHELF)
ROWS = {one.id: matters(one, [link for link in LINKS if link.from_.publication == one.id]) for one in SHELF}


def made(language: str, report: str, name: str = MATTERS) -> str:
    return MADE[f"{language}/{report}/{name}.md"]


def words(html: str) -> str:
    return unescape(re.sub("<[^>]+>", "", html))


@pytest.mark.parametrize("publication", SHELF, ids=lambda one: one.id)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_matter_has_a_row_and_every_cell_leads_to_its_sentence(publication, language):
    text = made(language, publication.id)
    shown = re.findall(r'<tr id="(m[^"]+)"[^>]*>(.*?)</tr>', text, re.S)
    assert sorted(id_ for id_, _ in shown) == sorted(one.id for one in ROWS[publication.id])
    for one in ROWS[publication.id]:
        row = dict(shown)[one.id]
        spans = [*([one.plan] if one.plan else []), *(m.span for m in one.measures), *(lack.span for lack in one.lacks)]
        for span in spans:
            assert f'href="{page_of(node_of(span.anchor))}.html#{span.anchor}"' in row, span
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        assert len(cells) == 4 and all(words(cell).strip() for cell in cells)  # an empty one says that it is


@pytest.mark.parametrize("publication", SHELF, ids=lambda one: one.id)
def test_a_cell_is_the_reports_own_sentence_cut_at_a_mark(publication):
    source = re.sub(r"\s", "", publication.report.source.text)
    cells = re.findall(
        r'<div class="matter__cell">(.*?)<a class="from"',
        made("zh", publication.id).partition("{: #promises }")[0],
        re.S,
    )
    assert cells
    for cell in cells:
        said = re.sub(r"\s", "", words(re.sub(r'<span class="matter(?:__|&#95;&#95;)note.*?</span>', "", cell)))
        assert said.removesuffix("…") in source, said


def test_what_is_repeated_is_marked_on_both_sides():
    for publication in SHELF:
        text = made("zh", publication.id)
        for one in ROWS[publication.id]:
            row = re.search(rf'<tr id="{one.id}"[^>]*>(.*?)</tr>', text, re.S)[1]
            cells = re.findall(r'<div class="matter__cell">(.*?)<a class="from"', row, re.S)
            marked = [words(run) for cell in cells for run in re.findall("<mark>(.*?)</mark>", cell)]
            runs = {run for measure in one.measures for run in measure.repeated}
            assert bool(marked) is bool(runs) and set(marked) <= runs
    assert sum(one.repeated for one in ROWS[SHELF[0].id]) == 3  # 三统一, 三项制度, and the business environment


def test_the_overview_shows_three_lines_and_a_shortcoming_leads_to_its_row():
    for language in ("zh", "en"):
        overview = made(language, SHELF[0].id, "index").partition("{: #matters }")[2].partition("\n## ")[0]
        ids = re.findall(r'href="matters.html#(m[^"]+)"', overview)
        assert len(ids) == 3 and set(ids) <= {one.id for one in ROWS[SHELF[0].id]}
        section = made(language, SHELF[0].id, "3")
        assert re.findall('href="matters.html#(m[^"]+)"', section) == [one.id for one in ROWS[SHELF[0].id] if one.lacks]
        assert section.count('class="reason"') == 2 and "<table" not in section  # each is told once


def test_an_english_line_of_the_overview_is_cut_where_a_phrase_ends():
    said = "The office will make greater use of the results of the 3 yearly inspections that were held"
    assert linked.phrase(said, 60) == "The office will make greater use of the results…"
    assert linked.phrase("It handled 12,345 cases", 15) == "It handled…"
    assert linked.phrase("落实" * 20, 10) == "落实" * 5 + "…"


def test_each_line_of_the_overview_is_another_passage():
    given = "links:\n" + "".join(f"  - {{from: s2-1, to: s3-{n}, why: 读出来的}}\n" for n in (1, 2))
    text = (
        "清岭市2023年度法治政府建设情况报告\n一、主要成效\n修订规范性文件3件。\n二、存在的不足\n行政复议没有听证室。\n"
        "三、下一步打算\n修建听证场所。\n缩短案件用时。\n修订规范性文件。\n"
    )
    publication = understand("a.txt", text.encode(), read_sidecar("a.yml", given.encode()))
    made_ = texts(files([publication]))
    overview = made_[f"zh/{publication.id}/index.md"].partition("{: #abstract }")[2].partition("\n## 各部分")[0]
    told = [re.findall("行政复议没有听证室|修订规范性文件", words(line)) for line in overview.splitlines()]
    assert [*filter(None, told)] == [
        ["修订规范性文件"],
        ["行政复议没有听证室"],
        ["修订规范性文件"],
    ]  # of results, of the plan
    answered = next(line for line in overview.splitlines() if "没有听证室" in line)
    assert words("计划有回应") in words(answered) and 'class="answer" href="matters.html#m' in answered


def test_reasons_on_an_english_page_of_a_translated_report_are_english():
    for name in ("3", "4", MATTERS):
        page = made("en", SHELF[0].id, name)
        told = re.findall('<span class="(?:linked__why|matter__checked)">(.*?)</span>(?:</li>|</div>)', page)
        assert any("checked" in said for said in told)
        for said in told:
            assert not re.search("[\u3400-\u9fff]", words(said)), said


def test_a_reason_without_english_is_told_as_chinese_on_an_english_page():
    told = linked.checked(Names(SHELF[0], "en"), Reason("说的是整改"))
    assert '<span class="reason" lang="zh-Hans">说的是整改</span>' in told


def test_last_years_plan_stands_beside_what_this_year_reports():
    later = next(one for one in SHELF if one.id == "qinghe-2022")
    text = made("zh", later.id).partition("{: #promises }")[2]
    assert "着力提升出庭应诉水平" in words(text) and 'href="../qinghe-2021/3.html' not in text
    assert re.search(r'href="\.\./qinghe-2021/4\.html#', text)
    assert "{: #promises }" not in made("zh", "qinghe-2021")


def test_csv_and_report_json_hold_the_rows():
    for publication in SHELF:
        rows = list(csv.DictReader(io.StringIO(MADE[f"static/{publication.id}/{MATTERS}.csv"])))
        record = json.loads(MADE[f"zh/{publication.id}/report.json"])["matters"]
        assert [row["id"] for row in rows] == [one["id"] for one in record] == [one.id for one in ROWS[publication.id]]
        text = publication.report.source.text
        for row, one in zip(rows, record, strict=True):
            span = one["plan"]
            assert row["plan"] == (" ".join(text[span["start"] : span["end"]].split()) if span else "")
            assert row["figures"] == "；".join(id_ for measure in one["measures"] for id_ in measure["figures"])


def test_what_asks_for_a_question_is_told_in_both_languages_with_its_sentences_and_as_data():
    told = {one.id: tensions(one) for one in SHELF}
    assert sum(map(len, told.values())) >= 2  # of the first report, and a total of the practice reports
    for publication in SHELF:
        for language in ("zh", "en"):
            part = made(language, publication.id).partition("{: #tensions }")[2]
            asked = re.findall(r'<div class="asked" id="([^"]+)">(.*?)</div>\n</div>', part, re.S)
            assert [id_ for id_, _ in asked] == [one.id for one in told[publication.id]]
            for one, (_, html) in zip(told[publication.id], asked, strict=True):
                assert re.search(r"[?？]</p>|[?？] <span", html)
                assert re.findall(r'class="from" href="[^#"]*#([^"]+)"', html) == [s.anchor for s in one.statements]
        record = json.loads(MADE[f"zh/{publication.id}/report.json"])["tensions"]
        assert [one["id"] for one in record] == [one.id for one in told[publication.id]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_rows_stand_in_both_languages_side_by_side_where_there_is_english(language):
    html = made(language, SHELF[0].id, f"{MATTERS}-bilingual")
    assert re.findall('pairs__matter" id="([^"]+)"', html) == re.findall('<tr id="([^"]+)"', made("zh", SHELF[0].id))
    pairs = re.findall(r'<div class="pairs__row"><div([^>]*)>(.*)</div><div([^>]*)>(.*)</div></div>', html)
    other = {"zh": ("", ' lang="en"'), "en": (' lang="zh-Hans"', "")}[language]
    assert len(pairs) > 20 and {(a, b) for a, _, b, _ in pairs} == {other}
    empty = 0
    for _, chinese, _, english in pairs:
        english = re.sub('<span class="reason" lang="zh-Hans">.*?</span>', "", english)
        assert re.search("[\u3400-\u9fff]", words(chinese)) and not re.search("[\u3400-\u9fff]", words(english))
        assert "…" not in words(chinese + english)
        there = [re.findall('#([^"]+)"', said) for said in (chinese, english)]
        assert there[0] == there[1] and bool(there[0]) is ('class="none"' not in english)
        empty += not there[0]
    own = [
        (one.plan, one.measures, [f for m in one.measures for f in m.figures], one.lacks) for one in ROWS[SHELF[0].id]
    ]
    assert empty == sum(not cell for row in own for cell in row)
    jumps = re.findall('href="#([^"]+)"', html.partition('<p class="jumps">')[2].partition("</p>")[0])
    assert jumps == re.findall('pairs__heading" id="([^"]+)"', html) != []
    assert f"{language}/{SHELF[1].id}/{MATTERS}-bilingual.md" not in MADE  # no English
    assert f'href="{MATTERS}-bilingual.html"' in made(language, SHELF[0].id)


def test_a_count_of_the_tally_shows_the_rows_it_counts(tab, site):
    page = tab(1440, 900)
    page.goto(f"{site.as_uri()}/wangcheng-2023/{MATTERS}.html")
    shown = (
        "[...document.querySelectorAll('table.matters tbody tr')].filter(one => one.offsetParent).map(one => one.id)"
    )
    every = page.evaluate(shown)
    page.click(".tally a[href='#is-repeated']")
    assert page.evaluate(shown) == [one.id for one in ROWS[SHELF[0].id] if one.repeated]
    assert page.evaluate("[...document.querySelectorAll('h2 + p')].every(one => !one.offsetParent)")  # counts all rows
    page.click(".tally__all a")
    assert page.evaluate(shown) == every


def test_the_label_of_a_count_leads_there_too_and_the_chosen_one_is_marked(tab, site):
    page = tab(390, 800, phone=True)
    page.goto(f"{site.as_uri()}/wangcheng-2023/{MATTERS}.html")
    page.locator(".tally dt").nth(1).tap(force=True)  # the link lies over it
    marked = "[...document.querySelectorAll('.tally div')].map(one => getComputedStyle(one).borderBottomColor)"
    first, second, *others = page.evaluate(marked)
    assert page.url.endswith("#is-repeated") and second != first and set(others) == {first}


def test_a_count_stands_in_the_line_of_its_theme(tab, site):
    page = tab(390, 800, phone=True)
    page.goto(f"{site.as_uri()}/en/wangcheng-2023/{MATTERS}.html")
    ends = "[...document.querySelectorAll('.jump')].map(one => [one.lastChild, one.firstChild].map(it => [...it.getClientRects()].at(-1).bottom))"
    assert all(abs(count - theme) < 6 for count, theme in page.evaluate(ends))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


CELLS = "[...document.querySelectorAll('table.matters tbody tr:first-child td')].slice(0, 4).map(one => one.getBoundingClientRect().toJSON())"
NAME = "getComputedStyle(document.querySelector('table.matters td'), '::before').content"


def test_a_row_is_a_card_on_a_phone_and_a_row_on_a_desk(tab, site):
    path = f"{site.as_uri()}/wangcheng-2023/{MATTERS}.html"
    phone, desk = tab(390, 800, phone=True), tab(1440, 900)
    phone.goto(path)
    cells = phone.evaluate(CELLS)
    assert all(a["bottom"] <= b["top"] + 1 for a, b in zip(cells, cells[1:], strict=False))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390 and "计划" in phone.evaluate(NAME)
    desk.goto(path)
    cells = desk.evaluate(CELLS)
    assert all(a["right"] <= b["left"] + 1 for a, b in zip(cells, cells[1:], strict=False))
    assert desk.evaluate(NAME) == "none"


def test_it_prints_on_landscape_and_a_section_that_shows_rows_does_not(tab, site):
    desk = tab(1440, 900)
    for name, wide in ((MATTERS, True), (f"{MATTERS}-bilingual", True), ("3", False)):
        desk.goto(f"{site.as_uri()}/wangcheng-2023/{name}.html")
        width, height = map(
            float, re.search(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", desk.pdf(prefer_css_page_size=True)).groups()
        )
        assert (width > height) is wide, name


def test_the_home_of_one_report_leads_to_it_in_one_tap_where_there_is_such_a_page():
    without = understand("a.txt", "清岭市2023年度法治政府建设情况报告\n一、主要成效\n修订规范性文件3件。\n".encode())
    for publication, is_there in ((SHELF[0], True), (without, False)):
        pages = texts(files([publication]))
        for tree in ("zh", "en"):
            link = f"]({publication.id}/{MATTERS}.md){{: .button }}"
            assert (link in pages[f"{tree}/index.md"]) is is_there is (f"{tree}/{publication.id}/{MATTERS}.md" in pages)
