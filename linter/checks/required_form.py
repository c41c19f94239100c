"""Every form the edition requires is there and can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Unchecked
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"title"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`want`: ``absent`` for forms that are nowhere, ``unreadable`` for those whose section stands without a table."""
    read = Settings(settings)
    want = read.choice("want", ("absent", "unreadable"))
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        for spec in report.edition.forms:
            if not spec.required or spec.id in report.forms:
                continue
            place = report.place(spec.id)
            if report.foreign and not spec.section:
                yield Unchecked("foreign-form", place)
                continue
            if report.year is not None and report.year < report.edition.first_year:
                yield Unchecked("older-than-the-form", place)
                continue
            heading = report.sections.get(spec.section)
            image = heading is not None or any(notice.kind == "image" for notice in report.document.notices)
            if spec.section and heading is None:
                continue  # the missing section is the fault
            if image == (want == "unreadable"):
                yield Problem(
                    place, {"title": spec.title}, (report.place(f"section/{spec.section}"),) if heading else ()
                )

    return check
