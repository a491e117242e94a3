"""The whole site as one value, and as files for another generator."""

from __future__ import annotations

import json
import re
from dataclasses import FrozenInstanceError

import pytest
from baogao.site.elsewhere import elsewhere
from baogao.site.page import File
from baogao.site.site import whole
from conftest import PRACTICE, SEED, published, texts

ABOUT = [
    File("en/about.md", b'---\ntitle: "Who we are"\n---\n\nA paragraph.\n'),
    File("zh/about.md", "# 关于\n\n## 联系 {: #lianxi }\n\n写信给 **本站**。\n".encode()),
]


@pytest.fixture(scope="module")
def publications():
    return [published(path) for path in (SEED, PRACTICE[0])]


@pytest.fixture(scope="module")
def site(publications):
    return whole(publications, ABOUT)


def paths(chapters) -> list[str]:
    return [path for chapter in chapters for path in (chapter.path, *paths(chapter.below))]


def test_it_is_one_value_and_the_same_each_time(publications, site):
    assert whole(publications, ABOUT) == site and list(site.search()) == list(whole(publications, ABOUT).search())
    with pytest.raises(FrozenInstanceError):
        site.files = ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_order_of_reading_names_each_page_that_is_no_second_view_once(site, language):
    pages = [f.path for f in (*site.files, *ABOUT) if f.path.startswith(f"{language}/") and f.path.endswith(".md")]
    aside = {f.path for f in site.files if f.aside}
    order = paths(site.navigation[language])
    assert len(order) == len(set(order)) and set(order) == set(pages) - aside


def test_the_search_knows_the_reports_and_the_pages_written_by_hand(publications, site):
    ids = [one.id for one in publications]
    assert [one.id for one in site.searched.groups] == [*ids, "en/about.md", "zh/about.md"]
    assert {record.group for record in site.searched.records} == {one.id for one in site.searched.groups}
    english, *chinese = (record for record in site.searched.records if record.group.endswith(".md"))
    assert (english.language, english.page, english.title) == ("en", "about.html", "Who we are")
    assert {(one.language, one.page) for one in chinese} == {("zh", "about.html")}
    assert [one.title for one in chinese] == ["关于", "联系"]
    assert [(unit.anchor, unit.text) for line in chinese[1].lines for unit in line] == [
        ("lianxi", "联系"),
        ("lianxi", "写信给 本站。"),
    ]
    assert [unit.text for line in english.lines for unit in line] == ["A paragraph."]


def test_without_reports_and_pages_there_is_a_site_and_nothing_to_search():
    empty = whole([])
    assert (
        not [file for file in empty.search() if file.path.startswith("search/")]
        and paths(empty.navigation["zh"])[0] == "zh/index.md"
    )
    home = texts(empty.files)
    assert "seeds" in home["zh/index.md"] and "seeds" in home["en/index.md"]


def test_another_generator_gets_pages_search_and_order(publications, site):
    files = {file.path: file.content for file in elsewhere(publications, ABOUT, ())}
    other = ("search.md", "search/manifest.js")  # loads the search by itself; knows the trees of languages
    all_files = (*site.files, *site.search(), *ABOUT)
    alike = {file.path: file.content for file in all_files if not file.path.endswith(other)}
    assert {path: files[path] for path in alike} == alike
    order = json.loads(files["nav.json"])
    named = re.findall(r'"([^"]+\.md)"', json.dumps(order))
    assert [list(one) for one in order] == [["zh"], ["en"]]
    assert named == [path for language in ("zh", "en") for path in paths(site.navigation[language])]
    for language in ("zh", "en"):
        page = files[f"{language}/search.md"].decode()
        for address in re.findall(r'src="\.\./([^"]+)"', page):
            assert address in files
        assert "search/search.js" in page
