"""What there is too much of is refused in one line; what was slow in the square of its length is not any more."""

from __future__ import annotations

import time

import pytest
from baogao.figures.quantity import find_quantities
from baogao.messages import worded
from baogao.model import ReportError
from baogao.publication import limits
from baogao.publication.publication import understand
from baogao.publication.sidecar import read_sidecar
from baogao.relations.instruments import named
from baogao.relations.tensions import tensions
from baogao.site.page import converted
from baogao.site.pages import files
from baogao.translation.terms import COLUMNS, read_terms

HEAD = (
    "某某市清河区2023年度法治政府建设情况报告\n2023年，全区认真开展法治政府建设各项工作。现报告如下。\n一、工作成效\n"
)
SHORT = HEAD + "（一）依法行政\n办理案件12件，审结9件。\n（二）培训\n开展培训3次。\n"


@pytest.mark.parametrize(
    ("limit", "most", "code", "line"),
    [
        ("LONGEST_LINE", 15, "limit-line", 2),
        ("MOST_PAGES", 2, "limit-pages", 0),
        ("MOST_PASSAGES", 5, "limit-passages", 0),
        ("MOST_FIGURES", 2, "limit-figures", 0),
    ],
)
def test_more_than_a_limit_is_refused_and_as_much_is_read(monkeypatch, limit, most, code, line):
    understand("a.txt", SHORT.encode())
    monkeypatch.setattr(limits, limit, most)
    monkeypatch.setattr(limits, "MOST_TOGETHER", 3)
    with pytest.raises(ReportError) as raised:
        understand("a.txt", SHORT.encode())
    (finding,) = raised.value.findings
    assert (finding.code, finding.line) == (code, line)
    assert f"{most:,}" in worded(finding, "en") and f"{most:,}" in worded(finding, "zh")
    monkeypatch.setattr(limits, limit, int(finding.met))
    understand("a.txt", SHORT.encode())


def test_much_of_two_things_is_as_much_as_the_limit_of_one(monkeypatch):
    publication = understand("a.txt", SHORT.encode())
    pages, figures = sum(1 for _ in publication.report.walk()), len(publication.figures)
    monkeypatch.setattr(limits, "MOST_PAGES", 2 * pages)
    monkeypatch.setattr(limits, "MOST_FIGURES", 2 * figures + 1)
    understand("a.txt", SHORT.encode())
    monkeypatch.setattr(limits, "MOST_FIGURES", 2 * figures - 1)
    with pytest.raises(ReportError) as raised:
        understand("a.txt", SHORT.encode())
    (finding,) = raised.value.findings
    assert finding.code == "limit-together" and finding.met.endswith(f" + {figures}")


def seconds(work) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def test_a_run_of_numerals_is_looked_at_once():
    text = "一" * 3_000
    assert seconds(lambda: find_quantities(text)) < 0.2
    assert [found.value for found in find_quantities("办理" + "一" * 40 + "件。办理三件。")] == [3]


@pytest.mark.parametrize("clause", ["—" * 90, "制度" + "大" * 90, "执法力量" + "较大" * 40])
def test_a_clause_of_one_word_is_looked_at_once(clause):
    """Words that are two others in a row made as many ways to read a clause as 2 has powers."""
    publication = understand("a.txt", (HEAD + f"{clause}，办理案件。\n").encode())
    assert seconds(lambda: list(tensions(publication))) < 1


def test_of_thousands_of_statements_few_are_compared():
    """Each that is wanting was compared with each that is better."""
    names = [chr(0x4E00 + i) + chr(0x5E00 + i) for i in range(2_000)]
    better = "".join(f"{one}执法力量明显增强。\n" for one in names[:-1])
    lacking = "".join(f"{one}管理能力薄弱。\n" for one in names[:-1])
    text = f"{HEAD}{better}{names[-1]}执法力量明显增强。\n二、存在的不足\n{lacking}{names[-1]}执法力量薄弱。\n"
    publication = understand("a.txt", text.encode())
    found: list = []
    assert seconds(lambda: found.extend(tensions(publication))) < 2
    assert [one.about for one in found] == [f"{names[-1]}执法力量"]


@pytest.mark.parametrize(
    "wrong",
    [
        "links:\n" + "- {from: s1, to: s2, why: x}\n" * 2_000,
        "corrections:\n" + "- {date: 2024-01-01, id: s1-x, was: a, now: b, why: c}\n" * 2_000,
    ],
)
def test_of_a_thousand_ids_that_are_nowhere_some_are_told(wrong):
    """For each of them the nearest of all ids was looked for."""
    text = (HEAD + "办理案件。\n" * 500).encode()

    def told() -> int:
        try:
            findings = understand("a.txt", text, read_sidecar("a.yml", wrong.encode())).findings
        except ReportError as error:
            findings = error.findings
        return sum(one.code in ("sidecar-link", "notice-id") for one in findings)

    assert seconds(lambda: understand("a.txt", text)) + 1 > seconds(told)
    assert 0 < told() <= 20


def test_brackets_within_brackets_are_no_titles_of_thousands_of_characters():
    assert max(len(one.name) for one in named("《甲" * 1_000 + "》" * 1_000)) <= 200


def test_a_row_of_a_figure_shows_what_stands_round_it_in_a_very_long_sentence():
    """Each of a thousand figures of a sentence opened all of it: 31 MB of one page of 12,000 characters."""
    made = files([understand("a.txt", (HEAD + "和1件" * 600 + "。\n").encode())])
    page = next(file.content for file in made if file.path == "zh/qinghe-2023/figures.md").decode()
    assert len(page) < 1_600 * 600
    assert "…" in page and page.count("<mark>1件</mark>") >= 600


def test_a_line_of_marks_that_are_entities_is_converted_at_once():
    """Each of them copied the rest of its line."""
    row = "&#92;" * 25_000
    begin = time.process_time()
    made = converted(f"甲{row}乙")
    assert time.process_time() - begin < 1 and made == f"<p>甲{row}乙</p>"


def test_a_termbase_that_is_too_large_is_refused_before_its_rows_are_read():
    row = "项目{:07d},term {},concept,,,,,own,\n"
    text = ",".join(COLUMNS) + "\n" + "".join(row.format(n, n) for n in range(60_000))
    begin = time.process_time()
    with pytest.raises(ReportError) as raised:
        read_terms(text, "terms.csv")
    (finding,) = raised.value.findings
    assert time.process_time() - begin < 1 and (finding.code, finding.cause) == ("terms-syntax", "large")
    assert f"{len(text):,}" in worded(finding, "zh")
