"""What is searched of a report: everything of it once, its figures with their values, its English."""

from __future__ import annotations

from dataclasses import replace

import polib
import pytest
from baogao.export.search_records import report_records
from baogao.figures.computed import computed
from baogao.model import Part
from baogao.publication.folder import read_folder
from baogao.publication.publication import understand
from baogao.publication.sidecar import Sidecar
from baogao.search.index import files
from baogao.search.records import Catalogue, Record, Voice
from baogao.translation.po import Entry, State, Translation
from baogao.wording.names import Names
from conftest import PRACTICE, ROOT, SEED, understood

REPORTS = [understood(path) for path in [SEED, *PRACTICE]]


@pytest.mark.parametrize("publication", REPORTS, ids=lambda p: p.id)
def test_every_character_of_a_report_stands_in_one_record(publication):
    report = publication.report
    records = [r for r in report_records(publication) if not r.table]
    searched = sorted(u.text.strip() for r in records for line in r.lines for u in line)
    own = sorted(
        report.source.text[s.start : s.end].strip()
        for s in report.segments
        if s.part not in (Part.CHROME, Part.SPACE) and report.source.text[s.start : s.end].strip()
    )
    assert searched == own


@pytest.mark.parametrize("publication", REPORTS, ids=lambda p: p.id)
def test_every_figure_is_a_line_that_leads_to_its_sentence(publication):
    (record,) = [r for r in report_records(publication) if r.table]
    own = [line[0] for line in record.lines if line[0].anchor.startswith("r")]
    assert [unit.stated.leads.rpartition("#")[2] for unit in own] == [f.id for f in publication.figures]


@pytest.mark.parametrize("publication", REPORTS, ids=lambda p: p.id)
def test_every_value_that_was_computed_is_a_line_that_leads_to_the_sentence_of_its_figure(publication):
    (record,) = [r for r in report_records(publication) if r.table]
    lines = {line[0].anchor: line[0] for line in record.lines if not line[0].anchor.startswith("r")}
    found = list(computed(publication.figures, publication.report.source.text))
    assert lines.keys() == {one.id for one in found}
    for one in found:
        assert lines[one.id].stated.leads.endswith(f"#{one.of}")
        assert f"{one.value:,f}" in lines[one.id].text and "本站计算" in lines[one.id].text


def test_a_number_is_found_as_written_and_in_full():
    text = "某区2023年度法治政府建设报告\n一、成效\n专题点击量超340万人次，行政机关负责人出庭率98.5%，较上年度提高7个百分点。\n"
    (record,) = [r for r in report_records(understand("a.txt", text.encode())) if r.table]
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
    assert [(one.table, one.page, one.facets.get("role", ""), one.group) for one in records] == [
        (False, "a/index.html", "", "a"),
        (False, "a/1.html", "results", "a"),
        (False, "a/1-1.html", "results", "a"),
        (False, "a/2.html", "shortcomings", "a"),
        (True, "a/figures.html", "", "a"),
    ]
    assert lines_of(overview) == [[("top", "EN m-title")]] and overview.title == "EN m-title"
    assert lines_of(first) == [
        [("h1", "EN h1")],
        [("s1-1", "EN s1-1 "), ("s1-2", "EN s1-2")],  # a phrase may cross the space between
        [("s1-3", "EN s1-3")],
    ]
    assert lines_of(below) == [[("h1-1", "EN h1-1")], [("s1-1-1", "EN s1-1-1")]]
    assert lines_of(second) == [[("h2", "EN h2")], [("s2-1", "EN s2-1")]]
    headed = [one.lines[0][0].voice is Voice.HEADING for one in records]
    assert headed == [True, True, True, True, False]


