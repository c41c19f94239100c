"""The sections stand in the order of the edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"title", "before"})}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        order = [spec.id for spec in report.edition.sections]
        titles = {spec.id: spec.title for spec in report.edition.sections}
        furthest = ""
        for found in report.sections:
            if furthest and order.index(found) < order.index(furthest):
                values = {"title": titles[found], "before": titles[furthest]}
                yield Problem(report.place(f"section/{found}"), values, (report.place(f"section/{furthest}"),))
            else:
                furthest = found

    return check
