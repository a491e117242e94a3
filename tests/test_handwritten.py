"""Files that people write beside a report: whatever stands in them is told with its line, and takes no report down."""

from __future__ import annotations

import json
import os
import random
import re
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from baogao.cli import main
from baogao.messages import is_error, worded
from baogao.model import ReportError
from baogao.publication import folder
from baogao.publication.folder import read_file, read_folder
from baogao.publication.proof import proof
from baogao.publication.sidecar import read_sidecar
from baogao.publication.translation_findings import translation_findings
from baogao.search import index
from baogao.site import pages
from baogao.translation.po import read_po, write_po
from baogao.translation.terms import COLUMNS
from baogao.wording.names import Names
from click.testing import CliRunner

TEXT = """清河区2023年度法治政府建设情况报告

发布日期：2024-01-31
一、主要成效
（一）强化执法。办理案件63件，同比增长5%。审结23件。
二、存在的不足
人员不足。
"""
GOOD = TEXT.replace("清河区", "云川市")
SIDECAR = """id: qinghe
title: 清河区2023年度法治政府建设情况报告
issuer: 清河区人民政府
place: 云川市清河区
year: 2023
published: 2024-01-31
source: 区司法局
headline: [FIGURE]
figures:
  - {id: FIGURE, quote: 63件, subject: 执法案件, name: 案件, unit: 件, indicator: ''}
corrections:
  - {date: 2024-03-02, id: FIGURE, was: 89件, now: 63件, why: misread}
"""
CSV = f"""{",".join(COLUMNS)}
执法案件,enforcement case,concept,案件,case；matter,甲。,A.,own,own
“两法”衔接,"link, of laws",initiative,,,,,draft,x
"""


def english_in_chinese(finding) -> list[str]:
    """Three words of English in a row in a Chinese message: nothing of ours; what a file or a library says is quoted or
    in brackets."""
    said = re.sub("“[^”]*”|（[^（）]*）|`[^`]*`", "", worded(finding, "zh"))
    return re.findall("[a-z]{2,} [a-z]{2,} [a-z]{2,}", said)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "bad.txt").write_text(TEXT, "utf-8")
    (folder / "good.txt").write_text(GOOD, "utf-8")
    return folder


def published_and_wrong(seeds: Path):
    shelf = read_folder(seeds, "seeds")
    return [one.report.source.path for one in shelf.publications], [f for f in shelf.findings if is_error(f)]


