"""Report -> its items in one list: what each numeral opens, with its heading, the sentence that it opens, or both.

To a reader 二是 is what 一、 and （一） are: something with a number that says one thing. Whether a heading says it or
a sentence, what it is called, where it begins and what it holds is asked here and nowhere else: by pages and their
contents, passages and their matters, the abstract, the data.
Afterwards: items stand in reading order, each before those it holds; every sentence and row behind the first numeral,
those of the annex aside, is one item's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..ids import node_of
from ..model import Part, Printed, Report, Section, Sentence

_CLAUSE_END = re.compile("[；;。：:！!？?\n]|(?<![0-9０-９])[，,]|[，,](?![0-9０-９])")  # thousands are no clauses
_LONGEST_NAME = 30  # characters of an item's first words that can name it


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """What a numeral opens: a part, a subsection, 二是 or a point under it."""

    section: Section  # its node of the tree: level, role, theme, where it stands in the file
    depth: int  # in the tree, whatever levels numerals skip: 1 of a part
    above: str  # the id of the item that holds it; empty of a part
    items: tuple[Item, ...]  # those it holds

    @property
    def id(self) -> str:
        """1-2-3, that of its node."""
        return self.section.id

    @property
    def numeral(self) -> str:
        """As printed: 一、 (一) 一是 1."""
        return self.section.numeral

    @property
    def heading(self) -> Printed | None:
        """What names it; None where its numeral opens plain text."""
        return self.section.heading

    @property
    def own(self) -> tuple[Sentence, ...]:
        """Its sentences and the rows of its tables, those of the items it holds excluded."""
        return self.section.sentences

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The same without rows: a row is no sentence."""
        return tuple(one for one in self.own if one.part is Part.SENTENCE)

    @property
    def opening(self) -> tuple[Sentence, ...]:
        """Without a heading, the sentence that its numeral opens; the next one too where the numeral stands alone on
        its line."""
        spoken = tuple(one for one in self.own[:2] if one.part is Part.SENTENCE)
        if self.heading or not spoken or spoken[0].start != self.section.start:
            return ()
        return spoken if spoken[0].text == self.numeral else spoken[:1]

    @property
    def anchor(self) -> str:
        """The id of the passage it begins with: its heading, else what holds its numeral."""
        return f"h{self.id}" if self.section.head_end > self.section.start else self.own[0].id

    @property
    def told_by(self) -> str:
        """The id of what says what it is: its heading, else its sentence; empty where it has neither, but a table."""
        if self.heading:
            return self.anchor
        return self.opening[-1].id if self.opening else ""

    @property
    def label(self) -> str:
        """Numeral and heading as printed, a gap between them as one space; without a heading its first words."""
        if self.heading is None:
            return self._first_words() or self.numeral
        gap = " " if self.heading.start > self.section.start + len(self.numeral) else ""
        return f"{self.numeral}{gap}{self.heading.text}"

    def _first_words(self) -> str:
        """What it says first, to its first mark, numeral included; empty where that is long or nothing."""
        said = _CLAUSE_END.split("".join(one.text for one in self.opening), maxsplit=1)[0]
        return said if len(self.numeral) < len(said) <= _LONGEST_NAME else ""

    def walk(self) -> Iterator[Item]:
        """This one and all it holds, in reading order."""
        yield self
        for one in self.items:
            yield from one.walk()


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """Those of a report."""

    parts: tuple[Item, ...]  # which no other holds
    by_id: Mapping[str, Item]  # all of them, in reading order

    def __iter__(self) -> Iterator[Item]:
        return iter(self.by_id.values())

    def of(self, anchor: str) -> Item | None:
        """Whose own a heading, a sentence or a row is; None of what opens the report, and of the annex."""
        return self.by_id.get(node_of(anchor))


def items(report: Report) -> Items:
    """Never fails: as many items as there are nodes."""
    parts = _items(report.sections, 1, "")
    return Items(parts, {one.id: one for part in parts for one in part.walk()})


def _items(sections: Iterable[Section], depth: int, above: str) -> tuple[Item, ...]:
    return tuple(Item(one, depth, above, _items(one.sections, depth + 1, one.id)) for one in sections)
