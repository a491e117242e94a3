"""The Markdown templates of the pages, one a kind of page, and how values enter them.

Afterwards: what a template prints is markup made by marks.py, or escaped by it for Markdown and HTML. Templates decide
nothing: each gets finished values.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ...wording.marks import escape


def rendered(template: str, **values: Any) -> str:
    """The Markdown of a page; `template` is the name of a file here without its .md.j2."""
    return _environment().get_template(f"{template}.md.j2").render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("baogao.site"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,  # so that macros return markup; whatever is not markup, finalize escapes for Markdown too
        finalize=lambda value: value if isinstance(value, Markup) else escape(str(value)),
    )
    environment.globals |= {
        "anchor": _anchor,
        "hashes": [Markup("#" * depth) for depth in range(7)],
        "indents": [Markup(" " * 4 * depth) for depth in range(6)],
    }
    return environment


def _anchor(name: str) -> Markup:
    """An id, a language or a hash, as it is: letters, digits and hyphens by construction."""
    if not re.fullmatch("[A-Za-z][A-Za-z0-9-]*|[0-9a-f]{64}", name):
        raise ValueError(f"not an id: {name!r}")
    return Markup(name)
