"""Report -> its blocks: each heading, sentence and row once, on its page, in the order of the report."""

from __future__ import annotations

import pytest
from baogao.ids import ANNEX, OVERVIEW, node_of, page_of
from baogao.model import Part, Report, ReportError
from baogao.outline.items import items
from baogao.outline.layout import BlockKind, PageBlocks, layout
from baogao.outline.tree import outline
from baogao.readers.source import read
from conftest import PRACTICE, SEED
from hypothesis import given
from test_outline import BODIES, of


def assert_whole(report: Report) -> None:
    made = layout(report, items(report))
    printed = {s.id: (s.part, s.text) for s in report.sentences()}
    text = report.source.text
    printed |= {f"h{s.id}": (Part.HEADING, text[s.start : s.head_end]) for s in report.walk() if s.heading}
    in_order = [segment.id for segment in report.segments if segment.id]
    assert {id_: (piece.part, piece.text) for id_, piece in made.pieces.items()} == printed
    assert [piece.id for piece in made.full.pieces] == [*made.pieces] == in_order
    for page in made.pages.values():
        own = [id_ for id_ in in_order if page_of(node_of(id_)) == page.name]
        assert [piece.id for piece in page.pieces] == own
        assert all(piece.page == page.name for piece in page.pieces)
    assert sum(len([*page.pieces]) for page in made.pages.values()) == len(in_order)
    for page in (*made.pages.values(), made.full):
        assert_blocks(page)
    for item in items(report):  # one without a heading begins with a sentence that has its numeral
        piece = made.pieces[item.anchor]
        assert piece.start == item.section.start and piece.text.startswith(item.numeral)


def assert_blocks(page: PageBlocks) -> None:
    for block in page.blocks:
        parts = {piece.part for piece in block.pieces}
        assert parts == {Part(block.kind) if block.kind is not BlockKind.PARAGRAPH else Part.SENTENCE}
        assert (block.kind is BlockKind.HEADING) == bool(block.item) == bool(block.depth)
        if block.item:
            assert [piece.id for piece in block.pieces] == [f"h{block.item.id}"]
        if block.kind is BlockKind.PARAGRAPH:
            assert len({piece.line for piece in block.pieces}) == 1
    assert page.head == next((block for block in page.blocks if block.item and block.item is page.item), None)
    assert [*([page.head] if page.head else []), *page.flow] == [*page.blocks]


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda path: path.stem)
def test_every_piece_of_a_report_stands_in_one_block_of_its_page(path):
    assert_whole(outline(read(path.name, path.read_bytes())))


@given(BODIES)
def test_every_piece_of_a_made_up_report_stands_in_one_block_of_its_page(body):
    try:
        report = outline(read("a.txt", body.encode("utf-8", "replace")))
    except ReportError:
        return
    assert_whole(report)


def shape(page: PageBlocks) -> list[tuple[str, int, list[str]]]:
    return [(str(block.kind), block.depth, [piece.id for piece in block.pieces]) for block in page.blocks]


WRITTEN = """开头一句。开头两句。
一、成效
（一）健全机制。全年如下：
一是甲。二是乙。
项目\t2022年\t2023年
甲\t3\t4
乙\t5\t6
1.推进。做了。
二、不足
力度不够。
附件：
名词解释
"""


def test_the_blocks_of_a_written_report_are_those_a_person_would_draw():
    made = layout(of(WRITTEN), items(of(WRITTEN)))
    assert [*made.pages] == [OVERVIEW, "1", "1-1", "2", ANNEX]
    assert shape(made.pages[OVERVIEW]) == [("paragraph", 0, ["s0-1", "s0-2"])]
    assert shape(made.pages["1"]) == [("heading", 1, ["h1"])]
    assert shape(made.pages["1-1"]) == [
        ("heading", 1, ["h1-1"]),
        ("paragraph", 0, ["s1-1-1"]),
        ("paragraph", 0, ["s1-1-1-1", "s1-1-2-1"]),  # 一是甲 and 二是乙 open plain text
        ("table", 0, ["s1-1-2", "s1-1-3", "s1-1-4"]),
        ("heading", 2, ["h1-1-1b"]),
        ("paragraph", 0, ["s1-1-1b-1"]),
    ]
    assert shape(made.pages["2"]) == [("heading", 1, ["h2"]), ("paragraph", 0, ["s2-1"])]
    depths = {block.pieces[0].id: block.depth for block in made.full.blocks if block.item}
    assert depths == {"h1": 2, "h1-1": 3, "h1-1-1b": 4, "h2": 2}


def test_a_report_without_numerals_is_one_page():
    report = of("办理案件3件。\n再办理5件。\n")
    made = layout(report, items(report))
    assert [*made.pages] == [OVERVIEW]
    assert shape(made.pages[OVERVIEW]) == shape(made.full) == [("paragraph", 0, ["s0-1"]), ("paragraph", 0, ["s0-2"])]
