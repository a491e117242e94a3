"""Saved portal pages: the report is found, the portal is left off, nothing of the text is lost."""

from __future__ import annotations

import re
import time
from html import escape

import pytest
from baogao.model import Form, Part, ReportError
from baogao.publication.publication import understand
from baogao.readers.markup import LARGEST_PAGE
from baogao.readers.page_limits import DEEPEST_PAGE
from baogao.readers.webpage import page_lines
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

FORMS = ROOT / "tests/fixtures/forms"
# What was meant when the pages were written.
MEANT = {
    "layout-tables.html": {
        "title": "关于柏川县2022年度法治政府建设情况的报告",
        "issuer": "柏川县人民政府",
        "published": "2023-03-21",
        "source": "柏川县司法局",
        "outline": ["1", "1-1", "1-2", "1-3", "2", "3", "4"],
        "row": ["", "件数", "罚没（万元）", ""],
        "rows": 4,
        "first": "2022年，柏川县坚持以习近平法治思想为指导，认真落实《法治政府建设实施纲要（2021—2025年）》，法治政府建设取得新进展。",
        "last": "2023年，将开展执法案卷评查，确保评查覆盖面达到100%。",
        "not": ["编辑留言", "隐藏的一段", "doZoom", "今天是", "栏目导航", "2021年度", "打印本页", "上一篇", "主办", "建议使用", "首 页", "正文"],
    },
    "div.html": {
        "title": "澜州市云岭区人民政府关于2023年度法治政府建设情况的报告",
        "issuer": "澜州市云岭区人民政府",
        "published": "2024-03-28",
        "source": "云岭区人民政府办公室",
        "outline": ["1", "1-1", "1-1-1", "1-1-2", "1-2", "1-2-1", "1-2-2", "2", "3"],
        "row": ["西塘街道", "112", "109"],
        "rows": 3,
        "first": "市人民政府：",
        "last": "健全行政裁量权基准，年内办结率达到98%以上。",
        "not": ["_hmt", "无障碍", "登录", "搜索", "政务服务\n", "微信", "扫一扫", "一图读懂", "答记者问", "打印", "授权", "标识码", "统计表"],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", MEANT)
def test_a_saved_page_is_read_as_it_was_meant(name):
    meant, read = MEANT[name], understand(name, (FORMS / name).read_bytes())
    source = read.report.source
    said = source.particulars
    assert source.form is Form.HTML
    assert {key: getattr(said, key).text for key in ("title", "issuer", "published", "source")} == {
        key: meant[key] for key in ("title", "issuer", "published", "source")
    }
    assert [section.id for section in read.report.walk()] == meant["outline"]
    sentences = list(read.report.sentences())
    rows = [s.text.split("\t") for s in sentences if s.part is Part.TABLE]
    assert meant["row"] in rows and len(rows) == meant["rows"]
    assert (sentences[0].text, sentences[-1].text) == (meant["first"], meant["last"])
    body = "\n".join(source.text[line.start : line.end] for line in source.body)
    assert [word for word in meant["not"] if word in body] == []
    assert "".join(source.text[s.start : s.end] for s in read.report.segments) == source.text
    told = [("html-hidden", "隐藏的一段文字，读者看不到。")] if name == "layout-tables.html" else []
    assert [(one.code, one.met) for one in read.findings] == told


def test_what_the_meta_tags_say_stands_under_their_own_names_and_what_the_page_prints_wins():
    lines = page_lines("a.html", (FORMS / "div.html").read_bytes())[0]
    assert lines[:3] == [
        "ArticleTitle：澜州市云岭区人民政府关于2023年度法治政府建设情况的报告",
        "PubDate：2024-03-28 16:42",
        "ContentSource：云岭区人民政府办公室",
    ]
    page = (
        '<meta name="PubDate" content="2024-01-02"><meta name="ArticleTitle" content="清河区2023年度法治政府建设报告">'
    )
    told = understand("a.html", f"<html>{page}<body>{TEXT}</body></html>".encode()).report.source.particulars
    assert (told.published.text, told.title.text) == ("2024-01-02", "清河区2023年度法治政府建设报告")
    printed = "<h1>清河区2023年度法治政府建设报告</h1><p>发布日期：2024-02-03</p>"
    told = understand("a.html", f"<html>{page}<body>{printed}{TEXT}</body></html>".encode()).report.source.particulars
    assert told.published.text == "2024-02-03"


@pytest.mark.parametrize(
    ("day", "script", "published"),
    [
        ("2024年02月28日 17:05", "", "2024年02月28日"),
        ("", "var ct = '1709053500';", "2024-02-28"),  # 01:05 in China, the day before by UTC
        ("", 'var createTime = "2024-02-28 17:05";', "2024-02-28"),
        ("", "", None),
    ],
)
def test_who_and_when_over_an_article_of_a_public_account_are_no_text_nor_are_its_credits(day, script, published):
    head = f'<div><span>原创</span> <a id="js_name">清河普法</a> <em id="publish_time">{day}</em> <em>湖南</em></div>'
    page = f"<h1>清河区2023年度法治政府建设报告</h1>{head}<div>{TEXT}"
    page += "<p>清河区人民政府</p><p>2024年2月26日</p><p>供稿：某办　编辑：小某　审核：李某</p></div>"
    read = understand("a.html", f"<html><body>{page}<script>{script}</script></body></html>".encode()).report
    told = read.source.particulars
    assert (told.source.text, told.published and told.published.text) == ("清河普法", published)
    assert told.signed.text == "2024年2月26日"
    assert read.findings == () and [one.text for one in read.sentences()] == [
        one.text for one in understand("a.html", f"<html><body>{TEXT}</body></html>".encode()).report.sentences()
    ]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<meta name=ArticleTitle content='望城 这一年'><title>甲网</title>", "望城 这一年"),
        ("<title>法治之花开满清河--要闻--甲网</title>", "法治之花开满清河"),
        ("<title>甲网</title>", None),  # the heading may be anything
    ],
)
def test_a_title_unlike_a_reports_is_the_one_that_the_page_names(head, title):
    body = f"<div><h1>{title or '法治之花开满清河'}</h1><p>发布日期：2024-02-03</p></div><div>{TEXT}</div>"
    told = understand("a.html", f"<html><head>{head}</head><body>{body}</body></html>".encode()).report
    assert (told.source.particulars.title and told.source.particulars.title.text) == title
    assert next(told.sentences()).text.startswith("2023年") or title is None


