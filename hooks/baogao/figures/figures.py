"""Report -> Figures. Every quantity of headings, sentences and table rows, placed in the file and named.

Afterwards: ``source.text[start:end] == quote``; ids are unique and depend on the sentence and the offset
in it alone; the order is that of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from ..model import Bound, Figure, Kind, Part, Printed, Quantity, Report, Role, Section, Sentence, Theme
from ..outline.themes import theme_of
from ..outline.times import TimeFrame, time_frames
from ..patterns import HAN
from .circumstances import Circumstances, circumstances
from .matters import matter_of
from .quantity import find_quantities_on
from .ratios import ratio_things
from .subjects import Name, Namer
from .tables import read_tables


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known of a passage before its words are read."""

    year: str  # the one reviewed, in four digits; empty where not known
    times: Mapping[str, TimeFrame]  # of what years each heading and sentence speaks
    matter: str = ""  # what the headings above name
    role: Role = Role.OTHER
    theme: Theme | None = None
    strict: bool = False  # a name needs enough points


@dataclass(frozen=True, slots=True)
class _FigureText:
    """A heading, a sentence or a row."""

    stem: str  # of the ids of its figures
    sentence: str  # its own id
    start: int  # in the file
    text: str
    shift: int = 0  # added to the offsets of the ids


_ADDED_UP = re.compile(
    f"(?:累计(?!达|突破|超)|(?<![公中一])共(?![同享识计青产]|建[^成设立]))[{HAN}]{{2,}}(?:（[^（）]*）[{HAN}]*)?$"
)
_CUMULATED = re.compile(f"(?<![{HAN}])累计(?!达|突破|超)[{HAN}]{{2,}}$")
_YEARS = re.compile("^[三四五]年来?(?:全[国省市区县州])?")
_HOW_CHANGED = re.compile("(?:[增降]幅|增加量|减少量)$(?<!年均..)")
_BASE_WORDS = re.compile("^(?:相较于?|较|与|和|同|比)|(?:相比|比)$")
_WINDOW = 24  # characters before a number that may say it is a sum
_ABOVE = 6  # so many lines above a table may hold its title and its unit


def find_figures(report: Report, year: str = "", strict: bool = False) -> tuple[Figure, ...]:
    """All figures of the report in reading order. `year`: the one whose results it gives, in four digits; `strict`:
    names are withheld that are not likely right (confidence.py)."""
    return tuple(_figures(report, year, strict))


def _figures(report: Report, year: str, strict: bool) -> Iterator[Figure]:
    whole = _Context(year, time_frames(report, year), strict=strict)
    yield from _in_sentences(report.preamble, whole)
    for section in report.sections:
        yield from _in_section(report, section, whole)
    yield from _in_sentences(report.annex, whole)


def _in_section(report: Report, section: Section, above: _Context) -> Iterator[Figure]:
    """A node and those below it."""
    matter = matter_of(section.heading.text if section.heading else "") or above.matter
    place = _Context(above.year, above.times, matter, section.role, section.theme, above.strict)
    yield from _in_heading(report, section, place)
    yield from _in_sentences(section.sentences, place, section.heading.text if section.heading else "")
    for child in section.sections:
        yield from _in_section(report, child, place)


def _in_heading(report: Report, section: Section, place: _Context) -> Iterator[Figure]:
    """Offsets in a heading count from the numeral, so that they stay when the heading's words are edited."""
    if not section.heading:
        return
    head = section.heading
    text = report.source.text[head.start : head.end]
    shift = head.start - section.start
    yield from _in_text(
        _FigureText(f"{section.id}-0", f"h{section.id}", head.start, text, shift), Namer(strict=place.strict), place
    )


def _in_sentences(sentences: Sequence[Sentence], place: _Context, heading: str = "") -> Iterator[Figure]:
    namer, at = Namer(place.matter, place.strict), 0
    for part, run in groupby(sentences, key=lambda sentence: sentence.part):
        rows = tuple(run)
        if part is Part.TABLE:
            above = [sentence.text for sentence in sentences[max(0, at - _ABOVE) : at] if sentence.part is not part]
            yield from _in_table(rows, above, heading, place)
        else:
            for before, one in zip((None, *rows), rows, strict=False):
                yield from _in_text(_passage(one), namer, place, before.text if before else "")
        at += len(rows)


def _passage(one: Sentence) -> _FigureText:
    return _FigureText(one.id.removeprefix("s"), one.id, one.start, one.text)


