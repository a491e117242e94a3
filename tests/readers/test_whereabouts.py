"""What is told of a report says where a person finds it in the file: its page and the words there, no line it has not."""

from __future__ import annotations

import io

import docx
import pytest
from baogao.messages import placed, worded
from baogao.publication.consistency import consistency_findings
from baogao.publication.proof import proof
from baogao.publication.publication import understand
from baogao.readers.attachments import Enclosure
from ofd_files import Typesetter, ofd
from pdfs import Sheet, pdf

TITLE, GAP = "清河区2023年度法治政府建设情况报告", "三是清理规范性文件，近百人参加。"
LINES = [TITLE, "一、主要成效", "一是健全工作机制，办理案件3件。", GAP, "二、存在的不足", "力量不足。"]


def saved_page() -> bytes:
    rows = "".join(f"\n\n<p>{line}</p>" for line in LINES[1:])
    return f"<html><head>\n\n</head><body><h1>{TITLE}</h1>{rows}</body></html>".encode()


def word_file() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in LINES:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def two_sheets() -> bytes:
    first, second = Sheet(), Sheet()
    y = 720.0
    for line in LINES[:3]:
        y = first.prose(90, y, line)
    y = 720.0
    for line in LINES[3:]:
        y = second.prose(90, y, line)
    return pdf(first, second)


def two_pages() -> bytes:
    return ofd([*Typesetter(LINES[:3]).pages(), *Typesetter(LINES[3:]).pages()])


FORMS = [
    ("a.html", saved_page(), "", ""),
    ("a.docx", word_file(), "", ""),
    ("a.pdf", two_sheets(), " 第 2 页", " page 2"),
    ("a.ofd", two_pages(), " 第 2 页", " page 2"),
]


@pytest.mark.parametrize(("name", "data", "page", "page_en"), FORMS, ids=[name for name, *_ in FORMS])
def test_a_note_and_a_doubt_give_words_of_the_file_that_they_are_of(name, data, page, page_en):
    published = understand(name, data)
    (note,) = [one for one in published.findings if one.code.startswith("numeral-")]
    (doubt,) = [row for row in proof(published) if row.doubt == "doubt_round"]
    assert note.line == doubt.line
    chinese = f"{name}{page} 「三是清理规范性文件，近百…」（程序所读文字的第 {note.line} 行）"
    english = f"{name}{page_en} 「三是清理规范性文件，近百…」 (line {note.line} of the text as read)"
    assert worded(note, "zh").startswith(f"{chinese}: ") and worded(note, "en").startswith(f"{english}: ")
    assert placed(name, doubt.line, doubt.found, "zh") == chinese


def test_of_a_text_file_the_line_is_told_as_editors_count_it():
    published = understand("a.txt", "\n".join(LINES).encode())
    (note,) = [one for one in published.findings if one.code.startswith("numeral-")]
    assert note.found is None and worded(note, "zh").startswith("a.txt:4: ")
    assert all(row.found is None for row in proof(published))


def test_a_paragraph_that_runs_on_is_told_with_both_its_pages_and_a_figure_in_it_with_its_own():
    long = "三是" + "推进严格规范公正文明执法，开展培训，" * 12 + "近百人参加。"
    sheet, other = Sheet(), Sheet()
    y = sheet.prose(90, 720, TITLE)
    y = sheet.prose(90, sheet.prose(90, y, "一、主要成效"), "一是健全机制。")
    lines = [long[:32], *(long[32:][i : i + 34] for i in range(0, len(long) - 32, 34))]
    sheet.lines(90, y, "\u3000\u3000" + lines[0], *lines[1:3])
    other.lines(90, 720, *lines[3:])
    published = understand("a.pdf", pdf(sheet, other))
    (note,) = [one for one in published.findings if one.code.startswith("numeral-")]
    (doubt,) = [row for row in proof(published) if row.doubt == "doubt_round"]
    assert note.found and note.found.pages == (1, 2) and " 第 1—2 页 " in worded(note, "zh")
    assert doubt.found and doubt.found.pages == (2, 2)


def test_what_stands_in_an_attachment_is_told_with_its_name_and_of_no_page_of_the_report():
    page = f"<html><body><p>全年培训近百人。</p>{'<p>各项为全年数，由各单位分别报送。</p>' * 9}</body></html>"
    table = Enclosure("a.统计表.html", "统计表", page.encode())
    for name, data in (("a.pdf", two_sheets()), ("a.txt", "\n".join(LINES).encode())):
        rows = proof(understand(name, data, enclosed=[table]))
        (doubt,) = [row for row in rows if row.doubt == "doubt_round" and row.id.startswith("fannex")]
        told = placed(name, doubt.line, doubt.found, "zh")
        assert told == f"{name} 附件 a.统计表.html 「全年培训近百人。」（程序所读文字的第 {doubt.line} 行）"


def test_two_numbers_that_differ_are_told_with_where_the_second_stands():
    lines = [*LINES[:2], "行政复议受理案件63件。", "二、存在的不足", "行政复议受理案件65件。"]
    page = "".join(f"<p>{line}</p>" for line in lines)
    (note,) = consistency_findings(understand("a.html", f"<html><body>{page}</body></html>".encode()))
    assert "「行政复议受理案件65件。」" in worded(note, "zh")
