"""Publications -> the instruments they name: laws, rules, plans, documents, newspapers, each with its mentions.

An instrument stands in book-title brackets, also one inside another or never closed, or is called by a name without
them (rules/instruments.yml, which says too what each kind is and what is known of some). Afterwards: every mention lies
in one heading, sentence or table row; 中华人民共和国, widths, dashes, quotation marks and an edition's year make no
second instrument, a term of years does (2015—2020, 2021—2025); the entries do not depend on the order of the
publications, but for that of the mentions.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from ..patterns import CLAUSE_BREAK, HAN_CHARACTER, ONE_TO_NINE
from ..publication.publication import Publication
from ..rules import load
from ..translation.terms import term_id


class InstrumentKind(StrEnum):
    """What an instrument is, by its name."""

    LAW = "law"  # 法律: of the National People's Congress or its Standing Committee
    REGULATION = "regulation"  # 行政法规: of the State Council
    PARTY_RULE = "party-rule"  # 党内法规, those issued together with the State included
    RULE = "rule"  # 规章, and what else binds and names no place
    LOCAL = "local"  # 地方性法规, 地方政府规章
    PLAN = "plan"  # 规划, 纲要, 方案, 意见
    DOCUMENT = "document"  # notices, lists, reports, rules of a county or of a body for itself
    NEWSPAPER = "newspaper"  # and other periodicals: no rule
    OTHER = "other"  # books, films, what no ending gives away


@dataclass(frozen=True, slots=True)
class Instrument:
    """Something that reports name."""

    id: str  # its name in pinyin: letters, digits, hyphens
    name: str  # without the outer brackets: as known, else the longest form printed
    kind: InstrumentKind
    aliases: tuple[str, ...] = ()  # the other forms printed, without brackets
    number: str = ""  # as known, else as printed behind the name; empty where neither
    date: str = ""  # adopted or last revised, ISO 8601, to the year, month or day; empty where not known
    issuer: str = ""  # empty where not known
    source: str = ""  # what number, date and issuer rest on; empty where nothing is known
    url: str = ""  # its text on a site of those who issued it; empty where none is known


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an instrument is named."""

    instrument: str  # its id
    publication: str  # id of the report
    anchor: str  # of the sentence, heading or table row
    start: int  # in the file: source.text[start:end] is what was printed, brackets included
    end: int


@dataclass(frozen=True, slots=True)
class NamedInstrument:
    """An instrument with its mentions in the order of the publications and of reading."""

    instrument: Instrument
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in a text."""

    name: str  # without brackets
    start: int  # text[start:end] is what was printed
    end: int
    kind: InstrumentKind | None = None  # where the rule that found it says so
    number: str = ""  # printed behind it


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two names the same instrument."""

    base: str  # folded, without years
    years: str = ""  # 2021-2025
    report: str = ""  # of a short name that points to nothing, the only report it means anything in


@dataclass(frozen=True, slots=True)
class NamedAt:
    """A name, and the text of a report it was found in."""

    named: Named
    publication: str
    year: str
    anchor: str
    at: int  # where the text of the anchor begins in the file

    def mention(self, instrument: str) -> Mention:
        """The place it stands at, once it is known what is named."""
        return Mention(instrument, self.publication, self.anchor, self.at + self.named.start, self.at + self.named.end)


@dataclass(slots=True)
class Forms:
    """What is said of an instrument wherever it is named: enough to tell what it is, however often that is."""

    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    kinds: set[InstrumentKind] = field(default_factory=set)

    def add(self, one: Named) -> None:
        """With one more name."""
        self.names.add(one.name)
        self.numbers.update([one.number] if one.number else [])
        self.kinds.update([one.kind] if one.kind else [])


# ---- names in a text

_OPENING, _CLOSING = "《〈", "》〉"
_LONGEST_TITLE = 200  # characters; the longest titles of documents have half of that


def named(text: str) -> tuple[Named, ...]:
    """Every instrument a text names, in reading order, the outer before the inner."""
    bracketed = list(_bracketed(text))
    taken = [(one.start, one.end) for one in bracketed]
    for one in _unbracketed(text):
        if not any(start < one.end and one.start < end for start, end in taken):
            bracketed.append(one)
            taken.append((one.start, one.end))
    return tuple(sorted(bracketed, key=lambda one: (one.start, -one.end)))


def _bracketed(text: str) -> Iterator[Named]:
    """Each pair of brackets, and what is never closed up to the end of its clause."""
    open_: list[int] = []
    for at, char in enumerate(text):
        if char in _OPENING:
            open_.append(at)
        elif char in _CLOSING and open_:
            yield from _within(text, open_.pop(), at, at + 1)
    for start in open_:
        stop = CLAUSE_BREAK.search(text, start)
        end = stop.start() if stop else len(text)
        yield from _within(text, start, end, end)


