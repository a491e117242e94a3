"""Each page's address with another ending, held against the page, the source and the published schemas."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from baogao.rules import load
from baogao.site.beside import SCHEMAS
from conftest import made_of_nine, nine, texts
from jsonschema import Draft202012Validator

SHELF = nine()
ALL = made_of_nine()
MADE = {file.path.removeprefix("static/"): file for file in ALL if file.as_it_is or file.path.endswith("json")}
MADE = {path.removeprefix("zh/"): file for path, file in MADE.items()}
REPORT = SHELF[0]
TEXT = REPORT.report.source.text
SENTENCES = {s.id: s.text for s in REPORT.report.sentences()}


def content(path: str) -> str:
    return MADE[path].content.decode()


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema_and_is_published(name):
    schema = json.loads(content(f"schema/{name}.json"))
    Draft202012Validator.check_schema(schema)
    assert schema == json.loads(json.dumps(load("schemas")[name]))


def test_every_json_of_the_site_holds_to_its_schema_and_says_version_and_seed():
    checked = 0
    for path, file in MADE.items():
        if not path.endswith(".json") or path.startswith("schema/") or path.endswith(("datapackage.json", ".csl.json")):
            continue
        record = json.loads(file.content)
        name = "figures" if "/figures." in path else "report" if path.endswith("/report.json") else "page"
        name = "indicator" if "indicators/" in path else name
        errors = [
            f"{path}: {error.message}" for error in Draft202012Validator(load("schemas")[name]).iter_errors(record)
        ]
        assert errors == []
        assert record["schema_version"] == 1 and record["version"]
        assert name == "indicator" or len(record["sha256"]) == 64
        checked += 1
    assert checked > 100


def test_a_pages_json_holds_the_sentences_of_the_page_with_the_hash_of_their_chinese():
    zh, en = (json.loads(content(f"{folder}{REPORT.id}/1-3.json")) for folder in ("", "en/"))
    own = [one for one in zh["passages"] if one["kind"] == "sentence"]
    assert [one["id"] for one in own] == [id_ for id_ in SENTENCES if id_.startswith("s1-3-")]
    for one, other in zip(own, [p for p in en["passages"] if p["kind"] == "sentence"], strict=True):
        assert one["text"] == SENTENCES[one["id"]]
        assert one["hash"] == other["hash"] == sha256(one["text"].encode()).hexdigest()[:8]
        assert other["text"] == REPORT.translation.english(one["id"], one["text"]) and other["language"] == "en"


def test_the_full_page_holds_every_sentence_and_every_figure_once():
    record = json.loads(content(f"{REPORT.id}/full.json"))
    assert [p["id"] for p in record["passages"] if p["kind"] == "sentence"] == list(SENTENCES)
    assert [figure["id"] for figure in record["figures"]] == [figure.id for figure in REPORT.figures]


def test_plain_text_and_markdown_hold_the_report_and_nothing_of_the_site():
    said = "".join(content(f"{REPORT.id}/1-3.txt").split())
    assert all("".join(text.split()) in said for id_, text in SENTENCES.items() if id_.startswith("s1-3-"))
    markdown = content(f"{REPORT.id}/1-3.md")
    assert markdown.startswith("# (三)强化对行政权力的制约和监督\n") and "<" not in markdown


def _of_pages() -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON of each page of each report, with the path of its other endings."""
    for path, file in MADE.items():
        if path.endswith(".json") and "passages" in (record := json.loads(file.content)):
            yield path.removesuffix(".json"), record


def test_every_passage_has_text_and_its_id_stands_on_the_page():
    """A numeral that opens plain text makes no heading: 116 of 2,132 passages of these reports were empty ones."""
    pages = {path.removeprefix("zh/"): text for path, text in texts(file for file in ALL if not file.as_it_is).items()}
    checked = 0
    for path, record in _of_pages():
        ids = set(re.findall(r'id="([^"]+)"|\{: #(\S+)', pages[f"{path}.md"]))
        anchors = {one or other for one, other in ids}
        for passage in record["passages"]:
            assert passage["text"].strip(), f"{path}: {passage}"
            assert passage["id"] in anchors, f"{path}: {passage}"
        checked += len(record["passages"])
    assert checked > 2 * 2 * sum(
        len([*one.report.sentences()]) for one in SHELF
    )  # each language, its page and the whole


def test_markdown_and_plain_text_hold_every_passage_of_the_page_in_order_and_the_title_once():
    for path, record in _of_pages():
        title, page = record["title"], record["page"]
        if (path, page) == (f"{record['report']}/full", "full"):
            continue  # its plain text is the report's own, kept as it was
        passages = [passage["text"] for passage in record["passages"]]
        own_heading = page != "full" and record["passages"] and record["passages"][0]["id"] == f"h{page}"
        lines = content(f"{path}.txt").split("\n\n")
        said = "".join(passages) if own_heading else title + "".join(passages)
        number = re.match(r"[\d.b-z]+ · ", title) if record["language"] == "en" and own_heading else None
        assert "".join("".join(lines).split()) == "".join(f"{number[0] if number else ''}{said}".split()), path
        marked = content(f"{path}.md").split("\n\n")
        assert [re.sub("^#+ ", "", one) for one in marked] == lines, path
        assert not [one for one in marked if re.fullmatch("#+", one.strip())], path
        assert [one for one in marked if re.match("# ", one)] == marked[:1], path


def test_the_headings_of_markdown_are_as_deep_as_on_the_page():
    pages = {path.removeprefix("zh/"): text for path, text in texts(file for file in ALL if not file.as_it_is).items()}
    for path, record in _of_pages():
        ids = {passage["id"]: passage["text"] for passage in record["passages"] if passage["kind"] == "heading"}
        on_page = [
            len(signs) for signs, id_ in re.findall(r"^(#+) .*\{: #(\S+)", pages[f"{path}.md"], re.M) if id_ in ids
        ]
        marked = [len(signs) for signs in re.findall("^(#+) ", content(f"{path}.md"), re.M)]
        own = record["passages"] and record["passages"][0]["id"] == f"h{record['page']}"
        assert marked == (on_page if own else [1, *on_page]), path


def test_a_pages_csv_holds_its_figures():
    rows = list(csv.DictReader(io.StringIO(content(f"{REPORT.id}/1-3.csv").removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in rows] == [f.id for f in REPORT.figures if f.sentence.startswith("s1-3-")]
    assert f"{REPORT.id}/3.csv" not in MADE  # a section without figures has none


def test_no_file_that_is_no_page_stands_where_mkdocs_looks_for_pages():
    pages = [file.path for file in ALL if file.path.endswith(".md") and not file.as_it_is]
    assert all(path.split("/")[0] in ("zh", "en") for path in pages)
