"""A saved page of a portal -> its lines: the report with its title and metadata, most of the portal left off.

The page is read by Lexbor (selectolax); here the report is found in it. Of all lines those are weighed that say
something (running text, headings, rows of tables, and no links); the text is the smallest element that holds nearly all
their weight. Before it stand the lines from the title or the first field of the metadata on. What is left off is the
portal's; where running text is among it, a note says so. What still stands round the text is told apart by source.py.
Rules: data/portals.yml, data/chrome.yml.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .blocks import Cell, is_layout, row_lines
from .data import load
from .model import Finding, ReportError

# Bytes. The longest reports fill 1 MB of markup, a page pasted from Word with its styles 5 MB.
LARGEST_PAGE = 32_000_000
# Open elements. Browsers themselves nest no deeper than 512; the parser's time grows with the square of the depth.
DEEPEST_PAGE = 1_000
# Elements that the parser would add to repeat unclosed <font> and the like in each paragraph (HTML 13.2.4.3).
MOST_REPEATED = 2_000_000
_MOST_STEPS = 1_000_000_000  # of the parser over open elements, if what looks closed in a drawing were not: seconds
_CHARACTERS_A_DAMAGE = 1_000  # a page with more broken characters than one in so many is in another encoding
_LOST = "\ufffd"
_NEARLY_ALL = 0.9  # of the weight; the rest stands round the text (a footer, a notice) or beside it in the same element
_LEAST = 60  # characters of running text; a page with less that has a frame or an attachment only leads to the report

_SPACES = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
# A line end in the markup between two wide characters is no space (CSS Text 3, 4.1.3).
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]"
_WIDE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\f]*[\r\n][ \t\n\r\f]*(?={_WIDE})")
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_.:-]{2,40})", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([a-zA-Z0-9_.:-]{2,40})")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]{0,400})")


@dataclass(slots=True)
class _Element:
    """An element with what can be seen in it."""

    tag: str
    attributes: dict[str, str]
    parent: int  # index; -1 above the root
    children: list[int | str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as the page shows it."""

    text: str
    element: int  # the innermost element that holds all of it
    links: int  # characters of it that are links


def page_lines(path: str, data: bytes) -> tuple[list[str], tuple[Finding, ...]]:
    """The lines of a saved page, and notes. Raises ReportError: too large, too deep, undecodable, no text in it."""
    if len(data) > LARGEST_PAGE:
        raise ReportError(Finding("html-large", path, 0, f"{len(data) / 1e6:.0f} MB", f"{LARGEST_PAGE / 1e6:.0f} MB"))
    markup = _decoded(path, data)
    _check_depth(path, markup)
    tree = LexborHTMLParser(markup)
    elements = _elements(tree)
    lines = _Writer(elements).run()
    page = _Page(elements, lines)
    metas = _meta_lines(tree)
    if page.says < _LEAST and not any(_rules()["heading"].match(line.text) for line in lines):
        _refuse_pointers(path, tree, page)
    body = page.report([value for name, value in metas if name == "ArticleTitle"])
    text = [*(f"{name}：{value}" for name, value in metas), *(lines[i].text for i in body)]
    return text, (*_broken(path, text), *_left_off(path, page, body), *_pictures(path, page))


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
    return text.count(_LOST)


def _declared(data: bytes) -> Iterator[str]:
    """The encoding that the page itself names, where Python knows it; GB2312 and GBK are read as GB18030 (WHATWG)."""
    named = _XML_ENCODING.match(data[:1024]) or _META_CHARSET.search(data[:8192])
    name = named[1].decode("ascii").lower() if named else ""
    if name.startswith(("gb", "x-gbk", "hz")):
        yield "gb18030"
    elif name in ("big5", "big5-hkscs"):
        yield "big5hkscs"


def _check_depth(path: str, markup: str) -> None:
    """Refuse a page that the parser would take minutes for, or gigabytes. One pass, before anything is built."""
    opened: Counter[str] = Counter()
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    depth = deepest = tags = self_closed = 0
    for match in _TAG.finditer(markup):
        closing, name, rest = match[1], match[2].lower(), match[3]
        tags += 1
        if name in _rules()["no_end"]:
            continue
        if rest.endswith("/") and opened["svg"]:  # drawings are made of thousands of <path/>
            self_closed += 1
            continue
        if not closing:
            opened[name] += 1
            depth += 1
            deepest = max(deepest, depth)
            if name in _rules()["formatting"]:
                kinds[name].add(rest)
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
    if deepest > DEEPEST_PAGE:
        raise ReportError(Finding("html-deep", path, 0, str(deepest), str(DEEPEST_PAGE)))
    # each kind of an unclosed formatting element is opened again in every paragraph, at most three times
    repeated = sum(min(opened[name], 3 * len(of)) for name, of in kinds.items()) * tags
    if repeated > MOST_REPEATED or self_closed * tags > _MOST_STEPS:
        raise ReportError(Finding("html-deep", path, 0, str(repeated), str(MOST_REPEATED)))


