"""What stayed, changed, came and went: two reports labelled by hand, and what must hold of any two."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from baogao.model import Role
from baogao.publication.publication import understand
from baogao.relations.changes import Fate, PortionPair, Since, compared, pieces, since_last_year
from baogao.relations.links import links
from baogao.relations.series import Difference
from conftest import PRACTICE, SEED, published
from hypothesis import example, given
from hypothesis import strategies as st

SHELF = tuple(map(published, [*PRACTICE, SEED]))
BY_ID = {one.id: one for one in SHELF}
LINKS = links(SHELF)
SINCE = since_last_year(SHELF, LINKS)

# The parts of the district's reports of 2021 and 2022, read sentence by sentence by a person. A pair is the beginning of
# a sentence of 2021 and of the one of 2022 that says the same of its own year.
CHANGED = {
    "依法履职尽责": [("公布区级政务服务事项", "动态调整政务服务事项目录"), ("12345政务服务便民热线", "为企业办理容缺受理业务")],
    "抓实制度供给": [("全年制定区政府规范性文件", "制定区政府规范性文件"), ("区政府聘请法律顾问5名", "政府及部门共聘请法律顾问")],
    "聚焦执法质效": [
        ("全区持证行政执法人员1286人", "全区持证行政执法人员1302名"),
        ("各执法部门办理行政处罚案件", "全年办理行政处罚案件"),
        ("抽取14个部门行政处罚", "评查执法案卷204卷"),
    ],
    "畅通救济渠道": [
        ("收到行政复议申请87件", "行政复议体制改革后"),
        ("全区一审行政应诉案件64件", "建立开庭前提醒、庭后通报制度"),
        ("办理区人大代表建议71件", "办理人大代表建议66件"),
    ],
}  # fmt: skip
NEW = {
    "依法履职尽责": ["全面推行告知承诺制"],
    "抓实制度供给": ["落实重大行政决策公众参与"],
    "聚焦执法质效": ["针对上年度法制审核力量薄弱的问题"],
    "畅通救济渠道": ["办理政府信息公开申请74件", "坚持以公开为常态"],
}
GONE = {
    "聚焦执法质效": ["全面落实行政执法“三项制度”", "推行“1+3+N”执法协作机制", "加大重点领域执法力度", "紧盯食品药品", "开展案卷评查"],
    "畅通救济渠道": ["发挥行政复议监督作用", "规范行政应诉工作", "对败诉案件实行", "自觉接受各方监督", "认真执行向本级人大"],
}  # fmt: skip


def part(since: Since, heading: str) -> PortionPair:
    return next(
        one
        for one in since.parts
        if one.now and one.now.item and one.now.item.heading and heading in one.now.item.heading.text
    )


def starts(texts: list[str], expected: list[str]) -> bool:
    return len(texts) == len(expected) and all(a.startswith(b) for a, b in zip(texts, expected, strict=True))


@pytest.mark.parametrize("heading", CHANGED)
def test_a_sentence_said_again_of_another_year_is_changed(heading):
    found = [(c.then.text, c.now.text) for c in part(SINCE["qinghe-2022"], heading).changes if c.sort is Fate.CHANGED]
    assert starts([a for a, _ in found], [a for a, _ in CHANGED[heading]]), found
    assert starts([b for _, b in found], [b for _, b in CHANGED[heading]]), found


@pytest.mark.parametrize("heading", NEW)
def test_what_only_the_later_report_says_is_new(heading):
    found = [c.now.text for c in part(SINCE["qinghe-2022"], heading).changes if c.sort is Fate.NEW]
    assert starts(found, NEW[heading]), found


@pytest.mark.parametrize("heading", GONE)
def test_what_only_the_earlier_report_says_is_gone(heading):
    found = [c.then.text for c in part(SINCE["qinghe-2022"], heading).changes if c.sort is Fate.GONE]
    assert starts(found, GONE[heading]), found


def test_parts_correspond_by_theme_words_and_role():
    """Labelled by hand: headings of 2022 and of 2023, which put the leaders' duty first and word all anew."""
    found = {}
    for one in SINCE["qinghe-2023"].parts:
        if one.now and one.now.item and one.now.item.heading:
            then = one.then.item.heading.text if one.then and one.then.item and one.then.item.heading else ""
            found[one.now.item.heading.text] = then
    expected = {
        "坚持高位推动": "党政主要负责人履行第一责任人职责情况",
        "服务型政府建设": "依法履职尽责",
        "依法决策体系建设": "抓实制度供给",
        "行政执法体系建设": "聚焦执法质效",
        "法治政府建设数字化支撑": "",
        "坚持问题导向": "存在的主要问题",
        "坚持久久为功": "下一年度工作打算",
    }
    for heading, then in expected.items():
        (own,) = [was for now, was in found.items() if now.startswith(heading)]
        assert own.startswith(then) and bool(own) == bool(then), heading


