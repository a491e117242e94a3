"""What the templates get: the finished values of a page, a dataclass for each sort of thing on it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ..wording.names import Said


@dataclass(frozen=True, slots=True)
class Example:
    """Something to search for."""

    name: str
    query: str  # as it stands in an address


@dataclass(frozen=True, slots=True)
class FigureRow:
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
    rows: tuple[FigureRow, ...]


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
class AccuracySet:
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
class SheetRow:
    """A row of the proof sheet."""

    place: str
    link: Markup  # in HTML; empty where it stands on no page
    says: Said
    doubt: str
    correction: str  # YAML for the sidecar; empty where it can say nothing of it


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """The rows of a sort."""

    id: str
    title: str
    key: str  # of the sidecar, under which the corrections stand; empty where each is a key itself
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value in a table of years."""

    year: str
    value: str
    sign: str
    bound: str
    unit: Said
    link: Markup  # in HTML, to its sentence
    target: bool
    notes: tuple[str, ...]  # a target, a doubt, how it is counted otherwise, which other report says so


@dataclass(frozen=True, slots=True)
class YearRow:
    """Something over the years: a cell a year, each with what is stated for it."""

    name: Said
    link: Markup  # in HTML, empty where there is none
    cells: tuple[tuple[StatedValue, ...], ...]


@dataclass(frozen=True, slots=True)
class YearTable:
    """Rows over the same years."""

    name: str  # what a row is
    years: tuple[str, ...]
    rows: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True)
class LinePoint:
    """A value of a line, in thousandths of its field, from the left and from the top."""

    x: int
    y: int
    target: bool
    label: str  # empty where there is no room for it
    side: str  # start, middle or end: how the label stands to the point


@dataclass(frozen=True, slots=True)
class YearLine:
    """A measure drawn over years."""

    id: str
    title: Said
    unit: Said
    says: str  # in words
    years: tuple[str, ...]  # empty where there is no room for it
    points: tuple[LinePoint, ...]
    segments: tuple[tuple[LinePoint, LinePoint], ...]


@dataclass(frozen=True, slots=True)
class Worded:
    """How a report words a value."""

    place: Said
    stated: StatedValue
    subject: Said
    scope: Said
    where: str
    report: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in the list of all."""

    anchor: str
    name: str
    says: Markup
    link: Markup  # in Markdown
    places: int
    years: str
    reports: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in the list of its place."""

    year: str
    kind: Said
    link: Markup  # in HTML
    published: str
    figures: str
    figures_link: Markup
    since: Markup  # in HTML, empty where there is none


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """When a report was published, and what it holds."""

    day: str
    against: str  # how it stands to the day it was due
    holds: str
    link: Markup  # in HTML


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """The reports of a body, a cell a year; none where there is no report."""

    name: Said
    link: Markup  # in HTML, empty where there is none
    cells: tuple[tuple[PublishedCell, ...], ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """A measure in two years."""

    name: Said
    then: StatedValue
    now: StatedValue
    difference: str
    unit: str  # of the difference
    was: Said  # how the earlier report words it, where that differs
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanItem:
    """An item of last year's plan, and what was found of it."""

    words: Said
    place: str
    link: Markup  # in HTML
    results: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A passage with the way to where it stands."""

    said: Said
    places: tuple[tuple[str, Markup], ...]  # in words, and in HTML


@dataclass(frozen=True, slots=True)
class Bundle:
    """The passages of a part that share a fate, folded away."""

    name: str
    passages: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """Two parts of reports that correspond, or one without its like."""

    id: str
    title: Said
    link: Markup  # in Markdown
    was: Said  # the heading of the earlier one, where that differs
    was_link: Markup  # in HTML
    only: str  # in which year it stands alone
    changed: tuple[Told, ...]
    bundles: tuple[Bundle, ...]