# ---- markup -> elements


@cache
def _rules() -> dict[str, Any]:
    rules = load("portals")
    patterns = ("chrome_names", "hidden", "heading", "numeral", "attachment")
    return {name: re.compile(rules[name]) for name in patterns} | {
        name: frozenset(rules[name]) for name in ("never", "chrome_tags", "block", "no_end", "formatting")
    }


def _elements(tree: LexborHTMLParser) -> list[_Element]:
    """What can be seen of the page, parents before children; index 0 is the body. Walked without recursion."""
    elements: list[_Element] = []
    waiting: list[tuple[LexborNode, int]] = [(tree.body, -1)] if tree.body else []
    while waiting:
        node, parent = waiting.pop()
        if node.next is not None and parent >= 0:
            waiting.append((node.next, parent))
        if node.is_text_node:
            elements[parent].children.append(node.text_content or "")
        elif node.is_element_node:
            tag, attributes = node.tag or "", {name: value or "" for name, value in node.attributes.items()}
            if not _is_seen(tag, attributes):
                continue
            if parent >= 0:
                elements[parent].children.append(len(elements))
            elements.append(_Element(tag, attributes, parent))
            if node.first_child is not None:
                waiting.append((node.first_child, len(elements) - 1))
    return elements or [_Element("body", {}, -1)]


def _is_seen(tag: str, attributes: dict[str, str]) -> bool:
    rules = _rules()
    return not (tag in rules["never"] or "hidden" in attributes or rules["hidden"].search(attributes.get("style", "")))


