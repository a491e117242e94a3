"""The house's own rules."""

from __future__ import annotations

import re
import subprocess
from graphlib import TopologicalSorter

from baogao.cli import main
from baogao.rules import load
from conftest import ROOT
from house import MAP, PACKAGE, PICTURE, SHOWING, WINGS, picture, rooms, with_map, with_room


def test_imports_run_one_way_among_wings():
    order = {wing: n for n, wing in enumerate(WINGS)}
    assert {room.wing for room in rooms().values()} == set(WINGS)
    upwards = [
        f"{room.name} imports {other}"
        for room in rooms().values()
        for other in room.imports
        if order[rooms()[other].wing] > order[room.wing]
    ]
    assert upwards == []


def test_no_rooms_import_each_other_in_a_circle():
    assert list(TopologicalSorter({room.name: room.imports for room in rooms().values()}).static_order())


def test_every_room_says_what_it_is():
    assert [room.name for room in rooms().values() if not room.says.endswith(".")] == []


def test_the_map_and_the_picture_are_those_of_the_house(request):
    made_of_code = {MAP: with_map(MAP.read_text("utf-8")), PICTURE: picture()}
    for path, made in (made_of_code | {page: with_room(page.read_text("utf-8")) for page in SHOWING}).items():
        if request.config.getoption("--golden"):
            path.write_text(made, "utf-8")
        assert path.read_text("utf-8") == made, f"{path.name} is not as the code is: pytest --golden writes it anew"


def test_only_the_conversion_of_pages_knows_mkdocs():
    known = [p.name for p in PACKAGE.rglob("*.py") if re.search("import mkdocs|from mkdocs", p.read_text("utf-8"))]
    assert known == ["conversion.py"]


def test_nothing_of_the_first_report_is_in_code_templates_or_rules():
    tracked = [
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("*.j2"),
        *PACKAGE.rglob("*.yml"),
        ROOT / "hooks/publish.py",
        *(ROOT / "overrides").rglob("*.*"),
        *(ROOT / "docs").rglob("*.*"),
    ]
    lists_of_all_places = {PACKAGE / "rules/places.yml"}
    for path in set(tracked) - lists_of_all_places:
        assert not re.search("望城|长沙|雷锋|wangcheng|changsha", path.read_text("utf-8"), re.I), path
    assert not re.search("望城|长沙市|wangcheng", (PACKAGE / "rules/places.yml").read_text("utf-8"))


def _keys_used() -> set[str]:
    texts = [
        p.read_text("utf-8")
        for p in [*PACKAGE.rglob("*.j2"), *PACKAGE.rglob("*.py"), *(ROOT / "overrides").rglob("*.html")]
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
    others = "".join(p.read_text("utf-8") for p in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.j2")])
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
        for p in PACKAGE.rglob("*.py")
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
