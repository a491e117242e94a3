"""Id of a heading, sentence or row -> where it stands, as people say it: 一（三）二是第2句; 1.3.2, sentence 2.

The one place where this is put into words. The id itself is the address and never changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..ids import ANNEX, LANGUAGES, node_of
from ..model import Report, Section
from ..patterns import FULL_WIDTH_BRACKETS, ONE_TO_NINE
from .words import Words

_RUN_ON = re.compile(f"[{ONE_TO_NINE}十]{{2}}")  # 一 before 一是 would be read as one number: 一、一是
_STOP = re.compile("(?<![0-9])[、.．，,]$")  # 1. keeps it: 1第2句 would be read as 12


@dataclass(frozen=True, eq=False)
class Locators:
    """Where everything in a report stands, in one language."""

    report: Report
    language: str

    def __call__(self, anchor: str) -> str:
        """Of a heading, sentence or row; of what stands before the first numeral its count alone."""
        words, node = Words(self.language), node_of(anchor)
        above = words("annex") if node == ANNEX else self.numerals.get(node, "")
        if anchor.startswith("h"):
            return words("located_heading", above=above)
        return words("located" if above else "located_first", above=above, n=anchor.rpartition("-")[2])

    @cached_property
    def numerals(self) -> Mapping[str, str]:
        """Each node and the numerals that lead to it: as printed in Chinese, in digits elsewhere."""
        if self.language == LANGUAGES[0]:
            return dict(_as_printed(self.report.sections, ""))
        return {section.id: in_digits(section.id) for section in self.report.walk()}


def in_digits(node: str) -> str:
    """The place of a node in digits: 1-2-3 -> 1.2.3, 2-0-1 -> 2.1."""
    return node.replace("-0", "").replace("-", ".").removeprefix("0.")


def _as_printed(sections: Iterable[Section], above: str) -> Iterator[tuple[str, str]]:
    for section in sections:
        own = _STOP.sub("", re.sub("\\s", "", section.numeral)).translate(FULL_WIDTH_BRACKETS)
        mark = "、" if _RUN_ON.fullmatch(above[-1:] + own[:1]) else ""
        yield section.id, above + mark + own
        yield from _as_printed(section.sections, above + mark + own)
