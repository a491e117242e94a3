"""A build that remembers is a build: the same bytes, the same warnings, only sooner."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from baogao import conversion, frames
from baogao.plugin import Baogao
from baogao.processes import shared
from baogao.publication.cache import Cache
from conftest import ROOT, built_strictly, mkdocs
from jinja2 import Template
from mkdocs.config import load_config
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

REPORT = """{place}2023年度法治政府建设情况报告

发布时间：2024-01-{day}

2023年，{place}推进法治政府建设。现将有关情况报告如下。

一、主要做法

（一）规范执法。全年办理行政处罚案件{n}件，同比下降5.2%。开展执法检查86次，发现问题13个。

（二）化解矛盾。调解纠纷312件，办结行政复议案件21件。

二、存在的不足

执法力量还不均衡。

三、下一步打算

继续规范行政执法，办好行政复议案件。
"""
SEEDS = {
    f"{name}.txt": REPORT.format(place=place, day=day, n=n).encode()
    for name, place, day, n in [("a", "青山区", 10, 40), ("b", "绿水县", 11, 51), ("c", "白云市", 12, 62)]
}
THIRD = ("c.txt", SEEDS.pop("c.txt"))
# pages written by hand for readers are converted for the search once more
TWICE = sum("aside: true" not in path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md"))
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
    cli()
finally:
    print(counts["converted"], counts["rendered"])
"""


class Checkout:
    """A copy of this one with reports of its own, built again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.converted = self.rendered = 0

    def build(self, *arguments: str, alone: bool = True, ok: bool = True) -> str:
        """What MkDocs said."""
        done = mkdocs(self.folder, "build", *arguments, code=COUNTED.replace("ALONE", str(alone)))
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
def built(once) -> Path:
    """A folder with a site that was built once; whoever builds again takes a copy."""
    return once("built", built_strictly(SEEDS))


@pytest.fixture
def checkout(built, tmp_path) -> Checkout:
    return Checkout(shutil.copytree(built, tmp_path / "checkout", symlinks=True))


def test_a_second_build_converts_and_renders_nothing_and_gives_the_same_bytes(checkout):
    first = checkout.site()  # of several processes, where there are several
    checkout.build("--strict")
    assert (checkout.converted, checkout.rendered) == (0, 0)
    assert checkout.site() == first == checkout.unremembered()
    pages = [name for name in first if name.endswith(".html") and name != "404.html"]
    own = [name for name in pages if not name.startswith("zh-hant/")]  # the others are made of these
    assert checkout.converted - TWICE == checkout.rendered == len(own)


def test_each_report_leads_to_the_other(checkout):
    """So that an edit in one may change what the other shows."""
    pages = {
        name: html.decode() for name, html in checkout.site().items() if re.fullmatch(r"[^/]+-2023/1-2\.html", name)
    }
    assert len(pages) == 2
    for name, html in pages.items():
        other = next(one for one in pages if one != name).partition("/")[0]
        assert f'href="../{other}/' in html


# what is edited, from what, to what
EDITS = {
    "a sentence": ("seeds/a.txt", "发现问题13个", "发现问题14个，均已整改"),
    "a heading that the other report leads to": ("seeds/a.txt", "化解矛盾", "化解矛盾纠纷"),
    "a heading": ("seeds/a.txt", "一、主要做法", "一、主要做法和成效"),
    "the title of a page written by hand": ("docs/en/about.md", "# ", "# Told: "),
    "a template of the theme": (
        "hooks/baogao/site/theme/main.html",
        "{{ super() }}\n  {% include",
        "<i></i>{{ super() }}\n  {% include",
    ),
    "a template of the pages": ("hooks/baogao/site/templates/full.md.j2", "\n", "\n<i></i>\n\n"),
}


@pytest.mark.parametrize(("path", "was", "now"), EDITS.values(), ids=EDITS)
def test_after_an_edit_the_site_is_that_of_a_build_without_cache(checkout, path, was, now):
    before = checkout.site()
    checkout.edit(path, was, now)
    checkout.build("--strict")
    converted, pages = checkout.converted, sum(name.endswith(".html") for name in before) - 1
    assert checkout.site() == checkout.unremembered()
    assert checkout.site() != before
    if path.startswith(("seeds", "docs")):
        assert 0 < converted < pages * 0.7  # one report of two, and the lists


def test_after_an_edit_of_one_report_the_pages_of_the_other_are_not_written_again(checkout):
    """As long as they show nothing of what changed, nor whether a term has a page."""
    written = checkout.folder / ".cache/baogao/site/reports"
    before = set(written.iterdir())
    checkout.edit("seeds/a.txt", "发现问题13个", "发现问题14个")
    checkout.build("--strict")
    assert len(before) == 4 and len(before & set(written.iterdir())) == 2  # each in two languages


def test_a_report_that_comes_and_goes_leaves_no_trace(checkout):
    before, (name, data) = checkout.site(), THIRD
    (checkout.folder / "seeds" / name).write_bytes(data)
    checkout.build("--strict")
    assert checkout.site() == checkout.unremembered()
    (checkout.folder / "seeds" / name).unlink()
    checkout.build("--strict")
    assert checkout.site() == before


SETTINGS = {
    "an extension": lambda config: config["markdown_extensions"].append("admonition"),
    "a setting of an extension": lambda config: config["mdx_configs"]["toc"].update(toc_depth="2-3"),
    "what an extension calls": lambda config: config["mdx_configs"]["toc"].update(slugify=lambda text, _: text),
    "how addresses are written": lambda config: config.update(use_directory_urls=True),
    "what is warned of": lambda config: config["validation"]["links"].update(anchors=0),
}
SHOWN = {
    "the name of the site": lambda config: config.update(site_name="another"),
    "its name in another language": lambda config: config["extra"]["baogao"]["names"].update(en="another"),
    "its address": lambda config: config.update(site_url="https://example.org/"),
    "a feature of the theme": lambda config: config["theme"]["features"].append("navigation.top"),
    "a script": lambda config: config["extra_javascript"].append("another.js"),
}


def _loaded():
    """MkDocs' settings as the plugin completes them."""
    plugin = Baogao()
    plugin.load_config({})
    return plugin.on_config(load_config(str(ROOT / "mkdocs.yml")))


