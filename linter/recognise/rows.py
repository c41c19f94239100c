"""Printed rows: a table's cells split into label and values, and what was torn apart put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from linter.model.document import Cell, Span, Table
from linter.recognise.cells import Sort, filled, has_figures, is_unit, plain, sort_of
from linter.recognise.labels import SURE, Lexicon

_PIECES = 4
"""Lines that a miswritten label may be torn into; one that is written as on the form may fall into any number."""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as printed: the cells of its label, the cells after them, the label squashed, and all its cells.

    `head`: a line of the table's header, wherever it stands.
    """

    labels: tuple[Cell, ...]
    values: tuple[Cell, ...]
    label: str
    physical: bool
    cells: tuple[Cell, ...]
    head: bool = False

    @property
    def filled(self) -> bool:
        return filled(self.values)

    @property
    def span(self) -> Span:
        cells = self.labels or self.values
        return Span(cells[0].span.start, cells[-1].span.end)

    @property
    def text(self) -> str:
        return "".join(cell.text.strip() for cell in self.labels)


def printed_rows(
    tables: Sequence[Table], lexicon: Lexicon, width: int, is_head: Callable[[str], bool]
) -> list[PrintedRow]:
    """The rows of tables that follow each other, each with the values that are its own.

    `width`: how many values a row has, 0 where rows differ in it; `is_head`: whether a squashed text is header.
    """
    rows = [_split(cells, table.physical, lexicon, is_head) for table in tables for cells in _with_numbers(table)]
    return _join_labels(_attach_values(rows, lexicon, width), lexicon)


# One row: label and values ---------------------------------------------------------------------------------------


def _with_numbers(table: Table) -> Iterator[Sequence[Cell]]:
    """The rows without page numbers; the number of a label that stands on a line of its own before the label."""
    number: list[Cell] = []
    for row in table.rows():
        cells = number + [cell for cell in row if sort_of(cell) is not Sort.PAGE]
        number = cells if len(cells) == 1 and sort_of(cells[0]) is Sort.INDEX and not table.physical else []
        if cells and not number:
            yield cells


def _split(cells: Sequence[Cell], physical: bool, lexicon: Lexicon, is_head: Callable[[str], bool]) -> PrintedRow:
    """The label is the last text that surely is one, else what resembles one, else all texts before the first value."""
    texts = [number for number, cell in enumerate(cells) if sort_of(cell) in (Sort.TEXT, Sort.INDEX)]
    if not texts:
        return PrintedRow((), tuple(cells), "", physical, tuple(cells))
    joined = "".join(plain(cells[number]) for number in texts)
    if not has_figures(cells) and is_head(joined):
        return PrintedRow((), (), "", physical, tuple(cells), head=True)
    first, last = _label(cells, texts, lexicon)
    labels = tuple(cell for cell in cells[first:last] if plain(cell))
    return PrintedRow(labels, tuple(cells[last:]), "".join(map(plain, labels)), physical, tuple(cells))


def _label(cells: Sequence[Cell], texts: Sequence[int], lexicon: Lexicon) -> tuple[int, int]:
    """Where in the row the label begins and ends."""
    likely: list[tuple[float, int, int]] = []
    for place in range(len(texts) - 1, -1, -1):
        number = texts[place]
        if sort_of(cells[number]) is Sort.INDEX:
            continue
        numbered = place > 0 and sort_of(cells[texts[place - 1]]) is Sort.INDEX
        starts = (texts[place - 1], number) if numbered else (number,)
        for start in starts:
            likeness = lexicon.likeness("".join(map(plain, cells[start : number + 1])))
            if likeness >= SURE:
                return start, number + 1
            likely.append((likeness, start, number + 1))
    end = next((n for n in range(texts[0] + 1, len(cells)) if sort_of(cells[n]) is Sort.FIGURE), len(cells))
    spread = [number for number in texts if number < end]
    for place in range(len(spread) - 1):
        if lexicon.is_sure("".join(plain(cells[number]) for number in spread[place:])):
            return spread[place], spread[-1] + 1
    best = max(likely, default=(0.0, 0, 0), key=lambda item: item[0])
    if best[0] > 0:
        return best[1:]
    return texts[0], spread[-1] + 1


# Values on lines of their own -------------------------------------------------------------------------------------


