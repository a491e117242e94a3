"""The data package, with frictionless as its referee."""

from __future__ import annotations

import csv
import io
import json

import pytest
from baogao.export import bilingual_records, figure_records, records
from baogao.model import Doubt, Form
from baogao.publication.publication import understand
from baogao.rules import load
from conftest import PRACTICE, SEED, understood
from frictionless import validate


@pytest.fixture(params=[SEED, *PRACTICE], ids=lambda path: path.name[:8])
def publication(request):
    return understand(request.param.name, request.param.read_bytes())


def write(publication, folder, table=None):
    (folder / "datapackage.json").write_text(figure_records.data_package(publication), "utf-8")
    (folder / "figures.csv").write_text(
        table or figure_records.figures_csv(publication.report, publication.figures), "utf-8", newline=""
    )
    return validate(str(folder / "datapackage.json"))


def test_a_data_package_is_valid_and_describes_its_table(publication, tmp_path):
    report = write(publication, tmp_path)
    assert report.valid, report.flatten(["type", "message"])
    rows = list(csv.DictReader(io.StringIO(figure_records.figures_csv(publication.report, publication.figures))))
    fields = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"][0]["schema"]["fields"]
    assert len(rows) == len(publication.figures)
    assert list(rows[0]) == [field["name"] for field in fields]


def test_the_referee_sees_a_wrong_table(tmp_path):
    publication = understood(SEED)
    wrong = figure_records.figures_csv(publication.report, publication.figures).replace(",level,", ",lavel,", 1)
    assert not write(publication, tmp_path, wrong).valid


def test_every_column_is_described_in_both_languages():
    assert all(column["zh"] and column["en"] for column in load("columns")["columns"])


CALCULATED = ["=1+1案件", "=cmd|x!A0检查企业", "+1+1案件", "-1+1案件", "@SUM(1+1)案件", "\t=1+1", "\n=1"]
CALCULATED += ["＝1+1案件", "＋1+1案件", "－1+1案件", "＠SUM(1+1)案件"]


def test_what_the_data_may_say_is_all_in_what_describes_them():
    doubt = next(row for row in load("columns")["columns"] if row["name"] == "doubt")
    assert set(doubt["enum"]) == set(Doubt)
    assert set(load("schemas")["report"]["properties"]["form"]["enum"]) == set(Form)


def test_what_excel_would_calculate_is_text_in_its_files_and_exact_in_the_data():
    table = figure_records.figures_csv(understood(SEED).report, [])
    rows = [[text, "-3.5", "+2%", "甲=乙"] for text in CALCULATED]
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    excel = records.for_excel(table + out.getvalue())
    assert excel.startswith("\ufeff" + table)
    assert [*csv.reader(io.StringIO(excel[1:], newline=""))][1:] == [
        [f"'{text}", "-3.5", "+2%", "甲=乙"] for text in CALCULATED
    ]
    publication = understand("a.txt", "某区2023年度报告\n一、甲\n=1+1项审批。办理=1+1案件5件。".encode())
    assert "\n'=1" not in bilingual_records.bilingual_csv(publication) and ",'=1" in records.for_excel(
        bilingual_records.bilingual_csv(publication)
    )


# ---- English, read back by the tools that translators use (translate-toolkit is a referee, not a dependency)


def _translated():
    from baogao.publication.folder import read_file

    return read_file(SEED, "seeds/a.txt")


def test_the_tmx_holds_every_unit_under_its_id():
    from io import BytesIO

    from translate.storage.tmx import tmxfile

    read = _translated()
    store = tmxfile.parsefile(BytesIO(bilingual_records.tmx(read).encode()))
    found = {unit.xmlelement.get("tuid"): (unit.source, unit.target) for unit in store.units}
    assert found == {unit.id: (unit.text, read.translation.english(unit.id, unit.text)) for unit in read.units()}


def test_the_po_loses_no_unit_in_another_tools_hands():
    from io import BytesIO

    from translate.storage.po import pofile

    read = _translated()
    path = SEED.with_suffix(".en.po")
    store = pofile.parsefile(BytesIO(path.read_bytes()))
    found = {unit.getcontext(): (str(unit.source), str(unit.target)) for unit in store.units if not unit.isheader()}
    assert found == {unit.id: (unit.text, read.translation.english(unit.id, unit.text)) for unit in read.units()}


def test_the_bilingual_table_holds_every_unit_and_its_state():
    import csv
    import io

    read = _translated()
    rows = list(csv.DictReader(io.StringIO(bilingual_records.bilingual_csv(read), newline="")))
    assert [row["id"] for row in rows] == [unit.id for unit in read.units()]
    assert {row["state"] for row in rows} == {"reviewed"} and all(row["zh"] and row["en"] for row in rows)
