"""MkDocs' events in, calls to the package out. The only file that knows MkDocs."""

from __future__ import annotations

import copy
import logging
import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

HERE = str(Path(__file__).parent)
log = logging.getLogger("mkdocs.hooks.baogao")
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # same input, same bytes: nothing of ours depends on the clock
# A proof sheet for each report: in a preview, and where it is asked for.
preview = {"proofs": bool(os.environ.get("BAOGAO_PROOF"))}


def on_startup(command: str, dirty: bool) -> None:
    """MkDocs says once what it was called for: serve, build."""
    preview["proofs"] = preview["proofs"] or command == "serve"


def on_config(config: Any) -> Any:
    """Make edits of the package live: MkDocs has taken hooks/ off the path, and Python keeps what it has imported."""
    if HERE not in sys.path:
        sys.path.insert(0, HERE)
    for name in [name for name in sys.modules if name.partition(".")[0] == "baogao"]:
        del sys.modules[name]
    if not config.site_url:
        log.info("SITE_URL is not set: no canonical addresses and no sitemap. The site works anywhere all the same.")
    return config


def on_files(files: Any, config: Any) -> Any:
    """Read the reports, add their pages and data, give both languages their place and the navigation its order."""
    from baogao.conversion import Conversions, own_program
    from baogao.ids import LANGUAGES
    from baogao.messages import is_error, spoken, worded
    from baogao.progress import Progress
    from baogao.publication.accuracy import measured
    from baogao.publication.cache import Cache
    from baogao.publication.folder import read_folder
    from baogao.site import pages
    from mkdocs.structure.files import File, InclusionLevel

    root = Path(config.config_file_path).parent
    only = os.environ.get("BAOGAO_REPORT", "")  # to look at one report of many
    progress = Progress(log.info if log.isEnabledFor(logging.INFO) else None)
    shelf = read_folder(root / "seeds", "seeds", root / ".cache/baogao", progress.reading, only)
    for finding in shelf.findings:
        # errors count under --strict; notes are told without being warnings
        log.log(logging.ERROR if is_error(finding) else logging.INFO, worded(finding, spoken(os.environ)))
    hand_written = {
        language: sorted(
            f.src_uri.split("/")[1].removesuffix(".md") for f in files.documentation_pages() if _language(f) == language
        )
        for language in LANGUAGES
    }
    accuracy = measured(root / "tests")
    values = shelf.publications, accuracy, config.site_url or "", preview["proofs"]
    config["remembered"] = Cache(root / ".cache/baogao/site")
    made_of_reports = config["remembered"].recall_of(
        pages.Generated,
        values,
        lambda: pages.generated(*values, progress.writing, config["remembered"].part("reports")),
    )
    generated = made_of_reports.files
    terms, instruments = (
        any(made.path == f"{LANGUAGES[0]}/{name}.md" for made in generated) for name in ("terms", "instruments")
    )
    across = [name for name in pages.ACROSS if any(made.path == f"{LANGUAGES[0]}/{name}.md" for made in generated)]
    config["raw"] = []
    for made in generated:
        if made.as_it_is:
            config["raw"].append(made)
            continue
        inclusion = InclusionLevel.NOT_IN_NAV if made.aside else InclusionLevel.UNDEFINED
        files.append(File.generated(config, made.path, content=made.content, inclusion=inclusion))
    for file in files:
        file.dest_uri = file.dest_uri.removeprefix(f"{LANGUAGES[0]}/")
    chapters = {
        language: pages.navigation(
            shelf.publications, language, hand_written[language], bool(accuracy), terms, instruments, across
        )
        for language in LANGUAGES
    }
    config.nav = [{language: list(map(_nav, chapters[language]))} for language in LANGUAGES]
    config["conversions"] = Conversions(config, Cache(root / ".cache/baogao/pages", own_program()))
    shown = {path for top in chapters.values() for chapter in top for path in chapter.paths()}
    for file in files.documentation_pages():
        if file.src_uri in shown or file.inclusion is InclusionLevel.NOT_IN_NAV:  # MkDocs tells of any other
            config["conversions"].take(file)
    config["records"], config["shown"] = list(made_of_reports.records), made_of_reports.shown
    config["terms"] = made_of_reports.terms
    return files


def _nav(chapter: Any) -> Any:
    if chapter.below:
        return {_title(chapter): [chapter.path, *(_nav(child) for child in chapter.below)]}
    return chapter.path


