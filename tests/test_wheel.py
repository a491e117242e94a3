"""A site of one's own: the wheel in an environment that knows no checkout."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from conftest import FIRST, ROOT

LIBRARIES = Path(sysconfig.get_paths()["purelib"])
LEFT_OUT = re.compile(r"(_*editable_*\.*)?baogao\b|__pycache__|distutils-precedence")


@pytest.fixture(scope="module")
def wheel(once) -> Path:
    """Built from a copy: setuptools leaves things beside what it builds."""

    def make(into: Path) -> None:
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, into)
        shutil.copytree(ROOT / "hooks", into / "hooks", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        pip("wheel", "--no-build-isolation", "-w", str(into / "dist"), str(into))

    return next(once("wheel", make).glob("dist/baogao-*.whl"))


def pip(command: str, *arguments: str, python: str = sys.executable) -> None:
    """Without dependencies and without asking anybody for anything."""
    asked = [sys.executable, "-m", "pip", "--python", python, command, "--quiet", "--no-deps", "--no-index", *arguments]
    done = subprocess.run(asked, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def environment(into: Path, wheel: Path, without: str = "") -> None:
    """A fresh environment with the wheel and the libraries of this one, but for some."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(into)], check=True)
    libraries = into / "libraries"
    libraries.mkdir()
    for path in LIBRARIES.iterdir():
        if not LEFT_OUT.match(path.name) and not (without and re.match(without, path.name)):
            (libraries / path.name).symlink_to(path)
    python = into / "bin/python"
    own = next((into / "lib").glob("python*/site-packages"))
    (own / "libraries.pth").write_text(f"{libraries}\n", "utf-8")
    pip("install", str(wheel), python=str(python))


@pytest.fixture(scope="module")
def commands(wheel, once) -> Path:
    """The folder of the commands of an environment that has the wheel."""
    return once("environment", lambda into: environment(into, wheel)) / "bin"


CLEAN = {key: value for key, value in os.environ.items() if key not in ("SITE_URL", "PYTHONPATH", "BAOGAO_PROOF")}
CLEAN |= {"NO_MKDOCS_2_WARNING": "1", "LC_ALL": "C.UTF-8"}


def run(*command: str | Path, within: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(part) for part in command], cwd=within, env=CLEAN, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def begun(folder: Path, commands: Path) -> Path:
    """A new site with the first report and the checkout's own pages, so that it may be set beside the checkout's."""
    run(commands / "baogao", "new", folder.name, within=folder.parent)
    shutil.rmtree(folder / "docs")
    shutil.copytree(ROOT / "docs", folder / "docs")
    for name, content in FIRST.items():
        (folder / "seeds" / name).write_bytes(content)
    return folder


def files_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def differing(site: Path, other: Path) -> list[str]:
    """The files that are not alike, whoever made them."""
    one, two = ({name: _unsigned(data) for name, data in files_of(folder).items()} for folder in (site, other))
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


def _unsigned(data: bytes) -> bytes:
    return re.sub(rb'<meta name="generator" content="[^"]*">', b"", data)


def test_the_package_comes_from_the_wheel(commands):
    where = run(commands / "python", "-c", "import baogao; print(baogao.__file__)", within=commands)
    assert Path(where.stdout.strip()).is_relative_to(commands.parent)


def test_a_site_of_the_first_report_is_the_checkouts_file_by_file(commands, site, tmp_path):
    """So two builds are alike to the byte, in two processes and two folders, whatever order a set is in."""
    mine = begun(tmp_path / "mysite", commands)
    run(commands / "python", "-m", "mkdocs", "build", "--strict", within=mine)
    assert len(files_of(mine / "site")) > 300
    assert files_of(mine / "site") == files_of(site)


