"""What the templates get: the finished values of a page, a dataclass for each sort of thing on it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the report on a page, with their language where it is not the page's."""

    text: Markup
    lang: str = ""
    state: str = ""  # a word where a translated report has no English here: untranslated, or changed since


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
    sign: str  # ＞ ≥ ＜ ≤ ≈, empty where the number is exact
    bound: str  # the sign in words, for those who do not see it
    unit: Said
    name: Said
    kind: str
    about: str  # period, base, target, doubt
    place: str
    link: Markup  # to its sentence, in Markdown
    page: Markup  # the same in HTML
    filters: str  # the keys of the filters that keep it
    said: Said | None  # its sentence with the figure marked, where the row opens it
    facts: tuple[tuple[str, Said], ...]  # what else the opened row tells, each with its name


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of a theme."""

    id: str
    title: str
    count: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A button that leaves only some rows."""

    key: str  # empty: all
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Inference:
    """A value this site computed, in its own table."""

    id: str
    sign: str
    bound: str
    value: str
    unit: Said
    subject: Said
    rule: str  # what it is: the year before, at most...
    formula: str
    differs: str  # how a sum stands to the total printed
    place: str
    link: Markup


@dataclass(frozen=True, slots=True)
class PictureBar:
    """A bar of a picture, in thousandths of its width."""

    label: Said
    value: str
    share: str  # of the whole, where it is a part
    start: int
    width: int
    computed: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A comparison drawn."""

    id: str
    sort: str  # before or parts
    title: Said
    says: str  # in words
    bars: tuple[PictureBar, ...]
    unit: Said
    place: str
    link: Markup  # in HTML


@dataclass(frozen=True, slots=True)
class KindMeasured:
    """A row of that page."""

    name: str
    labelled: int
    found: int
    missed: int
    made_up: int
    missed_rate: str  # of those labelled, in per cent
    made_up_rate: str  # of those the program gives


@dataclass(frozen=True, slots=True)
class Measured:
    """A set of labelled reports on the page on accuracy."""

    id: str
    title: str
    says: str
    kinds: tuple[KindMeasured, ...]  # all together last


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a printed table."""

    id: str
    lang: str
    cells: tuple[tuple[Markup, str], ...]  # words, and digits where the cell is a number
    span: int = 1  # of a row's only cell: the columns of the table


@dataclass(frozen=True, slots=True)
class Block:
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
class Linked:
    """Another passage that belongs to this one."""

    says: str  # what it is to this one
    report: str  # its report where that is another
    place: str
    words: Said  # its heading, or how it begins
    link: Markup  # in HTML
    why: tuple[Said, ...]  # the words both have


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term in the list of all."""

    anchor: str
    chinese: Said
    english: Said
    status: str
    definition: str
    uses: int
    link: Markup  # to its page, or to where it is used


@dataclass(frozen=True, slots=True)
class KeywordInContext:
    """A use of a term with what stands round it, and its sentence in English."""

    place: str
    link: Markup
    left: str
    term: str
    right: str
    lang: str  # of these, where it is not the page's
    english: Said


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """An instrument in the list of all."""

    anchor: str
    name: Said
    other: Said  # its name in the other language, empty where it has none
    details: tuple[Said, ...]  # number, date, issuer, as far as known
    source: Said  # what these rest on
    mentions: int
    link: Markup  # to its page, or to where it is named


@dataclass(frozen=True, slots=True)
class InstrumentGroup:
    """The instruments of a kind."""

    id: str
    title: str
    rows: tuple[InstrumentRow, ...]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The places where a report names an instrument."""

    anchor: str
    title: str  # the report's
    uses: tuple[KeywordInContext, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a report's data."""

    name: str
    link: Markup
    size: str
    holds: str


@dataclass(frozen=True, slots=True)
class Downloads:
    """The files of a report."""

    anchor: str
    title: str
    files: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence or heading, in Chinese and in English."""

    id: str
    chinese: Markup
    english: Said  # in Chinese again where there is none
    heading: bool


@dataclass(frozen=True, slots=True)
class Entry:
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
    headline: tuple[Row, ...]
    parts: tuple[Stretch, ...]
    ticks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A report in the list of the home page."""

    title: str
    link: Markup
    line: str
    figures: str
    figures_link: Markup
    choices: dict[str, str]  # of each facet the choices that keep it, a space between


@dataclass(frozen=True, slots=True)
class Facet:
    """What reports can be narrowed down by."""

    key: str  # place, year, kind, theme
    name: str
    options: tuple[tuple[str, str, int], ...]  # the choice, what it is called, how many reports


@dataclass(frozen=True, slots=True)
class Proof:
    """A row of the proof sheet."""

    place: str
    link: Markup  # in HTML; empty where it stands on no page
    says: Said
    doubt: str
    correction: str  # YAML for the sidecar; empty where it can say nothing of it


@dataclass(frozen=True, slots=True)
class ProofGroup:
    """The rows of a sort."""

    id: str
    title: str
    key: str  # of the sidecar, under which the corrections stand; empty where each is a key itself
    rows: tuple[Proof, ...]
