"""Word files: generated numerals, tables, notes, tracked changes, and what is refused."""

from __future__ import annotations

import io
import random
import zipfile
from xml.sax.saxutils import escape

import docx
import pytest
from baogao.model import Form, ReportError
from baogao.publication.publication import understand
from baogao.readers.package import HIGHEST_RATIO, MOST_ENTRIES
from baogao.readers.word import document_lines
from baogao.readers.word_numbering import formatted
from docx.oxml import parse_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def package(body: str, head: str = "", **parts: str) -> bytes:
    """A Word file of one body; parts are numbering, styles, footnotes, endnotes by name."""
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{name}+xml"/>' for name in parts)
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for i, name in enumerate(parts)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "word/document.xml": f'{head}<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>',
        **{f"word/{name}.xml": f"<w:{name} {NAMESPACES}>{text}</w:{name}>" for name, text in parts.items()},
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            file.writestr(name, text)
    return out.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(text: str = "", level: str = "", inner: str = "") -> str:
    """A paragraph; level is numId/ilvl, or the name of a style."""
    number, _, ilvl = level.partition("/")
    own = f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{number}"/></w:numPr>' if ilvl else ""
    style = f'<w:pStyle w:val="{level}"/>' if level and not ilvl else ""
    return f"<w:p><w:pPr>{style}{own}</w:pPr>{inner or run(text)}</w:p>"


def level(index: int, format_: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(abstract: str, *overrides: str) -> str:
    """One abstract list, and a list on it for each override."""
    nums = "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="0"/>{o}</w:num>' for i, o in enumerate(overrides, 1))
    return f'<w:abstractNum w:abstractNumId="0">{abstract}</w:abstractNum>{nums}'


def lines(body: str, **parts: str) -> list[str]:
    return document_lines("a.docx", package(body, **parts))[0]


def code(data: bytes) -> str:
    with pytest.raises(ReportError) as raised:
        document_lines("a.docx", data)
    return raised.value.findings[0].code


REPORT = lists(
    level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4"),
    "",
)


def test_generated_numerals_are_what_word_prints():
    body = "".join(
        p(text, at)
        for text, at in [
            ("成效", "1/0"), ("职能", "1/1"), ("审批", "1/2"), ("提速", "1/3"), ("减证", "1/3"), ("监管", "1/2"), ("执法", "1/1"),
            ("规范", "1/2"), ("不足", "1/0"), ("力量", "1/1"),
        ]
    )  # fmt: skip
    assert lines(body, numbering=REPORT) == [
        "一、成效", "（一）职能", "1. 审批", "①提速", "②减证", "2. 监管", "（二）执法", "1. 规范", "二、不足", "（一）力量",
    ]  # fmt: skip


def test_lists_on_one_abstract_list_count_on_unless_one_starts_anew():
    numbering = lists(
        level(0, "japaneseCounting", "%1、"),
        "",
        "",
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
    )
    body = p("甲", "1/0") + p("乙", "2/0") + p("丙", "3/0") + p("丁", "3/0") + p("戊", "1/0")
    assert lines(body, numbering=numbering) == ["一、甲", "二、乙", "一、丙", "二、丁", "三、戊"]


def test_a_level_that_never_restarts_counts_through():
    numbering = lists(
        level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2．", '<w:lvlRestart w:val="0"/>'), ""
    )
    body = p("甲", "1/0") + p("子", "1/1") + p("乙", "1/0") + p("丑", "1/1")
    assert lines(body, numbering=numbering) == ["一、甲", "1．子", "二、乙", "2．丑"]


def test_a_number_of_several_levels_may_be_in_digits_only():
    numbering = lists(level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>"), "")
    assert lines(p("总则", "1/0") + p("目的", "1/1"), numbering=numbering) == ["第一章总则", "1.1 目的"]


def test_a_style_numbers_its_paragraphs_and_zero_takes_one_out():
    numbering = lists(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>')
        + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>'),
        "",
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    body = p("成效", "H1") + p("职能", "H2") + p("附注", "H3") + p("不足", "H1")
    assert lines(body, numbering=numbering, styles=styles) == ["一、成效", "（一）职能", "附注", "二、不足"]


def test_bullets_of_list_fonts_are_shown_as_bullets():
    numbering = lists(level(0, "bullet", "\uf0d8"), "")
    assert lines(p("要点", "1/0"), numbering=numbering) == ["➢ 要点"]


FORMATS = [
    ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 103: "一百零三", 110: "一百一十"}),
    ("chineseCountingThousand", {12: "十二", 1005: "一千零五", 1000: "一千", 2340: "二千三百四十"}),
    ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
    ("ideographDigital", {10: "一〇", 2023: "二〇二三"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 51: "51"}),
    ("decimalEnclosedParen", {2: "⑵"}),
    ("decimalFullWidth", {12: "１２"}),
    ("upperRoman", {4: "IV", 9: "IX"}),
    ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb"}),
    ("decimalZero", {3: "03"}),
    ("none", {5: ""}),
    ("no such format", {5: "5"}),
]


@pytest.mark.parametrize(("format_", "number", "printed"), [(f, n, s) for f, of in FORMATS for n, s in of.items()])
def test_a_number_in_a_format_of_word(format_, number, printed):
    assert formatted(number, format_) == printed


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, text.split('/')))}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def test_a_table_is_a_row_a_line_with_empty_cells_where_cells_are_merged():
    body = "<w:tbl>" + "".join(
        [
            row(
                cell("部门", '<w:vMerge w:val="restart"/>'),
                cell("处罚", '<w:gridSpan w:val="2"/>'),
                cell("备注"),
            ),
            row(cell("不显示", "<w:vMerge/>"), cell("件数"), cell("金额/（万元）"), cell("")),
            row(cell("城管局"), cell("203"), cell(""), cell("无")),
        ]
    )
    assert lines(body + "</w:tbl>") == ["部门\t处罚\t\t备注", "\t件数\t金额 （万元）\t", "城管局\t203\t\t无"]


