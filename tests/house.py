"""The map of the house, made from its imports and docstrings: for the tests, CONTRIBUTING.md and the picture."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from conftest import ROOT

PACKAGE = ROOT / "hooks/baogao"
# A wing imports only those before it. "ground" and "edge" are the rooms of the package itself.
WINGS = ("rules", "ground", "readers", "outline", "figures", "translation", "publication", "relations", "wording", "search", "export", "site", "corpus", "edge")  # fmt: skip
EDGE = frozenset(
    [
        "intake",
        "conversion",
        "frames",
        "traditional",
        "preview",
        "progress",
        "plugin",
        "search_plugin",
        "staging",
        "terminal",
        "cli",
        "commands",
        "report_commands",
        "folder_commands",
        "check_command",
        "translation_commands",
        "corpus_commands",
        "part_build",
        "publishing",
        "__main__",
    ]
)  # they know the file system, MkDocs or a terminal
SAYS = {
    "ground": "What every wing stands on: values, ids, folded text, findings in words.",
    "edge": "Where the stages meet files, MkDocs and the command line.",
}
PICTURE = ROOT / "docs/assets/house.svg"
MAP = ROOT / "CONTRIBUTING.md"
SHOWING = [ROOT / f"docs/{language}/maintainers.md" for language in ("zh", "en")]  # pages with the picture
_BETWEEN = re.compile("(?<=<!-- rooms -->\n).*(?=<!-- /rooms -->)", re.S)


@dataclass(frozen=True)
class Room:
    """A module: its dotted name in the package, its wing, what it says of itself, the rooms it imports."""

    name: str
    wing: str
    says: str
    imports: frozenset[str]


@cache
def rooms() -> dict[str, Room]:
    """Every module of the package by its dotted name, a package's own code by the package's."""
    found = {}
    names = {_name(path) for path in _paths()}
    for path in _paths():
        code, name = ast.parse(path.read_text("utf-8")), _name(path)
        says = (ast.get_docstring(code) or "").split("\n\n")[0].replace("\n", " ")
        inside = name if path.name == "__init__.py" else name.rpartition(".")[0]
        found[name] = Room(name, _wing(name), says, frozenset(_imports(code, inside, names)) - {name})
    return found


def _paths() -> list:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


def _name(path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def _wing(name: str) -> str:
    first, _, rest = name.partition(".")
    if rest or (PACKAGE / first).is_dir():
        return first
    return "edge" if first in EDGE else "ground"


def _imports(code: ast.AST, inside: str, names: set[str]) -> Iterator[str]:
    """The rooms that code in the package `inside` imports, wherever the import stands."""
    for node in ast.walk(code):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = inside.split(".") if inside else []
            base = ".".join([*above[: len(above) - node.level + 1], *(node.module or "").split(".")]).strip(".")
            for name in node.names:
                inner = f"{base}.{name.name}".strip(".")
                if inner in names:
                    yield inner
                elif base in names:
                    yield base


def wing_table() -> str:
    """The rooms for CONTRIBUTING.md: each wing, what it is for, and what each of its rooms says of itself."""
    parts = []
    for wing in WINGS:
        own = [room for room in rooms().values() if room.wing == wing]
        says = rooms()[wing].says if wing in rooms() else SAYS[wing]
        lines = [f"\n**`{wing}`**: {says}\n"]
        listed = [room for room in own if room.name != wing]
        if listed:
            lines += ["\n| room | what it is |\n|---|---|\n"]
            lines += [f"| `{room.name.replace('.', '/')}` | {room.says} |\n" for room in listed]
        parts.append("".join(lines))
    return "".join(parts) + "\n"


def with_map(text: str) -> str:
    """CONTRIBUTING.md with the map as it is now."""
    return _BETWEEN.sub(lambda _: wing_table(), text)


def with_room(text: str) -> str:
    """A page with the picture's size beside it, so that nothing moves when the picture arrives."""
    size = re.search(r'width="\d+" height="\d+"', picture())[0]
    return re.sub(r'(?<=house\.svg\)\{: )width="\d+" height="\d+"', size, text)


def picture() -> str:
    """The wings as a picture, the first at the foot: each a frame with its rooms, an arrow to what it imports."""
    width, line, left, row_height = 800, 20, 150, 24
    drawn, at = [], 12
    for wing in reversed(WINGS):
        own = [n.rpartition(".")[2] for n, room in rooms().items() if room.wing == wing and n != wing]
        rows = list(_filled(own, (width - left - 30) // 9)) or ["*.yml *.csv"]
        height = line * len(rows) + 18
        drawn.append(f'<rect x="12" y="{at}" width="{width - 24}" height="{height}"/>')
        drawn.append(f'<text x="26" y="{at + 25}" font-weight="600">{wing}</text>')
        for n, row in enumerate(rows):
            drawn.append(f'<text x="{left}" y="{at + 25 + n * line}">{row}</text>')
        at += height
        if wing != WINGS[0]:
            drawn.append(f'<path d="M{width // 2} {at + 3}v{row_height - 8}m-5 -6l5 6l5 -6"/>')
        at += row_height
    height = at - row_height + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-label="house" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="15" '
        'fill="#2b2a27">\n'
        f'<rect width="{width}" height="{height}" fill="#fdfcf9"/>\n<g stroke="#6b665e" fill="none">\n'
        + "\n".join(one for one in drawn if not one.startswith("<text"))
        + "\n</g>\n"
        + "\n".join(one for one in drawn if one.startswith("<text"))
        + "\n</svg>\n"
    )


def _filled(words: list[str], width: int) -> Iterator[str]:
    """Words in lines of at most `width` characters."""
    row = ""
    for word in words:
        if row and len(row) + 2 + len(word) > width:
            yield row
            row = ""
        row = f"{row}  {word}" if row else word
    if row:
        yield row
