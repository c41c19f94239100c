"""A few rows of a form as aligned lines: the rows that a broken relation joins, the suspect figure in brackets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from linter.formats.folding import cells, fold, left, right
from linter.formats.quote import printable
from linter.model.edition import Band, FormSpec, RowSpec
from linter.model.report import Form, Relation, Report, State
from linter.sums.arithmetic import short

MOST_ROWS = 9
LABEL, HEADER = 14, 8
"""Cells: the least for a label, the most for a header before it folds."""
NIL = " 0 "
"""A column of nothing but this is left out where there is no room for the labels."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines ready to print, header lines first, and how many rows that the relations join were left out."""

    head: tuple[str, ...]
    rows: tuple[str, ...]
    omitted: int


def excerpt(
    report: Report, marks: Collection[str], relations: Sequence[Relation], width: int, words: Mapping[State, str]
) -> Excerpt | None:
    """The rows around the marked cells of one form.

    `marks`: ``form/row/column`` of the suspects; `words` stand for figures that cannot be shown. None where the cells
    are of no form that was found in the report.
    """
    path = next(iter(marks), "")
    form = report.forms.get(path.partition("/")[0])
    if form is None or path.count("/") != 2:
        return None
    band = _band(form.spec, path)
    if band is None:
        return None
    kept, omitted = _rows(band, marks, relations)
    figures = [[_figure(form, row, column.id, marks, words) for column in band.columns] for row in kept]
    return _draw([short(row.label) for row in kept], [column.label for column in band.columns], figures, width, omitted)


def _band(spec: FormSpec, path: str) -> Band | None:
    """The band of the cell; None for a path that names a whole column (``form/*/column``) or no cell of the form."""
    _, row, _ = path.split("/")
    return next((band for band in spec.bands if any(item.id == row for item in band.rows)), None)


def _rows(band: Band, marks: Collection[str], relations: Sequence[Relation]) -> tuple[list[RowSpec], int]:
    """The rows of the marks and, as far as there is room, those of their columns whose figures are not 0."""
    marked = {path.split("/")[1] for path in marks}
    joined = {
        term.place.path.split("/")[1]
        for relation in relations
        if any(term.place.path in marks for term in relation.terms)
        for term in relation.terms
        if term.value != 0
    }
    wanted = [row for row in band.rows if row.id in marked | joined]
    spare = max(MOST_ROWS - len(marked), 0)
    neighbours = [row.id for row in wanted if row.id not in marked][:spare]
    kept = [row for row in wanted if row.id in marked or row.id in neighbours]
    return kept, len(wanted) - len(kept)


def _figure(form: Form, row: RowSpec, column: str, marks: Collection[str], words: Mapping[State, str]) -> str:
    """The figure between spaces, or between brackets if it is suspect: the digits of a column stay in line."""
    cell = form.cells.get((row.id, column))
    text = "" if cell is None else words.get(cell.state, printable(cell.text))
    return f"[{text}]" if f"{form.spec.id}/{row.id}/{column}" in marks else f" {text} "


def _draw(
    labels: Sequence[str], headers: Sequence[str], figures: Sequence[Sequence[str]], width: int, omitted: int
) -> Excerpt:
    columns = list(zip(headers, zip(*figures, strict=True), strict=True))
    longest = max(map(cells, labels))
    if longest + sum(map(_width, columns)) > width:
        columns = [column for column in columns if set(column[1]) != {NIL}]
    widths = list(map(_width, columns))
    stub = min(longest, max(width - sum(widths), LABEL))
    folded = [fold(header, column - 2) for (header, _), column in zip(columns, widths, strict=True)]
    height = max(map(len, folded))
    padded = [[""] * (height - len(lines)) + lines for lines in folded]
    head = tuple(_line("", [f"{lines[index]} " for lines in padded], stub, widths) for index in range(height))
    rows = zip(labels, zip(*(column for _, column in columns), strict=True), strict=True)
    return Excerpt(head, tuple(_line(text, row, stub, widths) for text, row in rows), omitted)


def _width(column: tuple[str, tuple[str, ...]]) -> int:
    """The cells a column takes: its widest figure, or its header folded, with a space on either side."""
    header, figures = column
    return max(min(cells(header), HEADER) + 2, *map(cells, figures))


def _line(label: str, figures: Sequence[str], stub: int, widths: Sequence[int]) -> str:
    return left(label, stub) + "".join(right(figure, width) for figure, width in zip(figures, widths, strict=True))