def test_a_table_that_holds_a_table_only_places_it():
    inner = "<w:tbl>" + row(cell("街道"), cell("件数")) + row(cell("东湖"), cell("86")) + "</w:tbl>"
    outer = row(f"<w:tc>{p('情况如下')}{inner}{p('如表')}</w:tc>", cell("右栏"))
    body = f"<w:tbl>{outer}</w:tbl>"
    assert lines(body) == ["情况如下", "街道\t件数", "东湖\t86", "如表", "右栏"]


def test_changes_are_accepted_and_what_is_hidden_is_no_text():
    inner = (
        run("办理")
        + '<w:del w:id="1"><w:r><w:delText>30</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{run("31")}</w:ins>'
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        + f'<w:hyperlink r:id="x">{run("件")}</w:hyperlink>'
        + '<w:r><w:t>，</w:t><w:tab/><w:t>续</w:t><w:br/><w:t>行</w:t><w:br w:type="page"/></w:r>'
    )
    joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("上半句，") + "</w:p>" + p("下半句。")
    gone = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>'
    body = p(inner=inner) + joined + gone + p("唯一", "1/0")
    assert lines(body, numbering=REPORT) == ["办理31件， 续", "行", "上半句，下半句。", "一、唯一"]


def test_notes_stand_at_the_end_and_text_boxes_behind_their_paragraph():
    box = "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>".format(
        p("框中文字")
    )
    body = p(inner=f'{run("满意率98%")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("。")}<w:r>{box}</w:r>') + p(
        "末段。"
    )
    notes = '<w:footnote w:id="-1"><w:p/></w:footnote><w:footnote w:id="2">' + p(" 抽样调查。") + "</w:footnote>"
    assert lines(body, footnotes=notes) == ["满意率98%[1]。", "框中文字", "末段。", "[1] 抽样调查。"]


FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>健全机制。</w:t></w:r>'
CODES = [
    (("eq \\o\\ac(○,1)",), "①"),
    ((" EQ \\o\\ac(", "○", ",12) "), "⑫"),  # as Word parts it by fonts
    (("eq \\o\\ac(○,三)",), "㊂"),
    (("eq \\o\\ac(□,5)",), "5"),
    (("PAGE",), ""),
]


@pytest.mark.parametrize(("codes", "shown"), CODES)
def test_a_ringed_number_made_by_a_field_is_one(codes, shown):
    told = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    assert lines(p(inner=FIELD.format(told))) == [f"{shown}健全机制。"]
    simple = f'<w:fldSimple w:instr="{"".join(codes)}"/><w:r><w:t>健全机制。</w:t></w:r>'
    assert lines(p(inner=simple)) == [f"{shown}健全机制。"]


