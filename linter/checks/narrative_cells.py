"""The table side of the narrative rules: a reading names cells, its figure is what they add up to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from linter.model.report import Form, Number, Place, Report, State

_REMARK = re.compile(r"(?<=.)（[^（）]{9,}）$")
"""What a label explains in brackets behind the name of the row."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a reading comes to in a report. `value` None: it could not be read. `reason` (a key): why that is so, or
    why the forms it comes from are not vouched for; "" for a figure to rely on.

    `name`: the cells in the form's own words, joined by ＋; `places`: the cells.
    """

    name: str
    value: Number | None
    places: tuple[Place, ...]
    reason: str = ""


def figure(report: Report, reading: str) -> Figure | None:
    """The figure of `reading`: cells ``form/row/column`` joined by `` + ``; ``row.*`` stands for the rows below a row.

    None where the edition has no such cells.
    """
    names: list[str] = []
    paths: list[str] = []
    for term in reading.split(" + "):
        found = _expand(report, term)
        if found is None:
            return None
        name, cells = found
        names.append(name)
        paths.extend(cells)
    total: Number = 0
    unknown = doubt = ""
    for path in paths:
        value, why = _amount(report, path)
        unknown, total = unknown or why, total + (value or 0)
        form = report.forms.get(path.split("/")[0])
        doubt = doubt or (form.doubt if form and form.doubt else "")
    places = tuple(report.place(path) for path in paths)
    return Figure("＋".join(names), None if unknown else total, places, unknown or doubt)


def _expand(report: Report, term: str) -> tuple[str, tuple[str, ...]] | None:
    """The name of a term and the paths of its cells; None where the edition does not have them."""
    form_id, row_id, column_id = term.split("/")
    spec = next((form for form in report.edition.forms if form.id == form_id), None)
    if spec is None:
        return None
    rows = [
        (band, row, column)
        for band, row, column in spec.places()
        if column.id == column_id and (row.id == row_id or (row_id.endswith(".*") and _below(row.id, row_id[:-1])))
    ]
    if not rows:
        return None
    band, row, column = rows[0]
    name = row.group[-1] if row_id.endswith(".*") and row.group else _REMARK.sub("", row.label)
    if len(band.columns) > 1 and column_id != "total":
        name += f"（{column.label}）"
    return name, tuple(f"{form_id}/{row.id}/{column_id}" for _, row, _ in rows)


def _below(row_id: str, prefix: str) -> bool:
    """Whether a row is directly below: handled.other.rest under ``handled.other.``."""
    return row_id.startswith(prefix) and "." not in row_id[len(prefix) :]


def _amount(report: Report, path: str) -> tuple[Number | None, str]:
    """What a cell adds to a sum, or why that is unknown: a blank total is the sum of its row, a blank form unknown."""
    form_id, row_id, column_id = path.split("/")
    form = report.forms.get(form_id)
    if form is None:
        return None, "missing-form"
    cell = form.cells.get((row_id, column_id))
    if cell is None:
        return None, "missing-row"
    if cell.state is State.NUMBER:
        return cell.value, ""
    if cell.amount is None:
        return None, "unread"
    if not any(other.state is State.NUMBER for other in form.cells.values()):
        return None, "blank"
    if column_id != "total" or cell.state is not State.BLANK:
        return cell.amount, ""
    amounts = [form.cells[key].amount for key in _parts(form, row_id)]
    if None in amounts:
        return None, "unread"
    return sum(amount for amount in amounts if amount is not None), ""


def _parts(form: Form, row_id: str) -> Iterator[tuple[str, str]]:
    """The cells of a row but its total."""
    return (key for key in form.cells if key[0] == row_id and key[1] != "total")
