"""A build that remembers is a build: the same bytes, the same warnings, only sooner."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from baogao.processes import shared
from conftest import PRACTICE, build_site

SEEDS = {path.name: path.read_bytes() for path in PRACTICE[:2]}
FIRST = PRACTICE[0].name
# A build that counts what it converts and renders; with a second thread, so that all of it is done in this process.
COUNTED = """
import sys, threading
if ALONE: threading.Thread(target=threading.Event().wait, daemon=True).start()
import jinja2, markdown
counts = {"converted": 0, "rendered": 0}
def counted(name, method):
    def call(self, *rest, **more):
        counts[name] += name == "converted" or self.name == "main.html"
        return method(self, *rest, **more)
    return call
markdown.Markdown.convert = counted("converted", markdown.Markdown.convert)
jinja2.Template.render = counted("rendered", jinja2.Template.render)
from mkdocs.__main__ import cli
try:
    cli(["build", *sys.argv[1:]])
finally:
    print(counts["converted"], counts["rendered"])
"""


class Checkout:
    """A copy of this one with reports of its own, built again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.converted = self.rendered = 0
        done = build_site(folder, SEEDS)
        assert done.returncode == 0, done.stderr

    def build(self, *arguments: str, alone: bool = True, ok: bool = True) -> str:
        """What MkDocs said."""
        done = subprocess.run(
            [sys.executable, "-c", COUNTED.replace("ALONE", str(alone)), *arguments],
            cwd=self.folder,
            env={key: value for key, value in os.environ.items() if key not in ("SITE_URL", "SOURCE_DATE_EPOCH")}
            | {"NO_MKDOCS_2_WARNING": "1", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert (done.returncode == 0) is ok, done.stderr
        self.converted, self.rendered = map(int, done.stdout.split()[-2:])
        return done.stderr

    def site(self, name: str = "site") -> dict[str, bytes]:
        top = self.folder / name
        return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}

    def unremembered(self) -> dict[str, bytes]:
        """The site of a build that knows nothing."""
        kept = (self.folder / ".cache").rename(self.folder / "kept")
        self.build("--strict", "-d", "clean")
        shutil.rmtree(self.folder / ".cache")
        kept.rename(self.folder / ".cache")
        return self.site("clean")

    def edit(self, path: str, was: str, now: str) -> None:
        text = (self.folder / path).read_text("utf-8")
        assert was in text
        (self.folder / path).write_text(text.replace(was, now, 1), "utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Built once; whoever changes it takes a copy."""
    return Checkout(tmp_path_factory.mktemp("built"))


@pytest.fixture
def checkout(built, tmp_path):
    shutil.copytree(built.folder, tmp_path / "checkout", symlinks=True)
    again = object.__new__(Checkout)
    again.folder = tmp_path / "checkout"
    return again


def test_a_second_build_converts_and_renders_nothing_and_gives_the_same_bytes(built):
    first = built.site()  # of several processes, where there are several
    built.build("--strict")
    assert (built.converted, built.rendered) == (0, 0)
    assert built.site() == first == built.unremembered()
    assert built.converted == built.rendered == sum(name.endswith(".html") for name in first) - 1  # 404.html


def _sentence(checkout: Checkout) -> str:
    text = (checkout.folder / "seeds" / FIRST).read_text("utf-8")
    return re.findall("[^。\n]{20,}。", text)[8]


# what is edited, from what, to what
EDITS = {
    "a sentence": (f"seeds/{FIRST}", _sentence, lambda was: was[:-1] + "，本句后加。"),
    "a heading": (f"seeds/{FIRST}", lambda c: "一、", lambda was: "一、改过的"),
    "a page written by hand": ("docs/zh/about.md", lambda c: "\n\n", lambda was: "\n\n新的一段。\n\n"),
    "the title of a page written by hand": ("docs/en/about.md", lambda c: "# ", lambda was: "# Told: "),
    "a template": ("overrides/main.html", lambda c: '{% include "partials/cite.html" %}', lambda was: was + "<i></i>"),
    "a setting of the site": ("mkdocs.yml", lambda c: "site_names: {en: ", lambda was: was + "Some "),
    "a setting of the theme": ("mkdocs.yml", lambda c: "features: [", lambda was: was + "navigation.top, "),
    "an extension": ("mkdocs.yml", lambda c: "  - sane_lists\n", lambda was: "  - admonition\n"),
    "a setting of an extension": ("mkdocs.yml", lambda c: "toc_depth: 2-4", lambda was: "toc_depth: 2-3"),
    "a word of the interface": ("hooks/baogao/rules/words.yml", lambda c: "首页", lambda was: "首頁"),
    "a template of the pages": (
        "hooks/baogao/site/templates/full.md.j2", lambda c: "\n", lambda was: "\n<!-- -->\n\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "was", "now"), EDITS.values(), ids=EDITS)
def test_after_an_edit_the_site_is_that_of_a_build_without_cache(checkout, path, was, now):
    before = checkout.site()
    found = was(checkout)
    checkout.edit(path, found, now(found))
    checkout.build("--strict")
    pages = sum(name.endswith(".html") for name in before) - 1
    edited = (checkout.converted, checkout.rendered)
    assert checkout.site() == checkout.unremembered()
    assert checkout.site() != before
    if path.startswith(("seeds", "docs")):
        assert 0 < edited[0] < pages * 0.7  # one report of two, and the lists


def test_a_report_that_comes_and_goes_leaves_no_trace(checkout):
    before, taken = checkout.site(), checkout.folder / "seeds" / PRACTICE[2].name
    taken.write_bytes(PRACTICE[2].read_bytes())
    checkout.build("--strict")
    assert checkout.site() == checkout.unremembered()
    taken.unlink()
    checkout.build("--strict")
    assert checkout.site() == before


def _warnings(said: str) -> list[str]:
    return re.findall(r"^WARNING .*?(?=\n[A-Z]|\Z)", said, re.M | re.S)


def test_a_broken_link_is_told_each_time_even_where_the_build_before_was_quiet(checkout):
    checkout.edit("docs/en/about.md", "\n\n", "\n\n[gone](nowhere.md), [nor here](data.md#nothing)\n\n")
    checkout.build("-q")
    said = [checkout.build("--strict", ok=False) for _ in range(2)]
    assert [len(_warnings(one)) for one in said] == [2, 2]
    assert all("'nowhere.md'" in one and "'#nothing'" in one for one in said)


def _place(checkout: Checkout) -> tuple[str, str]:
    """A sentence of the first report: the Markdown file it stands in, from docs/zh/about.md, and its anchor."""
    name, html = next((n, b) for n, b in checkout.site().items() if re.fullmatch(r"[a-z]+-\d{4}/1-1\.html", n))
    return name.replace(".html", ".md"), re.findall(rb'id="(s1-1-\d-\d)"', html)[-1].decode()


def test_a_link_that_was_whole_is_told_when_its_target_goes_though_its_page_is_not_converted_again(checkout):
    page, anchor = _place(checkout)
    checkout.edit("docs/zh/about.md", "\n\n", f"\n\n[这里]({page}#{anchor})\n\n")
    checkout.build("--strict")
    checkout.build("--strict")
    assert checkout.converted == 0
    seed = next(path for path in (checkout.folder / "seeds").iterdir() if page.partition("-2")[0] in path.name)
    whole = seed.read_bytes()

    # the report ends before the sentence: anchor and page are not there any more
    text = seed.read_text("utf-8")
    seed.write_text(text.replace("（一）", "", 1).replace("(一)", "", 1), "utf-8")
    said = checkout.build(ok=True)
    assert [one for one in _warnings(said) if "about.md" in one and page in one], said
    seed.write_bytes(whole)
    assert _warnings(checkout.build("--strict")) == []


SPOILT = {
    "truncated": lambda entry: entry.write_bytes(entry.read_bytes()[:50]),
    "other bytes": lambda entry: entry.write_bytes(b"\x00" * 2000),
    "a folder": lambda entry: (entry.unlink(), entry.mkdir()),
    "a link to what does not end": lambda entry: (entry.unlink(), entry.symlink_to("/dev/zero")),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_damaged_cache_costs_time_and_no_build(checkout, spoil):
    before = checkout.site()
    entries = [path for path in (checkout.folder / ".cache/baogao").rglob("*") if path.is_file()]
    assert {path.parent.name for path in entries} == {"baogao", "site", "pages", "frames"}
    for entry in entries:
        spoil(entry)
    checkout.build("--strict")
    assert checkout.converted == checkout.rendered > 100
    assert checkout.site() == before


def test_a_cache_that_cannot_be_written_costs_time_and_no_build(checkout):
    before = checkout.site()
    shutil.rmtree(checkout.folder / ".cache")
    (checkout.folder / ".cache").write_bytes(b"")
    for _ in range(2):
        checkout.build("--strict", alone=False)
        assert checkout.site() == before


# ---- several processes


def test_pieces_come_in_order_whoever_makes_them():
    assert list(shared(lambda n: (n, n * n), 100, at_once=3)) == [(n, n * n) for n in range(100)]


@pytest.mark.skipif(sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="one process at a time here")
def test_pieces_are_made_by_several_processes():
    assert len(set(shared(lambda n: os.getpid(), 100)) - {os.getpid()}) > 1


def test_what_a_piece_raises_is_raised():
    made = []
    with pytest.raises(ZeroDivisionError):
        made.extend(shared(lambda n: 1 // (n - 40), 100, at_once=3))


def test_a_process_that_is_killed_takes_no_piece_with_it():
    here = os.getpid()

    def work(number: int) -> int:
        if number == 50 and os.getpid() != here:
            os._exit(9)  # as for want of memory
        return number

    assert list(shared(work, 100, at_once=3)) == list(range(100))
