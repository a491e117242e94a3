"""terms.py: termbases, terms in Chinese text, their English in a translation."""

from __future__ import annotations

import re
from dataclasses import astuple

import pytest
from baogao.messages import worded
from baogao.model import ReportError
from baogao.rules import load
from baogao.translation import terms as room
from baogao.translation.terms import COLUMNS, Term, find_terms, general_terms, missing_terms, read_terms, term_id
from baogao.wording.authorities import authority
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st

GENERAL, OWN = ROOT / "hooks/baogao/rules/terms.csv", ROOT / "seeds/terms.csv"
NAMES = [
    "湘易办", "云上望城APP", "雷锋哨", "望企荟", "无证明城市", "刷脸办", "免证办", "首错免罚", "分阶段施工许可", "跨域通办", "政务服务+直播", "三统一",
    "三项制度", "两规则四细则一职责", "七进", "八五普法", "七彩治理", "法律明白人", "一村(社区)一法律顾问", "雷锋调解员", "矛盾纠纷调解中心", "述法", "依法治区考核",
]  # fmt: skip


def term(zh: str, en: str = "thing", variants: tuple[str, ...] = (), alternatives: tuple[str, ...] = ()) -> Term:
    return Term(term_id(zh), zh, en, "concept", variants, alternatives, "", "", "own", "own")


def own_terms() -> tuple[Term, ...]:
    return read_terms(OWN.read_bytes().decode(), "seeds/terms.csv", general_terms())


ALL = (*own_terms(), *general_terms())

# ---- the data


@pytest.mark.parametrize("path", [GENERAL, OWN], ids=["general", "own"])
def test_a_termbase_reads_without_error(path):
    text = path.read_bytes().decode()
    assert "\r" not in text and not text.startswith("\ufeff") and text.endswith("\n")
    assert len(read_terms(text, path.name)) > 50


def test_no_chinese_form_and_no_address_stands_twice_in_both_files():
    forms = [room.folded(form) for t in ALL for form in (t.zh, *t.variants)]
    # a variant may differ from its term in quotation marks alone, not from another term
    assert len(room._matcher(ALL)[1]) == len(set(forms))
    assert all(room._matcher(ALL)[1][room.folded(form)] is t for t in ALL for form in (t.zh, *t.variants))
    assert len({t.zh for t in ALL}) == len({t.id for t in ALL}) == len(ALL)
    assert len(ALL) >= 219


@pytest.mark.parametrize("t", ALL, ids=lambda t: t.id)
def test_a_row_is_whole(t):
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)?", t.id) and len(t.id) <= 60
    assert not {room._words(a) for a in t.alternatives} & {room._words(t.en)}, "an alternative equals the main form"
    assert len({room._words(a) for a in t.alternatives}) == len(t.alternatives)
    assert t.source and t.status == (
        "draft" if t.source[:5] == "draft" else "own" if t.source[:3] == "own" else "official"
    )
    # one sentence each
    assert re.fullmatch("[^。]+。", t.definition_zh)
    assert re.fullmatch(r"[A-Z“](?:[^.]|\.(?=\d))+\.", t.definition_en)
    assert not re.search("[\u3000-\u9fff\uff00-\uffef]", t.en.join(t.alternatives))


@pytest.mark.parametrize("t", ALL, ids=lambda t: t.id)
def test_what_a_definition_rests_on_is_a_document_of_the_list(t):
    known = load("authorities")["authorities"]
    if t.authority:
        assert re.fullmatch(r"\S+?(?: p?\d+(?:-\d+)?)?", t.authority) and t.authority.split()[0] in known
    if " p" in t.authority:
        assert 1 <= int(t.authority.partition(" p")[2]) <= 10  # parts are told in Chinese numerals


def test_no_document_of_the_list_is_there_for_nothing_and_each_has_both_names():
    known = load("authorities")["authorities"]
    indicators = {row["authority"].split()[0] for row in load("indicators")["indicators"]}
    assert {t.authority.split()[0] for t in ALL if t.authority} | indicators == set(known)
    for one in known.values():
        assert one["zh"] and one["en"] and set(one["said"]) == {"zh", "en"} and set(one) <= {"zh", "en", "said", "read"}


