"""Printed rows: a table's cells split into label and values, and labels that were torn apart put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from linter.model.document import Cell, Span, Table
from linter.recognise.labels import Wording, match
from linter.views import squash

_VALUE = re.compile(
    r"[-+]?\d[\d,.]*(?:%|人次|万元|[条件次篇个人元份项])?|[-—–－─]*|/|无|不涉及|不适用|N/A|人次|万元|[条件次篇个人元份项]"
)
_SURE = 0.95
"""Likeness from which a cell is surely the label it resembles."""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as printed: the cells of its label, the cells after them, the label squashed, and all its cells."""

    labels: tuple[Cell, ...]
    values: tuple[Cell, ...]
    label: str
    physical: bool
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> bool:
        return any(not is_blank(cell) for cell in self.values)

    @property
    def span(self) -> Span:
        cells = self.labels or self.values
        return Span(cells[0].span.start, cells[-1].span.end)

    @property
    def text(self) -> str:
        return "".join(cell.text.strip() for cell in self.labels)


class Lexicon:
    """All labels of a form, to ask how like a text is to the nearest of them."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._wordings = tuple(wordings)
        self._exact = frozenset(text for wording in self._wordings for text in (wording.official, *wording.accepted))
        self._known: dict[str, float] = {}

    def likeness(self, text: str) -> float:
        """0 to 1; `text` is squashed."""
        if text in self._exact:
            return 1.0
        if text not in self._known:
            self._known[text] = max((match(text, wording)[0] for wording in self._wordings), default=0.0)
        return self._known[text]


def is_blank(cell: Cell) -> bool:
    return not squash(cell.text) and not re.search(r"[-—–－─]", cell.text)


def is_value(cell: Cell) -> bool:
    """Whether the cell holds what stands in value columns: a number, a dash, a unit, or nothing."""
    return bool(_VALUE.fullmatch(squash(cell.text)))


def printed_rows(tables: Sequence[Table], lexicon: Lexicon) -> list[PrintedRow]:
    """The rows of tables that follow each other, torn labels joined, values that slid to a line of their own put back."""
    rows = [_split(cells, table.physical, lexicon) for table in tables for cells in table.rows() if cells]
    return _join_labels(_attach_values(rows), lexicon)


def _split(cells: Sequence[Cell], physical: bool, lexicon: Lexicon) -> PrintedRow:
    """The label is the last cell that surely is one, else all cells before the first value."""
    squashed = [squash(cell.text) for cell in cells]
    sure = [n for n, text in enumerate(squashed) if text and not is_value(cells[n]) and lexicon.likeness(text) >= _SURE]
    if sure:
        cut = sure[-1] + 1
        return PrintedRow((cells[cut - 1],), tuple(cells[cut:]), squashed[cut - 1], physical, tuple(cells))
    texts = [n for n, cell in enumerate(cells) if not is_value(cell)]
    if not texts:
        return PrintedRow((), tuple(cells), "", physical, tuple(cells))
    likely = max(texts, key=lambda n: (lexicon.likeness(squashed[n]), n))
    if lexicon.likeness(squashed[likely]) > 0:
        return PrintedRow((cells[likely],), tuple(cells[likely + 1 :]), squashed[likely], physical, tuple(cells))
    first = next((n for n, cell in enumerate(cells) if n > texts[0] and is_value(cell) and not is_blank(cell)), len(cells))
    labels = tuple(cell for cell in cells[:first] if not is_blank(cell))
    label = "".join(squash(cell.text) for cell in labels)
    return PrintedRow(labels, tuple(cells[first:]), label, physical, tuple(cells))


def _attach_values(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    attached: list[PrintedRow] = []
    for row in rows:
        last = attached[-1] if attached else None
        if not row.labels and not row.physical and last and last.labels and not (last.filled and len(row.values) > 1):
            attached[-1] = replace(last, values=_values(last) + row.values, cells=last.cells + row.cells)
        else:
            attached.append(row)
    return attached


def _values(row: PrintedRow) -> tuple[Cell, ...]:
    return row.values if row.filled else ()


def _join_labels(rows: Sequence[PrintedRow], lexicon: Lexicon) -> list[PrintedRow]:
    """A label torn over rows, its numbers on any one of them, is one row again where that makes it a label."""
    joined: list[PrintedRow] = []
    index = 0
    while index < len(rows):
        row, taken = _longest(rows, index, lexicon)
        while joined and joined[-1].labels and not joined[-1].filled and row.labels:
            merged = _merge(joined[-1], row)
            if not _better(merged, (joined[-1], row), lexicon):
                break
            row = merged
            joined.pop()
        joined.append(row)
        index += taken
    return joined


def _longest(rows: Sequence[PrintedRow], index: int, lexicon: Lexicon) -> tuple[PrintedRow, int]:
    """The row joined with as many unfilled rows after it as make it more of a label."""
    best, taken, merged = rows[index], 1, rows[index]
    for ahead in range(index + 1, min(index + 4, len(rows))):
        after = rows[ahead]
        if not after.labels or (after.filled and merged.filled):
            break
        merged = _merge(merged, after)
        if _better(merged, (best, after), lexicon):
            best, taken = merged, ahead - index + 1
    return best, taken


def _merge(first: PrintedRow, second: PrintedRow) -> PrintedRow:
    values = second.values if second.filled or not first.filled else first.values
    label = first.label + second.label
    return PrintedRow(first.labels + second.labels, values, label, first.physical, first.cells + second.cells)


def _better(merged: PrintedRow, parts: tuple[PrintedRow, PrintedRow], lexicon: Lexicon) -> bool:
    """Whether the parts are one label: more of one together, or a whole label and the rest of its longer wording."""
    whole, first, second = (lexicon.likeness(row.label) for row in (merged, *parts))
    return whole > max(first, second) + 0.01 or (whole >= _SURE and min(first, second) < _SURE)
