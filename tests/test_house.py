"""The house's own rules."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from baogao.cli import main
from baogao.data import load
from conftest import ROOT

PACKAGE = ROOT / "hooks/baogao"
# A room imports only rooms that stand before it.
ORDER = [
    "data", "model", "handwritten", "particulars", "blocks", "markup", "webpage", "word_numbering", "word", "extract", "source", "outline", "themes", "quantity", "english", "agreement", "alignment", "clauses", "subjects", "tables", "circumstances", "figures", "computed", "comparisons", "indicators", "addresses", "terms", "marks", "templates",
    "messages", "words", "translation", "checks", "headline", "sidecar", "corrections", "cache", "publication", "consistency", "proof", "citations", "instruments", "links", "series", "changes", "score", "accuracy", "views", "article24", "export", "glossary", "names", "linked", "figure_tables", "term_pages", "instrument_pages", "series_pages", "since_pages", "head", "page_data", "feeds", "finder", "page", "proof_pages", "report_pages", "pages", "search", "verify", "intake", "cli",
]  # fmt: skip


def _imports(path: Path) -> set[str]:
    found, inside = set(), 1 + (path.name == "__init__.py")
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == inside:
            found |= {node.module} if node.module else {name.name for name in node.names}
    return found - {"__version__"}


@pytest.mark.parametrize("room", ORDER[1:])
def test_imports_run_one_way(room):
    path = PACKAGE / f"{room}.py"
    assert _imports(path if path.exists() else PACKAGE / room / "__init__.py") <= set(ORDER[: ORDER.index(room)])


def test_every_room_has_its_place():
    assert {path.stem for path in [*PACKAGE.glob("*.py"), *PACKAGE.glob("*/")]} - {"__init__", "__pycache__"} == set(
        ORDER
    )


def test_the_picture_for_maintainers_shows_every_room():
    picture = (ROOT / "docs/assets/house.svg").read_text("utf-8")
    assert {room for room in [*ORDER, "publish"] if f">{room}<" not in picture} == set()


def test_the_pages_give_the_picture_its_room_before_it_arrives():
    width, height = re.search(
        r'width="(\d+)" height="(\d+)"', (ROOT / "docs/assets/house.svg").read_text("utf-8")
    ).groups()
    for language in ("zh", "en"):
        text = (ROOT / f"docs/{language}/maintainers.md").read_text("utf-8")
        assert f'house.svg){{: width="{width}" height="{height}" }}' in text


def test_the_package_knows_nothing_of_mkdocs():
    assert [p.name for p in PACKAGE.glob("*.py") if re.search("import mkdocs|from mkdocs", p.read_text("utf-8"))] == []


def test_nothing_of_the_first_report_is_in_code_templates_or_rules():
    tracked = [
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("*.j2"),
        *PACKAGE.rglob("*.yml"),
        ROOT / "hooks/publish.py",
        *(ROOT / "overrides").rglob("*.*"),
        *(ROOT / "docs").rglob("*.*"),
    ]
    lists_of_all_places = {PACKAGE / "data/places.yml"}
    for path in set(tracked) - lists_of_all_places:
        assert not re.search("望城|长沙|雷锋|wangcheng|changsha", path.read_text("utf-8"), re.I), path
    assert not re.search("望城|长沙市|wangcheng", (PACKAGE / "data/places.yml").read_text("utf-8"))


def _keys_used() -> set[str]:
    texts = [
        p.read_text("utf-8")
        for p in [*PACKAGE.rglob("*.j2"), *PACKAGE.glob("*.py"), *(ROOT / "overrides").rglob("*.html")]
    ]
    used = {key for text in texts for key in re.findall(r"""words(?:\.count)?\(f?["']([a-z0-9_{}.]+)["']""", text)}
    used |= {
        key for text in texts for key in re.findall(r"""f"([a-z]+_\{[a-z._]+\})\"""", text)
    }  # kept till it is shown
    used |= {key for text in texts for key in re.findall(r"""_composed\(["']([a-z_]+)["']""", text)}
    return used


def test_every_word_on_a_page_is_in_the_catalogue_in_both_languages():
    words = load("words")
    for key in _keys_used():
        pattern = re.compile(re.sub(r"\{[^}]*\}", "[a-z_]+", key))
        assert any(pattern.fullmatch(known) for known in words), key
    # a key put together by code counts as its pattern: kind_{…} uses every kind_…
    used = [re.compile(re.sub(r"\{[^}]*\}", "[a-z0-9_]+", key)) for key in _keys_used()]
    others = "".join(p.read_text("utf-8") for p in [*PACKAGE.glob("*.py"), *PACKAGE.rglob("*.j2")])
    for key in words:
        singular = key.removesuffix("_one")
        assert any(p.fullmatch(singular) for p in used) or f'"{key}"' in others, f"{key} is not used"
    for key, versions in words.items():
        assert set(versions) == {"zh", "en"}, key
        assert sorted(re.findall(r"\{\w+\}", versions["zh"])) == sorted(re.findall(r"\{\w+\}", versions["en"])), key


def test_every_command_and_every_finding_is_documented():
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in main.commands:
        assert f"baogao {command}" in readme, command
    for code, row in load("messages").items():
        assert row["severity"] in ("error", "note") and row["zh"] and row["en"], code
    used = {
        c
        for p in PACKAGE.glob("*.py")
        for c in re.findall(r"""(?:Finding|_finding)\(\s*f?["']([a-z-]+)(?:\{|["'])""", p.read_text("utf-8"))
    }
    assert {code for code in used if not code.endswith("-")} <= set(load("messages"))


def test_no_index_address_and_no_path_of_a_machine_is_tracked():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    for name in tracked:
        path = ROOT / name
        if name.startswith("tests/") or not path.is_file() or path.suffix in (".png", ".txt"):
            continue
        text = path.read_text("utf-8")
        assert not re.search(r"pypi\.org|pythonhosted|registry\.npmjs|/root/|/farm/", text), name


def test_the_locks_hold_hashes_and_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text and "http" not in text
