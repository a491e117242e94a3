"""What the templates get: the finished values of a page, a dataclass for each sort of thing on it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ..wording.names import Said
from .figure_tables import FigureRow
from .linked import Linked


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a printed table."""

    id: str
    lang: str
    cells: tuple[tuple[Markup, str], ...]  # words, and digits where the cell is a number
    span: int = 1  # of a row's only cell: the columns of the table


@dataclass(frozen=True, slots=True)
class FlowBlock:
    """A stretch of running text: a heading, a paragraph, a table or links."""

    kind: str  # heading, paragraph, table, links
    depth: int = 1  # of a heading: 1 is the page's own
    id: str = ""
    said: Said = Said(Markup(""))  # of a heading
    number: str = ""  # of a heading, where its numeral is not read
    sentences: tuple[tuple[str, Said, str], ...] = ()  # id, words, hash of the Chinese
    rows: tuple[TableRow, ...] = ()
    gap: str = ""  # between sentences: none in Chinese
    links: tuple[Linked, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence or heading, in Chinese and in English."""

    id: str
    chinese: Markup
    english: Said  # in Chinese again where there is none
    heading: bool


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline."""

    depth: int
    title: Said
    link: Markup
    figures: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the length strip, in thousandths of the text."""

    name: Said
    link: Markup
    start: int
    width: int
    says: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A line of the article 24 panel."""

    name: str
    links: tuple[tuple[Said, Markup], ...]
    says: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The report set against article 24."""

    says: str
    rows: tuple[Duty, ...]
    due: str  # empty where the year is not known
    published: str


@dataclass(frozen=True, slots=True)
class Card:
    """A report on the home page."""

    title: Markup  # may break only between its phrases
    line: str
    link: Markup
    figures: str
    figures_link: Markup
    headline: tuple[FigureRow, ...]
    parts: tuple[Stretch, ...]
    ticks: tuple[int, ...]
