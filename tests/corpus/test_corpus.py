"""A corpus as a whole: the tables of a folder of reports, brought up to date, asked, described."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from baogao.cli import main
from baogao.corpus.files import content, fetched, joined, offered, parted
from baogao.corpus.query import as_csv, ask
from baogao.corpus.rows import rows
from baogao.corpus.schema import DIGITS, tables
from baogao.corpus.shards import folder_of, offered_at
from baogao.ids import text_hash
from baogao.messages import worded
from baogao.model import ReportError
from baogao.publication.publication import understand
from click.testing import CliRunner
from conftest import BESIDE, PRACTICE, ROOT, SEED, nine
from frictionless import Package
from running import corpus, tables_of

FORMS = ROOT / "tests/fixtures/forms"


def _sources(into: Path) -> Path:
    """The first report with what lies beside it, the practice reports two folders down, a file that is none."""
    (into / "a").mkdir(parents=True)
    (into / "b/c").mkdir(parents=True)
    for path in (SEED, *BESIDE):
        shutil.copy(path, into / "a")
    for path in PRACTICE:
        shutil.copy(path, into / "b/c")
    (into / "b/empty.txt").write_text("", "utf-8")
    (into / "b/alone.yml").write_text("id: alone\n", "utf-8")
    return into


@pytest.fixture(scope="module")
def built(once) -> Path:
    """A corpus of nine reports, and a file that is none."""

    def make(into: Path) -> None:
        _sources(into / "sources")
        corpus("build", "sources/a", "sources/b", "-o", "corpus", "--workers", "1", cwd=into)

    return once("corpus-of-nine", make)


def _asked(built: Path, sql: str) -> list[tuple]:
    return list(ask(built / "corpus", sql).rows)


# ---- what is in the tables


def test_the_tables_hold_what_the_stages_found(built):
    for one in nine():
        sentences = _asked(built, f"SELECT id, text, hash FROM sentences WHERE report = '{one.id}' ORDER BY n")
        assert sentences == [(s.id, s.text, text_hash(s.text)) for s in one.report.sentences()]
        figures = _asked(
            built,
            f"""SELECT id, value, value_high, quote FROM figures WHERE report = '{one.id}' ORDER BY "start", id""",
        )
        expected = [(f.id, *(f.value if isinstance(f.value, tuple) else (f.value, None)), f.quote) for f in one.figures]
        assert figures == sorted(
            expected, key=lambda row: (next(f.start for f in one.figures if f.id == row[0]), row[0])
        )
        nodes = _asked(built, f"SELECT id FROM sections WHERE report = '{one.id}'")
        assert sorted(nodes) == sorted((section.id,) for section in one.report.walk())


def test_sidecar_and_english_are_in_the_tables(built):
    first = nine()[0]
    ((url, days),) = _asked(built, f"SELECT url, published FROM reports WHERE id = '{first.id}'")
    assert url == (first.sidecar.url or None) and days == datetime.date.fromisoformat(first.published)
    english = dict(_asked(built, f"SELECT id, english FROM sentences WHERE report = '{first.id}'"))
    assert english == {s.id: first.translation.english(s.id, s.text) or None for s in first.report.sentences()}
    assert any(english.values())


def test_links_go_to_the_next_year_and_instruments_are_those_of_a_site(built):
    from baogao.relations.instruments import instruments
    from baogao.relations.links import LinkKind, links

    site = [link for link in links(nine()) if link.kind is not LinkKind.TREATS or link.reason]
    expected = sorted((k.kind, k.from_.publication, k.from_.start, k.to.publication, k.to.start) for k in site)
    assert sorted(_asked(built, 'SELECT kind, report, "start", to_report, to_start FROM links')) == expected
    assert any(kind == LinkKind.MEETS for kind, *_ in expected)
    mentions = sorted((m.publication, one.instrument.id, m.start) for one in instruments(nine()) for m in one.mentions)
    assert sorted(_asked(built, 'SELECT report, id, "start" FROM instruments')) == mentions


def test_a_file_that_is_no_report_is_a_row_of_errors(built):
    rows = _asked(built, "SELECT file, severity, code, zh <> '' AND en <> '' FROM errors ORDER BY file")
    assert rows == [
        ("sources/b/alone.yml", "note", "sidecar-alone", True),
        ("sources/b/empty.txt", "error", "empty", True),
    ]


@pytest.mark.parametrize("number", ["1,234,567,890,123,456,789,012,345,678,901", "0." + "3" * 20])
def test_a_number_the_tables_cannot_hold_is_left_out_and_told(number):
    text = f"某某县2023年法治政府建设工作报告\n\n一、主要举措\n办理案件{number}件。\n"
    made = rows(understand("a.txt", text.encode()), [])
    (figure,) = made["figures"]
    assert figure["value"] is None and number in figure["quote"]
    assert [(note["code"], note["line"]) for note in made["notes"] if note["code"] == "number-too-long"] == [
        ("number-too-long", 4)
    ]


def test_every_value_of_a_row_is_a_column_that_is_described():
    for name, own in rows(nine()[0], []).items():
        columns = {column.name for column in tables()[name].columns}
        assert all(set(row) <= columns for row in own), name
        assert not own or set().union(*own) == columns, name
    for table in tables().values():
        assert all(column.zh and column.en for column in table.columns), table.name


# ---- brought up to date


def test_only_what_changed_is_read_again_and_the_tables_are_those_of_a_new_corpus(built, tmp_path):
    for name in ("sources", "corpus"):
        shutil.copytree(built / name, tmp_path / name)
    first = (tmp_path / "sources/a" / SEED.name).read_bytes()
    (tmp_path / "sources/b/c/new.txt").write_bytes(first.replace("望城".encode(), "云安".encode()))
    gone, changed = (tmp_path / "sources/b/c" / path.name for path in PRACTICE[:2])
    gone.unlink()
    changed.write_text(changed.read_text("utf-8").replace("162件", "163件"), "utf-8")
    said = corpus("build", "sources/a", "sources/b", "-o", "corpus", "--workers", "1", cwd=tmp_path)
    assert "10 files, 2 of them" in said
    corpus("build", "sources/a", "sources/b", "-o", "anew", "--workers", "1", cwd=tmp_path)
    assert tables_of(tmp_path / "corpus") == tables_of(tmp_path / "anew") != tables_of(built / "corpus")
    entries = list((tmp_path / "corpus/.work/entries").glob("*/*"))
    assert len(entries) == 10


# ---- at any address


def test_a_file_whose_name_joins_addresses_is_read_itself(tmp_path):
    (tmp_path / "x").write_text("别的文件", "utf-8")
    (tmp_path / "x::y.txt").write_text("某市2023年度报告", "utf-8")
    assert content(str(tmp_path / "x::y.txt")) == "某市2023年度报告".encode()


def test_no_shard_takes_a_folder_of_the_front():
    assert {folder_of("province", "assets省"), folder_of("province", "云川省")} == {"assets-1", "yunchuan"}


@pytest.mark.parametrize(
    "address", ["{}/sources", "file://{}/sources", "zip://::{}/a.zip", "zip://b::{}/b.zip", "memory://a"]
)
def test_reports_at_any_address_are_those_of_a_folder(built, tmp_path, address):
    """The driver's own form of an address, an archive in a folder too; what lies beside a report is found with it."""
    for path in sorted((built / "sources").rglob("*")):
        name = path.relative_to(built / "sources").as_posix()
        if path.is_file():
            fsspec.filesystem("memory").pipe(f"/a/{name}", path.read_bytes())
            for archive, below in (("a.zip", name), ("b.zip", f"b/{name}")):
                with zipfile.ZipFile(tmp_path / archive, "a") as packed:
                    packed.writestr(below, path.read_bytes())
    plain = offered([str(built / "sources")])[0]
    there = offered([address.format(built if "sources" in address else tmp_path)])[0]
    assert len(there) == len(plain) == 10
    for one, other in zip(there, plain, strict=True):
        assert fetched(one).made_of[1:] == fetched(other).made_of[1:]  # but for the path that messages give
        assert parted(one.address)[1] == parted(other.address)[1] == Path(other.address).name
        assert joined(*parted(one.address)) == one.address
        assert not one.sidecar or offered_at(one.address).sidecar == one.sidecar


