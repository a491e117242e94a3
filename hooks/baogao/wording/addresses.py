"""Where everything stands on the site. The only place where the path of a page or file is put together.

Pages end in .html; a page's data has the page's address with another ending.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote

from ..ids import INDICATORS, INSTRUMENTS, LANGUAGES, PLACES, TERMS, THEMES, TRADITIONAL

_BILINGUAL = "-bilingual"


# ---- pages


def bilingual(page: str) -> str:
    """The name of the page that sets a page's Chinese and English side by side: 1-2 -> 1-2-bilingual."""
    return f"{page}{_BILINGUAL}"


def is_bilingual(name: str) -> bool:
    """Whether the page of that name is a second view of another."""
    return name.endswith(_BILINGUAL)


def of_bilingual(path: str) -> str:
    """The path of the page of which the one at that path is a second view; empty where it is none."""
    stem, dot, ending = path.rpartition(".")
    return f"{stem.removesuffix(_BILINGUAL)}{dot}{ending}" if is_bilingual(stem) else ""


def home(language: str, ending: str = "html") -> str:
    """The path of a language's first page from the root of the site."""
    return _under(language, f"index.{ending}")


def tree_of(language: str) -> str:
    """Where the pages of a language begin, from the root of the site: en/, empty of the first."""
    return _under(language, "")


def page(language: str, report: str, name: str, ending: str = "html", shard: str = "") -> str:
    """The path of a report's page from the root of the site; of a site in shards the folder of its shard first."""
    return in_shard(shard, _under(language, f"{report}/{name}.{ending}"))


def in_shard(shard: str, path: str) -> str:
    """A path of a shard from the root of the whole site: each shard is a site in a folder of it."""
    return f"{shard}/{path}" if shard else path


def traditional(path: str = "") -> str:
    """Where a page of the first language stands in traditional characters; the folder of all of them."""
    return f"{TRADITIONAL.lower()}/{path}"


def hand_written(language: str, name: str, ending: str = "html") -> str:
    """The path of a page written by hand from the root of the site."""
    return _under(language, f"{name}.{ending}")


def term(language: str, id_: str, ending: str = "html") -> str:
    """The path of a term's page from the root of the site."""
    return _under(language, f"{TERMS}/{id_}.{ending}")


def term_row(id_: str) -> str:
    """The row of a term in the list of all: t-xingzhengfuyi."""
    return f"t-{id_}"


def instrument(language: str, id_: str, ending: str = "html") -> str:
    """The path of an instrument's page from the root of the site."""
    return _under(language, f"{INSTRUMENTS}/{id_}.{ending}")


def instrument_row(id_: str) -> str:
    """The row of an instrument in the list of all: i-xianfa."""
    return f"i-{id_}"


def indicator(language: str, code: str, ending: str = "html") -> str:
    """The path of an indicator's page from the root of the site."""
    return _under(language, f"{INDICATORS}/{code}.{ending}")


def indicator_row(code: str) -> str:
    """The row of an indicator in the list of all: n-chuting-lv."""
    return f"n-{code}"


def place(language: str, id_: str, ending: str = "html") -> str:
    """The path of a place's page from the root of the site."""
    return _under(language, f"{PLACES}/{id_}.{ending}")


def theme(language: str, id_: str | None, ending: str = "html") -> str:
    """The path of a theme's page from the root of the site; of what fits none that of the others."""
    return _under(language, f"{THEMES}/{id_ or 'other'}.{ending}")


def feed(place: str = "") -> str:
    """The path of the site's feed, or of that of a place, from the root of the site."""
    return f"feed/{place}.xml" if place else "feed.xml"


def schema(name: str) -> str:
    """The path of a JSON Schema from the root of the site."""
    return f"schema/{name}.json"


def data_file(report: str, name: str) -> str:
    """The path of a report's data from the root of the site: the same for every language."""
    return f"{report}/{name}"


def _under(language: str, path: str) -> str:
    return path if language == LANGUAGES[0] else f"{language}/{path}"


def link(here: str, there: str, anchor: str = "") -> str:
    """The relative address from one path of the site to another, of characters that are no Markdown."""
    path = "" if here == there and anchor else _relative(there, posixpath.dirname(here) or ".")
    return path + (f"#{quote(anchor)}" if anchor else "")


@lru_cache(4096)  # a page links to the same few others again and again
def _relative(there: str, folder: str) -> str:
    return quote(posixpath.relpath(there, folder))


def tree(path: str) -> str:
    """A path of the site -> its path in the tree that MkDocs gets, where every language has a folder."""
    first = path.partition("/")[0]
    return path if first in LANGUAGES[1:] else f"{LANGUAGES[0]}/{path}"
