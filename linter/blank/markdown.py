"""An empty report as Markdown: pipe tables, merged labels written once."""

from __future__ import annotations

from collections.abc import Iterable

from linter.blank.layout import Item, Sheet, Text

_PREFIX = {"title": "# ", "heading": "## ", "prose": "", "signature": ""}


def markdown(items: Iterable[Item]) -> str:
    """The whole file."""
    return "\n\n".join(_table(item) if isinstance(item, Sheet) else _line(item) for item in items) + "\n"


def _line(item: Text) -> str:
    return _PREFIX[item.role] + item.text


def _table(sheet: Sheet) -> str:
    rows = grid(sheet)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def grid(sheet: Sheet) -> list[list[str]]:
    """The sheet as equally long rows; what a merged cell covers is blank but for its first position."""
    width = sum(slot.columns for slot in sheet.lines[0])
    rows: list[list[str | None]] = [[None] * width for _ in sheet.lines]
    for number, line in enumerate(sheet.lines):
        column = 0
        for slot in line:
            while rows[number][column] is not None:
                column += 1
            for down in range(number, min(number + slot.rows, len(rows))):
                rows[down][column : column + slot.columns] = [""] * slot.columns
            rows[number][column] = slot.text
            column += slot.columns
    return [[text or "" for text in row] for row in rows]
