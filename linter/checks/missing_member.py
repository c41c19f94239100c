"""Every member of a roll-up has a report of the year with forms to add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.member_figures import member_figures
from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Unchecked
from linter.model.report import AgencyKind, Place, Report

FIELDS: Mapping[str, frozenset[str]] = dict.fromkeys(
    ("", "unreadable", "other-year", "formless"), frozenset({"member"})
)


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        if not report.members and report.publisher.kind is AgencyKind.GOVERNMENT:
            yield Unchecked("no-members")
        for member in member_figures(report):
            if member.absence is not None:
                place = Place(f"members/{member.name}", (member.name,))
                yield Problem(place, {"member": member.name}, variant=member.absence)

    return check
