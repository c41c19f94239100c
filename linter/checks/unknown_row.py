"""A form has no rows of its own invention."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"printed", "form"})}


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        for form in report.forms.values():
            for label in form.unknown:
                place = Place(f"{form.spec.id}/?", (form.spec.title, label.text), label.span)
                yield Problem(place, {"printed": label.text, "form": form.spec.title})

    return check
