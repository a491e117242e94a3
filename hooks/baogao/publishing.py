"""A corpus -> a site in shards with one front: what has changed is built by many processes, then all is laid in place.

Beside the site, in a hidden folder, every part has one of its own: what is built and waits to be laid, what the part as
it stands on the site was made of and hands over to the front, what its next build can take from this one. Nothing of
the site is touched before all parts are built; one that fails or hangs leaves its earlier self.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec
from yaml import YAMLError

from .corpus.engine import engine
from .corpus.guarded import Ended, Limits
from .corpus.shards import Shard, made_of, shards
from .corpus.store import locked
from .corpus.tasks import Engine, SchedulerLostError
from .model import Finding, ReportError
from .part_build import FAR, HANDED, MADE, SITE, Made, Task, build_front, build_shard, settings_of
from .publication.cache import libraries
from .staging import laid

_T = TypeVar("_T")
_PACKAGE = Path(__file__).parent
_SHARDS, _FRONT = "shards", "front"  # folders of what is built
_BUILDING, _WAITING = "building-", "waiting"  # in the folder of a part: what is being built, what is to be laid
_LAID_MADE, _LAID_HANDED = "laid.json", "laid.msgpack"  # what MADE and HANDED are once the part stands on the site


@dataclass(frozen=True, slots=True)
class PublishOrder:
    """What is to be published, and by whom."""

    corpus: Path
    out: Path
    by: str  # a key of shards.BY
    settings: Path  # mkdocs.yml
    scheduler: str = ""  # of a cluster; empty: this machine
    workers: int = 0  # processes at work on this machine; 0: one a core
    limits: Limits = Limits()  # of one part

    @property
    def beside(self) -> Path:
        """The folder of what is built and kept."""
        return self.out.parent / f".{self.out.name}.publish"


@dataclass(frozen=True, slots=True)
class PublishedSite:
    """What a run came to."""

    shards: int  # on the site
    built: int  # of these anew
    findings: tuple[Finding, ...]  # what is wrong
    said: tuple[str, ...]  # by MkDocs and the plugin, of parts that were built


class WatchedParts(Protocol):
    """Who gives parts back one by one sees them go by, and is told what those at work are at."""

    def __call__(self, parts: Iterable[_T], count: int, far: Callable[[], str], /) -> Iterator[_T]: ...


def publish(order: PublishOrder, watched: WatchedParts) -> PublishedSite:
    """Make the site of a corpus, or bring it up to date. Raises ReportError where it cannot be begun, or its front is
    not built: the site is then as it was."""
    out = order.out.as_posix()
    try:
        with locked(order.beside) as alone:
            if not alone:
                raise ReportError(Finding("corpus-busy", out, 0))
            return _published(order, shards(order.corpus, order.by), watched)
    except SchedulerLostError as error:
        raise ReportError(Finding("corpus-scheduler", order.scheduler, 0, str(error))) from error
    except OSError as error:
        raise ReportError(Finding("corpus-disk", error.filename or out, 0, error.strerror or str(error))) from error


def _published(order: PublishOrder, all_shards: Sequence[Shard], watched: WatchedParts) -> PublishedSite:
    general = _general(order.settings)
    with engine(order.scheduler, order.workers, order.limits) as work:
        built, wrong = _build(order, all_shards, general, work, watched)
        there = [shard.id for shard in all_shards if _handed(order, shard.id)]
        if not there:
            raise ReportError(*wrong)
        said = _front(order, there, work, watched)
    for id_ in there:
        _lay(_folder(order, id_), order.out / id_)
    _lay(order.beside / _FRONT, order.out, there)
    for folder in (order.beside / _SHARDS).iterdir():
        if folder.name not in {shard.id for shard in all_shards}:
            shutil.rmtree(folder)
    said += [line for id_ in there for line in _read(_folder(order, id_) / _LAID_MADE).said]
    return PublishedSite(len(there), built, tuple(wrong), tuple(dict.fromkeys(said)))


# ---- what is built


def _build(
    order: PublishOrder, all_shards: Sequence[Shard], general: bytes, work: Engine, watched: WatchedParts
) -> tuple[int, list[Finding]]:
    """Have every shard built that is made of something else now: how many were, and what is wrong."""
    wrong, tasks = list[Finding](), list[tuple[Task, Shard]]()
    for shard in all_shards:
        made_of_it, gone = made_of(shard)
        wrong += gone
        key = sha256(general + made_of_it).hexdigest()
        if len(gone) < len(shard.files) and not _is_built(order, shard.id, key):
            tasks.append((_task(order, _folder(order, shard.id), key), shard))
    built = 0
    done = work.each(build_shard, tasks, len(tasks))
    for place, answer in watched(done, len(tasks), lambda: _far([(shard.id, task) for task, shard in tasks])):
        task, shard = tasks[place]
        if failure := _failure(shard.id, answer, order.limits):
            wrong.append(failure)
        else:
            _wait(task, _folder(order, shard.id))
            built += 1
    return built, wrong


def _front(order: PublishOrder, there: Sequence[str], work: Engine, watched: WatchedParts) -> list[str]:
    """Have the front built: what there was to tell. Raises ReportError."""
    handed = [str(path.resolve()) for id_ in there if (path := _handed(order, id_))]
    task = _task(order, order.beside / _FRONT, "front")
    done = work.each(build_front, [(task, handed, order.by)], 1)
    ((_, answer),) = watched(done, 1, lambda: _far([(_FRONT, task)]))
    if failure := _failure(_FRONT, answer, order.limits):
        raise ReportError(failure)
    tops = {path.partition("/")[0] for path in answer.files}
    if taken := sorted(tops & {*there}):
        raise ReportError(*(Finding("publish-folder", order.out.as_posix(), 0, id_) for id_ in taken))
    _wait(task, order.beside / _FRONT)
    return list(answer.said)


def _task(order: PublishOrder, folder: Path, key: str) -> Task:
    """A part to be built in a new folder of its own; those of runs that were ended are taken away."""
    for left in folder.glob(f"{_BUILDING}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    into = tempfile.mkdtemp(prefix=_BUILDING, dir=folder)
    settings, new, cache = (path.resolve().as_posix() for path in (order.settings, Path(into), folder / "cache"))
    return Task(settings, new, cache, key)  # whole paths: who does it may work in another folder


def _wait(task: Task, folder: Path) -> None:
    """What was built waits to be laid."""
    shutil.rmtree(folder / _WAITING, ignore_errors=True)
    Path(task.into).rename(folder / _WAITING)


def _far(tasks: Sequence[tuple[str, Task]]) -> str:
    """What those at work are at, as each has written it down."""
    at = list[str]()
    for name, task in tasks:
        with suppress(OSError):
            at.append(f"{name}: {Path(task.into, FAR).read_text('utf-8')}")
    return ", ".join(at)


def _failure(part: str, answer: Made | Ended | str, limits: Limits) -> Finding | None:
    expected = {Ended.SLOW: f"{limits.seconds:g}", Ended.LARGE: str(limits.megabytes), Ended.DIED: ""}
    if isinstance(answer, Ended):
        return Finding(f"publish-{answer}", part, 0, "", expected[answer])
    return Finding("publish-failed", part, 0, answer) if isinstance(answer, str) else None


def _general(settings: Path) -> bytes:
    """A hash of what every part is made of: the program, the settings, the templates of the site's own. Raises
    ReportError."""
    try:
        said = settings_of(settings)
    except (OSError, ValueError, YAMLError) as error:
        raise ReportError(Finding("publish-settings", settings.as_posix(), 0, str(error))) from error
    own = (said.get("theme") or {}).get("custom_dir") if isinstance(said.get("theme"), dict) else None
    hashed = sha256(libraries() + json.dumps(said, default=str, sort_keys=True).encode())
    for folder in (_PACKAGE, *([settings.parent / own] if own else [])):
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            hashed.update(path.relative_to(folder).as_posix().encode() + sha256(path.read_bytes()).digest())
    return hashed.digest()


# ---- where it stands


def _folder(order: PublishOrder, id_: str) -> Path:
    return order.beside / _SHARDS / id_


def _is_laid(order: PublishOrder, id_: str) -> bool:
    return _read(_folder(order, id_) / _LAID_MADE).key != "" and (order.out / id_ / "index.html").is_file()


def _is_built(order: PublishOrder, id_: str, key: str) -> bool:
    """Whether what stands on the site, or waits to be laid there, is made of this."""
    waiting = _read(_folder(order, id_) / _WAITING / MADE)
    if waiting.key:
        return waiting.key == key
    return _is_laid(order, id_) and _read(_folder(order, id_) / _LAID_MADE).key == key


def _handed(order: PublishOrder, id_: str) -> Path | None:
    """What the shard that will stand on the site hands over; None where none will."""
    folder = _folder(order, id_)
    if _read(folder / _WAITING / MADE).key:
        return folder / _WAITING / HANDED
    return folder / _LAID_HANDED if _is_laid(order, id_) else None


def _lay(folder: Path, target: Path, beside: Sequence[str] = ()) -> None:
    """Put a part that waits into its place; one that was ended in the middle of that is put there to the end."""
    waiting = folder / _WAITING
    made = _read(waiting / MADE)
    if made.key:
        if (waiting / SITE).is_dir():
            target.mkdir(parents=True, exist_ok=True)
            laid(waiting / SITE, target, beside, [Path(path) for path in made.files])
        if (waiting / HANDED).exists():
            (waiting / HANDED).replace(folder / _LAID_HANDED)
        (waiting / MADE).replace(folder / _LAID_MADE)
        shutil.rmtree(waiting)


def _read(path: Path) -> Made:
    """What a part was made of; one of no key where nothing stands there."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Made)
    except (OSError, msgspec.MsgspecError):
        return Made("", (), ())
