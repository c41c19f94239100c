"""Proof by injected faults: ``python benchmarks/faults.py [--honest N] [--faulty N] [--seed S] [--kind K]``.

Two tables: honest reports, and faults of each kind (docs/proof.md says what is measured).
``--show`` lists what went wrong.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from synthesis.faults import MAKERS  # noqa: E402 -- found only once the paths are set
from synthesis.measure import Alarms, Score, measure_honest, measure_kind  # noqa: E402 -- as above


def main(honest: int = 600, faulty: int = 40, seed: int = 0, kind: str = "", show: bool = False) -> None:
    """Measure and print."""
    console = Console()
    began = time.perf_counter()
    alarms = measure_honest(range(seed, seed + honest))
    console.print(honest_table(alarms))
    kinds = [name for name in MAKERS if kind in name]
    scores = {name: measure_kind(name, faulty, seed) for name in kinds}
    console.print(fault_table(scores))
    if show:
        for line in [line for one in (*alarms.values(), *scores.values()) for line in one.examples]:
            console.print(line, markup=False, soft_wrap=True)
    console.print(f"{time.perf_counter() - began:.1f} s")


def honest_table(alarms: dict[tuple[str, str], Alarms]) -> Table:
    """Findings in honest reports."""
    table = Table("edition", "format", title="Honest reports: false alarms")
    for name in ("reports", "errors", "warnings", "notes", "cells misread"):
        table.add_column(name, justify="right")
    total = Alarms()
    for (edition, style), one in sorted(alarms.items()):
        table.add_row(
            edition, style, *(str(value) for value in (one.reports, one.errors, one.warnings, one.notes, one.unread))
        )
        for name in ("reports", "errors", "warnings", "notes", "unread"):
            setattr(total, name, getattr(total, name) + getattr(one, name))
    table.add_section()
    table.add_row(
        "all", "", *(str(value) for value in (total.reports, total.errors, total.warnings, total.notes, total.unread))
    )
    return table


def fault_table(scores: dict[str, Score]) -> Table:
    """Faults by kind."""
    table = Table("kind of fault", title="Faults put in")
    for name in ("made", "noticeable", "recall", "right place", "precision", "right cause", "of claims"):
        table.add_column(name, justify="right")
    total = Score()
    for kind, score in scores.items():
        table.add_row(kind, *fault_row(score))
        total.add(score)
    table.add_section()
    table.add_row("all", *fault_row(total))
    return table


def fault_row(score: Score) -> tuple[str, ...]:
    """The figures of one kind."""
    return (
        str(score.made),
        str(score.noticeable),
        share(score.found, score.noticeable),
        share(score.placed, score.noticeable),
        share(score.alarms - score.strangers, score.alarms),
        share(score.blamed, score.determined),
        share(score.right_claims, score.claims),
    )


def share(part: int, whole: int) -> str:
    """In per cent, never rounded up to 100; a dash where there is nothing to measure."""
    return "–" if not whole else f"{int(part * 1000 / whole) / 10:.1f} %"


if __name__ == "__main__":
    typer.run(main)