def test_the_name_of_a_site_is_no_title():
    page = f"<title>清河区人民政府门户网站</title><h1>清河区人民政府门户网站</h1><div>{TEXT}</div>"
    assert understand("a.html", f"<html>{page}</html>".encode()).report.source.particulars.title is None


TEXT = "<p>2023年，全区推进依法行政，成效明显。现报告如下。</p><p>一、成效</p><p>办理案件3件，其中调解2件。</p><p>二、不足</p><p>力量不足，仍需加强。</p>"


def lines(body: str, **given: str) -> list[str]:
    return page_lines("a.html", f"<html><body>{body}</body></html>".encode(**given))[0]


def code(data: bytes) -> str:
    with pytest.raises(ReportError) as raised:
        page_lines("a.html", data)
    return raised.value.findings[0].code


ENCODED = [
    ("gb18030", '<meta charset="gb2312">', b""),
    ("gbk", '<META http-equiv=Content-Type content="text/html; charset=GBK">', b""),
    ("gb18030", "", b""),  # no word of it: the bytes tell
    ("utf-8", '<meta charset="gb2312">', b""),  # saved anew by a browser, the claim left standing
    ("utf-8", "", b"\xef\xbb\xbf"),
    ("utf-16-le", "", b"\xff\xfe"),
    ("big5hkscs", '<meta charset="big5">', b""),
]


@pytest.mark.parametrize(("encoding", "meta", "mark"), ENCODED)
def test_the_encoding_is_told_by_mark_bytes_and_meta(encoding, meta, mark):
    said = "一、工作年度的情" if encoding != "big5hkscs" else "一、工作年度的情形"
    page = f"<html><head>{meta}</head><body><p>{said}</p><p>其中，完成三件。</p></body></html>"
    assert page_lines("a.html", mark + page.encode(encoding))[0] == [said, "其中，完成三件。"]