@pytest.mark.parametrize("t", ALL, ids=lambda t: t.id)
def test_what_something_is_and_what_the_report_says_of_it_stand_apart(t):
    assert not re.search("报告(?!》|的年度|机关|向)称|报告(?:所述|列举|中指)|报告未", t.definition_zh), t.definition_zh
    assert not re.search("(?i)the report (?:says|does|calls)|named in the report|that the report", t.definition_en)
    assert bool(t.here_zh) == bool(t.here_en)


def test_general_terms_know_nothing_of_the_first_report():
    assert not re.search("望城|长沙|雷锋|湖南|wangcheng|changsha|hunan", GENERAL.read_text("utf-8"), re.I)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_report_has_an_entry_with_both_definitions(name):
    (use,) = find_terms(name, ALL)
    assert (use.start, use.end, use.term.zh) == (0, len(name), name)
    assert use.term.definition_zh and use.term.definition_en


# ---- reading

ROW = "述法,rule-of-law performance report,concept,,,甲。,A.,own,own"


def table(*rows: str) -> str:
    return "\n".join([",".join(COLUMNS), *rows, ""])


def test_a_row_becomes_a_term():
    (t,) = read_terms(table('三统一,"a, b",concept,“三统一”机制；三个统一,c；d e,甲。,A.,draft,x'), "t.csv")
    assert astuple(t) == (
        "santongyi",
        "三统一",
        "a, b",
        "concept",
        ("“三统一”机制", "三个统一"),
        ("c", "d e"),
        "甲。",
        "A.",
        "draft",
        "x",
        *("", "", "", ""),  # a file need not have the further columns
    )


@pytest.mark.parametrize("text", ["", table(), table("", ""), "\ufeff" + table()])
def test_an_empty_termbase_has_no_terms(text):
    assert read_terms(text, "t.csv") == ()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_endings_of_either_kind_are_read(ending):
    assert [t.zh for t in read_terms(table(ROW).replace("\n", ending), "t.csv")] == ["述法"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("zh,en\n", "t.csv:1: expected the columns zh,en,kind"),
        (table("述法,x"), "t.csv:2: expected 9 cells, met 2. Put cells"),
        (table("", "x"), "t.csv:3: expected 9 cells, met 1"),
        (table(ROW.replace("concept", "idea")), "t.csv:2: expected one of concept, institution, instrument, initiative, place, publication, measure, person-role in the column kind, met “idea”. Choose one."),
        (table(ROW.replace("own,own", "mine,own")), "expected one of official, own, draft in the column status, met “mine”"),
        (table(ROW.replace("述法", "“”")), "t.csv:2: expected a Chinese term in the column zh, met “"),
        (table(ROW.replace("rule-of-law performance report", "")), "t.csv:2: expected English words in the column en"),
        (table("述法,x,concept,“”,,甲。,A.,own,own"), "t.csv:2: expected Chinese words in variants_zh, met “"),
        (table(ROW, ROW), "t.csv:3: expected a term of its own, but 述法 already stands for 述法. Keep one of them."),
        (table(ROW, ROW.replace("述法", "“述法”")), "t.csv:3: expected a term of its own, but 述法 already stands for 述法."),
        (table(ROW, ROW.replace("述法", "书法")), "t.csv:3: expected a term that is spelled like no other, but 书法 and 述法 are spelled alike in pinyin."),
        (table('述法,"x'), "t.csv:2: expected a table of comma-separated values"),
        (table('述法,"x"y",concept,,,甲。,A.,own,own'), "t.csv:2: expected a table of comma-separated values"),
    ],
)  # fmt: skip
def test_an_error_names_the_line_what_was_expected_and_what_to_do(text, message):
    with pytest.raises(ReportError) as caught:
        read_terms(text, "t.csv")
    said = worded(caught.value.findings[0], "en").removesuffix(" The terms of this file are not used.")
    assert message.removeprefix("t.csv:") in said
    assert re.search(r"\. [A-Z][^.]+\.$", said)


