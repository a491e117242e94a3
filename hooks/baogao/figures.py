"""Report -> Figures. Every quantity of headings, sentences and table rows, placed in the file and named.

Afterwards: ``source.text[start:end] == quote``; ids are unique and depend on the sentence and the offset
in it alone; the order is that of the file. The subject is made of the report's own words: the clause the
number stands in, and where the clause only acts (受理79件) or compares (同比增长1.2%), the subject it
carries on from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from .data import load
from .model import Figure, Kind, Part, Quantity, Report, Section, Sentence
from .quantity import find_quantities


def find_figures(report: Report) -> tuple[Figure, ...]:
    """All figures of the report in reading order."""
    return tuple(_figures(report))


def _figures(report: Report) -> Iterator[Figure]:
    yield from _in_sentences(report.preamble)
    for section in report.sections:
        yield from _in_section(report, section, "")
    yield from _in_sentences(report.annex)


def _in_section(report: Report, section: Section, above: str) -> Iterator[Figure]:
    """A node and those below it; `above` is the matter its headings name."""
    matter = matter_of(section.heading.text if section.heading else "")[0] or above
    yield from _in_heading(report, section)
    yield from _in_sentences(section.sentences, matter)
    for child in section.sections:
        yield from _in_section(report, child, matter)


def _in_heading(report: Report, section: Section) -> Iterator[Figure]:
    """Offsets in a heading count from the numeral, so that they stay when the heading's words are edited."""
    if not section.heading:
        return
    head = section.heading
    text = report.source.text[head.start : head.end]
    quantities = find_quantities(text)
    for quantity, subject in zip(quantities, _Topic().name(text, quantities), strict=True):
        at = head.start - section.start + quantity.numeral
        yield _figure(f"f{section.id}-0-{at}", f"h{section.id}", head.start, text, quantity, subject)


def _in_sentences(sentences: Iterable[Sentence], matter: str = "") -> Iterator[Figure]:
    topic, table = _Topic(matter), _Table()
    for sentence in sentences:
        quantities = find_quantities(sentence.text)
        if sentence.part is Part.TABLE:
            subjects = table.name(sentence.text, quantities)
        else:
            table = _Table()
            subjects = topic.name(sentence.text, quantities)
        for quantity, subject in zip(quantities, subjects, strict=True):
            name = f"f{sentence.id.removeprefix('s')}-{quantity.numeral}"
            yield _figure(name, sentence.id, sentence.start, sentence.text, quantity, subject)


def _figure(name: str, sentence: str, start: int, text: str, quantity: Quantity, subject: str) -> Figure:
    return Figure(
        id=name,
        sentence=sentence,
        start=start + quantity.start,
        end=start + quantity.end,
        quote=text[quantity.start : quantity.end],
        value=quantity.value,
        unit=quantity.unit,
        bound=quantity.bound,
        kind=quantity.kind,
        direction=quantity.direction,
        subject=subject,
    )


# ----------------------------------------------------------------------------------------------- subjects

