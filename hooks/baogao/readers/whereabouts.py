"""A line of a text that was taken out of a file -> where a person finds it there: its page, how it begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from ..model import Attachment, Finding, Form, Pages, Source, Whereabouts
from .lines import LINE_END, WHITE

_BEGINS = 12  # characters, by which a line is looked for


class Taken:
    """A text and the files it was taken out of. Of a file that is text itself a line is found by its number."""

    def __init__(self, text: str, form: Form, pages: Pages = (), attachments: tuple[Attachment, ...] = ()) -> None:
        self._text, self._form, self._pages, self._attachments = text, form, pages, attachments

    @classmethod
    def of(cls, source: Source) -> Taken:
        """The text of a report, its attachments with it."""
        return cls(source.text, source.form, source.pages, source.attachments)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in LINE_END.finditer(self._text))]

    def line_at(self, offset: int) -> int:
        """The number of the line, 1-based, on which any character stands, a portal's too."""
        return bisect_right(self._starts, offset)

    def found(self, line: int, span: tuple[int, int] | None = None) -> Whereabouts | None:
        """A line by its number, 1-based, with the pages of it, or of a span in it. None where the number itself tells:
        of a text file, or of 0, a whole file."""
        extracted = self._form is not Form.TEXT or self._attachments
        if not (extracted and 0 < line <= len(self._starts)):
            return None
        start, end = self._starts[line - 1], [*self._starts[line : line + 1], len(self._text)][0]
        inside = next((one for one in self._attachments if one.start <= start < one.end), None)
        if self._form is Form.TEXT and not inside:
            return None
        said = self._text[start:end].strip(WHITE)
        begins = said if len(said) <= _BEGINS else f"{said[:_BEGINS].rstrip(WHITE)}…"
        span = span or (start, start + len(self._text[start:end].rstrip()))
        pages = None if inside and inside.annex else self._between(*span)
        return Whereabouts(" ".join(begins.split("\t")), pages, inside.name if inside else "")

    def _between(self, start: int, end: int) -> tuple[int, int] | None:
        """The pages on which a stretch begins and ends. A note at the foot of one may stand behind the next."""
        first, last = (bisect_right(self._pages, at, key=lambda page: page[0]) for at in (start, max(start, end - 1)))
        numbers = [number for _, number in self._pages[max(0, first - 1) : last]]
        return (min(numbers), max(numbers)) if first and numbers else None

    def told(self, path: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings, those of lines of this text with where these are found; `path` is the one they give."""
        return tuple(replace(one, found=self.found(one.line)) if one.path == path else one for one in findings)
