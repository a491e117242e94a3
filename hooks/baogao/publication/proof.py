"""Publication -> the proof sheet (校样): all that was understood of a report, what is doubtful in it, and the line of
its sidecar that says it otherwise.

Slips of typing are told and shown as printed: no line of a sidecar changes what a report says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

import yaml

from ..model import Figure, Part, Whereabouts
from ..patterns import FULL_WIDTH_BRACKETS, ONE_TO_NINE
from ..readers.lines import LINE_END
from ..readers.particulars import said_by_file_name
from ..readers.whereabouts import Taken
from ..rules import load
from ..translation.po import State
from .proofreading import to_proofread
from .publication import Publication, iso_day


class Sort(StrEnum):
    """What a row is about, in the order of the sheet."""

    METADATA = "metadata"  # title, issuer, place...
    HEADING = "heading"
    FIGURE = "figure"
    SLIP = "slip"  # of typing, in the report
    LEFT_OUT = "left_out"  # lines of the file that stand on no page
    UNIT = "unit"  # of translation, where there is no English or another


@dataclass(frozen=True, slots=True)
class ProofRow:
    """Something understood. `doubt` is empty where nothing speaks against it."""

    sort: Sort
    id: str  # of the heading, sentence, figure or unit; of metadata its key in the sidecar
    anchor: str  # of the heading, sentence or row it is about, on its page; empty where it stands on none
    line: int  # of the text; 0 where it stands on none
    says: str
    doubt: str = ""  # a word of rules/words.yml
    correction: str = ""  # YAML: a key of the sidecar, or an item of its list `headings` or `figures`
    found: Whereabouts | None = None  # of a line of a text taken out of the file


METADATA = ("title", "issuer", "place", "year", "published", "source", "url")
FIELD_WORDS = {"title": "original_title", "url": "original_page"}  # of rules/words.yml, where the key is no word there
# What to write where the text says nothing: a value of the right form, to be replaced.
_EXAMPLES = {
    "title": "某某区2023年度法治政府建设情况报告", "issuer": "某某区人民政府", "place": "某某市某某区", "year": "2023",
    "published": "2024-01-31", "source": "区司法局", "url": "https://www.example.gov.cn/a.html",
}  # fmt: skip
_QUOTED = 24  # characters by which a place is known again
_FOR_EXAMPLE = "  # 例，请改；an example, replace it"
_SIGNED = "  # 成文日期，不一定是公布日期，请核对；the day it was signed, check when it was published"
_FROM_NAME = "  # 取自文件名，请核对；from the file's name, check it"


def proof(publication: Publication) -> list[ProofRow]:
    """All rows: metadata, headings, figures, slips, lines left out, units, each in reading order."""
    taken = Taken.of(publication.report.source)
    rows = (
        *_metadata(publication, taken),
        *_scan(publication),
        *_headings(publication),
        *_figures(publication, taken),
        *_slips(publication),
        *_out_of_order(publication),
        *_left_out(publication),
        *_units(publication),
    )
    return [replace(row, found=row.found or taken.found(row.line)) for row in rows]


def doubtful(rows: Iterable[ProofRow]) -> list[ProofRow]:
    """The rows that want a person's look. What is not translated is none of them: it is work to do, or not."""
    return [row for row in rows if row.doubt and row.sort is not Sort.UNIT]


def untranslated(rows: Iterable[ProofRow]) -> list[ProofRow]:
    """The rows of what is not translated, or to be checked, in a report whose translation is begun."""
    return [row for row in rows if row.sort is Sort.UNIT]


def _metadata(publication: Publication, taken: Taken) -> Iterator[ProofRow]:
    source = publication.report.source
    in_name = said_by_file_name(source.path)
    for name in METADATA:
        said = source.particulars and getattr(source.particulars, name, None)
        given = publication.sidecar.url if name == "url" else publication.given(name)
        value = {"published": publication.published, "year": publication.year}.get(name, given)
        line = taken.line_at(said.start) if said and value else 0
        signed = iso_day(source.particulars.signed.text) if name == "published" and source.particulars.signed else ""
        shown = value or in_name.get(name) or signed or _EXAMPLES[name]
        asks = "" if value else _FROM_NAME if name in in_name else _SIGNED if signed else _FOR_EXAMPLE
        written = _yaml({name: int(shown) if name == "year" else shown}) + asks
        wanted = not value and name != "source"  # of the portal's own label nobody asks
        yield ProofRow(Sort.METADATA, name, "", line, value, "proof_missing" if wanted else "", written)


def _scan(publication: Publication) -> Iterator[ProofRow]:
    """Of a text read off a scan, the line that says it was compared with it."""
    if said := to_proofread(publication.report.source, publication.sidecar):
        yield ProofRow(Sort.METADATA, "proofread", "", 0, "", "proof_scanned", _yaml({"proofread": said}))


def _headings(publication: Publication) -> Iterator[ProofRow]:
    for item in publication.items:
        node = item.section
        written = _heading_correction(publication, node.start, {"level": node.level})
        yield ProofRow(Sort.HEADING, f"h{item.id}", item.anchor, node.paragraph, item.label, "", written)


def _heading_correction(publication: Publication, at: int, said: Mapping[str, object]) -> str:
    """An item of the sidecar's list `headings` about what begins at a place of the text."""
    source = publication.report.source
    line = next(line for line in source.body if line.start <= at < line.end)
    quote = source.text[at : min(line.end, at + _QUOTED)].split("\t")[0].rstrip()
    return f"- {_yaml({'line': line.number, 'quote': quote, **said})}"


