"""The values every stage hands on. Nothing here reads, decides or renders.

All offsets are half-open and count code points of the decoded file as received, a leading U+FEFF and every CR
counted; of a saved page, a Word file or a PDF, those of the text extracted from it. ``source.text[start:end]`` is
always what the report printed.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# Where in a text another page of the file begins: its offset, and the number of the page, from 1 as viewers count. One
# may be met again: notes at its foot follow the paragraph that ran on to the next.
Pages = tuple[tuple[int, int], ...]
Stretches = tuple[tuple[int, int], ...]  # of a text, each from where to where, in order and apart


class Form(StrEnum):
    """What form the file of a report has."""

    TEXT = "text"
    HTML = "html"  # a saved page
    MHTML = "mhtml"  # a page saved with all it shows
    DOCX = "docx"  # a Word file
    DOC = "doc"  # an old Word or WPS file
    RTF = "rtf"
    ODT = "odt"  # an OpenDocument text
    PDF = "pdf"
    OFD = "ofd"
    PNG = "png"  # a picture of a page
    JPEG = "jpeg"
    TIFF = "tiff"  # of one page or several


class Part(StrEnum):
    """What a segment of the file is."""

    CHROME = "chrome"  # the portal's own words round the report
    METADATA = "metadata"  # field lines: source, date of publication, index number
    TITLE = "title"
    HEADING = "heading"  # numeral and heading of a section, its full stop included
    SENTENCE = "sentence"
    TABLE = "table"  # one row
    SIGNATURE = "signature"  # the body that signs, the date of signing
    SPACE = "space"  # white space between the others


class Role(StrEnum):
    """What a level-1 section does, by 法治政府建设与责任落实督察工作规定 (2019)."""

    RESULTS = "results"  # measures and results
    LEADERS = "leaders"  # how Party and government heads met their duty
    SHORTCOMINGS = "shortcomings"  # shortcomings and causes
    PLAN = "plan"  # next year's plan
    OTHER = "other"


class Bound(StrEnum):
    """How the printed number stands to the true one."""

    EXACT = "exact"
    OVER = "over"  # 超 余 多 以上 突破 不低于
    UNDER = "under"  # 不足 以内 以下 不到
    ABOUT = "about"  # 近 约 左右


class Kind(StrEnum):
    """What sort of statement the number makes."""

    LEVEL = "level"  # a count or an amount
    SHARE = "share"  # a rate or a proportion
    CHANGE = "change"  # against another year or place
    RATIO = "ratio"  # several numbers set against each other: 3∶1, 12∶40∶48


class Direction(StrEnum):
    """Where a change goes."""

    UP = "up"
    DOWN = "down"


class Doubt(StrEnum):
    """Why a figure is uncertain."""

    INDEFINITE = "indefinite"  # 数十, 几百: no number is named
    ROUND = "round"  # 近百, 上千: a round word
    COUNTING = "counting"  # 两个部门: one character before a measure word that may only open a name
    CARRIED = "carried"  # the subject was carried over from an earlier sentence
    UNNAMED = "unnamed"  # no words say what is measured
    SIDE = "side"  # a change whose direction no word gives
    RAGGED = "ragged"  # of a table that lost cells or broke its lines: row or column is not certain
    UNITLESS = "unitless"  # of a table that names no unit
    BROKEN = "broken"  # spaces or the end of a line stand between its digits
    SCANNED = "scanned"  # read off a picture, and nobody has compared it


class Theme(StrEnum):
    """The subjects of the measures, by 法治政府建设实施纲要（2021—2025年）, parts 2 to 10."""

    PARTY = "party"  # leadership of the Party, and its thought
    FUNCTIONS = "functions"  # what government does: services, approval, business environment
    RULES = "rules"  # rules and normative documents
    DECISIONS = "decisions"  # decision-making
    ENFORCEMENT = "enforcement"  # law enforcement
    EMERGENCIES = "emergencies"
    DISPUTES = "disputes"  # mediation, reconsideration, legal services
    CHECKS = "checks"  # checks on power, openness
    TECHNOLOGY = "technology"
    SAFEGUARDS = "safeguards"  # training, publicity, research, staff


class Status(StrEnum):
    """Whether a number was reached or is aimed at."""

    STATED = "stated"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Printed:
    """A piece of the file and where it stands."""

    text: str  # as printed; a title broken over two lines is joined
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the page says about the report. Each may be missing."""

    title: Printed | None = None
    issuer: Printed | None = None  # the body that reports, not the office that put the page up
    place: Printed | None = None  # as printed, superior places included: 某某市清河区
    level: Printed | None = None  # text: province, prefecture, county or township; span: the word that shows it
    body: Printed | None = None  # 人民政府, or which department
    year: Printed | None = None  # the year reported on, digits or 二〇二三 as printed
    published: Printed | None = None  # the day the portal published it, as printed
    source: Printed | None = None  # 来源 as printed
    signature: Printed | None = None  # the body that signs
    signed: Printed | None = None  # the date under the signature, else in brackets under the title, as printed
    number: Printed | None = None  # the document number, 文号, as printed


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a person finds a line of the text that was taken out of a file."""

    begins: str  # the line's first characters
    pages: tuple[int, int] | None = None  # of the file, on which it begins and ends; None where it has none
    attachment: str = ""  # the attached file in which it stands; empty: the report's own


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the publisher. Worded by messages.py, at the edge."""

    code: str  # a key of rules/messages.yml, which also says whether it is an error or a note
    path: str  # the file concerned, as given
    line: int  # 1-based; 0 where the whole file is meant
    met: str = ""  # what stands there
    expected: str = ""  # what was expected instead
    unit: str = ""  # of a translation: its id
    texts: tuple[str, str] = ("", "")  # of a translation: Chinese and English
    cause: str = ""  # which of the causes that its code has in rules/messages.yml; mostly it has none
    expected_zh: str = ""  # what was expected, in Chinese; empty where `expected` is the same in both languages
    found: Whereabouts | None = None  # of a line of a text taken out of the file


