"""PDFs: what lies on pages becomes paragraphs, tables and notes, each with its page; what cannot be read is refused."""

from __future__ import annotations

import random
import subprocess
import sys
import time
import zlib

import pytest
from baogao.export.records import page_of, report_record
from baogao.folding import fold
from baogao.messages import is_error, worded
from baogao.model import Finding, Form, ReportError
from baogao.publication.publication import understand
from baogao.readers import pdf as reader
from baogao.readers.lines import characters
from baogao.readers.pdf_document import Refused, read_document
from baogao.readers.source import read
from baogao.rules import load
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfs import Sheet, pdf

FIRST = "2023年，清河区推进法治政府建设，全年办理案件1136件，其中行政复议案件98件、行政应诉案件35件，办结率为98.5%。"
SECOND = "区政府常务会议学法4次，审议重大事项12项，出台规范性文件3件，清理文件27件，公布目录，接受监督。"
REPORT = [
    ("清河区人民政府2023年法治政府建设情况报告", 20),
    ("一、主要成效", 12),
    (FIRST, 12),
    ("二、存在的不足", 12),
    (SECOND, 12),
]


def sheet(*paragraphs: str, y: float = 720) -> Sheet:
    """A page of paragraphs as offices set them."""
    made = Sheet()
    for said in paragraphs:
        y = made.prose(90, y, said)
    return made


def lines(data: bytes) -> list[str]:
    return read_document(data).lines


def codes(data: bytes) -> dict[str, tuple[str, str]]:
    return {code: (met, expected) for code, met, expected in read_document(data).notes}


def report() -> bytes:
    first, second = Sheet(), Sheet()
    first.text(115, 740, REPORT[0][0], 18)
    y = 700.0
    for said, size in REPORT[1:3]:
        y = first.prose(90, y, said, size)
    y = 700.0
    for said, size in REPORT[3:]:
        y = second.prose(90, y, said, size)
    return pdf(first, second)


# ---- paragraphs


def test_lines_are_joined_to_the_paragraphs_they_are_of():
    assert lines(pdf(sheet(FIRST, SECOND, FIRST))) == [FIRST, SECOND, FIRST]


def test_a_paragraph_goes_on_over_the_end_of_a_page_and_each_part_knows_its_own():
    whole = Sheet()
    whole.prose(90, 700, FIRST + SECOND)
    first, second = Sheet(drawn=whole.drawn[:2]), Sheet(drawn=whole.drawn[2:])
    found = read_document(pdf(first, second))
    assert found.lines == [FIRST + SECOND]
    (_, one), (at, two) = found.pages
    assert (one, two) == (1, 2) and 50 < at < 80


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text("政府依法行政办理案件复议公开监督，、", min_size=1, max_size=150), min_size=1, max_size=6),
    st.sampled_from([10.5, 12, 14, 16]),
)
def test_whatever_is_set_as_offices_do_comes_out_a_paragraph_a_line(texts, size):
    said = [f"{text.strip('，、')}办结。" for text in texts]
    made, y = Sheet(), 780.0
    for one in [SECOND + FIRST, *said]:  # whose lines show how wide the page is
        y = made.prose(80, y, one, size, wide=int(430 / size), pitch=1.6 * size)
    assert lines(pdf(made)) == [SECOND + FIRST, *said]


def test_headings_stand_alone_and_a_title_of_two_lines_is_one():
    made = Sheet().text(150, 760, "清河区人民政府关于2023年度", 22).text(192, 725, "法治政府建设情况的报告", 22)
    made.prose(90, 690, "一、主要成效")
    made.prose(90, 670, "（一）规范执法")
    made.prose(90, 650, FIRST)
    title, *rest = lines(pdf(made))
    assert title == "清河区人民政府关于2023年度法治政府建设情况的报告"
    assert rest == ["一、主要成效", "（一）规范执法", FIRST]


def test_words_of_letters_keep_their_space_and_a_number_its_digits():
    made = Sheet().lines(
        90, 700, "\u3000\u3000" + "政" * 27 + "GDP", "growth" + "府" * 28 + "12", "345件。" + "府" * 30
    )
    assert "GDP growth" in lines(pdf(made))[0] and "府12345件" in lines(pdf(made))[0]
    made = Sheet().lines(90, 700, "\u3000\u3000" + "政" * 30 + "Wi-", "Fi覆盖" + "府" * 30)
    assert "政Wi-Fi覆盖府" in lines(pdf(made))[0]


