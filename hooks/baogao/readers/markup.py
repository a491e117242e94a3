"""A saved page -> its lines as a browser shows them, and of each the element it stands in.

The page is read by Lexbor (selectolax). Scripts and controls are no text; a table becomes its rows, a numbered list has
its numbers. Words hidden in a line are left off and kept apart; of hidden blocks webpage.py decides, since what a
browser shows later (the next page, all behind 展开全文) is hidden until then. Rules: rules/portals.yml.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..model import Finding, ReportError
from ..rules import load
from .cells import Cell, is_layout, row_lines
from .page_limits import check_markup
from .word_numbering import formatted

# Bytes. The longest reports fill 1 MB of markup, a page pasted from Word with its styles 5 MB.
LARGEST_PAGE = 32_000_000
# Rules of style sheets on lists and on letters without size, each of which is looked for in the whole page, and
# elements that they apply to.
MOST_RULES = 500
MOST_APPLIED = 100_000
# Rules of sheets that hide or show, of which no more are looked for, and elements that one may hide: a page has few.
_MOST_VEILS, _MOST_VEILED = 200, 1_000
_CHARACTERS_A_DAMAGE = 1_000  # a page with more broken characters than one in so many is in another encoding
LOST = "\ufffd"  # stands where bytes were no character

SPACES = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
# A line end in the markup between two wide characters is no space (CSS Text 3, 4.1.3).
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]"
_WIDE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\f]*[\r\n][ \t\n\r\f]*(?={_WIDE})")
# A rule of a style sheet by itself; what is nested in another (@media) may not apply.
_STYLE = re.compile(r"(?:^|(?<=[};]))\s*+([^\s{}@;][^{}@;]{0,1999}+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_NESTED = re.compile(r"@[^{};@]*+\{(?:[^{}]|\{[^{}]*+\})*+\}")
# CSS Counter Styles 3, 6.2: in all of them numbers are 一 二 十一, the mark behind them 、
_CHINESE_LISTS = frozenset({"cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"})
_PRE = re.compile(r"white-space\s*:\s*pre")
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_.:-]{2,40})", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([a-zA-Z0-9_.:-]{2,40})")


@dataclass(slots=True)
class Element:
    """An element with what can be seen in it."""

    tag: str
    attributes: dict[str, str]
    parent: int  # index; -1 above the root
    hidden: bool = False  # a block that is not shown, itself
    children: list[int | str] = field(default_factory=list)
    veiled: bool = False  # a block that only a style sheet of the page hides


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as the page shows it."""

    text: str
    element: int  # the innermost element that holds all of it
    links: int  # characters of it that are links


@dataclass(frozen=True, slots=True)
class Markup:
    """A page: parsed, its elements with text, its lines in order."""

    tree: LexborHTMLParser
    elements: list[Element]  # parents before children; index 0 is the body
    lines: list[ShownLine]  # those of hidden blocks too
    unseen: list[tuple[int, str]]  # hidden words that are no block: where they stand, what they say


def read_markup(path: str, data: bytes) -> Markup:
    """A page as it stands in the file. Raises ReportError: undecodable, beyond a limit."""
    if len(data) > LARGEST_PAGE:
        raise ReportError(Finding("html-large", path, 0, f"{len(data) / 1e6:.0f} MB", f"{LARGEST_PAGE / 1e6:.0f} MB"))
    markup = _decoded(path, data)
    check_markup(path, markup)
    tree = LexborHTMLParser(markup)
    _apply_styles(path, tree)
    elements, unseen = _elements(tree, _veiled(tree))
    return Markup(tree, elements, _Writer(elements).run(), unseen)


# ---- bytes -> markup


