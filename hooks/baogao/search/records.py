"""What is searched, as data: records of pages, rows of tables, cards of terms, what they can be narrowed down by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from ..folding import fold

Said = Mapping[str, str]  # a text in each language of the interface


class Voice(IntEnum):
    """How words stand on a page: what names, what says, what is for a machine."""

    HEADING = 0
    TEXT = 1
    CODE = 2


@dataclass(frozen=True, slots=True)
class RowStatement:
    """What a row of a table states: a value, in one of the sentences that are searched."""

    leads: str  # page and anchor, from the folder of the row's own page: 1-3.html#f1-3-2-2-56
    sentence: tuple[str, str]  # page, from the root of its language, and anchor of the unit it stands in
    values: tuple[str, ...] = ()  # plain numbers, each with its unit: 98.5%, 3400000人次
    label: str = ""  # the key of one of Catalogue.labels
    name: int = 0  # where in the text of the row, folded, its name begins


@dataclass(frozen=True, slots=True)
class SearchUnit:
    """What a hit opens: a sentence, a heading, a row."""

    anchor: str  # an id on the page; empty for its top
    text: str  # as the page shows it
    voice: Voice = Voice.TEXT
    stated: RowStatement | None = None  # of a row


Line = tuple[SearchUnit, ...]


def voice_of(line: Line) -> Voice:
    """A heading with a sentence behind it says something; a line with code in it is code."""
    return max(unit.voice for unit in line)


@dataclass(frozen=True, slots=True)
class Record:
    """A part of a page that is found and counted as one. A phrase may cross the end of a unit, not of a line."""

    page: str  # path from the root of its language: qinghe-2023/1-3.html
    title: str
    lines: tuple[Line, ...]
    language: str = ""  # of the text; empty where all is in one
    group: str = ""  # the id of the group it belongs to
    facets: Mapping[str, str] = field(default_factory=dict)  # name of a facet -> value
    table: bool = False  # its lines are rows: shown above the passages, and not counted among them
    everywhere: bool = False  # its page is in every tree, and shows this text where it has no other
    shard: str = ""  # the folder that its trees lie in, where a site is in several folders; empty: the site's own


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """What several records belong to, as a hit names it: a report, a page."""

    id: str
    title: Said


@dataclass(frozen=True, slots=True)
class TermCard:
    """A term that has an entry on the site."""

    forms: Mapping[str, tuple[str, ...]]  # by language, the usual one first
    says: Said  # its definition, where there is one
    page: str  # from the root of a language
    anchor: str
    uses: int  # as its entry counts them
    within: int = 0  # other places that a search for it finds: in longer terms, in tables


@dataclass(frozen=True, slots=True)
class SearchFacet:
    """What results can be narrowed down by. Its values are those of the records."""

    name: str
    says: Said  # what it is called
    labels: Mapping[str, Said] = field(default_factory=dict)  # what a value is called, where it does not say so itself
    behind: tuple[str, ...] = ()  # values whose records answer behind others that say as much, the last of them last


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that is searched on a site."""

    records: tuple[Record, ...]
    groups: tuple[RecordGroup, ...] = ()
    cards: tuple[TermCard, ...] = ()
    facets: tuple[SearchFacet, ...] = ()
    labels: Mapping[str, Said] = field(default_factory=dict)  # what rows are grouped under: a theme
    trees: Mapping[str, str] = field(default_factory=lambda: {"": ""})  # language -> where its pages begin
    page: str = ""  # of results, in each of them; empty where there is the dialog only
    renderings: Mapping[str, str] = field(default_factory=dict)  # what readers call a thing -> what the site calls it


def searched_text(records: Iterable[Record], language: str) -> Iterator[str]:
    """The passages of a language, a folded line each, as a search counts them."""
    for record in records:
        if record.language == language and not record.table:
            yield from (fold("".join(unit.text for unit in line)) for line in record.lines)