BOMB = "headline: [&a [x,x,x,x,x,x,x,x,x], " + ", ".join(
    f"&{b} [{','.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("sidecar", "line", "code"),
    [
        ("id: r1\npublished: 2024-02-30", 2, "sidecar-type"),
        ("published: 2023-02-29", 1, "sidecar-type"),
        ("published: 0000-01-01", 1, "sidecar-type"),
        ("published: '２０２４-01-31'", 1, "sidecar-type"),
        ("published: 2024-01-31 10:00:00", 1, "sidecar-type"),
        ("corrections:\n  - date: 2024-02-30\n    id: a\n    was: b\n    now: c\n    why: d", 2, "sidecar-type"),
        ("id: r1\nyear: 2023.0", 2, "sidecar-type"),
        ("year: 0x7E7", 1, "sidecar-type"),
        ("year: 2_023", 1, "sidecar-type"),
        ("year: .inf", 1, "sidecar-type"),
        ("year: .nan", 1, "sidecar-type"),
        ("year: true", 1, "sidecar-type"),
        (f"year: {'9' * 5000}", 1, "sidecar-type"),
        ('id: "abc\\n"', 1, "sidecar-type"),
        ('\nplace: "清河区\\n"', 2, "sidecar-type"),
        ('title: "a\\n\\n# b"', 1, "sidecar-type"),
        ("title: |\n  a\n  b\n", 1, "sidecar-type"),
        ("title: yes", 1, "sidecar-type"),
        ("title: ' '", 1, "sidecar-type"),
        ("title:", 1, "sidecar-type"),
        (f"id: a{'a' * 300}", 1, "sidecar-type"),
        ("- a", 1, "sidecar-type"),
        ("a text", 1, "sidecar-type"),
        ("1: a", 1, "sidecar-key"),
        ("2024-01-31: a", 1, "sidecar-key"),
        ("<<: {id: a}", 1, "sidecar-key"),
        ("? [a]\n: b", 1, "yaml-plain"),
        ("id: r1\nheadline: &a [*a]", 2, "yaml-plain"),
        (BOMB + "]", 1, "yaml-plain"),
        ("id: *a", 1, "yaml-plain"),
        ("title: !!binary aGk=", 1, "yaml-plain"),
        ("published: !!timestamp 2024-02-30", 1, "yaml-plain"),
        ("headline: !!set {a}", 1, "yaml-plain"),
        ("title: !!python/object/apply:os.getcwd []", 1, "yaml-plain"),
        ("title: !!int x", 1, "yaml-plain"),
        ("id: a\n---\nid: b", 2, "yaml-plain"),
        ("id: a\ntitle: b\nid: c", 3, "yaml-twice"),
        ("figures:\n  - {id: a, quote: b,\n     id: c}", 3, "yaml-twice"),
        ("headline: " + "[" * 50 + "]" * 50, 1, "yaml-deep"),
        ("headline: " + "[" * 100_000, 1, "sidecar-syntax or yaml-deep"),
        ("- " * 100_000, 1, "yaml-deep"),
        ("# " + "a" * 1_000_001, 0, "yaml-large"),
        ("id: a\n\ttitle: b", 2, "sidecar-syntax"),
        ("id: a\ntitle: 'b", 2, "sidecar-syntax"),
        ("id: a\ntitle: [", 2, "sidecar-syntax"),
        ("id: a: b", 1, "sidecar-syntax"),
        ('id: a\ntitle: "\\UFFFFFFFF"', 2, "sidecar-syntax"),
        ('id: a\ntitle: "\\ud800"', 2, "sidecar-syntax"),
        ('title: "\\0"', 1, "sidecar-syntax"),
        ("id: a\ntitle: a\0b", 2, "sidecar-syntax"),
        ("title: a\uffffb", 1, "sidecar-syntax"),
        ("%YAML 9.0\n---\nid: a", 1, "sidecar-syntax"),
        ("id: a\ntitle: 清河".encode("gb18030"), 2, "sidecar-syntax"),
        ("id: a".encode("utf-16"), 1, "sidecar-syntax"),
        ("id: en", 0, "own-address"),
        ("id: search", 0, "own-address"),
        ("id: accuracy", 0, "own-address"),
        ("id: zh-hant", 0, "own-address"),
        ("id: nul", 0, "own-address"),
    ],
)  # fmt: skip
def test_a_wrong_sidecar_is_told_with_its_line_and_the_others_are_published(seeds, sidecar, line, code):
    (seeds / "bad.yml").write_bytes(sidecar if isinstance(sidecar, bytes) else sidecar.encode())
    before = time.process_time()
    published, wrong = published_and_wrong(seeds)
    assert time.process_time() - before < 10
    assert published == ["seeds/good.txt"]
    assert [one.line for one in wrong] == [line] and wrong[0].code in code.split(" or ")
    assert wrong[0].path == ("seeds/bad.txt" if code == "own-address" else "seeds/bad.yml")
    assert english_in_chinese(wrong[0]) == []


@pytest.mark.parametrize(
    "sidecar", ["", "# nothing", "---\n", "\ufeffid: a", "id: a\r\ntitle: b\r\n", "title: >\n  a\n", "title: '&a'"]
)
def test_a_sidecar_of_an_unusual_form_is_read(seeds, sidecar):
    (seeds / "bad.yml").write_bytes(sidecar.encode())
    assert published_and_wrong(seeds) == (["seeds/bad.txt", "seeds/good.txt"], [])


def test_a_value_is_the_text_that_was_written():
    read = read_sidecar("a.yml", b"published: 2024-01-31\nsource: 1:30\ntitle: 2024-02-30\nissuer: 1e3\nyear: 2023\n")
    assert (read.published, read.source, read.title, read.issuer, read.year) == (
        "2024-01-31",
        "1:30",
        "2024-02-30",
        "1e3",
        2023,
    )


