"""Every row and every column header of a form is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.edition import Kind
from linter.model.finding import Check, Fact, Problem, Unchecked, Value
from linter.model.report import Form, Place, Report

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"row", "form"}),
    "several": frozenset({"rows", "count", "form"}),
}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        for form in report.forms.values():
            missing = [row for band in form.spec.bands for row in band.rows if row.id not in form.rows]
            missing = [row for row in missing if row.kind is not Kind.TITLE]
            if not missing:
                continue
            if form.doubt:
                yield Unchecked(form.doubt, report.place(form.spec.id))
            elif len(missing) == 1:
                row = missing[0]
                place = report.place(f"{form.spec.id}/{row.id}")
                yield Problem(
                    place, {"row": " › ".join(row.labels), "form": form.spec.title}, _nearest(report, form, row.id)
                )
            else:
                places = tuple(report.place(f"{form.spec.id}/{row.id}") for row in missing)
                values: dict[str, Value] = {
                    "rows": tuple(" › ".join(row.labels) for row in missing),
                    "count": len(missing),
                    "form": form.spec.title,
                }
                yield Problem(places[0], values, places[1:], variant="several")

    return check


def _nearest(report: Report, form: Form, row_id: str) -> tuple[Place, ...]:
    """The row before the gap, for a place to look at."""
    ids = [row.id for band in form.spec.bands for row in band.rows]
    before = [other for other in ids[: ids.index(row_id)] if other in form.rows]
    return (report.place(f"{form.spec.id}/{before[-1]}"),) if before else ()
