"""What is searched -> the search index, a folder of scripts that the browser reads piece by piece.

All records share one space of positions. Every character that is no Latin letter has a posting under itself and the
next character, a Latin word one under the word and a space if one follows; so any run of characters is found exactly,
by intersecting a few lists. The format is described in docs/*/search-format.md, the design and its measurements come
from a comparison of engines on Chinese reports (bench/search.py).
Afterwards: the lists hold every occurrence, no other; whatever is searched stands in exactly one record.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from typing import Any

from ..folding import fold
from ..rules import load
from .names import initials, names, traditional
from .postings import Postings, keys, read_back, written
from .records import Catalogue, Line, Record, SearchUnit, TermCard, Voice, voice_of

FORMAT = 3
KEY_SHARD = 5000  # characters of postings in a file
TEXT_SHARD = 1200  # characters of text in a file
ROW_SHARD = 8000
CARD_SHARD = 4000


@dataclass(slots=True)
class _Gathered:
    """What is gathered while records are read."""

    postings: Postings = field(default_factory=lambda: defaultdict(lambda: array("I")))
    starts: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)  # of each record the positions of its headings, which stand first
    codes: list[int] = field(default_factory=list)  # and those of its code, which stands last
    lines: list[tuple[int, int, Line]] = field(default_factory=list)  # position, record, units
    under: dict[int, int] = field(default_factory=dict)  # of a line of headings where the text under it stands
    units: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)  # by language, page, anchor
    size: int = 0


def _read(records: Sequence[Record]) -> _Gathered:
    index = _Gathered()
    for number, record in enumerate(records):
        index.starts.append(index.size)
        taken = dict.fromkeys(Voice, 0)
        places = dict[int, int]()
        for n in sorted(range(len(record.lines)), key=lambda n: voice_of(record.lines[n])):  # stable: as on the page
            line, places[n] = record.lines[n], index.size
            _take(index, number, record, line)
            taken[voice_of(line)] += index.size - places[n]
        index.under |= _under(record, places)
        index.heads.append(taken[Voice.HEADING])
        index.codes.append(taken[Voice.CODE])
    return index


def _under(record: Record, places: dict[int, int]) -> dict[int, int]:
    """Of each line of headings the place of the first text under it, wherever on the page that begins."""
    found, text = dict[int, int](), 0
    for n, line in reversed([*enumerate(record.lines)]):
        if voice_of(line) is Voice.TEXT:
            text = places[n]
        elif voice_of(line) is Voice.HEADING and text:
            found[places[n]] = text
    return found


def _take(index: _Gathered, number: int, record: Record, line: Line) -> None:
    """A line to the end of the row of positions."""
    folded = fold("".join(unit.text for unit in line))
    index.lines.append((index.size, number, line))
    for key, at in keys(folded):
        index.postings[key].append(index.size + at)
    at = 0
    for unit in line if not record.table else ():
        length = len(fold(unit.text))  # near enough where a space at a seam is dropped
        index.units[record.language, record.page, unit.anchor] = index.size + at, length
        at += length
    index.size += len(folded) + 1  # a line's end is a position of its own


@dataclass(frozen=True, slots=True)
class Index:
    """The files of a search index: name and script."""

    files: tuple[tuple[str, str], ...]


def files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The index, file by file: (name, script). The same records give the same bytes.

    Raises ValueError if a word of a record would not be found.
    """
    records = catalogue.records
    index = _read(records)
    wanted = _samples(index)
    version = sha256()

    def script(name: str, content: object) -> tuple[str, str]:
        said = f"baogaoSearch.take({_dumps(name)},{_dumps(content)})\n"
        version.update(said.encode())
        return f"{name}.js", said

    yield script("traditional", traditional(index.postings))
    yield script("initials", [initials(record.title) for record in records])
    yield script("names", names(catalogue))
    yield script("terms", [dict(card.forms) for card in catalogue.cards])
    if catalogue.renderings:
        yield script("renderings", list(catalogue.renderings.items()))
    first_keys: list[str] = []
    first: dict[str, list[int]] = {"t": [], "r": [], "c": []}  # of each file of a kind, the number it begins with
    for its_names, lists in _key_shards(index.postings):
        wanted -= _found(its_names, lists, wanted)
        yield script(f"k{len(first_keys)}", {"keys": "\n".join(its_names), "lists": " ".join(lists)})
        first_keys.append(its_names[0])
    if wanted:
        raise ValueError(f"the search index would not find {min(wanted)}: (key, position)")
    shards = {
        "t": _text_shards(index, records),
        "r": _shards(_rows(index, records), ROW_SHARD),
        "c": _shards(enumerate(map(_card, catalogue.cards)), CARD_SHARD),
    }
    for kind, of_kind in shards.items():
        for beginning, content in of_kind:
            yield script(f"{kind}{len(first[kind])}", content)
            first[kind].append(beginning)
    yield script("manifest", _manifest(catalogue, index, first_keys, first) | {"version": version.hexdigest()[:12]})


