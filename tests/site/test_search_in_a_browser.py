"""The search as a reader has it, in a browser, against the plainest search over the files."""

from __future__ import annotations

import json
import random
import re
import shutil
import socket
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml
from baogao.folding import fold, fold_character
from baogao.publication.publication import understand
from baogao.rules import load
from baogao.search.index import files
from baogao.search.records import Catalogue, Record, RecordGroup, SearchUnit
from baogao.translation.terms import general_terms
from conftest import PRACTICE, ROOT, SEED, build_site
from naive import find, sections, terms
from test_every_page_in_a_browser import violations

PUBLICATIONS = [understand(path.name, path.read_bytes()) for path in [SEED, *PRACTICE]]
SECTIONS = sections(PUBLICATIONS)
REPORTS = {p.id for p in PUBLICATIONS}
QUERIES = yaml.safe_load((Path(__file__).parents[1] / "queries.yml").read_text("utf-8"))

ASK = """([queries, chosen]) => Promise.all(queries.map(async q => {
  const r = await baogaoSearch.find(q, chosen);
  return { sections: r.sections, hits: r.hits, figures: r.rows.length,
           pages: r.results.map(x => [x.record.facets.report, x.record.page, x.hits]) };
}))"""


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
        found = page.evaluate("q => baogaoSearch.view.findIn(q, {}).then(({ found }) => found)", query)
        assert found["query"] == simplified
        assert found["hits"] == find(SECTIONS, [fold(simplified)])[1] > 0


def test_what_was_meant_is_offered_first(page, site, serve):
    page.goto(serve(site) + "search.html")
    for kind, queries in QUERIES["meant"].items():
        for query, meant in queries.items():
            offers = page.evaluate("q => baogaoSearch.nearest(q, { language: 'zh' })", query)
            assert offers and offers[0]["query"] == meant, (kind, query, [one.get("query") for one in offers])


def test_figures_are_found_by_their_value_in_words(page, site, serve):
    page.goto(serve(site) + "search.html")
    for query, figure in QUERIES["values"].items():
        rows = page.evaluate(
            """async q => { const found = await baogaoSearch.find(q, { language: 'zh' });
              return Promise.all(found.rows.map(async row => (await baogaoSearch.rowAt(row.position, found.terms)).leads)) }""",
            query,
        )
        assert any(row.endswith(f"#{figure}") for row in rows), query


def test_of_a_sentence_with_a_wrong_character_the_sentence_is_offered(page, site, serve):
    page.goto(serve(site) + "search.html")
    for query, sentence in QUERIES["slips"]:
        assert page.evaluate("async q => (await baogaoSearch.find(q)).sections", query) == 0
        (offer,) = page.evaluate("q => baogaoSearch.nearest(q, { language: 'zh' })", query)
        assert offer["passage"]["text"].strip() == sentence


def test_words_that_stand_in_no_section_together_are_said_to_and_offered_one_by_one(page, site, serve):
    report = [s for s in SECTIONS if s.report == PUBLICATIONS[0].id]
    pair = ("出庭率", "营商环境")
    assert find(report, list(pair)) == (0, 0)
    open_search(page, f"{serve(site)}search.html?{urlencode({'q': ' '.join(pair)})}")
    assert page.inner_text("[data-search-page] [role=status]") == "没有一节含有全部词语：“出庭率 营商环境”。"
    assert page.locator("a[data-result], a[data-row]").count() == 0
    offered = [text.split(" ", 1)[1] for text in page.locator(".near li:has(a)").all_inner_texts()]
    assert offered == [f"{word} {find(report, [word])[0]} 节" for word in pair]


def test_english_pages_written_by_hand_are_found_by_the_beginning_of_a_word(page, shelf, serve):
    words = re.findall("[a-z]{5,}", (ROOT / "docs/en/about.md").read_text("utf-8").lower())
    page.goto(serve(shelf) + "en/search.html")
    for word in sorted(set(words))[:40]:
        (said,) = page.evaluate(ASK, [[word[:4].upper()], {"language": "en"}])
        assert "about.html" in [p[1] for p in said["pages"]], word


# ---- a bilingual index: English adds records, not code


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


# ---- with the theme's instant loading


