"""Work -> a citation in words, BibTeX, RIS, CSL-JSON: how a report, a sentence of it or a figure of it is cited.

The shapes are what the CSL styles print: GB/T 7714 of a report online, with the day it was published and the day it was
looked at; APA 7 of a page with a day; Chicago 17 (notes and bibliography) of a report. The text of GB/T 7714-2025 was
not read; zotero-chinese's style for it has both days for what is online ([EB/OL]), in full-width marks.
The issuer is author and publisher, and is named once. The original page is what is cited; this site stands after it,
and only for a sentence or a figure, which were found here. What is not known is left out, but for APA's (n.d.). The
same work always gives the same characters.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import month_name
from dataclasses import dataclass, fields
from datetime import date as Day
from enum import StrEnum
from typing import Any

from ..wording.names import Names


class Style(StrEnum):
    """How a citation is written."""

    GBT7714 = "gbt7714"
    APA = "apa"
    CHICAGO = "chicago"


# what readers call them
STYLES = {Style.GBT7714: "GB/T 7714", Style.APA: "APA", Style.CHICAGO: "Chicago"}


class Cited(StrEnum):
    """What is cited."""

    REPORT = "report"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Work:
    """A report, or a place in one. What is not known is empty; title and issuer are in `language`."""

    title: str
    issuer: str  # the body that reports
    place: str = ""  # the report is about; a keyword, never a place of publication
    date: str = ""  # of publication: 2024-01-15, 2024-01 or 2024; anything else counts as not known
    year: str = ""  # reported on; a keyword, never a date of publication
    url: str = ""  # the original page
    site_url: str = ""  # the same thing on this site
    kind: Cited = Cited.REPORT
    language: str = "zh"  # or en
    report: str = ""  # id: qinghe-2023
    locator: str = ""  # where a sentence stands, in words: 一（三）二是第2句
    accessed: str = ""  # the day the address was looked at: 2024-02-01
    translated: str = ""  # the title in English, where that is not `title`

    @property
    def address(self) -> str:
        """What is cited: the original page, else this site."""
        return self.url or self.site_url

    @property
    def via(self) -> str:
        """This site, where a sentence was found here and its original page is cited."""
        return self.site_url if self.url and self.kind != Cited.REPORT else ""


def work_of(
    names: Names, kind: Cited = Cited.REPORT, site_url: str = "", locator: str = "", accessed: str = ""
) -> Work:
    """The report, or a place in it at `site_url`, as it is cited: elsewhere than in Chinese by its own title, that of
    the page in brackets behind it, as APA and Chicago have works in another language; in Chinese APA has the English
    title in brackets, where there is one."""
    publication = names.publication
    printed = publication.given("title") if names.lang else ""
    return Work(
        f"{printed} [{names.title()}]" if printed else names.title(),
        names.told("issuer"),
        names.told("place"),
        publication.published,
        publication.year,
        publication.sidecar.url,
        site_url,
        kind,
        language=names.language,
        report=publication.id,
        locator=locator,
        accessed=accessed,
        translated="" if names.lang else publication.translation.english("m-title", publication.given("title")),
    )


def citation(work: Work, style: Style | str) -> str:
    """The work in a list of references. Raises ValueError where there is no such style."""
    return {Style.GBT7714: _gbt7714, Style.APA: _apa, Style.CHICAGO: _chicago}[Style(style)](_clean(work))


def _gbt7714(work: Work) -> str:
    """责任者. 题名[R/OL]. (2024-01-15)[2024-02-01]. URL: what is online has the day it was published and the day it was
    looked at."""
    when = _known(work.date)
    if work.address:
        when = (when and f"({when})") + (work.accessed and f"[{work.accessed}]")
    title = work.title and work.title + ("[R/OL]" if work.address else "[R]")
    return _ended(_listed(work.issuer, title, when, work.locator, work.address, _found(work)))


def _apa(work: Work) -> str:
    """Issuer. (2024, January 15). Title [Title in English]. URL. Without an issuer the title comes first; an address
    takes no full stop."""
    title = f"{work.title} [{work.translated}]" if work.title and work.translated else work.title
    said = (work.issuer, _apa_date(work.date), title) if work.issuer else (title, _apa_date(work.date))
    text = _listed(*said, work.locator)
    address = _listed(work.address, _found(work))
    return f"{_ended(text)} {address}".rstrip()


def _apa_date(date: str) -> str:
    """(2024, January 15), (2024, January), (2024), (n.d.)."""
    year, month, day = (*_parts(date), 0, 0, 0)[:3]
    name = month_name[month] if month else ""
    return f"({', '.join(filter(None, (str(year), f'{name} {day}' if day else name)))})" if year else "(n.d.)"


def _chicago(work: Work) -> str:
    """Issuer. Title. 2024. URL. An English title has capitals."""
    title = _headline(work.title) if work.language == "en" else work.title
    return _ended(_listed(work.issuer, title, _known(work.date)[:4], work.locator, work.address, _found(work)))


def _found(work: Work) -> str:
    return work.via and ("转引自: " if work.language == "zh" else "Via ") + work.via


# ---- for programs


def bibtex(work: Work) -> str:
    """A @techreport. Names and titles stand in two pairs of braces: kept whole, and kept in their letters."""
    work = _clean(work)
    year, month, day = (*_known(work.date).split("-"), "", "")[:3]
    entry = {
        "author": work.issuer and f"{{{_tex(work.issuer)}}}",
        "title": work.title and f"{{{_tex(work.title)}}}",
        "institution": work.issuer and f"{{{_tex(work.issuer)}}}",  # @techreport wants one
        "type": "Report" if work.language == "en" else "报告",
        "year": year,
        "month": month,
        "day": day,
        "url": _tex_address(work.address),
        "language": _locale(work),
        "keywords": _tex(", ".join(_keywords(work))),
        "note": _tex(_found(work)),
    }
    lines = (f"  {name} = {{{value}}},\n" for name, value in entry.items() if value)
    return f"@techreport{{{_key(work)},\n{''.join(lines)}}}\n"


def ris(work: Work) -> str:
    """RIS, TY RPRT: a tag a line, lines ending in CRLF. DP is where it was found: this site."""
    work = _clean(work)
    lines = [
        ("TY", "RPRT"),
        ("ID", _key(work)),
        ("AU", work.issuer),
        ("TI", work.title),
        ("PY", _known(work.date)[:4]),
        ("DA", _known(work.date).replace("-", "/")),
        ("UR", work.address),
        ("DP", work.site_url),
        ("LA", _locale(work)),
        *(("KW", word) for word in _keywords(work)),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def csl_json(work: Work) -> dict[str, Any]:
    """An item of CSL-JSON, type report, as citeproc and Zotero read it. No publisher: it is the author."""
    work = _clean(work)
    issued = _parts(work.date)
    item = {
        "id": _key(work),
        "type": "report",
        "title": work.title,
        "author": [{"literal": work.issuer}] if work.issuer else None,
        "issued": {"date-parts": [list(issued)]} if issued else None,
        "URL": work.address,
        "source": work.site_url,
        "language": _locale(work),
        "keyword": ", ".join(_keywords(work)),
    }
    return {name: value for name, value in item.items() if value}


def _key(work: Work) -> str:
    """The report's id: qinghe-2023."""
    return re.sub("[^A-Za-z0-9-]", "", work.report) or "report"


