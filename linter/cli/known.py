"""The baseline as ``gouji check`` writes it: renewed from what is found, or less what is found no longer."""

from __future__ import annotations

from pathlib import Path

from linter.cli.output import save, tell
from linter.cli.plan import Plan
from linter.cli.settle import Settled
from linter.waivers.baseline import Baseline, prune, renew, write_baseline
from linter.words import Catalogue


def record(results: Settled, known: Baseline, path: Path, say: Catalogue) -> int:
    """What is found now replaces what is `known` of the drafts, in the file at `path`.

    The status is 2 where a draft could not be read, which is told, else 0.
    """
    renewed = renew(known, results)
    for result in results if results.status > 1 else ():
        if result.error is not None:
            tell(f"{result.path}: {result.error}")
    save(path, write_baseline(renewed).encode("utf-8"), say, force=True)
    return results.status if results.status > 1 else 0


def prune_known(results: Settled, planned: Plan, say: Catalogue) -> None:
    """What the drafts have no longer leaves the baselines in force."""
    for path, baseline in planned.scopes.baselines.items():
        if unused := results.idle.get(path):
            save(path, write_baseline(prune(baseline, unused)).encode("utf-8"), say, force=True)
