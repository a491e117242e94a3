"""Rows of a table -> the number in each cell, named by the words of its row and of its column.

The rows are lines as printed, cells parted by tabs or bars; a line of one cell between them is a piece of a row that
extraction broke. Afterwards: a cell is read only as it stands; where its column or its row is not known for certain,
because cells or the spans of heads were lost, the number is given with Doubt.RAGGED and never with a guessed column;
where the table names no unit, with none and Doubt.UNITLESS. The words that tell heads are rules/tables.yml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Any

from ..model import Direction, Doubt, Kind, Quantity, Sentence
from ..rules import load
from .quantity import find_quantities
from .quantity_rules import THINGS, dimension_of, is_unit, scaled
from .subjects import Name, Topic
from .table_cells import HAN, ReadCell, ReadRow, empty_cell, read_row, table_rule, words_of
from .table_heads import LIST_NUMERAL, UNIT_LINE, YEAR, Columns, TableHead, heads_over, is_label, read_head, read_label


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of a table."""

    row: Sentence
    quantity: Quantity  # offsets in the text of the row
    name: Name
    short: str  # for tables: without what stands before its row's own words
    said: str  # what its column and the title say, for when it holds and against what
    year: str  # the year the title names, in four digits; else empty


_ALONE = 4  # a row of fewer characters does not stand alone


# ---- a table


@dataclass
class _Table:
    """Successive rows under one head."""

    heads: tuple[ReadRow, ...]
    body: tuple[ReadRow, ...]  # pieces among them
    pieces: tuple[str, ...]  # of the head: lines of one cell
    title: str
    unit: str  # of the table
    form: dict[str, Any] | None  # where it is one of a fixed form

    @cached_property
    def rows(self) -> tuple[ReadRow, ...]:
        return tuple(row for row in self.body if len(row.filled) > 1)

    @cached_property
    def has_codes(self) -> bool:
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
        year = _TITLE_YEAR.search(self.title)
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


# ---- reading


def read_tables(rows: Sequence[Sentence], above: Sequence[str], heading: str) -> Iterator[Stated]:
    """The numbers of successive rows, in reading order. `above`: the lines before them; `heading`: of their section."""
    if any(words_of(line) == "目录" for line in above):
        return
    for part in _tables([read_row(row) for row in rows]):
        yield from list(_read(_table(part, above, heading))) or _in_words(part)


def _in_words(rows: Sequence[ReadRow]) -> Iterator[Stated]:
    """A table whose numbers all stand in words: each cell is read as a sentence."""
    for row in rows:
        for cell in row.cells:
            yield from _in_cell(row, cell)


def _in_cell(row: ReadRow, cell: ReadCell) -> Iterator[Stated]:
    quantities = find_quantities(cell.text)
    for quantity, name in zip(quantities, Topic().name(cell.text, quantities), strict=True):
        yield Stated(row.sentence, _moved(quantity, cell.start), name, name.short, cell.text, "")


def _moved(quantity: Quantity, by: int) -> Quantity:
    return replace(quantity, start=quantity.start + by, end=quantity.end + by, numeral=quantity.numeral + by)


def _tables(rows: Sequence[ReadRow]) -> Iterator[list[ReadRow]]:
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


def _table(rows: Sequence[ReadRow], above: Sequence[str], heading: str) -> _Table:
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
    if len(head) and len(head[-1].filled) == 1 and not body[0].label and not is_label(words_of(pieces[-1])):
        pieces, body = pieces[:-1], (head[-1], *body)  # the words of the first row
    title = _title(above) or (corner.words if corner.unit else heading)
    words = words_of("".join([*above, heading, *(row.sentence.text for row in head)]))
    form = next((one for one in load("tables")["forms"] if all(word in words for word in one["words"])), None)
    unit = next(filter(None, map(_unit_line, [*lines, *reversed(above), heading])), "")
    return _Table(heads, body, tuple(pieces), title, unit or (form["unit"] if form else corner.unit), form)


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
    words = [text for text in under if HAN.search(text)]
    return replace(cell, text=load("tables")["bodies"]) if words and not any(map(is_unit, words)) else cell


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


_TITLE_NUMBER = re.compile("^附?表 ?[0-9]{1,2}?(?=(?:19|20)[0-9]{2}年|[^0-9])(?:[-—.][0-9]+)?[:：、.\\s]*")
_TITLE_END = re.compile(
    "(?:及其|和|与)[^及和与]{0,8}(?:速度|构成|比重|幅度)$|(?:增长速度|涨跌幅度)$|(?:总|明细|情况|统计|一览|汇总)*表?$"
)
_TITLE_YEAR = re.compile("((?:19|20)[0-9]{2})年(?:年末|末|度)?")


