"""What is found and how often, in a browser, against the plainest search over the files."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections import defaultdict
from urllib.parse import urlencode

import pytest
from baogao.folding import fold, fold_character
from baogao.search.index import files
from baogao.search.records import Catalogue, Record, RecordGroup, SearchUnit
from conftest import ROOT
from naive import find, terms
from searching import ASK, PUBLICATIONS, QUERIES, SECTIONS, STATUS, open_search

REPORTS = {p.id for p in PUBLICATIONS}


@pytest.fixture
def asked(page, shelf, serve):
    """Ask the engine: queries -> what it says of each, pages written by hand left out."""
    page.goto(serve(shelf) + "search.html")

    def ask(queries: list[str], **chosen: str) -> list[dict]:
        said = page.evaluate(ASK, [queries, {"language": "zh"} | chosen])
        for one in said:
            own = [p for p in one["pages"] if p[0] in REPORTS]
            one |= {"sections": len(own), "hits": sum(p[2] for p in own), "pages": own}
        return said

    return ask


def test_python_and_the_browser_compare_every_character_alike(page, shelf, serve):
    page.goto(serve(shelf) + "search.html")
    # as one text: a million values on their own take longer to hand over than to make
    of_browser = json.loads(
        page.evaluate(
            """async () => { const index = await baogaoSearch.open(), said = [];
              for (let code = 0; code < 0x110000; code++)
                if (code < 0xd800 || code > 0xdfff) said.push(index.character(String.fromCodePoint(code)));
              return JSON.stringify(said); }"""
        )
    )
    codes = [code for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
    assert [hex(c) for c, said in zip(codes, of_browser, strict=True) if fold_character(chr(c)) != said] == []


def test_python_and_the_browser_compare_whole_lines_alike(page, shelf, serve):
    page.goto(serve(shelf) + "search.html")
    rng = random.Random(5)
    lines = [
        "".join(rng.choice("行政 　,，1２Aé。\t\u200b𠀀…“") for _ in range(rng.randrange(30))) for _ in range(3000)
    ]
    of_browser = page.evaluate(
        "async lines => { const i = await baogaoSearch.open(); return lines.map(l => i.line(l).text) }", lines
    )
    assert [line for line, said in zip(lines, of_browser, strict=True) if fold(line) != said] == []


def test_two_thousand_random_substrings_are_counted_as_the_plainest_search_counts_them(asked):
    rng = random.Random(2026)
    texts = [p.report.source.text for p in PUBLICATIONS]
    lines = [line.strip() for text in texts for line in text.splitlines() if len(line.strip()) > 1]
    queries: list[str] = []
    while len(queries) < 2000:
        line = rng.choice(lines)
        start = rng.randrange(len(line))
        part = line[start : start + rng.randint(1, 12)]
        if re.search(r"\s", part) or part[0] in '"“':
            part = f'"{re.sub("[“”]", "", part)}"'
        if terms(part):
            queries.append(part)
    wrong = [
        (query, (said["sections"], said["hits"]), expected)
        for query, said in zip(queries, asked(queries), strict=True)
        if (said["sections"], said["hits"]) != (expected := find(SECTIONS, terms(query)))
    ]
    assert wrong == []


def test_recall_and_precision_are_one_in_every_class_of_queries(asked):
    table, missed = defaultdict(list), []
    for kind, queries in QUERIES["found"].items():
        for query, said in zip(queries, asked(queries), strict=True):
            wanted = terms(query)
            true = {f"{s.report}/{s.page}.html" for s in SECTIONS if all(s.count(t) for t in wanted)}
            ten = [p[1] for p in said["pages"][:10]]
            recall = len(set(ten) & true) / min(10, len(true)) if true else 0.0
            precision = sum(p[1] in true for p in said["pages"]) / max(1, len(said["pages"]))
            table[kind].append((recall, precision))
            if (recall, precision) != (1, 1) or said["hits"] != find(SECTIONS, wanted)[1]:
                missed.append((kind, query, said, len(true)))
    for kind, scores in table.items():
        mean = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
        print(f"{kind:24} {len(scores):4} queries  recall@10 {mean[0]:.2f}  precision {mean[1]:.2f}")
    assert missed == []


def test_there_are_three_hundred_queries_in_four_and_twenty_classes():
    classes = [of for kind in ("found", "absent", "english", "meant") for of in QUERIES[kind].values()]
    classes += [QUERIES[kind] for kind in ("traditional", "values", "slips")]
    assert len(classes) >= 24 and sum(map(len, classes)) >= 300


def test_what_is_in_no_report_is_not_found(asked, page):
    for kind, queries in QUERIES["absent"].items():
        assert [(q, s) for q, s in zip(queries, asked(queries), strict=True) if s["sections"]] == [], kind
    for query, simplified in QUERIES["traditional"].items():
        assert asked([query])[0]["sections"] == 0  # as it is written
        found = page.evaluate("q => baogaoSearch.view.ask(q, {}).then(({ found }) => found)", query)
        assert found["query"] == simplified
        assert found["hits"] == find(SECTIONS, [fold(simplified)])[1] > 0


def test_english_pages_written_by_hand_are_found_by_the_beginning_of_a_word(page, shelf, serve):
    words = re.findall("[a-z]{5,}", (ROOT / "docs/en/about.md").read_text("utf-8").lower())
    page.goto(serve(shelf) + "en/search.html")
    for word in sorted(set(words))[:40]:
        (said,) = page.evaluate(ASK, [[word[:4].upper()], {"language": "en"}])
        assert "about.html" in [p[1] for p in said["pages"]], word


def test_a_second_language_is_more_records(page, tmp_path, site, serve):
    text = {
        "zh": [("s1-1", "全区执法人员974人。"), ("s1-2", "较上年度增加40%。")],
        "en": [
            ("s1-1", "The district has 974 law enforcement officers."),
            ("s1-2", "This is 40% more than in the year before."),
        ],
    }
    records = [
        Record(
            "a-2023/1.html",
            "一" if language == "zh" else "1",
            (tuple(SearchUnit(i, t + (" " if language == "en" else "")) for i, t in units),),
            language,
            "a-2023",
        )
        for language, units in text.items()
    ]
    shutil.copytree(site, tmp_path / "site")
    for old in (tmp_path / "site/search").iterdir():
        old.unlink()
    groups, trees = (RecordGroup("a-2023", {"zh": "甲 2023", "en": "A 2023"}),), {"zh": "", "en": "en/"}
    for name, content in files(Catalogue(tuple(records), groups, trees=trees, page="search.html")):
        (tmp_path / "site/search" / name).write_text(content, "utf-8")
    base = serve(tmp_path / "site")
    page.goto(base + "search.html?q=974")
    page.wait_for_selector("a[data-result]")
    assert page.get_attribute("ol.results", "data-sections") == "1"
    page.get_by_role("button", name="中文、英文都搜").click()
    page.wait_for_function("document.querySelector('ol.results').dataset.sections === '2'")
    page.goto(base + "en/search.html?" + urlencode({"q": '"officers. This" enforce'}))
    page.wait_for_selector("a[data-result]")
    assert page.get_attribute("ol.results", "data-hits") == "2"
    assert [m.lower() for m in page.locator("a[data-result] mark").all_inner_texts()] == ["enforce", "officers."]
    assert page.get_attribute("a[data-result]", "href").startswith(f"{base}en/a-2023/1.html?")


def test_brackets_widths_and_what_has_no_width_fold(page, tmp_path, site, serve):
    shutil.copytree(site, tmp_path / "site")
    text = "按某发〔2023〕12号文\u200b件办理。"
    record = Record("a-2023/1.html", "一", ((SearchUnit("s1-1", text),),), "zh", "a-2023")
    for name, content in files(Catalogue((record,), trees={"zh": ""}, page="search.html")):
        (tmp_path / "site/search" / name).write_text(content, "utf-8")
    page.goto(serve(tmp_path / "site") + "search.html")
    for query in (
        "〔2023〕12号",
        "[2023]12号",
        "(2023)12号",
        "（2023） 12 号",
        "［２０２３］１２号",
        "12号文件",
        "号\u200b文件",
    ):
        assert page.evaluate('async q => (await baogaoSearch.find(`"${q}"`)).hits', query) == 1, query


def test_a_hyphen_is_a_space_between_words_and_other_forms_are_found_the_exact_one_first(page, site, serve):
    page.goto(serve(site) + "en/search.html")
    count = "async q => (({ sections, hits }) => [sections, hits])(await baogaoSearch.find(q, { language: 'en' }))"
    assert page.evaluate(count, '"law enforcement"') == page.evaluate(count, "law-enforcement")
    forms = "async q => (await baogaoSearch.find(q, { language: 'en' })).terms[0].forms"
    assert page.evaluate(forms, "enterprises") == ["enterprise"]
    open_search(page, serve(site) + "en/search.html?q=mediators")
    assert page.locator("ol.results mark").first.inner_text().lower() == "mediators"


def test_english_phrases_come_first_and_function_words_are_no_hit(page, site, serve):
    base = serve(site) + "en/search.html"
    open_search(page, base + "?q=rule of law")
    shown = page.locator("ol.results .said").evaluate_all("all => all.map(e => e.textContent)")
    assert shown and "rule of law" in shown[0].lower()
    marks = {mark.lower() for mark in page.locator("ol.results > li > a mark").all_inner_texts()}
    assert "of" not in marks and "rule of law" in marks
    open_search(page, base + "?q=of the")
    assert page.inner_text(STATUS).startswith("“of the” consists only of common words")
    assert page.locator("a[data-result], a[data-row], a[data-nearest]").count() == 0


def test_pages_for_those_who_run_the_site_are_not_searched(page, site, serve):
    page.goto(serve(site) + "search.html")
    searched = set(page.evaluate("async () => (await baogaoSearch.open()).records.map(({ page }) => page)"))
    by_hand = {path.stem: "aside: true" in path.read_text("utf-8") for path in (ROOT / "docs/zh").glob("*.md")}
    assert {name for name in by_hand if f"{name}.html" in searched} == {n for n, aside in by_hand.items() if not aside}
    assert True in by_hand.values()
