"""A title row of the 2014 form takes ——: a figure there belongs to nothing, or is a sum that does not add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.edition import Kind, RowSpec
from linter.model.finding import Check, Fact, Problem, Severity
from linter.model.report import Form, FormCell, Number, Report, State

_VALUES = frozenset({"stated", "computed", "row"})
FIELDS: Mapping[str, frozenset[str]] = {"": _VALUES, "zero": _VALUES}
"""`computed`: what the rows below add up to; ``zero``: a 0 that is their sum."""


def bind(settings: Mapping[str, object]) -> Check:
    """`want`: ``unbalanced`` for figures that are not the sum of the rows below, ``filled`` for all others."""
    read = Settings(settings)
    want = read.choice("want", ("filled", "unbalanced"))
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        for form in report.forms.values():
            for row, column, cell in _titles(form):
                place = report.place(f"{form.spec.id}/{row.id}/{column}")
                below = _sum_below(form, row, column)
                values = {"stated": cell.value, "computed": below, "row": row.label}
                if below != cell.value and want == "unbalanced":
                    yield Problem(place, values, tuple(report.place(path) for path in _paths_below(form, row, column)))
                elif below == cell.value and want == "filled":
                    zero = cell.value == 0
                    yield Problem(
                        place, values, variant="zero" if zero else "", severity=Severity.NOTE if zero else None
                    )

    return check


def _titles(form: Form) -> Iterator[tuple[RowSpec, str, FormCell]]:
    for _, row, column in form.spec.places():
        cell = form.cells.get((row.id, column.id))
        if row.kind is Kind.TITLE and cell is not None and cell.state is State.NUMBER:
            yield row, column.id, cell


def _below(form: Form, title: RowSpec) -> Iterator[RowSpec]:
    """The rows that stand right under the title."""
    for _, row, _ in form.spec.places():
        if row.group == (*title.group, title.label):
            yield row


def _paths_below(form: Form, title: RowSpec, column: str) -> Iterator[str]:
    for row in _below(form, title):
        cell = form.cells.get((row.id, column))
        if cell and cell.value:
            yield f"{form.spec.id}/{row.id}/{column}"


def _sum_below(form: Form, title: RowSpec, column: str) -> Number:
    added: Number = 0
    for row in _below(form, title):
        cell = form.cells.get((row.id, column))
        added += (cell.amount if cell else None) or 0
    return added