_BREAK = re.compile(r"[，；;。：:！!？?\n\t]|(?<![0-9]),|,(?![0-9])")
_LIST_MARK = re.compile("^[、,，和及与\\s]+|[、\\s]+$")
_HAN = re.compile("[\u4e00-\u9fff]")
_COMPARED = re.compile("(?:较|比|同比|环比|与)[^，,。；;]{0,10}$")
_SHORT = 4  # so few characters are an action or a bare rate, and need the topic before them


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What is taken off the left end, off the right end, and the actions at the left end."""
    rules = load("quantities")["subject"]
    before, after = rules["opening_kept"], rules["closing_kept"]
    opening = (re.escape(w) + (f"(?![{before[w]}])" if w in before else "") for w in _longest(rules["opening"]))
    closing = ((f"(?<![{after[w]}])" if w in after else "") + re.escape(w) for w in _longest(rules["closing"]))
    number = "[（(]?[一二三四五六七八九十]{1,3}(?:[是要、]|[)）])|[0-9]{1,2}[.．、](?![0-9])"
    return (
        re.compile(f"^(?:{number}|{'|'.join(opening)})+"),
        re.compile(f"(?:{'|'.join(closing)})+$"),
        re.compile(f"^(?:{'|'.join(map(re.escape, _longest(rules['actions'])))})+"),
    )


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _trim(words: str) -> str:
    """Without list marks, pointers and the words that lead to the number."""
    opening, closing, _ = _edges()
    words = _LIST_MARK.sub("", words).strip()
    return _LIST_MARK.sub("", closing.sub("", opening.sub("", words)).strip())


def _noun(words: str) -> str:
    """What is left of a subject without its action: 受理矛盾纠纷 -> 矛盾纠纷."""
    rest = _edges()[2].sub("", words)
    return rest if len(rest) > 1 else words


@cache
def _matters() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["name"], re.compile(row["match"])) for row in load("matters")["matters"])


def matter_of(text: str) -> tuple[str, int]:
    """The matter a text names last, and where its mention ends; empty and -1 where it names none."""
    found = [(match.end(), name) for name, pattern in _matters() for match in pattern.finditer(text)]
    end = max((end for end, _ in found), default=-1)
    return next((name for at, name in found if at == end), ""), end


def _joined(matter: str, own: str) -> str:
    """A matter before what is said of it, what they share said once: 人民调解, 调解成功 -> 人民调解成功."""
    shared = next((n for n in range(min(len(matter), len(own)), 1, -1) if matter.endswith(own[:n])), 0)
    return matter + own[shared:]


_RATE = re.compile("(?:率|比|占比|比例|比重|度|额|金额|得分|平均分|用时)$")
_ITEM = re.compile("[、和及与]")
_RESPECTIVELY = re.compile("([^，,；;。：:\\n\\t]+?)(?:分别|依次)[^，,；;。、]{0,6}$")


@dataclass(slots=True)
class _Topic:
    """What the sentences of a node have been speaking of."""

    matter: str = ""  # what the passage is about, named last
    topic: str = ""  # the thing counted last, without its action
    last: str = ""  # the subject before
    fresh: bool = False  # the topic was named after the matter

    def name(self, text: str, quantities: tuple[Quantity, ...]) -> list[str]:
        """The subjects of the quantities of one sentence."""
        listed = dict(_respectively(text, quantities))
        subjects = []
        read = -1
        for n, quantity in enumerate(quantities):
            matter, at = matter_of(text[: _clause_end(text, quantity)])
            if matter and at > read:
                self.matter, self.fresh, read = matter, False, at
            subject = listed.get(n) or self._subject(text, quantity, *_around(text, quantities, n))
            subject = subject or text[quantity.start : quantity.end]
            noun = _noun(subject)
            if quantity.kind is Kind.LEVEL and len(noun) > _SHORT and not self._is_part(text, quantity, noun):
                self.topic, self.fresh = noun, not self._of_matter(subject)
            self.last = subject
            subjects.append(subject)
        return subjects

    def _needs_matter(self, own: str) -> bool:
        """A short action that says nothing of the matter: 提出修改意见."""
        return bool(self.matter) and not self.fresh and _noun(own) != own and not matter_of(own)[0]

    def _of_matter(self, subject: str) -> bool:
        return bool(self.matter) and (subject.startswith(self.matter) or matter_of(subject)[0] == self.matter)

    def _is_part(self, text: str, quantity: Quantity, noun: str) -> bool:
        """A part of the topic does not take its place (其中维持43件), nor does the topic with an action."""
        inside = re.search("其中[^；;。]*$", text[: quantity.start])
        return bool(self.topic) and (bool(inside) or noun.startswith(self.topic))

    def _subject(self, text: str, quantity: Quantity, head: str, tail: str) -> str:
        own, rest = _trim(head), _trim(tail)
        if quantity.kind is Kind.CHANGE and not rest and len(_HAN.findall(own)) <= _SHORT + 4:
            return self._changed(text, quantity, head, own)
        if rest and not _RATE.search(own):
            return own + rest if len(own + rest) > 2 else _joined(self.matter or self.topic, own + rest)
        coordinate = head.startswith("、") and len(own) >= _SHORT and _noun(own) == own
        length = len(_HAN.findall(own))
        if coordinate or length > _SHORT + 2 or (length > _SHORT and not self._needs_matter(own)):
            return own
        if not own:
            return self.last
        if self.matter and not (self.fresh and _RATE.search(own)):
            return _joined(self.matter, own)
        if own in self.topic:
            return own
        base = _noun(self.last) if _RATE.search(own) and not _RATE.search(self.last) else self.topic
        return base + own

    def _changed(self, text: str, quantity: Quantity, head: str, own: str) -> str:
        """案件数较上年减少; the subject before, where the clause only compares."""
        compared = _COMPARED.search(head)
        thing = _trim(head[: compared.start()]) if compared else own
        base = thing if len(thing) > 2 else self.last
        verb = _trim(_NOT_HAN.sub("", text[quantity.start : quantity.numeral]))
        against = compared[0] if compared else ""
        return base if base.endswith(against + verb) else base + against + verb


_NOT_HAN = re.compile("[^\u4e00-\u9fff]")


def _respectively(text: str, quantities: tuple[Quantity, ...]) -> Iterator[tuple[int, str]]:
    """企业、个体工商户分别为214.2万户、486.9万户: to each number its own thing, counted from the end."""
    for n, quantity in enumerate(quantities):
        found = _RESPECTIVELY.search(text, quantities[n - 1].end if n else 0, quantity.start)
        if not found:
            continue
        chain = [n]
        for m in range(n + 1, len(quantities)):
            if not _ITEM.fullmatch(text, quantities[m - 1].end, quantities[m].start):
                break
            chain.append(m)
        items = [_trim(item) for item in _ITEM.split(found[1]) if _trim(item)]
        if 1 < len(chain) <= len(items):
            items = items[-len(chain) :]
            shared = _noun(items[-1]) if _noun(items[-1]) != items[-1] else ""
            whole = (item if item.endswith(shared) else item + shared for item in items)
            yield from zip(chain, whole, strict=True)


def _clause_end(text: str, quantity: Quantity) -> int:
    found = _BREAK.search(text, quantity.end)
    return found.start() if found else len(text)


def _around(text: str, quantities: tuple[Quantity, ...], n: int) -> tuple[str, str]:
    """The words of the clause before and behind the number, as far as its neighbours."""
    quantity = quantities[n]
    start = max((found.end() for found in _BREAK.finditer(text, 0, quantity.start)), default=0)
    end = _clause_end(text, quantity)
    if n and quantities[n - 1].end > start:
        start = quantities[n - 1].end
    tail = text[quantity.end : end]
    if n + 1 < len(quantities) and quantities[n + 1].start < end:
        tail = _before_next(text, quantity.end, quantities[n + 1], end)
    elif tail.startswith("、"):
        tail = ""
    return text[start : quantity.start], tail


def _before_next(text: str, start: int, following: Quantity, end: int) -> str:
    """Of the words between two numbers those of the first; those behind the second in 4省25市."""
    between = text[start : following.start]
    if not _HAN.search(between.strip("和及与、")):
        return "" if between.startswith("、") else text[following.end : end]
    return "" if between.startswith("、") else re.split("[、和及与]", between)[0]


@dataclass(slots=True)
class _Table:
    """The head of the table the rows belong to."""

    columns: list[str] = field(default_factory=list)

    def name(self, text: str, quantities: tuple[Quantity, ...]) -> list[str]:
        """The subjects of a row: its first cell and the head of the column."""
        cells = list(_cells(text))
        if not quantities and not self.columns:
            self.columns = [text[a:b] for a, b in cells]
        return [self._cell(text, cells, quantity) for quantity in quantities]

    def _cell(self, text: str, cells: list[tuple[int, int]], quantity: Quantity) -> str:
        column = next((n for n, (_, end) in enumerate(cells) if quantity.start < end), 0)
        row = text[slice(*cells[0])] if cells and column else ""
        head = self.columns[column] if column < len(self.columns) else ""
        own = text[cells[column][0] : quantity.start] if cells else ""
        return (row + head) or _trim(own) or text[quantity.start : quantity.end]


_CELL = re.compile("[^\t|｜]+")


def _cells(text: str) -> Iterator[tuple[int, int]]:
    for found in _CELL.finditer(text):
        if found[0].strip():
            lead = len(found[0]) - len(found[0].lstrip())
            yield found.start() + lead, found.start() + len(found[0].rstrip())
