"""A quotation, or a link -> where it stands in the reports, and whether it stands there as given.

A quotation is looked for as it is; then with white space, width, case and quotation marks folded; then the stretch of
text is sought that is most like it by difflib. It may run over the sentences of one paragraph. The first report that
has it counts. Looked through is what the reports print, headings and rows of tables included, not their English.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import islice, pairwise
from os.path import commonprefix
from urllib.parse import parse_qs, unquote, urlsplit

from ..folding import fold_character
from ..ids import text_hash
from ..model import Segment
from .publication import Publication

ALIKE = 0.6  # the ratio of difflib from which a text is near
SHORTEST, LONGEST = 6, 1000  # characters of a quotation for which something near it is looked for
CONTEXT = 10  # characters shown on either side of a difference
_CANDIDATES = 50  # places where it may begin or end
_VOTES = 500_000  # at most, by which those are found
_STEPS = 10_000_000  # at most, about, to compare stretches with the quotation
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
            return paragraph.verdict(Match.FOLDED, start, end, _told(_in_step(printed, at, start, end, quoted)))
    return None


def _in_step(printed: _Folded, at: int, start: int, end: int, quoted: _Folded) -> Iterator[tuple[str, str]]:
    """Two texts that are the same when folded, printed from folded offset `at`: piece by piece, printed and quoted.

    Walked in step, which takes no longer than reading them: a whole report may stand on one line.
    """
    here, there = printed.offsets[at : at + len(quoted.text)], quoted.offsets
    cuts = [(start, 0)]
    cuts += [(here[k], there[k]) for k in range(1, len(there)) if here[k] > here[k - 1] and there[k] > there[k - 1]]
    cuts.append((end, len(quoted.original)))
    for (i, k), (j, m) in pairwise(cuts):
        one, other = printed.original[i:j], quoted.original[k:m]
        same = commonprefix([one, other])
        yield same, same
        yield one[len(same) :], other[len(same) :]


# ---- near


def _find_near(quoted: _Folded, paragraphs: Sequence[_Paragraph]) -> Verdict | None:
    """The stretch most alike, if it is alike enough."""
    if not SHORTEST <= len(quoted.text) <= LONGEST:
        return None
    printed = [_Folded(paragraph.text) for paragraph in paragraphs]
    best = _most_alike(quoted.text, [folded.text for folded in printed])
    if best is None:
        return None
    number, *window = best
    start, end = printed[number].span(*window)
    said = _told(_apart(paragraphs[number].text[start:end], quoted.original))
    return paragraphs[number].verdict(Match.NEAREST, start, end, said)


def _most_alike(quoted: str, texts: Sequence[str]) -> tuple[int, int, int] | None:
    """The stretch most alike: (text, start, end), where one is alike enough.

    What shares too few characters to be more alike than the best so far is not compared; where all do, as in a text
    that repeats itself, the likeliest are, and no more.
    """
    matcher = SequenceMatcher(None, "", quoted, autojunk=False)
    best, alike, left = None, ALIKE, max(1, _STEPS // len(quoted) ** 2)
    for number, start, end in _windows(quoted, texts):
        matcher.set_seq1(texts[number][start:end])
        if matcher.quick_ratio() < alike or (best and matcher.quick_ratio() == alike):
            continue
        ratio = matcher.ratio()
        if ratio > alike or (best is None and ratio == alike):
            best, alike = (number, start, end), ratio
        left -= 1
        if not left:
            break
    return best


def _windows(quoted: str, texts: Sequence[str]) -> list[tuple[int, int, int]]:
    """Stretches worth comparing: (text, start, end), the likeliest first.

    Each character the two share votes for where the quotation would begin, the rare ones first. One that lost or
    gained characters has votes for two beginnings, so a stretch may begin by one and end by another.
    """
    votes = Counter(islice(_beginnings(quoted, texts), _VOTES))
    likely = votes.most_common(_CANDIDATES)
    pairs = sorted(
        (
            (v + w, n, one, other)
            for (n, one), v in likely
            for (m, other), w in likely
            if n == m and abs(one - other) < len(quoted) // 2
        ),
        key=lambda pair: -pair[0],
    )
    windows = ((n, max(one, 0), min(other + len(quoted), len(texts[n]))) for _, n, one, other in pairs)
    return list(dict.fromkeys(window for window in windows if window[1] < window[2]))


def _beginnings(quoted: str, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the quotation would begin by each character it shares with a text: (text, offset)."""
    inside: dict[str, list[int]] = defaultdict(list)
    for i, c in enumerate(quoted):
        inside[c].append(i)
    places: dict[str, list[tuple[int, int]]] = {c: [] for c in inside}
    for number, text in enumerate(texts):
        for at, c in enumerate(text):
            if c in places:
                places[c].append((number, at))
    for c in sorted(inside, key=lambda c: len(inside[c]) * len(places[c])):
        yield from ((number, at - i) for number, at in places[c] for i in inside[c])


def _apart(printed: str, quoted: str) -> Iterator[tuple[str, str]]:
    """Two texts piece by piece, printed and quoted, characters compared as folded."""
    one, other = [_fold(c) for c in printed], [_fold(c) for c in quoted]
    for what, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "equal":
            yield printed[i:j], printed[i:j]  # but for width and case, which are no difference here
        else:
            yield printed[i:j] * any(one[i:j]), quoted[k:m] * any(other[k:m])


def _told(pieces: Iterable[tuple[str, str]]) -> str:
    """[-printed only-]{+quoted only+} among a few characters of what is the same."""
    runs: list[tuple[bool, str, str]] = []  # alike, printed, quoted
    for one, other in pieces:
        if not one and not other:
            continue
        if runs and runs[-1][0] == (one == other):
            runs[-1] = (one == other, runs[-1][1] + one, runs[-1][2] + other)
        else:
            runs.append((one == other, one, other))
    return "".join(
        _shortened(one, first=not n, last=n == len(runs) - 1)
        if alike
        else f"[-{one}-]" * bool(one) + f"{{+{other}+}}" * bool(other)
        for n, (alike, one, other) in enumerate(runs)
    )


def _shortened(same: str, first: bool, last: bool) -> str:
    """What is the same on both sides, of which only what stands beside a difference is shown."""
    before, after = ("" if first else same[:CONTEXT]), ("" if last else same[-CONTEXT:])
    return same if len(same) <= len(before + after) else f"{before}…{after}"
