"""A bar on standard error while many drafts are checked and a person watches."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

_MANY = 30
"""From so many drafts on a run lasts long enough to wonder."""
_PAUSE = 0.1
"""Seconds between drawings of the bar."""


def watched(items: Iterable[T], total: int, *, quiet: bool) -> Iterator[T]:
    """The items as they come, with a bar where it helps. No thread draws it: beside one, no reader could fork."""
    if quiet or total < _MANY or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console  # noqa: PLC0415 -- only drawn for a person
    from rich.progress import Progress  # noqa: PLC0415 -- only drawn for a person

    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task("gouji", total=total)
        drawn = 0.0
        for item in items:
            yield item
            progress.advance(task)
            if (now := monotonic()) > drawn + _PAUSE:
                progress.refresh()
                drawn = now
