"""A saved page, a Word file, a PDF and a text come in by one command each; their site says what they say."""

import csv
import json
import re
from html import unescape

import pytest
from baogao.cli import main
from click.testing import CliRunner
from conftest import PRACTICE, ROOT, build_site
from pdfs import Sheet, pdf
from test_word import REPORT, p, package

PAGE = ROOT / "tests/fixtures/forms/layout-tables.html"
CELLS = [["乡镇", "受理（件）", "办结（件）"], ["东河镇", "312", "309"], ["西山乡", "208", "208"]]
TABLE = (
    "<w:tbl>"
    + "".join("<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in CELLS)
    + "</w:tbl>"
)
WORD = package(
    p("南溪县人民政府")
    + p("关于2022年度法治政府建设情况的报告")
    + p("2022年，南溪县扎实推进法治政府建设。现将有关情况报告如下：")
    + p("主要举措和成效", "1/0")
    + p("规范行政执法", "1/1")
    + p("全年开展执法检查1246次。各乡镇受理和办结的案件如下：")
    + TABLE
    + p("化解矛盾纠纷", "1/1")
    + p("调解纠纷3520件，调解成功率98.6%。")
    + p("存在的不足", "1/0")
    + p("执法力量仍较薄弱。")
    + p("2023年工作安排", "1/0")
    + p("加强执法培训，全年培训不少于2次。")
    + p("南溪县人民政府")
    + p("2023年2月8日"),
    numbering=REPORT,
)


FIRST = "2023年，云岭县扎实推进法治政府建设，全年开展执法检查1246次，办理行政复议案件98件，办结率98.6%。"
SECOND = "执法力量仍较薄弱，基层人员不足，全县执法人员312人，其中持证人员309人，培训不够。"


def paged() -> bytes:
    first, second = Sheet().text(115, 740, "云岭县人民政府2023年法治政府建设情况报告", 18), Sheet()
    first.prose(90, first.prose(90, 700, "一、主要成效"), FIRST)
    second.prose(90, second.prose(90, 700, "二、存在的不足"), SECOND)
    return pdf(first, second)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The site of all, and what the command said of each."""
    here = tmp_path_factory.mktemp("forms")
    given = {"page.html": PAGE.read_bytes(), "report.docx": WORD, "report.txt": PRACTICE[0].read_bytes()}
    given["report.pdf"] = paged()
    said = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        patch.setenv("LC_ALL", "C.UTF-8")
        (here / "seeds").mkdir()
        for name, data in given.items():
            (here / name).write_bytes(data)
            done = CliRunner().invoke(main, ["add", name])
            assert done.exit_code == 0, done.stderr
            said[name] = done.stdout
    done = build_site(here / "built", {path.name: path.read_bytes() for path in (here / "seeds").iterdir()})
    assert done.returncode == 0, done.stderr
    return here / "built/site", said


def text_of(html):
    return unescape(re.sub("<[^>]+>", "", html))


def test_each_is_taken_in_under_its_address_in_the_form_it_came_in(made):
    site, said = made
    assert sorted(path.parent.name for path in site.glob("*-20*/report.json")) == [
        "baichuan-2022",
        "nanxi-2022",
        "qinghe-2021",
        "yunling-2023",
    ]
    forms = {
        path.parent.name: json.loads(path.read_text("utf-8")).get("form", "text")
        for path in site.glob("*-20*/report.json")
    }
    assert forms == {"baichuan-2022": "html", "nanxi-2022": "docx", "qinghe-2021": "text", "yunling-2023": "pdf"}
    assert "柏川县人民政府" in said["page.html"] and "2023-03-21" in said["page.html"]
    assert "(一)规范行政执法" in said["report.docx"].replace("（", "(").replace("）", ")")


def test_the_word_file_has_its_generated_numerals_its_table_and_its_figures(made):
    site, _ = made
    assert "南溪县人民政府关于2022年度法治政府建设情况的报告" in text_of(
        (site / "nanxi-2022/index.html").read_text("utf-8")
    )
    section = (site / "nanxi-2022/1-1.html").read_text("utf-8")
    assert "（一）规范行政执法" in text_of(section)
    rows = [
        [text_of(cell) for cell in re.findall("<td.*?</td>", row, re.S)]
        for row in re.findall('<tr id="s.*?</tr>', section, re.S)
    ]
    assert ["东河镇", "312", "309"] in rows
    assert "98.6" in (site / "nanxi-2022/figures.csv").read_text("utf-8")


def test_the_saved_page_has_its_text_and_nothing_of_the_portal(made):
    site, _ = made
    whole = text_of((site / "baichuan-2022/full.html").read_text("utf-8"))
    assert "2023年，将开展执法案卷评查，确保评查覆盖面达到100%。" in whole
    for portal in ("栏目导航", "打印本页", "上一篇", "doZoom"):
        assert portal not in whole


def test_the_site_says_that_a_text_was_taken_out_of_a_file(made):
    site, _ = made
    for report, extracted in (("baichuan-2022", True), ("yunling-2023", True), ("qinghe-2021", False)):
        overview = text_of((site / report / "index.html").read_text("utf-8"))
        assert ("文字由程序从中取出" in overview) == extracted, report


def test_a_sentence_of_a_pdf_knows_its_page_in_the_data_and_in_its_tools(made, page, serve):
    site, _ = made
    data = json.loads((site / "yunling-2023/2.json").read_text("utf-8"))
    assert {one["page"] for one in (*data["passages"], *data["figures"])} == {2}
    rows = csv.DictReader((site / "yunling-2023/figures.csv").read_text("utf-8").splitlines())
    assert {(row["quote"], row["page"]) for row in rows} >= {("98.6%", "1"), ("312人", "2")}
    for path, said in (("", "第 2 页"), ("en/", "page 2")):
        page.goto(f"{serve(site)}{path}yunling-2023/2.html")
        page.locator("[id='s2-1']").hover()
        page.wait_for_function("!document.querySelector('.tools').hidden")
        assert page.inner_text(".tools .said") == said
    assert "data-page" not in (site / "nanxi-2022/1-1.html").read_text("utf-8")
