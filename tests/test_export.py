"""The data package, with frictionless as its referee."""

from __future__ import annotations

import csv
import io
import json

import pytest
from baogao import export
from baogao.data import load
from baogao.publication import understand
from conftest import PRACTICE, SEED
from frictionless import validate


@pytest.fixture(params=[SEED, *PRACTICE], ids=lambda path: path.name[:8])
def publication(request):
    return understand(request.param.name, request.param.read_bytes())


def write(publication, folder, table=None):
    (folder / "datapackage.json").write_text(export.data_package(publication), "utf-8")
    (folder / "figures.csv").write_text(table or export.figures_csv(publication.figures), "utf-8", newline="")
    return validate(str(folder / "datapackage.json"))


def test_a_data_package_is_valid_and_describes_its_table(publication, tmp_path):
    report = write(publication, tmp_path)
    assert report.valid, report.flatten(["type", "message"])
    rows = list(csv.DictReader(io.StringIO(export.figures_csv(publication.figures))))
    fields = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"][0]["schema"]["fields"]
    assert len(rows) == len(publication.figures)
    assert list(rows[0]) == [field["name"] for field in fields]


def test_the_referee_sees_a_wrong_table(tmp_path):
    publication = understand(SEED.name, SEED.read_bytes())
    wrong = export.figures_csv(publication.figures).replace(",level,", ",lavel,", 1)
    assert not write(publication, tmp_path, wrong).valid


def test_every_column_is_described_in_both_languages():
    assert all(column["zh"] and column["en"] for column in load("columns")["columns"])
