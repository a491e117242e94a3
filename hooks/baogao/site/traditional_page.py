"""A finished page in simplified Chinese -> the same page in traditional characters, one folder further down.

Only what is read is converted: text, and attributes that are shown or spoken. Ids, data, code and addresses stay, and
so does what is in another language or says translate="no", as a citation of the simplified original. A link leads to
the traditional page where there is one; one whose hreflang is zh-Hans to the simplified. Scripts and styles are left
alone but for those that say by lang that they hold words.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from ..ids import LANGUAGES, TRADITIONAL
from ..wording import addresses
from ..wording.marks import attribute

SIMPLIFIED = "zh-Hans"

# a comment; a script or style with what it holds; any other tag
_MARKUP = re.compile(
    r"""<!--.*?--> | (?P<open><(?P<raw>script|style)\b[^>]*>) (?P<held>.*?) (?P<close></(?P=raw)\s*>)
      | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*) (?:"[^"]*"|'[^']*'|[^"'>])* > | <![^>]*>""",
    re.S | re.X,
)
_ATTRIBUTE = re.compile(r"""(?P<before>\s(?P<name>[a-zA-Z-]+)=")(?P<value>[^"]*)""")
_READ = frozenset(
    ["alt", "aria-description", "aria-label", "data-count", "data-count-one", "data-name", "data-note", "data-place"]
    + ["label", "placeholder", "title"]
)
_ADDRESSES = frozenset(["action", "data", "href", "poster", "src"])
_KEPT = frozenset(["code", "kbd", "pre", "samp"])
_INLINE = frozenset(
    ["a", "abbr", "b", "bdi", "cite", "data", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup"]
    + ["time", "u", "wbr"]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|$")  # another site, this one's root, this very page


@dataclass(frozen=True, slots=True)
class Tree:
    """The pages that stand in both scripts."""

    pages: frozenset[str]  # paths of the simplified ones from the root of the site
    site_url: str  # empty where it is not known
    notice: str  # what each traditional page says of itself, in simplified Chinese; {original} is the link's words
    original: str
    beside: tuple[str, ...] = ()  # folders of other sites, from the root of this one, that stand in both scripts too


def traditional_page(html: str, here: str, tree: Tree, script: Callable[[str], str]) -> str:
    """The page at addresses.traditional(here), made of the finished one at `here`. `script` writes a text in
    traditional characters, one for each."""
    page = _Conversion(here, tree)
    at = 0
    for found in _MARKUP.finditer(html):
        page.say(html[at : found.start()])
        page.take(found)
        at = found.end()
    page.say(html[at:])
    return page.written(script)


class _Conversion:
    """What has been read of a page."""

    def __init__(self, here: str, tree: Tree) -> None:
        self._here, self._tree = here, tree
        self._pieces: list[str] = []
        self._running: list[
            int
        ] = []  # those that are to be converted, as they follow each other; -1 where a block ends
        self._apart: list[int] = []  # others, each by itself
        self._kept, self._depth = "", 0  # the element that stays as it is, and how many of its kind are open
        self._told = False

    def say(self, text: str) -> None:
        """Text between tags."""
        if text:
            self._add(text, None if self._kept else self._running)

    def take(self, found: re.Match[str]) -> None:
        """A tag, a comment, or a script or style with what it holds."""
        if found["raw"]:
            self._tag(found["open"])
            spoken = _attributes(found["open"]).get("lang") == SIMPLIFIED
            self._add(found["held"], self._apart if spoken else None)
            self._add(found["close"])
            return
        name = (found["name"] or "").lower()
        if name and name not in _INLINE:
            self._running.append(-1)
        if found["end"]:
            self._close(name)
            self._add(found[0])
            if name == "h1" and not self._told and not self._kept:
                self._told = True
                self._notice()
        elif name:
            self._open(name, found[0])
        else:
            self._add(found[0])

    def written(self, script: Callable[[str], str]) -> str:
        """All of it, what is to be converted by `script`."""
        self._convert(self._running, script)
        self._convert([number for one in self._apart for number in (one, -1)], script)
        return "".join(self._pieces)

    def _convert(self, numbers: Sequence[int], script: Callable[[str], str]) -> None:
        text = script("".join("\n" if number < 0 else self._pieces[number] for number in numbers))
        at = 0
        for number in numbers:
            end = at + (1 if number < 0 else len(self._pieces[number]))
            if number >= 0:
                self._pieces[number] = text[at:end]
            at = end

    def _add(self, piece: str, converted: list[int] | None = None) -> None:
        if converted is not None:
            converted.append(len(self._pieces))
        self._pieces.append(piece)

    def _open(self, name: str, tag: str) -> None:
        if self._kept:
            self._depth += name == self._kept
            self._tag(tag)
            return
        said = _attributes(tag)
        foreign = not said.get("lang", "zh").startswith("zh")
        stays = name in _KEPT or foreign or said.get("translate") == "no"
        if stays and name not in _VOID and not tag.endswith("/>"):
            self._kept, self._depth = name, 1
        if stays and said.get("translate") == "no" and "lang" not in said:
            tag = f'{tag[:-1]} lang="{SIMPLIFIED}">'
        self._tag(tag, said, stays)

    def _close(self, name: str) -> None:
        self._depth -= name == self._kept
        if not self._depth:
            self._kept = ""

    def _tag(self, tag: str, said: dict[str, str] | None = None, stays: bool = False) -> None:
        """A start tag: its addresses from where the page will lie, what is read of its attributes."""
        said = _attributes(tag) if said is None else said
        stays = stays or bool(self._kept)
        at = 0
        for one in _ATTRIBUTE.finditer(tag):
            name, value = one["name"].lower(), one["value"]
            self._add(tag[at : one.start("value")])
            at = one.end()
            if name in _ADDRESSES:
                self._add(self._address(value, said))
            elif name == "lang" and value == SIMPLIFIED and not stays:
                self._add(TRADITIONAL)
            else:
                read = name in _READ or (name == "content" and said.get("name") == "description")
                self._add(value, self._apart if read and not stays else None)
        self._add(tag[at:])

    def _address(self, address: str, said: dict[str, str]) -> str:
        if said.get("rel") == "canonical":
            rest = address.removeprefix(self._tree.site_url)
            own = self._tree.site_url and rest != address and unquote(rest) in self._tree.pages
            return self._tree.site_url + addresses.traditional(rest) if own else address
        path = re.split("[?#]", address, maxsplit=1)[0]
        if _ELSEWHERE.match(path):
            return address
        there = posixpath.normpath(posixpath.join(posixpath.dirname(self._here), path))
        if unquote(there) in self._tree.pages and said.get("hreflang") != SIMPLIFIED:
            return address
        twin = "" if said.get("hreflang") == SIMPLIFIED else self._beside(there)
        return self._simplified(twin or there) + "/" * path.endswith("/") + address[len(path) :]

    def _beside(self, there: str) -> str:
        """The twin of a page of another site; empty where it is none."""
        site = next((site for site in self._tree.beside if there.startswith(f"{site}/")), "")
        rest = there.removeprefix(f"{site}/")
        is_page = site and rest.endswith(".html") and rest.partition("/")[0] not in LANGUAGES
        return f"{site}/{addresses.traditional(rest)}" if is_page else ""

    def _simplified(self, path: str) -> str:
        """The address of what lies outside the tree, from the page; above the site, too, wherever this is built."""
        return posixpath.relpath(f"/_/{path}", f"/_/{posixpath.dirname(addresses.traditional(self._here))}")

    def _notice(self) -> None:
        link = f"<a{attribute('href', self._simplified(self._here))}{attribute('hreflang', SIMPLIFIED)}>"
        before, after = self._tree.notice.split("{original}")
        for piece in (f'\n<p class="untranslated">{before}{link}', self._tree.original, f"</a>{after}</p>"):
            self._add(piece, self._apart)


def _attributes(tag: str) -> dict[str, str]:
    return {one["name"].lower(): one["value"] for one in _ATTRIBUTE.finditer(tag)}