def counts(since: Since) -> dict[Fate, int]:
    return {sort: since.count(sort) for sort in Fate}


@pytest.mark.parametrize("publication", SHELF, ids=lambda one: one.id)
def test_a_report_set_against_itself_is_kept_whole(publication):
    found = compared(publication, publication)
    passages = [c.now.anchor for one in found.parts for c in one.changes if c.now]
    assert counts(found) == {Fate.KEPT: len(passages), Fate.CHANGED: 0, Fate.NEW: 0, Fate.GONE: 0} and passages
    assert all(c.then.anchor == c.now.anchor for one in found.parts for c in one.changes)


def pairs(since: Since) -> set[tuple[str, str]]:
    return {(c.then.anchor, c.now.anchor) for one in since.parts for c in one.changes if c.then and c.now}


@pytest.mark.parametrize(("one", "other"), [("qinghe-2021", "qinghe-2022"), ("qinghe-2022", "qinghe-2023"), ("linyuan-2022", "linyuan-2023")])  # fmt: skip
def test_the_years_exchanged_exchange_what_is_new_and_gone(one, other):
    there, back = compared(BY_ID[one], BY_ID[other]), compared(BY_ID[other], BY_ID[one])
    assert counts(there)[Fate.NEW] == counts(back)[Fate.GONE] and counts(there)[Fate.GONE] == counts(back)[Fate.NEW]
    assert pairs(there) == {(b, a) for a, b in pairs(back)}


def test_every_sentence_of_either_report_stands_in_one_change():
    for since in SINCE.values():
        for side, publication in (("then", since.then), ("now", since.now)):
            said = [getattr(c, side).anchor for one in since.parts for c in one.changes if getattr(c, side)]
            assert len(said) == len(set(said))
            assert {sentence.id for sentence in publication.report.sentences()} <= set(said)


def test_only_the_width_of_marks_makes_no_change():
    then, now = _made("2021", "制定文件9件,已报备。"), _made("2022", "制定文件9件，已报备。")
    assert counts(compared(then, now)) == {Fate.KEPT: 1, Fate.CHANGED: 0, Fate.NEW: 0, Fate.GONE: 0}
    other = _made("2022", "制定文件8件，已报备。")
    assert counts(compared(then, other))[Fate.CHANGED] == 1  # control


def test_a_sentence_that_moves_to_another_section_is_kept():
    said = "落实重大行政决策公众参与、专家论证程序。"
    then = _made("2021", said, "收到行政复议申请10件。")
    now = _made("2022", "收到行政复议申请10件。", said)
    assert counts(compared(then, now))[Fate.KEPT] == 2


def test_what_is_planned_is_not_changed_into_what_was_done():
    then = _made("2021", "规范执法。", "推动行政复议调解和解率稳定在30%以上。")
    now = _made("2022", "推动行政复议调解和解率稳定在35%以上。", "充实力量。")
    assert counts(compared(then, now))[Fate.CHANGED] == 0
    again = _made("2022", "规范执法。", "推动行政复议调解和解率稳定在35%以上。")
    assert counts(compared(then, again))[Fate.CHANGED] == 1  # control


def _made(year: str, *said: str):
    heads = ["一、主要成效", "二、存在的不足"]
    body = "".join(f"{head}\n{text}\n" for head, text in zip(heads, said, strict=False))
    return understand("a.txt", f"甲川县人民政府关于{year}年度法治政府建设情况的报告\n\n{body}".encode())


SENTENCES = ["收到行政复议申请10件。", "收到行政复议申请28件，审结20件。", "全区执法人员974人。", "一是规范执法。", "开展培训。", "开展培训。", "（一）规范行政执法", "二、存在的不足", "三、下年安排", "表\t1件\t2件"]  # fmt: skip
BODY = st.lists(st.sampled_from(SENTENCES), max_size=14)


