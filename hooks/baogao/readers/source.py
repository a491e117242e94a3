"""bytes -> Source. The portal's chrome, the metadata lines, the title and the signature told apart from the text.

Afterwards: every visible character lies in exactly one of source.segments and source.body; text.encode(encoding) are
the bytes received, or those of the text extracted from them (extract.py). The rules are rules/chrome.yml; how real
pages vary is described there row by row. What no rule recognises stays in the body, with a note.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..model import Finding, Form, Line, Part, ReportError, Segment, Source
from ..patterns import HAN, HEADING, ONE_TO_NINE
from ..simplified import simplified
from .chrome import (
    DAY,
    Field,
    chrome_pattern,
    is_body_name,
    is_chrome,
    is_metadata,
    is_title,
    opens_text,
    read_fields,
    title_rules,
)
from .decoding import CONTROL, decode
from .extract import Extracted, extract, foreign
from .lines import LINE_END, RADICAL, characters, split_lines, without_marks
from .particulars import DATE, read_particulars
from .respelt import respelt


@dataclass(slots=True)
class _PageLines:
    """The lines of a page while they are being told apart; parts[i] is None for the report's own lines."""

    text: str  # in simplified characters
    lines: tuple[Line, ...]
    parts: list[Part | None]
    fields: list[Field]
    title: tuple[int, ...] = ()  # the lines of the copy nearest to the text

    def line(self, i: int) -> str:
        return characters(self.text[self.lines[i].start : self.lines[i].end])

    def gap(self, i: int) -> int:
        """How many empty lines stand between line i and the next."""
        return self.lines[i + 1].number - self.lines[i].number - 1


def read(path: str, data: bytes, taken: Extracted | None = None) -> Source:
    """A file as received -> Source. `taken` is its text where another has extracted it. Raises ReportError where there
    is no report in it."""
    taken = taken or extract(path, data)
    text, encoding = (taken.text, "utf-8") if taken else decode(path, data)
    lines = split_lines(text, rows=taken is not None)
    lines, marks = (lines, ()) if taken else without_marks(text, lines)
    read_as = simplified(text)
    page = _PageLines(read_as, lines, [None] * len(lines), [])
    first = _mark_head(page)
    _refuse_other_texts(path, page)
    end = _mark_tail(page, first)
    signature = _mark_signature(page, first, end)
    body = tuple(line for line, part in zip(lines, page.parts, strict=True) if part is None)
    if not body:
        raise ReportError(Finding("no-text", path, 0))
    particulars = read_particulars(
        read_as,
        title=[lines[i] for i in page.title] or _title_of_meta(page),
        copies=[lines[i] for i in range(first) if page.parts[i] is Part.TITLE and i not in page.title],
        fields=[(f.name, f.start, f.end) for f in page.fields],
        bylines=[
            line for i, line in enumerate(lines[:first]) if page.parts[i] is Part.METADATA and is_metadata(page.line(i))
        ],
        dates=[
            line
            for i, line in enumerate(lines[:first])
            if page.parts[i] is Part.METADATA and _BRACKETED_DAY.fullmatch(page.line(i))
        ],
        signature=[lines[i] for i in signature],
        body=body,
    )
    known = [(line, part) for line, part in zip(lines, page.parts, strict=True) if part is not None]
    known += [(mark, Part.CHROME) for mark in marks]
    segments = tuple(Segment(line.start, line.end, part) for line, part in sorted(known, key=lambda one: one[0].start))
    findings = (
        *(taken.findings if taken else ()),
        *characters_told(path, text),
        *([Finding("markdown", path, marks[0].number)] if marks else ()),
        *_unrecognised(path, text, page, first),
        *_second_report(path, text, page, first),
    )
    sha256, form = hashlib.sha256(data).hexdigest(), taken.form if taken else Form.TEXT
    source = Source(path, read_as, encoding, sha256, particulars, segments, body, findings, form)
    source = replace(source, pages=taken.pages, scanned=taken.scanned) if taken else source
    return respelt(source, text)


