"""Whatever stands in a Word file, an OFD file, a web archive or a saved page, the pages have the elements of a tame one,
and no cell of a file for Excel is calculated."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from itertools import cycle

import docx
import hostile
import pytest
from baogao.export.workbook import figures_workbook
from baogao.publication.publication import Publication, understand
from baogao.site.page import converted
from baogao.site.pages import files
from baogao.translation.po import Entry, State, Translation
from baogao.wording.names import Names
from mkdocs.utils.meta import get_data
from openpyxl import load_workbook
from readers.ofd_files import Typesetter, ofd
from readers.test_extract import archived
from readers.test_word import p, package, run
from selectolax.lexbor import LexborHTMLParser
from test_hostile import shape

ROWS = (("乡镇{}", "受理（件）", "{}办结（件）"), ("{}东河镇", "312", "309"), ("西山乡{}", "208", "208"))
TITLE, LINES = (
    "红河市黑山区2023年度法治政府建设情况报告",
    (
        "2023年，黑山区{}贯彻落实《条例{}》和{}要求。现将情况报告如下：",
        "一、主要举措和成效{}",
        "（一）推进依法行政{}。{}检查企业50家，行政复议{}案件12件。各部门认真履行职责，健全制度体系，依法推进各项工作。",
        "{}",
        "{}办理案件3件。",
        "二、存在的问题{}",
        "执法力量{}仍较薄弱，各部门认真履行职责，健全制度体系，依法推进各项工作，规范行政执法行为。",
        "红河市黑山区人民政府",
        "2024年1月25日",
    ),
)
# besides those of hostile.py: what other builders of pages take for theirs
FOREIGN = (
    '--8<-- "mkdocs.yml"',
    ";--8<--\nmkdocs.yml\n;--8<--",
    "[[toc]]",
    "[TOC]",
    "::: module",
    "$(x)",
    "<!-- md -->",
)


FILLER = "各部门认真履行职责，健全制度体系，依法推进各项工作，规范行政执法行为。" * 12  # else it is no Chinese text
Values = Iterator[str]  # endless


def filled(form: str, values: Values) -> str:
    """A line of the report with the next value in each of its places."""
    return re.sub("{}", lambda _: " ".join(next(values).split()), form)


def lines(values: Values) -> list[str]:
    """The report, values in its sentences, headings, names, and alone on lines."""
    return [TITLE, *(filled(line, values) for form in LINES for line in (form, FILLER))]


def cells(values: Values) -> list[list[str]]:
    return [[filled(cell, values) for cell in row] for row in ROWS]


def word(values: Values) -> bytes:
    """Values in headings by style, a table, the file's properties, head and foot, a comment too."""
    document = docx.Document()
    for name in ("title", "subject", "author", "keywords", "comments", "category", "last_modified_by"):
        setattr(document.core_properties, name, next(values)[:200])
    for line in lines(values):
        document.add_paragraph(line, style="Heading 1" if line[:2] in ("一、", "二、") else None)
    table = document.add_table(3, 3)
    for row, said in zip(table.rows, cells(values), strict=True):
        for cell, text in zip(row.cells, said, strict=True):
            cell.text = text
    document.add_comment(document.paragraphs[2].runs, text=next(values), author=next(values)[:50])
    document.sections[0].header.paragraphs[0].text = next(values)
    document.sections[0].footer.paragraphs[0].text = next(values)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def page(values: Values) -> bytes:
    """Values in its title, its meta elements, attributes, headings, a table, a footnote, as text."""
    said = escape(next(values))
    shown = "".join(f"<p title='{said}'>{escape(line)}</p>\n" for line in lines(values))
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in cells(values))
    meta = "".join(f'<meta name="{name}" content="{said}">' for name in ("ArticleTitle", "ContentSource", "keywords"))
    note = f'<p id="fn1"><a href="#r1">[1]</a>{said}</p>'
    head = f'<!doctype html><html><head><meta charset="utf-8">{meta}<title>{said}</title></head>'
    return f'{head}<body><div id="zoom">{shown}<table>{rows}</table>{note}</div></body></html>'.encode()


