"""What the tests of the search share: the files searched, the queries, how a page of results is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from conftest import PRACTICE, SEED, understood
from naive import sections

PUBLICATIONS = [understood(path) for path in [SEED, *PRACTICE]]
SECTIONS = sections(PUBLICATIONS)
QUERIES = yaml.safe_load((Path(__file__).parent / "queries.yml").read_text("utf-8"))

ASK = """([queries, chosen]) => Promise.all(queries.map(async q => {
  const r = await baogaoSearch.find(q, chosen);
  return { sections: r.sections, hits: r.hits, figures: r.rows.length,
           pages: r.results.map(x => [x.record.facets.report, x.record.page, x.hits]) };
}))"""
STATUS = "[data-search-page] [role=status]"


def open_search(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("[data-search-page][data-ready]")