def _topic(title: str) -> str:
    """What a title says the table is of: without its number, its year and the word for a table."""
    words = words_of(_TITLE_NUMBER.sub("", words_of(title)))
    return _TITLE_END.sub("", _TITLE_YEAR.sub("", LIST_NUMERAL.sub("", words)))


@dataclass(slots=True)
class _Beside:
    """What stands beside the numbers of each row of a table, as reading goes down."""

    before: dict[int, list[str]] = field(default_factory=dict)  # pieces, by the row
    after: dict[int, list[str]] = field(default_factory=dict)
    torn: set[int] = field(default_factory=set)  # rows next to a piece nothing claims


def _pieces(body: Sequence[ReadRow]) -> _Beside:
    """The pieces between rows, given to the rows that lack words; between two that do, half to each."""
    beside, last, gap = _Beside(), -1, list[str]()
    for n, row in enumerate([*body, None]):
        if row is not None and len(row.filled) < 2:
            gap += [cell.text for cell in row.filled]
            continue
        if gap:
            _give(beside, gap, last, n, body)
        last, gap = n, []
    return beside


def _give(beside: _Beside, gap: list[str], above: int, below: int, body: Sequence[ReadRow]) -> None:
    lacks_above = above >= 0 and not body[above].label
    lacks_below = below < len(body) and not body[below].label
    lists = [n for n, piece in enumerate(gap) if LIST_NUMERAL.match(piece)]
    if lists:
        own = lists[-1] if lacks_below else lists[0]
    elif lacks_above and lacks_below:
        own = len(gap) // 2
    else:
        own = 0 if lacks_below else len(gap)
    beside.after[above], beside.before[below] = gap[:own], gap[own:]
    if not (lacks_above or lacks_below) and gap[:own]:
        beside.torn.update([above] if lists else [above, below])


@dataclass(frozen=True, slots=True)
class _Value:
    """A number with what stands beside and over it."""

    cell: ReadCell
    label: str  # as printed, the words of several cells joined
    head: TableHead
    unit: str  # of a column of units
    sure: bool


def _read(table: _Table) -> Iterator[Stated]:
    beside = _pieces(table.body)
    read = [
        (n, row, list(_values(table, row)) if len(row.filled) > 1 or row.has_numbers else [])
        for n, row in enumerate(table.body)
    ]
    labels = Counter(read_label(label).words for _, _, values in read for label in {value.label for value in values})
    owner = ""
    for n, row, values in read:
        coded = bool(values) and bool(table.codes(row))
        for value in values:
            words = _named(table, value.label, beside.before.get(n, ()), beside.after.get(n, ()))
            torn = n in beside.torn or bool(not row.label and (beside.before.get(n) or beside.after.get(n)))
            again = labels[words] > 1 and not coded
            yield _stated(table, row, value, words, owner if again else "", torn)
        if values and labels[read_label(values[0].label).words] == 1:
            owner = read_label(values[0].label).words
        yield from _told(table, row, values)


def _told(table: _Table, row: ReadRow, values: Sequence[_Value]) -> Iterator[Stated]:
    """Figures in cells of words that stand behind a number."""
    first = min((value.cell.start for value in values), default=len(row.sentence.text))
    taken = {value.label for value in values}
    for cell in row.cells:
        if cell.start > first and cell.is_words and not any(words_of(cell.text) in label for label in taken):
            yield from _in_cell(row, cell)


def _named(table: _Table, label: str, before: Sequence[str], after: Sequence[str]) -> str:
    """The words of a row: those of a fixed form where it has them, else its own with the pieces it lacks."""
    whole = words_of("".join([*before, label, *after]))
    if table.form:
        for words in (label, whole):
            for one in table.form["rows"]:
                if re.search(one["match"], words):
                    return str(one["name"])
    return read_label(label if len(HAN.findall(label)) > 1 else whole).words


def _values(table: _Table, row: ReadRow) -> Iterator[_Value]:
    aligned = None if table.form else table.columns(row)
    yield from _by_column(table, row, *aligned) if aligned else _by_order(table, row)


def _by_column(table: _Table, row: ReadRow, cells: tuple[ReadCell, ...], columns: Columns) -> Iterator[_Value]:
    """A row with as many cells as its head: each number stands under its own words."""
    label, unit, open_, codes = "", "", True, table.codes(row)
    for n, (cell, head) in enumerate(zip(cells, columns.heads, strict=True)):
        of_units = head.words in load("tables")["units"]
        names_row = is_label(head.words) or (open_ and not cell.number and not of_units)
        if n and of_units:
            unit = "" if empty_cell().match(cell.text) else words_of(cell.text)
        elif names_row and not (cell.number and not _is_named_by(cell, head)):
            own = words_of(cell.text) if cell.number or cell.is_words else ""
            own += "年" if YEAR.fullmatch(own) else ""
            label, open_, unit = (label if open_ else "") + own, True, unit if open_ else ""
        elif (
            cell.number
            and not table_rule("never").match(head.words)
            and not (cell.start in codes and is_label(head.words))
        ):
            open_ = False
            yield _Value(cell, label, head, unit, columns.sure and bool(head.words))
        elif not table_rule("never").match(head.words):
            open_ = open_ and cell.number is not None


