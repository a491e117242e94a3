"""A Word file -> its lines, as Word shows them with all changes accepted.

python-docx opens the package; here its text is put into lines: generated numerals become characters, a row of a table
is a line with its cells parted by tabs, text boxes stand behind the paragraph that holds them, notes at the end. What
was deleted with changes tracked, hidden text, comments and what the sheet repeats (headers, page numbers) are no text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document
from docx.oxml.parser import parse_xml

from ..model import Finding, ReportError
from ..patterns import ONE_TO_NINE
from .cells import MOST_COLUMNS, Cell, table_lines
from .package import check_package
from .word_numbering import Numbering, W, formatted, read_numbering, symbol
from .word_package import as_usual

LARGEST_TEXT = 10_000_000  # characters; of plain text as many bytes (source.py)
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# Numerals in a ring: U+3280 and on.
_RINGED = {ord(numeral): chr(0x3280 + n) for n, numeral in enumerate(f"{ONE_TO_NINE}十")}
# Elements that only wrap text; what is inserted or moved here with changes tracked is text.
_WRAPPERS = frozenset({"ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo"})


def document_lines(path: str, data: bytes) -> tuple[list[str], tuple[Finding, ...]]:
    """The lines of a Word file, and notes. Raises ReportError: too large, not safe, broken, only pictures."""
    try:
        check_package(path, data, "docx")
        reader = _DocumentReader(path, docx.Document(io.BytesIO(as_usual(data))))
        lines = reader.run()
    except ReportError:
        raise
    except Exception as error:  # zipfile, zlib, lxml and python-docx name no errors of a damaged package
        raise ReportError(Finding("docx-broken", path, 0, type(error).__name__)) from error
    if not any(line.strip() for line in lines):
        raise ReportError(Finding("docx-scan" if reader.pictures else "empty", path, 0, str(reader.pictures)))
    notes = [Finding("pictures", path, 0, str(reader.pictures))] if reader.pictures else []
    if reader.embedded:
        notes.append(Finding("docx-embedded", path, 0, str(reader.embedded)))
    return lines, tuple(notes)


@dataclass(slots=True)
class _DocumentReader:
    """Walks a document once, in reading order; the numbering counts meanwhile."""

    path: str
    document: Document
    numbering: Numbering = field(init=False)
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind and id of each note, in order of their marks
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)  # of each of them, from 1
    boxes: list[Any] = field(default_factory=list)  # text boxes met in the paragraph at hand
    code: list[str] = field(default_factory=list)  # of the field that is open, what it tells Word to do
    carried: str = ""  # of a paragraph whose end was deleted: it runs on into the next
    pictures: int = 0
    embedded: int = 0
    left: int = LARGEST_TEXT  # characters that may still be said

    def run(self) -> list[str]:
        self.numbering = read_numbering(self._part("numbering"), self._part("styles"))
        lines = self._blocks(self.document.element.body)
        if self.carried:
            lines.append(self.carried)
        return [*lines, *self._note_lines()]

    def _part(self, name: str) -> Any:
        """The root element of a part that the document is related to, or None."""
        for relation in self.document.part.rels.values():
            if relation.reltype == _RELATION + name and not relation.is_external:
                return parse_xml(relation.target_part.blob)
        return None

    def _note_lines(self) -> list[str]:
        """Footnotes and endnotes in the order of their marks, each once however often it is marked, be it in itself."""
        parts = {kind: _or_nothing(self._part(f"{kind}s")) for kind in ("footnote", "endnote") if self.notes}
        found = {(kind, note.get(f"{W}id")): note for kind, notes in parts.items() for note in notes}
        lines: list[str] = []
        for note in self.notes:  # grows meanwhile where a note marks another
            said = [line.strip() for line in self._blocks(found.get(note, ()))]
            lines.append(f"[{self.numbers[note]}] {' '.join(line for line in said if line)}")
        return lines

    # -- blocks

    def _blocks(self, container: Any) -> list[str]:
        lines: list[str] = []
        for child in container:
            name = _name(child)
            if name == "p":
                lines += self._paragraph(child)
            elif name == "tbl":
                lines += self._table(child)
            elif name == "sdt":
                lines += self._blocks(_first(child, f"{W}sdtContent"))
            elif name == "AlternateContent":
                lines += self._blocks(_alternative(child))
            elif name == "altChunk":
                self.embedded += 1
            elif name in _WRAPPERS:
                lines += self._blocks(child)
        return lines

    def _paragraph(self, paragraph: Any) -> list[str]:
        outer, self.boxes = self.boxes, []
        text = self._inline(paragraph)
        boxes, self.boxes = self.boxes, outer
        deleted = paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
        if not (deleted and not text):  # a paragraph deleted whole is not counted
            if not self.carried:
                text = self.numbering.numeral(paragraph) + text
            self._count(text)
            text, self.carried = self.carried + text, ""
        lines = []
        if deleted:
            self.carried = text or self.carried
        else:
            lines = text.split("\n")
        for box in boxes:
            lines += self._blocks(box)
        return lines

    def _count(self, text: str) -> None:
        """Refuse what grows without end: numerals are generated, and few bytes may stand for many."""
        self.left -= len(text)
        if self.left < 0:
            raise ReportError(Finding("docx-text", self.path, 0, f"{LARGEST_TEXT:,}"))

    def _table(self, table: Any) -> list[str]:
        """The cells of a vertical merge stand in the file, empty but for the first: rows need no reaching over."""
        rows: list[list[Cell]] = []
        for row in _children(table, "tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            before = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
            rows.append([*[Cell(())] * min(before, MOST_COLUMNS), *map(self._cell, _children(row, "tc"))])
        return table_lines(rows)

    def _cell(self, cell: Any) -> Cell:
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = merge is not None and merge.get(f"{W}val") != "restart"  # Word shows nothing of what it holds
        lines = () if goes_on else tuple(line for line in self._blocks(cell) if line.strip())
        return Cell(lines, _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), nested=cell.find(f"{W}tbl") is not None)

    # -- text inside a paragraph

    def _inline(self, container: Any) -> str:
        said = []
        for child in container:
            name = _name(child)
            if name == "r":
                said.append(self._run(child))
            elif name == "sdt":
                said.append(self._inline(_first(child, f"{W}sdtContent")))
            elif name == "AlternateContent":
                said.append(self._inline(_alternative(child)))
            elif name in ("oMath", "oMathPara"):
                said.append("".join(t.text or "" for t in child.iter(f"{_M}t")))
            elif name in _WRAPPERS:
                said.append(_overlaid(child.get(f"{W}instr") or "") + self._inline(child))
        return "".join(said)

    def _run(self, run: Any) -> str:
        hidden = run.find(f"{W}rPr/{W}vanish")
        if hidden is not None and hidden.get(f"{W}val") not in ("0", "false", "off"):
            return ""
        return "".join(self._piece(child) for child in run)

    def _piece(self, piece: Any) -> str:
        name = _name(piece)
        if name == "t":
            return re.sub(r"[\t\n\r\f\v\x85\u2028\u2029]", " ", piece.text or "")
        if name in ("tab", "ptab"):  # set by hand: only cells of tables are parted by tabs
            return " "
        if name in ("br", "cr"):
            return "" if piece.get(f"{W}type") in ("page", "column") else "\n"
        if name == "noBreakHyphen":
            return "-"
        if name == "sym":
            code = piece.get(f"{W}char") or ""
            return symbol(chr(int(code, 16))) if re.fullmatch("[0-9A-Fa-f]{4}", code) else ""
        if name in ("footnoteReference", "endnoteReference"):
            note = (name.removesuffix("Reference"), piece.get(f"{W}id"))
            if note not in self.numbers:
                self.notes.append(note)
                self.numbers[note] = len(self.notes)
            return f"[{self.numbers[note]}]"
        if name == "instrText":
            self.code.append(piece.text or "")
        if name == "fldChar":
            code, self.code = "".join(self.code), []
            return "" if piece.get(f"{W}fldCharType") == "begin" else _overlaid(code)
        if name == "ruby":
            return self._inline(_first(piece, f"{W}rubyBase"))
        if name == "AlternateContent":
            return "".join(self._piece(child) for child in _alternative(piece))
        if name in ("drawing", "pict", "object"):
            self._drawing(piece)
        return ""

    def _drawing(self, drawing: Any) -> None:
        """Text boxes wait for the end of their paragraph; pictures are counted."""
        boxes = list(_outermost(drawing))
        self.boxes += boxes
        self.pictures += not boxes


def _outermost(drawing: Any) -> Iterator[Any]:
    """The contents of the text boxes of a drawing, not those inside another's, nor the copy kept for old programs."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{W}txbxContent":
            yield element
        elif element.tag == f"{_MC}AlternateContent":
            waiting.append(_alternative(element))
        elif isinstance(element.tag, str):
            waiting.extend(reversed(element))


