"""规章 from a body without the power to make them.

立法法 arts. 91 and 93 give it to State Council bodies, provincial governments and those of cities with districts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import AgencyKind, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"printed", "publisher"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`row`: the row of regulations (``form/row``); `powerful`: patterns of names of bodies that have the power."""
    read = Settings(settings)
    form_id, row_id = read.text("row").split("/")
    powerful = read.patterns("powerful")
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        form = report.forms.get(form_id)
        name = report.publisher.name
        without = report.publisher.kind in (AgencyKind.DEPARTMENT, AgencyKind.TOWNSHIP, AgencyKind.SUBDISTRICT)
        if form is None or not name or not without or any(pattern.search(name) for pattern in powerful):
            return
        for cell, found in form.found():
            if cell.row.id == row_id and found.value:
                yield Problem(form.place(cell), {"printed": found.text.strip(), "publisher": name})
                return

    return check
