"""A report that comes in: what was understood of it, whether it is here already, and the sidecar it begins with."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from difflib import unified_diff
from itertools import chain, count
from pathlib import PurePath

import yaml

from .messages import at, placed
from .model import Form
from .patterns import HAN
from .publication.proof import FIELD_WORDS, METADATA, ProofRow, Sort, doubtful, proof
from .publication.publication import Publication
from .readers.extract import ENDING
from .rules import load
from .wording.words import Words

_LONGEST_NAME = 60  # characters of the name that an attachment had; a file system takes 255 bytes
ALIKE = 0.8  # of the sentences of the shorter report: two copies differ by a portal's slips, two years by far more


def same_report(publication: Publication, others: Sequence[Publication]) -> Publication | None:
    """The report that is here already, from this portal or another: with the same sentences and of no other place or
    year, as of two departments that filled in one form; or of the same address and of no other title or issuer, as of
    two departments whose names sound the same."""
    said = _sentences(publication)
    for other in others:
        theirs = _sentences(other)
        common = (Counter(said) & Counter(theirs)).total()
        alike = common >= ALIKE * max(1, min(len(said), len(theirs)))
        called = other.id == publication.id and not _differ(publication, other, "title", "issuer")
        if (alike or called) and not _differ(publication, other, "place", "year"):
            return other
    return None


def _differ(one: Publication, other: Publication, *names: str) -> bool:
    """Whether one of these is known of both and not the same."""
    return any(one.given(name) and other.given(name) not in ("", one.given(name)) for name in names)


def free_address(wanted: str, taken: Collection[str]) -> str:
    """The address, with a number behind it where it is taken: qinghe-2023, qinghe-2023-2."""
    numbered = chain([wanted], (f"{wanted}-{n}" for n in count(2)))
    return next(address for address in numbered if address not in taken)


def differences(one: Publication, other: Publication) -> list[str]:
    """What is not the same in two copies, sentence by sentence, as a unified diff; white space and width do not count.
    Empty where they read alike."""
    names = (at(one.report.source.path), at(other.report.source.path))
    return list(unified_diff(_sentences(one), _sentences(other), *names, n=0, lineterm=""))


def _sentences(publication: Publication) -> list[str]:
    return ["".join(unicodedata.normalize("NFKC", one.text).split()) for one in publication.report.sentences()]


def sidecar(publication: Publication, url: str, attachments: Sequence[str] = ()) -> str:
    """The lines a new report's sidecar begins with: its address, so that no other report can take it, the page it was
    taken from, the files attached to it, and, to be filled in, what the text does not say."""
    given: dict[str, object] = {"id": publication.id, "url": url, "attachments": list(attachments)}
    missing = [
        row for row in doubtful(proof(publication)) if row.id in METADATA and not getattr(publication.sidecar, row.id)
    ]
    lines = [f"# {row.correction}" for row in missing if not (row.id == "url" and url)]
    given = {key: value for key, value in given.items() if value}
    return yaml.safe_dump(given, allow_unicode=True, sort_keys=False) + "".join(f"{line}\n" for line in lines)


def attachment_name(report: str, file: PurePath, form: Form) -> str:
    """What a file attached to a report is called beside it: qinghe-2023.统计表.docx, with the ending of its form."""
    plain = re.sub(rf"[^\w{HAN}-]+", "-", unicodedata.normalize("NFC", file.stem)).strip("-_")
    return f"{report}.{plain[:_LONGEST_NAME] or 'attachment'}{ENDING[form]}"


def understood(publication: Publication, language: str) -> Iterator[str]:
    """What was understood, a line each: metadata, outline, figures by theme, what is in doubt."""
    words = Words(language)
    rows = proof(publication)
    for row in rows[: len(METADATA)]:
        yield f"{key_said(row, words):<10} {row.says or words('not_stated')}"
    yield ""
    yield from (f"{'  ' * (item.depth - 1)}{item.label}" for item in publication.items)
    yield ""
    figures = Counter(figure.theme for figure in publication.figures)
    yield words.count("count_figures", figures.total())
    for theme in load("themes")["themes"]:
        if figures[theme["theme"]]:
            yield f"  {theme[language]}  {figures[theme['theme']]}"
    if figures[None]:
        yield f"  {words('theme_none')}  {figures[None]}"
    wanting = [row for row in doubtful(rows) if row.id not in METADATA]
    if wanting:
        yield ""
        yield f"{words('proof_doubtful')}:"
    path = publication.report.source.path
    for row in wanting:
        yield f"  {placed(path, row.line, row.found, language)}: {row.id}  {row.says}  ({words(row.doubt)})"
    yield from _left_out([row for row in rows if row.sort is Sort.LEFT_OUT], path, words)


def key_said(row: ProofRow, words: Words) -> str:
    """What a row is called: of metadata its key in the sidecar, with what that means where keys are foreign words."""
    if row.sort is not Sort.METADATA:
        return row.id
    return words("metadata_key", field=row.id, means=words(FIELD_WORDS.get(row.id, row.id)))


_LINES_TOLD = 10  # of those on no page; a page copied with its portal has more, and the proof sheet has them all


def _left_out(rows: Sequence[ProofRow], path: str, words: Words) -> Iterator[str]:
    if rows:
        yield ""
        yield words("proof_left_out_says", n=len(rows), characters=sum(len(row.says) for row in rows))
    for row in rows[:_LINES_TOLD]:
        yield f"  {placed(path, row.line, row.found, words.language)}: {row.says[:_LONGEST_NAME]}"
    if len(rows) > _LINES_TOLD:
        yield "  …"