def test_of_a_thousand_wrong_lines_some_are_told():
    with pytest.raises(ReportError) as caught:
        read_sidecar("a.yml", b"headline: [" + b"1, " * 99 + b"1]")
    assert 0 < len(caught.value.findings) < 100


@pytest.mark.parametrize(
    ("po", "line"),
    [
        ('msgid "a"\nmsgstr "b"\n', 1),
        ('msgctxt "s1"\nmsgid "a"\nmsgstr "b\n', 3),
        ('msgctxt "s1"\nmsgid "a"\nmsgstr "b" c\n', 3),
        ('msgctxt "s1"\nmsgid "a"\nmsgstr "b"c"\n', 3),
        ('msgctxt "s1"\nmsgid "a\\"\nmsgstr "b"\n', 2),
        ('msgctxt "s1"\nmsgid_plural "a"\nmsgstr[0] "b"\n', 2),
        ('msgctxt "s1"\nmsgid "a"\nmsgstr[0] "b"\n', 3),
        ('msgctxt "s1"\nmsgid "a"\nmsgstr "b"\nmsgstr "c"\n', 4),
        ('msgstr "b"\n', 1),
        ('"b"\n', 1),
        ("msgctxt s1\n", 1),
        ("<html>\n", 1),
        ("/dev/zero", 1),
        ('msgctxt "s1"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "s1"\nmsgid "c"\nmsgstr "d"\n', 5),
        ('msgctxt "s1"\nmsgid "清"\n'.encode("gb18030"), 2),
        ('msgctxt "s1"\n'.encode("utf-16"), 1),
        ("".join(f'msgctxt "s{i}"\nmsgid "a"\nmsgstr "b"\n\n' for i in range(200_000)), 1),
    ],
)  # fmt: skip
def test_a_wrong_po_is_told_with_its_line_and_the_others_are_published(seeds, po, line):
    (seeds / "bad.en.po").write_bytes(po if isinstance(po, bytes) else po.encode())
    before = time.process_time()
    published, wrong = published_and_wrong(seeds)
    assert time.process_time() - before < 5
    assert published == ["seeds/good.txt"]
    assert [(one.path, one.line, one.code) for one in wrong] == [("seeds/bad.en.po", line, "po-syntax")]
    assert english_in_chinese(wrong[0]) == []


def test_a_po_that_is_the_name_of_a_file_is_not_that_file(tmp_path):
    other = tmp_path / "other.po"
    other.write_text('msgctxt "s1"\nmsgid "a"\nmsgstr "b"\n', "utf-8")
    with pytest.raises(ReportError):
        read_po("a.po", str(other))


@pytest.mark.parametrize("character", ["\x1c", "\x1e", "\x85", "\u2028", "\x07"])
def test_a_line_of_a_po_ends_as_in_gettext(character):
    read = read_po("a.po", f'msgctxt "s1"\nmsgid "a{character}b"\nmsgstr "c{character}d"\n')
    assert read.english("s1", f"a{character}b") == f"c{character}d"


ROW = "甲案件,case,concept,,,,,own,own"


@pytest.mark.parametrize(
    ("csv", "line"),
    [
        (f"{ROW}\n", 1),
        ("a\0", 1),
        (f"{','.join(COLUMNS)}\n{ROW}\n{ROW}\n", 3),
        (f"{','.join(COLUMNS)}\n{ROW}\n乙,\"b\n\n丙,c\n", 3),
        (f"{','.join(COLUMNS)}\n\n乙,b{ROW[2:]},d\n", 3),
        (f"{','.join(COLUMNS)}\n{ROW}\n乙\0{ROW}\n", 3),
        (f"{','.join(COLUMNS)}\n\"乙\n丙\",{ROW[2:]}\n", 3),
        (f"{','.join(COLUMNS)}\n{'乙' * 200_000}{ROW}\n", 2),
        (f"{','.join(COLUMNS)}\n{ROW}\n".encode() + b"\xff", 3),  # GB18030 it is not either
    ],
)  # fmt: skip
def test_wrong_terms_are_told_once_with_their_line_and_take_no_report_down(seeds, csv, line):
    (seeds / "terms.csv").write_bytes(csv if isinstance(csv, bytes) else csv.encode())
    published, wrong = published_and_wrong(seeds)
    assert published == ["seeds/bad.txt", "seeds/good.txt"]
    assert [(one.path, one.line, one.code) for one in wrong] == [("seeds/terms.csv", line, "terms-syntax")]
    assert len(worded(wrong[0], "en")) < 2_000 and "\0" not in worded(wrong[0], "en")
    assert english_in_chinese(wrong[0]) == []


