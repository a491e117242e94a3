"""The command line, a public interface: keys and exits that others rely on."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pytest
from baogao import commands
from baogao.cli import main
from baogao.translation.terms import COLUMNS
from click.testing import CliRunner
from conftest import PRACTICE, ROOT, SEED

KEYS = {"id", "sentence", "start", "end", "quote", "value", "unit", "bound", "kind", "direction", "subject"}
TEXT = "某某区2023年度法治政府建设情况报告\n一、成效\n办理案件3件。\n"


def run(*arguments: str, code: int = 0):
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def seeds(tmp_path, monkeypatch) -> Path:
    """An empty folder of reports, stood in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    return tmp_path / "seeds"


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda p: p.name)
def test_outline_covers_the_file_from_first_to_last_character(path):
    record = json.loads(run("outline", str(path), "--format", "json").stdout)
    assert set(record) >= {"id", "characters", "encoding", "sha256", "report", "segments", "sections", "notes"}
    text = path.read_bytes().decode(record["encoding"])
    assert record["characters"] == len(text)
    at = 0
    for segment in record["segments"]:
        assert set(segment) >= {"start", "end", "part", "id"} and segment["start"] == at
        at = segment["end"]
    assert at == len(text)
    for section in record["sections"]:
        assert set(section) >= {"id", "level", "numeral", "heading", "start", "end", "role", "sections"}
        assert text[section["start"] :].startswith(section["numeral"])
    for said in record["report"].values():
        assert said is None or set(said) == {"text", "start", "end"}


def test_figures_are_one_json_object_a_line():
    text = SEED.read_bytes().decode()
    lines = [json.loads(line) for line in run("figures", str(SEED), "--format", "jsonl").stdout.splitlines()]
    assert len(lines) > 50
    for line in lines:
        assert set(line) >= KEYS
        assert text[line["start"] : line["end"]] == line["quote"]
        assert isinstance(line["value"], (int, float, list))
        assert line["bound"] in ("exact", "over", "under", "about") and line["kind"] in ("level", "share", "change")


def test_figures_as_csv_are_the_same_figures():
    rows = list(csv.DictReader(io.StringIO(run("figures", str(SEED), "--format", "csv").stdout)))
    lines = [json.loads(line) for line in run("figures", str(SEED), "--format", "jsonl").stdout.splitlines()]
    assert [row["id"] for row in rows] == [line["id"] for line in lines]
    assert [float(row["value"]) for row in rows] == [line["value"] for line in lines]


def test_a_range_keeps_both_ends(seeds):
    (seeds / "a.txt").write_text(TEXT + "每月10—15个。\n", "utf-8")
    values = [
        json.loads(line)["value"] for line in run("figures", "seeds/a.txt", "--format", "jsonl").stdout.splitlines()
    ]
    assert values == [3, [10, 15]]


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda p: p.name)
def test_restore_gives_the_bytes_back(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / path.name).write_bytes(path.read_bytes())
    run("pages", "out")
    record = next((tmp_path / "out").glob("zh/*/report.json"))
    assert run("restore", str(record)).stdout_bytes == path.read_bytes()
    run("restore", str(record), "-o", "again.txt")
    assert (tmp_path / "again.txt").read_bytes() == path.read_bytes()


