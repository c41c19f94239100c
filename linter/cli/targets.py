"""The outputs asked for: each a format and a place, no two in one place, none over what the run reads."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from linter import formats
from linter.cli.texts import stop
from linter.globs import absolute
from linter.words import Catalogue

INTO_DRAFT = ("docx", "pdf")
"""Formats that write a copy of the draft itself."""


@dataclass(frozen=True, slots=True)
class Target:
    """One output: a format and the file it goes to, None for the terminal. `force`: an existing file is replaced."""

    format: str
    path: Path | None
    force: bool = False


def targets(named: Iterable[str], own: Collection[Path], say: Catalogue, *, force: bool) -> tuple[Target, ...]:
    """The targets that ``format`` and ``format=file`` mean. `own`: absolute paths that may be replaced in any case.

    Ends the command for an unknown format, a place named twice, and a file that exists, unless `force`.
    """
    found = tuple(_target(text, own, force=force) for text in named)
    places: set[Path | None] = set()
    for target in found:
        _check_format(target, say)
        place = target.path and absolute(target.path)
        if place in places:
            stop(say("usage.one-place", path=target.path) if target.path else say("usage.one-answer"))
        places.add(place)
        if target.path is not None and os.path.exists(target.path) and not target.force:
            stop(say("usage.exists", path=target.path))
    return found


def _target(text: str, own: Collection[Path], *, force: bool) -> Target:
    name, _, path = text.partition("=")
    if not path:
        return Target(name, None)
    return Target(name, Path(path), force=force or absolute(Path(path)) in own)


def _check_format(target: Target, say: Catalogue) -> None:
    if target.format in INTO_DRAFT:
        if target.path is None:
            stop(say("usage.needs-output", format=target.format))
        return
    try:
        formats.find(target.format)
    except formats.UnknownFormat as error:
        choices = ", ".join([*error.known, *INTO_DRAFT])
        stop(say("usage.unknown-choice", option="--format", choices=choices, value=error.name))