def test_search_and_reading_work_with_instant_loading(page, tmp_path, serve):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}/"
    into = tmp_path / "instant"
    done = build_site(into, {SEED.name: SEED.read_bytes()}, features="navigation.instant", SITE_URL=base)
    assert done.returncode == 0, done.stderr
    serve(into / "site", port)
    page.goto(base + "index.html")
    page.evaluate("window.kept = true")
    page.get_by_role("link", name="搜索").first.click()
    page.wait_for_selector("[data-search-page][data-ready]", state="visible")
    page.fill("[data-search-page] input", "出庭率")
    page.wait_for_selector("a[data-result]")
    page.locator("a[data-result]").click()
    page.wait_for_function("CSS.highlights.has('found')")
    assert page.evaluate("window.kept") is True  # the page was changed, not loaded
    page.locator("a.figure", has_text="98.5%").focus()
    assert "出庭率" in page.inner_text(".tools")
    page.locator("a.switch[hreflang=en]").click()
    page.wait_for_url("**/en/wangcheng-2023/1-3.html**")


# ---- as a reader uses it


def open_search(page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("[data-search-page][data-ready]")


def test_a_result_shows_its_sentence_and_opens_on_it_marked(page, site, serve):
    open_search(page, serve(site) + "search.html?q=出庭率")
    results = page.locator("ol.results")
    assert (results.get_attribute("data-sections"), results.get_attribute("data-hits")) == ("1", "1")
    link = page.locator("a[data-result]")
    assert link.locator("mark").inner_text() == "出庭率"
    assert link.locator(".said").inner_text().replace("…", "") in PUBLICATIONS[0].report.source.text
    link.click()
    page.wait_for_function("CSS.highlights.has('found')")
    sentence = next(s for s in PUBLICATIONS[0].report.sentences() if "出庭率" in s.text)
    assert page.evaluate("document.querySelector(':target').id") == sentence.id
    marked = page.evaluate("[...CSS.highlights.get('found')].map(r => r.toString())")
    assert marked == ["出庭率"]
    page.go_back()
    page.wait_for_selector("a[data-result]")
    assert page.input_value("[data-search-page] input") == "出庭率"


def test_a_section_with_several_hits_opens_to_all_of_them(page, site, serve):
    open_search(page, serve(site) + "search.html?q=行政复议")
    item = page.locator("ol.results > li", has=page.locator("details")).first
    item.locator("summary").click()
    item.locator("details li").first.wait_for()
    shown = {*item.locator("a").evaluate_all("all => all.map(a => a.hash.slice(1))")}
    name = re.search(r"([^/]+)\.html", item.locator("a[data-result]").get_attribute("href"))[1]
    inside = next(s for s in PUBLICATIONS[0].report.walk() if s.id == name)
    true = {s.id for node in inside.walk() for s in node.sentences if "行政复议" in s.text}
    true |= {f"h{node.id}" for node in inside.walk() if node.heading and "行政复议" in node.heading.text}
    assert shown == true


def test_figures_come_first_and_lead_to_the_sentence_and_the_table(page, site, serve):
    base = serve(site)
    open_search(page, base + "search.html?q=出庭率")
    row = page.locator("ul.figures li").first
    assert "98.5%" in row.inner_text()
    assert row.locator("a[data-row]").get_attribute("href") == base + "wangcheng-2023/1-3.html#f1-3-2-2-56"
    assert row.locator("a.leads").get_attribute("href") == base + "wangcheng-2023/figures.html#r1-3-2-2-56"


def test_nothing_found_is_said_first_and_whole_words_are_offered_apart(page, site, serve):
    open_search(page, serve(site) + "search.html?q=人民调解量子法律顾问")
    assert page.inner_text("[data-search-page] [role=status]").startswith("没有找到")
    assert page.locator("a[data-result], a[data-row], a[data-card]").count() == 0
    assert page.get_attribute("ol.results", "data-sections") == "0"
    assert page.locator("a[data-nearest]").all_inner_texts() == ["人民调解", "法律顾问"]
    page.locator("a[data-nearest]").first.click()
    page.wait_for_selector("a[data-result]")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("行政覆议", "行政复议"),
        ("xingzhengfuyi", "行政复议"),
        ("xingzhengfuy", "行政复议"),
        ("行正复议", "行政复议"),
        ("fuyi", "行政复议"),
        ("mediaton", "mediation"),
    ],
)
def test_what_is_written_or_read_nearly_so_is_offered(page, site, serve, written, meant):
    open_search(page, f"{serve(site)}{'en/' if meant == 'mediation' else ''}search.html?q={written}")
    assert page.locator("a[data-nearest]").first.inner_text() == meant
    assert all(len(text) > 1 for text in page.locator("a[data-nearest]").all_inner_texts())


