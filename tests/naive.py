"""The plainest search there is, over the files of reports: what the engine must agree with."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from baogao.folding import fold
from baogao.ids import node_of, page_of
from baogao.model import Part
from baogao.publication.publication import Publication
from baogao.rules import load
from snowballstemmer import stemmer

stem = stemmer("english").stemWord
WORD = re.compile("[a-zß-öø-ɏ]")


@dataclass(frozen=True)
class Section:
    report: str
    page: str
    lines: tuple[str, ...]  # folded

    def count(self, term: str) -> int:
        """Occurrences that do not overlap; a word counts where it begins."""
        return sum(len(places(line, term)) for line in self.lines)


def places(line: str, term: str) -> list[int]:
    found, at = [], line.find(term)
    while at >= 0:
        if WORD.match(term) and at and WORD.match(line[at - 1]):
            at = line.find(term, at + 1)
            continue
        found.append(at)
        at = line.find(term, at + len(term))
    return found


def sections(publications: list[Publication]) -> list[Section]:
    """Each page's part of the file: its characters from the file, portal chrome left out, cut at line ends."""
    made = []
    for publication in publications:
        text = publication.report.source.text
        of: dict[str, dict[int, list[int]]] = defaultdict(dict)
        for segment in publication.report.segments:
            if segment.part in (Part.CHROME, Part.SPACE):
                continue
            page = page_of(node_of(segment.id)) if segment.id else "index"
            line = len(re.findall("\r\n|\r|\n", text[: segment.start]))
            span = of[page].setdefault(line, [segment.start, segment.end])
            span[1] = segment.end
        for page, spans in of.items():
            lines = tuple(fold(part) for a, b in spans.values() for part in re.split("[\r\n]+", text[a:b]))
            made.append(Section(publication.id, page, lines))
    return made


def terms(query: str) -> list[str]:
    """A query's folded terms: quotation marks round a term keep it whole."""
    parts = re.findall(r"""(?:(?<=\s)|^)["“]([^"“”]+)["”](?=\s|$)|(\S+)""", query)
    return [folded for quoted, bare in parts if (folded := fold(quoted or bare))]


def find(all_sections: list[Section], wanted: list[str]) -> tuple[int, int]:
    """(sections, hits) of folded terms that all stand in one section."""
    counts = [[section.count(term) for term in wanted] for section in all_sections]
    whole = [sum(count) for count in counts if all(count)]
    return len(whole), sum(whole)


def holds(section: Section, query: str) -> bool:
    """Whether an English section answers: every word of the query but function words begins a word of it or is another
    form of one; what stands in quotation marks stands there as it is."""
    words = {word for line in section.lines for word in re.findall("[a-z]+", line)}
    function_words = set(load("search")["function_words"].split())

    def held(term: str) -> bool:
        if query.startswith('"') or " " in term:
            return section.count(term) > 0
        return any(word.startswith(term) or stem(word) == stem(term) for word in words)

    return all(held(term) for term in terms(query) if term not in function_words)
