"""Files attached to a report: their text behind its own, no address of it moved; a page that only leads to its report."""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import replace

import docx
import pytest
from baogao.export import records
from baogao.messages import is_error, worded
from baogao.model import Form, HeadingCorrection, ReportError
from baogao.publication.folder import read_folder
from baogao.publication.publication import understand
from baogao.publication.sidecar import Sidecar
from baogao.readers.attachments import Enclosure
from baogao.rules import load
from baogao.site import pages
from conftest import texts
from jsonschema import Draft202012Validator
from test_word import word_report

LINES = [
    "清河区2023年度法治政府建设情况报告",
    "2023年，全区推进依法行政。",
    "一、成效",
    "办理案件3件。",
    "二、不足",
    "力量不足。",
    "附件：名词解释",
    "两法：指两部法律。",
]
TEXT = "\r\n".join(LINES)
PAGE = f"<html><body><h1>{LINES[0]}</h1>{''.join(f'<p>{line}</p>' for line in LINES[1:])}</body></html>"
LEADS = (
    f'<html><head><meta name="PubDate" content="2024-01-30"></head><body><a href="/">首页</a><h1>{LINES[0]}</h1>'
    '<p>来源：区司法局</p><p><a href="a.docx">附件：报告.docx</a></p><p>主办：清河区人民政府</p></body></html>'
)
TABLE = [["项目", "本年", "上年"], ["行政处罚（件）", "36", "24"], ["行政许可（件）", "302", "299"]]


def table_file() -> bytes:
    """A Word file whose numerals go on with those of the report."""
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("行政执法统计表")
    table = document.add_table(len(TABLE), len(TABLE[0]))
    for row, cells in zip(table.rows, TABLE, strict=True):
        for cell, said in zip(row.cells, cells, strict=True):
            cell.text = said
    document.add_paragraph("三、说明")
    document.save(out)
    return out.getvalue()


ANNEX = Enclosure("seeds/a.统计表.docx", "统计表", table_file())
NOTES = Enclosure("seeds/a.说明.txt", "说明", "\ufeff各项为全年数。".encode())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", TEXT.encode("gb18030")),
        ("a.txt", TEXT.encode("utf-8-sig")),
        ("a.html", PAGE.encode()),
        ("a.docx", word_report()),
    ],
    ids=["gb18030", "bom", "page", "word"],
)
def test_an_attachment_stands_behind_the_report_and_moves_nothing_in_it(name, data):
    alone, bundle = understand(name, data), understand(name, data, enclosed=[ANNEX, NOTES])
    own = alone.report.source.text
    assert bundle.report.source.text.startswith(own) and bundle.id == alone.id
    assert bundle.report.preamble == alone.report.preamble and bundle.report.sections == alone.report.sections
    told = len(alone.report.annex)
    assert bundle.report.annex[:told] == alone.report.annex
    said = [sentence.text for sentence in bundle.report.annex[told:]]
    assert said == [
        "附件1：统计表",
        "行政执法统计表",
        *map("\t".join, TABLE),
        "三、说明",
        "附件2：说明",
        "各项为全年数。",
    ]
    assert bundle.figures[: len(alone.figures)] == alone.figures
    assert {"36", "302"} <= {figure.quote for figure in bundle.figures[len(alone.figures) :]}
    assert (
        "".join(bundle.report.source.text[s.start : s.end] for s in bundle.report.segments) == bundle.report.source.text
    )
    first, second = bundle.report.source.attachments
    assert (first.name, first.form, second.form) == ("a.统计表.docx", Form.DOCX, Form.TEXT)
    assert first.sha256 == hashlib.sha256(ANNEX.data).hexdigest()


def test_the_site_and_its_data_tell_of_attachments():
    bundle = understand("a.txt", TEXT.encode("gb18030"), enclosed=[ANNEX])
    record = json.loads(records.dumps(records.report_record(bundle)))
    Draft202012Validator(load("schemas")["report"]).validate(record)
    assert records.restore(record).decode() == bundle.report.source.text
    (told,) = record["attachments"]
    assert record["form"] == "text" and told["sha256"] == hashlib.sha256(ANNEX.data).hexdigest()
    made = texts(pages.files([bundle]))
    file, heading = (one.id for one in bundle.report.annex[len(understand("a.txt", TEXT.encode()).report.annex) :][:2])
    for language in ("zh", "en"):
        page = re.sub("<[^>]*>", "", made[f"{language}/{bundle.id}/annex.md"])
        assert f"## 行政执法统计表 {{: #{heading}" in page  # its own title, not the name of its file
        assert f'id="{file}"' in made[f"{language}/{bundle.id}/annex.md"]
        assert told["sha256"] in made[f"{language}/{bundle.id}/index.md"]