@pytest.mark.parametrize("query", ["corruption", "mediaton", "xyzzyplugh"])
def test_what_is_not_alike_is_not_offered_for_a_latin_word(page, site, serve, query):
    """Names of eight characters were as near to any word of ten letters as the limit."""
    open_search(page, f"{serve(site)}en/search.html?q={query}")
    assert not re.search("[\u4e00-\u9fff]", "".join(page.locator("a[data-nearest]").all_inner_texts()))


@pytest.mark.parametrize("query", ["行政复议 量子计算", "执法人员 量子", "法律顾问 98.6%"])
def test_no_piece_of_a_word_is_offered(page, site, serve, query):
    open_search(page, f"{serve(site)}search.html?{urlencode({'q': query})}")
    assert page.locator("a[data-nearest]").all_inner_texts() == query.split()[:1]


def test_of_a_passage_with_a_slip_the_sentence_it_was_taken_from_is_offered(page, shelf, serve):
    page.goto(serve(shelf) + "search.html")
    rng = random.Random(14)
    wrong, seen = [], 0
    for publication in PUBLICATIONS:
        sentences = [s.text.strip() for s in publication.report.sentences() if len(s.text.strip()) > 24]
        for _ in range(8):
            sentence = rng.choice(sentences)
            at = rng.randrange(2, len(sentence) - 2)
            query = sentence[:at] + rng.choice("囧鑫7") + sentence[at + 1 :]
            if re.search(r'[\s"“]', query) or find(SECTIONS, [fold(query)])[0]:
                continue
            offers = page.evaluate("q => baogaoSearch.nearest(q, {language: 'zh'})", query)
            said = [fold(offer["passage"]["text"]) for offer in offers if offer["how"] == "sentence"]
            longest = max(fold(query[:at]), fold(query[at + 1 :]), key=len)
            seen += 1
            if not said or not (longest in said[0] or said[0] in fold(sentence) or fold(sentence) in said[0]):
                wrong.append((query, said))
    assert wrong == [] and seen > 30


def test_a_passage_of_two_thousand_characters_with_a_slip_is_answered_at_once_with_its_sentence(page, site, serve):
    open_search(page, serve(site) + "search.html")
    text = re.sub(r"\s", "", PUBLICATIONS[0].report.source.text)
    timed = """async q => {
      const begin = performance.now(), { found } = await baogaoSearch.view.findIn(q, {}), offers = await baogaoSearch.nearest(q);
      return [performance.now() - begin, found.sections, offers.map(o => o.passage?.text)];
    }"""
    queries = {n: f"{text[2000 : 2000 + n // 3]}囧{text[2001 + n // 3 : 2000 + n]}" for n in (200, 2000)}
    page.evaluate(timed, queries[2000])  # the files are read once
    taken = {n: min(page.evaluate(timed, query)[0] for _ in range(3)) for n, query in queries.items()}
    assert taken[2000] <= 50 * max(taken[200], 1)  # in the square of the length: 100
    _, sections, (sentence,) = page.evaluate(timed, queries[2000])
    assert sections == 0 and fold(sentence) in fold(PUBLICATIONS[0].report.source.text)
    open_search(page, f"{serve(site)}search.html?{urlencode({'q': queries[2000]})}")
    status = page.inner_text("[data-search-page] [role=status]")
    assert len(status) < 60 and len(page.title()) < 80 and page.locator("a[data-nearest]").count() == 1