def _decoded(path: str, data: bytes) -> str:
    """The markup, without a byte order mark. What the bytes are goes before what the page says they are."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    # UTF-8 first: text of another encoding is never valid UTF-8 by chance, but pages do claim wrong ones
    candidates = [_MARKS[mark]] if mark else ["utf-8", *_declared(data), "gb18030"]
    for encoding in candidates:
        try:
            return data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
    # A description cut in the middle of a character is common in portals' heads: a few such bytes spoil no page.
    text = min((data[len(mark) :].decode(encoding, "replace") for encoding in candidates), key=_damage)
    if _damage(text) * _CHARACTERS_A_DAMAGE > len(text):
        raise ReportError(Finding("undecodable", path, 0))
    return text


def _damage(text: str) -> int:
    return text.count(LOST)


def _declared(data: bytes) -> Iterator[str]:
    """The encoding that the page itself names, where Python knows it; GB2312 and GBK are read as GB18030 (WHATWG)."""
    named = _XML_ENCODING.match(data[:1024]) or _META_CHARSET.search(data[:8192])
    name = named[1].decode("ascii").lower() if named else ""
    if name.startswith(("gb", "x-gbk", "hz")):
        yield "gb18030"
    elif name in ("big5", "big5-hkscs"):
        yield "big5hkscs"


# ---- markup -> elements


@cache
def rules() -> dict[str, Any]:
    """rules/portals.yml: lists as sets, patterns compiled."""
    read = load("portals")
    patterns = (
        "site_name",
        "chrome_names",
        "related_names",
        "apart",
        "byline_names",
        "account_lines",
        "annex",
        "controls",
        "hidden",
        "applied",
        "veils",
        "numeral",
        "attachment",
    )
    sets = ("never", "holds", "chrome_tags", "block", "no_end", "formatting", "raw")
    return {name: re.compile(read[name]) for name in patterns} | {name: frozenset(read[name]) for name in sets}


def _apply_styles(path: str, tree: LexborHTMLParser) -> None:
    """Put what the page's own style sheets say of lists and of letters without size where it applies. Raises
    ReportError where they say it of too much.

    Not whether a block is hidden: this may depend on what scripts do, see _veiled.
    """
    left = {"rules": MOST_RULES, "applied": MOST_APPLIED}
    for sheet in tree.css("style"):
        for selectors, said in _STYLE.findall(_COMMENT.sub("", sheet.text())):
            kept = "; ".join(one.strip() for one in said.split(";") if rules()["applied"].match(one.strip()))
            nodes = _matched(tree, selectors) if kept else []
            left["rules"] -= bool(kept)
            left["applied"] -= len(nodes)
            if min(left.values()) < 0:
                raise ReportError(Finding("html-styles", path, 0, "", f"{MOST_RULES:,}"))
            for node in nodes:
                node.attrs["style"] = f"{kept}; {node.attributes.get('style') or ''}"


def _veiled(tree: LexborHTMLParser) -> set[int]:
    """The nodes, by mem_id, that a style sheet hides and none shows, nor their own style."""
    hidden, shown, left = set[int](), set[int](), _MOST_VEILS
    for sheet in tree.css("style"):
        for selectors, said in _STYLE.findall(_NESTED.sub("}", _COMMENT.sub("", sheet.text()))):
            hows = [match["how"].lower() for one in said.split(";") if (match := rules()["veils"].match(one.strip()))]
            if not hows or left <= 0:
                continue
            left -= 1
            nodes = _matched(tree, selectors)
            if "none" in hows or "hidden" in hows:
                hidden |= {node.mem_id for node in nodes} if len(nodes) <= _MOST_VEILED else set()
            else:
                shown |= {node.mem_id for node in nodes}
    return hidden - shown


def _matched(tree: LexborHTMLParser, selectors: str) -> list[LexborNode]:
    try:
        return tree.css(selectors.strip())
    except Exception:  # selectolax names no error of a selector that it does not know
        return []


def _elements(tree: LexborHTMLParser, veiled: Set[int]) -> tuple[list[Element], list[tuple[int, str]]]:
    """The elements of the page, and the hidden words that are no block. Walked without recursion."""
    elements: list[Element] = []
    unseen: list[tuple[int, str]] = []
    waiting: list[tuple[LexborNode, int]] = [(tree.body, -1)] if tree.body else []
    while waiting:
        node, parent = waiting.pop()
        if node.next is not None and parent >= 0:
            waiting.append((node.next, parent))
        if node.is_text_node:
            elements[parent].children.append(node.text_content or "")
        elif node.is_element_node:
            tag, attributes = node.tag or "", {name: value or "" for name, value in node.attributes.items()}
            hidden = "hidden" in attributes or bool(rules()["hidden"].search(attributes.get("style", "")))
            if tag in rules()["never"]:
                continue
            if hidden and parent >= 0 and tag not in rules()["holds"]:
                unseen.append((parent, SPACES.sub(" ", node.text()).strip()))
                continue
            if parent >= 0:
                elements[parent].children.append(len(elements))
            veil = node.mem_id in veiled and parent >= 0 and tag in rules()["holds"]
            veil = veil and not any(
                rules()["veils"].match(one.strip()) for one in attributes.get("style", "").split(";")
            )
            elements.append(Element(tag, attributes, parent, hidden and parent >= 0, veiled=veil))
            if node.first_child is not None:
                waiting.append((node.first_child, len(elements) - 1))
    return elements or [Element("body", {}, -1)], [(at, text) for at, text in unseen if text]


# ---- elements -> lines


@dataclass(slots=True)
class _OpenTable:
    """A table while it is read: its cells for the rules of tables, and the lines they hold."""

    element: int
    rows: list[list[Cell]] = field(default_factory=list)
    said: list[list[list[ShownLine]]] = field(default_factory=list)
    nested: bool = False  # the cell that is open holds a table


class _Writer:
    """Walks the elements once and puts their text into lines, those of a table when it ends."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self.elements = elements
        self.pieces: list[tuple[str, bool]] = []  # of the line that is growing: text, whether it is a link
        self.kept: list[list[ShownLine]] = [[]]  # of the page, then of each cell that is open
        self.blocks = [0]  # the blocks that are open
        self.tables: list[_OpenTable] = []
        self.lists: list[_Count | None] = []  # of each list that is open
        self.marker = ""  # of a list item that has said nothing yet
        self.links = self.verbatim = 0  # how many of each are open

    def run(self) -> list[ShownLine]:
        waiting: list[tuple[int | str, bool]] = [(0, True)]
        while waiting:
            thing, entering = waiting.pop()
            if isinstance(thing, str):
                self._say(thing)
            elif entering:
                self._enter(thing)
                waiting.append((thing, False))
                waiting.extend((child, True) for child in reversed(self.elements[thing].children))
            else:
                self._leave(thing)
        return self.kept[0]

    def _say(self, text: str) -> None:
        if not self.verbatim:
            self.pieces.append((_WIDE_BREAK.sub("", text), self.links > 0))
            return
        first, *others = re.split(r"\r\n|\r|\n", text)
        self.pieces.append((first, self.links > 0))
        for other in others:
            self._end_line()
            self.pieces.append((other, self.links > 0))

    def _end_line(self) -> None:
        pieces, self.pieces = self.pieces, []
        text = SPACES.sub(" ", "".join(piece for piece, _ in pieces)).strip(" ")
        if not text:
            return
        if self.marker and not rules()["numeral"].match(text.strip("\u3000\xa0")):
            text = self.marker + text
        self.marker = ""
        links = sum(len(piece.strip()) for piece, link in pieces if link)
        self.kept[-1].append(ShownLine(text, self.blocks[-1], links))

    def _enter(self, index: int) -> None:
        element = self.elements[index]
        tag = element.tag
        if tag in rules()["block"]:
            self._end_line()
            self.blocks.append(index)
        self.links += _is_link(element)
        self.verbatim += _is_verbatim(element)
        if tag == "br":
            self._end_line()
        elif tag == "table":
            self.tables.append(_OpenTable(index))
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
            self.tables[-1].said.append([])
        elif tag in ("td", "th") and self.tables:
            self.tables[-1].nested = False
            self.kept.append([])
        elif tag in ("ol", "ul"):
            self.lists.append(_numbers(element) if tag == "ol" else None)
        elif tag == "li" and self.lists and (numbers := self.lists[-1]):
            number = _whole(element.attributes.get("value", ""), numbers.next)
            self.lists[-1] = replace(numbers, next=number + numbers.step)
            self.marker = f"{formatted(number, 'chineseCounting')}、" if numbers.chinese else f"{number}. "

    def _leave(self, index: int) -> None:
        element = self.elements[index]
        tag = element.tag
        if tag in rules()["block"]:
            self._end_line()
            self.blocks.pop()
        self.links -= _is_link(element)
        self.verbatim -= _is_verbatim(element)
        if tag in ("td", "th") and self.tables:
            self._leave_cell(element)
        elif tag == "table":
            self._leave_table()
        elif tag in ("ol", "ul"):
            self.lists.pop()
            self.marker = ""

    def _leave_cell(self, element: Element) -> None:
        lines, table = self.kept.pop(), self.tables[-1]
        columns, rows = (_whole(element.attributes.get(name, ""), 1) for name in ("colspan", "rowspan"))
        if not table.rows:
            table.rows.append([])
            table.said.append([])
        table.rows[-1].append(Cell(tuple(line.text for line in lines), columns, rows, table.nested))
        table.said[-1].append(lines)

    def _leave_table(self) -> None:
        table = self.tables.pop()
        if is_layout(table.rows):
            found = [line for row in table.said for cell in row for line in cell]
        else:
            links = [sum(line.links for cell in row for line in cell) for row in table.said]
            found = [ShownLine(line, table.element, links[row]) for row, line in row_lines(table.rows)]
        self.kept[-1].extend(found)
        if self.tables:
            self.tables[-1].nested = True


