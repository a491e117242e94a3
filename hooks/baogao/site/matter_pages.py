"""Matters of a report -> the values of the page 计划、成效、不足, and of what the overview and a section show of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from ..ids import FIGURES, MATTERS, node_of, page_of
from ..model import Figure, Theme
from ..relations.changes import Fate, Planned, Since
from ..relations.matters import Answer, Lack, Matter, Measure
from ..relations.passages import Span
from ..relations.tensions import Tension
from ..relations.themes import ByTheme, OnTheme
from ..rules import load
from ..wording.addresses import bilingual
from ..wording.here import Here
from ..wording.marks import escape, printed
from ..wording.names import Names, Said
from .context import SiteContext
from .linked import Linked, checked, phrase

_CELL = {"zh": 100, "en": 240}  # characters shown of a passage
_WHOLE = dict.fromkeys(_CELL, sys.maxsize)
_LINE = {"zh": 38, "en": 90}  # on the overview
_LINES = 3
_FIGURES = 6  # of a row; the sentence has them all


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage in a cell."""

    said: Said  # cut at a phrase; what is repeated marked
    place: str
    link: Markup  # in HTML
    note: str = ""  # what it is: repeated word for word, answered, partly...
    sort: str = ""  # of the note: again, answered, partly, not_found
    checked: Markup = Markup()  # that a person looked at it, and the reason


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure in a cell."""

    value: str  # with its unit
    name: Said
    link: Markup  # in HTML


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A row of the page; a cell without passages is empty."""

    id: str
    counted: str  # as what the tally counts it: planned repeated without
    plan: Quoted | None
    measures: tuple[Quoted, ...]
    figures: tuple[StatedFigure, ...]
    lacks: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class MatterGroup:
    """The rows of a theme."""

    id: str
    title: str
    count: str
    rows: tuple[MatterRow, ...]
    figures: str  # how many the report has of the theme, in words; empty where none
    figures_link: Markup  # in HTML
    also: str  # that more was done, and how much; empty where nothing
    done: tuple[Quoted, ...]  # that
    cut: bool  # not all of it


@dataclass(frozen=True, slots=True)
class Promise:
    """A passage of last year's plan, and what this year's report has of it."""

    plan: Quoted
    results: tuple[Quoted, ...]
    figures: tuple[StatedFigure, ...]
    fate: str  # in words: kept in this year's plan, changed, gone


@dataclass(frozen=True, slots=True)
class Asked:
    """Statements set side by side, and the question."""

    id: str
    about: Said | None
    question: str
    statements: tuple[Quoted, ...]
    computed: str


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """A row of the page in a line."""

    says: str
    said: Said
    place: str
    link: Markup  # in HTML, to the row


def values(names: Names, here: Here, context: SiteContext) -> dict[str, Any]:
    """What the template gets."""
    own = context.matters[names.publication.id]
    since = context.since.get(names.publication.id)
    then = context.names[since.then.id] if since else None
    counts = _counts(own)
    return {
        "says": names.words("matters_says"),
        "heads": heads(names),
        "tally": [
            (names.words.count(f"matters_n_{name}", count), count, f"is-{name}") for name, count in counts if count
        ],
        "groups": [*groups(names, here, context)],
        "promises": [*_promises(since, then, names, here)] if since and then else [],
        "promises_head": names.words("matters_promises", before=since.then.year, year=since.now.year) if since else "",
        "years": (since.then.year, since.now.year) if since else (),
        "asked": [_asked(one, names, here) for one in context.tensions[names.publication.id]],
        "bilingual": here.page_link(names, bilingual(MATTERS)) if names.publication.translation.begun else "",
        "downloads": [("CSV", here.to(names.path(MATTERS, "csv")))],
    }


def heads(names: Names) -> tuple[str, str]:
    """What stands over plan and results: the year each is of, where the report's own is known. A plan of 2024 beside
    results of 2023 is none that was not kept."""
    plan, done, year = names.words("matters_plan"), names.words("matters_done"), names.publication.year_reviewed
    if not year:
        return plan, done
    planned = names.words("matters_year_planned", year=str(int(year) + 1), what=plan)
    return planned, names.words("matters_year", year=year, what=done)


def _counts(own: Sequence[Matter]) -> Iterator[tuple[str, int]]:
    for name in ("planned", "repeated", "without"):
        yield name, sum(name in _counted(one) for one in own)
    for answer in Answer:
        yield answer, len({lack.span for one in own for lack in one.lacks if lack.answer is answer})


def _counted(one: Matter) -> list[str]:
    """As what the tally counts a matter."""
    of_plan = {"planned": True, "repeated": one.repeated, "without": not one.measures}
    return [name for name, is_it in of_plan.items() if one.plan and is_it] + [
        answer for answer in Answer if any(lack.answer is answer for lack in one.lacks)
    ]


