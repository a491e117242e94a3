"""The index as written: everything of a report is in it once, the same text gives the same bytes."""

from __future__ import annotations

import re
from dataclasses import replace

import polib
import pytest
from baogao.export import search_index
from baogao.export.search_index import files, keys
from baogao.export.search_records import Record, SearchUnit, page_record, report_records
from baogao.figures.computed import computed
from baogao.folding import fold
from baogao.model import Part
from baogao.publication.folder import read_folder
from baogao.publication.publication import understand
from baogao.publication.sidecar import Sidecar
from baogao.translation.po import Entry, State, Translation
from baogao.wording.names import Names
from conftest import PRACTICE, ROOT, SEED
from hypothesis import given
from hypothesis import strategies as st

REPORTS = [understand(path.name, path.read_bytes()) for path in [SEED, *PRACTICE]]
TEXTS = st.text(st.sampled_from("行政复议 　,，.。Aa1２é“”…①㎡\t\u200b"), max_size=30)


def unit(text: str, anchor: str = "s1-1") -> SearchUnit:
    return SearchUnit(anchor, text)


@pytest.mark.parametrize("publication", REPORTS, ids=lambda p: p.id)
def test_every_character_of_a_report_stands_in_one_record(publication):
    report = publication.report
    records = [r for r in report_records(publication) if r.kind == "section"]
    searched = sorted(u.text.strip() for r in records for line in r.lines for u in line)
    own = sorted(
        report.source.text[s.start : s.end].strip()
        for s in report.segments
        if s.part not in (Part.CHROME, Part.SPACE) and report.source.text[s.start : s.end].strip()
    )
    assert searched == own


@pytest.mark.parametrize("publication", REPORTS, ids=lambda p: p.id)
def test_every_figure_is_a_line_that_leads_to_its_sentence(publication):
    (record,) = [r for r in report_records(publication) if r.kind == "figures"]
    own = [line[0] for line in record.lines if line[0].anchor.startswith("r")]
    assert [unit.leads.rpartition("#")[2] for unit in own] == [f.id for f in publication.figures]


@pytest.mark.parametrize("publication", REPORTS, ids=lambda p: p.id)
def test_every_value_that_was_computed_is_a_line_that_leads_to_the_sentence_of_its_figure(publication):
    (record,) = [r for r in report_records(publication) if r.kind == "figures"]
    lines = {line[0].anchor: line[0] for line in record.lines if not line[0].anchor.startswith("r")}
    found = list(computed(publication.figures, publication.report.source.text))
    assert lines.keys() == {one.id for one in found}
    for one in found:
        assert lines[one.id].leads.endswith(f"#{one.of}")
        assert f"{one.value:,f}" in lines[one.id].text and "本站计算" in lines[one.id].text


def test_a_number_is_found_as_written_and_in_full():
    text = "某区2023年度法治政府建设报告\n一、成效\n专题点击量超340万人次，行政机关负责人出庭率98.5%，较上年度提高7个百分点。\n"
    (record,) = [r for r in report_records(understand("a.txt", text.encode())) if r.kind == "figures"]
    said = [line[0].text for line in record.lines]
    assert said[0] == "超340万人次（＞3,400,000人次）　专题点击量"
    assert said[2] == "上年 91.5%（本站计算）　行政机关负责人出庭率"


# ---- the English of a report

BILINGUAL = understand(
    "a.txt",
    "某区2023年度法治政府建设报告\n"
    "一、主要举措和成效\n办理案件63件。组织培训4期。\n健全机制。\n（一）加强监督\n开展检查。\n"
    "二、存在的不足\n力量不够。\n".encode(),
    Sidecar(title="某区报告"),
)


def in_english(state: State = State.DRAFT, **other: State) -> list[Record]:
    """The English records where each unit's English is EN and its id, in the state given."""
    entries = {
        unit.id: Entry(unit.text, f"EN {unit.id}", other.get(unit.id.replace("-", "_"), state))
        for unit in Names(BILINGUAL, "zh").units()
    }
    records = report_records(replace(BILINGUAL, translation=Translation("a.en.po", entries)))
    return [record for record in records if record.language == "en"]