@pytest.mark.parametrize(
    ("said", "heading"),
    [
        ("附件：\n2023年行政执法数据表\n办理3件。", "2023年行政执法数据表"),
        ("附件1：行政执法数据表\n办理3件。", "附件1：行政执法数据表"),
        ("各项为全年数。", "附件：说明"),
        ("一、说明\n办理3件。", "附件：说明"),
        ("单位：件\n办理3件。", "附件：说明"),
    ],
)
def test_an_annex_is_headed_by_its_own_title_and_by_the_name_of_its_file_where_it_has_none(said, heading):
    bundle = understand("a.txt", TEXT.encode(), enclosed=[replace(NOTES, data=said.encode())])
    page = texts(pages.files([bundle]))[f"zh/{bundle.id}/annex.md"]
    headings = re.findall("^## (.*?) {:", re.sub("<[^>]*>", "", page), re.M)
    assert headings == [heading] and "附件：说明" in page


def test_a_page_that_only_leads_to_a_file_says_what_to_do_and_is_read_with_it():
    with pytest.raises(ReportError) as raised:
        understand("a.html", LEADS.encode())
    assert "--attachment" in worded(raised.value.findings[0], "en") and "--attachment" in worded(
        raised.value.findings[0], "zh"
    )
    report = Enclosure("in/报告.txt", "报告", "\n".join(LINES[1:6]).encode())
    bundle = understand("a.html", LEADS.encode(), enclosed=[report, ANNEX])
    said = bundle.report.source.particulars
    assert (said.title.text, said.published.text, said.source.text) == (LINES[0], "2024-01-30", "区司法局")
    assert [section.heading.text for section in bundle.report.sections] == ["成效", "不足"]
    assert [sentence.text for sentence in bundle.report.annex][0] == "附件：统计表"
    assert not any(word in bundle.report.source.text for word in ("首页", "主办", "报告.docx"))
    assert [finding.code for finding in bundle.findings if finding.code == "attachment-read"]
    assert [one.annex for one in bundle.report.source.attachments] == [False, True]


def test_a_page_and_its_file_of_two_years_are_told_and_so_is_a_day_within_the_year():
    other = "清河区人民政府关于2024年度法治政府建设情况的报告"
    report = Enclosure("in/报告.txt", "报告", "\n".join([other, *LINES[1:6]]).encode())
    bundle = understand("a.html", LEADS.encode(), enclosed=[report])
    told = {one.code: (one.met, one.expected) for one in bundle.findings}
    assert told["title-year"] == (LINES[0], other) and told["published-within"] == ("2024-01-30", "2024")
    same = Enclosure("in/报告.txt", "报告", "\n".join(LINES[:6]).encode())
    codes = {one.code for one in understand("a.html", LEADS.encode(), enclosed=[same]).findings}
    assert not codes & {"title-year", "published-within"}
    given = understand("a.txt", TEXT.encode(), Sidecar("a.yml", year=2022))
    assert [one.path for one in given.findings if one.code == "title-year"] == ["a.yml"]


def test_an_attachment_is_no_report_of_its_own_and_one_that_is_wrong_is_told(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.统计表.docx").write_bytes(ANNEX.data)
    (tmp_path / "other.txt").write_text(TEXT.replace("清河区", "白石区"), "utf-8")
    sidecar = tmp_path / "a.yml"

    def told(said: str) -> tuple[list[str], list[tuple[str, str, int]]]:
        sidecar.write_text(said, "utf-8")
        shelf = read_folder(tmp_path, "seeds")
        wrong = [(one.code, one.path, one.line) for one in shelf.findings if is_error(one)]
        return [one.report.source.path for one in shelf.publications], wrong

    both = ["seeds/a.txt", "seeds/other.txt"]
    assert told("id: qinghe-2023\nattachments:\n  - a.统计表.docx\n") == (both, [])
    for said, line in (("year: 2023\nattachments: [no.docx]", 2), ("attachments:\n  - a.txt\n", 2)):
        found, wrong = told(said)
        assert "seeds/a.txt" not in found and ("attachment-missing", "seeds/a.yml", line) in wrong
    for said in ("attachments: [../a.docx]", "attachments: [.a]", "attachments: a.docx", "attachments: [a.统计表.docx"):
        found, wrong = told(said)
        assert found == ["seeds/other.txt"] and {path for _, path, _ in wrong} == {"seeds/a.yml"}
    (tmp_path / "a.统计表.docx").write_bytes(b"PK\3\4 word/ cut off")
    assert told("attachments: [a.统计表.docx]") == (["seeds/other.txt"], [("form-docx-cut", "seeds/a.统计表.docx", 0)])


def test_a_line_of_an_attachment_is_no_heading_of_the_report():
    line = TEXT.count("\n") + 3
    said = Sidecar("a.yml", headings=(HeadingCorrection(line, "行政执法统计表", 1, level=1),))
    with pytest.raises(ReportError) as raised:
        understand("a.txt", TEXT.encode(), said, [ANNEX])
    assert [found.code for found in raised.value.findings] == ["correction-heading"]
