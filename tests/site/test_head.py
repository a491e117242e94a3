"""What pages tell machines, read back from the pages."""

from __future__ import annotations

import json
import re

import jinja2
import pytest
import yaml
from baogao.publication.folder import read_folder
from baogao.publication.publication import understand
from baogao.publication.sidecar import Sidecar
from baogao.site.pages import files
from conftest import ROOT, THEME, texts

READ = read_folder(ROOT / "seeds", "seeds").publications
MADE = texts(file for file in files(READ) if not file.as_it_is)
REPORT = READ[0].id


def front(path: str) -> dict:
    return yaml.safe_load(MADE[path].split("---\n")[1])


@pytest.mark.parametrize("page", ["index", "1-3", "full", "figures"])
def test_a_reference_manager_is_told_of_a_report_its_issuer_date_and_language(page):
    """The tags that make Zotero's translator choose the type report, and what fills its fields."""
    zh, en = (dict(front(f"{language}/{REPORT}/{page}.md")["head"]) for language in ("zh", "en"))
    assert zh["citation_title"] == READ[0].given("title") and zh["citation_author"] == READ[0].given("issuer")
    assert zh["citation_technical_report_institution"] == READ[0].given("issuer")
    assert (zh["citation_publication_date"], zh["citation_language"]) == ("2024/01/31", "zh")
    assert en["citation_language"] == "en" and en["citation_title"].startswith("Report on")
    assert "citation_author" not in en  # a comma in it would make a person of the body
    assert en["citation_technical_report_institution"].startswith("People's Government")


def test_every_page_of_a_report_says_what_it_is_in_one_line():
    said = [front(path)["description"] for path in MADE if path.startswith(f"zh/{REPORT}/") and path.endswith(".md")]
    assert all(READ[0].given("title") in line for line in said) and len(set(said)) >= len(said) // 2


def test_the_kinds_of_things_are_told_in_the_vocabulary_of_schema_org():
    pages = [path for path in MADE if path.endswith(".md") and "json_ld" in front(path)]
    kinds = {path: front(path)["json_ld"]["@type"] for path in pages}
    assert kinds[f"zh/{REPORT}/1-3.md"] == "Report" and kinds[f"en/{REPORT}/figures.md"] == "Dataset"
    assert kinds["zh/terms/xingzhengfuyi.md"] == "DefinedTerm"


def test_the_downloads_of_a_dataset_are_there():
    for language in ("zh", "en"):
        data = front(f"{language}/{REPORT}/figures.md")["json_ld"]
        base = f"{REPORT}/" if language == "zh" else f"en/{REPORT}/"
        for one in data["distribution"]:
            path = re.sub(r"[^/]+/\.\./", "", f"{base}{one['contentUrl']}")
            while "/../" in path:
                path = re.sub(r"[^/]+/\.\./", "", path)
            assert f"zh/{path}" in MADE, path


def test_a_hostile_title_cannot_leave_its_tag():
    title = "某区2023年度法治政府建设报告</script><script>alert(1)</script>"
    read = understand("a.txt", "一、成效\n办理案件63件。\n".encode(), Sidecar(title=title))
    frame = (THEME / "main.html").read_text("utf-8")
    written = jinja2.Environment().from_string(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', frame)[1]
    )
    hostile = 0
    for file in files([read]):
        if file.path.endswith(".md") and not file.as_it_is:
            matter = yaml.safe_load(file.content.decode().split("---\n")[1])
            assert "<script" not in matter.get("description", "") and "<script" not in matter["title"]
            if data := matter.get("json_ld"):
                inside = written.render(page={"meta": matter})
                assert "<" not in inside and json.loads(inside) == data
                hostile += "</script>" in data["name"]
    assert hostile > 2
