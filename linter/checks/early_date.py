"""The report is dated on the last day of its year or later: before, its figures cannot be counted (条例 art. 49)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from linter.checks.issued import of_its_day
from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import DateMention, Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"date", "end"})}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()
    return of_its_day(_judge)


def _judge(_report: Report, issued: DateMention, day: datetime.date, year: int) -> Iterator[Fact]:
    end = datetime.date(year, 12, 31)
    if day < end:
        yield Problem(Place("date", (), issued.span), {"date": day.isoformat(), "end": end.isoformat()})
