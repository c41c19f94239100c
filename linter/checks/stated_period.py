"""The statistical period is stated, with its dates (DB51/T 2660—2019, 2.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Severity
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"year"}), "undated": frozenset({"text"})}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        if not report.periods:
            yield Problem(Place("period"), {"year": report.year})
        for period in report.periods:
            if period.start is None and period.end is None:
                yield Problem(
                    Place("period", (), period.span),
                    {"text": period.text},
                    variant="undated",
                    severity=Severity.WARNING,
                )

    return check