@pytest.mark.parametrize(
    "address", ["nowhere://bucket/reports", "zip://a::nowhere://bucket/a.zip", "zip://::{}/none.zip"]
)
def test_an_address_without_a_driver_or_that_cannot_be_opened_is_told_in_a_line(tmp_path, address):
    with pytest.raises(ReportError) as refused:
        offered([address.format(tmp_path)])
    (finding,) = refused.value.findings
    assert finding.code == "no-driver" and "\n" not in worded(finding, "en")


# ---- asked

DOCS = [(ROOT / f"docs/{language}/corpus.md").read_text("utf-8") for language in ("en", "zh")]
QUESTIONS = re.findall(r"```sql\n(.*?)```", DOCS[0], re.S)


def test_both_pages_have_the_same_ten_questions_and_name_every_table():
    assert re.findall(r"```sql\n(.*?)```", DOCS[1], re.S) == QUESTIONS and len(QUESTIONS) == 10
    for page, language in zip(DOCS, ("en", "zh"), strict=True):
        assert dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.M)) == {
            table.name: getattr(table, language) for table in tables().values()
        }


def _answer(built: Path, word: str) -> list[tuple]:
    (question,) = (one for one in QUESTIONS if word in one)
    return _asked(built, question)


def test_each_question_of_the_docs_is_answered_as_a_reader_of_the_reports_would(built, tmp_path):
    """By the tables of the practice reports' README, and by counting in their texts."""
    court = {
        (province, year): (count, float(lowest)) for province, year, count, _, lowest in _answer(built, "chuting-lv")
    }
    assert court["-", 2021] == (1, 81.3) and court["岚川省", 2022] == (1, 92.4)  # but for its three cities
    assert _answer(built, "days_late > 0") == []  # all are early
    assert _answer(built, "least(") == []  # none lacks a part
    assert [row[0] for row in _answer(built, "any_value(kind)")[:3]][2] == "fazhizhengfujiansheshishigangyao-2021-2025"
    text = {one.id: [s.text for s in one.report.sentences()] for one in nine()}
    said = _answer(built, "LIKE '%行政复议%'")
    assert len(said) == sum("行政复议" in one for own in text.values() for one in own) > 0
    assert all(before in text[report] and own in text[report] for report, _, before, own in said if before)
    wide = {row[0]: row[2:] for row in _answer(built, "PIVOT")}
    assert wide["qinghe"] == (79, 151, 205)  # 行政复议受理数
    assert _answer(built, "other_report") == []
    assert ("county", 2023, 3, 3) in _answer(built, "report_kind = 'fz'\nGROUP BY")
    changes = [(row[0], row[3], *row[5:9]) for row in _answer(built, "change.base")]
    assert ("linyuan-2023", Decimal("95.5"), "down", Decimal("4.5"), "个百分点", "同比") in changes
    assert [row[4:] for row in changes if row[1] == Decimal("92.4")] == [
        ("个百分点", "较2021年"),
        ("个百分点", "2020年"),
    ]
    assert ("linyuan-2023", Decimal("95.5"), "chuting-lv") in [
        (row[0], row[3], row[9]) for row in _answer(built, "change_of")
    ]
    sample = _answer(built, "md5(")
    assert len(sample) == 20 and sample == _answer(built, "md5(")


