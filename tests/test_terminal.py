"""No text of a report, and no name of a file, moves the terminal of who looks at it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from baogao import terminal
from baogao.cli import main
from baogao.folding import on_terminal
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

# title bar, colours, clear, 8-bit CSI and OSC, back, carriage return, a direction turned round, bell
MOVING = ["\x1b]0;pwned\x07", "\x1b[31m", "\x1b[2J", "\x9b31m", "\x9d0;x\x9c", "\x08\x08", "\r", "\u202e", "\u2066", "\x00", "\x7f"]  # fmt: skip
TEXT = """某{0}区2023年度法治政府{1}建设情况报告
来源：某局{2}  发布日期：2024-01-31
一、主要{3}成效
办理{4}案件3{5}件，审结《某{6}条例 12件。
三、存在{7}不足
力度不够{8}。。
"""
COMMANDS = [["check"], ["check", "--format", "text", "seeds/{name}"], ["outline", "seeds/{name}"], ["figures", "seeds/{name}"], ["po", "seeds/{name}"], ["add", "{name}"], ["verify", "力度不够"]]  # fmt: skip


def moves(text: str) -> list[str]:
    turning = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    return [
        f"{ord(c):04x}"
        for c in text
        if (unicodedata.category(c) == "Cc" and c not in "\n\t") or unicodedata.bidirectional(c) in turning
    ]


@given(
    st.lists(st.one_of(st.sampled_from(["", *MOVING]), st.text(st.characters(categories=["Cc", "Cf"]), max_size=3)), min_size=9, max_size=9),
    st.sampled_from(["", "\x1b[31m", "\x9b2J", "\n::error::", "\u202e"]),
    st.sampled_from(["en_US.UTF-8", "zh_CN.UTF-8"]),
)  # fmt: skip
def test_nothing_that_is_printed_of_a_report_moves_a_terminal(inside, named, locale):
    runner, name = CliRunner(), f"a{named}.txt"
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("seeds").mkdir()
        for path in (Path("seeds") / name, Path(name)):
            path.write_text(TEXT.format(*inside), "utf-8", newline="")
        (Path("seeds") / f"b{named}.txt").write_bytes(b"")  # an error
        for command in COMMANDS:
            done = runner.invoke(main, [part.format(name=name) for part in command], env={"LC_ALL": locale})
            assert moves(done.output) == [], command
            assert not any(line.startswith("::error") for line in done.output.splitlines())
            assert done.exception is None or isinstance(done.exception, SystemExit), done.exception


@given(st.text())
def test_other_text_is_as_it_is_and_lines_stay(text):
    assert moves(on_terminal(text)) == []
    assert on_terminal(text).count("\n") == text.count("\n")
    if not moves(text) and "\u061c" not in text and "\u200e" not in text and "\u200f" not in text:
        assert on_terminal(text) == text


@pytest.mark.parametrize("seen", [True, False])
def test_data_is_exact_but_on_a_terminal(monkeypatch, capsys, seen):
    monkeypatch.setattr(terminal.sys.stdout, "isatty", lambda: seen, raising=False)
    terminal.put("a\x1b[31m\u202eb\n")
    out = capsys.readouterr().out
    assert (moves(out) == []) is seen and (seen or out == "a\x1b[31m\u202eb\n")


def test_a_name_is_no_second_command_of_a_workflow():
    runner = CliRunner()
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("a\n::set-env name=x::,b.txt").write_bytes(b"")
        done = runner.invoke(main, ["check", "a\n::set-env name=x::,b.txt"], env={"GITHUB_ACTIONS": "true"})
    (command,) = [line for line in done.output.splitlines() if line.startswith("::")]
    assert command.startswith("::error file=a") and "::set-env" not in done.output.replace(command, "").splitlines()


def test_what_is_redirected_is_utf8_wherever_the_machine_speaks_otherwise(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT.format(*[""] * 9), "utf-8")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON"))}
    for spoken in ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "gb2312"}):
        command = [sys.executable, "-c", "from baogao.cli import main; main()", "figures", "a.txt", "--format", "csv"]
        done = subprocess.run(command, cwd=tmp_path, env=clean | spoken, capture_output=True)
        assert done.returncode == 0, done.stderr
        assert "案件".encode() in done.stdout and b"\r\r" not in done.stdout
