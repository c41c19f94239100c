"""Dates are days of the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import DateMention, Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"text"})}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        for mention in report.dates:
            if mention.date is None and not _possible(mention):
                yield Problem(Place("date", (), mention.span), {"text": mention.text})

    return check


def _possible(mention: DateMention) -> bool:
    """A day without its year is a day of some year."""
    if mention.year is not None or not 1 <= mention.month <= 12:
        return False
    return 1 <= mention.day <= (29 if mention.month == 2 else 30 if mention.month in (4, 6, 9, 11) else 31)
