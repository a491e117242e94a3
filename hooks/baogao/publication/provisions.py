"""Publication -> what the Provisions ask of a report, set against what is there (rules/roles.yml, provisions).

《法治政府建设与责任落实督察工作规定》 (2019): public before April 1 of the next year (article 24); four contents, and
others that need reporting.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ..model import Role, Section
from ..rules import load
from .publication import Publication


@dataclass(frozen=True, slots=True)
class Content:
    """One of the four contents. It says that sections are there, never that they are complete."""

    role: Role
    sections: tuple[Section, ...]  # the top sections that play the role
    sentences: int  # in them, headings not counted


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The day a report was due and how many days after it was published; negative is before."""

    due: datetime.date
    days: int | None  # None where the day of publication is not known


def contents(publication: Publication) -> tuple[Content, ...]:
    """The four contents in the order of the Provisions."""
    found = []
    for name in load("roles")["provisions"]["contents"]:
        sections = tuple(section for section in publication.report.sections if section.role == name)
        count = sum(len(node.sentences) for section in sections for node in section.walk())
        found.append(Content(Role(name), sections, count))
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