def _locale(work: Work) -> str:
    return {"zh": "zh-CN", "en": "en-US"}.get(work.language, work.language)


def _keywords(work: Work) -> list[str]:
    return [word for word in (work.place, work.year) if word]


_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # not \{: BibTeX counts that brace too
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {c: "\\" + c for c in "$&#%_"}


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in text)


def _tex_address(address: str) -> str:
    r"""As it is, for \url, but for what would end the field."""
    return "".join(f"%{ord(c):02X}" if c in "{}\\" else c for c in address)


# ---- pieces


def _clean(work: Work) -> Work:
    """Every text on one line, without control characters."""
    said: dict[str, Any] = {f.name: _line(getattr(work, f.name)) for f in fields(work)}
    return Work(**said | {"kind": work.kind})


def _line(text: str) -> str:
    return " ".join("".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs")).split())


def _parts(date: str) -> tuple[int, ...]:
    """2024-01-15 -> 2024, 1, 15; 2024-01 and 2024 likewise; empty where it is no date."""
    if not re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", date):
        return ()
    parts = tuple(map(int, date.split("-")))
    try:
        Day(*(*parts, 1, 1)[:3])
    except ValueError:
        return ()
    return parts


def _known(date: str) -> str:
    """A date as it is; empty where it is none."""
    return date if _parts(date) else ""


_SMALL = re.compile(  # words in lower case inside a title, as CSL's title case has them
    "a|an|and|as|at|but|by|down|for|from|in|into|nor|of|on|onto|or|over|so|the|till|to|up|via|with|yet"
)


def _headline(title: str) -> str:
    """Capitals for the words of an English title, the small ones inside it excepted. No capital is taken away."""
    words = title.split(" ")
    inside = range(1, len(words) - 1)
    return " ".join(
        w if i in inside and _SMALL.fullmatch(w) and not words[i - 1].endswith(":") else w[:1].upper() + w[1:]
        for i, w in enumerate(words)
    )


def _listed(*parts: str) -> str:
    """Parts one after another, a full stop and a space between; those that are empty are left out."""
    said = [part for part in parts if part]
    return " ".join([*map(_ended, said[:-1]), *said[-1:]])


def _ended(text: str) -> str:
    """With a full stop, where no mark ends it already and there is anything."""
    return text if not text or text.endswith((".", "?", "!", "。", "？", "！")) else text + "."
