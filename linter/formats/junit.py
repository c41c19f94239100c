"""JUnit XML: a suite for each file, a case for each rule that was run, for the test view of CI servers.

Errors and warnings fail their case; notes do not and stand in the suite's output. A rule that could not decide is
skipped, a file that could not be read is an error. There is no clock in it: the same files give the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from linter.formats.places import address, full_label
from linter.formats.totals import checked, found, totals
from linter.model.finding import Finding, OpenQuestion, Result, Rule, Severity
from linter.words import Catalogue, words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

EPOCH = "1970-01-01T00:00:00"
"""The schema requires a time; answers carry none."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (fifth edition, production 2) forbids in a document."""


def write(results: Iterable[Result], language: str) -> str:
    """An XML document; text that XML forbids is left out."""
    from xml.etree.ElementTree import Element, indent, tostring  # noqa: PLC0415 - only this format needs it

    say = words(language)
    root = Element("testsuites")
    for number, result in enumerate(results):
        _Suite(result, say).under(root, number)
    indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


class _Suite:
    """The suite of one file."""

    def __init__(self, result: Result, say: Catalogue) -> None:
        self.result = result
        self.say = say

    def under(self, root: Element, number: int) -> None:
        result = self.result
        failed = {rule.id for rule in result.rules if self._failures(rule)}
        skipped = {question.rule for question in result.unchecked} - failed
        path = _clean(result.path)
        suite = _sub(root, "testsuite", {
            "name": path, "package": path, "id": str(number), "timestamp": EPOCH, "hostname": "localhost",
            "tests": str(len(result.rules) + 1), "failures": str(len(failed)),
            "errors": str(int(result.error is not None)),
            "skipped": str(sum(rule.id in skipped for rule in result.rules)), "time": "0",
        })  # fmt: skip
        properties = _sub(suite, "properties")
        for name, value in self._properties().items():
            _sub(properties, "property", {"name": name, "value": value})
        self._read(suite)
        for rule in result.rules:
            self._rule(suite, rule)
        notes = [self._told(finding) for finding in result.findings if finding.severity is Severity.NOTE]
        counts = totals(result)
        _sub(suite, "system-out").text = _clean("\n".join([*notes, found(counts, self.say), checked(counts, self.say)]))
        _sub(suite, "system-err").text = _clean(result.error or "")

    def _properties(self) -> dict[str, str]:
        report = self.result.report
        facts = {state: str(self.result.relations(state)) for state in ("held", "broken", "unchecked")}
        if report is None:
            return facts
        return {
            "edition": report.edition.id,
            "year": str(report.year or ""),
            "agency": _clean(report.publisher.name),
            **facts,
        }

    def _read(self, suite: Element) -> None:
        case = self._case(suite, self.say("junit.read"))
        if self.result.error is not None:
            reason = _clean(self.result.error)
            _sub(case, "error", {"message": reason, "type": "unreadable"}).text = reason

    def _rule(self, suite: Element, rule: Rule) -> None:
        case = self._case(suite, f"{rule.id} {rule.name}")
        failures = self._failures(rule)
        open_questions = [question for question in self.result.unchecked if question.rule == rule.id]
        if failures:
            told = [*map(self._told, failures), *map(self._asked, open_questions)]
            worst = max(failures, key=lambda finding: finding.severity.rank)
            attributes = {"message": _clean(worst.message), "type": worst.severity.value}
            _sub(case, "failure", attributes).text = _clean("\n\n".join(told))
        elif open_questions:
            text = _clean("\n".join(map(self._asked, open_questions)))
            _sub(case, "skipped", {"message": _clean(open_questions[0].reason)}).text = text

    def _case(self, suite: Element, name: str) -> Element:
        return _sub(suite, "testcase", {"name": name, "classname": _clean(self.result.path), "time": "0"})

    def _failures(self, rule: Rule) -> list[Finding]:
        return [
            finding
            for finding in self.result.findings
            if finding.rule == rule.id and finding.severity is not Severity.NOTE
        ]

    def _told(self, finding: Finding) -> str:
        word = self.say(f"severity.{finding.severity.value}")
        where = f"{address(self.result, finding.place, self.say)} {full_label(self.result, finding.place, self.say)}"
        return f"{word} {finding.rule} {finding.message}\n{where}\n{finding.help}"

    def _asked(self, question: OpenQuestion) -> str:
        return (
            f"{question.reason} {full_label(self.result, question.place, self.say) if question.place else ''}".strip()
        )


def _sub(parent: Element, tag: str, attributes: dict[str, str] | None = None) -> Element:
    child = parent.makeelement(tag, attributes or {})
    parent.append(child)
    return child


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