def _overlaid(code: str) -> str:
    """What a field shows that puts one character over another, as Word makes 带圈字符: EQ \\o\\ac(○,1) is ①. Of other
    fields nothing: what they show stands in the file."""
    shown = re.search(r"(?i)^\s*eq\s.*?\\o(?:\\[a-z]+)*\s*\(([^,，;()]*)[,，;]([^()]*)\)", code)
    if not shown:
        return ""
    ring, within = (part.strip() for part in shown.groups())
    if ring not in ("○", "〇", "◯", "O"):
        return within
    if within.isdecimal():
        return formatted(int(within), "decimalEnclosedCircle")
    return within.translate(_RINGED) if len(within) == 1 else f"({within})"


def _name(element: Any) -> str:
    """The local name of an element; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _first(element: Any, tag: str) -> Any:
    return _or_nothing(element.find(tag))


def _or_nothing(element: Any) -> Any:
    """An element, or nothing to walk through; an element without children is false, so `or` would not do."""
    return () if element is None else element


def _alternative(element: Any) -> Any:
    """Of the forms of one thing the first: the newest, which all programs that write the others show."""
    return next((child for child in element if _name(child) in ("Choice", "Fallback")), ())


def _children(element: Any, name: str) -> Iterator[Any]:
    """The rows or cells, wrappers of content controls and tracked insertions looked through."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) == "sdt":
            yield from _children(_first(child, f"{W}sdtContent"), name)
        elif _name(child) in _WRAPPERS:
            yield from _children(child, name)


def _number(element: Any, otherwise: int) -> int:
    value = "" if element is None else element.get(f"{W}val") or ""
    return int(value) if re.fullmatch("[0-9]{1,4}", value) else otherwise