def test_a_site_without_a_report_is_built_and_says_what_to_do(commands, tmp_path):
    told = run(commands / "baogao", "new", "mysite", within=tmp_path).stdout
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert written >= {f"mysite/{name}" for name in ("mkdocs.yml", "README.md", ".gitignore")}
    assert written >= {f"mysite/docs/{language}/about.md" for language in ("zh", "en")}
    assert (tmp_path / "mysite/seeds").is_dir() and "mkdocs serve" in told
    assert len((tmp_path / "mysite/mkdocs.yml").read_text("utf-8").splitlines()) < 10
    settings = tmp_path / "mysite/mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("Reports on law-based government", "Our reports"), "utf-8")
    done = run(commands / "python", "-m", "mkdocs", "build", "--strict", within=settings.parent)
    assert "seeds: no report yet" in done.stderr and "baogao add" in done.stderr
    home = (tmp_path / "mysite/site/index.html").read_text("utf-8")
    assert "还没有报告" in home and "放进 seeds 目录" in home
    home = (tmp_path / "mysite/site/en/index.html").read_text("utf-8")
    assert "Our reports" in home and "Reports on law-based government" not in home


def test_the_preview_has_proof_sheets(commands, tmp_path):
    mine = tmp_path / "mysite"
    run(commands / "baogao", "new", mine.name, within=tmp_path)
    (mine / "seeds/a.txt").write_text(
        "某县2023年度法治政府建设情况报告\n一、成效\n办理案件3件。\n二、不足\n力度不够。\n", "utf-8"
    )
    (mine / "seeds/a.yml").write_text("id: a\n", "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    serve = [str(commands / "python"), "-m", "mkdocs", "serve", "--no-livereload", "-a", address]
    with subprocess.Popen(serve, cwd=mine, env=CLEAN, stderr=subprocess.DEVNULL) as server:
        try:
            assert "校样" in _asked(f"http://{address}/a/proof.html", server)
        finally:
            server.terminate()


def _asked(address: str, server: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        assert server.poll() is None
        try:
            with urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except URLError:
            time.sleep(0.2)
    raise AssertionError(address)


def test_another_theme_is_refused_in_one_line(commands, tmp_path):
    run(commands / "baogao", "new", "mysite", within=tmp_path)
    settings = tmp_path / "mysite/mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("theme: {name: baogao}", "theme: {name: material}"), "utf-8"
    )
    asked = [str(commands / "python"), "-m", "mkdocs", "build"]
    done = subprocess.run(asked, cwd=settings.parent, env=CLEAN, capture_output=True, text=True)
    assert done.returncode == 1 and "theme: {name: baogao}" in done.stderr and "Traceback" not in done.stderr


# ---- ProperDocs, which carries MkDocs 1.x on


@pytest.fixture(scope="module")
def properdocs(wheel, once) -> Path:
    """The commands of an environment that has no MkDocs."""
    return once("properdocs", lambda into: environment(into, wheel, without=r"mkdocs(-\d|$)")) / "bin"


def test_properdocs_makes_the_same_site_without_mkdocs(properdocs, commands, site, tmp_path):
    alone = "import importlib.util, sys; sys.exit(importlib.util.find_spec('mkdocs') is not None)"
    run(properdocs / "python", "-c", alone, within=tmp_path)
    mine = begun(tmp_path / "mysite", commands)
    run(properdocs / "python", "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml", within=mine)
    assert differing(mine / "site", site) == []
    assert b"ProperDocs" in (mine / "site/index.html").read_bytes()


def test_an_error_is_an_error_for_properdocs_too(properdocs, commands, tmp_path):
    run(commands / "baogao", "new", "mysite", within=tmp_path)
    (tmp_path / "mysite/seeds/bad.txt").write_bytes(b"")
    asked = [str(properdocs / "python"), "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml"]
    done = subprocess.run(asked, cwd=tmp_path / "mysite", env=CLEAN, capture_output=True, text=True)
    assert done.returncode == 1 and "seeds/bad.txt: the file holds no text" in done.stderr
