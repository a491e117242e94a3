"""The English of the first report: its pages, side by side with the Chinese, in the search, in the glossary."""

from __future__ import annotations

import random
import re

import pytest
from baogao.folding import fold
from baogao.ids import node_of, page_of
from baogao.publication.folder import read_folder
from baogao.relations.glossary import glossary
from baogao.translation.terms import general_terms
from conftest import ROOT
from naive import Section, holds, terms
from playwright.sync_api import expect
from searching import ASK, QUERIES

(READ,) = read_folder(ROOT / "seeds", "seeds").publications
TEXT = READ.report.source.text
SENTENCES = {s.id: s.text for s in READ.report.sentences()}


def english(id_: str) -> str:
    return READ.translation.english(id_, SENTENCES[id_])


def test_an_english_page_says_in_english_under_the_same_ids_what_the_chinese_says(page, site, serve):
    base = serve(site)
    for name in ("index", "1-3", "2", "4", "full"):
        page.goto(f"{base}wangcheng-2023/{name}.html")
        ids = page.locator(".sentence").evaluate_all("all => all.map(e => e.id)")
        page.goto(f"{base}en/wangcheng-2023/{name}.html")
        said = dict(page.locator(".sentence").evaluate_all("all => all.map(e => [e.id, e.textContent])"))
        assert list(said) == ids
        assert all(text == english(id_) for id_, text in said.items())
        assert page.locator(".sentence[lang]").count() == 0


def test_every_figure_keeps_its_address_in_english(page, site, serve):
    base = serve(site)
    for name in ("1-2", "1-3", "1-4", "2"):
        page.goto(f"{base}wangcheng-2023/{name}.html")
        ids = page.locator("a.figure").evaluate_all("all => all.map(e => e.id)")
        page.goto(f"{base}en/wangcheng-2023/{name}.html")
        assert sorted(page.locator("a.figure").evaluate_all("all => all.map(e => e.id)")) == sorted(ids)


def test_no_chinese_is_left_on_an_english_page_but_where_it_is_told_as_chinese(page, site, serve):
    base = serve(site)
    for path in ("index", "wangcheng-2023/index", "wangcheng-2023/1-3", "wangcheng-2023/figures", "terms", "accuracy"):
        page.goto(f"{base}en/{path}.html")
        left = page.evaluate(
            r"""() => {
              const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const e = walker.currentNode.parentElement;
                if (/[\u4e00-\u9fff]/.test(walker.currentNode.data) && !e.closest("script, style, code, pre, [lang|=zh]")) found.push(walker.currentNode.data.trim());
              }
              return found;
            }"""
        )
        assert [text for text in left if text not in ("简体", "繁體")] == [], path