def lines_of(record: Record) -> list[list[tuple[str, str]]]:
    return [[(unit.anchor, unit.text) for unit in line] for line in record.lines]


def test_english_is_searched_by_page_and_the_sentences_of_a_paragraph_are_one_line():
    records = overview, first, below, second, figures = in_english()
    assert [(one.kind, one.page, one.role, one.report) for one in records] == [
        ("section", "a/index.html", "", "a"),
        ("section", "a/1.html", "results", "a"),
        ("section", "a/1-1.html", "results", "a"),
        ("section", "a/2.html", "shortcomings", "a"),
        ("figures", "a/figures.html", "", "a"),
    ]
    assert lines_of(overview) == [[("top", "EN m-title")]] and overview.title == "EN m-title"
    assert lines_of(first) == [
        [("h1", "EN h1")],
        [("s1-1", "EN s1-1 "), ("s1-2", "EN s1-2")],  # a phrase may cross the space between
        [("s1-3", "EN s1-3")],
    ]
    assert lines_of(below) == [[("h1-1", "EN h1-1")], [("s1-1-1", "EN s1-1-1")]]
    assert lines_of(second) == [[("h2", "EN h2")], [("s2-1", "EN s2-1")]]
    assert [one.titled for one in records] == [True, True, True, True, False]


def test_a_figure_is_searched_in_english_where_its_subject_is_translated_and_leads_to_its_sentence():
    case, training = BILINGUAL.figures
    *_, figures = in_english()
    assert [line[0].leads for line in figures.lines] == [f"1.html#{case.id}", f"1.html#{training.id}"]
    assert [line[0].anchor for line in figures.lines] == [f"r{one.id[1:]}" for one in (case, training)]
    assert "63" in figures.lines[0][0].text and f"EN {case.id}" in figures.lines[0][0].text
    *_, figures = in_english(**{case.id.replace("-", "_"): State.CHANGED})
    assert [line[0].anchor for line in figures.lines] == [f"r{training.id[1:]}"]


def test_what_has_no_english_or_that_of_another_text_is_not_searched_in_english():
    first, *_ = in_english(h1=State.CHANGED, s1_2=State.UNTRANSLATED, m_title=State.CHANGED)
    assert first.page == "a/1.html" and not first.titled
    assert lines_of(first) == [[("s1-1", "EN s1-1")], [("s1-3", "EN s1-3")]]
    assert in_english(State.CHANGED) == []
    assert {record.language for record in report_records(BILINGUAL)} == {"zh"}


def test_all_english_of_the_first_report_is_searched_once():
    [first] = read_folder(ROOT / "seeds", "seeds").publications
    records = [one for one in report_records(first) if one.language == "en" and one.kind == "section"]
    searched = [(unit.anchor, unit.text.strip()) for one in records for line in one.lines for unit in line]
    entries = [(one.msgctxt, one.msgstr) for one in polib.pofile(str(SEED.with_suffix(".en.po"))) if one.msgstr]
    wanted = [("top" if id_ == "m-title" else id_, said) for id_, said in entries if id_[0] in "hs" or id_ == "m-title"]
    assert sorted(searched) == sorted(wanted) and len(wanted) > 100


# ---- how text is compared


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("１，１３６件", "1136件"),
        ("33，212", "33212"),
        ("甲， 乙", "甲,乙"),
        ("云上 望城ＡＰＰ  a  B", "云上望城app a b"),
        ("“三项制度”", '"三项制度"'),
        ("2021—2025", "2021-2025"),
        ("PM２.５", "pm2.5"),
        ("㎡ ① …", "m2 1 ..."),
        ("𠀀甲", "\ufffd甲"),
        ("甲\u200b乙\ufeff", "甲乙"),
        ("  甲　乙\t丙 ", "甲乙丙"),
        ("", ""),
    ],
)
def test_text_is_compared_by_the_rules(written, compared):
    assert fold(written) == compared


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text):
    # but where a space or comma that is gone brings two digits or two commas together
    once = fold(text)
    if not re.search(r"[0-9],+[0-9]", once):
        assert fold(once) == once


