"""A row has as many cells as the header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Unchecked, Value
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"row", "expected", "found", "form"})}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        for form in report.forms.values():
            if form.doubt == "columns":
                yield Unchecked("columns", report.place(form.spec.id))
                continue
            for misfit in form.misfits:
                path = f"{form.spec.id}/{misfit.row}" if misfit.row else form.spec.id
                place = report.place(path)
                values: dict[str, Value] = {
                    "row": place.labels[-1],
                    "expected": misfit.expected,
                    "found": misfit.found,
                    "form": form.spec.title,
                }
                yield Problem(Place(path, place.labels, misfit.span), values)

    return check
