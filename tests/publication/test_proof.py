"""The proof sheet: everything understood, what is in doubt, and lines that a sidecar takes as they are."""

import re
from pathlib import Path

import pytest
import yaml
from baogao.publication.folder import read_file
from baogao.publication.proof import METADATA, Sort, doubtful, proof
from baogao.publication.publication import understand
from baogao.publication.sidecar import read_sidecar
from baogao.site.pages import files
from conftest import FIRST, PRACTICE, SEED, understood

SLIPPED = """某某县2023年度法治政府建设情况报告

一、工作情况
一是健全机制。。出台《某某县办法，办理案件3件。
三是加强保障。落实20212025年规划，完成XX项（）工作。投入3万元（含配套)。
二、不足
1)力度不够。
"""


def rows(text, name="seeds/a.txt", sidecar=None):
    return proof(understand(name, text.encode(), sidecar))


def test_a_slip_is_told_with_its_line_and_what_it_is():
    found = [(row.line, row.doubt) for row in rows(SLIPPED) if row.sort is Sort.SLIP and row.doubt != "slip_order"]
    assert found == [
        (4, "slip_doubled"),
        (4, "slip_unbalanced"),
        (5, "slip_year"),
        (5, "slip_placeholder"),
        (5, "slip_empty"),
    ]


def test_what_stands_outside_the_text_is_told_with_its_own_line():
    said = {
        row.id: row.line for row in rows(f"首页\n{SLIPPED}某某县人民政府\n2024年1月20日\n") if row.sort is Sort.METADATA
    }
    assert (said["title"], said["place"], said["published"]) == (2, 9, 0)  # the place stands in the signature


@pytest.mark.parametrize("day", ["2024年1月20日", "二〇二四年一月廿日", "二Ｏ二四年 一月二十日"])
def test_the_day_a_report_was_signed_is_proposed_for_that_of_its_publication(day):
    text = f"{SLIPPED}某某县人民政府\n{day}\n"
    (row,) = [row for row in rows(text) if row.id == "published"]
    assert row.doubt and row.correction.startswith("published: '2024-01-20'  #")
    told = [one for one in understand("a.txt", text.encode()).findings if one.code.startswith("no-published")]
    assert [(one.code, one.met) for one in told] == [("no-published-signed", "2024-01-20")]


def test_a_gap_in_the_numerals_is_told_with_the_heading_it_stands_at():
    (gap,) = [row for row in rows(SLIPPED) if row.doubt == "slip_order"]
    assert (gap.line, gap.id) == (5, "h1-0-3") and gap.says.startswith("三是")


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda path: path.stem)
def test_reports_that_were_proof_read_have_no_slips(path):
    assert [row for row in proof(understood(path)) if row.sort is Sort.SLIP] == []


def test_every_figure_heading_and_field_has_its_row():
    publication = understood(SEED)
    found = proof(publication)
    assert [row.id for row in found if row.sort is Sort.FIGURE] == [figure.id for figure in publication.figures]
    assert [row.id for row in found if row.sort is Sort.HEADING] == [f"h{s.id}" for s in publication.report.walk()]
    assert tuple(row.id for row in found if row.sort is Sort.METADATA) == METADATA


@pytest.mark.parametrize("path", PRACTICE, ids=lambda path: path.stem)
def test_the_lines_of_all_rows_make_a_sidecar_that_changes_nothing_said(path):
    """Copied as they are they say what is understood already."""
    before = understood(path)
    found = proof(before)
    metadata = [row.correction for row in found if row.sort is Sort.METADATA and row.says]
    figures = [
        f"  {row.correction}" for row in found if row.sort is Sort.FIGURE and "subject: '...'" not in row.correction
    ]
    sidecar = read_sidecar("a.yml", "\n".join([*metadata, "figures:", *figures]).encode())
    after = understand(path.name, path.read_bytes(), sidecar)
    assert [row.says for row in proof(after)] == [row.says for row in found]
    assert after.id == before.id


