"""What holds on every kind of page, looked at in one visit: at each width, in light and dark, and as it comes."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from conftest import heard

REPORT_PAGES = ["index", "1", "1-3", "3", "4", "full", "matters", "figures", "1-3-bilingual"]
PAGES = [
    *("index.html", "about.html", "accuracy.html", "maintainers.html", "search.html", "sidecar.html", "data.html"),
    *(f"wangcheng-2023/{name}.html" for name in REPORT_PAGES),
    *("terms.html", "terms/xingzhengfuyi.html", "instruments.html"),
]
# where there are several reports
SHELF = [
    *("index.html", "lanchuan-2022/annex.html", "indicators.html", "indicators/chuting-lv.html"),
    *("places/qinghe.html", "published.html", "qinghe-2022/since.html", "qinghe-2022/matters.html"),
]


def in_both(pages):
    return [*pages, *(f"en/{page}" for page in pages)]


# Axe takes nine tenths of its time for the contrast of each text. Of texts alike in all that makes a contrast, along the
# whole way up to the root, three are enough; whatever else axe looks for, it looks for everywhere.
ALIKE = """() => {
  const styles = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "visibility", "display",
    "position", "filter", "textShadow", "mixBlendMode"];
  const kinds = new Map(), known = new Map(), times = new Map();
  const kind = (one) => {
    if (!one) return 0;
    if (!kinds.has(one)) {
      const style = getComputedStyle(one), own = [one.localName, one.getAttributeNames().join(), one.className?.baseVal ?? one.className];
      const said = JSON.stringify([kind(one.parentElement), own, styles.map((name) => style[name])]);
      if (!known.has(said)) known.set(said, known.size + 1);
      kinds.set(one, known.get(said));
    }
    return kinds.get(one);
  };
  for (const one of document.querySelectorAll("[data-alike]")) one.removeAttribute("data-alike"); // of an earlier look
  for (const one of document.querySelectorAll("body *")) kind(one);
  for (const [one, which] of kinds) {
    const says = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const seen = says && one.textContent.trim().length > 1 && one.checkVisibility({ visibilityProperty: true });
    if (!seen) continue; // axe takes no such text for one either
    times.set(which, (times.get(which) ?? 0) + 1);
    if (times.get(which) > 3) one.setAttribute("data-alike", "");
  }
}"""
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
CONTRAST = "axe.configure({ rules: [{ id: 'color-contrast', selector: ':not([data-alike])' }] })"


def violations(page):
    """What axe finds wrong with a page as it stands; of what is right it keeps no list, which takes as long again."""
    page.evaluate(ALIKE)
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE}; {CONTRAST}")
    return page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]


# What moved until now: the entries that are kept of it come in a task of their own.
MOVED = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().reduce((sum, e) => sum + e.value, 0)))
    .observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(0), 50));
})"""


def look_at(tab, base, path, twice=False):
    """All that is wrong with a page. Each width and each scheme is given to axe once: no colour depends on a width.

    twice: the page is loaded anew where it is wide, and seen not to move after the first paint either time.
    """
    page = tab(390, policy=True)
    page.emulate_media(color_scheme="dark")
    with heard(page, base) as wrong:
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
                page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")  # colours fade
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
    """A control; among texts that are alike but for their colour the one that is pale is told."""
    page.set_content("<p style='color: #999; background: #aaa'>some words</p><img src='data:,'>")
    assert {one["id"] for one in violations(page)} >= {"color-contrast", "html-has-lang", "image-alt"}
    page.set_content(f"<style>:nth-child(8) {{ color: #999 }}</style><main>{'<p>some words</p>' * 9}</main>")
    (told,) = [one for one in violations(page) if one["id"] == "color-contrast"]
    assert len(told["nodes"]) == 1


def test_what_moves_is_told(page):
    page.set_content("<main><p>some words</p></main>")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("document.querySelector('main').style.marginTop = '300px'")
    assert page.evaluate(MOVED) >= 0.001