def rows_below(section: str, names: Names, here: Here, context: SiteContext) -> dict[int, Linked]:
    """Below each shortcoming that a section's page tells, by the offset where it ends, the way to its row: beside plan
    and results. That no answer was found is said here; an answer stands there as a link of its own."""
    told: dict[int, Linked] = {}
    for one in context.matters.get(names.publication.id, ()):
        for lack in (lack for lack in one.lacks if page_of(node_of(lack.span.anchor)) == section):
            says = names.words(f"answer_{lack.answer}") if lack.answer is Answer.NOT_FOUND else ""
            row = here.page_link(names, MATTERS, one.id)
            told.setdefault(lack.span.end, Linked(says, "", "", Said(escape(names.words("matters_here"))), row, ()))
    return told


def lines(names: Names, here: Here, context: SiteContext, told: Container[str]) -> list[OverviewLine]:
    """Three lines for the overview, each of another row and another passage: a shortcoming without its answer, then one
    with it, then what is said again. `told`: the ids of what the overview says elsewhere, which is not said twice."""
    lines: list[OverviewLine] = []
    met: set[str | Span] = set()
    for says, one, span in _worth_a_line(context.matters.get(names.publication.id, ()), names):
        if len(lines) < _LINES and span.anchor not in told and not met & {one.id, span}:
            met |= {one.id, span}
            lines.append(_line(names, here, one, says, span))
    return lines


def answers(names: Names, here: Here, context: SiteContext) -> dict[str, OverviewLine]:
    """Of each shortcoming, by the id it begins with, what the plan has for it; the least where that is told twice."""
    told: dict[str, OverviewLine] = {}
    for says, one, span in _worth_a_line(context.matters.get(names.publication.id, ()), names):
        if any(lack.span == span for lack in one.lacks):
            told.setdefault(span.anchor, _line(names, here, one, says, span))
    return told


def _worth_a_line(own: Sequence[Matter], names: Names) -> Iterator[tuple[str, Matter, Span]]:
    """Passages of matters, those that tell most first, and what is said of each."""
    for answer in (Answer.NOT_FOUND, Answer.PARTLY, Answer.ANSWERED):
        for one in own:
            found = [lack.span for lack in one.lacks if lack.answer is answer]
            yield from ((names.words(f"answer_{answer}"), one, span) for span in found)
    yield from ((names.words("matters_again_done"), one, one.plan) for one in own if one.repeated and one.plan)
    yield from ((names.words("matters_continued"), one, one.plan) for one in own if one.plan and one.measures)


def _line(names: Names, here: Here, one: Matter, says: str, span: Span) -> OverviewLine:
    return OverviewLine(
        says, _said(names, span, (), _LINE), names.place(span.anchor), here.page_link(names, MATTERS, one.id)
    )


# ---- rows


def groups(names: Names, here: Here, context: SiteContext, *, whole: bool = False) -> Iterator[MatterGroup]:
    """The rows by theme, in the order of the themes; those without one last. With them what else was done. `whole`: no
    passage of a row is cut."""
    own, said = context.matters[names.publication.id], context.themes[names.publication.id]
    titles = {row["theme"]: row[names.language] for row in load("themes")["themes"]}
    for theme, (of_theme, done) in told_on(own, said).items():
        rows = tuple(_row(one, names, here, _WHOLE if whole else _CELL) for one in of_theme)
        stated = len(said.get(theme, OnTheme()).figures)
        yield MatterGroup(
            f"theme-{theme or 'none'}",
            titles[theme] if theme else names.words("theme_none"),
            names.words.count("count_matters", len(rows)),
            rows,
            names.words.count("count_figures", stated) if stated else "",
            here.page_link(names, FIGURES, f"theme-{theme or 'none'}"),
            names.words("matters_also_done", n=len(done)) if done else "",
            tuple(cell(names, here, span, most=_LINE) for span in done[: load("themes")["shown"]]),
            len(done) > load("themes")["shown"],
        )


def told_on(own: Sequence[Matter], said: ByTheme) -> dict[Theme | None, tuple[list[Matter], list[Span]]]:
    """Under each theme its matters, and what was done that stands beside none. A theme with neither is not there, even
    where the report speaks of it: then all it says stands in matters of others."""
    beside = {measure.span for one in own for measure in one.measures}
    told = {
        theme: (
            [one for one in own if one.theme is theme],
            [span for span in said.get(theme, OnTheme()).done if span not in beside],
        )
        for theme in (*Theme, None)
    }
    return {theme: parts for theme, parts in told.items() if any(parts)}


def place_on_page(theme: Theme | None, own: Sequence[Matter], said: ByTheme) -> str:
    """The id on the page under which a theme is told, else that of the first row with a passage of it; empty where none
    has."""
    if theme in told_on(own, said):
        return f"theme-{theme or 'none'}"
    of_theme = said.get(theme, OnTheme())
    passages = {*of_theme.done, *of_theme.lacking, *of_theme.planned}
    return next((one.id for one in own if passages & {*_passages(one)}), "")


