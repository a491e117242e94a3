"""What a report and its parts are called on pages of one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from .. import ids
from ..figures.comparisons import Against, against
from ..figures.computed import Computed, Rule, computed
from ..ids import LANGUAGES, OVERVIEW, node_of, page_of
from ..model import Bound, Figure, Report
from ..outline.items import Item, Items
from ..outline.layout import Anchored
from ..patterns import ONE_TO_NINE
from ..publication.proofreading import to_proofread
from ..publication.publication import Publication
from ..publication.sidecar import Notice
from ..readers.particulars import split_place
from ..relations.glossary import in_english, is_title, uses_by_piece
from ..rules import load
from ..translation.alignment import aligned
from ..translation.po import State, Translation, Unit
from ..translation.terms import Use, find_terms, folded
from . import addresses
from .locators import Locators, in_digits
from .marks import Mark, escape, printed
from .words import Words, value_words
from .written import WrittenValue, direction_of, english_unit, gap, line, moved, written

# what the fields of the metadata are called
FIELDS = {"m-title": "original_title", "m-issuer": "issuer", "m-place": "place", "m-source": "source"}


_YEAR = re.compile(rf"[0-9〇○零{ONE_TO_NINE}]{{4}}")


@dataclass(frozen=True, eq=False)
class Names:
    """One report in one language, from whatever page it is seen. Made once for all pages."""

    publication: Publication
    language: str

    @property
    def report(self) -> Report:
        """As it was understood."""
        return self.publication.report

    @property
    def text(self) -> str:
        """The whole file."""
        return self.publication.report.source.text

    @cached_property
    def words(self) -> Words:
        """Those of the interface."""
        return Words(self.language)

    @property
    def lang(self) -> str:
        """The language of the report's own words where it is not the page's, as HTML has it."""
        return "" if self.language == LANGUAGES[0] else "zh-Hans"

    @cached_property
    def translation(self) -> Translation:
        """What stands for the report's own words in this language; nothing in its own."""
        return self.publication.translation if self.lang else Translation()

    # what follows reads the whole report: only when asked, for many pages name only a place or two

    @cached_property
    def by_sentence(self) -> dict[str, list[Figure]]:
        """The figures of each heading, sentence and row."""
        found: dict[str, list[Figure]] = {}
        for figure in self.publication.figures:
            found.setdefault(figure.sentence, []).append(figure)
        return found

    @cached_property
    def term_uses(self) -> Mapping[str, tuple[Use, ...]]:
        """The terms used, by the ids of headings, sentences and rows."""
        return uses_by_piece(self.publication)

    @cached_property
    def computed(self) -> tuple[Computed, ...]:
        """What follows from its figures."""
        return tuple(computed(self.publication.figures, self.text))

    @cached_property
    def computed_of(self) -> dict[str, list[Computed]]:
        """The same by the ids of the figures of which it says more."""
        found: dict[str, list[Computed]] = {}
        for one in self.computed:
            found.setdefault(one.of, []).append(one)
        return found

    @cached_property
    def against(self) -> dict[str, Against]:
        """What its figures are compared with, by their ids."""
        return against(self.publication.figures, self.text)

    @cached_property
    def _locators(self) -> Locators:
        return Locators(self.report, self.language)

    # -- the report

    def title(self) -> str:
        """What the report is called away from its own page: as printed in Chinese, behind whose and of when it is where
        the print leaves that out (政府工作报告); composed in other languages."""
        return self.unsaid() + self.printed_title()

    def printed_title(self) -> str:
        """The title alone, as it stands over the report; composed in other languages than Chinese."""
        printed = self.publication.given("title")
        if printed and self.language == LANGUAGES[0]:
            return printed
        return self.given_in_english("title") or self._composed("report_title")

    def unsaid(self) -> str:
        """Place and year, each where a Chinese title does not say it, nor the issuer the place; empty otherwise."""
        title, place, year = self.printed_title(), self.place_name(), self.publication.year
        if self.lang or not title:
            return ""
        said = title + self.publication.given("issuer")
        place = "" if place and split_place(place)[-1] in said else place
        return place + (f"{year}年" if year and not _YEAR.search(title) else "")

    def short_title(self) -> str:
        """Place and year."""
        return self._composed("short_title")

    def _composed(self, key: str) -> str:
        kind = ids.kind_of(self.report)[self.language]
        place, year = self.place_name(), self.publication.year
        if not (place and year):
            return self.publication.given("title") or self.words("report_title_bare", kind=kind)
        return self.words(key, place=place, year=year, kind=kind)

    def place_name(self) -> str:
        """The place in the page's language, in English without those above it; empty where it is not known."""
        place = self.publication.given("place")
        if not place or self.language == LANGUAGES[0]:
            return place
        said = self.given_in_english("place").partition(",")[0]
        return said or ids.place_id(split_place(place)[-1]).capitalize()

    def line(self) -> str:
        """Date and length, as one line."""
        publication = self.publication
        parts = [self.words("published_on", day=self.day(publication.published))] if publication.published else []
        return " · ".join([*parts, self.words("count_characters", n=publication.characters)])

    def day(self, iso: str) -> str:
        """2024-01-31 as it stands in Chinese, January 31, 2024 in English; anything else as it is."""
        year, _, rest = iso.partition("-")
        month, _, date = rest.partition("-")
        if not self.lang or not (month.isdigit() and date.isdigit() and 1 <= int(month) <= 12):
            return iso
        return f"{self.words('months').split()[int(month) - 1]} {int(date)}, {year}"

    def cited(self) -> str:
        """How a quotation names the report: its title, who issued it, when."""
        parts = [self.title(), self.told("issuer"), self.publication.published]
        return ", ".join(part for part in parts if part) if self.lang else "，".join(part for part in parts if part)

    def told(self, name: str) -> str:
        """title, issuer, place or source as plain text: in Chinese where there is no English."""
        return (self.given_in_english(name) if self.lang else "") or self.publication.given(name)

    # -- its words

    @property
    def pieces(self) -> Mapping[str, Anchored]:
        """Its headings, sentences and rows by their ids."""
        return self.publication.layout.pieces

    def own(self, text: str) -> Said:
        """Words of the report as printed, told as Chinese on a page of another language."""
        return Said(escape(text), self.lang)

    def unit(self, id_: str, source: str) -> Said:
        """A unit in the page's language; in Chinese where it has none."""
        english = self.translation.english(id_, source)
        return Said(escape(english)) if english else replace(self.own(source), state=self.lacking(id_, source))

    def lacking(self, id_: str, source: str) -> str:
        """What to say of a unit shown in Chinese, where the report is translated at all."""
        if not self.lang or not self.translation.begun:
            return ""
        changed = self.translation.state(id_, source) is State.CHANGED
        return self.words("unit_changed" if changed else "unit_untranslated")

    def figures_in_english(self, sentence: str, english: str) -> dict[str, tuple[int, int]]:
        """Where the English of a sentence states its figures, by their ids; those it words otherwise are not there."""
        return aligned(self.by_sentence.get(sentence, []), english)

    def termed(self, text: str) -> Said:
        """Words of the report that stand alone: in English where the termbase has them whole, or rules/units.yml."""
        known = self.lang and (self._terms.get(folded(text)) or load("units")["said"].get(text))
        return Said(escape(known)) if known else self.own(text)

    @cached_property
    def _terms(self) -> Mapping[str, str]:
        terms = self.publication.terms
        return {folded(form): term.en for term in reversed(terms) for form in (*term.variants, term.zh)}

    def titles(self, id_: str, english: str) -> list[Mark]:
        """The titles in the English of a passage: the terms that stand in 《》 in its Chinese."""
        text = self.pieces[id_].text
        found = (in_english(use.term, english) for use in self.term_uses[id_] if is_title(text, use))
        return [Mark(*span, "title") for span in found if span]

    def given(self, name: str) -> Said:
        """title, issuer, place or source in the page's language."""
        return self.unit(f"m-{name}", self.publication.given(name))

    def given_in_english(self, name: str) -> str:
        """The same as plain text, empty where there is no English."""
        return self.translation.english(f"m-{name}", self.publication.given(name))

    def subject(self, figure: Figure, short: bool = False) -> Said:
        """What a figure measures; in Chinese, if asked, in short."""
        english = self.translation.english(figure.id, figure.subject)
        if english:
            return Said(escape(english))
        if figure.clause:
            marked = Markup("{}<mark>{}</mark>{}").format(*map(escape, figure.in_clause))
            return replace(self.own(figure.clause.text), text=marked)
        return self.own(figure.name if short else figure.subject)

    def kind_of(self, figure: Figure) -> str:
        """The kind of a figure, and which way a change goes."""
        kind = self.words(f"kind_{figure.kind}")
        return f"{kind} · {self.words(f'direction_{direction_of(figure)}')}" if figure.direction else kind

    def unit_of(self, figure: Figure) -> Said:
        """The unit of a figure; nothing of a ratio, nor in English where the subject names the thing counted."""
        return self.measured_in("" if figure.values else figure.unit)

    def measured_in(self, unit: str) -> Said:
        """A unit of measurement in the page's language."""
        if not self.lang:
            return Said(escape(unit))
        return Said(escape(english_unit(unit)))

    def written(self, figure: Figure) -> WrittenValue:
        """Its value as people write it in the page's language."""
        return written(figure, self.words, english_unit(figure.unit) if self.lang else None)

    def moved(self, figure: Figure) -> str:
        """A change as it stands beside the number that changed."""
        return moved(figure, self.words, english_unit(figure.unit) if self.lang else None)

    def note(self, figure: Figure, exact: bool = False) -> str:
        """A figure in one line, for its note: its value, then what it measures. `exact`: the number in full too."""
        english = self.translation.english(figure.id, figure.subject)
        unit = english_unit(figure.unit) if self.lang else None
        return line(figure, self.words, english or figure.told, unit, exact)

    def inferred(self, one: Computed) -> str:
        """What this site computed, in one piece: what it is, and its value."""
        bound = self.words("bound_about") if one.bound is Bound.EXACT and not one.exact else ""
        unit = english_unit(one.unit) if self.lang else one.unit
        value = f"{bound}{gap(bound)}{value_words(one.value)}{gap(unit)}{unit}"
        rule = one.rule.replace("-", "_")
        return self.words("rule_gives", rule=self.words(f"rule_{rule}"), value=value)

    def inferred_subject(self, one: Computed) -> Said:
        """What it measures; in English of the figures it is about: the level, the part, all parts of a sum."""
        by_id = {figure.id: figure for figure in self.publication.figures}
        about = one.premises[1:] if one.rule is Rule.SUM else (one.of,)
        subjects = [self.subject(by_id[id_]) for id_ in about]
        if not self.lang or any(subject.lang for subject in subjects):
            return self.own(one.subject)
        return Said(Markup(", ").join(subject.text for subject in subjects))

    def notices(self) -> tuple[str, ...]:
        """What a page says once at its head: of its text where it was read off a scan, of its translation."""
        return (*self.scan_notices(), *([self.translation_notice()] if self.lang else []))

    def scan_notices(self) -> tuple[str, ...]:
        """That text was read off a scan, and that nobody has compared it yet; none where somebody has."""
        source = self.report.source
        if not to_proofread(source, self.publication.sidecar):
            return ()
        whole = all(source.is_scanned(one.start) for one in source.body)
        return (self.words("scanned_whole" if whole else "scanned_in_part"),)

    def translation_notice(self) -> str:
        """How far the English is, and that it is not authentic."""
        done, total, reviewed = self.progress
        if not done:
            return self.words("untranslated")
        if done < total:
            return self.words("translated_in_part", done=done, total=total)
        return self.words("translation_reviewed" if reviewed == total else "translation_draft")

    @cached_property
    def progress(self) -> tuple[int, int, int]:
        """Sentences and headings translated, how many there are, how many are reviewed."""
        translation = self.publication.translation
        states = [translation.state(s.id, self.text[s.start : s.end]) for s in self.report.segments if s.id]
        done = [state for state in states if state in (State.DRAFT, State.REVIEWED)]
        return len(done), len(states), done.count(State.REVIEWED)

    # -- its parts

    @property
    def items(self) -> Items:
        """What its numerals open."""
        return self.publication.items

    def heading(self, item: Item) -> str:
        """Numeral and heading in the navigation; other languages put the number in digits before it."""
        if self.language == LANGUAGES[0]:
            return item.label
        chinese = item.heading.text if item.heading else self._unnumbered(item, item.label)
        return f"{in_digits(item.id)} · {self.heading_in_english(item) or chinese or item.numeral}"

    @staticmethod
    def _unnumbered(item: Item, text: str) -> str:
        """Words that an item's numeral opens, without it."""
        return text.removeprefix(item.numeral).lstrip("、，,．.：: \u3000")

    def heading_in_english(self, item: Item) -> str:
        """Without its numeral; empty where there is none."""
        return self.translation.english(f"h{item.id}", self.text[item.section.start : item.section.head_end])

    def heading_said(self, item: Item) -> Said:
        """The same as heading(), with its language."""
        english = self.heading_in_english(item)
        return Said(printed(self.heading(item)), "" if english else self.lang)

    def item_said(self, item: Item) -> Said:
        """What a list of items says of one: its heading, of one without the sentence that it is."""
        if not item.opening:
            return self.heading_said(item)
        if not self.lang:
            return Said(printed("".join(one.text for one in item.opening)))
        last = item.opening[-1]
        english = self.translation.english(last.id, last.text)
        said = english or self._unnumbered(item, last.text)
        return Said(printed(f"{in_digits(item.id)} · {said}"), "" if english else self.lang)

    def shown_number(self, item: Item) -> str:
        """The number put before a heading where its numeral is not read."""
        return "" if self.language == LANGUAGES[0] else in_digits(item.id)

    def place(self, anchor: str) -> str:
        """Where a sentence, row or heading stands, in words: 一（三）一是第2句."""
        return self._locators(anchor)

    def numerals(self, node: str) -> str:
        """The numerals that lead to a node, in digits in English; empty where it has none."""
        return self._locators.numerals.get(node, "")

    def above(self, heading: str) -> str:
        """In Chinese, the numerals above a heading: 一（三） of 一（三）一是, 四、 of 四、一是; elsewhere none."""
        node = node_of(heading).rpartition("-")[0]
        while node and node not in self._locators.numerals:
            node = node.rpartition("-")[0]
        above = self._locators.numerals.get(node, "")
        whole = self.numerals(node_of(heading))
        return "" if self.lang else f"{above}、" if above and whole.startswith(f"{above}、") else above

    def corrected(self, one: Notice) -> str:
        """What readers are told of a correction or withdrawal, in one line."""
        key = "correction_line" if one.now else "withdrawal_line"
        return self.words(key, id=one.id, was=one.was, now=one.now, why=one.why)

    def units(self) -> Iterator[Unit]:
        """What is to be translated, with what a translator wants to know: the place, and the terms that occur."""
        sentences = {figure.id: figure.sentence for figure in self.publication.figures}
        for unit in self.publication.units():
            anchor = sentences.get(unit.id, unit.id)
            place = self.words(FIELDS[unit.id]) if unit.id in FIELDS else self.place(anchor)
            terms = dict.fromkeys(use.term for use in find_terms(unit.text, self.publication.terms))
            yield replace(unit, place=place, terms=tuple(f"{term.zh} = {term.en}" for term in terms))

    # -- pages

    def path(self, name: str = OVERVIEW, ending: str = "md") -> str:
        """The path of one of the report's pages."""
        return addresses.page(self.language, self.publication.id, name, ending, self.publication.shard)

    def home(self, id_: str) -> str:
        """The page where a heading, sentence or row stands."""
        return page_of(node_of(id_))


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the report on a page, with their language where it is not the page's."""

    text: Markup
    lang: str = ""
    state: str = ""  # a word where a translated report has no English here: untranslated, or changed since
