"""text + marks -> markup: tags stripped it is the text, wherever in Markdown it stands."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from baogao.folding import displayed
from baogao.site.page import converted
from baogao.wording.marks import Mark, escape, mark, printed
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


# ---- half-width marks of Chinese

FULL = dict(zip(",;:!?()", "，；：！？（）", strict=True))


def seen(text: str) -> str:
    """What a reader sees: the marks that are drawn in full width as full-width ones."""
    return re.sub(r'<span class="wide[^"]*">([^<]+)</span>', lambda m: FULL[unescape(m[1])], printed(text)).replace(
        "<wbr>", ""
    )


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("公示率100%,95.5%以上办结;余下(含APP)待办。", "公示率100%，95.5%以上办结；余下（含APP）待办。"),
        ("共1,234件,9:30开始,比例1:2", "共1,234件，9:30开始，比例1:2"),
        ("见http://a.b/c?d,e(f)", "见http://a.b/c?d,e(f)"),
        ("(一)坚持党的领导", "（一）坚持党的领导"),
        ("长政办发(2023)12号", "长政办发（2023）12号"),
        ("好!是吗?是", "好！是吗？是"),
        ("Law (1996), amended; see 12:30", "Law (1996), amended; see 12:30"),
        ("a,b", "a,b"),
        ("到位(", "到位（"),
    ],
)
def test_a_half_width_mark_is_drawn_in_full_width_where_it_belongs_to_chinese(text, drawn):
    assert unescape(seen(text)) == drawn


@given(TEXTS | st.text("甲乙,;:!?()。、“”《》1a% ", max_size=20))
def test_what_is_drawn_in_full_width_is_copied_as_printed(text):
    assert "".join(parsed(printed(text)).parts) == displayed(text)
    marked = mark(text, [Mark(0, len(text) // 2, "figure", "#r1", "", "f1")])
    assert "".join(parsed(marked).parts) == displayed(text)


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("甲,乙", ["wide"]),
        ("甲,“乙", ["wide after"]),  # the half em of a mark that is drawn goes
        ("甲”,乙", ["wide"]),  # that of a quotation mark may not be there
        ("《甲》,乙", ["wide before"]),
        ("甲),乙", ["wide after", "wide"]),
        ("甲。(乙", ["wide before"]),
        ("甲(《乙", ["wide after"]),
        ("甲!,乙", ["wide", "wide"]),
    ],
)
def test_two_marks_that_stand_together_take_one_and_a_half(text, classes):
    assert [attributes["class"] for _, attributes in parsed(printed(text)).tags] == classes


def test_a_line_may_end_behind_a_mark_that_is_drawn_though_a_digit_follows():
    assert "</span><wbr>95.5%" in printed("公示率100%,95.5%以上") and "<wbr>" not in printed("共1,234件(3类)")
