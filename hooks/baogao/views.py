"""What the templates get: the finished values of a page, a dataclass for each sort of thing on it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Example:
    """Something to search for."""

    name: str
    query: str  # as it stands in an address


@dataclass(frozen=True, slots=True)
class Row:
    """A figure in a table."""

    id: str  # r1-2-3-4-17
    value: str
    bound: str
    unit: str
    subject: str
    kind: str
    place: str
    link: Markup  # to its sentence, in Markdown
    page: Markup  # the same in HTML
    said: Markup = Markup("")  # its sentence with the figure marked, where the page shows it
    indicator: str = ""  # the name of the indicator it states


@dataclass(frozen=True, slots=True)
class Inference:
    """A value this site computed, in its own table."""

    id: str
    about: str  # that it is rounded
    value: str
    unit: str
    subject: str
    formula: str
    place: str
    link: Markup


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of running text: a heading, a paragraph or a table."""

    kind: str  # heading, paragraph, table
    depth: int = 1  # of a heading: 1 is the page's own
    id: str = ""
    text: Markup = Markup("")
    number: str = ""  # of a heading, where its numeral is not read
    sentences: tuple[tuple[str, Markup], ...] = ()
    rows: tuple[tuple[str, tuple[Markup, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline."""

    depth: int
    number: str
    title: str
    link: Markup
    figures: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the length strip, in thousandths of the text."""

    name: str
    link: Markup
    start: int
    width: int
    says: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A line of the article 24 panel."""

    name: str
    links: tuple[tuple[str, Markup], ...]
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
    headline: tuple[Row, ...]
    parts: tuple[Stretch, ...]
    ticks: tuple[int, ...]
