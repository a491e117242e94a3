"""Atom feeds, corrections told to readers, and what machines find at the root."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from baogao.export.feeds import feeds
from baogao.publication.publication import understand
from baogao.publication.sidecar import read_sidecar
from baogao.site.page import File
from baogao.site.pages import files
from conftest import PRACTICE, understood

ATOM = "{http://www.w3.org/2005/Atom}"
CORRECTIONS = """corrections:
  - {date: 2024-05-06, id: f1-1-1-2, was: 974人, now: 794人, why: 原文如此}
"""
SHELF = [understood(path) for path in PRACTICE[:5]]
SHELF[0] = replace(SHELF[0], sidecar=read_sidecar("a.yml", CORRECTIONS.encode()))
FEEDS = {path: ElementTree.fromstring(xml) for path, xml in feeds(SHELF)}


@pytest.fixture(scope="module")
def made() -> dict[str, File]:
    return {file.path: file for file in files(SHELF)}


def test_what_is_no_character_of_xml_leaves_a_feed_well_formed():
    odd = understand("a.txt", "某区\uffff2023年度法治政府建设情况报告\ufffe\n一、甲\n办理案件3件。".encode())
    for _, xml in feeds([odd]):
        assert ElementTree.fromstring(xml).tag == f"{ATOM}feed"


def test_there_is_a_feed_of_the_site_and_one_of_each_place():
    assert set(FEEDS) == {"feed.xml", "feed/qinghe.xml", "feed/linyuan.xml"}
    assert len(FEEDS["feed.xml"].findall(f"{ATOM}entry")) == 6
    assert len(FEEDS["feed/qinghe.xml"].findall(f"{ATOM}entry")) == 4


def test_a_feed_has_what_rfc_4287_asks_for(made):
    for path, feed in FEEDS.items():
        for one in (feed, *feed.findall(f"{ATOM}entry")):
            assert one.findtext(f"{ATOM}title") and re.fullmatch(
                r"urn:uuid:[0-9a-f-]{36}", one.findtext(f"{ATOM}id") or ""
            )
            datetime.datetime.fromisoformat((one.findtext(f"{ATOM}updated") or "").replace("Z", "+00:00"))
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids))
        for link in feed.findall(f"{ATOM}entry/{ATOM}link"):
            target = link.get("href", "").removeprefix("../").replace(".html", ".md")
            assert f"zh/{target}" in made, (path, target)


def test_the_newest_stands_first_and_a_correction_is_an_entry_of_its_own():
    first = FEEDS["feed/qinghe.xml"].find(f"{ATOM}entry")
    assert first is not None and (first.findtext(f"{ATOM}title") or "").startswith("本站更正：")
    assert "974人" in (first.findtext(f"{ATOM}summary") or "") and "原文如此" in (
        first.findtext(f"{ATOM}summary") or ""
    )


def test_a_correction_is_told_on_the_page_in_both_languages(made):
    for language, head in (("zh", "本站更正"), ("en", "Corrections by this site")):
        page = made[f"{language}/{SHELF[0].id}/index.md"].content.decode()
        assert head in page and "974人" in page and "原文如此" in page
    assert "本站更正" not in made[f"zh/{SHELF[1].id}/index.md"].content.decode()


def test_what_was_withdrawn_is_told_as_withdrawn_in_the_feed_and_on_the_page():
    told = read_sidecar("a.yml", CORRECTIONS.replace("now: 794人", "now: ''").encode())
    one = replace(SHELF[0], sidecar=told)
    entry = ElementTree.fromstring(dict(feeds([one]))["feed.xml"]).find(f"{ATOM}entry")
    assert entry is not None and (entry.findtext(f"{ATOM}title") or "").startswith("本站更正（删去")
    page = next(file.content.decode() for file in files([one]) if file.path == f"en/{one.id}/index.md")
    assert "“974人” was taken out" in page


def test_llms_txt_leads_to_the_markdown_of_every_report(made):
    links = re.findall(r"\]\(([^)]+)\)", made["static/llms.txt"].content.decode())
    assert len(links) == len(SHELF) and all(f"static/{link}" in made for link in links)


def test_the_data_page_lists_every_file_with_its_size(made):
    for language in ("zh", "en"):
        page = made[f"{language}/data.md"].content.decode()
        assert page.count("figures.csv](") == len(SHELF) and page.count("&#160;kB |") == 10 * len(SHELF)