def test_content_controls_and_formulas_are_text():
    body = f"<w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>" + p(
        inner=f"<w:sdt><w:sdtContent>{run('内')}</w:sdtContent></w:sdt><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    )
    assert lines(body) == ["控件", "内x=1"]


def test_a_scan_is_refused_and_pictures_in_a_text_are_told():
    picture = "<w:r><w:drawing/></w:r>"
    assert code(package(p(inner=picture) + p(inner=picture))) == "docx-scan"
    assert code(package(p(" "))) == "empty"
    found = document_lines("a.docx", package(p("文字") + p(inner=picture)))[1]
    assert [(f.code, f.met) for f in found] == [("pictures", "1")]


# ---- nothing from outside, nothing without end


def test_an_external_entity_is_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    head = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert code(package("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", head)) == "docx-entities"


def test_entities_that_multiply_are_refused_in_any_part():
    head = '<!DOCTYPE w:document [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    body = "<w:p><w:r><w:t>&i;</w:t></w:r></w:p>"
    assert code(package(body, head + "]>")) == "docx-entities"
    wide = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(p("甲")))) as old, zipfile.ZipFile(wide, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        new.writestr("word/styles.xml", f'<?xml version="1.0" encoding="utf-16"?>{head}]><x/>'.encode("utf-16"))
    assert code(wide.getvalue()) == "docx-entities"


def test_a_zip_bomb_is_refused_by_its_table_of_contents(monkeypatch):
    out = io.BytesIO(package(p("甲")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/media/a.bin", b"\0" * 40_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # nothing is expanded
    assert len(out.getvalue()) * HIGHEST_RATIO < 40_000_000
    assert code(out.getvalue()) == "docx-ratio"


def _renamed(main: str, before: str = "", pack: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A Word file whose document is called otherwise, with more XML before its text, and what does not pack beside."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(p("甲")))) as old, zipfile.ZipFile(out, "w", pack) as new:
        for entry in old.infolist():
            said = old.read(entry).replace(b"document.xml", main.encode())
            said = said.replace(b"<w:body>", b"<w:body>" + before.encode())
            new.writestr(entry.filename.replace("document.xml", main), said)
        new.writestr("a.jpg", random.Random(1).randbytes(200_000))
    return out.getvalue()


def test_what_is_xml_is_told_by_its_first_bytes_and_each_part_of_it_is_weighed():
    """A document called .bin, and a bomb beside a photograph that makes the whole look loosely packed, took minutes."""
    assert code(_renamed("document.bin", "<w:p/>" * 200_000)) == "docx-ratio"
    assert code(_renamed("document.xml", "<w:p/>" * 200_000)) == "docx-ratio"
    assert code(_renamed("document.bin", f"<!--{' ' * 300_000}-->" * 70, zipfile.ZIP_STORED)) == "docx-large"


@pytest.mark.parametrize("encoding", ["utf-7", "cp037"])
def test_xml_in_an_encoding_that_hides_entities_is_refused(encoding):
    text = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(encoding)
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    out = io.BytesIO(package(p("甲")))
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("word/a.bin", declared.encode("ascii" if encoding == "utf-7" else encoding) + text)
    assert code(out.getvalue()) == "docx-entities"


def test_a_package_of_very_many_entries_is_refused():
    out = io.BytesIO(package(p("甲")))
    with zipfile.ZipFile(out, "a") as file:
        for i in range(MOST_ENTRIES):
            file.writestr(f"word/{i}.bin", b"")
    assert code(out.getvalue()) == "docx-entries"


@pytest.mark.parametrize("at", range(0, 1000, 37))
def test_a_damaged_file_is_told_in_one_line(at):
    data = bytearray(package(p("甲" * 50, "1/0"), numbering=REPORT))
    del data[at : at + 60]
    try:
        document_lines("a.docx", bytes(data))
    except ReportError as error:
        assert error.findings[0].code in ("docx-broken", "docx-large", "docx-ratio", "empty")


def test_deep_nesting_is_told_not_followed():
    deep = "<w:customXml>" * 5000 + p("深") + "</w:customXml>" * 5000
    assert code(package(deep)) == "docx-broken"


# ---- a report, as Word saves it


def word_report() -> bytes:
    """A report with the styles of Word's own template; its section numerals are generated."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="90">{level(0, "chineseCountingThousand", "%1、")}{level(1, "chineseCountingThousand", "（%2）")}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    numbering.append(parse_xml(f'<w:num xmlns:w="{W}" w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))

    def numbered(text: str, ilvl: int) -> None:
        paragraph = document.add_paragraph(text, style="Heading 1" if ilvl == 0 else None)
        own = f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="{ilvl}"/><w:numId w:val="90"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(own))

    document.add_heading("青浦河县人民政府关于2021年度法治政府建设情况的报告", 0)
    document.add_paragraph("2021年，全县扎实推进法治政府建设。现报告如下。")
    numbered("主要举措和成效", 0)
    numbered("推进简政放权。取消审批事项16项。", 1)
    numbered("规范行政执法。各单位办案情况如下：", 1)
    table = document.add_table(rows=3, cols=3)
    for cells, said in zip(table.rows, ["单位 立案 结案", "水务局 41 40", "林业局 27 27"], strict=True):
        for one, text in zip(cells.cells, said.split(), strict=True):
            one.text = text
    numbered("存在的不足", 0)
    document.add_paragraph("执法力量薄弱。")
    document.add_paragraph("青浦河县人民政府")
    document.add_paragraph("2022年1月26日")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_report_in_word_is_read_as_it_was_meant():
    read = understand("a.docx", word_report())
    source = read.report.source
    said = source.particulars
    assert source.form is Form.DOCX
    assert said.title.text == "青浦河县人民政府关于2021年度法治政府建设情况的报告"
    assert (said.issuer.text, said.signed.text) == ("青浦河县人民政府", "2022年1月26日")
    assert [section.id for section in read.report.walk()] == ["1", "1-1", "1-2", "2"]
    assert [item.label for item in read.items][:2] == ["一、主要举措和成效", "（一）推进简政放权"]
    rows = [s.text.split("\t") for s in read.report.sentences() if "\t" in s.text]
    assert rows == [["单位", "立案", "结案"], ["水务局", "41", "40"], ["林业局", "27", "27"]]
    assert next(read.report.sentences()).text == "2021年，全县扎实推进法治政府建设。"
    assert [s.text for s in read.report.sentences()][-1] == "执法力量薄弱。"
    assert "".join(source.text[s.start : s.end] for s in read.report.segments) == source.text


def _note(kind: str, id_: int, text: str, *marked: tuple[str, int]) -> str:
    marks = "".join(f'<w:r><w:{one}Reference w:id="{number}"/></w:r>' for one, number in marked)
    return f'<w:{kind} w:id="{id_}">{p(inner=run(text) + marks)}</w:{kind}>'


def test_a_note_that_marks_itself_or_another_stands_once():
    body = p(inner=run("甲。") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + p(
        inner=run("乙。") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    footnotes = _note("footnote", 2, "一。", ("footnote", 2), ("endnote", 1), ("footnote", 9))
    endnotes = _note("endnote", 1, "二。", ("footnote", 2), ("endnote", 1))
    said, _ = document_lines("a.docx", package(body, footnotes=footnotes, endnotes=endnotes))
    assert said == ["甲。[1]", "乙。[1]", "[1] 一。[1][2][3]", "[2] 二。[1][2]", "[3] "]


def test_styles_based_on_each_other_end():
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    assert document_lines("a.docx", package(p("甲。", "a"), styles=styles))[0] == ["甲。"]


def test_a_numeral_that_fills_gigabytes_is_refused():
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{"甲" * 50_000}%1"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    with pytest.raises(ReportError) as caught:
        document_lines("a.docx", package(p("甲。", "1/0") * 3_000, numbering=numbering))
    assert caught.value.findings[0].code == "docx-text"


def test_a_word_file_with_damaged_bytes_or_parts_is_read_or_refused_in_a_word():
    whole = package(p("甲。") * 20, styles="", numbering="")
    with zipfile.ZipFile(io.BytesIO(whole)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    chance, read = random.Random(1), 0
    for number in range(300):
        data = bytearray(whole)
        if number % 2:
            for _ in range(3):
                data[chance.randrange(len(data))] = chance.randrange(256)
        else:
            name = chance.choice(list(parts))
            at = chance.randrange(len(parts[name]))
            odd = chance.choice([b"<w:p>", b"</w:p>", b"&x;", b"\0", b"<!--", b"<?a?>", b"\xff", b""])
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])) as file:
                for one, content in parts.items():
                    file.writestr(one, content[:at] + odd + content[at:] if one == name else content)
            data = bytearray(out.getvalue())
        try:
            read += bool(document_lines("a.docx", bytes(data)))
        except ReportError as error:
            assert error.findings[0].code.startswith(("docx-", "empty"))
    assert 0 < read < 300
