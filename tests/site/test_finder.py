"""The list on the home page: every report once, and what it can be narrowed down by. Expectations are from the files."""

import re
from html import unescape

from baogao.publication.publication import understand
from baogao.publication.sidecar import read_sidecar
from baogao.site.pages import files
from conftest import PRACTICE, made_of_nine, nine

SHELF = nine()


def home(publications, language="zh"):
    made = made_of_nine() if publications is SHELF else files(publications)
    return next(f.content.decode() for f in made if f.path == f"{language}/index.md")


def lines(text):
    return re.findall(r'<li data-place="(.*?)" data-year="(.*?)" data-kind="(.*?)" data-theme="(.*?)">(.*)</li>', text)


def choices(text, facet):
    listed = re.search(f'<select name="{facet}">(.*?)</select>', text)[1]
    return {
        m[1]: (unescape(m[2]), int(m[3]))
        for m in re.finditer(r'value="([^"]+)" data-name="(.*?)">.*?\((\d+)\)<', listed)
    }


def test_every_report_stands_once_in_the_list_and_leads_to_its_page_in_both_languages():
    for language in ("zh", "en"):
        found = [re.match('<a href="(.*?)/index.html">', said)[1] for *_, said in lines(home(SHELF, language))]
        assert sorted(found) == sorted(p.id for p in SHELF)


def test_the_newest_year_stands_first():
    years = [year for _, year, *_ in lines(home(SHELF))]
    assert years == sorted(years, reverse=True) and len(set(years)) > 1


def test_the_lists_count_the_reports_that_have_each_choice():
    text = home(SHELF)
    named = ["2023", *(re.search("20[0-9]{2}", path.stem)[0] for path in PRACTICE)]
    assert dict(choices(text, "year").values()) == {y: named.count(y) for y in set(named)}
    for facet, position in (("place", 0), ("year", 1), ("theme", 3)):
        told = [line[position].split() for line in lines(text)]
        for choice, (_, count) in choices(text, facet).items():
            assert count == sum(choice in one for one in told) > 0, (facet, choice)


def test_what_does_not_tell_reports_apart_is_no_list():
    assert 'name="kind"' not in home(SHELF)  # all are of one kind
    other = understand("gzbg.txt", "某某县2023年政府工作报告\n\n一、工作\n修路3公里。\n".encode())
    assert len(choices(home((*SHELF, other)), "kind")) == 2


def test_a_report_of_which_no_place_or_year_is_known_is_in_the_list_all_the_same():
    bare = understand("bare.txt", "一、工作\n修路3公里。\n".encode())
    text = home((SHELF[0], bare))
    assert ("none", "none") in [line[:2] for line in lines(text)]
    assert choices(text, "place")["none"] == ("未见", 1)


def test_one_report_stands_there_by_itself():
    text = home(SHELF[:1])
    assert "finder" not in text and not lines(text)


def test_a_title_that_names_no_place_has_it_beside_it():
    """Of four reports called 政府工作报告 nobody could tell which was which."""
    text = "政府工作报告\n\n一、工作\n修路3公里。\n".encode()
    beside = {place: read_sidecar("a.yml", f"place: {place}\nyear: 2023\n".encode()) for place in ("青河市", "黑山市")}
    one, other = (understand(f"{place}.txt", text, said) for place, said in beside.items())
    found = {said.partition("</a>")[0].partition(">")[2] for *_, said in lines(home((SHELF[0], one, other)))}
    assert {f"{place}2023年政府工作报告" for place in beside} < found
    assert any(said.startswith("关于长沙市望城区") for said in found)
    overview = next(f.content.decode() for f in files((one, other)) if f.path == f"zh/{one.id}/index.md")
    assert '# <span class="issuer">青河市2023年</span> ' in overview and 'title: "青河市2023年政府工作报告"' in overview
