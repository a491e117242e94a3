"""The words of the interface, from one catalogue in both languages (rules/words.yml)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..ids import LANGUAGES
from ..model import Bound, Figure
from ..rules import load

_YEARS = ("year", "before")  # values that are called so are years


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue in one language. An unknown key is an error, never an empty place on a page."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        words: str = load("words")[key][self.language]
        return words.format(**{name: self._value(name, value) for name, value in values.items()}) if values else words

    def _value(self, name: str, value: object) -> object:
        """1,136 in English; a year has no comma, nor has Chinese, which groups digits by four."""
        separated = self.language != LANGUAGES[0] and type(value) is int and name not in _YEARS
        return f"{value:,}" if separated else value

    def number(self, n: int) -> str:
        """A number by itself, as one that stands in words."""
        return str(self._value("n", n))

    def count(self, key: str, n: int, **values: object) -> str:
        """A number of things, in the singular where the language has one."""
        return self(f"{key}_one" if n == 1 else key, n=n, **values)


def bound_key(figure: Figure) -> str:
    """exact, about, over, under, or at_least and at_most where the number itself is meant too."""
    if figure.inclusive:
        return "at_least" if figure.bound is Bound.OVER else "at_most"
    return str(figure.bound)


def stated_value(figure: Figure) -> str:
    """The value as it is shown: of a ratio every term, 12.3∶40.2∶47.5, which leaves its unit nothing to say."""
    return "∶".join(map(value_words, figure.values)) if figure.values else value_words(figure.value)


def value_words(value: Decimal | tuple[Decimal, Decimal]) -> str:
    """12,345.6; a range as 10–15."""
    if isinstance(value, tuple):
        return "–".join(value_words(v) for v in value)
    return f"{value:,f}"
