"""A saved page of a portal -> its lines: the report with its title and metadata, most of the portal left off.

Of all lines of the page (markup.py) those are weighed that say something (running text, headings, rows of tables, and
no links); the text is the smallest element that holds nearly all their weight. Before it stand the lines from the title
or the first field of the metadata on. What is left off is the portal's; where running text is among it, a note says so.
What still stands round the text is told apart by source.py. Rules: rules/portals.yml, rules/chrome.yml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache

from selectolax.lexbor import LexborHTMLParser

from ..model import Finding, ReportError
from ..patterns import HEADING, longest
from ..rules import load
from .markup import LOST, SPACES, Element, ShownLine, read_markup, rules
from .particulars import DATE

_NEARLY_ALL = 0.9  # of the weight; the rest stands round the text (a footer, a notice) or beside it in the same element
# Characters of running text. A page with less and no section, but a frame or an attachment, only leads to a report.
_LEAST = 200
_INDENT = " \u3000\xa0\t"


def page_lines(path: str, data: bytes) -> tuple[list[str], tuple[Finding, ...]]:
    """The lines of a saved page, and notes. Raises ReportError: too large, too deep, undecodable, no text in it."""
    tree, elements, lines = read_markup(path, data)
    page = _WeighedPage(elements, lines)
    metas = _meta_lines(tree)
    if page.says < _LEAST and not any(HEADING.match(line.text) for line in lines):
        _refuse_pointers(path, tree, page)
    body = page.report([value for name, value in metas if name == "ArticleTitle"])
    text = [*(f"{name}：{value}" for name, value in metas), *(lines[i].text for i in body)]
    return text, (*_broken(path, text), *_left_off(path, page, body), *_pictures(path, page))


def _meta_lines(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """The meta tags of government sites, in the order of the rules, the first of each name that says something."""
    said: dict[str, str] = {}
    for node in tree.css("meta[name]"):
        name, value = (node.attributes.get("name") or "").lower(), node.attributes.get("content") or ""
        if value.strip() and name not in said:
            said[name] = SPACES.sub(" ", value).strip()
    return [(name, said[name.lower()]) for name in load("portals")["meta"] if name.lower() in said]


# ---- lines -> the report's


class _WeighedPage:
    """The lines of a page, weighed, and the element that holds the text."""

    def __init__(self, elements: Sequence[Element], lines: Sequence[ShownLine]) -> None:
        self.elements, self.lines = elements, lines
        self.weights = [_weight(line) for line in lines]
        self.weight = weight = self._summed(self.weights)
        names = _chrome(elements)
        # what holds half of the text is no share bar, whatever its name: <div id="print">
        self.named = _below(elements, lambda i: names[i] and weight[i] * 2 <= weight[0])
        # a signature may stand in <div class="foot">: what is left off says nothing and has links
        linked = self._summed(line.links for line in lines)
        self.portal = _below(elements, lambda i: names[i] and not weight[i] and linked[i] > 0)
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
            portal = self.portal[line.element] or (self.named[line.element] and not _signs(line.text))
            if line.links or portal or not inside[line.element]:
                break
            rest.append(i)
        while rest and self.lines[rest[-1]].text.endswith(("：", ":")):
            rest.pop()  # a label of what follows: 附件： 上一篇：
        return rest


def _weight(line: ShownLine) -> int:
    """How much a line says as text: nothing where it is a link, a label, a button or a field."""
    if _is_field(line.text):
        return 0
    says = "\t" in line.text or HEADING.match(line.text.strip(_INDENT)) or _is_running(line.text)
    return max(0, len(line.text) - 2 * line.links) if says else 0


def _below(elements: Sequence[Element], holds: Callable[[int], bool]) -> list[bool]:
    """Of each element, whether it or one above it holds."""
    found: list[bool] = []
    for index, element in enumerate(elements):
        found.append(holds(index) or (element.parent >= 0 and found[element.parent]))
    return found


def _chrome(elements: Sequence[Element]) -> list[bool]:
    """Of each element, whether its tag or its names say that it is the portal's."""
    tags = rules()["chrome_tags"]
    return [
        element.tag in tags or _is_portals(element.attributes.get("class")) or _is_portals(element.attributes.get("id"))
        for element in elements
    ]


@lru_cache(maxsize=10_000)  # a page has few names and uses them often
def _is_portals(name: str | None) -> bool:
    """Whether a class or an id is one that portals give to their own; shareBox is read as share-box."""
    return bool(name) and bool(rules()["chrome_names"].search(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name or "").lower()))


def _signs(text: str) -> bool:
    """Whether a line is a body's name or a date, as under a report."""
    named = re.search(load("chrome")["body_end"], text) and not re.search("[:：。]", text)
    return bool(named or re.fullmatch(DATE, text.strip(_INDENT)))


def _is_running(text: str) -> bool:
    return len(text) >= 12 and bool(re.search("[。；，、,;]", text))


def _is_field(text: str) -> bool:
    return bool(_fields().match(text.strip(_INDENT + "[【•·-")))


@cache
def _fields() -> re.Pattern[str]:
    names = longest(name for group in load("chrome")["fields"].values() for name in group)
    return re.compile("(?:" + "|".join(r"\s*".join(map(re.escape, name)) for name in names) + r")\s*[:：\]】\t]")


def _is_titled(text: str, titles: Sequence[str]) -> bool:
    """Whether a line looks like the title of a report, or is the one that the page's meta tags name."""
    shape = load("chrome")["title"]
    plain = re.sub(r"\s", "", text)
    if plain and plain in (re.sub(r"\s", "", title) for title in titles):
        return True
    return bool(
        len(plain) <= shape["longest"]
        and not re.search("[>＞»|｜→]", text)
        and re.search(shape["end"], plain)
        and re.search(shape["about"], plain)
    )


# ---- what to tell


def _refuse_pointers(path: str, tree: LexborHTMLParser, page: _WeighedPage) -> None:
    """Refuse a page that has no text of its own: frames, or a link to a file. A short report goes on."""
    links = [node for node in tree.css("a[href]") if rules()["attachment"].search(node.attributes.get("href") or "")]
    if links:
        met = SPACES.sub(" ", links[0].text()).strip() or links[0].attributes.get("href") or ""
        raise ReportError(Finding("html-attachment", path, 0, met[:60]))
    if tree.css_first("frame[src], iframe[src]"):
        raise ReportError(Finding("html-frames", path, 0))
    if not page.says:
        raise ReportError(Finding("html-no-text", path, 0))


def _broken(path: str, text: Sequence[str]) -> list[Finding]:
    """A note for each line in which bytes were no character."""
    return [Finding("character-broken", path, n, line[:40]) for n, line in enumerate(text, 1) if LOST in line]


def _left_off(path: str, page: _WeighedPage, kept: Sequence[int]) -> list[Finding]:
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


def _pictures(path: str, page: _WeighedPage) -> list[Finding]:
    """A note where pictures stand in the text: what they show is not read."""
    count = sum(e.tag == "img" and page.inside[i] and not page.portal[i] for i, e in enumerate(page.elements))
    return [Finding("pictures", path, 0, str(count))] if count else []