def test_a_report_without_a_year_is_read_by_what_the_docs_say_of_pandas(tmp_path, monkeypatch):
    """pandas hands the folder and the partitioning to this function of pyarrow, and turns what it gives into its own."""
    codes = [re.search(r"```python\n(import pandas.*?)```", page, re.S)[1] for page in DOCS]
    for name, title in {"a": "甲水县2023年度法治政府建设情况报告", "b": "乙山县法治政府建设情况报告"}.items():
        (tmp_path / f"{name}.txt").write_text(f"{title}\n\n一、主要举措和成效\n办理案件5件。\n", "utf-8")
    corpus("build", ".", "-o", "corpus", "--workers", "1", cwd=tmp_path)
    assert list(tmp_path.glob("corpus/figures/*/report_year=__HIVE_DEFAULT_PARTITION__"))
    monkeypatch.chdir(tmp_path)
    assert codes[0] == codes[1]
    told = {"pd": SimpleNamespace(read_parquet=pq.read_table)}
    exec(codes[0].removeprefix("import pandas as pd\n"), told)
    assert sorted(told["figures"]["report_year"].to_pylist(), key=str) == ["2023", None]
    assert told["figures"].schema.field("report_kind").type == pa.string()


def test_one_rate_of_a_report_is_counted_and_it_is_its_own(tmp_path):
    """Beside it are those of its cities, and of heads alone."""
    said = "全省行政机关负责人出庭应诉率90%，其中正职负责人出庭应诉率50%。甲水市行政机关负责人出庭应诉率70%，乙山市行政机关负责人出庭应诉率60%。"
    (tmp_path / "a.txt").write_text(f"某某省2023年度法治政府建设情况报告\n\n一、主要举措和成效\n{said}\n", "utf-8")
    corpus("build", ".", "-o", "corpus", "--workers", "1", cwd=tmp_path)
    assert [row[1:] for row in _answer(tmp_path, "chuting-lv")] == [(2023, 1, 90.0, 90)]


