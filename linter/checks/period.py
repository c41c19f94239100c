"""The statistical period is the report year, from 1 January to 31 December (DB51/T 2660—2019, 2.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Unchecked
from linter.model.report import DateMention, Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"year", "stated"}), "backwards": frozenset({"stated"})}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings. A period without dates is no wrong one: `linter.checks.stated_period` asks for them."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        for period in report.periods:
            if period.start is None and period.end is None:
                continue
            place = Place("period", (), period.span)
            start, end = _day(period.start), _day(period.end)
            if start and end and start > end:
                yield Problem(place, {"stated": period.text}, variant="backwards")
            elif report.year is None:
                yield Unchecked("no-year", place)
            elif (start and start != (report.year, 1, 1)) or (end and end != (report.year, 12, 31)):
                yield Problem(place, {"year": report.year, "stated": period.text})

    return check


def _day(mention: DateMention | None) -> tuple[int, int, int] | None:
    """Year, month, day, also of a day that no calendar has."""
    return (mention.year, mention.month, mention.day) if mention and mention.year else None
