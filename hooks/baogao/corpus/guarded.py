"""A process that does one piece of work at a time, and is ended where a piece takes too long or too much memory.

What it does is a function of a module and its arguments, pickled to it and back: both ends are this program. Of a
thread or of the process that leads nothing can be taken back that hangs in a library; of a process everything can.
It is no child of multiprocessing, because a worker of dask may have none.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import psutil

_LOOKS = 0.1  # seconds between two looks at how far it is


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take."""

    seconds: float = 120.0  # of the processor; of the clock ten times as many: a machine may have much else to do
    megabytes: int = 768  # of memory, that of the process included, which takes 150


class Ended(StrEnum):
    """Why a process ended before its work was done."""

    SLOW = "slow"
    LARGE = "large"
    DIED = "died"  # whatever ended it: the system for want of memory, a fault of a library, somebody


class EndedError(Exception):
    """The process ended; the next piece of work has a new one."""

    def __init__(self, why: Ended) -> None:
        super().__init__(why)
        self.why = why


class Guarded:
    """Such a process. It ends with the one that made it."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen([sys.executable, "-P", "-m", "baogao.corpus.guarded"], stdin=pipe, stdout=pipe)
        self._watched = psutil.Process(self._process.pid)
        self._ready = False

    def call(self, limits: Limits, function: Callable[..., Any], *arguments: Any) -> Any:
        """What the function gives. Raises EndedError, and what the function raises. What it takes to begin the process
        is not counted."""
        if not self._ready:
            self._exchange(Limits(600.0), _nothing, function)
            self._ready = True
        return self._exchange(limits, function, *arguments)

    def _exchange(self, limits: Limits, function: Callable[..., Any], *arguments: Any) -> Any:
        done, why = threading.Event(), [Ended.DIED]
        watch = threading.Thread(target=self._watch, args=(limits, done, why), daemon=True)
        watch.start()
        try:
            assert self._process.stdin and self._process.stdout
            pickle.dump((function, arguments), self._process.stdin)
            self._process.stdin.flush()
            value, raised = pickle.load(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.close()
            raise EndedError(why[0]) from error
        finally:
            done.set()
            watch.join()
        if raised is not None:
            raise raised
        return value

    def _watch(self, limits: Limits, done: threading.Event, why: list[Ended]) -> None:
        with suppress(psutil.Error):
            begun, worked = time.monotonic(), self._worked()
            while not done.wait(_LOOKS):
                slow = self._worked() - worked > limits.seconds or time.monotonic() - begun > 10 * limits.seconds
                large = self._watched.memory_info().rss > limits.megabytes * 1_000_000
                if slow or large:
                    why[0] = Ended.SLOW if slow else Ended.LARGE
                    self._process.kill()
                    return

    def _worked(self) -> float:
        """Seconds of the processor so far."""
        times = self._watched.cpu_times()
        return float(times.user + times.system)

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        self._process.wait()


class Pool:
    """The processes of this one: as many as work at a time."""

    def __init__(self) -> None:
        self._idle: list[Guarded] = []

    def call(self, limits: Limits, function: Callable[..., Any], *arguments: Any) -> Any:
        """What the function gives, of a process that has nothing else to do. Raises EndedError. One that died, and not
        for what this work took, is no fault of the work: it is tried once more."""
        for last in (False, True):
            process = self._idle.pop() if self._idle else Guarded()
            try:
                value = process.call(limits, function, *arguments)
            except EndedError as error:
                if error.why is not Ended.DIED or last:
                    raise
            except BaseException:
                self._idle.append(process)
                raise
            else:
                self._idle.append(process)
                return value
        raise AssertionError

    def close(self) -> None:
        """End all that have nothing to do."""
        while self._idle:
            self._idle.pop().close()


POOL = Pool()


def _nothing(function: Callable[..., Any]) -> None:
    """To name a function is to import its module."""


def _serve() -> None:
    """Work as long as there is some. What the work prints goes where its errors go: stdout is the way back."""
    back, stdin = os.fdopen(os.dup(1), "wb"), sys.stdin.buffer
    os.dup2(2, 1)
    while True:
        try:
            function, arguments = pickle.load(stdin)
        except EOFError:
            return
        answer: tuple[Any, Exception | None]
        try:
            answer = function(*arguments), None
        except Exception as error:
            answer = None, error
        pickle.dump(answer, back)
        back.flush()


if __name__ == "__main__":
    _serve()
