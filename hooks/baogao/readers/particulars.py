"""Title, fields, signature and first lines -> Particulars: whose report this is, of what year, from where.

Each is a span of the file. Nothing is inferred that is not printed: a place that the page does not name is missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from ..divisions import is_city_of_county_level, is_of_province_level
from ..ids import kind_said
from ..model import Line, Particulars, Printed
from ..patterns import DIGITS, HAN, ONE_TO_NINE, ORDINAL, any_of, stands_for_heading
from ..rules import load
from ..simplified import simplified

_YEAR = re.compile(
    rf"((?:19|20)\d\d|[12１２][0９9０][０-９]{{2}}|[一二][九〇○零][{ONE_TO_NINE}〇○零]{{2}})\s*年(?!远景)"
)
# The year a sentence reports on stands close before the name of the work: 2023年法治政府建设情况.
_YEAR_OF_WORK = re.compile(_YEAR.pattern + r"度?[^。，,；;年]{0,14}(?:报告|情况|工作)")
_NUMERALS = rf"\d{ONE_TO_NINE}十廿卅０-９"
# 2024年1月5日, 二〇二四年一月五日, the nought typed in any of five ways
DATE = (
    rf"(?:\d{{4}}|[{ONE_TO_NINE}〇○零ＯO０-９]{{4}})\s*年"
    rf"\s*[{_NUMERALS}]{{1,3}}\s*月\s*[{_NUMERALS}]{{1,3}}\s*日"
)
_DAY = re.compile(rf"{DATE}|\d{{4}}\s*[-./年]\s*\d{{1,2}}\s*[-./月]\s*\d{{1,2}}(?:\s*日)?")
_SIGNED = re.compile(rf"(?:{_DAY.pattern})$")


def read_particulars(
    text: str,
    title: Sequence[Line],
    copies: Sequence[Line],
    fields: Sequence[tuple[str, int, int]],
    bylines: Sequence[Line],
    dates: Sequence[Line],
    signature: Sequence[Line],
    body: Sequence[Line],
) -> Particulars:
    """Read what the lines say.

    `copies` are the other lines above the text that look like titles, `fields` (name, start, end) of the value,
    `bylines` the lines beside the title that name no field (who delivered the report, when, where; a document number),
    `dates` those under it that are a date in brackets and nothing else, `body` the report's own lines.
    """
    named = _title(text, title)
    signed_by, signed = _signature(text, signature)
    preamble = _preamble(text, body)
    delivered = [_said(text, line.start, line.end) for line in bylines]
    above = [_said(text, line.start, line.end) for line in reversed(copies)]  # the nearest first
    place = _first_place(text, [signed_by, named, *delivered, *above, *preamble])
    issuer = signed_by or _issuer_in_title(text, title) or _issuer_in_text(text, place, preamble)
    place = _fullest_place(text, place, [issuer, named, *delivered, *above, *preamble])
    return Particulars(
        title=named,
        issuer=issuer,
        place=place.said if place else None,
        level=Printed(place.level, place.suffix, place.said.end) if place else None,
        body=_body(text, issuer),
        year=_year(text, [named, *delivered], above, preamble, body),
        published=_published(text, fields),
        source=_field(text, fields, "source"),
        signature=signed_by,
        signed=signed or _bracketed(text, dates),
        number=_field(text, fields, "number") or _number(text, bylines),
    )


def _said(text: str, start: int, end: int) -> Printed:
    return Printed(text[start:end], start, end)


def _title(text: str, lines: Sequence[Line]) -> Printed | None:
    if not lines:
        return None
    joined = "".join(text[line.start : line.end] for line in lines)
    return Printed(joined, lines[0].start, lines[-1].end)


def _signature(text: str, lines: Sequence[Line]) -> tuple[Printed | None, Printed | None]:
    """Who signs and the date, which may share the line. Of several bodies a government signs, else the first."""
    date, bodies = None, []
    for line in lines:
        match = _SIGNED.search(text[line.start : line.end])
        before = line.start + (match.start() if match else line.end - line.start)
        if match:
            date = _said(text, before, line.end)
        names = re.finditer(r"\S{4,}", text[line.start : before])
        apart = [_said(text, line.start + m.start(), line.start + m.end()) for m in names]
        whole = text[line.start : before].rstrip()
        if len(apart) > 1 or whole:
            bodies += apart if len(apart) > 1 else [_said(text, line.start, line.start + len(whole))]
    return next((body for body in bodies if body.text.endswith("政府")), bodies[0] if bodies else None), date


def _bracketed(text: str, dates: Sequence[Line]) -> Printed | None:
    """The day in brackets under a title: when the report was made. A portal prints its own day otherwise."""
    found = (_DAY.search(text, line.start, line.end) for line in dates)
    return next((_said(text, *day.span()) for day in found if day), None)


def _number(text: str, lines: Sequence[Line]) -> Printed | None:
    """The document number that stands on a line of its own, 某政办〔2023〕5号."""
    rule = load("chrome")["document_number"]
    printed = (_said(text, line.start, line.end) for line in lines)
    return next((said for said in printed if re.search(rule, said.text)), None)


# The first section. Not any HEADING: below 第一部分 accounts still say whose they are.
_FIRST = re.compile(f"{ORDINAL}、")
_OPENING = 2_000  # characters of a line in which the place and the year of a report may stand


def _preamble(text: str, body: Sequence[Line]) -> list[Printed]:
    """The lines before the first section, at most five, of each what opens it."""
    lines = []
    for line in body[:5]:
        if _FIRST.match(text, line.start, line.end):
            break
        lines.append(_said(text, line.start, min(line.end, line.start + _OPENING)))
    return lines


# ---- places


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place name as printed, with its superior places: 云川市清河区."""

    said: Printed
    level: str
    suffix: int  # offset of the last part's 省, 市, 区

    @property
    def last(self) -> str:
        """The last part alone."""
        return split_place(self.said.text)[-1]


