"""The picture of a page -> what it shows as if it were drawn: characters and ruled lines, where they stand.

RapidOCR does the reading, with models of PaddleOCR that lie in its package; nothing is downloaded. They run on one
thread, in the same steps each time: of one picture the same text. It comes with the extra baogao[ocr] alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from unicodedata import category

import cv2
import numpy as np
import rapidocr

from .pdf_drawn import Ruling
from .pdf_glyphs import Glyph, Page

DPI = 200  # that a page is drawn with to be read; small print has 20 pixels then
_LONGEST_SIDE = 1280  # pixels in which lines are looked for; they are read in those of the picture
_SURE = 0.5  # of 1: lines that are less are no text, or cannot be read
_WELL_READ = 0.8  # a picture read worse may stand on its side
_TALL = 1.6  # times as high as wide: a long picture, read in pieces
_SAME_SIZE = 0.12  # type sizes as measured differ so much where they are one
_SAME_SMALL = 0.3  # and of a few characters, where the height of their box says it
_OF_BOX = 0.83  # of the height of a line's box: its type
_AIR = re.compile(r"(?<=[，。、；：！？（）《》“”]) | (?=[，。、；：！？（）《》“”])")  # of a mark of full width
_GAP = 1.9  # sizes of type from one character to the next, where something is left free between them
_FEWEST_STEPS = 4  # from one Chinese character to the next, by which type is measured
_WIDE = 1000  # pixels of the longer side of a picture whose slope is measured
_STEPS = tuple(math.radians(step) for step in (0.25, 0.05, 0.01))  # from slope to slope: within 3 degrees, then finer
_STEPS_EACH_WAY = 12
_LEAST_RULE = 29.0  # points; strokes of large type are shorter
_THICKEST_RULE = 4.0


@dataclass(frozen=True, slots=True)
class _SeenLine:
    """A line of text on a picture. Pixels, the picture turned so that lines are level."""

    text: str
    score: float
    left: float
    right: float
    middle: float  # its height on the picture
    high: float  # its box, a little more than its type
    starts: tuple[float, ...]  # where each of its characters begins


class Recogniser:
    """Reads pages; sizes of type that it met once are the same on later pages."""

    def __init__(self) -> None:
        models = Path(rapidocr.__file__).parent / "models"
        self._engine: Any = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.use_cls": False,
                "Global.text_score": 0.0,
                "Global.max_side_len": 100_000,
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.limit_type": "max",
                "Det.limit_side_len": _LONGEST_SIDE,
                "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
                "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
            }
        )
        self._sizes: list[float] = []

    def page(self, number: int, picture: Any, width: float) -> tuple[Page, list[str]]:
        """A page by its picture, an array of grey or of blue, green and red, and its width in points; and what on it
        looks like text and could not be read."""
        picture, seen, angle = self._upright(picture)
        points = (width if picture.shape[1] <= picture.shape[0] else width * math.sqrt(2)) / picture.shape[1]
        sure = [line for line in seen if line.score >= _SURE]
        glyphs = [glyph for line in sure for glyph in self._glyphs(line, points, self._measured(sure, points))]
        rulings = [_in_points(one, points) for one in _ruled(_turned(picture, angle), points)]
        high, wide = picture.shape[0] * points, picture.shape[1] * points
        page = Page(number, wide, high, tuple(glyphs), tuple(rulings), 0, 0.0, 0, "", scanned=True)
        return page, [line.text for line in seen if line.score < _SURE]

    def _upright(self, picture: Any) -> tuple[Any, list[_SeenLine], float]:
        """The picture turned so that it reads best, its lines, and how far they are from level."""
        tried = [(picture, *self._seen(picture))]
        for turn in (cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_180):
            if tried[0][1] and max(_how_well(lines) for _, lines, _ in tried) < _WELL_READ:
                turned = np.ascontiguousarray(cv2.rotate(picture, turn))
                tried.append((turned, *self._seen(turned)))
        return max(tried, key=lambda one: _how_well(one[1]))

    def _seen(self, picture: Any) -> tuple[list[_SeenLine], float]:
        found = list[tuple[str, float, Any, list[float]]]()
        for top, piece in _pieces(picture):
            read = self._engine(piece, return_word_box=True, return_single_char_box=True)
            for n, text in enumerate(_AIR.sub("", text) for text in read.txts or ()):
                box = np.asarray(read.boxes[n], dtype=float) + (0, top)
                words = read.word_results[n] if n < len(read.word_results) else ()
                found.append((text, float(read.scores[n]), box, _starts(text, words or (), box)))
        angle = _angle(picture, [box for _, _, box, _ in found]) if found else 0.0
        level = _turning(angle, picture)
        return [_seen_line(text, score, _moved(box, level), starts, box) for text, score, box, starts in found], angle

    def _measured(self, lines: Sequence[_SeenLine], points: float) -> dict[int, float]:
        """The size of the type of each line, by its id: by how far its Chinese characters are from each other."""
        measured = {id(line): size * points for line in lines if (size := _pitch(line))}
        weight: dict[float, int] = {}
        for line in lines:
            if id(line) in measured:
                weight[measured[id(line)]] = weight.get(measured[id(line)], 0) + len(line.text)
        for size in sorted(weight, key=lambda one: (-weight[one], one)):
            if not any(abs(size - one) <= _SAME_SIZE * one for one in self._sizes):
                self._sizes.append(size)
        for line in lines:
            size = measured.get(id(line), 0.0)
            by_box, near = line.high * points * _OF_BOX, _SAME_SIZE if size else _SAME_SMALL
            own = size or by_box
            measured[id(line)] = next((one for one in self._sizes if abs(one - own) <= near * one), own)
        return measured

    def _glyphs(self, line: _SeenLine, points: float, sizes: dict[int, float]) -> Iterator[Glyph]:
        """The characters of a line, each up to the next: how wide one is the picture does not tell."""
        size = sizes[id(line)]
        base = line.middle * points + 0.38 * size
        ends = (*line.starts[1:], line.right)
        for said, start, end in zip(line.text, line.starts, ends, strict=True):
            left, right = start * points, end * points
            yield Glyph(said, left, max(right if right - left < _GAP * size else left + size, left + 0.1), base, size)


def _how_well(lines: Sequence[_SeenLine]) -> float:
    """How sure the lines of a picture are, each as far as it is long."""
    return sum(one.score * len(one.text) for one in lines) / max(1, sum(len(one.text) for one in lines))


def _pieces(picture: Any) -> Iterator[tuple[int, Any]]:
    """A long picture in pieces, cut where least stands, each with where it begins; any other as it is."""
    high, wide = picture.shape[:2]
    if high <= _TALL * wide:
        yield 0, picture
        return
    grey = picture if picture.ndim == 2 else picture.min(axis=2)
    ink = grey.max(axis=1).astype(int) - grey.min(axis=1)
    top, step = 0, max(1, round(1.2 * wide))
    while high - top > _TALL * wide:
        window = ink[top + step - step // 4 : top + step]
        cut = top + step - step // 4 + int(len(window) - 1 - np.argmin(window[::-1]))
        yield top, np.ascontiguousarray(picture[top:cut])
        top = cut
    yield top, np.ascontiguousarray(picture[top:])


def _starts(text: str, words: Sequence[Any], box: Any) -> list[float]:
    """Where each character begins, from the left of its line's box, in pixels. Spaces have no place of their own."""
    said = [(word[0], float(np.asarray(word[2])[:, 0].min())) for word in words]
    left, right = float(box[:, 0].min()), float(box[:, 0].max())
    if "".join(word for word, _ in said) == "".join(text.split()) and all(len(word) == 1 for word, _ in said):
        places, found, last = iter(at for _, at in said), list[float](), left
        for character in text:
            last = last if character.isspace() else max(last, next(places))
            found.append(last)
        return found
    widths = [0.5 if ord(character) < 0x2E80 else 1.0 for character in text]
    step = (right - left) / max(0.5, sum(widths))
    return [left + step * sum(widths[:n]) for n in range(len(text))]


