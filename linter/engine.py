"""Report + rules → Result: facts get words, a severity, a cause. Nothing is read or written here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from linter.model.finding import Diagnosis, Finding, OpenQuestion, Problem, Result, Rule, Severity, Unchecked
from linter.model.report import Place, Report
from linter.rendering import render
from linter.sums.cause import diagnose
from linter.words import Catalogue, words


def lint(report: Report, rules: Iterable[Rule], *, path: str, language: str = "zh") -> Result:
    """Every rule of the report's edition applied to it. Findings stand in reading order, the gravest first on a tie."""
    say = words(language)
    applied = tuple(rule for rule in rules if report.edition.id in rule.editions)
    problems: list[tuple[Rule, Problem]] = []
    questions: list[OpenQuestion] = []
    for rule in applied:
        for fact in rule.check(report):
            if isinstance(fact, Unchecked):
                questions.append(_question(rule, fact, say))
            else:
                problems.append((rule, fact))
    diagnoses = _diagnoses(report, problems)
    findings = [_finding(rule, problem, report, diagnoses, say) for rule, problem in problems]
    return Result(
        path=path,
        report=report,
        findings=tuple(sorted(_distinct(findings), key=_order)),
        unchecked=tuple(dict.fromkeys(questions)),
        diagnoses=diagnoses,
        rules=applied,
    )


def _diagnoses(report: Report, problems: Sequence[tuple[Rule, Problem]]) -> tuple[Diagnosis, ...]:
    """The smallest repairs of every form. Relations that an honest report may break are no evidence of an error."""
    wrong = [problem.relation for rule, problem in problems if _severity(rule, problem) is Severity.ERROR]
    evidence = [relation for relation in report.relations if relation.state == "held" or relation in wrong]
    return tuple(found for form in report.forms.values() for found in diagnose(form.spec, evidence))


def _severity(rule: Rule, problem: Problem) -> Severity:
    return problem.severity or rule.severity


def _finding(rule: Rule, problem: Problem, report: Report, diagnoses: Sequence[Diagnosis], say: Catalogue) -> Finding:
    shared = [number for number, item in enumerate(diagnoses) if problem.relation in item.broken]
    diagnosis = diagnoses[shared[0]] if shared else None
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=_severity(rule, problem),
        message=render(rule.messages.get(problem.variant, rule.messages[""]), problem, report, say),
        help=render(rule.helps.get(problem.variant, rule.helps[""]), problem, report, say),
        place=problem.place,
        related=problem.related,
        values=problem.values,
        cause=diagnosis.causes[0] if diagnosis and diagnosis.unique and diagnosis.causes else None,
        group=f"{diagnosis.form}-{shared[0]}" if diagnosis else "",
        fingerprint=_fingerprint(rule, problem, report),
    )


def _fingerprint(rule: Rule, problem: Problem, report: Report) -> str:
    """Rule, logical place and facts: the same in every format, untouched by edits elsewhere."""
    span = problem.place.span
    words_there = report.document.text[span.start : span.end] if span else ""
    facts = [f"{key}={value}" for key, value in sorted(problem.values.items()) if isinstance(value, (int, str))]
    told = "\0".join([rule.id, problem.place.path, "".join(words_there.split()), *facts])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _question(rule: Rule, fact: Unchecked, say: Catalogue) -> OpenQuestion:
    return OpenQuestion(rule.id, rule.name, say.reason("unchecked", fact.reason, fact.values), fact.place)


def _distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings with fingerprints made different where the same fault stands twice."""
    seen: dict[str, int] = {}
    for finding in findings:
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        yield finding if count == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{count}")


def _order(finding: Finding) -> tuple[bool, int, int, str]:
    """What is absent or whole comes first."""
    place: Place = finding.place
    return place.span is not None, place.span.start if place.span else 0, -finding.severity.rank, finding.rule
