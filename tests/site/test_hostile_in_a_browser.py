"""A browser opens every page of reports that hold in their values whatever might be read as more than text: nothing
runs, nothing is asked for elsewhere, and no element, attribute or address is there that words alone would not make."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import hostile
from conftest import build_site
from test_word import p, package

# Each element with each attribute, also those that wait in a template element; each address a page leads to or asks for.
LOOK = """async () => {
  for (const figure of [...document.querySelectorAll("article a.figure")].slice(0, 3)) figure.focus(); // its tools
  const search = document.querySelector("[data-search-page]"), asked = new URLSearchParams(location.search).get("q");
  for (let n = 0; search && asked && search.dataset.ready === undefined && n < 200; n++) await new Promise((done) => setTimeout(done, 50));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const shape = new Set(), addresses = new Set();
  const look = (root) => {
    for (const one of root.querySelectorAll("*")) {
      shape.add(one.localName);
      for (const { name, value } of one.attributes) {
        shape.add(`${one.localName} ${name}`);
        if (["href", "src", "action", "xlink:href", "formaction", "data", "poster", "srcset"].includes(name) && !value.startsWith(location.origin + "/")) addresses.add(value);
      }
      if (one.content?.querySelectorAll) look(one.content);
    }
  };
  look(document);
  return { shape: [...shape], addresses: [...addresses], ran: window.__xss };
}"""
ADDRESS = "https://example.org/"
SEARCHES = ("search.html?q=", "en/search.html?language=both&q=")  # what is asked for is shown too


def page_and_word_file() -> dict[str, bytes]:
    """A saved page and a Word file of the same text, the values in the page's meta tags and title too."""
    values = [value for group in hostile.groups(9) for value in group]
    lines = [line.replace("\x80", "") for line in hostile.text(values, 2021).splitlines() if line.strip()]
    said = [escape(value) for value in values]
    metas = f'<meta name="ArticleTitle" content="{said[0]}"><meta name="ContentSource" content="{"".join(said)}">'
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    shown = f"<html><head><title>{said[1]}</title>{metas}</head><body><div>{body}</div></body></html>"
    word = package("".join(p(line.replace("\ufffe", "").replace("\uffff", "")) for line in lines))
    beside = {f"{kind}.yml": f"id: from-{kind}\nplace: 清河县\n".encode() for kind in ("page", "word")}
    return {"page.html": shown.encode(), "word.docx": word, **beside}


def built(into, groups, more=None, **environment):
    """A site of reports of the groups of values, its pages, and whether every report is there."""
    seeds = dict(more or {})
    for n, group in enumerate(groups):
        seeds |= hostile.seeds(group, f"r{n}")
    seeds["terms.csv"] = hostile.terms([value for group in groups for value in group])
    done = build_site(into, seeds, BAOGAO_PROOF="1", SITE_URL=ADDRESS, **environment)
    assert done.returncode == 0, done.stderr
    site = into / "site"
    ids = [f"r{n}-{year}" for n in range(len(groups)) for year in (2022, 2023)]
    assert all((site / id_ / "index.html").is_file() for id_ in ids)
    return site


def visited(browser, base, paths):
    """What was seen at each path: its elements and addresses, and what ran or was asked for."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, wrong = context.new_page(), []
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda r: None if r.url.startswith((base, "data:", "blob:")) else wrong.append(r.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    seen = {}
    for path in paths:
        page.goto(base + path)
        seen[path] = page.evaluate(LOOK) | {"wrong": wrong[:]}
        wrong.clear()
    context.close()
    return seen


def pages_of(site):
    return sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))


def test_nothing_that_a_value_holds_runs_or_stands_on_a_page(browser, serve, tmp_path):
    tame = built(tmp_path / "tame", [[hostile.TAME]])
    asked = [path + quote(words) for words in (hostile.TAME, "培训", "甲乙之外", "foreign") for path in SEARCHES]
    usual = {part for one in visited(browser, serve(tame), [*pages_of(tame), *asked]).values() for part in one["shape"]}
    site = built(tmp_path / "hostile", hostile.groups(31), page_and_word_file())
    assert (site / "from-page/index.html").is_file() and (site / "from-word/index.html").is_file()
    asked = [path + quote(value) for value in hostile.SEQUENCES[::6] for path in SEARCHES]
    seen = visited(browser, serve(site), [*pages_of(site), *asked])
    assert {"r0-2022/proof.html", "r1-2023/figures.html", "en/r1-2022/full.html", "terms.html"} <= seen.keys()
    assert any(path.endswith("/since.html") for path in seen)
    for path, one in seen.items():
        assert not one.get("ran") and not one["wrong"], path
        assert {*one["shape"]} <= usual, path
        known = (hostile.URL, ADDRESS, "data:image/")
        assert not [to for to in one["addresses"] if (":" in to or to.startswith("//")) and not to.startswith(known)]
