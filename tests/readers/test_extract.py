"""What a file is, told by its content; what is refused, in one line; what the site says of a text extracted."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import quopri
import socket
import time
import zipfile

import docx
import openpyxl
import pytest
from baogao.export import figure_records, records
from baogao.messages import is_error, worded
from baogao.model import Form, ReportError
from baogao.publication.folder import read_folder
from baogao.publication.publication import understand
from baogao.readers.decoding import decode
from baogao.readers.extract import extract, foreign
from baogao.readers.source import read
from baogao.rules import load
from baogao.site import pages
from conftest import PRACTICE, REAL, ROOT, SEED, texts
from docx.opc.constants import RELATIONSHIP_TYPE
from jsonschema import Draft202012Validator
from test_word import word_report

PAGE = ROOT / "tests/fixtures/forms/div.html"
TEXT = "清河区2023年度法治政府建设情况报告\n2023年，全区推进依法行政。\n一、成效\n办理案件3件。\n二、不足\n力量不足。\n"


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + stream.encode("utf-16-le") + b"\0" * 512


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


KINDS = [
    (b"%PDF-1.7\n%\xe2\xe3", "pdf-broken"),
    (b"\n\n%PDF-1.4", "pdf-broken"),
    (ole("WordDocument"), "form-doc"),
    (ole("Root Entry"), "form-doc"),
    (ole("Workbook"), "form-spreadsheet"),
    (ole("PowerPoint Document"), "form-presentation"),
    (ole("EncryptedPackage"), "form-encrypted"),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), "form-spreadsheet"),
    (zipped("[Content_Types].xml", "ppt/presentation.xml"), "form-presentation"),
    (zipped("OFD.xml", "Doc_0/Document.xml"), "ofd-broken"),
    (zipped("mimetype", "content.xml"), "form-odt"),
    (zipped("报告.docx"), "form-archive"),
    (b"PK\3\4 cut off", "form-archive"),
    (zipped("[Content_Types].xml", "word/document.xml")[:150], "form-docx-cut"),
    (zipped("OFD.xml", "Doc_0/Document.xml")[:150], "form-cut"),
    (b"Rar!\x1a\x07\x01\0", "form-archive"),
    (b"7z\xbc\xaf\x27\x1c\0\4", "form-archive"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "form-scan"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "form-scan"),
    (b"II*\0\x08\0\0\0", "form-scan"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "form-picture"),
    (rb"{\rtf1\ansi\ansicpg936", "form-rtf"),
    (b'From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"', "form-mhtml"),
    (b"", "empty"),
    (b" \r\n ", "empty"),
]  # fmt: skip


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx", "a.pdf"])
@pytest.mark.parametrize(("data", "code"), KINDS, ids=lambda v: v if isinstance(v, str) else "")
def test_a_file_is_what_its_content_says_whatever_its_name(name, data, code, monkeypatch):
    monkeypatch.setattr("baogao.readers.office.soffice", lambda: None)
    monkeypatch.setattr("baogao.readers.pdf.reads_scans", lambda: False)
    with pytest.raises(ReportError) as raised:
        read(name, data)
    (found,) = raised.value.findings
    assert found.code == code
    for language in ("zh", "en"):
        assert is_error(found) and "\n" not in worded(found, language)


def test_every_kind_that_the_rules_name_is_worded():
    rules, messages = load("forms"), load("messages")
    kinds = {*rules["streams"].values(), *rules["entries"].values(), *(row["kind"] for row in rules["signatures"])}
    assert {f"form-{kind}" for kind in kinds - {"docx", "ofd", "png", "jpeg", "tiff"}} <= set(messages)


def archived(*pages: bytes, charset: str = "utf-8", encoding: str = "base64") -> bytes:
    """A web archive as browsers write it: parts within multipart/related, a picture last."""
    parts = [
        f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
        + (base64.encodebytes(page) if encoding == "base64" else quopri.encodestring(page))
        for page in pages
    ]
    picture = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    head = b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"; boundary="--b--"\r\n\r\n'
    return head + b"".join(b"\r\n----b--\r\n" + part for part in [*parts, picture]) + b"\r\n----b----\r\n"


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
@pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "a.html", "a.txt"])
def test_a_web_archive_is_read_as_the_page_in_it(name, encoding):
    page = PAGE.read_bytes()
    found, meant = read(name, archived(page, encoding=encoding)), read("a.html", page)
    assert found.form is Form.MHTML and found.text == meant.text and found.particulars == meant.particulars


def test_of_a_web_archive_the_frame_is_read_that_holds_the_text():
    outer = b"<html><body><h1>\xe5\x8c\xba</h1><iframe src='cid:1'></iframe></body></html>"
    assert read("a.mht", archived(outer, b"<p></p>", PAGE.read_bytes())).text == read("a.html", PAGE.read_bytes()).text


@pytest.mark.parametrize(
    "data",
    [
        archived(),
        archived(PAGE.read_bytes())[:150],
        b"Content-Type: multipart/related; boundary=a\r\n\r\n"
        + b"".join(b"--a%d\r\nContent-Type: multipart/mixed; boundary=a%d\r\n\r\n" % (i, i + 1) for i in range(5000)),
    ],
    ids=["no page", "cut off", "parts in parts"],
)
def test_a_web_archive_without_a_page_says_so(data):
    with pytest.raises(ReportError) as raised:
        read("a.mht", data)
    assert raised.value.findings[0].code in ("form-mhtml", "html-no-text")


def test_a_page_named_txt_is_a_page_and_a_text_named_html_a_text():
    assert read("a.txt", PAGE.read_bytes()).form is Form.HTML
    assert read("a.html", TEXT.encode()).form is Form.TEXT
    assert read("a.html", f"<p>{'</p><p>'.join(TEXT.splitlines())}</p>".encode()).form is Form.HTML
    assert read("a.txt", (TEXT + "<p>标记</p>\n").encode()).form is Form.TEXT


@pytest.mark.parametrize("path", [SEED, *PRACTICE, *REAL], ids=lambda p: p.name)
def test_a_text_is_left_as_it_is_and_no_report_is_taken_for_anything_else(path):
    data = path.read_bytes()
    assert extract(path.name, data) is None
    source = read(path.name, data)
    assert source.text.encode(source.encoding) == data and source.text_sha256 == source.sha256
    assert "second-report" not in {finding.code for finding in source.findings}


LAW = "清河区行政执法监督办法\n第一条　为了规范行政执法，制定本办法。\n第二条　本区行政执法适用本办法。\n第三条　监督遵循公开原则。\n"
OTHER = [
    (LAW, "law"),
    ("Annual report on the building of a law-based government. " * 20, "foreign"),
    ("本年度の行政手続に関する報告は以下のとおりであり、それぞれの部局において適切に実施された。" * 10, "foreign"),
    ("법치 정부 건설에 관한 연간 보고서이다. " * 20, "foreign"),
]


@pytest.mark.parametrize(("text", "code"), OTHER, ids=lambda v: v[:8])
def test_a_law_and_another_language_are_no_report(text, code):
    with pytest.raises(ReportError) as raised:
        read("a.txt", text.encode())
    assert [f.code for f in raised.value.findings] == [code]


def test_a_report_that_quotes_articles_and_names_in_latin_is_one():
    assert read("a.txt", (TEXT + "第一条措施是清单管理。\n" * 3 + LAW).encode()).particulars.title
    assert not foreign(TEXT * 20 + "ISO9001 PM2.5 APP " * 10) and not foreign("short")
    assert foreign("The county published its report. It has two sentences.")
    assert not foreign(
        "办公自动化（Office Automation System）建设情况"
    )  # Chinese, though more of its letters are Latin


# ---- what is kept of a file that is no text


@pytest.fixture(scope="module", params=["html", "docx"])
def extracted(request):
    data = PAGE.read_bytes() if request.param == "html" else word_report()
    return understand(f"a.{request.param}", data), data, request.param


def test_both_hashes_are_told_and_the_text_comes_back(extracted):
    publication, data, form = extracted
    text = extract(f"a.{form}", data).text
    record = json.loads(records.dumps(records.report_record(publication)))
    assert record["sha256"] == hashlib.sha256(data).hexdigest()
    assert (record["form"], record["text_sha256"]) == (form, hashlib.sha256(text.encode()).hexdigest())
    assert records.restore(record) == text.encode()
    record["segments"][0]["text"] += "x"
    with pytest.raises(ValueError, match="changed"):
        records.restore(record)
    told = json.loads(figure_records.data_package(publication))["baogao"]
    assert (told["sha256"], told["text_sha256"]) == (record["sha256"], record["text_sha256"])


def test_the_site_says_that_the_text_was_extracted_and_its_data_fits_the_schemas(extracted):
    publication, data, form = extracted
    made = texts(pages.files([publication]))
    id_ = publication.id
    for language, word in (("zh", "从中取出"), ("en", "A program extracted the text")):
        overview = made[f"{language}/{id_}/index.md"]
        assert word in overview and hashlib.sha256(data).hexdigest() in overview
        assert publication.report.source.text_sha256 in overview
        assert not any(claim in overview for claim in ("逐字节", "byte for byte"))
        data_page = made[f"{language}/data.md"]
        assert not any(claim in data_page for claim in ("逐字节还原", "rebuild the file received"))
    for name in ("report", "figures"):
        Draft202012Validator(load("schemas")[name]).validate(json.loads(made[f"zh/{id_}/{name}.json"]))


def test_of_a_text_the_data_says_nothing_of_extraction():
    record = records.report_record(understand("a.txt", TEXT.encode()))
    assert not {"form", "text_sha256"} & set(record)
    assert decode("a.txt", TEXT.encode())[0].encode() == records.restore(record)


def test_nothing_is_asked_of_the_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    address = "http://portal.example/a"
    page = f"<html><head><base href='{address}'><link rel=stylesheet href='{address}'><script src='{address}'></script></head><body><p>{TEXT}</p><img src='{address}'></body></html>"
    assert extract("a.html", page.encode())
    document = docx.Document()
    document.add_paragraph(TEXT)
    for kind in (
        RELATIONSHIP_TYPE.IMAGE,
        RELATIONSHIP_TYPE.FOOTNOTES,
        RELATIONSHIP_TYPE.IMAGE.replace("image", "attachedTemplate"),
    ):
        document.part.relate_to(address, kind, is_external=True)
    out = io.BytesIO()
    document.save(out)
    assert extract("a.docx", out.getvalue())


# ---- a folder


def test_a_folder_takes_every_form(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.HTML").write_bytes(PAGE.read_bytes())
    (tmp_path / "c.docx").write_bytes(word_report())
    (tmp_path / "c.yml").write_text("year: 2021\n")
    (tmp_path / "notes.md").write_text("nothing")
    shelf = read_folder(tmp_path, "seeds")
    assert {p.id for p in shelf.publications} == {"qinghe-2023", "yunling-2023", "qingpuhe-2021"}
    assert not [f for f in shelf.findings if is_error(f) or f.code == "sidecar-alone"]


def test_one_report_in_two_forms_is_told_and_published_once(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.html").write_bytes(PAGE.read_bytes())
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")  # beside its text, as an office keeps it
    shelf = read_folder(tmp_path, "seeds")
    assert [p.report.source.path for p in shelf.publications] == ["seeds/a.txt"]
    assert [(f.code, f.path, f.expected) for f in shelf.findings if is_error(f)] == [
        ("form-twice", "seeds/a.html", "a.txt")
    ]


def test_a_file_that_is_no_report_is_told_and_a_sidecar_alone_too(tmp_path):
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.yml").write_text("year: 2021\n")
    found = {(f.code, f.path) for f in read_folder(tmp_path, "seeds").findings}
    assert found == {("pdf-broken", "seeds/scan.pdf"), ("sidecar-alone", "seeds/b.yml")}


def test_no_file_of_the_folder_is_passed_over_without_a_word(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["新收", 3])
    book.save(tmp_path / "table.xlsx")
    for name, data in {
        "sheet.et": ole("Workbook"),
        "slides.pptx": zipped("[Content_Types].xml", "ppt/presentation.xml"),
        "all.zip": zipped("a.docx"),
        "photo.heic": b"\0\0\0\x18ftypheic",
        "page.shtml": PAGE.read_bytes(),
        "report": TEXT.encode(),
        "README.md": b"notes",
        "terms.csv": b"zh,en\n",
        ".hidden": b"",
    }.items():
        (tmp_path / name).write_bytes(data)
    shelf = read_folder(tmp_path, "seeds")
    assert not shelf.publications
    assert {f.path.removeprefix("seeds/"): f.code for f in shelf.findings if "terms" not in f.path} == {
        "table.xlsx": "form-spreadsheet",
        "sheet.et": "form-spreadsheet",
        "slides.pptx": "form-presentation",
        "all.zip": "form-archive",
        "photo.heic": "form-picture",
        "page.shtml": "ending-unknown",
        "report": "ending-unknown",
    }


def test_parts_within_parts_of_a_web_archive_are_no_work():
    begins = (f'Content-Type: multipart/related; boundary="b{i}"\n\n--b{i}\n' for i in range(300))
    begin = time.process_time()
    with pytest.raises(ReportError):
        extract("a.mht", "".join(begins).encode() + b"x\n" * 300_000)
    assert time.process_time() - begin < 1


@pytest.mark.parametrize("head", [b"<!---->" * 60, b"<!--->-->" * 900, b"<?xml ?>" * 900, b"a:\n" + b" \n" * 4_000])
def test_what_begins_like_a_page_is_told_at_once(head):
    """Comments that may end here or later had as many readings as 2 has powers."""
    begin = time.process_time()
    assert extract("a.txt", head + b"x") is None
    assert time.process_time() - begin < 1
