"""An engine that gives its tasks to the workers of a cluster, by dask.

Each thread of a worker has one process of its own, in which the work is done (guarded.py).
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from distributed import Client, Future, KilledWorker

from .guarded import Ended, Limits, Pool
from .tasks import Engine, SchedulerLostError

_AHEAD = 2  # batches on their way for each thread that works: one at work, one that waits there
_TOGETHER = 8  # tasks in a batch at most: to give one away takes as long as a fifth of a short report
_Batch = list[tuple[int, tuple[Any, ...]]]  # tasks, each with its place
_Waiting = Iterator[tuple[int, tuple[Any, ...]]]
_LOOKS = 1.0  # seconds between two looks at whether the scheduler is still there

_POOL = Pool()  # on a worker: the processes of its threads


class _Cluster:
    """A scheduler and its workers."""

    def __init__(self, connect: Callable[[], Client], limits: Limits, patience: float) -> None:
        self._connect, self._limits, self._patience = connect, limits, patience
        self._client: Client | None = None

    def each(
        self, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]], count: int
    ) -> Iterator[tuple[int, Any]]:
        """Where the scheduler is lost, what was on its way is given to it again once it is back, for as long as there
        is patience; then SchedulerLostError is raised."""
        waiting = enumerate(tasks)
        left: dict[int, _Batch] = {}
        lost = 0.0
        while True:
            try:
                for place, value in self._each(function, waiting, left, count):
                    lost = 0.0
                    yield place, value
                return
            except (SchedulerLostError, OSError) as error:
                self.close()
                lost = lost or time.monotonic()
                if time.monotonic() - lost > self._patience:
                    raise SchedulerLostError(str(error)) from error
                time.sleep(_LOOKS)

    def _each(
        self, function: Callable[..., Any], waiting: _Waiting, left: dict[int, _Batch], count: int
    ) -> Iterator[tuple[int, Any]]:
        """`left`: what is on its way, by the place of its first task, which a new scheduler is given first."""
        client = self._client = self._client or self._connect()
        done: queue.SimpleQueue[tuple[int, Future[Any]]] = queue.SimpleQueue()
        futures: dict[int, Future[Any]] = {}

        def give(batch: _Batch) -> None:
            place = batch[0][0]
            left[place] = batch
            futures[place] = client.submit(_guarded, self._limits, function, [task for _, task in batch], pure=False)
            futures[place].add_done_callback(lambda future: done.put((place, future)))

        for batch in tuple(left.values()):
            give(batch)
        looked, room, together = 0.0, 0, 1
        while True:
            if time.monotonic() - looked > _LOOKS:
                threads, looked = _threads(client), time.monotonic()
                room, together = threads * _AHEAD, max(1, min(_TOGETHER, count // (threads * 8 or 1)))
            while len(futures) < room and (batch := list(islice(waiting, together))):
                give(batch)
            if not futures and room:
                return
            try:
                place, future = done.get(timeout=_LOOKS)
            except queue.Empty:
                if client.status != "running" or any(one.status in ("lost", "cancelled") for one in futures.values()):
                    raise SchedulerLostError(client.status) from None
                continue
            values = _given(future)
            del futures[place]
            batch = left.pop(place)
            if values is None and len(batch) > 1:  # one of them takes down the workers: which, is seen one by one
                for one in batch:
                    give([one])
                continue
            for (number, _), value in zip(batch, values or [Ended.DIED], strict=True):
                yield number, value

    def close(self) -> None:
        """Let go of the scheduler."""
        if self._client:
            self._client.close(timeout=_LOOKS)
            self._client = None


def _threads(client: Client) -> int:
    """How many tasks can be done at a time: workers come and go."""
    try:
        return sum(client.nthreads().values())
    except Exception as error:  # dask raises whatever the connection does
        raise SchedulerLostError(str(error)) from error


def _given(future: Future[Any]) -> list[Any] | None:
    """What a batch gave; None where it took down one worker after the other."""
    if future.status in ("lost", "cancelled"):
        raise SchedulerLostError(future.status)
    try:
        values: list[Any] = future.result(timeout=60)
    except KilledWorker:
        return None
    return values


def _guarded(limits: Limits, function: Callable[..., Any], tasks: list[tuple[Any, ...]]) -> list[Any]:
    """On a worker: the work itself is done in a process that can be ended."""
    return [_POOL.answer(limits, function, *task) for task in tasks]


@contextmanager
def cluster(scheduler: str, limits: Limits, patience: float) -> Iterator[Engine]:
    """The one whose scheduler is at an address. `patience`: seconds in which a scheduler that is lost may come back."""
    made = _Cluster(lambda: Client(scheduler, timeout=10, set_as_default=False), limits, patience)
    try:
        yield made
    finally:
        made.close()