def test_a_few_broken_bytes_outside_the_text_spoil_no_page_and_in_it_are_told():
    head = (
        f"<html><head><meta charset=gbk><meta name=description content='{'推进依法行政' * 1000}".encode("gbk")[:-1]
        + b"'></head>"
    )
    page = head + f"<body>{TEXT}</body></html>".encode("gbk")
    assert page_lines("a.html", page) == (re.findall("<p>(.*?)</p>", TEXT), ())
    found = page_lines("a.html", page.replace("力量".encode("gbk"), b"\xff\xff"))[1]
    assert [(f.code, f.line) for f in found] == [("character-broken", 5)]
    assert code(b"<html><p>" + b"\xff\xfe\xfd" * 50) == "undecodable"


def test_white_space_is_that_of_a_page_and_line_ends_between_han_are_none():
    assert lines("<p>全区\n  推进<b>依法</b>行政，  成效\t明显。</p><pre>一、甲\n二、乙</pre>") == [
        "全区推进依法行政， 成效 明显。", "一、甲", "二、乙",
    ]  # fmt: skip


def test_a_list_has_the_numbers_that_a_page_shows():
    body = f"{TEXT}<ol start=3><li>轮训，全员</li><li><p>评查，全部</p></li><li value=9>公开，全程</li></ol><ol><li>一是抓学习，</li></ol><ol style='list-style-type: none'><li>不编号，</li></ol><ul><li>圆点，</li></ul>"
    assert lines(body)[-6:] == ["3. 轮训，全员", "4. 评查，全部", "9. 公开，全程", "一是抓学习，", "不编号，", "圆点，"]


def test_cells_that_reach_over_others_leave_them_empty():
    rows = "<tr><td rowspan=2>部门<td colspan=2>处罚<tr><td>件数<td>金额<tr><td>城管局<td>3<td>"
    assert lines(f"{TEXT}<table>{rows}</table>")[-3:] == ["部门\t处罚\t", "\t件数\t金额", "城管局\t3\t"]


def test_a_report_inside_one_cell_is_no_table():
    assert "办理案件3件，其中调解2件。" in lines(f"<table><tr><td>栏目</td><td>{TEXT}</td></tr></table>")


def test_a_report_in_an_element_named_like_the_portals_is_kept():
    assert lines(f"<div id='print'>{TEXT}</div><div class='footer'>主办：某区</div>") == re.findall(
        "<p>(.*?)</p>", TEXT
    )


def test_a_signature_in_an_element_of_its_own_is_kept():
    page = f"<div><div class=content>{TEXT}</div><p>清河区人民政府</p><p>2024年1月5日</p><div><a href=x>打印</a></div><p>网站地图</p></div>"
    assert lines(page)[-2:] == ["清河区人民政府", "2024年1月5日"]
    foot = "<div class='article-foot'><p>清河区人民政府</p><p>2024年1月5日</p></div>"
    for page in (f"<div>{TEXT}{foot}</div>", f"<div><div>{TEXT}</div>{foot}</div><p>版权所有</p>"):
        assert lines(page)[-2:] == ["清河区人民政府", "2024年1月5日"]


def test_running_text_that_was_left_off_is_told():
    aside = "<div><p>本区于2023年制定了一批制度，涉及财政、教育、卫生等领域，均已向社会公开并接受监督，执行情况良好。</p></div>"
    found = page_lines("a.html", f"<html><body>{aside}<div>{TEXT * 30}</div></body></html>".encode())[1]
    assert [(f.code, f.met[:6]) for f in found] == [("html-left-off", "本区于202")]


def test_what_a_public_account_puts_round_its_text_is_left_off_and_told():
    byline = (
        "<div id=meta_content class=rich_media_meta_list><span>原创</span><span>局办公室</span><a id=js_name>青峦司法</a>"
        "<em id=publish_time>2025-01-20 17:30</em><em id=js_ip_wording_wrp>湖南</em></div>"
    )
    text = f"<div id=js_content><p>点击蓝字 关注我们</p>{TEXT}<p>- END -</p></div>"
    body = f"<h1>某区2023年度法治政府建设报告</h1>{byline}{text}"
    title = "某区2023年度法治政府建设报告"
    assert lines(body) == ["PubDate：2025-01-20 17:30", "ContentSource：青峦司法", title, *PARAGRAPHS]
    assert told(body) == ["html-left-off"]