def test_radicals_stay_and_are_told_and_ligatures_are_letters():
    found = read("a.pdf", pdf(sheet("⼀是⼈⺠调解，\ufb01le不变。" + FIRST)))
    assert found.text.startswith("⼀是⼈⺠调解，file不变。")
    assert characters("⼀是⼈⺠调解，⻓效机制") == "一是人民调解，长效机制" and fold("⻓效") == fold("长效")
    assert "radical" in {finding.code for finding in found.findings}


def test_type_made_bold_by_printing_it_twice_is_there_once():
    made = sheet(FIRST)
    made.drawn += [one.replace(" 700 Tm", " 700.2 Tm").replace("0 1 90", "0 1 90.3") for one in made.drawn]
    assert lines(pdf(made)) == [FIRST]


# ---- what the sheet repeats


def test_running_heads_and_page_numbers_are_left_off_and_told():
    pages = [
        sheet(FIRST, SECOND).text(220, 800, "清河区人民政府公报", 9).text(290, 40, f"— {n} —", 10) for n in (1, 2, 3)
    ]
    assert lines(pdf(*pages)) == [FIRST, SECOND] * 3
    assert codes(pdf(*pages))["pdf-running"] == ("清河区人民政府公报", str(3 * (9 + 5)))


def test_what_repeats_inside_the_text_stays():
    pages = [Sheet().text(250, 760, f"表{n} 办案情况", 12).text(450, 742, "单位：件", 12) for n in (1, 2, 3)]
    for n, page in enumerate(pages, 1):
        page.grid([90, 200, 300, 400], [735, 715, 695])
        for row, cells in enumerate([["单位", "受理", "办结"], ["司法局", f"{n}", "7"]]):
            for column, said in enumerate(cells):
                page.text(95 + 105 * column, 720 - 20 * row, said)
    assert [line for line in lines(pdf(*pages)) if "\t" not in line] == [
        line for n in (1, 2, 3) for line in (f"表{n} 办案情况", "单位：件")
    ]


def test_a_watermark_is_left_off_and_told():
    data = pdf(sheet(FIRST).text(200, 400, "内部资料", 40, "0.7071 0.7071 -0.7071 0.7071"))
    assert lines(data) == [FIRST] and codes(data)["pdf-watermark"] == ("内部资料", "4")


@pytest.mark.parametrize("raised", [True, False])
def test_notes_stand_behind_the_text_of_their_page_and_are_marked_in_it(raised):
    """One whose number is not raised is a note by the mark in the text."""
    whole = Sheet()
    whole.prose(90, 700, FIRST + SECOND)
    first, second = Sheet(drawn=whole.drawn[:2]), Sheet(drawn=whole.drawn[2:])
    first.text(498, 704, "1", 6)
    first.rule(90, 120, 220, 120)
    if raised:
        first.text(90, 108, "1", 5).text(94, 105, "数据由区司法局提供。", 9)
    else:
        first.text(90, 105, "1数据由区司法局提供。", 9)
    found = read_document(pdf(first, second))
    assert found.lines[1:] == ["[1] 数据由区司法局提供。"] and "[1]" in found.lines[0]
    assert found.lines[0].replace("[1]", "") == FIRST + SECOND
    assert [page for _, page in found.pages] == [1, 2, 1]


def test_columns_follow_each_other():
    made = Sheet()
    y = made.prose(60, 700, FIRST + SECOND, 10, wide=22, pitch=16)
    made.prose(60, y, "左栏末段。", 10, wide=22)
    made.prose(310, 695, SECOND + FIRST, 10, wide=22, pitch=16)
    made.text(150, 760, "清河区2023年法治政府建设情况报告", 18)
    assert lines(pdf(made)) == ["清河区2023年法治政府建设情况报告", FIRST + SECOND, "左栏末段。", SECOND + FIRST]


@pytest.mark.parametrize(("turned", "turn"), [(0, "0 1 -1 0"), (90, "0 1 -1 0"), (270, "0 -1 1 0")])
def test_a_page_whose_text_stands_sideways_is_turned(turned, turn):
    made = Sheet(turned=turned)
    for i, said in enumerate(["一、主要成效", "办理案件3件。"]):
        x = 100 + 30 * i if turn == "0 1 -1 0" else 500 - 30 * i
        made.text(x, 100 if turn == "0 1 -1 0" else 700, said, 12, turn)
    assert lines(pdf(made)) == ["一、主要成效", "办理案件3件。"]


