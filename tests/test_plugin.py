"""The plugin as the checkout has it, a hook: edits of the package are seen, and nothing else is imported anew."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from baogao.preview import taken
from conftest import ROOT, build_site, mkdocs

BUILDS = """
import sys
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config

def home():
    build(load_config("mkdocs.yml"))
    return Path("site/index.html").read_text("utf-8"), sys.modules["baogao.plugin"]

first, plugin = home()
again, same = home()
assert first == again and plugin is same
words = Path("hooks/baogao/rules/words.yml")
words.write_text(words.read_text("utf-8").replace("还没有报告", "尚无报告"), "utf-8")
edited, other = home()
assert "尚无报告" in edited and "尚无报告" not in first and other is not plugin
print(plugin.__file__)
"""


@pytest.fixture(scope="module")
def copied(tmp_path_factory) -> Path:
    """A copy of the checkout, built once without a report."""
    into = tmp_path_factory.mktemp("checkout")
    done = build_site(into, {})
    assert done.returncode == 0, done.stderr
    return into


def python(within: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key not in ("SITE_URL", "PYTHONPATH")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=within,
        env=clean | {"NO_MKDOCS_2_WARNING": "1", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
    )


def test_the_package_is_imported_anew_where_it_was_edited_and_only_there(copied):
    done = python(copied, "-c", BUILDS)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(copied)


def test_reports_and_cache_may_be_elsewhere(copied):
    settings = (copied / "mkdocs.yml").read_text("utf-8")
    known, options = "    cache: !ENV [BAOGAO_CACHE, .cache/baogao]", "    seeds: reports\n    cache: kept"
    (copied / "elsewhere.yml").write_text(settings.replace(known, options), "utf-8")
    (copied / "reports").mkdir()
    (copied / "reports/a.txt").write_text("某县2023年度法治政府建设情况报告\n一、成效\n办理案件3件。\n", "utf-8")
    done = mkdocs(copied, "build", "--strict", "-f", "elsewhere.yml", "-d", "other")
    assert done.returncode == 0 and "reports/a.txt" in done.stderr, done.stderr
    assert [*(copied / "other").glob("*-2023/1.html")] and any((copied / "kept").rglob("*.*"))


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("proofs: perhaps", "extra.baogao.proofs"),
        ("nmaes: {}", "extra.baogao.nmaes"),
        ("names: 3", "extra.baogao.names"),
    ],
)
def test_a_wrong_option_is_named(copied, option, said):
    settings = copied / "mkdocs.yml"
    known = settings.read_text("utf-8")
    wrong = copied / "wrong.yml"
    wrong.write_text(known.replace("    proofs: !ENV [BAOGAO_PROOF, null]", f"    {option}"), "utf-8")
    done = mkdocs(copied, "build", "--strict", "-f", "wrong.yml")
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr


def test_a_second_preview_says_in_one_line_that_the_port_is_taken_and_names_a_free_one(copied):
    with socket.create_server(("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        done = mkdocs(copied, "serve", "-a", f"127.0.0.1:{port}")
    (said,) = [line for line in done.stderr.splitlines() if str(port) in line]
    free = int(re.search(r"serve -a 127\.0\.0\.1:(\d+)", said)[1])
    assert done.returncode == 1 and "Traceback" not in done.stderr and free > port
    socket.create_server(("127.0.0.1", free)).close()
    assert taken("127.0.0.1", free) is None


def test_make_says_what_to_do_in_a_checkout_that_was_moved(tmp_path):
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    (tmp_path / ".venv").mkdir()

    def made(target: str, folder: Path) -> subprocess.CompletedProcess[str]:
        (tmp_path / ".venv/pyvenv.cfg").write_text(f"command = /usr/bin/python3 -m venv {folder}/.venv\n", "utf-8")
        return subprocess.run(["make", "-n", target], cwd=tmp_path, capture_output=True, text=True)

    assert 'Say "make clean"' in made("site", tmp_path / "old").stderr
    assert made("clean", tmp_path / "old").returncode == 0
    assert 'Say "make clean"' not in made("site", tmp_path.resolve()).stderr