# ---- figures and terms


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("98.5%", "98.5%"),
        ("98.5", "98.5%"),
        ("百分之九十八点五", "98.5%"),
        ("９８．５％", "98.5%"),
        ("340万", "超340万人次"),
        ("3400000", "超340万人次"),
        ("3,400,000人次", "超340万人次"),
        ("三百四十万", "超340万人次"),
        ("91.5", "上年 91.5%（本站计算）"),
        ("总出庭率", "98.5%"),
        ("出庭应诉工作办法", "98.5%"),  # of its sentence
    ],
)
def test_a_figure_is_found_by_its_name_its_sentence_and_its_value_however_written(page, site, serve, query, row):
    open_search(page, f"{serve(site)}search.html?{urlencode({'q': query})}")
    assert any(text.startswith(row) for text in page.locator("a[data-row]").all_inner_texts())
    assert not page.inner_text("[data-search-page] [role=status]").startswith("没有")


def test_figures_are_found_by_their_theme_five_at_first_and_all_on_request(page, site, serve):
    theme = next(one for one in load("themes")["themes"] if one["theme"] == "enforcement")
    own = [f for f in PUBLICATIONS[0].figures if str(f.theme) == theme["theme"]]
    open_search(page, f"{serve(site)}search.html?{urlencode({'q': theme['zh']})}")
    assert page.locator("a[data-row]").count() == 5
    page.locator(".all-rows").click()
    page.wait_for_selector(".all-rows", state="detached")
    shown = page.locator("a[data-row]").evaluate_all("all => all.map(a => a.hash.slice(1))")
    assert {f.id for f in own} <= set(shown)
    assert "rows=all" in page.url


@pytest.mark.parametrize(
    ("query", "tree"), [("行政复议", ""), ("administrative reconsideration", ""), ("行政复议", "en/")]
)
def test_the_card_of_a_term_comes_first_and_its_count_and_that_of_the_search_agree(page, site, serve, query, tree):
    open_search(page, f"{serve(site)}{tree}search.html?{urlencode({'q': query})}")
    card = page.locator("ul.figures > li").first
    assert {"行政复议", "administrative reconsideration"} == {*card.locator(".names span").all_inner_texts()}
    term = next(term for term in general_terms() if term.zh == "行政复议")
    assert card.locator(".said").inner_text() == (term.definition_en if tree else term.definition_zh)
    if query == term.zh:
        uses, more = map(int, re.findall(r"\d+", card.locator(".where").inner_text()))
        report = [s for s in SECTIONS if s.report == PUBLICATIONS[0].id]
        assert uses + more == find(report, [term.zh])[1]
        page.goto(card.locator("a").get_attribute("href"))
        assert page.locator(".kwic__row").count() == uses


# ---- English


def test_english_phrases_come_first_and_function_words_are_no_hit(page, site, serve):
    base = serve(site) + "en/search.html"
    open_search(page, base + "?q=rule of law")
    shown = page.locator("ol.results .said").evaluate_all("all => all.map(e => e.textContent)")
    assert shown and "rule of law" in shown[0].lower()
    marks = {mark.lower() for mark in page.locator("ol.results > li > a mark").all_inner_texts()}
    assert "of" not in marks and "rule of law" in marks
    open_search(page, base + "?q=of the")
    assert page.inner_text("[data-search-page] [role=status]").startswith("“of the” holds function words only")
    assert page.locator("a[data-result], a[data-row], a[data-nearest]").count() == 0


def test_a_hyphen_is_a_space_between_words_and_other_forms_are_found_the_exact_one_first(page, site, serve):
    page.goto(serve(site) + "en/search.html")
    count = "async q => (({ sections, hits }) => [sections, hits])(await baogaoSearch.find(q, { language: 'en' }))"
    assert page.evaluate(count, '"law enforcement"') == page.evaluate(count, "law-enforcement")
    forms = "async q => (await baogaoSearch.find(q, { language: 'en' })).terms[0].forms"
    assert page.evaluate(forms, "enterprises") == ["enterprise"]
    open_search(page, serve(site) + "en/search.html?q=mediators")
    assert page.locator("ol.results mark").first.inner_text().lower() == "mediators"


# ---- what is drawn and what is remembered


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


