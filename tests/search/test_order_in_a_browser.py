"""In which order results stand, rule by rule, on records made for it: as the page on the format of the index says."""

from __future__ import annotations

import pytest
from baogao.search.index import files
from baogao.search.interface import assets
from baogao.search.records import Catalogue, Record, SearchFacet, SearchUnit, Voice

FILLER = "其余各项工作按计划有序进行。" * 3  # what a section says besides
ORDER = """async q => { const found = await baogaoSearch.find(q), read = await baogaoSearch.read(found, 0, 20);
  return read.map(({ record, passage }) => [record.page.replace(".html", ""), passage.text]) }"""


def record(name: str, *lines: str, heading: str = "", code: str = "", role: str = "", language: str = "zh") -> Record:
    """Each line as a sentence of its own line, under a heading, before code."""
    units = [SearchUnit("h", heading, Voice.HEADING)] if heading else []
    units += [SearchUnit(f"s{n}", line) for n, line in enumerate(lines)]
    units += [SearchUnit("c", code, Voice.CODE)] if code else []
    return Record(
        f"{name}.html", name, tuple((unit,) for unit in units), language, facets={"role": role} if role else {}
    )


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
    "what was done before what is only planned": (
        "甲乙",
        [record("done", "甲乙办结。", FILLER), record("planned", "甲乙拟办。甲乙再办。", role="plan")],
    ),
    "a heading that is the query, then one with a sentence, a sentence, a heading alone, code alone": (
        "甲乙",
        [
            record("is", "甲乙办结。", FILLER, heading="甲乙"),
            record("both", "甲乙办结。", heading="强化甲乙工作"),
            record("says", "甲乙办结。"),
            record("names", FILLER, heading="强化甲乙工作"),
            record("code", FILLER, code="甲乙 = 1"),
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
        behind = (SearchFacet("role", {"zh": "性质"}, behind=("plan",)),)
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
    assert [name for name, _ in answers(records[::-1], query)] == [record.title for record in records]


def test_the_sentence_shown_holds_most_words_and_stands_before_a_heading(answers):
    lines = ("甲乙办结。", "丙丁归档。", "甲乙办结，又将丙丁归档。", FILLER)
    assert answers([record("one", *lines, heading="甲乙和丙丁")], "甲乙 丙丁") == [["one", lines[2]]]
