"""Weight and first paint of a section page, beside an empty page of the same server in the same run.

Run from the root of the project, after `make site`: .venv/bin/python bench/pages.py
Prints one line a page: kilobytes compressed (gzip -6, every file the page asks for) and milliseconds to the first
contentful paint in slow 4G (1.6 Mbit/s down, 150 ms round trip).
"""

from __future__ import annotations

import functools
import gzip
import http.server
import shutil
import statistics
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from playwright.sync_api import sync_playwright

SITE = Path(__file__).parent.parent / "site"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Chromium's DevTools preset "Slow 4G": 1.6 Mbit/s down, 750 kbit/s up, 150 ms round trip (Lighthouse's mobile default)
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
RUNS = 5


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves as any host does: compressed, connections kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if self.path == "/empty.html":
            body = b"<!doctype html><title>x</title><p>x"
        elif path.is_file():
            body = path.read_bytes()
        else:
            self.send_error(404)
            return
        packed = gzip.compress(body, 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, *args: Any) -> None:
        pass


def serve(folder: Path) -> str:
    """Serve a folder, compressed; its address with a final slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Compressing, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def measure(browser: Any, address: str) -> tuple[float, float]:
    """Kilobytes on the wire and milliseconds to the first contentful paint, nothing cached."""
    context = browser.new_context(viewport={"width": 390, "height": 660})
    page, sizes = context.new_page(), []
    page.on("response", lambda r: sizes.append(int(r.headers.get("content-length", 0))))
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(address, wait_until="networkidle")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return sum(sizes) / 1000, paint


def main() -> None:
    base_url = serve(SITE)
    section = sorted(SITE.glob("*/1-[0-9].html"), key=lambda p: p.stat().st_size)[-1].relative_to(SITE).as_posix()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        paints: dict[str, list[float]] = {}
        for name in ("empty.html", section) * RUNS:
            size, paint = measure(browser, base_url + name)
            paints.setdefault(f"{urlparse(name).path} {size:.0f} KB", []).append(paint)
        browser.close()
    base = statistics.median(next(iter(paints.values())))
    for name, values in paints.items():
        middle = statistics.median(values)
        print(f"{name}: {middle:.0f} ms ({min(values):.0f}-{max(values):.0f}), {middle / base:.1f}x the empty page")


if __name__ == "__main__":
    main()
