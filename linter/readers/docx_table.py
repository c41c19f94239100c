"""A Word table as a grid: merged cells resolved, rows and cells that a tracked change deleted left out (17.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from linter.readers.docx_xml import W, author, children, flag, value

SPAN_LIMIT = 256
"""Columns that one cell may cover; Word itself ends at 63 columns."""
WIDTH_LIMIT = 1024
"""Columns that a table may have."""

_ROW = f"{W}tr"
_CELL = f"{W}tc"
_DELETED = (f"{W}del", f"{W}moveFrom", f"{W}cellDel")
_INSERTED = (f"{W}ins", f"{W}moveTo", f"{W}cellIns")


@dataclass(slots=True)
class GridCell:
    """A cell with the grid positions it covers (from 0), and the physical row and cell it stands in (from 1)."""

    element: Element
    row: int
    column: int
    rows: int
    columns: int
    table_row: int
    row_cell: int


@dataclass(frozen=True, slots=True)
class Grid:
    """`changes`: tracked insertions and deletions of rows and cells, kind and author. `damage` as in `Table`."""

    cells: tuple[GridCell, ...]
    changes: tuple[tuple[str, str], ...]
    damage: str | None

    @property
    def frame(self) -> bool:
        """One cell, or one column holding other tables: no table to a reader, but a frame around text."""
        if len(self.cells) == 1:
            return True
        narrow = all(before.row < after.row for before, after in pairwise(self.cells))
        return narrow and any(True for cell in self.cells for _ in children(cell.element, (f"{W}tbl",)))


@dataclass(slots=True)
class _Piece:
    """A physical cell, or several joined by ``w:hMerge``, before vertical merging."""

    element: Element
    column: int
    columns: int
    merge: str | None
    row_cell: int


class _GridReader:
    def __init__(self) -> None:
        self._cells: list[GridCell] = []
        self._changes: list[tuple[str, str]] = []
        self._bad = False

    def read(self, table: Element) -> Grid:
        open_cells: dict[tuple[int, int], GridCell] = {}
        row = 0
        for table_row, element in enumerate(children(table, (_ROW,)), 1):
            properties = element.find(f"{W}trPr")
            if self._gone(properties) or _invisible(element, properties):
                continue
            open_cells = self._row(element, properties, row, table_row, open_cells)
            row += 1
        return Grid(tuple(self._cells), tuple(self._changes), "broken-merge" if self._bad else None)

    def _row(
        self, element: Element, properties: Element | None, row: int, table_row: int,
        above: dict[tuple[int, int], GridCell],
    ) -> dict[tuple[int, int], GridCell]:  # fmt: skip
        """Adds a row's cells and returns those that the next row may continue, by column and width."""
        carried: dict[tuple[int, int], GridCell] = {}
        covered: set[int] | None = None
        for piece in self._pieces(element, properties):
            place = (piece.column, piece.columns)
            cell = above.get(place) if piece.merge == "continue" else None
            if cell is None:
                if piece.merge == "continue":
                    covered = _columns(above) if covered is None else covered
                    self._bad |= not covered.isdisjoint(range(piece.column, piece.column + piece.columns))
                cell = GridCell(piece.element, row, piece.column, 1, piece.columns, table_row, piece.row_cell)
                self._cells.append(cell)
            else:
                cell.rows += 1
            if piece.merge is not None:
                carried[place] = cell
        return carried

    def _pieces(self, row: Element, properties: Element | None) -> Iterator[_Piece]:
        """The cells of a row from left to right, those merged by ``w:hMerge`` as one."""
        column = self._number(properties, "gridBefore", 0)
        last: _Piece | None = None
        joins = False
        for row_cell, element in enumerate(children(row, (_CELL,)), 1):
            stated = element.find(f"{W}tcPr")
            if self._gone(stated):
                continue
            columns = self._number(stated, "gridSpan", 1)
            across = _merge(stated, "hMerge")
            if last is not None and joins and across == "continue":
                last.columns += columns
            else:
                if last is not None:
                    yield last
                last = _Piece(element, column, columns, _merge(stated, "vMerge"), row_cell)
            joins = across is not None
            column += columns
            if column > WIDTH_LIMIT:
                self._bad = True
                break
        if last is not None:
            yield last

    def _number(self, properties: Element | None, name: str, low: int) -> int:
        """A count of columns; one that cannot be is taken as the nearest that can, and the table not vouched for."""
        stated = value(properties, name)
        if stated is None:
            return low
        number = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 9 else -1
        if number == 0 or low <= number <= SPAN_LIMIT:
            return max(number, low)
        self._bad = True
        return low if number < low else SPAN_LIMIT

    def _gone(self, properties: Element | None) -> bool:
        """Whether a tracked change deleted the row or cell; tells of the change either way."""
        gone = False
        for change in () if properties is None else properties:
            if change.tag in _DELETED:
                self._changes.append(("tracked-deletion", author(change)))
                gone = True
            elif change.tag in _INSERTED:
                self._changes.append(("tracked-insertion", author(change)))
        return gone


def read_grid(table: Element) -> Grid:
    """The grid of a ``w:tbl``. No two cells share a position; ragged rows leave positions free."""
    return _GridReader().read(table)


def _merge(properties: Element | None, name: str) -> str | None:
    """``restart`` or ``continue`` (also when nothing is said); None: not merged."""
    element = None if properties is None else properties.find(W + name)
    if element is None:
        return None
    return "restart" if element.get(f"{W}val") == "restart" else "continue"


def _columns(cells: Iterable[tuple[int, int]]) -> set[int]:
    """The columns that cells stand over, each given by column and width."""
    return {column for start, width in cells for column in range(start, start + width)}


def _invisible(row: Element, properties: Element | None) -> bool:
    """A row marked hidden whose text is hidden too; Word prints one that still has text."""
    if not flag(properties, "hidden"):
        return False
    return all(flag(run.find(f"{W}rPr"), "vanish") for run in row.iter(f"{W}r"))
