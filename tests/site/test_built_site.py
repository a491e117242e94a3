"""The built site as files: every link and anchor resolves, nothing points elsewhere."""

from __future__ import annotations

import functools
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlparse

import pytest
from baogao.wording.traditional import Script, overruled
from conftest import SEED, build_site, published, understood

SCRIPT = Script(overruled())
TREES = {"": "zh-Hans", "zh-hant/": "zh-Hant", "en/": "en"}  # where the pages of each language and script begin


class Page(HTMLParser):
    """Ids, links, text and language of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.canonical: str | None = None
        self.lang = ""
        self.title = ""
        self._in_title = False
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if found.get("id"):
            self.ids.append(found["id"])
        if tag == "html":
            self.lang = found["lang"]
        if tag == "title":
            self._in_title = True
        if tag == "link" and found.get("rel") == "canonical":
            self.canonical = found["href"]
        if tag == "a" and found.get("href") is not None:
            self.links.append(found["href"])
        for name in ("src", "href"):
            if found.get(name) and tag in ("script", "img", "link", "iframe", "source"):
                self.sources.append(found[name])

    def handle_endtag(self, tag):
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data):
        if self._in_title:
            self.title += data


@functools.cache
def pages_of(site: Path) -> dict[str, Page]:
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}


def broken_links(site: Path) -> list[str]:
    pages, broken = pages_of(site), []
    ids = {name: frozenset(page.ids) for name, page in pages.items()}
    for name, page in pages.items():
        if name == "404.html":
            continue  # served at any depth: its links are those of the site's root
        for link in dict.fromkeys([*page.links, *page.sources]):
            if urlparse(link).scheme or link.startswith("//"):
                if urlparse(link).scheme not in ("http", "https", "mailto"):
                    broken.append(f"{name}: {link}")
                continue
            path, anchor = urldefrag(urljoin(name, link))
            path = path.partition("?")[0]
            target = unquote(path) or name
            if not (site / target).is_file() or (
                anchor and not anchor.startswith("__") and target in ids and unquote(anchor) not in ids[target]
            ):
                broken.append(f"{name}: {link}")
    return broken


def test_every_internal_link_and_anchor_resolves(shelf):
    assert broken_links(shelf) == []


def test_the_link_test_sees_a_broken_link(shelf, tmp_path):
    (tmp_path / "a.html").write_text(
        '<html lang="zh"><a href="a.html#gone">x</a><a href="b.html">y</a></html>', "utf-8"
    )
    assert broken_links(tmp_path) == ["a.html: a.html#gone", "a.html: b.html"]


def test_no_id_stands_twice_on_a_page(shelf):
    for name, page in pages_of(shelf).items():
        assert len(page.ids) == len(set(page.ids)), name


def test_every_page_has_its_twin_in_the_other_language_and_links_to_it(shelf):
    pages = pages_of(shelf)
    for name, page in pages.items():
        if name == "404.html":
            continue
        own = next((tree for tree in TREES if tree and name.startswith(tree)), "")
        twins = {tree + name.removeprefix(own) for tree in TREES if tree != own}
        assert twins <= pages.keys()
        assert twins <= {urljoin(name, link) for link in page.links}
        assert page.lang == TREES[own]


def test_no_page_takes_anything_from_another_host(shelf):
    for name, page in pages_of(shelf).items():
        assert [s for s in page.sources if urlparse(s).scheme or s.startswith("//")] == [], name
    for path in shelf.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", path.read_text("utf-8")), path


def test_the_page_on_accuracy_needs_no_labels_beside_it(site):
    assert not (site.parent / "tests").exists()
    assert (site / "accuracy.html").is_file() and (site / "en/accuracy.html").is_file()


def test_without_an_address_there_is_no_canonical_and_no_sitemap(site):
    assert not (site / "sitemap.xml").exists() and not (site / "sitemap.xml.gz").exists()
    assert {page.canonical for page in pages_of(site).values()} == {None}


def test_with_an_address_there_are_both(addressed):
    assert "SITE_URL" not in (addressed.parent / "said.txt").read_text("utf-8")
    page = pages_of(addressed)["en/wangcheng-2023/1-2.html"]
    assert page.canonical == "https://example.org/law/en/wangcheng-2023/1-2.html"
    sitemap = (addressed / "sitemap.xml").read_text("utf-8")
    there = {lang: f"https://example.org/law/{tree}wangcheng-2023/1-2.html" for tree, lang in TREES.items()}
    for address in there.values():
        entry = sitemap.partition(f"<loc>{address}</loc>")[2].partition("</url>")[0]
        assert dict(re.findall('hreflang="(.*?)" href="(.*?)"', entry)) == there
        assert Page(addressed / address.removeprefix("https://example.org/law/")).canonical == address


def test_that_no_address_is_set_is_said_once(site):
    assert (site.parent / "said.txt").read_text("utf-8").count("SITE_URL is not set") == 1


def test_an_error_is_an_error_under_strict_and_the_others_are_published(tmp_path):
    done = build_site(tmp_path, {SEED.name: SEED.read_bytes(), "bad.txt": b""})
    assert done.returncode == 1 and "seeds/bad.txt: the file holds no text" in done.stderr
    assert (tmp_path / "site/wangcheng-2023/index.html").is_file()


def test_a_note_is_told_below_a_warning(shelf):
    said = (shelf.parent / "said.txt").read_text("utf-8")  # of a strict build that passed
    assert re.search(r"INFO +-  seeds/07-liuqiao-town-2023.txt: no title was recognized", said)


@pytest.mark.parametrize(
    "name", ["report.json", "figures.csv", "figures.xlsx", "figures.json", "full.txt", "datapackage.json"]
)
def test_data_lies_beside_the_overview_and_is_linked_from_both_languages(site, name):
    assert (site / "wangcheng-2023" / name).is_file()
    page = {"report.json": "index.html", "full.txt": "full.html"}.get(name, "figures.html")
    for folder in ("wangcheng-2023", "en/wangcheng-2023"):
        links = {urljoin(f"{folder}/{page}", link) for link in Page(site / folder / page).links}
        assert f"wangcheng-2023/{name}" in links


def test_previous_and_next_stay_within_a_language(site):
    for name, page in pages_of(site).items():
        if name.startswith("en/"):
            own = urljoin(name, "x").rpartition("/")[0]
            targets = {urldefrag(urljoin(name, link))[0] for link in page.links if not urlparse(link).scheme}
            outside = {target for target in targets if target.endswith(".html") and not target.startswith("en/")}
            if not name.endswith("matters-bilingual.html"):  # there each side leads to its own language
                assert outside <= {name.removeprefix("en/"), f"zh-hant/{name.removeprefix('en/')}"}, own


def test_titles_name_page_and_site(site):
    assert Page(site / "wangcheng-2023/1-2.html").title == "(二)依法全面履行政府职能 - 法治政府报告"
    assert (
        Page(site / "en/wangcheng-2023/1-2.html").title
        == "1.2 · Performing government functions fully and in accordance with the law - Reports on law-based government"
    )
    assert understood(SEED).id == "wangcheng-2023"


def test_every_page_of_a_report_says_whose_text_it_is_and_that_the_site_is_not_the_issuer(site):
    issuer = understood(SEED).given("issuer")
    in_english = published(SEED).translation.english("m-issuer", issuer)
    for path in sorted(site.rglob("*.html")):
        line = re.search('<p class="authentic">(.*?)</p>', path.read_text("utf-8"))[1]
        assert re.search("本站不是(发布机关|發布機關)|not its issuer", line), path
        said = {"en": in_english, "zh-hant": SCRIPT(issuer)}.get(path.relative_to(site).parts[0], issuer)
        assert (said in unescape(line)) == (path.parent.name == "wangcheng-2023"), path


def test_every_page_of_a_report_names_its_address_with_another_ending(site):
    for folder in ("wangcheng-2023", "en/wangcheng-2023"):
        for name, endings in {
            "1-3": ("md", "json", "txt"),
            "full": ("md", "json", "txt"),
            "figures": ("csv", "json"),
        }.items():
            text = (site / folder / f"{name}.html").read_text("utf-8")
            named = dict(re.findall(r'<link rel=" alternate" type="([^"]+)" href="([^"]+)"', text))
            assert {f"{name}.{ending}" for ending in endings} <= set(named.values())
            assert all((site / folder / address).is_file() for address in named.values())


def test_with_many_reports_a_page_names_those_of_no_other_place_but_the_first_page_all(tmp_path):
    places = [f"{name}县" for name in "东西南北春夏秋山水林田湖草花"]
    seeds = {
        f"{n}.txt": f"{place}2023年度法治政府建设情况报告\n\n一、工作\n办理案件{n + 3}件。\n二、不足\n力度不够。\n".encode()
        for n, place in enumerate(places)
    }
    assert build_site(tmp_path, seeds).returncode == 0
    site = tmp_path / "site"
    reports = {path.parent.name for path in site.glob("*-2023/report.json")}
    assert len(reports) == len(places)
    linked = {
        path: set(re.findall(r'href="(?:\.\./)*([a-z]+-2023)/', path.read_text("utf-8")))
        for path in site.glob("*.html")
    }
    assert linked[site / "index.html"] == reports
    assert linked[site / "about.html"] == set()
    for report in reports:
        section = (site / report / "1.html").read_text("utf-8")
        assert not {other for other in reports - {report} if f"/{other}/" in section}


def test_a_page_side_by_side_has_the_contents_of_its_report_and_goes_on_side_by_side(site):
    for folder in ("", "en/"):
        base = f"{folder}wangcheng-2023"
        page = (site / f"{base}/1-3-bilingual.html").read_text("utf-8")
        turn = dict(re.findall(r'<a rel="(prev|next)" href="([^"]+)"', page))
        assert turn == {"prev": "1-2-bilingual.html", "next": "1-4-bilingual.html"}
        contents = re.search(r'<nav class="contents".*?</nav>', page, re.S)[0]
        assert {"index.html", "1-3.html", "4.html", "figures.html"} <= {*re.findall('href="([^"#]+)"', contents)}
