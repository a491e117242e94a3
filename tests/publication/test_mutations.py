"""Two thousand mutated reports, and some of every form: no crash but a worded refusal, no hang, no character lost (bench/mutations.py)."""

from __future__ import annotations

import sys

import pytest
from baogao.outline import sentences, tree
from conftest import PRACTICE, ROOT, SEED

sys.path.append(str(ROOT / "bench"))

from mutations import FORMS, is_refused, mutated, mutated_file, originals, problems  # noqa: E402

COUNT = 2_000
CHUNK = 250
PAGES_OF = 100  # of every hundredth the pages are made
DATA = "一、甲\n办理案件3件。审结2件。\n二、乙\n丙。".encode()


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return originals([SEED, *PRACTICE])


@pytest.mark.parametrize("first", range(0, COUNT, CHUNK))
def test_a_mutated_report_is_understood_whole_or_refused_in_words(first, texts):
    found = {
        seed: wrong
        for seed in range(first, first + CHUNK)
        if (wrong := list(problems(mutated(seed, texts), seed % PAGES_OF == 0)))
    }
    assert found == {}


@pytest.mark.parametrize(("form", "count"), {"page": 150, "archive": 60, "word": 100, "pdf": 10, "ofd": 10}.items())
def test_a_mutated_file_is_understood_whole_or_refused_in_words(form, count, texts):
    name = "a" + FORMS[form][0]
    files = {seed: mutated_file(seed, form, texts) for seed in range(count)}
    assert {seed: wrong for seed, data in files.items() if (wrong := list(problems(data, name=name)))} == {}


def test_most_mutated_reports_are_understood(texts):
    """A control: what is refused proves nothing of the chain."""
    assert sum(is_refused(mutated(seed, texts)) for seed in range(CHUNK)) < CHUNK / 4


def test_a_lost_character_is_found(monkeypatch):
    """Another: of a chain that loses the stops of sentences it is told."""
    whole = sentences.split_sentences
    monkeypatch.setattr(tree, "split_sentences", lambda *of: [(start, end - 1) for start, end in whole(*of)])
    assert list(problems(DATA)) == ["something visible is between the passages"]


def test_nothing_is_lost_without_that():
    assert list(problems(DATA, with_pages=True)) == []
