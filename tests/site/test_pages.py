"""Publications -> pages: golden pages a person can review, and what holds on every page."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import replace

import pytest
from baogao.folding import displayed
from baogao.ids import text_hash
from baogao.publication.publication import understand
from baogao.rules import load
from baogao.site import pages
from baogao.site.pages import files
from baogao.translation.po import Entry, State, Translation
from baogao.wording.names import Names
from conftest import PRACTICE, ROOT, SEED, texts, understood
from test_marks import rendered

GOLDEN = ROOT / "tests/golden"
GOLDEN_PAGES = {
    "section.md": (SEED, "zh/wangcheng-2023/3.md"),
    "section-en.md": (SEED, "en/wangcheng-2023/3.md"),
    "overview.md": (PRACTICE[6], "zh/liuqiao-2023/index.md"),
    "figures.md": (PRACTICE[6], "zh/liuqiao-2023/figures.md"),
    "matters.md": (PRACTICE[6], "zh/liuqiao-2023/matters.md"),
}


def made(path) -> dict[str, str]:
    publication = understood(path)
    return texts(pages.files([publication]))


@pytest.mark.parametrize("name", GOLDEN_PAGES)
def test_a_page_is_the_one_that_was_reviewed(name, request):
    path, page = GOLDEN_PAGES[name]
    text = made(path)[page]
    if request.config.getoption("--golden"):
        (GOLDEN / name).write_text(text, "utf-8")
    assert text == (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda p: p.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_and_heading_stands_once_on_its_page_and_once_on_the_full_page(path, language):
    publication = understood(path)
    files = texts(pages.files([publication]))
    folder = f"{language}/{publication.id}/"
    by_page = {
        name.removeprefix(folder).removesuffix(".md"): text
        for name, text in files.items()
        if name.startswith(folder) and name.endswith(".md")
    }
    from baogao.ids import node_of, page_of

    for sentence in publication.report.sentences():
        own = by_page[page_of(node_of(sentence.id))]
        assert own.count(f'id="{sentence.id}"') == 1 and by_page["full"].count(f'id="{sentence.id}"') == 1
    for section in publication.report.walk():
        if section.heading:
            assert len(re.findall(rf"#h{section.id}[ }}]", by_page[page_of(section.id)])) == 1
            assert len(re.findall(rf"#h{section.id}[ }}]", by_page["full"])) == 1
    for figure in publication.figures:
        assert by_page["figures"].count(f'id="r{figure.id[1:]}"') == 1
        assert by_page[page_of(node_of(figure.sentence))].count(f'id="{figure.id}"') == 1


@pytest.mark.parametrize("behind", ["", "\n办班5期。"], ids=["one sentence", "more"])
@pytest.mark.parametrize(
    "item", ["深化培训。", "建设队伍，新增律师10名。", f"落实{'各项' * 20}制度", "\n建设队伍，新增律师10名。"]
)
def test_a_parts_page_shows_or_lists_all_its_items(item, behind):
    marks = ("（一）", "（二）", "（三）")
    items = "\n".join(f"{mark}{item}{behind if mark == '（二）' else ''}" for mark in marks)
    text = f"某区2023年度法治政府建设报告\n一、主要成效\n召开会议3次。\n二、下一步工作安排\n{items}\n"
    publication = understand("a.txt", text.encode())
    files = texts(pages.files([publication]))
    plan = publication.report.sections[1]
    assert [one.id for one in plan.sections] == ["2-1", "2-2", "2-3"]
    for language in ("zh", "en"):
        page = files[f"{language}/{publication.id}/2.md"]
        for one in plan.sections:
            listed = re.search(rf"- \[(.*)\]\({one.id}\.md\)", page)
            assert listed and item.strip()[:4] in listed[1]


def test_english_contents_have_words_for_items_without_a_heading():
    text = "某区2023年度法治政府建设报告\n一、主要成效\n召开会议3次。\n二、工作安排\n（一）建设队伍，新增律师10名。\n（二）办班。\n"
    publication = understand("a.txt", text.encode())
    headings = [Names(publication, "en").heading(one) for one in publication.items.parts[1].items]
    assert headings == ["2.1 · 建设队伍", "2.2 · 办班"]


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda p: p.name)
def test_the_full_page_says_what_the_report_says_in_its_order(path):
    publication = understood(path)
    page = rendered(made(path)[f"zh/{publication.id}/full.md"].split("---\n", 2)[2])
    shown = re.sub(r"\s", "", "".join(page.parts))
    text = publication.report.source.text
    own = [s for s in publication.report.segments if s.part in ("heading", "sentence", "table", "signature")]
    in_order = [s for s in own if s.part != "signature"] + [s for s in own if s.part == "signature"]
    printed = re.sub(r"[\s|｜]", "", displayed("".join(text[s.start : s.end] for s in in_order)))
    assert printed in shown


def test_the_overview_says_that_nothing_was_lost():
    text = made(SEED)["zh/wangcheng-2023/index.md"]
    assert f"原文件 {len(SEED.read_bytes().decode())} 个字符" in text
    import hashlib

    assert hashlib.sha256(SEED.read_bytes()).hexdigest() in text


def test_a_report_without_numerals_is_wholly_on_its_overview():
    publication = understand(
        "a.txt", "某某区2023年度法治政府建设情况报告\n全年办理案件3件，成效明显。\n再办理5件。\n".encode()
    )
    files = texts(pages.files([publication]))
    assert [name for name in files if re.search(r"/\d", name.partition("/")[2].partition("/")[2])] == []
    assert "全年办理案件" in files[f"zh/{publication.id}/index.md"]


def test_without_reports_the_home_page_says_what_to_do():
    home = texts(pages.files([]))["zh/index.md"]
    assert load("words")["no_reports"]["zh"] in home


def test_report_json_has_every_segment_and_the_line_ends():
    record = json.loads(made(SEED)["zh/wangcheng-2023/report.json"])
    assert "".join(segment["text"] for segment in record["segments"]) == SEED.read_bytes().decode()
    assert record["line_ends"] == "LF" and record["encoding"] == "utf-8"


@pytest.mark.parametrize("path", [SEED, *PRACTICE], ids=lambda p: p.name)
def test_full_txt_is_the_report_and_nothing_of_the_portal(path):
    publication = understood(path)
    text = texts(pages.files([publication]))[f"zh/{publication.id}/full.txt"]
    lines = [line for line in text.split("\n") if line]
    source = [line.strip() for line in re.split(r"[\r\n]+", publication.report.source.text) if line.strip()]
    rest = iter(source)
    assert all(line in rest for line in lines if line != publication.given("title"))  # in the order of the file
    assert not re.search("扫一扫|打印|简体", text)


def test_the_copy_for_excel_is_the_table_behind_a_mark():
    publication = understand("a.txt", SEED.read_bytes())
    by_path = {file.path: file.content for file in pages.files([publication])}
    folder = f"zh/{publication.id}"
    assert by_path[f"{folder}/figures-excel.csv"] == b"\xef\xbb\xbf" + by_path[f"{folder}/figures.csv"]


def test_the_line_on_every_printed_page_is_a_string_of_css_whatever_it_says():
    from baogao.wording.marks import css_string

    assert css_string('甲"</style>\\') == '"甲\\22 \\3c \\2f style\\3e \\5c "'


ODD = {
    "items without a section": "某区2023年度法治政府建设报告\n今年以来，办结3件。\n一是甲。办理7件。\n二是乙。办理8件。\n",
    "subsections without a section": "某区2023年度法治政府建设报告\n(一)甲\n办理7件。\n(二)乙\n办理8件。\n",
    "no numeral at all": "某区2023年度法治政府建设报告\n办理7件。\n",
    "no title": "一、甲\n办理7件。\n",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_every_link_of_an_odd_report_leads_to_a_page(text):
    made = pages.files([understand("a.txt", text.encode())])
    known = {file.path for file in made}
    for path, content in texts(made).items():
        if not path.endswith(".md"):
            continue
        links = re.findall(r'href="([^"#?]+)', content) + re.findall(r"\]\(([^)#?]+)", content)
        for link in links:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
            if link.endswith(".html"):  # between paths of the site: the first language has no folder there
                site = path.removeprefix("zh/")
                target = pages.tree(posixpath.normpath(posixpath.join(posixpath.dirname(site), link)))
                target = target.removesuffix(".html") + ".md"
            assert target in known, (path, link)


# ---- English


def _english_page(name: str, **changes: str) -> str:
    """A page of the English tree of a small report of which one sentence is translated."""
    text = "某区2023年度法治政府建设报告\n一、成效\n办理案件63件。组织培训。\n"
    read = understand("a.txt", text.encode())
    entries = {"s1-1": Entry("办理案件63件。", "The district handled 63 cases.", State.DRAFT)}
    entries |= (
        {"s1-2": Entry("组织培训。", "Training was held.", State.CHANGED, previous="组织演练。")} if changes else {}
    )
    read = replace(read, translation=Translation("a.po", entries))
    return next(f.content.decode() for f in files([read]) if f.path == f"en/{read.id}/{name}.md")


def test_a_sentence_without_english_stands_in_chinese_and_says_so():
    page = _english_page("1")
    assert "The district handled" in page and "63 cases" not in page.partition("handled")[0]
    assert (
        f'id="s1-2" data-hash="{text_hash("组织培训。")}" data-place="1, sentence 2" lang="zh-Hans">组织培训。</span> '
        '<span class="state">not translated</span>' in page
    )
    assert "2 of 3 passages" not in page and "1 of 3 passages are translated" in page


def test_an_english_whose_chinese_has_changed_is_not_shown():
    page = _english_page("1", changed="yes")
    assert "Training was held" not in page
    assert "translation to be checked" in page


def test_a_report_without_translation_says_how_to_help():
    read = understand(PRACTICE[0].name, PRACTICE[0].read_bytes())
    made = texts(files([read]))
    assert "baogao po" in made[f"en/{read.id}/index.md"] and not any("bilingual" in path for path in made)
