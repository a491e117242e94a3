"""Figures -> figures.xlsx: a table for people who open it by a double-click, a sheet a language.

Heads and codes are in words, numbers are numbers, every row has its whole sentence and a link to it. The data for
programs are figures.csv and figures.json; what stands here is what their columns say.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from urllib.parse import urljoin

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..folding import displayed
from ..model import Figure, Status
from ..rules import load
from ..wording.names import Names
from ..wording.words import bound_key

_EPOCH = datetime(2000, 1, 1)  # same input, same bytes: when it was made is not told
_LONGEST = 32_767  # characters that a cell of Excel takes
_EXACT = Decimal(10) ** 15  # Excel keeps fifteen digits; what is longer is given as text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet."""

    head: str  # key of its words
    width: int  # in digits of the standard font, as Excel has it
    says: Callable[[Names, Figure], str | Decimal]


def figures_workbook(languages: Sequence[Names], site_url: str = "") -> bytes:
    """The figures of one report, a sheet for each language given, in the report's order; links where the address of
    the site is known."""
    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with Workbook(out, plain) as book:
        book.set_properties({"title": languages[0].title(), "created": _EPOCH})
        looks = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"num_format": "#,##0.######", "valign": "top"}),
            "whole": book.add_format({"num_format": "#,##0", "valign": "top"}),
            "link": book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"}),
        }
        for names in languages:
            _fill(book.add_worksheet(names.words("sheet")), names, looks, site_url)
    return out.getvalue()


def _fill(sheet: Worksheet, names: Names, looks: dict[str, Format], site_url: str) -> None:
    figures = names.publication.figures
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, names.words(column.head), looks["head"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(figures), len(COLUMNS) - 1)
    for row, figure in enumerate(figures, 1):
        for at, column in enumerate(COLUMNS):
            _write(sheet, row, at, column.says(names, figure), looks)
        if site_url:
            path = _address(names, figure)
            sheet.write_url(row, _LINK, urljoin(site_url, path), looks["link"], path)


def _write(sheet: Worksheet, row: int, at: int, said: str | Decimal, looks: dict[str, Format]) -> None:
    if isinstance(said, Decimal) and abs(said) < _EXACT:
        whole = said == said.to_integral_value()
        sheet.write_number(row, at, float(said), looks["whole" if whole else "number"])
    elif said:
        sheet.write_string(row, at, displayed(f"{said}")[:_LONGEST], looks["text"])


def _value(_: Names, figure: Figure) -> str | Decimal:
    if figure.values:
        return "∶".join(f"{term:f}" for term in figure.values)
    return figure.value[0] if isinstance(figure.value, tuple) else figure.value


def _high(_: Names, figure: Figure) -> str | Decimal:
    return figure.value[1] if isinstance(figure.value, tuple) else ""


def _theme(names: Names, figure: Figure) -> str:
    titles = {row["theme"]: str(row[names.language]) for row in load("themes")["themes"]}
    return titles.get(figure.theme, "")


def _address(names: Names, figure: Figure) -> str:
    """Of the figure in its sentence, from the root of the site."""
    return f"{names.path(names.home(figure.sentence), 'html')}#{figure.id}"


def _sentence(names: Names, figure: Figure) -> str:
    piece = names.pieces[figure.sentence]
    return names.translation.english(piece.id, piece.text) or piece.text


# what a reader asks first stands first: what, how much, when; then how sure, and where it is said
COLUMNS = (
    Column("column_subject", 36, lambda names, figure: names.subject(figure).text.striptags()),
    Column("column_value", 14, _value),
    Column("sheet_high", 12, _high),
    Column("column_unit", 10, lambda names, figure: names.unit_of(figure).text.striptags()),
    Column("sheet_quote", 16, lambda _, figure: figure.quote),
    Column("sheet_bound", 10, lambda names, figure: names.words(f"bound_{bound_key(figure)}")),
    Column("column_kind", 12, lambda names, figure: names.kind_of(figure)),
    Column("sheet_period", 12, lambda _, figure: figure.period.replace("/", "–")),
    Column("target", 8, lambda names, figure: names.words("target") if figure.status is Status.TARGET else ""),
    Column("place", 16, lambda names, _: names.place_name()),
    Column("sheet_year", 8, lambda names, _: names.publication.year),
    Column("by_theme", 20, _theme),
    Column("fact_scope", 16, lambda _, figure: figure.scope),
    Column("doubtful", 20, lambda names, figure: names.words(f"doubt_{figure.doubt}") if figure.doubt else ""),
    Column("sheet_sentence", 80, _sentence),
    Column("sheet_place", 22, lambda names, figure: names.place(figure.sentence)),
    Column("sheet_link", 30, _address),
)
_LINK = len(COLUMNS) - 1
