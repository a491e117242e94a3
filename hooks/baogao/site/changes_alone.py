"""Changes of which a report prints no number -> the list below its comparisons: there is nothing to draw of them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ..figures.comparisons import alone
from ..wording.here import Here
from ..wording.names import Names, Said


@dataclass(frozen=True, slots=True)
class ChangeAlone:
    """A change, by what it measures and where it stands."""

    said: str  # by how much, and which way
    subject: Said
    place: str
    link: Markup  # in HTML


def changes_alone(names: Names, here: Here) -> list[ChangeAlone]:
    """In the order of the report."""
    return [
        ChangeAlone(
            names.moved(figure),
            names.subject(figure, short=True),
            names.place(figure.sentence),
            here.page_link(names, names.home(figure.sentence), figure.id),
        )
        for figure in alone(names.publication.figures, names.text)
    ]
