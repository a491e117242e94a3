"""Every row of the rules carries its own cases; here they are run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from baogao.figures.matters import matter_of
from baogao.folding import fold
from baogao.outline.themes import role_of_heading, theme_of
from baogao.readers.chrome import is_title
from baogao.rules import load

DATA = Path(__file__).parent.parent / "hooks/baogao/rules"


def _cases(rows, field):
    return [(row, case) for row in rows for case in row.get(field, [])]


def _found(row, case):
    return bool(re.search(row["match"], case)) and not ("unless" in row and re.search(row["unless"], case))


LEADS = load("roles")["leads"]
CHROME = [*load("chrome")["chrome"], *load("chrome")["metadata"], load("numbering")["annex"], *load("slips")["slips"]]


@pytest.mark.parametrize(("row", "case"), _cases(CHROME, "fits"))
def test_a_line_rule_fits_its_examples(row, case):
    assert _found(row, case)


@pytest.mark.parametrize(("row", "case"), _cases(CHROME, "not"))
def test_a_line_rule_leaves_its_counterexamples(row, case):
    assert not _found(row, case)


@pytest.mark.parametrize(("row", "case"), _cases(load("numbering")["numerals"], "fits"))
def test_a_numeral_is_read_at_the_start_of_its_examples(row, case):
    assert re.match(row["match"], case)


@pytest.mark.parametrize(("row", "case"), _cases(load("numbering")["numerals"], "not"))
def test_a_numeral_is_not_read_in_its_counterexamples(row, case):
    assert not re.match(row["match"], case)


@pytest.mark.parametrize(("row", "case"), _cases(load("roles")["roles"], "fits"))
def test_a_heading_has_the_role_of_its_row(row, case):
    assert role_of_heading(case) == row["role"]


@pytest.mark.parametrize(("row", "case"), _cases(load("roles")["roles"], "not"))
def test_a_heading_has_not_the_role_of_a_row_it_only_looks_like(row, case):
    assert role_of_heading(case) != row["role"]


@pytest.mark.parametrize(("case", "leads"), [(c, True) for c in LEADS["fits"]] + [(c, False) for c in LEADS["not"]])
def test_a_line_leads_to_the_sections_behind_it(case, leads):
    assert bool(re.search(LEADS["match"], case)) == leads


@pytest.mark.parametrize(("row", "case"), _cases(load("matters")["matters"], "fits"))
def test_a_passage_is_about_the_matter_of_its_row(row, case):
    assert matter_of(case) == row["name"]


@pytest.mark.parametrize(("row", "case"), _cases(load("matters")["matters"], "not"))
def test_a_passage_is_not_about_a_matter_it_only_looks_like(row, case):
    assert matter_of(case) != row["name"]


@pytest.mark.parametrize(("row", "case"), _cases(load("themes")["themes"], "fits"))
def test_a_heading_has_the_theme_of_its_row(row, case):
    assert theme_of(case) == row["theme"]


@pytest.mark.parametrize(("row", "case"), _cases(load("themes")["themes"], "not"))
def test_a_heading_has_not_a_theme_it_only_looks_like(row, case):
    assert theme_of(case) != row["theme"]


TIMES = [row for name in ("headings", "turns", "reviewed") for row in load("times")[name]]
CIRCUMSTANCES = [*(row for rows in load("circumstances").values() for row in rows), *TIMES]


@pytest.mark.parametrize(("row", "case"), _cases(CIRCUMSTANCES, "fits"))
def test_a_rule_of_time_base_or_scope_fits_its_examples(row, case):
    assert _found(row, case)


@pytest.mark.parametrize(("row", "case"), _cases(CIRCUMSTANCES, "not"))
def test_a_rule_of_time_base_or_scope_leaves_its_counterexamples(row, case):
    assert not _found(row, case)


@pytest.mark.parametrize("case", load("chrome")["title"]["fits"])
def test_a_title_is_recognised(case):
    assert is_title(case)


@pytest.mark.parametrize("case", load("chrome")["title"]["not"])
def test_what_only_looks_like_a_title_is_not_one(case):
    assert not is_title(case)


class _Strict(yaml.SafeLoader):
    """A loader that does not let the second of two equal keys win in silence."""


def _mapping(loader, node):
    keys = [key.value for key, _ in node.value]
    assert len(keys) == len(set(keys)), f"doubled key in {node.start_mark}"
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.yml")), ids=lambda path: path.name)
def test_no_rule_file_has_a_key_twice(path):
    assert yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)


LISTS = [
    (f"{name}.yml", key, words)
    for name in ("lexicon", "subjects")
    for key, words in load(name).items()
    if isinstance(words, list) and all(isinstance(word, str) for word in words)
]


@pytest.mark.parametrize(("file", "key", "words"), LISTS, ids=[f"{file}:{key}" for file, key, _ in LISTS])
def test_no_list_of_words_has_a_word_twice(file, key, words):
    assert [word for word in words if words.count(word) > 1] == []


def test_what_readers_call_a_thing_stands_for_one():
    asked = [fold(word) for row in load("renderings")["rows"] for word in row["asked"]]
    assert len(asked) == len(set(asked))
    assert not set(asked) & {fold(said) for row in load("renderings")["rows"] for said in row["said"]}
