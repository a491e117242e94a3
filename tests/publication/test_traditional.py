"""A report in traditional characters is understood as the same in simplified ones, and shown as it is printed."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from baogao.model import HeadingCorrection, ReportError
from baogao.publication.publication import understand
from baogao.publication.sidecar import Sidecar
from baogao.relations.links import links
from baogao.simplified import simplified
from conftest import PRACTICE, ROOT
from opencc import OpenCC

PAGE = ROOT / "tests/fixtures/forms/div.html"


def _shape(sections):
    return [(one.id, one.role, one.theme, _shape(one.sections)) for one in sections]


@pytest.mark.parametrize(
    ("path", "how"),
    list(product((PRACTICE[0], PRACTICE[5], PAGE), ("s2t", "s2tw"))),
    ids=lambda v: getattr(v, "stem", v),
)
def test_a_report_in_traditional_characters_is_understood_as_in_simplified(path, how):
    text = path.read_text("utf-8")
    traditional = "".join(map(OpenCC(how).convert, text))  # one for one, so that offsets can be compared
    assert len(traditional) == len(text) and traditional != text
    meant, found = understand(path.name, text.encode()), understand(path.name, traditional.encode())
    assert (found.id, found.year, found.published) == (meant.id, meant.year, meant.published)
    assert _shape(found.report.sections) == _shape(meant.report.sections)
    assert [one.code for one in found.findings] == [one.code for one in meant.findings]
    assert [(f.id, f.value, f.start, f.end) for f in found.figures] == [
        (f.id, f.value, f.start, f.end) for f in meant.figures
    ]
    # and all that the report says is as it is printed
    source = found.report.source
    for name in ("place", "issuer", "title", "published"):
        ours, theirs = getattr(source.particulars, name), getattr(meant.report.source.particulars, name)
        assert (ours is None) == (theirs is None) and (
            ours is None or (ours.start, ours.end) == (theirs.start, theirs.end)
        )
        assert ours is None or ours.text == "".join(source.text[ours.start : ours.end].split())
    assert all(one.text == source.text[one.start : one.end] for one in found.report.sentences())
    assert all(
        one.heading.text == source.text[one.heading.start : one.heading.end]
        for one in found.report.walk()
        if one.heading
    )
    assert all(one.quote == source.text[one.start : one.end] for one in found.figures)


@pytest.mark.parametrize("how", ["s2t", "s2hk"])
def test_figures_and_links_of_a_report_in_traditional_characters_are_those_of_the_simplified(how):
    """Headline figures and links were chosen by the words that are printed, which no rule is written in."""
    for path in PRACTICE[:5]:
        text = path.read_text("utf-8")
        meant, found = (understand("a.txt", one.encode()) for one in (text, "".join(map(OpenCC(how).convert, text))))
        assert [replace(one, quote="", clause=None) for one in found.figures] == [
            replace(one, quote="", clause=None) for one in meant.figures
        ]
        assert [one.id for one in found.headline] == [one.id for one in meant.headline]
        ends, others = ([(one.kind, one.from_, one.to) for one in links([report])] for report in (meant, found))
        assert ends == others


def test_place_year_kind_and_outline_of_a_title_in_traditional_characters():
    text = "湖南省長沙市望城區2023年法治政府建設年度報告\n來源：區司法局　發佈時間：2024-01-30\n一、主要舉措\n辦理案件3件。\n二、存在問題\n力量不足。\n長沙市望城區\n人民政府\n"
    found = understand("a.txt", text.encode())
    assert (found.id, found.given("place"), found.published) == ("wangcheng-2023", "湖南省長沙市望城區", "2024-01-30")
    assert found.given("title") == text.split("\n")[0] and found.report.source.text == text
    assert [str(section.role) for section in found.report.sections] == ["results", "shortcomings"]


def test_a_text_in_simplified_characters_is_left_alone():
    for text in ("", "乾县", "堽城镇著名的村民", "ABC", "（一）2023年，全区推进依法行政。", "朱镕基"):
        assert simplified(text) == text
    assert simplified("乾縣") == "乾县" and len(simplified("裡面的𠮷長")) == 5


def test_a_heading_is_corrected_by_the_words_that_are_printed():
    text = "平川市雲溪區2023年度法治政府建設情況報告\n一、主要舉措\n辦理案件3件。\n發展與開放\n力量不足。\n"
    said = Sidecar("a.yml", headings=(HeadingCorrection(4, "發展與開放", 1, level=1),))
    assert [one.label for one in understand("a.txt", text.encode(), said).items.parts] == [
        "一、主要舉措",
        "發展與開放",
    ]
    wrong = Sidecar("a.yml", headings=(HeadingCorrection(4, "发展与开放", 1, level=1),))
    with pytest.raises(ReportError) as raised:
        understand("a.txt", text.encode(), wrong)
    assert raised.value.findings[0].expected == "發展與開放"