def _attach_values(rows: Sequence[PrintedRow], lexicon: Lexicon, width: int) -> list[PrintedRow]:
    """Values that slid to lines of their own given back to the labels before them, as far as it is sure whose."""
    attached: list[PrintedRow] = []
    index = 0
    while index < len(rows):
        end = index
        while end < len(rows) and _only_values(rows[end]):
            end += 1
        if end == index:
            attached.append(rows[index])
            end += 1
        else:
            run = list(rows[index:end])
            waiting = _waiting(attached, lexicon)
            shares = _shares(run, len(waiting), width) if len(waiting) > 1 else None
            if shares is None:
                _give_in_turn(attached, run, width)
            for number, share in zip(waiting, shares or (), strict=False):
                attached[number] = _with_values(attached[number], share)
        index = end
    return attached


def _only_values(row: PrintedRow) -> bool:
    return not row.labels and not row.physical and not row.head


def _waiting(rows: Sequence[PrintedRow], lexicon: Lexicon) -> list[int]:
    """The labels without values at the end of the rows."""
    waiting: list[int] = []
    for number in range(len(rows) - 1, -1, -1):
        if rows[number].filled or rows[number].physical or rows[number].head:
            break
        if lexicon.is_sure(rows[number].label):
            waiting.append(number)
    return waiting[::-1]


def _shares(run: Sequence[PrintedRow], labels: int, width: int) -> list[tuple[Cell, ...]] | None:
    """Each label's values where labels and values stand in two blocks: exactly as many as the labels want.

    None: the values are one row's. An empty list: too many for one row, and whose they are cannot be known.
    """
    values = [cell for row in run for cell in row.values if _counts(cell)]
    if width and len(values) == labels * width:
        return [tuple(values[start : start + width]) for start in range(0, len(values), width)]
    return [] if width and len(values) > width else None


def _counts(cell: Cell) -> bool:
    """Whether the cell is a value and no unit of measurement."""
    return sort_of(cell) is Sort.FIGURE or (sort_of(cell) is Sort.FILLER and not is_unit(cell))


def _give_in_turn(attached: list[PrintedRow], run: Sequence[PrintedRow], width: int) -> None:
    """Each line of values to the label before it. A line after a row that had all of its own is a page number."""
    last = attached[-1] if attached else None
    if not last or not last.labels or last.head or last.physical:
        attached.extend(run)
    elif not (last.filled and width and _amount(last) >= width):
        for row in run:
            attached[-1] = _with_values(attached[-1], row.values)


def _amount(row: PrintedRow) -> int:
    return sum(map(_counts, row.values))


def _with_values(row: PrintedRow, values: tuple[Cell, ...]) -> PrintedRow:
    return replace(row, values=(row.values if row.filled else ()) + values, cells=row.cells + values)


# Labels on several lines ------------------------------------------------------------------------------------------


def _join_labels(rows: Sequence[PrintedRow], lexicon: Lexicon) -> list[PrintedRow]:
    """A label torn over rows, its numbers on any one of them, is one row again where that makes it a label."""
    joined: list[PrintedRow] = []
    index = 0
    while index < len(rows):
        best, taken, likeness = rows[index], 1, lexicon.likeness(rows[index].label)
        for count, merged in _merged(rows, index, lexicon):
            whole, part = lexicon.likeness(merged.label), lexicon.likeness(rows[index + count - 1].label)
            if whole > max(likeness, part) + 0.01 or whole >= SURE:
                best, taken, likeness = merged, count, whole
        joined.append(best)
        index += taken
    return joined


def _merged(rows: Sequence[PrintedRow], index: int, lexicon: Lexicon) -> Iterator[tuple[int, PrintedRow]]:
    """The row with one, two … of those after it; only one of them has values, only the first may be whole by itself."""
    merged = rows[index]
    for count, after in enumerate(rows[index + 1 :], 2) if merged.labels else ():
        if not after.labels or (after.filled and merged.filled) or lexicon.is_sure(after.label):
            return
        merged = _merge(merged, after)
        if count > _PIECES and not lexicon.begins(merged.label):
            return
        yield count, merged


def _merge(first: PrintedRow, second: PrintedRow) -> PrintedRow:
    values = second.values if second.filled or not first.filled else first.values
    label = first.label + second.label
    return PrintedRow(first.labels + second.labels, values, label, first.physical, first.cells + second.cells)
