"""What holds on every kind of page, looked at in one visit: at each width, in light and dark."""

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


def look_at(browser, base, path):
    """All that is wrong with a page. Each width and each scheme is given to axe once: no colour depends on a width."""
    context = browser.new_context(viewport={"width": 320, "height": 780}, color_scheme="dark")
    page, wrong = context.new_page(), []
    page.on("request", lambda r: None if r.url.startswith((base, "data:", "blob:")) else wrong.append(r.url))
    page.on("response", lambda r: wrong.append((r.status, r.url)) if r.status >= 400 else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.goto(base + path)
    page.wait_for_load_state("networkidle")
    for width, scheme in ((320, "dark"), (390, ""), (1440, "light")):
        page.set_viewport_size({"width": width, "height": 780})
        across = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{across} px across at {width}"] if across > width else []
        if scheme:
            page.emulate_media(color_scheme=scheme)
            page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")  # colours change slowly
            found = Axe().run(page).response["violations"]
            wrong += [(width, scheme, v["id"], [n["html"][:150] for n in v["nodes"][:3]]) for v in found]
    context.close()
    return wrong


@pytest.mark.parametrize("path", [*in_both(PAGES), "search-format.html"])
def test_nothing_is_wrong_with_a_page(browser, site, serve, path):
    assert look_at(browser, serve(site), path) == []


@pytest.mark.parametrize("path", in_both(SHELF))
def test_nothing_is_wrong_with_a_page_of_several_reports(browser, shelf, serve, path):
    assert look_at(browser, serve(shelf), path) == []


def test_nothing_is_wrong_with_the_page_that_says_there_is_none(browser, site, serve):
    assert look_at(browser, serve(site), "404.html") == []
