"""The style in a reading page: of the sheets what can match there, in their order, and pages that it does not suit."""

from __future__ import annotations

import re
from functools import cache

import pytest
from baogao.rules import load
from baogao.site.first_style import first_style
from baogao.site.theme_sheets import for_readers
from conftest import THEME

STYLE, SHEETS = re.compile("<style>(.*?)</style>", re.S), re.compile('<link rel="stylesheet" href="([^"]*)"')


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("p, .admonition, .term { color: red; margin: 0 1px }", "p,.term{color:red;margin:0 1px}"),
        (".term:is(.tabbed, p) i { top: 0 }", ".term:is(.tabbed, p) i{top:0}"),  # it decides how much the rule weighs
        (":is(.tabbed, table) i, p:has(> table) { top: 0 }", ""),
        ('p:not(.tabbed)::before { content: "；  ＋" }', 'p:not(.tabbed):before{content:"；  ＋"}'),
        ("a:hover, ::placeholder, ::highlight(x), a:not(:hover) { top: 0 }", "a:not(:hover){top:0}"),
        ("a[data-note], a[data-x], [dir=rtl] a, [dir=ltr] a { top: 0 }", "a[data-note],[dir=ltr] a{top:0}"),
        ("@media print { p { top: 0 } } @page { margin: 0 } @keyframes p { to { top: 0 } }", ""),
        ("@media (min-width: 9em) { p { top: 0 } table { top: 0 } b { top: 1px } }", "@media (min-width: 9em){p{top:0}b{top:1px}}"),
        ("@supports (x: y) { @media screen { p { top: 0 } } }", "@supports (x: y){@media screen{p{top:0}}}"),
        ("p { cursor: pointer; transition: top 1s }", ""),
        # a later rule of the same weight decides; on some screens only, it does not
        ("p { top: 0; left: 0 } p { top: 1px }", "p{left:0}p{top:1px}"),
        ("p, b { top: 0 } p { top: 1px }", "p,b{top:0}p{top:1px}"),
        ("p { top: 0 } @media screen { p { top: 1px } }", "p{top:0}@media screen{p{top:1px}}"),
        ("p { top: 0 !important } p { top: 1px }", "p{top:0!important}p{top:1px}"),
        # variables, also of variables
        (":root { --a: 1px; --b: var(--a); --c: 0 } p { top: var(--b) }", ":root{--a:1px;--b:var(--a)}p{top:var(--b)}"),
    ],
)  # fmt: skip
def test_rules_that_can_match_are_kept_as_they_are(css, kept):
    assert first_style({"a.css": css}).text == kept


def test_sheets_follow_each_other_and_one_of_faces_is_not_asked_for():
    faces = "@font-face { font-family: m; src: url(data:x) }"
    style = first_style({"a.css": "p { top: 0 }", "faces.css": faces, "b.css": "i { top: 0 }"})
    assert style.text == "p{top:0}@font-face{font-family:m;src:url(data:x)}i{top:0}"
    assert style.sheets == ("a.css", "b.css")


@pytest.mark.parametrize(
    ("content", "suits"),
    [
        ("<p>a <a class='term' href='#'>b</a></p>", True),
        ("<p class='of-no-sheet'><dfn>a</dfn></p>", True),
        ("<div class='admonition'>a</div>", False),
        ("<p>a</p><p id='aa'>b</p>", False),
        ("<p>a</p><table><tr><td>b</table>", False),
        ("<details><summary>a</summary><table><tr><td>b</table></details>", True),
        ("<details open><summary>a</summary><table><tr><td>b</table></details>", False),
        ("<details><summary>a <b class='admonition'>b</b></summary></details>", False),
        ("", True),
    ],
)
def test_a_page_that_shows_more_waits_for_its_sheets(content, suits):
    style = first_style({"a.css": "p { top: 0 } .admonition, table, #aa, td > b { top: 0 }"})
    assert style.suits(content) == suits


def test_without_sheets_no_page_has_a_style():
    assert not first_style({}).suits("<p>a</p>")


# ---- sheets of the theme


def test_a_sheet_for_readers_has_no_comments_and_no_rules_for_what_is_replaced():
    css = """/* a */ .md-nav, .md-typeset .admonition > p { top: 0; /* b */ content: "/* c */" }
      .md-nav .md-nav__link:hover { top: 0 } .md-navigator { top: 0 } :root { --md-nav-icon: url("x") } :root { --md-x: 0 }
      @media print { .md-nav { top: 0 } } @media (x) { .md-nav { top: 0 } p { top: 0 } } @page { margin: 0 } p:not(.md-nav) { top: 0 }"""
    assert for_readers(css) == (
        '.md-typeset .admonition > p{top: 0; content: "/* c */"}:root{--md-x: 0}@media (x){p{top: 0}}@page { margin: 0 }p:not(.md-nav){top: 0}'
    )