# ---- hidden is not absent


PARAGRAPHS = re.findall("<p>(.*?)</p>", TEXT)
HIDDEN = ["style='display:none'", "style='visibility: hidden; opacity: 0;'", "hidden", "style='opacity:0'"]
MORE = "<p>三、下一步安排</p><p>健全机制，办理案件9件。</p>"


def told(body: str) -> list[str]:
    """The codes of the notes on a page."""
    return [one.code for one in page_lines("a.html", f"<html><body>{body}</body></html>".encode())[1]]


@pytest.mark.parametrize("how", HIDDEN)
@pytest.mark.parametrize(
    "page",
    [
        f"<h1>某区2023年度法治政府建设报告</h1><section id=js_content {{}}>{TEXT + MORE}</section>",  # until a script has run
        f"<div><div class=page>{TEXT}</div><div class=page {{}}>{MORE}</div><a>1</a><a>2</a></div>",  # its next page
        f"<div class=text>{TEXT}<div class=more {{}}>{MORE}</div><a>展开全文</a></div>",  # collapsed
        f"<div><div class=brief>{TEXT}</div><div class=full {{}}>{TEXT + MORE}</div></div>",  # the beginning once more
    ],
)
def test_what_is_shown_only_later_is_read_once_where_it_stands_and_told(page, how):
    body = page.format(how) + "<div class=footer>主办：某区</div>"
    assert [one for one in lines(body) if "法治政府建设报告" not in one] == [
        *PARAGRAPHS,
        *re.findall("<p>(.*?)</p>", MORE),
    ]
    assert told(body) == ["html-hidden-read"]


BOX = "<div class=pop>您访问的链接即将离开本网站，是否继续？<a>继续访问</a></div>"


@pytest.mark.parametrize("page", [BOX + f"<div class=content>{TEXT}</div>", f"<div>{TEXT}</div>{BOX}"])
def test_a_box_that_a_style_sheet_hides_is_left_off_and_told(page):
    title = "<h1>某区2023年度法治政府建设报告</h1>"
    body = (
        f"<style>.pop, .tip {{ display: none }} @media print {{ p {{ color: #000 }} }}</style><div>{title}{page}</div>"
    )
    assert lines(body) == ["某区2023年度法治政府建设报告", *PARAGRAPHS] and told(body) == ["html-hidden"]
    assert any("是否继续" in line for line in lines(body.replace("</style>", ".pop{display:block}</style>")))


@pytest.mark.parametrize("more", [MORE, "<p>办理案件9件，结案9件，全部按时。</p>"])
def test_what_a_style_sheet_hides_of_the_text_is_read(more):
    body = f"<style>.more{{display:none}}</style><div>{TEXT}<div class=more>{more}</div></div>"
    assert lines(body) == [*PARAGRAPHS, *re.findall("<p>(.*?)</p>", more)]
    whole = f"<style>.more{{display:none}}</style><div class=more>{TEXT}</div>"
    assert lines(whole) == PARAGRAPHS


def test_hidden_paragraphs_words_and_what_the_portal_hides_are_left_off_and_told():
    words = TEXT.replace("</p>", "<span style='font-size:0;color:#fff'>防采集某网12345</span></p>")
    assert lines(words) == PARAGRAPHS and told(words) == ["html-hidden"]
    styled = "<style>.j{font-size:0px}</style>" + words.replace("style='font-size:0;color:#fff'", "class=j")
    assert lines(styled) == PARAGRAPHS and told(styled) == ["html-hidden"]
    struck = TEXT.replace("<p>一、", "<p style='display:none'>已删去的一段，不是报告。</p><p>一、")
    assert lines(struck) == PARAGRAPHS and told(struck) == ["html-hidden"]
    tip = f"<div><div>{TEXT}</div><div class=share-tip style='display:none'><p>扫一扫，在手机打开当前页面。</p></div></div>"
    assert lines(tip) == PARAGRAPHS
    print_only = f"<style>@media print{{div{{display:none}} p{{font-size:12pt}}}}</style><div>{TEXT}</div>"
    assert lines(print_only) == PARAGRAPHS and told(print_only) == []


