"""What stands at the head and the foot of each sheet of paper: styles, for a page holds none (policy.py).

A style sheet a report and language, and one a language for the other pages; baogao.css puts what they say into the
margins, baogao.js the address of the page.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..wording import addresses
from ..wording.marks import css_string
from ..wording.names import Names
from ..wording.words import Words
from .page import File, static

STYLE = "print", "css"


def of_site(language: str) -> File:
    """How the sheets of pages that belong to no report are numbered."""
    return static(addresses.hand_written(language, *STYLE), _style({"page": Words(language)("printed_page")}))


def of_report(names: Names) -> File:
    """Whose report it is, and where its text comes from: on its whole text the source itself."""
    issuer, printed = said_by(names), {"page": names.words("printed_page")}
    if issuer:
        printed["head"] = css_string(f"{issuer} · {names.short_title()}")
        printed["source"] = css_string(names.words("authentic_of", issuer=issuer))
    whole = {"source": css_string(_source_line(names))}
    return static(names.path(*STYLE), _style(printed) + _style(whole, ":root:has(.numbered)"))


def said_by(names: Names) -> str:
    """Whose text it is."""
    return names.given_in_english("issuer") or names.publication.given("issuer")


def _source_line(names: Names) -> str:
    """Where the text comes from."""
    one = names.publication
    given = [names.given_in_english(name) or one.given(name) for name in ("issuer", "source")]
    said = [*given, names.day(one.published), one.sidecar.url]
    return names.words("printed_source", line=" · ".join(part for part in said if part))


def _style(printed: Mapping[str, str], of: str = ":root") -> bytes:
    return f"{of} {{ {' '.join(f'--printed-{name}: {value};' for name, value in printed.items())} }}\n".encode()
