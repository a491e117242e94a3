"""What was understood before is given again only where it was made of the same input by the same code."""

import os
import pickle
import resource
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from baogao.publication import folder
from baogao.publication.cache import Cache, program
from baogao.publication.folder import read_folder
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
    understand = folder.understand

    def watched(path, *rest):
        read.append(Path(path).name)
        return understand(path, *rest)

    monkeypatch.setattr(folder, "understand", watched)

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


def test_what_is_no_longer_there_is_forgotten(seeds):
    cache = seeds.parent / "cache"
    read_folder(seeds, "seeds", cache)
    (seeds / PRACTICE[0].name).unlink()
    read_folder(seeds, "seeds", cache)
    assert len(list(cache.iterdir())) == 2


def test_what_is_remembered_is_the_same_to_the_last_digit(seeds):
    for path in PRACTICE:
        shutil.copy(path, seeds)
    first = read_folder(seeds, "seeds", seeds.parent / "cache")
    assert repr(read_folder(seeds, "seeds", seeds.parent / "cache")) == repr(first)  # 1.50 is 1.5, but not as printed


class Executed:
    """What a pickle runs when it is opened: it makes the file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def sealed(entry: Path, data: bytes) -> bytes:
    """As this program would have written it."""
    packed = zlib.compress(data)
    return sha256(entry.name.encode() + packed).digest() + packed


SPOILT = {
    "empty": lambda entry: entry.write_bytes(b""),
    "truncated": lambda entry: entry.write_bytes(entry.read_bytes()[:100]),
    "one bit in its middle": lambda entry: entry.write_bytes(
        (old := entry.read_bytes())[:5000] + bytes([old[5000] ^ 1]) + old[5001:]
    ),
    "no packed data, its seal right": lambda entry: entry.write_bytes(
        sha256(entry.name.encode() + b"abc").digest() + b"abc"
    ),
    "no MessagePack": lambda entry: entry.write_bytes(b"\xc1" * 1000),
    "that of another input": lambda entry: shutil.copy(
        next(other for other in sorted(entry.parent.iterdir()) if other != entry), entry
    ),
    "of another type, seal and all": lambda entry: entry.write_bytes(sealed(entry, msgspec.msgpack.encode([1, "a"]))),
    "of another version, seal and all": lambda entry: entry.write_bytes(
        sealed(entry, msgspec.msgpack.encode({"id": "a", "report": {"source": None}}))
    ),
    "nested without end, seal and all": lambda entry: entry.write_bytes(sealed(entry, b"\x91" * 100_000)),
    "a folder": lambda entry: (entry.unlink(), entry.mkdir()),
    "a folder with something in it": lambda entry: (entry.unlink(), (entry / "a").mkdir(parents=True)),
    "a link to itself": lambda entry: (entry.unlink(), entry.symlink_to(entry)),
    "a link to what does not end": lambda entry: (entry.unlink(), entry.symlink_to("/dev/zero")),
    "a pipe nobody writes to": lambda entry: (entry.unlink(), os.mkfifo(entry)),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_an_entry_that_is_not_whole_is_made_anew(seeds, read_again, spoil):
    cache, reports = seeds.parent / "cache", sorted(name for name in SEEDS if name.endswith(".txt"))
    first = read_folder(seeds, "seeds", cache)
    for entry in sorted(cache.iterdir()):
        whole = entry.read_bytes()
        spoil(entry)
        read_again()
        assert read_folder(seeds, "seeds", cache) == first
        assert len(read_again()) == 1
        healed = not entry.is_dir()  # a folder of somebody else's is left to them
        assert not healed or entry.read_bytes() == whole
        assert read_folder(seeds, "seeds", cache) == first
        assert len(read_again()) == (0 if healed else 1)
        if not healed:
            shutil.rmtree(entry)
            entry.write_bytes(whole)
    assert len(list(cache.iterdir())) == len(reports)


def test_a_pickle_in_the_folder_is_not_opened_and_is_taken_away(seeds):
    """The form of old: whoever could put a file there could run a program."""
    cache, proof = seeds.parent / "cache", seeds.parent / "executed"
    first = read_folder(seeds, "seeds", cache)
    shown = pickle.dumps(Executed(proof))
    for entry in list(cache.iterdir()):
        entry.with_suffix(".pickle").write_bytes(shown)
        entry.write_bytes(sealed(entry, shown))
    assert read_folder(seeds, "seeds", cache) == first
    assert not proof.exists()
    assert {path.suffix for path in cache.iterdir()} == {".msgpack"}
    pickle.loads(shown)
    assert proof.exists()  # it would have


@dataclass(frozen=True)
class Number:
    value: int


@dataclass(frozen=True)
class Name:
    value: str


def test_a_value_of_another_kind_is_never_given(tmp_path):
    cache = Cache(tmp_path)
    assert cache.recall(Number, (b"a",), lambda: Number(1)) == Number(1)
    assert cache.recall(Name, (b"a",), lambda: Name("one")) == Name("one")
    assert cache.recall(Number, (b"a",), lambda: Number(2)) == Number(1)


@pytest.mark.parametrize("value", [Number(2**80), Name("\ud800")], ids=str)
def test_what_cannot_be_written_down_is_made_each_time(tmp_path, value):
    for _ in range(2):
        assert Cache(tmp_path).recall(type(value), (b"a",), lambda: value) is value
    assert list(tmp_path.iterdir()) == []


@contextmanager
def no_room() -> Iterator[None]:
    """Files may grow to 100 bytes, as on a disk that is all but full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_only_takes_time_and_leaves_nothing_half_written(seeds, read_again):
    cache, reports = seeds.parent / "cache", sorted(name for name in SEEDS if name.endswith(".txt"))
    with no_room():
        first = read_folder(seeds, "seeds", cache)
        assert list(cache.iterdir()) == []
        read_again()
        assert read_folder(seeds, "seeds", cache) == first
        assert read_again() == reports
    assert read_folder(seeds, "seeds", cache) == first == read_folder(seeds, "seeds", cache)
    assert len(list(cache.iterdir())) == len(reports)


