"""find_quantities: a table of (text, expected), the rows' own examples, and what must always hold."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from baogao.figures.numerals import read_han
from baogao.figures.quantity import find_quantities, find_quantities_on
from baogao.model import Bound, Direction, Doubt, Kind
from baogao.rules import load
from hypothesis import example, given
from hypothesis import strategies as st


def _short(text: str) -> list[str]:
    """Quotes with value, unit and what is not plain: '超340万人次=3400000人次 over'."""
    out = []
    for q in find_quantities(text):
        value = f"{q.value[0]:f}..{q.value[1]:f}" if isinstance(q.value, tuple) else f"{q.value:f}"
        marks = [q.bound.value] if q.bound is not Bound.EXACT else []
        marks += [q.kind.value] if q.kind is not Kind.LEVEL else []
        marks += [q.direction.value] if q.direction else []
        out.append(" ".join([f"{text[q.start : q.end]}={value}{q.unit}", *marks]))
    return out


STATED = [
    # digits: plain, separated, full-width, spaced, with multipliers
    ("受理79件", ["79件=79件"]),
    ("梳理事项1,136项", ["1,136项=1136项"]),
    ("梳理事项33，212项", ["33，212项=33212项"]),
    ("保留3 872项", ["3 872项=3872项"]),
    ("下沉事项１１８项", ["１１８项=118项"]),
    ("占比52．3％", ["52．3％=52.3% share"]),
    ("共 12 件", ["12 件=12件"]),
    ("发放3.2万余条", ["3.2万余条=32000条 over"]),
    ("惠及0.5万余元", ["0.5万余元=5000元 over"]),
    ("发放贷款1.5万亿元", ["1.5万亿元=1500000000000元"]),
    ("装机20468万千瓦", ["20468万千瓦=204680000千瓦"]),
    ("检验2.2万台(套)", ["2.2万台(套)=22000台(套)"]),
    ("活动80余场（次）", ["80余场（次）=80场(次) over"]),
    # numerals in characters
    ("纠正文件三十一件", ["三十一件=31件"]),
    ("投入三百二十万元", ["三百二十万元=3200000元"]),
    ("修改二百六十余件", ["二百六十余件=260件 over"]),
    ("悬挂百余条", ["百余条=100条 over"]),
    ("走访十几家", ["十几家=10家 over"]),
    ("两家法律服务所", ["两家=2家"]),
    ("开展两轮考试", ["两轮=2轮"]),
    ("聘请法律顾问一名，", ["一名=1名"]),
    # numerals that name two
    ("只有三四人", ["三四人=3..4人"]),
    ("配备十五六名", ["十五六名=15..16名"]),
    ("走访二三十户", ["二三十户=20..30户"]),
    ("走访一两百户", ["一两百户=100..200户"]),
    ("配备三五人", ["三五人=3..5人"]),
    # shares
    ("四分之三达到优秀", ["四分之三=75% share"]),
    ("合格率百分之九十八点五", ["百分之九十八点五=98.5% share"]),
    ("出庭率百分之百", ["百分之百=100% share"]),
    ("三分之二来自县乡", ["三分之二=66.67% share"]),
    ("死亡率为8.04‰", ["8.04‰=8.04‰ share"]),
    ("八成五案件", ["八成五=85% share"]),
    ("仍有近三成未开展", ["近三成=30% about share"]),
    ("配备率不足一半", ["不足一半=50% under share"]),
    ("过半领域推行清单", ["过半=50% over share"]),
    ("败诉率降至6.3%", ["6.3%=6.3% share"]),
    # bounds
    ("点击量超340万人次", ["超340万人次=3400000人次 over"]),
    ("播放量突破百万次", ["突破百万次=1000000次 over"]),
    ("不少于30场", ["不少于30场=30场 over"]),
    ("达95.5%以上", ["95.5%以上=95.5% over share"]),
    ("惠及百万户以上；", ["百万户以上=1000000户 over"]),
    ("约70%", ["约70%=70% about share"]),
    ("解答3千人次左右", ["3千人次左右=3000人次 about"]),
    ("不到三人", ["不到三人=3人 under"]),
    ("压缩至45天以内", ["45天以内=45天 under"]),
    ("签约20家", ["20家=20家"]),  # 约 of 签约 bounds nothing
    # changes
    ("较上年提高4.8个百分点", ["提高4.8个百分点=4.8个百分点 change up"]),
    ("同比下降7.5%", ["同比下降7.5%=7.5% change down"]),
    ("比上年下降[86]4.7%", ["下降[86]4.7%=4.7% change down"]),
    ("比上年下降近一成", ["下降近一成=10% about change down"]),
    ("较上年增加91件", ["增加91件=91件 change up"]),
    ("与上年相比，减少12件", ["减少12件=12件 change down"]),
    ("行政复议案件减少12件", ["减少12件=12件 change down"]),
    ("税收增加57亿元", ["增加57亿元=5700000000元 change up"]),
    ("优化流程，减少3个环节", ["3个=3个"]),
    ("贷款余额271.9亿元，增加16.3亿元", ["271.9亿元=27190000000元", "增加16.3亿元=1630000000元 change up"]),
    ("办理案件63件，增加3个窗口", ["63件=63件", "3个=3个"]),
    ("人口自然增长率5.2‰", ["5.2‰=5.2‰ share"]),
    ("增加91件", ["91件=91件"]),  # with nothing compared it only adds
    ("新增51项", ["51项=51项"]),
    ("公职律师增至9名", ["9名=9名"]),
    ("平均减少申报材料38%", ["38%=38% change down"]),
    ("增幅达12.3%", ["12.3%=12.3% change up"]),
    ("市州相差11.2个百分点", ["11.2个百分点=11.2个百分点 change"]),
    ("较上年度翻三番", ["翻三番=8倍 change up"]),
    ("产值翻番", ["翻番=2倍 change up"]),
    ("是上年的2.6倍", ["是上年的2.6倍=2.6倍 change up"]),
    ("同比增长1.1倍", ["同比增长1.1倍=1.1倍 change up"]),
    ("最低生活保障标准的1.5倍", ["1.5倍=1.5倍"]),
    ("浓度同比改善13%", ["同比改善13%=13% change"]),
    ("调解结案的过七成", ["过七成=70% over share"]),
    ("15日内办结", ["15日内=15日 under"]),
    ("办理时限由7日压缩至3日", ["7日=7日", "3日=3日"]),
    ("举办两期。", ["两期=2期"]),
    # from, to, lists, ranges
    ("由3个工作日压缩至1个工作日", ["3个工作日=3个工作日", "1个工作日=1个工作日"]),
    ("从89.5%至94%", ["89.5%=89.5% share", "94%=94% share"]),
    ("分别为5、9和3件", ["5=5件", "9=9件", "3件=3件"]),
    (
        "分别提高5.1个百分点、13.7个百分点",
        ["提高5.1个百分点=5.1个百分点 change up", "13.7个百分点=13.7个百分点 change up"],
    ),
    ("10—15个", ["10—15个=10..15个"]),
    ("3～5%", ["3～5%=3..5% share"]),
    ("3%～5%", ["3%～5%=3..5% share"]),
    ("咨询70至75万人次", ["70至75万人次=700000..750000人次"]),
    ("4省25市", ["4省=4省", "25市=25市"]),
    ("12345工单17件", ["17件=17件"]),
    # parts of one number
    ("处理1万2千件", ["1万2千件=12000件"]),
    ("投入3亿5千万元", ["3亿5千万元=350000000元"]),
    ("总量达3万多亿元", ["3万多亿元=3000000000000元 over"]),
    ("投入3亿5千万余元", ["3亿5千万余元=350000000元 over"]),
    # below nought
    ("自然增长率为-1.48‰", ["-1.48‰=-1.48‰ share"]),
    ("名单A-12人", ["12人=12人"]),
    # ratios and discounts
    ("男女比例为105∶100", ["105∶100=105:100 ratio"]),
    ("三次产业比例为12.3∶40.2∶47.5", ["12.3∶40.2∶47.5=12.3:40.2:47.5 ratio"]),
    ("由7：45：48调整为6：46：48", ["7：45：48=7:45:48 ratio", "6：46：48=6:46:48 ratio"]),
    ("收入比由2.5:1缩小到2.3:1", ["2.5:1=2.5:1 ratio", "2.3:1=2.3:1 ratio"]),
    ("比重为10.2%∶41.3%∶48.5%", ["10.2%∶41.3%∶48.5%=10.2:41.3:48.5 ratio"]),
    ("按1比1配套", ["1比1=1:1 ratio"]),
    ("占1/3", ["1/3=33.33% share"]),
    ("案件增加了1/3", ["增加了1/3=33.33% change up"]),
    ("占比达2/3以上", ["2/3以上=66.67% over share"]),
    ("审批时限压缩一半", ["压缩一半=50% change down"]),
    ("按八折收费", ["八折=80% share"]),
    ("打8.5折", ["8.5折=85% share"]),
    # no number is named
    ("走访数十家企业", ["数十家=20..90家"]),
    ("惠及几百人", ["几百人=200..900人"]),
    ("参加人数百余人", ["百余人=100人 over"]),
    ("2023年12件", ["12件=12件"]),
    # what is over stands behind the unit, or inside it
    ("案件下降两成多。", ["下降两成多=20% over change down"]),
    ("办件量是上年的3倍多。", ["是上年的3倍多=3倍 over change up"]),
    ("受理量翻了一番多。", ["翻了一番多=2倍 over change up"]),
    ("占比达20%余，", ["20%余=20% over share"]),
    ("占比20%多为女性", ["20%=20% share"]),
    ("历时3个多月", ["3个多月=3个月 over"]),
    ("历时一个多小时", ["一个多小时=1个小时 over"]),
    ("组织活动十来场", ["十来场=10场 over"]),
    ("群众二百三十来万人次", ["二百三十来万人次=2300000人次 over"]),
    ("走访30来户", ["30来户=30户 over"]),
    # halves
    ("查获卷烟一吨半", ["一吨半=1.5吨"]),
    ("历时两个半小时", ["两个半小时=2.5个小时"]),
    ("历时半个小时", ["半个小时=0.5个小时"]),
    ("增长1倍半", ["增长1倍半=1.5倍 change up"]),
    # a range whose unit stands twice
    ("罚款1万元—3万元", ["1万元—3万元=10000..30000元"]),
    ("每场30人～50人", ["30人～50人=30..50人"]),
    ("投资8000元至1万元", ["8000元至1万元=8000..10000元"]),
    ("气温2℃～5℃", ["2℃～5℃=2..5℃"]),
    ("增加3个至8个", ["3个=3个", "8个=8个"]),
    ("由5件-3件", ["5件=5件", "3件=3件"]),
    # 千 of the unit; sums of money
    ("装机五千千瓦", ["五千千瓦=5000千瓦"]),
    ("装机三万千瓦", ["三万千瓦=30000千瓦"]),
    ("用电三千千瓦时", ["三千千瓦时=3000千瓦时"]),
    ("罚款万零三千元", ["万零三千元=13000元"]),
    ("罚款十万零三百元", ["十万零三百元=100300元"]),
    ("没收壹拾万零叁仟肆佰伍拾叁元", ["壹拾万零叁仟肆佰伍拾叁元=103453元"]),
    ("罚款伍仟元整。", ["伍仟元整=5000元"]),
    ("罚款贰万圆", ["贰万圆=20000元"]),
    ("收费5元3角2分", ["5元3角2分=5.32元"]),
    ("收费三元五角", ["三元五角=3.5元"]),
    # units
    ("绿地180米²，", ["180米²=180米²"]),
    ("限速50公里每小时，", ["50公里每小时=50公里每小时"]),
    ("收费3元每吨。", ["3元每吨=3元每吨"]),
    # broken numbers
    ("提出意见 1 3 6 条", ["1 3 6 条=136条"]),
    ("占 9 8 . 5 %", ["9 8 . 5 %=98.5% share"]),
    ("提出意见13 6条", ["13 6条=136条"]),
    ("培训1\u200b136人次", ["1\u200b136人次=1136人次"]),
    ("截至 2023 12件", ["12件=12件"]),
    # an amount for each grows; one verb before two objects; a fall to a value
    ("低保每人每月提高60元", ["提高60元=60元 change up"]),
    ("养老金月人均增加150元", ["增加150元=150元 change up"]),
    ("亩均增收200元", ["增收200元=200元 change up"]),
    ("每人每月提高到560元", ["560元=560元"]),
    ("压减会议三成、文件两成", ["三成=30% change down", "两成=20% change down"]),
    ("压减会议30%、覆盖20%", ["30%=30% change down", "20%=20% share"]),
    ("降低成本15%", ["15%=15% change down"]),
    ("败诉率降到3.2%", ["3.2%=3.2% share"]),
]

UNSTATED = [
    "2023年",
    "2021—2025年",
    "2021年1-11月",
    "12月3日",
    "本月3日召开会议",
    "两期工程",
    "二〇二三年十二月",
    "9时30分",
    "2024-01-31 09:18",
    "“十四五”规划",
    "“八五”普法",
    "第五次会议",
    "第一批",
    "二十届三中全会",
    "十四届五次会议",
    "党的二十大",
    "前十名",
    "云市监发〔2024〕5号",
    "第十五条",
    "一是健全机制",
    "（一）",
    "1. ",
    "“七进”",
    "“1+3+N”",
    "12345热线",
    "PM2.5",
    "三重一大",
    "行政执法三项制度",
    "两代表一委员",
    "一把手",
    "一窗受理、一网通办",
    "40周岁以下的干部",
    "规模以上企业",
    "进一步统一",
    "唯一",
    "一定",
    "一系列",
    "队伍",
    "万一",
    "同一",
    "十分重要",
    "每万人",
    "一个问题",
    "未办理一件普通程序案件",
    "二期工程",
    "五台山",
    "《民法典实施3周年100问》",
    "三个方面",
    "列全市第4位",
    "排名上升3位",
    "亿元以上项目",
    "比赛3∶1获胜",
    "9∶18开始",
    "打折销售",
    "第一、二、三卷",
    "第1、2、3期",
    "六届七次、八次、九次全会精神",
    "半小时生活圈",
    "7/24小时",
    "比赛3∶1获胜",
    "队伍元旦期间",
]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_a_stated_number_is_read(text: str, expected: list[str]) -> None:
    assert _short(text) == expected


@pytest.mark.parametrize("text", UNSTATED)
def test_a_numeral_that_states_nothing_is_left(text: str) -> None:
    assert _short(text) == []


@pytest.mark.parametrize("text", UNSTATED)
def test_the_number_after_one_that_states_nothing_is_read(text: str) -> None:
    """Control case: what is left does not swallow its neighbour."""
    assert _short(f"{text}，受理79件")[-1] == "79件=79件"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17个所执法人员不足5人", ["17个=17个"]),
        ("2000万元以上项目52个", ["52个=52个"]),
        ("从业人员50人及以上的行业", []),
        ("35岁及以下占21.5%", ["21.5%=21.5% share"]),
        # control cases: the bound number is the statement
        ("真正办过案的不到三人", ["不到三人=3人 under"]),
        ("新增项目52个以上", ["52个以上=52个 over"]),
    ],
)
def test_a_threshold_that_qualifies_another_figure_is_left(text: str, expected: list[str]) -> None:
    assert _short(text) == expected


def _examples(key: str) -> Iterator[str]:
    rows: dict[str, Any] = load("quantities")
    for part in rows.values():
        for row in part if isinstance(part, list) else []:
            yield from row.get(key, []) if isinstance(row, dict) else []


@pytest.mark.parametrize("text", list(_examples("fits")))
def test_a_rule_fits_its_examples(text: str) -> None:
    assert _short(text)


@pytest.mark.parametrize("text", list(_examples("not")))
def test_a_rule_leaves_its_counterexamples(text: str) -> None:
    assert _short(text) == []


def test_no_unit_is_entered_twice() -> None:
    words = [word for row in load("units")["units"] for word in row["words"]]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("两千零五", 2005),
        ("三百五", 350),
        ("三百零五", 305),
        ("一亿三千万", 130_000_000),
        ("两万亿", 2 * 10**12),
        ("廿一", 21),
        ("二〇二三", 2023),
        ("三点一四", Decimal("3.14")),
        ("百百", None),
        ("一二三", None),
        ("二六", None),
    ],
)
def test_a_numeral_in_characters_is_read_or_refused(text: str, value: Any) -> None:
    assert read_han(text) == value


ALPHABET = st.sampled_from(
    list('0123456789０９.,，．% ％‰—-～至到、和及。；:：“”"《》()（）+×')
    + list("零〇一二两三四五六七八九十百千万亿廿余多几点半成分之第每前")
    + ["个", "件", "万元", "个百分点", "倍", "翻", "番", "同比", "增长", "下降", "较上年"]
    + ["分别为", "超", "近", "约", "不足"]
    + ["以上", "左右", "年", "月", "日", "由", "是上年的", "的", "人次", "项", "工作", "\t", "\n", "字"]
)


@given(st.lists(ALPHABET, max_size=24).map("".join) | st.text(max_size=40))
@example("一分之一分之一")
@example("千百万余万亿件")
def test_spans_lie_in_order_in_the_text_and_are_not_empty(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start <= quantity.numeral < quantity.end <= len(text)
        assert quantity.unit
        assert quantity.direction in (None, *Direction)
        assert quantity.direction is None or quantity.kind is Kind.CHANGE
        if isinstance(quantity.value, tuple):
            assert quantity.value[0] < quantity.value[1]
        end = quantity.end


@pytest.mark.parametrize(
    ("text", "quote", "value", "bound"),
    [
        ("参加人数 320 余人", "320 余人", 320, "over"),
        ("办理超 3 万件", "超 3 万件", 30000, "over"),
        ("近 20 人参加", "近 20 人", 20, "about"),
        ("不少于 3 期", "不少于 3 期", 3, "over"),
        ("每组 3 至 5 名", "3 至 5 名", (3, 5), "exact"),
        ("办结率达 98.5 %以上", "98.5 %以上", Decimal("98.5"), "over"),
    ],
)
def test_spaces_round_a_number_change_nothing(text, quote, value, bound):
    (found,) = find_quantities(text)
    assert (text[found.start : found.end], found.value, found.bound) == (quote, value, bound)


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("全年网办率达9", "8.5%，培训1,1", [("8.5%", "98.5", "broken")]),
        ("8.5%，培训1,1", "36人次，发函", [("36人次", "1136", "broken")]),
        ("减负3.", "5万元。", [("5万元", "35000", "broken")]),
        ("减负3亿", "5千万元。", [("5千万元", "350000000", "broken")]),
        ("网办率达98.5", "%。", [("%", "98.5", "broken")]),
        ("分别为3件、1", "2件", [("2件", "12", "broken")]),
        # nothing was broken
        ("网办率达98.5%，", "12件。", [("12件", "12", None)]),
        ("办理12件", "12件。", [("12件", "12", None)]),
        ("12", "12件。", [("12件", "12", None)]),
        ("网办率达9", "人员12人", [("12人", "12", None)]),
    ],
)
def test_a_number_that_the_end_of_a_line_broke_is_whole_and_told(before, text, expected):
    found = find_quantities_on(before, text)
    assert [(text[q.start : q.end], f"{q.value:f}", q.doubt) for q in found] == expected


def test_a_version_is_no_figure_and_parts_that_do_not_fall_are_not_read_by_half():
    assert find_quantities("平台2.0版上线") == ()
    assert find_quantities("处理1千2万件") == ()


@pytest.mark.parametrize(
    ("text", "inclusive"),
    [("95%以上", True), ("不低于5件", True), ("至少5件", True), ("5天以内", True), ("不超过5件", True)]
    + [("超5件", False), ("5万余件", False), ("5万多件", False), ("突破5万件", False), ("不足5件", False)]
    + [("约5件", None), ("5件", None), ("5万余件以上", True)],
)
def test_a_bound_says_whether_the_number_itself_is_meant(text, inclusive):
    (found,) = find_quantities(text)
    assert found.inclusive is inclusive


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("走访数十家企业", Doubt.INDEFINITE),
        ("惠及近百户", Doubt.ROUND),
        ("抽查两个部门", Doubt.COUNTING),
        ("浓度改善13%", Doubt.SIDE),
        ("办理63件", None),
        ("办理百余件", None),
        ("办理 1 3 6 件", Doubt.BROKEN),
        ("办理13 6件", Doubt.BROKEN),
        ("办理3 872件", None),
        ("办理1\u200b136件", None),
    ],
)
def test_an_uncertain_number_says_why(text, doubt):
    (found,) = find_quantities(text)
    assert found.doubt is doubt


def test_a_unit_has_one_dimension_and_every_word_of_the_table_is_a_unit():
    units = {word for row in load("units")["units"] for word in row["words"]}
    words = [word for row in load("units")["dimensions"] for word in row["words"]]
    assert len(words) == len(set(words)) and set(words) <= units
    assert {q.dimension for q in find_quantities("86人办理63件，占3.5%，提高2个百分点，比例3∶1，发放5块")} == {
        "people",
        "cases",
        "percent",
        "points",
        "ratio",
        "things",
    }


def test_what_the_end_of_a_line_broke_never_begins_before_its_text():
    """20 and 16年的2.6倍: the base of the ratio begins on the line above, its number below. It broke the report."""
    found = find_quantities_on("总量是20", "16年的2.6倍、2.9倍")
    assert [(one.start, one.value) for one in found] == [(0, Decimal("2.6")), (9, Decimal("2.9"))]
