"""What is wrong with an English, and that a translator's work comes back only without it."""

from __future__ import annotations

import re
import shutil

import pytest
from baogao.cli import main
from baogao.publication.folder import read_file
from baogao.publication.translation_findings import translation_findings
from baogao.translation.checks import Slip, problems
from baogao.translation.po import read_po
from baogao.translation.terms import general_terms
from click.testing import CliRunner
from conftest import ROOT, SEED

TERMS = general_terms()


@pytest.mark.parametrize(
    ("zh", "en", "slips"),
    [
        ("办理行政复议案件974件。", "The district handled 974 cases of administrative reconsideration.", []),
        ("办理案件974件。", "The district handled 947 cases.", [Slip.NUMBER_MISSING, Slip.NUMBER_ADDED]),
        ("点击量超340万人次。", "There were 3.4 million views.", [Slip.NUMBER_BOUND]),
        ("推进行政复议。", "The district promoted administrative review.", [Slip.TERM]),
        ("推进湘易办。", "The district promoted 湘易办.", [Slip.CHINESE]),
        ("推进工作。", "The district “promoted the work.", [Slip.QUOTES]),
        ("推进工作。", "The district promoted the work。", [Slip.PUNCTUATION]),
        ("推进工作。", "The district  promoted the work.", [Slip.SPACES]),
        ("推进工作。", "", []),
    ],
)
def test_each_slip_is_found_and_nothing_else(zh, en, slips):
    assert [one.slip for one in problems(zh, en, TERMS)] == slips


def test_the_english_of_the_first_report_has_no_finding():
    found = translation_findings(read_file(SEED, "seeds/a.txt"))
    assert [(f.unit, f.code, f.met) for f in found] == []


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "seeds").mkdir()
    for name in (SEED.name, SEED.with_suffix(".yml").name, SEED.with_suffix(".en.po").name, "terms.csv"):
        shutil.copy(ROOT / "seeds" / name, tmp_path / "seeds" / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def po_of(folder):
    return folder / "seeds" / SEED.with_suffix(".en.po").name


def test_a_finding_names_file_line_unit_both_texts_and_what_to_do(folder):
    path = po_of(folder)
    path.write_text(path.read_text("utf-8").replace("974 administrative", "947 administrative"), "utf-8")
    told = CliRunner().invoke(main, ["check"], env={"LC_ALL": "C"}).stderr
    line = 1 + path.read_text("utf-8").split("947 administrative")[0].count('msgctxt "s1-3-1-2"\n')
    assert f"seeds/{path.name}:" in told and "s1-3-1-2: the English does not state 974人" in told and line
    assert "全区执法人员974人" in told and "947 administrative law enforcement officers" in told and "Correct" in told


def test_import_takes_what_is_right_and_refuses_the_rest_with_the_reason(folder):
    theirs = folder / "back.po"
    text = po_of(folder).read_text("utf-8")
    text = text.replace("The district had 974", "The district had 947")
    text = text.replace(
        "The work of the past year is reported as follows:", "The report on the past year's work follows:"
    )
    theirs.write_text(text, "utf-8")
    done = CliRunner().invoke(main, ["import", "back.po"], env={"LC_ALL": "C"})
    assert done.exit_code == 1 and "s1-3-1-2: the English does not state 974人" in done.stderr
    now = read_po("a", po_of(folder).read_text("utf-8")).entries or {}
    assert now["s0-3"].english == "The report on the past year's work follows:"
    assert "had 974" in now["s1-3-1-2"].english


def test_import_of_a_right_file_changes_nothing_and_succeeds(folder):
    before = po_of(folder).read_bytes()
    shutil.copy(po_of(folder), folder / "back.po")
    assert CliRunner().invoke(main, ["import", "back.po"]).exit_code == 0
    assert po_of(folder).read_bytes() == before


def test_import_of_another_reports_file_says_which_reports_there_are(folder):
    text = (
        po_of(folder).read_text("utf-8").replace("Project-Id-Version: wangcheng-2023", "Project-Id-Version: other-2020")
    )
    (folder / "back.po").write_text(text, "utf-8")
    done = CliRunner().invoke(main, ["import", "back.po"])
    assert done.exit_code == 1 and "other-2020" in done.stderr and "wangcheng-2023" in done.stderr


def test_a_translation_whose_report_was_renamed_is_told_of(folder):
    for path in (folder / "seeds").glob(f"{SEED.stem}.*"):
        if not path.name.endswith(".po"):
            path.rename(path.with_name(path.name.replace(SEED.stem, "wangcheng")))
    told = CliRunner().invoke(main, ["check"], env={"LC_ALL": "C"}).stderr
    assert f"{po_of(folder).name}: there is no report of this name beside this translation" in told
    (po_of(folder)).rename(folder / "seeds/wangcheng.en.po")
    assert "of this name" not in CliRunner().invoke(main, ["check"], env={"LC_ALL": "C"}).stderr


def test_a_hundred_sentences_not_translated_are_one_line_and_no_doubts(folder):
    before = CliRunner().invoke(main, ["check"], env={"LC_ALL": "C"}).stdout
    po_of(folder).write_text(
        re.sub(r'msgstr "[^"].*"', 'msgstr ""', po_of(folder).read_text("utf-8"), count=107), "utf-8"
    )
    said = CliRunner().invoke(main, ["check"], env={"LC_ALL": "C"}).stdout
    assert said.count("not translated") == 1
    assert re.findall(r"\d+ doubts?\b", said) == re.findall(r"\d+ doubts?\b", before) != []
    assert f"{po_of(folder).name}: units not translated or to be checked: 107" in said