def test_a_folder_that_only_may_be_read_is_read(seeds, read_again, monkeypatch):
    cache = seeds.parent / "cache"
    first = read_folder(seeds, "seeds", cache)
    read_again()
    (cache / "old.pickle").write_bytes(b"")

    open_ = Path.open

    def refused(*_, **__):
        raise PermissionError(30, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", refused)  # whoever runs the tests may be root, whom no mode keeps out
    monkeypatch.setattr(
        Path, "open", lambda path, mode="r", *rest: refused() if "x" in mode else open_(path, mode, *rest)
    )
    assert read_folder(seeds, "seeds", cache) == first
    assert read_again() == []
    with (seeds / PRACTICE[0].name).open("ab") as file:
        file.write(b"\n")
    assert len(read_folder(seeds, "seeds", cache).publications) == len(first.publications)
    assert read_again() == [PRACTICE[0].name]


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
    assert cache.recall(Number, (b"ab", b"c"), lambda: Number(1)) == Number(1)
    assert cache.recall(Number, (b"a", b"bc"), lambda: Number(2)) == Number(2)
    assert cache.recall(Number, (b"ab", b"c"), lambda: Number(3)) == Number(1)


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
        ("publication/publication.py", "return replace(published, id=id_,", "return replace(published, id='edited',"),
    ],
)
def test_a_rule_or_code_that_was_edited_is_never_answered_from_before(seeds, file, was, now):
    """In a process of its own for each reading, as builds are."""
    shutil.copytree(ROOT / "hooks/baogao", seeds.parent / "hooks/baogao")
    script = (
        "from pathlib import Path; from baogao.publication.folder import read_folder;"
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
