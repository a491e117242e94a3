"""Successive rows -> tables: what is head and what body, what each column is called, what the table is of.

Rows are parted where a new head begins. Lines of one cell are pieces: of the head above the first row with numbers,
of broken rows below it. Title and unit stand in the head, in the lines above or in the heading of the section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import Any

from ..outline.words import Class, segmented
from ..patterns import HAN_CHARACTER
from ..rules import load
from .quantity_rules import is_unit
from .table_cells import ReadCell, ReadRow, table_rule, words_of
from .table_heads import LIST_NUMERAL, UNIT_LINE, YEAR, Columns, TableHead, heads_over, is_label, read_head


@dataclass
class Table:
    """Successive rows under one head."""

    heads: tuple[ReadRow, ...]
    body: tuple[ReadRow, ...]  # pieces among them
    pieces: tuple[str, ...]  # of the head: lines of one cell
    title: str
    unit: str  # of the table
    form: dict[str, Any] | None  # where it is one of a fixed form

    @cached_property
    def rows(self) -> tuple[ReadRow, ...]:
        """The body without the pieces in it."""
        return tuple(row for row in self.body if len(row.filled) > 1)

    @cached_property
    def has_codes(self) -> bool:
        """Whether a row of it opens with a code."""
        return any(row.filled[0].start in row.codes for row in self.rows)

    @cached_property
    def known_codes(self) -> frozenset[str]:
        """The codes of its rows, of three digits or more."""
        codes = (cell.text for row in self.rows for cell in row.filled if cell.start in row.codes)
        return frozenset(text for text in codes if len(text) > 2)

    @cached_property
    def is_of_amounts(self) -> bool:
        """Whether its numbers have decimals, most of them: the others are codes."""
        numbers = [cell for row in self.rows for cell in row.filled if cell.number and cell.start not in row.codes]
        return sum("." in cell.text for cell in numbers) * 3 >= 2 * len(numbers)

    def codes(self, row: ReadRow) -> frozenset[int]:
        """Where codes stand in a row; where others open with codes, also those of a row that lost its words."""
        if not self.has_codes:
            return row.codes
        opening = list(takewhile(ReadCell.is_bare, row.filled))
        lost = opening if len(opening) < len(row.filled) else opening[:1]
        among = (
            cell
            for cell in row.filled
            if cell.is_bare() and cell.text != "0" and (self.is_of_amounts or cell.text in self.known_codes)
        )
        inner = (
            cell
            for before, cell, behind in zip(row.filled, row.filled[1:], row.filled[2:], strict=False)
            if cell.is_bare() and behind.is_words and not before.is_words
        )
        return row.codes | {cell.start for cell in (*lost, *among, *inner)}

    @cached_property
    def is_broken(self) -> bool:
        """Whether words of the head were lost over which column they stood: on lines of their own, or run together."""
        if self.form:
            return False
        return any(not is_label(words_of(piece)) for piece in self.pieces) or self.is_too_narrow

    @cached_property
    def is_too_narrow(self) -> bool:
        """Whether a row has more numbers than the head has words for."""
        widths = {len(line.cells) for line in self.heads} | {len(line.filled) for line in self.heads}
        most = sum(map(len, self.blocks))
        return bool(self.heads) and any(
            sum(bool(cell.number) for cell in row.filled) - len(self.codes(row)) > most
            for row in self.rows
            if len(row.cells) not in widths and len(row.filled) not in widths
        )

    @cached_property
    def whole(self) -> Columns:
        """The columns where every cell is kept, empty ones too."""
        return heads_over([head.cells for head in self.heads], self.is_broken)

    @cached_property
    def filled(self) -> Columns:
        """The columns of the cells that are filled."""
        return heads_over([head.filled for head in self.heads], self.is_broken)

    def columns(self, row: ReadRow) -> tuple[tuple[ReadCell, ...], Columns] | None:
        """The cells of a row and their heads, where it has as many as the widest line of the head; else None."""
        for cells, columns in ((row.cells, self.whole), (row.filled, self.filled)):
            if cells and len(cells) == len(columns.heads) and self.is_under(row, cells, columns):
                return cells, columns
        return None

    def is_under(self, row: ReadRow, cells: Sequence[ReadCell], columns: Columns) -> bool:
        """Whether the cells fit their heads: no code under a head of values, no amount under one of words."""
        codes = self.codes(row)
        for cell, head in zip(cells, columns.heads, strict=True):
            of_words = is_label(head.words) or bool(table_rule("never").match(head.words))
            if of_words and cell.number and "." in cell.text:
                return False
            # a head over every cell says that 12 活动 is a number; of several codes, or where words were lost, none is
            may_count = row.codes == {cell.start} and cell.text[0] != "0" and not self.is_broken
            if not of_words and cell.start in codes and not may_count:
                return False
        return True

    @cached_property
    def is_of_categories(self) -> bool:
        """Whether its rows are places, trades, products: what is counted of them its title or its corner says."""
        return bool(_corner(self.heads).unit) or any(
            words_of(cell.text) in load("tables")["categories"] for head in self.heads for cell in head.cells
        )

    @cached_property
    def topic(self) -> str:
        """What it is a table of."""
        return _topic(self.title)

    @cached_property
    def year(self) -> str:
        """The year its title names, in four digits; else empty."""
        year = YEAR_NAMED.search(self.title)
        return year[1] if year else ""

    @cached_property
    def blocks(self) -> list[list[TableHead]]:
        """The heads of values, of each of the tables that stand side by side in the widest line of the head."""
        lines = [
            [cell for cell in line.filled if not table_rule("never").match(words_of(cell.text))] for line in self.heads
        ]
        widest = max(reversed(lines), key=len, default=[])
        found: list[list[TableHead]] = []
        named = True
        for cell in widest:
            head = read_head(cell.text)
            if is_label(head.words):
                if not (found and named):
                    found.append([])
                named = True
            elif not (table_rule("never").match(head.words) or head.words in load("tables")["units"]):
                found = found or [[]]
                found[-1].append(head)
                named = False
        return found

    @cached_property
    def unit_over(self) -> str:
        """The unit that a line of the head gives all columns under it; empty where none, or several."""
        widest = max((len(line.filled) for line in self.heads), default=0)
        lines = [line for line in self.heads[:-1] if len(line.filled) < widest or line is self.heads[0]]
        over = [read_head(cell.text) for line in lines for cell in line.filled]
        units = {head.unit for head in over if not _names_rows(head)}
        return units.pop() if len(units) == 1 else ""

    @cached_property
    def are_alike(self) -> bool:
        """Whether the tables side by side have the same heads."""
        return all(block == self.blocks[0] for block in self.blocks)

    def values(self, count: int, block: int, blocks: int) -> Columns | None:
        """The heads of so many values in a row, or in a part of it; None where they cannot be known."""
        if self.form:
            fits = count == len(self.form["columns"])
            return Columns(tuple(TableHead(name) for name in self.form["columns"])) if fits else None
        mine = self.blocks
        if not mine:
            return Columns((TableHead(""),), sure=not self.heads) if count == 1 else None
        if blocks != len(mine) and not self.are_alike:
            return None
        heads = mine[block if blocks == len(mine) else 0]
        if len(heads) != count:
            return None
        distinct = len({head.words for head in heads}) == len(heads)
        return Columns(tuple(heads), sure=distinct and not self.is_broken)


def _names_rows(head: TableHead) -> bool:
    """Whether a head stands over no numbers."""
    of_units = head.words in load("tables")["units"]
    return of_units or is_label(head.words) or bool(table_rule("never").match(head.words))


def parted(rows: Sequence[ReadRow]) -> Iterator[list[ReadRow]]:
    """Successive rows parted where a new head begins."""
    part: list[ReadRow] = []
    body = False
    for row in rows:
        first = words_of(row.cells[0].text) if row.cells else ""
        if body and not row.has_numbers and len(row.filled) > 1 and is_label(first):
            yield part
            part, body = [], False
        body = body or row.has_numbers
        part.append(row)
    yield part


def structure(rows: Sequence[ReadRow], above: Sequence[str], heading: str) -> Table:
    """The rows of one table told apart. `above`: the lines before it; `heading`: of its section."""
    begin = next((n for n, row in enumerate(rows) if _is_body(row)), len(rows))
    head, body = rows[:begin], tuple(rows[begin:])
    lines = [cell.text for row in head for cell in row.filled if _is_unit_line(cell.text)]
    heads = tuple(
        row
        for row in head
        if len(row.filled) > 1
        and any(cell.number or cell.is_words for cell in row.filled)  # a rule of dashes is none
        and not any(_is_unit_line(cell.text) for cell in row.filled)
    )
    heads = _with_bodies(heads, body)
    corner = _corner(heads)
    pieces = [
        *_loose(above),
        *(row.sentence.text for row in head if len(row.filled) == 1 and not _unit_line(row.sentence.text)),
    ]
    alone = head[-1].sentence.text if head and len(head[-1].filled) == 1 else ""
    if body and alone and not (body[0].label or _unit_line(alone) or is_label(words_of(alone))):
        pieces, body = pieces[:-1], (head[-1], *body)  # the words of the first row
    title = _title(above) or (corner.words if corner.unit else heading if _is_noun(heading) else "")
    words = words_of("".join([*above, heading, *(row.sentence.text for row in head)]))
    form = next((one for one in load("tables")["forms"] if all(word in words for word in one["words"])), None)
    unit = next(filter(None, map(_unit_line, [*lines, *reversed(above), heading])), "")
    body = body if form else tuple(_reached(body))
    return Table(heads, body, tuple(pieces), title, unit or (form["unit"] if form else corner.unit), form)


def _with_bodies(heads: tuple[ReadRow, ...], body: Sequence[ReadRow]) -> tuple[ReadRow, ...]:
    """The heads, 单位 over bodies as the word for bodies: over cells that are units it is the column of units."""
    return tuple(
        replace(head, cells=tuple(_of_bodies(head, n, body) for n in range(len(head.cells)))) if head.cells else head
        for head in heads
    )


def _of_bodies(head: ReadRow, n: int, body: Sequence[ReadRow]) -> ReadCell:
    cell = head.cells[n]
    if words_of(cell.text) not in load("tables")["units"]:
        return cell
    under = [row.cells[n].text for row in body if len(row.cells) == len(head.cells)]
    words = [text for text in under if HAN_CHARACTER.search(text)]
    return replace(cell, text=load("tables")["bodies"]) if words and not any(map(is_unit, words)) else cell


def _reached(body: Sequence[ReadRow]) -> Iterator[ReadRow]:
    """The rows, of each the cells left empty before its own words filled with what reaches down over them: a cell of
    words that stands merged over several rows. A total, whose words take all those columns, reaches over none."""
    above: tuple[ReadCell, ...] = ()
    for row in body:
        cells = row.cells
        own = next((n for n, cell in enumerate(cells) if cell.text), 0)
        is_named = own and (cells[own].is_words or YEAR.fullmatch(cells[own].text)) and len(row.filled) > 1
        if is_named and len(above) == len(cells) and all(cell.text for cell in above[: own + 1]):
            reach = (cell.text if cell.is_words else "" for cell in above[:own])  # no running number
            over = (replace(cell, text=words) for cell, words in zip(cells[:own], reach, strict=True))
            row = replace(row, cells=(*over, *cells[own:]))
        above = row.cells if len(row.filled) > 1 else ()
        yield row


def _corner(heads: Sequence[ReadRow]) -> TableHead:
    """The head over the words of the rows; with a unit it says what all numbers are: 地区生产总值（亿元） 2022."""
    return read_head(heads[0].cells[0].text) if heads else TableHead("")


def _is_body(row: ReadRow) -> bool:
    """Whether a row is none of the head: it has numbers, or its words are one of a list."""
    listed = len(row.filled) > 1 and bool(LIST_NUMERAL.match(row.filled[0].text))
    return listed or (row.has_numbers and not _is_head_of_years(row))


def _is_head_of_years(row: ReadRow) -> bool:
    """指标 2022 2023: the years are heads."""
    numbers = [cell for cell in row.cells if cell.number]
    return bool(
        row.cells and not row.cells[0].number and all(YEAR.fullmatch(cell.text) for cell in numbers) and numbers
    )


def _is_unit_line(cell: str) -> bool:
    """Whether a cell holds nothing but the unit of the table."""
    return bool(_unit_line(cell)) and cell.lstrip("（(计量金额").startswith("单位")


def _unit_line(line: str) -> str:
    """The units a line gives its table, empty where it gives none: 单位：万元; 单位：万元、%."""
    found = UNIT_LINE.search(line)
    units = re.split("[、，,/]", found[1]) if found else []
    return "、".join(units) if units and all(map(is_unit, units)) else ""


def _loose(above: Sequence[str]) -> list[str]:
    """The lines between the title or the unit and the table: pieces of its head."""
    last = max((n for n, line in enumerate(above) if _unit_line(line) or table_rule("title").match(line)), default=None)
    return [] if last is None else [line for line in above[last + 1 :] if not _unit_line(line)]


def _title(above: Sequence[str]) -> str:
    """The line that names the table: the last that looks like a title."""
    lines = [line for line in above if not _unit_line(line)]
    return next((line for line in reversed(lines) if table_rule("title").match(line)), "")


def _is_noun(heading: str) -> bool:
    """Whether the heading of a section says what its table is of: no slogan (严格执法，监督更加有力)."""
    if table_rule("title").match(heading) and not _CLAUSES.search(heading):
        return True
    words = segmented(LIST_NUMERAL.sub("", words_of(heading)))
    opens = len(words) > 1 and words[0].sort in (Class.ACT, Class.VERB, Class.ADVERB) and not words[0].nominal
    return not (opens or _CLAUSES.search(heading))


_CLAUSES = re.compile("[，,；;。！!]")
_TITLE_NUMBER = re.compile("^附?表 ?[0-9]{1,2}?(?=(?:19|20)[0-9]{2}年|[^0-9])(?:[-—.][0-9]+)?[:：、.\\s]*")
_TITLE_END = re.compile(
    "(?:及其|和|与)[^及和与]{0,8}(?:速度|构成|比重|幅度)$|(?:增长速度|涨跌幅度)$|(?:总|明细|情况|统计|一览|汇总)*表?$"
)
# The year that a title or the words of a row name: 2023年, 2023年末.
YEAR_NAMED = re.compile("((?:19|20)[0-9]{2})年(?:年末|末|度)?")


def _topic(title: str) -> str:
    """What a title says the table is of: without its number, its year and the word for a table."""
    words = words_of(_TITLE_NUMBER.sub("", words_of(title)))
    return _TITLE_END.sub("", YEAR_NAMED.sub("", LIST_NUMERAL.sub("", words)))
