"""What the tests share: the first report, reports of other places, a built site, a browser."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import gc
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from baogao.publication.folder import read_file
from baogao.publication.publication import Publication, understand
from baogao.site.page import File
from baogao.site.pages import files
from hypothesis import settings
from warm import Warm

# What tests keep for one another is all alive; to look through it again and again took a seventh of the time.
gc.set_threshold(100_000, 50, 100)
settings.register_profile("any machine", deadline=None)  # speed is for bench/, as a ratio
settings.load_profile("any machine")

ROOT = Path(__file__).parent.parent
THEME = ROOT / "hooks/baogao/site/theme"
SEED = ROOT / "seeds" / "000_5f949e49d371bf8d.txt"
PRACTICE = sorted((ROOT / "tests/fixtures/practice/texts").glob("*.txt"))
# the first report with what stands beside it: its English, its terms
BESIDE = [SEED.with_suffix(".yml"), SEED.with_suffix(".en.po"), SEED.with_name("terms.csv")]
FIRST = {path.name: path.read_bytes() for path in [SEED, *BESIDE]}
# Fifty real reports of sibling kinds lie beside the checkout on the founders' machines and are never committed.
REAL = sorted((ROOT.parent / "shared" / "reports").glob("*.txt"))

BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_BROWSER = "browser tests need Debian's chromium: apt-get install chromium-headless-shell fonts-noto-cjk"


@functools.cache
def understood(path: Path) -> Publication:
    """A report as the program alone understands it: once for all tests of a process."""
    return understand(path.name, path.read_bytes())


@functools.cache
def published(path: Path) -> Publication:
    """A report with what lies beside it, sidecar, English and terms: once for all tests of a process."""
    return read_file(path, path.name)


def nine() -> tuple[Publication, ...]:
    """The first report, with its English and its terms, and the practice ones, which have neither."""
    return tuple(map(published, [SEED, *PRACTICE]))


@functools.cache
def made_of_nine() -> tuple[File, ...]:
    """The files of their pages, as MkDocs gets them: made once for all tests of a process."""
    return tuple(files(nine()))


def texts(made: Iterable[File]) -> dict[str, str]:
    """The text files of a site by their paths; a workbook is none."""
    return {file.path: file.content.decode() for file in made if not file.path.endswith(".xlsx")}


def copy_checkout(into: Path, seeds: Mapping[str, bytes], features: str = "") -> None:
    """A copy of this checkout with the given seeds, compiled as it is. features: one more feature of the theme."""
    into.mkdir(parents=True, exist_ok=True)
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, into / name, ignore=shutil.ignore_patterns("*.egg-info"))
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    if features:
        own = yaml.safe_load((THEME / "mkdocs_theme.yml").read_text("utf-8"))["features"]
        both = json.dumps([features, *own])
        settings = settings.replace("theme: {name: baogao}", f"theme: {{name: baogao, features: {both}}}")
        assert features in settings
    (into / "mkdocs.yml").write_text(settings, "utf-8")
    (into / "seeds").mkdir()
    for name, data in seeds.items():
        (into / "seeds" / name).write_bytes(data)


def build_site(
    into: Path, seeds: Mapping[str, bytes], features: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Build a site of the given seeds from a copy of this checkout: into/site, and what MkDocs printed."""
    copy_checkout(into, seeds, features)
    return mkdocs(into, "build", "--strict", **environment)


BUILD = "from mkdocs.__main__ import cli; cli()"