def _title(chapter: Any) -> str:
    from html import escape

    from baogao.folding import displayed

    return escape(displayed(chapter.title))


def on_nav(nav: Any, config: Any, files: Any) -> Any:
    """One navigation a language; previous and next stay within it."""
    from baogao.ids import LANGUAGES
    from baogao.progress import Progress
    from mkdocs.structure.nav import Navigation

    config["navigations"] = {}
    for language, top in zip(LANGUAGES, nav.items, strict=True):
        pages = [page for page in nav.pages if _language(page.file) == language]
        for item in top.children:
            item.parent = None
        own = Navigation(top.children, pages)
        own.homepage = pages[0]
        pages[0].previous_page = pages[-1].next_page = None
        for page, following in pairwise(pages):  # a report ends where it ends: another follows by no order of reading
            if _folder(page.file) != _folder(following.file):
                page.next_page = following.previous_page = None
        config["navigations"][language] = own
    config["conversions"].prepare(files, Progress(log.info if log.isEnabledFor(logging.INFO) else None).converting)
    return nav


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """The page's language and the address of the same page in the other one, or of its home."""
    from baogao.ids import LANGUAGES

    language = _language(page.file)
    other = next(code for code in LANGUAGES if code != language)
    name = page.file.src_uri.partition("/")[2]
    twin = files.get_file_from_path(f"{other}/{name}") or files.get_file_from_path(f"{other}/index.md")
    if page.canonical_url and page.meta.get("canonical"):
        page.canonical_url = urljoin(page.canonical_url, page.meta["canonical"])
    page.meta |= {"language": language, "alternate": twin.url, "alternate_language": other}
    return markdown


def on_page_content(html: str, page: Any, config: Any, files: Any) -> str:
    """A page written by hand is searched too."""
    from baogao.export import search_records

    if page.file.generated_by is None:
        name = page.file.dest_uri.removeprefix(f"{page.meta['language']}/")
        config["records"].append(search_records.page_record(page.meta["language"], name, page.title, html))
    return html


def on_post_build(config: Any) -> None:
    """The search index, beside the pages it searches; the files that MkDocs would take for pages."""
    from baogao.export import search_index

    for made in config["raw"]:
        path = Path(config.site_dir) / made.as_it_is
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.content)

    found_in = tuple(config["records"]), config["shown"], config["terms"]
    index = config["remembered"].recall_of(
        search_index.Index, found_in, lambda: search_index.Index(tuple(search_index.files(*found_in)))
    )
    folder = Path(config.site_dir) / "search"
    folder.mkdir(exist_ok=True)
    for name, content in index.files:
        (folder / name).write_text(content, "utf-8")
    if not os.environ.get("BAOGAO_REPORT"):
        for cache in (config["remembered"], config["conversions"].cache, config["frames"].cache):
            cache.forget_others()


def on_env(env: Any, config: Any, files: Any) -> Any:
    """The frame of a page that shows nothing new is not rendered again."""
    from baogao.frames import Frames
    from baogao.publication.cache import Cache

    config["frames"] = Frames(config, Cache(Path(config.config_file_path).parent / ".cache/baogao/frames"))
    config["frames"].use(env)
    return env


def on_page_context(context: Any, page: Any, config: Any, nav: Any) -> Any:
    """The navigation and the site's name in the page's language."""
    return _in_language(context, page.meta["language"], config)


def on_template_context(context: Any, template_name: str, config: Any) -> Any:
    """404.html and the sitemap have no page: the first language."""
    from baogao.ids import LANGUAGES

    return _in_language(context, LANGUAGES[0], config)


def _in_language(context: Any, language: str, config: Any) -> Any:
    from baogao.wording.words import Words

    local = copy.copy(config)
    local["site_name"] = config.extra.get("site_names", {}).get(language, config.site_name)
    context["config"], context["nav"] = local, config["navigations"][language]
    context["words"], context["language"], context["english"] = Words(language), language, Words("en")
    return context


def on_post_template(output_content: str, template_name: str, config: Any) -> str:
    """No sitemap without addresses to put in it."""
    return "" if template_name == "sitemap.xml" and not config.site_url else output_content


def _folder(file: Any) -> str:
    return str(file.src_uri.rpartition("/")[0])


def _language(file: Any) -> str:
    return str(file.src_uri.partition("/")[0])
