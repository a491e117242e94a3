"""A site is whole or the earlier one: a build that is killed, fails, or runs beside another."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from baogao.staging import begun, laid
from conftest import BUILD, PRACTICE, copy_checkout, mkdocs

REPORT = PRACTICE[6]
# What writes a page is stopped with half of it written, as by a kill, a full disk, a fault of another plugin.
STOPPED = f"""
import os
from mkdocs import utils
from mkdocs.commands import build
written = []
def write_file(content, path):
    whole(content, path) if len(written) < 20 else (open(path, "wb").write(content[: len(content) // 2]), {{stop}})
    written.append(path)
whole, utils.write_file = utils.write_file, write_file
{BUILD}
"""


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    into = tmp_path_factory.mktemp("staged")
    copy_checkout(into, {REPORT.name: REPORT.read_bytes()})
    assert mkdocs(into, "build", "--strict").returncode == 0
    return into


def test_a_build_that_is_stopped_leaves_the_earlier_site(built):
    before = files(built / "site")
    assert len(before) > 100 and not list(built.glob(".site.building-*"))
    (built / "docs/zh/about.md").write_text("# 另一页\n", "utf-8")
    failed = mkdocs(built, "build", code=STOPPED.format(stop="1 / 0"))
    assert failed.returncode != 0 and "ZeroDivisionError" in failed.stderr and files(built / "site") == before
    assert not list(built.glob(".site.building-*"))
    mkdocs(built, "build", code=STOPPED.format(stop="os._exit(9)"))
    assert files(built / "site") == before
    (left,) = built.glob(".site.building-*")
    os.utime(left, (time.time() - 7200,) * 2)
    (built / "site/.keep").write_text("mine", "utf-8")
    (built / "site/gone.html").write_text("of an earlier site", "utf-8")
    assert mkdocs(built, "build").returncode == 0
    after = files(built / "site")
    assert "另一页" in after["about.html"].decode() and "gone.html" not in after and ".keep" in after
    assert not list(built.glob(".site.building-*"))


def test_a_folder_that_cannot_be_written_to_is_told_in_a_line(built):
    failed = mkdocs(built, "build", "-d", "mkdocs.yml/site")
    assert failed.returncode != 0 and "the system refuses this" in failed.stderr and "Traceback" not in failed.stderr


def test_two_builds_at_once_make_the_same_site_as_one(built):
    before = files(built / "site")
    clean = {key: value for key, value in os.environ.items() if key not in ("SITE_URL", "SOURCE_DATE_EPOCH")}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    both = [subprocess.Popen(command, cwd=built, env=clean, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    assert files(built / "site") == before and not list(built.glob(".site.building-*"))


def test_a_file_may_come_where_a_folder_was_and_the_other_way_round(tmp_path):
    site = tmp_path / "site"
    for name in ("a/b.html", "c.html", ".git/config", "d/e/f.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("old", "utf-8")
    built = begun(site)
    assert built.parent == tmp_path
    for name in ("a", "c.html/x.html", "g.html"):
        (built / name).parent.mkdir(parents=True, exist_ok=True)
        (built / name).write_text("new", "utf-8")
    laid(built, site)
    assert files(site) == {"a": b"new", "c.html/x.html": b"new", "g.html": b"new", ".git/config": b"old"}
    assert not built.exists() and not (site / "d").exists()
