"""The report is dated after the year it reports on: before, its figures cannot be counted (条例 art. 49)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Unchecked
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"date", "end"})}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        issued = report.issued
        if issued is None or issued.date is None:
            yield Unchecked("no-date")
        elif report.year is None:
            yield Unchecked("no-year")
        elif issued.date < (end := datetime.date(report.year, 12, 31)):
            values = {"date": issued.date.isoformat(), "end": end.isoformat()}
            yield Problem(Place("date", (), issued.span), values)

    return check
