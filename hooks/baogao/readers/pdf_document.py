"""A PDF -> its lines, each stretch of them with the page it stands on, and what was left off.

Pages are read one at a time (pdf_glyphs.py); of each its tables and runs of text are kept. What the sheet repeats is
taken off (pdf_running.py), the rest put in reading order (pdf_order.py) and into paragraphs (pdf_paragraphs.py); notes
at the foot of a page follow the paragraph that stands last on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium

from .cells import table_lines
from .pdf_annotations import opened_form
from .pdf_drawn import Ruling
from .pdf_glyphs import LOST, Page, TooMuch, is_scan, lacks_text, read_page
from .pdf_joining import Margins, continues
from .pdf_lines import Run, lines_of, runs_of
from .pdf_order import Gutter, TextColumn, columns_of, gutter_of, with_margins
from .pdf_paragraphs import PageParagraph, TableOverPages, paragraphs, usual
from .pdf_running import Sheet, running_lines
from .pdf_tables import ruled_tables

MOST_PAGES = 1_000
LARGEST_TEXT = 10_000_000  # characters; of plain text as many bytes (decoding.py)
_UNREADABLE = 0.2  # of the characters; where more have no code, the text says nothing
_PASSWORD, _SECURITY = 4, 5  # FPDF_GetLastError
_LEAST_RULE, _LONGEST_RULE = 30.0, 0.6  # points, of the text's width: the rule above notes
_SMALLER = 0.93  # of the size of the text: notes
_NOTE = re.compile(r"[\[［【(（]?([0-9]{1,3})[\]］】)）]?[\s.．、]*|([①-⑳*※])\s*")
_SHOWN = 40  # characters of what was left off


class Refused(ValueError):
    """A PDF that is not read: code of rules/messages.yml, what was met, what was expected."""

    def __init__(self, code: str, met: str = "", expected: str = "") -> None:
        super().__init__(code)
        self.told = (code, met, expected)


@dataclass(frozen=True, slots=True)
class Read:
    """The text of a PDF."""

    lines: list[str]
    pages: list[tuple[int, int]]  # where in the text, lines ended by one character, another page begins; which
    notes: list[tuple[str, str, str]]  # code of rules/messages.yml, what was met, what was expected
    scans: list[int] = field(default_factory=list)  # pages that are pictures and were not read
    scanned: list[int] = field(default_factory=list)  # pages whose text was read off their pictures


# A page of an open document that is a picture -> the same with what the picture shows.
ReadOff = Callable[[Any, Page], Page]


def read_document(data: bytes, read_off: ReadOff | None = None) -> Read:
    """The text of a PDF, that of pictures where somebody reads it off them. Raises Refused: locked, broken, no page,
    too many, no text, text without codes."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() in (_PASSWORD, _SECURITY)
        raise Refused("pdf-locked" if locked else "pdf-broken")
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count < 1:
            raise Refused("pdf-broken")
        if count > MOST_PAGES:
            raise Refused("pdf-pages", f"{count:,}", f"{MOST_PAGES:,}")
        with opened_form(document) as form:
            return read_pages(_pages(document, form, count, read_off))
    finally:
        pdfium.FPDF_CloseDocument(document)


def read_pages(pages: Iterable[Page]) -> Read:
    """The text of pages, whatever kind of file draws them. Raises Refused: no text, text without codes."""
    return _PageReader().read(pages)


def _pages(document: Any, form: Any, count: int, read_off: ReadOff | None) -> Iterator[Page]:
    broken = 0
    for index in range(count):
        try:
            page = read_page(document, form, index)
            read = read_off(document, page) if read_off and lacks_text(page) else page
            yield replace(read, hidden=page.hidden, noted=page.noted)
        except TooMuch as error:
            raise Refused("pdf-text", str(error)) from error
        except ValueError:
            broken += 1
            yield Page(index + 1, 0, 0, (), (), 0, 0, 0, "")
    if broken == count:
        raise Refused("pdf-broken")