def test_what_is_struck_out_is_no_text_and_what_is_inserted_is():
    page = TEXT.replace("3件", "<del>2件</del><ins>3件</ins>").replace(
        "调解", "<ruby>调解<rp>(</rp><rt>tiáo jiě</rt><rp>)</rp></ruby>"
    )
    assert lines(page) == PARAGRAPHS


def test_a_list_with_chinese_markers_has_its_numerals():
    for style, ol in (
        ("ol.cn{list-style:cjk-ideographic inside}", "<ol class=cn>"),
        ("", "<ol style='list-style-type: simp-chinese-informal'>"),
    ):
        page = f"<style>p{{margin:0}} {style}</style>{ol}<li>工作成效</li><p>办理案件3件，其中调解2件。</p><li>存在不足</li><li>（三）安排</li></ol>"
        assert lines(page) == ["一、工作成效", "办理案件3件，其中调解2件。", "二、存在不足", "（三）安排"]


def test_an_annex_beside_the_text_is_kept_and_other_reading_is_not():
    table = "<table><tr><td>行政处罚</td><td>100</td></tr><tr><td>行政许可</td><td>101</td></tr></table>"
    foot = "<div class=footer><p>主办：某区</p></div>"
    page = f"<div class=wrap><h1>某区2023年度法治政府建设报告</h1><div>{TEXT * 9}</div></div><div class=fj><p>附表：数据</p>{table}</div>{foot}"
    assert lines(page)[-3:] == ["附表：数据", "行政处罚\t100", "行政许可\t101"]
    asked = "<p>问：报告主要讲了什么？答：主要介绍了本区采取的措施和取得的成效，欢迎社会各界监督。</p>"
    for heading in ("政策解读", "相关阅读", "【答记者问】"):
        page = f"<div>{TEXT * 9}<p>某区人民政府</p></div><div class=jd><h3>{heading}</h3>{asked * 2}</div>{foot}"
        assert lines(page)[-1] == "某区人民政府" and told(page) == ["html-related"]


REFUSED = [
    ("<p>附件：<a href='P02.pdf'>清河区2023年度报告.pdf</a></p>", "html-attachment"),
    (
        "<h1>清河区2023年度法治政府建设报告</h1><p>根据有关规定，现将清河区2023年度法治政府建设情况报告予以公布，请社会各界监督。</p><p>附件：<a href='a.docx'>报告</a></p>",
        "html-attachment",
    ),
    ("<iframe src='show.html'></iframe><p>版权所有</p>", "html-frames"),
    ("<div id='app'></div><script>load()</script>", "html-no-text"),
    ("<p style='display:none'>读者看不到的一段，也不是报告。</p><img src=a.jpg>", "html-no-text"),
]


@pytest.mark.parametrize(("body", "why"), REFUSED)
def test_a_page_without_text_says_why(body, why):
    assert code(f"<html><body>{body}</body></html>".encode()) == why


def test_a_frameset_is_refused():
    assert code(b'<html><frameset rows="*"><frame src="a.html"></frameset></html>') == "html-frames"


def test_a_short_report_with_an_attachment_is_read():
    assert len(lines(TEXT + "<a href='a.xlsx'>附表</a>")) > 4


# ---- nothing without end

DEEP = [
    "<div>" * 200_000,
    "<span>" * 200_000,
    "<table><tr><td>" * 100_000,
    "<p>" + "".join(f"<font size={i}>" for i in range(20_000)) + "</p>" + "<p>x</p>" * 20_000,
    "<svg><p>" + "<path/>" * 100_000 + "<p>x" * 100_000,
    "<ul><li>" * 100_000,
    # ends that only look like ends
    "<div><!--</div>-->" * 50_000,
    "<div title='</div>'>" * 50_000,
    "<div><script>'</div>'</script>" * 50_000,
    "<div><!x </div>" * 50_000,
    "<!--><div>" + "<div>" * 50_000 + "-->",
    '<div ="><div a==">' + "<div>" * 50_000 + '">',
    "<svg><title>" + "<div>" * 50_000,
    # each attribute is compared with all before it
    "<p " + " ".join(f"a{i}=b" for i in range(100_000)) + ">",
]