def test_no_page_shows_what_the_sheets_have_no_rules_for(shelf):
    replaced = tuple(load("style_sheets")["replaced"])
    for path in shelf.rglob("*.html"):
        classes = {one for said in re.findall('class="([^"]*)"', path.read_text("utf-8")) for one in said.split()}
        assert not [one for one in classes if one.startswith(replaced)], path


# ---- a site


@cache
def _page(site, path: str) -> str:
    return (site / path).read_text("utf-8")


def test_the_pages_that_are_read_have_their_style_and_the_sheets_behind_their_text(shelf):
    texts = ["1-1", "1-3", "2", "full"]
    for tree in ("", "en/", "zh-hant/"):
        for path in (f"{tree}{report}/{name}.html" for report in ("wangcheng-2023", "qinghe-2021") for name in texts):
            page = _page(shelf, path)
            head, body = page.split("</head>")
            assert STYLE.search(head) and not SHEETS.search(head), path
            assert [href.rpartition("/")[2] for href in SHEETS.findall(body)] == ["baogao.css"], path  # one, so at once
            assert body.rindex("</article>") < body.index('<link rel="stylesheet"') < body.index("<script src"), path


def test_another_page_waits_for_its_sheets(site):
    for path in ("wangcheng-2023/figures.html", "sidecar.html", "404.html"):
        head, body = _page(site, path).split("</head>")
        assert not STYLE.search(head) and not SHEETS.search(body)
        names = [href.rpartition("/")[2].partition(".")[0] for href in SHEETS.findall(head)]
        assert names == ["marks", "baogao"]


def test_the_style_is_short_and_the_same_on_all_pages(shelf):
    styles = {style for path in shelf.rglob("*.html") for style in STYLE.findall(path.read_text("utf-8"))}
    (style,) = styles
    assert len(style.encode()) < 23_000 and "</style" not in style
    marks = (THEME / "assets/marks.css").read_text("utf-8")
    assert style.count("base64") == marks.count("base64") > 0


SEEN = """() => {
  const acts = /^(--|transition|cursor|outline|user-select|-webkit-user-select|pointer-events|scrollbar-width|-webkit-tap|break-|orphans|widows|print-color)/;
  const style = (one, part) => { const said = getComputedStyle(one, part); return [...said].filter((name) => !acts.test(name)).map((name) => `${name}: ${said[name]}`) };
  const seen = [...document.querySelectorAll("body, body *")].filter((one) => one.checkVisibility() && !one.closest("script, link, style"));
  const drawn = (one) => [null, "::before", "::after"].filter((part) => !part || getComputedStyle(one, part).content !== "none");
  return seen.map((one) => { const at = one.getBoundingClientRect();
    return [one.outerHTML.slice(0, 80), [at.x, at.y, at.width, at.height].map(Math.round).join(), ...drawn(one).flatMap((part) => style(one, part))] });
}"""


@pytest.mark.parametrize(
    ("path", "width", "chosen"),
    [
        ("wangcheng-2023/1-3.html", 390, {}),
        ("wangcheng-2023/2.html", 1440, {"face": "song", "light": "night", "size": "large"}),
        ("zh-hant/wangcheng-2023/1-2.html", 390, {"face": "song"}),
        ("en/wangcheng-2023/1-1.html", 1440, {}),
    ],
)
def test_nothing_of_a_page_changes_when_its_sheets_come(tab, site, serve, path, width, chosen):
    """What is computed for each element, and where it stands, with the sheets and without."""
    page, base = tab(width), serve(site)
    page.goto(base + "404.html")
    page.evaluate("chosen => localStorage.setItem('baogao', JSON.stringify(chosen))", chosen)
    seen = []
    page.route("**/*.js", lambda route: route.abort())
    for withheld in (True, False):
        if withheld:
            page.route("**/*.css", lambda route: route.abort())
        page.goto(base + path)
        page.evaluate("Promise.all([document.fonts.ready, ...document.getAnimations().map((one) => one.finished)])")
        seen.append(page.evaluate(SEEN))
        page.unroute("**/*.css")
    page.unroute("**/*.js")
    before, after = seen
    assert len(before) == len(after) > 60
    assert [(one[0], set(one) ^ set(two)) for one, two in zip(before, after, strict=True) if one != two] == []


def test_a_page_is_painted_before_its_sheet_comes_and_nothing_moves_when_it_does(tab, site, serve):
    """The faces of its marks are there at once, too."""
    page, base, waiting = tab(390, 660), serve(site), []
    page.route("**/*.css", lambda route: waiting.append(route))
    page.goto(f"{base}wangcheng-2023/1-3.html", wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    page.locator("#s1-3-2-1").wait_for()
    assert waiting and page.evaluate("document.fonts.check('1em \"marks hei\"')")
    page.unroute("**/*.css")  # which lets them go on
    page.wait_for_load_state("load")
    moved = """() => new Promise((done) => {
      let sum = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((one) => { sum += one.value; })).observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(sum), 300);
    })"""
    assert page.evaluate(moved) < 0.001
