"""The Chinese pages of a site that is built, once more in traditional characters: from files to files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .processes import shared
from .publication.cache import Cache, encoded
from .site.traditional_page import Tree, Twins
from .wording import addresses
from .wording.traditional import script_of

_AT_ONCE = 48  # pages a process is given at a time, mostly those of one report, which repeat each other


@dataclass(frozen=True, slots=True)
class TraditionalPage:
    """A page in traditional characters."""

    html: str


def write_traditional(site: Path, tree: Tree, overruled: Mapping[str, str], remembered: Cache) -> None:
    """The twin of each page of the tree that lies in the folder `site`, from before or made now. `overruled`: words
    that are written otherwise than OpenCC has them."""
    made_of = encoded((sorted(tree.pages), replace(tree, pages=frozenset()), dict(overruled)))
    missing = []
    for page in sorted(tree.pages):
        if not (site / page).is_file():  # a draft that is not published
            continue
        known = remembered.known(TraditionalPage, (page.encode(), (site / page).read_bytes(), *made_of))
        if known:
            _write(site, page, known)
        else:
            missing.append(page)
    if not missing:
        return
    twins = Twins(tree, script_of(overruled))  # for all processes

    def write(number: int) -> None:
        page = missing[number]
        html = (site / page).read_bytes()
        made = TraditionalPage(twins.page(html.decode(), page))
        remembered.keep(made, (page.encode(), html, *made_of))
        _write(site, page, made)

    for _ in shared(write, len(missing), _AT_ONCE):
        pass


def _write(site: Path, page: str, made: TraditionalPage) -> None:
    path = site / addresses.traditional(page)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.html.encode())
