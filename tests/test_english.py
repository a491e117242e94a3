"""All English there is, the report's, the termbase's, the interface's and the hand-written pages': one rendering a term,
American spelling and dates, the serial comma. What is looked for is data: tests/renderings.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml
from baogao.rules import load
from baogao.translation.po import read_po
from baogao.translation.terms import general_terms, missing_terms, read_terms
from conftest import ROOT, SEED

RULES = yaml.safe_load((ROOT / "tests/renderings.yml").read_text("utf-8"))
OWN = read_terms((ROOT / "seeds/terms.csv").read_text("utf-8"), "seeds/terms.csv", general_terms())
TERMS = (*OWN, *general_terms())
DOCS = [*sorted((ROOT / "docs/en").glob("*.md")), *sorted((ROOT / "hooks/baogao/site/start/docs/en").glob("*.md"))]


def described(value: object, where: str) -> Iterator[tuple[str, str]]:
    """What a schema or a list of columns says in English of its keys, however deep."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key in ("description", "en") and isinstance(one, str):
                yield where, one
            else:
                yield from described(one, f"{where}:{value.get('name', key)}")
    elif isinstance(value, list):
        for one in value:
            yield from described(one, where)


def english() -> Iterator[tuple[str, str]]:
    """Each piece of English, and where it stands."""
    po = SEED.with_suffix(".en.po")
    for id_, entry in (read_po(po.name, po.read_text("utf-8")).entries or {}).items():
        yield id_, entry.english
    for term in TERMS:
        for said in (term.en, *term.alternatives, term.definition_en, term.here_en):
            yield term.zh, said
    for name in ("words", "messages"):
        for key, row in load(name).items():
            yield key, row["en"]
            yield from ((key, cause["en"]) for cause in row.get("causes", {}).values())
    for name in ("columns", "corpus", "sidecar", "schemas"):
        yield from described(load(name), name)
    for name in ("themes", "kinds"):
        for row in load(name)[name]:
            yield name, row["en"]
    for row in load("indicators")["indicators"]:
        yield row["code"], row["en"]
        yield row["code"], row["says"]["en"]
    for name, row in load("authorities")["authorities"].items():
        yield name, row["en"]
        yield name, row["said"]["en"]
    for path in DOCS:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            yield f"{path.name}:{number}", re.sub(r"`[^`]*`", "", line)
    accuracy = (ROOT / "hooks/baogao/site/templates/accuracy.md.j2").read_text("utf-8")
    for line in accuracy.partition("{% else %}")[2].splitlines():
        yield "accuracy.md.j2", re.sub(r"\{[{%].*?[%}]\}", "", line)


ALL = [(where, re.sub(r"\{\w+\}", "", said)) for where, said in english()]


@pytest.mark.parametrize("row", RULES["second"], ids=lambda row: row["term"])
def test_a_term_has_no_second_rendering(row):
    found = [(where, said) for where, said in ALL if re.search(row["not"], said)]
    assert found == [], f"{row['term']} is {row['is']}: {row['why']}"
    assert any(re.search(rf"(?i){row['is']}", said) for _, said in ALL), "what stands for it is not in use"


FILLING = r"\b(?:the|for|that|and|its|with|which|are|were|was|all|from)\b"  # and what is shorter


def in_words(said: str) -> set[str]:
    """The words that say something, without the endings of English; of Chinese the characters that do."""
    words = re.findall("[A-Za-z]{3,}", re.sub(FILLING, "", said, flags=re.I))
    characters = set(re.findall("[一-鿿]", said)) - set("的当年在内所和与或各及其之一是以对")
    return characters | {re.sub("(?:ies|es|s|ed|ing|ion)$", "", one.lower()) for one in words}


def test_a_definition_says_more_than_the_name():
    pairs = [(term.en, term.definition_en) for term in TERMS] + [(term.zh, term.definition_zh) for term in TERMS]
    for row in load("indicators")["indicators"]:  # what follows a semicolon says how places differ
        pairs += [(row["en"], row["says"]["en"].partition(";")[0]), (row["zh"], row["says"]["zh"].partition("；")[0])]
    assert [(name, said) for name, said in pairs if said and in_words(said) <= in_words(name)] == []


def named() -> Iterator[tuple[str, str]]:
    for row in load("indicators")["indicators"]:
        yield row["zh"], row["en"]
    for row in load("themes")["themes"]:
        yield row["zh"], row["en"]
    for row in load("kinds")["kinds"]:
        yield row["zh"], row["en"]
    for row in load("words").values():
        yield row["zh"], row["en"]
    for row in load("authorities")["authorities"].values():
        yield row["zh"], row["en"]


def test_names_take_their_terms_from_the_termbase_or_say_why_not():
    used, found = set(), []
    for chinese, said in named():
        for term in missing_terms(chinese, said, TERMS):
            fits = [
                n for n, row in enumerate(RULES["names"]) if term.zh in row["terms"] and re.search(row["match"], said)
            ]
            used |= set(fits)
            if not fits:
                found.append((chinese, said, term.zh, term.en))
    assert found == []
    assert used == set(range(len(RULES["names"]))), "an exception that nothing needs"


def test_spelling_and_dates_are_american():
    wrong = [(where, met[0]) for where, said in ALL for met in re.finditer(RULES["british"], said)]
    wrong += [(where, met[0]) for where, said in ALL for met in re.finditer(RULES["date"], said)]
    assert wrong == []


def test_a_list_of_three_has_its_serial_comma():
    found = [(where, met[0]) for where, said in ALL for met in re.finditer(RULES["serial"], said)]
    assert [one for one in found if not any(pair in one[1] for pair in RULES["serial_but"])] == []
