"""Nothing let in: each page's Content-Security-Policy refuses what is no part of the site, and nothing that is."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from baogao.site.policy import SOURCES, policy, widened
from conftest import ROOT

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
_POLICY = re.compile('<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
PAGES = ["index.html", "about.html", "search-format.html", "terms.html", "indicators.html", "published.html"]
PAGES += [f"wangcheng-2023/{name}.html" for name in ("index", "1-3", "full", "figures", "matters", "1-3-bilingual")]
PAGES += ["en/wangcheng-2023/1-3.html", "indicators/chuting-lv.html", "places/qinghe.html", "qinghe-2022/since.html"]


@contextmanager
def as_a_host(folder, policy: str = "") -> Iterator[str]:
    """A folder as a host serves it: what is missing is answered with the nearest 404.html above. `policy`: in a header
    of every answer."""

    class Host(http.server.SimpleHTTPRequestHandler):
        def send_error(self, code, *_):
            above = (folder / self.path.lstrip("/")).parents
            body = next(place / "404.html" for place in above if (place / "404.html").is_file()).read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def end_headers(self):
            if policy:
                self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def refused(browser):
    """A page of a window of its own, and all that its policies refuse on it."""
    context = browser.new_context()
    page, told = context.new_page(), []
    page.on("console", lambda message: "Content Security Policy" in message.text and told.append(message.text))
    context.expose_function("told", lambda line: told.append(line))
    context.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => told(`${e.effectiveDirective} ${e.blockedURI}`))"
    )
    yield page, told
    context.close()


def used(page, base: str) -> None:
    """A site as a reader uses it: choices that are kept, reading, the search in its dialog and on its page, paper."""
    page.goto(f"{base}wangcheng-2023/1-3.html")
    page.locator(".masthead__aa").click()
    page.locator("#aa [value=night]").check()
    page.keyboard.press("Escape")
    page.locator("a.figure[data-note]").first.focus()
    page.wait_for_selector(".tools a")
    for path in PAGES:
        page.goto(base + path)
        assert page.evaluate("document.documentElement.dataset.light") == "night", path
        assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).position") == "sticky", path
    page.goto(f"{base}wangcheng-2023/1-3.html")
    page.keyboard.press("/")
    page.keyboard.type("出庭率")
    page.wait_for_selector("#search-list [role=option]")
    page.keyboard.press("Enter")
    page.wait_for_selector("a[data-result]")
    assert "search.html" in page.url
    for none_found in ("行政复意", "mediations"):  # which ask for the scripts that few searches need
        page.fill("[data-search-page] input", none_found)
        page.wait_for_timeout(300)
    page.goto(f"{base}wangcheng-2023/figures.html")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--printed-head')")
    page.pdf()


def test_no_part_of_the_site_is_refused_on_a_host_that_sends_the_policy_too(refused, shelf):
    page, told = refused
    with as_a_host(shelf, header_of(READMES[0])) as base:
        used(page, base)
        page.goto(f"{base}no/such/page.html")
        page.wait_for_load_state("networkidle")
    assert told == []


def test_no_part_of_the_site_is_refused_by_double_click(refused, shelf):
    page, told = refused
    used(page, f"{shelf.as_uri()}/")
    assert told == []


@pytest.mark.parametrize("host", [True, False])
def test_what_is_let_in_is_refused(refused, site, host):
    """As if something had got past every escape: in a page's source, and put there by a script."""
    (page, told), path = refused, site / "wangcheng-2023/let-in.html"
    let_in = """<style>h1 { color: red }</style><script>window.ran = 1</script><img src="x:" onerror="ran = 2">
      <a id="js" href="javascript:ran = 3">a</a><base href="https://example.org/"><iframe src="about.html"></iframe>
      <object data="about.html"></object><p style="color: red">p</p><script src="data:,ran = 4"></script>
      <form action="https://example.org/"><button id="send">b</button></form><link rel="stylesheet" href="data:text/css,">"""
    page_without = (site / "wangcheng-2023/1-3.html").read_text("utf-8")
    path.write_text(page_without.replace("</article>", let_in + "</article>"), "utf-8")
    try:
        with as_a_host(site) as base:
            page.goto(f"{base}wangcheng-2023/let-in.html" if host else path.as_uri())
            page.evaluate("document.getElementById('js').click()")
            page.evaluate("document.getElementById('send').click()")
            page.evaluate("fetch('https://example.org/?all').catch(() => {})")
            page.wait_for_timeout(200)
    finally:
        path.unlink()
    assert page.evaluate("window.ran") is None and "example.org" not in page.evaluate("document.baseURI + location")
    directives = {line.split()[0] for line in told if not line[0].isupper()}
    expected = {"style-src-elem", "style-src-attr", "script-src-elem", "script-src-attr", "base-uri", "frame-src"}
    assert directives >= expected | {"object-src", "form-action", "connect-src"}


