"""Source -> Report: nothing lost, the tree a person would draw, sentences, roles."""

from __future__ import annotations

import json
import random
import time

import pytest
from baogao.model import Part, Report, ReportError
from baogao.outline.items import items
from baogao.outline.numerals import number
from baogao.outline.themes import with_themes
from baogao.outline.tree import outline
from baogao.readers.lines import WHITE
from baogao.readers.source import read
from conftest import PRACTICE, REAL, ROOT, SEED
from hypothesis import example, given
from hypothesis import strategies as st

GOLD = ROOT / "tests/fixtures/practice/gold"
HEAD = "某某区2023年度法治政府建设情况报告\n"


def of(body: str) -> Report:
    return outline(read("a.txt", (HEAD + body).encode()))


def ids(body: str) -> list[str]:
    return [section.id for section in of(body).walk()]


def headings(body: str) -> list[str | None]:
    return [section.heading and section.heading.text for section in of(body).walk()]


def sentences(body: str) -> list[str]:
    return [sentence.text for sentence in sorted(of(body).sentences(), key=lambda s: s.start)]


# ---- nothing is lost, nothing is added


def assert_whole(report: Report) -> None:
    text, at = report.source.text, 0
    for segment in report.segments:
        assert segment.start == at and segment.end > at
        at = segment.end
        if segment.part is Part.SPACE:
            assert not text[segment.start : segment.end].strip(WHITE)
    assert at == len(text)
    named = [segment.id for segment in report.segments if segment.id]
    assert len(named) == len(set(named))
    for section in report.walk():
        assert text[section.start :].startswith(section.numeral)
        for child in section.sections:
            assert section.start < child.start < child.end <= section.end


@pytest.mark.parametrize("path", [SEED, *PRACTICE, *REAL], ids=lambda p: p.name[:40])
def test_every_character_of_a_report_lies_in_one_segment(path):
    assert_whole(outline(read(path.name, path.read_bytes())))


@pytest.mark.skipif(not REAL, reason="the fifty real reports are not beside this checkout")
def test_no_real_report_is_refused():
    assert len([outline(read(path.name, path.read_bytes())) for path in REAL]) == len(REAL)


# The reports' own alphabet, so that chance finds real collisions.
PIECES = st.sampled_from(
    [
        "一、工作成效",
        "（一）",
        "(一)健全机制。",
        "一)",
        "一是",
        "二是加强。",
        "一把手带头。",
        "1.",
        "1、",
        "(1)",
        "①",
        "第一部分",
        "2.推进",
        "\u3000\u3000",
        "——",
        "\t",
        "。",
        "；",
        "：",
        "“",
        "”",
        "《",
        "》",
        "（",
        "）",
        "附件：",
        "名词解释",
        "1. 2. ",
        "2023年",
        "12件",
        "98.5%",
        "简体",
        " 繁体",
        "来源:",
        "某某区人民政府",
        "2024年1月2日",
        "关闭 打印",
        "目录",
        "\ufeff",
        "\u200b",
        "\r\n",
        "\n",
        "\r",
        "\u2028",
        " ",
    ]
)
BODIES = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)


@given(BODIES)
@example("一、成效\n一、不足")
@example("一是。二是\n三、")
@example("“一是甲。二是乙。”")
@example("二一是甲。二一、乙")
@example("\x1f000一、工作成效")
def test_every_character_of_a_made_up_report_lies_in_one_segment(body):
    try:
        report = outline(read("a.txt", body.encode("utf-8", "replace")))
    except ReportError:
        return
    assert_whole(report)


@given(st.sampled_from([SEED, *PRACTICE]), st.integers(0, 2**32), st.integers(1, 12))
def test_every_character_of_a_mutated_report_lies_in_one_segment(path, seed, times):
    chance = random.Random(seed)
    source = read(path.name, path.read_bytes())
    characters = list(source.text)
    for _ in range(times):
        at = chance.randrange(len(characters))
        characters[at : at + chance.randrange(4)] = chance.choice(
            ["", "\n", "一、", "(一)", "一是", "。", "“", "》", "1.", "\t", "附件：\n"]
        )
    assert_whole(outline(read("a.txt", "".join(characters).encode())))