class ReportError(ValueError):
    """A report, or a file beside it, that cannot be read. Carries what to tell; the others go on."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(", ".join(f"{f.path}:{f.line}: {f.met or f.cause or f.code}" for f in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, by its visible characters. Empty lines are not kept."""

    start: int  # first character that is not white space
    end: int  # after the last one
    number: int  # 1-based line number in the file


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the file. All segments of a report, in order, are the file."""

    start: int
    end: int
    part: Part
    id: str | None = None  # of headings (h1-2-3), sentences and table rows (s1-2-3-4)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a report, and where its text stands in the report's."""

    name: str
    form: Form
    sha256: str  # of the bytes received, hexadecimal
    start: int
    end: int
    annex: bool  # it stands behind the report; else it is the report, to which the page only leads


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file with the portal's chrome told apart from the report."""

    path: str  # as given, for messages
    text: str
    encoding: str  # a Python codec; text.encode(encoding) are the bytes received, of a text extracted its own
    sha256: str  # of the bytes received, hexadecimal
    particulars: Particulars
    segments: tuple[Segment, ...]  # chrome, metadata, title, signature: one a line, in order
    body: tuple[Line, ...]  # the report's own lines, in order, nothing of segments among them
    findings: tuple[Finding, ...]
    form: Form = Form.TEXT  # of the file received
    pages: Pages = ()  # of a file that has pages
    attachments: tuple[Attachment, ...] = ()  # in the order of their text
    scanned: Stretches = ()  # what was read off pictures

    @property
    def extracted(self) -> bool:
        """Whether the text is not the file received: taken out of it, or put together of several."""
        return self.form is not Form.TEXT or bool(self.attachments)

    @property
    def own(self) -> tuple[Line, ...]:
        """The report's own lines without those of annexes."""
        end = self.annexes[0].start if self.annexes else len(self.text)
        return self.body[: bisect_left(self.body, end, key=lambda line: line.start)]

    @property
    def annexes(self) -> tuple[Attachment, ...]:
        """Those whose text stands behind the report."""
        return tuple(one for one in self.attachments if one.annex)

    @property
    def text_sha256(self) -> str:
        """Of the text, hexadecimal: that of the file where the file is text."""
        return hashlib.sha256(self.text.encode(self.encoding)).hexdigest()

    def page_at(self, offset: int) -> int | None:
        """The page of the file on which a character stands; None where the file has no pages, or it is an annex's."""
        if self.annexes and offset >= self.annexes[0].start:
            return None
        at = bisect_right(self.pages, offset, key=lambda page: page[0])
        return self.pages[at - 1][1] if at else None

    def is_scanned(self, offset: int) -> bool:
        """Whether a character was read off a picture."""
        at = bisect_right(self.scanned, offset, key=lambda stretch: stretch[0])
        return bool(at) and offset < self.scanned[at - 1][1]

    def line_at(self, offset: int) -> int:
        """The number of the line, 1-based, on which a character of the report's own lines stands."""
        return self.body[bisect_right(self.body, offset, key=lambda line: line.start) - 1].number


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a row of a table."""

    id: str  # s1-2-3-4: node and count inside it
    start: int
    end: int
    text: str
    paragraph: int  # line number in the file: sentences of one paragraph share it
    part: Part = Part.SENTENCE  # or TABLE


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered node: section 一、, subsection (一), item 一是, point under an item."""

    id: str  # 1-2-3: the numbers printed, 0 for a level skipped
    level: int  # 1 to 4
    numeral: str  # as printed: 一、 (一) 一是 1.
    heading: Printed | None  # None where the numeral opens plain text
    start: int  # of the numeral
    head_end: int  # after the heading and its full stop; start where there is no heading
    end: int  # after the last visible character of the node
    paragraph: int  # line number of the numeral
    role: Role = Role.OTHER  # its own at the top level, inherited below
    theme: Theme | None = None  # its own, else that of the section above
    sentences: tuple[Sentence, ...] = ()  # of the node itself, children excluded
    sections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This node and everything below it, in reading order."""
        yield self
        for child in self.sections:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class HeadingCorrection:
    """What a person says of a place in the text: that a node opens there, of what level, or that none does."""

    line: int  # of the file
    quote: str  # the words that stand there
    at: int  # the line of the sidecar that says it
    level: int = 0  # 1 to 4; 0 where none opens
    strike: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A report as a tree over its source."""

    source: Source
    preamble: tuple[Sentence, ...]  # node 0
    sections: tuple[Section, ...]
    annex: tuple[Sentence, ...]  # after-matter: attachments, glossary, notes
    segments: tuple[Segment, ...]  # contiguous from 0 to len(source.text)
    findings: tuple[Finding, ...]

    def walk(self) -> Iterator[Section]:
        """Every node, in reading order."""
        for section in self.sections:
            yield from section.walk()

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence and table row, in reading order."""
        yield from self.preamble
        for section in self.walk():
            yield from section.sentences
        yield from self.annex


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, found in a text. Offsets count in that text."""

    start: int  # text[start:end] is what was printed: bound words, number, unit
    end: int
    numeral: int  # offset of the first numeral, start <= numeral < end
    value: Decimal | tuple[Decimal, Decimal]  # in unit, multipliers applied: 1.2万人 is 12000 人; a range has two
    unit: str  # as printed after the multiplier, half-width; 翻三番 is 8 倍
    bound: Bound
    kind: Kind
    direction: Direction | None  # of a change, where the words give one
    inclusive: bool | None  # of over and under: whether the number itself is meant too (以上: yes, 超: no)
    dimension: str  # of the unit: people, cases, money...: a value of rules/units.yml
    doubt: Doubt | None
    values: tuple[Decimal, ...] = ()  # of a ratio, all of them in order; value is the first, unit holds the others


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity the report states, standing in one of its sentences or headings."""

    id: str  # f1-2-3-4-17: sentence id and offset in it of the first numeral; f1-2-3-0-9 in a heading
    sentence: str  # s1-2-3-4, or h1-2-3
    start: int  # in the file
    end: int
    quote: str  # source.text[start:end]
    value: Decimal | tuple[Decimal, Decimal]
    unit: str
    bound: Bound
    kind: Kind
    direction: Direction | None
    inclusive: bool | None  # of over and under: whether the number itself is meant too
    dimension: str  # of the unit: people, cases, money...: a value of rules/units.yml
    subject: str  # what is measured, so that it stands alone; empty where no name is sure
    name: str  # the same in short, for tables
    subjects: tuple[str, ...]  # each thing one number is stated for, where there are several
    scope: str  # who or what was counted, where said: 全区, 区司法局
    period: str  # a year, 2023, or an interval by ISO 8601, 2021/2023, 2023-01/2023-06; empty where not known
    status: Status
    base: str  # of a change, as printed: 较上年度, 同比
    base_year: str  # the year the base stands for, empty where it is none
    role: Role
    theme: Theme | None
    doubt: Doubt | None  # why it is uncertain; None where nothing speaks against it
    said: str = ""  # what the subject is made of, in the order of the report: what rules match
    clause: Printed | None = None  # the clause in the report's own words, where there is no subject
    corrected: bool = False  # a person corrected it in the sidecar
    indicator: str = ""  # the code of rules/indicators.yml, comparable across reports; empty where no rule fired
    values: tuple[Decimal, ...] = ()  # of a ratio, all of them in order, as subjects names its things

    @property
    def in_clause(self) -> tuple[str, str, str]:
        """Of its clause the words before it, what it prints, and the words behind; empty where there is a subject."""
        if not self.clause:
            return "", "", ""
        start, end = self.start - self.clause.start, self.end - self.clause.start
        return self.clause.text[:start], self.clause.text[start:end], self.clause.text[end:]

    @property
    def told(self) -> str:
        """What it measures; where no name is sure, its clause with the number in 【】."""
        before, number, behind = self.in_clause
        return self.subject or (f"{before}【{number}】{behind}" if number else "")
