"""What stands first, beside what a reader who has not seen the ranking judged best, from the source alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

JUDGED = [
    json.loads(line) for line in (Path(__file__).parents[1] / "judged_queries.jsonl").read_text("utf-8").splitlines()
]
WANTED = 0.95
FIRST = """([queries, language]) => Promise.all(queries.map(async query => {
  const found = await baogaoSearch.find(query, { language, report: "wangcheng-2023" });
  const [first] = await baogaoSearch.read(found, 0, 12);
  return first?.record.page.replace(/.*[/]|[.]html/g, "") }))"""


@pytest.fixture
def first(page, site, serve):
    """The part that stands first for each query of a language, with the parts judged best."""

    def shown(language: str) -> dict[str, tuple[str, list[str]]]:
        page.goto(serve(site) + ("search.html" if language == "zh" else "en/search.html"))
        asked = [one for one in JUDGED if one["language"] == language]
        pages = page.evaluate(FIRST, [[one["query"] for one in asked], language])
        return {one["query"]: (its, one["best"]) for one, its in zip(asked, pages, strict=True)}

    return shown


def test_the_first_shown_is_one_judged_best(first):
    shown = first("zh") | first("en")
    wrong = {query: pair for query, pair in shown.items() if pair[0] not in pair[1]}
    assert len(shown) == 120
    assert len(wrong) <= (1 - WANTED) * len(shown), wrong


def test_so_it_is_of_several_words_and_of_english_phrases(first):
    for language in ("zh", "en"):
        several = {query: pair for query, pair in first(language).items() if " " in query}
        wrong = {query: pair for query, pair in several.items() if pair[0] not in pair[1]}
        assert len(wrong) <= (1 - WANTED) * len(several), wrong
