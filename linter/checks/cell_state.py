"""A cell holds what the form wants there: a number, and no negative or broken number of things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from linter.checks.settings import Settings
from linter.model.edition import Kind
from linter.model.finding import Check, Fact, Problem
from linter.model.report import FormCell, Number, Report, State

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"printed"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`want`: ``number`` (text is wrong), ``count`` (negative or fractional is wrong)."""
    read = Settings(settings)
    want = read.choice("want", ("number", "count"))
    read.done()
    wrong = _not_a_number if want == "number" else _impossible

    def check(report: Report) -> Iterator[Fact]:
        for form in report.forms.values():
            if form.doubt:
                continue
            for cell, found in form.found():
                if wrong(found, cell.kind):
                    yield Problem(form.place(cell), {"printed": found.text.strip()})

    return check


def _not_a_number(cell: FormCell, kind: Kind) -> bool:
    return kind is not Kind.TITLE and cell.state is State.TEXT


def _impossible(cell: FormCell, kind: Kind) -> bool:
    value = cell.value
    if value is None or kind is Kind.TITLE:
        return False
    return (kind is not Kind.SIGNED and value < 0) or (kind in (Kind.COUNT, Kind.SIGNED) and not _whole(value))


def _whole(value: Number) -> bool:
    return not isinstance(value, Decimal) or value == value.to_integral_value()
