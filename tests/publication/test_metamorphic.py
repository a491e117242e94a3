"""The first report changed in ways that change nothing that matters: same tree, same facts but for the change."""

from __future__ import annotations

import re

import pytest
from baogao.publication.publication import Publication, understand
from conftest import PRACTICE, SEED

ORIGINAL = SEED.read_bytes().decode()


def of(text: str) -> Publication:
    return understand("a.txt", text.encode())


def tree(publication: Publication) -> list[tuple[str, int, str | None, str]]:
    return [(s.id, s.level, s.heading and s.heading.text, s.role) for s in publication.report.walk()]


def shape(publication: Publication) -> list[tuple[str, int, bool, str]]:
    """The tree without its words."""
    return [(s.id, s.level, s.heading is None, s.role) for s in publication.report.walk()]


def facts(publication: Publication) -> list[tuple[object, ...]]:
    return [(f.sentence, f.value, f.unit, f.bound, f.kind, f.direction) for f in publication.figures]


@pytest.fixture(scope="module")
def original() -> Publication:
    return of(ORIGINAL)


def test_other_names_change_no_tree_and_no_fact(original):
    names = {
        "长沙市望城区": "平洲市东岭县", "望城区": "东岭县", "望城": "东岭", "长沙": "平洲", "湖南日报": "江北日报", "湖南": "江北",
        "雷锋": "春风", "湘易办": "江办通", "望企荟": "企业汇", "桥驿镇": "石桥镇", "江西萍乡安源": "云西平乡安原", "山东德州乐陵": "海东德洲乐岭",
    }  # fmt: skip
    text = ORIGINAL
    for name, other in names.items():
        text = text.replace(name, other)
    changed = of(text)
    assert shape(changed) == shape(original)
    assert facts(changed) == facts(original)
    assert changed.given("place") == "平洲市东岭县" and changed.given("issuer") == "平洲市东岭县人民政府"
    assert changed.id == "dongling-2023"


def test_another_year_changes_only_the_year(original):
    changed = of(ORIGINAL.replace("2024", "2020").replace("2023", "2019"))
    assert shape(changed) == shape(original) and facts(changed) == facts(original)
    assert (changed.id, changed.published) == ("wangcheng-2019", "2020-01-31")


def test_full_width_marks_change_no_tree_and_no_fact(original):
    wide = str.maketrans({",": "，", ":": "：", ";": "；", "(": "（", ")": "）"})
    changed = of(ORIGINAL.translate(wide))
    assert shape(changed) == shape(original)
    assert facts(changed) == facts(original)
    assert changed.published == original.published and changed.given("source") == original.given("source")


def test_without_subsections_the_items_hang_under_their_section(original):
    changed = of(re.sub(r"(?m)^\([一二三四]\).*\n\n", "", ORIGINAL))
    assert [s.id for s in changed.report.sections] == ["1", "2", "3", "4"]
    assert len([s for s in changed.report.walk() if s.level == 3]) == len(
        [s for s in original.report.walk() if s.level == 3]
    )
    assert [s.level for s in changed.report.walk() if s.level == 2] == []
    assert [fact[1:] for fact in facts(changed)] == [fact[1:] for fact in facts(original)]


def test_without_brackets_before_them_subsections_stay(original):
    assert tree(of(re.sub(r"(?m)^\(([一二三四]\))", r"\1", ORIGINAL))) == tree(original)


def test_other_figures_are_read_as_they_stand(original):
    text, expected = ORIGINAL, []
    for figure in reversed(original.figures):
        digits = re.search(r"\d+", figure.quote)
        if not digits:
            expected.append((figure.unit, figure.value))
            continue
        other = str(int(digits[0]) + 2)
        at = figure.start + digits.start()
        text = text[:at] + other + text[at + len(digits[0]) :]
        expected.append((figure.unit, figure.value + 2 * (10000 if "万" in figure.quote else 1)))
    changed = of(text)
    assert tree(changed) == tree(original)
    assert [(f.unit, f.value) for f in changed.figures] == expected[::-1]


@pytest.mark.parametrize(
    "path", [p for p in PRACTICE if p.name[:2] in ("01", "02", "03", "05", "06", "08")], ids=lambda p: p.name[:2]
)
def test_inside_another_portals_chrome_the_report_is_the_same(path, original):
    """Head and tail of another page put round the text; its title, dates and signature go, the text stays."""
    from baogao.model import Part
    from baogao.readers.source import read

    other = read(path.name, path.read_bytes())
    first, last = other.body[0].start, max(line.end for line in other.body)
    last = max([last, *(s.end for s in other.segments if s.part is Part.SIGNATURE)])
    body = original.report.source.body
    own = ORIGINAL[body[0].start : body[-1].end]
    changed = of(other.text[:first] + own + "\n\n长沙市望城区人民政府\n\n2024年1月25日\n" + other.text[last:])
    assert [row[:3] for row in tree(changed)] == [row[:3] for row in tree(original)]
    assert facts(changed) == facts(original)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_change_no_tree_and_no_fact(end, original):
    changed = of(ORIGINAL.replace("\n", end))
    assert tree(changed) == tree(original) and facts(changed) == facts(original)


def test_indents_change_no_tree_and_no_fact(original):
    changed = of(re.sub(r"(?m)^(?=\S)", "\u3000\u3000", ORIGINAL))
    assert tree(changed) == tree(original) and facts(changed) == facts(original)


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\xad", "\u2060"])
def test_characters_of_no_width_change_no_tree_and_no_fact(mark, original):
    text = re.sub(r"(?m)^(?=[一二三四(])", mark, ORIGINAL)  # before a numeral
    text = re.sub("。(?=[一二三四]是)", "。" + mark, text)  # before an item in a paragraph
    text = re.sub(r"(?m)^(\W?[一二三四]、)", rf"\1{mark}", text)  # behind a numeral
    changed = of(text)
    assert tree(changed) == tree(original)
    assert [f.value for f in changed.figures] == [f.value for f in original.figures]


def test_spaces_round_numbers_change_no_fact(original):
    changed = of(re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", ORIGINAL))
    assert [fact[1:] for fact in facts(changed)] == [fact[1:] for fact in facts(original)]
