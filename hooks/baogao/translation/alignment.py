"""Figures of a Chinese sentence -> where its English states them, by value."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Figure
from .numbers import Number, find_numbers


def aligned(figures: Sequence[Figure], english: str) -> dict[str, tuple[int, int]]:
    """The span of each figure in the English, by its id; each number is taken once, the first that fits.

    A figure that the English words otherwise (a unit converted, a sum) is not there.
    """
    numbers, spans = list(find_numbers(english)), {}
    for figure in figures:
        found = next((number for number in numbers if _same(figure, number)), None)
        if found:
            numbers.remove(found)
            spans[figure.id] = (found.start, found.end)
    return spans


def _same(figure: Figure, number: Number) -> bool:
    """Equal values; a multiple only with a multiple, a rate only with a rate."""
    if (figure.unit == "倍") != (number.unit == "times"):
        return False
    return figure.value == number.value and (figure.dimension == "percent") <= (number.unit in ("%", ""))
