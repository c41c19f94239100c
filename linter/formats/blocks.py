"""Findings as a person reads them: those of one cause together, with the repair that explains them in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linter.formats.places import JOINT
from linter.model.finding import Cause, Diagnosis, Finding, Result
from linter.sums.arithmetic import number
from linter.words import Catalogue


@dataclass(frozen=True, slots=True)
class Block:
    """One cause's findings, the gravest first; `diagnosis` None: a finding that stands alone."""

    findings: tuple[Finding, ...]
    diagnosis: Diagnosis | None = None


def blocks(result: Result) -> Iterator[Block]:
    """The findings of a file in their order; those of a group stand where its first one stands."""
    done: set[str] = set()
    for finding in result.findings:
        if finding.group and finding.group in done:
            continue
        done.add(finding.group)
        members = [other for other in result.findings if other.group == finding.group] if finding.group else [finding]
        diagnosis = _explains(result.diagnoses, members) if finding.group else None
        if diagnosis is None:
            yield from (Block((member,)) for member in members)
        else:
            yield Block(tuple(sorted(members, key=lambda item: -item.severity.rank)), diagnosis)


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


def verdict(diagnosis: Diagnosis, say: Catalogue) -> str:
    """What the diagnosis comes to: one repair, several equally small ones, or none."""
    if not diagnosis.causes:
        return say("report.incurable")
    if not diagnosis.unique:
        return say("report.choices", n=len(diagnosis.causes))
    count = len(diagnosis.causes[0].places)
    return say("report.cause") if count == 1 else say("report.causes", n=count)


def changes(cause: Cause, say: Catalogue) -> str:
    """The repair: 「（七）总计 › 自然人 20 → 26（疑似一位数字录错）」."""
    steps = [
        f"{JOINT.join(place.labels[-2:]) or place.path} {number(old)} → {number(new)}"
        for place, old, new in zip(cause.places, cause.stated, cause.repaired, strict=True)
    ]
    slip = say("report.aside", text=say.reason("slip", cause.slip)) if cause.slip else ""
    return say("report.separator").join(steps) + slip