_ARTICLE = re.compile(f"第[{ONE_TO_NINE}十百]{{1,5}}条(?![例约款第])")
_FEWEST_ARTICLES = 3


def _refuse_other_texts(path: str, page: _PageLines) -> None:
    """Refuse a law (articles, no title of a report, no sections as reports have) and a text in another language."""
    if foreign(page.text):
        raise ReportError(Finding("foreign", path, 0))
    lines = [page.line(i) for i in range(len(page.lines))]
    articles = sum(bool(_ARTICLE.match(line)) for line in lines)
    sections = sum(bool(HEADING.match(line)) for line in lines)
    if not page.title and articles >= _FEWEST_ARTICLES and articles > sections:
        raise ReportError(Finding("law", path, 0, str(articles)))


_TITLE_META = "ArticleTitle"


def _is_titled(page: _PageLines, line: str) -> bool:
    """Whether a line of the head is the title that the page's meta tags name, whatever it looks like."""
    named = (page.text[f.start : f.end] for f in page.fields if f.name == _TITLE_META)
    return re.sub(r"\s", "", line) in (re.sub(r"\s", "", title) for title in named)


_SOURCE_META = "ContentSource"
_BESIDE_SOURCE = re.compile(
    rf"{DAY.pattern}|\d{{1,2}}:\d{{2}}(:\d{{2}})?|[{HAN}]{{2,4}}"
)  # day, time, 原创, author, 湖南


def _repeats_meta(page: _PageLines, line: str) -> bool:
    """Whether a line of the head is the source that the page's meta tags name, with nothing but who and when beside."""
    named = [page.text[f.start : f.end] for f in page.fields if f.name == _SOURCE_META and f.start < f.end]
    rest = [line.replace(name, " ").split() for name in named if name in line]
    return any(all(_BESIDE_SOURCE.fullmatch(word) for word in words) for words in rest)


def _title_of_meta(page: _PageLines) -> list[Line]:
    """The title that a saved page names in its meta tags, where it prints none: one like a report's, else any."""
    spans = [(f.start, f.end) for f in page.fields if f.name == _TITLE_META and f.start < f.end]
    at = min(spans, key=lambda span: not is_title(page.text[slice(*span)]), default=None)
    return [Line(*at, page.text.count("\n", 0, at[0]) + 1)] if at else []


def _mark_head(page: _PageLines) -> int:
    """Mark what stands before the text; the index of the first line of the text."""
    count = len(page.lines)
    first = next((i for i in range(count) if _is_text_opening(page, i)), None)
    if first is None:  # no running text at all: only what a rule knows is taken off
        first = count
    i, anchors = 0, []
    while i < first:
        i, anchored = _mark_head_line(page, i, first)
        if anchored:
            anchors.append(i - 1)
    last = anchors[-1] if anchors else -1
    for i in range(first):
        if page.parts[i] is None and i < last:
            page.parts[i] = Part.CHROME  # a banner: it stands above the title or the metadata
    for i in range(last + 1, first):
        day = _DAY_LINE.fullmatch(page.line(i))
        if page.parts[i] is None and anchors and day and (not day["body"] or is_body_name(day["body"].strip())):
            page.parts[i] = Part.METADATA
            start = page.lines[i].start
            page.fields.append(Field("时间", start + day.start("day"), start + day.end("day")))
        if (
            page.parts[i] is None
            and anchors
            and (is_body_name(page.line(i)) or DAY.fullmatch(page.line(i).strip("（）()")))
        ):
            page.parts[i] = Part.METADATA  # who and when, under the title
        if page.parts[i] is None and anchors and _is_speaker(page, i):
            page.parts[i] = Part.METADATA
    return first


_PERSON = re.compile(rf"[{HAN}](?:\s*[{HAN}]){{1,3}}|[{HAN}]+(?:·[{HAN}]+)+")


