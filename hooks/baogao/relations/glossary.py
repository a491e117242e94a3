"""Publications and their terms -> the glossary: each term with every place where it is used, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..model import Figure, Part
from ..outline.layout import Anchored
from ..publication.publication import Publication
from ..rules import load
from ..translation.terms import Term, Use, find_terms, folded

_SHORTEST = 200  # characters of a page: else a short one had no room for a link
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


def uses_by_piece(publication: Publication) -> dict[str, tuple[Use, ...]]:
    """The terms that each heading, sentence and row of a report uses, by its id."""
    return {piece.id: tuple(find_terms(piece.text, publication.terms)) for piece in publication.layout.pieces.values()}


def linked_uses(pieces: Iterable[Anchored], uses: Mapping[str, Sequence[Use]]) -> dict[str, tuple[Use, ...]]:
    """The uses that running text links, by the ids of a page's pieces: the first on the page of each term of the
    subject that has a definition, as long as not too much of the page is links; those go first that say least by
    themselves (rules/glossary.yml, in the order of its kinds)."""
    rules = load("glossary")["linked"]
    first: dict[str, tuple[str, Use]] = {}
    characters = 0
    for piece in pieces:
        characters += len(piece.text)
        for use in uses[piece.id]:
            if is_linked(use.term):
                first.setdefault(use.term.id, (piece.id, use))
    room = max(characters, _SHORTEST) // int(rules["one_in"])
    found: dict[str, list[Use]] = {}
    for id_, use in sorted(first.values(), key=lambda one: rules["kinds"].index(one[1].term.kind)):
        if use.end - use.start <= room:
            room -= use.end - use.start
            found.setdefault(id_, []).append(use)
    return {id_: tuple(sorted(linked, key=lambda use: use.start)) for id_, linked in found.items()}


def is_linked(term: Term) -> bool:
    """Whether running text leads to its definition."""
    rules = load("glossary")["linked"]
    return bool(term.definition_zh) and term.kind in rules["kinds"] and term.zh not in rules["but"]


def is_title(text: str, use: Use) -> bool:
    """Whether a term stands in the brackets of a title."""
    opening, closing = text[max(use.start - 1, 0) : use.start + 1], text[use.end - 1 : use.end + 1]
    return "《" in opening and "》" in closing


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
