"""The pages of a report: made of values that no page changes, in any order the same."""

from __future__ import annotations

import random
import re
from dataclasses import FrozenInstanceError, fields
from functools import partial

import pytest
import yaml
from baogao.publication.folder import read_folder
from baogao.publication.publication import Publication, understand
from baogao.publication.sidecar import Sidecar
from baogao.site import pages, report_pages
from baogao.site.context import SiteContext
from baogao.wording.here import Here
from baogao.wording.names import Names
from conftest import PRACTICE, ROOT, texts, understood

# the first report has English and terms; two of one place follow each other, so that there are pages on the years
SHELF = [
    *read_folder(ROOT / "seeds", "seeds").publications,
    *(understood(path) for path in PRACTICE[:4]),
]


def made(publications: list[Publication]) -> dict[str, bytes]:
    return {file.path: file.content for file in pages.files(publications, proofs=True)}


def in_order(order, monkeypatch) -> dict[str, bytes]:
    """The site made with each report's pages, and the reports, made in another order: `order` of their numbers."""
    makers_of = report_pages.page_makers

    def makers(names, context):
        found = makers_of(names, context)
        done = {name: found[name]() for name in order(list(found))}
        return {name: partial(done.__getitem__, name) for name in found}

    def shared(work, count):
        done = {number: work(number) for number in order(list(range(count)))}
        return iter([done[number] for number in range(count)])

    monkeypatch.setattr(report_pages, "page_makers", makers)
    monkeypatch.setattr(pages, "shared", shared)
    return made([understand_again(one) for one in SHELF])


def understand_again(one: Publication) -> Publication:
    """The same with nothing in it that an earlier page had asked for."""
    return Publication(**{field.name: getattr(one, field.name) for field in fields(one)})


@pytest.fixture(scope="module")
def before() -> dict[str, bytes]:
    return made(SHELF)


def test_pages_made_backwards_are_the_same(before, monkeypatch):
    assert in_order(lambda all_: all_[::-1], monkeypatch) == before


@pytest.mark.parametrize("seed", range(3))
def test_pages_made_in_a_random_order_are_the_same(before, monkeypatch, seed):
    chance = random.Random(seed)
    assert in_order(lambda all_: chance.sample(all_, len(all_)), monkeypatch) == before


def test_one_page_alone_is_the_same(before, monkeypatch):
    found: dict[str, bytes] = {}
    makers_of = report_pages.page_makers

    def remember(names: Names, context: SiteContext):
        for name in makers_of(names, context):
            alone = makers_of(Names(understand_again(names.publication), names.language), context)[name]()
            found[alone.path] = alone.content
        return {}

    monkeypatch.setattr(report_pages, "page_makers", remember)
    monkeypatch.setattr(pages, "shared", lambda work, count: map(work, range(count)))
    made(SHELF)
    assert len(found) > 100
    assert {path: before[path] for path in found} == found


def test_what_a_page_is_made_of_cannot_be_changed():
    for value, name in ((Names(SHELF[0], "en"), "language"), (Here("a.md"), "path")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, "zh")


def test_a_ratio_is_shown_whole_and_the_year_reviewed_is_said():
    text = "2023年清岭市人民政府工作报告\n一、2022年工作回顾\n三次产业比例为12.3∶40.2∶47.5。\n二、2023年工作安排\n修路3公里。\n"
    files = {
        path: data.decode() for path, data in made([understand("a.txt", text.encode())]).items() if path.endswith(".md")
    }
    report = "qingling-gzbg-2023"
    assert ">12.3∶40.2∶47.5</data> |  | " in files[f"zh/{report}/figures.md"]
    assert "第一产业；第二产业；第三产业" in files[f"zh/{report}/figures.md"]
    assert (
        "所述年度 | 2022" in files[f"zh/{report}/index.md"] and "Year reviewed | 2022" in files[f"en/{report}/index.md"]
    )


@pytest.mark.parametrize("language, said", [("zh", "2024年1月25日"), ("en", "January 25, 2024")])
def test_the_report_ends_with_who_signs_and_when_on_the_whole_text_and_on_its_last_section(language, said):
    files = texts(pages.files(SHELF[:1]))
    ends = {path: text.partition('<p class="signature">')[2].partition("</p>")[0] for path, text in files.items()}
    signed = {path for path, end in ends.items() if end and path.startswith(f"{language}/")}
    assert signed == {f"{language}/wangcheng-2023/{name}.md" for name in ("full", "4")}
    assert all(ends[path].endswith(f"<br>{said}") and "lang=" not in ends[path] for path in signed)
    line = files[f"{language}/wangcheng-2023/full.md"].partition('class="beside"')[2].partition(">")[0]
    assert line == ' href="1-1-bilingual.html"'


def test_a_citation_without_a_day_has_no_stops_round_what_only_script_fills():
    text = "某县2023年法治政府建设情况报告\n一、成效\n全年办理案件3件。\n"
    page = made([understand("a.txt", text.encode(), Sidecar(url="https://example.org/1"))])["zh/mouxian-2023/index.md"]
    cited = [
        re.sub("<[^>]*>", "", one)
        for style in yaml.safe_load(page.decode().split("---\n")[1])["cite"]
        for one in style[1:]
    ]
    assert cited[0] == "某县2023年法治政府建设情况报告[R/OL]. https://example.org/1."
    assert len(cited) == 6 and not any(". ." in one for one in cited)
