"""Cells are filled, with 0 where there is nothing: one finding a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.edition import Kind
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Form, Report, State

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"count", "form"}),
    "total": frozenset({"count", "form"}),
    "empty": frozenset({"form"}),
}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        for form in report.forms.values():
            if form.doubt:
                continue
            blank = [path for path in _fillable(form) if form.cells[path].state is State.BLANK]
            if not blank:
                continue
            paths = [f"{form.spec.id}/{row}/{column}" for row, column in blank]
            totals = _blank_totals(form, blank)
            if len(blank) == len(list(_fillable(form))):
                yield Problem(report.place(form.spec.id), {"form": form.spec.title}, variant="empty")
            elif totals:
                places = tuple(report.place(f"{form.spec.id}/{row}/{column}") for row, column in totals)
                yield Problem(places[0], {"count": len(totals), "form": form.spec.title}, places[1:], variant="total")
            else:
                places = tuple(map(report.place, paths))
                yield Problem(places[0], {"count": len(blank), "form": form.spec.title}, places[1:])

    return check


def _fillable(form: Form) -> Iterator[tuple[str, str]]:
    for _, row, column in form.spec.places():
        if row.kind is not Kind.TITLE and (row.id, column.id) in form.cells:
            yield row.id, column.id


def _blank_totals(form: Form, blank: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Blank cells of a total column beside figures in their row."""
    filled = {row for (row, _), cell in form.cells.items() if cell.state is State.NUMBER and cell.value}
    return [(row, column) for row, column in blank if column == "total" and row in filled]
