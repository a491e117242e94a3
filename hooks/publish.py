"""The plugin as a hook, for those who edit the package: where a file of it has changed, it is imported anew."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

log = logging.getLogger("mkdocs.hooks.baogao")
HERE = Path(__file__).parent
THEME = HERE / "baogao/site/theme"
# The events that on_config, which makes the plugin, comes before.
EVENTS = "files nav page_markdown env page_context post_page template_context post_template post_build build_error"
called_for: dict[str, Any] = {"command": "build", "dirty": False}
known: dict[str, Any] = {"plugin": None, "code": None}


def on_startup(command: str, dirty: bool) -> None:
    """MkDocs says once what it was called for; each plugin is told."""
    called_for.update(command=command, dirty=dirty)


def on_config(config: Any) -> Any:
    """The plugin of this build, its options from extra.baogao: a hook has none of its own."""
    code = {path: path.stat().st_mtime_ns for path in (HERE / "baogao").rglob("*.*") if path.suffix != ".pyc"}
    if code != known["code"]:
        for name in [name for name in sys.modules if name.partition(".")[0] == "baogao"]:
            del sys.modules[name]
    for number, folder in enumerate(config.theme.dirs):  # the theme of this checkout, whatever is installed
        if Path(folder).parts[-3:] == THEME.parts[-3:]:
            config.theme.dirs[number] = str(THEME)
    if str(HERE) not in sys.path:  # MkDocs takes it off once the hook is loaded
        sys.path.insert(0, str(HERE))
    from baogao.plugin import Baogao

    plugin = Baogao()
    wrong, doubtful = plugin.load_config(config.extra.get("baogao", {}), config.config_file_path)
    for key, said in doubtful:
        log.warning(f"mkdocs.yml: extra.baogao.{key}: {said}")
    if wrong:
        raise SystemExit("\n".join(f"mkdocs.yml: extra.baogao.{key}: {said}" for key, said in wrong))
    plugin.on_startup(**called_for)
    plugin.again = known["plugin"] is not None
    known.update(plugin=plugin, code=code)
    return plugin.on_config(config)


def on_serve(server: Any, config: Any, builder: Any) -> None:
    """Watch what the plugin watches, and the package."""
    known["plugin"].on_serve(server, config=config, builder=builder)
    server.watch(str(HERE / "baogao"))


def _handed_on(event: str) -> Callable[..., Any]:
    return lambda *given, **named: getattr(known["plugin"], event)(*given, **named)


for event in EVENTS.split():
    globals()[f"on_{event}"] = _handed_on(f"on_{event}")
