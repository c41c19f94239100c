"""Kind ``phrases``: wordings that must not stand in a report (what Vale calls existence and substitution).

Settings: ``patterns``, a list of regular expressions; ``corrections``, a list of ``wrong → right`` wordings, taken
literally; ``titles``, a list of regular expressions for the report's title alone; ``exceptions``, a list of
regular expressions: what lies inside a match is no fault; ``unit``: ``passage`` (paragraphs as a person reads them,
headings and title included, the default) or ``line`` (every line of the file as it stands, tables included).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from linter.checks.settings import Settings
from linter.checks.text_place import text_place
from linter.model.document import Document, Span
from linter.model.finding import Check, Problem
from linter.model.outline import Passage
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"text", "instead"})}
"""`text` as written; `instead`: the right wording, "" where only a person knows it."""

_ARROW = "→"
_Patterns = tuple[re.Pattern[str], ...]


def bind(settings: Mapping[str, object]) -> Check:
    """The check. Raises ValueError for an unknown key, a wrong type or a faulty expression."""
    read = Settings(settings)
    instead = dict(_correction(text) for text in read.texts("corrections", ()))
    literal = [re.escape(wrong) for wrong in sorted(instead, key=len, reverse=True)]
    patterns = read.patterns("patterns", ()) + ((re.compile("|".join(literal)),) if literal else ())
    titles = read.patterns("titles", ())
    exceptions = read.patterns("exceptions", ())
    by_line = read.choice("unit", ("passage", "line"), "passage") == "line"
    read.done()
    if not patterns and not titles:
        raise ValueError("patterns: missing; expected patterns, corrections or titles")

    def check(report: Report) -> Iterator[Problem]:
        told: list[Span] = []
        for passage, wanted in _texts(report, patterns, titles, by_line=by_line):
            for start, end in _hits(passage.text, wanted, exceptions):
                span = passage.span(start, end)
                if not any(span.overlaps(other) for other in told):
                    told.append(span)
                    text = passage.text[start:end]
                    yield Problem(text_place(report, span), {"text": text, "instead": instead.get(text, "")})

    return check


def _correction(text: str) -> tuple[str, str]:
    wrong, arrow, right = (part.strip() for part in text.partition(_ARROW))
    if not (wrong and arrow and right):
        raise ValueError(f"corrections: expected wrong {_ARROW} right, found {text!r}")
    return wrong, right


def _texts(
    report: Report, patterns: _Patterns, titles: _Patterns, *, by_line: bool
) -> Iterator[tuple[Passage, _Patterns]]:
    """Every text to search with what to look for in it, the title first."""
    if titles and report.outline.title is not None:
        yield report.outline.title, titles
    for passage in _lines(report.document) if by_line else report.outline.passages():
        yield passage, patterns


def _lines(document: Document) -> Iterator[Passage]:
    start = 0
    for line in document.text.split("\n"):
        end = start + len(line)
        yield Passage(line, tuple(range(start, end + 1)))
        start = end + 1


def _hits(text: str, patterns: _Patterns, exceptions: _Patterns) -> Sequence[tuple[int, int]]:
    """Where a pattern matches outside every exception, left to right, the longest of overlapping matches."""
    hits = sorted((found.start(), -found.end()) for pattern in patterns for found in pattern.finditer(text))
    if not hits:
        return ()
    spared = [found.span() for pattern in exceptions for found in pattern.finditer(text)]
    kept: list[tuple[int, int]] = []
    for start, stop in hits:
        end = -stop
        if (kept and start < kept[-1][1]) or any(first <= start and end <= last for first, last in spared):
            continue
        kept.append((start, end))
    return kept