def test_a_figure_is_searched_in_english_where_its_subject_is_translated_and_leads_to_its_sentence():
    case, training = BILINGUAL.figures
    *_, figures = in_english()
    assert [line[0].stated.leads for line in figures.lines] == [f"1.html#{case.id}", f"1.html#{training.id}"]
    assert [line[0].anchor for line in figures.lines] == [f"r{one.id[1:]}" for one in (case, training)]
    assert "63" in figures.lines[0][0].text and f"EN {case.id}" in figures.lines[0][0].text
    *_, figures = in_english(**{case.id.replace("-", "_"): State.CHANGED})
    assert [line[0].anchor for line in figures.lines] == [f"r{training.id[1:]}"]


def test_what_has_no_english_or_that_of_another_text_is_not_searched_in_english():
    first, *_ = in_english(h1=State.CHANGED, s1_2=State.UNTRANSLATED, m_title=State.CHANGED)
    assert first.page == "a/1.html" and first.lines[0][0].voice is Voice.TEXT
    assert lines_of(first) == [[("s1-1", "EN s1-1")], [("s1-3", "EN s1-3")]]
    assert in_english(State.CHANGED) == []
    assert {record.language for record in report_records(BILINGUAL)} == {"zh"}


def test_all_english_of_the_first_report_is_searched_once():
    [first] = read_folder(ROOT / "seeds", "seeds").publications
    records = [one for one in report_records(first) if one.language == "en" and not one.table]
    searched = [(unit.anchor, unit.text.strip()) for one in records for line in one.lines for unit in line]
    entries = [(one.msgctxt, one.msgstr) for one in polib.pofile(str(SEED.with_suffix(".en.po"))) if one.msgstr]
    wanted = [("top" if id_ == "m-title" else id_, said) for id_, said in entries if id_[0] in "hs" or id_ == "m-title"]
    assert sorted(searched) == sorted(wanted) and len(wanted) > 100


def test_the_same_records_give_the_same_bytes():
    records = tuple(report_records(REPORTS[0]))
    again = tuple(report_records(understand(SEED.name, SEED.read_bytes())))
    assert list(files(Catalogue(records))) == list(files(Catalogue(again)))


def test_a_phrase_crosses_the_end_of_a_sentence_and_not_of_a_line():
    publication = understand(
        "a.txt", "某区2023年度法治政府建设报告\n一、成效\n办结3件。成效好。\n另起一行。\n".encode()
    )
    lines = ["".join(u.text for u in line) for r in report_records(publication) if not r.table for line in r.lines]
    assert "办结3件。成效好。" in lines and "另起一行。" in lines


def test_in_english_each_row_of_a_table_is_a_line_and_a_sentence_left_out_parts_no_paragraph():
    text = "某区2023年度法治政府建设报告\n一、成效\n办结3件。未译。成效好。\n另起一行。\n项目\t2022\t2023\n甲\t3\t4\n乙\t5\t6\n"
    read = understand("a.txt", text.encode())
    said = {"h1": "Results", "s1-1": "Three closed.", "s1-3": "All well.", "s1-4": "Another line.", "s1-6": "A\t3\t4"}
    entries = {id_: Entry(read.layout.pieces[id_].text, english, State.DRAFT) for id_, english in said.items()}
    translated = replace(read, translation=Translation("a.po", entries))
    (record,) = [r for r in report_records(translated) if not r.table and r.language == "en"]
    assert [[(u.anchor, u.text) for u in line] for line in record.lines] == [
        [("h1", "Results")],
        [("s1-1", "Three closed. "), ("s1-3", "All well.")],
        [("s1-4", "Another line.")],
        [("s1-6", "A\t3\t4")],
    ]
    assert (
        record.lines[0][0].voice is Voice.HEADING and record.page.endswith("/1.html") and record.title == "1 · Results"
    )


def test_a_figure_is_searched_with_its_plain_value_its_sentence_and_its_theme():
    text = "某区2023年度法治政府建设报告\n一、优化营商环境\n政务服务办件超340万人次。\n"
    records = list(report_records(understand("a.txt", text.encode())))
    (line,) = next(r for r in records if r.table).lines
    stated = line[0].stated
    assert (stated.values, stated.sentence, stated.label) == (("3400000人次",), ("a/1.html", "s1-1"), "functions")
