"""A quotation, or a link -> where it stands in the reports, and whether it stands there as given.

A quotation is looked for as it is; then with white space, width, case and quotation marks folded; then the stretch of
text is sought that is most like it by difflib. It may run over the sentences of one paragraph. The first report that
has it counts. Looked through is what the reports print, headings and rows of tables included, not their English.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

from ..folding import fold_character
from ..ids import text_hash
from ..model import Segment
from .publication import Publication

ALIKE = 0.6  # the ratio of difflib from which a text is near
SHORTEST, LONGEST = 6, 1000  # characters of a quotation for which something near it is looked for
CONTEXT = 10  # characters shown on either side of a difference
_CANDIDATES = 50  # places compared in full
_MARKS = str.maketrans(dict.fromkeys("'「」『』", '"'))  # after folding: the quotation marks are one


class Match(StrEnum):
    """How what was asked for stands in the reports."""

    EXACT = "exact"  # character by character; of a link: the hash is that of the sentence
    FOLDED = "folded"  # but for white space, width, case and quotation marks
    NEAREST = "nearest"  # not as quoted: this is the nearest
    CHANGED = "changed"  # of a link: there is such a sentence, with another text
    PRESENT = "present"  # of a link without a hash: there is such a sentence
    NONE = "none"  # nothing is near; of a link: no such report, or no such sentence in it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. Nothing but the kind where nothing was."""

    kind: Match
    publication: str = ""  # id
    anchor: str = ""  # of the sentence, heading or row; of the first where it runs over several
    through: str = ""  # anchor of the last: the same where there is one
    text: str = ""  # of the sentence as printed; of all of them, and what stands between, where there are several
    start: int = 0  # text[start:end] is what was found
    end: int = 0
    difference: str = ""  # printed against quoted: [-printed only-]{+quoted only+}; empty where there is none


NOTHING = Verdict(Match.NONE)


def find(quotation: str, publications: Sequence[Publication]) -> Verdict:
    """Where a quotation stands. White space round it does not count."""
    quoted = quotation.strip()
    if not quoted:
        return NOTHING
    paragraphs = [paragraph for publication in publications for paragraph in _paragraphs(publication)]
    for paragraph in paragraphs:
        at = paragraph.text.find(quoted)
        if at >= 0:
            return paragraph.verdict(Match.EXACT, at, at + len(quoted))
    folded = _Folded(quoted)
    return _find_folded(folded, paragraphs) or _find_near(folded, paragraphs) or NOTHING


def check_link(link: str, publications: Sequence[Publication]) -> Verdict:
    """Whether the sentence a link names is there, and with the text it had: …/qinghe-2023/1-3.html?h=1a2b3c4d#s1-3-1-2.

    The hash of a figure's link is that of its sentence. The page named does not count, the report and the anchor do.
    """
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return NOTHING
    folder, said = unquote(parts.path).split("/")[-2:-1], parse_qs(parts.query).get("h", [""])[0]
    anchor = unquote(parts.fragment).partition(":~:")[0]
    for publication in publications:
        if [publication.id] == folder:
            return _check(_sentence_of(anchor, publication), said.lower(), publication)
    return NOTHING


def _sentence_of(anchor: str, publication: Publication) -> str:
    """The anchor of a figure's sentence; any other as it is."""
    return next((figure.sentence for figure in publication.figures if figure.id == anchor), anchor)


def _check(anchor: str, said: str, publication: Publication) -> Verdict:
    for unit in publication.report.segments:
        if unit.id and unit.id == anchor:
            paragraph = _Paragraph(publication, (unit,))
            same = text_hash(paragraph.text) == said
            kind = Match.EXACT if same else Match.CHANGED if said else Match.PRESENT
            return paragraph.verdict(kind, 0, len(paragraph.text))
    return NOTHING


# ---- paragraphs


class _Paragraph:
    """Headings, sentences or rows that stand on one line of the file."""

    def __init__(self, publication: Publication, units: tuple[Segment, ...]) -> None:
        self.publication, self.units, self.start = publication, units, units[0].start
        self.text = publication.report.source.text[units[0].start : units[-1].end]

    def verdict(self, kind: Match, start: int, end: int, difference: str = "") -> Verdict:
        """text[start:end] was found: told by the sentences it runs over."""
        start, end = start + self.start, end + self.start
        first = [unit for unit in self.units if unit.start <= start][-1]
        last = [unit for unit in self.units if unit.start < end][-1]
        text = self.publication.report.source.text[first.start : last.end]
        anchors = first.id or "", last.id or ""
        return Verdict(kind, self.publication.id, *anchors, text, start - first.start, end - first.start, difference)