@pytest.mark.parametrize("change", SETTINGS.values(), ids=SETTINGS)
def test_pages_converted_by_other_settings_are_other_pages(change):
    before, now = _loaded(), _loaded()
    assert conversion.settings(before) == conversion.settings(now)
    change(now)
    assert conversion.settings(before) != conversion.settings(now)


@pytest.mark.parametrize("change", SHOWN.values(), ids=SHOWN)
def test_frames_of_other_settings_are_other_frames(change):
    before, now = _loaded(), _loaded()
    assert frames._hashed(frames._settings(before)) == frames._hashed(frames._settings(now))
    change(now)
    assert frames._hashed(frames._settings(before)) != frames._hashed(frames._settings(now))


def test_an_empty_page_is_shown_in_its_frame():
    config = _loaded()
    page = Page(None, File("x.md", config.docs_dir, config.site_dir, use_directory_urls=False), config)
    page.content, page.toc = "", get_toc([])
    context = {"page": page, "nav": Navigation([], []), "config": config}
    template = Template("<main></main>")
    assert frames.Frames(config, Cache()).framed(template, context, template.render) == "<main></main>"


def _warnings(said: str) -> list[str]:
    return re.findall(r"^WARNING .*?(?=\n[A-Z]|\Z)", said, re.M | re.S)


def test_a_broken_link_is_told_each_time_even_where_the_build_before_was_quiet(checkout):
    checkout.edit("docs/en/about.md", "\n\n", "\n\n[gone](nowhere.md), [nor here](data.md#nothing)\n\n")
    checkout.build("-q")
    said = [checkout.build("--strict", ok=False) for _ in range(2)]
    assert [len(_warnings(one)) for one in said] == [2, 2]
    assert all("'nowhere.md'" in one and "'#nothing'" in one for one in said)


def test_a_link_that_was_whole_is_told_when_its_target_goes_though_its_page_is_not_converted_again(checkout):
    page = next(name for name in checkout.site() if name.endswith("/1-2.html")).replace(".html", ".md")
    links = f"[part]({page.replace('1-2', '1-1')}#s1-1-2), [whole]({page})"
    checkout.edit("docs/zh/about.md", "\n\n", f"\n\n{links}\n\n")
    checkout.build("--strict")
    checkout.build("--strict")
    assert checkout.converted == 0

    seed = checkout.folder / "seeds" / ("a.txt" if "qingshan" in page else "b.txt")
    whole = seed.read_text("utf-8")
    seed.write_text(whole.replace("开展执法检查86次，发现问题13个。", ""), "utf-8")  # then the anchor is gone
    assert [one for one in _warnings(checkout.build()) if "about.md" in one and "#s1-1-2" in one]
    seed.write_text(re.sub("（二）.*", "", whole), "utf-8")  # then the page is
    assert [one for one in _warnings(checkout.build()) if "about.md" in one and page in one]
    seed.write_text(whole, "utf-8")
    assert _warnings(checkout.build("--strict")) == []


SPOILT = [
    lambda entry: entry.write_bytes(entry.read_bytes()[:50]),
    lambda entry: entry.write_bytes(b"\x00" * 2000),
    lambda entry: (entry.unlink(), entry.mkdir()),
    lambda entry: (entry.unlink(), entry.symlink_to("/dev/zero")),
]


def test_a_damaged_cache_costs_time_and_no_build(checkout):
    before = checkout.site()
    entries = sorted(path for path in (checkout.folder / ".cache/baogao").rglob("*") if path.is_file())
    assert {path.parent.name for path in entries} == {"baogao", "site", "reports", "pages", "frames", "traditional"}
    for number, entry in enumerate(entries):
        SPOILT[number % len(SPOILT)](entry)
    checkout.build("--strict")
    assert checkout.converted - TWICE == checkout.rendered > 20
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
    # in a process of its own: where another test's server has its thread, none is split off
    code = (
        "import os; from baogao.processes import shared; print(*{*shared(lambda n: os.getpid(), 100)} - {os.getpid()})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert len(done.stdout.split()) > 1


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
