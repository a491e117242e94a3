"""The house's own rules."""

from __future__ import annotations

import ast
import re
import socket
import struct
import subprocess
import time
from graphlib import TopologicalSorter
from urllib.parse import urlsplit

import licenses
import pytest
from baogao.cli import main
from baogao.corpus.shards import BY
from baogao.export import workbook
from baogao.export.search_records import FACETS
from baogao.figures.computed import Rule
from baogao.model import Bound, Direction, Doubt, Form, Kind
from baogao.publication import abstract, proof
from baogao.publication.verify import Match
from baogao.relations import changes
from baogao.relations.instruments import InstrumentKind
from baogao.relations.matters import Answer
from baogao.relations.series import Difference
from baogao.relations.tensions import TensionKind
from baogao.rules import load
from baogao.search import interface
from baogao.site import data_page, linked, navigation
from baogao.translation.po import State
from baogao.translation.terms import STATUSES
from baogao.wording import names
from conftest import ROOT, THEME
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


def test_no_room_uses_a_private_name_of_another():
    for path in [*PACKAGE.rglob("*.py"), ROOT / "hooks/publish.py", *(ROOT / "bench").rglob("*.py")]:
        code = ast.parse(path.read_text("utf-8"))
        imported = [node for node in ast.walk(code) if isinstance(node, ast.ImportFrom)]
        names = {alias.asname or alias.name for node in imported for alias in node.names}
        private = [alias.name for node in imported for alias in node.names if re.match("_[A-Za-z]", alias.name)]
        private += [
            f"{node.value.id}.{node.attr}"
            for node in ast.walk(code)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names
            if re.match("_[A-Za-z]", node.attr)
        ]
        assert private == [], path


def test_a_class_name_means_one_thing():
    met: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                met.setdefault(node.name.strip("_"), set()).add(path.relative_to(PACKAGE).as_posix())
    assert {name: rooms for name, rooms in met.items() if len(rooms) > 1} == {}


def test_a_pattern_that_rooms_share_is_typed_once():
    shared = re.compile(r"一二三四五|\\u4e00|\[一-|chr\(0xFF10|\[\^，,。；;\][{*]")
    paths = [path for path in PACKAGE.rglob("*.py") if shared.search(path.read_text("utf-8"))]
    assert {path.relative_to(PACKAGE).as_posix() for path in paths} == {"patterns.py"}


def test_every_room_says_what_it_is():
    assert [room.name for room in rooms().values() if not room.says.endswith(".")] == []


def test_the_map_and_the_picture_are_those_of_the_house(request):
    made_of_code = {MAP: with_map(MAP.read_text("utf-8")), PICTURE: picture()}
    for path, made in (made_of_code | {page: with_room(page.read_text("utf-8")) for page in SHOWING}).items():
        if request.config.getoption("--golden"):
            path.write_text(made, "utf-8")
        assert path.read_text("utf-8") == made, f"{path.name} is not as the code is: pytest --golden writes it anew"


def test_only_the_plugins_and_what_calls_or_converts_for_them_know_mkdocs():
    known = [p.name for p in PACKAGE.rglob("*.py") if re.search("import mkdocs|from mkdocs", p.read_text("utf-8"))]
    assert sorted(known) == ["conversion.py", "part_build.py", "plugin.py", "search_plugin.py"]


def test_nothing_of_the_first_report_is_in_code_templates_or_rules():
    tracked = [
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("*.j2"),
        *PACKAGE.rglob("*.yml"),
        ROOT / "hooks/publish.py",
        *THEME.rglob("*.*"),
        *(ROOT / "docs").rglob("*.*"),
    ]
    lists_of_all_places = {PACKAGE / "rules/places.yml"}
    compiled = {path for path in tracked if path.suffix == ".pyc"}
    for path in set(tracked) - compiled - lists_of_all_places:
        assert not re.search("望城|长沙|雷锋|wangcheng|changsha", path.read_text("utf-8"), re.I), path
    assert not re.search("望城|长沙市|wangcheng", (PACKAGE / "rules/places.yml").read_text("utf-8"))


def _with(prefix: str, *endings: str) -> set[str]:
    return {f"{prefix}{ending}".replace("-", "_") for ending in endings}


