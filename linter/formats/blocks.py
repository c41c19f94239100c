"""Findings as a person reads them: those of one cause together, with the repair that explains them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linter.model.finding import Diagnosis, Finding, Result


@dataclass(frozen=True, slots=True)
class Block:
    """One cause's findings, the gravest first; `diagnosis` None: a finding that stands alone."""

    findings: tuple[Finding, ...]
    diagnosis: Diagnosis | None = None


def blocks(result: Result) -> Iterator[Block]:
    """The findings of a file in their order; those of a group stand where its first one stands."""
    done: set[str] = set()
    for finding in result.findings:
        if not finding.group:
            yield Block((finding,))
        elif finding.group not in done:
            done.add(finding.group)
            members = tuple(other for other in result.findings if other.group == finding.group)
            yield Block(tuple(sorted(members, key=lambda item: -item.severity.rank)), _explains(result.diagnoses, members))


def _explains(diagnoses: Sequence[Diagnosis], findings: Sequence[Finding]) -> Diagnosis | None:
    """The diagnosis whose repair the findings carry, else the one that broke a relation over their cells."""
    causes = {finding.cause for finding in findings if finding.cause}
    paths = {finding.place.path for finding in findings}
    paths |= {place.path for finding in findings for place in finding.related}
    return next((item for item in diagnoses if causes.intersection(item.causes)), None) or next(
        (item for item in diagnoses if paths & cells(item)), None
    )


def cells(diagnosis: Diagnosis) -> set[str]:
    """The paths of the cells in the broken relations."""
    return {term.place.path for relation in diagnosis.broken for term in relation.terms}
