"""What the page on accuracy says, and what the program reaches on reports whose labels nobody tuned to."""

from __future__ import annotations

import json

import pytest
from baogao.model import Kind
from baogao.publication.accuracy import measured, recorded, write
from baogao.site.pages import files
from conftest import ROOT, texts

REPORT = "某区2023年度法治政府建设报告\n一、成效\n办理案件63件，办结率98%，走访5户。\n"
LABELS = [
    ("63件", 63, "件", "level", False),
    ("98%", 97, "%", "share", False),  # labelled otherwise than it is read
    ("5户", 6, "户", "level", True),  # optional: read differently, it counts for neither side
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    rows = [
        {"quote": q, "context": REPORT.splitlines()[2], "offset": REPORT.index(q), "value": v, "unit": u}
        | {"bound": "exact", "kind": k, "subject_zh": "办理案件", "optional": o}
        for q, v, u, k, o in LABELS
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (tmp_path / "labels.yml").write_text("- {report: a.txt, labels: a.jsonl, seen: false}\n", "utf-8")
    return tmp_path


def test_figures_are_counted_by_kind(folder):
    (one,) = measured(folder)
    assert (one.seen, one.reports, one.subjects) == (False, 1, 0.8889)
    assert {k: (t.labelled, t.found, t.missed, t.made_up) for k, t in one.kinds.items()} == {
        Kind.LEVEL: (1, 1, 0, 0),
        Kind.SHARE: (1, 0, 1, 1),
        Kind.CHANGE: (0, 0, 0, 0),
        Kind.RATIO: (0, 0, 0, 0),
    }
    assert (one.all.labelled, one.all.found, one.all.made_up) == (2, 1, 1)


def test_without_labels_nothing_is_said(tmp_path):
    assert measured(tmp_path) == ()
    assert not [file for file in files((), ()) if "accuracy" in file.path]


def test_the_page_says_the_numbers_in_both_languages(folder):
    pages = texts(files((), measured(folder)))
    for path in ("zh/accuracy.md", "en/accuracy.md"):
        rows = [line for line in pages[path].splitlines() if line.startswith("| ") and "---" not in line][1:]
        cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
        assert [row[1:] for row in cells] == [
            ["1", "1", "0 · 0.0%", "0 · 0.0%"],
            ["1", "0", "1 · 100.0%", "1 · 100.0%"],
            ["2", "1", "1 · 50.0%", "1 · 50.0%"],
        ]


def test_what_a_reader_said_of_names_is_told_by_its_last_reading(folder):
    verdicts = [(1, "wrong"), *[(2, "print")] * 3, (2, "acceptable"), (2, "wrong"), (2, "withheld")]
    rows = [
        {"sha256": "ab"[n % 2], "verdict": verdict, "reading": reading} for n, (reading, verdict) in enumerate(verdicts)
    ]
    rows += [{"sha256": "c", "verdict": verdict, "reading": 3, "invented": True} for verdict in ("print", "wrong")]
    (folder / "judged_names.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (one,) = measured(folder)
    assert [(read.reports, read.figures, read.named) for read in one.names] == [(2, 6, 5), (1, 2, 2)]
    page = texts(files((), (one,)))["en/accuracy.md"]
    assert "6 figures" in page and "of these names, 3 were fit to print, 1 acceptable, and 1 wrong (20%)" in page
    assert "1 fit to print" in page and "wrong (50%)" in page
    write((one,), folder / "a.json")
    assert recorded(folder / "a.json") == (one,)


def test_what_sites_show_is_what_the_program_does_now():
    """`baogao score --write` writes it anew."""
    assert recorded() == measured(ROOT / "tests")


def test_what_was_written_is_read_back(folder):
    write(measured(folder), folder / "a.json")
    assert recorded(folder / "a.json") == measured(folder)


def test_reports_kept_aside_are_read_as_a_person_reads_them():
    aside = next(one for one in measured(ROOT / "tests") if not one.seen)
    hits, wrong = aside.all.found, aside.all.missed + aside.all.made_up
    assert aside.reports >= 3 and aside.all.labelled > 250
    assert 2 * hits / (2 * hits + wrong) >= 0.95
    assert aside.subjects >= 0.65
