"""Publications and their terms -> the glossary: each term with every place where it is used, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..ids import node_of
from ..model import Figure, Part
from ..publication.publication import Publication
from ..translation.terms import Term, Use, find_terms, folded

OWN_PAGE = 2  # a term with so many uses has a page of its own; the others a row in the list


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a term is used."""

    publication: Publication
    anchor: str  # of the sentence or heading
    text: str  # its Chinese
    start: int  # text[start:end] is the term as printed
    end: int


@dataclass(frozen=True, slots=True)
class Headword:
    """A term with its uses in reading order."""

    term: Term
    places: tuple[Occurrence, ...]
    figures: tuple[tuple[Publication, Figure], ...]  # whose subject names it

    @property
    def has_page(self) -> bool:
        """Whether it has a page of its own."""
        return len(self.places) >= OWN_PAGE


def glossary(publications: Sequence[Publication]) -> tuple[Headword, ...]:
    """Every term that a report uses, in the order of the termbase."""
    places: dict[str, list[Occurrence]] = {}
    figures: dict[str, list[tuple[Publication, Figure]]] = {}
    terms: dict[str, Term] = {}
    for publication in publications:
        terms |= {term.id: term for term in publication.terms}
        for place, term in _places(publication):
            places.setdefault(term.id, []).append(place)
    for publication in publications:
        used = [term for term in publication.terms if term.id in places]  # the others have no entry to stand in
        for figure in publication.figures:
            for term in used:
                if any(form in figure.subject for form in (term.zh, *term.variants)):
                    figures.setdefault(term.id, []).append((publication, figure))
    return tuple(
        Headword(term, tuple(places[id_]), tuple(figures.get(id_, ()))) for id_, term in terms.items() if id_ in places
    )


def _places(publication: Publication) -> Iterator[tuple[Occurrence, Term]]:
    """The uses of terms; of a term that stands only inside longer ones, those."""
    text = publication.report.source.text
    said = [(s.id, text[s.start : s.end]) for s in publication.report.segments if s.id and s.part is not Part.TABLE]
    found = list(_uses(publication, said, publication.terms))
    yield from found
    met = {term.id for _, term in found}
    whole = folded(
        "\n".join(sentence for _, sentence in said)
    )  # most terms are nowhere: one look instead of one a sentence
    for term in publication.terms:
        if term.id not in met and any(form in whole for form in filter(None, map(folded, (term.zh, *term.variants)))):
            yield from _uses(publication, said, (term,))


def _uses(
    publication: Publication, said: Sequence[tuple[str, str]], terms: Sequence[Term]
) -> Iterator[tuple[Occurrence, Term]]:
    for anchor, sentence in said:
        for use in find_terms(sentence, terms):
            yield Occurrence(publication, anchor, sentence, use.start, use.end), use.term


def first_uses(publication: Publication) -> dict[str, tuple[Use, ...]]:
    """By the id of a heading, sentence or row: the terms in it that were not met before in its item."""
    met: set[tuple[str, str]] = set()
    found: dict[str, tuple[Use, ...]] = {}
    for piece in publication.layout.pieces.values():
        uses, node = [], node_of(piece.id)
        for use in find_terms(piece.text, publication.terms):
            if (node, use.term.id) not in met:
                met.add((node, use.term.id))
                uses.append(use)
        found[piece.id] = tuple(uses)
    return found


def in_english(term: Term, english: str) -> tuple[int, int] | None:
    """Where a translation has a term: its English or an alternative, the last word inflected or not."""
    for form in (term.en, *term.alternatives):
        found = _form(form).search(english)
        if found:
            return found.span()
    return None


@lru_cache(2048)
def _form(form: str) -> re.Pattern[str]:
    """The words of a form in order, each inflected or not, quotation marks, commas and articles between them or not."""
    words = re.findall(r"[\w'’.&/+]+", form)
    return re.compile(r"(?<!\w)" + r"[^\w.;:]+(?:(?:the|a|an)\s+)?".join(map(_inflected, words)) + r"(?!\w)", re.I)


def _inflected(word: str) -> str:
    if word.endswith("y") and len(word) > 3:
        return f"{re.escape(word[:-1])}(?:y|ies|ied|ying)"
    if word.endswith("e") and len(word) > 3:
        return f"{re.escape(word[:-1])}(?:e|es|ed|ing)"
    return f"{re.escape(word)}(?:s|es|ed|ing)?"


def context(place: Occurrence, width: int) -> tuple[str, str, str]:
    """The words before a use, the use, the words behind, each side at most so many characters."""
    left, right = place.text[: place.start], place.text[place.end :]
    before = left if len(left) <= width else "…" + left[-width:]
    behind = right if len(right) <= width else right[:width] + "…"
    return before, place.text[place.start : place.end], behind