class _PageReader:
    """Reads the pages of a document once; what is told of them is counted meanwhile."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.rules: dict[int, list[Ruling]] = {}
        self.scans: list[int] = []
        self.blank: list[int] = []
        self.recognised: list[int] = []
        self.scanned: list[int] = []
        self.pictures = self.characters = self.lost = 0
        self.slanting, self.hidden, self.noted = list[str](), list[str](), list[str]()

    def read(self, pages: Iterable[Page]) -> Read:
        for page in pages:
            self._take(page)
        if self.lost > _UNREADABLE * self.characters:
            raise Refused("pdf-no-codes", f"{self.lost:,}", f"{self.characters:,}")
        repeated = running_lines(self.sheets)
        columns, notes = self._columns(repeated)
        lines, marks = _laid_out(columns, notes)
        if not any(line.strip() for line in lines):
            raise Refused("pdf-scan" if self.scans else "empty", str(len(self.scans)))
        return Read(lines, marks, self._told(repeated), self.scans, self.scanned)

    def _take(self, page: Page) -> None:
        if page.width <= 0:
            self.blank.append(page.number)
        if lacks_text(page):
            self.scans.append(page.number)
        else:
            self.pictures += page.pictures if not is_scan(page) else 0
        if page.unpainted:
            self.recognised.append(page.number)
        if page.scanned:
            self.scanned.append(page.number)
        self.characters += len(page.glyphs)
        if self.characters > LARGEST_TEXT:
            raise Refused("pdf-text", f"{LARGEST_TEXT:,}")
        self.lost += sum(glyph.text == LOST for glyph in page.glyphs)
        for said, left_off in ((page.slanting, self.slanting), (page.hidden, self.hidden), (page.noted, self.noted)):
            left_off += [said] if said else []
        tables, rest, rules = ruled_tables(page.rulings, page.glyphs)
        self.rules[page.number] = rules
        self.sheets.append(Sheet(page.number, page.width, page.height, tuple(runs_of(rest)), tuple(tables)))

    def _columns(self, repeated: dict[int, list[Run]]) -> tuple[list[TextColumn], dict[int, list[str]]]:
        columns, notes, size = list[TextColumn](), dict[int, list[str]](), _usual_size(self.sheets)
        gutter: Gutter | None = None
        for sheet in self.sheets:
            gone = set(map(id, repeated.get(sheet.page, ())))
            runs = [run for run in sheet.runs if id(run) not in gone]
            runs, foot = _foot(runs, self.rules[sheet.page], size, sheet)
            notes[sheet.page], numbers = _notes(foot, _raised(runs))
            runs = [_marked(run, numbers) for run in runs]
            gutter = gutter_of(runs, sheet.tables, gutter)
            columns += columns_of(sheet.page, sheet.width, runs, sheet.tables, gutter)
        return with_margins(columns), notes

    def _told(self, repeated: dict[int, list[Run]]) -> list[tuple[str, str, str]]:
        runs = [run for page in sorted(repeated) for run in repeated[page]]
        head = next((run.text for run in runs if re.search(r"[^\W\d_]", run.text)), runs[0].text if runs else "")
        told = [("pdf-running", head[:_SHOWN], str(sum(len(run.text) for run in runs)))] if runs else []
        for code, said in (("watermark", self.slanting), ("hidden", self.hidden), ("noted", self.noted)):
            if said:
                told.append((f"pdf-{code}", said[0][:_SHOWN], str(sum(map(len, said)))))
        if self.scans:
            told.append(("pdf-scanned-pages", _numbers(self.scans), ""))
        if self.recognised:
            told.append(("pdf-recognised", _numbers(self.recognised), ""))
        if self.blank:
            told.append(("pdf-page-broken", _numbers(self.blank), ""))
        if self.lost:
            told.append(("pdf-lost", f"{self.lost:,}", ""))
        if self.pictures:
            told.append(("pictures", str(self.pictures), ""))
        return told


def _usual_size(sheets: Sequence[Sheet]) -> float:
    sizes: dict[float, int] = {}
    for sheet in sheets:
        for run in sheet.runs:
            sizes[round(run.size, 1)] = sizes.get(round(run.size, 1), 0) + len(run.text)
    return max(sizes, key=lambda one: (sizes[one], one), default=12.0)


# ---- notes at the foot of a page


def _foot(runs: list[Run], rules: Sequence[Ruling], size: float, sheet: Sheet) -> tuple[list[Run], list[Run]]:
    """The runs of a page, and those of its notes: below a short rule or a mark, and smaller than the text."""
    if not runs:
        return runs, []
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    lowest = max((table.bottom for table in sheet.tables), default=0.0)
    starts = [
        rule.top
        for rule in rules
        if _LEAST_RULE < rule.right - rule.left < _LONGEST_RULE * (right - left)
        and rule.left < left + 3 * size
        and rule.top > max(0.3 * sheet.height, lowest)
    ]
    starts += [
        run.top - 0.1
        for run in runs
        if run.size < _SMALLER * size and run.top > max(0.5 * sheet.height, lowest) and _note_number(run)
    ]
    for start in sorted(starts):
        text, foot = [r for r in runs if r.top < start - 1], [r for r in runs if r.top >= start - 1]
        if foot and all(run.size < _SMALLER * size for run in foot) and _note_number(lines_of(foot)[0], _raised(text)):
            return text, foot
    return runs, []


def _note_number(run: Run, raised: Set[str] = frozenset()) -> str:
    """The mark a note begins with: a superscript, a number in brackets or apart from the text, ①; or the plain number
    of a mark that is raised in the text."""
    mark = _NOTE.match(run.text)
    if not mark:
        return ""
    lifted = mark[1] in raised or bool(run.marks and run.marks[0][0] == 0)
    plain = mark[2] or lifted or not mark[0].strip().isdigit() or mark[0].endswith(" ")
    return (mark[1] or mark[2]) if plain else ""


def _notes(foot: Sequence[Run], raised: Set[str]) -> tuple[list[str], set[str]]:
    """The notes of a page, one each, and their numbers."""
    lines = lines_of(foot)
    notes, numbers = list[PageParagraph](), set[str]()
    margins = Margins(min((r.left for r in lines), default=0), max((r.right for r in lines), default=0), 1.5, 9)
    for i, line in enumerate(lines):
        number = _note_number(line, raised)
        if number or not notes or not continues(replace(lines[i - 1], left=margins.left), line, margins, margins):
            text = line.text
            if number.isdecimal():
                numbers.add(number)
                text = f"[{number}] {text[_NOTE.match(text).end() :]}"  # type: ignore[union-attr]
            notes.append(PageParagraph([(0, text)]))
        else:
            notes[-1].pieces.append((0, line.text))
    return [note.text for note in notes], numbers


def _marked(run: Run, numbers: set[str]) -> Run:
    """A run with the marks of notes as [1], where the page has such a note."""
    said, last = "", 0
    for start, end, number in _marks(run):
        if number in numbers:
            said += f"{run.text[last:start]}[{number}]"
            last = end
    return replace(run, text=said + run.text[last:]) if last else run


def _marks(run: Run) -> Iterator[tuple[int, int, str]]:
    """The superscripts of a run, from where to where, and what they say without brackets."""
    spans: list[tuple[int, int]] = []
    for at, length in run.marks:  # digits of one mark follow each other
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + length)
        else:
            spans.append((at, at + length))
    yield from ((start, end, run.text[start:end].strip("[]［］()（）")) for start, end in spans)


def _raised(runs: Iterable[Run]) -> set[str]:
    """What the superscripts of some runs say."""
    return {number for run in runs for _, _, number in _marks(run) if number}


# ---- lines of text


def _laid_out(columns: Sequence[TextColumn], notes: dict[int, list[str]]) -> tuple[list[str], list[tuple[int, int]]]:
    """The lines of a document, and where in their text pages begin: a paragraph and a table may lie on several."""
    lines, marks = list[str](), list[tuple[int, int]]()
    offset, at = 0, 0
    waiting = sorted(page for page, said in notes.items() if said)

    def say(pieces: Sequence[tuple[int, str]]) -> None:
        nonlocal offset, at
        for page, text in pieces:
            if page != at and text:
                marks.append((offset, page))
                at = page
            offset += len(text)
        lines.append("".join(text for _, text in pieces))
        offset += 1

    for block in paragraphs(columns, usual(columns)):
        first = block.rows[0][0] if isinstance(block, TableOverPages) else block.pieces[0][0]
        while waiting and waiting[0] < first:
            page = waiting.pop(0)
            for note in notes[page]:
                say([(page, note)])
        for pieces in _table(block) if isinstance(block, TableOverPages) else [block.pieces]:
            say(pieces)
    for page in waiting:
        for note in notes[page]:
            say([(page, note)])
    return lines, marks


def _table(table: TableOverPages) -> Iterator[list[tuple[int, str]]]:
    """The lines of a table, each with the page its row stands on."""
    rows = [row for _, row in table.rows]
    lines = table_lines(rows)
    pages = [page for page, row in table.rows]
    by_row = [page for page, row in table.rows if any(cell.lines for cell in row)]
    if len(lines) != len(by_row):  # a layout, whose cells are lines of their own
        by_row = [pages[0]] * len(lines)
    for page, line in zip(by_row, lines, strict=True):
        yield [(page, line)]


def _numbers(pages: Sequence[int]) -> str:
    """Numbers of pages as people write them: 3、5—7."""
    said: list[list[int]] = []
    for page in pages:
        if said and said[-1][-1] == page - 1:
            said[-1][1:] = [page]
        else:
            said.append([page])
    return "、".join("—".join(map(str, span)) for span in said)
