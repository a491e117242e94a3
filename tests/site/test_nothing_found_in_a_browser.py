"""What a search offers that finds nothing: words that occur, names nearly so, the sentence meant."""

from __future__ import annotations

import random
import re
from urllib.parse import urlencode

import pytest
from baogao.folding import fold
from naive import find
from searching import PUBLICATIONS, QUERIES, SECTIONS, STATUS, open_search


def test_what_was_meant_is_offered_first(results):
    page = results("")
    for kind, queries in QUERIES["meant"].items():
        for query, meant in queries.items():
            offers = page.evaluate("q => baogaoSearch.nearest(q, { language: 'zh' })", query)
            assert offers and offers[0]["query"] == meant, (kind, query, [one.get("query") for one in offers])


def test_of_a_sentence_with_a_wrong_character_the_sentence_is_offered(results):
    page = results("")
    for query, sentence in QUERIES["slips"]:
        assert page.evaluate("async q => (await baogaoSearch.find(q)).sections", query) == 0
        (offer,) = page.evaluate("q => baogaoSearch.nearest(q, { language: 'zh' })", query)
        assert offer["passage"]["text"].strip() == sentence


def test_words_that_stand_in_no_section_together_are_said_to_and_offered_one_by_one(results):
    report = [s for s in SECTIONS if s.report == PUBLICATIONS[0].id]
    pair = ("出庭率", "营商环境")
    assert find(report, list(pair)) == (0, 0)
    page = results(" ".join(pair))
    assert page.inner_text(STATUS) == "没有哪一节同时含有“出庭率 营商环境”的全部词语。"
    assert page.locator("a[data-result], a[data-row]").count() == 0
    offered = [text.split(" ", 1)[1] for text in page.locator(".near li:has(a)").all_inner_texts()]
    assert offered == [f"{word} {find(report, [word])[0]} 节" for word in pair]


def test_nothing_found_is_said_first_and_whole_words_are_offered_apart(page, site, serve):
    open_search(page, serve(site) + "search.html?q=人民调解量子法律顾问")
    assert page.inner_text(STATUS).startswith("没有找到")
    assert page.locator("a[data-result], a[data-row], a[data-card]").count() == 0
    assert page.get_attribute("ol.results", "data-sections") == "0"
    assert page.locator("a[data-nearest]").all_inner_texts() == ["人民调解", "法律顾问"]
    page.locator("a[data-nearest]").first.click()
    page.wait_for_selector("a[data-result]")


@pytest.mark.parametrize(("asked", "words"), [("谁来出庭应诉", ["出庭"]), ("复议案件怎么审", ["复议", "案件"])])
def test_of_a_question_the_words_that_occur_are_offered(results, asked, words):
    """They are words of headings and of figures' names, and none of them a name of its own."""
    page = results("")
    offers = page.evaluate("q => baogaoSearch.nearest(q, { language: 'zh' })", asked)
    assert [one["query"] for one in offers] == words
    report = [s for s in SECTIONS if s.report == PUBLICATIONS[0].id]
    assert [one["sections"] for one in offers] == [find(report, [word])[0] for word in words]


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
def test_what_is_written_or_read_nearly_so_is_offered(results, written, meant):
    page = results(written, "en/" if meant == "mediation" else "")
    assert page.locator("a[data-nearest]").first.inner_text() == meant
    assert all(len(text) > 1 for text in page.locator("a[data-nearest]").all_inner_texts())


@pytest.mark.parametrize("query", ["corruption", "mediaton", "xyzzyplugh"])
def test_what_is_not_alike_is_not_offered_for_a_latin_word(results, query):
    """Names of eight characters were as near to any word of ten letters as the limit."""
    page = results(query, "en/")
    assert not re.search("[\u4e00-\u9fff]", "".join(page.locator("a[data-nearest]").all_inner_texts()))


@pytest.mark.parametrize("query", ["行政复议 量子纠缠", "执法人员 量子", "法律顾问 98.6%"])
def test_no_piece_of_a_word_is_offered(results, query):
    page = results(query)
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
      const begin = performance.now(), { found } = await baogaoSearch.view.ask(q, {}), offers = await baogaoSearch.nearest(q);
      return [performance.now() - begin, found.sections, offers.map(o => o.passage?.text)];
    }"""
    queries = {n: f"{text[2000 : 2000 + n // 3]}囧{text[2001 + n // 3 : 2000 + n]}" for n in (200, 2000)}
    page.evaluate(timed, queries[2000])  # the files are read once
    taken = {n: min(page.evaluate(timed, query)[0] for _ in range(3)) for n, query in queries.items()}
    assert taken[2000] <= 50 * max(taken[200], 1)  # in the square of the length: 100
    _, sections, (sentence,) = page.evaluate(timed, queries[2000])
    assert sections == 0 and fold(sentence) in fold(PUBLICATIONS[0].report.source.text)
    open_search(page, f"{serve(site)}search.html?{urlencode({'q': queries[2000]})}")
    status = page.inner_text(STATUS)
    assert len(status) < 60 and len(page.title()) < 80 and page.locator("a[data-nearest]").count() == 1


def test_initials_of_a_title_are_offered(results):
    page = results("xzql")
    assert "强化对行政权力" in page.locator("a[data-nearest]").first.inner_text()


# ---- what the site calls otherwise


def test_what_nothing_has_is_searched_in_the_words_of_the_site_and_said_so(results):
    query = "document-free processing"
    page = results(query, "en/")
    assert page.inner_text(STATUS).startswith(f"Nothing matches “{query}”. Also searched: “certificate-free ")
    assert "certificate-free" in page.locator("a[data-result]").first.text_content()
    assert "22" in page.locator("a[data-row]").first.inner_text()
    assert page.evaluate("async q => (await baogaoSearch.find(q, { language: 'en' })).sections", query) == 0
    page = results(f'"{query}"', "en/")
    assert page.inner_text(STATUS).startswith("Nothing matches") and "Also" not in page.inner_text(STATUS)


def test_of_several_names_the_first_that_the_reports_have_is_searched(results):
    page = results("年龄偏老")
    assert page.inner_text(STATUS).startswith("没有找到“年龄偏老”。 也搜了相近的说法：“年龄结构偏大”")
    assert page.locator("a[data-result]").count()


def test_what_is_found_as_written_stands_alone_and_the_other_name_is_a_link_behind_it(results):
    report = [s for s in SECTIONS if s.report == PUBLICATIONS[0].id]
    page = results("行政负责人出庭应诉")
    assert int(page.get_attribute("ol.results", "data-sections")) == find(report, ["行政负责人出庭应诉"])[0] > 0
    assert {*page.locator("ol.results mark").all_inner_texts()} == {"行政负责人出庭应诉"}
    (also,) = page.locator(".near li").all_inner_texts()
    assert also == f"也搜了相近的说法：行政机关负责人出庭应诉 {find(report, ['行政机关负责人出庭应诉'])[0]} 节"
    page.locator("[data-also]").click()
    page.wait_for_selector("[data-search-page][data-ready='行政机关负责人出庭应诉']", state="attached")
