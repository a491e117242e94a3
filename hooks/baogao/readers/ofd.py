"""OFD, the fixed-layout document of GB/T 33190-2016 -> its lines, by what each of its pages draws, as of a PDF.

A zip of XML: OFD.xml names documents, each names its pages, each page has objects of text, strokes and pictures at
places in millimetres. What a template repeats on pages, annotations and what is not shown is no text of a page, and is
told. Names are read without their namespace, which older programs write otherwise.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from ..model import ReportError
from .package import LARGEST_XML, check_package
from .pdf_document import LARGEST_TEXT, MOST_PAGES, Read, Refused, read_pages
from .pdf_drawn import Ruling
from .pdf_glyphs import MOST_CHARACTERS, Glyph, Page

_POINTS = 72 / 25.4  # of a millimetre
_A4 = (0.0, 0.0, 210.0, 297.0)
_THIN = 3.0  # points; a filled box no thicker is a ruled line, and so is a picture
_STRAIGHT = 0.5  # points; a stroke that leans less is level or upright
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # of AbbreviatedData (9.1, table 36)
_BOLD = 600
_SHOWN = 40  # characters of what was left off


def read_ofd(data: bytes) -> Read:
    """The text of an OFD file. Raises Refused: not safe, too large, locked, broken, without text."""
    try:
        check_package("", data, "package")
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            document = _Document(package)
            read = read_pages(document.pages())
    except Refused as refused:
        raise (Refused("ofd-scan", *refused.told[1:]) if refused.told[0] == "pdf-scan" else refused) from refused
    except ReportError as error:
        found = error.findings[0]
        raise Refused(found.code, found.met, found.expected) from error
    except Exception as error:  # zipfile, zlib and lxml name no errors of a damaged package
        raise Refused("ofd-broken", type(error).__name__) from error
    left = "".join(document.left_off).strip()
    told = [("ofd-left-off", left[:_SHOWN], str(len(left)))] if left else []
    own = {"pdf-scanned-pages": "ofd-scanned-pages"}
    notes = [(own.get(code, code), met, expected) for code, met, expected in read.notes]
    return replace(read, notes=[*notes, *told], scans=[])  # there is nothing here that reads its pictures


class _Document:
    """An OFD package, read once from its first page to the last."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.names = {name.replace("\\", "/").lstrip("/").lower(): name for name in package.namelist()}
        self.left_off: list[str] = []
        self.templates: dict[tuple[str, tuple[float, ...]], _Drawn] = {}
        self.left = LARGEST_XML["package"]  # bytes of entries that may still be read, each as often as it is named
        if any(name.endswith("encryptions.xml") for name in self.names):
            raise Refused("form-encrypted")

    def pages(self) -> Iterator[Page]:
        """All pages of all documents in it, numbered throughout."""
        number = 0
        for root in _all(self._xml("", "OFD.xml"), "DocBody", "DocRoot"):
            at = _path("", root.text)
            document = self._xml("", at)
            box = _box(next(_all(document, "CommonData", "PageArea"), None), _A4)
            templates = {one.get("ID"): one.get("BaseLoc") for one in _all(document, "CommonData", "TemplatePage")}
            for page in _all(document, "Pages", "Page"):
                number += 1
                if number > MOST_PAGES:
                    raise Refused("pdf-pages", f"{number:,}", f"{MOST_PAGES:,}")
                yield self._page(number, self._xml(at, page.get("BaseLoc")), at, templates, box)
            for noted in _all(document, "Annotations"):
                self.left_off += self._annotated(_path(at, noted.text))
        if not number:
            raise Refused("ofd-broken", "Page")

    def _page(self, number: int, content: Any, at: str, templates: dict[Any, Any], box: tuple[float, ...]) -> Page:
        box = _box(next(_all(content, "Area"), None), box)
        drawn = _Drawn(box[0], box[1])
        drawn.take(content)
        for used in dict.fromkeys(one.get("TemplateID") for one in _all(content, "Template")):
            template = self._template(at, templates.get(used), box)
            if drawn.glyphs:
                self.left_off.append(template.text)
            else:  # a page that only fills in its template says what that says
                drawn = template
        self.left_off.append("".join(drawn.hidden))
        return drawn.page(number, box[2] * _POINTS, box[3] * _POINTS)

    def _template(self, at: str, place: str | None, box: tuple[float, ...]) -> _Drawn:
        """What a template draws on a page of this box; read once, however many pages use it."""
        key = _path(at, place), box[:2]
        if key not in self.templates:
            self.templates[key] = _Drawn(box[0], box[1])
            if place:
                self.templates[key].take(self._xml(at, place))
        return self.templates[key]

    def _annotated(self, at: str) -> Iterator[str]:
        """The text of annotations."""
        if at.lower() not in self.names:
            return
        for page in _all(self._xml("", at), "Page", "FileLoc"):
            said = self._xml(at, page.text)
            yield "".join(one.text or "" for one in said.iter("{*}TextCode"))

    def _xml(self, beside: str, place: str | None) -> Any:
        """The root of an entry; its place is said from the entry beside it, or from the top of the package."""
        name = self.names[_path(beside, place).lower()]
        self.left -= self.package.getinfo(name).file_size
        if self.left < 0:
            most = f"{LARGEST_XML['package'] // 10**6} MB"
            raise Refused("package-large", f"> {most}", most)
        # nothing is expanded, fetched, or deeper than 256 elements
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        return etree.fromstring(self.package.read(name), parser)


