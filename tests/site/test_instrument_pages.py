"""The list of laws, plans and papers and their pages, against the brackets that stand in the reports."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata

import pytest
from baogao.publication.publication import understand
from baogao.relations.instruments import instruments
from baogao.site.instrument_pages import listed
from baogao.site.pages import files
from baogao.site.site import whole
from conftest import made_of_nine, nine, texts

READ = nine()
MADE = {file.path: file.content.decode() for file in made_of_nine() if file.path.endswith(".md")}
BRACKETED = sorted({name for one in READ for name in re.findall("《([^《》]+)》", one.report.source.text)})
PAGES = [path for path in MADE if "/instruments/" in path]
ROW = re.compile(r'^\| <span id="i-[^"]*" class="instrument"></span>\[.*$', re.M)
RULES = ("law", "regulation", "party-rule", "rule", "local", "plan", "document")


def plain(text: str) -> str:
    """A name without markup and without what makes no difference: widths, signs, 中华人民共和国, the 年 of a term."""
    said = unicodedata.normalize("NFKC", html.unescape(re.sub("<[^>]*>", "", text)))
    return re.sub(r"[\W_年]|^中华人民共和国", "", said)


def shown(language: str, made: dict[str, str] = MADE) -> dict[str, list[str]]:
    """The names in the list of a language, by heading, those of newspapers by the fold at the end."""
    head = r'^(?:## .* \{: #([a-z-]+) \}|<details class="rows" id="([a-z-]+)".*)$'
    groups = re.split(head, made[f"{language}/instruments.md"], flags=re.M)[1:]
    kinds = (one or other for one, other in zip(groups[::3], groups[1::3], strict=True))
    rows = {kind: ROW.findall(text) for kind, text in zip(kinds, groups[2::3], strict=True)}
    return {
        kind: [re.sub(r"\]\([^)]*\)", "", row[2:].split(" | ")[0]) for row in lines] for kind, lines in rows.items()
    }


def target(page: str, link: str) -> tuple[str, str]:
    """The page a link leads to, as its Markdown, and the anchor."""
    path, _, anchor = link.partition("#")
    return re.sub(r"\.html$", ".md", posixpath.normpath(posixpath.join(posixpath.dirname(page), path))), anchor


def has(page: str, anchor: str) -> bool:
    return f'id="{anchor}"' in MADE[page] or f"{{: #{anchor} }}" in MADE[page]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", BRACKETED)
def test_every_name_in_brackets_is_on_the_list(name, language):
    names = [plain(row) for rows in shown(language).values() for row in rows]
    assert any(plain(name) in row for row in names), names


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_instrument_has_one_row_and_those_named_twice_a_page(language):
    all_ = listed(instruments(READ), READ)
    for one in all_:
        assert MADE[f"{language}/instruments.md"].count(f'id="i-{one.instrument.id}"') == 1
        assert (f"{language}/instruments/{one.instrument.id}.md" in MADE) == (len(one.places) > 1)
    assert sum(map(len, shown(language).values())) == len(all_) and len(PAGES) >= 4


def test_a_newspaper_stands_under_no_heading_of_rules():
    papers = [plain(name) for name in BRACKETED if re.search("(?:日|治|晚|时)报$|通讯$", name)]
    groups = {kind: " ".join(map(plain, names)) for kind, names in shown("zh").items()}
    assert papers and all(paper in groups["newspaper"] for paper in papers)
    assert any(groups.get(kind) for kind in RULES)  # control
    assert not any(paper in groups.get(kind, "") for kind in RULES for paper in papers)


@pytest.mark.parametrize("path", PAGES)
def test_every_mention_leads_to_its_sentence(path):
    links = re.findall(r'class="kwic__place" href="([^"]*)"', MADE[path])
    segments = {(one.id, segment.id) for one in READ for segment in one.report.segments if segment.id}
    one = next(one for one in listed(instruments(READ), READ) if path.endswith(f"/{one.instrument.id}.md"))
    assert len(links) == len(one.places)
    for link in links:
        page, anchor = target(path, link)
        assert has(page, anchor) and (page.split("/")[-2], anchor) in segments, link


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_row_leads_to_a_page_or_a_sentence(language):
    for row in ROW.findall(MADE[f"{language}/instruments.md"]):
        page, anchor = target(f"{language}/instruments.md", re.findall(r"\]\(([^)]*)\)", row)[0])
        assert has(page, anchor) if anchor else page in PAGES, row


def test_what_is_marked_is_what_was_printed():
    for one in listed(instruments(READ), READ):
        for place in one.places:
            said = place.text[place.start : place.end]
            forms = [one.instrument.name, *one.instrument.aliases]
            assert said in place.publication.report.source.text and plain(said) in map(plain, forms)


@pytest.mark.parametrize("path", ["en/instruments.md", *(path for path in PAGES if path.startswith("en/"))])
def test_chinese_on_an_english_page_is_told_as_chinese(path):
    body = html.unescape(MADE[path].partition("\n---\n")[2])
    body = re.sub('<div class="kwic__line" lang="zh-Hans">.*?</div>', "", body)
    assert not re.search("[一-鿿]", re.sub('<span lang="zh-Hans">.*?</span>', "", body))


def test_the_english_of_the_termbase_comes_first_and_the_chinese_stays():
    row = next(row for row in ROW.findall(MADE["en/instruments.md"]) if "i-hunanribao" in row)
    assert re.search(r'\[Hunan Daily\].*<span lang="zh-Hans">湖南日报</span>', row)
    row = next(row for row in ROW.findall(MADE["en/instruments.md"]) if "i-minfadian" in row)
    assert '[<span lang="zh-Hans">民法典</span>]' in row and "May 28, 2020" in row


def test_a_page_tells_what_is_known_and_all_that_was_printed():
    text = "某区2023年度法治政府建设报告\n一、总体情况\n学习《中华人民共和国民法典》。宣传《民法典》。\n"
    made = texts(files([understand("a.txt", text.encode())]))
    page = html.unescape(next(content for path, content in made.items() if path.startswith("zh/instruments/")))
    for said in ("主席令第四十五号", "2020-05-28", "全国人民代表大会", "中华人民共和国民法典", "2 次", "法律"):
        assert said in page, said


def test_a_hostile_name_is_shown_and_never_markup():
    name = "[甲](javascript:x)*乙*|<i 办法"
    text = f"某区2023年度法治政府建设报告\n一、总体情况\n印发《{name}》。再发《{name}》。\n"
    made = texts(files([understand("a.txt", text.encode())]))
    pages = [content.partition("\n---\n")[2] for path, content in made.items() if "/instruments" in path]
    assert len(pages) == 4 and all(plain(name) in plain(page) for page in pages)
    assert not any(mark in page for page in pages for mark in ("[甲", "*乙", "<i ", "|&#60;"))


def test_nothing_is_made_where_no_report_names_any():
    none = understand("a.txt", "某区2023年度法治政府建设报告\n一、总体情况\n开展了活动。\n".encode())
    assert not [file for file in files([none]) if "/instruments" in file.path]
    assert "en/instruments.md" not in [chapter.path for chapter in whole([none]).navigation["en"]]
    assert "en/instruments.md" in [chapter.path for chapter in whole(READ).navigation["en"]]
