"""A problem becomes a finding: the rule's words, a severity, a fingerprint, and its turn among the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from linter.model.finding import Finding, Problem, Rule, Severity
from linter.model.report import Report
from linter.rendering import render
from linter.words import Catalogue


def worded(rule: Rule, problem: Problem, report: Report, say: Catalogue) -> Finding:
    """The problem in the words that the rule has for it, in the catalogue's language."""
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=severity(rule, problem),
        message=render(rule.messages.get(problem.variant, rule.messages[""]), problem, report, say),
        help=render(rule.helps.get(problem.variant, rule.helps[""]), problem, report, say),
        place=problem.place,
        related=problem.related,
        values=problem.values,
        fingerprint=_fingerprint(rule, problem, report),
    )


def severity(rule: Rule, problem: Problem) -> Severity:
    """The rule's, unless the problem has one of its own."""
    return problem.severity or rule.severity


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of a draft in reading order, the gravest first on a tie; no two have a fingerprint in common."""
    return tuple(sorted(_distinct(findings), key=_turn))


def _fingerprint(rule: Rule, problem: Problem, report: Report) -> str:
    """Rule, logical place and facts: the same in every format, untouched by edits elsewhere."""
    span = problem.place.span
    words_there = report.document.text[span.start : span.end] if span else ""
    facts = [f"{key}={value}" for key, value in sorted(problem.values.items()) if isinstance(value, (int, str))]
    told = "\0".join([rule.id, problem.place.path, "".join(words_there.split()), *facts])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings with fingerprints made different where the same fault stands twice."""
    seen: dict[str, int] = {}
    for finding in findings:
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        yield finding if count == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{count}")


def _turn(finding: Finding) -> tuple[bool, int, int, str]:
    """What is absent or whole comes first."""
    span = finding.place.span
    return span is not None, span.start if span else 0, -finding.severity.rank, finding.rule
