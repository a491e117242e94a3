"""Publication -> what the Provisions ask of a report, set against what is there (rules/roles.yml, provisions).

《法治政府建设与责任落实督察工作规定》 (2019): public before April 1 of the next year (article 24); four contents, and
others that need reporting.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ..model import Role
from ..outline.items import Item
from ..rules import load
from .publication import Publication


@dataclass(frozen=True, slots=True)
class Content:
    """One of the four contents. It says that parts are there, never that they are complete."""

    role: Role
    parts: tuple[Item, ...]  # those that play the role
    sentences: int  # in them, headings and rows of tables not counted


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The day a report was due and how many days after it was published; negative is before."""

    due: datetime.date
    days: int | None  # None where the day of publication is not known


def contents(publication: Publication) -> tuple[Content, ...]:
    """The four contents in the order of the Provisions."""
    found = []
    for name in load("roles")["provisions"]["contents"]:
        parts = tuple(part for part in publication.items.parts if part.section.role == name)
        count = sum(len(item.sentences) for part in parts for item in part.walk())
        found.append(Content(Role(name), parts, count))
    return tuple(found)


def timeliness(publication: Publication) -> Timeliness | None:
    """None where the year is not known."""
    if not publication.year:
        return None
    due = datetime.date(int(publication.year) + 1, **load("roles")["provisions"]["due"])
    try:
        published = datetime.date.fromisoformat(publication.published)
    except ValueError:
        return Timeliness(due, None)
    return Timeliness(due, (published - due).days)
