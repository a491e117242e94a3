"""What holds on every kind of page, looked at in one visit: at each width, in light and dark, and as it comes."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

REPORT_PAGES = ["index", "1", "1-3", "4", "full", "figures", "1-3-bilingual"]
PAGES = [
    *("index.html", "about.html", "accuracy.html", "maintainers.html", "search.html", "sidecar.html", "data.html"),
    *(f"wangcheng-2023/{name}.html" for name in REPORT_PAGES),
    *("terms.html", "terms/xingzhengfuyi.html", "instruments.html"),
]
# where there are several reports
SHELF = [
    *("index.html", "lanchuan-2022/annex.html", "indicators.html", "indicators/chuting-lv.html"),
    *("places/qinghe.html", "published.html", "qinghe-2022/since.html"),
]


def in_both(pages):
    return [*pages, *(f"en/{page}" for page in pages)]


def violations(page):
    """What axe finds wrong with a page as it stands; of what is right it keeps no list, which takes as long again."""
    return Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]


MOVED = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().reduce((sum, e) => sum + e.value, 0)))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(0), 500);
})"""


def look_at(tab, base, path, twice=False):
    """All that is wrong with a page. Each width and each scheme is given to axe once: no colour depends on a width.

    twice: the page is loaded anew where it is wide, and seen not to move after the first paint either time.
    """
    page, wrong = tab(390), []
    page.emulate_media(color_scheme="dark")
    page.on("request", lambda r: None if r.url.startswith((base, "data:", "blob:")) else wrong.append(r.url))
    page.on("response", lambda r: wrong.append((r.status, r.url)) if r.status >= 400 else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    for width, scheme in ((390, ""), (320, "dark"), (1440, "light")):
        page.set_viewport_size({"width": width, "height": 780})
        if scheme:
            page.emulate_media(color_scheme=scheme)
        if width == 390 or (twice and width == 1440):
            page.goto(base + path)
            page.wait_for_load_state("networkidle")
            moved = page.evaluate(MOVED) if twice else 0
            wrong += [f"{moved} moved at {width}"] if moved >= 0.001 else []
        across = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{across} px across at {width}"] if across > width else []
        if scheme:
            page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")  # colours change slowly
            wrong += [(width, scheme, v["id"], [n["html"][:150] for n in v["nodes"][:3]]) for v in violations(page)]
    return wrong


@pytest.mark.parametrize("path", [*in_both(PAGES), "search-format.html"])
def test_nothing_is_wrong_with_a_page(tab, site, serve, path):
    assert look_at(tab, serve(site), path, path in PAGES) == []


@pytest.mark.parametrize("path", in_both(SHELF))
def test_nothing_is_wrong_with_a_page_of_several_reports(tab, shelf, serve, path):
    assert look_at(tab, serve(shelf), path) == []


def test_nothing_is_wrong_with_the_page_that_says_there_is_none(tab, site, serve):
    assert look_at(tab, serve(site), "404.html") == []


def test_axe_tells_what_is_wrong(page):
    """A control."""
    page.set_content("<p style='color: #999; background: #aaa'>some words</p><img src='data:,'>")
    assert {one["id"] for one in violations(page)} >= {"color-contrast", "html-has-lang", "image-alt"}
