"""Grid positions of cells, whatever file they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Slot(NamedTuple):
    """Where a cell stands and what it covers; the numbers as in `linter.model.document.Cell`."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


def closed_up(slots: Sequence[Slot]) -> list[Slot]:
    """The same cells without the rows and columns in which no cell begins, as if they had never been drawn."""
    rows = _counts({slot.row for slot in slots}, max((slot.row + slot.rows for slot in slots), default=0))
    columns = _counts({slot.column for slot in slots}, max((slot.column + slot.columns for slot in slots), default=0))
    return [
        Slot(
            rows[slot.row],
            columns[slot.column],
            rows[slot.row + slot.rows] - rows[slot.row],
            columns[slot.column + slot.columns] - columns[slot.column],
        )
        for slot in slots
    ]


def _counts(begun: set[int], size: int) -> list[int]:
    """How many positions before each one, from 0 to `size`, are begun."""
    counts = [0]
    for position in range(size):
        counts.append(counts[-1] + (position in begun))
    return counts