def test_the_switch_keeps_page_and_place(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html#s1-3-2-3")
    page.locator("a.switch[hreflang=en]").click()
    page.wait_for_url("**/en/wangcheng-2023/1-3.html#s1-3-2-3")
    assert page.locator(":target").inner_text() == english("s1-3-2-3")
    page.locator("a.switch[hreflang=zh-Hans]").click()
    page.wait_for_url(re.compile(r"(?<!en)/wangcheng-2023/1-3.html#s1-3-2-3$"))


@pytest.mark.parametrize(("width", "beside"), [(1440, True), (390, False)])
def test_side_by_side_a_sentence_stands_beside_its_english_or_above_it(page, site, serve, width, beside):
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(serve(site) + "wangcheng-2023/1-3-bilingual.html")
    rows = page.locator(".pairs__row:not(.pairs__head)")
    assert (
        rows.count() == sum(id_.startswith("s1-3-") for id_ in SENTENCES) + 4
    )  # three items and the section's heading
    row = page.locator("#s1-3-1-2")
    chinese, said = (row.locator("> div").nth(n) for n in (0, 1))
    assert (chinese.inner_text(), said.inner_text()) == (SENTENCES["s1-3-1-2"], english("s1-3-1-2"))
    assert said.get_attribute("lang") == "en"
    one, other = chinese.bounding_box(), said.bounding_box()
    assert (abs(one["y"] - other["y"]) < 2) is beside and (other["y"] >= one["y"] + one["height"]) is not beside


def test_a_figure_lights_its_fellow_and_leads_to_its_sentence(page, site, serve):
    page.goto(serve(site) + "en/wangcheng-2023/1-3-bilingual.html")
    row = page.locator("#s1-3-1-2")
    row.locator("a.figure", has_text="974").first.hover()
    assert row.locator("a.figure.lit").all_inner_texts() == ["974人", "974"]
    row.locator("a.figure", has_text="974").last.focus()
    assert row.locator("a.figure.lit").count() == 2
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/wangcheng-2023/1-3.html#f1-3-1-2-6")


def test_the_page_of_both_is_a_second_view_of_its_section(site):
    html = (site / "en/wangcheng-2023/1-3-bilingual.html").read_text("utf-8")
    assert 'name="robots"' not in html or "noindex" in html
    index = "".join(path.read_text("utf-8") for path in (site / "search").glob("manifest.js"))
    assert "bilingual" not in index


def test_a_heading_has_its_number_beside_the_numeral(site):
    html = (site / "en/wangcheng-2023/1-3-bilingual.html").read_text("utf-8")
    chinese, said = re.search(r'id="h1-3-1"><div[^>]*>(.*?)</div><div>(.*?)</div>', html).groups()
    heading = READ.layout.pieces["h1-3-1"]
    assert chinese == heading.text
    assert said == f'<span class="number">1.3.1</span> {READ.translation.english(heading.id, heading.text)}'


def test_the_concordance_shows_the_aligned_sentence_with_the_term_marked_on_both_sides(page, site, serve):
    page.goto(serve(site) + "search.html?q=行政复议")
    page.wait_for_selector("[data-search-page][data-ready]")
    assert page.locator(".aligned").count() == 0
    page.locator(".filters button", has_text="每条附上另一种语言的同一句").click()
    page.wait_for_selector(".aligned")
    item = page.locator("ol.results > li").first
    anchor = item.locator("a[data-result]").get_attribute("href").partition("#")[2]
    assert item.locator(".aligned").inner_text() == english(anchor)
    assert item.locator(".said mark").first.inner_text() == "行政复议"
    assert item.locator(".aligned mark").first.inner_text().lower() == "administrative reconsideration"
    assert "aligned=1" in page.url
    page.reload()
    page.wait_for_selector(".aligned")


def test_english_is_searched_too_and_its_hit_opens_on_the_sentence(page, site, serve):
    page.goto(serve(site) + "en/search.html?q=Lei Feng")
    page.wait_for_selector("[data-search-page][data-ready]")
    wanted = [id_ for id_ in SENTENCES if "Lei Feng" in english(id_)]
    hrefs = page.locator("a[data-result]").evaluate_all("all => all.map(e => e.hash.slice(1))")
    assert wanted and set(hrefs) <= set(wanted)
    page.locator("a[data-result]").first.click()
    page.wait_for_url("**/en/wangcheng-2023/*.html?found=*")


def _english_sections() -> list[Section]:
    """The English of each page from the PO: a line a heading or paragraph, its sentences joined by a space."""
    paragraphs = {s.id: s.paragraph for s in READ.report.sentences()}
    made: dict[str, list[str]] = {"index": [READ.translation.english("m-title", READ.given("title"))]}
    last = None
    for segment in READ.report.segments:
        if segment.id:
            said = READ.translation.english(segment.id, TEXT[segment.start : segment.end])
            lines, paragraph = made.setdefault(page_of(node_of(segment.id)), []), paragraphs.get(segment.id)
            if lines and paragraph is not None and paragraph == last:
                lines[-1] += f" {said}"
            else:
                lines.append(said)
            last = paragraph
    return [Section(READ.id, page, tuple(fold(line) for line in lines)) for page, lines in made.items()]


def test_random_stretches_of_the_english_are_counted_as_the_plainest_search_counts_them(page, site, serve):
    rng, sections = random.Random(2026), _english_sections()
    lines = [line for section in sections for line in section.lines]
    queries = []
    while len(queries) < 500:
        line = rng.choice(lines)
        start = rng.randrange(len(line))
        part = re.sub('["“”]', "", line[start : start + rng.randint(2, 24)]).strip()
        if len(part) > 1:
            queries.append(f'"{part}"')
    page.goto(serve(site) + "en/search.html")
    said = page.evaluate(ASK, [queries, {"language": "en", "report": READ.id}])
    wrong = []
    for query, one in zip(queries, said, strict=True):
        (term,) = terms(query)
        counts = [section.count(term) for section in sections]
        if (one["sections"], one["hits"]) != (sum(map(bool, counts)), sum(counts)):
            wrong.append((query, one["sections"], one["hits"], sum(map(bool, counts)), sum(counts)))
    assert wrong == []


def test_recall_and_precision_are_one_in_every_class_of_english_queries(page, site, serve):
    page.goto(serve(site) + "en/search.html")
    sections, wrong = _english_sections(), []
    for kind, queries in QUERIES["english"].items():
        said = page.evaluate(ASK, [queries, {"language": "en", "report": READ.id}])
        for query, one in zip(queries, said, strict=True):
            true = {f"{READ.id}/{s.page}.html" for s in sections if holds(s, query)}
            found = [page_ for _, page_, _ in one["pages"]]
            if not true or set(found) != true or len(found) != len(true):
                wrong.append((kind, query, set(found) ^ true))
    assert wrong == []


def test_a_phrase_that_stands_somewhere_is_first(page, site, serve):
    page.goto(serve(site) + "en/search.html")
    sections = _english_sections()
    for query in QUERIES["english"]["english_phrases"]:
        (said,) = page.evaluate(ASK, [[query], {"language": "en", "report": READ.id}])
        phrase = {f"{READ.id}/{s.page}.html" for s in sections if s.count(fold(query))}
        shown = [page_ for _, page_, _ in said["pages"]]
        assert phrase and set(shown[: len(phrase)]) == phrase, query


DEFINITION = next(term.definition_zh for term in general_terms() if term.zh == "政务公开主题日")


def test_a_term_is_explained_where_it_stands_and_leads_to_all_its_uses(page, site, serve):
    page.goto(serve(site) + "wangcheng-2023/1-3.html")
    term = page.locator("article a.term", has_text="政务公开主题日").first
    assert term.is_visible() and page.locator(".tools").is_hidden()
    term.hover()
    expect(page.locator(".tools .said")).to_contain_text(DEFINITION)
    term.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/terms"))


def test_a_tap_on_a_term_explains_it_and_one_beside_it_asks_for_the_sentence(tab, site, serve):
    phone = tab(390, 780, phone=True)
    phone.goto(serve(site) + "wangcheng-2023/1-3.html")
    phone.locator("article a.term", has_text="政务公开主题日").first.tap()
    expect(phone.locator(".tools .said")).to_contain_text(DEFINITION)
    assert phone.url.endswith("1-3.html")
    sentence = phone.locator(".sentence", has_text="开展2023年政务公开主题日").first
    beside = sentence.evaluate(
        """one => { one.scrollIntoView({ block: "center" });
          const first = one.getClientRects()[0]; return [first.left + 4, first.top + first.height / 2]; }"""
    )
    phone.touchscreen.tap(*beside)
    expect(phone.locator(".tools button").first).to_have_text("复制引文")
    phone.locator("article a.term", has_text="政务公开主题日").first.tap()
    phone.locator(".tools a", has_text="全部用例").tap()
    phone.wait_for_url(re.compile("/terms"))


def test_a_terms_page_shows_every_use_with_its_aligned_sentence(page, site, serve):
    headword = next(h for h in glossary([READ]) if h.term.zh == "行政复议")
    for language in ("", "en/"):
        page.goto(f"{serve(site)}{language}terms/xingzhengfuyi.html")
        rows = page.locator(".kwic__row")
        assert rows.count() == len(headword.places)
        assert rows.locator(".kwic__line mark").all_inner_texts() == ["行政复议"] * len(headword.places)
        shown = rows.locator(".kwic__english").all_inner_texts()
        assert shown == [READ.translation.english(p.anchor, p.text) for p in headword.places]
        assert headword.term.definition_zh in page.inner_text(
            "article"
        ) and headword.term.definition_en in page.inner_text("article")


def test_every_term_in_the_list_leads_to_its_page_or_its_place(page, site, serve):
    page.goto(serve(site) + "en/terms.html")
    assert page.locator("dt.term-row").count() == len(glossary([READ]))
