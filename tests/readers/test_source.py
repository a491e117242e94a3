"""bytes -> Source: encodings, what is chrome, what the page says of the report, what cannot be published."""

from __future__ import annotations

import json
import time

import pytest
from baogao.messages import worded
from baogao.model import Part, ReportError
from baogao.readers.decoding import LARGEST, decode
from baogao.readers.particulars import place_at, said_by_file_name
from baogao.readers.source import read
from baogao.rules import load
from conftest import PRACTICE, ROOT, SEED
from hypothesis import given
from hypothesis import strategies as st

GOLD = {
    gold["text"]: gold
    for gold in (
        json.loads(p.read_text("utf-8")) for p in (ROOT / "tests/fixtures/practice/gold").glob("*.outline.json")
    )
}
TEXT = "2023年,全区认真开展法治政府建设各项工作。现报告如下:\n一、主要成效\n办理案件3件。\n"


def parts(source, part):
    return [source.text[s.start : s.end] for s in source.segments if s.part is part]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_bytes_come_back_from_text_and_encoding(encoding, bom, end):
    if encoding.startswith("utf-16") and not bom:
        return  # without a mark it is no text we can tell
    if encoding == "gb18030" and bom:
        return
    data = (bom + TEXT.replace("\n", end)).encode(encoding)
    source = read("a.txt", data)
    assert source.encoding == encoding
    assert source.text == bom + TEXT.replace("\n", end)
    assert source.text.encode(source.encoding) == data
    assert len(source.body) == 3


def code_of(data: bytes) -> tuple[str, int]:
    with pytest.raises(ReportError) as raised:
        read("a.txt", data)
    return raised.value.findings[0].code, raised.value.findings[0].line


def test_an_empty_file_is_an_error():
    assert code_of(b"") == ("empty", 0)
    assert code_of(" \n\u3000\n".encode()) == ("empty", 0)


def test_a_binary_file_is_an_error():
    assert code_of(b"\x7fELF\2\1\1\0\0\0\0\0\0\0\0\0")[0] == "binary"


def test_bytes_in_no_encoding_are_an_error_with_their_line():
    assert code_of("2023年,全区。\n".encode() + b"\xff\xff\n") == ("undecodable", 2)


def test_bytes_that_decode_to_nonsense_are_not_taken_for_gb18030():
    assert code_of("Zażółć gęślą jaźń ąćęłńóśźż".encode("iso-8859-2"))[0] == "undecodable"


def test_a_page_of_nothing_but_chrome_is_an_error():
    assert code_of("简体| 繁体| 登录\n【打印】 【关闭】\n".encode())[0] == "no-text"


