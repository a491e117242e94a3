"""What a native editor who knows the law found in our Chinese (tests/chinese_read.jsonl), and that what was refused does
not come back; English that was read is kept likewise (tests/english_read.jsonl)."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from conftest import ROOT

RULES = ROOT / "hooks/baogao/rules"
READ = {
    language: [json.loads(line) for line in (ROOT / f"tests/{language}_read.jsonl").read_text("utf-8").splitlines()]
    for language in ("chinese", "english")
}
# Words that we do not use, in anything that speaks Chinese: one thing, one word.
NO_MORE = {
    "旁注文件": "补充文件: nothing of it stands beside a text",
    "门户文字": "网页附带的文字",
    "没有收入|未收入|已经?收入|收入 ?seeds": "收录: 收入 is income",
    "经人核对": "人工核对",
    "报告机关": "发布机关",
    "数字准不准": "识别准确率",
}


def texts():
    """Each text of ours that readers see in Chinese: where it stands, and what it says."""
    for name in ("words", "messages"):
        for key, row in yaml.safe_load((RULES / f"{name}.yml").read_text("utf-8")).items():
            causes = (cause["zh"] for cause in row.get("causes", {}).values())
            yield f"{name}.yml:{key}", "\n".join([row["zh"], *causes])
    for path in (
        *(RULES / name for name in ("help.yml", "columns.yml", "corpus.yml", "sidecar.yml", "renderings.yml")),
        *(RULES / name for name in ("authorities.yml", "terms.csv")),
        *(ROOT / "docs/zh").glob("*.md"),
        *(ROOT / name for name in ("README.zh-CN.md", "seeds/terms.csv")),
        ROOT / "hooks/baogao/site/templates/accuracy.md.j2",
        ROOT / "hooks/baogao/site/start/docs/zh/about.md",
    ):
        yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


TEXTS = dict(texts())


def _said(of: str) -> str:
    """What now stands where a finding was made: of a word or message that row, else the whole file."""
    if of.partition(" ")[0] in TEXTS:
        return TEXTS[of.partition(" ")[0]]
    file = of.rpartition(":")[0] or of
    return next(said for where, said in TEXTS.items() if where == file or where.endswith(f"/{file}"))


@pytest.mark.parametrize("language", READ)
def test_every_finding_has_its_kind_and_what_was_decided(language):
    rows = READ[language]
    assert {row["kind"] for row in rows} <= {"meaning", "term", "style", "script"}
    assert all(row["of"] and row["finding"] and row["offered"] for row in rows)
    assert all(re.match("(not )?taken", row["decided"]) for row in rows if language == "chinese" or "decided" in row)


def _is_back(row) -> bool:
    """Of a word of the interface the whole: what is new may hold what was refused."""
    if row["of"].startswith("words.yml"):
        return row["now"] == _said(row["of"])
    return len(row["now"]) > 5 and row["now"] in _said(row["of"])


def test_what_was_refused_does_not_come_back():
    taken = [row for row in READ["chinese"] if row["decided"].startswith("taken")]
    assert [row["of"] for row in taken if _is_back(row)] == []


@pytest.mark.parametrize("word", NO_MORE)
def test_one_thing_has_one_word(word):
    assert [where for where, said in TEXTS.items() if re.search(word, said)] == [], NO_MORE[word]


def _undescribed(schema, where=""):
    """Keys of the sidecar that a message can say in English alone."""
    if not isinstance(schema, dict):
        return []
    own = [where] if ("description" in schema) != ("description_zh" in schema) else []
    return own + [one for key, value in schema.items() for one in _undescribed(value, f"{where}/{key}")]


def test_every_key_of_the_sidecar_is_described_in_chinese_too():
    schema = yaml.safe_load((RULES / "sidecar.yml").read_text("utf-8"))
    assert _undescribed(schema) == []
