"""From bytes to figures: how fast and how right, beside the readers of numbers there are, in the same run.

Run from the root of the project, in another venv, so that the peers stay out of the project's:
    python3 -m venv PEERS && PEERS/bin/pip install --require-hashes -r requirements-dev.lock
    PEERS/bin/pip install recognizers-text-suite 'emoji<2' jieba cn2an chinese2digits quantulum3
    PYTHONPATH=hooks PEERS/bin/python bench/figures.py [--rounds N] [FOLDER]
A peer that is not installed is skipped with one line. duckling is left out: it needs a JVM and a server of its own.

Ours gets bytes and goes through every stage: encoding, chrome, outline, units, bounds, subjects. A peer gets the text
decoded, chrome included, and gives numbers. Speed is characters of decoded text a second of CPU time on one core, the
median of the rounds; in each all take turns, so that the ratios hold on a busy machine. FOLDER adds texts for speed.
Lenient: the spans overlap and the values are equal, fractions as per cent, either end of a range. Strict: unit, bound
and kind as well, which no peer gives. Optional labels count for neither side. Our rules were made with these labels at
hand: the marks tell what the peers do with such reports, not what ours does with one it has not met.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
import warnings
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import isclose
from pathlib import Path
from typing import Any

from baogao.figures.score import Label, read_labels, score
from baogao.publication.publication import understand
from baogao.readers.decoding import decode

ROOT = Path(__file__).parent.parent
FIRST = ROOT / "seeds/000_5f949e49d371bf8d.txt"
PRACTICE = ROOT / "tests/fixtures/practice"


@dataclass(frozen=True, slots=True)
class Text:
    """A file as received, as decoded, and what a person read in it."""

    name: str
    data: bytes
    text: str
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """Facts found, missed and made up."""

    hits: int
    missed: int
    false: int

    def __str__(self) -> str:
        """Precision, recall and F1."""
        found, there = self.hits + self.false, self.hits + self.missed
        return "".join(f"{self.hits / max(of, 1):10.3f}" for of in (found, there, (found + there) / 2))


Reading = tuple[int, int, tuple[float, ...]]  # start, end, value or both ends of a range: light, since it is timed
Read = Callable[[Text], Iterable[Reading]]


# ---- the readers; one that loads a peer raises ImportError where it is not installed


def ours(text: Text) -> Iterator[Reading]:
    for figure in understand(text.name, text.data).figures:
        yield figure.start, figure.end, values(figure.value)


def digits(text: Text) -> Iterator[Reading]:
    for found in re.finditer(r"\d+(?:\.\d+)?", text.text):
        yield found.start(), found.end(), (float(found[0]),)


def recognizers() -> dict[str, Read]:
    """Numbers and percentages; and the same without those inside ordinals, dates and times of day."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import Culture, recognize_number, recognize_ordinal, recognize_percentage

    def read(text: str, *others: Any) -> Iterator[Reading]:
        percentages = recognize_percentage(text, Culture.Chinese)
        taken = {at for one in (*percentages, *others) for at in range(one.start, one.end + 1)}
        for one in percentages + [n for n in recognize_number(text, Culture.Chinese) if n.start not in taken]:
            value = number(one.resolution["value"])
            yield one.start, one.end + 1, (100 * value if "分之" in one.text and value < 1 else value,)

    def less(text: str) -> Iterator[Reading]:
        dates = [one for one in recognize_datetime(text, Culture.Chinese) if "duration" not in one.type_name]
        return read(text, *dates, *recognize_ordinal(text, Culture.Chinese))

    return {"Recognizers-Text": lambda text: read(text.text), "  less dates, ordinals": lambda text: less(text.text)}


def jieba_cn2an() -> dict[str, Read]:
    """Runs of words that jieba tags as numerals, what cn2an reads in them; what it refuses is none."""
    import jieba
    from cn2an import cn2an
    from jieba import posseg

    jieba.setLogLevel("ERROR")
    numeral = re.compile("(?:百分之)?([0-9.]*[0-9][百千万亿]*|[〇零一二两三四五六七八九十百千万亿]+)")

    def read(text: Text) -> Iterator[Reading]:
        start = 0
        for numerals, words in groupby(posseg.cut(text.text), lambda word: word.flag.startswith("m")):
            run = "".join(word.word for word in words)
            for found in numeral.finditer(run if numerals else ""):
                with suppress(ValueError):
                    yield start + found.start(), start + found.end(), (float(cn2an(found[1], "smart")),)
            start += len(run)

    return {"jieba + cn2an": read}


def chinese2digits() -> dict[str, Read]:
    """It gives words without their places: each is sought behind the one before."""
    from chinese2digits import takeNumberFromString

    def read(text: Text) -> Iterator[Reading]:
        said, end = takeNumberFromString(text.text, percentConvert=False, traditionalConvert=False), 0
        for word, value in zip(said["CHNumberStringList"], said["digitsStringList"], strict=True):
            start = text.text.find(word, end)
            if start >= 0:
                end = start + len(word)
                yield start, end, (number(value),)

    return {"chinese2digits": read}


