"""OFD files: text whole and in paragraphs by where it stands, what is left off told, damaged and hostile ones refused."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile

import pytest
from baogao.messages import worded
from baogao.model import Form, ReportError
from baogao.readers.ofd import read_ofd
from baogao.readers.pdf_document import Refused
from baogao.readers.source import read
from hypothesis import given, settings
from hypothesis import strategies as st
from ofd_files import ACROSS, DOWN, LEFT, SIZE, Typesetter, ofd, stroke, table, text

TITLE = "清河区2023年度法治政府建设情况报告"
ITEMS = [
    f"（{numeral}）加强队伍建设，组织培训班12期，参加人员达到3600余人次，覆盖全部执法人员和街道工作人员。"
    for numeral in "一二三四五六七八九十"
]
REPORT = [TITLE, "2023年，清河区坚持依法行政，全面推进法治政府建设，各项工作取得新的进展，现将有关情况报告如下。", "一、主要举措和成效", *ITEMS, "二、存在的不足", "力量不足。"]  # fmt: skip


def test_a_report_over_pages_is_whole_and_what_its_sheets_repeat_is_told():
    pages = [page + text(f"— {n} —", 95, 272, 4.9) for n, page in enumerate(Typesetter(REPORT).pages(), 1)]
    head = text("清河区人民政府办公室文件", 28, 15, 4) + text("内部资料", 100, 150, 20, ' CTM="0.7 0.7 -0.7 0.7 0 0"')
    found = read("a.ofd", ofd(pages, template=head, annotation="已阅"))
    assert found.form is Form.OFD and found.text.split("\n")[:-1] == REPORT and len(pages) == 2
    assert found.particulars.title.text == TITLE
    told = {finding.code: (finding.met, finding.expected) for finding in found.findings}
    assert told["pdf-running"][0].startswith("— 1 —")
    said = 2 * (len("清河区人民政府办公室文件") + len("内部资料")) + len("已阅")
    assert told["ofd-left-off"][0].startswith("清河区人民政府办公室文件内部资料") and told["ofd-left-off"][1] == str(
        said
    )
    assert found.page_at(found.text.index("力量不足")) == 2 and found.page_at(0) == 1


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("推进依法行政，办理案件。数据12年度％"), min_size=4, max_size=3 * ACROSS),
        min_size=2,
        max_size=DOWN,
    )
)
def test_no_character_of_a_page_is_lost(paragraphs):
    paragraphs = [f"各项{paragraph}" for paragraph in paragraphs]
    try:
        said = "".join(read_ofd(ofd(Typesetter(paragraphs).pages())).lines)
    except Refused:
        pytest.fail("it has text")
    assert sorted(re.sub(r"\s", "", said)) == sorted("".join(paragraphs))


def test_rows_between_rules_are_rows_and_a_cell_of_several_lines_is_one():
    rows = [["项目", "本年", "上年"], ["行政许可办理事项的总数", "1136", "1024"], ["行政处罚案件", "302", "299"]]
    above = text(TITLE, 40, 30) + text("一、执法情况", 39, 45)
    lines = read_ofd(ofd([above + table(rows, 30, 60) + text("二、不足", 39, 130)])).lines
    assert lines == [TITLE, "一、执法情况", *map("\t".join, rows), "二、不足"]


def shuffled(drawn: str) -> str:
    objects = re.findall("<ofd:TextObject.*?</ofd:TextObject>", drawn)
    random.Random(1).shuffle(objects)
    return "".join(objects)


def single(paragraphs: list[str]) -> str:
    """Each character an object of its own, as some converters write; digits half as wide as Han."""
    said = []
    for n, line in enumerate(paragraphs):
        x = LEFT
        for character in line:
            said.append(text(character, round(x, 3), 40 + n * 10))
            x += SIZE / 2 if character.isascii() else SIZE
    return "".join(said)


SHORT = [TITLE, "一、成效", "办理案件3件。", "二、不足", "力量不足。"]
PLAIN = "".join(text(line, 39.2, 40 + n * 10) for n, line in enumerate(SHORT))
TURNED = "".join(text(line, 60 + n * 10, 40, more=' CTM="0 1 -1 0 5 0"') for n, line in enumerate(reversed(SHORT)))
SCALED = "".join(
    text(line, 39.2, 40 + n * 10, 1.0, ' CTM="5.6 0 0 5.6 0 0"') for n, line in enumerate(SHORT)
)  # the type is one millimetre high, and enlarged
STEPS = "".join(
    text(line, 39.2, 40 + n * 10, code=f'DeltaX="{" ".join([str(SIZE)] * (len(line) - 1))}"')
    for n, line in enumerate(SHORT)
)
DRAWN = {
    "as it is": PLAIN,
    "in any order": shuffled(PLAIN),
    "character by character": shuffled(single(SHORT)),
    "on a page turned": TURNED,
    "enlarged": SCALED,
    "each step written out": STEPS,
    "without steps": "".join(text(line, 39.2, 40 + n * 10, code=" ") for n, line in enumerate(SHORT)),
    "in a block": f"<ofd:PageBlock><ofd:PageBlock>{PLAIN}</ofd:PageBlock></ofd:PageBlock>",
}


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_text_is_read_by_where_it_stands_however_it_is_written(drawn):
    assert read_ofd(ofd([drawn])).lines == SHORT


def test_other_ways_to_name_things_and_several_documents_are_read():
    names = {
        "OFD.xml": '<OFD xmlns="http://www.ofdspec.org"><DocBody><DocRoot>/doc_0\\Document.xml</DocRoot></DocBody>'
        "<DocBody><DocRoot>Doc_0/Second.xml</DocRoot></DocBody></OFD>",
        "Doc_0/Document.xml": '<Document xmlns="http://www.ofdspec.org"><Pages><Page BaseLoc="/Doc_0/pages/page_0/content.xml"/></Pages></Document>',
        "Doc_0/Second.xml": "<Document><Pages><Page BaseLoc='./Pages/../Pages/Page_1/Content.xml'/></Pages></Document>",
    }
    more = text("三、打算", 39.2, 40) + text("加强培训。", 39.2, 50)
    assert read_ofd(ofd([PLAIN, more], parts=names)).lines == [*SHORT, "三、打算", "加强培训。"]


def test_a_page_that_only_fills_in_a_template_says_what_that_says():
    assert read_ofd(ofd([""], template=PLAIN)).lines == SHORT


def test_what_is_not_shown_is_left_off_and_told():
    read_as = read_ofd(ofd([PLAIN + text("不显示的话", 39, 200, more=' Visible="false"')]))
    assert read_as.lines == SHORT and ("ofd-left-off", "不显示的话", "5") in read_as.notes


IMAGE = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="4"/>'
WRONG = {
    "a scan": (ofd([IMAGE, IMAGE]), "ofd-scan"),
    "nothing": (ofd([""]), "empty"),
    "no page": (ofd([]), "ofd-broken"),
    "no root": (ofd([PLAIN], parts={"OFD.xml": "<OFD/>"}), "ofd-broken"),
    "a page that is not there": (ofd([PLAIN], parts={"Doc_0/Document.xml": "<D><Pages><Page BaseLoc='x.xml'/></Pages></D>"}), "ofd-broken"),
    "no XML": (ofd([PLAIN], parts={"Doc_0/Pages/Page_0/Content.xml": "<ofd:Page"}), "ofd-broken"),
    "a place outside": (ofd([PLAIN], parts={"OFD.xml": "<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>"}), "ofd-broken"),
    "entities": (ofd([PLAIN], parts={"OFD.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><OFD>&b;</OFD>'}), "package-entities"),
    "deep": (ofd([PLAIN], parts={"Doc_0/Pages/Page_0/Content.xml": "<a>" * 100_000}), "ofd-broken"),
    "locked": (ofd([PLAIN], parts={"Encryptions.xml": "<x/>"}), "form-encrypted"),
    "no codes": (ofd([text("\ue001\ue002\ue003\ue004", 40, 40)]), "pdf-no-codes"),
    "packed tight": (ofd([PLAIN], parts={"a.xml": " " * 30_000_000}), "package-ratio"),
    "many parts": (ofd([PLAIN], parts={f"{n}": "" for n in range(5_000)}), "package-entries"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_read_is_refused(data, code):
    with pytest.raises(Refused) as raised:
        read_ofd(data)
    assert raised.value.told[0] == code


def test_pages_that_are_pictures_are_told_with_what_reads_them():
    (note,) = read("a.ofd", ofd([PLAIN, IMAGE])).findings
    assert (note.code, note.met) == ("ofd-scanned-pages", "2")
    assert all("PDF" in worded(note, language) for language in ("zh", "en"))


def test_what_is_refused_is_told_in_one_line():
    with pytest.raises(ReportError) as raised:
        read("a.ofd", WRONG["no XML"][0])
    (found,) = raised.value.findings
    assert found.code == "ofd-broken" and not any("\n" in worded(found, language) for language in ("zh", "en"))


HOSTILE = [
    'Size="1e308"', 'Size="-5"', 'Size="NaN"', 'Size="0"', 'Boundary="1e308 inf 0 0"', 'Boundary=""', 'CTM="0 0 0 0 0 0"',
    'CTM="1e300 1 1 1 1 1"', 'DeltaX="g 999999999 1"', 'DeltaX="g g g"', 'DeltaX="-1 -1 -1 -1"', 'X="99999999" Y="x"',
    'HScale="0"', 'ReadDirection="91"',
]  # fmt: skip


@pytest.mark.parametrize("said", HOSTILE)
def test_numbers_that_mean_nothing_break_nothing(said):
    name = said.split("=")[0]
    where = "TextCode" if name in ("DeltaX", "X") else "TextObject"
    plain = PLAIN.replace('X="0" Y="4.816"', "", 1) if name == "X" else PLAIN
    drawn = re.sub(
        rf'<ofd:{where} ((?:(?!\b{name}=)[^>])*)(?:\b{name}="[^"]*")?', rf"<ofd:{where} \1 {said} ", plain, count=1
    )
    began = time.monotonic()
    lines = read_ofd(ofd([drawn])).lines
    assert [line for line in lines if line in SHORT[1:]] == SHORT[1:] and time.monotonic() - began < 10


def test_a_template_is_read_once_however_often_it_is_used():
    """A few hundred bytes named one template a million times: 45 seconds."""
    names = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    page = f"<ofd:Page {names}>" + '<ofd:Template TemplateID="77"/>' * 1_000 + "</ofd:Page>"
    listed = '<ofd:Page ID="5" BaseLoc="P.xml"/>' * 50
    with zipfile.ZipFile(io.BytesIO(ofd([PLAIN], template=text("甲" * 100, 0, 0)))) as package:
        document = package.read("Doc_0/Document.xml").decode().replace("</ofd:Pages>", listed + "</ofd:Pages>")
    begin = time.process_time()
    read_ofd(ofd([PLAIN], template=text("甲" * 100, 0, 0), parts={"Doc_0/Document.xml": document, "Doc_0/P.xml": page}))
    assert time.process_time() - begin < 2


def test_strokes_without_end_are_no_work():
    began = time.monotonic()
    lines = "".join(stroke(20, 20 + n % 200, 100, 0) + stroke(20 + n % 150, 20, 0, 100) for n in range(3_000))
    curve = f'<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>{"B 1 2 3 4 5 6 M Z L 1 C A " * 20_000}</ofd:AbbreviatedData></ofd:PathObject>'
    said = "".join(read_ofd(ofd([PLAIN + lines + curve])).lines)
    assert sorted(re.sub(r"\s", "", said)) == sorted("".join(SHORT))
    assert time.monotonic() - began < 20