@cache
def _levels() -> dict[str, str]:
    levels: dict[str, str] = load("places")["suffixes"]
    return levels


@cache
def _part() -> re.Pattern[str]:
    """One part of a place name. 柳州市 is no 柳州 with a 市 behind, yet 青峦县 ends before 市场监督; 市级, 市辖 and a
    person's 市长在 are no ends."""
    offices = any_of(load("places")["offices"]["words"])
    return re.compile(
        rf"([{HAN}]{{2,9}}?|[{HAN}](?=[县旗]))({any_of(_levels())})(?<![州县乡镇](?=(?!{offices})[市区]))"
        "(?![级辖]|长[在作向])"
    )


@cache
def _inside_office() -> re.Pattern[str]:
    """What stands behind a suffix inside a word of an office: 建设 behind 城乡."""
    words, suffixes = load("places")["offices"]["words"], "".join(_levels())
    ends = ((word[:n], word[n:]) for word in words for n in range(1, len(word) + 1) if word[n - 1] in suffixes)
    return re.compile("|".join(f"(?<={before}){behind}" for before, behind in ends))


def split_place(name: str) -> list[str]:
    """某某市清河区 -> 某某市, 清河区."""
    parts = []
    at = 0
    read_as = simplified(name)
    while match := _part().match(read_as, at):
        parts.append(name[slice(*match.span())])
        at = match.end()
    return parts or [name]


@cache
def _no_place() -> re.Pattern[str]:
    return re.compile(load("chrome")["not_places"])


def place_at(text: str, start: int, end: int) -> PlaceName | None:
    """The place name that begins at start."""
    at, last = start, None
    while (match := _part().match(text, at, end)) and not _is_no_place(match):
        if last and not _is_below(match, last) or _inside_office().match(text, match.end(), end):
            break
        at, last = match.end(), match
    if last is None:
        return None
    above = split_place(text[start : last.start()]) if last.start() > start else []
    return PlaceName(_said(text, start, at), _level(last[0], last[2], above), last.start(2))


_RANK = {"province": 0, "prefecture": 1, "county": 2, "township": 3}