def _within(text: str, start: int, stop: int, end: int) -> Iterator[Named]:
    name = text[start + 1 : min(stop, start + 2 + _LONGEST_TITLE)].strip()
    if len(name) <= _LONGEST_TITLE and (HAN_CHARACTER.search(name) or name.isalnum()):
        number = _number().match(text, end)
        yield Named(name, start, end if end > stop else start + len(text[start:stop].rstrip()), None, _said(number))


def _said(number: re.Match[str] | None) -> str:
    return re.sub(r"\s", "", number[1]) if number else ""


@cache
def _number() -> re.Pattern[str]:
    return re.compile(load("instruments")["number"])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], InstrumentKind], ...]:
    rows = load("instruments")["unbracketed"]
    return tuple((re.compile(row["match"]), InstrumentKind(row["kind"])) for row in rows)


def _unbracketed(text: str) -> Iterator[Named]:
    """Names that need no brackets, by the rows of the table; a quotation mark without its fellow stays outside."""
    for pattern, kind in _patterns():
        for met in pattern.finditer(text):
            start, end = _paired(text, *met.span())
            yield Named(text[start:end], start, end, kind)


def _paired(text: str, start: int, end: int) -> tuple[int, int]:
    opened, closed = (sum(text.count(mark, start, end) for mark in marks) for marks in ("“", "”"))
    straight = text.count('"', start, end) % 2
    if text[start] in '“"' and (opened > closed or straight):
        start += 1
    if text[end - 1] in '”"' and (closed > opened or straight):
        end -= 1
    return start, end


# ---- one instrument under several names

_UNSEEN = re.compile("[\\s《》〈〉“”‘’\"'「」『』]")
_DASH = re.compile(r"(?<=[\d年])\s*(?:[-‐-―－~～]+|至)\s*(?=\d)")
_YEARS = re.compile(
    r"\(((?:19|20)\d\d)年?(?:-((?:19|20)?\d\d)年?)?(?:修订|修正|版|本)*\)|(?<!\d)((?:19|20)\d\d)-(20\d\d)年?$"
)
_STATE = "中华人民共和国"


def fold(name: str) -> tuple[str, str]:
    """A name without what makes no difference, and its years: 法治政府建设实施纲要, 2021-2025."""
    plain = _DASH.sub("-", _UNSEEN.sub("", unicodedata.normalize("NFKC", name))).casefold()
    plain = re.sub(f"(?<=[{ONE_TO_NINE}])[o○零](?=[{ONE_TO_NINE}])", "〇", plain)
    base = plain.removeprefix(_STATE) or plain
    found = _YEARS.search(base)
    if not found:
        return base, ""
    first, last = (found[1] or found[3]), (found[2] or found[4] or "")
    return base[: found.start()] + base[found.end() :], f"{first}-{first[: 4 - len(last)]}{last}" if last else first


def kind_of_name(name: str) -> InstrumentKind:
    """What an instrument is by its name: the first row that fits; other where none does."""
    base = fold(name.replace("《", "〈"))[0]
    for kind, match, unless in _kinds():
        if match.search(base) and not (unless and unless.search(base)):
            return kind
    return InstrumentKind.OTHER