def test_a_file_no_report_is_so_large_as_is_an_error():
    assert code_of(TEXT.encode() * (LARGEST // len(TEXT.encode()) + 1)) == ("too-large", 0)


# Each of these took time by the square of its length, or more depth than there is.
HOSTILE = {
    "spaces in a line": "甲" + " " * 200_000 + "乙",
    "spaces before a field": "\u3000" * 50_000 + "甲 来源:某某",
    "names of bodies": "某某市司法局\n" * 30_000,
    "control characters": "甲乙丙丁戊己庚辛壬癸子丑寅\x07\n" * 30_000,
    "the place again and again": "某某市人民政府在某某市开展工作，" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_in_time(name):
    begin = time.process_time()
    read("a.txt", ("某某市2023年度法治政府建设情况报告\n" + HOSTILE[name] + "\n" + TEXT).encode())
    assert time.process_time() - begin < 10  # seconds; a tenth of that here, by the square they were minutes


def test_a_control_character_is_kept_and_noted():
    source = read("a.txt", TEXT.replace("认真", "认\x07真").encode())
    assert "认\x07真" in source.text
    assert [(f.code, f.line, f.met) for f in source.findings] == [("control-character", 1, "U+0007")]


def test_a_line_before_the_text_that_no_rule_knows_stays_in_the_text_with_a_note():
    source = read("a.txt", ("某某区2023年度法治政府建设情况报告\n张三\n" + TEXT).encode())
    assert [(f.code, f.line, f.met) for f in source.findings] == [("line-not-recognised", 2, "张三")]
    assert source.text[source.body[0].start : source.body[0].end] == "张三"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_takes_a_report_in_is_never_sent_to_the_rules_of_the_program(language):
    (note,) = read("a.txt", f"{TITLE}\n原创 某某普法\n{BODY}".encode()).findings
    assert note.code == "line-not-recognised"
    said = worded(note, language)
    assert "rules/" not in said and "`title:`" in said


def test_the_first_report_is_told_apart_from_its_portal():
    source = read("seed.txt", SEED.read_bytes())
    said = source.particulars
    assert said.title.text == "关于长沙市望城区2023年度法治政府建设情况的报告"
    assert (said.issuer.text, said.place.text, said.level.text) == ("长沙市望城区人民政府", "长沙市望城区", "county")
    assert (said.body.text, said.year.text, said.published.text) == ("人民政府", "2023", "2024-01-31")
    assert (said.source.text, said.signature.text, said.signed.text) == (
        "望城区政府办",
        "长沙市望城区人民政府",
        "2024年1月25日",
    )
    assert parts(source, Part.CHROME)[-3:] == ["相关文档:", "• 扫一扫在手机打开", "关闭 打印"]
    assert source.text[source.body[0].start :].startswith("2023年,在市委")
    assert source.findings == ()


@pytest.mark.parametrize("path", PRACTICE, ids=lambda p: p.name)
def test_a_practice_page_says_what_its_labels_say(path):
    gold, source = GOLD[path.name], read(path.name, path.read_bytes())
    said = source.particulars
    assert source.encoding == gold["encoding"]
    for name in ("title", "year", "published", "source"):
        value = getattr(said, name)
        assert (value.text if value else None) == (None if gold[name] is None else str(gold[name])), name
    # a label may name a superior place, or the government of a place, that the page itself does not print
    if said.place and gold["place"] in source.text:
        assert said.place.text == gold["place"]
    if gold["issuer"] and gold["issuer"] in source.text:
        assert said.issuer.text == gold["issuer"]
    assert source.body[0].start == gold["body_start"]
    own = [line.end for line in source.body] + [s.end for s in source.segments if s.part is Part.SIGNATURE]
    assert max(own) == gold["body_end"]


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda p: p.name)
def test_what_is_said_stands_where_it_is_said_to_stand(path):
    source = read(path.name, path.read_bytes())
    for name in type(source.particulars).__slots__:
        said = getattr(source.particulars, name)
        if said and name not in ("level", "title"):
            assert source.text[said.start : said.end] == said.text


def test_who_and_when_under_the_title_are_no_text():
    head = "某某省人民政府关于2021年法治政府建设情况的报告\n某某省人民政府\n（2022年3月25日）\n"
    source = read("a.txt", (head + TEXT).encode())
    assert source.findings == () and source.text[source.body[0].start :].startswith("2023年,全区")
    assert parts(source, Part.METADATA) == ["某某省人民政府", "（2022年3月25日）"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("——2024年1月8日在某某市第八届人民代表大会第三次会议上\n", ""),
        ("（2024年1月8日在某某市第八届人民代表大会第三次会议上）\n", ""),
        ("", "各位代表：\n"),
    ],
)
def test_who_delivered_a_report_is_no_text(above, below):
    page = f"2024年政府工作报告\n{above}毛 某 明\n{below}{TEXT}"
    source = read("a.txt", page.encode())
    assert source.findings == () and "毛 某 明" in parts(source, Part.METADATA)


def test_the_place_may_be_named_where_a_report_was_delivered():
    head = "2024年政府工作报告\n——2024年1月8日在某某省第八届人民代表大会第三次会议上\n"
    assert said_of(head + "各位代表：\n" + TEXT)["place"] == "某某省"


def test_the_marks_of_markdown_are_none_of_the_reports():
    page = "# 澄县2023年度情况报告\n\n## 一、成效\n\n### （一）执法\n\n办理**3**件。\n\n**二、安排**\n\n加强建设。\n"
    source = read("a.txt", page.encode())
    assert source.particulars.title.text == "澄县2023年度情况报告"
    assert [source.text[line.start : line.end] for line in source.body] == [
        "一、成效",
        "（一）执法",
        "办理**3**件。",
        "二、安排",
        "加强建设。",
    ]
    assert parts(source, Part.CHROME) == ["# ", "## ", "### ", "**", "**"]
    assert [finding.code for finding in source.findings] == ["markdown"]
    # a lone mark is the report's own
    assert not read("a.txt", f"{TITLE}\n一、成效\n# 办理3件。\n".encode()).findings


def test_radicals_of_a_pdf_are_read_as_characters_and_told():
    source = read("a.txt", f"{TITLE}\n⼀、成效\n办理3件。\n⼆、安排\n加强。\n".encode())
    assert [(finding.code, finding.line) for finding in source.findings] == [("radical", 2)]
    assert source.text[source.body[0].start : source.body[0].end] == "⼀、成效"


def said_of(page: str) -> dict[str, str | None]:
    said = read("a.txt", page.encode()).particulars
    return {name: getattr(said, name) and getattr(said, name).text for name in type(said).__slots__}


BODY = "2023年，全县坚持依法行政，各项工作取得新成效。现报告如下。\n一、成效\n办理3件。\n"
TITLE = "澄县2023年度法治政府建设情况报告"
CONGRESS = "一、2017年工作回顾\n修路3公里。\n二、2018年工作安排\n修路4公里。\n"
PAGES = [
    # page, what it says: what is odd about it
    (
        "2023年，滨溪市人民政府在市委坚强领导下，推进法治政府建设。\n",
        {"place": "滨溪市", "issuer": "滨溪市人民政府", "level": "prefecture"},
    ),
    ("2023年，滨溪县在县委坚强领导下，推进法治政府建设各项工作。\n", {"place": "滨溪县", "level": "county"}),
    ("滨溪镇位于滨溪县东部，2023年推进法治政府建设各项工作。\n", {"place": "滨溪镇", "level": "township"}),
    (f"{TITLE}_澄县人民政府\n{TITLE}\n{BODY}", {"title": TITLE}),
    (f"2024年5月6日\n{TITLE}\n{BODY}", {"title": TITLE}),
    (
        f"澄县人民政府\n\n关于2023年度法治政府建设情况的报告\n\n{BODY}",
        {"title": "澄县人民政府关于2023年度法治政府建设情况的报告", "issuer": "澄县人民政府"},
    ),
    (
        f"澄县人民政府\n关于2023年度法治政府\n建设情况的报告\n{BODY}",
        {"title": "澄县人民政府关于2023年度法治政府建设情况的报告"},
    ),
    (f"关于澄县2023年度法治政府建设情况的报　告\n{BODY}", {"title": "关于澄县2023年度法治政府建设情况的报　告"}),
    (
        f"{TITLE}\n发布时间：2024-03-28 来源：县司法局 | 【大 中 小】\n{BODY}",
        {"published": "2024-03-28", "source": "县司法局"},
    ),
    (
        f"{TITLE}\n发布时间：2024-03-28来源：县司法局浏览次数：1024\n{BODY}",  # elements without a space between
        {"published": "2024-03-28", "source": "县司法局"},
    ),
    (f"{TITLE}\n来源：县司法局 失效日期：2026-01-01\n{BODY}", {"published": None}),  # no field known
    (f"{TITLE}\n2024-03-28 09:18\n{BODY}", {"published": "2024-03-28"}),
    (f"{TITLE}\n澄县人民政府办公室 2024-03-28\n{BODY}", {"published": "2024-03-28"}),
    (f"{TITLE}\n{BODY}澄县人民政府2024年1月30日\n", {"signature": "澄县人民政府", "signed": "2024年1月30日"}),
    (
        f"澄政办〔2024〕5号\n{TITLE}\n（2024年1月25日）\n{BODY}",
        {"number": "澄政办〔2024〕5号", "signed": "2024年1月25日", "published": None},
    ),
    (
        f"文号：澄政〔2024〕6号\n{TITLE}\n（2024年1月25日）\n{BODY}澄县人民政府\n2024年1月30日\n",
        {"number": "澄政〔2024〕6号", "signed": "2024年1月30日"},
    ),
    (
        f"{TITLE}\n{BODY}澄县人民政府（盖章）\n二Ｏ二四年一月卅日\n",
        {"signature": "澄县人民政府（盖章）", "signed": "二Ｏ二四年一月卅日"},
    ),
    (
        f"{TITLE}\n{BODY}中共澄县委员会　澄县人民政府\n2024年1月30日\n",
        {"signature": "澄县人民政府", "issuer": "澄县人民政府"},
    ),
    (f"{TITLE}\n{BODY}澄县法治政府建设工作领导小组\n2024年1月30日\n", {"signature": "澄县法治政府建设工作领导小组"}),
    ("政府工作报告\n各位代表：\n过去一年，这座城市经受住了考验。\n一、回顾\n修路3公里。\n", {"place": None}),
    ("政府工作报告\n各位代表：\n我们位列三县第一，其他多个城市来访。\n一、回顾\n修路3公里。\n", {"place": None}),
    (f"国家税务总局望江县税务局2023年度法治政府建设情况报告\n{BODY}", {"place": "望江县"}),
    # a report to a congress is called by the year of its plan, whatever years its first lines speak of
    (f"政府工作报告\n各位代表：\n现在报告过去五年及2017年工作。\n{CONGRESS}", {"year": "2018"}),
    (f"滨溪市政府工作报告（2017年12月20日 贾某）\n各位代表：\n{CONGRESS}", {"year": "2018"}),
    (f"滨溪市政府工作报告（2017年5月20日 贾某）\n各位代表：\n{CONGRESS}", {"year": "2017"}),
    (f"2017年政府工作报告\n——2017年12月20日在滨溪市第三届人民代表大会上\n{CONGRESS}", {"year": "2017"}),
    (f"滨溪市2017年度法治政府建设情况报告\n2017年12月20日\n{CONGRESS}", {"year": "2017"}),
    # what another copy of the title says
    (f"2018年滨溪市政府工作报告\n政府工作报告\n各位代表：\n{CONGRESS}", {"year": "2018", "place": "滨溪市"}),
    (f"2018年政府工作报告\n政府工作报告\n——2017年12月20日在滨溪市第三届人民代表大会上\n{BODY}", {"year": "2018"}),
    (f"关于滨溪市“九五”计划和2010年远景规划纲要的报告\n——1996年2月3日\n{BODY}", {"year": "1996"}),
    (
        "政府工作报告\n2018年1月9日滨溪市第五届人民代表大会第一次会议通过\n各位代表：\n修路3公里。\n",
        {"place": "滨溪市"},
    ),
    (f"贾某市长在滨溪市第五届人民代表大会上的政府工作报告（2018年）\n各位代表：\n{CONGRESS}", {"place": "滨溪市"}),
    (f"政府工作报告\n各位代表：\n请予审议，并请州政协委员提出意见，自治区也在内。\n{CONGRESS}", {"place": None}),
    ("政府工作报告\n各位代表：\n我们在中共滨溪县委领导下，修路3公里。\n", {"place": "滨溪县"}),
    ("政府工作报告\n各位代表：\n一年来，较好完成了省定任务，9个县脱贫，贫困县从三区三州退出。\n", {"place": None}),
]


@pytest.mark.parametrize(("page", "expected"), PAGES)
def test_a_page_says_what_a_reader_reads_from_it(page, expected):
    said = said_of(page)
    assert {name: said[name] for name in expected} == expected


def test_contact_lines_under_the_signature_are_no_text():
    source = read(
        "a.txt", f"{TITLE}\n{BODY}澄县人民政府\n2024年1月30日\n地址：某路1号 邮编：410000\n（此件主动公开）\n".encode()
    )
    assert source.particulars.signature.text == "澄县人民政府"
    assert parts(source, Part.CHROME) == ["地址：某路1号 邮编：410000", "（此件主动公开）"]


PLACES = [
    # name, as far as it goes, level
    ("云川市清河区2021年", "云川市清河区", "county"),
    ("云川市市场监督管理局", "云川市", "prefecture"),  # not 云川市市
    ("津市市人民政府", "津市市", "county"),  # a county-level city by the list
    ("柳州市柳北区", "柳州市柳北区", "county"),  # not 柳州 with a 市 behind
    ("济宁市市中区", "济宁市市中区", "county"),
    ("泾县人民政府", "泾县", "county"),
    ("恩施土家族苗族自治州人民政府", "恩施土家族苗族自治州", "prefecture"),
    ("恩施州政府工作报告", "恩施州", "prefecture"),
    ("西安市长安区", "西安市长安区", "county"),  # not 西安 and its 市长
    ("兰州新区管委会", "兰州新区", "county"),
    ("上海市普陀区财政局", "上海市普陀区", "county"),
    ("重庆市人民政府", "重庆市", "province"),
    ("广州市番禺区市桥街道", "广州市番禺区市桥街道", "township"),
    ("恩施州市场监督管理局", "恩施州", "prefecture"),  # not 恩施州市
    ("柳州市政府", "柳州市", "prefecture"),
    ("辉县市政务服务局", "辉县市", "county"),
    ("滨溪区古城乡人民政府", "滨溪区古城乡", "township"),  # control: no 城乡 of an office
    ("住房和城乡建设局", None, None),
    ("澄州市青峦县市场监督管理局", "澄州市青峦县", "county"),
    ("依法治区", None, None),  # control: ends in 区 and is no place
    ("全市各县区", None, None),
]


@pytest.mark.parametrize(("text", "place", "level"), PLACES)
def test_a_place_name_has_its_extent_and_level(text, place, level):
    found = place_at(text, 0, len(text))
    assert (found.said.text, found.level) == (place, level) if found else (place, level) == (None, None)


@given(
    st.sampled_from(["青峦县", "清河区", "滨溪市", "恩施州", "翁牛特旗", "柳州市", "辉县市", "澄州市青峦县"]),
    st.sampled_from(load("places")["offices"]["fits"]),
)
def test_a_place_ends_where_an_office_begins(place, office):
    assert place_at(place + office, 0, len(place + office)).said.text == place


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("滨溪市2023年政府工作报告.docx", {"place": "滨溪市", "year": "2023"}),
        ("seeds/gov-city-滨溪市-2023.txt", {"place": "滨溪市", "year": "2023"}),
        ("2023年度清河区法治政府建设情况报告.pdf", {"place": "清河区", "year": "2023"}),
        ("滨溪市-清河区-2022-2023.txt", {}),  # two of each
        ("政府工作报告20230115.doc", {}),
    ],
)
def test_a_files_name_says_the_place_and_the_year_it_has_one_of(name, said):
    assert said_by_file_name(name) == said


def test_decode_keeps_a_leading_mark():
    assert decode("a", "\ufeff文的".encode()) == ("\ufeff文的", "utf-8")
