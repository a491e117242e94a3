"""Publication -> at most five of its own sentences that say what it is about, by a rule that can be told in a line.

Two sentences of results, those with the figures that stand at the head of the report; the headings of the first two
shortcomings and of the first item of the plan, which say what the items are about, or the sentences that such items
are; else their first sentences. A row of a table is no sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..model import Part, Role
from ..outline.items import Item
from ..outline.layout import Anchored
from .publication import Publication

_OF_RESULTS = 2
_LONGEST = 120  # characters of a sentence that can be taken in at a glance
_ITEMS = {Role.SHORTCOMINGS: 2, Role.PLAN: 1}
ROLES = (Role.RESULTS, *_ITEMS)  # of the parts that are told of


def abstract(publication: Publication) -> dict[Role, tuple[Anchored, ...]]:
    """Headings and sentences by what their part does, in the order of the report; nothing of parts that are not
    recognised."""
    pieces = publication.layout.pieces
    chosen = {Role.RESULTS: [*_of_results(publication)]}
    for role, most in _ITEMS.items():
        part = next((one for one in publication.items.parts if one.section.role is role), None)
        chosen[role] = [*_first_of(part, most)] if part else []
    return {role: tuple(pieces[id_] for id_ in ids) for role, ids in chosen.items() if ids}


def _of_results(publication: Publication) -> Iterator[str]:
    """Those with the most of the headline figures, the shorter first."""
    stated = ((figure.sentence, publication.items.of(figure.sentence)) for figure in publication.headline)
    counts = Counter(id_ for id_, item in stated if item and item.section.role is Role.RESULTS)
    pieces = publication.layout.pieces
    able = [id_ for id_ in counts if len(pieces[id_].text) <= _LONGEST and pieces[id_].part is not Part.TABLE]
    kept = {*sorted(able, key=lambda id_: (-counts[id_], len(pieces[id_].text)))[:_OF_RESULTS]}
    yield from (id_ for id_ in pieces if id_ in kept)


def _first_of(part: Item, most: int) -> Sequence[str]:
    """What its first items are told by, else its first sentence; of its items those that hold no others."""
    items = [one for one in part.walk() if one is not part and not one.items]
    return [one.told_by for one in items if one.told_by][:most] or [one.id for one in part.sentences][:1]