def _manifest(
    catalogue: Catalogue, index: _Gathered, first_keys: Sequence[str], first: dict[str, list[int]]
) -> dict[str, Any]:
    records, groups = catalogue.records, {group.id: n for n, group in enumerate(catalogue.groups, 1)}
    ending = ".html" if all(record.page.endswith(".html") for record in records) else ""
    facets = [[one.name, dict(one.says), _labelled(one.name, one.labels, records)] for one in catalogue.facets]
    return {
        "format": FORMAT,
        "fold": load("search"),
        "groups": [[group.id, dict(group.title)] for group in catalogue.groups],
        "facets": facets,
        "behind": {one.name: list(one.behind) for one in catalogue.facets if one.behind},
        "renderings": bool(catalogue.renderings),
        "labels": {key: dict(said) for key, said in catalogue.labels.items()},
        "trees": dict(catalogue.trees),
        "page": catalogue.page,
        "keys": first_keys,
        "texts": written(first["t"]),
        "rows": written(first["r"]),
        "cards": written(first["c"]),
        "starts": written(index.starts),
        "size": index.size,
        "heads": written(index.heads, delta=False),
        "codes": written(index.codes, delta=False) if any(index.codes) else "",
        "pages": _common(record.page.removesuffix(ending) for record in records),
        "ending": ending,
        "owners": written((groups.get(record.group, 0) for record in records), delta=False),
        "kinds": written((record.table + 2 * record.everywhere for record in records), delta=False),
        "tongues": _coded([record.language for record in records]),
    } | ({"shards": _coded([record.shard for record in records])} if any(record.shard for record in records) else {})


def _labelled(name: str, labels: Any, records: Sequence[Record]) -> list[object]:
    """The values of a facet, what they are called, and their numbers by record."""
    values, numbers = _coded([record.facets.get(name, "") for record in records])
    assert isinstance(values, list)
    return [values, [dict(labels[value]) if value in labels else 0 for value in values], numbers]


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("\u2028", "\\u2028")


def _coded(values: Sequence[str]) -> list[object]:
    """Few values for many records: [the values, their numbers]."""
    met = sorted(set(values))
    return [met, written((met.index(value) for value in values), delta=False)]


def _common(paths: Iterable[str]) -> str:
    """Paths, one a line; a folder met on the line before is left out: a/1, a/2 -> a/1, /2."""
    said, before = [], ""
    for path in paths:
        folder, _, name = path.rpartition("/")
        said.append(f"/{name}" if folder and folder == before else path)
        before = folder
    return "\n".join(said)


def _key_shards(postings: Postings) -> Iterator[tuple[list[str], list[str]]]:
    """Keys in order with their lists, cut into files, more in each where there are very many; takes the lists away."""
    its_names: list[str] = []
    lists: list[str] = []
    size = 0
    limit = max(KEY_SHARD, sum(map(len, postings.values())) // 400)
    for key in sorted(postings):
        said = written(postings.pop(key))
        if its_names and size + len(said) > limit:
            yield its_names, lists
            its_names, lists, size = [], [], 0
        its_names.append(key)
        lists.append(said)
        size += len(said) + len(key) + 2
    if its_names:
        yield its_names, lists


def _text_shards(index: _Gathered, records: Sequence[Record]) -> Iterator[tuple[int, dict[str, object]]]:
    """Lines in order, cut into files; each with the titles of the records it holds."""
    held: list[tuple[int, int, Line]] = []
    size = 0
    for line in [*index.lines, None]:
        if held and (line is None or size > TEXT_SHARD):
            titles = {str(record): records[record].title for _, record, _ in held}
            under = index.under
            said = [[at, record, [_unit(unit, under.get(at, 1)) for unit in units]] for at, record, units in held]
            yield held[0][0], {"titles": titles, "lines": said}
            held, size = [], 0
        if line:
            held.append(line)
            size += sum(len(unit.text) + len(unit.anchor) for unit in line[2])


def _unit(unit: SearchUnit, under: int) -> list[str | int]:
    if unit.stated:
        return [unit.anchor, unit.text, unit.stated.leads]
    return [unit.anchor, unit.text, under] if unit.voice is Voice.HEADING else [unit.anchor, unit.text]


def _rows(index: _Gathered, records: Sequence[Record]) -> Iterator[tuple[int, list[object]]]:
    """Of each row its position, then where its sentence stands and how long it is, its values, its label."""
    for position, number, line in index.lines:
        for unit in line:
            if unit.stated:
                place = index.units.get((records[number].language, *unit.stated.sentence), (0, 0))
                yield position, [position, *place, " ".join(unit.stated.values), unit.stated.label, unit.stated.name]


def _card(card: TermCard) -> list[object]:
    return [dict(card.says), card.page, card.anchor, card.uses, card.within]


def _shards(entries: Iterable[tuple[int, list[object]]], limit: int) -> Iterator[tuple[int, list[list[object]]]]:
    """Entries in order, cut into files: the number of the first, and all of them."""
    held: list[list[object]] = []
    size = beginning = 0
    for number, entry in entries:
        if held and size > limit:
            yield beginning, held
            held, size = [], 0
        beginning = beginning if held else number
        held.append(entry)
        size += len(_dumps(entry))
    if held:
        yield beginning, held


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


def _found(its_names: Sequence[str], lists: Sequence[str], wanted: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the wanted postings that a written file holds."""
    said = dict(zip(its_names, lists, strict=True))
    return {(key, position) for key, position in wanted if key in said and position in read_back(said[key])}