def _figures(publication: Publication, taken: Taken) -> Iterator[ProofRow]:
    line_at = publication.report.source.line_at
    for figure in publication.figures:
        doubt, line = f"doubt_{figure.doubt}" if figure.doubt else "", line_at(figure.start)
        said, found = (_said(figure), doubt, correction_of(figure)), taken.found(line, (figure.start, figure.end))
        yield ProofRow(Sort.FIGURE, figure.id, figure.sentence, line, *said, found)


def _said(figure: Figure) -> str:
    return f"{figure.quote} {figure.told}".rstrip()


def correction_of(figure: Figure) -> str:
    """An item of the sidecar's list `figures` that says of a figure what is understood already."""
    item = {"id": figure.id, "quote": figure.quote, "subject": figure.subject or "..."}
    return f"- {_yaml(item)}"


def _yaml(given: Mapping[str, object]) -> str:
    flow = len(given) > 1
    return yaml.safe_dump(
        dict(given), allow_unicode=True, default_flow_style=flow, sort_keys=False, width=10**6
    ).strip()


def _slips(publication: Publication) -> Iterator[ProofRow]:
    for piece in publication.layout.pieces.values():
        if piece.part is Part.TABLE:  # a row is half a sentence often enough
            continue
        for says, at in _slips_in(piece.text):
            around = piece.text[max(0, at - 12) : at + 12]
            yield ProofRow(Sort.SLIP, piece.id, piece.id, piece.line, around, f"slip_{says}")


def _out_of_order(publication: Publication) -> Iterator[ProofRow]:
    """Where numerals do not follow one another, 一是, then 三是: what opens there is struck, what does not is set."""
    source = publication.report.source
    starts = {item.section.start for item in publication.items}
    begins = {line.number: line.start for line in source.body}
    pieces = publication.layout.pieces.values()
    on_line = {piece.line: piece.id for piece in [*pieces][::-1]}
    on_line |= {piece.line: piece.id for piece in pieces if piece.part is Part.HEADING}
    for finding in publication.findings:
        if finding.code.startswith("numeral-"):
            id_ = on_line.get(finding.line, "")
            at = source.text.find(finding.met, begins[finding.line])
            said = {"strike": True} if at in starts else {"level": 1}
            written = _heading_correction(publication, at, said)
            yield ProofRow(Sort.SLIP, id_, id_, finding.line, finding.met, "slip_order", written)


_PRINTED = ("title", "signature", "signed", "published", "source", "number")  # what pages say of lines outside the text


def _left_out(publication: Publication) -> Iterator[ProofRow]:
    """The lines that were taken for the portal's, or for metadata of no use, whole: only report.json keeps them. No
    doubt: on a page copied with its portal they are many."""
    source = publication.report.source
    printed = [said for name in _PRINTED if (said := getattr(source.particulars, name))]
    ends = [end.end() for end in LINE_END.finditer(source.text)]
    for segment in source.segments:
        words = source.text[segment.start : segment.end]
        shown = segment.part is Part.SIGNATURE or any(
            segment.start <= said.start < segment.end or said.start <= segment.start < said.end for said in printed
        )
        again = segment.part is Part.TITLE and source.particulars.title and words in source.particulars.title.text
        if not (shown or again or words.isspace()):
            yield ProofRow(Sort.LEFT_OUT, "left_out", "", bisect_right(ends, segment.start) + 1, words)


def _slips_in(text: str) -> Iterator[tuple[str, int]]:
    """What is wrong, and where in the text."""
    found = [(says, met.start()) for says, pattern in _patterns() for met in pattern.finditer(text)]
    found += [("unbalanced", at) for at in _unbalanced(text)]
    yield from sorted(found, key=lambda slip: slip[1])


_OPENING, _CLOSING = "《〈“（〔【", "》〉”）〕】"
_LIST_NUMERAL = re.compile(rf"(?:^|(?<=[。；;，：:]))\s*[{ONE_TO_NINE}十\d]{{1,3}}[)）]")  # 一) opens no pair


def _unbalanced(text: str) -> list[int]:
    """Where a mark is opened and not closed, or closed and not opened. The outline splits no sentence inside a pair."""
    text = _LIST_NUMERAL.sub(lambda met: " " * len(met[0]), text).translate(FULL_WIDTH_BRACKETS)
    open_, wrong = [], []
    for at, mark in enumerate(text):
        if mark in _OPENING:
            open_.append(at)
        elif mark in _CLOSING:
            if open_ and _OPENING.index(text[open_[-1]]) == _CLOSING.index(mark):
                open_.pop()
            else:
                wrong.append(at)
    return sorted(open_ + wrong)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["says"], re.compile(row["match"])) for row in load("slips")["slips"])


def _units(publication: Publication) -> Iterator[ProofRow]:
    """Nothing where the report has no English at all: that is no gap but a choice."""
    if not publication.translation.begun:
        return
    pieces = publication.layout.pieces
    sentences = {figure.id: figure.sentence for figure in publication.figures}
    for unit in publication.units():
        state = publication.translation.state(unit.id, unit.text)
        if state in (State.UNTRANSLATED, State.CHANGED):
            anchor = unit.id if unit.id in pieces else sentences.get(unit.id, "")
            line = pieces[anchor].line if anchor else 0
            yield ProofRow(Sort.UNIT, unit.id, anchor, line, unit.text, f"unit_{state}")
