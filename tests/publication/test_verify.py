"""Quotations and links, looked up in the practice reports."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache
from hashlib import sha256

import pytest
from baogao.ids import text_hash
from baogao.model import Part
from baogao.publication import verify
from baogao.publication.publication import Publication, understand
from baogao.publication.verify import NOTHING, Match, Verdict, check_link, find
from conftest import PRACTICE, understood
from hypothesis import assume, example, given
from hypothesis import strategies as st


@cache
def shelf() -> tuple[Publication, ...]:
    return tuple(understood(path) for path in PRACTICE)


def found(verdict: Verdict) -> str:
    return verdict.text[verdict.start : verdict.end]


# ---- quotations

CASES = [
    # exact: a stretch, a whole sentence, a heading, over two sentences, over a heading and its sentence
    ("公布区级政务服务事项1342项", "exact", "s1-1-1-1", "s1-1-1-1", ""),
    ("  公布区级政务服务事项1342项\n", "exact", "s1-1-1-1", "s1-1-1-1", ""),
    ("(一)依法全面履行政府职能", "exact", "h1-1", "h1-1", ""),
    ("企业开办时间由3个工作日压缩至1个工作日。12345政务服务便民热线", "exact", "s1-1-1-2", "s1-1-1-3", ""),
    ("“放管服”改革。公布区级政务服务事项", "exact", "h1-1-1", "s1-1-1-1", ""),
    # folded: spaces, width, another kind of quotation marks
    ("公布区级政务服务事项 １３４２ 项", "folded", "s1-1-1-1", "s1-1-1-1", "公布区级政务服务事项[-1342-]{+ １３４２ +}项"),
    ("公布区级政务服务\n事项1342项", "folded", "s1-1-1-1", "s1-1-1-1", "公布区级政务服务{+\n+}事项1342项"),
    ("深化「放管服」改革", "folded", "h1-1-1", "h1-1-1", "深化[-“-]{+「+}放管服[-”-]{+」+}改革"),
    ("深化‘放管服’改革", "folded", "h1-1-1", "h1-1-1", "深化[-“-]{+‘+}放管服[-”-]{+’+}改革"),
    # nearest: a number changed; a word left out and one put in, over two sentences; width is no difference here
    ("公布区级政务服务事项1352项", "nearest", "s1-1-1-1", "s1-1-1-1", "…区级政务服务事项13[-4-]{+5+}2项"),
    ("公布区级政务服务事项１３５２项", "nearest", "s1-1-1-1", "s1-1-1-1", "…区级政务服务事项13[-4-]{+５+}2项"),
    ("企业开办时间由3个日压缩至1个工作日。12345政务服务的便民热线", "nearest", "s1-1-1-2", "s1-1-1-3", "企业开办时间由3个[-工作-]日压缩至1个工作日。12345政务服务{+的+}便民热线"),
]  # fmt: skip


@pytest.mark.parametrize(("quotation", "kind", "anchor", "through", "difference"), CASES)
def test_a_quotation_is_found(quotation, kind, anchor, through, difference):
    verdict = find(quotation, shelf())
    assert (verdict.kind, verdict.publication) == (kind, "qinghe-2021")
    assert (verdict.anchor, verdict.through, verdict.difference) == (anchor, through, difference)
    if kind == "exact":
        assert found(verdict) == quotation.strip()


@pytest.mark.parametrize("quotation", ["", " \u3000\n", "完全没有的话语在这里出现了吗", "zzzzzzzzzz", "囧" * 2000, "\U00020000"])  # fmt: skip
def test_what_no_report_says_is_not_found(quotation):
    assert find(quotation, shelf()) == NOTHING


def test_a_rare_character_is_not_taken_for_another():
    [first, *_] = shelf()
    text = first.report.source.text
    at = text.index("公布区级")
    changed = understand("rare.txt", (text[:at] + "\U00020000" + text[at:]).encode())
    assert find("\U00020000公布区级", [changed]).kind is Match.EXACT  # control
    assert find("\U00020001公 布区级", [changed]).kind is not Match.FOLDED


def test_a_quotation_does_not_run_over_the_end_of_a_paragraph():
    first = shelf()[0]
    sentences = list(first.report.sentences())
    one, other = next((a, b) for a, b in zip(sentences, sentences[1:], strict=False) if a.paragraph != b.paragraph)
    assert find(one.text + other.text, [first]).kind in (Match.NEAREST, Match.NONE)
    assert find(one.text, [first]).kind is Match.EXACT  # control


def test_without_reports_nothing_is_found():
    assert find("公布区级政务服务事项1342项", []) == NOTHING
    assert check_link("/qinghe-2021/1-1.html#s1-1-1-1", []) == NOTHING


@st.composite
def quotations(draw: st.DrawFn) -> tuple[Publication, str]:
    """A report and a stretch of one of its sentences: 6 or more characters, white space not counted."""
    publication = draw(st.sampled_from(shelf()))
    sentences = [s.text for s in publication.report.sentences() if len(s.text) >= 6 and s.part is Part.SENTENCE]
    text = draw(st.sampled_from(sentences))
    start = draw(st.integers(0, len(text) - 6))
    quotation = text[start : draw(st.integers(start + 6, len(text)))]
    assume(quotation == quotation.strip() and len("".join(quotation.split())) >= 6)
    return publication, quotation


@given(quotations())
def test_any_stretch_of_a_sentence_is_found_exactly(given_):
    publication, quotation = given_
    verdict = find(quotation, [publication])
    assert (verdict.kind, found(verdict), verdict.difference) == (Match.EXACT, quotation, "")
    assert verdict.text.startswith(_printed(publication, verdict.anchor))
    assert verdict.text.endswith(_printed(publication, verdict.through))


def _printed(publication: Publication, anchor: str) -> str:
    [segment] = [segment for segment in publication.report.segments if segment.id == anchor]
    return publication.report.source.text[segment.start : segment.end]


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(quotations(), st.data())
def test_with_spaces_and_full_width_put_in_it_is_found_folded(given_, data):
    publication, quotation = given_
    at = data.draw(st.integers(1, len(quotation) - 1))
    gap = data.draw(st.sampled_from([" ", "\u3000", "\n", "\u200b", "\r\n\t"]))
    changed = wide(quotation[:at]) + gap + wide(quotation[at:])
    verdict = find(changed, [publication])
    assert verdict.kind is Match.FOLDED and verdict.difference
    assert wide(found(verdict)).replace(" ", "") == wide(quotation).replace(" ", "")


@given(quotations(), st.data())
def test_with_one_character_changed_it_is_nearest_with_the_difference(given_, data):
    publication, quotation = given_
    at = data.draw(st.integers(0, len(quotation) - 1))
    assume(not quotation[at].isspace())
    changed = f"{quotation[:at]}囧{quotation[at + 1 :]}"
    verdict = find(changed, [publication])
    assert verdict.kind is Match.NEAREST and "{+囧+}" in verdict.difference
    if len(re.findall(r"\[-", verdict.difference)) == 1 and found(verdict) == quotation:
        assert f"[-{quotation[at]}-]{{+囧+}}" in verdict.difference


@pytest.fixture
def compared(monkeypatch):
    """Each comparison of two texts that difflib makes, as the product of their lengths."""
    made: list[int] = []

    class Counted(verify.SequenceMatcher):
        def get_matching_blocks(self):
            made.append(len(self.a) * len(self.b))
            return super().get_matching_blocks()

    monkeypatch.setattr(verify, "SequenceMatcher", Counted)
    return made


def on_one_line(text: str) -> Publication:
    return understand("a.txt", f"某区2023年度法治政府建设报告\n一、成效\n{text}。\n".encode())


@pytest.mark.parametrize("unit", ["0", "法治政府建设", "办理案件12件，"])
@pytest.mark.parametrize("length", [100, 800])
def test_a_long_quotation_with_a_slip_from_a_text_that_repeats_itself_is_found_without_comparing_all_places(
    compared, unit, length
):
    """Wherever it began, nearly all characters would be the same: 2,500 places took a minute."""
    text = (unit * 3000)[:2900]
    middle = length // 2
    verdict = find(f"{text[:middle]}囧{text[middle + 1 : length]}", [on_one_line(text)])
    assert verdict.kind is Match.NEAREST and "{+囧+}" in verdict.difference
    assert sum(compared) <= 12_000_000


def test_a_long_quotation_of_the_same_characters_in_another_order_is_compared_with_few_places(compared):
    text = "".join(sentence.text for sentence in shelf()[0].report.sentences())[:800]
    quoted = "".join(random.Random(1).sample(text, len(text)))
    assert find(quoted, [on_one_line(text * 3)]) == NOTHING
    assert sum(compared) <= 12_000_000


def test_what_is_the_same_but_for_spaces_takes_no_comparison_however_long(compared):
    text = "".join(sentence.text for one in shelf() for sentence in one.report.sentences())
    [printed] = [p for p in verify._paragraphs(on_one_line(text)) if len(p.text) > 9000]
    verdict = find(printed.text[:9000].replace("，", "， "), [printed.publication])
    assert verdict.kind is Match.FOLDED and verdict.difference.count("{+ +}") == printed.text[:9000].count("，")
    assert compared == []


@given(st.text(max_size=40) | st.text(st.sampled_from("法治政府建设的依法，。“” 1２\u200b囧"), max_size=40))
@example("\u200b")
def test_whatever_is_asked_there_is_one_answer(text):
    verdict = find(text, shelf()[:2])
    assert (verdict == NOTHING) == (verdict.kind is Match.NONE)
    assert verdict == NOTHING or found(verdict)
    if verdict.kind is Match.EXACT:
        assert found(verdict) == text.strip()


# ---- links


def test_a_hash_is_eight_digits_of_sha256():
    assert text_hash("公布事项1342项。") == sha256("公布事项1342项。".encode()).hexdigest()[:8]
    assert re.fullmatch("[0-9a-f]{8}", text_hash(""))


SENTENCE = "公布区级政务服务事项1342项,其中网上可办事项1219项,网上可办率达90.8%;取消证明事项63项,承接市级下放事项47项。"
H = text_hash(SENTENCE)

LINKS = [
    (f"https://x.org/qinghe-2021/1-1.html?h={H}#s1-1-1-1", "exact"),
    (f"https://x.org/base/en/qinghe-2021/1-1-bilingual.html?h={H}#s1-1-1-1", "exact"),
    (f"/qinghe-2021/1-1.html?from=mail&h={H.upper()}#s1-1-1-1", "exact"),
    (f"qinghe-2021/?h={H}#s1-1-1-1", "exact"),
    (f" https://x.org/qinghe-2021/1-1.html?h={H}#s1-1-1-1:~:text=1342 ", "exact"),
    ("https://x.org/qinghe-2021/1-1.html?h=00000000#s1-1-1-1", "changed"),
    ("https://x.org/qinghe-2021/1-1.html?h=1#s1-1-1-1", "changed"),
    ("https://x.org/qinghe-2021/1-1.html#s1-1-1-1", "present"),
    (f"https://x.org/qinghe-2021/1-1.html?h={H}#s1-1-1-99", "none"),
    (f"https://x.org/qinghe-1999/1-1.html?h={H}#s1-1-1-1", "none"),
    (f"https://x.org/qinghe-2021/1-1.html?h={H}", "none"),
    ("https://[x.org/qinghe-2021/1-1.html#s1-1-1-1", "none"),
    ("qinghe-2021", "none"),
    ("", "none"),
]


@pytest.mark.parametrize(("link", "kind"), LINKS)
def test_a_link_is_checked(link, kind):
    verdict = check_link(link, shelf())
    assert verdict.kind == kind
    if kind == "none":
        assert verdict == NOTHING
    else:
        assert (verdict.publication, verdict.anchor, found(verdict)) == ("qinghe-2021", "s1-1-1-1", SENTENCE)


def test_the_link_of_a_figure_is_checked_by_its_sentence():
    [figure, *_] = [figure for figure in shelf()[0].figures if figure.sentence == "s1-1-1-1"]
    verdict = check_link(f"/qinghe-2021/1-1.html?h={H}#{figure.id}", shelf())
    assert (verdict.kind, verdict.anchor) == (Match.EXACT, "s1-1-1-1")


def test_every_link_holds_until_its_sentence_is_changed():
    first = shelf()[0]
    text = first.report.source.text
    changed = replace(understand("changed.txt", text.replace("1342项", "1352项").encode()), id=first.id)
    kinds = {}
    for sentence in first.report.sentences():
        link = f"/{first.id}/full.html?h={text_hash(sentence.text)}#{sentence.id}"
        assert check_link(link, shelf()).kind is Match.EXACT
        kinds[sentence.id] = check_link(link, [changed]).kind
    assert {id_ for id_, kind in kinds.items() if kind is not Match.EXACT} == {"s1-1-1-1"}
    assert kinds["s1-1-1-1"] is Match.CHANGED
