"""What happens to a corpus when something goes wrong while it is made: its tables come out as those of a run that nothing
happened to, and what was wrong with a file is a row of errors."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest
from baogao.corpus.query import ask
from composed import composed
from running import begun, cluster, corpus, tables_of

COUNT = 40  # reports: a second and a half of work, so that it can be disturbed


@pytest.fixture(scope="module")
def undisturbed(once) -> Path:
    """Reports, and the corpus of a run that nothing happened to."""

    def make(into: Path) -> None:
        (into / "reports").mkdir()
        for name, data in composed(COUNT).items():
            (into / "reports" / name).write_bytes(data)
        corpus("build", "reports", "-o", "corpus", "--workers", "2", cwd=into)

    return once("corpus-undisturbed", make)


@pytest.fixture
def here(undisturbed, tmp_path) -> Path:
    """A folder with the same reports and no corpus."""
    (tmp_path / "reports").symlink_to(undisturbed / "reports")
    return tmp_path


def _waited_for(folder: Path, entries: int, run: subprocess.Popen[str]) -> None:
    """Until so many reports are known."""
    until = time.monotonic() + 120
    while len(list((folder / "corpus/.work/entries").glob("*/[!.]*"))) < entries:
        assert run.poll() is None and time.monotonic() < until, run.communicate()
        time.sleep(0.01)


def _told(folder: Path) -> list[tuple]:
    return list(ask(folder / "corpus", "SELECT file, code FROM errors ORDER BY ALL").rows)


def test_a_run_that_was_killed_goes_on_and_no_half_of_a_table_is_seen(here, undisturbed):
    run = begun("build", "reports", "-o", "corpus", "--workers", "2", cwd=here)
    _waited_for(here, 1, run)
    for reader in psutil.Process(run.pid).children():
        reader.kill()  # costs no report: it is tried once more
    _waited_for(here, COUNT // 2, run)
    run.kill()
    run.communicate()
    assert tables_of(here / "corpus") == {}
    entries = sorted((here / "corpus/.work/entries").glob("*/[!.]*"))
    entries[0].write_bytes(bytes(entries[0].stat().st_size))  # as a machine that lost its power leaves a file
    said = corpus("build", "reports", "-o", "corpus", "--workers", "1", cwd=here)
    assert f"{COUNT - len(entries) + 1} of them read anew" in said
    assert tables_of(here / "corpus") == tables_of(undisturbed / "corpus")


def test_on_a_cluster_a_worker_and_the_scheduler_are_lost_and_no_report_is(here, undisturbed):
    with cluster(here, 0) as (address, workers):
        run = begun("build", "reports", "-o", "corpus", "--scheduler", address, cwd=here)
        _waited_for(here, 5, run)
        os.kill(workers[0], signal.SIGKILL)
        _waited_for(here, 15, run)
    with cluster(here, int(address.rpartition(":")[2])):
        assert run.wait() == 0, run.communicate()
    assert tables_of(here / "corpus") == tables_of(undisturbed / "corpus")


def test_files_that_take_for_ever_or_all_memory_or_hold_nothing_are_rows_of_errors(undisturbed, tmp_path):
    own = tmp_path / "reports"
    shutil.copytree(undisturbed / "reports", own)
    text = next(iter(composed(1).values())).decode()
    (own / "a-long.txt").write_text(text * 1_000, "utf-8")  # 9 MB: under the limit of what is read at all
    (own / "b-large.txt").write_bytes(b"0123456789" * 5_000_000)
    (own / "c-unknown.docx").write_bytes(bytes(range(256)) * 4)
    (own / "d-none.txt").symlink_to(own / "nowhere")
    os.mkfifo(own / "e-pipe.txt")
    # a pipe that nobody writes to is waited for by the clock; the text of 9 MB is stopped by what comes first
    corpus("build", "reports", "-o", "corpus", "--workers", "2", "--seconds", "2", "--megabytes", "300", cwd=tmp_path)
    assert set(_told(tmp_path)) - set(_told(undisturbed)) == {
        ("reports/a-long.txt", "corpus-large"),
        ("reports/b-large.txt", "too-large"),
        ("reports/c-unknown.docx", "binary"),
        ("reports/d-none.txt", "unreadable"),
        ("reports/e-pipe.txt", "corpus-slow"),
    }
    told = {"manifest.json", "datapackage.json", "errors/part-0.parquet"}
    told |= {"sample/datapackage.json", "sample/errors.csv"}
    mine, theirs = (tables_of(folder / "corpus") for folder in (tmp_path, undisturbed))
    assert {name: mine[name] for name in mine.keys() - told} == {name: theirs[name] for name in theirs.keys() - told}


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_what_is_at_work_ends_with_the_run(tmp_path, by):
    """A worker whose leader had gone had nobody who would have stopped it."""
    os.mkfifo(tmp_path / "pipe.txt")  # nobody writes to it: a worker waits, for twenty minutes at most
    (tmp_path / "a.txt").write_text("某某县2023年法治政府建设工作报告\n\n一、主要举措\n办理案件5件。\n", "utf-8")
    run = begun("build", ".", "-o", "corpus", "--workers", "2", cwd=tmp_path)
    _waited_for(tmp_path, 1, run)
    workers = psutil.Process(run.pid).children(recursive=True)
    assert len(workers) >= 2
    run.send_signal(by)
    run.communicate(timeout=20)
    _, alive = psutil.wait_procs(workers, timeout=10)
    for one in alive:
        one.kill()
    assert alive == []


def test_a_disk_that_is_full_ends_the_run_in_one_line_and_it_goes_on_where_there_is_room(here, undisturbed):
    small = here / "corpus"
    small.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "none", small]).returncode:
        pytest.skip("a small disk is mounted by root alone")
    try:
        run = begun("build", "reports", "-o", "corpus", "--workers", "1", "-q", cwd=here)
        said = run.communicate()
        assert run.returncode == 1 and said[1].count("\n") == 1 and "make room" in said[1], said
        subprocess.run(["mount", "-o", "remount,size=100m", small], check=True)
        corpus("build", "reports", "-o", "corpus", "--workers", "1", cwd=here)
        assert tables_of(small) == tables_of(undisturbed / "corpus")
    finally:
        subprocess.run(["umount", "-l", small], check=True)
