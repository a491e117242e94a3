"""How far long work is: a bar on a terminal, a line every ten reports elsewhere, nothing where it is soon done."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from .messages import spoken
from .wording.words import Words

_T = TypeVar("_T")
_SOON = 5.0  # seconds to go, of which nobody needs to be told
_BAR, _LINE = 1.0, 10.0  # seconds between two looks at pieces that take long: for a bar, for a line
_REPORTS, _PAGES, _FILES = 10, 500, 100  # after how many there is a line where there is no terminal


class Progress:
    """Who watches the pieces of long work go by. `say` is given each line where there is no terminal; without it
    nothing is told at all. `lines`: lines are wanted on a terminal, too."""

    def __init__(
        self, say: Callable[[str], None] | None, clock: Callable[[], float] = time.monotonic, lines: bool = False
    ) -> None:
        self._say = say
        self._clock = clock
        self._lines = lines
        self._words = Words(spoken(os.environ))

    def reading(self, reports: Iterable[_T], count: int) -> Iterator[_T]:
        """Reports while they are read."""
        words = self._words
        return self._watched(reports, count, words("progress_reading"), _REPORTS)

    def checking(self, reports: Iterable[_T], count: int) -> Iterator[_T]:
        """Reports while they are checked."""
        words = self._words
        return self._watched(reports, count, words("progress_checking"), _REPORTS)

    def writing(self, reports: Iterable[_T], count: int) -> Iterator[_T]:
        """Reports, once in each language, while their pages are written."""
        words = self._words
        return self._watched(reports, count, words("progress_writing"), _REPORTS)

    def converting(self, pages: Iterable[_T], count: int) -> Iterator[_T]:
        """Pages while they are converted."""
        words = self._words
        return self._watched(pages, count, words("progress_converting"), _PAGES)

    def building(self, files: Iterable[_T], count: int, failed: Callable[[_T], bool]) -> Iterator[_T]:
        """Files while a corpus is made of them: how many a second, how long it will take, how many failed so far."""
        failures = done = 0
        begun, words = self._clock(), self._words

        def said() -> str:
            rate = done / max(self._clock() - begun, 0.001)
            return words("progress_corpus_far", rate=f"{rate:.1f}", n=failures)

        def counted() -> Iterator[_T]:
            nonlocal failures, done
            for one in files:
                done += 1
                failures += failed(one)
                yield one

        return self._watched(counted(), count, words("progress_corpus"), _FILES, said)

    def publishing(self, parts: Iterable[_T], count: int, far: Callable[[], str]) -> Iterator[_T]:
        """Parts of a site while they are built, each of which may take long; `far`: what those at work are at."""
        if self._say is None:
            yield from parts
            return
        words, say, done, told = self._words, self._say, 0, ""
        what = words("progress_publishing")

        def tell() -> None:
            nonlocal told
            line = " ".join(filter(None, (f"{what}: {done}/{count}", far())))
            if line != told:
                say(told := line)

        bar: Any
        with click.progressbar(
            length=count, label=what, file=sys.stderr, hidden=True, item_show_func=lambda _: far() or None
        ) as bar:

            def show() -> None:
                bar.hidden = False
                bar.render_progress()

            with _every(_BAR, show) if self._on_terminal() else _every(_LINE, tell):
                for part in parts:
                    yield part
                    done += 1
                    bar.update(1)

    def _on_terminal(self) -> bool:
        return sys.stderr.isatty() and not self._lines

    def _watched(
        self, pieces: Iterable[_T], count: int, what: str, every: int, said: Callable[[], str] = lambda: ""
    ) -> Iterator[_T]:
        """The pieces as they are; what is told of them comes once more than _SOON is left to do. `said`: what else."""
        if self._say is None:
            yield from pieces
            return
        begun, terminal = self._clock(), self._on_terminal()
        bar: Any
        with click.progressbar(
            length=count, label=what, file=sys.stderr, hidden=True, item_show_func=lambda _: said() or None
        ) as bar:
            for done, piece in enumerate(pieces, 1):
                yield piece
                long = (self._clock() - begun) / done * (count - done) > _SOON
                if terminal:
                    bar.hidden = bar.hidden and not long
                    bar.update(1)
                elif long and done % every == 0:
                    self._say(" ".join(filter(None, (f"{what}: {done}/{count}", said()))))


@contextmanager
def _every(seconds: float, do: Callable[[], None]) -> Iterator[None]:
    """Do it again and again meanwhile."""
    done = threading.Event()

    def go() -> None:
        while not done.wait(seconds):
            do()

    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
