"""The page 计划、成效、不足 -> the page that sets it in Chinese and in English side by side, a pair a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..ids import LANGUAGES, MATTERS
from ..wording.here import Here
from ..wording.names import Names
from .context import SiteContext
from .matter_pages import MatterGroup, MatterRow, Quoted, StatedFigure, groups


@dataclass(frozen=True, slots=True)
class CellPair:
    """What stands in a cell of a row, in both languages: passages, or figures, or that it is empty."""

    label: tuple[str, str]  # the column's
    none: tuple[str, str]  # what an empty one says
    passages: tuple[tuple[Quoted, Quoted], ...] = ()
    figures: tuple[tuple[StatedFigure, StatedFigure], ...] = ()


@dataclass(frozen=True, slots=True)
class RowPair:
    """A row in both languages."""

    id: str
    cells: tuple[CellPair, ...]


def values(names: Names, here: Here, context: SiteContext) -> dict[str, Any]:
    """What the template gets."""
    both = [Names(names.publication, language) for language in LANGUAGES]
    chinese, english = (list(groups(one, here, context, whole=True)) for one in both)
    shown = [pair for pair in zip(chinese, english, strict=True) if pair[0].rows]
    return {
        "notices": (*names.scan_notices(), names.translation_notice()),
        "single": here.page_link(names, MATTERS),
        "langs": ("zh-Hans", "") if names.lang else ("", "en"),
        "jumps": [pair[LANGUAGES.index(names.language)] for pair in shown],
        "groups": [_pair(*pair, *both) for pair in shown],
    }


def _pair(
    one: MatterGroup, other: MatterGroup, chinese: Names, english: Names
) -> tuple[str, tuple[str, str], list[RowPair]]:
    rows = [
        RowPair(row.id, tuple(_cells(row, beside, chinese, english)))
        for row, beside in zip(one.rows, other.rows, strict=True)
    ]
    return one.id, (one.title, other.title), rows


def _cells(row: MatterRow, beside: MatterRow, chinese: Names, english: Names) -> Iterator[CellPair]:
    def said(key: str) -> tuple[str, str]:
        return chinese.words(key), english.words(key)

    plan = ((row.plan, beside.plan),) if row.plan and beside.plan else ()
    measures, lacks = zip(row.measures, beside.measures, strict=True), zip(row.lacks, beside.lacks, strict=True)
    figures = tuple(zip(row.figures, beside.figures, strict=True))
    yield CellPair(said("matters_plan"), said("matters_no_plan"), plan)
    yield CellPair(said("matters_done"), said("matters_no_measure"), tuple(measures))
    yield CellPair(said("figures"), said("matters_no_figure"), figures=figures)
    yield CellPair(said("matters_lacking"), said("matters_no_lack"), tuple(lacks))
