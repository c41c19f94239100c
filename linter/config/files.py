"""The files of a configuration: their names, where the nearest one lies, and the one that ``gouji init`` writes."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from linter.globs import absolute
from linter.resources import folder

FILE = "gouji.toml"
PYPROJECT = "pyproject.toml"
SUPPRESSIONS = "gouji-suppressions.toml"
"""The side file of suppressions that is read where it stands beside the configuration."""


def find_config(start: Path) -> Path | None:
    """The nearest configuration from the folder `start` upward; ``gouji.toml`` comes before ``pyproject.toml``."""
    lowest = absolute(start)
    for here in (lowest, *lowest.parents):
        if os.path.isfile(here / FILE):
            return here / FILE
        if _has_table(here / PYPROJECT):
            return here / PYPROJECT
    return None


def _has_table(pyproject: Path) -> bool:
    """One that speaks of gouji and is no TOML counts: reading it says what is wrong with it."""
    try:
        text = pyproject.read_text(encoding="utf-8-sig")
        return "gouji" in text and our_table(tomllib.loads(text)) is not None
    except (OSError, UnicodeDecodeError):
        return False
    except tomllib.TOMLDecodeError:
        return True


def our_table(pyproject: Mapping[str, object]) -> object:
    """What a ``pyproject.toml`` says to gouji, None: nothing."""
    tool = pyproject.get("tool")
    return tool.get("gouji") if isinstance(tool, dict) else None


def template() -> str:
    """The commented configuration that ``gouji init`` writes."""
    return (folder("rules") / "config.toml").read_text(encoding="utf-8")
