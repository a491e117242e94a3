"""In which order results stand, rule by rule, on records made for it: as the page on the format of the index says."""

from __future__ import annotations

import pytest
from baogao.search.index import files
from baogao.search.interface import assets
from baogao.search.records import Catalogue, Record, SearchFacet, SearchUnit, Voice

FILLER = "其余各项工作按计划有序进行。" * 3  # what a section says besides
ORDER = """async q => { const found = await baogaoSearch.find(q), read = await baogaoSearch.read(found, 0, 20);
  return read.map(({ record, passage }) => [record.page.replace(".html", ""), passage.text, passage.under ?? ""]) }"""


def record(
    name: str, *lines: str, heading: str = "", inside: str = "", code: str = "", role: str = "", language: str = "zh"
) -> Record:
    """Each line as a sentence of its own line, under a heading, before code. inside: the first line's own heading."""
    said = [(SearchUnit(f"s{n}", line),) for n, line in enumerate(lines)]
    if inside:
        said[0] = (SearchUnit("i", inside, Voice.HEADING), *said[0])
    said = [(SearchUnit("h", heading, Voice.HEADING),), *said] if heading else said
    said += [(SearchUnit("c", code, Voice.CODE),)] if code else []
    return Record(f"{name}.html", name, tuple(said), language, facets={"role": role} if role else {})


# the query, the records in the order in which they answer; they stand in the index the other way round
RULES = {
    "a phrase, then one sentence, then one section": (
        "甲乙 丙丁",
        [
            record("phrase", "办理甲乙丙丁一件。"),
            record("sentence", "甲乙办结，又将丙丁归档。"),
            record("section", "甲乙办结。", FILLER, FILLER, "丙丁归档。"),
        ],
    ),
    "where no sentence has all, only how often and how near": (
        "甲乙 丙丁",
        [
            record("often", "甲乙办结。", FILLER, FILLER, "丙丁归档。丙丁移交。丙丁核对。", role="plan"),
            record("seldom", "甲乙办结。", FILLER, FILLER, "丙丁归档。", FILLER, heading="甲乙"),
        ],
    ),
    "what was done, then what is lacking, then what is only planned": (
        "甲乙",
        [
            record("done", "甲乙办结。", FILLER),
            record("lacking", "甲乙不足。甲乙较少。", role="lacking"),
            record("planned", "甲乙拟办。甲乙再办。甲乙还办。", role="plan"),
        ],
    ),
    "what has a heading of its own, though it is what is lacking": (
        "甲乙",
        [record("lacking", "丙丁不足。", heading="存在的甲乙", role="lacking"), record("done", "甲乙办结。甲乙移交。")],
    ),
    "a heading that is the query, then one that names it, a sentence, a heading with nothing under it, code alone": (
        "甲乙",
        [
            record("is", "甲乙办结。", FILLER, heading="甲乙"),
            record("both", "甲乙办结。", heading="强化甲乙工作"),
            record("names", FILLER, heading="强化甲乙工作"),
            record("says", "甲乙办结。甲乙移交。甲乙核对。"),
            record("empty", heading="强化甲乙工作"),
            record("code", FILLER, code="甲乙 = 1"),
        ],
    ),
    "a paragraph under a heading of its own, then a sentence": (
        "甲乙",
        [record("heads", FILLER, inside="强化甲乙工作。"), record("says", "甲乙办结。甲乙移交。")],
    ),
    "what is said more often, however long the section": (
        "甲乙",
        [record("often", "甲乙办结。", *[FILLER] * 9, "甲乙移交。"), record("seldom", "甲乙办结。")],
    ),
    "words more often together, then words more often": (
        "甲乙 丙丁",
        [
            record("together", "甲乙办结，又将丙丁归档。", FILLER, FILLER, "甲乙移交，又将丙丁核对。"),
            record("apart", "甲乙办结，又将丙丁归档。", FILLER, FILLER, "甲乙移交。甲乙审定。甲乙公开。"),
        ],
    ),
    "what is one of three that are listed stands after what stands for itself": (
        "甲乙",
        [record("alone", FILLER, FILLER, "会同甲乙、丙丁办结。"), record("listed", "丙丁、甲乙、戊己办结。")],
    ),
    "so it is in English": (
        "deputies",
        [
            record("alone", "Suggestions, as is known, from deputies were handled in that year.", language="en"),
            record("listed", "Mediators, including delegates, deputies, and members.", language="en"),
        ],
    ),
    "whole words, then their beginning": (
        "hard",
        [
            record("whole", "It is hard.", language="en"),
            record("begun", "The hardware, hardware and hardware.", language="en"),
        ],
    ),
    "the exact form, then others": (
        "mediators",
        [
            record("exact", "Mediators met once in that year and once more.", language="en"),
            record("form", "A mediator.", language="en"),
        ],
    ),
    "of several words any form will do": (
        "approval project",
        [
            record("forms", "Approvals of projects, of more projects, of all projects.", language="en"),
            record("words", "An approval of a project.", *["So it is with the rest."] * 9, language="en"),
        ],
    ),
    "of a phrase its words count too": (
        "court appearance",
        [
            record("about", "A court appearance. It was an appearance in court before the court.", language="en"),
            record("names", "A court appearance, with much else of another kind besides it.", language="en"),
        ],
    ),
}  # fmt: skip


