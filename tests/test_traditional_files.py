"""The pages in traditional characters as files: each written once, again only where it has changed, none beside them."""

from __future__ import annotations

import os
import subprocess
import sys

PAGES = {
    "index.html": "<p>执法</p>",
    "a/index.html": '<p>复议 <a href="../index.html">首页</a></p>',
    "a/b.html": "<p>只</p>",
}
WRITE = """
import sys
from pathlib import Path
from baogao import traditional
from baogao.publication.cache import Cache
from baogao.site.traditional_page import Tree

made = []
own = traditional.Twins.page
traditional.Twins.page = lambda self, html, page: made.append(page) or own(self, html, page)
pages = frozenset(["index.html", "a/index.html", "a/b.html", "draft.html"])
site, cache = map(Path, sys.argv[1:])
traditional.write_traditional(site, Tree(pages, "", "以{original}为准", "简体原文"), {}, Cache(cache))
print(*made)
"""


def written(site, cache, seed: str) -> list[str]:
    """The pages that were made anew; each process hashes otherwise, as those of two builds do."""
    done = subprocess.run(
        [sys.executable, "-c", WRITE, site, cache],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": seed},
    )
    return done.stdout.split()


def test_each_page_is_written_and_again_only_where_it_has_changed(tmp_path):
    site, cache = tmp_path / "site", tmp_path / "cache"
    for name, html in PAGES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(html, "utf-8")
    assert {*written(site, cache, "1")} == PAGES.keys()  # a draft has no page
    first = {
        path.relative_to(site / "zh-hant").as_posix(): path.read_text("utf-8")
        for path in site.glob("zh-hant/**/*.html")
    }
    assert first == {
        "index.html": "<p>執法</p>",
        "a/index.html": '<p>複議 <a href="../index.html">首頁</a></p>',
        "a/b.html": "<p>只</p>",
    }
    (site / "a/b.html").write_text("<p>里面</p>", "utf-8")
    assert written(site, cache, "2") == ["a/b.html"]
    assert (site / "zh-hant/a/b.html").read_text("utf-8") == "<p>裡面</p>"
    assert (site / "zh-hant/index.html").read_text("utf-8") == first["index.html"]
