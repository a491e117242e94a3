"""A report and the files attached to it -> one Source: what an attachment says stands after the report as an annex.

The report is read alone first, so that no attachment moves an address of it. Where its page only leads to a file, the
first attachment is the report, and the page says whose and of what day it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from ..model import Attachment, Finding, Form, Line, Part, ReportError, Source, Stretches
from .decoding import decode
from .extract import Extracted, Extracting, extract, leading_lines
from .lines import LINE_END, split_lines
from .particulars import year_said
from .source import characters_told, read
from .whereabouts import Taken

# What a page is refused for that has no text of its own.
LEADS = ("html-attachment", "html-frames", "html-no-text")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file attached to a report, as it came."""

    path: str  # that messages give
    title: str  # what its annex is headed
    data: bytes


def read_with(path: str, data: bytes, enclosed: Sequence[Enclosure], taking: Extracting = extract) -> Source:
    """A report with its attachments; `taking` gives the text of a file. Raises ReportError where there is no text in
    it, or in one of them."""
    try:
        return _annexed(read(path, data, taking(path, data)), enclosed, taking)
    except ReportError as error:
        if not enclosed or error.findings[0].code not in LEADS or error.findings[0].path != path:
            raise
    return _annexed(_led(path, data, enclosed[0], taking), enclosed[1:], taking)


def _led(path: str, data: bytes, first: Enclosure, taking: Extracting) -> Source:
    """A page without text, its title and fields before the text of the file it leads to."""
    page, said = leading_lines(path, data), _said(first, taking)
    told = Finding("attachment-read", path, 0, PurePath(first.path).name)
    pages = tuple((start + len(page.text), number) for start, number in said.pages)
    scanned = _behind(len(page.text), said.scanned)
    source = read(path, data, Extracted(page.text + said.text, page.form, (*said.findings, told), pages, scanned))
    source = replace(source, findings=(*source.findings, *_titles_differ(source, len(page.text))))
    return replace(source, attachments=(_attachment(first, said.form, len(page.text), len(source.text), annex=False),))


def _titles_differ(source: Source, page: int) -> Iterator[Finding]:
    """A note where the title of the report is of another year than that of the page, the first characters."""
    title = source.particulars.title
    year = year_said(title.text) if title else ""
    on_page = [one for one in source.segments if one.part is Part.TITLE and one.end <= page]
    titles = [source.text[one.start : one.end] for one in on_page]
    others = [one for one in titles if year and year_said(one) not in ("", year)]
    if title and others:
        yield Finding("title-year", source.path, 0, others[0], title.text)


def _behind(shift: int, stretches: Stretches) -> Stretches:
    """Stretches of a text that stands behind so many characters."""
    return tuple((start + shift, end + shift) for start, end in stretches)


def _annexed(source: Source, enclosed: Sequence[Enclosure], taking: Extracting) -> Source:
    if not enclosed:
        return source
    text, lines, attachments = source.text, [*source.body], [*source.attachments]
    findings, scanned = [*source.findings], [*source.scanned]
    for number, one in enumerate(enclosed, 1):
        said = _said(one, taking)
        text += "" if not text or text[-1] in "\n\r" else "\n"
        start = len(text)
        head = f"附件{number if len(enclosed) > 1 else ''}：{one.title}\n"
        annex = head + said.text
        scanned += _behind(start + len(head), said.scanned)
        above = sum(1 for _ in LINE_END.finditer(text))
        lines += (
            Line(line.start + start, line.end + start, line.number + above) for line in split_lines(annex, rows=True)
        )
        text += annex
        attachments.append(_attachment(one, said.form, start, len(text), annex=True))
        told = (*said.findings, *characters_told(one.path, said.text))
        findings += Taken(said.text, said.form, said.pages).told(one.path, told)
    return replace(
        source,
        text=text,
        encoding="utf-8",
        body=tuple(lines),
        attachments=tuple(attachments),
        findings=tuple(findings),
        scanned=tuple(scanned),
    )


def _said(one: Enclosure, taking: Extracting) -> Extracted:
    """The text of an attachment, ended by a line end."""
    taken = taking(one.path, one.data)
    if taken:
        return taken
    text, _ = decode(one.path, one.data)
    text = text.removeprefix("\ufeff")
    return Extracted(text if text[-1:] in ("\n", "\r") else f"{text}\n", Form.TEXT, ())


def _attachment(one: Enclosure, form: Form, start: int, end: int, annex: bool) -> Attachment:
    return Attachment(PurePath(one.path).name, form, hashlib.sha256(one.data).hexdigest(), start, end, annex)
