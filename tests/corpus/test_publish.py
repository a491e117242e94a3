"""A site in shards with one front: practice reports of three years, the first sections of each, published by year."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import urljoin

import pytest
from baogao.cli import main
from baogao.publication.folder import read_file
from baogao.publication.publication import Publication
from baogao.site.front import to_front
from baogao.site.traditional_page import Tree, Twins
from click.testing import CliRunner
from conftest import PRACTICE, heard
from running import begun, cluster, corpus, ran, tables_of
from test_built_site import broken_links

OF_YEARS = [path for path in PRACTICE if path.name[:2] in ("01", "02", "04", "05")]  # 2021, two of 2022, 2023
SHARDS = ("2021", "2022", "2023")
PUBLISH = ("publish", "corpus", "--by", "year")


@pytest.fixture(scope="module")
def published(once) -> Path:
    """A folder with reports, the corpus of them, and their site."""

    def make(into: Path) -> None:
        ran("new", "own", cwd=into)
        own = into / "own"
        for path in OF_YEARS:
            (own / "seeds" / path.name).write_text(path.read_text("utf-8").partition("\n三、")[0] + "\n", "utf-8")
        corpus("build", "seeds", "-o", "corpus", "--workers", "1", cwd=own)
        said = ran(*PUBLISH, "--workers", "2", cwd=own)
        assert said.stdout == "site: 3 shards, 3 of them built anew.\n" and "WARNING" not in said.stderr

    return once("published-by-year", make) / "own"


@pytest.fixture
def copied(published, tmp_path) -> Path:
    """The same, to be changed."""
    return shutil.copytree(published, tmp_path / "own")


@pytest.fixture(scope="module")
def of_year(published) -> dict[str, Publication]:
    """A report of each year, as its file has it."""
    return {one.year: one for one in (read_file(published / "seeds" / path.name, path.name) for path in OF_YEARS)}


def test_every_link_and_every_form_of_every_page_leads_to_a_file(published):
    site = published / "site"
    assert broken_links(site) == []
    pages = [path.relative_to(site) for path in site.rglob("*.html")]
    actions = {
        urljoin(str(page), action)
        for page in pages
        for action in re.findall(r'action="([^"]*)"', (site / page).read_text("utf-8"))
        if page.name != "404.html"
    }
    assert actions == {"search.html", "en/search.html", "zh-hant/search.html"}
    assert {shard for shard in SHARDS for page in pages if page.parts[0] == shard} == {*SHARDS}


def test_a_report_has_in_its_shard_the_addresses_of_an_ordinary_site(published, of_year):
    for year in SHARDS:
        one = of_year[year]
        for part in one.items.parts:
            page = (published / "site" / year / one.id / f"{part.id}.html").read_text("utf-8")
            assert f'id="{part.anchor}"' in page


def test_the_front_leads_to_every_report_and_puts_places_and_indicators_together(published, of_year):
    site = published / "site"
    home = (site / "en/index.html").read_text("utf-8")
    for year in SHARDS:
        assert (
            f'href="../{year}/en/{of_year[year].id}/index.html"' in home and f'href="../{year}/en/index.html"' in home
        )
    place = (site / "places/qinghe.html").read_text("utf-8")
    assert 'href="../2021/qinghe-2021/index.html"' in place and 'href="../2022/qinghe-2022/index.html"' in place
    indicators = [path.read_text("utf-8") for path in (site / "indicators").glob("*.html")]
    assert any(all(f'href="../{year}/' in page for year in SHARDS) for page in indicators)


def test_one_search_finds_a_sentence_of_each_shard_and_opens_it_in_a_folder(published, of_year, page):
    base = (published / "site").as_uri()
    with heard(page, base) as wrong:
        for year in SHARDS:
            sentence = max((one for one in of_year[year].report.sentences()), key=lambda one: len(one.text))
            run = sentence.text[3:27]
            page.goto(f"{base}/search.html?q={run}")
            page.locator("a[data-result]").first.click()
            page.wait_for_url(f"**/{year}/{of_year[year].id}/*#{sentence.id}")
            assert page.locator(f"#{sentence.id}").inner_text() == sentence.text
            page.wait_for_function("CSS.highlights.get('found')?.size > 0")
            page.keyboard.press("/")  # the box of a shard asks the same index
            page.locator("#search input").fill(run)
            page.locator("#search a[data-result]").first.wait_for()
            page.locator("#search a.all").click()
            page.wait_for_url("**/site/search.html?q=*")
    assert wrong == []


def _edited(report: Path) -> None:
    report.write_text(report.read_text("utf-8").replace("稳步推进", "稳步推进，另有一件是新的", 1), "utf-8")


def test_a_killed_run_leaves_the_site_and_a_cluster_makes_the_same_bytes_as_two_processes_here(copied):
    before, report = tables_of(copied / "site"), copied / "seeds" / OF_YEARS[0].name
    as_it_was = report.read_bytes()
    _edited(report)
    run = begun(*PUBLISH[1:], "--workers", "1", cwd=copied, command="publish")
    _waited_for(copied / ".site.publish/shards/2021/building-*/.site.building-*/*", run)
    run.kill()
    run.communicate()
    assert tables_of(copied / "site") == before
    report.write_bytes(as_it_was)
    shutil.rmtree(copied / ".site.publish/shards/2021")
    shutil.rmtree(copied / "site/2021")
    with cluster(copied, 0) as (address, _):
        done = ran(*PUBLISH, "--scheduler", address, cwd=copied)
    assert done.stdout == "site: 3 shards, 1 of them built anew.\n"
    assert tables_of(copied / "site") == before


def _waited_for(pattern: Path, run: subprocess.Popen[str]) -> None:
    """Until something lies there."""
    until = time.monotonic() + 120
    while not list(Path("/").glob(str(pattern).lstrip("/"))):
        assert run.poll() is None and time.monotonic() < until, run.communicate()
        time.sleep(0.01)


def test_a_changed_shard_is_built_alone_and_one_whose_files_are_gone_is_told_and_stays(copied):
    before = tables_of(copied / "site")
    _edited(copied / "seeds" / OF_YEARS[0].name)
    gone = copied / "seeds" / OF_YEARS[-1].name
    gone.unlink()
    done = ran(*PUBLISH, cwd=copied, status=1)
    assert f"seeds/{gone.name}: the file is gone" in done.stderr
    assert done.stdout == "site: 3 shards, 1 of them built anew.\n"
    after = tables_of(copied / "site")
    assert {path[:4] for path in before if path[:4] in SHARDS and before[path] != after.get(path)} == {"2021"}
    for page in ("2021/qinghe-2021/full.txt", "2021/en/qinghe-2021/full.html"):
        assert "是新的" in (copied / "site" / page).read_text("utf-8")
    assert any("是新的" in path.read_text("utf-8") for path in (copied / "site/search").glob("t*.js"))


def test_a_folder_that_is_no_corpus_is_told(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    done = CliRunner().invoke(main, ["publish", str(tmp_path), "-f", str(tmp_path / "mkdocs.yml")])
    assert done.exit_code == 1 and "baogao corpus build" in done.stderr


# ---- links between the parts


def test_links_of_a_shard_to_its_first_page_and_the_search_lead_to_the_front():
    html = '<a href="../index.html">x</a><form action="../search.html"><a href="index.html"><a href="2.html">'
    led = '<a href="../../index.html">x</a><form action="../../search.html"><a href="index.html"><a href="2.html">'
    assert to_front(html, "qinghe-2023/1.html") == led
    english = '<a href="../index.html?q=1"><a href="../../index.html" hreflang="zh-Hans">'
    assert to_front(english, "en/qinghe-2023/1.html") == english.replace("../index.html?", "../../../en/index.html?")
    assert (
        to_front('<a href="index.html" hreflang="zh-Hans">', "index.html") == '<a href="index.html" hreflang="zh-Hans">'
    )


def test_a_page_in_traditional_characters_leads_to_the_other_parts_in_them():
    shard = Tree(frozenset({"q/1.html"}), "", "{original}", "", ("..",))
    made = Twins(shard, str).page('<a href="../../index.html"><a href="../../en/index.html">', "q/1.html")
    assert made == '<a href="../../../zh-hant/index.html"><a href="../../../en/index.html">'
    front = Tree(frozenset({"index.html"}), "", "{original}", "", ("hunan",))
    made = Twins(front, str).page('<a href="hunan/q/1.html#s1"><a href="hunan/q/figures.csv">', "index.html")
    assert made == '<a href="../hunan/zh-hant/q/1.html#s1"><a href="../hunan/q/figures.csv">'
