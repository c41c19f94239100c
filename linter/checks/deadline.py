"""The report is out before the deadline (old 条例 art. 31; 条例 art. 49)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from linter.checks.issued import of_its_day
from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import AgencyKind, DateMention, Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"date", "deadline"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`department`, `government`: ``MM-DD`` of the year after the report year; `before_2019`: the one for all under
    the old regulation. The options ``deadline-department`` and so on replace them, the option ``deadline`` (a date)
    wins over all.
    """
    read = Settings(settings)
    deadlines = {key: read.text(key) for key in ("department", "government", "before_2019")}
    read.done()
    for key, day in deadlines.items():
        try:
            datetime.date.fromisoformat(f"2001-{day}")  # no leap year: the day exists in every year
        except ValueError as error:
            raise ValueError(f"{key}: expected MM-DD, found {day!r}") from error

    def judge(report: Report, issued: DateMention, day: datetime.date, year: int) -> Iterator[Fact]:
        deadline = _deadline(report, year, deadlines)
        if day > deadline:
            values = {"date": day.isoformat(), "deadline": deadline.isoformat()}
            yield Problem(Place("date", (report.publisher.name,), issued.span), values)

    return of_its_day(judge)


def _deadline(report: Report, year: int, deadlines: Mapping[str, str]) -> datetime.date:
    own = report.options.get("deadline")
    if isinstance(own, datetime.date):
        return own
    department = report.publisher.kind is AgencyKind.DEPARTMENT
    key = "before_2019" if year < 2019 else "department" if department else "government"
    configured = report.options.get(f"deadline-{key.replace('_', '-')}")
    day = configured if isinstance(configured, str) else deadlines[key]
    return datetime.date.fromisoformat(f"{year + 1}-{day}")
