"""Pages of years and places: there when there are two reports, absent when there is one; what they link to and say."""

from __future__ import annotations

import csv
import html
import io
import json
import posixpath
import re
from html.parser import HTMLParser

import pytest
from baogao.publication.publication import understand
from baogao.site.pages import files
from conftest import made_of_nine, nine, texts

SHELF = (*nine()[1:], nine()[0])
MADE = texts(made_of_nine())
BY_ID = {one.id: one for one in SHELF}
NAMES = ("/indicators", "/places/", "/published", "/since.")
OWN = sorted(path for path in MADE if any(name in path for name in NAMES) and path.endswith(".md"))


def body(path: str) -> str:
    return MADE[path].partition("\n---\n")[2]


def test_one_report_has_none_of_these_pages_and_no_link_to_any():
    for alone in (SHELF[0], SHELF[-1]):
        made = texts(files([alone]))
        assert [path for path in made if any(name in f"/{path}" for name in NAMES)] == []
        pages = [text for path, text in made.items() if path.endswith(".md") and not path.startswith("static/")]
        assert not any(re.search(r"indicators/|places/|(indicators|published|since)\.(md|html)", t) for t in pages)


def test_two_years_of_a_place_have_them_all():
    made = [file.path for file in files(SHELF[:2])]
    for language in ("zh", "en"):
        for path in ("indicators.md", "indicators/fuyi-shouli.md", "places/qinghe.md", "published.md"):
            assert f"{language}/{path}" in made
        assert f"{language}/qinghe-2022/since.md" in made and f"{language}/qinghe-2021/since.md" not in made


def test_two_places_of_one_year_have_no_page_of_a_place_and_none_on_last_year():
    made = [file.path for file in files([BY_ID["qinghe-2023"], BY_ID["linyuan-2023"]])]
    assert "zh/indicators/fuyi-shouli.md" in made and "zh/published.md" in made
    assert not [path for path in made if "/places/" in path or "since." in path]


def test_the_pages_are_the_same_whatever_else_is_made_before():
    again = texts(files(SHELF))
    assert [path for path in OWN if again[path] != MADE[path]] == []


@pytest.mark.parametrize("path", OWN)
def test_every_value_leads_to_its_figure(path):
    for link, anchor in re.findall(r'href="([^"#]*)#(f[0-9][0-9a-z-]+)"', body(path)):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link)).replace(".html", ".md")
        assert f'id="{anchor}"' in MADE[target], (path, link, anchor)


def cells(path: str, row: str) -> list[str]:
    """The words of a row of a table, a string a cell."""
    found = next(r for r in re.findall("<tr>(.*?)</tr>", body(path), re.S) if f">{row}<" in r)
    return [_words(cell) for cell in re.findall("<td>(.*?)</td>", found, re.S)]


def _words(markup: str) -> str:
    markup = re.sub('<span class="heard">.*?</span>', "", markup)
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", markup)).split())


def test_the_table_of_an_indicator_gives_a_cell_a_year_and_a_dash_where_none_is_stated():
    # 2021 and 2023 as printed; 2022 says nothing of it
    assert cells("zh/indicators/baisu-lv.md", "清河区") == ["12.5", "–", "6.3"]


def test_a_target_is_told_from_a_result_and_names_its_report():
    assert cells("zh/indicators/chuting-lv.md", "清河区") == [
        "81.3",
        "93.6 ≥ 90 目标 · 见 2021 年报告",
        "71.4 说法不同",
    ]
    assert cells("en/indicators/chuting-lv.md", "Qinghe")[1] == "93.6 ≥ 90 Target · see the 2021 report"


def test_a_line_is_drawn_only_where_years_are_joined():
    page = body("zh/indicators/chuting-lv.md")
    figure = re.search('id="line-qinghe">.*?</figure>', page, re.S)[0]
    points = re.findall(r'class="point" d="M(\d+) (\d+)', figure)
    (segment,) = re.findall(r'class="segment" d="M(\d+) (\d+)L(\d+) (\d+)"', figure)
    assert len(points) == 3 and segment == (*points[0], *points[1])
    assert figure.count("point--target") == 1  # the aim of 90%
    assert (
        'class="segment"' not in re.search('id="line-qinghe">.*?</figure>', body("zh/indicators/baisu-lv.md"), re.S)[0]
    )


