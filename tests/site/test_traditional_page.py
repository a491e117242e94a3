"""A page in traditional characters: what is read is converted, and nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from baogao.site.traditional_page import Tree, Twins
from baogao.wording.traditional import Script, overruled
from hypothesis import given
from hypothesis import strategies as st

PAGES = frozenset(["index.html", "qinghe-2023/index.html", "qinghe-2023/1-2.html", "terms/fuyi.html"])
TREE = Tree(PAGES, "https://example.org/law/", "由程序转换，以{original}为准。", "简体原文")
SCRIPT = Script(overruled())


def converted(html: str, here: str = "qinghe-2023/1-2.html") -> str:
    return Twins(TREE, SCRIPT).page(html, here)


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p>执法</p>", "<p>執法</p>"),
        ('<p lang="zh-Hans">执法</p>', '<p lang="zh-Hant">執法</p>'),
        ("<p>行<b>政复</b>议</p>", "<p>行<b>政復</b>議</p>"),  # a word is one across marks in it
        ("<p>更加</p><p>注重</p>", "<p>更加</p><p>注重</p>"),
        ('<a data-note="执法" id="执法" data-x="执法">人</a>', '<a data-note="執法" id="执法" data-x="执法">人</a>'),
        ('<i title="执&quot;法 > 1">a > b</i>', '<i title="執&quot;法 > 1">a > b</i>'),
        ("<code>执法</code><pre><b>执</b></pre>法规", "<code>执法</code><pre><b>执</b></pre>法規"),
        ('<p lang="en">Law 执法 <i lang="zh-Hans">执法</i></p>执', '<p lang="en">Law 执法 <i lang="zh-Hans">执法</i></p>執'),
        ('<dd translate="no"><dd>执</dd>法</dd>执', '<dd translate="no" lang="zh-Hans"><dd>执</dd>法</dd>執'),
        ('<img lang="en" alt="执法">执', '<img lang="en" alt="执法">執'),
        ("<script>var 执 = '<p>执';</script>执", "<script>var 执 = '<p>执';</script>執"),
        ('<script lang="zh-Hans">{"a": "执<"}</script>', '<script lang="zh-Hant">{"a": "執<"}</script>'),
        ("<!-- 执 > --><!doctype html>执", "<!-- 执 > --><!doctype html>執"),
        ('<meta name="description" content="执"><meta name="citation_title" content="执">', '<meta name="description" content="執"><meta name="citation_title" content="执">'),
    ],
)  # fmt: skip
def test_what_is_read_is_converted(html, written):
    assert converted(html) == written


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("#s1-2-3-1", "#s1-2-3-1"),
        ("", ""),
        ("?h=1", "?h=1"),
        ("index.html#h1", "index.html#h1"),
        ("../terms/fuyi.html?a=1&amp;b=2#c", "../terms/fuyi.html?a=1&amp;b=2#c"),
        ("../en/qinghe-2023/1-2.html#x", "../../en/qinghe-2023/1-2.html#x"),
        ("1-2.csv", "../../qinghe-2023/1-2.csv"),
        ("../assets/baogao.css", "../../assets/baogao.css"),
        ("../", "../../"),
        ("https://example.org/law/index.html", "https://example.org/law/index.html"),
        ("/law/index.html", "/law/index.html"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_a_link_leads_to_the_traditional_page_or_where_it_led(address, written):
    assert converted(f'<a href="{address}">a</a>') == f'<a href="{written}">a</a>'


def test_the_simplified_page_and_the_canonical_address():
    assert 'href="../../qinghe-2023/1-2.html"' in converted('<a href="1-2.html" hreflang="zh-Hans">简体</a>')
    own = '<link rel="canonical" href="https://example.org/law/qinghe-2023/1-2.html">'
    assert converted(own) == own.replace("law/", "law/zh-hant/")


def test_the_page_says_once_that_a_program_made_it():
    page = converted("<h1>一</h1><h1>二</h1>")
    assert page.count("由程序轉換，以") == 1
    assert '<a href="../../qinghe-2023/1-2.html" hreflang="zh-Hans">簡體原文</a>為準' in page


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.seen: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append(f"<{tag}" + "".join(sorted(name for name, _ in attrs)))

    def handle_endtag(self, tag):
        self.seen.append(f"</{tag}")


def _tags(html: str) -> list[str]:
    reader = _Tags()
    reader.feed(html)
    reader.close()
    return reader.seen


LEAF = st.sampled_from(["执法", "a &lt; b", '<br title="执">', "<!-- 执 -->", "\n", "只 ", "<code>里</code>", '"'])
HTML = st.recursive(
    LEAF,
    lambda inner: st.builds(
        "<{0}{1}>{2}</{0}>".format,
        st.sampled_from(["p", "b", "div", "span"]),
        st.sampled_from(
            ["", ' lang="en"', ' translate="no" lang="zh-Hans"', ' data-note="只">'[:-1], " title='执 > 法'"]
        ),
        st.lists(inner, max_size=4).map("".join),
    ),
)


@given(HTML)
def test_the_structure_stays(html):
    page = converted(html)
    assert _tags(page) == _tags(html)
    assert len(page) == len(html)
    assert re.sub("[\u2e80-\u9fff]", "", page) == re.sub("[\u2e80-\u9fff]", "", html)