def test_questions_that_find_nothing_here_find_what_is_put_there(tmp_path):
    late = "发布日期：2024-05-01\n\n甲水县2023年度法治政府建设情况报告\n\n一、主要举措和成效\n全年组织行政执法人员参加综合法律知识和专门法律知识培训。\n"
    for name, text in {"a": late, "b": late.replace("甲水", "乙山").replace("05-01", "03-01")}.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    corpus("build", ".", "-o", "corpus", "--workers", "1", cwd=tmp_path)
    assert [(row[0], row[3]) for row in _answer(tmp_path, "days_late > 0")] == [("jiashui-2023", 30)]
    assert {row[0] for row in _answer(tmp_path, "least(")} == {"jiashui-2023", "yishan-2023"}
    assert [row[1::2] for row in _answer(tmp_path, "other_report")] == [("jiashui-2023", "yishan-2023")]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('corpus/manifest.json')",
        "SELECT * FROM 'corpus/reports/**/*.parquet'",
        "SELECT * FROM glob('*')",
        "COPY reports TO 'out.csv'",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "CREATE TABLE mine (a INT)",
        "DROP VIEW reports",
        "SELECT 1; SELECT 2",
        "UPDATE EXTENSIONS",
        "EXPLAIN ANALYZE COPY reports TO 'out.csv'",
        "SELECT * FROM query('COPY reports TO ''out.csv''')",
        "SELECT nothing FROM reports",
        "",
    ],
)
def test_nothing_but_the_tables_is_read_and_nothing_written(built, sql, monkeypatch):
    monkeypatch.chdir(built)
    before = sorted(built.rglob("*"))
    with pytest.raises(ReportError) as refused:
        list(ask(Path("corpus"), sql).rows)
    assert refused.value.findings[0].code in ("corpus-query", "corpus-read-only")
    assert sorted(built.rglob("*")) == before


def query(built: Path, sql: str, form: str) -> str:
    done = CliRunner().invoke(main, ["corpus", "query", sql, "-c", str(built / "corpus"), "--format", form])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_answers_are_printed_for_people_and_for_programs(built):
    sql = "SELECT report, value, subjects, corrected FROM figures WHERE id = 'f1-3-3-29'"
    assert json.loads(query(built, sql, "json")) == [
        {"report": "lanchuan-2022", "value": 94, "subjects": None, "corrected": False}
    ]
    assert list(csv.reader(io.StringIO(query(built, sql, "csv")))) == [
        ["report", "value", "subjects", "corrected"],
        ["lanchuan-2022", "94", "", "false"],
    ]
    head, rule, row = query(built, sql, "table").splitlines()
    assert head.split() == ["report", "value", "subjects", "corrected"] and row.index("94") == head.index("value")


