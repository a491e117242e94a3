"""Rules and words that a lawyer or a translator can review: one YAML file a subject, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

# libyaml reads them ten times as fast; a PyYAML built without it reads the same
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load(name: str) -> Any:
    """The rules in ``<name>.yml`` of this folder. Callers must not change what they get.

    ``{name}`` in a file's strings is what the file has for that name under ``placeholders``.
    """
    rules = yaml.load(files(__name__).joinpath(f"{name}.yml").read_text(encoding="utf-8"), Loader=_LOADER)
    placeholders = rules.get("placeholders") if isinstance(rules, dict) else None
    return _filled(rules, placeholders) if placeholders else rules


def _filled(value: Any, placeholders: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(inner, placeholders) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, placeholders) for inner in value]
    if isinstance(value, str):
        for name, pattern in placeholders.items():
            value = value.replace(f"{{{name}}}", pattern)
    return value
