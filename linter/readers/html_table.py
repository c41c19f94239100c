"""The HTML table model: rows, columns and spans of a ``<table>`` as the standard lays them out (section 4.9.12)."""

from __future__ import annotations

from collections.abc import Iterator

from linter.model.document import Unreadable
from linter.readers.grids import Slot, closed_up
from linter.readers.html_tree import Characters, Element

MAX_SLOTS = 400_000
"""Grid positions one table may cover; the largest report table known has some 300."""
MAX_SPAN = 1_000
_GROUPS = ("thead", "tbody", "tfoot")


def cells(table: Element) -> list[Element]:
    """The table's own cells, those of nested tables left out, in source order."""
    return [cell for group in _groups(table) for row in group for cell in _cells_of(row)]


def strays(table: Element) -> Iterator[Element | Characters]:
    """What stands in the table outside its cells (captions, misplaced text): shown above it."""
    for part in table.children:
        if isinstance(part, Element) and part.name in _GROUPS:
            for row in part.children:
                yield from _row_strays(row)
        else:
            yield from _row_strays(part)


def grid(table: Element) -> list[tuple[Element, Slot]]:
    """The cells laid out, in source order; rows and columns in which no cell begins are closed up.

    Raises `Unreadable` (``too-large``) if the spans cover more than `MAX_SLOTS` positions.
    """
    placed: list[Element] = []
    covered: list[Slot] = []
    first = 0
    slots = 0
    for group in _groups(table):
        hanging: dict[int, int] = {}
        """By column: the first row below what hangs into it from above."""
        for index, row in enumerate(group):
            column = 0
            for cell in _cells_of(row):
                while hanging.get(column, 0) > index:
                    column += 1
                height = min(_span(cell, "rowspan") or len(group), len(group) - index)
                width = 1
                wanted = _span(cell, "colspan") or 1
                while width < wanted and hanging.get(column + width, 0) <= index:
                    width += 1
                slots += width * height
                if slots > MAX_SLOTS:
                    raise Unreadable("too-large", "cells")
                hanging.update(dict.fromkeys(range(column, column + width), index + height))
                placed.append(cell)
                covered.append(Slot(first + index, column, height, width))
                column += width
        first += len(group)
    return list(zip(placed, closed_up(covered), strict=True))


def _groups(table: Element) -> list[list[Element]]:
    """The row groups in the order shown: ``tfoot`` last; rows outside any group form their own."""
    groups: list[list[Element]] = []
    loose: list[Element] | None = None
    feet: list[list[Element]] = []
    for child in table.elements():
        if child.name == "tr":
            if loose is None:
                loose = []
                groups.append(loose)
            loose.append(child)
        elif child.name in _GROUPS:
            loose = None
            rows = [row for row in child.elements() if row.name == "tr"]
            (feet if child.name == "tfoot" else groups).append(rows)
    return groups + feet


def _cells_of(row: Element) -> Iterator[Element]:
    return (cell for cell in row.elements() if cell.name in {"td", "th"})


def _row_strays(row: Element | Characters) -> Iterator[Element | Characters]:
    if isinstance(row, Element) and row.name == "tr":
        yield from (part for part in row.children if not (isinstance(part, Element) and part.name in {"td", "th"}))
    else:
        yield row


def _span(cell: Element, name: str) -> int:
    """The attribute as the standard parses it: leading digits; 1 if none; for rows 0 means to the end of the group."""
    digits = ""
    for character in cell.attribute(name).strip():
        if not ("0" <= character <= "9") or len(digits) > 6:
            break
        digits += character
    return min(int(digits), MAX_SPAN) if digits else 1
