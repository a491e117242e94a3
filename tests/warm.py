"""MkDocs in a process of its own, without waiting each time until a process has imported it: it is split off one that has.

As with `python -m mkdocs`, nothing that a build does is known to the next, but for the templates that it compiled. The
package itself is imported anew from the folder that is built, as hooks/publish.py does.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class Warm:
    """A process that has imported MkDocs and splits off others; it ends with the one that made it."""

    def __init__(self) -> None:
        command, pipe = [sys.executable, __file__], subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)

    def run(
        self, code: str, arguments: Sequence[str], cwd: Path, env: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """What `python -c code arguments` says when run in a folder, and how it ends."""
        assert self._process.stdin and self._process.stdout
        with tempfile.TemporaryDirectory() as said:
            order = {"code": code, "arguments": [*arguments], "cwd": str(cwd), "env": {**env}, "said": said}
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            ended = int(self._process.stdout.readline())
            out, err = ((Path(said) / name).read_text("utf-8") for name in ("out", "err"))
        return subprocess.CompletedProcess([code, *arguments], ended, out, err)

    def close(self) -> None:
        self._process.communicate()


def _work(order: dict[str, Any]) -> int:
    """In the process that was split off, which has five minutes."""
    signal.alarm(300)
    for number, name in enumerate(("/dev/null", "out", "err")):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT
        os.dup2(os.open(Path(order["said"]) / name, flags), number)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    sys.argv = ["-c", *order["arguments"]]
    ended: object = 0
    try:
        exec(compile(order["code"], "<string>", "exec"), {"__name__": "__main__"})
    except SystemExit as exit:
        ended = exit.code
        if isinstance(ended, str):
            print(ended, file=sys.stderr)
            ended = 1
    except BaseException:
        traceback.print_exc()
        ended = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return int(ended or 0)


def _wait_for_orders(folder: str) -> None:
    import baogao.plugin  # noqa: F401  and with it whatever the package is made with
    import jinja2
    import mkdocs.__main__  # noqa: F401

    # Jinja keeps what it compiled under the hash of its source: MkDocs' and Material's templates, a tenth of a build.
    kept = jinja2.FileSystemBytecodeCache(folder)
    jinja2.Environment.__init__ = functools.partialmethod(jinja2.Environment.__init__, bytecode_cache=kept)  # type: ignore
    gc.set_threshold(100_000, 50, 100)  # as in conftest.py
    gc.freeze()  # what is imported stays
    for name in [name for name in sys.modules if name.partition(".")[0] == "baogao"]:
        del sys.modules[name]
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_work(json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        _wait_for_orders(folder)
