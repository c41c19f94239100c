"""The day a report is dated, for the checks that hold it against the year."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from linter.model.finding import Check, Fact, Unchecked
from linter.model.report import DateMention, Report

Judge = Callable[[Report, DateMention, datetime.date, int], Iterator[Fact]]
"""Judges a report by its date as printed, the day that it is, and the report year."""


def of_its_day(judge: Judge) -> Check:
    """The check that `judge` makes of a report with a date and a year; one open question without either."""

    def check(report: Report) -> Iterator[Fact]:
        issued = report.issued
        if issued is None or issued.date is None:
            yield Unchecked("no-date")
        elif report.year is None:
            yield Unchecked("no-year")
        else:
            yield from judge(report, issued, issued.date, report.year)

    return check