def test_the_height_of_a_point_is_its_share_of_the_scale():
    figure = re.search('id="line-qinghe">.*?</figure>', body("zh/indicators/fuyi-shouli.md"), re.S)[0]
    heights = [1000 - int(y) for _, y in re.findall(r'class="point" d="M(\d+) (\d+)', figure)]
    assert [round(205 * h / heights[-1]) for h in heights] == [79, 151, 205]


def test_nothing_is_drawn_that_stands_still_near_all():
    said = [
        f"甲川县人民政府关于{year}年度法治政府建设情况的报告\n一、主要成效\n政务服务事项网上可办率{share}%。\n"
        for year, share in ((2021, 98), (2022, 100))
    ]
    made = texts(files([understand("a.txt", text.encode()) for text in said]))
    page = made["zh/indicators/shixiang-lv.md"]
    assert "<svg" not in page and ">98</a>" in page and ">100</a>" in page
    moved = [understand("a.txt", text.replace("98%", "58%").encode()) for text in said]
    assert "<svg" in texts(files(moved))["zh/indicators/shixiang-lv.md"]  # control


def test_an_aim_far_off_brings_no_empty_years_and_is_not_drawn():
    text = (
        "甲川县人民政府关于{}年度法治政府建设情况的报告\n一、主要成效\n行政机关负责人出庭应诉率{}%。\n"
        "二、下年工作安排\n到2035年，行政机关负责人出庭应诉率达到95%以上。\n"
    )
    years = [understand("a.txt", text.format(*one).encode()) for one in ((2021, 60), (2023, 80))]
    page = texts(files(years))["zh/indicators/chuting-lv.md"]
    assert re.findall(r'<th scope="col">(\d{4})</th>', page) == ["2021", "2022", "2023", "2035"]
    figure = re.search("<figure.*?</figure>", page, re.S)[0]
    assert re.findall(r"<li>(\d*)</li>", figure) == ["2021", "2022", "2023"] and "point--target" not in figure


def test_the_data_of_an_indicator_stand_at_its_address():
    for folder in ("", "en/"):
        record = json.loads(MADE[f"static/{folder}indicators/fuyi-shouli.json"])
        series = next(one for one in record["series"] if one["body"] == "qinghe")
        assert [(s["year"], s["figure"]["value"]) for s in series["statements"]] == [
            (2021, 79),
            (2022, 151),
            (2023, 205),
        ]
        assert len(series["joined"]) == 2
        rows = list(csv.DictReader(io.StringIO(MADE[f"static/{folder}indicators/fuyi-shouli.csv"], newline="")))
        assert [(r["year"], r["value"], r["report"]) for r in rows if r["body"] == "qinghe"] == [
            ("2021", "79", "qinghe-2021"), ("2022", "151", "qinghe-2022"), ("2023", "205", "qinghe-2023"),
        ]  # fmt: skip


def test_a_changed_sentence_shows_both_years_and_tells_what_is_new_and_gone():
    page = body("zh/qinghe-2022/since.md")
    line = next(p for p in re.findall('<p class="rewritten">.*?</p>', page, re.S) if "81.3" in p)
    assert '<ins><span class="heard">新增：</span>上升到93.6%</ins>' in html.unescape(line)
    assert '<del><span class="heard">删去：</span>' in line
    assert "../qinghe-2021/1-4.html#s1-4-2-1" in line and "1-4.html#s1-4-2" in line


def test_what_is_not_found_of_a_plan_is_not_said_to_be_undone():
    page = body("zh/qinghe-2023/since.md")
    summary = re.search("<summary>(.*?找到对应段落.*?)</summary>", page)[1]
    lacking = page.partition(summary)[2].partition("</details>")[0]
    assert "不等于没有做" in summary and "业务培训4期以上" in lacking and "推动行政复议调解和解率" not in lacking
    assert "not done" in body("en/qinghe-2023/since.md")


