"""A finished page in simplified Chinese -> the same page in traditional characters, one folder further down.

Only what is read is converted: text, and attributes that are shown or spoken. Ids, data, code and addresses stay, and
so does what is in another language or says translate="no", as a citation of the simplified original. A link leads to
the traditional page where there is one; one whose hreflang is zh-Hans to the simplified. Scripts and styles are left
alone but for those that say by lang that they hold words.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
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


class Twins:
    """Makes the traditional pages of one tree, one after another. What is repeated from page to page of a folder is
    made once: its tags here, text as far as `script` remembers it."""

    def __init__(self, tree: Tree, script: Callable[[str], str]) -> None:
        self.tree, self.script = tree, script
        self._folder = ""
        self._tags: dict[tuple[str, bool], _Tag] = {}

    def page(self, html: str, here: str) -> str:
        """The page at addresses.traditional(here), made of the finished one at `here`. The script writes a text in
        traditional characters, one for each."""
        folder = posixpath.dirname(here)
        if folder != self._folder:  # addresses are written from there
            self._folder, self._tags = folder, {}
        page = _Conversion(here, self)
        at = 0
        for found in _MARKUP.finditer(html):
            page.say(html[at : found.start()])
            page.take(found)
            at = found.end()
        page.say(html[at:])
        return page.written()

    def tag(self, tag: str, name: str, stays: bool) -> _Tag:
        """A start tag on the traditional page; `stays`: it is inside what is not converted."""
        known = self._tags.get((tag, stays))
        if known is None:
            known = self._tags[tag, stays] = self._made(tag, name, stays)
        return known

    def _made(self, tag: str, name: str, inside: bool) -> _Tag:
        said = _attributes(tag)
        foreign = not said.get("lang", "zh").startswith("zh")
        stays = not inside and (name in _KEPT or foreign or said.get("translate") == "no")
        begins = stays and name not in _VOID and not tag.endswith("/>")
        if stays and said.get("translate") == "no" and "lang" not in said:
            tag = f'{tag[:-1]} lang="{SIMPLIFIED}">'
        return _Tag(self._written(tag, said, stays or inside), begins, said.get("lang") == SIMPLIFIED)

    def _written(self, tag: str, said: dict[str, str], stays: bool) -> str:
        """Its addresses from where the page will lie, what is read of its attributes."""
        pieces, at = [], 0
        for one in _ATTRIBUTE.finditer(tag):
            name, value = one["name"].lower(), one["value"]
            pieces.append(tag[at : one.start("value")])
            at = one.end()
            if name in _ADDRESSES:
                value = self._address(value, said)
            elif name == "lang" and value == SIMPLIFIED and not stays:
                value = TRADITIONAL
            elif not stays and (name in _READ or (name == "content" and said.get("name") == "description")):
                value = self.script(value)
            pieces.append(value)
        return "".join([*pieces, tag[at:]])

    def _address(self, address: str, said: dict[str, str]) -> str:
        if said.get("rel") == "canonical":
            rest = address.removeprefix(self.tree.site_url)
            own = self.tree.site_url and rest != address and unquote(rest) in self.tree.pages
            return self.tree.site_url + addresses.traditional(rest) if own else address
        path = re.split("[?#]", address, maxsplit=1)[0]
        if _ELSEWHERE.match(path):
            return address
        there = posixpath.normpath(posixpath.join(self._folder, path))
        if unquote(there) in self.tree.pages and said.get("hreflang") != SIMPLIFIED:
            return address
        twin = "" if said.get("hreflang") == SIMPLIFIED else self._beside(there)
        return self.simplified(twin or there) + "/" * path.endswith("/") + address[len(path) :]

    def _beside(self, there: str) -> str:
        """The twin of a page of another site; empty where it is none."""
        site = next((site for site in self.tree.beside if there.startswith(f"{site}/")), "")
        rest = there.removeprefix(f"{site}/")
        is_page = site and rest.endswith(".html") and rest.partition("/")[0] not in LANGUAGES
        return f"{site}/{addresses.traditional(rest)}" if is_page else ""

    def simplified(self, path: str) -> str:
        """The address of what lies outside the tree, from a page of the folder; above the site, too, wherever this is
        built."""
        return posixpath.relpath(f"/_/{path}", f"/_/{addresses.traditional(self._folder)}")


@dataclass(frozen=True, slots=True)
class _Tag:
    """A start tag as the traditional page has it."""

    written: str
    begins: bool  # something that is not converted, up to its end tag
    spoken: bool  # it says that it holds simplified Chinese


class _Conversion:
    """What has been made of a page."""

    def __init__(self, here: str, twins: Twins) -> None:
        self._here, self._twins = here, twins
        self._pieces: list[str] = []
        self._block: list[int] = []  # which of them are text that runs on, to be converted together
        self._kept, self._depth = "", 0  # the element that stays as it is, and how many of its kind are open
        self._told = False

    def say(self, text: str) -> None:
        """Text between tags."""
        if text:
            if not self._kept:
                self._block.append(len(self._pieces))
            self._pieces.append(text)

    def take(self, found: re.Match[str]) -> None:
        """A tag, a comment, or a script or style with what it holds."""
        if found["raw"]:
            tag = self._twins.tag(found["open"], "", bool(self._kept))
            self._pieces += (tag.written, self._twins.script(found["held"]) if tag.spoken else found["held"])
            self._pieces.append(found["close"])
            return
        name = (found["name"] or "").lower()
        if name and name not in _INLINE:
            self._end_block()
        if found["end"]:
            self._close(name)
            self._pieces.append(found[0])
            if name == "h1" and not self._told and not self._kept:
                self._told = True
                self._notice()
        elif name:
            self._open(name, found[0])
        else:
            self._pieces.append(found[0])

    def written(self) -> str:
        """All of it."""
        self._end_block()
        return "".join(self._pieces)

    def _end_block(self) -> None:
        if not self._block:
            return
        text = self._twins.script("".join(self._pieces[number] for number in self._block))
        at = 0
        for number in self._block:
            end = at + len(self._pieces[number])
            self._pieces[number] = text[at:end]
            at = end
        self._block = []

    def _open(self, name: str, tag: str) -> None:
        made = self._twins.tag(tag, name, bool(self._kept))
        self._pieces.append(made.written)
        if self._kept:
            self._depth += name == self._kept
        elif made.begins:
            self._kept, self._depth = name, 1

    def _close(self, name: str) -> None:
        self._depth -= name == self._kept
        if not self._depth:
            self._kept = ""

    def _notice(self) -> None:
        tree = self._twins.tree
        address = self._twins.simplified(self._here)
        link = f"<a{attribute('href', address)}{attribute('hreflang', SIMPLIFIED)}>"
        before, after = tree.notice.split("{original}")
        for piece in (f'\n<p class="untranslated">{before}{link}', tree.original, f"</a>{after}</p>"):
            self._pieces.append(self._twins.script(piece))


def _attributes(tag: str) -> dict[str, str]:
    return {one["name"].lower(): one["value"] for one in _ATTRIBUTE.finditer(tag)}
