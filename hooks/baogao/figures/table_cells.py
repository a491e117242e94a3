"""A row of a table -> its cells, numbers read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import takewhile

from ..model import Bound, Kind, Quantity, Sentence
from ..patterns import FOOTNOTE_MARK, GROUPED, HALF_WIDTH, HAN_CHARACTER
from ..rules import load
from .quantity import find_quantities
from .quantity_rules import dimension_of, is_unit


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell of a row, its number read."""

    text: str  # without white space round it
    start: int  # in the text of the row
    number: Quantity | None  # where the whole cell is a number; offsets in the cell

    @property
    def is_words(self) -> bool:
        return self.number is None and bool(_LETTER.search(self.text)) and not empty_cell().match(self.text)

    def is_bare(self) -> bool:
        """Whether it is digits alone, as codes are."""
        return self.text.isdecimal()


@dataclass(frozen=True, eq=False)
class ReadRow:
    """A row of a table, parted into its cells."""

    sentence: Sentence
    cells: tuple[ReadCell, ...]

    @cached_property
    def filled(self) -> tuple[ReadCell, ...]:
        """The cells without those left empty; a dash fills its cell."""
        return tuple(cell for cell in self.cells if cell.text)

    @cached_property
    def has_numbers(self) -> bool:
        return any(cell.number for cell in self.cells)

    @cached_property
    def codes(self) -> frozenset[int]:
        """Where codes stand: bare integers that open a row of words, others like them behind its numbers, 06."""
        cells = self.filled
        opening = list(takewhile(ReadCell.is_bare, cells))
        opens = 0 < len(opening) < len(cells) and cells[len(opening)].is_words
        found = [cell.start for cell in opening if opens]
        found += [
            cell.start
            for before, cell, behind in zip(cells, cells[1:], cells[2:], strict=False)
            if opens and cell.is_bare() and behind.is_words and not before.is_words
        ]
        return frozenset(
            [*found, *(cell.start for cell in cells if cell.is_bare() and cell.text[0] == "0" != cell.text)]
        )

    @cached_property
    def label(self) -> str:
        """The words that open it, empty where they are fewer than two characters."""
        words, codes = "", self.codes
        for cell in self.filled:
            if cell.is_words:
                words += words_of(cell.text)
            elif cell.start not in codes:
                break
        return words if len(HAN_CHARACTER.findall(words)) > 1 or not HAN_CHARACTER.search(words) else ""


@cache
def table_rule(name: str) -> re.Pattern[str]:
    """A pattern of rules/tables.yml, compiled once."""
    return re.compile(load("tables")[name])


@cache
def empty_cell() -> re.Pattern[str]:
    """What stands in a cell that holds nothing, matched from its start to its end."""
    return table_rule("empty")


_LETTER = re.compile("[^\\W\\d_]")
_FOOTNOTE = re.compile(FOOTNOTE_MARK)
_GAP = re.compile("(?<=[^\x00-\x7f])\\s+|\\s+(?=[^\x00-\x7f])")


def words_of(text: str) -> str:
    """The words of a cell or a line: without footnote marks and the white space that sets Chinese apart."""
    return _GAP.sub("", _FOOTNOTE.sub("", text)).strip()


_NUMBER = re.compile(rf"(?P<sign>[-−－+＋])? ?(?P<digits>(?:{GROUPED})(?:\.[0-9]+)?) ?(?P<unit>[%‰])?")
_DIGIT = re.compile("[0-9０-９]")


@lru_cache(4096)
def _number(text: str) -> Quantity | None:
    """The number a cell is, in its own unit; unit empty where the cell has none."""
    found = _NUMBER.fullmatch(text.translate(HALF_WIDTH))
    if not found:
        quantities = find_quantities(text) if _DIGIT.search(text) else ()
        return quantities[0] if len(quantities) == 1 and quantities[0].end - quantities[0].start == len(text) else None
    value = Decimal(re.sub("[,， ]", "", found["digits"]))
    value = -value if found["sign"] in ("-", "−", "－") else value
    unit = found["unit"] or ""
    return Quantity(
        start=0,
        end=len(text),
        numeral=found.start("digits"),
        value=value,
        unit=unit,
        bound=Bound.EXACT,
        kind=Kind.SHARE if unit else Kind.LEVEL,
        direction=None,
        inclusive=None,
        dimension=dimension_of(unit),
        doubt=None,
    )


_BAR = re.compile("[\t|｜]")


def read_row(sentence: Sentence) -> ReadRow:
    """The cells of a row; the bars round it part none."""
    cells, start, text = list[ReadCell](), 0, sentence.text
    for end in [*(found.start() for found in _BAR.finditer(text)), len(text)]:
        cells += _cells(text[start:end], start)
        start = end + 1
    first = 1 if text[:1] in ("|", "｜") else 0
    last = len(cells) - (1 if text[-1:] in ("|", "｜") else 0)
    return ReadRow(sentence, tuple(cells[first:last]))


_AMOUNT = re.compile("-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)[.][0-9]{2}")
_AMOUNTS = re.compile(f"(?:{_AMOUNT.pattern}){{2,}}")
_RUN_TOGETHER = re.compile("([-−]?[0-9][0-9,]*[.][0-9]+)\\s+(?=[^\\s])")


def _cells(inner: str, start: int) -> Iterator[ReadCell]:
    """What stands between two bars: a cell; two where a decimal runs together with the next.

    112.88 年末结转和结余; 2,106.661,503.52, amounts of two decimals.
    """
    text = inner.strip()
    start += len(inner) - len(inner.lstrip())
    if _AMOUNTS.fullmatch(text):
        for amount in _AMOUNT.finditer(text):
            yield ReadCell(amount[0], start + amount.start(), _number(amount[0]))
        return
    found = _RUN_TOGETHER.match(text)
    if found and not is_unit(text[found.end() :]):
        yield ReadCell(found[1], start, _number(found[1]))
        start, text = start + found.end(), text[found.end() :]
    yield ReadCell(text, start, _number(text))
