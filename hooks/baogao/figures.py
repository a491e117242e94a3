"""Report -> Figures. Every quantity of headings, sentences and table rows, placed in the file and named.

Afterwards: ``source.text[start:end] == quote``; ids are unique and depend on the sentence and the offset
in it alone; the order is that of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .circumstances import circumstances
from .model import Figure, Part, Report, Role, Section, Sentence, Theme
from .quantity import find_quantities
from .subjects import Name, Table, Topic, matter_of
from .themes import theme_of


@dataclass(frozen=True, slots=True)
class _Place:
    """What is known of a passage before its words are read."""

    year: str  # the report's, in four digits; empty where not known
    matter: str = ""  # what the headings above name
    role: Role = Role.OTHER
    theme: Theme | None = None


def find_figures(report: Report, year: str = "") -> tuple[Figure, ...]:
    """All figures of the report in reading order. `year`: the one reported on, in four digits."""
    return tuple(_figures(report, year))


def _figures(report: Report, year: str) -> Iterator[Figure]:
    yield from _in_sentences(report.preamble, _Place(year))
    for section in report.sections:
        yield from _in_section(report, section, _Place(year))
    yield from _in_sentences(report.annex, _Place(year))


def _in_section(report: Report, section: Section, above: _Place) -> Iterator[Figure]:
    """A node and those below it."""
    matter = matter_of(section.heading.text if section.heading else "") or above.matter
    place = _Place(above.year, matter, section.role, section.theme)
    yield from _in_heading(report, section, place)
    yield from _in_sentences(section.sentences, place)
    for child in section.sections:
        yield from _in_section(report, child, place)


def _in_heading(report: Report, section: Section, place: _Place) -> Iterator[Figure]:
    """Offsets in a heading count from the numeral, so that they stay when the heading's words are edited."""
    if not section.heading:
        return
    head = section.heading
    text = report.source.text[head.start : head.end]
    shift = head.start - section.start
    yield from _named(f"{section.id}-0", f"h{section.id}", head.start, shift, text, Topic(), place)


def _in_sentences(sentences: Iterable[Sentence], place: _Place) -> Iterator[Figure]:
    topic, table = Topic(place.matter), Table()
    for sentence in sentences:
        if sentence.part is not Part.TABLE:
            table = Table()
        names = table if sentence.part is Part.TABLE else topic
        yield from _named(sentence.id.removeprefix("s"), sentence.id, sentence.start, 0, sentence.text, names, place)


def _named(
    stem: str, sentence: str, start: int, shift: int, text: str, names: Topic | Table, place: _Place
) -> Iterator[Figure]:
    """The figures of one text, which stands at `start` in the file; `shift` is added to the offsets of their ids."""
    quantities = find_quantities(text)
    named: list[Name] = names.name(text, quantities)
    theme = (theme_of("", [text]) if quantities else None) or place.theme  # of the sentence
    when = circumstances(text, quantities, place.year, place.role)
    for quantity, name, about in zip(quantities, named, when, strict=True):
        yield Figure(
            id=f"f{stem}-{shift + quantity.numeral}",
            sentence=sentence,
            start=start + quantity.start,
            end=start + quantity.end,
            quote=text[quantity.start : quantity.end],
            value=quantity.value,
            unit=quantity.unit,
            bound=quantity.bound,
            kind=quantity.kind,
            direction=quantity.direction,
            inclusive=quantity.inclusive,
            dimension=quantity.dimension,
            subject=name.subject,
            name=name.short,
            subjects=name.things,
            scope=about.scope,
            period=about.period,
            status=about.status,
            base=about.base,
            base_year=about.base_year,
            role=place.role,
            theme=theme_of("", [name.subject]) or theme,
            doubt=quantity.doubt or name.doubt,
        )
