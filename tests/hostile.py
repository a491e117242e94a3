"""What Markdown, its extensions, the theme, HTML, CSS or a script may read as more than text, and reports that hold it
in every value that a person can write: of the text, the sidecar, the PO, the termbase, the file's name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from itertools import cycle

import yaml
from baogao.model import Figure
from baogao.publication.publication import Publication, understand
from baogao.publication.sidecar import read_sidecar
from baogao.translation.po import Entry, State, Translation, write_po
from baogao.translation.terms import COLUMNS, term_id

RUN = "__xss=1"  # what a page that was broken into does
URL = f"https://portal.example/[a](b/autofocus/onfocus={RUN}//c)?a=![x]&amp;'*_"  # an address all the same
TAME = "甲乙丙"
SEPARATOR = "甲"

SEQUENCES = (
    # links, pictures, code, emphasis
    f"[甲](a onfocus={RUN} autofocus b)",
    f"![甲](a onanimationstart={RUN} style=animation:md-x b)",
    f"[甲](javascript:{RUN})",
    f'![甲](x "onerror={RUN}")',
    f"[甲]: javascript:{RUN} '乙'",
    "[甲][乙] [甲][] ![甲][乙]",
    "<https://foreign.example/甲>",
    f"<javascript://x%0a{RUN}>",
    "<a@foreign.example>",
    "`甲` ``乙",
    f"`[甲](`b` onfocus={RUN} autofocus c)",
    '\\[甲\\](b) \\` \\" \\',
    "**甲** _乙_ ~~丙~~ ==丁== ^戊^ ***",
    # extensions
    f"{{: onclick={RUN} .甲 #top }}",
    f'甲 {{: onclick="{RUN}" }}',
    "|甲|乙|",
    f"<div markdown=1>[甲](javascript:{RUN})</div>",
    "[TOC] [^1] *[甲]: 乙 !!! note",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0001\x03 \x02amp\x03",
    # HTML
    f"<img src=x onerror={RUN}>",
    f"<svg/onload={RUN}>",
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</template></noscript></textarea></select><img src=x onerror={RUN}>",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script><![CDATA[",
    f"?><script>{RUN}</script><?甲",
    f'"><img src=x onerror={RUN}>',
    f'" onfocus={RUN} autofocus x="',
    f"' onfocus={RUN} autofocus x='",
    f"&quot; onfocus={RUN} autofocus x=&quot;",
    f"&#34;&#62;&#60;img src=x onerror={RUN}&#62;",
    f"&#x22;&#x3e;&lt;img src=x onerror={RUN}&gt;",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&amp;lt;img src=x onerror={RUN}&amp;gt;",
    f"javascript:{RUN}",
    f"java&#115;cript&colon;{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "//foreign.example/甲",
    # templates, styles, scripts
    "{{ config.site_name }}{% include 'main.html' %}{# 甲 #}",
    "{address} {n} {title} {0} {}",
    "%(甲)s %s %7B ${1} \\1",
    '"; } * { background: url(//foreign.example/甲) } "',
    f"\\3c script\\3e {RUN}\\3c/script\\3e",
    f"';{RUN};'\\u003cscript\\u003e",
    f"\\u0022;{RUN};\\u2028",
    # what the start of a line may be
    "# 甲",
    "- 甲",
    "1. 甲",
    "2023. 甲",
    "> 甲",
    ": 甲",
    "--- 甲",
    "title: 甲",
    # characters that a format refuses or folds (U+202E is not here: with text-autospace Chromium 156 crashes on some)
    f"\x80\ufffe\uffff<img src=x onerror={RUN}>",
    f"\u2028\u2029\u200b\ufeff[甲](javascript:{RUN})",
)
# of several lines: in a text or a sidecar they are joined, elsewhere a value may have them
LINES = (
    f"甲\n\n<script>{RUN}</script>",
    f"甲\n\n    {RUN}\n\n[乙]: javascript:{RUN}",
    f"甲\n---\n{RUN}: 乙\n...\n<img src=x onerror={RUN}>",
    f"甲\n===\n- 乙\n{{: onclick={RUN} }}",
)


# ◆: where a value stands
_TEXT = """红河市黑山区◆{year}年度法治政府建设情况报告
来源：区司法局◆ 发布时间：{after}-01-31

{year}年，黑山区◆贯彻落实《◆条例》和《红河市◆办法》。现将情况报告如下：
一、主要举措和成效◆
（一）推进依法行政◆。◆检查◆企业{many}家，行政复议◆案件12件◆。◆
（二）推进公正司法。开展◆培训3次。
各乡镇◆案件如下：
乡镇◆\t◆受理（件）\t办结（件）
◆东河镇\t312\t309
西山乡◆\t208\t208
二、存在的问题◆
◆执法力量◆仍较薄弱。
三、下一步工作安排
{filler}
◆组织◆培训20次。
红河市黑山区人民政府◆
{after}年1月25日
"""
_OTHER = """东河市清河县2023年度法治政府建设情况报告