def mkdocs(folder: Path, *arguments: str, code: str = BUILD, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs in a folder. code: another than its own, with the same arguments."""
    clean = {key: value for key, value in os.environ.items() if key not in ("SITE_URL", "SOURCE_DATE_EPOCH")}
    return warm().run(code, arguments, folder, clean | {"NO_MKDOCS_2_WARNING": "1", "LC_ALL": "C.UTF-8"} | environment)


@functools.cache
def warm() -> Warm:
    """A process that has imported MkDocs: one a process of tests, which it ends with."""
    made = Warm()
    atexit.register(made.close)
    return made


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """once(name, make): the folder of a name, which the first who asks makes, in whatever process the tests run."""
    top = tmp_path_factory.getbasetemp()
    top = top.parent if "PYTEST_XDIST_WORKER" in os.environ else top

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        into, whole = top / name, top / f"{name}.whole"
        with (top / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # let go of when the process ends, however it ends
            if not whole.exists():
                shutil.rmtree(into, ignore_errors=True)
                into.mkdir()
                make(into)
                whole.touch()
        return into

    return folder


def built_strictly(seeds: Mapping[str, bytes], **environment: str) -> Callable[[Path], None]:
    """What makes a folder with the site of these seeds, and what MkDocs said in said.txt beside it."""

    def make(into: Path) -> None:
        done = build_site(into, seeds, **environment)
        assert done.returncode == 0, done.stderr
        (into / "said.txt").write_text(done.stderr, "utf-8")

    return make


@pytest.fixture(scope="session")
def site(once: Any) -> Path:
    """The site of the first report, in both languages."""
    return once("first", built_strictly(FIRST)) / "site"


@pytest.fixture(scope="session")
def shelf(once: Any) -> Path:
    """The site of nine reports: the first and the practice ones."""
    return once("shelf", built_strictly(FIRST | {path.name: path.read_bytes() for path in PRACTICE})) / "site"


@pytest.fixture(scope="session")
def addressed(once: Any) -> Path:
    """The site of the first report that knows its address, https://example.org/law/."""
    return once("addressed", built_strictly(FIRST, SITE_URL="https://example.org/law/")) / "site"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves a page drops what it had asked for: that is no error. Any other is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serve a folder on loopback; its address with a final slash. One server a folder: each takes its time to stop."""
    servers = []

    @functools.cache
    def start(folder: Path, port: int = 0) -> str:
        server = _Server(("127.0.0.1", port), functools.partial(_Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's chromium: its shell where that stands, which does the same with a third less work. Skipped where both are
    missing, failed where BAOGAO_BROWSER=required.
    """
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        if os.environ.get("BAOGAO_BROWSER") == "required":
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def window(browser: Any) -> Callable[..., Any]:
    """A window of the browser by what only a whole window can be (a phone's, one without scripts).

    Kept open: to open a window takes longer than to load a page in it.
    """
    return functools.cache(browser.new_context)


@pytest.fixture
def tab(window: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """tab(width, height): a new page, of a window for phones with phone=True, without scripts with scripts=False. Only
    with policy=True does the window heed what pages forbid: to wait_for_function is to evaluate a string again and again.

    A page starts anew: no history, no pointer, nothing allowed, and what it stores is gone when the test is over. The
    first of a window is the same each time, made as new: to open another takes twice as long as to load a page in it.
    What listens to it (page.on) a test takes away itself.
    """
    opened: list[Any] = []

    def new(
        width: int = 1440, height: int = 780, phone: bool = False, scripts: bool = True, policy: bool = False
    ) -> Any:
        context = window(has_touch=phone, is_mobile=phone, java_script_enabled=scripts, bypass_csp=not policy)
        page = next((page for page in context.pages if page not in opened), None) or context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        opened.append(page)
        return page

    yield new
    for context in {page.context for page in opened}:
        for page in context.pages[1:]:
            page.close()
        for page in context.pages:
            _as_new(page)


def _as_new(page: Any) -> None:
    """Makes of a page what a new one is, whatever a test did with it."""
    unset = dict.fromkeys(("media", "color_scheme", "reduced_motion", "forced_colors", "contrast"), "null")
    page.emulate_media(**unset)
    page.mouse.move(-9, -9)  # outside
    page.goto("about:blank")
    page.context.clear_cookies()
    page.context.clear_permissions()
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    session.send("Page.resetNavigationHistory")
    session.detach()


@contextlib.contextmanager
def heard(page: Any, base: str) -> Iterator[list[Any]]:
    """What goes wrong while a page is looked at: what it asks for elsewhere, what is refused, by a server or by the
    page's own policy, what its scripts raise."""
    wrong: list[Any] = []
    listeners = {
        "request": lambda r: None if r.url.startswith((base, "data:", "blob:")) else wrong.append(r.url),
        "response": lambda r: wrong.append((r.status, r.url)) if r.status >= 400 else None,
        "pageerror": lambda error: wrong.append(str(error)),
        "console": lambda message: wrong.append(message.text) if "Content Security Policy" in message.text else None,
        "dialog": lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    yield wrong
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


@pytest.fixture
def page(tab: Callable[..., Any]) -> Any:
    """A page on a desk."""
    return tab()


@pytest.fixture(scope="module")
def results(browser: Any, site: Path, serve: Callable[..., str]) -> Iterator[Callable[..., Any]]:
    """results(query, tree): the page of results of the first report with what a query finds; one page for all queries of
    a file, loaded once for each tree of languages."""
    context = browser.new_context(viewport={"width": 1440, "height": 780})

    @functools.cache
    def opened(tree: str) -> Any:
        page = context.new_page()
        page.goto(f"{serve(site)}{tree}search.html")
        return page

    def show(query: str, tree: str = "") -> Any:
        page = opened(tree)
        if "search.html" not in page.url:
            page.goto(f"{serve(site)}{tree}search.html")
        page.wait_for_selector("[data-search-page][data-ready]")
        page.fill("[data-search-page] input", query)
        page.wait_for_function("q => document.querySelector('[data-search-page]').dataset.ready === q", arg=query)
        return page

    yield show
    context.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden pages again, for review")
