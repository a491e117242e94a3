"""Tasks -> what they give, as each is done, by dask: on all cores of this machine, or on those of a cluster.

A task is a function of values and its arguments; it does nothing but give a value, so that one whose worker was lost is
done again elsewhere. Only as many are on their way as keep the workers busy, whatever their number.
"""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import dask
from distributed import Client, Future, KilledWorker, LocalCluster

from .guarded import POOL, Ended, EndedError, Limits

_AHEAD = 2  # batches on their way for each thread that works: one at work, one that waits there
_TOGETHER = 8  # tasks in a batch at most: to give one away takes as long as a fifth of a short report
_Batch = list[tuple[int, tuple[Any, ...]]]  # tasks, each with its place
_Waiting = Iterator[tuple[int, tuple[Any, ...]]]
_UNWATCHED = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.interval": "60s",
    "distributed.admin.tick.interval": "1s",
    "distributed.scheduler.work-stealing": False,
}
_LOOKS = 1.0  # seconds between two looks at whether the scheduler is still there


class SchedulerLostError(Exception):
    """Nothing of what was on its way will come; what is done is done."""


class Engine:
    """What does the tasks."""

    def __init__(self, connect: Callable[[], Client], limits: Limits, patience: float) -> None:
        self._connect, self._limits, self._patience = connect, limits, patience
        self._client: Client | None = None

    def each(
        self, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]], count: int
    ) -> Iterator[tuple[int, Any]]:
        """The place of each task among them, and what the function gives, or Ended where its process was; as they are
        done. `count`: how many there are. Where the scheduler is lost, what was on its way is given to it again once it
        is back, for so long as there is patience; then SchedulerLostError is raised."""
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
    return [_ended_or_done(limits, function, task) for task in tasks]


def _ended_or_done(limits: Limits, function: Callable[..., Any], task: tuple[Any, ...]) -> Any:
    try:
        return POOL.call(limits, function, *task)
    except EndedError as error:
        return error.why


@contextmanager
def engine(scheduler: str, workers: int, limits: Limits, patience: float = 300.0) -> Iterator[Engine]:
    """Of the scheduler at an address; where there is none, of this machine: this process leads, and as many others
    work. `patience`: seconds in which a scheduler that is lost may come back."""
    if scheduler:
        made = Engine(lambda: Client(scheduler, timeout=10, set_as_default=False), limits, patience)
        try:
            yield made
        finally:
            made.close()
        return
    # The workers are threads of this process: what they wait for are processes of their own. What dask looks at so as
    # to show it takes as much of the processor as the tasks it gives out, and nothing of it is shown.
    settings = {"n_workers": 1, "threads_per_worker": workers or cores(), "processes": False, "memory_limit": 0}
    with dask.config.set(_UNWATCHED), LocalCluster(dashboard_address=None, silence_logs=50, **settings) as cluster:
        made = Engine(lambda: Client(cluster, set_as_default=False), limits, 0.0)
        try:
            yield made
        finally:
            made.close()
            POOL.close()


def cores() -> int:
    """How many processes can work at a time here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
