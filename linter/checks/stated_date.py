"""The report carries a date, its own or that of its publication."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset()}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        if report.issued is None:
            yield Problem(Place("date"))

    return check