def test_a_corrected_line_is_taken_and_no_longer_in_doubt():
    text = "某某县2023年度法治政府建设情况报告\n\n一、工作\n全年办理案件3件，其中行政案件62件。办理2期。\n"
    wrong = next(row for row in doubtful(rows(text)) if row.sort is Sort.FIGURE)
    sidecar = read_sidecar("a.yml", f"figures:\n  {wrong.correction.replace('subject: ', 'subject: 简报')}\n".encode())
    again = next(row for row in rows(text, sidecar=sidecar) if row.id == wrong.id)
    assert not again.doubt and "简报" in again.says


def test_what_is_not_translated_or_changed_since_is_a_row(tmp_path):
    for name, data in FIRST.items():
        (tmp_path / name).write_bytes(data)
    report = tmp_path / SEED.name

    def gaps():
        return {row.id: row.doubt for row in proof(read_file(report, "seeds/a.txt")) if row.sort is Sort.UNIT}

    assert gaps() == {}
    for path in (report, report.with_suffix(".yml")):  # a correction says what the figure prints
        path.write_bytes(path.read_bytes().replace("974人".encode(), "975人".encode()))
    changed = gaps()
    assert changed and set(changed.values()) == {"unit_changed"}
    printed = report.read_text("utf-8")
    assert (
        all("975" in s.text for s in read_file(report, "a").report.sentences() if s.id in changed) and "975" in printed
    )


def test_the_sheet_is_a_page_only_where_it_is_asked_for():
    publication = understood(SEED)
    plain, asked = ({f.path: f for f in files([publication], proofs=proofs)} for proofs in (False, True))
    assert not [path for path in plain if path.endswith("proof.md")]
    page = asked[f"zh/{publication.id}/proof.md"]
    assert page.aside and asked[f"en/{publication.id}/proof.md"]
    text = page.content.decode()
    for figure in publication.figures:
        assert f"id: {figure.id}," in text.replace("&#45;", "-")
    assert f"{Path(SEED.name).stem}.yml" in re.sub("&#(\\d+);", lambda m: chr(int(m[1])), text)
    assert "proof.md" in asked[f"zh/{publication.id}/index.md"].content.decode()
    assert "proof.md" not in plain[f"zh/{publication.id}/index.md"].content.decode()


def test_every_link_of_a_sheet_leads_to_something_that_is_there():
    """A numeral that opens plain text has no heading to lead to: 58 links of these reports led nowhere."""
    shelf = [understood(path) for path in (SEED, *PRACTICE)]
    made = {file.path: file.content.decode() for file in files(shelf, proofs=True) if file.path.endswith(".md")}
    followed = 0
    for path, text in made.items():
        if path.endswith("/proof.md"):
            for page, anchor in re.findall('href="([^"#]+).html#([^"]+)"', text):
                target = made[f"{path.rpartition('/')[0]}/{page}.md"]
                assert re.search(f'id="{anchor}"|{{: #{anchor}[ }}]', target), f"{path}: {page}.html#{anchor}"
                followed += 1
    assert followed > 1000


def test_a_node_without_a_heading_is_told_at_the_sentence_that_has_its_numeral():
    text = "某某县2023年度法治政府建设情况报告\n\n一、工作\n一是办理案件3件；二是走访。\n"
    told = {row.id: row.anchor for row in rows(text) if row.sort is Sort.HEADING}
    assert told == {"h1": "h1", "h1-0-1": "s1-0-1-1", "h1-0-2": "s1-0-2-1"}


def test_the_yaml_of_a_row_stands_on_one_line_whatever_is_in_it():
    text = "某某县2023年度法治政府建设情况报告\n\n一、工作\n办理“甲: {乙}, #丙”案件3件。\n"
    for row in rows(text):
        if row.correction:
            assert "\n" not in row.correction and yaml.safe_load(row.correction)
