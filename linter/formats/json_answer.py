"""The JSON answer, schema 1: ``docs/json.schema.json`` describes it. Additions are free, changes are not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from linter.formats.places import full_label, stretch
from linter.formats.totals import Totals
from linter.model.finding import Cause, Diagnosis, Finding, OpenQuestion, Result, Value
from linter.model.report import Number, Place, Term
from linter.version import __version__
from linter.words import Catalogue, words

SCHEMA = 1
Json = Mapping[str, object]


def write(results: Iterable[Result], language: str) -> str:
    """One JSON object, indented, in UTF-8 characters; lines and columns count from 1 in Unicode code points."""
    say = words(language)
    counts = Totals()
    reports = []
    for result in results:
        counts.add(result)
        reports.append(_report(result, say))
    answer = {
        "schema": SCHEMA,
        "gouji": __version__,
        "reports": reports,
        "summary": {
            "reports": counts.files,
            "errors": counts.errors,
            "warnings": counts.warnings,
            "notes": counts.notes,
            "unchecked": counts.unchecked,
            "suppressed": counts.suppressed,
            "unreadable": counts.unreadable,
        },
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _report(result: Result, say: Catalogue) -> Json:
    report = result.report
    return {
        "path": result.path,
        "format": report.document.format if report else None,
        "edition": report.edition.id if report else None,
        "year": report.year if report else None,
        "agency": report.publisher.name or None if report else None,
        "error": result.error,
        "findings": [_finding(result, finding, say) for finding in result.findings],
        "suppressed": [
            _finding(result, finding, say) | {"reason": finding.suppressed} for finding in result.suppressed
        ],
        "diagnoses": [_diagnosis(result, diagnosis, say) for diagnosis in result.diagnoses],
        "unchecked": [_open(result, question, say) for question in result.unchecked],
        "relations": {state: result.relations(state) for state in ("held", "broken", "unchecked")},
    }


def _finding(result: Result, finding: Finding, say: Catalogue) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        "place": _place(result, finding.place, say),
        "related": [_place(result, place, say) for place in finding.related],
        "values": {name: _value(result, value, say) for name, value in finding.values.items()},
        "cause": _cause(result, finding.cause, say) if finding.cause else None,
        "group": finding.group or None,
        "fingerprint": finding.fingerprint,
    }


def _open(result: Result, question: OpenQuestion, say: Catalogue) -> Json:
    return {
        "rule": question.rule,
        "name": question.name,
        "reason": question.reason,
        "place": _place(result, question.place, say) if question.place else None,
    }


def _diagnosis(result: Result, diagnosis: Diagnosis, say: Catalogue) -> Json:
    """All equally small repairs, where a finding's own `cause` is only there when it is the one answer."""
    return {
        "form": diagnosis.form,
        "unique": diagnosis.unique,
        "causes": [_cause(result, cause, say) for cause in diagnosis.causes],
    }


def _cause(result: Result, cause: Cause, say: Catalogue) -> Json:
    return {
        "places": [_place(result, place, say) for place in cause.places],
        "from": [_number(value) for value in cause.stated],
        "to": [_number(value) for value in cause.repaired],
        "slip": cause.slip or None,
    }


def _place(result: Result, place: Place, say: Catalogue) -> Json:
    where = stretch(result, place)
    return {
        "path": place.path,
        "label": full_label(result, place, say),
        "line": where.start.line,
        "column": where.start.column,
        "end_line": where.end_line,
        "end_column": where.end_column,
        "page": where.start.page,
    }


def _value(result: Result, value: Value, say: Catalogue) -> object:
    if isinstance(value, tuple):
        return [
            _place(result, item.place, say) | {"value": _number(item.value)} if isinstance(item, Term) else item  # type: ignore[operator]
            for item in value
        ]
    return value if isinstance(value, str) else _number(value)


def _number(value: Number | None) -> int | float | None:
    """Amounts of money have few enough digits that the nearest binary number prints as they do."""
    return float(value) if isinstance(value, Decimal) else value