@given(BODY, BODY)
@example(["开展培训。", "开展培训。"], ["开展培训。"])
def test_whatever_two_reports_say_new_and_gone_mirror_each_other(then, now):
    one, other = (
        understand("a.txt", "\n".join([f"甲川县{year}年度法治政府建设情况的报告", "一、主要成效", *lines]).encode())
        for year, lines in ((2021, then), (2022, now))
    )
    there, back = compared(one, other), compared(other, one)
    assert counts(there)[Fate.NEW] == counts(back)[Fate.GONE] and counts(there)[Fate.KEPT] == counts(back)[Fate.KEPT]
    assert pairs(there) == {(b, a) for a, b in pairs(back)}
    assert counts(compared(one, one))[Fate.NEW] == 0


# ---- the words that differ

WORDS = st.text(st.sampled_from("全区执法人员，,。0123456789%件abc \t<&"), max_size=40)


@given(WORDS, WORDS)
@example("a", "")
@example("受理79件，审结74件", "受理151件，审结140件")
def test_the_pieces_are_both_texts(then, now):
    found = pieces(then, now)
    assert "".join(p.text for p in found if p.sort is not Fate.GONE) == now
    before = "".join(p.text for p in found if p.sort is not Fate.NEW)
    assert unicodedata.normalize("NFKC", before) == unicodedata.normalize("NFKC", then)


def test_a_number_changes_as_a_whole():
    found = [(p.sort, p.text) for p in pieces("受理1,286件，审结74件。", "受理1,302件，审结140件。")]
    assert found == [
        (Fate.KEPT, "受理"), (Fate.GONE, "1,286"), (Fate.NEW, "1,302"), (Fate.KEPT, "件，审结"),
        (Fate.GONE, "74"), (Fate.NEW, "140"), (Fate.KEPT, "件。"),
    ]  # fmt: skip


def test_very_long_texts_are_told_as_wholes():
    long = "全区执法人员" * 1000
    assert [p.sort for p in pieces(long, long + "。")] == [Fate.GONE, Fate.NEW]


# ---- figures and plan

# what the two reports print, read by hand: quote then, quote now, difference
SIDE_BY_SIDE = [
    ("79件", "151件", Decimal(72)),
    ("81.3%", "93.6%", Decimal("12.3")),
    ("4312件", "3987件", Decimal(-325)),
    ("1286人", "1302名", Decimal(16)),
    ("71件", "66件", Decimal(-5)),
]


@pytest.mark.parametrize(("then", "now", "difference"), SIDE_BY_SIDE)
def test_figures_stand_side_by_side_with_their_difference(then, now, difference):
    found = [one for one in SINCE["qinghe-2022"].figures if (one.then.quote, one.now.quote) == (then, now)]
    assert [one.difference for one in found] == [difference]
    assert then in BY_ID["qinghe-2021"].report.source.text and now in BY_ID["qinghe-2022"].report.source.text


def test_no_difference_is_computed_where_it_is_counted_otherwise():
    found = next(one for one in SINCE["qinghe-2023"].figures if one.now.quote == "1198人")
    assert found.then.quote == "1302名" and found.differs == (Difference.SUBJECT,) and found.difference is None


def test_no_figure_of_a_plan_or_a_target_is_set_beside_a_result():
    for since in SINCE.values():
        assert all(one.now.role is not Role.PLAN and one.now.status == "stated" for one in since.figures)


def test_an_item_of_the_plan_has_the_passages_found_for_it_and_no_others():
    plan = SINCE["qinghe-2022"].plan
    text = BY_ID["qinghe-2021"].report.source.text
    assert [text[one.span.start : one.span.end][:12] for one in plan] == [
        "一是着力提升出庭应诉水平", "二是加强法制审核队伍建设", "三是提高普法实效。围绕“",
    ]  # fmt: skip
    assert [[link.to.anchor for link in one.results] for one in plan] == [["s1-4-2"], ["s1-3-1"], ["s1-5-3"]]
    lacking = [one for one in SINCE["qinghe-2023"].plan if not one.results]
    said = [BY_ID["qinghe-2022"].report.source.text[one.span.start : one.span.end] for one in lacking]
    assert any("业务培训4期以上" in text for text in said)


def test_only_two_years_of_one_body_that_follow_each_other_are_compared():
    assert {(one.then.id, id_) for id_, one in SINCE.items()} == {
        ("qinghe-2021", "qinghe-2022"), ("qinghe-2022", "qinghe-2023"), ("linyuan-2022", "linyuan-2023"),
    }  # fmt: skip
    assert since_last_year([BY_ID["qinghe-2021"], BY_ID["qinghe-2023"]], ()) == {}
