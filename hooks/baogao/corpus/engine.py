"""The engine that an order asks for: processes of this machine, or by dask those of a cluster."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any

from .guarded import Limits, Pool
from .tasks import Engine

_AHEAD = 2  # tasks on their way for each process: one at work, one that waits there


class _Machine:
    """This one. Its threads wait for processes, each for one."""

    def __init__(self, workers: int, limits: Limits, pool: Pool) -> None:
        self._workers, self._limits, self._pool = workers, limits, pool

    def each(
        self, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]], count: int
    ) -> Iterator[tuple[int, Any]]:
        waiting = enumerate(tasks)
        done: queue.SimpleQueue[tuple[int, Future[Any]]] = queue.SimpleQueue()
        threads = ThreadPoolExecutor(self._workers)

        def give(number: int) -> int:
            given = 0
            for place, task in islice(waiting, number):
                future = threads.submit(self._pool.answer, self._limits, function, *task)
                future.add_done_callback(lambda future, place=place: done.put((place, future)))  # type: ignore[misc]
                given += 1
            return given

        try:
            on_their_way = give(self._workers * _AHEAD)
            while on_their_way:
                place, future = done.get()
                on_their_way += give(1) - 1
                yield place, future.result()
        except BaseException:
            self._pool.close()  # nobody waits for what is at work
            raise
        finally:
            threads.shutdown(cancel_futures=True)


@contextmanager
def engine(scheduler: str, workers: int, limits: Limits, patience: float = 300.0) -> Iterator[Engine]:
    """Of the scheduler at an address; where there is none, of this machine: this process leads, and as many others
    work. `patience`: seconds in which a scheduler that is lost may come back."""
    if scheduler:
        from .cluster import cluster  # dask takes as long to import as twenty reports to read

        with cluster(scheduler, limits, patience) as made:
            yield made
        return
    pool = Pool()
    try:
        yield _Machine(workers or cores(), limits, pool)
    finally:
        pool.close()


def cores() -> int:
    """How many processes can work at a time here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
