"""A saved page of a portal -> its lines: the report with its title and metadata, most of the portal left off.

Of all lines of the page (markup.py) those are weighed that say something (running text, headings, rows of tables, and
no links); the text is the smallest element that holds nearly all their weight. Before it stand the lines from the title
or the first field of the metadata on. Hidden is not absent: a block that is not shown, yet stands where the text does
and is of the same kind of paragraphs, is read. What a style sheet hides counts as shown, unless it has no heading and
is of another kind, as a box that asks before it leads elsewhere. What is left off is the portal's; where running text
is among it, notes say so. What still stands round the text is told apart by source.py. Rules: rules/portals.yml,
rules/chrome.yml.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser

from ..model import Finding, ReportError
from ..patterns import HEADING
from .markup import LOST, SPACES, Element, Markup, ShownLine, read_markup, rules
from .page_meta import meta_fields, own_titles
from .page_words import INDENT, is_byline, is_field, is_running, is_titled, names_of, portals_own, signs

_NEARLY_ALL = 0.9  # of the weight; the rest stands round the text (a footer, a notice) or beside it in the same element
# Characters of running text. A page with less and no section, but a frame or an attachment, only leads to a report.
_LEAST = 200
_MOST_ROUNDS = 20  # of looking whether the text goes on in what is hidden; pages of real portals need two


def page_lines(path: str, data: bytes) -> tuple[list[str], tuple[Finding, ...]]:
    """The lines of a saved page, and notes. Raises ReportError: too large, too deep, undecodable, no text in it."""
    markup = read_markup(path, data)
    page = _WeighedPage(markup.elements, markup.lines)
    metas, titles = _metas_and_titles(markup)
    if page.says < _LEAST and not any(HEADING.match(page.lines[i].text) for i in page.read()):
        _refuse_pointers(path, markup.tree, page)
    body = page.report(titles)
    text = [*(f"{name}：{value}" for name, value in metas), *(page.lines[i].text for i in body)]
    notes = (*_brought(path, page, body), *_left_off(path, page, body, markup.unseen))
    return text, (*_broken(path, text), *notes, *_pictures(path, page))


def page_head(path: str, data: bytes) -> list[str]:
    """What a page without text says of the report it leads to: meta tags, title, fields. Raises ReportError."""
    markup = read_markup(path, data)
    metas, titles = _metas_and_titles(markup)
    hidden = _below(markup.elements, lambda i: markup.elements[i].hidden)
    shown = [line.text for line in markup.lines if not hidden[line.element] and not line.links]
    said = [text for text in shown if is_field(text) or is_titled(text, titles)]
    return [*(f"{name}：{value}" for name, value in metas), *said]


_TITLE_META = "ArticleTitle"


def _metas_and_titles(markup: Markup) -> tuple[list[tuple[str, str]], list[str]]:
    """The meta tags of a page, and the titles they name; where no line is like one, what the page calls itself."""
    metas = meta_fields(markup.tree)
    titles = [value for name, value in metas if name == _TITLE_META]
    if not titles and not any(is_titled(line.text, ()) for line in markup.lines):
        titles = own_titles(markup.tree)
        metas = [*((_TITLE_META, title) for title in titles), *metas]
    return metas, titles


# ---- lines -> the report's


class _WeighedPage:
    """The lines of a page, weighed, and the element that holds the text."""

    def __init__(self, elements: Sequence[Element], lines: Sequence[ShownLine]) -> None:
        self.elements, self.lines = elements, lines
        self.said = [_weight(line) for line in lines]
        names, weight = portals_own(elements), self._summed(self.said)
        # what holds half of the text is no share bar, whatever its name: <div id="print">
        self.named = _below(elements, lambda i: names[i] and weight[i] * 2 <= weight[0])
        begins = self._begins()
        self.apart = _below(elements, lambda i: begins[i] and weight[i] * 2 <= weight[0])
        # a signature may stand in <div class="foot">: what is left off says nothing and has links
        linked = self._summed(line.links for line in lines)
        self.portal = _below(elements, lambda i: names[i] and not weight[i] and linked[i] > 0)
        self.hidden = _below(elements, lambda i: elements[i].hidden)
        byline = _below(elements, lambda i: is_byline(names_of(elements[i])) and weight[i] * 2 <= weight[0])
        self.account = {
            i
            for i, line in enumerate(lines)
            if byline[line.element] or rules()["account_lines"].fullmatch(line.text.strip(INDENT))
        }
        self.brought: set[int] = set()  # hidden elements that are read all the same
        self._weigh()
        if veils := self._foreign([i for i, element in enumerate(elements) if element.veiled]):
            for i in veils:
                elements[i].hidden = True
            self.hidden = _below(elements, lambda i: elements[i].hidden)
            self._weigh()
        for _ in range(_MOST_ROUNDS):
            self.brought |= (more := self._belonging())
            if not more:
                break
            self._weigh()
        self.twice = self._twice()

    def _weigh(self) -> None:
        """Find the text among what is read."""
        shown = [not element.hidden or i in self.brought for i, element in enumerate(self.elements)]
        unread = _below(self.elements, lambda i: not shown[i])
        self.unread = [a or b for a, b in zip(unread, self.apart, strict=True)]
        self.weights = [
            0 if self.unread[line.element] else said for line, said in zip(self.lines, self.said, strict=True)
        ]
        self.core = self._core()
        self.inside = _below(self.elements, lambda i: i == self.core)

    def read(self) -> list[int]:
        """The indices of the lines that are neither hidden nor of other reading."""
        return [i for i, line in enumerate(self.lines) if not self.unread[line.element]]

    def _begins(self) -> list[bool]:
        """Of each element, whether the first line in it says that other reading follows."""
        begins: dict[int, bool] = {}
        for line in self.lines:
            apart, at = bool(rules()["apart"].match(line.text.strip(INDENT + "【】[]"))), line.element
            while at >= 0 and at not in begins:
                begins[at] = apart
                at = self.elements[at].parent
        return [begins.get(i, False) for i in range(len(self.elements))]

    def _belonging(self) -> set[int]:
        """Hidden elements that the text goes on in: all of it where more is hidden than shown, as until a script has
        run; else what stands in the element of the text, or beside one like it, in the same kinds of paragraphs."""
        said = self._summed(self.said)
        tops = [i for i, e in enumerate(self.elements) if e.hidden and i not in self.brought and not self.named[i]]
        tops = [i for i in tops if said[i] and not self.apart[i]]
        if not tops:
            return set()
        of_tops = self._lines_of(tops)
        most = max(tops, key=lambda i: said[i])
        headed = any(HEADING.match(self.lines[i].text.strip(INDENT)) for i in of_tops[most])
        if said[most] > self.says and (headed or not self.says):
            return {most}
        text = [i for i in self.read() if self.weights[i] and self.inside[self.lines[i].element]]
        kinds = {self.elements[self.lines[i].element].tag for i in text}
        words = {self.lines[i].text for i in text}
        return {
            i
            for i in tops
            if (self.inside[i] or self._is_alike(i, self.core))
            and {self.elements[self.lines[n].element].tag for n in of_tops[i]} <= kinds
            and not {self.lines[n].text for n in of_tops[i]} <= words
        }

    def _foreign(self, veiled: Sequence[int]) -> set[int]:
        """Those of the elements which a style sheet hides that do not belong to the text: they hold neither it nor a
        heading, and stand elsewhere than it does or are of other kinds of paragraphs."""
        below = {i: Counter[str]() for i in veiled}  # of lines that say something, by the elements they stand in
        of_report = set[int]()
        for n, line in enumerate(self.lines if veiled else ()):
            own = HEADING.match(line.text.strip(INDENT)) or is_titled(line.text, ()) or is_field(line.text)
            at = line.element
            while at >= 0:
                if at in below:
                    below[at][self.elements[line.element].tag] += self.said[n] > 0
                    of_report |= {at} if own else set()
                at = self.elements[at].parent
        text = Counter(
            self.elements[line.element].tag
            for line, weight in zip(self.lines, self.weights, strict=True)
            if weight and self.inside[line.element]
        )
        said = self._summed(self.said)
        foreign = set[int]()
        for i, kinds in below.items():
            others = text - kinds if self.inside[i] else text
            alike = (self.inside[i] or self._is_alike(i, self.core)) and kinds.keys() <= others.keys()
            if others and 0 < said[i] * 2 < said[0] and i not in of_report and not alike:
                foreign.add(i)
        return foreign

    def _lines_of(self, tops: Sequence[int]) -> dict[int, list[int]]:
        """Of each of some elements, the lines in it that say something."""
        found: dict[int, list[int]] = {i: [] for i in tops}
        for n, line in enumerate(self.lines):
            at = line.element if self.said[n] and self.hidden[line.element] else -1
            while at >= 0:
                if at in found:
                    found[at].append(n)
                at = self.elements[at].parent
        return found

    def _is_alike(self, one: int, other: int) -> bool:
        """Whether two elements stand side by side and are of a kind: the pages of a text."""
        a, b = self.elements[one], self.elements[other]
        same = a.tag == b.tag and a.attributes.get("class") == b.attributes.get("class")
        return same and a.parent == b.parent

    def _twice(self) -> set[int]:
        """The lines that are shown of a text that stands whole in what was hidden, as its beginning before 展开全文."""
        whole = {line.text for line in self.lines if self.hidden[line.element] and not self.unread[line.element]}
        shown = [i for i in self.read() if not self.hidden[self.lines[i].element]]
        if not all(self.lines[i].text in whole for i in shown if self.weights[i]):
            return set()
        return {i for i in shown if self.lines[i].text in whole}

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
        inside = [i for i in self.read() if self.inside[self.lines[i].element]]
        if not inside:
            return self.read()
        first, last = inside[0], inside[-1]
        head = self._head(first, titles)
        return [*(i for i in range(head, last + 1) if self._stays(i)), *self._rest(last, head)]

    def _head(self, first: int, titles: Sequence[str]) -> int:
        """The line from which the page tells of the report: its title or a field, else the first of the text."""
        for i in range(first):
            line = self.lines[i]
            if self.unread[line.element]:
                continue
            if line.links * 2 < len(line.text) and (is_field(line.text) or is_titled(line.text, titles)):
                while i and self.lines[i - 1].element == line.element:
                    i -= 1  # the body's name above the title
                return i
        return first

    def _stays(self, i: int) -> bool:
        """Whether a line from the title to the end of the text is not the portal's by its markup."""
        line = self.lines[i]
        turns = line.links == len(line.text) and rules()["controls"].fullmatch(line.text)
        if self.unread[line.element] or i in self.twice or i in self.account or turns:
            return False
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
        rest: list[int] = []
        annexed = False  # in what says that it is an annex, and goes on as far as its tables
        for i in range(last + 1, len(self.lines)):
            line = self.lines[i]
            if self.unread[line.element]:
                continue
            portal = self.portal[line.element] or (self.named[line.element] and not signs(line.text))
            if line.links or portal:
                break
            if i in self.account:
                continue
            if not inside[line.element]:
                annexed = annexed or bool(rules()["annex"].match(line.text.strip(INDENT))) or "\t" in line.text
                if not annexed or self.named[line.element]:
                    break
            rest.append(i)
        while rest and self.lines[rest[-1]].text.endswith(("：", ":")):
            rest.pop()  # a label of what follows: 附件： 上一篇：
        return rest


