"""A corpus -> the shards of a site: which of its reports stand together, and where each lies.

The tables say what each report is and from which file it came; the pages are made of that file, so it must still lie
where it lay when the corpus was built.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from ..ids import LANGUAGES, OWN, kinds, place_id
from ..model import Finding, ReportError
from ..processes import Watched, unwatched
from ..publication.cache import Cache
from ..publication.folder import TERMS, Lying, Received, Shelf, completed, shelved, translation_path
from ..publication.publication import Publication
from ..rules import load
from ..wording.words import Words
from .files import Fetched, Offered, fetched, joined, parted
from .query import ask

BY = {"province": "province", "year": "report_year", "kind": "report_kind"}  # what reports are parted by: the column
_UNKNOWN = "other"  # the folder of those of which it is not known


@dataclass(frozen=True, slots=True)
class Shard:
    """Reports that stand together in a folder of the site."""

    id: str  # the folder
    called: dict[str, str]  # by language
    files: tuple[Offered, ...]  # in the order of their addresses


def shards(corpus: Path, by: str) -> tuple[Shard, ...]:
    """The shards of a corpus in the order of their folders; `by` is a key of BY. Raises ReportError where there is no
    corpus, or it has no report."""
    rows = list(ask(corpus, f"SELECT file, {BY[by]} FROM reports ORDER BY file").rows)
    files = [(offered_at(file), str(value or "")) for file, value in rows]
    if not files:
        raise ReportError(Finding("publish-none", corpus.as_posix(), 0))
    ordered = sorted(files, key=lambda one: (folder_of(by, one[1]), one[0].address))
    return tuple(
        Shard(folder, _called(by, own[0][1]), tuple(file for file, _ in own))
        for folder, own in (
            (key, list(group)) for key, group in groupby(ordered, key=lambda one: folder_of(by, one[1]))
        )
    )


def offered_at(address: str) -> Offered:
    """A file of a corpus and the addresses of what may lie beside it."""
    folder, name = parted(address)
    path = Path(name)
    beside = (path.with_suffix(".yml"), translation_path(path), Path(TERMS))
    return Offered(address, *(joined(folder, str(one)) if folder else str(one) for one in beside))


def folder_of(by: str, value: str) -> str:
    """The folder of the site that a shard has."""
    folder = (place_id(value) if by == "province" else value) or _UNKNOWN
    return f"{folder}-1" if folder in OWN else folder  # a place may be called so; the front has a folder of that name


def _called(by: str, value: str) -> dict[str, str]:
    """What a shard is called in each language."""
    if not value:
        return {language: Words(language)("not_stated") for language in LANGUAGES}
    if by == "kind":
        none = load("corpus")["no_code"]
        kind = next(one for one in kinds() if (one["code"] or none) == value)
        return {language: kind[language] for language in LANGUAGES}
    return {LANGUAGES[0]: value, LANGUAGES[1]: place_id(value).capitalize() if by == "province" else value}


# ---- what lies there


def made_of(shard: Shard) -> tuple[bytes, tuple[Finding, ...]]:
    """A hash of all that the pages of a shard are made of, and which of its files are gone or cannot be read."""
    hashed, wrong = sha256(repr((shard.id, shard.called)).encode()), list[Finding]()
    for file in shard.files:
        try:
            parts = fetched(file).made_of
        except ReportError as error:
            wrong += (_gone(one) for one in error.findings)
            parts = (b"gone",)
        for part in parts:
            hashed.update(sha256(part).digest())
        hashed.update(b"\n")
    return hashed.digest(), tuple(wrong)


def _gone(finding: Finding) -> Finding:
    is_gone = finding.code == "unreadable" and finding.cause == "missing"
    return Finding("publish-gone", finding.path, 0) if is_gone else finding


def read(files: Sequence[Offered], cache: Cache, watched: Watched = unwatched) -> Shelf:
    """The reports of a shard, as a folder of reports gives them, but for files that made_of tells of."""
    return shelved(list(_lying(files)), cache, watched)


def _lying(files: Sequence[Offered]) -> Iterator[Lying]:
    for file in files:
        with suppress(ReportError):
            found = fetched(file)
            yield Lying(file.shown, partial(_received, found), partial(_completed, found))


def _received(found: Fetched) -> Received:
    return found.received


def _completed(found: Fetched, publication: Publication) -> Publication:
    return completed(publication, found.received.shown, found.translation, found.terms)
