"""Whatever a value holds, a page has the elements and attributes that templates write, and shows the value as it is."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import hostile
import pytest
from baogao.folding import displayed
from baogao.publication.folder import read_folder
from baogao.site.page import converted
from baogao.site.pages import files
from baogao.wording.marks import attribute
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data
from selectolax.lexbor import LexborHTMLParser
from test_marks import TEXTS, parsed

PARTS = st.lists(st.sampled_from((*hostile.SEQUENCES, *hostile.LINES)) | TEXTS, min_size=1, max_size=3).map("".join)

# Where a tag of ours may stand, and what the page has beside it.
FRAMES = {
    "a sentence": ("甲<a{}>乙</a>丙[丁](戊.html)`己`", ["p", "a", "a", "code"]),
    "a heading": ("## <a{}>乙</a> {{: #h1 .section }}", ["h2", "a"]),
    "a cell": (
        "| 甲 | 乙 |\n|---|---|\n| <a{}>丙</a> | 丁 |",
        ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "a", "td"],
    ),
    "an item": ("- [甲](乙.md) <a{}>丙</a>", ["ul", "li", "a", "a"]),
    "a block": ("<div{}>\n<p>甲</p>\n</div>", ["div", "p"]),
    "a block of Markdown": ('<div markdown="1"{}>\n\n甲<a>乙</a>\n\n</div>', ["div", "p", "a"]),
    "in a block of Markdown": ('<div markdown="1">\n\n甲<a{}>乙</a>\n\n<p>丙</p>\n\n</div>', ["div", "p", "a", "p"]),
}


@pytest.mark.parametrize("frame", FRAMES)
@given(PARTS)
def test_an_attribute_comes_back_from_wherever_its_tag_stands(frame, value):
    source, tags = FRAMES[frame]
    # Python-Markdown decodes the attributes of a block of Markdown and takes what reads as an entity then for one
    value = value.replace("&", "＆") if frame == "a block of Markdown" else value
    page = parsed(converted(source.format(attribute("data-note", value))))
    assert [tag for tag, _ in page.tags] == tags
    assert [dict(given)["data-note"] for _, given in page.tags if "data-note" in given] == [displayed(value)]


def test_no_template_writes_an_attribute_by_hand():
    """A value inside quotation marks, or behind an equals sign, went past attribute()."""
    by_hand, templates = [], list((ROOT / "hooks/baogao").rglob("*.j2"))
    assert templates
    for path in templates:
        bare = re.sub("{[%#].*?[%#]}", "", re.sub("{{.*?}}", "\0", path.read_text("utf-8")), flags=re.S)
        by_hand += [(path.name, found[0]) for found in re.finditer("""[\\w-]+=["']?[^"'<>\0]*\0""", bare)]
    for path in (ROOT / "hooks/baogao").glob("**/*.py"):
        by_hand += [
            (path.name, found[0]) for found in re.finditer(r"""<[a-z][^<>]*=\\?["']?\{.*""", path.read_text("utf-8"))
        ]
    assert not by_hand


Page = tuple[dict, LexborHTMLParser, str]


def made(value: str, folder: Path, translated: bool = True) -> dict[str, Page]:
    """The Markdown pages of two reports of the value by their paths: front matter, what they are in HTML, Markdown."""
    (folder / "seeds").mkdir()
    for name, data in hostile.seeds([value], "r").items():
        if translated or not name.endswith(".po"):
            (folder / "seeds" / name).write_bytes(data)
    shelf = read_folder(folder / "seeds", "seeds")
    assert len(shelf.publications) == 3, shelf.findings
    pages = {}
    for file in files(shelf.publications, site_url="https://example.org/", proofs=True):
        if file.path.endswith(".md") and not file.as_it_is:
            source, front = get_data(file.content.decode())
            html = converted(source)
            pages[file.path] = front, LexborHTMLParser(f"<article>{html}</article>"), source
    return pages


def shape(page: LexborHTMLParser) -> set[tuple[str, str]]:
    """Each element with each attribute, and alone; a link with what it leads by."""
    found = set()
    for node in page.css("article *"):
        found.add((node.tag, ""))
        for name, said in node.attributes.items():
            found.add((node.tag, name))
            if name in ("href", "src", "action", "xlink:href") and said != hostile.URL:
                assert re.fullmatch(r"[\w./?=&%#+-]*", said), f"{node.tag} leads to {said}"
    return found


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """What the pages of reports of words alone are made of."""
    pages = made(hostile.TAME, tmp_path_factory.mktemp("usual"))
    assert {"zh/published.md", "en/terms.md", "zh/instruments.md", "zh/r-2023/1-1-bilingual.md"} <= pages.keys()
    without = made(hostile.TAME, tmp_path_factory.mktemp("without"), translated=False)
    return {part for of in (pages, without) for _, page, _ in of.values() for part in shape(page)}


@pytest.mark.parametrize("value", [hostile.SEPARATOR.join(group) for group in hostile.groups(3)])
def test_no_value_makes_an_element_or_an_attribute(usual, value, tmp_path):
    pages = made(value, tmp_path)
    assert {"zh/r-2023/since.md", "en/r-2022/proof.md"} <= pages.keys()
    for path, (front, page, source) in pages.items():
        assert "title" in front and not source.startswith("---"), f"the front matter of {path} is no YAML"
        assert shape(page) <= usual, path
    front, page, _ = pages["zh/r-2023/index.md"]
    value = hostile.told(value)
    title = displayed(f"{value}报告")
    assert page.css_first("h1").text().endswith(title)
    # behind the place and the year, which it does not say
    called = (unescape(front["title"]), dict(front["head"])["citation_title"], displayed(front["json_ld"]["name"]))
    assert all(one.endswith((f"黑山区{title}", f"黑山区2023年{title}")) for one in called)
    assert page.css_first('a[rel="external"]').attributes["href"] == hostile.URL
    home = pages["zh/index.md"][1]
    assert displayed(f"{value}黑山区") in [one.attributes["data-name"] for one in home.css("option[data-name]")]