def _weight(line: ShownLine) -> int:
    """How much a line says as text: nothing where it is a link, a label, a button or a field."""
    if is_field(line.text):
        return 0
    says = "\t" in line.text or HEADING.match(line.text.strip(INDENT)) or is_running(line.text)
    return max(0, len(line.text) - 2 * line.links) if says else 0


def _below(elements: Sequence[Element], holds: Callable[[int], bool]) -> list[bool]:
    """Of each element, whether it or one above it holds."""
    found: list[bool] = []
    for index, element in enumerate(elements):
        found.append(holds(index) or (element.parent >= 0 and found[element.parent]))
    return found


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


def _brought(path: str, page: _WeighedPage, kept: Sequence[int]) -> list[Finding]:
    """A note where hidden text was read: it stands where the text does, and a person may see that it is not of it."""
    return _told("html-hidden-read", path, [page.lines[i].text for i in kept if page.hidden[page.lines[i].element]])


def _left_off(
    path: str, page: _WeighedPage, kept: Sequence[int], unseen: Sequence[tuple[int, str]]
) -> Iterator[Finding]:
    """A note for each kind of text left off: it should be the portal's, and a person may see that it is not."""
    inside, of = set(kept), page.elements
    others = [(i, line) for i, line in enumerate(page.lines) if i not in inside and i not in page.twice]
    related = _below(of, lambda i: bool(rules()["related_names"].search(names_of(of[i]))) and page.named[i])
    shown = [line for i, line in others if not page.unread[line.element] and (i in page.account or _is_of_text(line))]
    words = [text for at, text in unseen if page.inside[at] or _is_of_text(ShownLine(text, at, 0))]
    blocks = [
        line.text for i, line in others if page.said[i] and page.unread[line.element] and page.hidden[line.element]
    ]
    yield from _told("html-hidden", path, [*words, *blocks])
    apart = [
        line.text for i, line in others if page.apart[line.element] and page.said[i] and not page.hidden[line.element]
    ]
    yield from _told("html-related", path, [*apart, *(line.text for line in shown if related[line.element])])
    yield from _told("html-left-off", path, [line.text for line in shown if not page.named[line.element]])


def _is_of_text(line: ShownLine) -> bool:
    """Whether a line is more than a label of a portal."""
    return line.links == 0 and len(line.text) >= 40 and "。" in line.text


def _told(code: str, path: str, texts: Sequence[str]) -> list[Finding]:
    """How much it is, and how it begins."""
    return [Finding(code, path, 0, texts[0][:40], str(sum(map(len, texts))))] if texts else []


def _pictures(path: str, page: _WeighedPage) -> list[Finding]:
    """A note where pictures stand in the text: what they show is not read."""
    count = sum(
        e.tag == "img" and page.inside[i] and not (page.portal[i] or page.unread[i])
        for i, e in enumerate(page.elements)
    )
    return [Finding("pictures", path, 0, str(count))] if count else []
