"""Publications and hand-written pages -> the search index, a folder of scripts that the browser reads piece by piece.

A record is a page's own text; all records share one space of positions. Every character that is no Latin letter has a
posting under itself and the next character, a Latin word one under the word and a space if one follows; so any run of
characters is found exactly, by intersecting a few lists. The format is described in docs/*/search-format.md, the
design and its measurements come from a comparison of engines on Chinese reports (bench/search.py).
Afterwards: the lists hold every occurrence, no other; whatever is searched stands in exactly one record.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from itertools import islice

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from ..folding import characters, fold
from ..rules import load
from ..translation.terms import Term
from .search_records import Record, SearchUnit, Shown

FORMAT = 1
KEY_SHARD = 8000  # characters of postings in a file
TEXT_SHARD = 2500  # characters of text in a file
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"  # of numbers: 5 bits and "more follows"


# ---- what is searched


# ---- how text is compared


@cache
def _token() -> re.Pattern[str]:
    letters = "".join(f"{first}-{last}" for first, last in _latin_ends())
    return re.compile(f"[{letters}]+ ?|[^ {letters}]")


def _latin_ends() -> list[tuple[str, str]]:
    return [(chr(int(first, 16)), chr(int(last, 16))) for first, last in load("search")["latin"]]


def keys(folded: str) -> Iterator[tuple[str, int]]:
    """The postings of a folded line: (key, offset)."""
    for match in _token().finditer(folded):
        at = match.start()
        if match[0][0] in characters("latin"):
            yield match[0], at
        else:
            yield folded[at : at + 2], at


# ---- the index


@dataclass(slots=True)
class _Gathered:
    """What is gathered while records are read."""

    postings: dict[str, array[int]] = field(default_factory=lambda: defaultdict(lambda: array("I")))
    starts: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)  # folded length of each title
    lines: list[tuple[int, int, tuple[SearchUnit, ...]]] = field(default_factory=list)  # position, record, units
    size: int = 0


def _read(records: Sequence[Record]) -> _Gathered:
    index = _Gathered()
    for number, record in enumerate(records):
        index.starts.append(index.size)
        index.heads.append(len(fold(record.lines[0][0].text)) if record.titled else 0)
        for units in record.lines:
            folded = fold("".join(unit.text for unit in units))
            index.lines.append((index.size, number, units))
            for key, at in keys(folded):
                index.postings[key].append(index.size + at)
            index.size += len(folded) + 1  # a line's end is a position of its own
    return index


@dataclass(frozen=True, slots=True)
class Index:
    """The files of a search index: name and script."""

    files: tuple[tuple[str, str], ...]


def files(records: Sequence[Record], reports: Sequence[Shown], terms: Sequence[Term] = ()) -> Iterator[tuple[str, str]]:
    """The index, file by file: (name, script). The same records give the same bytes. `terms`: those of the glossary.

    Raises ValueError if a word of a record would not be found.
    """
    index = _read(records)
    wanted = _samples(index)
    version = sha256()

    def script(name: str, content: object) -> tuple[str, str]:
        written = f"baogaoSearch.take({_dumps(name)},{_dumps(content)})\n"
        version.update(written.encode())
        return f"{name}.js", written

    yield script("traditional", _traditional(index.postings))
    yield script("terms", [[[t.zh, *t.variants], [t.en, *t.alternatives]] for t in terms])
    yield script("initials", [_initials(record.title) for record in records])
    first_keys: list[str] = []
    first_positions: list[int] = []
    for names, lists in _key_shards(index.postings):
        wanted -= _found(names, lists, wanted)
        yield script(f"k{len(first_keys)}", {"keys": "\n".join(names), "lists": " ".join(lists)})
        first_keys.append(names[0])
    if wanted:
        raise ValueError(f"the search index would not find {min(wanted)}: (key, position)")
    for position, content in _text_shards(index.lines, records):
        yield script(f"t{len(first_positions)}", content)
        first_positions.append(position)
    yield script(
        "manifest",
        {
            "format": FORMAT,
            "version": version.hexdigest()[:12],
            "fold": load("search"),
            "reports": [[r.id, r.title, r.place, r.year] for r in reports],
            "keys": first_keys,
            "texts": _numbers(first_positions),
            "starts": _numbers(index.starts),
            "heads": _numbers(index.heads, delta=False),
            "pages": _common(record.page.removesuffix(".html") for record in records),
            "owners": _numbers(_owners(records, reports), delta=False),
            "kinds": _coded([record.kind for record in records]),
            "roles": _coded([record.role for record in records]),
            "tongues": _coded([record.language for record in records]),
        },
    )


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("\u2028", "\\u2028")


def _owners(records: Iterable[Record], reports: Sequence[Shown]) -> Iterator[int]:
    """The report of each record, counted from 1; 0 for a page written by hand."""
    places = {report.id: n for n, report in enumerate(reports, 1)}
    return (places.get(record.report, 0) for record in records)


def _coded(values: Sequence[str]) -> list[object]:
    """Few values for many records: [the values, their numbers]."""
    names = sorted(set(values))
    return [names, _numbers((names.index(value) for value in values), delta=False)]


def _common(paths: Iterable[str]) -> str:
    """Paths, one a line; a folder met on the line before is left out: a/1, a/2 -> a/1, /2."""
    said, before = [], ""
    for path in paths:
        folder, _, name = path.rpartition("/")
        said.append(f"/{name}" if folder and folder == before else path)
        before = folder
    return "\n".join(said)


def _numbers(values: Iterable[int], delta: bool = True) -> str:
    """Numbers of 5 bits a character, the lowest first; each but the first as its distance from the one before."""
    written, before = [], 0
    for value in values:
        rest, before = value - before, value if delta else 0
        while rest > 31:
            written.append(_DIGITS[32 + (rest & 31)])
            rest >>= 5
        written.append(_DIGITS[rest])
    return "".join(written)


def _parsed(written: str) -> list[int]:
    """The inverse of _numbers with distances."""
    found, value, shift, sum_ = [], 0, 0, 0
    for character in written:
        digit = _DIGITS.index(character)
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            sum_ += value
            found.append(sum_)
            value = shift = 0
    return found


def _key_shards(postings: dict[str, array[int]]) -> Iterator[tuple[list[str], list[str]]]:
    """Keys in order with their lists, cut into files, more in each where there are very many; takes the lists away."""
    names: list[str] = []
    lists: list[str] = []
    size = 0
    limit = max(KEY_SHARD, sum(map(len, postings.values())) // 400)
    for key in sorted(postings):
        written = _numbers(postings.pop(key))
        if names and size + len(written) > limit:
            yield names, lists
            names, lists, size = [], [], 0
        names.append(key)
        lists.append(written)
        size += len(written) + len(key) + 2
    if names:
        yield names, lists


def _text_shards(
    lines: Sequence[tuple[int, int, tuple[SearchUnit, ...]]], records: Sequence[Record]
) -> Iterator[tuple[int, dict[str, object]]]:
    """Lines in order, cut into files; each with the titles of the records it holds."""
    held: list[tuple[int, int, tuple[SearchUnit, ...]]] = []
    size = 0
    for line in [*lines, None]:
        if held and (line is None or size > TEXT_SHARD):
            titles = {str(record): records[record].title for _, record, _ in held}
            written = [[position, record, [_unit(unit) for unit in units]] for position, record, units in held]
            yield held[0][0], {"titles": titles, "lines": written}
            held, size = [], 0
        if line:
            held.append(line)
            size += sum(len(unit.text) + len(unit.anchor) for unit in line[2])


def _unit(unit: SearchUnit) -> list[str]:
    return [unit.anchor, unit.text, unit.leads] if unit.leads else [unit.anchor, unit.text]


def _traditional(postings: Iterable[str]) -> dict[str, str]:
    """Traditional characters -> those of the index, where the two differ."""
    known = {character for key in postings for character in key}
    return {one: other for one, other in _simplified().items() if other in known}


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters -> the simplified one of each, where there is one and it is another."""
    convert = OpenCC("t2s").convert
    pairs = ((chr(i), convert(chr(i))) for i in range(0x3400, 0xA000))
    return {one: other for one, other in pairs if one != other and len(other) == 1}


def _initials(title: str) -> str:
    """First letters of a title's pinyin: 行政复议 -> xzfy. Characters without a reading are left out."""
    letters = lazy_pinyin(title, style=Style.FIRST_LETTER, errors=lambda rest: re.sub("[^A-Za-z0-9]", "", rest))
    return "".join(letters).lower()


def _samples(index: _Gathered) -> set[tuple[str, int]]:
    """Some postings, each of which must be read back: an index with a wrong setting must not find nothing in silence.

    Raises ValueError where there is nothing to search.
    """
    if not index.lines:
        raise ValueError("the search index holds no text: there must be a report or a page")
    samples = set()
    for position, _, units in index.lines[:: max(1, len(index.lines) // 50)]:
        posted = keys(fold("".join(unit.text for unit in units)))
        samples |= {(key, position + at) for key, at in islice(posted, 5)}
    return samples


def _found(names: Sequence[str], lists: Sequence[str], wanted: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the wanted postings that a written file holds."""
    written = dict(zip(names, lists, strict=True))
    return {(key, position) for key, position in wanted if key in written and position in _parsed(written[key])}