def test_restore_refuses_a_text_that_was_changed(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    run("pages", str(tmp_path / "out"))
    path = next((tmp_path / "out").glob("zh/*/report.json"))
    path.write_text(path.read_text("utf-8").replace("出庭率", "出席率"), "utf-8")
    assert "SHA-256" in run("restore", str(path), code=1).stderr


def test_pages_are_what_mkdocs_gets(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    run("pages", str(tmp_path))
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    for page in ("index.md", "1.md", "1-2.md", "full.md", "figures.md"):
        assert f"zh/wangcheng-2023/{page}" in written and f"en/wangcheng-2023/{page}" in written
    assert {"zh/about.md", "en/about.md", "zh/index.md", "assets/baogao.css", "search/manifest.js"} <= written
    assert {f"zh/wangcheng-2023/{name}" for name in ("report.json", "figures.csv", "figures.json")} <= written


# ---- errors and notes


def test_a_clean_folder_is_checked_in_silence(seeds):
    (seeds / "a.txt").write_bytes(SEED.read_bytes())
    result = run("check", "--strict")
    assert result.stderr == "" and "1 report to publish" in result.stdout


ERRORS = [
    ({"a.txt": b""}, "seeds/a.txt: the file holds no text"),
    ({"a.txt": b"\x00\x01\x02\x03"}, "seeds/a.txt: the format of this file is not recognized"),
    ({"a.txt": b"ok \xff\xfe\xfd\n"}, "seeds/a.txt:1: these bytes are neither UTF-8 nor GB18030"),
    ({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()}, "seeds/b.txt: its address would be"),
    ({"a.txt": TEXT.encode(), "a.yml": b"title: x\ntitel: y\n"}, "seeds/a.yml:2: unknown key “titel”"),
    ({"a.txt": TEXT.encode(), "a.yml": b"title: x\nyear: last\n"}, "seeds/a.yml:2: year: 'last': wrong value"),
    ({"a.txt": TEXT.encode(), "a.yml": b"id: 'A B'\n"}, "seeds/a.yml:1: id: 'A B': wrong value"),
    ({"a.txt": TEXT.encode(), "a.yml": b"title: x\nid: [\n"}, "seeds/a.yml:3: this is not YAML"),
    ({"a.txt": TEXT.encode(), "a.yml": b"- x\n"}, "seeds/a.yml:1: ['x']: wrong value"),
    (
        {"a.txt": TEXT.encode(), "a.yml": b"headline:\n - f1-1-5\n"},
        "seeds/a.yml:2: headline: no figure f1-1-5. Expected the id of one; the nearest is f1-1-4",
    ),
]


@pytest.mark.parametrize(("files", "expected"), ERRORS, ids=[case[1][:60] for case in ERRORS])
def test_an_error_names_file_and_line_and_takes_no_other_report_down(seeds, files, expected):
    (seeds / "good.txt").write_bytes(SEED.read_bytes())
    for name, data in files.items():
        (seeds / name).write_bytes(data)
    result = run("check", code=1)
    line = next(line for line in result.stderr.splitlines() if line.startswith(expected))
    assert "Expected" in line and line.rstrip().endswith("ublished.")
    run("pages", "out", code=1)
    assert Path("out/zh/wangcheng-2023/index.md").exists()


NOTES = [
    ("全年办理案件3件，取得明显成效。\n", ["no-title", "no-published", "no-place", "no-year", "no-numerals"]),
    (TEXT, ["no-published"]),
    (TEXT + "三、安排\n再办。\n", ["no-published", "numeral-out-of-order"]),
    (TEXT + "一、安排\n再办。\n", ["no-published", "numeral-repeated"]),
    (TEXT + "九、安排\n再办。\n", ["no-published", "numeral-out-of-reach"]),
    (TEXT.replace("办理", "办\x07理"), ["no-published", "control-character"]),
    (TEXT.replace("\n一、", "\n张三\n一、"), ["no-published", "line-not-recognised"]),
]


@pytest.mark.parametrize(("text", "codes"), NOTES)
def test_a_note_is_told_and_the_report_is_published(seeds, text, codes):
    (seeds / "a.txt").write_text(text, "utf-8")
    told = [one for one in json.loads(run("check", "--format", "json").stdout) if one["severity"] != "doubt"]
    assert sorted(note["code"] for note in told) == sorted(codes)
    assert all(note["severity"] == "note" and note["file"] == "seeds/a.txt" for note in told)
    run("check", "--strict", code=1)


def test_a_sidecar_without_a_report_is_noted(seeds):
    (seeds / "a.yml").write_text("title: x\n", "utf-8")
    (seeds / "a.en.po").write_text("", "utf-8")
    told = run("check").stderr.splitlines()
    assert [line.partition(": there is no report of this name")[0] for line in told] == ["seeds/a.en.po", "seeds/a.yml"]
    assert all("a.txt / a.docx / " in line and " / a.doc / " in line and "if it was removed" in line for line in told)


def test_messages_speak_chinese_where_the_machine_does(seeds, monkeypatch):
    (seeds / "a.txt").write_bytes(b"")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "文件里没有文字" in run("check", code=1).stderr


def test_the_sidecar_names_what_the_text_does_not(seeds):
    (seeds / "a.txt").write_text("全年办理案件3件，取得明显成效。\n", "utf-8")
    (seeds / "a.yml").write_text(
        "id: my-report\ntitle: 某报告\nplace: 某某市\nyear: 2020\npublished: 2021-03-01\n", "utf-8"
    )
    run("pages", "out")
    overview = Path("out/zh/my-report/index.md").read_text("utf-8")
    assert "某报告" in overview and "2021-03-01" in overview


@pytest.mark.parametrize("year", ["year: 2020\n", ""])
def test_place_and_year_of_the_sidecar_make_the_address(seeds, year):
    text = "全年办理案件3件，取得明显成效。\n" if year else "二○二○年全年办理案件3件，取得明显成效。\n"
    (seeds / "a.txt").write_text(text, "utf-8")
    (seeds / "a.yml").write_text(f"place: 云川市清河区\n{year}", "utf-8")
    assert json.loads(run("outline", "seeds/a.txt", "--format", "json").stdout)["id"] == "qinghe-bg-2020"


def test_headline_figures_are_those_the_sidecar_names(seeds):
    (seeds / "a.txt").write_bytes(SEED.read_bytes())
    lines = [json.loads(line) for line in run("figures", "seeds/a.txt", "--format", "jsonl").stdout.splitlines()]
    chosen = [lines[5]["id"], lines[2]["id"]]
    (seeds / "a.yml").write_text(f"headline: {json.dumps(chosen)}\n", "utf-8")
    run("pages", "out")
    home = Path("out/zh/index.md").read_text("utf-8")
    assert home.index(chosen[0]) < home.index(chosen[1]) and home.count("<b>") == 2


def test_score_prints_what_the_labels_say_and_what_differs(tmp_path):
    gold = ROOT / "tests/gold/wangcheng-2023.jsonl"
    lines = gold.read_text("utf-8").splitlines()
    assert "strict F1 1.000" in run("score", str(gold), str(SEED)).output
    (tmp_path / "less.jsonl").write_text("\n".join(lines[1:]), "utf-8")
    said = run("score", str(tmp_path / "less.jsonl"), str(SEED)).output
    assert "1 made up" in said and "made up   f1-1-1-2-" in said
    (tmp_path / "changed.jsonl").write_text("\n".join([lines[0].replace("3400000", "340"), *lines[1:]]), "utf-8")
    said = run("score", str(tmp_path / "changed.jsonl"), str(SEED)).output
    assert "1 missed, 1 made up" in said and "missed    超340万人次" in said


def test_score_names_the_line_of_a_wrong_labels_file(tmp_path):
    (tmp_path / "wrong.jsonl").write_text('{"quote": "3件"}\n', "utf-8")
    result = run("score", str(tmp_path / "wrong.jsonl"), str(SEED), code=1)
    assert "wrong.jsonl:1: this is not a label: $: 'context' is a required property. Expected" in result.output


def test_verify_tells_where_a_quotation_stands_and_whether_word_for_word(seeds):
    (seeds / "a.txt").write_text(TEXT, "utf-8")
    assert run("verify", "办理案件3件").stdout.startswith("word for word\nseeds/a.txt:3: ")
    assert run("verify", "办理 案件３件。").stdout.startswith("word for word, apart from white space")
    wrong = run("verify", "办理大案件4件。", code=1).stdout
    assert "seeds/a.txt:3:" in wrong and "[-3-]" in wrong and "{+4+}" in wrong
    assert run("verify", "与本报告毫无关系的一句话", code=1).stdout.startswith("not found")


def test_verify_tells_whether_the_sentence_of_a_link_has_changed(seeds):
    (seeds / "a.txt").write_text(TEXT, "utf-8")
    record = json.loads(run("outline", "seeds/a.txt", "--format", "json").stdout)
    anchor = next(one["id"] for one in record["segments"] if one["part"] == "sentence")
    link = f"https://example.org/{record['id']}/1.html?h={hashlib.sha256('办理案件3件。'.encode()).hexdigest()[:8]}#{anchor}"
    assert run("verify", link).stdout.startswith("word for word")
    assert run("verify", link.replace("?h=", "?x=")).stdout.startswith("the sentence is there")
    (seeds / "a.txt").write_text(TEXT.replace("3件", "5件"), "utf-8")
    assert run("verify", link, code=1).stdout.startswith("the sentence has changed")


# ---- a site of one's own


@pytest.mark.parametrize("there", ["a file", "a folder with something in it"])
def test_a_place_that_is_taken_is_refused_and_nothing_written(tmp_path, there):
    place = tmp_path / "mysite"
    (place if there == "a file" else place / "mine.txt").parent.mkdir(exist_ok=True)
    (place if there == "a file" else place / "mine.txt").write_text("mine", "utf-8")
    result = run("new", str(place), code=1)
    assert "mysite: " in result.stderr and result.stdout == ""
    assert [path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()] == ["mine"]


def test_an_empty_folder_is_begun_in(tmp_path):
    run("new", str(tmp_path))
    assert (tmp_path / "mkdocs.yml").is_file() and (tmp_path / "seeds").is_dir()


def test_reports_may_lie_in_another_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/a.txt").write_text(TEXT, "utf-8")
    assert "1 report to publish" in run("--seeds", "reports", "check").stdout
    (tmp_path / "mkdocs.yml").touch()
    assert "0 reports to publish" in run("check").stdout


@pytest.mark.parametrize("command", [["check"], ["add", "a.txt"], ["terms"], ["pages", "out"], ["verify", "办理案件"]])
def test_outside_of_a_site_nothing_is_done_and_that_is_said(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert "no folder of reports here" in run(*command, code=1).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_check_ends_with_what_to_do_next_and_errors_come_first(seeds):
    (seeds / "a.txt").write_text(TEXT, "utf-8")
    (seeds / "b.txt").write_bytes(b"")
    told = run("check", code=1)
    assert told.stderr.splitlines()[0].startswith("seeds/b.txt: the file holds no text")
    assert told.stdout.splitlines()[-1].startswith("Next: correct the errors")
    (seeds / "b.txt").unlink()
    assert run("check").stdout.splitlines()[-1].startswith("Next: look at the doubts")


@pytest.mark.parametrize(
    ("makefile", "named"),
    [
        (None, "run mkdocs build --strict"),
        ("all:\n\tgcc a.c\n", "run mkdocs build --strict"),  # of something else
        ("site:\n\tmkdocs build --strict\n", "run make site"),
    ],
)
def test_check_names_the_commands_of_the_folder(seeds, monkeypatch, makefile, named):
    monkeypatch.setattr(commands, "which", lambda name: f"/usr/bin/{name}")
    (seeds / "a.txt").write_text(TEXT, "utf-8")
    if makefile:
        (seeds.parent / "Makefile").write_text(makefile, "utf-8")
    assert run("check").stdout.splitlines()[-1].endswith(f"{named}.")


def test_the_lines_that_check_gives_are_yaml_where_they_are_pasted(seeds):
    (seeds / "a.txt").write_text("全年办理案件3件，占百分之八十，成效明显。\n查处数十起。\n", "utf-8")
    said = run("check").stdout
    assert "Lines to put into seeds/a.yml" in said and "year: 2023" in said and "figures:\n" in said
    lines = said.partition("Lines to put into seeds/a.yml")[2].splitlines()[1:]
    (seeds / "a.yml").write_text("".join(f"{line[4:]}\n" for line in lines if line.startswith("    ")), "utf-8")
    assert "0 errors" in run("check").stdout


def test_terms_saved_by_a_spreadsheet_in_china_are_read(seeds):
    (seeds / "a.txt").write_text(TEXT, "utf-8")
    row = "办理案件,handling of cases,concept,,,办案。,Work on cases.,own,own"
    (seeds / "terms.csv").write_bytes(f"{','.join(COLUMNS)}\n{row}\n".encode("gb18030"))
    assert "0 errors" in run("check").stdout
    assert "办理案件" in run("terms").stdout


@pytest.mark.parametrize("name", ["main", *main.commands])
def test_help_is_in_chinese_where_the_machine_is(monkeypatch, name):
    arguments = ["--help"] if name == "main" else [name, "--help"]
    english = run(*arguments).stdout
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    chinese = run(*arguments).stdout
    assert "Usage:" in english and "用法：" in chinese and "Options:" not in chinese
    told = [line for line in chinese.splitlines() if re.match(r"\s+(-\w, )?--", line)]
    assert told and all(re.search("[一-鿿]", line) for line in told if not line.rstrip().endswith("]"))
    monkeypatch.setenv("LC_ALL", "C")
    assert run(*arguments).stdout == english


def test_the_summary_and_the_answers_speak_chinese_where_the_machine_does(seeds, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    (seeds / "a.txt").write_text(TEXT, "utf-8")
    said = run("check").stdout
    assert re.search("1 份报告可发布，0 个错误.*\n下一步：", said) and "公布日期（published）" in said
    assert run("verify", "办理案件3件").stdout.startswith("一字不差")
    assert "条未译" in run("po", "seeds/a.txt").stdout


def test_all_labels_are_scored_in_the_checkout_only(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "tests/labels.yml" in run("score", code=1).stderr
    monkeypatch.chdir(ROOT)
    assert [line.split()[0] for line in run("score").stdout.splitlines()] == ["seen", "unseen", "names", "names"]