def test_a_termbase_must_not_repeat_the_terms_beside_it():
    with pytest.raises(ReportError) as caught:
        read_terms(table(ROW), "t.csv", (term("“述法”"),))
    assert [(one.line, one.cause, one.met, one.expected) for one in caught.value.findings] == [
        (2, "twice", "述法", "“述法”")
    ]
    assert read_terms(table(ROW), "t.csv", (term("述职"),))  # control


@pytest.mark.parametrize(
    ("zh", "expected"),
    [
        ("湘易办", "xiangyiban"),
        ("“湘易办”", "xiangyiban"),
        ("云上望城APP", "yunshangwangchengapp"),
        ("政务服务+直播", "zhengwufuwuzhibo"),
        ("《》", ""),
    ],
)
def test_an_address_is_the_pinyin(zh, expected):
    assert term_id(zh) == expected


def test_a_long_address_is_cut_and_still_its_own():
    one, two = term_id("法治" * 20), term_id("法治" * 21)
    assert one != two and one[:51] == two[:51] and len(one) == 60


# ---- finding


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("推进行政执法监督和行政执法", ["行政执法", "行政执法监督"], ["行政执法监督", "行政执法"]),
        ("ABC", ["BCD", "AB", "BC"], ["AB"]),  # leftmost, though BC is as long
        ("落实行政执法“三项制度”。", ["行政执法三项制度"], ["行政执法“三项制度”"]),  # the mark's fellow comes along
        ("深化“放管服”改革,", ["“放管服”改革"], ["“放管服”改革"]),
        ("公示“首错免罚”清单", ["首错免罚"], ["首错免罚"]),  # control: marks on both sides stay outside
        ("被《甲报》《乙报》报道", ["《乙报》", "甲报"], ["甲报", "乙报"]),
        ("健全一村（社区）一法律顾问制度", ["一村(社区)一法律顾问"], ["一村（社区）一法律顾问"]),
        ("健全一村(社区)一法律顾问制度", ["一村（社区）一法律顾问"], ["一村(社区)一法律顾问"]),
        ("政务服务＋直播，ＡＰＰ", ["政务服务+直播", "app"], ["政务服务＋直播", "ＡＰＰ"]),
        ("行政 执法", ["行政执法"], []),  # a space may part two words
        ("行政,执法", ["行政执法"], []),
        ("㎡", ["m2", "m"], []),
        ("", ["行政"], []),
        ("行政", [], []),
    ],
)
def test_terms_are_found(text, terms, expected):
    assert [text[use.start : use.end] for use in find_terms(text, [term(zh) for zh in terms])] == expected


def test_a_variant_is_found_as_its_term():
    (use,) = find_terms("我区", [term("清河区", variants=("我区",))])
    assert use.term.zh == "清河区"


def test_words_of_patterns_are_taken_as_printed():
    assert find_terms("aab", [term("a+b")]) == ()
    assert len(find_terms("a+b", [term("a+b")])) == 1


PIECES = st.sampled_from([t.zh for t in ALL] + list("“”‘’《》「」()（）+ ，,。区法治") + ["ﬁ", "㎡", "İ"])
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join)


@given(TEXTS)
@example("“放管服”改革“七进”“一把手”工程")
def test_uses_lie_in_the_text_in_order_and_never_overlap(text):
    end = 0
    for use in find_terms(text, ALL):
        assert end <= use.start < use.end <= len(text)
        end = use.end
        found = room.folded(text[use.start : use.end])
        assert found in map(room.folded, (use.term.zh, *use.term.variants))


@given(st.sampled_from(ALL), st.sampled_from(["", "。", "a", "“", "\n"]))
def test_a_text_made_of_a_term_yields_it(t, around):
    for form in (t.zh, *t.variants):
        (use,) = find_terms(around + form + around, ALL)
        assert use.term is t


