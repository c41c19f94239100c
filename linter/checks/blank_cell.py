"""Cells are filled, with 0 where there is nothing: one finding a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.edition import CellSpec, Kind
from linter.model.finding import Check, Fact, Problem, Value
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
            fillable = [(cell, found.state) for cell, found in form.found() if cell.kind is not Kind.TITLE]
            blank = [cell for cell, state in fillable if state is State.BLANK]
            if not blank:
                continue
            if len(blank) == len(fillable):
                yield Problem(report.place(form.spec.id), {"form": form.spec.title}, variant="empty")
                continue
            totals = _totals(form, blank)
            places = tuple(map(form.place, totals or blank))
            values: dict[str, Value] = {"count": len(places), "form": form.spec.title}
            yield Problem(places[0], values, places[1:], variant="total" if totals else "")

    return check


def _totals(form: Form, blank: Iterable[CellSpec]) -> list[CellSpec]:
    """Those of a total column that stand beside figures in their row."""
    filled = {row for (row, _), cell in form.cells.items() if cell.value}
    return [cell for cell in blank if cell.column.id == "total" and cell.row.id in filled]
