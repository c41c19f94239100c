"""The cells of a row that hold its figures: by the header's place in real grids, by order in mere rows of cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from linter.model.document import Cell, Span
from linter.recognise.cells import Sort, is_blank, is_unit, is_value, plain, sort_of
from linter.recognise.headers import Header
from linter.recognise.rows import PrintedRow

Starts = Mapping[tuple[int, int], int]
"""Where values usually begin after the label, by (columns, cells after the label)."""

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Picked:
    """The cells of each column in order: none, one, or several that stand where one should.

    `cells` None: they cannot be told apart. `spare`: there are more filled cells than the form has columns.
    """

    cells: Sequence[Sequence[Cell]] | None
    spare: bool = False


def pick(row: PrintedRow, columns: Sequence[str], header: Header, usual: Starts, units: bool) -> Picked:
    """The cells of `columns` (ids) in a row; `units`: the form prints a unit between label and figures."""
    after: Sequence[Cell] = _without_unit(row) if units else row.values
    if row.values and not after:
        return Picked([()])
    if _amount(after) < len(columns):
        after = parted(after, len(columns))
    if row.physical:
        if placed := _by_place(after, columns, header):
            return Picked(placed)
    elif not row.values:
        return Picked(None)
    elif placed := _by_header_order(row, after, columns, header, usual):
        return Picked(placed)
    ordered = _by_order(after, len(columns), usual)
    spare = ordered is not None and _amount(after) > len(columns)
    return Picked([(cell,) for cell in ordered] if ordered is not None else None, spare)


def usual_starts(rows: Iterable[tuple[PrintedRow, int]], units: bool) -> Starts:
    """Learnt from the rows (each with its number of columns) whose filled cells are exactly as many as the columns."""
    seen: Counter[tuple[int, int, int]] = Counter()
    for row, count in rows:
        after = _without_unit(row) if units else row.values
        filled = [index for index, cell in enumerate(after) if not is_blank(cell)]
        if filled and filled[-1] - filled[0] + 1 == count:
            seen[count, len(after), filled[0]] += 1
    return {(count, length): start for (count, length, start), _ in reversed(seen.most_common())}


def _without_unit(row: PrintedRow) -> tuple[Cell, ...]:
    """The cells after the unit (or the dash in its place) that the form of one column prints behind the label."""
    values = row.values
    while len(values) > 1 and is_blank(values[0]):
        values = values[1:]
    if not values or sort_of(values[0]) is Sort.FIGURE:
        return values
    return values[1:] if len(values) > 1 or is_unit(values[0]) else values


def _amount(cells: Sequence[Cell]) -> int:
    return sum(not is_blank(cell) for cell in cells)


def parted(cells: Sequence[Cell], count: int) -> Sequence[Cell]:
    """Cells of several values in one, as narrow gaps leave them, taken apart where that gives exactly one a column."""
    parts = [
        replace(cell, span=Span(start + token.start(), start + token.end()), text=token[0])
        for cell in cells
        for start in [cell.span.start]
        for token in _TOKEN.finditer(cell.text)
    ]
    return parts if len(parts) == count and len(cells) < count and all(map(is_value, parts)) else cells


def _by_place(after: Sequence[Cell], columns: Sequence[str], header: Header) -> list[tuple[Cell, ...]] | None:
    """Each column's cells under its header; None where one stands elsewhere or the row is short."""
    if not header.ranges:
        return None
    ranges = (*header.ranges.values(), *header.strange)
    right = max(end for _, end in header.ranges.values())
    if any(not is_blank(cell) and all(not start <= cell.column < end for start, end in ranges) for cell in after):
        return None
    if after and after[-1].column + after[-1].columns < right:
        return None
    placed: list[tuple[Cell, ...]] = []
    for column in columns:
        start, end = header.ranges[column]
        under = [cell for cell in after if cell.column < end and start < cell.column + cell.columns]
        placed.append(tuple([cell for cell in under if not is_blank(cell)] or under[:1]))
    shared = Counter(cell.column for cells in placed for cell in cells if not is_blank(cell))
    return None if any(times > 1 for times in shared.values()) else placed


def _by_header_order(
    row: PrintedRow, after: Sequence[Cell], columns: Sequence[str], header: Header, usual: Starts
) -> list[tuple[Cell, ...]] | None:
    """The cells in the order of the header, where it has other columns besides or another order than the form."""
    if not set(columns) <= set(header.order):
        return None
    cells: Sequence[Cell] | None = None
    if header.stub >= 0:
        cells = row.cells[header.stub :]
        cells = cells if len(cells) == len(header.order) and all(cell in after for cell in cells) else None
    if cells is None and len(header.order) > len(columns):
        cells = _by_order(after, len(header.order), usual)
    elif cells is None and len(after) == len(columns):
        cells = after
    return [(cells[header.order.index(column)],) for column in columns] if cells else None


def _by_order(after: Sequence[Cell], count: int, usual: Starts) -> Sequence[Cell] | None:
    """As many cells as there are columns, spare blank ones before or behind left out."""
    if len(after) == count:
        return after
    filled = [index for index, cell in enumerate(after) if not is_blank(cell)]
    if not filled:  # a row left blank, its last cells cut off with the blanks at the end of the line
        return [after[min(index, len(after) - 1)] for index in range(count)] if after else None
    if len(after) < count:
        return None
    starts = [start for start in range(len(after) - count + 1) if start <= filled[0] and filled[-1] < start + count]
    if len(starts) > 1:
        starts = [start for start in starts if start == usual.get((count, len(after)))]
    if starts:
        return after[starts[0] : starts[0] + count]
    return after[:count] if all(plain(cell) in ("0", "") for cell in after) else None
