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
from functools import lru_cache

from ..model import Direction, Doubt, Kind, Printed, Quantity, Sentence
from ..patterns import HAN_CHARACTER
from ..rules import load
from .quantity import find_quantities
from .quantity_rules import THINGS, dimension_of, scaled
from .subjects import Name, Namer
from .table_cells import ReadCell, ReadRow, empty_cell, read_row, table_rule, words_of
from .table_heads import LIST_NUMERAL, YEAR, Columns, TableHead, is_label, read_label
from .table_structure import YEAR_NAMED, Table, parted, structure


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of a table."""

    row: Sentence
    quantity: Quantity  # offsets in the text of the row
    name: Name
    short: str  # for tables: without what stands before its row's own words
    said: str  # what its column and the title say, for when it holds and against what
    year: str  # the year the title names, in four digits; else empty


_OF_A_YEAR = re.compile(f"{YEAR.pattern}年(?:度)?")
_ALONE = 4  # a row of fewer characters does not stand alone


def read_tables(rows: Sequence[Sentence], above: Sequence[str], heading: str) -> Iterator[Stated]:
    """The numbers of successive rows, in reading order. `above`: the lines before them; `heading`: of their section."""
    if any(words_of(line) == "目录" for line in above):
        return
    for part in parted([read_row(row) for row in rows]):
        yield from list(_read(structure(part, above, heading))) or _in_words(part)


def _in_words(rows: Sequence[ReadRow]) -> Iterator[Stated]:
    """A table whose numbers all stand in words: each cell is read as a sentence."""
    for row in rows:
        for cell in row.cells:
            yield from _in_cell(row, cell)


def _in_cell(row: ReadRow, cell: ReadCell) -> Iterator[Stated]:
    quantities = find_quantities(cell.text)
    for quantity, name in zip(quantities, Namer().name(cell.text, quantities), strict=True):
        clause = name.clause and replace(
            name.clause, start=name.clause.start + cell.start, end=name.clause.end + cell.start
        )
        name = replace(name, clause=clause)
        yield Stated(row.sentence, _moved(quantity, cell.start), name, name.subject, cell.text, "")


def _moved(quantity: Quantity, by: int) -> Quantity:
    return replace(quantity, start=quantity.start + by, end=quantity.end + by, numeral=quantity.numeral + by)


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


def _read(table: Table) -> Iterator[Stated]:
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
        yield from _told(row, values)


def _told(row: ReadRow, values: Sequence[_Value]) -> Iterator[Stated]:
    """Figures in cells of words that stand behind a number."""
    first = min((value.cell.start for value in values), default=len(row.sentence.text))
    taken = {value.label for value in values}
    for cell in row.cells:
        if cell.start > first and cell.is_words and not any(words_of(cell.text) in label for label in taken):
            yield from _in_cell(row, cell)


def _named(table: Table, label: str, before: Sequence[str], after: Sequence[str]) -> str:
    """The words of a row: those of a fixed form where it has them, else its own with the pieces it lacks."""
    whole = words_of("".join([*before, label, *after]))
    if table.form:
        for words in (label, whole):
            for one in table.form["rows"]:
                if re.search(one["match"], words):
                    return str(one["name"])
    return read_label(label if len(HAN_CHARACTER.findall(label)) > 1 else whole).words


def _values(table: Table, row: ReadRow) -> Iterator[_Value]:
    aligned = None if table.form else table.columns(row)
    yield from _by_column(table, row, *aligned) if aligned else _by_order(table, row)


def _by_column(table: Table, row: ReadRow, cells: tuple[ReadCell, ...], columns: Columns) -> Iterator[_Value]:
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


def _by_order(table: Table, row: ReadRow) -> Iterator[_Value]:
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


def _stated(table: Table, row: ReadRow, value: _Value, words: str, owner: str, torn: bool) -> Stated:
    number, label = value.cell.number, read_label(value.label)
    assert number is not None
    unit = number.unit or _unit(table, value, label)
    quantity = number if number.unit and not value.head.words else _measured(number, unit, value.head.words, words)
    over = _without_year(value.head.words) if words else value.head.words
    own = words if over in words else words + over
    lost = not value.head.words and not value.sure
    leans = not table.form and (len(HAN_CHARACTER.findall(words)) < _ALONE or table.is_of_categories)
    before = owner or (table.topic if leans or lost else "")
    subject = f"{before}：{own}" if before and before != owner else before + own
    doubt = None
    if torn and not (table.form and any(words == one["name"] for one in table.form["rows"])) or not value.sure:
        doubt = Doubt.RAGGED
    elif not unit:
        doubt = Doubt.UNITLESS
    name = _name(subject, value.cell, doubt)
    said = value.head.words
    short = own if words else subject
    of = YEAR_NAMED.match(words)  # a row of a year
    return Stated(row.sentence, _moved(quantity, value.cell.start), name, short, said, of[1] if of else table.year)


def _without_year(head: str) -> str:
    """The words of a head that adds to the name: a year alone is the period, and so is that of a change from it."""
    found = _OF_A_YEAR.match(head)
    rest = head[found.end() :] if found else head
    return rest if not rest or table_rule("changes").match(rest) else head


def _name(subject: str, cell: ReadCell, doubt: Doubt | None) -> Name:
    """A cell that neither row nor column names is shown as it is."""
    if subject:
        return Name(subject, doubt=doubt)
    return Name("", doubt=Doubt.UNNAMED, clause=Printed(cell.text, cell.start, cell.start + len(cell.text)))


def _unit(table: Table, value: _Value, label: TableHead) -> str:
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