@given(
    st.lists(st.text("行政执法监督“”", min_size=1, max_size=4).map(term), max_size=6),
    st.text("行政执法监督“”", max_size=30),
)
def test_any_terms_can_be_sought_in_any_text(terms, text):
    uses = find_terms(text, terms)
    assert all(a.end <= b.start for a, b in zip(uses, uses[1:], strict=False))


# ---- the English


@pytest.mark.parametrize(
    ("form", "english"),
    [
        ("normative document", "Normative documents were filed."),
        ("policy", "It publicized the policies."),
        ("mediation center", "“mediation” centers"),
        ("law-based government", "a law based government"),
        ("law based government", "Law-based Government"),
        ("building a law-based government", "It built roads and builds law-based governments."),
        ("duties of the leader", "the leaders' duties of leader's"),
        ("people's congress deputy", "people’s congress deputies"),
        ("attend as a nonvoting participant", "They attended as nonvoting participants at it."),
        ("notarize", "notarized"),
        ("plan", "planning"),
        ("government services + livestreaming", "“government services + livestreaming”"),
        ("fifth (enlarged) meeting", "The fifth (enlarged) meeting"),
        ("one plan and two programs", "the “one plan and two programs.”"),
        ("rules, detailed rules and duties", "rules, detailed rules, and duties"),
    ],
)
def test_english_stands_in_any_inflection(form, english):
    assert missing_terms("述法", english, [term("述法", form)]) == ()
    assert missing_terms("述法", english, [term("述法", "no such", alternatives=("nor this", form))]) == ()


@pytest.mark.parametrize(
    ("form", "english"),
    [
        ("normative document", "A document that is normative."),
        ("normative document", "It is normative. Documents follow."),  # two sentences
        ("policy", "policing"),
        ("legal aid", "legal"),
        ("plan", "planet"),
        ("law", "lawyer"),
        ("thing", "the"),
        ("press", "pres"),
        ("government services + livestreaming", "government services and livestreaming"),
        ("year on year", ""),
    ],
)
def test_english_that_does_not_stand_is_missing(form, english):
    t = term("述法", form)
    assert missing_terms("述法", english, [t]) == (t,)
    assert missing_terms("书法", english, [t]) == ()  # control: nothing to translate


def test_a_term_inside_a_longer_one_does_not_count():
    short, long = term("行政执法", "law enforcement"), term("行政执法监督", "oversight of enforcement")
    assert missing_terms("行政执法监督", "oversight of enforcement", [short, long]) == ()
    assert missing_terms("行政执法监督和行政执法", "oversight of enforcement", [short, long]) == (short,)


def test_the_english_of_a_longer_term_does_not_serve_a_shorter_one():
    short, long = term("整改", "rectification"), term("专项整治", "special rectification campaign")
    assert missing_terms("专项整治,整改", "A special rectification campaign.", [short, long]) == (short,)
    assert missing_terms("专项整治,整改", "Rectification by a special rectification campaign.", [short, long]) == ()


def test_two_terms_may_share_their_english():
    assert missing_terms("甲乙", "thing", [term("甲"), term("乙")]) == ()


def test_a_missing_term_is_told_once_in_reading_order():
    one, two = term("甲"), term("乙", "other")
    assert missing_terms("乙甲乙", "", [one, two]) == (two, one)


@given(st.sampled_from(ALL))
def test_the_english_of_a_term_translates_it(t):
    for form in (t.en, *t.alternatives):
        assert missing_terms(t.zh, f"The {form}.", ALL) == ()


@pytest.mark.parametrize(
    ("cell", "zh", "en"),
    [
        ("行政处罚法 33", "第33条", ", article 33"),
        ("行政处罚法 32-33", "第32条、第33条", ", articles 32 and 33"),
        ("重大行政决策条例 25-27", "第25条至第27条", ", articles 25–27"),
        ("法治政府建设实施纲要 p10", "第十部分", ", part 10"),
    ],
)
def test_articles_are_named_as_laws_name_them(cell, zh, en):
    for language, said in (("zh", zh), ("en", en)):
        found = authority(cell, language)
        assert found is not None and found.particulars.endswith(said)
