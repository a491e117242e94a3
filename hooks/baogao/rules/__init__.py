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
    """The rules in ``<name>.yml`` of this folder. Callers must not change what they get."""
    return yaml.load(files(__name__).joinpath(f"{name}.yml").read_text(encoding="utf-8"), Loader=_LOADER)