def _is_speaker(page: _PageLines, i: int) -> bool:
    """Whether a line is the name of who delivered the report: under where and when, or above whom it speaks to."""
    if len(page.line(i)) > 12 or not _PERSON.fullmatch(page.line(i)):
        return False
    under = i > 0 and page.parts[i - 1] is Part.METADATA and is_metadata(page.line(i - 1))
    above = i + 1 < len(page.lines) and chrome_pattern("salutation").match(page.line(i + 1))
    return under or bool(above)


_BRACKETED_DAY = re.compile(rf"[（(]\s*{DATE}\s*[）)]")
# The day of publication without the name of its field, a body's name before it or a clock time behind it.
_DAY_LINE = re.compile(
    rf"(?P<body>[{HAN}]+\s+)?[（(]?(?P<day>\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}})"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?[）)]?"
)


def _is_text_opening(page: _PageLines, i: int) -> bool:
    line = page.line(i)
    if is_chrome(line) or read_fields(page.text, page.lines[i]) or is_metadata(line):
        return False
    return opens_text(line)


def _mark_head_line(page: _PageLines, i: int, first: int) -> tuple[int, bool]:
    """Mark line i of the head by its own look; the next line to look at, and whether it was title or metadata."""
    line = page.line(i)
    fields = read_fields(page.text, page.lines[i])
    if fields:
        page.parts[i] = Part.METADATA
        if len(fields) == 1 and fields[0].start == fields[0].end and i + 1 < first and _is_value(page, i + 1):
            value = page.lines[i + 1]
            page.parts[i + 1] = Part.METADATA
            page.fields.append(Field(fields[0].name, value.start, value.end))
            return i + 2, True
        page.fields.extend(fields)
        return i + 1, True
    title = _title_at(page, i, first)
    if title:
        for k in title:
            page.parts[k] = Part.TITLE
        page.title = title
        return title[-1] + 1, True
    if is_metadata(line) or _repeats_meta(page, line):
        page.parts[i] = Part.METADATA
        return i + 1, True
    if is_chrome(line):
        page.parts[i] = Part.CHROME
    return i + 1, False


_BODIES_ABOVE = 3  # so many names of bodies may stand above a title, one a line: a report of several


def _title_at(page: _PageLines, i: int, first: int, above: int = 0) -> tuple[int, ...]:
    """The lines of the title that begins at line i, or none: one; two of a broken one; names of bodies above either."""
    line, rules = page.line(i), title_rules()
    if is_title(line) or _is_titled(page, line):
        return (i,)
    if i + 1 >= first or is_chrome(line) or DAY.fullmatch(line):
        return ()
    if is_body_name(line):
        rest = _title_at(page, i + 1, first, above + 1) if above < _BODIES_ABOVE and page.gap(i) <= 1 else ()
        return (i, *rest) if rest and rules["opening"].match(page.line(rest[0])) else ()
    following = page.line(i + 1)
    broken = page.gap(i) == 0 and rules["opening"].search(line) and not is_title(following)
    return (i, i + 1) if broken and is_title(line + following) else ()


def _is_value(page: _PageLines, i: int) -> bool:
    """Whether a line can be the value of the field whose name stands alone above it."""
    line = page.line(i)
    return not (
        read_fields(page.text, page.lines[i])
        or _title_at(page, i, len(page.lines))
        or opens_text(line)
        or is_chrome(line)
    )


def _mark_tail(page: _PageLines, first: int) -> int:
    """Mark what the portal prints after the text; the index after the last line of the text."""
    count = len(page.lines)
    end = count
    for i in range(count - 1, first, -1):
        line = page.line(i)
        if is_chrome(line):
            end = i
        elif HEADING.match(line) or (len(line) >= 60 and "。" in line):
            break  # the text again
    for i in range(end, count):
        fields = read_fields(page.text, page.lines[i])
        chrome = is_chrome(page.line(i)) or not fields
        page.parts[i] = Part.CHROME if chrome else Part.METADATA
        if not chrome:
            page.fields.extend(fields)
    while end - 1 > first and (fields := read_fields(page.text, page.lines[end - 1])):
        end -= 1
        page.parts[end] = Part.METADATA
        page.fields.extend(fields)
    return end


