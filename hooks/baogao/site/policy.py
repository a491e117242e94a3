"""What a page may load and run: its Content-Security-Policy, in a meta of each page, for a folder has no headers.

Nothing but files of the site, pictures and faces that stand in its style sheets, and those scripts and the one style in
a page whose hash is named. From file:// browsers take 'self' for every file: (tried in Chromium and Firefox).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape

_SELF, _NONE = "'self'", "'none'"
SOURCES = {
    "default-src": _NONE,
    "script-src": _SELF,
    "style-src": _SELF,
    "img-src": f"{_SELF} data:",  # the theme's icons
    "font-src": "data:",  # the faces of half-width marks
    "form-action": _SELF,  # of the search
    "base-uri": _NONE,
}
_INLINE = re.compile(r"<(script|style)[^>]*>(.*?)</\1>", re.S)


def widened(own: Mapping[str, str]) -> dict[str, str]:
    """The sources of a site that names more of its own: directive -> sources, separated by spaces."""
    return SOURCES | {name: " ".join(_some(SOURCES.get(name, ""), more)) for name, more in own.items()}


def policy(inline: str, sources: Mapping[str, str], needs: Mapping[str, str] | None = None) -> str:
    """The policy as the value of an attribute between " and ". `inline`: HTML with the scripts and the style that may
    stand in a page; `needs`: what this page needs beside the sources of the site."""
    given = dict(sources) | dict(needs or {})
    for kind, code in _INLINE.findall(inline):
        given[f"{kind}-src"] += f" 'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"
    return escape("; ".join(f"{name} {what}" for name, what in given.items()), quote=False).replace('"', "&quot;")


def _some(*sources: str) -> list[str]:
    """'none' stands alone or not at all."""
    return [one for one in " ".join(sources).split() if one != _NONE]