@given(TEXTS)
def test_every_character_but_spaces_is_posted_or_inside_a_word(text):
    folded = fold(text)
    covered = set()
    for key, at in keys(folded):
        assert folded.startswith(key, at)
        covered |= set(range(at, at + (len(key.rstrip()) if key[0].isalpha() and key[0] < "ɐ" else 1)))
    assert covered >= {i for i, c in enumerate(folded) if c != " "}


def test_the_same_records_give_the_same_bytes():
    records = list(report_records(REPORTS[0]))
    assert list(files(records, [])) == list(files(list(report_records(understand(SEED.name, SEED.read_bytes()))), []))


def test_an_index_that_holds_nothing_fails():
    with pytest.raises(ValueError, match="holds no text"):
        list(files([], []))


def test_an_index_written_with_a_wrong_setting_fails(monkeypatch):
    record = Record("section", "zh", "a/1.html", "甲", ((unit("行政复议"),),))
    monkeypatch.setattr(search_index, "_numbers", lambda values, delta=True: "0")
    with pytest.raises(ValueError, match="would not find"):
        list(files([record], []))


def test_a_page_written_by_hand_is_searched_by_heading():
    record = page_record(
        "en", "about.html", "About", "<h1 id=a>About</h1><p>One <b>line</b>.</p><h2 id=b>Two</h2><ul><li>x</li></ul>"
    )
    assert record.title == "About" and record.titled
    assert [(line[0].anchor, line[0].text) for line in record.lines] == [
        ("a", "About"),
        ("a", "One line."),
        ("b", "Two"),
        ("b", "x"),
    ]


def test_a_phrase_crosses_the_end_of_a_sentence_and_not_of_a_line():
    publication = understand(
        "a.txt", "某区2023年度法治政府建设报告\n一、成效\n办结3件。成效好。\n另起一行。\n".encode()
    )
    lines = [
        "".join(u.text for u in line) for r in report_records(publication) if r.kind == "section" for line in r.lines
    ]
    assert "办结3件。成效好。" in lines and "另起一行。" in lines


def test_in_english_each_row_of_a_table_is_a_line_and_a_sentence_left_out_parts_no_paragraph():
    text = "某区2023年度法治政府建设报告\n一、成效\n办结3件。未译。成效好。\n另起一行。\n项目\t2022\t2023\n甲\t3\t4\n乙\t5\t6\n"
    read = understand("a.txt", text.encode())
    said = {"h1": "Results", "s1-1": "Three closed.", "s1-3": "All well.", "s1-4": "Another line.", "s1-6": "A\t3\t4"}
    entries = {id_: Entry(read.layout.pieces[id_].text, english, State.DRAFT) for id_, english in said.items()}
    translated = replace(read, translation=Translation("a.po", entries))
    (record,) = [r for r in report_records(translated) if r.kind == "section" and r.language == "en"]
    assert [[(u.anchor, u.text) for u in line] for line in record.lines] == [
        [("h1", "Results")],
        [("s1-1", "Three closed. "), ("s1-3", "All well.")],
        [("s1-4", "Another line.")],
        [("s1-6", "A\t3\t4")],
    ]
    assert record.titled and record.page.endswith("/1.html") and record.title == "1 · Results"


def test_the_worked_example_of_the_format_is_true():
    written = (ROOT / "docs/en/search-format.md").read_text("utf-8")
    line = re.search("single line `(.+?)`", written)[1]
    rows = re.findall(r"^\| `(.+?)` \| (\d+) \|$", written, re.M)
    assert [(key, int(at)) for key, at in rows] == list(keys(fold(line)))
    assert re.findall(r"^\| `(.+?)` \| (\d+) \|$", (ROOT / "docs/zh/search-format.md").read_text("utf-8"), re.M) == rows
    assert f"`{search_index._numbers([2, 40, 41])}`" in written