def _mark_signature(page: _PageLines, first: int, end: int) -> tuple[int, ...]:
    """Mark the body that signs and the date under it; their lines.

    The usual order is body, then date (GB/T 9704-2012, 7.3.5). After-matter may follow, so the last such pair
    counts, and without a pair only a last line that is one of the two.
    """
    for i in range(end - 1, first, -1):
        line = page.line(i)
        if HEADING.match(line):
            break
        if _is_signing_line(line):
            return _sign(page, (i,))
        if DAY.fullmatch(line):
            lines = [i]
            while lines[0] - 1 > first and _can_sign(page.line(lines[0] - 1)):
                lines.insert(0, lines[0] - 1)
            if len(lines) > 1 or i == end - 1:
                return _sign(page, tuple(lines))
    if end - 1 > first and is_body_name(page.line(end - 1)):
        return _sign(page, (end - 1,))
    return ()


def _can_sign(line: str) -> bool:
    """Whether a line above a date is who signs: a body's name, or two side by side."""
    return all(is_body_name(name) for name in line.split()) or is_body_name(line)


def _is_signing_line(line: str) -> bool:
    """Body and date on one line."""
    date = re.search(rf"(?:{DATE})$", line)
    return bool(date) and is_body_name(line[: date.start()].rstrip() if date else "")


def _sign(page: _PageLines, lines: tuple[int, ...]) -> tuple[int, ...]:
    for i in lines:
        page.parts[i] = Part.SIGNATURE
    return lines


def _unrecognised(path: str, text: str, page: _PageLines, first: int) -> list[Finding]:
    """A note for each line before the text that no rule knew."""
    lines = [line for line, part in zip(page.lines[:first], page.parts, strict=False) if part is None]
    return [Finding("line-not-recognised", path, line.number, met=text[line.start : line.end][:40]) for line in lines]


_OPENS = re.compile("一[、.．]|第一(?:部分|章)")


def _second_report(path: str, text: str, page: _PageLines, first: int) -> list[Finding]:
    """A note where another report begins in the file: a title behind the first section, or behind the words to whom the
    report speaks, and below it one of the two again."""
    headed, spoken, title = False, False, tuple[int, ...]()
    for i in range(first, len(page.lines)):
        if page.parts[i] is not None and page.parts[i] is not Part.CHROME:
            continue
        begins, speaks = _OPENS.match(page.line(i)), chrome_pattern("salutation").match(page.line(i))
        if title and (speaks or (begins and headed)):
            lines = [page.lines[k] for k in title]
            met = "".join(text[line.start : line.end] for line in lines)
            return [Finding("second-report", path, lines[0].number, met)]
        if begins or HEADING.match(page.line(i)):
            headed, title = True, ()  # the sections go on
        elif (headed or spoken) and not title:
            title = _title_at(page, i, len(page.lines))
        spoken = spoken or bool(speaks)
    return []


def characters_told(path: str, text: str) -> tuple[Finding, ...]:
    """Notes on characters that are not what they look like, or not to be seen."""
    return (*_control_characters(path, text), *_radicals(path, text))


def _radicals(path: str, text: str) -> Iterator[Finding]:
    """A note where radicals of U+2E80 to U+2FD5 stand for the characters that look like them: ⼀ for 一."""
    first = RADICAL.search(text)
    if first:
        met = f"{first[0]} (U+{ord(first[0]):04X})"
        line = sum(1 for _ in LINE_END.finditer(text, 0, first.start())) + 1
        yield Finding("radical", path, line, met, characters(first[0]))


def _control_characters(path: str, text: str) -> list[Finding]:
    """A note for each line that has some, of the first."""
    found: list[Finding] = []
    start, number = 0, 1
    for control in CONTROL.finditer(text):
        breaks = sum(1 for _ in LINE_END.finditer(text, start, control.start()))
        if breaks or not found:
            found.append(Finding("control-character", path, number + breaks, met=f"U+{ord(control[0]):04X}"))
        start, number = control.start(), number + breaks
    return found
