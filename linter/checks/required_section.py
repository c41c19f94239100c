"""Every section the edition requires is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"title", "number"})}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        for number, spec in enumerate(report.edition.sections, 1):
            if spec.required and spec.id not in report.sections:
                yield Problem(report.place(f"section/{spec.id}"), {"title": spec.title, "number": number})

    return check
