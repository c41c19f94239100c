"""Every form the edition requires is there and can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Unchecked
from linter.model.outline import Section
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"title"})}


_PICTURES = frozenset({"image", "scanned-page", "embedded-file"})
"""Notices of what may be a table that cannot be read."""


def bind(settings: Mapping[str, object]) -> Check:
    """`want`: ``absent`` for forms that are nowhere, ``unreadable`` for those that may be there as something else: a
    picture, a table that is not the form's, or (in plain text, which has neither) anything under the form's heading.
    `elsewhere`: pattern of words that say the form of an annex is a file of its own; then it is unreadable here.
    """
    read = Settings(settings)
    elsewhere = read.pattern("elsewhere")
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
            section = report.sections.get(spec.section)
            if spec.section and section is None:
                continue  # the missing section is the fault
            apart = not spec.section and any(elsewhere.search(passage.text) for passage in report.outline.passages())
            if (apart or _something_else(report, section)) == (want == "unreadable"):
                yield Problem(
                    place, {"title": spec.title}, (report.place(f"section/{spec.section}"),) if section else ()
                )

    return check


def _something_else(report: Report, section: Section | None) -> bool:
    """Whether the section (None: what follows the last heading) holds what may be the table."""
    if section is not None and report.document.format == "text":
        return True
    start, end = _extent(report, section)
    read = {table.span for form in report.forms.values() for table in form.tables}
    return any(table.physical and table.span not in read for table in (section.tables() if section else ())) or any(
        notice.kind in _PICTURES and (notice.span is None or start <= notice.span.start <= end)
        for notice in report.document.notices
    )


def _extent(report: Report, section: Section | None) -> tuple[int, int]:
    """From the section's heading to the next of its level; from the last heading to the end for None."""
    starts = [one.heading.passage.span().start for one in report.outline.sections]
    end = len(report.document.text)
    if section is None:
        return max(starts, default=0), end
    start = section.heading.passage.span().start
    return start, min((other for other in starts if other > start), default=end)
