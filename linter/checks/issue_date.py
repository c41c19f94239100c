"""The report is dated, after the period and before the deadline (old 条例 art. 31; 条例 art. 49)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Unchecked
from linter.model.report import AgencyKind, DateMention, Place, Report

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset(),
    "late": frozenset({"date", "deadline"}),
    "early": frozenset({"date", "end"}),
}


def bind(settings: Mapping[str, object]) -> Check:
    """`want`: ``dated``, ``in-time`` or ``not-early``. `department`, `government`: ``MM-DD`` of the year after the
    report year; `before_2019`: the one for all under the old regulation. The options ``deadline-department`` and so on
    replace them, the option ``deadline`` (a date) wins over all.
    """
    read = Settings(settings)
    want = read.choice("want", ("dated", "in-time", "not-early"))
    deadlines = {key: read.text(key, "03-31") for key in ("department", "government", "before_2019")}
    read.done()
    for key, day in deadlines.items():
        try:
            datetime.date.fromisoformat(f"2000-{day}")
        except ValueError as error:
            raise ValueError(f"{key}: expected MM-DD, found {day!r}") from error

    def check(report: Report) -> Iterator[Fact]:
        issued = report.issued
        if want == "dated":
            if issued is None:
                yield Problem(Place("date"))
        elif issued is None or issued.date is None:
            yield Unchecked("no-date")
        elif report.year is None:
            yield Unchecked("no-year")
        elif want == "in-time":
            yield from _late(report, issued, issued.date, _deadline(report, report.year, deadlines))
        elif issued.date < datetime.date(report.year, 12, 31):
            values = {"date": issued.date.isoformat(), "end": f"{report.year}-12-31"}
            yield Problem(Place("date", (), issued.span), values, variant="early")

    return check


def _late(report: Report, issued: DateMention, day: datetime.date, deadline: datetime.date) -> Iterator[Fact]:
    if day > deadline:
        values = {"date": day.isoformat(), "deadline": deadline.isoformat()}
        yield Problem(Place("date", (report.publisher.name,), issued.span), values, variant="late")


def _deadline(report: Report, year: int, deadlines: Mapping[str, str]) -> datetime.date:
    own = report.options.get("deadline")
    if isinstance(own, datetime.date):
        return own
    department = report.publisher.kind is AgencyKind.DEPARTMENT
    key = "before_2019" if year < 2019 else "department" if department else "government"
    configured = report.options.get(f"deadline-{key.replace('_', '-')}")
    day = configured if isinstance(configured, str) else deadlines[key]
    return datetime.date.fromisoformat(f"{year + 1}-{day}")
