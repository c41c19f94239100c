"""The table side of the narrative rules: a reading names cells, its figure is what they add up to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from linter.checks.figures import form_figures, unknown
from linter.model.report import Number, Place, Report

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


Figures = Callable[[str], Figure | None]
"""Reading → its figure in a report, None where the edition has no such cells."""


def figures_of(report: Report) -> Figures:
    """What gives the figures of the report's readings: cells ``form/row/column`` joined by `` + ``; ``row.*`` stands
    for the rows below a row.
    """

    @cache
    def known(form_id: str) -> Mapping[str, Number]:
        form = report.forms.get(form_id)
        return form_figures(report, form) if form else {}

    @cache
    def figure(reading: str) -> Figure | None:
        names: list[str] = []
        paths: list[str] = []
        for term in reading.split(" + "):
            if (found := _expand(report, term)) is None:
                return None
            names.append(found[0])
            paths.extend(found[1])
        values = {path: known(_form(path)).get(path) for path in paths}
        unread = [path for path, value in values.items() if value is None]
        return Figure(
            name="＋".join(names),
            value=None if unread else sum(values[path] or 0 for path in paths),
            places=tuple(map(report.place, paths)),
            reason=unknown(report, unread[0], report, unread[0]).reason if unread else _doubt(report, paths),
        )

    return figure


def _form(path: str) -> str:
    return path.split("/", 1)[0]


def _doubt(report: Report, paths: Sequence[str]) -> str:
    """Why the forms of the cells are not vouched for."""
    forms = (report.forms[_form(path)] for path in paths)
    return next((form.doubt for form in forms if form.doubt), "")


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
