"""Faults put into honest drafts, each with what must be found, where, and which cells are to blame."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from synthesis.draft import Draft
from synthesis.faults import cells, dates, forms, narrative, sections, wording, years
from synthesis.faults.fault import Fault, Maker

__all__ = ["MAKERS", "Fault", "faulty"]

MAKERS: Mapping[str, Maker] = {
    kind: maker
    for module in (cells, forms, sections, dates, narrative, wording, years)
    for kind, maker in module.MAKERS.items()
}


def faulty(seed: int, kind: str, base: Draft) -> Fault | None:
    """A fault of this kind in the draft; None where there is no room for it."""
    made = MAKERS[kind](base, random.Random(f"{seed} {kind}"))  # noqa: S311 -- chance, not secrecy
    return replace(made, kind=kind) if made else None