@cache
def _kinds() -> tuple[tuple[InstrumentKind, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (InstrumentKind(row["kind"]), re.compile(row["match"]), re.compile(row["unless"]) if "unless" in row else None)
        for row in load("instruments")["kinds"]
    )


@cache
def known() -> Mapping[Key, Instrument]:
    """The national instruments of which something is certain, by their names."""
    found: dict[Key, Instrument] = {}
    for row in load("instruments")["known"]:
        said = {name: row.get(name, "") for name in ("number", "date", "issuer", "source", "url")}
        one = Instrument(_address(Key(*fold(row["name"]))), row["name"], InstrumentKind(row["kind"]), **said)
        found |= {Key(*fold(name)): one for name in (row["name"], *row.get("aliases", []))}
    return found


def _address(key: Key) -> str:
    parts = (term_id(key.base) or hashlib.sha256(key.base.encode()).hexdigest()[:8], key.years, key.report)
    return "-".join(part for part in parts if part)


# ---- over reports: in three goes, so that of many reports one at a time is looked at


def instruments(publications: Sequence[Publication]) -> tuple[NamedInstrument, ...]:
    """Every instrument the reports name, by kind and then by address."""
    found = [found_in(publication) for publication in publications]
    editions = known_editions()
    for own in found:
        note_editions(own, editions)
    forms: dict[Key, Forms] = {}
    mentions: dict[Key, list[NamedAt]] = {}
    for own in found:
        for one, key in zip(own, keys(own, editions), strict=True):
            forms.setdefault(key, Forms()).add(one.named)
            mentions.setdefault(key, []).append(one)
    return tuple(
        NamedInstrument(instrument, tuple(one.mention(instrument.id) for one in mentions[key]))
        for key, instrument in described(forms).items()
    )


def found_in(publication: Publication) -> tuple[NamedAt, ...]:
    """Every name in a report, in reading order."""
    text = publication.report.source.text
    return tuple(
        NamedAt(one, publication.id, publication.year, segment.id, segment.start)
        for segment in publication.report.segments
        if segment.id
        for one in named(text[segment.start : segment.end])
    )


Editions = dict[str, set[str]]  # of each name the years that tell instruments of this name apart


def known_editions() -> Editions:
    """Those of the instruments of which something is certain."""
    editions: Editions = {}
    for key in known():
        editions.setdefault(key.base, set()).add(_term(key.base, key.years))
    return editions


def note_editions(found: Iterable[NamedAt], editions: Editions) -> None:
    """Those that a report names as well."""
    for one in found:
        base, years = fold(one.named.name)
        editions.setdefault(base, set()).add(_term(base, years))


def keys(found: Sequence[NamedAt], editions: Editions) -> list[Key]:
    """What each name of a report means: a short one what it points to, one without years that with years."""
    meant: list[Key] = []
    before: dict[Key, None] = {}  # what was named so far, the last named last
    for one in found:
        base, years = fold(one.named.name)
        key = _pointed_to(base, one.publication, before) if _is_short(base) else Key(base, _term(base, years))
        if not key.years and not key.report:
            key = replace(key, years=_years_meant(editions.get(key.base, set()), one.year))
        before.pop(key, None)
        before[key] = None
        meant.append(key)
    return meant


def described(forms: Mapping[Key, Forms]) -> dict[Key, Instrument]:
    """What each is, by kind and then by address."""
    rank = {kind: place for place, kind in enumerate(InstrumentKind)}
    found = [(key, _instrument(key, said)) for key, said in forms.items()]
    ordered = sorted(found, key=lambda pair: (rank[pair[1].kind], pair[1].id, pair[1].name))
    return dict(_unlike(ordered))


_EDITED = frozenset(list(InstrumentKind)[:5])  # in these one year tells an edition, not another instrument


def _term(base: str, years: str) -> str:
    """The years that tell two instruments of one name apart."""
    return "" if "-" not in years and kind_of_name(base) in _EDITED else years


def _is_short(base: str) -> bool:
    return base in load("instruments")["short"] and Key(base) not in known()


def _pointed_to(base: str, report: str, before: dict[Key, None]) -> Key:
    """What the report named last that ends so; else a name that means something in this report alone."""
    ending = (key for key in reversed(before) if key.base.endswith(base) and not key.report)
    return next(ending, Key(base, report=report))


def _years_meant(terms: Iterable[str], year: str) -> str:
    """The years a name without them stands for: the term the report's year lies in, else the only edition."""
    dated = sorted(filter(None, terms))
    spans = [term for term in dated if "-" in term]
    if spans:
        within = [term for term in spans if year and term[:4] <= year <= term[5:]]
        return within[0] if len(within) == 1 else ""
    return dated[0] if len(dated) == 1 else ""


def _instrument(key: Key, said: Forms) -> Instrument:
    forms = sorted(said.names, key=_fullest, reverse=True)
    instrument = known().get(key) or _by_its_names(key, forms, said.kinds)
    aliases = tuple(form for form in forms if form != instrument.name)
    return replace(instrument, aliases=aliases, number=instrument.number or min(said.numbers, default=""))


def _fullest(form: str) -> tuple[int, int, str]:
    """The longest form first; of equals the one with brackets and marks at full width and digits at half."""
    return len(form), -len(re.findall("[０-９]", form)), form


def _by_its_names(key: Key, forms: Sequence[str], kinds: Iterable[InstrumentKind]) -> Instrument:
    """By its longest form; its kind by the name, where that says nothing by the rule that found it."""
    full = [form for form in forms if not _is_short(fold(form)[0])] or forms
    kind = kind_of_name(full[0])
    told = sorted(kinds)
    return Instrument(_address(key), full[0], told[0] if told and kind is InstrumentKind.OTHER else kind)


def _unlike(found: Iterable[tuple[Key, Instrument]]) -> Iterator[tuple[Key, Instrument]]:
    """Two names that sound alike have addresses of their own: the later one with a mark of its name."""
    met: set[str] = set()
    for key, one in found:
        id_ = one.id
        if id_ in met:
            id_ = f"{id_}-{hashlib.sha256(fold(one.name)[0].encode()).hexdigest()[:8]}"
        met.add(id_)
        yield key, replace(one, id=id_)
