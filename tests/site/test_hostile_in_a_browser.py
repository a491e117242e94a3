"""A browser opens every page of reports that hold in their values whatever might be read as more than text: nothing
runs, nothing is asked for elsewhere, and no element, attribute or address is there that words alone would not make."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import escape
from urllib.parse import quote, urlencode

import hostile
import pytest
from baogao import ids
from baogao.folding import displayed
from baogao.publication.publication import understand
from conftest import ROOT, build_site, heard
from selectolax.lexbor import LexborHTMLParser
from test_word import p, package

# Each element with each attribute, also those that wait in a template element; each address a page leads to or asks for.
LOOK = """async () => {
  for (const figure of [...document.querySelectorAll("article a.figure")].slice(0, 3)) figure.focus(); // its tools
  const search = document.querySelector("[data-search-page]"), asked = new URLSearchParams(location.search).get("q");
  for (let n = 0; search && asked && search.dataset.ready === undefined && n < 200; n++) await new Promise((done) => setTimeout(done, 50));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const shape = new Set(), addresses = new Set();
  const look = (root) => {
    for (const one of root.querySelectorAll("*")) {
      shape.add(one.localName);
      for (const { name, value } of one.attributes) {
        shape.add(`${one.localName} ${name}`);
        if (["href", "src", "action", "xlink:href", "formaction", "data", "poster", "srcset"].includes(name) && !value.startsWith(location.origin + "/")) addresses.add(value);
      }
      if (one.content?.querySelectorAll) look(one.content);
    }
  };
  look(document);
  return { shape: [...shape], addresses: [...addresses], ran: window.__xss };
}"""
ADDRESS = "https://example.org/"
# Where pages written by hand lead to.
LEADS = {
    to for path in (ROOT / "docs").rglob("*.md") for to in re.findall(r"\((https://[^)\s]+)\)", path.read_text("utf-8"))
}
LEADING = ("href", "src", "action", "xlink:href", "formaction", "data", "poster", "srcset")
TRADITIONAL = ids.TRADITIONAL.lower()
PARTS = 4  # of the pages, each a test of its own
# A report that has much at once in every line.
ATTACK = "</title><script>window.__xss=1</script><img src=x onerror=window.__xss=1>{: onclick=window.__xss=1 }[x](javascript:window.__xss=1){{ 1 }}&amp;|`*_\\"
REPORT = """某某区2023年度法治政府建设情况报告
{filler}
一、成效{value}
\u3000\u3000全年办理\t案件3件{value}。另有5件  两空格。
一是{value}健全机制。办理7件。
二是改进。# 甲
(一)乙{value}
1. 数字12件{value}。丙。
地区|件数{value}|备注
东区|3件|无
"""
FILLER = "本区坚持依法行政，推进法治政府建设。" * 30
SEARCHES = ("search.html?q=", "en/search.html?language=both&q=")  # what is asked for is shown too


def page_and_word_file() -> dict[str, bytes]:
    """A saved page and a Word file of the same text, the values in the page's meta tags and title too."""
    values = [value for group in hostile.groups(9) for value in group]
    lines = [line.replace("\x80", "") for line in hostile.text(values, 2021).splitlines() if line.strip()]
    said = [escape(value) for value in values]
    metas = f'<meta name="ArticleTitle" content="{said[0]}"><meta name="ContentSource" content="{"".join(said)}">'
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    shown = f"<html><head><title>{said[1]}</title>{metas}</head><body><div>{body}</div></body></html>"
    word = package("".join(p(line.replace("\ufffe", "").replace("\uffff", "")) for line in lines))
    beside = {f"{kind}.yml": f"id: from-{kind}\nplace: 清河县\n".encode() for kind in ("page", "word")}
    return {"page.html": shown.encode(), "word.docx": word, **beside}


def dense(value: str) -> dict[str, bytes]:
    """The files of a report that has the value in each line, in its title, issuer and source."""
    said = f"title: '某报告{value}'\nissuer: '{value}'\nsource: '{value}'\nid: dense\n"
    return {"dense.txt": REPORT.format(value=value, filler=FILLER).encode(), "dense.yml": said.encode()}