LABEL = '{"quote": "3件", "context": "c", "offset": 1, "value": 3, "unit": "件", "bound": "exact", "kind": "level", "subject_zh": "甲"}'


@pytest.mark.parametrize(
    "row",
    [
        "[]", "3", "null", "{", "[" * 100_000, '{"a": ' * 100_000, "9" * 5000, "\0", b"\xff",
        LABEL.replace('"3件"', "3"), LABEL.replace('"3件"', '"\\ud800"'), LABEL.replace(": 1,", ': "1",'),
        LABEL.replace(": 3,", ": true,"), LABEL.replace(": 3,", ": [3],"), LABEL.replace(": 3,", ': "3",'),
        LABEL.replace("exact", "around"), LABEL.replace(": 1,", ": -1,"),
    ],
)  # fmt: skip
def test_wrong_labels_are_told_with_their_line(seeds, row):
    labels = seeds.parent / "labels.jsonl"
    labels.write_bytes(f"{LABEL}\n\n".encode() + (row if isinstance(row, bytes) else row.encode()) + b"\n")
    result = CliRunner().invoke(main, ["score", str(labels), str(seeds / "good.txt")])
    assert result.exit_code == 1 and "labels.jsonl:3: this is not a label: " in result.output
    labels.write_text(LABEL, "utf-8")
    assert CliRunner().invoke(main, ["score", str(labels), str(seeds / "good.txt")]).exit_code == 0


@pytest.mark.parametrize(
    "record",
    ["", "[]", "3", "null", "{", "[" * 100_000, "9" * 5000, b"\xff", '{"segments": 3}', '{"segments": ["a"]}',
     '{"segments": [{"text": "\\ud800"}], "encoding": "utf-8", "sha256": ""}',
     '{"segments": [], "encoding": "hex", "sha256": ""}', '{"segments": [], "encoding": 1, "sha256": ""}'],
)  # fmt: skip
def test_what_is_no_report_json_is_told(tmp_path, record):
    path = tmp_path / "report.json"
    path.write_bytes(record if isinstance(record, bytes) else record.encode())
    result = CliRunner().invoke(main, ["restore", str(path)])
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    assert re.search(r"report\.json(:1)?: (this is not JSON|not a report\.json)", result.output)


def test_a_wrong_po_is_not_taken_in(seeds, monkeypatch):
    monkeypatch.chdir(seeds.parent)
    for po in (b"msgid", b"\xff", b"/dev/zero", b"\0"):
        Path("back.po").write_bytes(po)
        result = CliRunner().invoke(main, ["import", "back.po"])
        assert result.exit_code == 1 and "back.po:1: " in result.output


def test_a_fault_of_the_program_takes_no_other_report_down(seeds, monkeypatch):
    assert published_and_wrong(seeds) == (["seeds/bad.txt", "seeds/good.txt"], [])  # a control

    def faulty(path, data, *beside):
        if path == "seeds/bad.txt":
            raise IndexError("out of range")
        return understand(path, data, *beside)

    understand = folder.understand
    monkeypatch.setattr(folder, "understand", faulty)
    published, wrong = published_and_wrong(seeds)
    assert published == ["seeds/good.txt"]
    assert [(one.path, one.code) for one in wrong] == [("seeds/bad.txt", "fault")]
    assert "IndexError: out of range, test_handwritten.py:" in worded(wrong[0], "en")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("name", ["bad.txt", "bad.yml", "bad.en.po", "bad.x.txt"])
