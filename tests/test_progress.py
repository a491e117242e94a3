"""Who waits long is told how far it is, and nobody else."""

import sys
import time

import pytest
from baogao.progress import Progress
from baogao.publication.folder import read_folder
from conftest import FIRST, PRACTICE, SEED


class Clock:
    """Goes a second further at each piece."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def pieces(self, count, seconds=1.0):
        for number in range(count):
            self.now += seconds
            yield number


@pytest.fixture
def clock():
    return Clock()


@pytest.mark.parametrize(
    ("count", "seconds", "told"),
    [
        (50, 1.0, [10, 20, 30, 40]),
        (50, 0.1, []),  # in five seconds it is done
        (12, 1.0, []),  # ten are done, two seconds are left
        (3, 60.0, []),
    ],
)
def test_a_line_every_ten_reports_while_more_than_five_seconds_are_left(clock, monkeypatch, count, seconds, told):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    lines = []
    watched = Progress(lines.append, clock).reading(clock.pieces(count, seconds), count)
    assert list(watched) == list(range(count))
    assert lines == [f"Reading reports: {done}/{count}" for done in told]


def test_in_the_language_of_the_machine(clock, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    lines = []
    list(Progress(lines.append, clock).writing(clock.pieces(20), 20))
    assert lines == ["写各页: 10/20"]


def test_who_wants_quiet_has_it(clock, capfd):
    assert list(Progress(None, clock).reading(clock.pieces(50), 50)) == list(range(50))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("seconds", "shown"), [(1.0, True), (0.01, False)])
def test_a_bar_on_a_terminal_once_it_is_long(clock, monkeypatch, seconds, shown):
    class Terminal:
        written = ""

        def isatty(self):
            return True

        def write(self, text):
            self.written += text

        def flush(self):
            pass

    monkeypatch.setattr(sys, "stderr", Terminal())
    lines = []
    list(Progress(lines.append, clock).reading(clock.pieces(50, seconds), 50))
    assert lines == []
    assert ("100%" in sys.stderr.written) is shown
    assert bool(sys.stderr.written.strip("\x1b[?25hl\n")) is shown


@pytest.fixture
def seeds(tmp_path):
    folder = tmp_path / "seeds"
    folder.mkdir()
    for name, data in (FIRST | {path.name: path.read_bytes() for path in PRACTICE[:2]}).items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("name", [SEED.stem, SEED.name, f"seeds/{SEED.name}"])
def test_one_report_of_many_and_what_is_known_of_the_others_is_kept(seeds, name):
    remembered = seeds.parent / "cache"
    read_folder(seeds, "seeds", remembered)
    known = sorted(remembered.iterdir())
    shelf = read_folder(seeds, "seeds", remembered, only=name)
    assert [one.report.source.path for one in shelf.publications] == [f"seeds/{SEED.name}"]
    assert sorted(remembered.iterdir()) == known


def test_a_report_that_is_not_there_is_told_with_those_that_are(seeds):
    shelf = read_folder(seeds, "seeds", only="nowhere-2023")
    assert shelf.publications == ()
    told = next(finding for finding in shelf.findings if finding.code == "report-unknown")
    assert told.met == "nowhere-2023" and SEED.stem in told.expected


def test_who_makes_a_corpus_is_told_its_rate_and_how_many_files_failed(clock, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    told: list[str] = []
    progress = Progress(told.append, clock)
    assert list(progress.building(clock.pieces(300, 0.5), 300, lambda number: number % 50 == 0)) == list(range(300))
    assert told == [
        "Reading files: 100/300 2.0 a second, 2 kept out",
        "Reading files: 200/300 2.0 a second, 4 kept out",
    ]


def test_what_parts_of_a_site_are_at_is_told_while_they_take_long(monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    monkeypatch.setattr("baogao.progress._LINE", 0.01)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    lines, until = [], time.monotonic() + 60

    def parts():
        for number in (1, 2):
            while len(lines) < number and time.monotonic() < until:
                time.sleep(0.01)
            yield number

    assert list(Progress(lines.append).publishing(parts(), 2, lambda: "hunan: Converting pages: 500/900")) == [1, 2]
    assert lines[:2] == [f"Building the parts of the site: {n}/2 hunan: Converting pages: 500/900" for n in (0, 1)]
