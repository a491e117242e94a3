"""The frame of a page, rendered once: where nothing it shows has changed, the templates of the theme are not rendered.

What a page's template puts round its content is kept under the hash of all that it may show: the page (address, title,
front matter, content, contents, neighbours), the whole navigation of its language, the settings, the templates, this
package with its words, Python and the installed libraries. It may not show what is left out: another page's content or
contents, and the list of all files.
"""

from __future__ import annotations

import json
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template

from .publication.cache import Cache

# Settings that no page shows: where files are, what the build does; the navigation is hashed as it is shown.
_UNSEEN = ("nav", "plugins", "hooks", "watch", "config_file_path", "docs_dir", "site_dir", "dev_addr", "strict")
_THEME = Path(__file__).parent / "site/theme"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands before and behind the content of a page."""

    before: str
    after: str


class Frames:
    """The frames of one build. `cache` is kept by nobody else."""

    def __init__(self, config: Any, cache: Cache) -> None:
        self.cache = cache
        self._settings = _hashed([_settings(config), _templates(config.theme.dirs)])
        self._navigations: dict[int, bytes] = {}

    def use(self, environment: Environment) -> None:
        """Have the templates that this environment will load take what they rendered before."""
        frames = self

        class Remembering(Template):
            def render(self, *args: Any, **values: Any) -> str:
                context: dict[str, Any] = dict(*args, **values)
                if context.get("page") is None:
                    return super().render(context)
                return frames.framed(self, context, super().render)

        environment.template_class = Remembering

    def framed(self, template: Template, context: dict[str, Any], render: Any) -> str:
        """A page in its frame, from before or rendered now."""
        page = context["page"]
        key = self._settings, self._navigation(context["nav"]), _hashed(_shown(template, context))
        known = self.cache.known(Frame, key)
        if known:
            return f"{known.before}{page.content}{known.after}"
        output = str(render(context))
        if not page.content:  # nothing that could be found in its frame
            return output
        before, content, after = output.partition(page.content)
        if content and content not in after:
            self.cache.keep(Frame(before, after), key)
        return output

    def _navigation(self, nav: Any) -> bytes:
        if id(nav) not in self._navigations:
            self._navigations[id(nav)] = _hashed([_link(nav.homepage), _items(nav.items)])
        return self._navigations[id(nav)]


def _hashed(value: Any) -> bytes:
    return sha256(json.dumps(value, sort_keys=True, default=_by_type).encode("utf-8", "surrogatepass")).digest()


def _by_type(value: Any) -> Any:
    """A value that is no plain data: what it holds, else its type; where it lies in memory does not count."""
    if isinstance(value, Mapping):
        return dict(value)
    told = "__str__" in vars(type(value)) or hasattr(value, "isoformat")  # a locale, a date
    return str(value) if told else f"{type(value).__module__}.{type(value).__qualname__}"


def _shown(template: Template, context: dict[str, Any]) -> list[Any]:
    # the name is that of the page's language, which the settings of the site do not hold
    return [template.name, context["config"].site_name, _page(context["page"]), _plain(context)]


def _plain(context: dict[str, Any]) -> dict[str, Any]:
    """What of the context is neither a page nor many: the address of the root, scripts and styles, dates, language."""
    apart = ("page", "pages", "nav", "config")
    return {key: value for key, value in context.items() if key not in apart}


def _settings(config: Any) -> dict[str, Any]:
    """Those MkDocs knows, and the theme's. What hooks keep in the config meanwhile is none."""
    known = {key: config[key] for key in config if hasattr(type(config), key) and key not in (*_UNSEEN, "theme")}
    told = {name: dict(getattr(plugin, "config", {})) for name, plugin in config.plugins.items()}  # hooks have none
    return known | {"theme": {key: config.theme[key] for key in config.theme}, "plugins": told}


def _templates(folders: Iterable[str]) -> list[tuple[str, str]]:
    """Every file of the folders of templates, but of those that came with another library, whose version tells."""
    installed = sysconfig.get_path("purelib")
    own = [Path(one) for one in folders if Path(one) == _THEME or not Path(one).is_relative_to(installed)]
    return [
        (path.relative_to(folder).as_posix(), sha256(path.read_bytes()).hexdigest())
        for folder in own
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def _page(page: Any) -> list[Any]:
    return [
        *(page.title, page.url, page.abs_url, page.canonical_url, page.edit_url, page.is_homepage, page.update_date),
        *(page.file.src_uri, page.file.inclusion.name, page.meta, sha256(page.content.encode()).hexdigest()),
        *(_headings(page.toc), _link(page.previous_page), _link(page.next_page), _link(page.parent)),
    ]


def _headings(toc: Any) -> list[Any]:
    return [[heading.title, heading.id, heading.level, _headings(heading.children)] for heading in toc]


def _items(items: Any) -> list[Any]:
    return [[_link(item), item.is_section, _items(item.children or ())] for item in items]


def _link(item: Any) -> Any:
    """What the navigation shows of a page or section."""
    return item and [item.title, getattr(item, "url", ""), getattr(item, "meta", {}).get("title_language")]
