"""text + marks -> markup: tags stripped it is the text, wherever in Markdown it stands."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from baogao.folding import displayed
from baogao.site.page import converted
from baogao.wording.marks import Mark, escape, mark
from hypothesis import example, given
from hypothesis import strategies as st

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x0b\x0c\x85\u2028\u2029"), min_size=1, max_size=40) | st.lists(
    st.sampled_from(["<script>", "</title>", "{: onclick=x }", "[x](javascript:1)", "{{ x }}", "&amp;", "|", "\t", "\u3000", "  ", "1. ", "# ", "- ", "`", "**", "_", "\\", "甲", "：", "!!! note", "^", "~~", "==", "http://a.b", "a@b.c", "[^1]"]),
    min_size=1, max_size=8,
).map("".join)  # fmt: skip


class Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


def parsed(html: str) -> Text:
    parser = Text()
    parser.feed(html)
    parser.close()
    return parser


def rendered(source: str) -> Text:
    return parsed(converted(source))


# What a page puts round a text: the text must come back from each.
FRAMES = {
    "sentence": '<span class="sentence" id="s1">{}</span>',
    "heading": "## {} {{: #h1 }}",
    "cell": "| a | b |\n|---|---|\n| {} | x |",
    "paragraph": '<p class="line">{}</p>',
    "list": "- [{}](a.md) x",
    "html table": '<div class="table"><table><tr id="s1"><td>{}</td></tr></table></div>',
}


@pytest.mark.parametrize("frame", FRAMES)
@given(TEXTS)
@example("</title><script>alert(1)</script>")
@example("1. 甲")
@example(" 甲 ")
@example("\u3000\u3000甲\t乙  ")
@example("甲{: onclick=alert(1) }")
def test_the_text_comes_back_from_a_page(frame, text):
    if frame != "sentence" and not text.strip():
        return  # a heading or cell of nothing but white space is never written
    page = rendered(FRAMES[frame].format(escape(text)))
    whole = "".join(page.parts)
    assert displayed(text).strip() in whole
    expected = {
        "sentence": {"p", "span"},
        "heading": {"h2"},
        "cell": {"table", "thead", "tbody", "tr", "th", "td"},
        "paragraph": {"p"},
        "list": {"ul", "li", "a"},
        "html table": {"div", "table", "tr", "td", "tbody"},
    }
    assert {tag for tag, _ in page.tags} <= expected[frame]


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_marks_change_no_character_and_never_nest(text, spans):
    marks = [
        Mark(min(a, b), min(max(a, b), len(text)), "figure", f"#r{i}", "标", f"f{i}")
        for i, (a, b) in enumerate(spans)
        if min(a, b) < len(text)
    ]
    html = str(mark(text, marks))
    assert "".join(parsed(html).parts) == displayed(text)
    depth = 0
    for closing in re.findall(r"<(/?)a", html):
        depth += -1 if closing else 1
        assert 0 <= depth <= 1


def test_of_two_marks_that_overlap_the_longer_stays():
    html = mark("办理案件12件", [Mark(4, 6, "figure", "#short"), Mark(4, 7, "figure", "#long")])
    assert "#long" in html and "#short" not in html


def test_a_mark_writes_no_attribute_it_was_not_given():
    page = parsed(str(mark("12件", [Mark(0, 3, "figure", '#a" onclick="x', '"><script>', "f1")])))
    assert [tag for tag, _ in page.tags] == ["a"]
    assert set(page.tags[0][1]) == {"class", "id", "href", "data-note"}


def test_a_control_character_is_shown_as_its_picture():
    assert displayed("甲\x07乙\x7f") == "甲␇乙␡"
