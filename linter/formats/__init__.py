"""Outputs: each a function of the results and the language, in a module of its own that is imported when asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import cast

from linter.model.finding import Result

Format = Callable[[Collection[Result], str], str]
"""``write(results, language)``: the whole output as text. The language is ``zh`` or ``en``. Every look at `results` may
make them anew: a format that goes through them once, keeping none, serves a run of thousands.
"""

FORMATS = MappingProxyType(
    {
        "console": "linter.formats.console",
        "json": "linter.formats.json_answer",
        "sarif": "linter.formats.sarif",
        "junit": "linter.formats.junit",
        "github": "linter.formats.github",
        "gitlab": "linter.formats.gitlab",
        "html": "linter.formats.html",
        "statistics": "linter.formats.statistics",
    }
)
"""The formats by name, each a module with a `write`."""

GROUP = "linter.formats"
"""The entry-point group in which other distributions offer a `Format`."""


class UnknownFormat(LookupError):
    """No format of that name, here or in an installed plug-in. `known`: the names there are."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"unknown format {name!r}; there are {', '.join(known)}")
        self.name = name
        self.known = tuple(known)


def find(name: str) -> Format:
    """The format of that name; plug-ins are looked up only for a name that is not ours. Raises UnknownFormat."""
    if name in FORMATS:
        return cast("Format", import_module(FORMATS[name]).write)
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and rarely needed

    offered = {point.name: point for point in entry_points(group=GROUP)}
    if name not in offered:
        raise UnknownFormat(name, [*FORMATS, *sorted(offered)])
    return cast("Format", offered[name].load())
