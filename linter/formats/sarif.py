"""SARIF 2.1.0 (OASIS standard, errata 01): for code scanning and for viewers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from urllib.parse import quote

from linter.formats.places import full_label, stretch
from linter.model.finding import Finding, OpenQuestion, Result, Rule
from linter.model.report import Place
from linter.version import __version__
from linter.words import Catalogue, words

Json = dict[str, object]
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(results: Iterable[Result], language: str) -> str:
    """One log with one run. What could not be checked are results of kind ``open``, unread files notifications."""
    say = words(language)
    rules: dict[str, Rule] = {}
    index: dict[str, int] = {}
    paths: dict[str, int] = {}
    unread: list[Json] = []
    told: list[Json] = []
    for result in results:
        for rule in result.rules:
            rules.setdefault(rule.id, rule)
            index.setdefault(rule.id, len(index))
        artifact = paths.setdefault(result.path, len(paths))
        unread += _unread(result)
        told += _results(result, artifact, index, say)
    run = {
        "tool": {"driver": _driver(list(rules.values()), language)},
        "invocations": [{"executionSuccessful": not unread, "toolExecutionNotifications": unread}],
        "artifacts": [{"location": _location(path)} for path in paths],
        "columnKind": "unicodeCodePoints",
        "language": {"zh": "zh-CN", "en": "en"}[language],
        "results": told,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _driver(rules: Sequence[Rule], language: str) -> Json:
    return {
        "name": "gouji",
        "semanticVersion": __version__,
        "rules": [_rule(rule, language) for rule in rules],
    }


def _rule(rule: Rule, language: str) -> Json:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.summary.of(language)},
        "fullDescription": {"text": rule.why.of(language) or rule.summary.of(language)},
        "help": {"text": f"{rule.why.of(language)}\n\n{rule.source}".strip()},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": [rule.family, *rule.editions], "source": rule.source},
    }


def _unread(result: Result) -> Iterator[Json]:
    """That the file could not be read, and the reason."""
    if result.error is not None:
        yield {
            "level": "error",
            "message": {"text": result.error},
            "locations": [{"physicalLocation": {"artifactLocation": _location(result.path)}}],
        }


def _results(result: Result, artifact: int, index: Mapping[str, int], say: Catalogue) -> list[Json]:
    return [
        *(_finding(result, artifact, finding, index, say) for finding in (*result.findings, *result.suppressed)),
        *(_open(result, artifact, question, index, say) for question in result.unchecked),
    ]


def _finding(result: Result, artifact: int, finding: Finding, index: Mapping[str, int], say: Catalogue) -> Json:
    answer: Json = {
        **_rule_reference(finding.rule, index),
        "kind": "fail",
        "level": finding.severity.value,
        "message": {"text": f"{finding.message}\n{finding.help}".strip()},
        "locations": [_place(result, artifact, finding.place, say)],
    }
    if finding.related:
        answer["relatedLocations"] = [
            {"id": number, **_place(result, artifact, place, say), "message": {"text": full_label(result, place, say)}}
            for number, place in enumerate(finding.related)
        ]
    if finding.fingerprint:
        answer["partialFingerprints"] = {"gouji/v1": finding.fingerprint}
    if finding.suppressed:
        answer["suppressions"] = [{"kind": "external", "justification": finding.suppressed}]
    return answer


def _open(result: Result, artifact: int, question: OpenQuestion, index: Mapping[str, int], say: Catalogue) -> Json:
    whole = {"physicalLocation": {"artifactLocation": _location(result.path, artifact)}}
    return {
        **_rule_reference(question.rule, index),
        "kind": "open",
        "level": "none",
        "message": {"text": question.reason},
        "locations": [_place(result, artifact, question.place, say) if question.place else whole],
    }


def _rule_reference(rule: str, index: Mapping[str, int]) -> Json:
    return {"ruleId": rule, "ruleIndex": index[rule]} if rule in index else {"ruleId": rule}


def _place(result: Result, artifact: int, place: Place, say: Catalogue) -> Json:
    """The file with a region where it has lines and columns, and the place by its meaning."""
    physical: Json = {"artifactLocation": _location(result.path, artifact)}
    where = stretch(result, place)
    if where.textual:
        bounds = {
            "startLine": where.start.line,
            "startColumn": where.start.column,
            "endLine": where.end_line,
            "endColumn": where.end_column,
        }
        physical["region"] = {name: value for name, value in bounds.items() if value is not None}
    logical = {"fullyQualifiedName": place.path, "name": full_label(result, place, say)}
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _location(path: str, artifact: int | None = None) -> Json:
    location: Json = {"uri": _uri(path)}
    return location if artifact is None else location | {"index": artifact}


def _uri(path: str) -> str:
    """The path as a URI reference, percent-encoded; an absolute path as a ``file`` URI."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(os.fsencode(pure.as_posix()))
