"""Years and places as a site: every link resolves, and one report has nothing of them."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin

import pytest
from conftest import PRACTICE, built_strictly
from test_built_site import broken_links, pages_of


@pytest.fixture(scope="module")
def two_years(once):
    return once("two-years", built_strictly({path.name: path.read_bytes() for path in PRACTICE[:2]})) / "site"


def test_every_link_of_two_years_resolves_and_no_id_stands_twice(two_years):
    assert broken_links(two_years) == []
    for name, page in pages_of(two_years).items():
        assert len(page.ids) == len(set(page.ids)), name


@pytest.mark.parametrize("folder", ["", "en/"])
def test_every_page_of_years_is_reached_by_links_from_the_first_page(two_years, folder):
    pages, met, ahead = pages_of(two_years), set(), [f"{folder}index.html"]
    while ahead:
        name = ahead.pop()
        if name not in met and name in pages:
            met.add(name)
            ahead += [urldefrag(urljoin(name, link))[0] for link in pages[name].links]
    own = [n for n in pages if any(part in f"/{n}" for part in ("/indicators", "/places/", "/published", "/since."))]
    assert own and {name for name in own if name.startswith("en/") == bool(folder)} <= met


def test_a_page_of_an_indicator_names_its_address_with_another_ending(two_years):
    text = (two_years / "indicators/fuyi-shouli.html").read_text("utf-8")
    for ending in ("csv", "json"):
        assert f'href="fuyi-shouli.{ending}"' in text and (two_years / f"indicators/fuyi-shouli.{ending}").is_file()


def test_one_report_has_no_page_and_no_link_of_years(site):
    for name, page in pages_of(site).items():
        assert not any(part in f"/{name}" for part in ("/indicators", "/places/", "/published", "/since."))
        assert not [link for link in page.links if "indicators" in link or "places/" in link or "since.html" in link]
