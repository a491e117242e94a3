"""The glossary: every use of a term, in both languages, and the names the first report's readers ask about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from baogao.publication.folder import read_folder
from baogao.publication.publication import understand
from baogao.relations.glossary import context, glossary, in_english, is_linked, linked_uses, uses_by_piece
from baogao.translation.terms import general_terms
from conftest import ROOT, SEED

SHELF = read_folder(ROOT / "seeds", "seeds")
ENTRIES = {headword.term.zh.strip("“”《》"): headword for headword in glossary(SHELF.publications)}
TEXT = SEED.read_text("utf-8")
NAMED = [
    "湘易办", "云上望城APP", "雷锋哨", "望企荟", "无证明城市", "刷脸办", "免证办", "首错免罚", "分阶段施工许可", "跨域通办",
    "政务服务+直播", "三统一", "三项制度", "两规则四细则一职责", "七进", "八五普法", "七彩治理", "法律明白人",
    "一村(社区)一法律顾问", "雷锋调解员", "矛盾纠纷调解中心", "述法", "依法治区考核",
]  # fmt: skip


def plain(text: str) -> str:
    return "".join(c for c in text if c not in "“”（）()")


@pytest.mark.parametrize("name", NAMED)
def test_every_system_and_scheme_the_report_names_has_its_entry(name):
    entry = next(
        h for zh, h in ENTRIES.items() if plain(zh) == plain(name) or plain(name) in map(plain, h.term.variants)
    )
    assert entry.term.definition_zh and entry.term.definition_en and entry.places


def test_every_use_stands_where_it_is_said_to_and_has_its_english_there():
    for headword in ENTRIES.values():
        for place in headword.places:
            assert place.text in TEXT and place.text[place.start : place.end]
            english = place.publication.translation.english(place.anchor, place.text)
            assert in_english(headword.term, english), (headword.term.zh, english)


def test_no_use_is_missed_of_a_term_that_stands_in_no_other():
    uses = ENTRIES["行政复议调解率"].places
    assert len(uses) == TEXT.count("行政复议调解率") == 1
    assert ENTRIES["法律明白人"].places and TEXT.count("法律明白人") >= len(ENTRIES["法律明白人"].places)


def test_figures_about_a_term_are_those_whose_subject_names_it():
    assert {figure.quote for _, figure in ENTRIES["行政复议"].figures} == {"翻三番", "95.5%以上"}


def test_what_stands_round_a_use_is_cut_on_both_sides():
    place = next(p for p in ENTRIES["行政复议"].places if len(p.text) > 60)
    left, term, right = context(place, 10)
    assert f"{left.strip('…')}{term}{right.strip('…')}" in place.text and max(len(left), len(right)) <= 11


def linked(text: str) -> dict[str, list[str]]:
    """The terms linked on the page of a whole report, by the ids of its sentences and headings."""
    read = replace(understand("a.txt", text.encode()), terms=tuple(general_terms()))
    pieces = read.layout.pieces
    found = linked_uses(pieces.values(), uses_by_piece(read))
    for id_, uses in found.items():
        for use in uses:
            printed = pieces[id_].text[use.start : use.end]
            assert printed.strip("“”《》") in [form.strip("“”《》") for form in (use.term.zh, *use.term.variants)]
    return {id_: [use.term.zh for use in uses] for id_, uses in found.items() if uses}


def test_a_term_is_linked_once_a_page_and_places_offices_and_common_words_are_not():
    text = "某区2023年度法治政府建设报告\n一、成效\n行政复议案件。行政复议申请。\n一是办理。行政复议,区政府整改。\n"
    assert linked(text) == {"s1-1": ["行政复议"]}


def test_no_more_than_one_character_in_eight_is_linked():
    terms = [term.zh for term in general_terms() if is_linked(term)]
    assert len(terms) > 60
    for between in ("", "有关工作" * 4):
        text = "某区2023年度法治政府建设报告\n一、成效\n" + "。".join(f"开展{term}{between}" for term in terms) + "。\n"
        found = [term for uses in linked(text).values() for term in uses]
        assert len(found) > 4 and sum(map(len, found)) * 8 <= len(text)
        assert len(found) == len(set(found)) and (not between or len(found) > 12)


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("It handled normative documents.", "normative documents"),
        ("A Normative Document was issued.", "Normative Document"),
        ("The norm was documented.", None),
    ],
)
def test_the_english_of_a_term_is_found_inflected(english, said):
    term = next(term for term in general_terms() if term.zh == "规范性文件")
    span = in_english(term, english)
    assert (english[slice(*span)] if span else None) == said
