"""Dates are days of the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"text"})}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        for mention in report.dates:
            if mention.date is None and mention.year is not None:
                yield Problem(Place("date", (), mention.span), {"text": mention.text})

    return check
