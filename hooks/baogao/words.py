"""The words of the interface, from one catalogue in both languages (data/words.yml)."""

from __future__ import annotations

from dataclasses import dataclass

from .data import load


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue in one language. An unknown key is an error, never an empty place on a page."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        words: str = load("words")[key][self.language]
        return words.format(**values) if values else words

    def count(self, key: str, n: int) -> str:
        """A number of things, in the singular where the language has one."""
        return self(f"{key}_one" if n == 1 else key, n=n)
