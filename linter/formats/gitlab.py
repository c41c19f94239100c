"""GitLab code quality report: a JSON list of degradations, for the widget of a merge request.

A file that could not be read is a blocker; what could not be checked is one entry of its own for each file, for a
silent list would look like a clean one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from linter.formats.places import full_label, stretch
from linter.model.finding import Finding, Result
from linter.words import Catalogue, words

SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def write(results: Iterable[Result], language: str) -> str:
    """The list; every fingerprint occurs once in it and does not depend on line numbers."""
    say = words(language)
    seen: Counter[str] = Counter()
    entries = []
    for result in results:
        for check, severity, text, line, key in _entries(result, say):
            identity = f"{result.path}\0{key}"
            seen[identity] += 1
            entries.append({
                "description": text, "check_name": check, "severity": severity,
                "fingerprint": sha256(f"{identity}\0{seen[identity]}".encode("utf-8", "surrogatepass")).hexdigest(),
                "location": {"path": result.path.replace("\\", "/").removeprefix("./"), "lines": {"begin": line}},
            })  # fmt: skip
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _entries(result: Result, say: Catalogue) -> Iterator[tuple[str, str, str, int, str]]:
    """(check, severity, description, line, what the fingerprint rests on)."""
    if result.error is not None:
        yield "unreadable", "blocker", f"{say('report.unreadable')}{say('report.colon')}{result.error}", 1, "unreadable"
    for finding in result.findings:
        line = stretch(result, finding.place)
        begin = line.start.line if line.textual and line.start.line else 1
        key = finding.fingerprint or f"{finding.rule}\0{finding.place.path}\0{finding.message}"
        yield finding.name, SEVERITIES[finding.severity.value], _description(result, finding, say), begin, key
    if result.unchecked:
        reasons = say("report.clause").join(dict.fromkeys(question.reason for question in result.unchecked))
        text = f"{say('count.unchecked', n=len(result.unchecked))}{say('report.colon')}{reasons}"
        yield "unchecked", "info", text, 1, "unchecked"


def _description(result: Result, finding: Finding, say: Catalogue) -> str:
    parts = (f"{finding.rule} {finding.message}", full_label(result, finding.place, say), finding.help)
    return say("report.clause").join(part for part in parts if part)