# place, year: as the pages print it, the days counted by hand from 1 April
PUBLISHED = {
    "清河区": ["2022-02-16 早 44 天 四项都有", "2023-02-06 早 54 天 四项都有", "2024-03-05 早 27 天 四项都有"],
    "临沅县": ["–", "不详 四项都有", "2024-01-30 早 62 天 四项都有"],
}


@pytest.mark.parametrize("place", PUBLISHED)
def test_who_published_when(place):
    assert cells("zh/published.md", place) == PUBLISHED[place]


def test_a_content_that_is_not_found_is_named_and_a_late_report_is_counted():
    text = "甲川县人民政府关于{}年度法治政府建设情况的报告\n发布日期：{}\n一、主要成效\n规范执法。\n二、下年工作安排\n加强培训。\n"
    made = files(
        [understand("a.txt", text.format(*one).encode()) for one in ((2021, "2022-04-03"), (2022, "2023-04-01"))]
    )
    page = next(f.content.decode() for f in made if f.path == "zh/published.md")
    (row,) = [r for r in re.findall("<tr>(.*?)</tr>", page, re.S) if "甲川县" in r]
    said = [_words(cell) for cell in re.findall("<td>(.*?)</td>", row, re.S)]
    assert said == ["2022-04-03 晚 2 天 未见：不足、第一责任人", "2023-04-01 当天 未见：不足、第一责任人"]


def test_only_kinds_the_law_speaks_of_are_in_the_table_of_publication():
    text = "{}年政府工作报告\n各位代表：\n一、{}年工作回顾\n办理人大代表建议{}件。\n"
    from baogao.publication.sidecar import read_sidecar

    place = read_sidecar("a.yml", "place: 甲川市\n".encode())
    years = [understand("a.txt", text.format(y, y - 1, n).encode(), place) for y, n in ((2021, 30), (2022, 40))]
    made = [file.path for file in files(years)]
    assert "zh/published.md" not in made and "zh/places/jiachuan.md" in made and "zh/indicators/jianyi.md" in made


def test_a_place_lists_its_reports_and_leads_to_its_feed():
    page = body("zh/places/qinghe.md")
    assert re.findall(r'<th scope="row">(\d{4})</th>', page) == ["2023", "2022", "2021"]
    assert 'href="../feed/qinghe.xml"' in page and "static/feed/qinghe.xml" in MADE
    assert page.count("since.html") == 2


def test_the_report_leads_to_them_and_the_first_page_to_the_lists():
    overview = body("zh/qinghe-2022/index.md")
    assert "(since.md)" in overview and "(../places/qinghe.md)" in overview
    assert "(since.md)" not in body("zh/qinghe-2021/index.md")
    assert 'href="../indicators/fuyi-shouli.html"' in body("zh/qinghe-2022/figures.md")
    assert "(indicators.md)" in body("en/index.md") and "(published.md)" in body("en/index.md")


class _Chinese(HTMLParser):
    """Chinese characters that stand in no element told as Chinese."""

    VOID = ("br", "path", "img", "input")

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.langs, self.found = [""], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag not in self.VOID:
            self.langs.append(dict(attributes).get("lang", self.langs[-1]))

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.langs.pop()

    def handle_data(self, data):
        if self.langs[-1] != "zh-Hans" and re.search("[一-鿿]", data):
            self.found.append(data)


@pytest.mark.parametrize("path", [path for path in OWN if path.startswith("en/")])
def test_chinese_on_an_english_page_is_told_as_chinese(path):
    assert _Chinese(body(path)).found == []


def test_a_hostile_sentence_is_shown_and_never_markup():
    hostile = "收到<i 行政复议申请{}件*b*，均已办结[甲](x)。\n开展了培训。"
    text = "甲川县人民政府关于{}年度法治政府建设情况的报告\n一、主要成效\n{}\n"
    years = [understand("a.txt", text.format(y, hostile.format(n)).encode()) for y, n in ((2021, 3), (2022, 4))]
    page = next(f.content.decode() for f in files(years) if f.path == "zh/jiachuan-2022/since.md")
    assert "<i " not in page and "[甲](x)" not in page and "*b*" not in page and "&#60;i 行政复议" in page
