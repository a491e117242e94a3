"""Proof sheet -> its page, which is there in a preview only."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from markupsafe import Markup

from ..ids import PROOF
from ..messages import file_and_page
from ..publication.proof import FIELD_WORDS, ProofRow, Sort, doubtful, proof
from ..wording.here import Here
from ..wording.marks import escape
from ..wording.names import Names, Said
from .page import File, markdown_page

_LISTS = {Sort.HEADING: "headings:", Sort.FIGURE: "figures:", Sort.SLIP: "headings:"}  # of the sidecar


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the proof sheet."""

    place: str
    link: Markup  # in HTML; empty where it stands on no page
    line: str  # of the text, its page too where the file has pages; empty where it stands on none
    says: Said
    doubt: str
    correction: str  # YAML for the sidecar; empty where it can say nothing of it


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """The rows of a sort."""

    id: str
    title: str
    key: str  # of the sidecar, under which the corrections stand; empty where each is a key itself
    rows: tuple[SheetRow, ...]


def proof_page(names: Names) -> File:
    """What is doubtful first, then everything by sort."""
    publication, here = names.publication, Here.of(names, PROOF)
    found = proof(publication)
    groups = [SheetGroup("doubtful", names.words("proof_doubtful"), "", _rows(names, here, doubtful(found)))]
    for sort, group in groupby(found, key=lambda row: row.sort):
        rows = list(group)
        key = _LISTS.get(sort, "") if any(row.correction for row in rows) else ""
        groups.append(SheetGroup(sort, names.words(f"proof_{sort}"), key, _rows(names, here, rows)))
    file = PurePosixPath(publication.report.source.path).with_suffix(".yml").name
    title = f"{names.words('proof_sheet')} · {names.short_title()}"
    says = escape(names.words("proof_sheet_says", file=file))
    return markdown_page("proof", here.path, title, words=names.words, title=title, says=says, groups=groups)


def _rows(names: Names, here: Here, rows: list[ProofRow]) -> tuple[SheetRow, ...]:
    return tuple(_row(names, here, row) for row in rows)


def _row(names: Names, here: Here, row: ProofRow) -> SheetRow:
    place, link = names.words(FIELD_WORDS.get(row.id, row.id)) if row.sort is Sort.METADATA else row.id, Markup("")
    if row.anchor:
        place = names.place(row.anchor)
        link = here.page_link(names, names.home(row.anchor), row.anchor)
    if row.sort is Sort.LEFT_OUT:
        place = ""
    doubt = names.words(row.doubt) if row.doubt else ""
    line = [*file_and_page(row.found, names.language)] if row.found else []
    line += [names.words("proof_line_number", line=str(row.line))] if row.line else []
    return SheetRow(place, link, " ".join(line), Said(escape(row.says), names.lang), doubt, row.correction)
