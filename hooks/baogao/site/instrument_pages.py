"""Instruments -> the list of all, by kind, and a page for each that is named more than once, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from ..ids import INSTRUMENTS, LANGUAGES
from ..publication.publication import Publication
from ..relations.glossary import OWN_PAGE, Occurrence
from ..relations.instruments import Instrument, InstrumentKind, Mention, NamedInstrument, fold
from ..rules import load
from ..translation.terms import Term
from ..wording import addresses
from ..wording.here import Here
from ..wording.marks import attribute, escape
from ..wording.names import Names, Said
from ..wording.words import Words
from .context import SiteContext
from .term_pages import KeywordInContext, said_in_chinese, said_in_english, use


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """An instrument in the list of all."""

    anchor: str
    name: Said
    other: Said  # its name in the other language, empty where it has none
    details: tuple[Said, ...]  # number, date, issuer, as far as known; in Chinese the source that says them
    mentions: int
    link: Markup  # to its page, or to where it is named


@dataclass(frozen=True, slots=True)
class InstrumentGroup:
    """The instruments of a kind."""

    id: str
    title: str
    rows: tuple[InstrumentRow, ...]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The places where a report names an instrument."""

    anchor: str
    title: str  # the report's
    uses: tuple[KeywordInContext, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """An instrument with the places where it is named."""

    instrument: Instrument
    places: tuple[Occurrence, ...]
    term: Term | None  # of the termbase: its English is the instrument's

    @property
    def has_page(self) -> bool:
        """Whether it has a page of its own."""
        return len(self.places) >= OWN_PAGE


def listed(entries: Sequence[NamedInstrument], publications: Sequence[Publication]) -> tuple[Listed, ...]:
    """The instruments with what their pages need, in the same order."""
    # as instruments are told apart: 《》 and widths make no difference
    terms = {fold(form): term for one in publications for term in one.terms for form in (term.zh, *term.variants)}
    read = {publication.id: publication for publication in publications}
    texts = {(one.id, segment.id): segment for one in publications for segment in one.report.segments if segment.id}

    def place(mention: Mention) -> Occurrence:
        publication, segment = read[mention.publication], texts[mention.publication, mention.anchor]
        text = publication.report.source.text[segment.start : segment.end]
        return Occurrence(publication, mention.anchor, text, mention.start - segment.start, mention.end - segment.start)

    return tuple(
        Listed(
            entry.instrument,
            tuple(place(mention) for mention in entry.mentions),
            terms.get(fold(entry.instrument.name)),
        )
        for entry in entries
    )


def title(one: Listed, language: str) -> str:
    """What its page is called."""
    name = one.instrument.name
    return name if language == LANGUAGES[0] or not one.term else f"{one.term.en} · {name}"


def list_values(all_: Sequence[Listed], context: SiteContext) -> dict[str, Any]:
    """What the template of the list gets."""
    here, words = Here(addresses.hand_written(context.language, INSTRUMENTS, "md")), Words(context.language)
    groups = [
        InstrumentGroup(kind, _kind(kind, words), tuple(_row(one, context, here) for one in group))
        for kind, group in groupby(all_, key=lambda one: one.instrument.kind)
    ]
    rules = [group for group in groups if group.id != InstrumentKind.NEWSPAPER]
    papers = [group for group in groups if group.id == InstrumentKind.NEWSPAPER]
    return {"words": words, "groups": rules, "papers": papers, "count": sum(len(group.rows) for group in rules)}


def _kind(kind: InstrumentKind, words: Words) -> str:
    key = kind.replace("-", "_")
    return words(f"instruments_{key}")


def _row(one: Listed, context: SiteContext, here: Here) -> InstrumentRow:
    first, language = one.places[0], context.language
    names = context.names[first.publication.id]
    if one.has_page:
        link = here.checked(addresses.instrument(language, one.instrument.id, "md"))
    else:
        link = here.link(names, names.home(first.anchor), first.anchor)
    facts = dict(_known(one.instrument, names))
    source = facts.pop("instrument_source", None)
    if one.instrument.source and source and language == LANGUAGES[0]:
        said = ("instrument_number", "instrument_date", "instrument_issuer")  # the source says them
        facts = {"instrument_source": source} | {key: fact for key, fact in facts.items() if key not in said}
    return InstrumentRow(
        addresses.instrument_row(one.instrument.id),
        *_named(one, language),
        tuple(facts.values()),
        len(one.places),
        link,
    )


def _named(one: Listed, language: str) -> tuple[Said, Said]:
    """Its name on a page, and that in the other language; in Chinese alone where it has no English."""
    chinese = said_in_chinese(one.instrument.name, language)
    if not one.term:
        return chinese, Said(Markup(""))
    english = said_in_english(one.term.en, language)
    return (chinese, english) if language == LANGUAGES[0] else (english, chinese)


def _known(instrument: Instrument, names: Names) -> Iterator[tuple[str, Said]]:
    """The number, the date, the issuer and the source, each where there is one, by the keys of their words."""
    language = names.language
    if instrument.number:
        yield "instrument_number", said_in_chinese(instrument.number, language)
    if instrument.date:
        yield "instrument_date", Said(escape(names.day(instrument.date)))
    if instrument.issuer:
        yield "instrument_issuer", _issuer(instrument.issuer, language)
    if instrument.source:
        yield "instrument_source", said_in_chinese(instrument.source, language)
    elif instrument.number:
        yield "instrument_source", Said(escape(names.words("instrument_as_printed")))
    if instrument.url:
        link = Markup("<a{}>{}</a>").format(attribute("href", instrument.url), urlsplit(instrument.url).hostname)
        yield "instrument_official", Said(link)


def _issuer(issuer: str, language: str) -> Said:
    """Who issued it; in English where the name of each is known."""
    english = [load("instruments")["issuers"].get(one) for one in issuer.split("、")]
    if language == LANGUAGES[0] or None in english:
        return said_in_chinese(issuer, language)
    return Said(escape(" and ".join(english)))


def page_values(one: Listed, context: SiteContext) -> dict[str, Any]:
    """What the template of an instrument's own page gets."""
    language, words = context.language, Words(context.language)
    here = Here(addresses.instrument(language, one.instrument.id, "md"))
    name, other = _named(one, language)
    names = context.names[one.places[0].publication.id]
    facts = [(words(key), said) for key, said in _known(one.instrument, names)]
    if one.instrument.aliases:
        aliases = said_in_chinese("、".join(one.instrument.aliases), language)
        facts.append((words("instrument_aliases"), aliases))
    all_ = here.checked(addresses.hand_written(language, INSTRUMENTS, "md"))
    return {
        "words": words,
        "name": name,
        "other": other,
        "kind": _kind(one.instrument.kind, words),
        "kind_link": Markup(f"{all_}#{one.instrument.kind}"),
        "facts": facts,
        "mentions": len(one.places),
        "reports": list(_by_report(one, context, here)),
        "all": all_,
    }


def _by_report(one: Listed, context: SiteContext, here: Here) -> Iterator[Mentioned]:
    for id_, places in groupby(one.places, key=lambda place: place.publication.id):
        group = list(places)
        names = context.names[id_]
        # the report stands above them: each says only where in it
        uses = (replace(use(place, one.term, names, here), place=names.place(place.anchor)) for place in group)
        yield Mentioned(f"r-{id_}", names.short_title(), tuple(uses))
