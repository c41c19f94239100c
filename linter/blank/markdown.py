"""An empty report as Markdown: pipe tables, merged labels written once."""

from __future__ import annotations

from collections.abc import Iterable

from linter.blank.layout import Item, Sheet, Text, placed

_PREFIX = {"title": "# ", "heading": "## ", "prose": "", "signature": ""}


def markdown(items: Iterable[Item]) -> str:
    """The whole file."""
    return "\n\n".join(_table(item) if isinstance(item, Sheet) else _line(item) for item in items) + "\n"


def _line(item: Text) -> str:
    return _PREFIX[item.role] + item.text


def _table(sheet: Sheet) -> str:
    rows = _grid(sheet)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _grid(sheet: Sheet) -> list[list[str]]:
    """The sheet as equally long rows; a merged cell stands in its first position, the others it covers are blank."""
    rows = [[""] * sum(slot.columns for slot in sheet.lines[0]) for _ in sheet.lines]
    for number, column, slot in placed(sheet):
        rows[number][column] = slot.text
    return rows