def test_a_change_of_direction_in_a_text_or_a_query_is_never_drawn(page, tmp_path, site, serve):
    """With text-autospace it ended the tab of Chromium."""
    shutil.copytree(site, tmp_path / "site")
    text = "办理 \u202e123 abc\u202c 件甲，\u2067甲乙 abc\u2069 办结。"
    record = Record("a-2023/1.html", "一\u202eab", ((SearchUnit("s1-1", text),),), "zh", "a-2023")
    for name, content in files(Catalogue((record,), trees={"zh": ""}, page="search.html")):
        (tmp_path / "site/search" / name).write_text(content, "utf-8")
    open_search(page, serve(tmp_path / "site") + "search.html?" + urlencode({"q": "办结"}))
    assert page.locator("a[data-result]").count() == 1
    page.fill("[data-search-page] input", "甲\u202e乙 123")
    page.wait_for_function("document.querySelector('[data-search-page]').dataset.ready.includes('123')")
    drawn = page.inner_text("[data-search-page]") + page.title()
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", drawn)


def test_filters_place_and_scroll_come_back_with_back(page, shelf, serve):
    open_search(page, serve(shelf) + "search.html?q=法")
    roles = page.locator("[data-filter=role] button")
    roles.nth(max(range(roles.count()), key=lambda n: int(roles.nth(n).inner_text().split()[-1]))).click()
    page.wait_for_selector("[data-filter=role] [aria-pressed=true]")
    page.locator("button.more").click()
    page.wait_for_function("document.querySelectorAll('a[data-result]').length > 20")
    link = page.locator("a[data-result]").nth(21)
    link.scroll_into_view_if_needed()
    opened, scrolled = link.get_attribute("href"), page.evaluate("scrollY")
    link.click()
    page.wait_for_url("**found=**")
    page.go_back()
    page.wait_for_selector("a[data-result]:focus")
    assert page.evaluate("document.activeElement.href") == opened
    assert abs(page.evaluate("scrollY") - scrolled) < 3 and scrolled > 0
    assert page.locator("[data-filter=role] [aria-pressed=true]").count() == 1
    assert page.input_value("[data-search-page] input") == "法"


