"""figures.xlsx, with openpyxl as its referee: what a person sees who opens it by a double-click."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from baogao.export.workbook import figures_workbook
from baogao.publication.folder import read_file
from baogao.publication.publication import understand
from baogao.wording.names import Names
from conftest import PRACTICE, SEED, understood
from openpyxl import load_workbook


def opened(publication, site_url=""):
    return load_workbook(io.BytesIO(figures_workbook([Names(publication, "zh"), Names(publication, "en")], site_url)))


def table(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    assert len(set(head)) == len(head)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda path: path.name[:8])
def test_every_figure_has_a_row_in_each_language_and_its_value_is_a_number(path):
    publication = understood(path)
    text = publication.report.source.text
    book = opened(publication)
    assert book.sheetnames == ["数字", "Figures"]
    chinese, english = (table(sheet) for sheet in book)
    assert len(chinese) == len(english) == len(publication.figures)
    for figure, row, other in zip(publication.figures, chinese, english, strict=True):
        assert row["原文写法"] == text[figure.start : figure.end] and row["原文写法"] in row["原句"]
        low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, None)
        if not figure.values:
            assert Decimal(str(row["数值"])) == low == Decimal(str(other["Value"]))
            assert (row["上限（区间）"] is None) == (high is None)
        assert row["报告年度"] == publication.year and row["地区"] == publication.given("place")


def test_a_sheet_is_in_the_words_of_its_language():
    chinese, english = opened(read_file(SEED, "seeds/a.txt"))
    assert not [cell.value for cell in chinese[1] if str(cell.value).isascii()]
    assert all(str(cell.value).isascii() for cell in english[1])
    kinds = {row["种类"].partition(" · ")[0] for row in table(chinese)}
    assert kinds <= {"数量", "占比或比率", "增减", "比值"}


def test_a_link_leads_to_the_figure_where_the_address_of_the_site_is_known():
    publication = read_file(SEED, "seeds/a.txt")
    known, unknown = opened(publication, "https://example.org/reports/"), opened(publication)
    figure = publication.figures[0]
    page = figure.sentence[1:].rpartition("-")[0].rsplit("-", 1)[0]
    for folder, sheet, other in zip(("", "en/"), known, unknown, strict=True):
        link, plain = sheet.cell(2, sheet.max_column), other.cell(2, other.max_column)
        assert link.value == plain.value and plain.hyperlink is None
        address = f"{link.hyperlink.target}#{link.hyperlink.location}"
        assert address == f"https://example.org/reports/{folder}{publication.id}/{page}.html#{figure.id}"


def test_text_that_looks_like_a_formula_is_text_and_the_bytes_are_the_same_each_time():
    text = '某区2023年度法治政府建设报告\n一、甲\n=HYPERLINK("http://x")办理案件7件。\n'
    publication = understand("a.txt", text.encode())
    sheet = opened(publication).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    names = [Names(publication, "zh")]
    assert figures_workbook(names) == figures_workbook(names)