# ---- what is on a page and not of its text


def test_values_of_a_form_are_read_where_they_stand_and_notes_are_told():
    made = sheet(FIRST).text(90, 600, "负责人：").text(90, 570, "日期：").text(90, 540, "是否公开：")
    made.value("who", "张三", "140 595 200 612").value("when", "2023年1月2日", "140 565 260 582", drawn=False)
    made.value("secret", "不显示的值", "300 595 400 612", hidden=True)
    made.note("Text", "请核对").note("Popup", "请核对").note("Stamp", drawn="已审核").note("FreeText", "旁批", "旁批")
    made.note("Widget", drawn="提交", more="/FT/Btn/Ff 65536/T(send)")
    found = read_document(pdf(made, sheet(SECOND)))
    assert [line.replace(" ", "") for line in found.lines[:4]] == [
        FIRST,
        "负责人：张三",
        "日期：2023年1月2日",
        "是否公开：",
    ]
    assert found.lines[4:] == [SECOND]
    assert found.notes == [("pdf-noted", "不显示的值 请核对 旁批 已审核 提交", "19")]


def test_text_that_cannot_be_seen_is_left_off_and_told():
    hidden = "BT /F 12 Tf 1 0 0 1 90 500 Tm <" + "隐藏的图层".encode("utf-16-be").hex() + "> Tj ET"
    shown = hidden.replace("500", "470").replace("隐藏".encode("utf-16-be").hex(), "显示".encode("utf-16-be").hex())
    for made in (
        sheet(FIRST).layer(False, hidden).layer(True, shown),
        sheet(FIRST).form(False, hidden).form(True, shown),
    ):
        assert lines(pdf(made)) == [FIRST, "显示的图层"]
        assert codes(pdf(made)) == {"pdf-hidden": ("隐藏的图层", "5")}
    made = sheet(FIRST).text(90, 450, "没有着色", mode=3).text(90, 900, "页面之外").text(90, 400, "太小", 0.3)
    assert lines(pdf(made)) == [FIRST]
    met, many = codes(pdf(made))["pdf-hidden"]
    assert many == "10" and set(met) == set("没有着色页面之外太小")


def test_text_without_ink_is_read_where_a_picture_shows_it():
    over = sheet(FIRST).picture(90, 400, 200, 100).text(100, 450, "图上的文字", mode=3)
    outlined = Sheet(drawn=[one.replace("0 Tr", "3 Tr") for one in sheet(FIRST).drawn]).rule(90, 700, 500, 700)
    for made, said in ((over, [FIRST, "图上的文字"]), (outlined, [FIRST])):
        assert lines(pdf(made)) == said and codes(pdf(made))["pdf-recognised"] == ("1", "")


# ---- tables

HEAD = ["单位名称", "受理（件）", "办结（件）"]


def table(made: Sheet, rows: list[list[str]], top: float, high: float = 24) -> Sheet:
    made.grid([90, 250, 350, 450], [top - high * n for n in range(len(rows) + 1)])
    for n, row in enumerate(rows):
        for k, said in enumerate(row):
            made.text((95, 255, 355)[k], top - high * n - 16, said)
    return made


def test_a_table_is_rows_of_cells_and_an_empty_cell_is_one():
    rows = [HEAD, ["司法局", "312", "309"], ["城管局", "", "8"]]
    assert lines(pdf(table(sheet(FIRST), rows, 600))) == [FIRST, *("\t".join(row) for row in rows)]


def test_cells_that_reach_over_others_leave_those_empty():
    made = Sheet()
    made.grid([90, 250, 350, 450], [700, 676, 652, 628])
    made.drawn = [one for one in made.drawn if "350 700 m" not in one and "90 676 m" not in one]
    made.rule(350, 676, 350, 628).rule(250, 676, 450, 676)
    made.text(95, 672, "单位名称").text(300, 684, "行政复议").text(255, 660, "受理").text(355, 660, "办结")
    made.text(95, 636, "司法局").text(255, 636, "3").text(355, 636, "2")
    assert lines(pdf(made)) == ["单位名称\t行政复议\t", "\t受理\t办结", "司法局\t3\t2"]


def test_a_cell_of_several_lines_is_one_and_two_numbers_in_a_cell_are_two():
    made = table(Sheet(), [HEAD, ["", "", ""]], 700, 40)
    made.text(95, 645, "市场监督管理局综合").text(95, 630, "行政执法大队").text(255, 645, "12.5").text(255, 630, "8.25")
    assert lines(pdf(made))[1] == "市场监督管理局综合行政执法大队\t12.5 8.25\t"


