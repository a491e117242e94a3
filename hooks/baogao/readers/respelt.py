"""A source with another text of the same length: in the characters of the rules, or as printed (simplified.py)."""

from __future__ import annotations

from dataclasses import fields, replace

from ..model import Particulars, Printed, Source


def respelt(source: Source, text: str) -> Source:
    """A source with another text of the same length, and its particulars as that has them."""
    if text == source.text:
        return source
    said = {field.name: getattr(source.particulars, field.name) for field in fields(Particulars)}
    cut = {name: one and _cut(one, source.text, text) for name, one in said.items() if name != "level"}
    return replace(source, text=text, particulars=replace(source.particulars, **cut))


def _cut(said: Printed, text: str, other: str) -> Printed:
    """The same of another text; what was joined over the end of a line is joined there too."""
    taken, found = 0, []
    for at in range(said.start, said.end):
        if taken < len(said.text) and text[at] == said.text[taken]:
            found.append(other[at])
            taken += 1
    return Printed("".join(found), said.start, said.end)