def test_a_corpus_that_is_not_whole_is_refused(built, tmp_path):
    with pytest.raises(ReportError) as refused:
        ask(tmp_path, "SELECT 1")
    assert refused.value.findings[0].code == "no-corpus"
    shutil.copytree(built / "corpus", tmp_path / "corpus")
    next((tmp_path / "corpus/figures").rglob("*.parquet")).write_bytes(b"")
    with pytest.raises(ReportError):
        ask(tmp_path / "corpus", "SELECT 1")


# ---- described


def test_the_data_package_describes_the_tables(built):
    described = json.loads((built / "corpus/datapackage.json").read_text("utf-8"))
    assert {resource["name"] for resource in described["resources"]} == set(tables())
    for resource in described["resources"]:
        assert all((built / "corpus" / path).is_file() for path in resource["path"])
        assert _asked(built, f"SELECT count(*) FROM {resource['name']}") == [(resource["rows"],)]
        held = pq.read_schema(built / "corpus" / resource["path"][0]).names
        assert resource["schema"].get("fieldsMatch") == ("superset" if "=" in resource["path"][0] else None)
        assert [field["name"] for field in resource["schema"]["fields"]][: len(held)] == held
    assert Package.validate_descriptor(described).valid


def test_frictionless_validates_the_sample_and_finds_what_is_made_wrong_in_it(built, tmp_path):
    sample = shutil.copytree(built / "corpus/sample", tmp_path / "sample")
    checked = Package(sample / "datapackage.json").validate()
    assert checked.valid, checked.flatten(["rowNumber", "fieldName", "message"])[:3]
    resources = json.loads((sample / "datapackage.json").read_text("utf-8"))["resources"]
    assert {resource["name"] for resource in resources} == set(tables())
    columns = ", ".join(f'"{column.name}"' for column in tables()["figures"].all_columns)
    whole = list(as_csv(ask(built / "corpus", f"SELECT {columns} FROM figures")))
    lines = (sample / "figures.csv").read_bytes().decode().splitlines(keepends=True)
    assert len(lines) == 101 and set(lines) <= set(whole)
    (sample / "figures.csv").write_text("".join([lines[0], lines[1].replace("stated", "said")]), "utf-8")
    assert not Package(sample / "datapackage.json").validate().valid


def test_every_code_in_the_tables_has_its_words_in_table_codes(built):
    coded = _asked(built, "SELECT DISTINCT table_name, column_name FROM codes")
    columns = {(table.name, column.name) for table in tables().values() for column in table.all_columns if column.enum}
    assert columns | {("figures", "indicator"), ("reports", "report_kind"), ("figures", "dimension")} <= set(coded)
    for table, column in coded:
        known = f"SELECT code FROM codes WHERE table_name = '{table}' AND column_name = '{column}'"
        assert _asked(built, f'SELECT "{column}" FROM {table} WHERE "{column}" NOT IN ({known})') == []
    assert _asked(built, "SELECT zh, en FROM codes WHERE code = 'chuting-lv'")[0][0] == "行政机关负责人出庭应诉率"


def test_types_in_parquet_are_exact(built):
    kinds = dict(row[:2] for row in _asked(built, "DESCRIBE figures"))
    assert kinds["value"] == f"DECIMAL({DIGITS},12)" and kinds["values"] == f"DECIMAL({DIGITS},12)[]"
    assert dict(row[:2] for row in _asked(built, "DESCRIBE reports"))["published"] == "DATE"


# ---- without the extra


def test_importing_the_program_imports_none_of_it():
    code = "import sys, baogao.cli, baogao.plugin; print({'dask', 'distributed', 'pyarrow', 'duckdb', 'fsspec', 'psutil'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("arguments", [("build", ".", "-o", "out"), ("query", "SELECT 1")])
def test_without_the_extra_the_command_says_what_installs_it(tmp_path, arguments):
    code = f"import sys; sys.modules['pyarrow'] = None; from baogao.cli import main; main({['corpus', *arguments]})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "pip install 'baogao[corpus]'" in done.stderr
