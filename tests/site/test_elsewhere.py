"""Zensical, which knows neither our theme nor our plugin, builds from what `baogao pages` writes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from baogao.cli import main
from baogao.site.page import EXTENSIONS
from click.testing import CliRunner
from conftest import FIRST, ROOT

VOID = frozenset(["br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"])
FRAME = frozenset(["crumbs", "cite"])  # classes of what our theme puts round the content of a page
FRAMES_IDS = frozenset(["__skip", "baogao-words"])  # what Zensical's theme brings; the words of the search page


class Article(HTMLParser):
    """Ids and text of a page's article, without what belongs to the frame."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.parts: list[str] = []
        self._open: list[bool] = []  # of each element inside the article, whether it is left out
        self.feed(path.read_text("utf-8"))
        self.text = "".join("".join(self.parts).split())

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        inside = bool(self._open)
        if not inside and tag != "article":
            return
        out = (
            inside
            and self._open[-1]
            or tag in ("script", "style")
            or bool(FRAME & set((found.get("class") or "").split()))
        )
        if found.get("id") and not out and found["id"] not in FRAMES_IDS:
            self.ids.append(found["id"])
        if tag not in VOID:
            self._open.append(out)

    def handle_endtag(self, tag):
        if self._open and tag not in VOID:
            self._open.pop()

    def handle_data(self, data):
        if self._open and not self._open[-1]:
            self.parts.append(data)


@pytest.fixture(scope="module")
def elsewhere(once) -> Path:
    """The first report's site as Zensical makes it."""
    return once("zensical", by_zensical) / "site"


def by_zensical(into: Path) -> None:
    (into / "seeds").mkdir()
    for name, content in FIRST.items():
        (into / "seeds" / name).write_bytes(content)
    (into / "docs").symlink_to(ROOT / "docs")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(into)
        assert CliRunner().invoke(main, ["pages", "pages"], catch_exceptions=False).exit_code == 0
    settings = {
        "site_name": "elsewhere",
        "docs_dir": "pages",
        "use_directory_urls": False,
        "theme": {"language": "zh", "font": False},
        "plugins": [],
        "markdown_extensions": [{name: settings} for name, settings in EXTENSIONS.items()],
        "nav": json.loads((into / "pages/nav.json").read_text("utf-8")),
    }
    (into / "mkdocs.yml").write_text(json.dumps(settings), "utf-8")  # JSON is YAML
    done = subprocess.run([sys.executable, "-m", "zensical", "build"], cwd=into, capture_output=True, text=True)
    assert done.returncode == 0 and "No issues found" in done.stderr, done.stdout + done.stderr


def test_every_article_holds_the_same_text_and_ids(elsewhere, site):
    pages = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")) if path.name != "404.html"]
    pages = [
        page for page in pages if not page.startswith("zh-hant/")
    ]  # these are made of finished pages, by the plugin
    assert len(pages) > 100
    for name in pages:
        own = Article(site / name)
        other = Article(elsewhere / (name if name.startswith("en/") else f"zh/{name}"))
        assert own.text and (other.ids, other.text) == (own.ids, own.text), name


def test_the_data_is_there_too(elsewhere, site):
    for path in sorted((site / "wangcheng-2023").glob("*.*")):
        if path.suffix == ".html":
            continue
        name = path.relative_to(site).as_posix()
        places = [elsewhere / "zh" / name, elsewhere / "static" / name]
        made_a_page = path.suffix == ".md"  # Zensical takes the Markdown of a page for another page
        assert made_a_page or any(place.is_file() and place.read_bytes() == path.read_bytes() for place in places), name


@pytest.mark.parametrize(("language", "query"), [("zh", "出庭率"), ("en", "mediation")])
def test_the_search_works(elsewhere, serve, page, language, query):
    page.goto(f"{serve(elsewhere)}{language}/search.html?q={query}")
    hit = page.locator(".search-page a[data-result][href*='#s']").first
    hit.wait_for()
    place = hit.get_attribute("href")
    assert f"/{language}/wangcheng-2023/" in place
    page.goto(place)
    anchor = re.search("#(.+)", place)[1]
    assert query.casefold() in page.locator(f"#{anchor}").inner_text().casefold()