def _is_below(part: re.Match[str], above: re.Match[str]) -> bool:
    """Whether a part can stand behind another: 市 then 县 or 区, 区 then 镇, never 镇 then 县."""
    return _RANK[_level(part[0], part[2], [above[0]])] > _RANK[_level(above[0], above[2], [])]


def _is_no_place(match: re.Match[str]) -> bool:
    """Only names of autonomous places are long; a longer word that ends in 市 or 区 is a piece of a sentence."""
    return bool(_no_place().search(match[0])) or (len(match[1]) > 5 and "自治" not in match[2])


def _level(name: str, suffix: str, above: Sequence[str]) -> str:
    """The administrative level of a place. A 市 under another 市, or in the table as such, is a county-level city."""
    if is_of_province_level(name):
        return "province"
    if suffix == "市" and (is_city_of_county_level(name) or any(a.endswith(("市", "州", "地区", "盟")) for a in above)):
        return "county"
    return _levels()[suffix]


_PLACE_MAY_BEGIN = re.compile(rf"(?:关于|中共|年度?|[{_NUMERALS}]日|总局|[，,。、；;：:（(“\s]|在|我)(?=[{HAN}])")


def _beginnings(text: str, said: Printed) -> list[int]:
    """Where in a line a place name may begin."""
    begin = said.start + (2 if said.text.startswith(("中共", "关于")) else 0)
    return [begin, *(match.end() for match in _PLACE_MAY_BEGIN.finditer(text, said.start, said.end))]


def _first_place(text: str, among: Sequence[Printed | None]) -> PlaceName | None:
    for said in among:
        if said is None:
            continue
        for begin in _beginnings(text, said):
            place = place_at(text, begin, said.end)
            if place:
                return place
    return None


def _fullest_place(text: str, place: PlaceName | None, among: Sequence[Printed | None]) -> PlaceName | None:
    """The same place where it is printed with its superior places."""
    if place is None:
        return None
    fullest = place
    for said in among:
        if said is None:
            continue
        for match in re.finditer(re.escape(place.said.text), text[said.start : said.end]):
            for begin in _beginnings(text, said):
                longer = place_at(text, begin, said.start + match.end())
                # 现就柳桥镇 is not 柳桥镇 with more before it: the last part must stay what it was
                if longer and longer.last == place.last and len(longer.said.text) > len(fullest.said.text):
                    fullest = longer
    return fullest


_NAME_WORD = re.compile(f"(?:关于|年度?)?([{HAN}]+)")
_NAME_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def said_by_file_name(path: str) -> dict[str, str]:
    """The place and the year that the name of a file says, where it says one: 清河区2023年度报告.pdf.

    They are no particulars: people gave the name, the report does not print it. They are proposed to who writes the
    sidecar.
    """
    stem = simplified(unicodedata.normalize("NFC", PurePosixPath(path).stem))
    at = (place_at(stem, *word.span(1)) for word in _NAME_WORD.finditer(stem))
    said = {"place": {place.said.text for place in at if place}, "year": set(_NAME_YEAR.findall(stem))}
    return {name: found.pop() for name, found in said.items() if len(found) == 1}


# ---- the body that reports


def _issuer_in_title(text: str, lines: Sequence[Line]) -> Printed | None:
    """The name of a body at the head of the title: 某市人民政府关于…, or alone on its first line."""
    if not lines:
        return None
    line = lines[0]
    named = re.match(
        rf"(?:(?:19|20)\d\d年度?)?([{HAN}·（）()]{{2,40}}?"
        r"(?:人民政府|委员会|办公室|街道办事处|管委会|总局|局|厅|署|院|中心|部))(?=关于|\s*(?:19|20)\d\d|\s*$|年度|法治)",
        text[line.start : line.end],
    )
    return _said(text, line.start + named.start(1), line.start + named.end(1)) if named else None


def _issuer_in_text(text: str, place: PlaceName | None, preamble: Sequence[Printed]) -> Printed | None:
    """The government of the place, where the first lines name it in full."""
    if place is None:
        return None
    for said in preamble:
        match = re.compile(re.escape(place.said.text) + "人民政府").search(text, said.start, said.end)
        if match:
            return _said(text, match.start(), match.end())
    return None