def test_the_dialog_comes_back_with_its_query_and_place(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.keyboard.press("/")
    page.keyboard.type("普法")
    page.wait_for_function("document.querySelector('#search').dataset.ready === '普法'")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    chosen = page.locator("#search [aria-selected=true]").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#search')?.open === false")
    page.go_back()
    page.wait_for_selector("#search [aria-selected=true]")
    assert page.locator("#search [aria-selected=true]").get_attribute("href") == chosen
    assert page.get_by_role("combobox").input_value() == "普法"


def test_on_a_phone_the_filters_stand_behind_one_button(tab, shelf, serve):
    page = tab(390, 780, phone=True)
    open_search(page, serve(shelf) + "search.html?q=行政复议&language=both")
    door = page.locator(".filter-door")
    assert door.inner_text() == "筛选（已选 1 项）" and door.get_attribute("aria-expanded") == "false"
    assert not page.locator(".filters").is_visible()
    door.click()
    assert page.locator(".filters").is_visible() and door.get_attribute("aria-expanded") == "true"
    assert page.get_by_role("button", name="只搜中文").is_visible()


@pytest.mark.parametrize("unit", ["a", "1", "的", "a ", "ab", "政府 法治 ", '"'])
def test_a_crafted_link_does_not_keep_the_reader_waiting(page, site, serve, unit):
    open_search(page, serve(site) + "search.html?" + urlencode({"q": "不在"}))
    open_search(page, serve(site) + "search.html?" + urlencode({"q": (unit * 6000)[:6000]}))
    assert page.inner_text("[data-search-page] [role=status]").startswith("文字太长，只搜前 3,000 个字符。")
    page.fill("[data-search-page] input", "出庭率")
    page.wait_for_selector("a[data-result]")
    assert "太长" not in page.inner_text("[data-search-page] [role=status]")


def test_initials_of_a_title_are_offered(page, site, serve):
    open_search(page, serve(site) + "search.html?q=xzql")
    assert "强化对行政权力" in page.locator("a[data-nearest]").first.inner_text()


def test_filters_have_counts_and_are_absent_where_they_would_be_empty(page, site, shelf, serve):
    open_search(page, serve(shelf) + "search.html?q=行政复议")
    total = int(page.get_attribute("ol.results", "data-sections"))
    years = page.locator("[data-filter=year] button")
    assert sum(int(text.split()[-1]) for text in years.all_inner_texts()) <= total
    wanted = years.first.inner_text().split()
    years.first.click()
    page.wait_for_function("n => document.querySelector('ol.results').dataset.sections === n", arg=wanted[1])
    assert f"year={wanted[0]}" in page.url
    page.go_back()
    page.wait_for_function("n => document.querySelector('ol.results').dataset.sections === String(n)", arg=total)
    open_search(page, serve(site) + "search.html?q=出庭率")
    assert page.locator("[data-filter]").count() == 0


def test_english_readers_get_the_chinese_hits_where_english_has_none(page, shelf, serve):
    """They stay in English where that page shows the Chinese, and land on the Chinese page where it is translated."""
    base = serve(shelf)
    open_search(page, base + "en/search.html?q=出庭率&report=wangcheng-2023")
    assert page.inner_text("[data-search-page] [role=status]").startswith("Not found in English")
    page.locator("a[data-result]").first.click()
    assert page.url.startswith(base + "wangcheng-2023/1-3.html?")
    open_search(page, base + "en/search.html?q=出庭&report=linyuan-2023")
    page.locator("a[data-result]").first.click()
    assert page.url.startswith(base + "en/linyuan-2023/")


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_the_dialog_opens_by_key_and_is_walked_with_the_arrows(page, site, serve, key):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    page.keyboard.press(key)
    field = page.get_by_role("combobox")
    assert field.evaluate("e => e === document.activeElement")
    page.keyboard.type("98.5%")
    page.wait_for_selector("#search-list [role=option]")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    first = page.locator("#search-list [role=option]").first
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == page.locator(
        "#search-list [role=option]"
    ).last.get_attribute("id")
    options = page.locator("#search-list [role=option]")
    assert page.inner_text("#search .place") == "第 {0} 条，共 {0} 条".format(options.count())
    page.keyboard.press("Home")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-posinset") == "1" and first.get_attribute("aria-setsize") == str(options.count())
    page.keyboard.press("End")
    assert field.get_attribute("aria-activedescendant") == options.last.get_attribute("id")
    page.keyboard.press("Escape")
    assert not page.locator("#search").is_visible()
    page.keyboard.press("/")
    assert page.locator("#search").is_visible() and field.input_value() == "98.5%"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/1-3.html#f*")


def test_a_page_that_is_only_read_asks_for_no_search_and_what_is_typed_while_it_comes_is_searched(page, site, serve):
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    assert "open.js" in asked and not {"engine.js", "view.js", "fold.js"} & {*asked}
    page.route("**/engine.js", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.keyboard.press("/")
    page.keyboard.type("98.5%")
    assert page.get_by_role("combobox").input_value() == "98.5%"
    page.wait_for_selector("#search-list [role=option]")
    assert page.get_by_role("combobox").input_value() == "98.5%"


def test_enter_without_a_choice_goes_to_the_page_of_results(page, site, serve):
    page.goto(serve(site) + "index.html")
    page.get_by_role("button", name="搜索", exact=False).first.click()
    page.keyboard.type("1,136")
    page.keyboard.press("Enter")
    page.wait_for_selector("a[data-result]")
    assert "search.html?q=1%2C136" in page.url


def test_the_field_of_the_home_page_leads_to_the_page_of_results(page, site, serve):
    page.goto(serve(site) + "index.html")
    page.fill(".home-search input", "出庭率")
    page.keyboard.press("Enter")
    page.wait_for_selector("a[data-result]")


def test_half_a_syllable_of_an_input_method_is_never_searched(page, site, serve):
    page.goto(serve(site) + "index.html")
    page.keyboard.press("/")
    page.evaluate(
        "async () => { await baogaoSearch.ready(); window.asked = []; const find = baogaoSearch.find; baogaoSearch.find = (q, c) => (asked.push(q), find(q, c)) }"
    )
    session = page.context.new_cdp_session(page)
    for part in ("c", "ch", "chu"):
        session.send("Input.imeSetComposition", {"text": part, "selectionStart": len(part), "selectionEnd": len(part)})
    assert page.evaluate("asked") == []
    session.send("Input.insertText", {"text": "出庭率"})
    session.detach()
    page.wait_for_selector("#search-list [role=option]")
    assert set(page.evaluate("asked")) == {"出庭率"}


@pytest.mark.parametrize("path", ["index.html", "search.html"])
def test_enter_that_ends_a_composition_opens_and_submits_nothing(page, site, serve, path):
    page.goto(serve(site) + path)
    page.evaluate("() => baogaoSearch.ready()")
    page.keyboard.press("/")
    page.keyboard.type("普法")
    field = "#search input" if path == "index.html" else "[data-search-page] input"
    page.wait_for_selector("a[data-result]")
    page.keyboard.press("ArrowDown" if path == "index.html" else "Shift")
    was = page.url
    page.eval_on_selector(
        field,
        """input => { input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
          for (const more of [{ isComposing: true }, { keyCode: 229 }])
            for (const key of ["Enter", "ArrowDown", "Escape"])
              input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
          input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "" })); }""",
    )
    page.wait_for_timeout(200)
    assert page.url == was and page.evaluate("document.activeElement.name") == "q"
    assert page.locator(field).is_visible()


def test_on_the_page_keys_walk_through_all_that_is_found(page, site, serve):
    open_search(page, serve(site) + "search.html?q=行政复议")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("'card' in document.activeElement.dataset")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement") == page.locator("a[data-result]").last.evaluate("e => e")
    page.keyboard.press("Home")
    assert page.evaluate("'card' in document.activeElement.dataset")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_late_reply_does_not_overwrite_a_newer_one(page, site, serve):
    open_search(page, serve(site) + "search.html")
    page.evaluate(
        """() => { const find = baogaoSearch.find;
          baogaoSearch.find = async (q, c) => { if (q === '行政') await new Promise(r => setTimeout(r, 400)); return find(q, c) } }"""
    )
    page.fill("[data-search-page] input", "行政")
    page.fill("[data-search-page] input", "出庭率")
    page.wait_for_timeout(700)
    assert page.locator("a[data-result]").count() == 1


def test_the_page_of_results_works_by_double_click_and_fits_a_phone(tab, site):
    page = tab(390, 660)
    open_search(page, (site / "search.html").as_uri() + "?q=" + "出庭率")
    page.locator("a[data-result]").click()
    page.wait_for_function("CSS.highlights.has('found')")
    assert page.url.startswith((site / "wangcheng-2023/1-3.html").as_uri())
    page.get_by_role("button", name="搜索").click()
    box = page.locator("#search").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 660)


@pytest.mark.parametrize("path", ["search.html", "en/search.html"])
def test_results_and_filters_never_scroll_sideways(page, shelf, serve, path):
    page.set_viewport_size({"width": 320, "height": 700})
    open_search(page, f"{serve(shelf)}{path}?q=行政复议")
    assert page.locator("[data-filter]").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_script_the_page_says_so_and_offers_the_full_text(tab, site, serve):
    page = tab(scripts=False)
    page.goto(serve(site) + "search.html?q=出庭率")
    assert "在网页上查找" in page.inner_text("article")
    page.locator("noscript a").first.click()
    assert "出庭率" in page.inner_text("article")


def test_a_file_of_the_index_that_is_missing_is_told(page, site, serve, tmp_path):
    shutil.copytree(site, tmp_path / "site")
    for shard in (tmp_path / "site/search").glob("k*.js"):
        shard.unlink()
    page.goto(serve(tmp_path / "site") + "search.html?q=出庭率")
    page.wait_for_function(
        "document.querySelector('[data-search-page] [role=status]').textContent.includes('重新载入')"
    )


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1440, "light")])  # no colour depends on a width
def test_axe_finds_nothing_on_results_and_in_the_dialog(tab, shelf, serve, width, scheme):
    page = tab(width)
    page.emulate_media(color_scheme=scheme)
    base = serve(shelf)
    open_search(page, base + "search.html?q=行政复议")
    found = violations(page)
    page.goto(base + "index.html")
    page.get_by_role("button", name="搜索", exact=False).first.click()
    page.keyboard.type("行政复议")
    page.wait_for_selector("#search-list [role=option]")
    page.keyboard.press("ArrowDown")
    found += violations(page)
    assert [(v["id"], [n["html"][:150] for n in v["nodes"][:3]]) for v in found] == []
