"""``gouji check --watch``: the check again whenever a draft changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from linter.cli.output import tell
from linter.runs.files import expand
from linter.words import Catalogue

_PAUSE = 0.4
"""Seconds between looks: a save is answered before the hand is back at the mouse, at no cost one would notice."""


def watch(named: Sequence[str], once: Callable[[], int], say: Catalogue) -> int:
    """Runs `once` now and after every change of the drafts that `named` mean, until interrupted; its last status."""
    status = once()
    seen = _state(named)
    tell(say("usage.watching", count=len(seen)))
    try:
        while True:
            time.sleep(_PAUSE)
            now = _state(named)
            if now != seen:
                seen = now
                status = once()
    except KeyboardInterrupt:
        return status


def _state(named: Sequence[str]) -> Mapping[str, tuple[int, int]]:
    """When each draft was last written, and its size; one that is gone has neither."""
    return {path: _stamp(Path(path)) for path in expand(named)}


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
