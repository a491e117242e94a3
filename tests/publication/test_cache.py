"""What was understood before is given again only where it was made of the same input by the same code."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from baogao.publication import publication
from baogao.publication.cache import Cache, program
from baogao.publication.publication import read_folder
from conftest import FIRST, PRACTICE, ROOT, SEED

SEEDS = FIRST | {path.name: path.read_bytes() for path in PRACTICE[:2]}
SIDECAR = {f"{PRACTICE[0].stem}.yml": b"place: \xe9\x9d\x92\xe5\xb1\xb1\xe5\xb8\x82\n"}


@pytest.fixture
def seeds(tmp_path):
    folder = tmp_path / "seeds"
    folder.mkdir()
    for name, data in SEEDS.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def read_again(monkeypatch):
    """The files that were understood anew since it was asked last."""
    read = []
    understand = publication.understand

    def watched(path, *rest):
        read.append(Path(path).name)
        return understand(path, *rest)

    monkeypatch.setattr(publication, "understand", watched)

    def since():
        names = sorted(read)
        read.clear()
        return names

    return since


def test_a_build_after_the_first_understands_only_what_changed(seeds, read_again):
    cache, reports = seeds.parent / "cache", sorted(name for name in SEEDS if name.endswith(".txt"))
    first = read_folder(seeds, "seeds", cache)
    assert read_again() == reports
    assert read_folder(seeds, "seeds", cache) == first == read_folder(seeds, "seeds")
    read_again()

    (seeds / PRACTICE[0].name).write_bytes(PRACTICE[0].read_bytes().replace("。".encode(), "。本句后加。".encode(), 1))
    changed = read_folder(seeds, "seeds", cache)
    assert read_again() == [PRACTICE[0].name]
    assert changed == read_folder(seeds, "seeds")
    assert any("本句后加。" in s.text for p in changed.publications for s in p.report.sentences())


def test_a_sidecar_that_comes_changes_or_goes_is_seen(seeds, read_again):
    cache, (name, told) = seeds.parent / "cache", next(iter(SIDECAR.items()))

    def places():
        shelf = read_folder(seeds, "seeds", cache)
        read_again()
        return {p.given("place") for p in shelf.publications if p.report.source.path.endswith(PRACTICE[0].name)}

    before = places()
    (seeds / name).write_bytes(told)
    assert places() == {"青山市"}
    (seeds / name).write_bytes(told.replace("青山".encode(), "绿水".encode()))
    assert places() == {"绿水市"}
    (seeds / name).unlink()
    assert places() == before


def test_english_and_terms_are_read_each_time(seeds):
    cache = seeds.parent / "cache"
    read_folder(seeds, "seeds", cache)
    po = seeds / SEED.with_suffix(".en.po").name
    po.write_text(po.read_text("utf-8").replace('msgstr "', 'msgstr "So: ', 40), "utf-8")
    shelf = read_folder(seeds, "seeds", cache)
    assert shelf == read_folder(seeds, "seeds")
    assert any("So: " in one.english for p in shelf.publications for one in (p.translation.entries or {}).values())


def test_what_is_no_longer_there_is_forgotten_and_what_is_broken_is_made_anew(seeds):
    cache = seeds.parent / "cache"
    first = read_folder(seeds, "seeds", cache)
    for entry in cache.iterdir():
        entry.write_bytes(entry.read_bytes()[:100])
    assert read_folder(seeds, "seeds", cache) == first
    (seeds / PRACTICE[0].name).unlink()
    read_folder(seeds, "seeds", cache)
    assert len(list(cache.iterdir())) == 2


def test_a_report_that_cannot_be_published_is_told_each_time(seeds):
    (seeds / "empty.txt").write_bytes(b"")
    cache = seeds.parent / "cache"
    for _ in range(2):
        assert [f.code for f in read_folder(seeds, "seeds", cache).findings if f.path == "seeds/empty.txt"] == ["empty"]


def test_a_folder_that_cannot_be_written_only_takes_time(seeds, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert read_folder(seeds, "seeds", tmp_path / "file/cache").publications


def test_the_same_bytes_in_another_order_are_another_input(tmp_path):
    cache = Cache(tmp_path)
    assert cache.recall((b"ab", b"c"), lambda: 1) == 1
    assert cache.recall((b"a", b"bc"), lambda: 2) == 2
    assert cache.recall((b"ab", b"c"), lambda: 3) == 1


@pytest.mark.parametrize("changed", ["outline/tree.py", "rules/kinds.yml", "rules/terms.csv"])
def test_the_program_is_another_where_one_of_its_files_is(tmp_path, changed):
    package = tmp_path / "baogao"
    shutil.copytree(ROOT / "hooks/baogao", package)
    before = program(package)
    (package / changed).write_bytes((package / changed).read_bytes() + b"\n")
    program.cache_clear()
    assert program(package) != before


@pytest.mark.parametrize(
    ("file", "was", "now"),
    [
        ("rules/kinds.yml", "{code: '', ", "{code: law, "),
        ("publication/publication.py", "return replace(published, id=id_)", "return replace(published, id='edited')"),
    ],
)
def test_a_rule_or_code_that_was_edited_is_never_answered_from_before(seeds, file, was, now):
    """In a process of its own for each reading, as builds are."""
    shutil.copytree(ROOT / "hooks/baogao", seeds.parent / "hooks/baogao")
    script = (
        "from pathlib import Path; from baogao.publication.publication import read_folder;"
        "print(*(p.id for p in read_folder(Path('seeds'), 'seeds', Path('cache') if CACHED else None).publications))"
    )

    def ids(cached):
        command = [sys.executable, "-c", script.replace("CACHED", str(cached))]
        environment = {"PYTHONPATH": str(seeds.parent / "hooks")}
        return subprocess.run(
            command, cwd=seeds.parent, env=environment, capture_output=True, text=True, check=True
        ).stdout

    before = ids(True)
    edited = seeds.parent / "hooks/baogao" / file
    text = edited.read_text("utf-8")
    assert was in text
    edited.write_text(text.replace(was, now), "utf-8")
    after = ids(True)
    assert after != before
    assert after == ids(False)