@pytest.fixture
def answers(page, tmp_path, serve):
    """Of records the names in the order in which they answer a query, each with the sentence shown."""

    def shown(records: list[Record], query: str) -> list[list[str]]:
        behind = (SearchFacet("role", {"zh": "性质"}, behind=("lacking", "plan")),)
        written = [(f"search/{name}", content) for name, content in files(Catalogue(tuple(records), facets=behind))]
        script = '<!doctype html><meta charset="utf-8"><body><script src="assets/search/search.js"></script>'
        for path, content in [*written, *assets(["zh"]), ("page.html", script)]:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(content, "utf-8")
        page.goto(serve(tmp_path) + "page.html")
        return page.evaluate(ORDER, query)

    return shown


@pytest.mark.parametrize("rule", RULES)
def test_results_stand_in_the_order_in_which_they_answer(answers, rule):
    query, records = RULES[rule]
    assert [name for name, *_ in answers(records[::-1], query)] == [record.title for record in records]


def test_the_sentence_shown_holds_most_words_and_stands_before_a_heading(answers):
    lines = ("甲乙办结。", "丙丁归档。", "甲乙办结，又将丙丁归档。", FILLER)
    assert answers([record("one", *lines, heading="甲乙和丙丁")], "甲乙 丙丁") == [["one", lines[2], ""]]


def test_a_sentence_is_shown_before_a_line_that_is_none_and_before_a_list(answers):
    lines = ("甲乙：", "丙丁、甲乙、戊己办结。", "会同甲乙办结。", FILLER)
    assert answers([record("one", *lines)], "甲乙") == [["one", lines[2], ""]]


@pytest.mark.parametrize(
    ("one", "heading", "under"),
    [
        (record("inside", "丙丁办结。", "甲乙归档。", inside="一是强化甲乙。", heading="主要工作"), "一是强化甲乙。", "丙丁办结。"),
        (
            record("above", "丙丁办结。", FILLER, inside="一是强化戊己。", heading="强化甲乙工作"),
            "强化甲乙工作",
            "一是强化戊己。丙丁办结。",
        ),
        (
            Record("between.html", "二", (*record("", FILLER).lines, *record("", "丙丁办结。", heading="甲乙").lines), "zh"),
            "甲乙",
            "丙丁办结。",
        ),
        (record("empty", heading="强化甲乙工作"), "强化甲乙工作", ""),
    ],
)  # fmt: skip
def test_with_a_heading_comes_the_text_under_it(answers, one, heading, under):
    """A heading alone answered nothing: 2.提高重大决策质量。"""
    assert answers([one], "甲乙") == [[one.page.removesuffix(".html"), heading, under]]