def quantulum() -> dict[str, Read]:
    """It wants words apart: a space is put in wherever digits touch Chinese."""
    from quantulum3 import parser

    edge = re.compile("(?<=[0-9%])(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])(?=[0-9])")

    def read(text: Text) -> Iterator[Reading]:
        put = [found.start() + n for n, found in enumerate(edge.finditer(text.text))]
        for one in parser.parse(edge.sub(" ", text.text)):
            start, end = (at - bisect_left(put, at) for at in one.span)
            yield start, end, (one.value,)

    return {"quantulum3, spaces put in": read}


PEERS = {  # what to install: what loads it
    "recognizers-text-suite 'emoji<2'": recognizers,
    "jieba cn2an": jieba_cn2an,
    "chinese2digits": chinese2digits,
    "quantulum3": quantulum,
}


def readers() -> dict[str, Read]:
    """All there are; says how to get the others."""
    found: dict[str, Read] = {"ours": ours}
    for wanted, load in PEERS.items():
        try:
            found |= load()
        except ImportError as error:
            print(f"skipped, {error}: in another venv with requirements-dev.lock, pip install {wanted}")
    return found | {"digits regex (control)": digits}


def number(said: str) -> float:
    """3/4 as per cent, and 85% and 8‰ as 85 and 8, as the labels have them."""
    return 100 * float(Fraction(said)) if "/" in said else float(said.rstrip("%‰"))


def values(value: Decimal | tuple[Decimal, Decimal]) -> tuple[float, ...]:
    return tuple(map(float, value)) if isinstance(value, tuple) else (float(value),)


# ---- how right


def lenient(read: Read, texts: Iterable[Text]) -> Marks:
    """Each label is matched once; a reading that only touches an optional one counts for nothing."""
    hits = missed = false = 0
    for text in texts:
        left = list(text.labels)
        for start, end, read_as in read(text):
            touched = [label for label in text.labels if start < label.offset + len(label.quote) and label.offset < end]
            same = [one for one in touched if any(isclose(a, b) for a in read_as for b in values(one.value))]
            if match := next((label for label in same if label in left), None):
                left.remove(match)
                hits += not match.optional
            else:
                false += not any(label.optional for label in touched)
        missed += sum(not label.optional for label in left)
    return Marks(hits, missed, false)


def strict(texts: Iterable[Text]) -> Marks:
    """Ours by the project's own measure."""
    scores = [score(understand(text.name, text.data).figures, text.labels) for text in texts]
    hits = sum(not label.optional for one in scores for _, label in one.hits)
    return Marks(hits, sum(len(one.missed) for one in scores), sum(len(one.false) for one in scores))


# ---- how fast


def speeds(found: dict[str, Read], texts: list[Text], rounds: int) -> dict[str, float]:
    """Characters a second of CPU time, the median of the rounds; the readers take turns."""
    seconds: dict[str, list[float]] = {name: [] for name in found}
    for name in list(found) * rounds:
        start = time.process_time()
        for text in texts:
            deque(found[name](text), maxlen=0)
        seconds[name].append(time.process_time() - start)
    return {name: sum(len(text.text) for text in texts) / statistics.median(times) for name, times in seconds.items()}


def growth(texts: list[Text], rounds: int) -> Iterator[tuple[int, float]]:
    """Ours on all texts joined into one, on 10 and on 100 times that: its length, characters a second."""
    once = "".join(f"{text.text}\n" for text in texts)
    for times in (1, 10, 100):
        text = Text("joined.txt", (once * times).encode(), once * times)
        yield len(text.text), speeds({"ours": ours}, [text], max(1, rounds // times))["ours"]


def read_text(path: Path, labels: Path | None = None) -> Text:
    data = path.read_bytes()
    return Text(path.name, data, decode(path.name, data)[0], tuple(read_labels(labels)) if labels else ())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="further texts (*.txt), for speed alone")
    given = parser.parse_args()
    warnings.simplefilter("ignore")  # quantulum3 misses scikit-learn, which it has for units only
    practice = [read_text(path, PRACTICE / f"gold/{path.name[:2]}.jsonl") for path in sorted(PRACTICE.glob("texts/*"))]
    labelled = [read_text(FIRST, ROOT / "tests/gold/wangcheng-2023.jsonl"), *practice]
    further = [read_text(path) for path in sorted(given.folder.glob("*.txt"))] if given.folder else []

    found = readers()
    marks = {name: lenient(read, labelled) for name, read in found.items()}  # first, for it warms them up
    measured = speeds(found, labelled + further, given.rounds)
    print(f"{'':26} characters/s   to ours precision    recall        F1")
    for name in found:
        print(f"{name:26}{measured[name]:13,.0f}{measured[name] / measured['ours']:9.2f}x{marks[name]}")
    print(f"{'ours, strict':49}{strict(labelled)}")
    long = list(growth(practice, given.rounds))
    for length, speed in long:
        print(f"{f'ours, {length:,} in one text':26}{speed:13,.0f}{speed / long[0][1]:9.2f}x the first")


if __name__ == "__main__":
    main()
