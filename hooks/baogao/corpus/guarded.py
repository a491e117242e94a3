"""A process that does one piece of work at a time, and is ended where a piece takes too long or too much memory.

What it does is a function of a module and its arguments, pickled to it and back: both ends are this program. Of a
thread or of the process that leads nothing can be taken back that hangs in a library; of a process everything can.
Where it can be, it is split off from the one that leads, with all that was imported there; else it is a program of its
own, not of multiprocessing, because a worker of dask may have no child of that.
"""

from __future__ import annotations

import gc
import multiprocessing
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

from ..processes import alone, can_split

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
        self._process, self._to, self._from = _split_off() if can_split() else _begun()
        assert self._process.pid
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
        if isinstance(self._process, subprocess.Popen):
            self._process.wait()
        else:
            self._process.join()


_Process = subprocess.Popen[bytes] | multiprocessing.process.BaseProcess
_Ends = tuple[_Process, IO[bytes], IO[bytes]]  # what is told it, what it tells


def _begun() -> _Ends:
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-P", "-m", "baogao.corpus.guarded"], stdin=pipe, stdout=pipe)
    assert process.stdin and process.stdout
    return process, process.stdin, process.stdout


def _split_off() -> _Ends:
    (its_from, to), (from_, its_to) = os.pipe(), os.pipe()
    process = multiprocessing.get_context("fork").Process(target=_apart, args=(its_from, its_to), daemon=True)
    process.start()
    os.close(its_from)
    os.close(its_to)
    return process, os.fdopen(to, "wb"), os.fdopen(from_, "rb")


def _apart(from_: int, to: int) -> None:
    """In a process that was split off. What else is open there is the leader's: its lock would be held beyond its end,
    and the pipes of the others, who would not see it end."""
    low, high = sorted((from_, to))
    for first, last in ((3, low), (low + 1, high), (high + 1, os.sysconf("SC_OPEN_MAX"))):
        os.closerange(first, last)
    os.dup2(2, 1)
    gc.freeze()  # what was imported stays: no collection need look at it, and its pages stay shared
    _serve(os.fdopen(from_, "rb"), os.fdopen(to, "wb"))


class Pool:
    """The processes of this one: as many as work at a time."""

    def __init__(self) -> None:
        self._all: set[Guarded] = set()
        self._idle: list[Guarded] = []
        self._closed = False

    def split(self, workers: int) -> None:
        """Have so many processes, if they can be split off: before there are threads, none but these can be."""
        if can_split():
            self._idle += [self._new() for _ in range(workers)]

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