def _is_named_by(cell: ReadCell, head: TableHead) -> bool:
    """Whether a number names its row: a year, a month."""
    return bool(YEAR.fullmatch(cell.text)) or bool(table_rule("never").match(head.words))


def _by_order(table: _Table, row: ReadRow) -> Iterator[_Value]:
    """A row with other cells than its head: words, then the numbers they name."""
    codes, aside = table.codes(row), len(table.blocks) > 1
    parts: list[tuple[list[str], list[ReadCell]]] = [([], [])]
    for cell in row.filled:
        is_code = cell.start in codes
        if (is_code or cell.is_words) and (parts[-1][1] or (aside and cell.is_words and parts[-1][0])):
            parts.append(([], []))
        if cell.is_words:
            parts[-1][0].append(words_of(cell.text))
        elif not is_code:
            parts[-1][1].append(cell)
    for n, (words, values) in enumerate(parts):
        columns = table.values(len(values), n, len(parts))
        for at, cell in enumerate(values):
            head = columns.heads[at] if columns and not table.is_broken else TableHead("")
            if cell.number and not table_rule("never").match(head.words):
                yield _Value(cell, "".join(words), head, "", bool(columns and columns.sure))


def _stated(table: _Table, row: ReadRow, value: _Value, words: str, owner: str, torn: bool) -> Stated:
    number, label = value.cell.number, read_label(value.label)
    assert number is not None
    unit = number.unit or _unit(table, value, label)
    quantity = number if number.unit and not value.head.words else _measured(number, unit, value.head.words, words)
    own = words if value.head.words in words else words + value.head.words
    lost = not value.head.words and not value.sure
    leans = not table.form and (len(HAN.findall(words)) < _ALONE or table.is_of_categories)
    before = owner or (table.topic if leans or lost else "")
    subject = f"{before}：{own}" if before and before != owner else before + own
    doubt = None
    if torn and not (table.form and any(words == one["name"] for one in table.form["rows"])) or not value.sure:
        doubt = Doubt.RAGGED
    elif not unit:
        doubt = Doubt.UNITLESS
    name = Name(subject or value.cell.text, doubt=doubt if subject else Doubt.UNNAMED)
    said = value.head.words
    short = own if words else subject
    of = _TITLE_YEAR.match(words)  # a row of a year
    return Stated(row.sentence, _moved(quantity, value.cell.start), name, short, said, of[1] if of else table.year)


def _unit(table: _Table, value: _Value, label: TableHead) -> str:
    """The unit of the cell's column, of its row, of the table; a share or a change is not in the table's."""
    own = value.head.unit or label.unit
    if own:
        return own
    rates = table_rule("rates").search(value.head.words or label.words)
    units = table.unit.split("、") if table.unit else []
    if (value.unit or table.unit_over) and not rates:
        return value.unit or table.unit_over
    shares = [unit for unit in units if unit in ("%", "％", "‰")]
    if rates:
        return shares[0] if shares else ""
    plain = [unit for unit in units if unit not in shares] or shares
    return plain[0] if len(plain) == 1 else ""


def _measured(number: Quantity, unit: str, head: str, label: str) -> Quantity:
    """The number in the unit of its table, multipliers applied, as the kind of statement its words make."""
    if number.unit and number.unit not in ("%", "‰"):
        return number
    value, bare = scaled(number.value, unit)
    kind, direction = _kind(head, bare)
    if kind is Kind.LEVEL and table_rule("rates").search(label):
        kind, direction = _kind(label, bare)
    return replace(
        number,
        value=value,
        unit=bare,
        kind=kind,
        direction=direction,
        dimension=dimension_of(bare) if bare else THINGS,
    )


@lru_cache(4096)
def _kind(words: str, unit: str) -> tuple[Kind, Direction | None]:
    """The kind of statement a number of this unit makes under these words, by the rules for running text."""
    if table_rule("signed").search(words) and unit:
        return Kind.CHANGE, Direction.UP  # with its sign: a fall is negative
    said = find_quantities(f"{words.rstrip('0123456789')}5{unit or '件'}")
    if said and said[-1].value == 5:
        return said[-1].kind, said[-1].direction
    return (Kind.SHARE if unit in ("%", "‰") else Kind.LEVEL), None
