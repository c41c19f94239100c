"""The members of a roll-up: what each adds, and which of them add nothing and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linter.checks.figures import figures
from linter.model.report import Member, Number, Report


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """A member with its figures by path. `absence`: why there are none ("" no report, ``unreadable``, ``other-year``,
    ``formless``), None: there are.
    """

    name: str
    figures: Mapping[str, Number]
    absence: str | None = None


def member_figures(report: Report) -> tuple[MemberFigures, ...]:
    """Every member of the report, in the order given."""
    return tuple(_member_figures(member, report.year) for member in report.members)


def _member_figures(member: Member, year: int | None) -> MemberFigures:
    found = member.report
    if found is None:
        return MemberFigures(member.name, {}, "" if member.reason in ("", "missing") else "unreadable")
    name = found.publisher.name or member.name
    if year is not None and found.year not in (None, year):
        return MemberFigures(name, {}, "other-year")
    known = figures(found)
    return MemberFigures(name, known, None if known else "formless")