def test_rows_that_no_rules_part_are_told_by_their_numbers():
    made = Sheet().grid([90, 250, 350, 450], [700, 676, 580])
    rows = [HEAD, ["司法局", "31", "30"], ["城管局", "22", "21"], ["教育局", "13", "12"], ["合计", "66", "63"]]
    for n, row in enumerate(rows):
        for k, said in enumerate(row):
            made.text((95, 255, 355)[k], 684 - 24 * n, said)
    assert lines(pdf(made)) == ["\t".join(row) for row in rows]


def test_a_table_over_pages_is_one_and_its_head_stands_once():
    rows = [[f"第{n}镇", f"{n}", f"{n + 1}"] for n in range(1, 21)]
    first = table(sheet("各镇情况如下：", y=800), [HEAD, *rows[:12]], 700)
    second = table(Sheet(), [HEAD, *rows[12:]], 780)
    second.prose(90, 400, FIRST)
    found = read_document(pdf(first, second))
    assert found.lines == ["各镇情况如下：", *("\t".join(row) for row in [HEAD, *rows]), FIRST]
    at = sum(len(line) + 1 for line in found.lines[:14])
    assert found.pages == [(0, 1), (at, 2)]


def test_a_row_that_the_end_of_a_page_breaks_is_one():
    first, second = (
        table(Sheet(), [HEAD, ["", "3", "2"]], 100, 30),
        table(Sheet(), [["", "", ""], ["司法局", "5", "4"]], 780),
    )
    first.text(95, 48, "市场监督管理局综合行政执法")
    second.text(95, 764, "大队")
    found = [["市场监督管理局综合行政执法大队", "3", "2"], ["司法局", "5", "4"]]
    assert lines(pdf(first, second)) == ["\t".join(row) for row in [HEAD, *found]]
    whole = table(Sheet(), [HEAD, ["教育局", "3", "2"]], 100, 30)  # the line had room: a row of its own
    assert len(lines(pdf(whole, second))) == 4


def test_columns_of_numbers_without_rules_are_a_table_and_its_head_too():
    made = sheet(FIRST)
    rows = [["单位", "受理", "办结"], ["司法局", "312", "309"], ["城管局", "208", "208"], ["教育局", "9", "8"]]
    for n, row in enumerate(rows):
        for k, said in enumerate(row):
            made.text((100, 250, 350)[k], 560 - 20 * n, said)
    assert lines(pdf(made)) == [FIRST, *("\t".join(row) for row in rows)]


@pytest.mark.parametrize("leader", ["", "....................."])
def test_entries_of_a_list_of_contents_are_lines_and_no_table(leader):
    made = Sheet().text(270, 740, "目　录", 16)
    entries = [("一、总体情况", 1), ("二、主动公开政府信息情况", 2), ("三、存在的主要问题及改进情况", 5)]
    for i, (said, number) in enumerate(entries):
        made.text(90, 700 - 24 * i, said + leader).text(490, 700 - 24 * i, str(number))
    found = lines(pdf(made, sheet(FIRST)))
    assert found[0] == "目 录" and found[4:] == [FIRST]
    assert [(line[: len(said)], line[-2:]) for line, (said, _) in zip(found[1:4], entries, strict=True)] == [
        (said, f" {number}") for said, number in entries
    ]


# ---- the whole way


def test_a_pdf_is_a_report_with_pages():
    publication = understand("seeds/清河区2023.pdf", report())
    source = publication.report.source
    assert source.form is Form.PDF and source.particulars.year and source.particulars.year.text == "2023"
    assert [part.label for part in publication.items.parts] == ["一、主要成效", "二、存在的不足"]
    by_page = {said.text: source.page_at(said.start) for said in publication.report.sentences()}
    assert by_page[FIRST] == 1 and by_page[SECOND] == 2
    record = report_record(publication)
    assert [page["page"] for page in record["pages"]] == [1, 2]
    assert {one["id"]: one.get("page") for one in record["segments"]}["h2"] == 2
    assert page_of(understand("a.txt", FIRST.encode()).report.source, 0) == {}


def test_the_library_is_imported_by_the_process_that_reads_alone():
    program = "import sys; from baogao.readers.source import read; read('a.pdf', sys.stdin.buffer.read()); " \
        "sys.exit('pypdfium2' in sys.modules)"  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program], input=report(), env={"PYTHONPATH": str(ROOT / "hooks")}, check=False
    )
    assert done.returncode == 0


