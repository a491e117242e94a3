"""Source -> Report: the numbered tree and the sentences in it. Every character of the file lies in one segment.

Numerals are rules (rules/numbering.yml). A heading runs to the first 。 if the node goes on behind it; else the
numeral opens plain text. A sentence ends at 。！？ with the closing marks behind it, at the start of an item and at
the end of its paragraph; a 。 between “” 《》 （） does not end it, and a mark not closed in its paragraph is no pair.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..model import Finding, Line, Part, Printed, Report, Section, Segment, Sentence, Source
from ..readers.lines import WHITE, characters, visible
from .numerals import Numeral, numerals_of, opens_annex, without_lone
from .sentences import STOP, cut_long, is_inside, paired, split_sentences
from .table_rows import row_starts

_RANKS = ("part", "section", "subsection", "item")
_LONGEST_OWN_LINE_HEADING = 60  # characters; a longer line without a stop is text that lost its stop
_LONGEST_HEADING = 200  # of a heading with a stop
_REACH = 3  # how many numerals may be lost in a row before a number is taken for something else
_PAGED = re.compile(r"[^\s\d.…·%,，][\s.…·]+[0-9]{1,3}\s*$")  # an entry of a list of contents: words, a gap, a page
_DIGIT = "[0-9０-９]"
# behind a numeral, in a note: no number is cut
_SHOWN = re.compile(f".{{0,12}}(?:(?:(?<={_DIGIT})|(?<={_DIGIT}[,，.．])(?={_DIGIT}))(?:[,，.．]?{_DIGIT})+)?")
_DEEPEST = 4  # levels an address has room for: section-subsection-item-point


@dataclass(slots=True)
class _Node:
    """A node while the tree grows."""

    numeral: Numeral
    id: str
    level: int
    parent: _Node | None
    pieces: list[tuple[int, int, int]] = field(default_factory=list)  # (start, end, line) of its own text
    children: list[_Node] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)  # of each kind among the children, the number met last


@dataclass(frozen=True, slots=True)
class Corrections:
    """Where a person says what opens, by the offset of its numeral or first character."""

    levels: Mapping[int, int] = field(default_factory=dict)  # of the node that opens there; 0 where none does
    ids: Mapping[int, str] = field(default_factory=dict)  # of every node that opens without them

    def with_unnumbered(self, numerals: list[Numeral], line: Line, index: int) -> list[Numeral]:
        """The numerals of a line, and the places of it where a node opens without one."""
        known = {numeral.start for numeral in numerals}
        said = [at for at, level in self.levels.items() if level and line.start <= at < line.end and at not in known]
        added = [Numeral("unnumbered", "", 0, at, at, index, at > line.start) for at in said]
        return sorted([*numerals, *added], key=lambda one: one.start) if added else numerals


def outline(source: Source, corrections: Corrections | None = None) -> Report:
    """Source -> Report. Never fails: what has no numeral is text of the node it stands in. `corrections`: where a
    person says that a node opens or does not; any other keeps its id, unless the one it stands in has another."""
    builder = _Builder(source, corrections or Corrections())
    builder.run()
    sections = tuple(_section(source.text, node, builder.tables) for node in builder.top)
    preamble = _sentences(source.text, "0", builder.preamble, builder.tables)
    annex = _sentences(source.text, "annex", builder.annex, builder.tables)
    report = Report(source, preamble, sections, annex, (), (*source.findings, *builder.findings))
    return Report(source, preamble, sections, annex, tuple(_segments(report)), report.findings)


# ---- the tree


class _Builder:
    """Walks the body once, line by line, and hangs text and nodes where they belong."""

    def __init__(self, source: Source, corrections: Corrections) -> None:
        self.source, self.text, self.corrections = source, source.text, corrections
        self.lines = source.own
        self.tables = row_starts(self.text, self.lines)
        self.enclosed = source.body[len(self.lines) :]  # what attachments say
        for one in source.annexes:
            own = tuple(line for line in self.enclosed if one.start <= line.start < one.end)
            self.tables |= row_starts(self.text, own)
        plain = characters(self.text)
        self.numerals = without_lone(
            [] if line.start in self.tables else numerals_of(plain, line, i) for i, line in enumerate(self.lines)
        )
        self.contents = self._contents()
        # parts (第一部分) stand above sections only where there are several: one alone is a phrase
        starts = [n[0] for i, n in enumerate(self.numerals) if n and not n[0].run_in and i not in self.contents]
        self.ranks = _RANKS if sum(n.rank == "part" for n in starts) > 1 else _RANKS[1:]
        self.following = {rank: self._following(rank) for rank in ("part", "section")}
        self.annex_from = self._annex_from()
        self.top: list[_Node] = []
        self.open: list[_Node] = []
        self.preamble: list[tuple[int, int, int]] = []
        self.annex: list[tuple[int, int, int]] = []
        self.findings: list[Finding] = []
        self.ids: Counter[str] = Counter()
        self.top_last: dict[str, int] = {}
        self.last: dict[str, int] = {}  # of each kind, the number met last

    def run(self) -> None:
        for index, line in enumerate(self.lines):
            if index >= self.annex_from:
                self.annex.append((line.start, line.end, line.number))
                continue
            starts = [] if index in self.contents else self.numerals[index]
            starts = self.corrections.with_unnumbered(starts, line, index)
            if not (starts and not starts[0].run_in) and not self._hangs():
                self._end_run_in_lists(None)
            at = line.start
            for numeral in starts:
                level = self.corrections.levels.get(numeral.start)
                if self._opens(numeral) if level is None else level:
                    self._add_text(at, numeral.start, line.number)
                    self._open_at(numeral, level) if level else self._open(numeral)
                    at = numeral.start
            self._add_text(at, line.end, line.number)
        self.annex += ((line.start, line.end, line.number) for line in self.enclosed)
        if not self.top:
            self.findings.append(Finding("no-numerals", self.source.path, 0))

    def _contents(self) -> range:
        """The lines of a list of contents, to where its first entry is met again: from 目录, else from the first of
        three lines that end in the number of a page and are met again without it."""
        printed = [self.text[line.start : line.end] for line in self.lines]
        words = [re.sub(r"[\s.…·\d]+", "", text) for text in printed]
        if "目录" in words[:-1]:
            begin, first = words.index("目录"), words.index("目录") + 1
        else:
            paged = [bool(_PAGED.search(text)) for text in printed]
            runs = (i for i in range(len(words) - 3) if all(paged[i : i + 3]))
            begin = first = next(runs, len(words))
            if not set(words[begin : begin + 3]) <= set(words[begin + 3 :]):
                return range(0)
        if first < len(words) and words[first] in words[first + 1 :]:
            return range(begin, words.index(words[first], first + 1))
        return range(0)

    def _following(self, rank: str) -> list[int]:
        """For each line, the number of the first numeral of a rank on it or below it; 0 where there is none."""
        numbers = [0]
        for numerals in reversed(self.numerals):
            numbers.append(numerals[0].number if numerals and numerals[0].rank == rank else numbers[-1])
        return numbers[:0:-1]

    def _annex_from(self) -> int:
        """The line where after-matter begins: nothing behind it goes on with the parts or the sections."""
        last: dict[str, int] = {}
        for index, line in enumerate(self.lines):
            first = self.numerals[index][0] if self.numerals[index] else None
            if first and not first.run_in and index not in self.contents:
                last[first.rank] = first.number
            elif last and opens_annex(self.text[line.start : line.end]) and not self._goes_on(index, last):
                return index
        return len(self.lines)

    def _goes_on(self, index: int, last: dict[str, int]) -> bool:
        return any(self.following[rank][index] == last.get(rank, 0) + 1 for rank in self.following)

    def _hangs(self) -> bool:
        """Whether the last numeral stands at the end of its line: its text is the next one, a broken paragraph."""
        return bool(self.open) and self.open[-1].pieces[-1][1] == self.open[-1].numeral.end

    # -- what a numeral means here

    def _of_kind(self, kind: str) -> _Node | None:
        return next((node for node in self.open if node.numeral.kind == kind), None)

    def _opens(self, numeral: Numeral) -> bool:
        """Whether a numeral opens a node: it starts a list or goes on with one."""
        if numeral.rank not in self.ranks:
            return False
        before = self._of_kind(numeral.kind)
        if numeral.rank == "item":
            deepest = self.open[-1].level if self.open else 0
            if before is None and (len(self._items()) + len(self.ranks) > _DEEPEST or deepest == _DEEPEST):
                return False
            expected = before.numeral.number + 1 if before else 1
            # a lost 二是 is common in typing; a number in running text that does not fit is a number
            return numeral.number in (1, expected) or (
                self._is_in_reach(numeral) and (not numeral.run_in or numeral.kind == "一是")
            )
        if numeral.run_in:
            return numeral.number == (before.numeral.number + 1 if before else 1)
        if self._is_in_reach(numeral):
            return True
        self.findings.append(self._finding("numeral-out-of-reach", numeral, ""))
        return False

    def _is_in_reach(self, numeral: Numeral) -> bool:
        """Whether a number restarts, repeats or goes on, a few lost at most: 十、 behind 二、 is a row of a table."""
        last = self.last.get(numeral.kind, 0)
        before = self._of_kind(numeral.kind)
        reach = range(before.numeral.number, before.numeral.number + _REACH + 1) if before else range(_REACH + 1)
        return numeral.number in (1, last + 1) or numeral.number in reach

    def _items(self) -> list[_Node]:
        return [node for node in self.open if node.numeral.rank == "item"]

    def _end_run_in_lists(self, numeral: Numeral | None) -> None:
        """A list run into a paragraph ends with it, unless the next paragraph goes on with its numerals."""
        while self.open and self.open[-1].numeral.run_in and self.open[-1].numeral.rank == "item":
            last = self.open[-1].numeral
            if numeral and numeral.kind == last.kind and numeral.number == last.number + 1:
                return
            self.open.pop()

    def _open(self, numeral: Numeral) -> None:
        if not numeral.run_in:
            self._end_run_in_lists(numeral)
        before = self._of_kind(numeral.kind)
        if numeral.rank != "item":
            rank = self.ranks.index(numeral.rank)
            while self.open and self._rank_of(self.open[-1]) >= rank:
                self.open.pop()
        elif before in self.open:
            del self.open[self.open.index(before) :]
        parent = self.open[-1] if self.open else None
        level = self._level(numeral, parent)
        node = _Node(numeral, self._id(numeral, level, parent), level, parent)
        self._tell_order(node, parent.last if parent else self.top_last)
        self._hang(node)

    def _open_at(self, numeral: Numeral, level: int) -> None:
        """A node where a person says so. It counts with those of its level that it follows."""
        beside = None
        while self.open and self.open[-1].level >= level:
            beside = self.open.pop()
        rank = self.ranks[min(level, len(self.ranks)) - 1]
        if beside and beside.level == level:
            number = numeral.number or beside.numeral.number
            numeral = replace(numeral, kind=beside.numeral.kind, rank=beside.numeral.rank, number=number)
        else:
            numeral = replace(numeral, rank=rank, number=numeral.number or 1)
        parent = self.open[-1] if self.open else None
        self._hang(_Node(numeral, self._id(numeral, level, parent), level, parent))

    def _hang(self, node: _Node) -> None:
        numeral, parent = node.numeral, node.parent
        (parent.last if parent else self.top_last)[numeral.kind] = numeral.number
        self.last[numeral.kind] = numeral.number
        (parent.children if parent else self.top).append(node)
        self.open.append(node)

    def _tell_order(self, node: _Node, last: dict[str, int]) -> None:
        """A note where a number does not follow. A list of items that starts again is another list."""
        numeral = node.numeral
        before = last.get(numeral.kind, 0)
        if numeral.number in (before + 1, self.last.get(numeral.kind, 0) + 1):
            return
        if numeral.number == 1 and before > 1:
            if numeral.rank != "item":
                self.findings.append(self._finding("numeral-restarts", numeral, node.id))
        elif node.id[-1].isdecimal() or numeral.number > before:
            self.findings.append(self._finding("numeral-out-of-order", numeral, str(before + 1)))
        else:
            self.findings.append(self._finding("numeral-repeated", numeral, node.id))

    def _rank_of(self, node: _Node) -> int:
        return self.ranks.index(node.numeral.rank)

    def _level(self, numeral: Numeral, parent: _Node | None) -> int:
        if numeral.rank == "item" and parent and parent.numeral.rank == "item":
            return parent.level + 1
        return self.ranks.index(numeral.rank) + 1

    def _id(self, numeral: Numeral, level: int, parent: _Node | None) -> str:
        """The numbers printed, 0 for a level skipped; b, c, … for a number met again under one parent. Where structure
        was corrected: the id it has without, in the node it stands in."""
        above = [parent.id] if parent else []
        known, said = self.corrections.ids.get(numeral.start, ""), numeral.start in self.corrections.levels
        if known and not said and known.startswith(f"{parent.id}-" if parent else ""):
            return known
        skipped = max(0, level - 1 - (parent.level if parent else 0))
        plain = "-".join([*above, *["0"] * skipped, str(numeral.number)])
        while True:
            self.ids[plain] += 1
            id_ = plain + _suffix(self.ids[plain])
            if id_ == known or id_ not in self.corrections.ids.values():
                return id_

    def _finding(self, code: str, numeral: Numeral, expected: str) -> Finding:
        shown = _SHOWN.match(self.text, numeral.end)
        met = self.text[numeral.start : shown.end() if shown else numeral.end].split("\n")[0].strip()
        return Finding(code, self.source.path, self.lines[numeral.line].number, met, expected)

    def _add_text(self, start: int, end: int, line: int) -> None:
        pieces = self.open[-1].pieces if self.open else self.preamble
        spans = [(start, end)] if start in self.tables else visible(self.text, start, end)
        pieces.extend((*span, line) for span in spans)


def _suffix(time: int) -> str:
    """Nothing the first time, then b, c, … z, then b2, c2, …"""
    if time == 1:
        return ""
    letters = "bcdefghijklmnopqrstuvwxyz"
    round_, letter = divmod(time - 2, len(letters))
    return letters[letter] + (str(round_ + 1) if round_ else "")


# ---- from the growing tree to values


def _section(text: str, node: _Node, tables: frozenset[int]) -> Section:
    first, *rest = node.pieces
    head_end, heading = _heading(text, node)
    after = [(start, end, first[2]) for start, end in visible(text, max(head_end, first[0]), first[1])]
    sentences = _sentences(text, node.id, [*after, *rest], tables)
    sections = tuple(_section(text, child, tables) for child in node.children)
    end = max([head_end, *(s.end for s in sentences), *(s.end for s in sections)])
    numeral = text[node.numeral.start : node.numeral.end]
    return Section(
        node.id,
        node.level,
        numeral,
        heading,
        node.numeral.start,
        head_end,
        end,
        first[2],
        sentences=sentences,
        sections=sections,
    )


def _heading(text: str, node: _Node) -> tuple[int, Printed | None]:
    """Where the heading ends, its full stop included, and the heading; (start, None) where there is none."""
    start, end, _ = node.pieces[0]
    begin = node.numeral.end
    while begin < end and text[begin] in WHITE + "、，,．.：:":  # （一）、健全机制
        begin += 1
    none = (node.numeral.start, None)
    if begin == end:
        return none
    pairs = paired(text, start, end)
    stop = next((m for m in STOP.finditer(text, begin, end) if not is_inside(pairs, m.start())), None)
    goes_on = bool(node.children or node.pieces[1:])
    if stop:
        if stop.start() - begin > _LONGEST_HEADING or not (goes_on or text[stop.end() : end].strip()):
            return none
        return stop.end(), Printed(text[begin : stop.start()], begin, stop.start())
    own_line = not node.numeral.run_in and end - begin <= _LONGEST_OWN_LINE_HEADING
    listed = text[end - 1] in "，,、" or any(mark in text[begin:end] for mark in "；;")
    colon = text[end - 1] in "：:"
    if not own_line or listed or (node.numeral.rank == "item" and (not goes_on or colon)):
        return none
    last = end - 1 if colon else end
    return end, Printed(text[begin:last], begin, last)


def _sentences(
    text: str, node: str, pieces: list[tuple[int, int, int]], tables: frozenset[int]
) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for start, end, line in pieces:
        row = start in tables
        # a tab at the end of a row parts an empty cell
        for a, b in (
            cut_long(text, start, end, WHITE.replace("\t", ""))
            if row
            else split_sentences(text, start, end, paired(text, start, end))
        ):
            part = Part.TABLE if row else Part.SENTENCE
            found.append(Sentence(f"s{node}-{len(found) + 1}", a, b, text[a:b], line, part))
    return tuple(found)


def _segments(report: Report) -> Iterator[Segment]:
    """All segments in order, the white space between them made explicit."""
    known = [
        *report.source.segments,
        *(Segment(s.start, s.head_end, Part.HEADING, f"h{s.id}") for s in report.walk() if s.head_end > s.start),
        *(Segment(s.start, s.end, s.part, s.id) for s in report.sentences()),
    ]
    at = 0
    for segment in sorted(known, key=lambda s: s.start):
        if at < segment.start:
            yield Segment(at, segment.start, Part.SPACE)
        yield segment
        at = segment.end
    if at < len(report.source.text):
        yield Segment(at, len(report.source.text), Part.SPACE)
