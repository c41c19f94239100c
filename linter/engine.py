"""Report + rules → Result: facts get words, the figures a cause. Nothing is read or written here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from linter.findings import in_order, severity, worded
from linter.model.finding import Diagnosis, Finding, OpenQuestion, Problem, Result, Rule, Severity, Unchecked
from linter.model.report import Report
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
        findings=in_order(findings),
        unchecked=tuple(dict.fromkeys(questions)),
        diagnoses=diagnoses,
        rules=applied,
    )


def _diagnoses(report: Report, problems: Sequence[tuple[Rule, Problem]]) -> tuple[Diagnosis, ...]:
    """The smallest repairs of every form. Relations that an honest report may break are no evidence of an error."""
    wrong = [problem.relation for rule, problem in problems if severity(rule, problem) is Severity.ERROR]
    evidence = [relation for relation in report.relations if relation.state == "held" or relation in wrong]
    return tuple(found for form in report.forms.values() for found in diagnose(form.spec, evidence))


def _finding(rule: Rule, problem: Problem, report: Report, diagnoses: Sequence[Diagnosis], say: Catalogue) -> Finding:
    """In words, with the cause that it shares with others."""
    found = worded(rule, problem, report, say)
    shared = [number for number, item in enumerate(diagnoses) if problem.relation in item.broken]
    if not shared:
        return found
    diagnosis = diagnoses[shared[0]]
    cause = diagnosis.causes[0] if diagnosis.unique and diagnosis.causes else None
    return replace(found, cause=cause, group=f"{diagnosis.form}-{shared[0]}")


def _question(rule: Rule, fact: Unchecked, say: Catalogue) -> OpenQuestion:
    return OpenQuestion(rule.id, rule.name, say.reason("unchecked", fact.reason, fact.values), fact.place)