def _paragraphs(publication: Publication) -> Iterator[_Paragraph]:
    text = publication.report.source.text
    units: list[Segment] = []
    for segment in publication.report.segments:
        if not segment.id:
            continue
        if units and not {"\n", "\r"}.isdisjoint(text[units[-1].end : segment.start]):
            yield _Paragraph(publication, tuple(units))
            units = []
        units.append(segment)
    if units:
        yield _Paragraph(publication, tuple(units))


# ---- folded


class _Folded:
    """A text as it is compared, and the way back."""

    def __init__(self, text: str) -> None:
        folds = [(c, at) for at, character in enumerate(text) for c in _fold(character)]
        self.original = text
        self.text = "".join(c for c, _ in folds)
        self.offsets = [at for _, at in folds]  # of each folded character: where it comes from

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end], not empty, comes from."""
        return self.offsets[start], self.offsets[end - 1] + 1


def _fold(character: str) -> str:
    """As the search folds it, but white space is nothing, and a rare character stays what it is."""
    folded = character if character > "\uffff" else fold_character(character)
    return "".join(folded.split()).translate(_MARKS)


def _find_folded(quoted: _Folded, paragraphs: Sequence[_Paragraph]) -> Verdict | None:
    if not quoted.text:
        return None
    for paragraph in paragraphs:
        printed = _Folded(paragraph.text)
        at = printed.text.find(quoted.text)
        if at >= 0:
            start, end = printed.span(at, at + len(quoted.text))
            said = _difference(paragraph.text[start:end], quoted.original, str)
            return paragraph.verdict(Match.FOLDED, start, end, said)
    return None


# ---- near


def _find_near(quoted: _Folded, paragraphs: Sequence[_Paragraph]) -> Verdict | None:
    """The stretch most alike, if it is alike enough."""
    if not SHORTEST <= len(quoted.text) <= LONGEST:
        return None
    printed = [_Folded(paragraph.text) for paragraph in paragraphs]
    matcher = SequenceMatcher(None, "", quoted.text, autojunk=False)

    def alike(window: tuple[int, int, int]) -> float:
        number, start, end = window
        matcher.set_seq1(printed[number].text[start:end])
        return matcher.ratio()

    best = max(_windows(quoted.text, [folded.text for folded in printed]), key=alike, default=None)
    if best is None or alike(best) < ALIKE:
        return None
    number, *window = best
    start, end = printed[number].span(*window)
    said = _difference(paragraphs[number].text[start:end], quoted.original, _fold)
    return paragraphs[number].verdict(Match.NEAREST, start, end, said)


def _windows(quoted: str, texts: Sequence[str]) -> list[tuple[int, int, int]]:
    """Stretches worth comparing: (text, start, end).

    Each character the two share votes for where the quotation would begin. One that lost or gained characters has votes
    for two beginnings, so a stretch may begin by one and end by another.
    """
    votes: Counter[tuple[int, int]] = Counter()
    places = {c: [i for i, other in enumerate(quoted) if other == c] for c in set(quoted)}
    for number, text in enumerate(texts):
        votes.update((number, at - i) for at, c in enumerate(text) for i in places.get(c, ()))
    likely = [place for place, _ in votes.most_common(_CANDIDATES)]
    pairs = (
        (n, one, other) for n, one in likely for m, other in likely if n == m and abs(one - other) < len(quoted) // 2
    )
    windows = ((n, max(one, 0), min(other + len(quoted), len(texts[n]))) for n, one, other in pairs)
    return list(dict.fromkeys(window for window in windows if window[1] < window[2]))


def _difference(printed: str, quoted: str, fold: Callable[[str], str]) -> str:
    """[-printed only-]{+quoted only+} among a few characters of what is the same; characters compared as folded."""
    one, other = [fold(c) for c in printed], [fold(c) for c in quoted]
    said = ""
    for what, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "equal":
            said += _shortened(printed[i:j], first=i == 0, last=j == len(one))
        else:
            said += f"[-{printed[i:j]}-]" * any(one[i:j]) + f"{{+{quoted[k:m]}+}}" * any(other[k:m])
    return said


def _shortened(same: str, first: bool, last: bool) -> str:
    """What is the same on both sides, of which only what stands beside a difference is shown."""
    before, after = ("" if first else same[:CONTEXT]), ("" if last else same[-CONTEXT:])
    return same if len(same) <= len(before + after) else f"{before}…{after}"
