"""What pages show of the links between passages, and how they cite the report."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape

import polib
from baogao.ids import node_of, page_of
from baogao.publication.publication import understand
from baogao.relations.links import LinkKind, links
from baogao.rules import load
from baogao.site.pages import files
from conftest import SEED, made_of_nine, nine, texts

SHELF = nine()
LINKS = links(SHELF)
MADE = texts(made_of_nine())
BY_ID = {publication.id: publication for publication in SHELF}


def page(language: str, report: str, name: str) -> str:
    return MADE[f"{language}/{report}/{name}.md"]


def lists_on(markdown: str) -> list[str]:
    return re.findall('<ul class="linked">.*?</ul>', markdown, re.S)


def test_a_link_that_says_what_came_of_something_is_shown_at_both_ends_in_both_languages():
    shown = 0
    for link in (one for one in LINKS if one.kind not in (LinkKind.TREATS, LinkKind.CONTINUES)):
        for language in ("zh", "en"):
            for here, there in ((link.from_, link.to), (link.to, link.from_)):
                folder = "" if here.publication == there.publication else f"../{there.publication}/"
                target = f'href="{folder}{page_of(node_of(there.anchor))}.html#{there.anchor}"'
                own = f'href="#{there.anchor}"'
                said = "".join(lists_on(page(language, here.publication, page_of(node_of(here.anchor)))))
                assert target in said or own in said, (language, here, there)
                assert language == "en" or any(word in said for word in link.why)
                shown += 1
    assert shown > 80


def test_the_links_stand_below_the_paragraph_in_which_their_passage_ends():
    for link in (one for one in LINKS if one.kind is LinkKind.ANSWERS):
        text = page("zh", link.from_.publication, page_of(node_of(link.from_.anchor)))
        report = BY_ID[link.from_.publication].report
        inside = [one for one in report.sentences() if one.start < link.from_.end and link.from_.start < one.end]
        last = inside[-1].id if inside else link.from_.anchor
        after = text.partition(f'id="{last}"' if inside else f"#{last}")[2]
        before_next_heading = re.split(r"\n#+ ", after)[0]
        assert 'class="linked"' in before_next_heading, link


def test_where_else_a_matter_is_treated_stands_at_the_foot_and_leads_off_the_page():
    seen = 0
    for publication in SHELF:
        for section in publication.report.walk():
            if page_of(section.id) != section.id:
                continue
            text = page("zh", publication.id, section.id)
            foot = text.partition("{: #elsewhere }")[2]
            found = re.findall('href="([^"]+)"', foot)
            assert len(found) == len(set(found)) <= load("links")["elsewhere"]
            assert not any(one.startswith(("#", f"{section.id}.html")) for one in found)
            seen += len(found)
    assert seen > 50


def test_every_link_of_a_page_leads_to_a_passage_that_is_there():
    for path, text in MADE.items():
        if not path.startswith("zh/") or not path.endswith(".md"):
            continue
        for said in lists_on(text):
            for target, anchor in re.findall('href="([^"#]*)#([^"]+)"', said):
                *folder, name = target.split("/") if target else path.removesuffix(".md").split("/")
                report = folder[-1] if folder and folder[-1] != ".." else path.split("/")[1]
                there = page("zh", report, name.removesuffix(".html"))
                assert f'id="{anchor}"' in there or f"#{anchor} " in there, (path, target, anchor)


def test_report_json_holds_the_links_that_start_in_the_report():
    for publication in SHELF:
        record = json.loads(MADE[f"zh/{publication.id}/report.json"])
        own = [link for link in LINKS if link.from_.publication == publication.id]
        assert [(one["kind"], one["from"]["id"], one["to"]["report"], one["to"]["id"]) for one in record["links"]] == [
            (link.kind, link.from_.anchor, link.to.publication, link.to.anchor) for link in own
        ]
        text = publication.report.source.text
        for one in record["links"]:
            there = BY_ID[one["to"]["report"]].report.source.text[one["to"]["start"] : one["to"]["end"]]
            here = text[one["from"]["start"] : one["from"]["end"]]
            assert one["why"][0] in here and one["why"][-1] in there


def test_a_report_of_which_nothing_belongs_together_has_no_list():
    bare = "某某县人民政府关于2023年度法治政府建设情况的报告\n一、主要成效\n今年下雨。\n二、存在的不足\n一是缺水。"
    lone = understand("bare.txt", bare.encode())
    pages = texts(files([lone]))
    assert len(pages) > 10 and not [path for path, text in pages.items() if "linked__says" in text]


def test_a_page_cites_the_report_with_its_issuer_and_title_and_has_a_place_for_the_address():
    said = SHELF[0].report.source.particulars
    english = polib.pofile(str(SEED.with_suffix(".en.po"))).find("m-issuer", by="msgctxt").msgstr
    issuers = {"zh": said.issuer.text, "en": english}
    for language in ("zh", "en"):
        front = page(language, SHELF[0].id, "1-3").split("---")[1]
        cited = json.loads(re.search("^cite: (.*)$", front, re.M)[1])
        assert [name for name, _, _ in cited] == ["GB/T 7714", "APA", "Chicago"]
        for _, report, place in cited:
            assert "{address}" not in report and "{address}" in place
            assert issuers[language] in unescape(report)
    assert f"AU  - {said.issuer.text}\r\n" in MADE[f"zh/{SHELF[0].id}/report.ris"]
    assert said.title.text in MADE[f"zh/{SHELF[0].id}/report.bib"]
    assert json.loads(MADE[f"en/{SHELF[0].id}/report.csl.json"])[0]["language"] == "en-US"


def test_report_json_holds_the_instruments_the_report_names_and_where():
    for publication in SHELF:
        record = json.loads(MADE[f"zh/{publication.id}/report.json"])
        text = publication.report.source.text
        printed = {text[m["start"] : m["end"]] for one in record["instruments"] for m in one["mentions"]}
        own = "".join(one.text for one in publication.report.sentences())
        assert set(re.findall("《[^《》]+》", own)) <= printed


def test_a_part_on_shortcomings_leads_to_the_plan_and_says_what_a_missing_answer_means():
    for language, said in (("zh", "不等于计划中没有"), ("en", "the plan may still contain one")):
        text = page(language, SHELF[0].id, "3")
        assert said in text and 'href="4.html"' in text
        assert said not in page(language, SHELF[0].id, "1-3")


def test_what_is_said_again_and_again_has_no_endless_list(monkeypatch):
    again = "完善规范性文件动态清理和备案审查衔接的具体办法"
    body = "".join(f"{again}，第{n}批共清理{n}件。\n" for n in range(2, 17))
    text = f"某某区2023年度法治政府建设情况报告\n一、主要成效\n{body}二、2024年计划\n一是{again}。\n"
    publication = understand("a.txt", text.encode())
    found = [one for one in links([publication]) if one.kind is LinkKind.REPEATS]
    most = max(Counter(one.to for one in found).values())
    monkeypatch.setitem(load("links"), "below", 2)
    page = texts(files([publication]))[f"zh/{publication.id}/1.md"]
    shown = [len(re.findall("<li>", one)) for one in lists_on(page)]
    assert most > max(shown) == 2


def test_cross_notes_and_uses_of_terms_draw_half_width_marks_as_pages_do_and_no_two_numerals_meet():
    told = 0
    for path, text in MADE.items():
        if path.startswith("zh/") and path.endswith(".md"):
            uses = re.findall('<span class="kwic__(?:left|right)">.*?</span>(?=<mark>|</div>)', text)
            for said in [*lists_on(text), *uses]:
                told += said.count('class="wide')
                plain = re.sub("<[^>]+>", "", re.sub('<span class="wide[^>]*>.</span>', "", said))
                assert not re.search("[\u3400-\u9fff],[\u3400-\u9fff]", plain), path
                assert not re.search("[一二三四五六七八九十] [一二三四五六七八九十]是", plain), path
    assert told > 10
    assert any(re.search("四、(?:<[^>]+>)?一是", said) for text in MADE.values() for said in lists_on(text))
