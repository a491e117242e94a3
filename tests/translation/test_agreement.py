"""find_numbers and disagreements: tables, the rows' own examples, official pairs, and what must always hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from baogao.figures.quantity import find_quantities
from baogao.model import Bound
from baogao.rules import load
from baogao.translation.agreement import disagreements
from baogao.translation.numbers import find_numbers
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st

PAIRS = ROOT / "tests/fixtures/pairs.jsonl"  # where they come from: pairs.README.md


def _short(text: str) -> list[str]:
    """Quotes with value, unit and bound: 'more than 3.4 million=3400000 over'."""
    out = []
    for n in find_numbers(text):
        value = f"{n.value[0]:f}..{n.value[1]:f}" if isinstance(n.value, tuple) else f"{n.value:f}"
        unit = n.unit if n.unit in ("", "%", "‰") or n.unit[0] == ":" else f" {n.unit}"
        out.append(
            f"{text[n.start : n.end]}={value}{unit}" + (f" {n.bound.value}" if n.bound is not Bound.EXACT else "")
        )
    return out


STATED = [
    # digits, scales, money
    ("1,234 cases", ["1,234=1234"]),
    ("3.4 million views", ["3.4 million=3400000"]),
    ("21.5 billion yuan", ["21.5 billion yuan=21500000000 yuan"]),
    ("US$1.2 trillion", ["US$1.2 trillion=1200000000000 dollars"]),
    ("a 100-billion-yuan fund", ["100-billion-yuan=100000000000 yuan"]),
    ("3.4bn yuan", ["3.4bn yuan=3400000000 yuan"]),
    ("5km of roads", ["5km=5 kilometers"]),
    ("2000 yuan", ["2000 yuan=2000 yuan"]),
    ("fees, 5.", ["5=5"]),
    # rates
    ("98.5%", ["98.5%=98.5%"]),
    ("98.5 percent", ["98.5 percent=98.5%"]),
    ("7 percentage points", ["7 percentage points=7 points"]),
    ("0.5 of a percentage point", ["0.5 of a percentage point=0.5 points"]),
    ("8.04 per thousand", ["8.04 per thousand=8.04‰"]),
    ("dropped by 6.61 and 8.95 percent", ["6.61=6.61%", "8.95 percent=8.95%"]),
    ("a ratio of 105:100", ["105:100=105:100"]),
    ("the sectors stood at 12.3:40.2:47.5", ["12.3:40.2:47.5=12.3:40.2:47.5"]),
    # words
    ("twenty-five cases", ["twenty-five=25"]),
    ("a hundred households", ["a hundred=100"]),
    ("two hundred and five thousand people", ["two hundred and five thousand=205000"]),
    ("one hundred and twenty million", ["one hundred and twenty million=120000000"]),
    ("one million and three million yuan", ["one million=1000000 yuan", "three million yuan=3000000 yuan"]),
    ("passed the million mark", ["passed the million=1000000 over"]),
    ("dozens of firms", ["dozens=20..90"]),
    ("hundreds of thousands of people", ["hundreds of thousands=200000..900000"]),
    ("two-thirds of the cases", ["two-thirds=66.67%"]),
    ("a third of them", ["a third=33.33%"]),
    ("less than half", ["less than half=50% under"]),
    ("one in five", ["one in five=20%"]),
    ("nine out of ten", ["nine out of ten=90%"]),
    ("more than eight in ten", ["more than eight in ten=80% over"]),
    ("doubled", ["doubled=2 times"]),
    ("more than tripled", ["more than tripled=3 times over"]),
    ("a twofold rise", ["twofold=2 times"]),
    ("eight times the figure", ["eight times=8 times"]),
    ("quadruple output", ["quadruple=4 times"]),
    ("two and a half years", ["two and a half years=2.5 years"]),
    ("Fifteen key industries", ["Fifteen=15"]),
    # ranges
    ("10 to 15 cases", ["10 to 15=10..15"]),
    ("10-15 people", ["10-15=10..15"]),
    ("10 to 15 million", ["10 to 15 million=10000000..15000000"]),
    ("between 8 and 10 percent", ["8 and 10 percent=8..10%"]),
    ("from 7 to 3 working days", ["7=7 days", "3 working days=3 days"]),
    ("from over 9,000 to 25,000 kilometers", ["over 9,000=9000 kilometers over", "25,000 kilometers=25000 kilometers"]),
    # bounds
    ("more than 3.4 million", ["more than 3.4 million=3400000 over"]),
    ("over 80 percent", ["over 80 percent=80% over"]),
    ("at least 30", ["at least 30=30 over"]),
    ("30 cases or more", ["30 cases or more=30 over"]),
    ("exceeded US$ 1.52 trillion", ["exceeded US$ 1.52 trillion=1520000000000 dollars over"]),
    ("nearly 6 million", ["nearly 6 million=6000000 about"]),
    ("about 70%", ["about 70%=70% about"]),
    ("around 20 people", ["around 20=20 about"]),
    ("less than 5%", ["less than 5%=5% under"]),
    ("up to 5 days", ["up to 5 days=5 days under"]),
    ("no more than 5 days", ["no more than 5 days=5 days under"]),
    ("not exceeding 5%", ["not exceeding 5%=5% under"]),
    ("340 million users and over 5.5 million kilometers", ["340 million=340000000", "over 5.5 million kilometers=5500000 kilometers over"]),
    # no bounds
    ("turned over 4.25 trillion yuan", ["4.25 trillion yuan=4250000000000 yuan"]),
    ("bringing the total up to 152.1 billion", ["152.1 billion=152100000000"]),
    ("100 cities at or above the prefecture level", ["100=100"]),
    ("up 8% over last year", ["8%=8%"]),
]  # fmt: skip

UNSTATED = [
    "January 25, 2024",
    "25 January 2024",
    "in 2023",
    "from 2006 through 2020",
    "the 1990s",
    "the 14th Five-Year Plan",
    "the 13th",
    "the second and third rounds",
    "the “seven entries” campaign",
    "the 12345 hotline",
    "Document No. 5",
    "Article 24",
    "PM2.5",
    "5G",
    "COVID-19",
    "the G20",
    "a 1+3+N system",
    "mediation[12] went on",
    "the Four Consciousnesses",
    "the Three Gorges",
    "one of them",
    "help one another",
    "a man",
    "in the second half of the year",
    "in the first three quarters",
    "double-digit growth",
    "at 9:30",
]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_a_stated_number_is_read(text: str, expected: list[str]) -> None:
    assert _short(text) == expected


@pytest.mark.parametrize("text", UNSTATED)
def test_what_states_no_number_is_left(text: str) -> None:
    assert _short(text) == []


@pytest.mark.parametrize("text", UNSTATED)
def test_the_number_after_one_that_states_nothing_is_read(text: str) -> None:
    """Control case: what is left does not swallow its neighbour."""
    assert _short(f"{text}; 79 cases") == ["79=79"]


def test_a_bound_says_whether_the_number_itself_is_meant() -> None:
    texts = ["at least 5", "5 or more", "up to 5", "more than 5", "less than 5", "about 5", "5"]
    assert [find_numbers(text)[0].inclusive for text in texts] == [True, True, True, False, False, None, None]


def _examples(key: str) -> Iterator[str]:
    rows: dict[str, Any] = load("english")
    for name in ("multipliers", "indefinite", "before", "behind", "nothing"):
        for row in rows[name]:
            yield from row.get(key, [])


@pytest.mark.parametrize("text", list(_examples("fits")))
def test_a_rule_fits_its_examples(text: str) -> None:
    assert _short(text)


@pytest.mark.parametrize("text", list(_examples("not")))
def test_a_rule_leaves_its_counterexamples(text: str) -> None:
    assert _short(text) == []


CONVERSIONS = load("english")["conversions"]


@pytest.mark.parametrize(("zh", "en"), [case for row in CONVERSIONS for case in row.get("fits", [])])
def test_a_conversion_fits_its_examples(zh: str, en: str) -> None:
    assert _kinds(zh, en) == []


@pytest.mark.parametrize(("zh", "en"), [case for row in CONVERSIONS for case in row.get("not", [])])
def test_a_conversion_leaves_its_counterexamples(zh: str, en: str) -> None:
    assert _kinds(zh, en) == ["missing", "added"]


# -------------------------------------------------------------------------------------------- agreement


def _kinds(zh: str, en: str) -> list[str]:
    return [d.kind.value for d in disagreements(zh, en)]


AGREED = [
    ("三次产业比例为12.3∶40.2∶47.5", "the three sectors stood at 12.3:40.2:47.5"),
    ("收费3元每吨", "a charge of 3 yuan per tonne"),
    ("点击量超340万人次", "more than 3.4 million views"),
    ("投入3.2亿元", "320 million yuan was invested"),
    ("办理行政复议案件974件", "974 cases of administrative reconsideration were handled"),
    ("两家法律服务所", "2 legal service offices"),
    ("两家法律服务所", "two legal service offices"),
    ("较上年度翻三番", "eight times the figure of the previous year"),
    ("产值翻番", "output doubled"),
    ("产值翻两番", "output quadrupled"),
    ("同比增长1.8倍", "up 180% year on year"),
    ("同比增长1.8倍", "2.8 times the figure of the year before"),
    ("是上年的2.6倍", "2.6 times that of the previous year"),
    ("近三成未开展", "nearly 30% did not"),
    ("三分之二来自县乡", "two thirds came from counties and townships"),
    ("三分之二来自县乡", "66.7 percent came from counties and townships"),
    ("配备率不足一半", "less than half of the posts were filled"),
    ("提高4.8个百分点", "up 4.8 percentage points"),
    ("死亡率为8.04‰", "a death rate of 8.04 per thousand"),
    ("达95.5%以上", "at least 95.5%"),
    ("压缩至45天以内", "cut to within 45 days"),
    ("由7个工作日压缩至3个工作日", "cut from seven working days to three"),
    ("10—15个", "10 to 15"),
    ("走访数十家企业", "dozens of enterprises were visited"),
    ("分别为5、9和3件", "5, 9 and 3 respectively"),
    ("下降2%左右和5%左右", "down around 2% and 5% respectively"),
    ("低于13%左右的目标", "below our target of around 13 percent"),
    ("造林1亿亩", "6.67 million hectares were planted"),
    ("每斤提高3分钱", "raised by 0.06 yuan per kilogram"),
    ("压缩至1个工作日", "cut to a single working day"),
    ("将肺癌等12类大病纳入", "lung cancer and 11 other major diseases"),
    ("减少1/3以上", "cut by over one third"),
    ("连续7年增产", "the seventh consecutive yearly increase"),
    ("庆祝成立70周年", "celebrate the 70th anniversary"),
    ("2023年受理79件", "79 cases were accepted in 2023"),
    ("“十四五”规划，二十国集团，5G", "the 14th Five-Year Plan, the G20, 5G"),
    ("落实三项制度", "the three systems were put in place"),
    ("三方面工作", "work in several areas"),
    ("12345工单17件", "17 orders of the 12345 hotline"),
    ("所有事项上网", "100% of the items are online"),
    ("受理79件，其中79件办结", "all of the 79 cases accepted were closed"),
]  # fmt: skip


@pytest.mark.parametrize(("zh", "en"), AGREED)
def test_a_faithful_translation_agrees(zh: str, en: str) -> None:
    assert disagreements(zh, en) == ()


DIFFERENT = [
    ("三次产业比例为12∶40∶48", "the three sectors stood at 12:41:47", ["missing", "added"]),
    ("点击量超340万人次", "3.4 million views", ["bound"]),
    ("点击量340万人次", "more than 3.4 million views", ["bound"]),
    ("点击量超340万人次", "nearly 3.4 million views", ["bound"]),
    ("点击量超340万人次", "more than 34 million views", ["missing", "added"]),
    ("受理974件", "947 cases were accepted", ["missing", "added"]),
    ("受理974件", "cases were accepted", ["missing"]),
    ("机制健全", "12 mechanisms were improved", ["added"]),
    ("较上年度翻三番", "tripled from the previous year", ["missing"]),
    ("同比增长1.8倍", "1.8 times the figure of the year before", ["missing", "added"]),
    ("提高4.8个百分点", "up 4.8 percent", ["missing", "added"]),
    ("合格率98.5%", "98.5 cases", ["missing", "added"]),
    ("三分之二来自县乡", "one third came from counties", ["missing", "added"]),
    ("造林15亩", "15 hectares were planted", ["missing", "added"]),
    ("两家法律服务所", "3 legal service offices", ["added"]),
    ("压缩至3个工作日", "cut to two working days", ["missing"]),
    ("减贫551万农村人口", "rural people were lifted out of poverty", ["missing"]),
    ("受理79件，办结63件", "79 cases were accepted, 79 closed", ["missing"]),
    ("投入320万元", "$3.2 million was invested", ["missing", "added"]),
]


@pytest.mark.parametrize(("zh", "en", "expected"), DIFFERENT)
def test_a_figure_that_differs_is_told(zh: str, en: str, expected: list[str]) -> None:
    assert _kinds(zh, en) == expected


def test_a_disagreement_quotes_what_differs_and_says_what_was_expected() -> None:
    found = disagreements("点击量超340万人次", "34 million views")
    assert [(d.kind.value, d.quote, d.expected) for d in found] == [
        ("missing", "超340万人次", "more than 3.4 million"),
        ("added", "34 million", ""),
    ]


def test_figures_given_are_those_that_must_stand() -> None:
    zh, en = "受理七十九件，办结六十三件", "63 cases were closed"
    assert _kinds(zh, en) == ["missing"]
    assert disagreements(zh, en, find_quantities(zh)[1:]) == ()


ROWS = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]


def test_official_translations_seldom_alarm() -> None:
    alarms = [row["en"] for row in ROWS if disagreements(row["zh"], row["en"])]
    assert len(ROWS) == 200 and len(alarms) <= 6, alarms


def test_a_dropped_english_sentence_alarms_wherever_the_chinese_has_digits_with_a_multiplier() -> None:
    for row in ROWS:
        if any("万" in row["zh"][q.start : q.end] for q in find_quantities(row["zh"])):
            assert disagreements(row["zh"], "The work went on."), row["zh"]


BOUNDS = [("", ""), ("超", "more than "), ("近", "nearly "), ("不足", "less than "), ("约", "about ")]


@st.composite
def _rendered(draw: st.DrawFn) -> tuple[str, str, str]:
    """A Chinese figure, its English number, and the English with one digit changed."""
    bound, phrase = draw(st.sampled_from(BOUNDS))
    count = draw(st.integers(11, 9999))
    zh, number = draw(
        st.sampled_from(
            [
                (f"{count}件", f"{count:,}"),
                (f"{count}万人次", f"{Decimal(count) / 100} million"),
                (f"{count}亿元", f"{Decimal(count) / 10} billion yuan"),
                (f"{Decimal(count) / 100}%", f"{Decimal(count) / 100} percent"),
            ]
        )
    )
    place = draw(st.sampled_from([n for n, c in enumerate(number) if c.isdigit()]))
    digit = draw(st.sampled_from([d for d in "123456789" if d != number[place]]))
    return (
        f"共有{bound}{zh}。",
        f"The total was {phrase}{number}.",
        f"The total was {phrase}{number[:place]}{digit}{number[place + 1 :]}.",
    )


@given(_rendered())
@example(("共有2000件。", "The total was 2,000.", "The total was 2,001."))
def test_a_number_and_its_rendering_agree_and_a_changed_digit_is_caught(case: tuple[str, str, str]) -> None:
    zh, right, wrong = case
    assert disagreements(zh, right) == ()
    assert "missing" in _kinds(zh, wrong)


ALPHABET = st.sampled_from(
    list("0123456789.,%$¥-–:/+[]()“”\"' \n")
    + ["one", "five", "ten", "twenty", "hundred", "thousand", "million", "and", "a", "the", "to", "or more", "half"]
    + ["more than", "over", "up to", "percent", "percentage points", "times", "third", "dozens", "doubled", "in 2023"]
    + ["yuan", "hectares", "between", "from", "other", "G20", "May", "No.", "word", "Three", "Gorges", " "]
)
HAN = st.sampled_from(
    list("０１％．0123456789.,%一二三十百千万亿两半成分之第余多超近约以上件元亩倍翻番年月“”（）/-")
    + ["个百分点", "增长"]
)


@given(
    st.lists(ALPHABET, max_size=24).map(" ".join) | st.lists(ALPHABET, max_size=24).map("".join) | st.text(max_size=40)
)
@example("9" * 40 + " trillion")
@example("1/0")
def test_spans_lie_in_order_in_the_text_and_are_not_empty(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert end <= number.start < number.end <= len(text)
        assert not isinstance(number.value, tuple) or number.value[0] < number.value[1]
        end = number.end


@given(st.lists(HAN, max_size=20).map("".join), st.lists(ALPHABET, max_size=20).map(" ".join))
def test_whatever_is_compared_every_disagreement_quotes_the_sentence(zh: str, en: str) -> None:
    for found in disagreements(zh, en):
        assert found.quote and found.quote in (en if found.kind == "added" else zh)
        assert bool(found.expected) is (found.kind != "added")
