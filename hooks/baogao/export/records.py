"""Report -> report.json, which gives its text back, and full.txt; what all JSON and CSV of the site have alike.

Keys are public: added, never renamed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

import msgspec

from .. import __version__
from ..model import Part, Particulars, Printed, Section, Source
from ..publication.proofreading import to_proofread
from ..publication.publication import Publication

SEVERAL = "；"  # between the subjects of one number in a cell; it ends a clause, so it stands in no subject
# how a cell begins that Excel calculates, in Chinese and Japanese the wide forms too; -3.5 is a number
_CALCULATED = re.compile(r"[\t\r\n@=＠＝]|[+-](?![0-9.,]+%?$)|[＋－]")
SCHEMA_VERSION = 1  # of every JSON file; raised when a key changes its meaning or goes


def outline_record(publication: Publication) -> dict[str, Any]:
    """What `baogao outline --format json` prints. Offsets are half-open, in code points of the decoded file."""
    report, source = publication.report, publication.report.source
    return {
        "schema_version": SCHEMA_VERSION,
        "version": __version__,
        "id": publication.id,
        "characters": len(source.text),
        "encoding": source.encoding,
        "sha256": source.sha256,
        **extraction(source),
        "report": {f.name: _said(getattr(source.particulars, f.name)) for f in fields(Particulars)},
        "year": int(publication.year) if publication.year else None,
        "year_reviewed": int(publication.year_reviewed) if publication.year_reviewed else None,
        "segments": [
            {"start": s.start, "end": s.end, "part": s.part, "id": s.id, **page_of(source, s.start)}
            for s in report.segments
        ],
        **({"pages": [{"start": start, "page": page} for start, page in source.pages]} if source.pages else {}),
        **_scan(publication),
        **({"checked": asdict(checked)} if (checked := publication.sidecar.checked) else {}),
        "sections": [_section(section) for section in report.sections],
        "notes": [{"code": f.code, "line": f.line, "met": f.met, "expected": f.expected} for f in publication.findings],
    }


_OF_ATTACHMENT = ("name", "form", "sha256", "start", "end", "annex")


def extraction(source: Source) -> dict[str, Any]:
    """Of a text that is not the file received: the form of that file, the hash of the text, and the files attached to
    it. Else nothing."""
    if not source.extracted:
        return {}
    attached = [{key: getattr(one, key) for key in _OF_ATTACHMENT} for one in source.attachments]
    said = {"form": source.form, "text_sha256": source.text_sha256}
    return said | ({"attachments": attached} if attached else {})


def _scan(publication: Publication) -> dict[str, Any]:
    """What of the text was read off a scan, and whether a person has compared it; nothing where it is typed."""
    source = publication.report.source
    if not source.scanned:
        return {}
    stretches = [{"start": start, "end": end} for start, end in source.scanned]
    return {"scanned": stretches, "proofread": not to_proofread(source, publication.sidecar)}


def page_of(source: Source, offset: int) -> dict[str, int]:
    """The page of the file on which a character stands, as a key of its own; nothing where the file has no pages."""
    page = source.page_at(offset)
    return {"page": page} if page else {}


def report_record(publication: Publication) -> dict[str, Any]:
    """report.json: the outline with the text of every segment and the line ends, enough to give the file back."""
    text = publication.report.source.text
    record = outline_record(publication)
    for segment in record["segments"]:
        segment["text"] = text[segment["start"] : segment["end"]]
    return record | {"line_ends": line_ends(text)}


def restore(record: Mapping[str, Any]) -> bytes:
    """report.json -> the bytes received, or of a text extracted those of the text.

    Raises ValueError where the record is none, or is not whole.
    """
    try:
        data = "".join(segment["text"] for segment in record["segments"]).encode(record["encoding"])
        expected = record.get("text_sha256", record["sha256"])
    except (KeyError, TypeError, LookupError, UnicodeEncodeError) as error:
        raise ValueError(f"not a report.json: {error!r}. Expected the file beside a report's overview.") from error
    if hashlib.sha256(data).hexdigest() != expected:
        raise ValueError(
            "the text was changed: its SHA-256 is not the one recorded. Take report.json from the site again."
        )
    return data


def line_ends(text: str) -> str:
    """LF, CRLF or CR; mixed where there are several; none where the file is one line."""
    found = {{"\r\n": "CRLF", "\n": "LF", "\r": "CR"}[end] for end in re.findall("\r\n|\n|\r", text)}
    return found.pop() if len(found) == 1 else "mixed" if found else "none"


def for_excel(table: str) -> str:
    """A table behind a U+FEFF, without which Excel takes UTF-8 for the code page of the machine, and with an apostrophe
    before each text that Excel would calculate (https://owasp.org/www-community/attacks/CSV_Injection). Exact is the
    table without this, or JSON."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in csv.reader(io.StringIO(table, newline="")):
        writer.writerow([f"'{cell}" if _CALCULATED.match(cell) else cell for cell in row])
    return f"\ufeff{out.getvalue()}"


def full_text(publication: Publication) -> str:
    """The report alone as plain text, a line a paragraph: title, text and signature, nothing of the portal's."""
    report, text = publication.report, publication.report.source.text
    own = [(line.start, line.end) for line in report.source.body]
    own += [(s.start, s.end) for s in report.segments if s.part is Part.SIGNATURE]
    title = publication.given("title")
    return "\n\n".join([*([title] if title else []), *(text[start:end] for start, end in sorted(own))]) + "\n"


def dumps(value: Any) -> str:
    """JSON as every file of the site has it."""
    # json writes what is indented in Python, character by character; both of these are C
    return msgspec.json.format(json.dumps(value, ensure_ascii=False), indent=1) + "\n"


def _said(said: Printed | None) -> dict[str, Any] | None:
    return None if said is None else {"text": said.text, "start": said.start, "end": said.end}


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "level": section.level,
        "numeral": section.numeral,
        "heading": section.heading.text if section.heading else None,
        "start": section.start,
        "end": section.end,
        "role": section.role,
        "sections": [_section(child) for child in section.sections],
    }
