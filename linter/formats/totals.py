"""The counts of a run: what was found, and how many relations were checked, held, broke or stayed open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linter.model.finding import Result, Severity
from linter.words import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Everything that the closing line of an output says."""

    files: int
    unreadable: int
    errors: int
    warnings: int
    notes: int
    suppressed: int
    unchecked: int
    held: int
    broken: int
    open: int
    """Relations that could not be checked."""

    @property
    def relations(self) -> int:
        return self.held + self.broken + self.open


def totals(results: Sequence[Result]) -> Totals:
    """The counts over these files."""
    severities = [finding.severity for result in results for finding in result.findings]
    return Totals(
        files=len(results),
        unreadable=sum(result.error is not None for result in results),
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        notes=severities.count(Severity.NOTE),
        suppressed=sum(len(result.suppressed) for result in results),
        unchecked=sum(len(result.unchecked) for result in results),
        held=sum(result.relations("held") for result in results),
        broken=sum(result.relations("broken") for result in results),
        open=sum(result.relations("unchecked") for result in results),
    )


def found(counts: Totals, say: Catalogue) -> str:
    """「1 个文件：2 个错误，0 个警告，1 个提示」, and what was suppressed or not readable where there is any."""
    parts = [
        say("count.errors", n=counts.errors),
        say("count.warnings", n=counts.warnings),
        say("count.notes", n=counts.notes),
    ]
    if counts.suppressed:
        parts.append(say("count.suppressed", n=counts.suppressed))
    if counts.unreadable:
        parts.append(say("count.unreadable", n=counts.unreadable))
    if counts.unchecked:
        parts.append(say("count.unchecked", n=counts.unchecked))
    return say("count.files", n=counts.files) + say("report.colon") + say("report.separator").join(parts)


def checked(counts: Totals, say: Catalogue) -> str:
    """「勾稽关系 52 条：50 条成立，2 条不成立，0 条未能核对」."""
    parts = [
        say("count.held", n=counts.held),
        say("count.broken", n=counts.broken),
        say("count.unchecked-relations", n=counts.open),
    ]
    return say("count.relations", n=counts.relations) + say("report.colon") + say("report.separator").join(parts)
