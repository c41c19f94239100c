"""A configuration as TOML (``--show-config``), each key with where its value comes from."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import Enum
from pathlib import Path

from linter.config.model import Config, Settings
from linter.globs import relative

_NO_KEYS = frozenset({"folder", "file", "sources", "settings", "per_file"})
"""Fields of a `Config` that are no keys of their own."""


def show(config: Config) -> str:
    """The configuration in force as TOML that reads back as the same, each key with where its value comes from.

    A ``[[per-file]]`` without settings is left out.
    """
    source = config.file.name if config.file else "default"
    lines = [f"# {config.file or 'no configuration file: all is default'}"]
    for key, value in (*_values(config, config.folder), *_values(config.settings, config.folder)):
        lines.append(_line(key, value, config.sources.get(key, "default")))
    lines += _tables(config.settings, "", source)
    for special in config.per_file:
        if special.settings == Settings():
            continue
        lines += ["", f"[[per-file]]  # {special.source or source}", _line("files", special.files)]
        said = _values(special.settings, config.folder)
        lines += [_line(key, value) for key, value in said if value not in (None, ())]
        lines += _tables(special.settings, "per-file.")
    return "\n".join(lines) + "\n"


def _values(said: Config | Settings, folder: Path) -> Iterator[tuple[str, object]]:
    """The keys that are no tables, in the order of the model. Paths are seen from `folder`."""
    for key, value in _keys(said):
        if not isinstance(value, Mapping):
            yield key, _plain(value, folder)


def _tables(settings: Settings, under: str, source: str = "") -> Iterator[str]:
    for name, table in _keys(settings):
        if isinstance(table, Mapping) and table:
            yield from ("", f"[{under}{name}]")
            yield from (_line(_toml(key), value, source) for key, value in table.items())


def _keys(said: Config | Settings) -> Iterator[tuple[str, object]]:
    """The fields by the keys that set them."""
    for item in fields(said):
        if item.name not in _NO_KEYS:
            yield item.name.replace("_", "-"), getattr(said, item.name)


def _plain(value: object, folder: Path) -> object:
    """The value as TOML has it: text, number, truth, a list of them, or None."""
    if isinstance(value, tuple):
        return tuple(_plain(item, folder) for item in value)
    if isinstance(value, Path):
        return relative(str(value), folder)
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime.date) else value


def _line(key: str, value: object, source: str = "") -> str:
    if value is None:
        return f"# {key}: not set"
    return f"{key} = {_toml(value)}" + (f"  # {source}" if source else "")


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    # JSON writes text and numbers as TOML does, but for one control character
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