@pytest.mark.parametrize("body", DEEP, ids=lambda body: body[:12])
def test_what_a_parser_would_take_minutes_for_is_refused_at_once(body):
    begin = time.process_time()
    assert code(f"<html><body>{body}".encode()) == "html-deep"
    assert time.process_time() - begin < 20  # seconds; a hang would be minutes


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ("<style>" + "*{font-size:0}" * 3_000 + "</style>" + "<p>x</p>" * 3_000, "html-styles"),
        ("<style>" + "a b c d{font-size:0}" * 100_000 + "</style>" + "<p>x</p>" * 3_000, "html-styles"),
        ("<style>}" + " " * 300_000 + f"</style><p>{TEXT}</p>", ""),
    ],
    ids=["everywhere", "many", "spaces"],
)
def test_style_sheets_that_take_minutes_are_refused_or_read_at_once(body, refused):
    begin = time.process_time()
    if refused:
        assert code(f"<html><body>{body}".encode()) == refused
    else:
        assert lines(body)[-1] == "力量不足，仍需加强。"
    assert time.process_time() - begin < 1


def test_the_deepest_page_allowed_is_read():
    depth = DEEPEST_PAGE - 1
    assert lines("<div>" * depth + TEXT + "</div>" * depth)[-1] == "力量不足，仍需加强。"


def test_a_page_larger_than_any_report_is_refused():
    assert code(b"<html>" + b" " * LARGEST_PAGE) == "html-large"


def test_cells_over_very_many_columns_do_not_swell():
    row = "<tr>" + "<td colspan=1000 rowspan=1000>数，</td>" * 50 + "</tr>"
    assert sum(map(len, lines(f"<table>{row * 200}</table>"))) < 200 * (256 + 50) * 3


# ---- any report in any portal gives its own lines back

_WORDS = st.text("的年和在依法行政推进办理案件公开审批监督2023", min_size=1, max_size=12)
_SENTENCE = st.builds(lambda a, b, n: f"{a}，{b}{n}件。", _WORDS, _WORDS, st.integers(1, 999))
_PARAGRAPH = st.lists(_SENTENCE, min_size=1, max_size=4).map("".join)
_CELLS = st.lists(st.one_of(st.just(""), _WORDS), min_size=2, max_size=4)
_TABLE = st.lists(_CELLS, min_size=2, max_size=4)
_SECTION = st.tuples(_WORDS, st.lists(st.one_of(_PARAGRAPH, _TABLE), min_size=2, max_size=5))
_PORTALS = [
    "<div class=header><a href=/>首页</a><h1>某区人民政府</h1></div><div class=wrap><div class=con>{}</div></div><div class=footer>主办：某区</div>",
    "<table><tr><td><a href=/>首页</a></td><td><a href=/b>公开</a></td></tr></table><table><tr><td width=200><a href=c>导航</a></td><td><table><tr><td>{}</td></tr></table></td></tr></table><p>版权所有</p>",
    "<nav><a href=/>首页</a></nav><main><article>{}</article><aside><h3>相关阅读</h3><a href=d>某区2022年度法治政府建设报告</a></aside></main>",
]  # fmt: skip


def _block(block: str | list[list[str]], inline: str) -> str:
    if isinstance(block, str):
        first, rest = escape(block[:3]), escape(block[3:])
        return f"<p><{inline}>{first}</{inline}>{rest}</p>"
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<td><p>{c}</p></td>" for c in row) + "</tr>" for row in block)
        + "</table>"
    )


def _expected(block: str | list[list[str]]) -> list[str]:
    return [block] if isinstance(block, str) else ["\t".join(row) for row in block if any(row)]


@given(st.lists(_SECTION, min_size=1, max_size=5), st.sampled_from(_PORTALS), st.sampled_from(["span", "b", "font"]))
def test_a_report_in_a_portal_gives_its_own_lines_back(sections, portal, inline):
    html, expected = "", []
    for number, (heading, blocks) in enumerate(sections):
        numeral = f"{'一二三四五'[number]}、{heading}"
        # running text first: a page of tables alone is no report
        blocks = ["全年推进依法行政，各项工作取得新的成效，群众满意。", *blocks]
        html += f"<p><strong>{numeral}</strong></p>" + "\n".join(_block(block, inline) for block in blocks)
        expected += [numeral, *(line for block in blocks for line in _expected(block))]
    assert page_lines("a.html", f"<html><body>{portal.format(html)}</body></html>".encode())[0] == expected
