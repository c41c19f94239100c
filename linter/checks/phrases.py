"""Kind ``phrases``: wordings that must not stand in a report (what Vale calls existence and substitution).

Settings: ``patterns``, a list of regular expressions; ``corrections``, a list of ``wrong → right`` wordings, taken
literally; ``titles``, a list of regular expressions for the report's title alone; ``exceptions``, a list of
regular expressions: what lies inside a match is no fault; ``unit``: ``passage`` (paragraphs as a person reads them,
headings and title included, the default) or ``line`` (every line of the file as it stands, tables included).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import accumulate

from linter.checks.settings import Settings
from linter.checks.text_place import text_places
from linter.model.document import Span
from linter.model.finding import Check, Problem
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"text", "instead"})}
"""`text` as written; `instead`: the right wording, "" where only a person knows it."""

_ARROW = "→"

Stretch = tuple[str, Callable[[int, int], Span]]
"""A text to search, and what turns a start and an end in it into a span of the document."""
_Patterns = tuple[re.Pattern[str], ...]


def bind(settings: Mapping[str, object]) -> Check:
    """The check. Raises ValueError for an unknown key, a wrong type or a faulty expression."""
    read = Settings(settings)
    instead = dict(_correction(text) for text in read.texts("corrections", ()))
    literal = [re.escape(wrong) for wrong in sorted(instead, key=len, reverse=True)]
    patterns = read.patterns("patterns", ()) + ((re.compile("|".join(literal)),) if literal else ())
    titles = read.patterns("titles", ())
    exceptions = read.patterns("exceptions", ())
    stretches = _UNITS[read.choice("unit", tuple(_UNITS), "passage")]
    read.done()
    if not patterns and not titles:
        raise ValueError("patterns: missing; expected patterns, corrections or titles")

    def check(report: Report) -> Iterator[Problem]:
        place = text_places(report)
        title = report.outline.title
        in_title = list(_found((title.text, title.span), titles, exceptions)) if title else []
        for span, text in in_title:
            yield Problem(place(span), {"text": text, "instead": ""})
        for stretch in stretches(report):
            for span, text in _found(stretch, patterns, exceptions):
                if not any(span.overlaps(told) for told, _ in in_title):
                    yield Problem(place(span), {"text": text, "instead": instead.get(text, "")})

    return check


def _correction(text: str) -> tuple[str, str]:
    wrong, arrow, right = (part.strip() for part in text.partition(_ARROW))
    if not (wrong and arrow and right):
        raise ValueError(f"corrections: expected wrong {_ARROW} right, found {text!r}")
    return wrong, right


def _passages(report: Report) -> Iterator[Stretch]:
    return ((passage.text, passage.span) for passage in report.outline.passages())


def _lines(report: Report) -> Iterator[Stretch]:
    start = 0
    for line in report.document.text.split("\n"):
        yield line, partial(_shifted, start)
        start += len(line) + 1


def _shifted(by: int, start: int, end: int) -> Span:
    return Span(by + start, by + end)


_UNITS: Mapping[str, Callable[[Report], Iterator[Stretch]]] = {"passage": _passages, "line": _lines}


def _found(stretch: Stretch, patterns: _Patterns, exceptions: _Patterns) -> Iterator[tuple[Span, str]]:
    """Where a pattern matches outside every exception, left to right, the longest of those that begin together."""
    text, span = stretch
    hits = sorted((found.start(), -found.end()) for pattern in patterns for found in pattern.finditer(text))
    if not hits:
        return
    spared = _Spared(found.span() for pattern in exceptions for found in pattern.finditer(text))
    done = 0
    for start, negative in hits:
        if start >= done and not spared.covers(start, -negative):
            done = -negative
            told = text[start:done]  # the indent of a line is not what is wrong with it
            first = done - len(told.lstrip())
            last = first + len(told.strip())
            yield span(first, last), text[first:last]


class _Spared:
    """Stretches of a text; whether one of them covers a given one is answered in logarithmic time."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def covers(self, start: int, end: int) -> bool:
        last = bisect_right(self._starts, start) - 1
        return last >= 0 and self._furthest[last] >= end