def built(into, values, more):
    """Makes a site of reports of the values, and of others; every report is there."""
    seeds = more | hostile.seeds(values, "r0")
    done = build_site(into, seeds, BAOGAO_PROOF="1", SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stderr
    assert all((into / "site" / id_ / "index.html").is_file() for id_ in ("r0-2022", "r0-2023", "dense"))


def visited(tab, base, paths):
    """What was seen at each path: its elements and addresses, and what ran or was asked for."""
    page, seen = tab(1440, 900), {}
    with heard(page, base) as wrong:
        for path in paths:
            page.goto(base + path)
            seen[path] = page.evaluate(LOOK) | {"wrong": wrong[:]}
            wrong.clear()
    return seen


def pages_of(site):
    """Those that are looked at: of the pages in traditional characters every fourth, for all are set beside their
    simplified ones below."""
    pages = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    converted = [path for path in pages if path.startswith(f"{TRADITIONAL}/")]
    return [path for path in pages if path not in converted or path in converted[::4]]


@pytest.fixture
def usual(once, tab, serve) -> set[str]:
    """The elements and attributes of a site of words alone."""

    def look(into):
        built(into, [hostile.TAME], dense(hostile.TAME))
        asked = [path + quote(words) for words in (hostile.TAME, "培训", "甲乙之外", "foreign") for path in SEARCHES]
        pages = [
            path
            for path in pages_of(into / "site")
            if "since" in path or not {"r0-2023", "qinghe-2023"} & {*path.split("/")}
        ]
        seen = visited(tab, serve(into / "site"), [*pages, *asked]).values()  # of one year are all kinds of pages
        (into / "usual.json").write_text(json.dumps(sorted({part for one in seen for part in one["shape"]})), "utf-8")

    return {*json.loads((once("tame", look) / "usual.json").read_text("utf-8"))}


@pytest.fixture
def site(once):
    """A site of all that is hostile, two at a time: a page of a kind then holds what those of two reports held; three
    at a time they are tried without a browser, and in an attribute one by one."""
    into = once("hostile", lambda into: built(into, hostile.pairs(), page_and_word_file() | dense(ATTACK)))
    assert all((into / f"site/{name}/index.html").is_file() for name in ("from-page", "from-word"))
    return into / "site"


def test_every_kind_of_page_is_looked_at_and_words_alone_run_nothing(site, usual):
    pages = pages_of(site)
    assert {"r0-2022/proof.html", "r0-2023/figures.html", "en/r0-2022/full.html", "terms.html"} <= {*pages}
    assert any(path.endswith("/since.html") for path in pages)
    assert not [part for part in usual if " on" in part]


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_that_a_value_holds_runs_or_stands_on_a_page(tab, serve, site, usual, part):
    asked = [path + quote(value) for value in hostile.SEQUENCES[::6] for path in SEARCHES]
    for path, one in visited(tab, serve(site), [*pages_of(site), *asked][part::PARTS]).items():
        assert not one.get("ran") and not one["wrong"], path
        assert {*one["shape"]} <= usual, path
        known = (hostile.URL, ADDRESS, "data:image/", *LEADS)
        assert not [to for to in one["addresses"] if (":" in to or to.startswith("//")) and not to.startswith(known)]


def acted_on(html: str) -> tuple[Counter, set[str], list[str]]:
    """All that a browser may act on: elements with the names of their attributes, addresses elsewhere, scripts."""
    nodes = LexborHTMLParser(html).css("*")
    elements = Counter((node.tag, *sorted(node.attributes.keys() - {"lang"})) for node in nodes)
    led = {said or "" for node in nodes for name, said in node.attributes.items() if name in LEADING}
    scripts = [node.text() for node in nodes if node.tag == "script" and "lang" not in node.attributes]
    return elements, {to for to in led if re.match(r"\s*(\w+:|//)", to) and not to.startswith(ADDRESS)}, scripts


def test_a_page_in_traditional_characters_has_what_its_simplified_one_has(site):
    pages = list((site / TRADITIONAL).rglob("*.html"))
    assert len(pages) > 80
    for path in pages:
        elements, *others = acted_on(path.read_text("utf-8"))
        simplified, *theirs = acted_on((site / path.relative_to(site / TRADITIONAL)).read_text("utf-8"))
        assert others == theirs, path
        notice = Counter([("p", "class"), ("a", "href", "hreflang")])  # that a program made it, and of which page
        assert elements == simplified + notice, path


def text_of(page, id_: str) -> str:
    return page.eval_on_selector(f"[id='{id_}']", "e => e.textContent")


def test_hostile_text_is_whole_in_the_browser(page, site, serve):
    report = understand("dense.txt", dense(ATTACK)["dense.txt"]).report
    page.goto(serve(site) + "dense/full.html")
    for sentence in report.sentences():
        shown = text_of(page, sentence.id)
        if sentence.part == "table":
            cells = page.eval_on_selector_all(f"[id='{sentence.id}'] > td", "all => all.map(e => e.textContent)")
            assert cells == displayed(sentence.text).split("|")
        else:
            assert shown == displayed(sentence.text)
    for section in report.walk():
        if section.heading:
            assert text_of(page, f"h{section.id}").strip() == report.source.text[section.start : section.head_end]


def test_a_hostile_title_is_text_and_no_markup(page, site, serve):
    page.goto(serve(site) + "dense/index.html")
    assert "某报告</title><script>" in page.title()  # behind its year


@pytest.mark.parametrize("words", ["健全机制", "script", "onerror", "<img src=x onerror=window.__xss=1>"])
def test_no_script_of_a_report_runs_in_the_search(page, site, serve, words):
    page.goto(f"{serve(site)}search.html?{urlencode({'q': words})}")
    page.wait_for_selector("a[data-result]")
    page.locator("a[data-result]").first.click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.__xss") is None
