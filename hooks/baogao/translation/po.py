"""Report <-> PO: one unit a sentence, heading, table row, figure's subject and field of the report's metadata.

A unit has the id of what it translates as its msgctxt: s1-2-3-4, h1-2-3, f1-2-3-4-17, m-title. Afterwards: writing a PO
again from the same report and PO gives the same bytes; no translation is lost when the Chinese changes: one whose text
moved moves with it, one whose text changed is kept as fuzzy with its old source, one whose text is gone as obsolete.
Format: the PO files of GNU gettext, read and written by polib.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import polib

from ..handwritten import parsed
from ..model import Figure, Finding, Report, ReportError

METADATA = ("title", "issuer", "place", "source")


class State(StrEnum):
    """How far a unit's English is."""

    UNTRANSLATED = "untranslated"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    CHANGED = "changed"  # the Chinese changed since: fuzzy in the PO, shown in Chinese


@dataclass(frozen=True, slots=True)
class Unit:
    """What is translated in one piece."""

    id: str
    text: str  # Chinese, as printed
    place: str = ""  # for the translator: 一（三）一是第2句
    terms: tuple[str, ...] = ()  # for the translator: 行政复议 = administrative reconsideration


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit's English."""

    source: str  # the Chinese it was made for
    english: str
    state: State
    comment: str = ""  # of the translator
    previous: str = ""  # the Chinese before it changed
    line: int = 0  # in the PO


@dataclass(frozen=True, slots=True)
class Translation:
    """A report's English. An id it does not hold is untranslated."""

    path: str = ""
    entries: Mapping[str, Entry] | None = None
    obsolete: tuple[tuple[str, Entry], ...] = ()  # of text that is gone, kept
    report: str = ""  # the id of the report it is of
    header: tuple[tuple[str, str], ...] = ()  # who translated it last, and when, as the tool of theirs wrote it

    @property
    def begun(self) -> bool:
        """Whether any unit has its English: a file that was only written out is no translation yet."""
        return any(entry.english for entry in (self.entries or {}).values())

    def english(self, id_: str, source: str) -> str:
        """The English of a unit, empty where there is none for this very Chinese."""
        entry = (self.entries or {}).get(id_)
        shown = entry and entry.state in (State.DRAFT, State.REVIEWED) and entry.source == source
        return entry.english if entry and shown else ""

    def state(self, id_: str, source: str) -> State:
        """How far a unit is; one whose Chinese differs from that of the PO has changed."""
        entry = (self.entries or {}).get(id_)
        if not entry or not entry.english:
            return State.UNTRANSLATED
        return entry.state if entry.source == source else State.CHANGED


def units(report: Report, figures: Sequence[Figure], metadata: Mapping[str, str]) -> Iterator[Unit]:
    """All units of a report: metadata, then sentences, headings and rows in reading order, then subjects of figures.

    `metadata`: title, issuer, place and source as the site shows them; an empty one is no unit.
    """
    yield from (Unit(f"m-{name}", metadata[name]) for name in METADATA if metadata.get(name))
    text = report.source.text
    for segment in report.segments:
        if segment.id:
            yield Unit(segment.id, text[segment.start : segment.end])
    yield from (Unit(figure.id, figure.subject) for figure in figures if figure.subject)


def merged(own: Translation, theirs: Translation, refused: Iterable[str]) -> Translation:
    """A translator's work in ours, but for the ids refused, which stay in their file. Nothing else of it is lost:
    English whose Chinese moved goes with it, English whose Chinese changed comes in fuzzy with its old source, and
    where ours has English for what the Chinese is now, or the Chinese is gone, theirs is kept as obsolete."""
    entries, kept, refused = dict(own.entries or {}), list(own.obsolete), set(refused)
    for id_, entry in (theirs.entries or {}).items():
        if not entry.english or id_ in refused:
            continue
        ours = entries.get(id_)
        place = id_ if ours and same_text(ours.source, entry.source) else _moved(id_, entry.source, entries)
        if place and entry.state is not State.CHANGED or place and not entries[place].english:
            entries[place] = replace(entry, source=entries[place].source)
        elif not place and ours and (not ours.english or ours.state is State.CHANGED):
            entries[id_] = Entry(ours.source, entry.english, State.CHANGED, entry.comment, entry.source)
        elif not any(entry.english == one.english for one in (*entries.values(), *(one for _, one in kept))):
            kept.append((id_, entry))
    return replace(own, entries=entries, obsolete=tuple(kept), header=theirs.header or own.header)


def _moved(id_: str, source: str, entries: Mapping[str, Entry]) -> str:
    """The unit of the same sort that has this Chinese now and no English of its own; empty where none has."""
    fits = (one for one, entry in entries.items() if sort_of(one) == sort_of(id_) and not entry.english)
    return next((one for one in fits if same_text(entries[one].source, source)), "")


def same_text(one: str, other: str) -> bool:
    """Whether two pieces of Chinese are the same but for white space, which tools put in and take out."""
    return one == other or "".join(one.split()) == "".join(other.split())


# ---- PO


# A line of a PO that is no comment: a word and a quoted text, or a quoted text that goes on.
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(rf"\s*(?:#.*|(?:#~\s*)?(?:(?:msgctxt|msgid|msgstr)\s*)?{_QUOTED}\s*|)")
_MOST_ENTRIES = 40_000  # of a report at the limits of publication/limits.py, half of them left over
_LARGEST = 20_000_000  # characters
_PLURAL = re.compile(r"\s*(?:#~\s*)?(?:msgid_plural|msgstr\[)")