2023年，清河县开展培训3次。
清河县人民政府
2024年1月25日
"""
_FILLER = "各部门认真履行职责" * 60 + "。"  # a text without Chinese enough is no report


def groups(size: int) -> list[list[str]]:
    """Everything above in groups of at most so many, near ones apart."""
    every = [*SEQUENCES, *LINES]
    count = -(-len(every) // size)
    return [every[n::count] for n in range(count)]


def pairs() -> list[str]:
    """Everything above in twos, those first that mean something at the start of a line alone."""
    every = sorted([*SEQUENCES, *LINES], key=lambda value: not re.match(r"[^\w<`\"'/]+ |\d+\. |\w+: |\[.\]: ", value))
    half = len(every) // 2
    return [SEPARATOR.join(two) for two in zip(every[:half], every[half:], strict=True)]


def _line(value: str) -> str:
    """The value where it stands in a line of a text file or a PO."""
    return re.sub("[\x00-\x1f\x85\u2028\u2029]+", " ", value)


def told(value: str) -> str:
    """The value where it stands in a sidecar or a termbase: what is refused there is taken away."""
    return re.sub("[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\u2028\u2029]+", " ", value).strip()


def text(values: Sequence[str], year: int) -> str:
    """A report with the values, in turn, in its title, metadata, headings, sentences, subjects of figures, names of
    instruments, tables and signature."""
    longest = max(map(len, values))
    plain = _TEXT.format(year=year, after=year + 1, many=year - 1973, filler=_FILLER * (1 + longest // 20))
    first = year % 2 * len(values) // 2  # another one in each place the other year
    turn = cycle([*values[first:], *values[:first]])
    return re.sub("◆", lambda _: _line(next(turn)), plain)


def _chunks(values: Sequence[str], longest: int) -> list[str]:
    """All values, joined as far as a key of a sidecar takes them."""
    joined: list[str] = []
    for value in map(told, values):
        if joined and len(joined[-1]) + len(value) < longest:
            joined[-1] += SEPARATOR + value
        else:
            joined.append(value)
    return joined


def sidecar(values: Sequence[str], name: str, year: int, figure: Figure) -> bytes:
    """Every key, with values wherever it is not a number, a date, an address or an id; the place with the first, the
    corrections with all."""
    chunks = _chunks(values, 450)
    value = chunks[0]
    said = {"id": name, "place": f"{told(values[0])}黑山区", "year": year, "published": f"{year + 1}-01-31", "url": URL}
    if year % 2:  # the other year's report shows what its text says
        said |= {"title": f"{value}报告", "issuer": f"政府{value}", "source": f"来源{value}", "headline": [figure.id]}
        named = {"subject": value, "name": f"{value}名", "unit": f"家{value}"}
        said |= {"figures": [{"id": figure.id, "quote": figure.quote} | named]}
    notices = [{"date": "2024-05-01", "id": one, "was": one, "now": one, "why": one} for one in chunks]
    said |= {"corrections": [*notices, *(one | {"now": ""} for one in notices)]}
    return yaml.safe_dump(said, allow_unicode=True).encode()


def english(publication: Publication, values: Sequence[str]) -> bytes:
    """A PO in which every unit has one of the values in its English and in the translator's comment, in turn."""
    entries, turn = {}, cycle(map(_line, values))
    for n, unit in enumerate(publication.units()):
        value = next(turn)
        said = f"{value} 50 businesses inspected{value}, 12 cases, 3 and 20 sessions {value}"
        said = "\t".join(f"{value} cell" for _ in unit.text.split("\t")) if "\t" in unit.text else said
        entries[unit.id] = Entry(unit.text, said, State.REVIEWED if n % 3 else State.DRAFT, value)
    return write_po(publication.id, publication.units(), Translation("", entries)).encode()


def terms(values: Sequence[str]) -> bytes:
    """A termbase in which every column that is free holds each value: of terms that the text has, and that it has not."""
    out, taken = io.StringIO(), set()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for n, value in enumerate(map(told, values)):
        before, after = (("检查", "企业"), ("开展", "培训"), ("行政复议", "案件"), ("红河市", "办法"))[n % 4]
        zh = f"{before}{value}{after}"
        if term_id(zh) not in taken:  # two of one spelling are refused
            taken.add(term_id(zh))
            forms = (zh, f"term {n} {value}", "concept", f"变体{n}{value}", f"other {n} {value}")
            table.writerow([*forms, value, value, "own", value])
    return out.getvalue().encode()


def seeds(values: Sequence[str], name: str) -> dict[str, bytes]:
    """The files of the reports of two years of one place, the values in their names too, of a termbase and of a report of
    another place."""
    files = {"terms.csv": terms(values), "other.txt": _OTHER.encode()}
    for year in (2022, 2023):
        data, id_ = text(values, year).encode(), f"{name}-{year}"
        stem = re.sub("[/\x00-\x1f]", "／", values[0])[:60] + id_
        beside = sidecar(values, id_, year, understand("a.txt", data).figures[0])
        publication = understand(f"seeds/{stem}.txt", data, read_sidecar(f"seeds/{stem}.yml", beside))
        files |= {f"{stem}.txt": data, f"{stem}.yml": beside, f"{stem}.en.po": english(publication, values)}
    return files
