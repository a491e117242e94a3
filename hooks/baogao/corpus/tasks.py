"""Tasks, and what does them: tasks -> what they give, as each is done.

A task is a function of values and its arguments; it does nothing but give a value, so that one whose process was lost
is done again elsewhere. Only as many are on their way as keep those that work busy, whatever their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol


class SchedulerLostError(Exception):
    """Nothing of what was on its way will come; what is done is done."""


class Engine(Protocol):
    """What does the tasks."""

    def each(
        self, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]], count: int
    ) -> Iterator[tuple[int, Any]]:
        """The place of each task among them, and what the function gives, or Ended where its process was; as they are
        done. `count`: how many there are. Raises SchedulerLostError."""