def read_po(path: str, text: str) -> Translation:
    """Raises ReportError with the line where it is no PO, a unit has no msgctxt, or one has two entries; and where it
    has more of them than a report can have."""
    many = text.count("msgid ")
    if many > _MOST_ENTRIES or len(text) > _LARGEST:
        raise _error(path, 1, "large", f"{many:,} / {len(text):,}")
    for number, line in enumerate(_Lines(text).splitlines(), 1):
        if _PLURAL.match(line):
            raise _error(path, number, "plural")
        if not _LINE.fullmatch(line):
            raise _error(path, number, "line")
    po = parsed("po-syntax", path, text, _read_po)
    if text.strip() and not (po or po.metadata):
        raise _error(path, 1, "empty")
    entries: dict[str, Entry] = {}
    obsolete: list[tuple[str, Entry]] = []
    for one in po:
        if not one.msgctxt:
            raise _error(path, one.linenum or 1, "no-id")
        if one.obsolete:
            obsolete.append((one.msgctxt, _entry(one)))
        elif one.msgctxt in entries:
            raise _error(path, one.linenum or 1, "twice", one.msgctxt)
        else:
            entries[one.msgctxt] = _entry(one)
    header = tuple((name, said) for name in _HEADER if (said := po.metadata.get(name)))
    return Translation(path, entries, tuple(obsolete), po.metadata.get("Project-Id-Version", ""), header)


def _read_po(text: str) -> polib.POFile:
    # polib takes a text that is the name of a file for the file: no name ends in a line end
    return polib.pofile(_Lines(f"{text}\n"), encoding="utf-8")


class _Lines(str):
    """A PO as polib reads it. Lines end as in gettext: a control character or U+2028 inside a text is no line end."""

    def splitlines(self, keepends: bool = False) -> list[str]:
        return re.split("\r\n|\r|\n", self)


def _error(path: str, line: int, cause: str, met: str = "") -> ReportError:
    return ReportError(Finding("po-syntax", path, line, met, cause=cause))


REVIEWED = "reviewed"  # a translator's comment of this one word


def _entry(one: polib.POEntry) -> Entry:
    comments = one.tcomment.splitlines()
    if not one.msgstr:
        state = State.UNTRANSLATED
    elif "fuzzy" in one.flags:
        state = State.CHANGED
    else:
        state = State.REVIEWED if REVIEWED in comments else State.DRAFT
    comment = "\n".join(line for line in comments if line != REVIEWED)
    return Entry(one.msgid, one.msgstr, state, comment, one.previous_msgid or "", one.linenum or 1)


# What gettext wants in a header. Nobody has translated a new file yet: the same day in every build, the same bytes.
_HEADER = {
    "PO-Revision-Date": "1970-01-01 00:00+0000",
    "Last-Translator": "nobody <nobody@example.org>",
    "Language-Team": "none",
}


def write_po(report: str, all_units: Iterable[Unit], old: Translation, language: str = "en") -> str:
    """The PO of a report (its id), with what was translated before. Nothing of `old` is lost."""
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Project-Id-Version": report,
        **_HEADER,
        **dict(old.header),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "X-Source-Language": "zh",
    }
    kept = list(all_units)
    entries, left = _carried(kept, old)
    for unit in kept:
        po.append(_written(unit.id, entries.get(unit.id, Entry(unit.text, "", State.UNTRANSLATED)), unit))
    for id_, entry in left:
        po.append(_written(id_, entry, None))
    return str(po) + "\n"


def _written(id_: str, entry: Entry, unit: Unit | None) -> polib.POEntry:
    comment = "\n".join(filter(None, [entry.comment, REVIEWED if entry.state is State.REVIEWED else ""]))
    changed = entry.state is State.CHANGED
    return polib.POEntry(
        msgctxt=id_,
        msgid=unit.text if unit else entry.source,
        msgstr=entry.english,
        comment="\n".join(filter(None, [unit.place, *unit.terms])) if unit else "",
        tcomment=comment,
        flags=["fuzzy"] if changed else [],
        previous_msgid=entry.previous if changed else None,
        obsolete=unit is None,
    )


def _carried(kept: Sequence[Unit], old: Translation) -> tuple[dict[str, Entry], list[tuple[str, Entry]]]:
    """Each unit's entry out of the old ones, and the old ones no unit took: by id and text, by text, by id."""
    free = [*(old.entries or {}).items(), *old.obsolete]
    taken: dict[str, Entry] = {}
    used: set[int] = set()

    def take(fits: Mapping[tuple[str, str], list[int]], key: tuple[str, str], unit: Unit) -> None:
        n = next((n for n in fits.get(key, []) if n not in used), None)
        if n is None or unit.id in taken:
            return
        entry = free[n][1]
        if same_text(entry.source, unit.text):
            taken[unit.id] = replace(entry, source=unit.text)
        elif entry.english:
            previous = entry.previous if entry.state is State.CHANGED else entry.source
            taken[unit.id] = Entry(unit.text, entry.english, State.CHANGED, entry.comment, previous)
        else:
            return
        used.add(n)

    keys = (
        (lambda id_, text: (id_, text)),
        (lambda id_, text: (sort_of(id_), text)),  # moved: a sentence takes that of a sentence
        (lambda id_, text: (id_, "")),  # changed in its place
    )
    for key in keys:
        fits: dict[tuple[str, str], list[int]] = {}
        for n, (id_, entry) in enumerate(free):
            fits.setdefault(key(id_, entry.source), []).append(n)
        for unit in kept:
            take(fits, key(unit.id, unit.text), unit)
    left = [(id_, entry) for n, (id_, entry) in enumerate(free) if n not in used and entry.english]
    return taken, left


def sort_of(id_: str) -> str:
    """s, h, f or m: what a unit is."""
    return id_[:1]