# Keys that code puts together, and all that can come of it: kind_{…} is kind_level, kind_share or kind_change.
_BOUNDS = [*Bound, "at_least", "at_most"]
COMPOSED = {
    "abstract_": _with("abstract_", *abstract.ROLES),
    "bound_": _with("bound_", *_BOUNDS),
    "check_": _with("check_", "report", "error", "note", "doubt"),
    "check_next_": _with("check_next_", "errors", "doubts", "notes", "clean"),
    "po_": _with("po_", *State),
    "verify_": _with("verify_", *Match),
    "by_": _with("by_", "place", "year", "kind", "theme", *BY, *FACETS),
    "differs_": _with("differs_", *Difference),
    "direction_": _with("direction_", *Direction),
    "doubt_": _with("doubt_", *Doubt),
    "instruments_": _with("instruments_", *InstrumentKind),
    "kind_": _with("kind_", *Kind),
    "level_": _with("level_", "province", "prefecture", "county", "township"),
    "linked_": {f"linked_{kind}{end}" for kind in linked.SHOWN for end in ("", "_back")},
    "answer_": _with("answer_", *Answer),
    "matters_n_": _with("matters_n_", "planned", "repeated", "without", *Answer),
    "promise_": _with("promise_", "kept", "changed", "gone"),
    "proof_": _with("proof_", *Form, *proof.Sort),
    "role_": _with("role_", *load("roles")["provisions"]["contents"]),
    "rule_": _with("rule_", *Rule),
    "search_": {f"search_{key}" for key in interface.WORDS if key != "search"},
    "short_": _with("short_", *load("roles")["provisions"]["contents"]),
    "sign_": _with("sign_", *_BOUNDS),
    "since_": _with("since_", *changes.Fate),
    "since_n_": _with("since_n_", changes.Fate.KEPT, changes.Fate.NEW, changes.Fate.GONE),
    "status_": _with("status_", *STATUSES),
    "tension_": _with("tension_", *TensionKind),
}
# Keys that code takes from a table or has said before, by the expression that asks for them.
TAKEN = {
    "column.head": {column.head for column in workbook.COLUMNS},
    "ACROSS[name]": {*navigation.ACROSS.values()},
    "_held(key, names.publication)": {*data_page.DOWNLOADS.values(), "holds_report_extracted"},
    "FIELDS[unit.id]": {*names.FIELDS.values()},
    "FIELD_WORDS.get(row.id, row.id)": {proof.FIELD_WORDS.get(name, name) for name in (*proof.METADATA, "proofread")},
    "'original_title' if name == 'title' else name": {"original_title", "issuer", "place"},
    "row.doubt": {
        *_with("slip_", "order", "unbalanced", *(row["says"] for row in load("slips")["slips"])),
        *_with("doubt_", *Doubt),
        *_with("unit_", State.UNTRANSLATED, State.CHANGED),
        "proof_missing",
        "proof_scanned",
    },
    "key": {"correction_line", "withdrawal_line", "published_early", "published_late"}
    | _with("instrument_", "number", "date", "issuer", "source", "official"),
}


def _asks(call: ast.expr) -> bool:
    """Whether this is the catalogue: words, names.words, words.count, Words("en"), self._composed."""
    if isinstance(call, ast.Attribute):
        return call.attr in ("words", "_composed") or (call.attr == "count" and _asks(call.value))
    return (
        isinstance(call, ast.Name) and call.id == "words" or isinstance(call, ast.Call) and _named(call.func, "Words")
    )


def _named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _keys_of(asked: ast.expr) -> set[str]:
    """The keys an expression can be."""
    if isinstance(asked, ast.Constant):
        return {asked.value}
    if isinstance(asked, ast.JoinedStr) and isinstance(asked.values[0], ast.Constant):
        return COMPOSED[asked.values[0].value]
    if ast.unparse(asked) in TAKEN:
        return TAKEN[ast.unparse(asked)]
    assert isinstance(asked, ast.IfExp), f"words({ast.unparse(asked)}): its keys belong into COMPOSED or TAKEN"
    return _keys_of(asked.body) | _keys_of(asked.orelse)


def _keys_used() -> set[str]:
    used: set[str] = set()
    for path in {*PACKAGE.rglob("*.py"), ROOT / "hooks/publish.py"} - {PACKAGE / "wording/words.py"}:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and _asks(node.func):
                used |= _keys_of(node.args[0])
    for path in [*PACKAGE.rglob("*.j2"), *THEME.rglob("*.html")]:
        for asked in re.findall(r"\bwords(?:\.count)?\(([^,)]*)", path.read_text("utf-8")):
            used |= _keys_of(ast.parse(asked, mode="eval").body)
    return used


def test_every_word_asked_for_is_in_the_catalogue_and_every_word_of_it_is_asked_for():
    used, known = ({key.removesuffix("_one") for key in keys} for keys in (_keys_used(), load("words")))
    assert (used - known, known - used) == (set(), set())


TELLING = {"say", "echo", "info", "warning", "error", "PluginError"}