def _passages(one: Matter) -> Iterator[Span]:
    yield from (one.plan,) if one.plan else ()
    yield from (measure.span for measure in one.measures)
    yield from (lack.span for lack in one.lacks)


def _row(one: Matter, names: Names, here: Here, most: dict[str, int] = _CELL) -> MatterRow:
    runs = tuple(run for measure in one.measures for run in measure.repeated)
    figures = tuple(figure_cell(figure, names, here) for figure in one.figures[:_FIGURES])
    return MatterRow(
        one.id,
        " ".join(_counted(one)),
        cell(names, here, one.plan, runs, most=most) if one.plan else None,
        tuple(_measure(measure, names, here, most) for measure in one.measures),
        figures,
        tuple(_lack(lack, names, here, most) for lack in one.lacks),
    )


def cell(
    names: Names,
    here: Here,
    span: Span,
    runs: Sequence[str] = (),
    note: str = "",
    sort: str = "",
    most: dict[str, int] = _CELL,
) -> Quoted:
    """A passage in a cell, cut to so many characters by language."""
    link = here.page_link(names, names.home(span.anchor), span.anchor)
    return Quoted(_said(names, span, runs, most), names.place(span.anchor), link, note, sort)


def _measure(measure: Measure, names: Names, here: Here, most: dict[str, int]) -> Quoted:
    again = bool(measure.repeated)
    note = names.words("matters_again") if again else ""
    said = cell(names, here, measure.span, measure.repeated, note, "again" if again else "", most)
    return replace(said, checked=checked(names, measure.reason))


def _lack(lack: Lack, names: Names, here: Here, most: dict[str, int]) -> Quoted:
    said = cell(names, here, lack.span, (), names.words(f"answer_{lack.answer}"), lack.answer, most)
    return replace(said, checked=checked(names, lack.reason))


def _said(names: Names, span: Span, runs: Sequence[str], most: dict[str, int]) -> Said:
    """A passage cut at a phrase, in the page's language; in Chinese with what is repeated marked."""
    english = _english(names, span)
    if english:
        return Said(escape(phrase(english, most["en"])))
    chinese = phrase(names.text[span.start : span.end], most["zh"])
    run = next((one for one in runs if one in chinese), "")
    before, _, behind = chinese.partition(run) if run else (chinese, "", "")
    marked = Markup("<mark>{}</mark>").format(printed(run)) if run else ""
    return Said(Markup("{}{}{}").format(printed(before), marked, printed(behind)), names.lang)


def _english(names: Names, span: Span) -> str:
    """The English of a passage: of its heading with its sentences, or of its sentence; empty where one has none."""
    if not names.lang:
        return ""
    inside = [one for one in names.pieces.values() if span.start <= one.start and one.end <= span.end]
    if not inside:  # a part of a sentence: the whole of it
        inside = [names.pieces[span.anchor]]
    said = [names.translation.english(one.id, one.text) for one in inside]
    return (
        re.sub(r"(?<=[^\W_])\n", ". ", "\n".join(said)).replace("\n", " ") if all(said) else ""
    )  # a heading has no stop


def figure_cell(figure: Figure, names: Names, here: Here) -> StatedFigure:
    """A figure in a cell."""
    value = names.written(figure)
    link = here.page_link(names, names.home(figure.sentence), figure.id)
    return StatedFigure(value.text, names.subject(figure, short=True), link)


# ---- what asks for a question


def _asked(one: Tension, names: Names, here: Here) -> Asked:
    about = names.termed(one.about)
    return Asked(
        one.id,
        None if about.lang and names.translation.begun else about,
        names.words(f"tension_{one.kind}"),
        tuple(cell(names, here, span, one.said) for span in one.statements),
        one.computed,
    )


# ---- last year's plan


_FATES = {Fate.KEPT: "kept", Fate.CHANGED: "changed"}


def _promises(since: Since, then: Names, names: Names, here: Here) -> Iterator[Promise]:
    fates = {change.then.anchor: change.sort for part in since.parts for change in part.changes if change.then}
    for one in since.plan:
        yield _promise(one, fates.get(one.span.anchor, Fate.GONE), then, names, here)


def _promise(one: Planned, fate: Fate, then: Names, names: Names, here: Here) -> Promise:
    stated = [
        figure
        for link in one.results
        for figure in names.publication.figures
        if link.to.start <= figure.start and figure.end <= link.to.end
    ]
    return Promise(
        cell(then, here, one.span),
        tuple(cell(names, here, link.to) for link in one.results),
        tuple(figure_cell(figure, names, here) for figure in stated[:_FIGURES]),
        names.words(f"promise_{_FATES.get(fate, 'gone')}"),
    )