def _angle(picture: Any, boxes: Sequence[Any]) -> float:
    """How far lines are from level, in radians. Near the usual slope of the long ones, of which a page of tables has
    none, the one at which the ink lies in the fewest rows of pixels: lines of text and ruled lines alike."""
    slopes = [
        math.atan2(box[1][1] - box[0][1] + box[2][1] - box[3][1], box[1][0] - box[0][0] + box[2][0] - box[3][0])
        for box in boxes
        if abs(box[1][0] - box[0][0]) > 8 * abs(box[3][1] - box[0][1])
    ]
    slope, (across, down) = median(slopes) if slopes else 0.0, _ink(picture)
    for step in _STEPS:
        tried = [slope + n * step for n in range(-_STEPS_EACH_WAY, _STEPS_EACH_WAY + 1)]
        slope = max(tried, key=lambda one: (_in_few_rows(across, down, one), -abs(one)))
    return slope


def _ink(picture: Any) -> tuple[Any, Any]:
    """Where a picture is dark, seen from its middle, in pixels of one that is _WIDE across."""
    grey = _grey(picture)
    by = min(1.0, _WIDE / max(grey.shape))
    small = cv2.resize(grey, None, fx=by, fy=by, interpolation=cv2.INTER_AREA)
    down, across = np.nonzero(_dark(small))
    return across - small.shape[1] / 2, down - small.shape[0] / 2