def _meta_lines(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """The meta tags of government sites, in the order of the rules, the first of each name that says something."""
    said: dict[str, str] = {}
    for node in tree.css("meta[name]"):
        name, value = (node.attributes.get("name") or "").lower(), node.attributes.get("content") or ""
        if value.strip() and name not in said:
            said[name] = _SPACES.sub(" ", value).strip()
    return [(name, said[name.lower()]) for name in load("portals")["meta"] if name.lower() in said]


# ---- elements -> lines


@dataclass(slots=True)
class _Table:
    """A table while it is read: its cells for the rules of tables, and the lines they hold."""

    element: int
    rows: list[list[Cell]] = field(default_factory=list)
    said: list[list[list[_Line]]] = field(default_factory=list)
    nested: bool = False  # the cell that is open holds a table


class _Writer:
    """Walks the elements once and puts their text into lines, those of a table when it ends."""

    def __init__(self, elements: Sequence[_Element]) -> None:
        self.elements = elements
        self.pieces: list[tuple[str, bool]] = []  # of the line that is growing: text, whether it is a link
        self.kept: list[list[_Line]] = [[]]  # of the page, then of each cell that is open
        self.blocks = [0]  # the blocks that are open
        self.tables: list[_Table] = []
        self.lists: list[tuple[int, int] | None] = []  # next number and step of each list that is open
        self.marker = ""  # of a list item that has said nothing yet
        self.links = self.verbatim = 0  # how many of each are open

    def run(self) -> list[_Line]:
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
        text = _SPACES.sub(" ", "".join(piece for piece, _ in pieces)).strip(" ")
        if not text:
            return
        if self.marker and not _rules()["numeral"].match(text.strip("\u3000\xa0")):
            text = self.marker + text
        self.marker = ""
        links = sum(len(piece.strip()) for piece, link in pieces if link)
        self.kept[-1].append(_Line(text, self.blocks[-1], links))

    def _enter(self, index: int) -> None:
        element = self.elements[index]
        tag = element.tag
        if tag in _rules()["block"]:
            self._end_line()
            self.blocks.append(index)
        self.links += tag == "a" and "href" in element.attributes
        self.verbatim += _is_verbatim(element)
        if tag == "br":
            self._end_line()
        elif tag == "table":
            self.tables.append(_Table(index))
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
            self.tables[-1].said.append([])
        elif tag in ("td", "th") and self.tables:
            self.tables[-1].nested = False
            self.kept.append([])
        elif tag in ("ol", "ul"):
            self.lists.append(_numbers(element) if tag == "ol" else None)
        elif tag == "li" and self.lists and (numbers := self.lists[-1]):
            number = _whole(element.attributes.get("value", ""), numbers[0])
            self.lists[-1] = (number + numbers[1], numbers[1])
            self.marker = f"{number}. "

    def _leave(self, index: int) -> None:
        element = self.elements[index]
        tag = element.tag
        if tag in _rules()["block"]:
            self._end_line()
            self.blocks.pop()
        self.links -= tag == "a" and "href" in element.attributes
        self.verbatim -= _is_verbatim(element)
        if tag in ("td", "th") and self.tables:
            self._leave_cell(element)
        elif tag == "table":
            self._leave_table()
        elif tag in ("ol", "ul"):
            self.lists.pop()
            self.marker = ""

    def _leave_cell(self, element: _Element) -> None:
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
            found = [_Line(line, table.element, links[row]) for row, line in row_lines(table.rows)]
        self.kept[-1].extend(found)
        if self.tables:
            self.tables[-1].nested = True


def _whole(printed: str, otherwise: int) -> int:
    return int(printed) if re.fullmatch(r"-?[0-9]{1,5}", printed.strip()) else otherwise


def _is_verbatim(element: _Element) -> bool:
    """Whether line ends of the markup are line ends of the page."""
    return element.tag == "pre" or bool(re.search(r"white-space\s*:\s*pre", element.attributes.get("style", "")))


def _numbers(element: _Element) -> tuple[int, int] | None:
    """Where a list begins to count, and its step; None where the page shows no number, or one that is none of ours."""
    style, kind = element.attributes.get("style", ""), element.attributes.get("type", "1")
    if kind != "1" or re.search(r"list-style[^;]*:\s*(?!decimal)[a-z]", style):
        return None
    items = sum(isinstance(child, int) for child in element.children)
    step = -1 if "reversed" in element.attributes else 1
    return _whole(element.attributes.get("start", ""), items if step < 0 else 1), step


# ---- lines -> the report's


class _Page:
    """The lines of a page, weighed, and the element that holds the text."""

    def __init__(self, elements: Sequence[_Element], lines: Sequence[_Line]) -> None:
        self.elements, self.lines = elements, lines
        self.weights = [_weight(line) for line in lines]
        self.weight = weight = self._summed(self.weights)
        names = _chrome(elements)
        # what holds half of the text is no share bar, whatever its name: <div id="print">
        self.named = _below(elements, lambda i: names[i] and weight[i] * 2 <= weight[0])
        self.portal = _below(elements, lambda i: names[i] and not weight[i])
        self.core = self._core()
        self.inside = _below(elements, lambda i: i == self.core)

    def _summed(self, weights: Iterable[int]) -> list[int]:
        """Of each element, the weight of all lines in it."""
        summed = [0] * len(self.elements)
        for line, says in zip(self.lines, weights, strict=True):
            summed[line.element] += says
        for index in range(len(summed) - 1, 0, -1):  # children stand behind their parents
            summed[self.elements[index].parent] += summed[index]
        return summed

    def _core(self) -> int:
        """The smallest element that holds nearly all that is said."""
        own = (0 if self.named[line.element] else says for line, says in zip(self.lines, self.weights, strict=True))
        weight = self._summed(own)
        self.says = weight[0]
        heaviest: dict[int, int] = {}  # of each element, the child with most weight
        for index, element in enumerate(self.elements[1:], 1):
            first = heaviest.get(element.parent)
            if first is None or weight[index] > weight[first]:
                heaviest[element.parent] = index
        core = 0
        while core in heaviest and weight[heaviest[core]] >= _NEARLY_ALL * weight[core] > 0:
            core = heaviest[core]
        return core

    def report(self, titles: Sequence[str]) -> list[int]:
        """The indices of the lines of the report, and of those that say whose it is."""
        inside = [i for i, line in enumerate(self.lines) if self.inside[line.element]]
        if not inside:
            return list(range(len(self.lines)))
        first, last = inside[0], inside[-1]
        head = self._head(first, titles)
        return [*(i for i in range(head, last + 1) if self._stays(i)), *self._rest(last, head)]

    def _head(self, first: int, titles: Sequence[str]) -> int:
        """The line from which the page tells of the report: its title or a field, else the first of the text."""
        for i in range(first):
            line = self.lines[i]
            if line.links * 2 < len(line.text) and (_is_field(line.text) or _is_titled(line.text, titles)):
                while i and self.lines[i - 1].element == line.element:
                    i -= 1  # the body's name above the title
                return i
        return first

    def _stays(self, i: int) -> bool:
        """Whether a line from the title to the end of the text is not the portal's by its markup."""
        line = self.lines[i]
        if self.weights[i]:
            return True
        return not self.portal[line.element] and (self.inside[line.element] or line.links * 2 <= len(line.text))

    def _rest(self, last: int, head: int) -> list[int]:
        """The lines straight behind the text, as a signature may stand there: up to a link or a portal's element.

        Only as far as the element goes that holds the text and its title, or anything beside the text.
        """
        count = self._summed([1] * len(self.lines))
        scope, element = self.core, self.lines[head].element
        while scope > 0 and not (scope <= element and count[scope] > count[self.core]):
            scope = self.elements[scope].parent
        inside = _below(self.elements, lambda i: i == scope)
        rest = []
        for i in range(last + 1, len(self.lines)):
            line = self.lines[i]
            if line.links or self.named[line.element] or not inside[line.element]:
                break
            rest.append(i)
        while rest and self.lines[rest[-1]].text.endswith(("：", ":")):
            rest.pop()  # a label of what follows: 附件： 上一篇：
        return rest


def _weight(line: _Line) -> int:
    """How much a line says as text: nothing where it is a link, a label, a button or a field."""
    if _is_field(line.text):
        return 0
    says = "\t" in line.text or _rules()["heading"].match(line.text.strip(_INDENT)) or _is_running(line.text)
    return max(0, len(line.text) - 2 * line.links) if says else 0


def _below(elements: Sequence[_Element], holds: Callable[[int], bool]) -> list[bool]:
    """Of each element, whether it or one above it holds."""
    found: list[bool] = []
    for index, element in enumerate(elements):
        found.append(holds(index) or (element.parent >= 0 and found[element.parent]))
    return found


_INDENT = " \u3000\xa0\t"


def _chrome(elements: Sequence[_Element]) -> list[bool]:
    """Of each element, whether its tag or its names say that it is the portal's."""
    rules = _rules()
    return [
        element.tag in rules["chrome_tags"]
        or any(rules["chrome_names"].search(_words(element.attributes.get(name, ""))) for name in ("class", "id"))
        for element in elements
    ]


def _words(name: str) -> str:
    """shareBox -> share-box: each word of a class or an id by itself."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _is_running(text: str) -> bool:
    return len(text) >= 12 and bool(re.search("[。；，、,;]", text))


def _is_field(text: str) -> bool:
    return bool(_fields().match(text.strip(_INDENT + "[【•·-")))


@cache
def _fields() -> re.Pattern[str]:
    names = sorted((name for group in load("chrome")["fields"].values() for name in group), key=len, reverse=True)
    return re.compile("(?:" + "|".join(r"\s*".join(map(re.escape, name)) for name in names) + r")\s*[:：\]】\t]")


def _is_titled(text: str, titles: Sequence[str]) -> bool:
    """Whether a line looks like the title of a report, or is the one that the page's meta tags name."""
    rules = load("chrome")["title"]
    plain = re.sub(r"\s", "", text)
    if plain and plain in (re.sub(r"\s", "", title) for title in titles):
        return True
    return bool(
        len(plain) <= rules["longest"]
        and not re.search("[>＞»|｜→]", text)
        and re.search(rules["end"], plain)
        and re.search(rules["about"], plain)
    )


# ---- what to tell


def _refuse_pointers(path: str, tree: LexborHTMLParser, page: _Page) -> None:
    """Refuse a page that has no text of its own: frames, or a link to a file. A short report goes on."""
    links = [node for node in tree.css("a[href]") if _rules()["attachment"].search(node.attributes.get("href") or "")]
    if links:
        met = _SPACES.sub(" ", links[0].text()).strip() or links[0].attributes.get("href") or ""
        raise ReportError(Finding("html-attachment", path, 0, met[:60]))
    if tree.css_first("frame[src], iframe[src]"):
        raise ReportError(Finding("html-frames", path, 0))
    if not page.says:
        raise ReportError(Finding("html-no-text", path, 0))


def _broken(path: str, text: Sequence[str]) -> list[Finding]:
    """A note for each line in which bytes were no character."""
    return [Finding("character-broken", path, n, line[:40]) for n, line in enumerate(text, 1) if _LOST in line]


def _left_off(path: str, page: _Page, kept: Sequence[int]) -> list[Finding]:
    """A note where running text was left off: it should be the portal's, and a person may see that it is not."""
    inside = set(kept)
    out = [
        line.text
        for i, line in enumerate(page.lines)
        if i not in inside
        and not page.named[line.element]
        and line.links == 0
        and len(line.text) >= 40
        and "。" in line.text
    ]
    return [Finding("html-left-off", path, 0, f"{max(out, key=len)[:40]}", str(len(out)))] if out else []


def _pictures(path: str, page: _Page) -> list[Finding]:
    """A note where pictures stand in the text: what they show is not read."""
    count = sum(e.tag == "img" and page.inside[i] and not page.portal[i] for i, e in enumerate(page.elements))
    return [Finding("pictures", path, 0, str(count))] if count else []