def _body(text: str, issuer: Printed | None) -> Printed | None:
    """What of the issuer's name is not the place: 人民政府, 市场监督管理局."""
    if issuer is None:
        return None
    start = issuer.start + (2 if issuer.text.startswith("中共") else 0)
    place = place_at(text, start, issuer.end)
    start = place.said.end if place else start
    return _said(text, start, issuer.end) if start < issuer.end else None


# ---- years and fields

_YEAR_DIGITS = str.maketrans({digit: str(value) for digit, value in DIGITS.items()} | dict.fromkeys("○ＯO", "0"))


def year_in_digits(year: str) -> str:
    """A year as printed -> four digits: ２０２３, 二〇二三, 二○二三 are 2023."""
    return unicodedata.normalize("NFKC", year).translate(_YEAR_DIGITS)


def year_said(title: str) -> str:
    """The year that a title names, in four digits; empty where it names none."""
    found = _YEAR.search(title)
    return year_in_digits(found[1]) if found else ""


_LATE = re.compile(r"\s*(?:1[0-2]|１[０-２]|十[一二]?)\s*月")  # behind a year: a day in its last months


def _year(
    text: str,
    heads: Sequence[Printed | None],
    copies: Sequence[Printed],
    preamble: Sequence[Printed],
    body: Sequence[Line],
) -> Printed | None:
    """The year the report is called by: in the title or under it, else in another copy of the title, else where the
    first lines name the work, else the first one.

    A report on the work of a government has that of its plan, where one of its headings names it, before any of its
    first lines, which may speak of results; and before that of a day in the last months of the year before.
    """
    said = _first_year(text, heads, _YEAR)
    title = heads[0].text if heads[0] else ""
    delivered = bool(kind_said(title, (one.text for one in preamble)).get("delivered"))
    if said is None or (delivered and _LATE.match(text, said.end + len("年"))):
        called = [*_years_in(text, copies, _YEAR), *(_planned_years(text, body) if delivered else ())]
        said = next((one for one in called if said is None or _follows(one, said)), said)
    return said or _first_year(text, preamble, _YEAR_OF_WORK) or _first_year(text, preamble, _YEAR)


def _follows(one: Printed, other: Printed) -> bool:
    return int(year_in_digits(one.text)) == int(year_in_digits(other.text)) + 1


def _first_year(text: str, among: Sequence[Printed | None], pattern: re.Pattern[str]) -> Printed | None:
    return next(_years_in(text, among, pattern), None)


def _years_in(text: str, among: Sequence[Printed | None], pattern: re.Pattern[str]) -> Iterator[Printed]:
    """The first year of each that has one."""
    for said in among:
        match = pattern.search(text, said.start, said.end) if said else None
        if match:
            yield _said(text, match.start(1), match.end(1))


@cache
def _plans() -> re.Pattern[str]:
    """The headings that name the year of a plan, as rules/times.yml has them: it is the one after that reviewed."""
    return re.compile(next(row["match"] for row in load("times")["reviewed"] if row["years"] == -1))


def _planned_years(text: str, body: Sequence[Line]) -> Iterator[Printed]:
    for line in body:
        found = _plans().search(text, line.start, line.end)
        if found and stands_for_heading(text[line.start : line.end]):
            yield _said(text, *found.span("year"))


def _field(text: str, fields: Sequence[tuple[str, int, int]], group: str) -> Printed | None:
    for wanted in load("chrome")["fields"][group]:
        for name, start, end in fields:
            if name == wanted and start < end:
                return _said(text, start, end)
    return None


def _published(text: str, fields: Sequence[tuple[str, int, int]]) -> Printed | None:
    """The day of publication, without the clock time behind it."""
    for wanted in load("chrome")["fields"]["published"]:
        for name, start, end in fields:
            day = _DAY.search(text, start, end) if name == wanted else None
            if day:
                return _said(text, day.start(), day.end())
    return None
