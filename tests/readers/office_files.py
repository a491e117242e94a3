"""Old files as office programs write them, made by hand: RTF and OpenDocument texts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{what}:1.0"'
    for name, what in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("script", "script"),
        ("manifest", "manifest"),
        ("svg", "svg-compatible"),
    )
)
_LINKS = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dom="http://www.w3.org/2001/xml-events"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def rtf(lines: Sequence[str], more: str = "") -> bytes:
    """Each line a paragraph. `more` is RTF as it stands."""
    said = "".join("".join(map(_escaped, line)) + "\\par\n" for line in lines)
    return f"{{\\rtf1\\ansi\\ansicpg936\\uc1 {said}{more}}}".encode("ascii")


def _escaped(character: str) -> str:
    if character == "\t":
        return "\\tab "
    if ord(character) < 128:
        return f"\\{character}" if character in "\\{}" else character
    return f"\\u{(ord(character) + 0x8000) % 0x10000 - 0x8000}?"


def odt(
    lines: Sequence[str], more: str = "", head: str = "", parts: Sequence[tuple[str, str]] = (), sort: str = "text"
) -> bytes:
    """Each line a paragraph. `more` is XML of the text, `head` of the document before it, `parts` are further entries
    of the package."""
    said = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    content = (
        f'{_HEAD}<office:document-content {_NAMES} {_LINKS} office:version="1.2">{head}'
        f"<office:body><office:text>{said}{more}</office:text></office:body></office:document-content>"
    )
    names = ["content.xml", *(name for name, _ in parts)]
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in names
    )
    kind = f"application/vnd.oasis.opendocument.{sort}"
    manifest = (
        f'{_HEAD}<manifest:manifest {_NAMES}><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/>{listed}</manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        entries = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest} | dict(parts)
        for name, data in entries.items():
            file.writestr(name, data)
    return out.getvalue()