def test_a_link_out_of_the_folder_is_not_followed(seeds, name):
    """Who may put a file into the folder would publish any other that the machine has."""
    secret = seeds.parent / "secret"
    secret.write_bytes((seeds / "good.txt").read_bytes())
    (seeds / "bad.yml").write_text("attachments: [bad.x.txt]\n", "utf-8")
    (seeds / "bad.x.txt").write_text("附件正文。\n", "utf-8")
    (seeds / name).unlink(missing_ok=True)
    (seeds / name).symlink_to(secret)
    published, wrong = published_and_wrong(seeds)
    assert published == ["seeds/good.txt"]
    assert {one.code for one in wrong} == {"unreadable"}
    (seeds / name).unlink()
    (seeds / name).symlink_to("good.txt")  # within the folder it is one file under two names
    assert "unreadable" not in {one.code for one in published_and_wrong(seeds)[1]}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there, and pipes have no names")
@pytest.mark.parametrize("name", ["bad.txt", "bad.yml", "bad.en.po"])
@pytest.mark.parametrize("made", [lambda path: path.symlink_to("gone"), os.mkfifo], ids=["link to nothing", "pipe"])
def test_what_is_no_file_is_told_and_never_waited_for(seeds, name, made):
    (seeds / name).unlink(missing_ok=True)
    made(seeds / name)
    published, wrong = published_and_wrong(seeds)
    assert published == ["seeds/good.txt"]
    assert [(one.code, one.path) for one in wrong if one.code != "sidecar-alone"] == [("unreadable", f"seeds/{name}")]


def test_a_folder_that_cannot_be_listed_is_told(tmp_path):
    (tmp_path / "seeds").touch()
    assert [one.code for one in read_folder(tmp_path / "seeds", "seeds").findings] == ["system-refuses"]
    assert read_folder(tmp_path / "none", "none").findings == ()


def test_a_name_that_is_not_utf_8_can_be_told(seeds):
    try:
        (seeds / "a\udcff.txt").write_text("一、甲\n办理案件3件。\n", "utf-8")
    except OSError:
        pytest.skip("the file system takes no such name")
    published, _ = published_and_wrong(seeds)
    assert published == ["seeds/a\\xff.txt", "seeds/bad.txt", "seeds/good.txt"]


def test_a_long_name_is_cut_to_an_address_that_a_file_system_takes(seeds):
    long = "庄" * 80
    (seeds / f"{long}.txt").write_text("一、甲\n办理案件3件。\n", "utf-8")
    (seeds / "bad.yml").write_text(f"place: {long}区\n", "utf-8")
    assert_pages_can_be_made(seeds)


# ---- generated


def assert_pages_can_be_made(seeds: Path) -> None:
    """Of all that is published: pages, data, search, and what check tells."""
    publications = read_folder(seeds, "seeds").publications
    for one in publications:
        translation_findings(one)
        proof(one)
    generated = pages.generated(publications, (), "https://example.org/", True)
    made = list(generated.files)
    assert len({one.path for one in made}) == len(made)
    for one in made:
        assert all(len(name.encode()) < 250 for name in one.path.split("/"))
        if one.path.endswith((".xml", ".tmx")):
            ElementTree.fromstring(one.content)
        elif one.path.endswith(".json"):
            json.loads(one.content)
    for _, content in index.files(generated.searched) if generated.searched.records else ():
        content.encode()


VALUES = [
    "a\nb", "\n", " ", "\t", "x", "！！", "::", "\u202e", "\ufeff", "\u200b", "\u3000", "a\u2028b", "甲" * 499, "9" * 100,
    "en", "assets", "404", "a" * 100, "<script>", "[x](y)", "`", "\\", "# a", "---", "{{ a }}", "{% a %}", "&#60;", "]]>",
    "-->", "/", "../..", "a?b", "%s", "{met}", "𠀀", "\u0301", "9999-12-31", "0001-01-01", "省", "甲省 乙市",
]  # fmt: skip
TEXTS = [
    "title",
    "issuer",
    "source",
    "figures.subject",
    "figures.name",
    "figures.unit",
    "corrections.id",
    "corrections.was",
    "corrections.why",
]


