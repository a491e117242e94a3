"""A process that does one piece of work at a time, and is ended where a piece takes too long or too much memory.

What it does is a function of a module and its arguments, pickled to it and back: both ends are this program. Of a
thread or of the process that leads nothing can be taken back that hangs in a library; of a process everything can.
It is no child of multiprocessing, because a worker of dask may have none, nor split off from the one that leads:
measured, that took twice the processor of one begun anew (the reason was not found).
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any

import psutil

from ..processes import alone

_LOOKS = 0.1  # seconds between two looks at how far it is
_MISSES = 0.5  # seconds in which it finds the one that leads gone


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
        self._process, self._to, self._from = _begun()
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
            pickle.dump((function, arguments), self._to)
            self._to.flush()
            value, raised = pickle.load(self._from)
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

    def end(self) -> None:
        """Whatever it does; who waits for it is told."""
        self._process.kill()

    def close(self) -> None:
        """End it, and let go of it."""
        self.end()
        for pipe in (self._to, self._from):
            with suppress(OSError):
                pipe.close()
        self._process.wait()


def _begun() -> tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes]]:
    """A process, where it is told what to do, and where it tells what came of it."""
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-P", "-m", "baogao.corpus.guarded"], stdin=pipe, stdout=pipe)
    assert process.stdin and process.stdout
    return process, process.stdin, process.stdout


class Pool:
    """The processes of this one: as many as work at a time."""

    def __init__(self) -> None:
        self._all: set[Guarded] = set()
        self._idle: list[Guarded] = []
        self._closed = False

    def _new(self) -> Guarded:
        made = Guarded()
        self._all.add(made)
        return made

    def answer(self, limits: Limits, function: Callable[..., Any], *arguments: Any) -> Any:
        """What the function gives, of a process that has nothing else to do, or Ended where it ended. One that died,
        and not for what this work took, is no fault of the work: it is tried once more."""
        for last in (False, True):
            if self._closed:
                break
            process = self._idle.pop() if self._idle else self._new()
            try:
                value = process.call(limits, function, *arguments)
            except EndedError as error:
                self._all.discard(process)
                if error.why is not Ended.DIED or last:
                    return error.why
            except BaseException:
                self._idle.append(process)
                raise
            else:
                self._idle.append(process)
                return value
        return Ended.DIED

    def close(self) -> None:
        """End all, whatever they do."""
        self._closed = True
        for process in tuple(self._all):
            process.end()
        while self._idle:
            self._idle.pop().close()


def _nothing(function: Callable[..., Any]) -> None:
    """To name a function is to import its module."""


def _end_with(leader: int) -> None:
    """Whatever is at work ends when the process that leads has ended, however it did. Of a thread that looks a regular
    expression would not let go; a signal it lets through."""

    def look(*_: object) -> None:
        if os.getppid() != leader:
            os._exit(1)

    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, look)
        signal.setitimer(signal.ITIMER_REAL, _MISSES, _MISSES)


def _serve(tasks: IO[bytes], back: IO[bytes]) -> None:
    """Work as long as there is some."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever leads was interrupted too, and ends this one
    alone()
    _end_with(os.getppid())
    while True:
        try:
            function, arguments = pickle.load(tasks)
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
    way_back = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the work prints goes where its errors go
    _serve(sys.stdin.buffer, way_back)
