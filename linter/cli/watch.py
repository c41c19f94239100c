"""``gouji check --watch``: the check again whenever a draft, or what holds for it, changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from linter.cli.output import tell
from linter.cli.plan import Plan, plan
from linter.cli.request import Request
from linter.cli.texts import Usage
from linter.config.files import FILE, SUPPRESSIONS
from linter.globs import absolute
from linter.loading import LoadError
from linter.runs.files import expand
from linter.words import Catalogue

_PAUSE = 0.4
"""Seconds between looks: a save is answered before the hand is back at the mouse, at no cost one would notice."""


def watch(request: Request, once: Callable[[Plan], int], say: Catalogue) -> int:
    """Runs `once` now and after every change, until interrupted; its last status.

    Each round is planned anew. A mistake in the first ends the command; later ones are told, for they may be a draft or
    a configuration half saved. Files that the rounds write are no drafts, and may be written again.
    """
    own: frozenset[Path] = frozenset()
    planned = plan(request, say)
    seen = state(request, planned.inputs, planned.outputs)
    status = once(planned)
    tell(say("usage.watching", count=len(planned.drafts)))
    try:
        while True:
            own |= {path for path in planned.outputs if path.exists()}
            time.sleep(_PAUSE)
            now = state(request, planned.inputs, own | planned.outputs)
            if now == seen:
                continue
            seen = now
            try:
                planned = plan(request, say, own)
                seen = state(request, planned.inputs, own | planned.outputs)
                status = once(planned)
            except (Usage, LoadError) as error:
                tell(f"gouji: {error}")
                status = 2
    except KeyboardInterrupt:
        return status


def state(request: Request, inputs: Iterable[Path], own: Collection[Path]) -> Mapping[Path, tuple[int, int]]:
    """When each file that a round reads was last written, and its size; one that is not there has neither.

    Read are the drafts and members as the names mean them now, `inputs`, and what may yet come to stand beside the
    drafts and in the current folder: a configuration, a side file. `own` files are left out.
    """
    named = [*request.paths, *([str(request.members)] if request.members else [])]
    drafts = {absolute(Path(wanted.path)) for wanted in expand(named)} - set(own)
    folders = {path.parent for path in drafts} | {Path.cwd()}
    beside = {folder / name for folder in folders for name in (FILE, SUPPRESSIONS)}
    return {path: _stamp(path) for path in sorted(drafts | beside | set(map(absolute, inputs)))}


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
