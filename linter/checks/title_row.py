"""A title row of the 2014 form takes ——: a figure there belongs to nothing, or is a sum that does not add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.edition import CellSpec, Kind
from linter.model.finding import Check, Fact, Problem, Severity
from linter.model.report import Form, Report, Term, added

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
            for title, found in form.found():
                stated = found.value
                if title.kind is not Kind.TITLE or stated is None:
                    continue
                terms = _below(form, title)
                place, computed = form.place(title), added(terms)
                values = {"stated": stated, "computed": computed, "row": title.row.label}
                if computed != stated and want == "unbalanced":
                    yield Problem(place, values, tuple(term.place for term in terms if term.value))
                elif computed == stated and want == "filled":
                    zero = stated == 0
                    yield Problem(
                        place, values, variant="zero" if zero else "", severity=Severity.NOTE if zero else None
                    )

    return check


def _below(form: Form, title: CellSpec) -> list[Term]:
    """The cells right under that of a title row, in its column."""
    return [
        Term(form.place(cell), found.amount)
        for cell, found in form.found()
        if cell.row.group == title.row.labels and cell.column.id == title.column.id
    ]
