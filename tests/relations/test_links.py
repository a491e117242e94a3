"""Links between passages: held against what a person links (links.yml), and what must always hold."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
import yaml
from baogao.model import Role
from baogao.publication.folder import read_file
from baogao.publication.publication import Publication, understand
from baogao.publication.sidecar import Sidecar
from baogao.relations.links import DONE, PLANNED, Link, LinkKind, best, links
from baogao.relations.passages import LACKING, Span, passages
from baogao.relations.weights import weights
from baogao.rules import load
from conftest import PRACTICE, REAL, ROOT, SEED, published
from hypothesis import given
from hypothesis import strategies as st

LABELS = yaml.safe_load((ROOT / "tests/links.yml").read_text("utf-8"))
FILES = {path.name[:2]: path for path in PRACTICE} | {"000": SEED}
LEAST = 0.8  # of the links shown so many must be right


@cache
def _publication(file: str) -> Publication:
    """Without what a person said of its links: it is the program that is measured."""
    return replace(read_file(FILES[file], FILES[file].name), sidecar=Sidecar())


@cache
def _all() -> tuple[Link, ...]:
    return links([_publication(file) for file in FILES])


@cache
def _alone() -> tuple[Link, ...]:
    """The links of each report as if there were no other."""
    return tuple(link for file in FILES for link in links([_publication(file)]))


def _span(file: str, place: str, at: str = "") -> Span:
    """A node or a sentence of a file, or words of it."""
    report = _publication(file).report
    nodes = {node.id: node for node in report.walk()} | {sentence.id: sentence for sentence in report.sentences()}
    node = nodes[place]
    start = report.source.text.index(at, node.start, node.end)
    return Span(_publication(file).id, place, start, start + len(at) if at else node.end)


def _touch(one: Span, other: Span) -> bool:
    return one.publication == other.publication and one.start < other.end and other.start < one.end


def _labels(kind: LinkKind) -> list[tuple[str, bool, Span, Span]]:
    return [
        (
            row["file"],
            row.get("optional", False),
            _span(row["file"], row["from"], row.get("at", "")),
            _span(row.get("to_file", row["file"]), row["to"], row.get("to_at", "")),
        )
        for row in LABELS[kind]
    ]


def _judged(found: tuple[Link, ...], kind: LinkKind) -> dict[str, tuple[int, int, int]]:
    """To each file how many links are right and wrong, and how many labels were missed."""
    labels = _labels(kind)
    counts = {file: [0, 0, 0] for file in FILES}
    files = {_publication(file).id: file for file in FILES}
    met = set()
    for link in (link for link in found if link.kind is kind):
        fits = [n for n, (_, _, a, b) in enumerate(labels) if _touch(link.from_, a) and _touch(link.to, b)]
        met.update(fits)
        if not fits or not all(labels[n][1] for n in fits):
            counts[files[link.from_.publication]][0 if fits else 1] += 1
    for n, (file, optional, _, _) in enumerate(labels):
        counts[file][2] += n not in met and not optional
    return {file: (right, wrong, missed) for file, (right, wrong, missed) in counts.items()}


def _rates(judged: dict[str, tuple[int, int, int]]) -> tuple[float, float]:
    right, wrong, missed = map(sum, zip(*judged.values(), strict=True))
    return right / (right + wrong), right / (right + missed)


@pytest.mark.parametrize("found", [_all, _alone], ids=["beside the other reports", "each report alone"])
def test_plans_are_shown_beside_the_shortcomings_they_answer(found, capsys):
    judged = _judged(found(), LinkKind.ANSWERS)
    precision, recall = _rates(judged)
    with capsys.disabled():
        print(f"\nanswers: precision {precision:.2f}, recall {recall:.2f}; right, wrong, missed: {judged}")
    assert precision >= LEAST
    assert recall >= LEAST


def test_results_are_shown_beside_last_years_plan(capsys):
    judged = _judged(_all(), LinkKind.MEETS)
    precision, recall = _rates(judged)
    with capsys.disabled():
        print(f"\nmeets: precision {precision:.2f}, recall {recall:.2f}; right, wrong, missed: {judged}")
    assert precision >= LEAST
    assert recall >= LEAST


def _lists() -> Iterator[tuple[str, bool, list[Span]]]:
    for name, places in LABELS["treats"].items():
        yield name, "(sections)" in name, [_span(*place.split(" ", 2)) for place in places]


def test_passages_of_one_matter_are_linked(capsys):
    """Judged where the first passage stands in a list: the other must share one with it."""
    lists, right, wrong = list(_lists()), 0, 0
    sections = {(p.id, f"h{s.id}") for file in FILES for p in [_publication(file)] for s in p.report.walk() if s.level == 2}  # fmt: skip

    def of(span: Span) -> set[str]:
        whole = (span.publication, span.anchor) in sections
        return {name for name, of_sections, spans in lists if of_sections is whole and any(_touch(span, s) for s in spans)}  # fmt: skip

    for link in (link for link in _all() if link.kind is LinkKind.TREATS):
        if here := of(link.from_):
            right, wrong = (right + 1, wrong) if here & of(link.to) else (right, wrong + 1)
    with capsys.disabled():
        print(f"\ntreats: precision {right / (right + wrong):.2f} of {right + wrong} judged")
    assert right / (right + wrong) >= LEAST


# ---- real reports, read before any program's links were looked at

# tests/linked_by_reading.jsonl: of 12 real reports that have results and a plan, drawn by random.Random(18).sample, parts
# of the plan drawn until 3,000 characters (`among`), ten sentences of them drawn by random.Random("18 NN"), and every
# shortcoming: which passages a careful reader sets beside it (`right`) or may (`optional`). One reader, from the text
# alone. `aside`: not used to choose weights. The aim, .90 of precision and .75 of recall, is not reached aside; what is
# reached may not be lost.
READ = [json.loads(line) for line in (ROOT / "tests/linked_by_reading.jsonl").read_text("utf-8").splitlines()]
REACHED = {
    ("answers", False): (0.85, 0.75),
    ("answers", True): (0.40, 0.40),
    ("measures", False): (0.85, 0.45),
    ("measures", True): (0.55, 0.50),
}


@pytest.mark.skipif(not REAL, reason="the real reports lie beside the checkout of those who wrote this")
def test_real_reports_are_linked_as_well_as_they_were(capsys):
    counts: dict[tuple[str, bool], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for path in (path for path in REAL if any(row["file"] == path.name for row in READ)):
        rows = [row for row in READ if row["file"] == path.name]
        own = passages(published(path))
        lacking, plan, done = ([one for one in own if one.role in roles] for roles in (LACKING, PLANNED, DONE))
        drawn = [one for one in plan if any(_meets(one.span, part) for row in rows for part in row["among"])]
        words = weights(own)
        found = {
            "answers": best(lacking, drawn, LinkKind.ANSWERS, words),
            "measures": best(plan, done, LinkKind.CONTINUES, words),
        }
        for row in rows:
            to = [link.to for link in found[row["kind"]] if _meets(link.from_, row["from"])]
            right = [any(_meets(span, there) for there in row["right"]) for span in to]
            fits = [any(_meets(span, there) for there in row["right"] + row["optional"]) for span in to]
            count = counts[row["kind"], row["aside"]]
            count[0] += sum(right)
            count[1] += len(fits) - sum(fits)
            count[2] += bool(row["right"]) and any(right)
            count[3] += bool(row["right"])
    for key, (right, wrong, met, all_) in sorted(counts.items()):
        precision, recall = right / (right + wrong), met / all_
        with capsys.disabled():
            print(f"\n{key}: precision {precision:.2f} of {right + wrong}, recall {recall:.2f} of {all_}")
        assert precision >= REACHED[key][0] and recall >= REACHED[key][1], key


def _meets(span: Span, stretch: list[int]) -> bool:
    return span.start < stretch[1] and stretch[0] < span.end


# tests/treated_read.jsonl: 100 links to where else a matter is treated, drawn by random.Random(100): 50 of the nine
# reports, 50 of six real ones set side by side; judged by the pair of passages alone, without their weights or reasons,
# by who wrote the program. tests/links_read.jsonl: links of each kind in reports nobody had looked at, judged by a reader
# who had not seen the program: what is to be believed of unseen reports (CHANGELOG.md says the shares). Of the third
# reading answers 31 of 48, measures 43 of 50 and treated 40 of 50 are right; of 12 answers that one word in passing would
# have given 4. Of the fourth, drawn when that was mended, 39 answers of 50 are.
TREATED = [json.loads(line) for line in (ROOT / "tests/treated_read.jsonl").read_text("utf-8").splitlines()]


def test_what_a_reader_found_to_be_of_one_matter_is_still_linked(capsys):
    by_file = {FILES[file].name: _publication(file) for file in FILES}
    ends = {
        (a.publication, a.start, b.publication, b.start)
        for link in _all()
        for a, b in ((link.from_, link.to), (link.to, link.from_))
    }
    here = [row for row in TREATED if row["from"]["file"] in by_file]
    given = [
        row["right"]
        for row in here
        if tuple(part for end in (row["from"], row["to"]) for part in (by_file[end["file"]].id, end["start"])) in ends
    ]
    with capsys.disabled():
        print(
            f"\ntreated: {sum(row['right'] for row in TREATED)} of {len(TREATED)} right; {len(given)} of {len(here)} given"
        )
    assert len(given) >= 0.9 * len(here) and sum(given) >= 0.9 * len(given)


# ---- what always holds


def _text(span: Span) -> str:
    publication = next(p for p in map(_publication, FILES) if p.id == span.publication)
    return publication.report.source.text[span.start : span.end]


def test_a_span_begins_in_its_anchor_and_is_not_empty():
    segments = {(p.id, s.id): s for p in map(_publication, FILES) for s in p.report.segments if s.id}
    for link in _all():
        for span in (link.from_, link.to):
            anchor = segments[span.publication, span.anchor]
            assert anchor.start <= span.start < anchor.end, span
            assert _text(span).strip(), span


def test_the_words_shown_stand_in_both_passages():
    for link in _all():
        assert link.why, link
        if link.kind is LinkKind.REPEATS:
            assert link.why[0] in _text(link.from_) and link.why[-1] in _text(link.to), link
            continue
        for word in link.why:
            assert word in _text(link.from_) and word in _text(link.to), link
        assert len(set(link.why)) == len(link.why) <= load("links")["words"]


def test_links_do_not_depend_on_the_order_of_the_reports():
    for seed in range(2):
        files = random.Random(seed).sample(list(FILES), len(FILES))
        assert set(links([_publication(file) for file in files])) == set(_all())
        assert len(_all()) == len(set(_all()))


def test_every_kind_joins_what_it_says():
    reports = {p.id: p for p in map(_publication, FILES)}
    many: dict[tuple[Span, LinkKind], int] = {}
    for link in _all():
        one, other = reports[link.from_.publication], reports[link.to.publication]
        roles = [_role(one, link.from_), _role(other, link.to)]
        if link.kind is LinkKind.ANSWERS:
            assert one is other and roles == [Role.SHORTCOMINGS, Role.PLAN], link
        if link.kind is LinkKind.MEETS:
            assert int(one.year) + 1 == int(other.year), link
            assert roles[0] is Role.PLAN and roles[1] in (Role.RESULTS, Role.LEADERS, Role.OTHER), link
        if link.kind is LinkKind.CONTINUES:
            assert one is other and roles[0] is Role.PLAN and roles[1] is not Role.PLAN, link
        many[link.from_, link.kind] = many.get((link.from_, link.kind), 0) + 1
    for kind, rules in load("links")["kinds"].items():
        assert max(count for (_, one), count in many.items() if one == kind) <= rules["most"]


def _role(publication: Publication, span: Span) -> Role:
    return next(s.role for s in publication.report.sections if s.start <= span.start < s.end)


def test_two_counties_are_not_one_place_over_the_years():
    found = [link for link in _all() if link.kind is LinkKind.MEETS]
    joined = {(link.from_.publication, link.to.publication) for link in found}
    assert joined == {("qinghe-2021", "qinghe-2022"), ("qinghe-2022", "qinghe-2023"), ("linyuan-2022", "linyuan-2023")}


def test_a_place_of_the_same_name_elsewhere_is_another():
    years = [_made("甲川市清河区", 2021), _made("乙川市清河区", 2022), _made("甲川市清河区", 2022)]
    met = [link for link in links(years[:2]) if link.kind is LinkKind.MEETS]
    control = [link for link in links(years[::2]) if link.kind is LinkKind.MEETS]
    assert met == [] and len(control) == 1


def _made(place: str, year: int) -> Publication:
    body = f"""{place}人民政府关于{year}年度法治政府建设情况的报告

    一、主要成效
    （一）规范行政复议
    建成行政复议听证室1个，案件平均用时缩短到40天。
    二、存在的不足
    一是行政复议没有听证室。
    二是普法形式单一。
    三、下一年度工作安排
    一是建成行政复议听证室，缩短案件平均用时。
    二是开展“订单式”普法。
    """
    return understand(f"{place}-{year}.txt", body.encode())


def test_nothing_is_linked_where_nothing_is_shared():
    assert links([]) == ()
    bare = "一、主要成效\n今年下雨。\n二、存在的不足\n一是缺水。\n三、工作安排\n一是修路。"
    assert links([understand("a.txt", bare.encode())]) == ()
    assert len([link for link in links([_made("甲川市清河区", 2021)]) if link.kind is LinkKind.ANSWERS]) == 1  # control


LINES = ["一、主要成效", "二、存在的不足", "三、下步安排", "（一）规范执法", "（二）", "一是", "二是加强行政复议。", "行政复议办案人员不足；执法装备落后。", "——行政复议人员少。", "1.", "表\t1件\t2件"]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=24))
def test_whatever_a_report_looks_like_links_hold_together(lines):
    publication = understand(
        "any.txt", "\n".join(["关于2023年法治政府建设情况的报告", *lines, "现将情况报告如下。"]).encode()
    )
    text = publication.report.source.text
    for link in links([publication]):
        one, other = text[link.from_.start : link.from_.end], text[link.to.start : link.to.end]
        assert link.why[0] in one and link.why[-1] in other
        assert link.from_ != link.to
