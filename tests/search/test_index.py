"""The index as written: how text is compared and posted, what is searched of a page, the same text the same bytes."""

from __future__ import annotations

import re

import pytest
from baogao.folding import fold
from baogao.search import index, postings
from baogao.search.index import files
from baogao.search.pages import page_records
from baogao.search.postings import keys
from baogao.search.records import Catalogue, Record, SearchUnit, Voice
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

TEXTS = st.text(st.sampled_from("行政复议 　,，.。Aa1２é“”…①㎡\t\u200b-[〔("), max_size=30)


# ---- how text is compared


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("１，１３６件", "1136件"),
        ("33，212", "33212"),
        ("甲， 乙", "甲,乙"),
        ("云上 望城ＡＰＰ  a  B", "云上望城app a b"),
        ("“三项制度”", '"三项制度"'),
        ("2021—2025", "2021-2025"),
        ("PM２.５", "pm2.5"),
        ("某发〔2023〕 12号", "某发(2023)12号"),
        ("某发［2023］12 号【附】", "某发(2023)12号(附)"),
        ("law-enforcement 2021-2025 -a", "law enforcement 2021-2025 -a"),
        ("㎡ ① …", "m2 1 ..."),
        ("𠀀甲", "\ufffd甲"),
        ("甲\u200b乙\ufeff", "甲乙"),
        ("  甲　乙\t丙 ", "甲乙丙"),
        ("", ""),
    ],
)
def test_text_is_compared_by_the_rules(written, compared):
    assert fold(written) == compared


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text):
    # but where a space or comma that is gone brings two digits or two commas together
    once = fold(text)
    if not re.search(r"[0-9],+[0-9]", once):
        assert fold(once) == once


@given(TEXTS)
def test_every_character_but_spaces_is_posted_or_inside_a_word(text):
    folded = fold(text)
    covered = set()
    for key, at in keys(folded):
        assert folded.startswith(key, at)
        covered |= set(range(at, at + (len(key.rstrip()) if key[0].isalpha() and key[0] < "ɐ" else 1)))
    assert covered >= {i for i, c in enumerate(folded) if c != " "}


def test_an_index_that_holds_nothing_fails():
    with pytest.raises(ValueError, match="holds no text"):
        list(files(Catalogue(())))


def test_an_index_written_with_a_wrong_setting_fails(monkeypatch):
    record = Record("a/1.html", "甲", ((SearchUnit("s1-1", "行政复议"),),), "zh")
    monkeypatch.setattr(index, "written", lambda values, delta=True: "0")
    with pytest.raises(ValueError, match="would not find"):
        list(files(Catalogue((record,))))


def test_a_page_is_searched_by_heading():
    html = "<p>Before.</p><h1 id=a>About<a class=headerlink href=#a>¶</a></h1><p>One <b>line</b>.</p><h2 id=b>Two</h2><ul><li>x</li></ul>"
    first, about, two = page_records("about.html", "Page", html, "en")
    assert [(one.title, one.page, one.language) for one in (first, about, two)] == [
        ("Page", "about.html", "en"),
        ("About", "about.html", "en"),
        ("Two", "about.html", "en"),
    ]
    assert lines(first) == [[("", "Before.", Voice.TEXT)]]
    assert lines(about) == [[("a", "About", Voice.HEADING)], [("a", "One line.", Voice.TEXT)]]
    assert lines(two) == [[("b", "Two", Voice.HEADING)], [("b", "x", Voice.TEXT)]]


def lines(record: Record) -> list[list[tuple[str, str, Voice]]]:
    return [[(unit.anchor, unit.text, unit.voice) for unit in line] for line in record.lines]


def test_code_is_searched_line_by_line_and_told_from_text():
    html = "<h2 id=a>A</h2><p>Say <code>x</code></p><div class=highlight><pre><span>def f():</span>\n  <b>return 1</b>\n</pre></div>"
    (record,) = page_records("a.html", "A", html)
    assert lines(record)[1:] == [
        [("a", "Say x", Voice.TEXT)],
        [("a", "def f():", Voice.CODE)],
        [("a", "return 1", Voice.CODE)],
    ]


def test_what_a_page_says_is_not_searched_is_not():
    html = (
        "<h2 id=a>A</h2><p data-search-exclude>out <br> <b>out</b></p><p>in</p><script>out</script>"
        "<h2 id=b data-search-exclude>out</h2><p>out</p><h2 id=c>C</h2><p>in</p>"
    )
    said = [unit[1] for record in page_records("a.html", "A", html) for line in lines(record) for unit in line]
    assert said == ["A", "in", "C", "in"]


def test_sentences_of_a_paragraph_are_told_apart_and_phrases_cross_them():
    (record,) = page_records("a.html", "A", "<p>先说一句。“再说一句。”又一句！ One more. Two</p>")
    assert [text for _, text, _ in lines(record)[0]] == ["先说一句。", "“再说一句。”", "又一句！", " One more. ", "Two"]


def test_the_worked_example_of_the_format_is_true():
    written = (ROOT / "docs/en/search-format.md").read_text("utf-8")
    line = re.search("single line `(.+?)`", written)[1]
    rows = re.findall(r"^\| `(.+?)` \| (\d+) \|$", written, re.M)
    assert [(key, int(at)) for key, at in rows] == list(keys(fold(line)))
    assert re.findall(r"^\| `(.+?)` \| (\d+) \|$", (ROOT / "docs/zh/search-format.md").read_text("utf-8"), re.M) == rows
    assert f"`{postings.written([2, 40, 41])}`" in written
