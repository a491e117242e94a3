"""Work that several processes share: many pieces, each made without the others, the same result in the same order.

Only Linux can split off a process safely that has all that was read, and only while there is one thread; elsewhere, and
for few pieces, they are made one after another.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol, TypeVar

_T = TypeVar("_T")


class Watched(Protocol):
    """Who gives the pieces of long work back one by one sees them go by, and can tell how far it is."""

    def __call__(self, pieces: Iterable[_T], count: int, /) -> Iterator[_T]: ...


def unwatched(pieces: Iterable[_T], count: int) -> Iterator[_T]:
    """Nobody looks."""
    yield from pieces


_alone = False


def alone() -> None:
    """From now on this process splits off none: it is itself one of many that work at a time, and may be ended."""
    global _alone
    _alone = True


_shared: Callable[[int], Any]  # what a process that was split off takes with it


def shared(work: Callable[[int], _T], count: int, at_once: int = 1) -> Iterator[_T]:
    """work(0), work(1) and so on up to `count`; a process is given `at_once` of them at a time, as few as are worth its
    start. `work` may change nothing that is looked at afterwards; what it gives is pickled. What it raises is raised.
    """
    global _shared
    _shared = work
    done = 0
    workers = min(_workers(), count // max(at_once, 1) // 2)
    if workers > 1:
        try:
            with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
                for made in pool.map(_do, range(count), chunksize=at_once):
                    yield made
                    done += 1
        except (BrokenProcessPool, BlockingIOError):
            pass  # no process could be split off, or one was killed, for want of memory perhaps: the rest is done here
    for number in range(done, count):
        yield work(number)


def _do(number: int) -> Any:
    return _shared(number)


def can_split() -> bool:
    """Whether this process can split off others safely, that have all it has read."""
    return not _alone and sys.platform == "linux" and threading.active_count() == 1


def _workers() -> int:
    """How many processes can work at a time; 1 where none can be split off."""
    return len(os.sched_getaffinity(0)) if can_split() else 1
