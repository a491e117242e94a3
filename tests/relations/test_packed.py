"""Passages held in few bytes: what is made again is what was there."""

from __future__ import annotations

import gc
import random
import tracemalloc
from array import array
from collections.abc import Callable
from dataclasses import replace

from baogao.relations.packed import packed
from baogao.relations.passages import passages
from baogao.relations.weights import having, weights
from conftest import PRACTICE, published

REPORTS = [published(path) for path in PRACTICE[:3]]


def test_what_is_packed_is_made_again_whole_and_in_order():
    for seed in range(3):
        own = packed(random.Random(seed).sample(REPORTS, len(REPORTS)))
        assert all(own.of_report(one.id) == passages(one) for one in REPORTS)
        spans = [(one.span.publication, one.span.start) for one in own]
        assert spans == sorted(spans) and len(spans) == len(own) == sum(len(passages(one)) for one in REPORTS)


def test_words_and_texts_of_many_reports_are_not_held_again():
    """Of a million passages they would be gigabytes."""
    many = [replace(REPORTS[0], id=f"r{number}") for number in range(20)]
    assert _held(lambda: packed(many)) < 0.75 * _held(lambda: [passages(one) for one in many])


def _held(make: Callable[[], object]) -> int:
    """Bytes of what is made."""
    tracemalloc.start()
    made = make()
    gc.collect()  # what is kept for use again is none of it
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert made
    return held


def test_a_word_has_the_places_of_its_passages_or_where_they_are_many_none():
    own = packed(REPORTS)
    words, most = weights(own).words, 5
    places = having(own, words, most)
    naive = {word: array("I", (n for n, one in enumerate(own) if word in one.words)) for word in words}
    assert places == {word: held for word, held in naive.items() if len(held) <= most}
    assert 0 < len(places) < len(words)