def _in_few_rows(across: Any, down: Any, slope: float) -> float:
    """How far ink lies in few rows, were it turned so."""
    rows = np.round(down * math.cos(slope) - across * math.sin(slope)).astype(int)
    return float(np.square(np.bincount(rows - rows.min())).sum()) if len(rows) else 0.0


def _turning(angle: float, picture: Any) -> Any:
    """The matrix that turns a picture level, about its middle."""
    high, wide = picture.shape[:2]
    return cv2.getRotationMatrix2D((wide / 2, high / 2), math.degrees(angle), 1.0)


def _turned(picture: Any, angle: float) -> Any:
    grey = _grey(picture)
    wide, high = grey.shape[1], grey.shape[0]
    return cv2.warpAffine(grey, _turning(angle, picture), (wide, high), borderMode=cv2.BORDER_REPLICATE)


def _grey(picture: Any) -> Any:
    return picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


def _dark(grey: Any) -> Any:
    """What is darker than what lies round it."""
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 20)


def _moved(points: Any, matrix: Any) -> Any:
    return points @ matrix[:, :2].T + matrix[:, 2]


def _seen_line(text: str, score: float, level: Any, starts: Sequence[float], box: Any) -> _SeenLine:
    shift = float(level[:, 0].min() - box[:, 0].min())
    high = (math.dist(level[0], level[3]) + math.dist(level[1], level[2])) / 2
    moved = tuple(start + shift for start in starts)
    return _SeenLine(
        text, score, float(level[:, 0].min()), float(level[:, 0].max()), float(level[:, 1].mean()), high, moved
    )


def _pitch(line: _SeenLine) -> float:
    """How far Chinese characters of a line that follow each other are apart; 0 where it has few."""
    han = [category(character) == "Lo" for character in line.text]
    steps = [line.starts[n + 1] - line.starts[n] for n in range(len(line.text) - 1) if han[n] and han[n + 1]]
    return median(steps) if len(steps) >= _FEWEST_STEPS else 0.0


def _ruled(grey: Any, points: float) -> Iterator[Ruling]:
    """The ruled lines of a level picture, in pixels: dark, thin, and longer than a stroke of type."""
    dark = _dark(grey)
    long = max(3, round(_LEAST_RULE / points))
    for across in (True, False):
        thick = cv2.dilate(dark, np.ones((3, 1) if across else (1, 3), np.uint8))
        kept = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, long) if across else (long, 1), np.uint8))
        _, _, found, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
        for left, top, wide, high, _ in found[1:].tolist():
            if (high if across else wide) * points > _THICKEST_RULE:
                continue
            x, y = left + wide / 2, top + high / 2
            yield Ruling(left, y, left + wide, y) if across else Ruling(x, top, x, top + high)


def _in_points(one: Ruling, points: float) -> Ruling:
    return Ruling(one.left * points, one.top * points, one.right * points, one.bottom * points)