@pytest.mark.parametrize(
    ("keys", "fewest"),
    [
        (TEXTS, len(VALUES) / 2),
        (["place"], len(VALUES) / 2),
        (["id"], 1),
        (["published", "corrections.date"], 2),
        (["figures.indicator"], 0),
        (["figures.merge"], 0),
    ],
)
def test_of_what_a_sidecar_may_say_pages_can_be_made(seeds, keys, fewest):
    """JSON is YAML: any text reaches the keys as it is. fewest: a control, that so many of the texts are taken."""
    (figure,) = [f for f in read_file(seeds / "bad.txt", "bad.txt").figures if f.quote == "63件"]
    taken = 0
    for value in VALUES:
        said: dict = {
            "figures": [{"id": figure.id, "quote": "63件", "name": "案件"}],
            "corrections": [{"date": "2024-03-02", "id": figure.id, "was": "1", "now": "2", "why": "w"}],
        }
        for key in keys:
            outer, _, inner = key.rpartition(".")
            (said[outer][0] if outer else said)[inner] = value
        (seeds / "bad.yml").write_text(json.dumps(said), "utf-8")
        published, wrong = published_and_wrong(seeds)
        assert "seeds/good.txt" in published
        assert ("seeds/bad.txt" in published) is not bool(wrong)
        if not wrong:
            taken += 1
            assert_pages_can_be_made(seeds)
    assert taken >= fewest


PIECES = [
    "&a ", "*a", "!!binary ", "<<: {a: b}\n", "? [a]\n: b\n", "\t", "\0", "\x07", "\x85", "\u2028", "\ufeff", "\uffff",
    '"\\ud800"', '"\\0"', '"a\\nb"', "9" * 5000, ".inf", "yes", "~", "[[[[[[[[", "- - - - -", "---\n", "2024-02-30", "|\n  a\n",
    "\r", "\r\n", "#", "'", '"', "{", "}", "[", "]", ":", ",", "甲" * 400, "{met}", "\\", "\u202e", "😀",
]  # fmt: skip


def mutated(chance: random.Random, text: str) -> bytes:
    for _ in range(chance.choice([1, 1, 2, 3])):
        at = chance.randrange(len(text) + 1)
        until = min(len(text), at + chance.randrange(12))
        kind = chance.randrange(4)
        lines = text.split("\n")
        if kind == 0:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif kind == 1:
            text = text[:at] + text[until:]
        elif kind == 2:
            values = list(re.finditer(r"(?<=: )[^\n,{}]+|(?<=\")[^\"\n]+(?=\")|(?<=,)[^,\n]+", text))
            place = chance.choice(values).span() if values else (at, at)
            text = text[: place[0]] + chance.choice(PIECES) + text[place[1] :]
        else:
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
            text = "\n".join(lines)
    data = text.encode()
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at:] if chance.randrange(8) == 0 else data


@pytest.mark.parametrize("name", ["bad.yml", "bad.en.po", "terms.csv"])
def test_whatever_is_changed_in_a_file_the_reports_are_published_or_the_line_is_told(seeds, name):
    (figure,) = [f for f in read_file(seeds / "bad.txt", "bad.txt").figures if f.quote == "63件"]
    (seeds / "bad.yml").write_text(SIDECAR.replace("FIGURE", figure.id), "utf-8")
    read = read_file(seeds / "bad.txt", "bad.txt")
    po = write_po(read.id, Names(read, "zh").units(), read.translation)
    po = re.sub(r'(msgid "[^"]+"\n)msgstr ""', r'\1msgstr "There were 63 cases."', po)
    (seeds / "bad.en.po").write_text(po, "utf-8")
    (seeds / "terms.csv").write_text(CSV, "utf-8")
    assert published_and_wrong(seeds) == (["seeds/bad.txt", "seeds/good.txt"], [])
    text, refused = (seeds / name).read_text("utf-8"), 0
    for seed in range(150):
        (seeds / name).write_bytes(mutated(random.Random(seed), text))
        published, wrong = published_and_wrong(seeds)
        assert "seeds/good.txt" in published, seed
        for one in wrong:
            assert one.code != "fault" and one.path == f"seeds/{name}" and one.line > 0, (seed, one)
            assert all(worded(one, language).encode() for language in ("zh", "en"))
        assert wrong or "seeds/bad.txt" in published, seed
        refused += bool(wrong)
        if not wrong and seed % 5 == 0:
            assert_pages_can_be_made(seeds)
    assert 0 < refused < 150