def _is_link(element: Element) -> bool:
    """Whether an element leads somewhere, by an address or by a script; an anchor's name leads nowhere."""
    return element.tag == "a" and ("href" in element.attributes or not {"name", "id"} & element.attributes.keys())


def _whole(printed: str, otherwise: int) -> int:
    return int(printed) if re.fullmatch(r"-?[0-9]{1,5}", printed.strip()) else otherwise


def _is_verbatim(element: Element) -> bool:
    """Whether line ends of the markup are line ends of the page."""
    style = element.attributes.get("style")
    return element.tag == "pre" or bool(style and _PRE.search(style))


@dataclass(frozen=True, slots=True)
class _Count:
    """How a list counts."""

    next: int
    step: int
    chinese: bool  # 一、 二、


def _numbers(element: Element) -> _Count | None:
    """Where a list begins to count, and how; None where the page shows no number, or one that is none of ours."""
    style, kind = element.attributes.get("style", ""), element.attributes.get("type", "1")
    named = re.findall(r"list-style(?:-type)?\s*:([^;]*)", style)
    words = set(named[-1].lower().split()) - {"inside", "outside"} if named else set()
    chinese = bool(words & _CHINESE_LISTS)
    if not chinese and (kind != "1" or (words and "decimal" not in words)):
        return None
    items = sum(isinstance(child, int) for child in element.children)
    step = -1 if "reversed" in element.attributes else 1
    return _Count(_whole(element.attributes.get("start", ""), items if step < 0 else 1), step, chinese)
