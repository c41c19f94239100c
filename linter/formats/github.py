"""GitHub workflow commands: annotations on the lines of a pull request, within the platform's caps.

GitHub shows at most 10 annotations of each level for a step and drops the rest without a word, so the gravest come
first and a closing notice says how many were left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from linter.formats.places import full_label, stretch
from linter.formats.totals import Totals, checked, found
from linter.model.finding import Finding, Result
from linter.words import Catalogue, words

CAP = 10
"""Annotations of one level that a step may show (GitHub documentation, limits of workflow commands)."""
COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


@dataclass(frozen=True, slots=True)
class Annotation:
    """One workflow command: its level and its line."""

    level: str
    line: str


def write(results: Iterable[Result], language: str) -> str:
    """Workflow commands, errors first, and the closing line of counts, which is plain text for the log."""
    say = words(language)
    counts = Totals()
    found_all: list[Annotation] = []
    for result in results:
        counts.add(result)
        found_all += _annotations(result, say)
    kept = _capped(found_all, CAP)
    if len(kept) < len(found_all):
        notices = _capped(found_all, CAP - 1, "notice")
        notice = _command("notice", {"title": "gouji"}, say("github.omitted", n=len(found_all) - len(notices)))
        kept = [*notices, Annotation("notice", notice)]
    lines = [*(item.line for item in kept), found(counts, say) + say("report.clause") + checked(counts, say)]
    return "\n".join(lines) + "\n"


def _capped(annotations: Sequence[Annotation], notices: int, level: str = "") -> list[Annotation]:
    """The first of each level, errors before warnings before notices; `notices` caps `level`, the rest have CAP."""
    kept = []
    for name in COMMANDS.values():
        kept += [item for item in annotations if item.level == name][: notices if name == level else CAP]
    return kept


def _annotations(result: Result, say: Catalogue) -> Iterator[Annotation]:
    if result.error is not None:
        title = say("report.unreadable")
        yield Annotation("error", _command("error", {"file": _relative(result.path), "title": title}, result.error))
    for finding in result.findings:
        level = COMMANDS[finding.severity.value]
        text = f"{finding.message}\n{full_label(result, finding.place, say)}\n{finding.help}".strip()
        yield Annotation(level, _command(level, _properties(result, finding), text))


def _properties(result: Result, finding: Finding) -> dict[str, object]:
    """Where: columns only within one line, as the platform wants it; the file alone for Word and PDF."""
    facts: dict[str, object] = {"file": _relative(result.path)}
    where = stretch(result, finding.place)
    if where.textual:
        facts |= {"line": where.start.line, "endLine": where.end_line}
        if where.start.line == where.end_line and where.start.column is not None:
            facts |= {"col": where.start.column, "endColumn": where.end_column}
    return facts | {"title": f"{finding.rule} {finding.name}"}


def _relative(path: str) -> str:
    return path.replace("\\", "/").removeprefix("./")


def _command(level: str, properties: dict[str, object], text: str) -> str:
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    return f"::{level} {given}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