def fixed_layout(values: Values) -> bytes:
    return ofd(Typesetter([line for line in lines(values) if line.strip()]).pages(), annotation=next(values))


def noted(values: Values) -> bytes:
    """Values in footnotes, endnotes and fields, which python-docx writes none of."""
    marks = [f'<w:r><w:{kind}noteReference w:id="{n}"/></w:r>' for n in (2, 3) for kind in ("foot", "end")]
    shown = [line for line in lines(values) if line.strip()]
    body = "".join(p(inner=run(line) + mark) for line, mark in zip(shown, cycle([*marks, ""]), strict=False))
    notes = {
        f"{kind}notes": "".join(f'<w:{kind}note w:id="{n}">{p(next(values))}</w:{kind}note>' for n in (2, 3))
        for kind in ("foot", "end")
    }
    field = f'<w:r><w:instrText xml:space="preserve">{escape(" ".join(next(values).split()))}</w:instrText></w:r>'
    return package(body + p(inner=field + run(next(values))), **notes)


FORMS = {
    "a.docx": word,
    "notes.docx": noted,
    "a.html": page,
    "a.mht": lambda values: archived(page(values)),
    "a.ofd": fixed_layout,
}


def shapes(publication: Publication) -> set[tuple[str, str]]:
    found = set()
    for file in files([publication], site_url="https://example.org/", proofs=True):
        if file.path.endswith(".md") and not file.as_it_is:
            source, front = get_data(file.content.decode())
            assert "title" in front and not source.startswith("---"), f"the front matter of {file.path} is no YAML"
            found |= shape(LexborHTMLParser(f"<article>{converted(source)}</article>"))
    return found


@pytest.mark.parametrize("name", FORMS)
def test_no_text_of_a_file_makes_an_element_or_an_attribute(name):
    every = [*hostile.SEQUENCES, *hostile.LINES, *FOREIGN]
    printable = ["".join(c if c.isprintable() else " " for c in value) for value in every]
    values = [hostile.SEPARATOR.join(printable[n::10]) for n in range(10)]
    tame, wild = (understand(name, FORMS[name](cycle(said))) for said in ([hostile.TAME], values))
    text = re.sub(r"\s", "", wild.report.source.text)
    assert all(part in text for part in ("onfocus", "{{config", "--8<--", "[[toc]]", "javascript:"))
    assert shapes(wild) <= shapes(tame)


CALCULATED = (
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "\t=",
    "\r=",
    " =",
    "-1+",
    "+2",
    "－1",
    "'=",
    '"=',
    ",=",
    ";=",
)


def test_no_cell_for_excel_is_calculated():
    values = [sign + said for sign in CALCULATED for said in ("甲乙", "SUM(1)", "cmd|x!A0", "1%")]
    turn = cycle(values)
    table = ["\t".join(row) for row in cells(turn)]
    publication = understand("a.txt", "\n".join([*lines(turn), *table, *lines(turn)[3:]]).encode())
    english = {unit.id: Entry(unit.text, f"{next(turn)} and so on", State.REVIEWED) for unit in publication.units()}
    publication = replace(publication, translation=Translation("a.en.po", english))
    names = [Names(publication, "zh"), Names(publication, "en")]
    every = [file.content.decode() for file in files([publication]) if file.path.endswith(".csv")]
    for_excel = [table for table in every if table.startswith("\ufeff")]  # those without are data, and exact
    (bilingual,) = [table for table in for_excel if table.startswith("\ufeffid,zh,en")]
    assert len(for_excel) > 1 and all(f",'{sign}" in bilingual for sign in "=@\t－")
    for table in for_excel:
        for cell in (cell for row in csv.reader(io.StringIO(table[1:], newline="")) for cell in row):
            assert not re.match("[=+@＝＋－＠\t\r\n-]", cell) or re.fullmatch("[+-][0-9.,]+%?", cell), cell
    for sheet in load_workbook(io.BytesIO(figures_workbook(names, "https://example.org/"))):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
