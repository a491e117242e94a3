"""The plugin baogao-search on a site that knows nothing of reports: Material's and MkDocs' own themes, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import heard, mkdocs

PAGES = {
    "index.md": "# 排序算法\n\n本书讲解各种算法。\n\n## 快速排序\n\n快速排序（quick sort）基于分治策略。\n\n数据存在内存里。\n",
    "sorting/quick.md": (
        "# 归并排序\n\n归并排序先划分，再合并。快速排序的最差情形要小心。\n\n## 代码\n\n```python\ndef merge_sort(nums):\n    return hardened(nums)\n```\n\n"
        "## 硬件 {#hardware}\n\nHardware and hard disks differ.\n"
    ),
    "sorting/call.md": "# 调用\n\n这里说 merge_sort 是什么。policy 一词。\n",
    "secret.md": "---\nsearch:\n  exclude: true\n---\n# 不搜的页\n\n快速排序也在这里。\n",
    "drafts/one.md": "# 草稿\n\n快速排序也在草稿里。\n",
}


def built(theme: dict[str, Any], **settings: Any) -> Callable[[Path], None]:
    def make(into: Path) -> None:
        for path, text in PAGES.items():
            (into / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
            (into / "docs" / path).write_text(text, "utf-8")
        config = {
            "site_name": "书",
            "theme": theme,
            "plugins": [{"baogao-search": {"exclude": ["drafts/*"]}}],
            "markdown_extensions": ["attr_list", "toc", "fenced_code"],
        } | settings
        (into / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
        done = mkdocs(into, "build", "--strict")
        assert done.returncode == 0, done.stderr

    return make


@pytest.fixture(scope="module")
def material(once) -> Path:
    return once("search-material", built({"name": "material", "language": "zh", "font": False})) / "site"


@pytest.fixture(scope="module")
def plain(once) -> Path:
    return (
        once("search-mkdocs", built({"name": "mkdocs", "locale": "en", "highlightjs": False}, use_directory_urls=False))
        / "site"
    )


def ask(page: Any, query: str) -> list[str]:
    """Types it into the box, opened where it is not: the options' text."""
    if not page.locator("#search").is_visible():
        page.locator("[data-search-open]").first.click()
    page.evaluate("document.querySelector('#search').dataset.ready = ''")
    page.fill("#search input", query)
    page.wait_for_function("q => document.querySelector('#search').dataset.ready === q", arg=query)
    return page.locator("#search [role=option]").all_inner_texts()


@pytest.mark.parametrize("theme", ["material", "plain"])
def test_the_box_stands_in_the_bar_and_a_hit_opens_under_its_heading_marked(page, request, serve, theme):
    base = serve(request.getfixturevalue(theme))
    with heard(page, base) as wrong:
        page.goto(base + "index.html")
        bar = page.locator(".md-header" if theme == "material" else ".navbar")
        assert bar.locator("[data-search-open]").is_visible()
        first, *others = ask(page, "快速排序")
        assert (
            first.startswith("排序算法 ／ 快速排序") and len(others) == 1
        )  # its own section before a mention; no draft
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_function("CSS.highlights.get('found')?.size > 0")
        assert page.evaluate("document.querySelector(':target').textContent").startswith("快速排序")
    assert wrong == []


def test_the_words_are_those_of_the_language_of_the_page(page, material, plain, serve, once):
    page.goto(serve(material) + "index.html")
    assert page.locator("[data-search-open]").inner_text().startswith("搜索")
    page.goto(serve(plain) + "index.html")
    assert page.locator("[data-search-open]").inner_text().startswith("Search")
    taiwan = once("search-hant", built({"name": "material", "language": "zh-Hant", "font": False})) / "site"
    page.goto(serve(taiwan) + "index.html")
    assert page.locator("[data-search-open]").inner_text().startswith("搜尋")
    ask(page, "快速")
    assert "節" in page.inner_text("#search [role=status]")


def test_what_only_code_has_comes_after_what_says_it(page, material, serve):
    page.goto(serve(material) + "index.html")
    said, code = ask(page, "merge_sort")
    assert said.startswith("调用") and "代码" in code


def test_a_latin_word_is_found_by_its_beginning_and_forms_whole_words_first_and_that_is_said(page, material, serve):
    page.goto(serve(material) + "index.html")
    (one, code) = ask(page, "hard")
    assert "hard disks" in one and "hardened" in code
    assert page.locator("#search mark").first.inner_text() == "Hard"
    assert "词首" in page.inner_text("#search [role=status]")
    (policy,) = ask(page, "policies")
    assert "policy" in policy


def test_pages_are_kept_out_by_option_and_by_front_matter(material):
    index = "".join(path.read_text("utf-8") for path in (material / "search").glob("*.js"))
    assert "不搜的页" not in index and "草稿" not in index and "归并排序" in index


@pytest.mark.parametrize("theme", ["material", "plain"])
def test_it_works_from_a_folder_opened_by_double_click(page, request, theme):
    site = request.getfixturevalue(theme)
    page.goto((site / "index.html").as_uri())
    assert len(ask(page, "归并排序")) == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/sorting/quick"))
    page.wait_for_function("CSS.highlights.get('found')?.size > 0")
    assert Path(re.sub("^file://|[?#].*$", "", page.url)).is_file()


def test_it_works_under_any_path_and_comes_back_with_the_query(page, material, tmp_path, serve):
    (tmp_path / "under").mkdir()
    (tmp_path / "under/book").symlink_to(material)
    page.goto(serve(tmp_path) + "under/book/sorting/call/index.html")
    ask(page, "快速排序")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/under/book/sorting/quick/**")
    page.go_back()
    page.wait_for_selector("#search [aria-selected=true]")
    assert page.input_value("#search input") == "快速排序"
    assert page.inner_text("#search .place") == "第 2 条，共 2 条"
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("/call/index.html$"))


def test_with_instant_loading_the_search_stays_and_opens_pages(page, once, serve):
    theme = {"name": "material", "language": "zh", "font": False, "features": ["navigation.instant"]}
    site = once("search-instant", built(theme, site_url="http://127.0.0.1/")) / "site"
    base = serve(site)
    for path in site.rglob("*"):
        if path.suffix in (".xml", ".html"):
            path.write_text(path.read_text("utf-8").replace("http://127.0.0.1/", base), "utf-8")
    page.goto(base)
    page.evaluate("window.kept = true")
    ask(page, "归并排序")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sorting/quick/**")
    page.wait_for_function("CSS.highlights.get('found')?.size > 0")
    assert page.evaluate("window.kept") is True
    assert len(ask(page, "快速排序")) == 2


def test_two_searches_on_one_site_are_refused(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# 页\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [search, baogao-search]\n", "utf-8")
    done = mkdocs(tmp_path, "build")
    assert done.returncode and "in place of search" in done.stderr