def _path(beside: str, place: str | None) -> str:
    """A place (ST_Loc, 7.3) as the name of an entry."""
    said = (place or "").strip().replace("\\", "/")
    joined = said if said.startswith("/") else posixpath.join(posixpath.dirname(beside), said)
    return posixpath.normpath(f"/{joined}").lstrip("/")


def _all(element: Any, *names: str) -> Iterator[Any]:
    """The elements at the end of a way of names, whatever their namespace."""
    if element is None:
        return
    name, *rest = names
    for child in element.iterchildren(f"{{*}}{name}"):
        if rest:
            yield from _all(child, *rest)
        else:
            yield child


def _box(area: Any, otherwise: tuple[float, ...]) -> tuple[float, ...]:
    """Left, top, width and height of a page, in millimetres."""
    box = next(_all(area, "PhysicalBox"), None)
    said = _numbers(box.text) if box is not None else ()
    return said if len(said) == 4 and said[2] > 0 and said[3] > 0 else otherwise


def _numbers(text: str | None) -> tuple[float, ...]:
    """The numbers of an array (ST_Array); what is none, or not finite, is left out."""
    found = (float(one) for one in re.findall(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?", text or ""))
    return tuple(number for number in found if abs(number) < 1e6)


# ---- what a page draws


@dataclass(slots=True)
class _Drawn:
    """What a page, or a template of pages, draws. The left and upper edge of the page are in millimetres."""

    left: float
    top: float
    glyphs: list[tuple[int | None, Glyph]] = field(default_factory=list)  # each with its quarter turns to the right
    rulings: list[Ruling] = field(default_factory=list)
    pictures: int = 0
    area: float = 0.0  # of pictures, square points
    hidden: list[str] = field(default_factory=list)

    def take(self, content: Any) -> None:
        """All objects of a page, in the order in which it draws them."""
        for layer in _all(content, "Content", "Layer"):
            for one in layer.iter("{*}TextObject", "{*}PathObject", "{*}ImageObject", "{*}CompositeObject"):
                name = etree.QName(one).localname
                if name == "TextObject":
                    self._text(one)
                elif name == "PathObject":
                    self.rulings += _rulings(one, self._place(one))
                else:
                    self._picture(one)

    @property
    def text(self) -> str:
        return "".join(glyph.text for _, glyph in self.glyphs)

    def page(self, number: int, width: float, height: float) -> Page:
        """As it is looked at, so that most of its text runs rightwards; points."""
        turns = Counter(turn for turn, glyph in self.glyphs if turn is not None and glyph.text.strip())
        turn = turns.most_common(1)[0][0] if turns else 0
        upright = tuple(_turned(glyph, turn, width, height) for own, glyph in self.glyphs if own == turn)
        askew = "".join(glyph.text for own, glyph in self.glyphs if own != turn).strip()
        rulings = tuple(self.rulings) if turn == 0 else ()
        covered = min(1.0, self.area / (width * height))
        size = (height, width) if turn % 2 else (width, height)
        return Page(number, *size, upright, rulings, self.pictures, covered, 0, askew)

    def _place(self, one: Any) -> _Setting:
        box = (*_numbers(one.get("Boundary")), 0.0, 0.0, 0.0, 0.0)
        matrix = _numbers(one.get("CTM"))
        return _Setting(box[0] - self.left, box[1] - self.top, matrix if len(matrix) == 6 else (1, 0, 0, 1, 0, 0))

    def _picture(self, one: Any) -> None:
        box = (*_numbers(one.get("Boundary")), 0.0, 0.0, 0.0, 0.0)
        wide, high = box[2] * _POINTS, box[3] * _POINTS
        if min(wide, high) > _THIN:
            self.pictures += 1
            self.area += wide * high

    def _text(self, one: Any) -> None:
        place, size = self._place(one), next(iter(_numbers(one.get("Size"))), 0.0)
        wide = next(iter(_numbers(one.get("HScale"))), 1.0)
        direction = next(iter(_numbers(one.get("ReadDirection"))), 0.0)
        bold = next(iter(_numbers(one.get("Weight"))), 0.0) >= _BOLD
        shown = one.get("Visible", "true").lower() not in ("false", "0")
        x = y = 0.0
        for code in _all(one, "TextCode"):
            said = code.text or ""
            x, y = (next(iter(_numbers(code.get(name))), before) for name, before in (("X", x), ("Y", y)))
            if not shown:
                self.hidden.append(said)
                continue
            if len(self.glyphs) + len(said) > MOST_CHARACTERS:
                raise Refused("pdf-text", f"{LARGEST_TEXT:,}")
            steps = _steps(code, said, size * wide)
            across, down = x, y
            for character, (right, below, advance) in zip(said, steps, strict=True):
                self.glyphs.append(place.glyph(_said(character), across, down, advance, size, direction, bold))
                across, down = across + right, down + below


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where an object stands on the page, in millimetres, and the matrix that what is in it is put through."""

    left: float
    top: float
    matrix: tuple[float, ...]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the object on the page; points."""
        a, b, c, d, e, f = self.matrix
        return (self.left + a * x + c * y + e) * _POINTS, (self.top + b * x + d * y + f) * _POINTS

    def glyph(
        self, text: str, x: float, y: float, advance: float, size: float, direction: float, bold: bool
    ) -> tuple[int | None, Glyph]:
        a, b, c, d = self.matrix[:4]
        left, base = self.point(x, y)
        turn = (math.degrees(math.atan2(b, a)) + direction) / 90
        quarter = round(turn) % 4 if abs(turn - round(turn)) < 0.05 else None
        wide = advance * math.hypot(a, b) * _POINTS
        return quarter, Glyph(text, left, left + wide, base, max(0.5, size * math.hypot(c, d) * _POINTS), bold)


def _turned(glyph: Glyph, turn: int, width: float, height: float) -> Glyph:
    """A character as it stands once the page is turned so that it runs rightwards."""
    x, y = glyph.left, glyph.base
    left, base = ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[turn]
    return Glyph(glyph.text, left, left + glyph.right - glyph.left, base, glyph.size, glyph.bold)


def _said(character: str) -> str:
    """What a character says: U+FFFD where its code is of private use, a space for a control character."""
    sort = unicodedata.category(character)
    return "\ufffd" if sort in ("Co", "Cs") else " " if sort in ("Cc", "Zl", "Zp") else character


def _steps(code: Any, said: str, size: float) -> list[tuple[float, float, float]]:
    """Of each character how far the next stands to the right and below it, and how wide it is; millimetres."""
    across, down = _deltas(code.get("DeltaX"), len(said)), _deltas(code.get("DeltaY"), len(said))
    steps = []
    for i, character in enumerate(said):
        full = unicodedata.east_asian_width(character) in "WFA"
        natural = size if full else size / 2
        right = across[i] if i < len(across) else 0.0 if down else natural
        # letters are as wide as their step: what is between words is a character of its own
        narrow = 0 < right < natural or (not full and 0 < right <= size)
        steps.append((right, down[i] if i < len(down) else 0.0, right if narrow else natural))
    return steps


def _deltas(text: str | None, most: int) -> list[float]:
    """Steps as they are written: "g 3 5 4" stands for 5 5 5 4 (7.3, table 1)."""
    words, steps = iter((text or "").split()), list[float]()
    for word in words:
        if len(steps) >= most:
            break
        times = 1
        if word == "g":
            times = min(most, int(next(iter(_numbers(next(words, "0"))), 0)))
            word = next(words, "0")
        steps += list(_numbers(word)[:1] or (0.0,)) * max(0, times)
    return steps


def _rulings(path: Any, place: _Setting) -> Iterator[Ruling]:
    """The ruled lines of a path: its level and upright strokes, or its filled boxes that are no thicker than a line."""
    stroked = path.get("Stroke", "true").lower() not in ("false", "0")
    data = next(_all(path, "AbbreviatedData"), None)
    for points in _outlines((data.text if data is not None else "") or "", place):
        if stroked:
            for one, two in zip(points, points[1:], strict=False):
                wide, high = abs(one[0] - two[0]), abs(one[1] - two[1])
                if min(wide, high) <= _STRAIGHT and max(wide, high) >= _THIN:
                    yield _ruling([one, two], wide >= high)
        if points and (not stroked or len(points) > 3):
            across, down = [x for x, _ in points], [y for _, y in points]
            wide, high = max(across) - min(across), max(down) - min(down)
            if min(wide, high) <= _THIN <= max(wide, high):
                yield _ruling(points, wide >= high)


def _ruling(points: list[tuple[float, float]], level: bool) -> Ruling:
    across, down = [x for x, _ in points], [y for _, y in points]
    left, top, right, bottom = min(across), min(down), max(across), max(down)
    x, y = (left + right) / 2, (top + bottom) / 2
    return Ruling(left, y, right, y) if level else Ruling(x, top, x, bottom)


def _outlines(data: str, place: _Setting) -> Iterator[list[tuple[float, float]]]:
    """The corners of each outline of a path, of curves only where they end."""
    points: list[tuple[float, float]] = []
    words = iter(re.findall(r"[A-Za-z]|-?[\d.]+(?:[eE][-+]?\d+)?", data))
    for word in words:
        if word not in _OPERANDS:
            continue
        numbers = [number for _ in range(_OPERANDS[word]) for number in _numbers(next(words, "0")) or (0.0,)]
        if word in "SM":
            yield points
            points = []
        if word == "C":
            points += points[:1]
        else:
            points.append(place.point(*numbers[-2:]))
    yield points
