"""Tables damaged as authors and copyists damage them: rows lost and exchanged, figures shifted."""

from __future__ import annotations

from dataclasses import replace

from synthesis.draft import Box, Sheet


def figures_of(sheet: Sheet, row: str) -> list[Box]:
    """The boxes of a row's figures in printed order (``form/row/column``)."""
    return [box for line in sheet.rows for box in line if box.path.startswith(f"{row}/")]


def without_row(sheet: Sheet, row: str) -> Sheet:
    """The table with a row gone; group labels that cover others too stay, one row shorter."""
    gone = next(number for number, line in enumerate(sheet.rows) if any(box.path == row for box in line))
    rows: list[tuple[Box, ...]] = []
    orphans: tuple[Box, ...] = ()
    for number, line in enumerate(sheet.rows):
        if number == gone:
            orphans = tuple(replace(box, rows=box.rows - 1) for box in line if box.rows > 1)
            continue
        shorter = (replace(box, rows=box.rows - 1) if number < gone < number + box.rows else box for box in line)
        rows.append((*(orphans if number == gone + 1 else ()), *shorter))
    return Sheet(sheet.form, tuple(rows))


def with_spare(sheet: Sheet, row: str, text: str) -> Sheet:
    """The table with one cell too many at the end of a row."""
    return Sheet(
        sheet.form,
        tuple((*line, Box(text)) if any(box.path == row for box in line) else line for line in sheet.rows),
    )
