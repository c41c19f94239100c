"""The counts of a run: what was found, and how many relations were checked, held, broke or stayed open."""

from __future__ import annotations

from dataclasses import dataclass

from linter.model.finding import Result, Severity
from linter.words import Catalogue


@dataclass(slots=True)
class Totals:
    """Everything that the closing line of an output says, added up result by result."""

    files: int = 0
    unreadable: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    suppressed: int = 0
    unchecked: int = 0
    held: int = 0
    broken: int = 0
    open: int = 0
    """Relations that could not be checked."""

    @property
    def relations(self) -> int:
        return self.held + self.broken + self.open

    def add(self, result: Result) -> None:
        severities = [finding.severity for finding in result.findings]
        self.files += 1
        self.unreadable += result.error is not None
        self.errors += severities.count(Severity.ERROR)
        self.warnings += severities.count(Severity.WARNING)
        self.notes += severities.count(Severity.NOTE)
        self.suppressed += len(result.suppressed)
        self.unchecked += len(result.unchecked)
        self.held += result.relations("held")
        self.broken += result.relations("broken")
        self.open += result.relations("unchecked")


def totals(result: Result) -> Totals:
    """The counts of one file."""
    counts = Totals()
    counts.add(result)
    return counts


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
