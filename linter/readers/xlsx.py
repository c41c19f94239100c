"""Excel annexes (.xlsx): every sheet a heading line and a table."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from linter.bounded import bounded
from linter.model.document import Document, Origin, Unreadable
from linter.opc import Package
from linter.readers.builder import Builder, CellDraft

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MAX_CELLS = 200_000
"""Cells of one sheet within the area it uses."""

Range = tuple[tuple[int, int], tuple[int, int]]


def read_xlsx(data: bytes, name: str) -> Document:
    """The visible sheets; origins are table (sheet number), row and cell (row and column of the sheet), from 1.

    Numbers are written plainly (12, not 12.0), dates as 2024-01-20. Hidden sheets are notices. Raises `Unreadable`:
    ``missing-extra``, ``too-large`` (cells, memory), ``timeout``, ``damaged``, ``empty``, and those of `Package`.
    """
    Package(data)
    try:
        import python_calamine  # noqa: F401, PLC0415 - an extra; loaded before the process forks
    except ImportError:
        raise Unreadable("missing-extra", "xlsx") from None
    return bounded(lambda: _read(data, name))


def _read(data: bytes, name: str) -> Document:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415 - see read_xlsx

    builder = Builder(name, "xlsx")
    filled = False
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            for number, entry in enumerate(book.sheets_metadata, 1):
                if entry.visible != SheetVisibleEnum.Visible:
                    builder.notice("hidden-text", None, entry.name)
                    continue
                cells = _cells(book.get_sheet_by_index(number - 1), number)
                if cells:
                    filled = True
                    builder.paragraph([(entry.name, Origin(table=number))])
                    builder.table(cells, physical=True)
    except (CalamineError, OSError, ValueError, IndexError, KeyError) as error:
        raise Unreadable("damaged", type(error).__name__) from None
    if not filled:
        raise Unreadable("empty")
    return builder.document()


def _cells(sheet: CalamineSheet, number: int) -> list[CellDraft]:
    """The cells of the used area, blank ones too, those under a merged cell left out."""
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise Unreadable("too-large", sheet.name)
    rows = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    used = [(row, column) for row, values in enumerate(rows) for column, value in enumerate(values) if value]
    if not used:
        return []
    top, left = min(row for row, _ in used), min(column for _, column in used)
    bottom, right = max(row for row, _ in used) + 1, max(column for _, column in used) + 1
    merged = dict(_merged(sheet, (top, left), (bottom, right)))
    hidden = {
        (row, column)
        for (first, start), (height, width) in merged.items()
        for row in range(first, first + height)
        for column in range(start, start + width)
    } - merged.keys()
    return [
        CellDraft(
            row - top, column - left, [(rows[row][column], Origin(table=number, row=row + 1, cell=column + 1))],
            *merged.get((row, column), (1, 1)),
        )
        for row in range(top, bottom)
        for column in range(left, right)
        if (row, column) not in hidden
    ]  # fmt: skip


def _merged(
    sheet: CalamineSheet, first: tuple[int, int], end: tuple[int, int]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Merged cells by where they begin, with their height and width, cut to the used area."""
    ranges: list[Range] = sheet.merged_cell_ranges or []
    for (top, left), (bottom, right) in ranges:
        top, left = max(top, first[0]), max(left, first[1])  # noqa: PLW2901 - cut to the area
        height, width = min(bottom + 1, end[0]) - top, min(right + 1, end[1]) - left
        if height > 0 and width > 0 and height * width > 1:
            yield (top, left), (height, width)


def _plain(value: Any) -> str:
    """A value as a person would type it."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return format(Decimal(repr(value)).normalize(), "f") if abs(value) < 1e21 else repr(value)
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.date() | datetime.time():
            return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()
        case _:
            return str(value)