# ---- the tree


def test_the_trees_of_the_practice_reports_are_those_a_person_drew():
    hits = found = drawn = 0
    for path in sorted(GOLD.glob("*.outline.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = ROOT / "tests/fixtures/practice/texts" / gold["text"]
        report = outline(read(text.name, text.read_bytes()))
        ours = {(s.level, s.numeral, s.heading and s.heading.text, s.start) for s in report.walk()}
        theirs = {tuple(row) for row in gold["outline"]}
        hits, found, drawn = hits + len(ours & theirs), found + len(ours), drawn + len(theirs)
        for row in sorted(ours ^ theirs, key=lambda row: row[3]):
            print(gold["report"], "made up" if row in ours else "missed", row)
    f1 = 2 * hits / (found + drawn)
    print(f"outline F1 {f1:.4f}")
    assert f1 >= 0.98


def test_the_roles_of_the_practice_reports_are_those_of_article_24():
    for path in sorted(GOLD.glob("*.outline.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = ROOT / "tests/fixtures/practice/texts" / gold["text"]
        report = with_themes(outline(read(text.name, text.read_bytes())))
        assert [[s.numeral, s.start, s.role] for s in report.sections] == gold["roles"], gold["report"]


def test_a_slogan_is_given_the_role_of_what_its_sentences_do():
    body = "一、铁腕整改\n全年办理案件3件。出台办法2件。\n二、正视现状\n队伍还不强。监督仍存在薄弱处。"
    assert [section.role for section in with_themes(of(body)).sections] == ["results", "shortcomings"]


@pytest.mark.parametrize(
    ("between", "second", "roles"),
    [
        ("明年，我县将重点做好以下工作：", "建立机制。", ["results", "results", "plan", "plan"]),
        ("存在的不足", "建立机制。", ["results", "results", "shortcomings", "shortcomings"]),
        ("", "建立机制。", ["results", "results", "other", "results"]),  # nothing says what they are
        ("", "将进一步建立机制。", ["results", "results", "other", "plan"]),  # one of two is no majority
    ],
)
def test_where_numbers_begin_anew_the_line_before_says_what_the_sections_are(between, second, roles):
    before = "一、铁腕整改\n全年办理案件3件。\n二、严格执法\n办理案件162件。\n"
    body = f"{before}{between}\n一、严字当头\n严之又严。\n二、实处着力\n{second}"
    assert [section.role for section in with_themes(of(body)).sections] == roles


def test_a_report_without_sections_has_no_roles():
    assert with_themes(of("全年办理案件3件。")).sections == ()


def test_sections_of_a_chapter_without_a_role_have_the_one_the_others_share():
    before = "一、铁腕整改\n全年办理案件3件。\n二、严格执法\n办理案件162件。\n"
    after = "一、严字当头\n严之又严。\n二、实处着力\n将进一步建立机制。\n三、久久为功\n将持续用力。"
    assert [one.role for one in with_themes(of(before + after)).sections] == [
        "results",
        "results",
        "plan",
        "plan",
        "plan",
    ]


TREES = [
    # body, ids: what is odd about it
    ("一、甲\n(一)乙\n一是丙。丁。", ["1", "1-1", "1-1-1"]),
    ("一、甲\n（一）乙\n1．丙\n戊。", ["1", "1-1", "1-1-1"]),  # full width
    ("一、甲\n一)乙\n丙。", ["1", "1-1"]),  # the bracket lost
    ("二、甲\n一是丙。丁。", ["2", "2-0-1"]),  # no level 2
    ("(三)甲\n乙。", ["0-3"]),  # no level 1
    ("一是甲。乙。", ["0-0-1"]),
    ("一、甲\n(一)乙\n1.丙。丁。一是戊；二是己。", ["1", "1-1", "1-1-1", "1-1-1-1", "1-1-1-2"]),
    ("一、甲\n1.乙。一是丙。\n2.丁。一是戊。", ["1", "1-0-1", "1-0-1-1", "1-0-2", "1-0-2-1"]),  # restarts in each
    ("一、甲\n(1)乙；(2)丙。", ["1", "1-0-1", "1-0-2"]),
    ("一、甲\n①乙；②丙。", ["1", "1-0-1", "1-0-2"]),
    ("一、甲\n一、乙", ["1", "1b"]),  # one numeral twice
    ("一、甲\n(一)乙\n1.丙\n丁。\n(二)戊\n2.己\n庚。", ["1", "1-1", "1-1-1", "1-2", "1-2-2"]),  # continuing
    ("第一部分 甲\n一、乙\n丙。\n第二部分 丁\n一、戊\n己。", ["1", "1-1", "2", "2-1"]),
    ("一、甲\n乙。\n名词解释\n1.丙：丁。\n2.戊：己。", ["1"]),  # after-matter
    ("一、甲\n乙。\n附件一\n一、丙\n丁。", ["1"]),
    ("目录\n一、甲\n二、乙\n一、甲\n丙。\n二、乙\n丁。", ["1", "2"]),  # a list of contents
    (
        "一、甲 1\n（一）乙......2\n二、丙 4\n一、甲\n（一）乙\n丁。\n二、丙\n戊。",
        ["1", "1-1", "2"],
    ),  # without its word
    ("一、甲 1\n乙。\n二、丙 2\n丁。", ["1", "2"]),  # numbers behind headings are no pages of a list
    ("一、甲\n一把手带头。一规划两方案落实。第一责任人履职。", ["1"]),
    ("一、甲\n增长：1.5亿元。乙。", ["1"]),
    ("一、甲\n十、乙\n丙。", ["1"]),  # a row of a table, not the tenth section
    ("一、甲\n乙。\n二、一般公共预算情况\n丙。\n三、二〇二三年工作回顾\n丁。", ["1", "2", "3"]),
    ("一、甲\n乙。\n二、三产业平稳增长。丙。", ["1"]),
    ("一、甲\n乙\t1\t2\n二、丙\n丁\t3\t4\n戊。", ["1", "2"]),  # but a section between two tables
    ("一、\t甲\n(一)\t乙\n丙。", ["1", "1-1"]),  # a tab behind the numeral makes no row
    ("一、甲\n乙。要做到：①\n丙；②丁；③戊。\n①己", ["1", "1-0-1", "1-0-2", "1-0-3", "1-0-1b"]),  # broken at its numeral
    ("(一)甲\n乙。\n名词解释：\n1.丙：丁。", ["0-1"]),  # after-matter without a section
    (
        "第一部分 甲\n一、乙\n丙。\n第二部分名词解释\n一、丁：戊。",
        ["1", "1-1", "2", "2-1"],
    ),  # numbered: no after-matter
    ("第一部分 甲\n一、乙\n附件：\n第二部分 丙\n一、丁", ["1", "1-1", "2", "2-1"]),  # a part goes on behind it
    ("一、甲\n要抓好以下工作：（一）乙。丙。\n（二）丁。戊。", ["1", "1-1", "1-2"]),
    ("一、甲\n包括：（一）乙；（二）丙；（三）丁。", ["1"]),  # an enumeration in a sentence
    ("一、甲\n包括：（一）乙。丙。\n（一）丁\n戊。", ["1", "1-1"]),
    ("⼀、甲\n（⼀）乙\n丙。\n⼆、丁\n戊。", ["1", "1-1", "2"]),  # radicals, from a PDF
    ("三、四线城市平稳。今年向好，形势继续稳中有进。", []),
    ("全年开展工作，取得成效。", []),
]


@pytest.mark.parametrize(("body", "expected"), TREES)
def test_a_tree_has_the_ids_its_numerals_print(body, expected):
    assert ids(body) == expected


def test_an_item_does_not_start_in_the_middle_of_a_clause():
    assert ids("一、甲\n我们一是加强，二是改进。") == ["1"]
    assert ids("一、甲\n我们：一是加强；二是改进。") == ["1", "1-0-1", "1-0-2"]  # control


def test_an_item_does_not_start_inside_quotation_marks():
    assert ids("一、甲\n坚持“两点：一是准；二是快”要求。") == ["1"]


def test_a_heading_runs_to_the_first_stop_if_the_item_goes_on():
    assert headings("一、甲\n一是加强监督。办理3件。二是改进作风。") == ["甲", "加强监督", None]


def test_a_gap_behind_a_numeral_is_kept_in_the_navigation():
    assert [s.label for s in items(of("第一部分 甲\n乙。\n第二部分 丙\n丁。"))] == ["第一部分 甲", "第二部分 丙"]
    assert [s.label for s in items(of("一、甲\n乙。"))] == ["一、甲"]  # control


def test_a_numeral_alone_on_its_line_is_called_by_the_words_of_the_next():
    report = outline(
        read(
            "a.txt",
            "某区2023年度报告\n一、成效\n（一）\n规范执法。办理3件。\n（二）\n\n加强监督，办理5件。\n（三）\n".encode(),
        )
    )
    assert [one.label for one in items(report)][1:] == ["（一）规范执法", "（二）加强监督", "（三）"]


def test_an_item_without_a_heading_is_called_by_its_first_words():
    body = "一、甲\n存在问题：一是力量和装备不足，流动大；二是机制不健全，共享不高。\n三是弱。"
    labels = [item.label for item in items(of(body))]
    assert labels == ["一、甲", "一是力量和装备不足", "二是机制不健全"] + labels[3:]


def test_what_is_to_be_done_is_a_list_where_each_is_a_sentence():
    assert headings("一、甲\n一要严格执法。办案3件。二要压实责任。督办2件。") == ["甲", "严格执法", "压实责任"]
    assert ids("一、甲\n一要严格执法。乙。\n二要压实责任。丙。") == ["1", "1-0-1", "1-0-2"]
    assert ids("一、甲\n工作：一要严格执法；二要压实责任。") == ["1"]
    assert ids("一、甲\n乙。一要严格执法;二要压实责任。") == ["1"]
    assert ids("一、甲\n一要严格执法。乙。丙。\n二要素齐全。") == ["1"]


def test_a_list_within_one_sentence_has_no_headings():
    assert headings("一、甲\n问题有：一是不强；二是不快。") == ["甲", None, None]


def test_an_edit_in_one_item_changes_no_id_in_another():
    before = [s.id for s in of("一、甲\n一是乙。丙。二是丁。戊。").sentences()]
    after = [s.id for s in of("一、甲\n一是乙。丙。己。二是丁。戊。").sentences()]
    assert before == ["s1-0-1-1", "s1-0-2-1"]
    assert after == ["s1-0-1-1", "s1-0-1-2", "s1-0-2-1"]


def test_notes_tell_of_numerals_out_of_order():
    assert [f.code for f in of("一、甲\n三、乙\n丙。").findings] == ["numeral-out-of-order"]
    assert [f.code for f in of("一、甲\n一、乙\n丙。").findings] == ["numeral-repeated"]
    assert [f.code for f in of("一、甲\n九、乙\n丙。").findings] == ["numeral-out-of-reach"]
    assert [f.code for f in of("全年开展工作，取得成效。").findings] == ["no-numerals"]
    assert [f.code for f in of("一、甲\n二、乙\n丙。").findings] == []  # control


def test_a_list_that_starts_again_is_another_list():
    lists = "一、甲\n一是乙。丙。\n二是丁。戊。\n己：一是庚；二是辛。"
    assert [(s.id, s.heading and s.heading.text) for s in of(lists).walk()][1:] == [
        ("1-0-1", "乙"),
        ("1-0-2", "丁"),
        ("1-0-1b", None),
        ("1-0-2b", None),
    ]
    assert of(lists).findings == ()
    again = of("上年工作\n一、甲\n乙。\n二、丙\n丁。\n今年工作\n一、戊\n己。\n二、庚\n辛。").findings
    assert [(f.code, f.line, f.expected) for f in again if f.line != 2] == [("numeral-restarts", 8, "1b")]
    slip = of("一、甲\n(一)乙\n(二)丙\n(二)丁\n戊。").findings
    assert [(f.code, f.expected) for f in slip] == [("numeral-repeated", "1-2b")]


def test_numbers_that_go_on_across_headings_are_in_order():
    assert of("一、甲\n(一)乙\n1.丙\n丁。\n(二)戊\n2.己\n庚。").findings == ()


def test_lists_of_one_number_have_addresses_of_their_own():
    found = ids("一、甲\n乙。\n" * 60)
    assert found[:27] == ["1", *(f"1{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"), "1b2"]
    assert len(set(found)) == 60


def test_a_line_that_a_pdf_broke_is_no_heading():
    assert headings("一、职责\n（一）贯彻法律、法规；研\n究拟订规划。") == ["职责", None]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("１２", 12),
        ("⑫", 12),
        ("㈠", 1),
        ("⑴", 1),
        ("⒈", 1),
    ],
)
def test_a_numeral_has_its_value(text, value):
    assert number(text) == value


# ---- sentences

SENTENCES = [
    ("甲说：“乙。丙。”丁。戊。", ["甲说：“乙。丙。”丁。", "戊。"]),  # a stop in quotation marks ends nothing
    ("见《甲。乙》规定。丙。", ["见《甲。乙》规定。", "丙。"]),
    ("甲（乙。）丙。丁。", ["甲（乙。）丙。", "丁。"]),
    ("甲“乙。丙。", ["甲“乙。", "丙。"]),  # a mark not closed is no pair
    ("甲乙！丙丁？戊。", ["甲乙！", "丙丁？", "戊。"]),
    ("甲乙”。丙。”丁。", ["甲乙”。", "丙。”", "丁。"]),  # closing marks go with their stop
    ("甲乙\n丙丁", ["甲乙", "丙丁"]),
    ("甲为3.5%。乙。", ["甲为3.5%。", "乙。"]),
]


@pytest.mark.parametrize(("body", "expected"), SENTENCES)
def test_a_sentence_ends_where_a_reader_ends_it(body, expected):
    assert sentences("一、标题\n" + body) == expected


def test_what_never_stops_is_cut_at_its_marks():
    body = "推进依法行政，" * 1000
    parts = sentences("一、甲\n" + body)
    assert "".join(parts) == body and len(parts) == 3 and all(part.endswith("，") for part in parts)
    assert len(sentences("一、甲\n" + "办" * 7000)) == 3
    row = of("一、甲\n" + "12件\t" * 2000 + "丙\n丁\t戊\n").sentences()
    assert {s.part for s in row} == {Part.TABLE} and all(len(s.text) <= 3000 for s in row)


HOSTILE = {
    "nested brackets": "（" * 100_000 + "）" * 100_000,
    "brackets of two kinds": "（" * 100_000 + "》" * 100_000,
    "quotations": "“甲。乙；”" * 30_000,
    "one numeral": "一、甲\n" * 50_000,
    "two lists under one heading": "1.甲。乙。\n" + "①丙。丁。\n" * 30_000,
    "attachments": "一、甲\n" + "附件：\n" * 50_000 + "二、乙",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_body_is_read_in_time(name):
    begin = time.process_time()
    assert_whole(of("一、甲\n" + HOSTILE[name]))
    assert time.process_time() - begin < 30  # seconds; a tenth of that here, by the square they were minutes


def test_rows_of_a_table_are_rows():
    report = of("一、甲\n下表：\n地区\t件数\n东区\t3件\n西区\t4件\n乙。")
    assert [s.text for s in report.sentences() if s.part is Part.TABLE] == ["地区\t件数", "东区\t3件", "西区\t4件"]
