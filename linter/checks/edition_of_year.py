"""The form used is the one in force for the report year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Unchecked, Value
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"year", "used", "first", "last"})}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        edition = report.edition
        if report.year is None:
            yield Unchecked("no-year")
        elif report.edition_from == "form" and not edition.serves(report.year):
            first = min(report.forms.values(), key=lambda form: form.span.start, default=None)
            values: dict[str, Value] = {
                "year": report.year,
                "used": edition.id,
                "first": edition.first_year,
                "last": edition.last_year,
            }
            yield Problem(Place("edition", (edition.title,), first.span if first else None), values)

    return check
