"""A part of a site in shards -> its files, by MkDocs: each a task of a process of its own.

Each is built in a new folder, which nobody else writes: where the run that asked for it is ended, its process may work
on for a while, and what it makes then is nobody's.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load

from .corpus.shards import Shard, read
from .processes import Watched
from .progress import Progress
from .publication.cache import Cache
from .publication.folder import Shelf
from .site.front import HandedOver, front, handed_over, shard_of, to_front
from .site.site import Given, Site, SitePart, assembled, whole
from .staging import files_of

_HOOK = Path(__file__).parent.parent / "publish.py"
_UP = ".."  # from the folder of a shard
SITE, HANDED, MADE = "site", "handed.msgpack", "made.json"  # in that folder; MADE is written last
FAR = "far.txt"  # there too: what a build is at, for those who wait


@dataclass(frozen=True, slots=True)
class Made:
    """What a part that is built was made of, and is."""

    key: str
    files: tuple[str, ...]  # of the site, from its folder
    said: tuple[str, ...]  # what there was to tell


@dataclass(frozen=True, slots=True)
class Task:
    """A part to be built."""

    settings: str  # the path of mkdocs.yml
    into: str  # the new folder
    cache: str  # the folder of what earlier builds of the part made
    key: str


def build_shard(task: Task, shard: Shard) -> Made | str:
    """A shard; in place of one that could not be built, why."""
    return _made_or_why(lambda: _shard(task, shard))


def _shard(task: Task, shard: Shard) -> Made:
    part, folder = ShardPart(shard), Path(task.into)
    empty = folder / "docs"
    empty.mkdir()
    said = _built(task, part, shard.id, empty)
    assert part.handed
    (folder / HANDED).write_bytes(msgspec.msgpack.encode(part.handed))
    return _kept(task, said)


def build_front(task: Task, handed: Sequence[str], by: str) -> Made | str:
    """The front, likewise. `handed`: the paths of what shards handed over, in their order; `by`: what they are
    parted by, as in shards.BY."""
    return _made_or_why(lambda: _front(task, handed, by))


def _front(task: Task, handed: Sequence[str], by: str) -> Made:
    parts = [msgspec.msgpack.decode(Path(path).read_bytes(), type=HandedOver) for path in handed]
    return _kept(task, _built(task, FrontPart(parts, by), "", None))


def _made_or_why(make: Callable[[], Made]) -> Made | str:
    try:
        return make()
    except MkDocsException as error:
        return str(error)
    except MemoryError:
        raise
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error}, {Path(at.filename).name}:{at.lineno}"


def _kept(task: Task, said: Iterable[str]) -> Made:
    folder = Path(task.into)
    (folder / FAR).unlink(missing_ok=True)
    made = Made(task.key, tuple(sorted(path.as_posix() for path in files_of(folder / SITE))), tuple(said))
    (folder / MADE).write_bytes(msgspec.json.encode(made))
    return made


# ---- what each part is


class ShardPart:
    """A shard: a whole site but for the pages its front has in its place."""

    beside = (_UP,)

    def __init__(self, shard: Shard) -> None:
        self._shard = shard
        self.handed: HandedOver | None = None

    def shelf(self, cache: Path, watched: Watched) -> Shelf:
        """The reports of the shard."""
        remembered = Cache(cache)
        shelf = read(self._shard.files, remembered, watched)
        remembered.forget_others()
        return shelf

    def site(self, given: Given) -> Site:
        """Without the page of the search, and what it searches with."""
        site = whole(*given, called=self._shard.called)
        self.handed = handed_over(self._shard.id, self._shard.called, given.publications, site)
        return shard_of(site)

    def led(self, html: str, here: str) -> str:
        """To the front lead the links to the first page and the search, and the script of the search."""
        return to_front(html, here)


class FrontPart:
    """The front of all shards."""

    def __init__(self, parts: Sequence[HandedOver], by: str) -> None:
        self._parts, self._by = parts, by

    @property
    def beside(self) -> tuple[str, ...]:
        """The shards."""
        return tuple(part.shard for part in self._parts)

    def shelf(self, cache: Path, watched: Watched) -> Shelf:
        """It has no report of its own."""
        return Shelf((), ())

    def site(self, given: Given) -> Site:
        """The pages over all shards and those written by hand."""
        made = front(self._parts, self._by, given.accuracy, given.site_url)
        return assembled(made, (), given.hand_written, given.convert, given.written_in, given.remembered)

    def led(self, html: str, here: str) -> str:
        """Its links lead where they say."""
        return html


# ---- by MkDocs


def _built(task: Task, part: SitePart, below: str, docs: Path | None) -> list[str]:
    """The site of a part in its folder, and what MkDocs had to tell. `below`: the folder of the part on the site."""
    with _heard() as said:
        config = _settings(task, below, docs)
        plugin: Any = config.plugins["baogao"]
        plugin.part = part
        plugin.progress = Progress(partial(_write_far, Path(task.into, FAR)), lines=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    return said


def _write_far(path: Path, line: str) -> None:
    path.write_text(line, "utf-8")


def settings_of(path: Path) -> dict[str, Any]:
    """What mkdocs.yml says, variables of the environment filled in. Raises OSError, and yaml.YAMLError where it is no
    YAML."""
    with path.open("rb") as file:
        return dict(yaml_load(file))


def _settings(task: Task, below: str, docs: Path | None) -> MkDocsConfig:
    """Those of the site, but for where a part is made and of what. In a checkout the hook gives way to the plugin that
    it stands for."""
    path = Path(task.settings)
    said = settings_of(path)
    options = dict((said.get("extra") or {}).get("baogao") or {})
    plugins = [dict([one]) if isinstance(one, tuple) else one for one in _listed(said.get("plugins"))]
    others = [one for one in plugins if _name(one) != "baogao"]
    for one in plugins:
        options |= dict(one["baogao"] or {}) if isinstance(one, dict) and "baogao" in one else {}
    options = {key: value for key, value in options.items() if key not in ("report", "seeds")}
    options |= {"cache": str(Path(task.cache).resolve())}
    url = str(said.get("site_url") or "")
    return load_config(
        str(path),
        plugins=[*others, {"baogao": options}],
        hooks=[hook for hook in said.get("hooks") or () if (path.parent / hook).resolve() != _HOOK.resolve()],
        site_dir=str((Path(task.into) / SITE).resolve()),
        docs_dir=str(docs.resolve()) if docs else None,
        site_url=f"{url.rstrip('/')}/{below}/" if url and below else url,
        strict=False,
    )


def _listed(plugins: Any) -> list[Any]:
    return list(plugins.items()) if isinstance(plugins, dict) else list(plugins or ())


def _name(plugin: Any) -> str:
    return str(next(iter(plugin)) if isinstance(plugin, dict) else plugin)


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What MkDocs warns of while it builds. Raises MkDocsException with it where a build ends before it is done."""
    said: list[str] = []

    class Hearing(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    log, hearing = logging.getLogger("mkdocs"), Hearing(logging.WARNING)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    log.addHandler(hearing)
    try:
        yield said
    except (MkDocsException, SystemExit) as error:
        raise MkDocsException("\n".join([*said, str(error)])) from error
    finally:
        log.removeHandler(hearing)