# ---- what is not read


def refused(data: bytes) -> Finding:
    with pytest.raises(ReportError) as raised:
        read("a.pdf", data)
    (found,) = raised.value.findings
    return found


def test_a_scan_is_told_page_by_page(monkeypatch):
    monkeypatch.setattr(reader, "reads_scans", lambda: False)
    blank = Sheet().picture(0, 0, 595, 842)
    assert refused(pdf(blank, blank)).code == "pdf-scan"
    numbered = [Sheet().picture(0, 0, 595, 842).text(290, 40, f"- {n} -", 10) for n in (1, 2)]
    assert refused(pdf(*numbered)).code == "pdf-scan" and refused(pdf(*numbered)).met == "2"
    assert codes(pdf(sheet(FIRST), blank, blank))["pdf-scanned-pages"] == ("2—3", "")
    recognised = Sheet(drawn=[one.replace("0 Tr", "3 Tr") for one in sheet(FIRST).drawn]).picture(0, 0, 595, 842)
    assert codes(pdf(recognised))["pdf-recognised"] == ("1", "")


def test_a_locked_file_is_read_where_it_opens_of_itself():
    assert lines(pdf(sheet(FIRST), password="")) == [FIRST]
    assert refused(pdf(sheet(FIRST), password="x")).code == "pdf-locked"


def test_a_text_without_codes_is_refused_and_a_few_such_characters_are_told():
    few, many = sheet(FIRST + "\ue000"), sheet("\ue000" * 40 + "清河区")
    assert codes(pdf(few))["pdf-lost"] == ("1", "") and lines(pdf(few)) == [FIRST + "\ufffd"]
    assert refused(pdf(many)).code == "pdf-no-codes"


def test_every_refusal_says_what_to_do():
    for code in (code for code in load("messages") if code.startswith("pdf-")):
        finding = Finding(code, "seeds/a.pdf", 0, "3", "2")
        said = worded(finding, "en")
        assert "Expected" in said and "{" not in said + worded(finding, "zh")
        assert said.endswith("Not published.") == is_error(finding)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7",
        pdf(),
        report().replace(b"/Kids[5 0 R 7 0 R]", b"/Kids[2 0 R 2 0 R]"),
        report().replace(b"/Catalog", b"/Catalog/X " + b"[" * 100_000),
        report().replace(b"/Catalog", b"/Catalog/X " + b"<</A " * 100_000),
        pdf(Sheet(width=-1, height=0)),
    ],
    ids=["head", "no page", "loop", "deep", "deeper", "no size"],
)
def test_what_is_broken_is_refused_in_one_line(data):
    assert refused(data).code in ("pdf-broken", "empty")


def test_a_huge_page_and_a_wrong_count_do_no_harm():
    assert lines(pdf(Sheet(width=1e7, height=1e7).text(90, 700, "办理案件3件。"))) == ["办理案件3件。"]
    assert lines(pdf(sheet(FIRST)).replace(b"/Count 1", b"/Count 99999999")) == [FIRST]


def test_bytes_changed_at_random_are_read_or_refused():
    generator, whole = random.Random(20), report()
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(generator.randint(1, 12)):
            data[generator.randrange(20, len(data))] = generator.randrange(256)
        if generator.random() < 0.3:
            del data[generator.randrange(len(data)) :]
        try:
            found = read_document(bytes(data))
        except Refused as refusal:
            assert refusal.told[0] in load("messages")
        else:
            assert all(0 < page < 3 for _, page in found.pages)


def test_what_takes_too_much_time_or_memory_ends_its_process_alone(monkeypatch):
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(b"q 1 0 0 1 0 0 cm " * 60_000) for _ in range(300)) + packer.flush()
    monkeypatch.setattr(reader, "OF_TEXT", reader.ProcessLimits(120, 300_000_000))
    start = time.monotonic()
    assert refused(pdf(Sheet(), content=bomb)).code == "pdf-limit"
    monkeypatch.setattr(reader, "OF_TEXT", reader.ProcessLimits(0, 800_000_000))
    assert refused(pdf(*[sheet(FIRST, SECOND)] * 300)).code == "pdf-limit"
    assert time.monotonic() - start < 60
    monkeypatch.setattr(reader, "LARGEST", 10)
    assert refused(report()).code == "pdf-large"