def test_what_is_told_stands_in_the_catalogue():
    """No sentence of English in code that speaks to who runs it; `score` speaks to who works on the code."""
    told = {
        f"{path.name}: {ast.unparse(call.args[0])}"
        for path in set(PACKAGE.rglob("*.py")) - {PACKAGE / "report_commands.py"}
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and call.args
        and getattr(call.func, "attr", getattr(call.func, "id", "")) in TELLING
        for said in ast.walk(call.args[0])
        if isinstance(said, ast.Constant) and re.search("[a-z]{2,} [a-z]{2,}", str(said.value))
    }
    assert told == set()


def test_every_list_of_the_lexicon_is_read():
    read = {
        node.value
        for wing in ("outline", "figures")
        for path in (PACKAGE / wing).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(load("lexicon")) - read == set()


def test_every_word_is_there_in_both_languages_with_the_same_values():
    for key, versions in load("words").items():
        assert set(versions) == {"zh", "en"}, key
        assert sorted(re.findall(r"\{\w+\}", versions["zh"])) == sorted(re.findall(r"\{\w+\}", versions["en"])), key


def test_every_word_given_to_the_scripts_is_used_by_them():
    given = (THEME / "partials/script_words.html").read_text("utf-8")
    scripts = "".join(path.read_text("utf-8") for path in (THEME / "assets").rglob("*.js"))
    asked = {key for pair in re.findall(r"words\.(\w+)|(?:say|count)\(\"(\w+)\"", scripts) for key in pair}
    assert {key.removesuffix("_one") for key in re.findall(r'"(\w+)": ', given)} - asked == set()


def test_every_word_given_to_the_search_is_used_by_it():
    scripts = "".join(path.read_text("utf-8") for path in (PACKAGE / "search/assets").glob("*.js"))
    composed = {key for key in interface.WORDS if re.match("language_|nearest_", key)}  # words[`nearest_${how}`]
    asked = {key for pair in re.findall(r"words\.(\w+)|\"(\w+)\"", scripts) for key in pair}
    assert {key.removesuffix("_one") for key in interface.WORDS} - composed - asked == set()


def test_the_two_readmes_name_each_other_first_and_have_the_same_commands():
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
    for own, other in ((english, "README.zh-CN.md"), (chinese, "README.md")):
        assert other in own.splitlines()[2]

    def commands(readme: str) -> list[str]:
        """The lines of its blocks of commands, without what they say of them."""
        blocks = re.findall(r"```\n(.*?)```", readme, re.S)
        return [line.partition("  #")[0].rstrip() for block in blocks for line in block.splitlines()]

    assert commands(chinese) == commands(english)
    rows = [set(re.findall(r"^\| `(baogao [^`]+)`", readme, re.M)) for readme in (english, chinese)]
    assert rows[0] == rows[1] and {row.split()[1] for row in rows[0]} <= set(main.commands)


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


def test_a_browser_that_leaves_before_it_has_a_file_prints_no_traceback(serve, tmp_path, capfd):
    (tmp_path / "large").write_bytes(bytes(10_000_000))
    port = urlsplit(serve(tmp_path)).port
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", port)) as browser:
            browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # leaves with a reset
            browser.sendall(b"GET /large HTTP/1.0\r\n\r\n")
            browser.recv(1000)
    time.sleep(0.3)
    assert capfd.readouterr().err == ""


# ---- licenses


def test_the_list_of_licenses_is_that_of_the_lock_and_the_theme():
    assert licenses.LIST.read_text("utf-8") == licenses.listed(licenses.LIST.read_text("utf-8")), "make licenses"


@pytest.mark.parametrize("said", ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "see the file"])
def test_a_license_that_is_not_known_or_not_accepted_is_an_error(said):
    with pytest.raises(licenses.Unknown, match="some-package"):
        licenses.license_of("some-package", [said], licenses.rules())


def test_every_file_that_names_a_holder_is_in_the_list(site):
    """Of the package and of the site; the theme's own are in its package's name."""
    listed = [one["path"] for one in licenses.rules()["files"]] + ["site/assets/javascripts/bundle."]
    holder = re.compile(r"(?i)copyright\s*(?:\(c\)|©|\d)|\(c\) \d{4}|open font license|licensed (?:under|mit)|@license")
    package = [path for path in PACKAGE.rglob("*.*") if path.suffix in (".js", ".css", ".html", ".yml", ".csv")]
    shipped = [path for path in (site / "assets").rglob("*.*") if path.suffix in (".js", ".css", ".svg")]
    named = [path.relative_to(ROOT).as_posix() for path in package if holder.search(path.read_text("utf-8"))]
    named += [f"site/{path.relative_to(site).as_posix()}" for path in shipped if holder.search(path.read_text("utf-8"))]
    copies = {f"site/assets/{name}" for name in ("search/stemmer.js", "marks.css")}  # of the package's
    assert [path for path in named if path not in copies and not path.startswith(tuple(listed))] == []
    assert copies <= {*named} and not list((site / "assets/javascripts").rglob("lunr*"))
