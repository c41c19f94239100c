"""A title row of the 2014 form takes ——: a figure there belongs to nothing, or is a sum that does not add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.edition import CellSpec, Kind
from linter.model.finding import Check, Fact, Problem, Severity
from linter.model.report import Form, Report, Term, added

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"stated", "row"}),
    "zero": frozenset({"stated", "row"}),
    "sum": frozenset({"stated", "computed", "row"}),
}


def bind(settings: Mapping[str, object]) -> Check:
    """`want`: ``unbalanced`` for figures that are not the sum of the rows below, ``filled`` for all others."""
    read = Settings(settings)
    want = read.choice("want", ("filled", "unbalanced"))
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        for form in report.forms.values():
            for title, found in form.found():
                stated = found.value
                if title.kind is not Kind.TITLE or stated is None:
                    continue
                terms = _below(form, title)
                place, computed, row = form.place(title), added(terms), title.row.label
                if computed != stated and want == "unbalanced":
                    parts = tuple(term.place for term in terms if term.value)
                    yield Problem(place, {"stated": stated, "computed": computed, "row": row}, parts, variant="sum")
                elif computed == stated and want == "filled":
                    zero = stated == 0
                    yield Problem(
                        place,
                        {"stated": stated, "row": row},
                        variant="zero" if zero else "",
                        severity=Severity.NOTE if zero else None,
                    )

    return check


def _below(form: Form, title: CellSpec) -> list[Term]:
    """The cells right under that of a title row, in its column."""
    return [
        Term(form.place(cell), found.amount)
        for cell, found in form.found()
        if cell.row.group == title.row.labels and cell.column.id == title.column.id
    ]