def _in_text(passage: _FigureText, namer: Namer, place: _Context, before: str = "") -> Iterator[Figure]:
    """`before`: the passage before, on whose last line a number may have begun."""
    quantities = find_quantities_on(before, passage.text)
    named: list[Name] = namer.name(passage.text, quantities)
    theme = (theme_of("", [passage.text]) if quantities else None) or place.theme  # of the sentence
    when = circumstances(passage.text, quantities, place.year, place.role, place.times.get(passage.sentence))
    name = Name("")
    for quantity, unsummed, about in zip(quantities, named, when, strict=True):
        name = _against(_summed(unsummed, quantity, passage.text, about.period, name.subject), quantity, about)
        yield _figure(passage, quantity, name, name.subject, about, place.role, theme)


def _summed(name: Name, quantity: Quantity, text: str, period: str, before: str) -> Name:
    """What is added up over several years says so (五年累计投入资金14亿元), and so does what it is a multiple of.

    `before`: the name before it.
    """
    if quantity.dimension == "multiple" and before.startswith("累计") and name.subject.startswith(before[2:] + "（"):
        return replace(name, subject=f"累计{name.subject}")
    if quantity.kind is not Kind.LEVEL or not name.subject or "累计" in name.subject:
        return name
    how = _ADDED_UP if "/" in period else _CUMULATED
    added = how.search(text, max(0, quantity.start - _WINDOW), quantity.start)
    return replace(name, subject="累计" + _YEARS.sub("", name.subject)) if added else name


def _against(name: Name, quantity: Quantity, about: Circumstances) -> Name:
    """A change since years ago says since when: 与“十一五”末相比，总额增长189% is no growth of one year."""
    ended = about.period.split("/")[-1][:4]
    if quantity.kind is not Kind.CHANGE or not about.base_year or not ended:
        return name
    how = _HOW_CHANGED.search(name.subject)
    if int(ended) - int(about.base_year) < 2 or not how or "较" in name.subject:
        return name
    return replace(name, subject=f"{name.subject[: how.start()]}较{_BASE_WORDS.sub('', about.base)}{how[0]}")


def _in_table(rows: Sequence[Sentence], above: Sequence[str], heading: str, place: _Context) -> Iterator[Figure]:
    for stated in read_tables(rows, above, heading):
        passage = _passage(stated.row)
        frame = None if stated.year else place.times.get(passage.sentence)
        about = _about(stated.said, stated.quantity.kind, stated.year or place.year, place.role, frame)
        yield _figure(passage, stated.quantity, stated.name, stated.short, about, place.role, place.theme)


@lru_cache(4096)
def _about(said: str, kind: Kind, year: str, role: Role, frame: TimeFrame | None) -> Circumstances:
    """The circumstances of a number under these words: as of one that stood right behind them."""
    at = len(said)
    quantity = Quantity(at, at, at, Decimal(0), "", Bound.EXACT, kind, None, None, "", None)
    return next(circumstances(said, [quantity], year, role, frame))


def _placed(clause: Printed | None, start: int) -> Printed | None:
    """A clause of a passage as one of the file."""
    return replace(clause, start=clause.start + start, end=clause.end + start) if clause else None


def _figure(
    passage: _FigureText,
    quantity: Quantity,
    name: Name,
    short: str,
    about: Circumstances,
    role: Role,
    theme: Theme | None,
) -> Figure:
    return Figure(
        id=f"f{passage.stem}-{passage.shift + quantity.numeral}",
        sentence=passage.sentence,
        start=passage.start + quantity.start,
        end=passage.start + quantity.end,
        quote=passage.text[quantity.start : quantity.end],
        value=quantity.value,
        unit=quantity.unit,
        bound=quantity.bound,
        kind=quantity.kind,
        direction=quantity.direction,
        inclusive=quantity.inclusive,
        dimension=quantity.dimension,
        subject=name.subject,
        name=short,
        subjects=ratio_things(passage.text, quantity) or name.things,
        scope=about.scope,
        period=about.period,
        status=about.status,
        base=about.base,
        base_year=about.base_year,
        role=role,
        theme=theme_of("", [name.said or name.subject]) or theme,
        doubt=quantity.doubt or name.doubt,
        said=name.said or name.subject,
        clause=_placed(name.clause, passage.start),
        values=quantity.values,
    )