def test_in_no_page_stands_what_its_policy_refuses(shelf):
    """Styles and scripts but those it names, handlers, anything of elsewhere: in all pages of many reports."""
    wrong = re.compile(r"""<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|(?:src|action|data|poster)="(?:[a-z]+:|//)|<link[^>]*rel="stylesheet"[^>]*href="[a-z]+:""")  # fmt: skip
    inline, known = re.compile(r"<(script|style)>(.*?)</\1>", re.S), set[tuple[str, str]]()
    for path in shelf.rglob("*.html"):
        html = path.read_text("utf-8")
        assert not wrong.search(html), (path, wrong.search(html))
        named = _POLICY.search(html)[1]
        known |= {(kind, code) for kind, code in inline.findall(html) if _hash_of(kind, code) in named}
        assert set(inline.findall(html)) <= known, path
    assert "style" in dict(known)


def _hash_of(kind: str, code: str) -> str:
    return policy(f"<{kind}>{code}</{kind}>", {f"{kind}-src": ""}).split()[1]


def header_of(readme) -> str:
    return re.search('add_header Content-Security-Policy "([^"]*)"', readme.read_text("utf-8"))[1]


def test_the_header_in_the_readme_is_the_widest_policy_of_a_page(site):
    """That of the page for what is missing, which looks for the site; and what only a header can say."""
    policies = {_POLICY.search(path.read_text("utf-8"))[1]: path for path in sorted(site.rglob("*.html"))}
    assert len(policies) == 2  # of all pages one, so that one loaded into another changes nothing
    (widest,) = [one for one, path in policies.items() if path.name == "404.html"]
    any_style = re.sub("(?<=style-src 'self') 'sha256-[^']*'", " 'unsafe-inline'", widest)
    for readme in READMES:
        assert header_of(readme) == f"{any_style}; frame-ancestors 'self'" and any_style != widest


def test_a_site_names_more_sources_of_its_own():
    more = widened({"img-src": "https://a.example", "media-src": "'self'", "base-uri": "'self'"})
    assert more["img-src"] == "'self' data: https://a.example"
    assert (more["media-src"], more["base-uri"]) == ("'self'", "'self'") and more.keys() > SOURCES.keys()
    assert policy("", {"script-src": 'x"><b>'}) == "script-src x&quot;&gt;&lt;b&gt;"


# ---- the page for what is missing


@pytest.mark.parametrize("missing", ["a/b/x/y.html", "a/b/nothing", "a/b/en/wangcheng-2023/9.html"])
def test_a_missing_page_in_a_folder_of_a_host_has_its_looks_and_its_links(refused, site, tmp_path, missing):
    page, told = refused
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b").symlink_to(site)
    with as_a_host(tmp_path) as base:
        page.goto(base + missing)
        assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).position") == "sticky"
        page.keyboard.press("/")
        page.keyboard.type("出庭率")
        page.wait_for_selector("#search-list [role=option]")
        page.keyboard.press("Escape")
        page.locator("article a").click()
        assert page.url == f"{base}a/b/index.html"
    assert told == []


def test_a_missing_page_of_a_site_that_knows_its_address_asks_for_nothing_to_find_it(refused, addressed, tmp_path):
    page, told = refused
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    (tmp_path / "law").symlink_to(addressed)
    with as_a_host(tmp_path) as base:
        page.goto(f"{base}law/x/y/z.html")
        page.locator("article a").click()
        assert page.url == f"{base}law/index.html"
    assert told == [] and "HEAD" not in asked
